"""One reader's visits to one page, in Chromium: a new profile, an answer, and then again."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypedDict

from playwright.sync_api import BrowserContext, Page, Playwright

from scripts.bench_pages import BELOW, EVERYBODY, OURS
from scripts.bench_server import Server, size_of

SETTLE = 3000  # milliseconds after a first answer, for the browser to keep what it keeps
READ = 500  # milliseconds that a first answer stands before the second is asked for
PATIENCE = 60_000  # milliseconds for one answer
PAUSE = 5000  # milliseconds that a reader spends on the form
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-quic")
FIRST, SECOND = "0.85", "1.20"

WATCH = """
window.longest = 0;
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
}).observe({ type: "longtask" });
"""
# Whatever is awaited in a page has an end.
IN_TIME = """(given) => Promise.race([(%s)(given), new Promise((_, reject) =>
  setTimeout(() => reject(new Error("not in time")), %d))])"""
# Our page as it is: the reader's first touch, the answers, the button.
ASK_OURS = """async ([value, pause]) => {
  const form = document.querySelector("form[data-check=serum]");
  const before = performance.now();
  form.querySelector("[name=value]").focus();
  form.dispatchEvent(new Event("focusin"));
  form.querySelector("[name=value]").value = value;
  form.querySelector("[name=unit][value='mmol/L']").checked = true;
  await new Promise((resolve) => (pause ? setTimeout(resolve, pause) : resolve()));
  const asked = pause ? performance.now() : before;
  const result = () => form.querySelector("[data-result=serum]");
  const earlier = result();
  form.requestSubmit();
  while (!result() || result() === earlier)
    await new Promise((resolve) => {
      const seen = new MutationObserver(() => (seen.disconnect(), resolve()));
      seen.observe(form, { childList: true, subtree: true });
    });
  return performance.now() - asked;
}"""
ASK_OTHERS = """async ([value]) => {
  const before = performance.now();
  document.body.innerHTML = await answer(REQUEST.replace("%s", value));
  return performance.now() - before;
}"""
# A reader has the pages kept by the service worker before the first touch of the form.
READY = """async () => {
  if (document.querySelector("meta[name=offline]")) await navigator.serviceWorker?.ready;
}"""
# All that a reader's browser keeps after a first answer: the snapshot whole, and the runtime
# file by file where there is a service worker to serve it.
KEPT = """async () => {
  const { runtime, files } = document.querySelector("form[data-check]").dataset;
  const at = new URL(`../assets/runtime/${runtime}/`, document.baseURI);
  const names = Object.keys(JSON.parse(files));
  const offline = await navigator.serviceWorker?.getRegistration();
  const wanted = { snapshot: [at.href] };
  if (offline) wanted.runtime = names.map((name) => new URL(name, at).href);
  const held = async (address, kind) => {
    const stores = (await caches.keys()).filter((name) => name.startsWith(`${kind} `));
    const found = stores.map((cacheName) => caches.match(address, { cacheName, ignoreVary: true }));
    return (await Promise.all(found)).some(Boolean);
  };
  for (const [kind, addresses] of Object.entries(wanted))
    for (const address of addresses)
      while (!(await held(address, kind))) await new Promise((resolve) => setTimeout(resolve, 100));
}"""


class Measure(TypedDict):
    """What one visit gave, in milliseconds, and the bytes of memory at rest before and after it."""

    first: float
    second: float
    blocked: float
    resting: int
    memory: int


class Visit(TypedDict):
    """One profile's visits to one page."""

    cold: Measure
    warm: Measure
    waited: float  # milliseconds after "Check", when the reader spent 5 seconds on the form
    bytes: int  # over the wire for a first answer and a second


def within(script: str) -> str:
    """A script that rejects where it would go on for ever."""
    return IN_TIME % (script, PATIENCE)


@contextmanager
def profile(playwright: Playwright) -> Iterator[BrowserContext]:
    """A browser that has never been anywhere."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        context = playwright.chromium.launch_persistent_context(
            folder, executable_path=chromium, args=FLAGS
        )
        context.set_default_timeout(PATIENCE)
        try:
            yield context
        finally:
            context.close()


def memory(context: BrowserContext) -> int:
    """The private bytes of the process that shows the page and runs its workers.

    It is the largest of the renderers; the others hold empty pages. Only Linux tells; 0
    elsewhere. What the browser's processes share is in none of them.
    """
    assert context.browser is not None
    session = context.browser.new_browser_cdp_session()
    told = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    found = [Path(f"/proc/{one['id']}/smaps_rollup") for one in told if one["type"] == "renderer"]
    return max((private(file.read_text()) for file in found if file.is_file()), default=0)


def private(rollup: str) -> int:
    """The private bytes that a smaps_rollup tells of (proc(5), in kB)."""
    lines = (line.split() for line in rollup.splitlines() if line.startswith("Private_"))
    return sum(int(size) for _, size, _ in lines) * 1024


def measure(page: Page) -> Measure:
    """Ask twice on an open page, and let it rest."""
    ours = BELOW in page.url
    resting = memory(page.context)
    ask = within(ASK_OURS if ours else ASK_OTHERS)
    page.evaluate(WATCH)
    first = page.evaluate(ask, [FIRST, 0])
    page.wait_for_timeout(READ)
    second = page.evaluate(ask, [SECOND, 0])
    page.wait_for_timeout(SETTLE)  # Long tasks are told of a little later, too.
    blocked = page.evaluate("window.longest")
    if ours:
        page.evaluate(within(KEPT))
    return Measure(
        first=first,
        second=second,
        blocked=blocked,
        resting=resting,
        memory=memory(page.context),
    )


def open_page(context: BrowserContext, address: str) -> Page:
    """Go to a page and wait until it is at rest."""
    page = context.pages[0]
    page.goto(address, wait_until="networkidle")
    page.evaluate(within(READY))
    return page


def visit(playwright: Playwright, server: Server, path: str) -> Visit:
    """Go to a page with a new profile, ask, come back, ask again."""
    with profile(playwright) as context:
        server.sent.clear()
        page = open_page(context, server.origin + path)
        if path == EVERYBODY[OURS]:
            server.sent.clear()  # What the page brings without its check is told apart.
        cold = measure(page)
        sent = size_of(server.sent)
        page.reload(wait_until="networkidle")
        warm = measure(page)
        waited = 0.0
        if path == EVERYBODY[OURS]:
            page.reload(wait_until="networkidle")
            waited = page.evaluate(within(ASK_OURS), [FIRST, PAUSE])
        return Visit(cold=cold, warm=warm, waited=waited, bytes=sent)


class Weight(TypedDict):
    """The gzip'd bytes of a page without a check, before pictures, and of what follows it."""

    page: int
    later: int


def weigh(playwright: Playwright, server: Server) -> tuple[Weight, str]:
    """The weight of a page without a check, and the version of the browser."""
    with profile(playwright) as context:
        assert context.browser is not None
        server.sent.clear()
        open_page(context, f"{server.origin}{BELOW}bone/")
        sent = list(server.sent)
        weight = Weight(page=size_of(sent, pictures=False), later=size_of(sent, later=True))
        return weight, context.browser.version
