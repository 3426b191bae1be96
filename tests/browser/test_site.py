"""The built site in a real browser: both checks, by keyboard, with nothing sent anywhere."""

import json
from collections.abc import Iterator
from typing import TypedDict

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from calculator import browser as door
from scripts.blocks import examples
from tests.browser.axe import axe
from tests.browser.reader import fill_serum, go, result, tab_to
from tests.browser.sites import BELOW, Site

pytestmark = [pytest.mark.browser, pytest.mark.engine]

SERUM, INTAKE = "blood-test/", "how-much/"


class Heard(TypedDict):
    """What a page said and asked for while a test used it."""

    console: list[str]
    requests: list[str]


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A reader who comes back: what the first visit kept starts Python for all the others."""
    fresh = browser.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    yield fresh
    fresh.close()


@pytest.fixture
def page(context: BrowserContext, site: Site) -> Iterator[Page]:
    """A tab that must say nothing on the console and ask nobody else for anything."""
    heard: Heard = {"console": [], "requests": []}
    page = context.new_page()
    page.on("console", lambda message: heard["console"].append(message.text))
    page.on("pageerror", lambda error: heard["console"].append(error.message))
    page.on("request", lambda request: heard["requests"].append(request.url))
    yield page
    page.close()
    assert heard["console"] == []
    ours = (f"{site.origin}{BELOW}", "blob:", "data:")
    assert [url for url in heard["requests"] if not url.startswith(ours)] == []


def check_serum_by_keyboard(page: Page, value: str, unit: str) -> None:
    tab_to(page, "#value")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(value)
    if unit:
        tab_to(page, "input[name=unit]")
        page.keyboard.press("Space")
        while page.evaluate("document.activeElement.value") != unit:
            page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("value", "unit", "row", "care"),
    [
        ("0.85", "mmol/L", "in-range", "none"),
        ("7", "mg/dL", "moderate", "emergency"),
        ("0.49", "mmol/L", "low-moderate", "same-day"),
        ("2.44", "mg/dL", "above-range", "prompt"),
    ],
)
def test_a_blood_result_is_checked_by_keyboard_alone(
    page: Page, site: Site, value: str, unit: str, row: str, care: str
) -> None:
    """The answer comes, takes the focus, and its row is marked in the page's own table."""
    go(page, site, SERUM)
    check_serum_by_keyboard(page, value, unit)
    data = result(page, "serum")
    assert (data["status"], data["row"], data["care"]) == ("ok", row, care)
    expect(page.locator("#serum-result-heading")).to_be_focused()
    marked = page.locator("table[data-table=serum] tr[aria-current=true]")
    expect(marked).to_have_attribute("data-row", row)
    expect(marked).to_contain_text("Your result")


@pytest.mark.slow
def test_an_intake_is_checked_by_keyboard_alone(page: Page, site: Site) -> None:
    """A woman of 60 with 200mg from food and 500mg of a citrate: 280.8mg, 104.0% of 270mg."""
    go(page, site, INTAKE)
    tab_to(page, "#age")
    page.keyboard.type("60")
    tab_to(page, "input[name=sex]")
    page.keyboard.press("Space")
    tab_to(page, "#food")
    page.keyboard.type("200")
    tab_to(page, "#supplement-salt-1-find")
    page.keyboard.type("dicitrate, anhydrous")
    page.keyboard.press("Enter")
    tab_to(page, "#supplement-mg-1")
    page.keyboard.type("500")
    page.keyboard.press("Enter")
    data = result(page, "intake")
    assert (data["status"], data["position"], data["notes"]) == ("ok", "at-or-above", "kidney")
    expect(page.locator(".summary")).to_contain_text("280.8mg a day is 104.0% of 270mg")
    expect(page.locator("#intake-result-heading")).to_be_focused()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("value", "unit", "messages"),
    [
        (
            "1.7.1",
            "mmol/L",
            ["Serum magnesium result must be a number, like 0.85 or 2, not “1.7.1”"],
        ),
        (
            "",
            "",
            ["Enter your serum magnesium result", "Select the unit printed next to your result"],
        ),
    ],
)
def test_a_problem_is_told_where_it_is_and_loses_nothing(
    page: Page, site: Site, value: str, unit: str, messages: list[str]
) -> None:
    """The summary takes the focus, each line leads to its field, and the answers stay."""
    go(page, site, SERUM)
    check_serum_by_keyboard(page, value, unit)
    expect(page.locator(".problem-summary")).to_be_focused()
    assert page.locator("[data-problems] li").all_inner_texts() == messages
    assert page.title().startswith("Error: ")
    assert page.input_value("#value") == value
    page.locator("[data-problems] a").first.click()
    expect(page.locator("#value")).to_be_focused()
    described = page.get_attribute("#value", "aria-describedby") or ""
    words = [page.locator(f"#{key}").text_content() or "" for key in described.split()]
    assert f"Error: {messages[0]}" in words


