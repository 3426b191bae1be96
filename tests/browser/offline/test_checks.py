"""The checks kept for offline use: nothing but the files of this build is ever run."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.offline.kept import (
    PANEL,
    SERUM,
    SPOIL,
    STORE,
    addresses,
    answered,
    await_runtime,
    check,
    expect_state,
    go,
    keep_by_button,
    restart_service_worker,
    runtime,
    stop,
    stores,
    visit,
)
from tests.browser.sites import BELOW, Site, asset
from tests.browser.stand_in import WASM
from tests.conftest import WHILE, until

pytestmark = pytest.mark.browser


@pytest.mark.slow
@pytest.mark.engine
def test_a_check_answers_with_the_server_stopped_after_one_use(
    page: Page, with_python: Site
) -> None:
    """What was downloaded for the first answer is kept, and not downloaded again for it.

    But for the wasm here: a browser without a disk, as in these tests and in a private window,
    has no room for it in its HTTP cache.
    """
    site = with_python
    visit(page, site, SERUM)
    check(page)
    answered(page)
    await_runtime(page, site)
    for name in runtime(site):
        assert site.asked.count(BELOW + name) == 1 or name.endswith(WASM), name
    stop(site)
    page.evaluate(
        "caches.keys().then((names) => caches.delete(names.find((n) => /^snap/.test(n))))"
    )
    go(page, site, SERUM)
    check(page)
    assert answered(page) == "in-range"


@pytest.mark.slow
def test_a_check_used_before_the_pages_were_kept_is_kept_too(page: Page, site: Site) -> None:
    """A reader who is quicker than the installation loses nothing by it."""
    site.faults["search_index.json"] = "silence"
    go(page, site, SERUM)
    check(page)
    answered(page)
    await_runtime(page, site)
    assert page.evaluate("navigator.serviceWorker.controller") is None


@pytest.mark.slow
@pytest.mark.engine
def test_the_button_keeps_the_checks_and_says_how_much(page: Page, with_python: Site) -> None:
    """Both checks answer with the server stopped, on a page that was never opened before."""
    site = with_python
    visit(page, site, PANEL)
    status = page.locator("[data-offline] [data-state]")
    expect(status).to_have_attribute("data-state", "pages")
    size = sum(entry["bytes"] for entry in runtime(site).values()) / 1e6
    expect(status).to_contain_text(f"{size:.1f}MB")
    page.evaluate(
        """void (window.said = [], new MutationObserver(() => said.push(
             document.querySelector("[data-offline] [data-state]").textContent)).observe(
             document.querySelector("[data-offline] [data-state]"), { childList: true }))"""
    )
    page.click("[data-keep]")
    expect_state(page, "kept")
    assert len({text for text in page.evaluate("said") if f" / {size:.1f}MB" in text}) > 5
    stop(site)
    go(page, site, SERUM)
    check(page)
    assert answered(page) == "in-range"


@pytest.mark.slow
def test_half_a_download_is_told_and_gone_on_with(page: Page, site: Site) -> None:
    """What was complete is not asked for again."""
    site.faults[WASM] = "cut off"
    keep_by_button(page, site, "failed")
    half = addresses(page, STORE)
    assert half
    assert not [name for name in half if name.endswith(WASM)]
    site.faults.clear()
    site.asked.clear()
    page.click("[data-keep]")
    expect_state(page, "kept")
    assert not {BELOW + name for name in half} & set(site.asked)


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["spoilt", "half", "a page", "missing"])
def test_a_file_that_is_not_the_listed_one_is_never_kept(
    page: Page, site: Site, fault: str
) -> None:
    """A login page, another build's file, half a file."""
    site.faults["calculator.zip"] = fault
    keep_by_button(page, site, "failed")
    assert not [name for name in addresses(page, STORE) if name.endswith("calculator.zip")]


@pytest.mark.slow
@pytest.mark.parametrize("name", [WASM, "calculator.zip", "pyodide.asm.mjs"])
def test_a_kept_file_that_one_bit_has_changed_in_is_fetched_again(
    page: Page, site: Site, name: str
) -> None:
    """It is found by its hash, never run, and kept anew."""
    keep_by_button(page, site)
    page.evaluate(SPOIL, [STORE, name])
    restart_service_worker(page)
    site.asked.clear()
    go(page, site, SERUM)
    check(page)
    assert answered(page) == "in-range"
    assert [path for path in site.asked if path.endswith(name)]
    await_runtime(page, site)


@pytest.mark.slow
def test_a_spoilt_file_gives_no_answer_with_the_server_stopped(page: Page, site: Site) -> None:
    """Words instead of what a changed program might say."""
    keep_by_button(page, site)
    page.evaluate(SPOIL, [STORE, "calculator.zip"])
    restart_service_worker(page)
    stop(site)
    go(page, site, SERUM)
    check(page)
    expect(page.locator("[data-failure]:not([hidden])")).to_be_visible()
    expect(page.locator("[data-result]")).to_have_count(0)


@pytest.mark.slow
@pytest.mark.parametrize(("quota", "state"), [(200_000, "failed"), (6_000_000, "full")])
def test_a_full_device_is_told_and_given_its_room_back(
    page: Page, site: Site, quota: int, state: str
) -> None:
    """Without room for the pages nothing is kept; with room for the pages alone, they are."""
    session = page.context.new_cdp_session(page)
    session.send("Storage.overrideQuotaForOrigin", {"origin": site.origin, "quotaSize": quota})
    go(page, site, PANEL)
    expect(page.locator("[data-offline] [data-state]")).not_to_be_empty()
    page.click("[data-keep]")
    expect_state(page, state)
    assert addresses(page, STORE) == []
    held = [store for store in stores(page) if store.startswith("pages ")]
    assert len(held) == (state == "full")
    session.send("Storage.overrideQuotaForOrigin", {"origin": site.origin})
    page.click("[data-keep]")
    expect_state(page, "kept")


DEVICE = """Object.defineProperty(navigator, "deviceMemory", { get: () => MEMORY });
Object.defineProperty(navigator, "connection", { get: () => ({ saveData: SAVES }) });"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("memory", "saves", "starts"),
    [
        ("4", "false", True),
        ("2", "false", False),
        ("undefined", "false", False),
        ("8", "true", False),
    ],
    ids=["room", "little memory", "memory unknown", "data is saved"],
)
def test_python_starts_before_a_touch_only_where_it_is_kept_and_there_is_room(
    page: Page, site: Site, memory: str, saves: str, starts: bool
) -> None:
    """Nothing is downloaded for it; whoever came to read for the first time starts nothing."""
    page.add_init_script(DEVICE.replace("MEMORY", memory).replace("SAVES", saves))

    def started() -> bool:
        return any(one.url.endswith(asset("worker.js")) for one in page.workers)

    go(page, site, SERUM)
    page.wait_for_timeout(WHILE)
    assert not started()
    go(page, site, PANEL)
    page.click("[data-keep]")
    expect_state(page, "kept")
    site.asked.clear()
    go(page, site, SERUM)
    if starts:
        assert until(page, started)
        check(page)
        assert answered(page) == "in-range"
    else:
        page.wait_for_timeout(WHILE)
        assert not started()
    assert [path for path in site.asked if "/runtime/" in path] == []
