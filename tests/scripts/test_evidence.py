"""The claims: faults stop the build with a place, and the table works for every reader."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from markdown import Markdown
from playwright.sync_api import Browser, Page, expect

from calculator.tables.foods import FOODS
from scripts.claims import claims as evidence
from scripts.pages.fault import FaultsError
from scripts.sources import entries as bibliography
from tests.browser.axe import in_every_palette
from tests.browser.sites import BELOW, Site, serving
from tests.conftest import ROOT

FILE = ROOT / "docs" / "evidence" / "claims.csv"
LINES = FILE.read_text(encoding="utf-8").splitlines()
PUBLISHED = 85  # claims at the last release: others link to their ids, which never leave
COUNT = len(list(csv.DictReader(LINES)))
FEW = 20  # rows that a long table begins with: FEW of docs/assets/js/filter.js
LAST = evidence.id_of(COUNT)
KNOWN = frozenset(bibliography.read_bibliography(ROOT / "references.bib")[0])
EVIDENCE, FOOD = "evidence/", "food/"

# conventions.md, "Words": these judge or advise, or are notes of ours.
NEVER = re.compile(
    r"\b(good|bad|easy|easily|safe|harmless|ideal|best|elderly|senior|please|sorry|start|stop"
    r"|archived|TODO)\b",
    re.IGNORECASE,
)


# ------------------------------------------------------------------------------ reading


def test_a_published_id_never_leaves() -> None:
    """All that were ever published are there, in order, and every key is known."""
    found = [*evidence.read(FILE, KNOWN, ROOT / "docs")]
    assert found == [evidence.id_of(number + 1) for number in range(COUNT)]
    assert COUNT >= PUBLISHED


def test_a_page_has_the_claims_counted() -> None:
    """The list of changes apart, which tells what was true then, no page counts them itself."""
    docs = ROOT / "docs"
    texts = {page: page.read_text("utf-8") for page in docs.rglob("*.md")}
    assert [page.name for page, text in texts.items() if re.search(r"\b\d+ claims\b", text)] == [
        "changes.md"
    ]
    assert sum("{claims} claims" in text for text in texts.values()) > 2
    md = Markdown(extensions=["scripts.blocks.extension"])
    assert md.convert("{claims} claims, to C{claims}") == f"<p>{COUNT} claims, to C{COUNT}</p>"


def edited(row: int, **cells: str) -> list[str]:
    """Return the lines of the file with some cells of a row changed."""
    table = list(csv.DictReader(LINES))
    table[row - 1].update(cells)
    quoted = [[cell.join('""') for cell in one.values()] for one in table]
    return [LINES[0], *(",".join(one) for one in quoted)]


@pytest.mark.parametrize(
    ("lines", "line", "message"),
    [
        (edited(3, verdict="true"), 4, "the verdict 'true' is not one of: supported;"),
        (edited(3, certainty="sure"), 4, "the certainty 'sure' is not one of"),
        (edited(3, read="no"), 4, "the read 'no' is not one of"),
        (edited(3, kind="guess"), 4, "the kind 'guess' is not one of"),
        (edited(3, sources="welch2071"), 4, "no source has the key 'welch2071' of the column 's"),
        (edited(3, sources="welch2071"), 4, "did you mean 'welch2017'"),
        (edited(3, article_cited="x y"), 4, "no source has the key 'x' of the column 'article"),
        (edited(3, why=""), 4, "the column 'why' is empty or has spaces"),
        (edited(3, why=" x"), 4, "the column 'why' is empty or has spaces"),
        (edited(3, page="nowhere.md"), 4, "there is no page 'nowhere.md'"),
        (edited(3, id="c02"), 4, "the id 'c02' must be c03: ids follow the rows"),
        (edited(3, id="c99"), 4, "the id 'c99' must be c03: ids follow the rows"),
        ([*LINES[:5], LINES[5] + ",more", *LINES[6:]], 6, "16 cells instead of 15"),
        (["id,section", *LINES[1:]], 1, "the first line must name the columns"),
        ([], 1, "the first line must name the columns"),
    ],
)
def test_a_fault_is_told_with_its_file_and_line(
    tmp_path: Path, lines: list[str], line: int, message: str
) -> None:
    """So that whoever edits it on the web finds the place."""
    file = tmp_path / "claims.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(FaultsError) as caught:
        evidence.read(file, KNOWN, ROOT / "docs")
    place = f"{file.as_posix()}:{line}: "
    assert any(message in one for one in str(caught.value).splitlines() if one.startswith(place))


@pytest.mark.parametrize("claim", evidence.read(FILE, KNOWN, ROOT / "docs").values())
def test_a_claim_is_in_the_words_of_the_site(claim: evidence.Claim) -> None:
    """Plain words, no advice, no note to ourselves, and both units by the build."""
    text = " ".join((claim.paraphrase, claim.why, claim.reason, claim.size, claim.people))
    assert NEVER.findall(text) == []
    assert not re.search(r"\d ?(mg/dL|mmol/L|mEq/L)(?!\})", text)
    assert claim.paraphrase.endswith(".")
    assert claim.why.endswith(".")


def test_a_claim_without_a_source_says_that_none_was_found() -> None:
    """Or is not rated: no certainty without something that it rests on."""
    for claim in evidence.read(FILE, KNOWN, ROOT / "docs").values():
        assert claim.sources or claim.certainty == "not rated", claim.id


# ------------------------------------------------------------------------------ linking


@pytest.fixture
def md(monkeypatch: pytest.MonkeyPatch) -> Markdown:
    """Markdown as the pages are built with."""
    monkeypatch.chdir(ROOT)
    return Markdown(extensions=["scripts.blocks.extension"])


def test_a_link_to_a_claim_is_the_verdict(md: Markdown) -> None:
    """In a word; its name and its title tell which claim, and what that says."""
    html = md.convert("The article on this: {C75}.")
    assert 'href="evidence.md#c75"' in html
    assert 'aria-label="contradicted, C75"' in html
    assert 'title="C75: ' in html
    assert "7mg/dL (2.88mmol/L)" in html
    assert ">contradicted</a>." in html


def test_a_page_looks_at_the_claims_once_however_often_it_links_to_them(
    md: Markdown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each look goes over all pages, so one for each link is what a large site would wait for."""
    claims, looks = evidence.load(), iter("1")
    monkeypatch.setattr(evidence, "load", lambda: claims if next(looks) else {})
    md.convert("The article on this: {C75}, {C01}, {C02}.")
    assert next(looks, "") == ""


