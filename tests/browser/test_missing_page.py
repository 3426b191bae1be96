"""The page for an address where there is none: it says so, and leads on."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import in_every_palette
from tests.browser.sites import BUILT_FOR, Site

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    """A phone at an address without a page, two folders deep, on a site under a sub-path."""
    site.others[BUILT_FOR] = site.root
    context = browser.new_context(
        viewport={"width": 320, "height": 700}, reduced_motion="reduce", service_workers="block"
    )
    page = context.new_page()
    answer = page.goto(f"{site.origin}{BUILT_FOR}no/such-page/")
    assert answer
    assert answer.status == 404
    yield page
    context.close()


def test_an_address_without_a_page_says_so_and_looks_like_the_site(page: Page) -> None:
    """In its title too. Its styles are there, it fits a phone, and axe finds nothing."""
    assert page.title() == "Page not found - Magnesium and bone"
    expect(page.get_by_role("heading", level=1)).to_have_text("Page not found")
    assert page.evaluate("getComputedStyle(document.body).getPropertyValue('--ground')")
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert in_every_palette(page) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "path"),
    [
        ("Check a day's magnesium", "how-much/"),
        ("Check a blood result", "blood-test/"),
        ("Questions people ask", "questions/"),
    ],
)
def test_from_there_a_link_leads_to_each_check_and_to_the_questions(
    page: Page, words: str, path: str
) -> None:
    link = page.get_by_role("main").get_by_role("link", name=words)
    with page.expect_response(lambda answer: answer.url.endswith(f"{BUILT_FOR}{path}")) as came:
        link.click()
    assert came.value.status == 200


def test_from_there_a_link_opens_the_search(page: Page) -> None:
    """With the box ready for a word."""
    page.get_by_role("main").get_by_role("link", name="Search this site").click()
    box = page.locator("input[data-md-component=search-query]")
    expect(box).to_be_focused()
    expect(box).to_be_visible()
