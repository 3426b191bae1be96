"""The pages as a whole: complete, in the navigation, with every claim and section treated."""

import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown.extensions.toc import slugify
from mkdocs.config import load_config

from calculator import REVIEW_DUE, __version__
from scripts.claims import claims as evidence
from scripts.lint.text import Site
from scripts.pages import page as pages
from scripts.sources.bibtex import read_references
from tests.conftest import ROOT

DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
CLAIMS = evidence.read(
    DOCS / "evidence" / "claims.csv",
    frozenset(r.key for r in read_references((ROOT / "references.bib").read_text("utf-8"))),
    DOCS,
)
NAMES = [page.relative_to(DOCS).as_posix() for page in PAGES]

# Where each section of the source article is treated, under our own short labels. The first
# fifteen are also the sections of docs/evidence/claims.csv.
SECTIONS = {
    "Overview": ("index.md", "fractures.md"),
    "How it affects bone": ("bone.md",),
    "Bone formation": ("bone.md", "fractures.md"),
    "Calcium regulation": ("bone.md", "together.md"),
    "Parathyroid hormone": ("bone.md",),
    "Vitamin D": ("bone.md",),
    "Muscle": ("bone.md",),
    "Low magnesium": ("low-magnesium.md",),
    "How much": ("how-much.md", "absorption.md"),
    "What interferes": ("absorption.md", "medicines.md", "how-much.md"),
    "Which form": ("supplements.md", "together.md"),
    "Food": ("food.md",),
    "Too much": ("too-much.md", "food.md"),
    "Blood test results": ("blood-test.md", "too-much.md"),
    "Summary": ("low-magnesium.md", "fractures.md", "together.md", "too-much.md"),
    "References": ("sources.md",),
    "Not a substitute for a clinician": ("about/intended-purpose.md",),
    "Editorial standards, linked to": ("about/editorial-policy.md",),
    "The author": ("about/credit.md",),
    "What the publisher does with data": ("about/privacy.md",),
}


