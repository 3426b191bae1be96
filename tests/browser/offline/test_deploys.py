"""A deploy in between: what a returning reader fetches, and what an open page says."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from calculator.words import page as words
from scripts.publish import offline
from scripts.runtime import build as runtime
from tests.browser import stand_in
from tests.browser.offline.kept import (
    SERUM,
    STORE,
    addresses,
    answered,
    await_runtime,
    check,
    deploy,
    go,
    listed,
    stores,
    visit,
)
from tests.browser.sites import BELOW, Site
from tests.browser.waiting import failed, fill, press
from tests.conftest import until
from tests.engine.trouble import copy_source

pytestmark = pytest.mark.browser

AT_MOST = 150_000  # bytes for a changed word, beside the changed pages
OLD, NEW = "Checked with version", "Checked by version"


def with_another_word(source: Path) -> Path:
    """The calculator with one word changed that is in every result."""
    copy_source(source)
    file = source / "calculator" / "words" / "page.py"
    assert words.STAMP.startswith(OLD)
    file.write_text(file.read_text("utf-8").replace(OLD, NEW), "utf-8")
    return source


def snapshots(page: Page) -> list[str]:
    """The hashes of the runtimes whose memory is kept."""
    return [name.split("/")[-2] for name in stores(page) if name.startswith("snapshot")]


def hash_now(site: Site) -> str:
    return runtime.current(site.root / offline.RUNTIME)["hash"]


@pytest.mark.slow
@pytest.mark.engine
def test_a_changed_word_costs_a_returning_reader_little(
    context: BrowserContext, with_python: Site, tmp_path: Path
) -> None:
    """The calculator, and what tells the browser of it; the engine and the assets are kept."""
    site, page = with_python, context.new_page()
    site.compresses = True
    visit(page, site, SERUM)
    check(page)
    answered(page)
    await_runtime(page, site)
    before = hash_now(site)
    assert until(page, lambda: snapshots(page) == [before])
    page.close()

    old = listed(site)["pages"]
    source = with_another_word(tmp_path / "source")
    new = deploy(site.root, lambda shipped: runtime.build(source, shipped))
    changed = {BELOW + name for name, entry in new["pages"].items() if entry != old[name]}
    assert changed == {BELOW + SERUM, f"{BELOW}how-much/"}
    site.sent.clear()

    page = context.new_page()
    go(page, site, SERUM)
    check(page)
    answered(page)
    expect(page.locator(".stamp")).to_contain_text(NEW)
    assert until(page, lambda: snapshots(page) == [hash_now(site)])
    assert hash_now(site) != before
    page.evaluate(
        """navigator.serviceWorker.getRegistration().then(async (one) => {
             while (!one.waiting) await new Promise((next) => setTimeout(next, 100)); })"""
    )
    beside = [(path, size) for path, size in site.sent if path not in changed]
    (calculator,) = (path for path, _ in beside if "/runtime/" in path)
    assert calculator.endswith(runtime.CALCULATOR)
    worker = f"{BELOW}{offline.WORKER}"
    # The browser asks for it at each visit; a host says that it is the same.
    others = [size for path, size in beside if path != worker]
    assert sum(others) + dict(beside)[worker] < AT_MOST, beside

    page.evaluate(
        """navigator.serviceWorker.getRegistration().then((one) =>
             one.waiting.postMessage("take over"))"""
    )
    # What no page names any more is gone; the rest has stayed where it was, and nobody needed
    # the whole engine.
    needed = sorted(name for name in new["runtime"] if not name.endswith(f"/{runtime.WHOLE}"))
    assert until(page, lambda: addresses(page, STORE) == needed)


@pytest.fixture(params=["allow", "block"])
def opened(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A tab with a service worker, and one without."""
    context = browser.new_context(service_workers=request.param, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.mark.slow
def test_a_page_from_before_a_deploy_loads_the_newer_one_with_one_press(
    opened: Page, site: Site
) -> None:
    """Its calculator is gone: it says so, and the newer one answers what was asked."""
    page = opened
    go(page, site, SERUM)
    deploy(site.root, lambda shipped: stand_in.ship(shipped, ("0.85", "1.30")))
    fill(page)
    press(page)
    failure = failed(page, "newer")
    failure.get_by_role("button", name=words.LOAD_NEWER).click()
    assert answered(page) == "in-range"
    assert page.get_attribute("form[data-check]", "data-runtime") == hash_now(site)
    assert page.input_value("#value") == "0.85"
    expect(page.locator("[data-failure]:visible")).to_have_count(0)


@pytest.mark.slow
def test_a_page_from_before_a_deploy_has_its_service_worker_look_for_the_new_pages(
    page: Page, site: Site
) -> None:
    """So that the newer version is kept for offline use without another visit."""
    visit(page, site, SERUM)
    new = deploy(site.root, lambda shipped: stand_in.ship(shipped, ("0.85", "1.30")))
    fill(page)
    press(page)
    failed(page, "newer")
    assert until(page, lambda: f"pages {new['build']} {BELOW}" in stores(page))