@pytest.mark.slow
def test_a_mended_answer_takes_the_problem_away(page: Page, site: Site) -> None:
    """After a problem, a right answer leaves no trace of it."""
    go(page, site, SERUM)
    fill_serum(page, "x", "mmol/L")
    page.wait_for_selector(".problem-summary")
    fill_serum(page, "0.85", "mmol/L")
    result(page, "serum")
    expect(page.locator(".problem-summary")).to_have_count(0)
    expect(page.locator("#value-problem")).to_be_hidden()
    assert page.get_attribute("#value", "aria-invalid") is None
    assert not page.title().startswith("Error: ")


@pytest.mark.slow
def test_a_problem_in_a_later_row_is_told_in_that_row(page: Page, site: Site) -> None:
    """Rows can be added and removed, and a problem finds its own."""
    go(page, site, INTAKE)
    page.fill("#age", "60")
    page.check("input[name=sex][value=female]")
    page.fill("#food", "200")
    for _ in range(2):
        page.click("[data-add=supplement]")
    page.locator("[data-remove=supplement]").nth(1).click()
    expect(page.locator("[data-row-of=supplement]")).to_have_count(2)
    page.select_option("#supplement-salt-2", "oxide")
    page.fill("#supplement-mg-2", "lots")
    page.click("form[data-check=intake] .md-button--primary")
    page.wait_for_selector(".problem-summary")
    expect(page.locator("#supplement-mg-2-problem")).to_contain_text("must be a number, like 500")
    page.fill("#supplement-mg-2", "100")
    page.click("form[data-check=intake] .md-button--primary")
    result(page, "intake")
    expect(page.locator(".summary")).to_contain_text("260.3mg")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("age", "sex", "asked"),
    [
        ("", "female", ["sex", "stage"]),
        ("9", "", []),
        ("119 months", "", []),
        ("120m", "female", ["sex"]),
        ("11", "female", ["sex"]),
        ("12", "female", ["sex", "stage"]),
        ("12", "male", ["sex"]),
        ("55 years", "female", ["sex", "stage"]),
        ("56", "female", ["sex"]),
        ("9.5", "female", ["sex", "stage"]),
        ("nine", "female", ["sex", "stage"]),
    ],
)
def test_a_question_that_does_not_apply_is_not_asked(
    page: Page, site: Site, age: str, sex: str, asked: list[str]
) -> None:
    """Nor is it part of the answers; an age that cannot be read asks everything."""
    go(page, site, INTAKE)
    page.check("input[name=sex][value=female]")
    page.check("input[name=stage][value=pregnancy]")
    if sex:
        page.check(f"input[name=sex][value={sex}]")
    for earlier, after in (("9", "#authority"), (age, "#sex" if asked else "#authority")):
        page.fill("#age", earlier)
        page.press("#age", "Tab")
        assert page.evaluate(
            "s => document.activeElement.closest('.question').contains(document.querySelector(s))",
            after,
        )
    shown = [name for name in ("sex", "stage") if page.locator(f"#{name}").is_visible()]
    answered = page.evaluate("[...new FormData(document.forms.intake).keys()]")
    assert shown == asked
    assert [name for name in ("sex", "stage") if name in answered] == asked