class Seen(HTMLParser):
    """The ids and the links of a built page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if identity := found.get("id"):
            self.ids.append(identity)
        if tag == "a" and (href := found.get("href")):
            self.links.append(href)


def built_page(site: Path, name: str) -> Path:
    """Return where MkDocs puts a page."""
    if name == "index.md" or name.endswith("/index.md"):
        return site / Path(name).with_suffix(".html")
    return site / name.removesuffix(".md") / "index.html"


def seen(site: Path, name: str) -> Seen:
    return Seen(built_page(site, name).read_text(encoding="utf-8"))


# ----------------------------------------------------------------------------- sources


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_front_matter_is_complete(page: Path) -> None:
    """Every page says what it is, who wrote it, when it was reviewed and when it is due."""
    front = pages.front_matter(page)
    for field in ("title", "description"):
        text = front.get(field)
        assert isinstance(text, str), f"{page}: write `{field}: ...` at its head"
        assert text.strip() == text != "", f"{page}: `{field}` is empty"
    reviewed, due = front.get("reviewed"), front.get("next_review")
    assert isinstance(reviewed, date), f"{page}: write `reviewed: 2026-11-22` at its head"
    assert isinstance(due, date), f"{page}: write `next_review: 2027-11-22` at its head"
    assert reviewed < due, f"{page}: the next review is due before the last one"
    reviewers = front.get("reviewers", "")
    assert isinstance(reviewers, list), f"{page}: write `reviewers: []` or a list of names"
    assert front.get("authors"), f"{page}: write `authors:` and a list of names"


# Lists, and what the site says of itself, answer no question about magnesium.
LISTS = {"examples.md", "glossary.md", "sources.md"}
ANSWERS = [name for name in NAMES if not name.startswith("about/") and name not in LISTS]
KIDNEYS = "#if-you-have-kidney-disease"  # the section with the warning in full


@pytest.mark.parametrize("name", ANSWERS)
def test_a_page_begins_with_its_answer_and_with_who_asks_first(name: str) -> None:
    """In the same box on each: the answer, what to do, and a line on kidneys."""
    text = pages.body((DOCS / name).read_text(encoding="utf-8"))
    box = re.search(r"\A\s*# [^\n]+\n\n> \[!IMPORTANT\]\n((?:>.*\n)+)", text)
    assert box, f"{name}: begin with the box of the other pages"
    assert re.match(r"> \*\*In short:\*\* ", box[1])
    assert "kidney disease" in box[1]
    assert KIDNEYS in box[1] or name == "too-much.md"


def test_the_kidney_warning_stands_once_in_full() -> None:
    """On the page about too much, to which each box leads."""
    warning = "With kidney disease, magnesium from supplements, antacids and laxatives"
    told = [name for name in NAMES if warning in (DOCS / name).read_text(encoding="utf-8")]
    assert told == ["too-much.md"]
    assert KIDNEYS.removeprefix("#") in Site(ROOT).by_path[(DOCS / told[0]).resolve()].ids


def test_every_page_is_in_the_navigation() -> None:
    """Nothing is published that a reader cannot find."""
    config = load_config(str(ROOT / "mkdocs.yml"))
    assert sorted(in_nav(config["nav"])) == sorted(NAMES)


def test_what_people_look_for_stands_at_the_top_of_the_menu() -> None:
    """On a phone the menu shows one level: nobody looks for food under "Amounts"."""
    nav = load_config(str(ROOT / "mkdocs.yml"))["nav"]
    top = [page for entry in nav for page in entry.values() if isinstance(page, str)]
    looked_for = ("how-much", "blood-test", "questions", "food", "supplements", "too-much")
    assert [name for name in looked_for if f"{name}.md" not in top] == []


def test_a_site_that_has_grown_prunes_its_menus() -> None:
    """Otherwise every page names every other, and each grows with the site.

    Nobody looks through a menu of more than 100 pages; pruned, it names those of its section.
    """
    features = load_config(str(ROOT / "mkdocs.yml")).theme["features"]
    assert len(NAMES) <= 100 or "navigation.prune" in features, "see mkdocs.yml"


def in_nav(entries: object) -> Iterator[str]:
    """Yield the pages of a navigation, sections and all."""
    if isinstance(entries, str):
        yield entries
    elif isinstance(entries, dict):
        for entry in entries.values():
            yield from in_nav(entry)
    elif isinstance(entries, list):
        for entry in entries:
            yield from in_nav(entry)


@pytest.mark.parametrize(("section", "names"), SECTIONS.items())
def test_every_section_of_the_article_has_a_page(section: str, names: tuple[str, ...]) -> None:
    """The page exists, and every claim of the section names one of its pages."""
    assert [name for name in names if not (DOCS / name).is_file()] == []
    told = {c.page.partition("#")[0] for c in CLAIMS.values() if c.section == section}
    assert told <= set(names)


def test_the_claims_have_no_section_of_their_own() -> None:
    """The sections of the table are those of the map."""
    assert {claim.section for claim in CLAIMS.values()} == set(list(SECTIONS)[:15])


@pytest.mark.parametrize("claim", CLAIMS.values(), ids=list(CLAIMS))
def test_every_claim_is_linked_from_the_section_its_row_names(claim: evidence.Claim) -> None:
    """`{C14}` stands under the heading that the claim's `page` leads to."""
    name, _, anchor = claim.page.partition("#")
    assert name, f"{claim.id}: name its page in docs/evidence/claims.csv, as bone.md#calcium"
    here, linked = "", set()
    for line in (DOCS / name).read_text(encoding="utf-8").splitlines():
        if heading := re.fullmatch(r"#{2,6} (.*)", line):
            here = slugify(heading[1], "-")
        if f"{{{claim.id.upper()}}}" in line:
            linked.add(here)
    assert anchor in linked, f"{claim.page}: write {{{claim.id.upper()}}} there"


def test_a_published_address_goes_on_working() -> None:
    """A heading may go or move: its id stays on the page, as `<span id="old-name"></span>`.

    Add to the list what was published; take nothing from it.
    """
    published = (ROOT / "tests" / "fixtures" / "addresses.txt").read_text("utf-8").splitlines()
    ids = {path: text.ids for path, text in Site(ROOT).by_path.items()}
    gone = []
    for address in published:
        name, _, anchor = address.partition("#")
        gone += [] if anchor in ids.get((DOCS / name).resolve(), ()) else [address]
    assert gone == []


# ------------------------------------------------------------------------------- built


@pytest.mark.browser
def test_every_claim_is_on_the_evidence_page_once(built: Path) -> None:
    """Its id is a link's target, and never moves."""
    ids = Counter(seen(built, "evidence.md").ids)
    assert [id_ for id_ in evidence.load() if ids[id_] != 1] == []
    assert [id_ for id_, count in ids.items() if count > 1] == []


@pytest.mark.browser
def test_the_built_pages_link_their_claims_and_the_claims_their_pages(built: Path) -> None:
    """Both ways, and each link has its target."""
    table = seen(built, "evidence.md")
    for claim in CLAIMS.values():
        name, _, anchor = claim.page.partition("#")
        page = seen(built, name)
        assert any(link.endswith(f"evidence/#{claim.id}") for link in page.links), claim.page
        assert not anchor or anchor in page.ids, claim.page
        target = f"../{'' if name == 'index.md' else name.removesuffix('.md') + '/'}"
        assert target + (f"#{anchor}" if anchor else "") in table.links, claim.id


