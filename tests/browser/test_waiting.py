"""Waiting and failing, at the page: no wait is without an end, and its words say what to do.

The page is the published one, but that a stand-in for Pyodide starts at once and knows CPython's
answers. What a killed network and an error in Python come to is held in test_site.py, what only
the real Pyodide shows in test_engine.py and test_spare.py.
"""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Semaphore

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from calculator.words.page import STAGES, UNREADY
from tests.browser import stand_in
from tests.browser.sites import BELOW, Site, asset, serving
from tests.browser.stand_in import WASM
from tests.browser.waiting import answered, failed, fill, press
from tests.conftest import FLAGS, program

pytestmark = pytest.mark.browser

SERUM = "blood-test/"
A_MEGABYTE = re.compile(r" [1-9]\.\d / ")
ALL = 1000  # pieces, of any file


@contextmanager
def standing_in(built: Path, folder: Path, length: int = stand_in.LENGTH) -> Iterator[Site]:
    """The built site, whose page of the blood test asks the stand-in."""
    shipped = folder / "runtime"
    shutil.copy(built / SERUM / "index.html", folder)
    stand_in.ship(shipped, ("0.85", "1.30"), length)
    stand_in.put_into(folder / "index.html", shipped)
    with serving(built) as server:
        server.others[f"{BELOW}{SERUM}"] = folder
        server.others[f"{BELOW}assets/runtime/"] = shipped
        yield server


@pytest.fixture(scope="module")
def site(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with standing_in(built, tmp_path_factory.mktemp("page")) as server:
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
    site.pieces = Semaphore(0)


def after(page: Page, seconds: int) -> None:
    """Turn the page's clock forward, so that no test has to wait as long as a reader."""
    page.clock.fast_forward(seconds * 1000)


def megabytes(page: Page) -> tuple[float, float]:
    """How much of how much the page says it has."""
    said = page.locator("[data-loading]").inner_text()
    assert said.startswith(f"{STAGES['download']} "), said
    assert said.endswith("MB"), said
    loaded, total = said.removeprefix(STAGES["download"]).removesuffix("MB").split("/")
    return float(loaded), float(total)


# ------------------------------------------------------------------------ a slow network


@pytest.mark.slow
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
    site.send(10)
    expect(said).to_contain_text(A_MEGABYTE)
    first, total = megabytes(page)
    site.send(10)
    expect(said).not_to_contain_text(f" {first:.1f} / ")
    later, same = megabytes(page)
    assert 0 < first < later <= total == same
    site.send(ALL)
    answered(page)


@pytest.mark.slow
def test_a_slow_network_is_not_taken_for_a_dead_one(page: Page, site: Site) -> None:
    """However long it takes in all, the wait goes on while bytes come in."""
    site.faults = {WASM: "slow"}
    fill(page)
    press(page)
    after(page, 2)
    said = page.locator("[data-loading]")
    site.send(10)
    expect(said).to_contain_text(A_MEGABYTE)
    for _ in range(5):  # a minute in all, where half a minute of silence would end it
        first, _total = megabytes(page)
        after(page, 12)
        site.send(10)
        expect(said).not_to_contain_text(f" {first:.1f} / ")
    site.send(ALL)
    answered(page)


# Bytes a second, and milliseconds before an answer begins: a poor connection of a phone.
SLOW_4G = {
    "offline": False,
    "downloadThroughput": 180_000,
    "uploadThroughput": 84_375,
    "latency": 562,
}


@pytest.mark.slow
def test_a_slow_phone_on_a_slow_network_is_answered(
    page: Page, built: Path, tmp_path: Path
) -> None:
    """6 times slower than this machine; the engine is short, so that the test is too."""
    with standing_in(built, tmp_path, length=500_000) as site:
        session = page.context.new_cdp_session(page)
        page.goto(f"{site.origin}{BELOW}{SERUM}")
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", SLOW_4G)
        session.send("Emulation.setCPUThrottlingRate", {"rate": 6})
        fill(page)
        press(page)
        answered(page)


@pytest.mark.slow
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


@pytest.mark.slow
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


@pytest.mark.slow
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


@pytest.mark.slow
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


@pytest.mark.slow
@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("missing", "missing"),
        ("busy", "busy"),
        ("broken", "busy"),
        ("too many", "busy"),
        ("a page", "corrupt"),
        ("half", "corrupt"),
        ("refused", "blocked"),
    ],
)
def test_a_bad_file_is_told_in_words(page: Page, site: Site, fault: str, reason: str) -> None:
    """Whatever is wrong with the program's file, the reader is told what and what to do."""
    site.faults = {WASM: fault}
    fill(page)
    press(page)
    failure = failed(page, reason)
    expect(failure).to_contain_text("Your answers are still here")
    site.faults = {}
    failure.get_by_role("button", name="Try again").click()
    answered(page)


@pytest.mark.slow
def test_wasm_of_the_wrong_type_costs_the_reader_nothing(page: Page, site: Site) -> None:
    """A server that does not know wasm still gives the answer."""
    site.faults = {WASM: "wrong type"}
    fill(page)
    press(page)
    answered(page)


@pytest.mark.slow
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
