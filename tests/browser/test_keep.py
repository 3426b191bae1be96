"""What a reader takes away from a result, in a real browser: a copy, a link, a file, a print."""

import csv
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from calculator import REVIEW_DUE, __version__
from tests.browser.sites import BELOW, Site
from tests.conftest import ROOT, WHILE

pytestmark = [pytest.mark.browser, pytest.mark.engine]

CASES = ROOT / "tests" / "examples"
EXAMPLES = sum(
    len(list(csv.DictReader((CASES / f"{check}.csv").open(encoding="utf-8"))))
    for check in ("serum", "intake")
)


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A reader who comes back: what the first visit kept starts Python for all the others."""
    fresh = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    yield fresh
    fresh.close()


@pytest.fixture
def page(context: BrowserContext, site: Site) -> Iterator[Page]:
    """A tab, which knows nothing of the others."""
    page = context.new_page()
    page.goto(f"{site.origin}{BELOW}how-much/")
    yield page
    page.close()


def check_a_day(page: Page) -> None:
    page.fill("#age", "35")
    page.check("input[name=sex][value=female]")
    page.check("input[name=stage][value=lactation]")
    page.click("[data-add=eat]")
    page.select_option("#eat-food-1", "F008")
    page.fill("#eat-servings-1", "2")
    page.select_option("#supplement-salt-1", "oxide")
    page.fill("#supplement-mg-1", "250")
    page.click("form[data-check=intake] .md-button--primary")
    page.wait_for_selector("[data-result=intake]")


def kept(page: Page, kind: str) -> str:
    """Press a button of the result and return the clipboard."""
    page.click(f"[data-keep={kind}]")
    expect(page.locator("[data-kept]")).not_to_be_empty()
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


def version(page: Page) -> str:
    """What the published page is known by."""
    found = page.get_attribute("meta[name=offline]", "content")
    assert found
    return found


@pytest.mark.slow
def test_a_copy_has_the_result_its_sources_its_version_and_its_day(page: Page) -> None:
    """What is pasted for a pharmacist can be checked and dated."""
    check_a_day(page)
    text = kept(page, "copy")
    summary = page.locator(".summary").inner_text().split(" (")[0]
    now = datetime.now()
    assert summary.split(",")[0] in text
    assert "CIAAW atomic weights" in text
    assert f"version {__version__} of the calculator on {now.day} {now:%B %Y}" in text
    assert f"Version of the page: {version(page)}." in text
    *_, site, address = text.splitlines()
    assert site == f"Magnesium and bone: {page.url.removesuffix('how-much/')}"
    assert address.startswith(f"This result again: {page.url}#age=35&sex=female")


@pytest.mark.slow
def test_the_link_at_the_end_of_a_copy_opens_this_very_result(page: Page) -> None:
    """Whoever is sent the text sees what its sender saw, also after the answers were changed."""
    check_a_day(page)
    page.fill("#age", "50")
    link = kept(page, "copy").split()[-1]
    fresh = page.context.new_page()
    fresh.goto(link)
    fresh.wait_for_selector("[data-result=intake]")
    assert fresh.locator(".summary").inner_text() == page.locator(".summary").inner_text()
    fresh.close()


@pytest.mark.slow
def test_a_print_says_where_it_is_from_and_how_to_open_it_again(page: Page) -> None:
    """On paper nobody can press a button; on the screen the address would only be in the way."""
    check_a_day(page)
    origin = page.locator("[data-result] .origin")
    expect(origin).to_be_hidden()
    page.emulate_media(media="print")
    expect(origin).to_be_visible()
    expect(origin).to_contain_text(f"{page.url}#age=35&sex=female&stage=lactation")
    expect(origin).to_contain_text("Magnesium and bone: ")


@pytest.mark.slow
def test_a_page_and_its_result_say_that_their_review_is_overdue(
    browser: Browser, site: Site
) -> None:
    """By the reader's clock: not on the day it was due, and on the next, on paper and in a copy."""
    page = browser.new_page(permissions=["clipboard-read", "clipboard-write"])
    words = f"A review was due on {REVIEW_DUE}. Numbers may have changed since then."
    page.clock.set_fixed_time(f"{REVIEW_DUE} 23:00")
    page.goto(f"{site.origin}{BELOW}how-much/")
    expect(page.locator("[data-due]")).to_be_hidden()
    page.clock.set_fixed_time(datetime.strptime(REVIEW_DUE, "%d %B %Y") + timedelta(days=1))
    page.reload()
    expect(page.get_by_text(words)).to_be_visible()
    check_a_day(page)
    assert words in kept(page, "copy").splitlines()
    page.emulate_media(media="print")
    expect(page.locator("[data-result] [data-due]")).to_be_visible()
    page.close()


SHARES = """navigator.share = async (data) => {
  window.shared = data;
  if (window.refusal) throw new DOMException("", window.refusal);
};"""


@pytest.mark.slow
def test_a_device_that_shares_is_given_the_text_with_its_link(page: Page) -> None:
    """Then no other button for a link is needed. Whoever changes their mind is told nothing."""
    page.add_init_script(SHARES)
    page.reload()
    check_a_day(page)
    expect(page.locator("[data-keep=link]")).to_be_hidden()
    text = kept(page, "copy")
    page.click("[data-keep=share]")
    expect(page.locator("[data-kept]")).to_contain_text("Shared")
    title = page.locator("#intake-result-heading").inner_text()
    assert page.evaluate("shared") == {"title": title, "text": text}
    page.evaluate("window.refusal = 'AbortError'")
    page.click("[data-keep=share]")
    expect(page.locator("[data-kept]")).to_be_empty()
    page.evaluate("window.refusal = 'NotAllowedError'")
    page.click("[data-keep=share]")
    expect(page.locator("[data-kept]")).to_contain_text("did not allow it")


