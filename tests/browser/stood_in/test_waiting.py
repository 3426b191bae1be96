"""Waiting and failing, at the page: no wait is without an end, and its words say what to do.

The page is the published one, but that a stand-in for Pyodide starts at once and knows CPython's
answers. What a killed network and an error in Python come to is held in test_site.py, what only
the real Pyodide shows in test_engine.py and test_spare.py.
"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from calculator.words.page import STAGES, UNREADY
from tests.browser.sites import BELOW, Site
from tests.browser.stand_in import WASM
from tests.browser.stood_in.conftest import SERUM, after, standing_in
from tests.browser.waiting import answered, failed, fill, press

pytestmark = pytest.mark.browser

A_MEGABYTE = re.compile(r" [1-9]\.\d / ")
ALL = 1000  # pieces, of any file


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