@pytest.mark.parametrize("name", ["blood-test.md", "how-much.md"])
def test_a_check_is_due_for_review_with_its_page(name: str) -> None:
    """The result on the page, its JSON and the command line name the same day as the page."""
    due = pages.front_matter(DOCS / name)["next_review"]
    assert isinstance(due, date)
    assert f"{due.day} {due:%B %Y}" == REVIEW_DUE


@pytest.mark.browser
@pytest.mark.parametrize("name", NAMES)
def test_every_page_has_its_facts_at_its_foot(built: Path, name: str) -> None:
    """Dates in words, what no clinician has seen, how to cite it, what has changed."""
    text = built_page(built, name).read_text(encoding="utf-8")
    foot = text[text.index("page-facts") :]
    assert re.search(r"Last reviewed: \d{1,2} [A-Z][a-z]+ \d{4}\. Next review due: \d", foot)
    assert "Not yet reviewed by a clinician." in foot or "Reviewed by" in foot
    title = str(pages.front_matter(DOCS / name)["title"])
    assert (
        f">Magnesium and bone contributors. {title}. Magnesium and bone, version {__version__}; "
        in foot
    )
    assert re.search(r'href="[^"]*changes/"', foot) or name == "about/changes.md"
    assert "issues/new" not in foot, "no repository is configured here"


@pytest.mark.browser
def test_the_downloads_hold_what_the_pages_show(built: Path) -> None:
    """The claims as CSV and JSON, the sources as BibTeX and RIS."""
    csv = (built / "evidence" / "claims.csv").read_bytes()
    assert csv == (DOCS / "evidence" / "claims.csv").read_bytes()
    claims = json.loads((built / "evidence" / "claims.json").read_text(encoding="utf-8"))["claims"]
    assert [claim["id"] for claim in claims] == list(CLAIMS)
    assert not re.search(r"\{\d", json.dumps(claims))
    bibtex = (built / "sources" / "references.bib").read_text(encoding="utf-8")
    keys = [reference.key for reference in read_references(bibtex)]
    ris = (built / "sources" / "references.ris").read_bytes().decode()
    assert re.findall(r"^ID  - (.*)\r$", ris, re.MULTILINE) == keys
    for name, files in (("evidence.md", "evidence/claims"), ("sources.md", "sources/references")):
        found = [link for link in seen(built, name).links if link.startswith(f"../{files}.")]
        assert len(found) == 2
        assert all((built_page(built, name).parent / link).is_file() for link in found)


@pytest.mark.browser
def test_every_source_says_where_it_is_cited(built: Path) -> None:
    """By links to pages that do cite it, or by naming the tables of the checks."""
    text = (built / "sources" / "index.html").read_text(encoding="utf-8")
    for item in re.findall(r'<li id="?ref-.*?</li>', text, re.DOTALL):
        key = re.search(r"ref-([a-z0-9-]+)", item)
        told = item.split("Cited on: ")[1]
        assert key
        assert "the tables of the checks" in told or "<a" in told, key[1]
        for link in re.findall(r'href="?\.\./([^">#]*)', told):
            target = built / link / "index.html"
            assert f"ref-{key[1]}" in target.read_text(encoding="utf-8"), (key[1], link)


@pytest.mark.slow
@pytest.mark.browser
def test_a_repository_gives_ways_to_mend_a_page(built: Path, tmp_path: Path) -> None:
    """Edit and report links to the fork that was built, and still nothing asked of its host."""
    assert built  # The runtime that the pages need is there.
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path)]
    repository = "https://github.com/somebody/fork"
    environment = {**os.environ, "REPO_URL": repository}
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr.decode()
    links = seen(tmp_path, "about/privacy.md").links
    assert any(link.startswith(f"{repository}/edit/") for link in links)
    assert any(
        link.startswith(f"{repository}/issues/new?title=Problem") and "privacy" in link
        for link in links
    )
    challenges = seen(tmp_path, "food.md").links
    assert any("wrong-number.yml" in link and "foods.py" in link for link in challenges)
    text = built_page(tmp_path, "about/privacy.md").read_text(encoding="utf-8")
    assert "needs a free GitHub account. We have no other way yet." in text
    # The theme's component of that name fetches from api.github.com.
    assert 'data-md-component="source"' not in text
