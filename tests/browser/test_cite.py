"""A citation under a finger, under a mouse, and without the Popover API."""

import pytest
from playwright.sync_api import Browser, Page, expect

from scripts.sources.extension import IN_LIST, WAY_BACK
from tests.browser.axe import axe
from tests.browser.sites import BELOW, Site

pytestmark = pytest.mark.browser
PATH = "bone/"
PHONE, LARGE = (360, 740), (320, 640)


def opened(
    browser: Browser, site: Site, *, touch: bool, size: tuple[int, int] = PHONE, script: str = ""
) -> Page:
    width, height = size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        has_touch=touch,
        is_mobile=touch,
        reduced_motion="reduce",
        service_workers="block",
    )
    page = context.new_page()
    if script:
        page.add_init_script(script)
    page.goto(f"{site.origin}{BELOW}{PATH}")
    page.evaluate("document.querySelectorAll('details').forEach((e) => { e.open = true; })")
    return page


@pytest.mark.parametrize("size", [PHONE, LARGE])
def test_the_first_tap_shows_the_reference_beside_its_citation(
    browser: Browser, site: Site, size: tuple[int, int]
) -> None:
    """Every citation of a page: on the screen, beside it, and the reader stays where they are."""
    page = opened(browser, site, touch=True, size=size)
    links = page.locator(".citation a")
    assert links.count() > 10
    for nth in range(links.count()):
        link = links.nth(nth)
        link.tap()
        box = page.locator(".cited")
        expect(box).to_be_visible()
        expect(box).to_be_focused()
        target = page.locator(f"[id='{(link.get_attribute('href') or '')[1:]}']")
        expect(box).to_have_text(f"{target.inner_text()}{IN_LIST}", use_inner_text=False)
        shown, cited = box.bounding_box(), link.bounding_box()
        assert shown
        assert cited
        assert 0 <= shown["x"] <= shown["x"] + shown["width"] <= size[0]
        above = cited["y"] - shown["y"] - shown["height"]
        below = shown["y"] - cited["y"] - cited["height"]
        assert -1 <= max(above, below) <= 20
        assert "#" not in page.url
        page.keyboard.press("Escape")
        expect(box).to_have_count(0)
    page.context.close()


def test_a_tapped_reference_is_accessible_and_goes_with_a_tap_elsewhere(
    browser: Browser, site: Site
) -> None:
    page = opened(browser, site, touch=True)
    page.locator(".citation a").first.tap()
    expect(page.get_by_role("dialog", name="Reference 1", exact=True)).to_be_visible()
    assert axe(page, ".cited") == []
    expect(page.locator(".md-tooltip2--active").locator("visible=true")).to_have_count(0)
    page.locator("h1").tap()
    expect(page.locator(".cited")).to_have_count(0)
    page.context.close()


def test_the_way_back_from_the_list_is_marked(browser: Browser, site: Site) -> None:
    """Of the links back to a source cited often, the one to where the reader comes from."""
    page = opened(browser, site, touch=True)
    often = page.locator("section.references li:has(.reference-back + .reference-back)").first
    target = often.locator("> span").get_attribute("id")
    for nth in (1, 0):
        link = page.locator(f".citation a[href='#{target}']").nth(nth)
        place = link.locator("xpath=..").get_attribute("id")
        link.tap()
        page.get_by_role("link", name=IN_LIST).tap()
        assert page.url.endswith(f"#{target}")
        expect(page.locator(".cited")).to_have_count(0)
        back = often.get_by_role("link", name=WAY_BACK)
        expect(back).to_have_count(1)
        expect(back).to_have_attribute("href", f"#{place}")
        for other in page.locator("[data-here]").all():
            expect(other).to_have_attribute("href", f"#{place}")
        back.tap()
        expect(page.locator(".citation:target")).to_have_attribute("id", place or "")
    page.context.close()


def test_a_mouse_and_a_browser_without_popovers_go_to_the_list(
    browser: Browser, site: Site
) -> None:
    """As before; and there, too, the way back is marked."""
    old = "delete HTMLElement.prototype.popover; delete HTMLElement.prototype.showPopover;"
    for touch, script in ((False, ""), (True, old)):
        page = opened(browser, site, touch=touch, script=script)
        link = page.locator(".citation a").first
        (link.tap if touch else link.click)()
        page.wait_for_url("**/#ref-*")
        expect(page.locator("[data-here]").first).to_be_visible()
        page.context.close()