@pytest.mark.parametrize(
    "mark", ["{C00}", f"{{{evidence.id_of(COUNT + 1).upper()}}}", "{C7}", "{C123}"]
)
def test_an_unknown_claim_stops_the_build(md: Markdown, mark: str) -> None:
    """It must not vanish from a page."""
    with pytest.raises(ValueError, match="there is no such claim"):
        md.convert(f"The article on this: {mark}.")


def test_the_counts_are_of_all_claims(md: Markdown) -> None:
    """Every verdict once, and together all."""
    html = md.convert("/// reference | claim-counts\n///")
    counts = [int(count) for count in re.findall(r'data-label="Claims">(\d+)<', html)]
    assert len(counts) == len(evidence.VERDICTS)
    assert sum(counts) == COUNT


# ------------------------------------------------------------------------------ browser


@pytest.fixture(scope="module")
def site(built: Path) -> Iterator[Site]:
    with serving(built) as server:
        yield server


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    """The evidence page, which must say nothing on the console."""
    heard: list[str] = []
    page = browser.new_page(viewport={"width": 320, "height": 700}, reduced_motion="reduce")
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(error.message))
    page.goto(f"{site.origin}{BELOW}{EVIDENCE}")
    page.wait_for_selector(".filter:not([hidden])")
    yield page
    assert heard == []
    page.close()


def shown(page: Page) -> list[str]:
    """The first words of the rows that can be seen."""
    texts: list[str] = page.eval_on_selector_all(
        "table[data-filter] tbody tr",
        "rows => rows.filter(r => r.offsetParent).map(r => r.cells[0].textContent.trim())",
    )
    return [text.split()[0] for text in texts]


@pytest.mark.slow
@pytest.mark.browser
def test_words_and_choices_narrow_the_table(page: Page) -> None:
    """Each of them further, without regard to case; the count is told; "Show all" undoes it."""
    page.fill("#claims-words", "FRACTURES  cohort")
    fewer = shown(page)
    assert 0 < len(fewer) < COUNT
    told = page.locator(".filter [role=status]")
    expect(told).to_have_text(f"Showing {len(fewer)} of {COUNT} claims")
    page.select_option("#claims-verdict", "overstated")
    assert set(shown(page)) < set(fewer)
    page.select_option("#claims-section", "Food")
    assert shown(page) == []
    expect(told).to_have_text(f"Showing 0 of {COUNT} claims")
    page.click(".filter button")
    assert len(shown(page)) == COUNT


@pytest.mark.slow
@pytest.mark.browser
def test_a_long_table_begins_with_a_few_rows(page: Page) -> None:
    """In whatever order it is sorted; all of them by a button, and on paper without one."""
    told = page.locator(".filter [role=status]")
    expect(told).to_have_text(f"Showing {FEW} of {COUNT} claims")
    assert shown(page) == [id_.upper() for id_ in list(evidence.load())[:FEW]]
    heading = page.locator("th[data-sort]").first.get_by_role("button")
    heading.click()
    heading.click()
    assert shown(page)[0] == LAST.upper()
    assert len(shown(page)) == FEW
    page.emulate_media(media="print")
    assert len(shown(page)) == COUNT
    page.emulate_media(media="screen")
    page.get_by_role("button", name="Show all").click()
    assert len(shown(page)) == COUNT


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("id_", ["c14", LAST])
def test_a_link_from_a_page_to_a_claim_arrives_at_it(page: Page, site: Site, id_: str) -> None:
    """Whether it is one of the first rows or not."""
    page.goto("about:blank")
    page.goto(f"{site.origin}{BELOW}{EVIDENCE}#{id_}")
    expect(page.locator(f"#{id_}")).to_be_in_viewport()


