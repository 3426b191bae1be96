"""Pressing "Check": a worker that dies, press after press, and a page that comes back."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.sites import BELOW, Site, asset
from tests.browser.stood_in.conftest import SERUM, after
from tests.browser.waiting import answered, failed, fill, press
from tests.conftest import FLAGS, program

pytestmark = pytest.mark.browser


def kill(page: Page, death: str) -> None:
    """Have the worker of our Python, not the theme's for its search, die on the next question."""
    [worker] = [one for one in page.workers if one.url.endswith(asset("worker.js"))]
    worker.evaluate(f"void (self.onmessage = () => {death})")


DEATHS = {
    "an error nobody catches": (
        "setTimeout(() => { throw new Error('gone'); })",
        "died",
    ),
    "ends itself": ("close()", "timeout"),
    "never returns": ("{ for (;;); }", "timeout"),
}


@pytest.mark.slow
@pytest.mark.parametrize(("death", "reason"), DEATHS.values(), ids=DEATHS.keys())
def test_a_worker_that_dies_in_the_middle_of_an_answer_is_told_and_replaced(
    page: Page, death: str, reason: str
) -> None:
    """A result, then a question on which Python dies, then words, then Try again answers it."""
    fill(page)
    press(page)
    answered(page)
    kill(page, death)
    press(page)
    if reason == "timeout":
        after(page, 2)
        expect(page.locator("[data-stop]")).to_be_visible()
        after(page, 15)
    failed(page, reason).get_by_role("button", name="Try again").click()
    answered(page)


@pytest.mark.slow
def test_an_answer_that_never_comes_can_be_stopped(page: Page) -> None:
    """The reader need not wait for the clock: Stop ends even a Python that never returns."""
    fill(page)
    press(page)
    answered(page)
    kill(page, "{ for (;;); }")
    press(page)
    after(page, 2)
    page.click("[data-stop]")
    failed(page, "stopped").get_by_role("button", name="Try again").click()
    answered(page)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["worker.js", "pyodide.mjs", "pyodide.asm.mjs"])
def test_a_script_of_the_wrong_type_is_not_called_damaged(
    page: Page, site: Site, name: str
) -> None:
    """It is whole: a server that does not know scripts is what is wrong."""
    site.faults = {name: "wrong type"}
    fill(page)
    press(page)
    failure = failed(page, "mistyped")
    expect(failure).not_to_contain_text("damaged")
    site.faults = {}
    failure.get_by_role("button", name="Try again").click()
    answered(page)


# ------------------------------------------------------------------------- press after press


@pytest.mark.slow
def test_two_presses_leave_nothing_that_says_that_the_page_waits(page: Page) -> None:
    """The second press takes the first one's place, its line about waiting too."""
    fill(page)
    page.evaluate(
        """() => { const form = document.querySelector("form[data-check=serum]");
                   form.requestSubmit(); form.requestSubmit(); }"""
    )
    expect(page.locator("[data-result]")).to_be_visible()
    after(page, 5)
    answered(page)


@pytest.mark.slow
def test_20_presses_are_answered_once_with_the_last_of_the_answers(page: Page) -> None:
    """Whoever presses and types in turn reads the result of what stands in the form."""
    fill(page)
    page.evaluate(
        """() => { const form = document.querySelector("form[data-check=serum]");
                   for (let nth = 1; nth <= 20; nth++) {
                     form.elements.value.value = nth % 2 ? "1.30" : "0.85";
                     form.requestSubmit(); } }"""
    )
    expect(page.locator("[data-result]")).to_be_visible()
    after(page, 5)
    answered(page)


@pytest.mark.slow
@pytest.mark.parametrize("year", [1999, 2035])
def test_a_device_whose_clock_is_wrong_gives_the_answer(page: Page, year: int) -> None:
    """And its waits end: nothing is judged by the day."""
    page.clock.set_system_time(f"{year}-01-02T03:04:05")
    page.reload()
    fill(page)
    press(page)
    answered(page)
    expect(page.locator(".stamp")).to_contain_text(str(year))
    kill(page, "{ for (;;); }")
    press(page)
    after(page, 15)
    failed(page, "timeout")


@pytest.mark.slow
def test_a_page_that_comes_back_as_it_was_goes_on(
    site: Site, tmp_path: Path, browser: Browser
) -> None:
    """From the browser's own memory of it (back/forward cache): its result, and the next one."""
    context = browser.browser_type.launch_persistent_context(
        tmp_path,
        executable_path=program(),
        args=FLAGS,
        ignore_default_args=["--disable-back-forward-cache"],
        service_workers="block",
        reduced_motion="reduce",
    )
    page = context.pages[0]
    page.goto(f"{site.origin}{BELOW}{SERUM}")
    fill(page)
    press(page)
    answered(page)
    page.evaluate("addEventListener('pageshow', ({ persisted }) => (self.back = persisted))")
    page.goto(f"{site.origin}{BELOW}bone/")
    page.go_back(wait_until="commit")
    page.wait_for_function("() => self.back")
    expect(page.locator("[data-result]")).to_have_attribute("data-row", "in-range")
    page.fill("#value", "1.30")
    press(page)
    expect(page.locator("[data-result]")).to_have_attribute("data-row", "above-range")
    context.close()


@pytest.mark.slow
def test_an_earlier_answer_stays_until_the_next_one_or_word_of_a_wait(page: Page) -> None:
    """The page does not jump at a quick answer; at a slow one nothing old is left to be read."""
    fill(page)
    press(page)
    answered(page)
    heading = page.locator("#serum-result-heading").element_handle()
    assert heading is not None
    page.fill("#value", "1.30")
    assert page.evaluate(
        """(heading) => { document.querySelector("form[data-check=serum]").requestSubmit();
                          return heading.isConnected; }""",
        heading,
    )
    expect(page.locator("[data-result]")).to_have_attribute("data-row", "above-range")
    assert page.locator("[data-result]").count() == 1
    # A Python that takes for ever: what the reader is told of next is the wait alone.
    page.evaluate("Worker.prototype.postMessage = () => {}")
    press(page)
    after(page, 2)
    expect(page.locator("[data-stop]")).to_be_visible()
    expect(page.locator("[data-result], tr[aria-current]")).to_have_count(0)
