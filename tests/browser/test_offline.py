"""What is kept for offline use: a real service worker, in a real browser, the server stopped."""

import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

from scripts.publish import offline
from tests.browser.sites import BELOW, Site, serving
from tests.conftest import WHILE, until

pytestmark = pytest.mark.browser

SERUM, PANEL = "blood-test/", "about/offline/"
WASM = "pyodide.asm.wasm"
STORE = f"runtime {BELOW}"


@pytest.fixture
def root(built: Path, tmp_path: Path) -> Path:
    """A copy of the built site, for a test to publish again or to spoil."""
    return Path(shutil.copytree(built, tmp_path / "site"))


@pytest.fixture
def site(root: Path) -> Iterator[Site]:
    with serving(root) as server:
        yield server


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    # Of its own, with stores of its own.
    fresh = browser.new_context(reduced_motion="reduce")
    yield fresh
    fresh.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def go(page: Page, site: Site, path: str = "", below: str = BELOW) -> None:
    page.goto(f"{site.origin}{below}{path}")


def visit(page: Page, site: Site, path: str = "", below: str = BELOW) -> None:
    """Open a page and wait until the site is kept."""
    go(page, site, path, below)
    page.evaluate(
        """new Promise((done) => navigator.serviceWorker.controller ? done()
             : navigator.serviceWorker.addEventListener("controllerchange", () => done()))"""
    )


def stop(site: Site) -> None:
    """No server any more: a real one that is gone, not a browser told to be offline."""
    site.released.set()
    site.shutdown()
    site.server_close()


def check(page: Page, value: str = "0.85") -> None:
    page.fill("#value", value)
    page.check("input[name=unit][value='mmol/L']")
    page.click("form[data-check=serum] .md-button--primary")


def answered(page: Page) -> str | None:
    page.wait_for_selector("[data-result=serum]")
    return page.get_attribute("[data-result=serum]", "data-row")


def stores(page: Page) -> list[str]:
    names: list[str] = page.evaluate("caches.keys()")
    return names


def addresses(page: Page, store: str) -> list[str]:
    """What a store holds, as addresses inside the site."""
    urls: list[str] = page.evaluate(
        """async (store) => !(await caches.has(store)) ? [] :
             (await (await caches.open(store)).keys()).map(({ url }) => new URL(url).pathname)""",
        store,
    )
    return sorted(url.removeprefix(BELOW) for url in urls)


def listed(site: Site) -> offline.Offline:
    found: offline.Offline = json.loads((site.root / offline.LIST).read_text("utf-8"))
    return found


def await_runtime(page: Page, site: Site) -> None:
    """Wait until all that the checks need is kept."""
    wanted = sorted(listed(site)["runtime"])
    assert until(page, lambda: addresses(page, STORE) == wanted), addresses(page, STORE)


def keep_by_button(page: Page, site: Site, state: str = "kept") -> None:
    visit(page, site, PANEL)
    page.click("[data-keep]")
    expect_state(page, state)


def expect_state(page: Page, state: str) -> None:
    status = page.locator("[data-offline] [data-state]")
    expect(status).to_have_attribute("data-state", state)
    expect(status).not_to_be_empty()


def publish_again(root: Path, path: str, old: str, new: str) -> offline.Offline:
    """Publish the site with one file changed."""
    file = root / path
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
    return offline.write(root)


