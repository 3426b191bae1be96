"""The print edition: every article, each citation leading to its source in one numbered list."""

import os
import re
import shutil
from pathlib import Path

import pytest

from scripts.publish import downloads
from scripts.publish.edition import build as edition
from scripts.publish.page import pages
from tests.conftest import ROOT, program

MARK = re.compile(r'<sup class="citation"[^>]*>(.*?)</sup>', re.DOTALL)
LINK = re.compile(r'<a href="#to-([a-z0-9-]+)">(\d+)</a>')


def test_every_page_of_the_menu_is_in_it_or_left_out_by_name() -> None:
    """A new page is printed unless somebody says that it is not."""
    listed = [edition.folder(f"{p.relative_to(ROOT / 'docs').as_posix()}") for p in written()]
    left_out = [edition.folder(page) for page in edition.LEFT_OUT]
    assert sorted([*edition.chapters(), *left_out]) == sorted(listed)
    assert len(set(edition.chapters())) == len(edition.chapters()) > 15


def written() -> list[Path]:
    return list((ROOT / "docs").rglob("*.md"))


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("7", [7]), ("1,3", [1, 3]), ("1–3", [1, 2, 3]), ("2,4–6,9", [2, 4, 5, 6, 9])],
)
def test_a_citation_is_spelled_out(text: str, numbers: list[int]) -> None:
    """Also those of a run that are not shown."""
    assert list(edition.spelled_out(text)) == numbers


def test_a_run_of_three_is_shown_by_its_ends() -> None:
    """As on the pages, each shown number a link to its source."""
    shown = edition.linked({3: "c", 1: "a", 2: "b", 9: "d"})
    assert shown == '<a href="#to-a">1</a>–<a href="#to-c">3</a>,<a href="#to-d">9</a>'


@pytest.fixture(scope="module")
def document(built: Path) -> str:
    return edition.document(built)


@pytest.mark.browser
def test_each_source_has_one_number_in_the_order_of_reading(document: str) -> None:
    """The first citation is 1, a new source is the next, and the list has each once."""
    listed = re.findall(r'<li id="to-([a-z0-9-]+)">', document)
    assert len(listed) == len(set(listed)) > 100
    for key, number in LINK.findall(document):
        assert listed.index(key) + 1 == int(number)
    first = dict.fromkeys(int(n) for one in MARK.findall(document) for n in expanded(one))
    assert list(first) == list(range(1, len(listed) + 1))


def expanded(mark: str) -> list[int]:
    return list(edition.spelled_out(re.sub(r"<[^>]*>", "", mark)))


@pytest.mark.browser
def test_a_page_cites_the_same_sources_as_on_the_site(built: Path, document: str) -> None:
    """Citation by citation, in its own order."""
    listed = re.findall(r'<li id="to-([a-z0-9-]+)">', document)
    articles = {
        found[1].removesuffix("/").rpartition("/")[2]: found[0]
        for found in re.finditer(r'<article data-live="([^"]*)".*?</article>', document, re.DOTALL)
    }
    assert len(articles) <= len(edition.chapters())
    marks = iter(MARK.findall(document))
    by_folder = {page.folder: page for page in pages(built)}
    for folder in edition.chapters():
        page = by_folder[folder]
        for mark in MARK.findall(re.sub(r'<section [^>]*class="references".*', "", page.html)):
            cited = [page.cited[n - 1] for n in expanded(mark)]
            assert {listed[n - 1] for n in expanded(next(marks))} == set(cited)
    assert next(marks, None) is None


@pytest.mark.browser
def test_every_link_inside_leads_somewhere_and_no_id_stands_twice(document: str) -> None:
    """Between articles too, and to the list at the end."""
    ids = re.findall(r'\bid="([^"]+)"', document)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', document)) <= set(ids)
    assert "<img" not in document, "nothing is fetched while it is printed"


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Path:
    """A site of this test's own, which other tests do not read meanwhile."""
    return Path(shutil.copytree(built, tmp_path / "site", copy_function=os.link))


@pytest.mark.browser
@pytest.mark.slow
def test_it_has_the_same_sheets_twice_and_the_day_of_the_build(site: Path) -> None:
    """More than 80; nothing else is left in the site. Chromium's own bytes may differ."""
    place = site / downloads.EDITION
    before = set(site.rglob("*"))
    edition.write(site, program())
    first = place.read_bytes()
    sheets = len(re.findall(rb"/Type /Page\b", first))
    assert sheets > 80
    assert b"/Outlines" in first
    assert len(re.findall(rb"/(?:Creation|Mod)Date \(D:\d{8}000000\+00'00'\)", first)) == 2
    edition.write(site, program())
    assert len(re.findall(rb"/Type /Page\b", place.read_bytes())) == sheets
    assert set(site.rglob("*")) == before | {place}


@pytest.mark.browser
def test_it_is_offered_with_its_size_where_it_was_made(built: Path, tmp_path: Path) -> None:
    """At an address that is right from the page; where there is none, nothing is offered."""
    hidden = '<p class="print-edition" hidden="hidden">'
    built_page = (built / "about" / "data" / "index.html").read_text("utf-8")
    page = tmp_path / "about" / "data" / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text(built_page, "utf-8")
    downloads.offer(tmp_path)
    assert page.read_text("utf-8") == built_page
    assert hidden in built_page
    (tmp_path / downloads.EDITION).write_bytes(b"x" * 1_260_000)
    downloads.offer(tmp_path)
    offer = f'<p class="print-edition"><a href="../../{downloads.EDITION}" download>'
    assert f"{offer}Download all articles, to print</a> (PDF, 1.3MB).</p>" in page.read_text(
        "utf-8"
    )


@pytest.mark.browser
def test_a_browser_that_does_not_print_leaves_no_edition(site: Path, tmp_path: Path) -> None:
    """The site is published without it."""
    for browser in ("true", str(tmp_path / "absent")):
        edition.write(site, browser)
        assert not (site / downloads.EDITION).exists()
        assert not (site / "edition.html").exists()
