"""How a page of ours is cited: the files beside it, and one version everywhere."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
import rispy
import yaml

from calculator import __version__, browser
from scripts.pages import page as pages
from scripts.sources.bibtex import read_references
from scripts.sources.entries import entry_faults
from tests.conftest import ADDRESS, ROOT

DOCS = ROOT / "docs"
NAMES = sorted(path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md"))
CHANGES = (DOCS / "about" / "changes.md").read_text("utf-8")
LOG = (ROOT / "CHANGELOG.md").read_text("utf-8")

every_page = pytest.mark.parametrize("name", NAMES)


def folder(name: str) -> str:
    """The address of a page inside the site."""
    return f"{name.removesuffix('.md')}/".removesuffix("index/")


@pytest.mark.slow
@pytest.mark.browser
@every_page
def test_three_files_cite_a_page_alike(published: Path, name: str) -> None:
    """Each says who wrote what, the day of the review, the version and the address."""
    place, front = published / folder(name), pages.front_matter(DOCS / name)
    day, authors = front["reviewed"], front["authors"]
    assert isinstance(day, date)
    assert isinstance(authors, list)
    (entry,) = read_references((place / "cite.bib").read_text("utf-8"))
    (record,) = rispy.loads((place / "cite.ris").read_bytes().decode())
    (item,) = json.loads((place / "cite.json").read_text("utf-8"))
    assert entry.get("title") == record["title"] == item["title"] == front["title"]
    assert str(entry.authors[0]) == record["authors"][0] == item["author"][0]["literal"]
    assert authors == record["authors"]
    assert entry.get("url") == record["urls"][0] == item["URL"] == ADDRESS + folder(name)
    dates = item["issued"]["date-parts"][0]
    assert record["date"] == f"{day:%Y/%m/%d}" == "{:04}/{:02}/{:02}".format(*dates)
    assert (entry.get("year"), entry.get("day")) == (f"{day:%Y}", f"{day.day}")
    assert entry.get("note") == record["notes"][0] == f"Version {__version__}"
    assert item["version"] == __version__
    assert entry.key == record["id"] == item["id"]
    # The day of reading is the reader's own.
    assert [fault for fault in entry_faults(entry) if "urldate" not in fault] == []


@pytest.mark.browser
@every_page
def test_the_files_are_linked_from_the_foot_of_the_page(published: Path, name: str) -> None:
    """By names that tell them apart in a folder of downloads."""
    html = (published / folder(name) / "index.html").read_text("utf-8")
    links = dict(re.findall(r'<a href="(cite\.\w+)" download="([^"]*)"', html))
    assert list(links) == ["cite.bib", "cite.ris", "cite.json"]
    assert all((published / folder(name) / link).is_file() for link in links)
    assert len({*links.values()}) == 3


@pytest.mark.browser
def test_the_names_of_downloads_are_different_on_every_page(published: Path) -> None:
    """And so are the keys by which a text cites them."""
    items = [
        json.loads((published / folder(name) / "cite.json").read_text("utf-8"))[0]["id"]
        for name in NAMES
    ]
    assert len(set(items)) == len(NAMES)


@pytest.mark.slow
@pytest.mark.browser
def test_a_site_built_for_this_machine_gives_no_address_to_cite(built: Path) -> None:
    """It would lead nowhere."""
    for kind in ("bib", "ris", "json"):
        assert "127.0.0.1" not in (built / "bone" / f"cite.{kind}").read_text("utf-8")


def test_one_version_is_in_the_citation_file_the_log_and_the_answers() -> None:
    """Whoever cites one can be told what it was."""
    cff = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    newest = re.findall(r"^## (\S+), (.*)$", LOG, re.MULTILINE)[0]
    assert cff["version"] == newest[0] == __version__
    released = cff["date-released"]
    assert newest[1] == f"{released.day} {released:%B %Y}"
    request = {"check": "serum", "answers": [["value", "0.85"], ["unit", "mmol/L"]]}
    answer = json.loads(browser.run(json.dumps(request)))
    assert f"version {__version__} " in answer["html"]
    assert answer["record"]["version"] == __version__
