"""What a reader does with a page: fills in, presses, tabs, and finds an answer."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.sites import BELOW, Site

ANSWER = "[data-result], .problem-summary"


def go(page: Page, site: Site, path: str) -> None:
    """Open a page of the site."""
    page.goto(f"{site.origin}{BELOW}{path}")


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until an element has the focus, as somebody without a mouse does."""
    for _ in range(200):
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reached {selector}")


def fill_serum(page: Page, value: str, unit: str) -> None:
    """Give a blood result and press Check."""
    page.fill("#value", value)
    page.check(f"input[name=unit][value='{unit}']")
    page.click("form[data-check=serum] .md-button--primary")


def result(page: Page, check: str) -> dict[str, str]:
    """Wait for the result of a check and return its hooks."""
    page.wait_for_selector(f"[data-result={check}]")
    data: dict[str, str] = page.eval_on_selector("[data-result]", "e => ({...e.dataset})")
    return data


def bring_about(page: Page, site: Site, address: str) -> dict[str, str]:
    """Follow a link to a state, in the page that is open if it is the same one; its hooks.

    In an open page only the fragment changes, and the Python that runs there answers.
    """
    # Otherwise what the last state left would be taken for what this one gives.
    page.evaluate(f"document.querySelectorAll('{ANSWER}').forEach((old) => old.remove())")
    go(page, site, address)
    page.wait_for_selector(ANSWER)
    found: dict[str, str] = page.evaluate(
        "() => ({...(document.querySelector('[data-result]')?.dataset ?? {})})"
    )
    return found
