"""What programs read in the head of a page: search engines, messengers, reference managers."""

import json
import re
import struct
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit
from xml.etree import ElementTree as etree

import pytest

from calculator import __version__
from calculator.words.form import FORMS
from scripts.pages import page as pages
from scripts.publish import metadata
from scripts.sources.bibtex import read_references
from tests.conftest import ADDRESS, ROOT

DOCS = ROOT / "docs"
NAMES = sorted(path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md"))
HOSTS_OF_THIS_MACHINE = ("127.0.0.1", "localhost")

Node = dict[str, object]

# What we ask of a node of each type. schema.org itself asks for nothing.
REQUIRED = {
    "MedicalWebPage": "name description inLanguage lastReviewed author license about audience",
    "WebPage": "name description inLanguage lastReviewed author license",
    "BreadcrumbList": "itemListElement",
    "Dataset": "name description license creator distribution",
    "SoftwareApplication": "name offers applicationCategory operatingSystem softwareVersion",
}


class Head(HTMLParser):
    """The language, the names, the links and the JSON-LD of a built page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.lang: list[str | None] = []
        self.metas: dict[str, list[str]] = {}
        self.links: list[dict[str, str | None]] = []
        self.data: list[str] = []
        self.title = ""
        self.inside = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.inside = "data" if found.get("type") == "application/ld+json" else tag
        if tag == "html":
            self.lang.append(found.get("lang"))
        if tag == "link":
            self.links.append(found)
        if name := found.get("name") or found.get("property"):
            self.metas.setdefault(name, []).append(found.get("content") or "")

    def handle_endtag(self, tag: str) -> None:
        del tag
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside == "data":
            self.data.append(data)
        elif self.inside == "title" and not self.title:
            self.title = data

    def one(self, name: str) -> str:
        """What a name says, which stands there once."""
        (content,) = self.metas[name]
        return content

    def node(self, kind: str) -> Node:
        """The one node of a type."""
        (node,) = (node for node in self.nodes if node["@type"] == kind)
        return node

    @property
    def nodes(self) -> list[Node]:
        """What the one script of JSON-LD holds."""
        (text,) = self.data
        whole = json.loads(text)
        assert whole["@context"] == "https://schema.org"
        return cast(list[Node], whole["@graph"])


def folder(name: str) -> str:
    """The address of a page inside the site."""
    return f"{name.removesuffix('.md')}/".removesuffix("index/")


def head(site: Path, name: str) -> Head:
    return Head((site / folder(name) / "index.html").read_bytes().decode())


every_page = pytest.mark.parametrize("name", NAMES)


# ---------------------------------------------------------------------------- the names


@pytest.mark.browser
@every_page
def test_a_reference_manager_finds_title_authors_date_and_abstract(
    published: Path, name: str
) -> None:
    """By the names that Zotero's translator for embedded metadata maps to its fields."""
    found, front = head(published, name), pages.front_matter(DOCS / name)
    assert found.one("citation_title") == front["title"]
    assert found.metas["citation_author"] == front["authors"]
    assert found.one("citation_publication_date") == f"{front['reviewed']:%Y/%m/%d}"
    assert found.one("citation_abstract") == front["description"]
    assert found.one("citation_language") == "en-GB"
    assert found.one("citation_public_url") == ADDRESS + folder(name)


@pytest.mark.browser
@every_page
def test_a_shared_link_has_a_title_a_sentence_and_a_picture(published: Path, name: str) -> None:
    """Open Graph asks for the first four; the picture is at an address of this site."""
    found, front = head(published, name), pages.front_matter(DOCS / name)
    assert found.one("og:title") == front["title"]
    assert found.one("og:type") == "website"  # Zotero's word for a web page, too
    assert found.one("og:url") == ADDRESS + folder(name)
    picture = found.one("og:image")
    assert picture.startswith(ADDRESS)
    assert (published / picture.removeprefix(ADDRESS)).is_file()
    assert found.one("og:description") == front["description"]
    assert found.one("twitter:card") == "summary_large_image"


def test_the_picture_is_as_large_as_the_pages_say_and_light() -> None:
    """1200 by 630 pixels, and less than 60kB."""
    picture = (DOCS / "assets" / "icons" / "share.png").read_bytes()
    assert struct.unpack(">II", picture[16:24]) == (1200, 630)
    assert len(picture) < 60_000


@pytest.mark.browser
def test_nobody_keeps_the_picture_for_use_offline(published: Path) -> None:
    """It is for messengers; a reader's browser would download it for nothing."""
    kept = json.loads((published / "offline.json").read_text("utf-8"))["pages"]
    assert "assets/icons/icon.svg" in kept
    assert "assets/icons/share.png" not in kept


@pytest.mark.browser
def test_every_page_is_in_british_english(published: Path) -> None:
    """Those for no page and for no connection, too."""
    files = sorted(published.rglob("*.html"))
    assert {file.name: Head(file.read_bytes().decode()).lang for file in files} == {
        file.name: ["en-GB"] for file in files
    }


def test_no_two_pages_share_a_title_or_a_description() -> None:
    """A search shows both, and nothing else of a page."""
    fronts = [pages.front_matter(DOCS / name) for name in NAMES]
    for field in ("title", "description"):
        assert len({front[field] for front in fronts}) == len(NAMES), field


@pytest.mark.parametrize(
    ("name", "searched"),
    [
        ("blood-test.md", "magnesium blood test results"),
        ("how-much.md", "how much magnesium"),
        ("food.md", "magnesium in food"),
        ("supplements.md", "magnesium supplements"),
        ("medicines.md", "magnesium and medicines"),
        ("absorption.md", "magnesium absorption"),
        ("too-much.md", "too much magnesium"),
        ("low-magnesium.md", "low magnesium"),
    ],
)
def test_a_title_names_what_is_searched(name: str, searched: str) -> None:
    """Beside titles of other sites, "Supplements" says nothing."""
    assert searched in str(pages.front_matter(DOCS / name)["title"]).lower()


# ------------------------------------------------------------------------------ JSON-LD


@pytest.mark.browser
@every_page
def test_every_node_has_what_its_type_asks_for(published: Path, name: str) -> None:
    """Nothing is empty, and no type stands there that is not in the table."""
    for node in head(published, name).nodes:
        missing = [field for field in REQUIRED[str(node["@type"])].split() if not node.get(field)]
        assert not missing, node["@type"]


@pytest.mark.browser
@every_page
def test_a_page_says_when_it_was_reviewed_and_by_whom(published: Path, name: str) -> None:
    """Nobody is named where no clinician has reviewed it."""
    front = pages.front_matter(DOCS / name)
    about = name.startswith("about/")
    page = head(published, name).node("WebPage" if about else "MedicalWebPage")
    assert page["lastReviewed"] == str(front["reviewed"])
    assert ("reviewedBy" in page) == bool(front["reviewers"])
    assert page["version"] == __version__
    assert page["url"] == ADDRESS + folder(name)


@pytest.mark.browser
@every_page
def test_a_page_tells_the_sources_that_it_lists(published: Path, name: str) -> None:
    """As many as are in its list, each by its address, or by its title where it has none."""
    found = head(published, name)
    html = (published / folder(name) / "index.html").read_bytes().decode()
    listed = re.search(r'id="references"[^>]*>References \((\d+)\)', html)
    citations = cast(list[Node], found.nodes[0].get("citation", []))
    assert len(citations) == (int(listed[1]) if listed else 0)
    for source in citations:
        assert str(source.get("@id", "https://")).startswith(("https://", "http://"))
        assert ("@id" in source) != ("name" in source)


@pytest.mark.browser
def test_a_way_leads_from_the_front_page_to_each(published: Path) -> None:
    """Numbered from 1, each step an address that is there."""
    for name in NAMES:
        if name == "index.md":
            continue
        way = cast(list[Node], head(published, name).node("BreadcrumbList")["itemListElement"])
        assert [step["position"] for step in way] == list(range(1, len(way) + 1))
        places = [str(step["item"]) for step in way]
        assert (places[0], places[-1]) == (ADDRESS, ADDRESS + folder(name))
        for place in places:
            assert (published / place.removeprefix(ADDRESS) / "index.html").is_file()
    deep = head(published, "about/privacy.md").node("BreadcrumbList")["itemListElement"]
    assert [step["name"] for step in cast(list[Node], deep)][1:] == ["About this site", "Privacy"]


@pytest.mark.browser
def test_the_claims_are_a_data_set_whose_files_are_there(published: Path) -> None:
    """And whose description is a sentence, not a word."""
    data = head(published, "evidence.md").node("Dataset")
    assert len(str(data["description"])) >= 50
    files = [str(file["contentUrl"]) for file in cast(list[Node], data["distribution"])]
    assert len(files) == 2
    assert all((published / file.removeprefix(ADDRESS)).is_file() for file in files)


@pytest.mark.browser
def test_a_check_is_a_program_of_this_version_that_costs_nothing(published: Path) -> None:
    """On its own page, and on no other."""
    found = {name: head(published, name).nodes for name in NAMES}
    programs = {
        node["name"]: node
        for nodes in found.values()
        for node in nodes
        if node["@type"] == "SoftwareApplication"
    }
    assert sorted(programs) == sorted(form.title for form in FORMS.values())
    for program in programs.values():
        assert program["softwareVersion"] == __version__
        assert cast(Node, program["offers"])["price"] == "0"


def test_no_text_of_a_page_ends_the_script() -> None:
    """A title may hold any sign."""
    title = "</script><script>alert(1)</script>"
    html = metadata.with_data("<head></head>", [{"name": title}])
    assert html.count("</script>") == 1
    assert Head(html).nodes == [{"name": title}]


def test_published_twice_a_page_has_its_data_once() -> None:
    """Publishing again changes nothing."""
    once = metadata.with_data("<head></head>", [{"name": "a"}])
    assert metadata.with_data(once, [{"name": "a"}]) == once


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ("doi = {10.1000/182}, url = {https://a.example/}", {"@id": "https://doi.org/10.1000/182"}),
        ("url = {https://a.example/}", {"@id": "https://a.example/"}),
        ("journal = {Bone}", {"name": "On bone"}),
    ],
)
def test_a_source_is_told_as_briefly_as_is_right(fields: str, told: Node) -> None:
    """Its address leads to the rest; a page with 80 sources stays light."""
    (source,) = read_references(f"@article{{a, title = {{On bone}}, year = {{2020}}, {fields}}}")
    assert metadata.citation(source) == {"@type": "ScholarlyArticle", **told}


# -------------------------------------------------------------------- addresses and days


@pytest.mark.browser
@every_page
def test_a_site_built_for_this_machine_tells_nobody_its_address(built: Path, name: str) -> None:
    """What others would read there leads nowhere."""
    found = head(built, name)
    told = [value for values in found.metas.values() for value in values] + found.data
    assert not [text for text in told for host in HOSTS_OF_THIS_MACHINE if host in text]
    assert not {"og:url", "og:image", "citation_public_url"} & set(found.metas)
    assert found.one("citation_title")


@pytest.mark.browser
def test_the_site_map_gives_the_day_of_the_last_review(published: Path) -> None:
    """Every page once, at an address that is there."""
    names = {"map": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    root = etree.parse(published / "sitemap.xml").getroot()
    days = {
        url.findtext("map:loc", "", names): url.findtext("map:lastmod", "", names) for url in root
    }
    expected = {
        ADDRESS + folder(name): str(pages.front_matter(DOCS / name)["reviewed"]) for name in NAMES
    }
    assert days == expected
    assert all(date.fromisoformat(day) for day in days.values())
    assert {urlsplit(address).scheme for address in days} == {"https"}
