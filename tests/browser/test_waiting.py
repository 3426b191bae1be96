"""Waiting and failing, at the page: no wait is without an end, and its words say what to do.

What a killed network, a missing or spoilt file and an error in Python come to is held in
test_site.py and test_keep.py; here is what takes long, dies, or finds no room.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from calculator.words.page import BY_HAND, FAILURES, STAGES, UNREADY
from tests.browser.sites import BELOW, Site, serving
from tests.conftest import FLAGS, program

pytestmark = pytest.mark.browser

WASM = "pyodide.asm.wasm"


@pytest.fixture(scope="module")
def site(built: Path) -> Iterator[Site]:
    with serving(built) as server:
        yield server


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    # Without a service worker: a file that it kept would hide what the server does wrongly.
    context = browser.new_context(service_workers="block", reduced_motion="reduce")
    page = context.new_page()
    page.clock.install()  # Time goes on by itself; a test may turn it forward.
    page.goto(f"{site.origin}{BELOW}blood-test/")
    yield page
    context.close()
    site.faults = {}


def fill(page: Page) -> None:
    page.fill("#value", "0.85")
    page.check("input[name=unit][value='mmol/L']")


def press(page: Page) -> None:
    page.click("form[data-check=serum] .md-button--primary")


def after(page: Page, seconds: int) -> None:
    """Turn the page's clock forward, so that no test has to wait as long as a reader."""
    page.clock.fast_forward(seconds * 1000)


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


def megabytes(page: Page) -> tuple[float, float]:
    """How much of how much the page says it has."""
    said = page.locator("[data-loading]").inner_text()
    assert said.startswith(f"{STAGES['download']} "), said
    assert said.endswith("MB"), said
    loaded, total = said.removeprefix(STAGES["download"]).removesuffix("MB").split("/")
    return float(loaded), float(total)


# ------------------------------------------------------------------------ a slow network


def test_on_a_slow_network_the_reader_sees_megabytes_come_in_and_then_the_answer(
    page: Page, site: Site
) -> None:
    """Nothing is said at first, then how much has come, and the early press is answered."""
    site.faults = {WASM: "slow"}
    fill(page)
    assert (
        page.evaluate(
            """() => {
          document.querySelector("form[data-check=serum]").requestSubmit();
          return document.querySelector("[data-loading]").textContent;
        }"""
        )
        == ""
    )
    after(page, 2)
    said = page.locator("[data-loading]")
    expect(said).to_have_attribute("role", "status")
    expect(said).to_contain_text("MB")
    expect(page.locator("[data-stop]")).to_be_visible()
    first, total = megabytes(page)
    expect(said).not_to_contain_text(f" {first:.1f} / ")
    later, same = megabytes(page)
    assert 0 < first < later <= total == same
    answered(page)


def test_a_slow_network_is_not_taken_for_a_dead_one(page: Page, site: Site) -> None:
    """However long it takes in all, the wait goes on while bytes come in."""
    site.faults = {WASM: "slow"}
    fill(page)
    press(page)
    after(page, 2)
    said = page.locator("[data-loading]")
    for _ in range(5):  # a minute in all, where half a minute of silence would end it
        expect(said).to_contain_text("MB")
        first, _total = megabytes(page)
        after(page, 12)
        expect(said).not_to_contain_text(f" {first:.1f} / ")
    answered(page)


def test_a_slow_download_can_be_stopped_and_begun_again(page: Page, site: Site) -> None:
    """Stop ends it at once, and Try again answers."""
    site.faults = {WASM: "slow"}
    fill(page)
    press(page)
    after(page, 2)
    page.click("[data-stop]")
    failure = failed(page, "stopped")
    site.faults = {}
    failure.get_by_role("button", name="Try again").click()
    answered(page)


def test_a_download_that_stands_still_ends_in_words(page: Page, site: Site) -> None:
    """Half of a file and then nothing: half a minute later the reader is told."""
    site.faults = {WASM: "stalls"}
    fill(page)
    press(page)
    after(page, 2)
    expect(page.locator("[data-loading]")).to_contain_text("MB")
    after(page, 40)
    failure = failed(page, "timeout")
    site.faults = {}
    failure.get_by_role("button", name="Try again").click()
    answered(page)


def test_a_form_cannot_be_sent_in_vain_before_its_script_is_there(page: Page) -> None:
    """Pressing waits for the script; a reader who has to wait for it is told where to look."""
    held: list[Route] = []
    page.route("**/form.js", lambda route: held.append(route))
    page.reload(wait_until="commit")
    button = page.locator("form[data-check=serum] .md-button--primary")
    expect(button).to_be_disabled()
    expect(page.locator(".unready")).to_be_visible()
    expect(page.locator(".unready")).to_have_text(UNREADY)
    fill(page)
    page.locator("#value").press("Enter")
    held[0].continue_()
    expect(page.locator(".unready")).to_be_hidden()
    press(page)
    answered(page)


@pytest.mark.parametrize("fault", ["missing", "a page"])
def test_a_script_that_never_comes_leaves_words_and_the_tables(
    page: Page, site: Site, fault: str
) -> None:
    """No button that does nothing without saying so."""
    site.faults = {"form.js": fault}
    page.reload()
    expect(page.locator(".unready")).to_be_visible()
    expect(page.locator("form[data-check=serum] .md-button--primary")).to_be_disabled()
    expect(page.locator("table[data-table=serum]")).to_be_visible()


