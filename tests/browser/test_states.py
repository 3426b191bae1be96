"""Every state of both checks in a real browser, in each palette: accessible and unbroken."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from calculator.tables import blood
from tests.browser.sites import BELOW, Site, serving
from tests.browser.states import INTAKE, PROBLEMS, RESULTS, SERUM
from tests.browser.test_site import axe

pytestmark = pytest.mark.browser
STATES = RESULTS | PROBLEMS
PALETTES = ("light", "dark", "forced")


@pytest.fixture(scope="module")
def site(built: Path) -> Iterator[Site]:
    with serving(built) as server:
        yield server


def opened(browser: Browser, palette: str) -> Page:
    """A phone 320px wide in this palette."""
    context = browser.new_context(
        color_scheme="dark" if palette == "dark" else "light",
        forced_colors="active" if palette == "forced" else "none",
        viewport={"width": 320, "height": 700},
        reduced_motion="reduce",
    )
    return context.new_page()


def bring_about(page: Page, site: Site, address: str) -> dict[str, str]:
    """Open a state through its link, in the page that is open if it is the same one."""
    page.evaluate(
        "document.querySelectorAll('[data-result], .problem-summary').forEach((e) => e.remove())"
    )
    page.goto(f"{site.origin}{BELOW}{address}")
    page.wait_for_selector("[data-result], .problem-summary")
    found: dict[str, str] = page.evaluate(
        "() => ({...(document.querySelector('[data-result]')?.dataset ?? {})})"
    )
    return found


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("path", [SERUM, INTAKE])
def test_every_state_is_accessible_and_fits_a_phone(
    browser: Browser, site: Site, path: str, palette: str
) -> None:
    """Each row, care level, note and problem: axe clean, and nothing to scroll sideways."""
    page = opened(browser, palette)
    page.goto(f"{site.origin}{BELOW}{path}")
    faults = []
    for name, address in STATES.items():
        if not address.startswith(path):
            continue
        data = bring_about(page, site, address)
        assert bool(data) == (name in RESULTS), name
        faults += [f"{name}: {fault}" for fault in axe(page)]
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            faults.append(f"{name}: scrolls sideways")
    page.context.close()
    assert faults == []


def test_the_states_show_every_row_care_level_and_note(browser: Browser, site: Site) -> None:
    """No row, care level, note or position is left unseen."""
    page = opened(browser, "light")
    seen: dict[str, set[str]] = {"row": set(), "care": set(), "notes": set(), "position": set()}
    for path in (SERUM, INTAKE):
        page.goto(f"{site.origin}{BELOW}{path}")
        for address in (a for a in RESULTS.values() if a.startswith(path)):
            data = bring_about(page, site, address)
            for name, values in seen.items():
                values.update(data[name].split())
    page.context.close()
    assert seen["row"] == {row.id for row in blood.SERUM_ROWS}
    assert seen["care"] == {"none", "prompt", "same-day", "emergency", "emergency-if-true"}
    assert seen["position"] == {"below", "within", "above", "at-or-above"}
    assert seen["notes"] == {
        "child-far-over",
        "maybe-red-cell",
        "unit-maybe-mg-l",
        "own-range", "ranges-disagree", "unit-maybe-mmol-l", "unit-maybe-mg-dl",
        "kidney", "toxic-dose", "child-supplement", "food-high-check-units",
    }  # fmt: skip


def test_the_way_to_share_or_keep_a_result_is_within_two_phone_screens(
    browser: Browser, site: Site
) -> None:
    """Heading, next step, sentence and buttons: whoever scrolls once has them all."""
    width, height = 360, 740
    context = browser.new_context(viewport={"width": width, "height": height})
    page = context.new_page()
    ends = {}
    for name, address in RESULTS.items():
        page.goto(f"{site.origin}{BELOW}{address.split('#')[0]}")
        bring_about(page, site, address)
        ends[name] = page.evaluate(
            """() => document.querySelector(".keep").getBoundingClientRect().bottom
                 - document.querySelector("[data-result] h2").getBoundingClientRect().top"""
        )
    context.close()
    assert {name: end for name, end in ends.items() if end > 2 * height} == {}