def failed(page: Page) -> list[str]:
    """Fill a list with the requests of a page that fail from now on.

    Those that the browser gives up because the test goes on to the next page are none of them:
    a server that is gone is net::ERR_FAILED here, or net::ERR_CONNECTION_REFUSED.
    """
    urls: list[str] = []

    def note(request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":
            urls.append(f"{request.url} {request.failure}")

    page.on("requestfailed", note)
    return urls


# ------------------------------------------------------------------------------ pages


def test_every_page_opens_with_the_server_stopped(page: Page, site: Site) -> None:
    """After one visit to one page all are there, with their styles, scripts and fonts."""
    visit(page, site)
    stop(site)
    lost = failed(page)
    for name in listed(site)["pages"]:
        if name == "" or name.endswith("/"):
            go(page, site, name)
            expect(page.locator("h1")).to_be_visible()
            ground = page.evaluate("getComputedStyle(document.body).getPropertyValue('--ground')")
            assert ground, name
    assert lost == []


def test_search_finds_with_the_server_stopped(page: Page, site: Site) -> None:
    """The index and the theme's own worker are kept too."""
    visit(page, site)
    stop(site)
    go(page, site, "bone/?h=calcium")
    page.fill("input[data-md-component=search-query]", "spinach")
    expect(page.locator(".md-search-result__item").first).to_be_visible()


def test_a_network_that_says_nothing_does_not_hang_a_page(page: Page, site: Site) -> None:
    """What was kept is shown after a few seconds."""
    visit(page, site)
    site.faults[""] = "silence"
    go(page, site, "bone/")
    expect(page.locator("h1")).to_contain_text("bone")


@pytest.mark.parametrize("fault", ["missing", "cut off", "spoilt", "a page", "no answer"])
def test_the_pages_are_kept_as_one_or_not_at_all(page: Page, site: Site, fault: str) -> None:
    """A file that does not come, or is not the one of this build, and nothing is installed."""
    site.faults["search_index.json"] = fault
    with page.expect_console_message(lambda said: "No pages were kept" in said.text):
        go(page, site)
    assert page.evaluate("navigator.serviceWorker.controller") is None
    half = [addresses(page, store) for store in stores(page)]
    assert all(offline.LIST not in names for names in half)
    assert all("search/search_index.json" not in names for names in half)
    before = site.asked.count(f"{BELOW}assets/js/form.js")
    site.faults.clear()
    visit(page, site)
    kept = addresses(page, f"pages {listed(site)['build']} {BELOW}")
    assert kept == sorted([*listed(site)["pages"], offline.LIST])
    # The page itself may ask for it once more; the installation goes on from what it had.
    assert site.asked.count(f"{BELOW}assets/js/form.js") <= before + 1


def test_a_deploy_between_two_files_installs_nothing_mixed(
    page: Page, site: Site, root: Path
) -> None:
    """A list of one build and a file of the next do not become one store."""
    style = root / "assets" / "css" / "site.css"
    old = style.read_bytes()
    style.write_bytes(old + b"\n/* of the next build */")
    with page.expect_console_message(lambda said: "No pages were kept" in said.text):
        go(page, site)
    offline.write(root)
    visit(page, site)
    kept = page.evaluate(
        "url => caches.match(url).then((one) => one.text())", "assets/css/site.css"
    )
    assert kept.endswith("/* of the next build */")


def test_a_page_of_the_next_build_gets_its_own_scripts(page: Page, site: Site, root: Path) -> None:
    """The old service worker, still in charge, does not put old scripts under a new page."""
    visit(page, site)
    publish_again(root, "assets/css/site.css", "/*", "/* of the next build */ /*")
    publish_again(root, "bone/index.html", "</h1>", " again</h1>")
    go(page, site, "bone/")
    expect(page.locator("h1")).to_contain_text("again")
    style = page.evaluate("fetch('../assets/css/site.css').then((one) => one.text())")
    assert "of the next build" in style


def test_a_page_of_this_build_takes_its_assets_from_the_store(page: Page, site: Site) -> None:
    """Only the page itself is asked of the network."""
    visit(page, site)
    site.asked.clear()
    go(page, site, "bone/")
    page.wait_for_load_state("networkidle")
    assert set(site.asked) - {f"{BELOW}sw.js"} == {f"{BELOW}bone/"}


# ----------------------------------------------------------------------------- checks


def test_a_check_answers_with_the_server_stopped_after_one_use(page: Page, site: Site) -> None:
    """What was downloaded for the first answer is kept, and not downloaded again for it.

    But for the wasm here: a browser without a disk, as in these tests and in a private window,
    has no room for it in its HTTP cache.
    """
    visit(page, site, SERUM)
    check(page)
    answered(page)
    await_runtime(page, site)
    for name in listed(site)["runtime"]:
        assert site.asked.count(BELOW + name) == 1 or name.endswith(WASM), name
    stop(site)
    page.evaluate(
        "caches.keys().then((names) => caches.delete(names.find((n) => /^snap/.test(n))))"
    )
    go(page, site, SERUM)
    check(page)
    assert answered(page) == "in-range"


def test_a_check_used_before_the_pages_were_kept_is_kept_too(page: Page, site: Site) -> None:
    """A reader who is quicker than the installation loses nothing by it."""
    site.faults["search_index.json"] = "silence"
    go(page, site, SERUM)
    check(page)
    answered(page)
    await_runtime(page, site)
    assert page.evaluate("navigator.serviceWorker.controller") is None


def test_the_button_keeps_the_checks_and_says_how_much(page: Page, site: Site) -> None:
    """Both checks answer with the server stopped, on a page that was never opened before."""
    visit(page, site, PANEL)
    status = page.locator("[data-offline] [data-state]")
    expect(status).to_have_attribute("data-state", "pages")
    size = sum(entry["bytes"] for entry in listed(site)["runtime"].values()) / 1e6
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


@pytest.mark.parametrize("fault", ["spoilt", "half", "a page", "missing"])
def test_a_file_that_is_not_the_listed_one_is_never_kept(
    page: Page, site: Site, fault: str
) -> None:
    """A login page, another build's file, half a file."""
    site.faults["calculator.zip"] = fault
    keep_by_button(page, site, "failed")
    assert not [name for name in addresses(page, STORE) if name.endswith("calculator.zip")]


SPOIL = """async ([store, name]) => {
  const cache = await caches.open(store);
  const [{ url }] = (await cache.keys()).filter((one) => one.url.endsWith(name));
  const found = await cache.match(url);
  const type = found.headers.get("content-type");
  const bytes = new Uint8Array(await found.arrayBuffer());
  bytes[bytes.length >> 1] ^= 1;
  await cache.put(url, new Response(bytes, { headers: { "content-type": type } }));
  for (const one of await caches.keys()) if (one.startsWith("snapshot")) await caches.delete(one);
}"""


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


def restart_service_worker(page: Page) -> None:
    """End it, as a browser does with one that has nothing to do."""
    session = page.context.new_cdp_session(page)
    session.send("ServiceWorker.enable")
    session.send("ServiceWorker.stopAllWorkers")
    session.detach()


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


# ------------------------------------------------------------------------ new versions


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
    assert sorted(set(site.asked)) == [BELOW + name for name in ("bone/", "offline.json", "sw.js")]


# ------------------------------------------------------------------- scope and removal


def test_two_sites_of_one_origin_leave_each_other_alone(
    page: Page, site: Site, built: Path
) -> None:
    """Each answers below its own path, and removing one leaves the other whole."""
    site.others["/other/"] = built
    keep_by_button(page, site)
    visit(page, site, PANEL, "/other/")
    page.evaluate("caches.open('snapshot 1 /other/assets/runtime/x/')")
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
        ends = (WASM, offline.LIST)
        return [end for end in ends if any(path.endswith(end) for path in site.asked)]

    if saves:
        page.wait_for_timeout(WHILE)
        assert asked() == []
    else:
        assert until(page, lambda: asked() == [WASM, offline.LIST]), asked()
    check(page)
    assert answered(page) == "in-range"


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


def test_a_page_that_is_not_published_registers_nothing(page: Page, site: Site, root: Path) -> None:
    """Under `mkdocs serve` there is no mark, and what an earlier site left there goes."""
    visit(page, site)
    for path in (root / "index.html", root / "bone" / "index.html"):
        path.write_text(offline._MARK.sub("", path.read_text("utf-8")), "utf-8")
    go(page, site, "bone/")
    left = "navigator.serviceWorker.getRegistrations()"
    assert until(page, lambda: page.evaluate(left) == [])


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


# --------------------------------------------------------------------------- the list


def test_the_list_is_of_what_is_published(site: Site) -> None:
    """Each hash is that of the file as it is served; the runtime and one-file copy stand apart."""
    both = listed(site)
    for name, entry in {**both["pages"], **both["runtime"]}.items():
        path = site.root / (f"{name}index.html" if name.endswith("/") or not name else name)
        assert entry["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest(), name
        assert entry["bytes"] == path.stat().st_size, name
    assert not [name for name in both["pages"] if "runtime/" in name or name.endswith(".html")]
    assert f'const BUILD = "{both["build"]}";' in (site.root / "sw.js").read_text("utf-8")


def test_publishing_the_same_again_is_the_same_build(site: Site, root: Path) -> None:
    """And a change of any listed file is another."""
    before = listed(site)
    assert offline.write(root) == before
    after = publish_again(root, "bone/index.html", "</h1>", " again</h1>")
    assert after["build"] != before["build"]
    changed = [name for name in after["pages"] if after["pages"][name] != before["pages"][name]]
    assert changed == ["bone/"]