@pytest.mark.slow
def test_a_child_is_checked_without_a_question_that_changes_nothing(page: Page, site: Site) -> None:
    """A child of 47 months, by form and by link: the values are everyone's."""
    go(page, site, INTAKE)
    page.fill("#age", "47 months")
    page.fill("#food", "100")
    page.press("#food", "Enter")
    assert result(page, "intake")["status"] == "ok"
    expect(page.locator(".summary")).to_contain_text("for children aged 1 to 3 years")
    page.goto("about:blank")
    go(page, site, f"{INTAKE}#age=5&food=100")
    assert result(page, "intake")["status"] == "ok"
    expect(page.locator("#sex")).to_be_hidden()


@pytest.mark.slow
def test_the_browser_and_cpython_give_the_same_answer(page: Page, site: Site) -> None:
    """Every worked example, to the last character of its JSON and its HTML."""
    go(page, site, SERUM)
    asked = [row.request for row in examples.every()]
    answers = page.evaluate(
        """async (asked) => {
          const loader = new URL("../assets/python/loader.js", location.href).href;
          const { Python } = await import(loader);
          const { runtime, files } = document.querySelector("form[data-check]").dataset;
          const python = new Python(`runtime/${runtime}/`, JSON.parse(files));
          const answers = [];
          for (const request of asked) answers.push(await python.run(request));
          return answers;
        }""",
        asked,
    )
    assert len(answers) > 50
    assert [json.loads(answer) for answer in answers] == [
        json.loads(door.run(request)) for request in asked
    ]


@pytest.mark.slow
def test_a_killed_network_ends_in_words_and_trying_again_works(
    browser: Browser, site: Site
) -> None:
    """No spinner without an end: the reader is told, keeps the answers and can try again."""
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    go(page, site, SERUM)
    context.set_offline(True)
    fill_serum(page, "0.85", "mmol/L")
    failure = page.locator("[data-failure=offline]")
    expect(failure).to_be_visible()
    expect(failure).to_be_focused()
    expect(page.locator("[data-loading]")).to_have_attribute("data-state", "failed")
    assert page.input_value("#value") == "0.85"
    context.set_offline(False)
    failure.get_by_role("button").click()
    assert result(page, "serum")["row"] == "in-range"
    expect(failure).to_be_hidden()
    context.close()


@pytest.mark.slow
def test_an_error_in_python_is_told_and_the_next_answer_comes(
    context: BrowserContext, site: Site
) -> None:
    """A request that no form of ours makes breaks nothing for the next."""
    page = context.new_page()
    go(page, site, INTAKE)
    page.evaluate("document.querySelector('#supplement-times-1').name = 'other'")
    page.click("form[data-check=intake] .md-button--primary")
    expect(page.locator("[data-failure=python]")).to_be_visible()
    page.evaluate("document.querySelector('#supplement-times-1').name = 'supplement-times'")
    page.click("form[data-check=intake] .md-button--primary")
    expect(page.locator(".problem-summary")).to_be_focused()


@pytest.mark.slow
@pytest.mark.parametrize("path", [SERUM, INTAKE])
def test_without_scripts_the_tables_answer(browser: Browser, site: Site, path: str) -> None:
    """No form that cannot work, a line that says why, and the numbers."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    go(page, site, path)
    expect(page.locator("form.check")).to_be_hidden()
    # Playwright's own text matcher leaves <noscript> out.
    assert "needs JavaScript" in page.locator(".check-place").inner_text()
    expect(page.locator("table.stacked").first).to_be_visible()
    context.close()


def test_the_search_is_a_dialog_with_a_name(page: Page, site: Site) -> None:
    go(page, site, "")
    page.locator("label[for=__search]:visible").first.click()
    # The dialog is as large as what stands in it, which is fixed to the window.
    dialog = page.get_by_role("dialog", name="Search", exact=True)
    expect(dialog.locator(".md-search__input")).to_be_visible()
    assert axe(page) == []
