"""What a tab remembers: answers, rows and result are there again, and nowhere but in that tab."""

from collections.abc import Iterator
from typing import TypedDict

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.sites import BELOW, Site, asset

pytestmark = [pytest.mark.browser, pytest.mark.engine]

SEEN = """() => ({
  answers: [...new FormData(document.querySelector("form[data-check]"))].map(one => one.join("=")),
  foods: [...document.querySelectorAll("[data-row-of=eat] .finder input")].map((box) => box.value),
  sum: document.querySelector("[data-sum]")?.textContent ?? "",
  result: document.querySelector("[data-answer]").innerText,
  row: document.querySelector("tr[aria-current]")?.dataset.row ?? "",
  focus: document.activeElement.tagName,
  scroll: Math.round(scrollY),
})"""
FORM = "document.querySelector('form[data-check]')"


class Seen(TypedDict):
    """What a reader has in front of them."""

    answers: list[str]
    foods: list[str]
    sum: str
    result: str
    row: str
    focus: str
    scroll: int


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One reader, whose every tab is another: what one keeps starts Python for all of them."""
    fresh = browser.new_context(
        viewport={"width": 360, "height": 740},
        reduced_motion="reduce",
        permissions=["clipboard-read", "clipboard-write"],
    )
    yield fresh
    fresh.close()


@pytest.fixture
def page(context: BrowserContext, site: Site) -> Iterator[Page]:
    """A new tab, in which nothing may have been thrown in the end."""
    errors: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: errors.append(error.message))
    page.goto(f"{site.origin}{BELOW}how-much/")
    # The service worker has taken the page over: the browser keeps no such page for Back.
    page.evaluate("navigator.serviceWorker.ready")
    # A function is read once; an expression would be evaluated again and again, which the policy
    # of the page refuses.
    page.wait_for_function("() => navigator.serviceWorker.controller")
    yield page
    page.close()
    assert errors == []


def check_a_day(page: Page) -> None:
    """A woman of 35 who breastfeeds, with two foods and a supplement, and her calcium."""
    page.fill("#age", "35")
    page.check("input[name=sex][value=female]")
    page.check("input[name=stage][value=lactation]")
    for row, food, servings in ((1, "F008", "2"), (2, "F047", "0.5")):
        page.click("[data-add=eat]")
        page.select_option(f"#eat-food-{row}", food)
        page.fill(f"#eat-servings-{row}", servings)
    page.select_option("#supplement-salt-1", "oxide")
    page.fill("#supplement-mg-1", "250")
    page.click("form[data-check] > details summary")
    page.fill("#calcium", "900")
    page.click("form[data-check] .md-button--primary")
    page.wait_for_selector("[data-result]")
    expect(page.locator("[data-sum=eat]")).not_to_be_empty()


def check_blood(page: Page, value: str = "0.85") -> None:
    page.fill("#value", value)
    page.check("input[name=unit][value='mmol/L']")
    page.click("form[data-check] .md-button--primary")
    page.wait_for_selector("[data-result]")


def seen(page: Page) -> Seen:
    found: Seen = page.evaluate(SEEN)
    return found


def resumed(page: Page, before: Seen) -> None:
    """All is as it was, where it was, and nothing has moved the focus."""
    expect(page.locator("[data-result]")).to_be_visible()
    page.wait_for_function("y => Math.abs(scrollY - y) < 40", arg=before["scroll"])
    after = seen(page)
    assert {**after, "scroll": 0} == {**before, "focus": "BODY", "scroll": 0}


# ------------------------------------------------------------------------- it is all there


@pytest.mark.slow
def test_a_link_in_the_result_and_back_loses_nothing(page: Page) -> None:
    """On the first visit: answers, rows, what they add up to, the result, and the place."""
    check_a_day(page)
    link = page.locator("[data-result] .notes .source-numbers a").last
    link.scroll_into_view_if_needed()
    before = seen(page)
    link.click()
    page.wait_for_url("**/sources/*")
    page.go_back()
    resumed(page, before)


@pytest.mark.slow
def test_a_reload_loses_nothing_and_asks_python_nothing(page: Page) -> None:
    """The result that was shown is shown again; it is not worked out again."""
    # With more memory Python starts before it is asked (form.js).
    page.add_init_script("Object.defineProperty(navigator, 'deviceMemory', { value: 2 })")
    check_a_day(page)
    page.locator("[data-keep=copy]").scroll_into_view_if_needed()
    before = seen(page)
    page.reload()
    resumed(page, before)
    assert [one for one in page.workers if one.url.endswith(asset("worker.js"))] == []
    # It is as much a result as before: it can be kept, and the form goes on from here.
    page.click("[data-keep=link]")
    assert "eat-food=F047" in page.evaluate("navigator.clipboard.readText()")
    page.click("[data-remove=eat] >> nth=0")
    page.click("form[data-check] .md-button--primary")
    expect(page.locator("[data-result]")).not_to_contain_text(before["sum"])
    assert len(seen(page)["foods"]) == 1


@pytest.mark.slow
def test_the_row_of_a_result_is_marked_again(page: Page, site: Site) -> None:
    page.goto(f"{site.origin}{BELOW}blood-test/")
    check_blood(page)
    before = seen(page)
    assert before["row"] == "in-range"
    page.reload()
    resumed(page, before)
    page.goto(f"{site.origin}{BELOW}bone/")
    page.goto(f"{site.origin}{BELOW}blood-test/")  # Not by Back, so from the top.
    resumed(page, {**before, "scroll": 0})


@pytest.mark.slow
def test_answers_that_were_never_checked_are_there_too(page: Page) -> None:
    """Also what is half typed; and a reader who leaves by a link of the page is no exception."""
    page.fill("#age", "35")
    page.check("input[name=sex][value=female]")
    page.click("[data-add=supplement]")
    page.fill("#supplement-mg-2", "2")
    page.locator("#food").press_sequentially("30")
    before = seen(page)
    page.locator("nav a[href$='supplements/']").first.evaluate("link => link.click()")
    page.wait_for_url("**/supplements/")
    page.go_back()
    expect(page.locator("#supplement-mg-2")).to_have_value("2")
    assert seen(page)["answers"] == before["answers"]
    expect(page.locator("[data-question=stage]")).to_be_visible()


def test_a_tab_that_is_hidden_is_remembered_at_once(page: Page) -> None:
    """A browser ends a hidden tab without another word to the page."""
    page.locator("#age").press_sequentially("35")
    assert page.evaluate("sessionStorage.length") == 0
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert '["age","35"]' in page.evaluate("Object.values(sessionStorage).join()")


@pytest.mark.slow
def test_an_older_calculators_result_is_worked_out_again_where_the_reader_is(page: Page) -> None:
    """A new version came in between: its own answer, and no focus moves."""
    check_a_day(page)
    before = seen(page)["result"]
    page.evaluate(f"{FORM}.dataset.runtime = 'older'")
    page.reload()
    expect(page.locator("[data-result]")).to_be_visible()
    assert seen(page)["result"] == before
    assert seen(page)["focus"] == "BODY"
    assert [one for one in page.workers if one.url.endswith(asset("worker.js"))] != []


# ------------------------------------------------------------------------- and no more


@pytest.mark.slow
def test_a_form_that_was_emptied_stays_empty(page: Page) -> None:
    """No answer comes back, not even a default that the reader took away; no result either."""
    check_a_day(page)
    for box in page.locator("form[data-check] input[type=text]:visible").all():
        box.fill("")
    page.reload()
    expect(page.locator("[data-result]")).to_have_count(0)
    assert [answer for answer in seen(page)["answers"] if answer.endswith("times=1")] == []
    expect(page.locator("#age")).to_have_value("")
    expect(page.locator("#food")).to_have_value("")


@pytest.mark.slow
def test_a_page_that_nobody_has_filled_in_keeps_nothing(page: Page) -> None:
    page.reload()
    assert page.evaluate("sessionStorage.length") == 0
    check_a_day(page)
    page.reload()
    assert page.evaluate("sessionStorage.length") == 1
    kept = page.evaluate("Object.keys(localStorage)")
    assert [key for key in kept if not key.endswith("__palette")] == []  # the theme's colours


@pytest.mark.slow
def test_another_tab_knows_nothing(page: Page, context: BrowserContext) -> None:
    """Not even beside it, at the same address."""
    check_a_day(page)
    other = context.new_page()
    other.goto(page.url)
    expect(other.locator("[data-result]")).to_have_count(0)
    expect(other.locator("#age")).to_have_value("")


# ------------------------------------------------------------------------- links


@pytest.mark.slow
def test_a_link_wins_over_what_the_tab_remembers(page: Page, site: Site) -> None:
    """Whoever follows a link to a result wants that result."""
    page.goto(f"{site.origin}{BELOW}blood-test/")
    check_blood(page)
    page.goto(f"{site.origin}{BELOW}bone/")
    page.goto(f"{site.origin}{BELOW}blood-test/#value=0.60&unit=mmol%2FL")
    page.wait_for_selector("[data-result][data-row=low-mild]")
    expect(page.locator("#value")).to_have_value("0.60")
    expect(page.locator("#serum-result-heading")).to_be_focused()


@pytest.mark.slow
@pytest.mark.parametrize("way", ["a reload", "a row and back", "a page and back"])
def test_what_was_changed_since_a_link_is_not_taken_back(page: Page, site: Site, way: str) -> None:
    """The address still holds the link's answers; the reader's own are newer."""
    page.goto(f"{site.origin}{BELOW}blood-test/#value=0.60&unit=mmol%2FL")
    page.wait_for_selector("[data-result][data-row=low-mild]")
    page.fill("#value", "0.85")
    page.click("form[data-check] .md-button--primary")
    page.wait_for_selector("[data-result][data-row=in-range]")
    if way == "a reload":
        page.reload()
    elif way == "a row and back":
        page.click(".to-row a")
        page.wait_for_url("**#row-in-range")
        page.go_back()
        page.wait_for_url("**#value=0.60*")
    else:
        page.click("[data-result] .summary .source-numbers a >> nth=0")
        page.wait_for_url("**/sources/*")
        page.go_back()
    expect(page.locator("[data-result]")).to_have_attribute("data-row", "in-range")
    expect(page.locator("#value")).to_have_value("0.85")


# ------------------------------------------------------------------------- the answer's place


@pytest.mark.slow
def test_a_result_begins_at_the_top_of_the_screen(page: Page) -> None:
    """Under the header, with the focus on its heading."""
    check_a_day(page)
    heading = page.locator("#intake-result-heading")
    expect(heading).to_be_focused()
    top = heading.evaluate("element => element.getBoundingClientRect().top")
    header = page.locator(".md-header").evaluate("header => header.getBoundingClientRect().bottom")
    assert header <= top < header + 40
