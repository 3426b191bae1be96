"""Browsers and addresses that offer less than others: each gives the answer or says why not."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from calculator.words.page import BY_HAND
from tests.browser.sites import BELOW, Site, asset
from tests.browser.waiting import answered, failed, fill, press
from tests.conftest import FLAGS, program

pytestmark = [pytest.mark.browser, pytest.mark.engine, pytest.mark.slow]


@pytest.mark.slow
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


@pytest.mark.slow
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


@pytest.mark.slow
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


# In the worker, before Python starts: what shows how long Python's memory is.
WATCH = """const instantiate = WebAssembly.instantiate;
WebAssembly.instantiate = async (...given) => {
  const made = await instantiate(...given);
  self.memory ??= made.exports?.memory;
  return made;
};
"""
ASK = """async (times) => {
  const form = document.querySelector("form[data-check=serum]");
  const place = form.querySelector("[data-answer]");
  for (let nth = 0; nth < times; nth++) {
    const changed = new Promise((done) => {
      const observer = new MutationObserver(() =>
        place.childElementCount && (observer.disconnect(), done()));
      observer.observe(place, { childList: true });
    });
    form.elements.value.value = `${0.3 + nth / 100}`;
    form.requestSubmit();
    await changed;
  }
}"""


def test_200_answers_need_no_more_memory_than_the_first_few(
    browser: Browser, site: Site, built: Path
) -> None:
    """One Python gives them all, on the page that a reader leaves open."""
    context = browser.new_context(service_workers="block", reduced_motion="reduce")
    script = (built / asset("snapshot.js")).read_text("utf-8")
    context.route(
        "**/snapshot.js",
        lambda route: route.fulfill(body=WATCH + script, content_type="text/javascript"),
    )
    page = context.new_page()
    page.goto(f"{site.origin}{BELOW}blood-test/")
    fill(page)
    page.evaluate(ASK, 10)
    [worker] = [one for one in page.workers if one.url.endswith(asset("worker.js"))]
    before = worker.evaluate("memory.buffer.byteLength")
    page.evaluate(ASK, 200)
    assert worker.evaluate("memory.buffer.byteLength") == before
    assert page.locator("[data-result]").count() == 1
    context.close()


PRIVATE, CLOSED = "a private window", "every store refused"
STORE = """() => {
  try { return typeof localStorage; } catch (error) { return error.name; }
}"""


@pytest.mark.slow
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
