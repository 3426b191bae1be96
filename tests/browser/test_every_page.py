"""Every page of the built site in a real browser: accessible, in every palette, on a phone."""

from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import breaches
from tests.browser.axe import in_every_palette
from tests.browser.reader import go
from tests.browser.sites import Site, pages

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NARROW = 320  # pixels
OF_THE_MOUSE = "all => all.length > 0 && all.every((e) => e.tabIndex < 0)"


class Seen(NamedTuple):
    """A page as a phone 320px wide shows it, and as a screen reader reads it."""

    faults: list[str]
    width: int
    read: str
    links_are_for_the_mouse: bool


@pytest.fixture(scope="module")
def found() -> list[str]:
    """The breaches that the walk meets."""
    return []


@pytest.fixture(scope="module")
def walk(browser: Browser, site: Site, found: list[str]) -> dict[str, Seen]:
    """What is seen of every page."""
    context = browser.new_context(
        viewport={"width": NARROW, "height": 700}, reduced_motion="reduce", service_workers="block"
    )
    breaches.listen(context, site.origin, found)
    page = context.new_page()
    seen = {}
    for path in pages(site):
        go(page, site, path)
        seen[path] = look(page)
    search(page)
    found += breaches.cookies(context)
    context.close()
    return seen


def search(page: Page) -> None:
    """Have the theme's own script show what it finds: on the way it writes styles of its own."""
    page.set_viewport_size({"width": 1280, "height": 800})
    page.locator("input[data-md-component=search-query]").press_sequentially("spinach")
    page.wait_for_selector(".md-search-result__item")


def look(page: Page) -> Seen:
    """Look at the page that is open."""
    return Seen(
        faults=in_every_palette(page),
        width=page.evaluate("document.documentElement.scrollWidth"),
        read=page.locator("article").aria_snapshot(),
        links_are_for_the_mouse=page.eval_on_selector_all(".headerlink", OF_THE_MOUSE),
    )


def test_every_page_passes_axe_in_every_palette(walk: dict[str, Seen]) -> None:
    assert {path: seen.faults for path, seen in walk.items() if seen.faults} == {}


def test_every_page_fits_a_phone(walk: dict[str, Seen]) -> None:
    """Nothing to scroll sideways."""
    assert {path: seen.width for path, seen in walk.items() if seen.width > NARROW} == {}


@pytest.mark.usefixtures("walk")
def test_no_page_meets_its_policy_or_asks_anybody_else_or_keeps_a_cookie(found: list[str]) -> None:
    """Its own scripts, styles and pictures are all that it needs."""
    assert found == []


def test_a_heading_is_named_by_its_words_and_its_link_is_for_the_mouse(
    walk: dict[str, Seen],
) -> None:
    """No `¶` is read or reached by Tab on any page."""
    assert [path for path, seen in walk.items() if "¶" in seen.read] == []
    assert [path for path, seen in walk.items() if not seen.links_are_for_the_mouse] == []


def test_no_cell_on_a_phone_begins_with_the_colon_of_a_column_that_it_has_not(
    walk: dict[str, Seen],
) -> None:
    """What stands in front of a cell is its column's name and a colon, or nothing."""
    assert [path for path, seen in walk.items() if 'cell ": ' in seen.read] == []
    assert 'cell "Result: ' in walk["examples/"].read


def test_a_click_on_the_link_of_a_heading_gives_its_address(browser: Browser, site: Site) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    go(page, site, "")
    page.hover("h2")
    page.locator("h2 .headerlink").first.click()
    assert page.url.endswith(f"#{page.locator('h2').first.get_attribute('id')}")
    page.close()
