"""The Atom feed of changes: what RFC 4287 asks for, and what the page says."""

import re
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree as etree

import pytest

from scripts.publish import feed
from scripts.publish.page import Page
from tests.conftest import ADDRESS, ROOT

ATOM = {"a": "http://www.w3.org/2005/Atom"}
CHANGES = (ROOT / "docs" / "about" / "changes.md").read_text("utf-8")
DAYS = re.findall(r"^## (.*)$", CHANGES, re.MULTILINE)


def read(site: Path) -> etree.Element:
    return etree.parse(site / "about" / "changes.xml").getroot()


@pytest.mark.browser
def test_the_feed_has_what_every_feed_must_have(published: Path) -> None:
    """One id, title, time and author, and where it is itself."""
    root = read(published)
    assert root.tag == f"{{{ATOM['a']}}}feed"
    for name in ("id", "title", "updated", "author/a:name"):
        assert len(root.findall(f"a:{name}", ATOM)) == 1, name
        assert root.findtext(f"a:{name}", "", ATOM)
    (own,) = root.findall("a:link[@rel='self']", ATOM)
    assert own.get("href") == f"{ADDRESS}about/changes.xml"
    times = [entry.findtext("a:updated", "", ATOM) for entry in root.findall("a:entry", ATOM)]
    assert root.findtext("a:updated", "", ATOM) == max(times)


@pytest.mark.browser
def test_every_day_of_the_page_is_an_entry(published: Path) -> None:
    """In its order, with its date, a lasting id that is its place on the page, and its text."""
    entries = read(published).findall("a:entry", ATOM)
    assert [entry.findtext("a:title", "", ATOM) for entry in entries] == DAYS
    page = (published / "about" / "changes" / "index.html").read_text("utf-8")
    for entry, day in zip(entries, DAYS, strict=True):
        when = datetime.strptime(day, "%d %B %Y")
        assert entry.findtext("a:updated", "", ATOM) == f"{when:%Y-%m-%d}T00:00:00Z"
        address, _, place = entry.findtext("a:id", "", ATOM).partition("#")
        assert address == f"{ADDRESS}about/changes/"
        assert f'id="{place}"' in page
        assert "No clinician has reviewed this version." in entry.findtext("a:content", "", ATOM)


@pytest.mark.browser
def test_a_link_of_the_feed_leads_somewhere_from_anywhere(published: Path) -> None:
    """A reader of feeds does not know the page that a short link starts from."""
    text = "".join(node.text or "" for node in read(published).iter(f"{{{ATOM['a']}}}content"))
    links = re.findall(r'href="([^"]*)"', text)
    assert links
    for link in links:
        place = link.removeprefix(ADDRESS).partition("#")[0]
        assert link.startswith(ADDRESS)
        assert (published / place / "index.html").is_file(), link


@pytest.mark.browser
def test_every_page_leads_to_the_feed(published: Path, built: Path) -> None:
    """Where there is one: a site built for this machine has no address to give its entries."""
    link = re.compile(r'<link rel="alternate" type="application/atom\+xml"[^>]* href="([^"]*)"')
    for page in published.rglob("index.html"):
        (href,) = link.findall(page.read_text("utf-8"))
        assert (page.parent / href).is_file()
    assert not (built / "about" / "changes.xml").exists()
    assert not any(link.search(page.read_text("utf-8")) for page in built.rglob("index.html"))


def test_a_heading_that_is_no_day_stops_the_feed() -> None:
    """Its entry would have no time."""
    html = (
        f'<link rel="canonical" href="{ADDRESS}about/changes/"><h2 id="soon">Soon</h2><p>x</p>'
        '<aside class="page-facts">'
    )
    with pytest.raises(ValueError, match="Soon"):
        list(feed.entries(Page("about/changes", {}, html)))
