"""What a supplement's label says, found by typing, in a real browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from calculator.words.form import SHOPPED
from tests.browser.axe import STATE, axe
from tests.browser.sites import BELOW, Site

pytestmark = [pytest.mark.browser, pytest.mark.engine]
NAME = "What does the label say?"


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A phone 320px wide, whose reader comes back."""
    fresh = browser.new_context(viewport={"width": 320, "height": 740}, reduced_motion="reduce")
    yield fresh
    fresh.close()


@pytest.fixture
def page(context: BrowserContext, site: Site) -> Iterator[Page]:
    """The intake form."""
    page = context.new_page()
    page.goto(f"{site.origin}{BELOW}how-much/")
    expect(page.get_by_role("combobox", name=NAME)).to_be_visible()
    yield page
    page.close()


def offered(page: Page, typed: str) -> list[str]:
    """What the list offers for what is typed."""
    page.get_by_role("combobox", name=NAME).fill(typed)
    return page.get_by_role("listbox", name=NAME).get_by_role("option").all_inner_texts()


def answer(page: Page) -> str:
    """What the form would send to Python."""
    value: str = page.evaluate("new FormData(document.forms.intake).get('supplement-salt')")
    return value


@pytest.mark.slow
def test_whatever_compound_is_typed_the_plain_reading_comes_first(page: Page) -> None:
    """By the shop's name, by its last word, and by each other word for it."""
    for shopped in SHOPPED:
        for typed in (shopped.name, shopped.name.split()[-1], *shopped.also.split()):
            first, *others = offered(page, typed)
            assert first.startswith("Magnesium itself: "), typed
            assert any(other.startswith(f"{shopped.name}: ") for other in others), typed


@pytest.mark.slow
def test_a_name_of_several_compounds_typed_in_full_is_any_of_them(page: Page) -> None:
    """Which compound it is was not said, and is not guessed; a compound alone is itself."""
    for typed, meant in (
        ("magnesium citrate", "citrate_unknown"),
        ("Magnesium Glycinate", "bisglycinate"),
        ("epsom salt", "sulfate_heptahydrate"),
        ("magnesium itself", "elemental"),
        ("citrate", "citrate"),
        ("400", "400"),
    ):
        offered(page, typed)
        assert answer(page) == meant


@pytest.mark.slow
def test_a_number_is_no_name(page: Page) -> None:
    """Whoever types the amount here is told at once, and refused in the form's own words."""
    assert offered(page, "400") == []
    status = page.locator("[data-row-of=supplement] .finder [role=status]")
    expect(status).to_contain_text("No name in the table matches “400”")
    page.fill("#supplement-mg-1", "400")
    page.press("#supplement-mg-1", "Enter")
    expect(page.locator("#supplement-salt-1-problem")).to_contain_text(
        "The table has no 400. Select the compound, or give the magnesium itself"
    )


@pytest.mark.slow
def test_the_list_of_labels_is_accessible_and_fits_a_phone(page: Page) -> None:
    """Open at its longest formula, with nothing to scroll sideways."""
    offered(page, "carbonate")
    assert axe(page, *STATE) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    wide = "all => all.filter(e => e.scrollWidth > e.clientWidth).map(e => e.innerText)"
    assert page.eval_on_selector_all("[data-row-of=supplement] [role=option]", wide) == []