# ------------------------------------------------------------------- a server that errs


def test_wasm_of_the_wrong_type_costs_the_reader_nothing(page: Page, site: Site) -> None:
    """A server that does not know wasm still gives the answer."""
    site.faults = {WASM: "wrong type"}
    fill(page)
    press(page)
    answered(page)


@pytest.mark.parametrize("name", ["worker.js", "loader.js", "pyodide.mjs", "calculator.zip"])
def test_a_page_in_place_of_any_file_ends_in_words(page: Page, site: Site, name: str) -> None:
    """A network that asks to log in answers everything with its own page."""
    site.faults = {name: "a page"}
    if name == "loader.js":  # The form's own script needs it.
        page.reload()
        expect(page.locator(".unready")).to_be_visible()
        return
    fill(page)
    press(page)
    failure = page.locator("[data-failure]:visible")
    expect(failure).to_be_focused()
    site.faults = {}
    failure.get_by_role("button", name="Try again").click()
    answered(page)


# ------------------------------------------------------- a worker that dies in an answer


def kill(page: Page, death: str) -> None:
    """Have the worker of our Python, not the theme's for its search, die on the next question."""
    [worker] = [one for one in page.workers if one.url.endswith("/assets/python/worker.js")]
    worker.evaluate(f"void (self.onmessage = () => {death})")


DEATHS = {
    "an error nobody catches": (
        "setTimeout(() => { throw new Error('gone'); })",
        "died",
    ),
    "ends itself": ("close()", "timeout"),
    "never returns": ("{ for (;;); }", "timeout"),
}


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


# -------------------------------------------------- browsers and addresses that offer less


def test_without_webassembly_the_reader_is_led_to_the_sum_by_hand(
    browser: Browser, site: Site
) -> None:
    """Lockdown Mode has none. Another try would change nothing, so none is offered."""
    flags = [*FLAGS, "--js-flags=--jitless"]
    lean = browser.browser_type.launch(executable_path=program(), args=flags)
    page = lean.new_page(reduced_motion="reduce")
    page.goto(f"{site.origin}{BELOW}blood-test/")
    fill(page)
    press(page)
    failure = failed(page, "nowasm")
    expect(failure.get_by_role("button")).to_have_count(0)
    failure.get_by_role("link", name=BY_HAND).click()
    expect(page.get_by_role("heading", name="Work it out by hand")).to_be_in_viewport()
    assert page.input_value("#value") == "0.85"
    lean.close()


def test_plain_http_on_another_host_gives_the_answer(browser: Browser, site: Site) -> None:
    """There no browser offers crypto.subtle, caches or a service worker; a spoilt file is told."""
    host = "ward.example"
    flags = [*FLAGS, f"--host-resolver-rules=MAP {host} 127.0.0.1"]
    plain = browser.browser_type.launch(executable_path=program(), args=flags)
    page = plain.new_page(reduced_motion="reduce")
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(error.message))
    page.goto(f"{site.origin.replace('127.0.0.1', host)}{BELOW}blood-test/")
    assert page.evaluate("isSecureContext") is False
    site.faults = {"calculator.zip": "spoilt"}
    fill(page)
    press(page)
    failure = failed(page, "corrupt")
    site.faults = {}
    failure.get_by_role("button", name="Try again").click()
    answered(page)
    page.reload()
    expect(page.locator("[data-result]")).to_have_attribute("data-row", "in-range")
    plain.close()
    assert errors == []


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


# --------------------------------------------------------------- no room, nothing kept


def test_a_full_disk_costs_the_reader_nothing(browser: Browser, site: Site) -> None:
    """On the published page, with its service worker: the answer comes, and so does the next."""
    context = browser.new_context()
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(error.message))
    quota = {"origin": site.origin, "quotaSize": 1_000}
    context.new_cdp_session(page).send("Storage.overrideQuotaForOrigin", quota)
    for _ in range(2):
        page.goto(f"{site.origin}{BELOW}blood-test/")
        fill(page)
        press(page)
        answered(page)
    context.close()
    assert errors == []


PRIVATE, CLOSED = "a private window", "every store refused"
STORE = """() => {
  try { return typeof localStorage; } catch (error) { return error.name; }
}"""


@pytest.mark.parametrize("kind", [PRIVATE, CLOSED])
def test_a_browser_that_keeps_nothing_gives_the_answer(
    browser: Browser, site: Site, tmp_path: Path, kind: str
) -> None:
    """By Chromium's own settings: this visit is answered, so is the next, and nothing remains."""
    if kind == CLOSED:
        # What its settings call blocking all cookies: to ask for a store is an error.
        blocked = {"profile": {"default_content_setting_values": {"cookies": 2}}}
        (tmp_path / "Default").mkdir()
        (tmp_path / "Default" / "Preferences").write_text(json.dumps(blocked), "utf-8")
    flags = [*FLAGS, "--incognito"] if kind == PRIVATE else FLAGS
    context = browser.browser_type.launch_persistent_context(
        tmp_path, executable_path=program(), args=flags, reduced_motion="reduce"
    )
    page = context.pages[0]
    for _ in range(2):
        page.goto(f"{site.origin}{BELOW}blood-test/")
        assert page.evaluate(STORE) == ("SecurityError" if kind == CLOSED else "object")
        fill(page)
        press(page)
        answered(page)
    context.close()
    assert list(tmp_path.rglob("CacheStorage")) == []


# ------------------------------------------------------------------------- press after press


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