@pytest.mark.slow
def test_a_device_that_does_not_share_offers_a_link(page: Page) -> None:
    check_a_day(page)
    expect(page.locator("[data-keep=link]")).to_be_visible()
    expect(page.locator("[data-keep=share]")).to_be_hidden()


@pytest.mark.slow
def test_a_link_brings_the_answers_back_and_sends_them_nowhere(
    page: Page, browser: Browser
) -> None:
    """Rows of foods and supplements return, the check runs, and no request holds an answer."""
    check_a_day(page)
    address = kept(page, "link")
    fragment = urlsplit(address).fragment
    assert "eat-food=F008" in fragment
    assert urlsplit(address).query == ""
    fresh = browser.new_context().new_page()
    asked: list[str] = []
    fresh.on("request", lambda request: asked.append(request.url))
    fresh.goto(address)
    fresh.wait_for_selector("[data-result=intake]")
    assert fresh.locator(".summary").inner_text() == page.locator(".summary").inner_text()
    assert fresh.input_value("#eat-servings-1") == "2"
    assert [url for url in asked if "F008" in urlsplit(url).query + urlsplit(url).path] == []
    fresh.context.close()


@pytest.mark.slow
def test_a_file_holds_the_command_lines_record_and_the_day(page: Page) -> None:
    """The JSON is the contract's, with a date."""
    check_a_day(page)
    with page.expect_download() as waiting:
        page.click("[data-keep=json]")
    record = json.loads(waiting.value.path().read_text("utf-8"))
    assert (record["status"], record["stage"]) == ("ok", "lactation")
    assert (record["version"], record["review_due"]) == (__version__, REVIEW_DUE)
    assert record["date"].endswith(str(datetime.now().year))
    assert record["page"] == version(page)


@pytest.mark.slow
def test_a_question_that_does_not_apply_is_not_asked_and_not_sent(page: Page) -> None:
    """Pregnancy is asked only for women's values, and a hidden answer does not count."""
    stage = page.locator("[data-question=stage]")
    expect(stage).to_be_hidden()
    page.check("input[name=sex][value=female]")
    expect(stage).to_be_visible()
    page.check("input[name=stage][value=pregnancy]")
    page.check("input[name=sex][value=male]")
    expect(stage).to_be_hidden()
    page.fill("#age", "35")
    page.fill("#food", "300")
    page.click("form[data-check=intake] .md-button--primary")
    page.wait_for_selector("[data-result=intake]")
    expect(page.locator(".summary")).to_contain_text("100.0% of 300mg")


@pytest.mark.slow
def test_a_page_without_answers_in_its_address_checks_nothing(page: Page, site: Site) -> None:
    """A link to a section of the page is no link to a result."""
    page.goto(f"{site.origin}{BELOW}blood-test/#the-whole-table")
    expect(page.locator(".unready.over")).to_have_count(1)
    page.wait_for_timeout(WHILE)
    expect(page.locator("[data-result], .problem-summary")).to_have_count(0)


@pytest.mark.slow
def test_every_worked_example_opens_in_the_check_and_gives_its_answer(
    page: Page, site: Site
) -> None:
    """The published cases and the form agree, through the links that readers use."""
    page.goto(f"{site.origin}{BELOW}examples/")
    links: list[str] = page.eval_on_selector_all("td a", "all => all.map(a => a.href)")
    opened = [link for link in links if "#" in link and ("value=" in link or "age=" in link)]
    assert len(opened) == EXAMPLES
    for link in (opened[0], opened[22], opened[-26], opened[-1]):
        page.goto("about:blank")
        page.goto(link)
        page.wait_for_selector("[data-result]")
    expect(page.locator(".summary")).to_contain_text("200.5mg a day is 74.3% of 270mg")


@pytest.mark.slow
def test_a_number_of_a_result_is_challenged_by_itself(page: Page) -> None:
    """Folded away: each published number with its source, and nothing that the reader answered."""
    report = "https://code.example/a/b/issues/new?template=wrong-number.yml&where=the+intake+check"
    page.evaluate("address => (document.forms.intake.dataset.report = address)", report)
    check_a_day(page)
    challenges = page.locator("details[data-challenge]")
    expect(challenges).not_to_have_attribute("open", "")
    addresses: list[str] = challenges.locator("a").evaluate_all("all => all.map(a => a.href)")
    filled = [parse_qs(urlsplit(address).query) for address in addresses]
    assert {(one["value"][0], one["source"][0]) for one in filled[:-1]} == {
        ("270mg in 100g", "usda-sr28"),
        ("24.305 ÷ 40.304", "ciaaw-weights"),
        ("320mg", "coma1991"),
        ("400mg", "evm2003"),
        ("30% to 70%", "uwitonze2018"),
    }
    where = [f"the intake check version {__version__}"]
    assert all(one["where"] == where for one in filled)
    assert filled[-1].keys() == {"template", "where"}


@pytest.mark.slow
def test_foods_are_added_up_as_they_are_chosen(page: Page) -> None:
    """The sum stands in a status region, follows each change and goes with the last food."""
    page.click("[data-add=eat]")
    page.select_option("#eat-food-1", "F008")
    total = page.locator("[data-sum=eat]")
    expect(total).to_have_text("These foods add up to 76.5mg of magnesium a day")
    page.fill("#eat-servings-1", "2")
    expect(total).to_contain_text("153.1mg")
    page.fill("#eat-servings-1", "some")
    expect(total).to_be_empty()
    page.fill("#eat-servings-1", "1")
    expect(total).to_contain_text("76.5mg")
    page.click("[data-remove=eat]")
    expect(total).to_be_empty()
