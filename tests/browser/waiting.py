"""A blood result of 0.85mmol/L, from the press to its answer or to why there is none."""

from playwright.sync_api import Locator, Page, expect

from calculator.words.page import FAILURES


def fill(page: Page) -> None:
    page.fill("#value", "0.85")
    page.check("input[name=unit][value='mmol/L']")


def press(page: Page) -> None:
    page.click("form[data-check=serum] .md-button--primary")


def answered(page: Page) -> None:
    """The answer is there, has the focus, and nothing says that the page still waits."""
    expect(page.locator("#serum-result-heading")).to_be_focused()
    assert page.get_attribute("[data-result]", "data-row") == "in-range"
    expect(page.locator("[data-loading]")).to_be_empty()
    expect(page.locator("[data-stop], [data-failure]").locator("visible=true")).to_have_count(0)


def failed(page: Page, reason: str) -> Locator:
    """The page says why, with nothing lost and nothing still turning; returns what says it."""
    failure = page.locator(f"[data-failure={reason}]")
    expect(failure).to_be_focused()
    expect(failure).to_contain_text(FAILURES[reason])
    expect(page.locator("[data-loading]")).to_be_empty()
    expect(page.locator("[data-stop]")).to_be_hidden()
    assert page.input_value("#value") == "0.85"
    return failure
