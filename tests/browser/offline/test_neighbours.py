"""Other sites of one owner share our origin and what a browser keeps: nothing of theirs runs."""

import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from calculator.words.page import FAILURES, UNREADY
from scripts.publish import offline
from tests.browser.offline import kept
from tests.browser.sites import BELOW, Site, asset
from tests.conftest import until

pytestmark = pytest.mark.browser

SCRIPT, RUNTIME = asset("form.js"), "pyodide.mjs"
# A line of a neighbour's own, which tells the neighbour's tab that it has run.
LINE = 'new BroadcastChannel("run").postMessage(self.location.href);'
LISTEN = """void (self.run = [], self.channel = new BroadcastChannel("run"),
     channel.onmessage = ({ data }) => run.push(data),
     fetch("LIST").then(async (one) => (self.list = await one.json())))"""
# A header of its own would lead the reader elsewhere, whatever is in the page.
POISON = """async ([below, names, line]) => {
  const head = (text) => (text.startsWith("<!") ? `<script>${line}</script>` : line) + text;
  for (const store of (await caches.keys()).filter((one) => one.endsWith(below))) {
    const cache = await caches.open(store);
    for (const { url } of await cache.keys())
      if (names.some((name) => url.endsWith(name))) {
        const found = await cache.match(url);
        const type = found.headers.get("content-type");
        const headers = { "content-type": type, refresh: "0; url=/other/" };
        await cache.put(url, new Response(head(await found.text()), { headers }));
      }
    for (const entry of Object.values(list.pages)) entry.sha256 = "0".repeat(64);
    const changed = new Response(JSON.stringify(list));
    if (store.startsWith("pages ")) await cache.put(`${below}offline.json`, changed);
  }
}"""
HASHES = """async ([store, names]) => {
  const cache = await caches.open(store);
  const hash = async (name) => {
    const found = (await cache.match(name)) ?? new Response("");
    const bytes = await crypto.subtle.digest("SHA-256", await found.arrayBuffer());
    return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
  };
  return Promise.all(names.map(hash));
}"""


# Our own bytes, from a folder of the neighbour's that holds other scripts to import.
MOVE = (
    """async ([store, name]) => (await caches.open(store)).put(name, await fetch("js/form.js"))"""
)


@pytest.fixture
def neighbour(site: Site, context: BrowserContext, tmp_path: Path) -> Iterator[Page]:
    """A tab with another site of the same origin, which hears what runs of its own."""
    other = tmp_path / "other"
    for folder in ("js", "python"):
        shutil.copytree(site.root / "assets" / folder, other / folder)
    for script in other.rglob("*.js"):
        if script.name != Path(SCRIPT).name:
            script.write_text(f"{script.read_text('utf-8')};{LINE}", "utf-8")
    (other / "index.html").write_text("<!doctype html><title>Other</title>", "utf-8")
    site.others["/other/"] = other
    tab = context.new_page()
    kept.go(tab, site, "", "/other/")
    tab.evaluate(LISTEN.replace("LIST", BELOW + offline.LIST))
    tab.wait_for_function("() => self.list")
    yield tab
    assert tab.evaluate("run") == []


def poison(neighbour: Page, *names: str) -> None:
    neighbour.evaluate(POISON, [BELOW, [*names], LINE])


@pytest.mark.slow
def test_what_a_neighbour_put_into_our_stores_never_runs_and_is_fetched_again(
    page: Page, site: Site, neighbour: Page
) -> None:
    """Page, script, list and runtime, and while the service worker that has answered is alive."""
    kept.keep_by_button(page, site)
    kept.go(page, site, kept.SERUM)
    poison(neighbour, kept.SERUM, SCRIPT, RUNTIME)
    kept.go(page, site, kept.SERUM)
    kept.check(page)
    assert kept.answered(page) == "in-range"
    listed = kept.listed(site)
    store = f"pages {listed['build']} {BELOW}"
    wanted = [listed["pages"][name]["sha256"] for name in (kept.SERUM, SCRIPT)]
    names = [BELOW + name for name in (kept.SERUM, SCRIPT)]
    found = partial(page.evaluate, HASHES, [store, names])
    assert until(page, lambda: all(map(str.startswith, found(), wanted)))
    kept.await_runtime(page, site)
    neighbour.evaluate(MOVE, [store, BELOW + SCRIPT])
    kept.go(page, site, kept.SERUM)
    kept.check(page)
    assert kept.answered(page) == "in-range"


@pytest.mark.slow
def test_offline_what_a_neighbour_changed_is_told_and_never_shown(
    page: Page, site: Site, neighbour: Page
) -> None:
    """A runtime file, then a script, then the page: each is missed in words of its own."""
    kept.keep_by_button(page, site)
    kept.stop(site)
    poison(neighbour, RUNTIME)
    kept.go(page, site, kept.SERUM)
    kept.check(page)
    expect(page.locator("[data-failure=offline]")).to_contain_text(FAILURES["offline"])
    poison(neighbour, SCRIPT)
    kept.go(page, site, kept.SERUM)
    expect(page.locator(".unready")).to_have_text(UNREADY)
    expect(page.locator("table[data-table=serum]")).to_be_visible()
    poison(neighbour, kept.SERUM)
    kept.go(page, site, kept.SERUM)
    expect(page.get_by_text("a page whose kept copy was damaged or changed")).to_be_visible()


def test_a_kept_file_says_what_it_is_by_its_name_alone(built: Path) -> None:
    """The headers of what is kept may be a neighbour's."""
    worker = (built / offline.WORKER).read_text("utf-8")
    for kind in (*offline._KINDS, ".html", ".json", ".mjs"):
        assert f'\n  {kind[1:]}: "' in worker, kind
