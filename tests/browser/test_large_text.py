"""Text at twice the usual size on a phone 320px wide: nothing scrolls sideways (WCAG 1.4.10)."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.sites import BELOW, Site, pages
from tests.browser.states import PROBLEMS, RESULTS
from tests.conftest import FLAGS, program

pytestmark = pytest.mark.browser

TWICE = {"webkit": {"webprefs": {"default_font_size": 32}}}
OPEN = "document.querySelectorAll('article details').forEach((e) => { e.open = true; })"
AWAY = "document.querySelectorAll('[data-result], .problem-summary').forEach((e) => e.remove())"
# What sticks out of the screen, apart from what a box of its own lets scroll or cuts.
OUT = """() => [...document.querySelectorAll("article *, header *")].filter((e) => {
    const { right, width } = e.getBoundingClientRect();
    if (!width || right <= innerWidth + 1) return false;
    for (let box = e.parentElement; box !== document.body; box = box.parentElement)
      if (getComputedStyle(box).overflowX !== "visible") return false;
    return true;
  }).map((e) => `${e.tagName} ${e.textContent.trim().slice(0, 30)}`)"""
# A box that scrolls sideways and that no key reaches.
STUCK = """() => [...document.querySelectorAll("article *")].filter((e) =>
    /auto|scroll/.test(getComputedStyle(e).overflowX) && e.scrollWidth > e.clientWidth + 1 &&
    e.tabIndex < 0 && !e.querySelector("a, button, input")).map((e) => e.className)"""


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """A phone with the browser's own setting for large text, as a reader sets it."""
    (tmp_path / "Default").mkdir()
    (tmp_path / "Default" / "Preferences").write_text(json.dumps(TWICE), "utf-8")
    context = browser.browser_type.launch_persistent_context(
        tmp_path,
        executable_path=program(),
        args=FLAGS,
        viewport={"width": 320, "height": 640},
        reduced_motion="reduce",
        service_workers="block",
    )
    yield context.pages[0]
    context.close()


def faults(page: Page, name: str) -> list[str]:
    """What scrolls sideways on what is shown, all that is folded opened."""
    page.evaluate(OPEN)
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    found = [*page.evaluate(OUT), *page.evaluate(STUCK), *(["the page"] if wide else [])]
    return [f"{name}: {one}" for one in found]


@pytest.mark.slow
def test_no_page_scrolls_sideways(page: Page, site: Site) -> None:
    """Every page, with everything on it that can be opened."""
    found = []
    for path in pages(site):
        page.goto(f"{site.origin}{BELOW}{path}")
        found += faults(page, path)
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "40px"
    assert found == []


@pytest.mark.engine
@pytest.mark.slow
def test_no_state_of_a_check_scrolls_sideways(page: Page, site: Site) -> None:
    """Every result and every problem."""
    found = []
    for name, address in (RESULTS | PROBLEMS).items():
        page.evaluate(AWAY)
        page.goto(f"{site.origin}{BELOW}{address}")
        page.wait_for_selector("[data-result], .problem-summary")
        found += faults(page, name)
    assert found == []
