"""A new version of what is kept, another site beside it, and what a reader takes away."""

import json
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from scripts.publish import offline
from tests.browser.offline.kept import (
    PANEL,
    SERUM,
    answered,
    check,
    expect_state,
    go,
    keep_by_button,
    listed,
    publish_again,
    stop,
    stores,
    visit,
)
from tests.browser.sites import BELOW, Site
from tests.browser.stand_in import WASM
from tests.conftest import WHILE, until

pytestmark = pytest.mark.browser


@pytest.mark.slow
def test_a_new_version_is_offered_and_never_put_under_an_open_form(
    context: BrowserContext, site: Site, root: Path
) -> None:
    """Two tabs: the one that asks gets it, the other keeps its page and what is typed there."""
    first, second = context.new_page(), context.new_page()
    visit(first, site, SERUM)
    visit(second, site, SERUM)
    for tab in (first, second):
        tab.fill("#value", "0.85")
    old = listed(site)["build"]
    new = publish_again(root, f"{SERUM}index.html", "</h1>", " again</h1>")["build"]
    first.evaluate("navigator.serviceWorker.getRegistration().then((one) => one.update())")
    for tab in (first, second):
        notice = tab.get_by_role("status").filter(has_text="A new version of this page is ready")
        expect(notice).to_be_visible()
        assert tab.input_value("#value") == "0.85"
    first.get_by_role("button", name="Show the new version").click()
    expect(first.locator("h1")).to_contain_text("again")
    expect(first.locator(".new-version > div")).to_have_count(0)
    assert second.input_value("#value") == "0.85"
    expect(second.locator("h1")).not_to_contain_text("again")
    assert f"pages {new} {BELOW}" in stores(first)
    assert f"pages {old} {BELOW}" not in stores(first)
    check(second)
    assert answered(second) == "in-range"
    second.get_by_role("button", name="Show the new version").click()
    expect(second.locator("h1")).to_contain_text("again")


@pytest.mark.slow
def test_no_notice_where_the_page_is_the_new_one(page: Page, site: Site, root: Path) -> None:
    """A reader who has opened the new page is not told that it is ready."""
    visit(page, site)
    publish_again(root, "bone/index.html", "</h1>", " again</h1>")
    go(page, site, "bone/")
    page.evaluate(
        """navigator.serviceWorker.getRegistration().then(async (one) => {
             while (!one.waiting) await new Promise((next) => setTimeout(next, 100)); })"""
    )
    page.wait_for_timeout(WHILE)
    expect(page.locator(".new-version > div")).to_have_count(0)


@pytest.mark.slow
def test_not_now_leaves_the_page_alone(page: Page, site: Site, root: Path) -> None:
    visit(page, site, SERUM)
    page.fill("#value", "0.85")
    publish_again(root, f"{SERUM}index.html", "</h1>", " again</h1>")
    page.evaluate("navigator.serviceWorker.getRegistration().then((one) => one.update())")
    page.get_by_role("button", name="Not now").click()
    expect(page.locator(".new-version > div")).to_have_count(0)
    assert page.input_value("#value") == "0.85"


def test_a_new_version_asks_only_for_what_has_changed(page: Page, site: Site, root: Path) -> None:
    """What is the same by its hash is taken over from the old store."""
    visit(page, site)
    publish_again(root, "bone/index.html", "</h1>", " again</h1>")
    site.asked.clear()
    page.evaluate(
        """navigator.serviceWorker.getRegistration().then(async (one) => { await one.update();
             while (!one.waiting) await new Promise((next) => setTimeout(next, 100)); })"""
    )
    assert sorted(set(site.asked)) == [BELOW + name for name in ("bone/", "sw.js")]


@pytest.mark.slow
def test_two_sites_of_one_origin_leave_each_other_alone(page: Page, site: Site) -> None:
    """Each answers below its own path, and removing one leaves the other whole."""
    site.others["/other/"] = site.root
    keep_by_button(page, site)
    visit(page, site, PANEL, "/other/")
    page.evaluate("caches.open('snapshot 2 /other/assets/runtime/x/')")
    page.evaluate("caches.open('somebody else')")
    scopes = page.evaluate(
        """navigator.serviceWorker.getRegistrations().then(
             (all) => all.map(({ scope }) => new URL(scope).pathname).sort())"""
    )
    assert scopes == ["/other/", BELOW]
    theirs = [name for name in stores(page) if not name.endswith(f" {BELOW}")]
    theirs = [name for name in theirs if BELOW not in name]
    go(page, site, PANEL)
    page.click("[data-remove]")
    expect_state(page, "nothing")
    assert sorted(stores(page)) == sorted(theirs)
    assert len(theirs) == 3
    stop(site)
    go(page, site, "bone/", "/other/")
    expect(page.locator("h1")).to_be_visible()