@pytest.mark.slow
@pytest.mark.browser
def test_the_table_is_narrowed_and_sorted_by_keyboard_alone(page: Page) -> None:
    """Tab reaches every control; Enter and Space sort; the order is told."""
    page.focus("#claims-words")
    page.keyboard.type("vitamin d")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("c")
    assert page.input_value("#claims-verdict") == "contradicted"
    assert shown(page) == ["C25"]
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert len(shown(page)) == COUNT
    page.keyboard.press("Tab")
    heading = page.locator("th[data-sort]").first
    expect(heading.get_by_role("button")).to_be_focused()
    page.keyboard.press("Enter")
    expect(heading).to_have_attribute("aria-sort", "ascending")
    page.keyboard.press("Space")
    expect(heading).to_have_attribute("aria-sort", "descending")
    assert shown(page)[0] == LAST.upper()
    box = page.locator("th[data-sort] button:focus").bounding_box()
    assert box is not None
    assert box["height"] >= 24


@pytest.mark.slow
@pytest.mark.browser
def test_certainty_sorts_by_rank_and_not_by_letter(page: Page) -> None:
    """High before moderate before low, which the alphabet would not do."""
    page.get_by_role("button", name="Certainty").click()
    words = page.eval_on_selector_all(
        "td[data-label=Certainty] > span:first-child",
        "cells => cells.map(c => c.textContent.trim())",
    )
    assert list(dict.fromkeys(words)) == ["High", "Moderate", "Low", "Very low", "Not rated"]
    assert page.locator("[aria-sort]").count() == 1


@pytest.mark.browser
def test_a_link_into_a_hidden_row_shows_it(page: Page) -> None:
    """Whoever follows a link arrives, whatever was searched for before."""
    page.fill("#claims-words", "zinc")
    assert "C14" not in shown(page)
    page.evaluate("location.hash = '#c14'")
    expect(page.locator("#c14")).to_be_in_viewport()
    assert len(shown(page)) == COUNT


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize(("path", "rows"), [(EVIDENCE, COUNT), (FOOD, len(FOODS))])
def test_without_scripts_the_whole_table_is_there(
    browser: Browser, site: Site, path: str, rows: int
) -> None:
    """No control that cannot work, and every row, on a narrow phone too."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 700})
    page = context.new_page()
    page.goto(f"{site.origin}{BELOW}{path}")
    expect(page.locator(".filter")).to_be_hidden()
    assert page.locator("table[data-filter] tbody tr:visible").count() == rows
    assert page.locator("th button").count() == 0
    context.close()


@pytest.mark.slow
@pytest.mark.browser
def test_foods_sort_by_amount(page: Page, site: Site) -> None:
    """The most magnesium first, then the least; a kind of food narrows them."""
    page.goto(f"{site.origin}{BELOW}{FOOD}")
    page.get_by_role("button", name="Magnesium", exact=True).click()
    amounts = page.eval_on_selector_all(
        "td[data-label=Magnesium]", "cells => cells.map(c => Number(c.dataset.value))"
    )
    assert amounts == sorted(amounts, reverse=True)
    assert len(amounts) == len(FOODS)
    page.get_by_role("button", name="Calcium", exact=True).click()
    page.get_by_role("button", name="Calcium", exact=True).click()
    assert page.locator("th[aria-sort=ascending]").inner_text() == "Calcium"
    page.get_by_role("button", name="Food", exact=True).click()
    assert shown(page)[0] == min(food.name for food in FOODS).split()[0]
    page.select_option("#foods-category", "drinks")
    drinks = sum(food.category == "drinks" for food in FOODS)
    told = page.locator(".filter [role=status]")
    expect(told).to_have_text(f"Showing {drinks} of {len(FOODS)} foods")


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("path", [EVIDENCE, FOOD])
def test_a_table_that_was_sorted_and_narrowed_passes_axe(
    browser: Browser, site: Site, path: str, width: int
) -> None:
    """In every palette. As the tables come, they are looked at with the rest of their pages."""
    page = browser.new_page(viewport={"width": width, "height": 800}, reduced_motion="reduce")
    page.goto(f"{site.origin}{BELOW}{path}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator("th[data-sort] button").first.click()
    page.fill(".filter input", "almond" if path == FOOD else "vitamin D")
    # Axe finds nothing in a row that is not shown, but looks through each.
    page.evaluate("document.querySelectorAll('tbody tr[hidden]').forEach((row) => row.remove())")
    assert in_every_palette(page, ".filter", "table") == []
    page.close()
