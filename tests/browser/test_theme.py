"""What a page has of the theme: colours, menu and search, which comes when it is used."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.browser.axe import axe
from tests.browser.sites import BELOW, Site

pytestmark = pytest.mark.browser
PHONE, DESK = (360, 740), (1280, 800)
PATH = "bone/"
INDEX = "search/search_index.json"
BUNDLE = "**/assets/javascripts/bundle.*.js"
WORDS = "osteoporosis"
OF_SEARCH = ("bundle.", "workers/search.", INDEX)


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def context(request: pytest.FixtureRequest, browser: Browser) -> Iterator[BrowserContext]:
    width, height = request.param
    touch = request.param == PHONE
    fresh = browser.new_context(
        viewport={"width": width, "height": height},
        has_touch=touch,
        is_mobile=touch,
        reduced_motion="reduce",
        service_workers="block",
    )
    yield fresh
    fresh.close()


def go(context: BrowserContext, site: Site, path: str = PATH) -> Page:
    page = context.new_page()
    page.goto(f"{site.origin}{BELOW}{path}", wait_until="networkidle")
    return page


def turn_to_search(page: Page) -> None:
    """Tap the magnifying glass of a phone; on a desk the box is there."""
    glass = page.locator("header label[for=__search]").first
    (glass if glass.is_visible() else page.locator(".md-search__input")).click()


@pytest.mark.slow
def test_the_search_is_not_fetched_until_it_is_used(context: BrowserContext, site: Site) -> None:
    """Neither the index nor the scripts that read it; then all of them, once."""
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = go(context, site)
    assert [url for url in asked if any(part in url for part in OF_SEARCH)] == []
    turn_to_search(page)
    page.keyboard.type(WORDS)
    expect(page.locator(".md-search-result__item").first).to_contain_text(WORDS)
    for part in OF_SEARCH:
        assert len([url for url in asked if part in url]) == 1, part


@pytest.mark.slow
@pytest.mark.parametrize("fragment", ["", "#calcium"])
def test_what_is_typed_before_the_search_has_come_is_searched_for(
    context: BrowserContext, site: Site, fragment: str
) -> None:
    """From the first key, by which the search is turned to; and the address stays as it is."""
    held: list[Route] = []
    context.route(BUNDLE, lambda route: held.append(route))
    context.clock.install()
    page = go(context, site, PATH + fragment)
    with page.expect_request(BUNDLE):
        page.keyboard.press("/")
    page.keyboard.type(WORDS)
    held[0].continue_()
    expect(page.locator(".md-search-result__item").first).to_contain_text(WORDS)
    expect(page.locator(".md-search__input")).to_have_value(WORDS)
    page.clock.run_for(1_000)  # At a fragment the theme's script would close the search by now.
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    assert page.url == f"{site.origin}{BELOW}{PATH}{fragment}"
    page.keyboard.press("Escape")
    expect(page.locator("#__search")).not_to_be_checked()


@pytest.mark.slow
def test_a_search_that_cannot_be_loaded_says_so_and_is_tried_again(
    context: BrowserContext, site: Site
) -> None:
    context.route(BUNDLE, lambda route: route.abort())
    page = go(context, site)
    turn_to_search(page)
    expect(page.locator(".md-search-result__meta")).to_contain_text("could not be loaded")
    page.keyboard.press("Escape")
    expect(page.locator("#__search")).not_to_be_checked()
    context.unroute(BUNDLE)
    turn_to_search(page)
    page.keyboard.type(WORDS)
    expect(page.locator(".md-search-result__item").first).to_contain_text(WORDS)


@pytest.mark.slow
def test_the_button_goes_round_the_colours_and_they_are_kept(
    context: BrowserContext, site: Site
) -> None:
    """Light, dark, and again the device's, by press and by Enter."""
    page = go(context, site)
    button = page.locator("[data-palette] label:visible")
    for scheme in ("default", "slate"):
        button.click()
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", scheme)
    assert axe(page) == []
    again = go(context, site)
    expect(again.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    again.locator("[data-palette] input:checked").press("Enter")
    expect(again.locator("body")).to_have_attribute("data-md-color-scheme", "default")
    again.emulate_media(color_scheme="dark")
    expect(again.locator("body")).to_have_attribute("data-md-color-scheme", "slate")


def test_a_first_visit_in_the_dark_is_dark_from_the_first_paint(
    browser: Browser, site: Site
) -> None:
    """Before any of our scripts has come."""
    context = browser.new_context(color_scheme="dark", service_workers="block")
    context.route("**/*.js", lambda route: route.abort())
    page = go(context, site)
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    context.close()


@pytest.mark.slow
def test_the_menu_opens_and_closes(context: BrowserContext, site: Site) -> None:
    """Its parts by Enter; on a phone it goes when the reader has chosen a place on the page."""
    page = go(context, site)
    button = page.locator("header label[for=__drawer]")
    if button.is_visible():
        button.click()
        page.locator(".md-nav--primary label[for=__toc]").first.click()
        page.locator(".md-nav--primary a[href='#calcium']:visible").click()
        expect(page.locator("#__drawer")).not_to_be_checked()
        return
    part = page.locator("label.md-nav__link[tabindex='0']").last
    part.press("Enter")
    pages = page.locator(f"[aria-labelledby={part.get_attribute('id')}]")
    expect(pages).to_have_attribute("aria-expanded", "true")


@pytest.mark.slow
@pytest.mark.parametrize("width", [800, 1280, 1600])
@pytest.mark.parametrize("path", [PATH, "", "evidence/"])
def test_the_column_stands_in_the_middle_of_its_room(
    browser: Browser, site: Site, path: str, width: int
) -> None:
    """Between the menu and the contents, or the edge of the page where one is not there."""
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(f"{site.origin}{BELOW}{path}")
    room, column = (
        page.locator(one).first.bounding_box() for one in (".md-content", "article > p:visible")
    )
    assert room
    assert column
    left, right = (column["x"] - room["x"], room["width"] - column["width"])
    assert abs(left - (right - left)) <= 26  # the theme's margin on the side of the menu
    page.close()
