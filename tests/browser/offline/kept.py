"""A small published site, and what a browser has kept of it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, Request, expect

from scripts.publish import offline
from scripts.runtime.build import WHOLE
from tests.browser import stand_in
from tests.browser.sites import BELOW, Site
from tests.conftest import until

SERUM, PANEL = "blood-test/", "about/offline/"
# Few, so that a browser keeps them quickly; the last two are there to be among the others.
PAGES = ("", "bone/", SERUM, PANEL, "about/privacy/", "how-much/")
STORE = f"runtime {BELOW}"


def few(built: Path, root: Path) -> Path:
    """Six pages of the built site with all of its assets and its runtime, published again."""
    for path in (*offline.pages_and_assets(built), built / offline.WORKER):
        if path.name != "index.html" or offline.address(built, path) in PAGES:
            copy = root / path.relative_to(built)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, copy)
    (root / offline.RUNTIME).symlink_to(built / offline.RUNTIME, target_is_directory=True)
    offline.write(root)
    return root


def with_stand_in(root: Path) -> Path:
    """The same site with an engine that starts at once and knows the answer to 0.85mmol/L."""
    deploy(root, lambda runtime: stand_in.ship(runtime, ("0.85",)))
    return root


def deploy(root: Path, change: Callable[[Path], object]) -> offline.Offline:
    """Publish the site with another runtime, which `change` puts in the place of its folder's."""
    runtime = root / offline.RUNTIME
    if runtime.is_symlink():
        runtime.unlink()
    change(runtime)
    for page in root.rglob("index.html"):
        stand_in.put_into(page, runtime)
    return offline.write(root)


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


def runtime(site: Site, *, whole: bool = False) -> dict[str, offline.Entry]:
    """What the checks need of the runtime, without the whole engine unless it was needed."""
    files = listed(site)["runtime"]
    return {name: files[name] for name in sorted(files) if whole or not name.endswith(WHOLE)}


def await_runtime(page: Page, site: Site, *, whole: bool = False) -> None:
    """Wait until all that the checks need is kept."""
    wanted = list(runtime(site, whole=whole))
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


def restart_service_worker(page: Page) -> None:
    """End it, as a browser does with one that has nothing to do."""
    session = page.context.new_cdp_session(page)
    session.send("ServiceWorker.enable")
    session.send("ServiceWorker.stopAllWorkers")
    session.detach()
