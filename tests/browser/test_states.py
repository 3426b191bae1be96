"""Every state of both checks in a real browser, in each palette: accessible and unbroken."""

from collections.abc import Iterator
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from calculator.tables import blood
from tests.browser import breaches
from tests.browser.axe import STATE, axe, in_every_palette
from tests.browser.reader import bring_about, go
from tests.browser.sites import Site
from tests.browser.states import INTAKE, PROBLEMS, RESULTS, SERUM

pytestmark = [pytest.mark.browser, pytest.mark.engine, pytest.mark.slow]
STATES = RESULTS | PROBLEMS
NARROW, PHONE = 320, 360  # pixels
HEIGHT = 740
# From the heading of a result to the foot of the buttons that share or keep it.
END = """() => document.querySelector(".keep").getBoundingClientRect().bottom
           - document.querySelector("[data-result] h2").getBoundingClientRect().top"""
# The rest of the page is looked at as a whole elsewhere, and axe reads all that there is.
CHECK_ALONE = """() => {
  const kept = [...document.querySelectorAll(".check-place, [data-palette]")];
  const near = (one) => kept.some((each) => each.contains(one) || one.contains(each));
  for (const one of document.querySelectorAll("body *")) if (!near(one)) one.remove();
}"""


class Seen(NamedTuple):
    """A state as a phone 320px wide shows it; ``end`` is a result's, on one 360px wide."""

    data: dict[str, str]
    faults: list[str]
    width: int
    end: float


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A phone 320px wide."""
    fresh = browser.new_context(
        viewport={"width": NARROW, "height": HEIGHT}, reduced_motion="reduce"
    )
    yield fresh
    fresh.close()


@pytest.fixture(scope="module")
def found(context: BrowserContext, site: Site) -> list[str]:
    """The breaches of every page that the tests open."""
    met: list[str] = []
    breaches.listen(context, site.origin, met)
    return met


@pytest.fixture(scope="module")
def walk(context: BrowserContext, site: Site, found: list[str]) -> dict[str, Seen]:
    """What is seen of every state, each brought about by its link in one page of each check."""
    page = context.new_page()
    seen = {}
    for path in (SERUM, INTAKE):
        go(page, site, path)
        page.evaluate(CHECK_ALONE)
        for name, address in STATES.items():
            if address.startswith(path):
                seen[name] = look(page, bring_about(page, site, address))
    page.close()
    found += breaches.cookies(context)
    return seen


def look(page: Page, data: dict[str, str]) -> Seen:
    """Look at the state that is open."""
    faults = in_every_palette(page, *STATE)
    width = page.evaluate("document.documentElement.scrollWidth")
    page.set_viewport_size({"width": PHONE, "height": HEIGHT})
    end = page.evaluate(END) if data else 0
    page.set_viewport_size({"width": NARROW, "height": HEIGHT})
    return Seen(data, faults, width, end)


def test_every_state_is_accessible(walk: dict[str, Seen]) -> None:
    """Each row, care level, note and problem: axe clean."""
    assert {name: seen.faults for name, seen in walk.items() if seen.faults} == {}


@pytest.mark.usefixtures("walk")
def test_no_state_meets_its_pages_policy_or_asks_anybody_else_or_keeps_a_cookie(
    found: list[str],
) -> None:
    """Neither the results and problems that Python writes nor what starts it."""
    assert found == []


def test_every_state_fits_a_phone(walk: dict[str, Seen]) -> None:
    """Nothing to scroll sideways."""
    assert {name: seen.width for name, seen in walk.items() if seen.width > NARROW} == {}


def test_the_states_are_results_or_problems_as_they_are_listed(walk: dict[str, Seen]) -> None:
    assert [name for name, seen in walk.items() if seen.data] == [
        name for name in walk if name in RESULTS
    ]


def test_the_states_show_every_row_care_level_and_note(walk: dict[str, Seen]) -> None:
    """No row, care level, note or position is left unseen."""

    def shown(hook: str) -> set[str]:
        return {value for seen in walk.values() for value in seen.data.get(hook, "").split()}

    assert shown("row") == {row.id for row in blood.SERUM_ROWS}
    assert shown("care") == {"none", "prompt", "same-day", "emergency", "emergency-if-true"}
    assert shown("position") == {"below", "within", "above", "at-or-above"}
    assert shown("notes") == {
        "child-far-over",
        "maybe-red-cell",
        "unit-maybe-mg-l",
        "own-range", "ranges-disagree", "unit-maybe-mmol-l", "unit-maybe-mg-dl",
        "kidney", "toxic-dose", "child-supplement", "food-high-check-units",
    }  # fmt: skip


def test_the_way_to_share_or_keep_a_result_is_within_two_phone_screens(
    walk: dict[str, Seen],
) -> None:
    """Heading, next step, sentence and buttons: whoever scrolls once has them all."""
    assert {name: seen.end for name, seen in walk.items() if seen.end > 2 * HEIGHT} == {}
    assert min(seen.end for name, seen in walk.items() if name in RESULTS) > 0


# A result and a problem of each check, for what a state and the rest of its page are together.
TOGETHER = ("in-range", "serum-marks", "intake-over-all", "intake-both")


@pytest.mark.parametrize("name", TOGETHER)
def test_a_page_with_a_state_in_it_passes_axe_whole(
    context: BrowserContext, site: Site, name: str
) -> None:
    """Its landmarks, its headings, its marked row and its ids, with what the check has added."""
    page = context.new_page()
    go(page, site, STATES[name])
    page.wait_for_selector("[data-result], .problem-summary")
    assert axe(page) == []
    page.close()
