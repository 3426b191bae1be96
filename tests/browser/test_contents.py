"""The questions at the head of their page, on a phone: there the theme hides its contents."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.reader import go
from tests.browser.sites import Site

pytestmark = pytest.mark.browser


@pytest.mark.slow
@pytest.mark.parametrize(("width", "shown"), [(390, True), (1280, False)])
def test_every_question_is_linked_from_the_head_of_its_page_on_a_phone(
    browser: Browser, site: Site, width: int, shown: bool
) -> None:
    """Before the first of them. A large screen has the theme's own contents beside the page."""
    page = browser.new_page(viewport={"width": width, "height": 844}, service_workers="block")
    go(page, site, "questions/")
    contents = page.locator("article .contents")
    expect(contents).to_be_visible(visible=shown)
    expect(page.locator(".md-sidebar--secondary")).to_be_visible(visible=not shown)
    linked = [link.get_attribute("href") for link in contents.locator("li li a").all()]
    asked = [f"#{heading.get_attribute('id')}" for heading in page.locator("article h3").all()]
    assert linked == asked
    assert len(asked) > 10
    if shown:
        contents.get_by_role("link", name="Does magnesium help leg cramps?").click()
        expect(page.locator("#does-magnesium-help-leg-cramps")).to_be_in_viewport()
    page.close()
