"""A citation opens its reference where it stands: by a finger, a mouse and the keyboard."""

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from scripts.sources.extension import IN_LIST, WAY_BACK
from tests.browser.axe import axe
from tests.browser.sites import BELOW, Site

pytestmark = pytest.mark.browser
PATH = "bone/"
PHONE, LARGE, DESK = (360, 740), (320, 640), (1280, 800)
BOX = ".cited"
NO_POPOVER = "delete HTMLElement.prototype.popover; delete HTMLElement.prototype.showPopover;"
# What is at the corners of the 24px round the middle of a link, just inside them.
CORNERS = """link => { const { x, y, width, height } = link.getBoundingClientRect();
  return [-11, 11].flatMap((dx) => [-11, 11].map((dy) =>
    link.contains(document.elementFromPoint(x + width / 2 + dx, y + height / 2 + dy)))) }"""


def opened(
    browser: Browser,
    site: Site,
    *,
    size: tuple[int, int] = PHONE,
    path: str = PATH,
    script: str = "",
    scripts: bool = True,
) -> Page:
    """A page on a phone under a finger, or on a desk under a mouse; what is folded is opened."""
    touch = size != DESK
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        has_touch=touch,
        is_mobile=touch,
        reduced_motion="reduce",
        service_workers="block",
        java_script_enabled=scripts,
    )
    page = context.new_page()
    if script:
        page.add_init_script(script)
    page.goto(f"{site.origin}{BELOW}{path}")
    return page


def unfold(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach((e) => { e.open = true; })")


def reference(page: Page, link: Locator) -> Locator:
    """The reference in the list that a citation leads to."""
    return page.locator(f"[id='{(link.get_attribute('href') or '')[1:]}']")


@pytest.mark.slow
@pytest.mark.parametrize("size", [PHONE, LARGE, DESK])
def test_a_citation_opens_its_reference_in_place(
    browser: Browser, site: Site, size: tuple[int, int]
) -> None:
    """Every citation of a page: on the screen, beside it, and the reader stays where they are."""
    page = opened(browser, site, size=size)
    unfold(page)
    links = page.locator(".citation a")
    assert links.count() > 10
    for nth in range(links.count()):
        link = links.nth(nth)
        (link.click if size == DESK else link.tap)()
        box = page.locator(BOX)
        expect(box).to_be_visible()
        expect(box).to_be_focused()
        words = reference(page, link).inner_text()
        expect(box).to_have_text(f"{words}{IN_LIST}", use_inner_text=False)
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
        expect(link).to_be_focused()
    page.context.close()


@pytest.mark.slow
def test_an_opened_reference_is_accessible_and_goes_with_a_tap_elsewhere(
    browser: Browser, site: Site
) -> None:
    page = opened(browser, site)
    page.locator(".citation a").first.tap()
    expect(page.get_by_role("dialog", name="Reference 1", exact=True)).to_be_visible()
    assert axe(page, BOX) == []
    page.locator("h1").tap()
    expect(page.locator(BOX)).to_have_count(0)
    page.context.close()


def test_the_keyboard_sees_a_reference_on_focus_and_enters_it_with_enter(
    browser: Browser, site: Site
) -> None:
    """Escape closes it and keeps the focus; Tab does not stop at the links of one just passed."""
    page = opened(browser, site, size=DESK)
    first, second = page.locator(".citation a").nth(0), page.locator(".citation a").nth(1)
    box = page.locator(BOX)
    page.keyboard.press("Tab")
    first.focus()
    expect(box).to_be_visible()
    page.keyboard.press("Escape")
    expect(box).to_have_count(0)
    expect(first).to_be_focused()
    page.keyboard.press("Tab")
    expect(second).to_be_focused()
    expect(box).to_contain_text(reference(page, second).text_content() or "")
    page.keyboard.press("Enter")
    expect(box).to_be_focused()
    page.keyboard.press("Tab")
    expect(box.locator("a").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(box).to_have_count(0)
    expect(second).to_be_focused()
    page.context.close()


@pytest.mark.slow
def test_a_citation_takes_a_finger(browser: Browser, site: Site) -> None:
    """24px each way round a number that stands alone, which is a few pixels wide (WCAG 2.5.8)."""
    page = opened(browser, site)
    alone = page.locator("article > p .citation a:only-child")
    assert alone.count() > 5
    for link in alone.all():
        link.scroll_into_view_if_needed()
        assert link.evaluate(CORNERS) == [True] * 4
    page.context.close()


@pytest.mark.slow
def test_the_way_back_from_the_list_is_marked(browser: Browser, site: Site) -> None:
    """Of the links back to a source cited often, the one to where the reader comes from."""
    page = opened(browser, site)
    often = page.locator("section.references li:has(.reference-back + .reference-back)").first
    target = often.locator("> span").get_attribute("id")
    unfold(page)
    for nth in (1, 0):
        link = page.locator(f".citation a[href='#{target}']").nth(nth)
        place = link.locator("xpath=..").get_attribute("id")
        link.tap()
        page.get_by_role("link", name=IN_LIST).tap()
        assert page.url.endswith(f"#{target}")
        expect(page.locator(BOX)).to_have_count(0)
        back = often.get_by_role("link", name=WAY_BACK)
        expect(back).to_have_count(1)
        expect(back).to_have_attribute("href", f"#{place}")
        for other in page.locator("[data-here]").all():
            expect(other).to_have_attribute("href", f"#{place}")
        back.tap()
        expect(page.locator(".citation:target")).to_have_attribute("id", place or "")
    page.context.close()


def test_a_browser_without_popovers_goes_to_the_list(browser: Browser, site: Site) -> None:
    """And there, too, the list is unfolded and the way back is marked."""
    page = opened(browser, site, script=NO_POPOVER)
    link = page.locator(".citation a").first
    expect(reference(page, link)).to_be_hidden()
    link.tap()
    page.wait_for_url("**/#ref-*")
    expect(reference(page, link)).to_be_visible()
    expect(page.locator("[data-here]").first).to_be_visible()
    page.context.close()


@pytest.mark.slow
def test_the_list_is_folded_until_somebody_wants_it(browser: Browser, site: Site) -> None:
    """A tap on its heading, an address that names one of its references, or paper."""
    page = opened(browser, site)
    references = page.locator("section.references ol")
    expect(references).to_be_hidden()
    page.emulate_media(media="print")
    expect(references).to_be_visible()
    page.emulate_media(media="screen")
    expect(references).to_be_hidden()
    page.get_by_role("heading", name="References (").tap()
    expect(references).to_be_visible()
    last = page.locator("section.references li > span").last.get_attribute("id")
    page.context.close()
    page = opened(browser, site, path=f"{PATH}#{last}")
    expect(page.locator(f"[id='{last}']")).to_be_in_viewport()
    page.context.close()


def test_without_scripts_the_list_is_open_and_citations_lead_to_it(
    browser: Browser, site: Site
) -> None:
    page = opened(browser, site, scripts=False)
    link = page.locator(".citation a").first
    expect(reference(page, link)).to_be_visible()
    link.tap()
    page.wait_for_url("**/#ref-*")
    expect(reference(page, link)).to_be_in_viewport()
    page.context.close()
