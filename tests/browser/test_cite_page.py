"""The foot of a page: the citation has the day of reading, and a button copies it."""

from datetime import date

import pytest
from playwright.sync_api import Browser, Page, expect

from calculator import __version__
from tests.browser.axe import axe
from tests.browser.sites import BELOW, Site

pytestmark = pytest.mark.browser
BUTTON = ".citation-files button"
SAID = ".citation-files [role=status]"


def opened(browser: Browser, site: Site, *, scripts: bool = True) -> Page:
    """A page on a small phone, with what is copied kept where a test can read it."""
    context = browser.new_context(
        viewport={"width": 320, "height": 640},
        reduced_motion="reduce",
        service_workers="block",
        java_script_enabled=scripts,
    )
    page = context.new_page()
    page.add_init_script(
        "navigator.clipboard.writeText = async (text) => { window.copied = text; };"
    )
    page.goto(site.origin + BELOW + "bone/")
    return page


def test_the_button_copies_the_whole_citation_and_says_so(browser: Browser, site: Site) -> None:
    """Authors, title, version, day of review, day of reading and address, in one line."""
    page = opened(browser, site)
    page.click(BUTTON)
    expect(page.locator(SAID)).to_have_text("The citation is copied.")
    copied = page.evaluate("copied")
    today = date.fromisoformat(page.evaluate("new Date().toLocaleDateString('sv')"))
    assert copied == page.locator("[data-citation]").inner_text()
    assert f"Magnesium and bone, version {__version__}; " in copied
    assert f"Read on {today.day} {today:%B %Y}. Available from: http" in copied
    page.context.close()


def test_a_browser_that_does_not_copy_says_what_to_do(browser: Browser, site: Site) -> None:
    page = opened(browser, site)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(); }")
    page.click(BUTTON)
    expect(page.locator(SAID)).to_contain_text("Select the citation")
    page.context.close()


@pytest.mark.slow
def test_the_foot_passes_axe_and_fits_a_phone(browser: Browser, site: Site) -> None:
    page = opened(browser, site)
    page.click(BUTTON)
    expect(page.locator(SAID)).not_to_be_empty()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.context.close()


def test_without_scripts_the_citation_is_whole_and_no_button_does_nothing(
    browser: Browser, site: Site
) -> None:
    """Without the day of reading, which nobody knows when the page is built."""
    page = opened(browser, site, scripts=False)
    assert not page.is_visible(BUTTON)
    text = page.locator("[data-citation]").inner_text()
    assert "Read on" not in text
    assert "Available from: http" in text
    assert page.get_by_role("link", name="BibTeX").get_attribute("href") == "cite.bib"
    page.context.close()


def test_on_paper_the_citation_stands_without_buttons_and_files(
    browser: Browser, site: Site
) -> None:
    page = opened(browser, site)
    page.emulate_media(media="print")
    assert page.is_visible(".cite-this-page")
    assert not page.is_visible(".citation-files")
    page.context.close()