SAVES = "Object.defineProperty(navigator, 'connection', { value: { saveData: true } })"


@pytest.mark.slow
@pytest.mark.parametrize("saves", [False, True])
def test_whoever_saves_data_downloads_only_what_is_asked_for(
    page: Page, site: Site, saves: bool
) -> None:
    """A touch of the form starts Python, and a visit keeps the pages, unless data is saved."""
    if saves:
        page.add_init_script(SAVES)
    go(page, site, SERUM)
    page.focus("#value")

    def asked() -> list[str]:
        ends = (WASM, offline.WORKER)
        return [end for end in ends if any(path.endswith(end) for path in site.asked)]

    if saves:
        page.wait_for_timeout(WHILE)
        assert asked() == []
    else:
        assert until(page, lambda: asked() == [WASM, offline.WORKER]), asked()
    check(page)
    assert answered(page) == "in-range"


@pytest.mark.slow
def test_remove_is_offered_only_where_something_is_kept(page: Page, site: Site) -> None:
    """Be it a check's started Python alone."""
    page.add_init_script(SAVES)
    go(page, site, PANEL)
    button = page.locator("[data-remove]")
    expect_state(page, "nothing")
    expect(button).to_be_hidden()
    page.click("[data-keep]")
    expect_state(page, "kept")
    expect(button).to_be_visible()
    button.click()
    expect_state(page, "nothing")
    expect(button).to_be_hidden()
    page.evaluate(f"caches.open('snapshot 2 {BELOW}assets/runtime/x/')")
    go(page, site, PANEL)
    expect_state(page, "nothing")
    expect(button).to_be_visible()


@pytest.mark.slow
def test_what_was_removed_stays_removed_until_it_is_asked_for(page: Page, site: Site) -> None:
    """No store and no service worker is left, nor comes back with the next visit."""
    keep_by_button(page, site)
    page.click("[data-remove]")
    expect_state(page, "nothing")
    go(page, site, SERUM)
    check(page)
    answered(page)
    page.wait_for_timeout(WHILE)
    assert [name for name in stores(page) if not name.startswith("snapshot")] == []
    assert page.evaluate("navigator.serviceWorker.getRegistrations()") == []
    go(page, site, PANEL)
    page.click("[data-keep]")
    expect_state(page, "kept")


@pytest.mark.slow
def test_a_page_that_is_not_published_registers_nothing(page: Page, site: Site, root: Path) -> None:
    """Under `mkdocs serve` there is no mark, and what an earlier site left there goes."""
    visit(page, site)
    for path in (root / "index.html", root / "bone" / "index.html"):
        path.write_text(offline._MARK.sub("", path.read_text("utf-8")), "utf-8")
    go(page, site, "bone/")
    left = "navigator.serviceWorker.getRegistrations()"
    assert until(page, lambda: page.evaluate(left) == [])


@pytest.mark.slow
@pytest.mark.parametrize("gone", ["serviceWorker", "caches"])
def test_a_browser_that_keeps_nothing_is_told_of(page: Page, site: Site, gone: str) -> None:
    """The button says so and cannot be pressed; the pages and the checks go on."""
    owner = "Navigator.prototype" if gone == "serviceWorker" else "window"
    page.add_init_script(f"delete {owner}.{gone};")
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(error.message))
    go(page, site, PANEL)
    expect_state(page, "unavailable")
    expect(page.locator("[data-keep]")).to_be_disabled()
    go(page, site, SERUM)
    check(page)
    assert answered(page) == "in-range"
    assert errors == []


def test_the_site_can_be_installed(page: Page, site: Site) -> None:
    """Chromium finds nothing wrong with the manifest or its icons."""
    visit(page, site)
    session = page.context.new_cdp_session(page)
    manifest = session.send("Page.getAppManifest")
    assert manifest["url"] == f"{site.origin}{BELOW}assets/offline/manifest.webmanifest"
    assert manifest["errors"] == []
    for icon in json.loads(manifest["data"])["icons"]:
        size = page.evaluate(
            """(src) => new Promise((done) => { const one = new Image();
                 one.onload = () => done(`${one.width}x${one.height}`); one.src = src; })""",
            urljoin(manifest["url"], icon["src"]),
        )
        assert size == icon["sizes"]
