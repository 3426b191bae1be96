"""Measure how soon the page answers, beside stock Pyodide and beside no Python at all.

    python -m scripts.bench [--rounds 7] [--site site]

It measures a built site in one run, everybody in turn in each round, and writes
docs/about/performance.md with the method, the versions and the medians.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shutil
import statistics
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TypedDict
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page, Playwright, sync_playwright

from scripts import runtime

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "about" / "performance.md"
TEMPLATE = ROOT / "scripts" / "performance.md"
SHIPPED = Path("assets") / "runtime"
BELOW = "/magnesium/"
SETTLE = 3000  # milliseconds after a first answer, for the browser to keep what it keeps
PATIENCE = 60_000  # milliseconds for one answer
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-quic")
TYPES = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".json": "application/json",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
}
PICTURES = (".svg", ".png", ".jpg", ".webp", ".ico")


class Measure(TypedDict):
    """What one visit gave, in milliseconds."""

    first: float
    second: float
    blocked: float


# ------------------------------------------------------------------- the server


@cache
def packed(file: Path) -> bytes:
    """A file as gzip makes it smallest, with no time in it."""
    return gzip.compress(file.read_bytes(), 9, mtime=0)


class Server(ThreadingHTTPServer):
    """Serves folders below their prefixes, gzip'd, and counts the bytes it sent."""

    daemon_threads = True

    def __init__(self, folders: Mapping[str, Path]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.folders = folders
        self.sent: list[tuple[str, int]] = []
        self.origin = f"http://127.0.0.1:{self.server_port}"

    def find(self, path: str) -> Path:
        """The file at an address, which may not be there."""
        prefix = next((one for one in self.folders if path.startswith(one)), "")
        file = self.folders[prefix] / path.removeprefix(prefix) if prefix else Path("missing")
        return file / "index.html" if path.endswith("/") else file


class Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer with the headers that a host of static files sends."""
        file = self.server.find(urlsplit(self.path).path)
        body = packed(file) if file.is_file() else b""
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", TYPES.get(file.suffix, "application/octet-stream"))
        self.send_header("Content-Length", str(len(body)))
        if body:
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Cache-Control", "max-age=600")  # what GitHub Pages sends
        self.end_headers()
        self.wfile.write(body)
        self.server.sent.append((self.path, len(body)))

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the tables speak."""


@contextmanager
def serving(folders: Mapping[str, Path]) -> Iterator[Server]:
    """A server of folders, for as long as the block lasts."""
    server = Server(folders)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


# ---------------------------------------------------------------- who is measured

# Everybody answers this, then its neighbour, and has answered when the page shows it.
REQUEST = '{"check": "serum", "answers": [["value", "%s"], ["unit", "mmol/L"]]}'
FIRST, SECOND = "0.85", "1.20"

WATCH = """
window.longest = 0;
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
}).observe({ type: "longtask" });
"""
# Our page as it is: the reader's first touch, the answers, the button.
OURS = """async ([value, pause]) => {
  const form = document.querySelector("form[data-check=serum]");
  const before = performance.now();
  form.querySelector("[name=value]").focus();
  form.dispatchEvent(new Event("focusin"));
  form.querySelector("[name=value]").value = value;
  form.querySelector("[name=unit][value='mmol/L']").checked = true;
  await new Promise((resolve) => (pause ? setTimeout(resolve, pause) : resolve()));
  const asked = pause ? performance.now() : before;
  form.requestSubmit();
  while (!form.querySelector("[data-result=serum]") || form.querySelector(".problem-summary"))
    await new Promise((resolve) => {
      const seen = new MutationObserver(() => (seen.disconnect(), resolve()));
      seen.observe(form, { childList: true, subtree: true });
    });
  return performance.now() - asked;
}"""
KEPT = """async () => {
  const kept = async () => (await caches.keys()).some((name) => name.startsWith("snapshot "));
  while (!(await kept())) await new Promise((resolve) => setTimeout(resolve, 100));
}"""
OTHERS = """async ([value]) => {
  const before = performance.now();
  document.body.innerHTML = await answer(REQUEST.replace("%s", value));
  return performance.now() - before;
}"""
# Stock: what its documentation shows, with the same calculator as a wheel.
STOCK = """import { loadPyodide } from "./pyodide/pyodide.mjs";
const start = async () => {
  const python = await loadPyodide({ packageBaseUrl: new URL("pyodide/", import.meta.url).href });
  const wheel = await fetch(new URL("calculator.whl", import.meta.url));
  python.unpackArchive(await wheel.arrayBuffer(), "wheel");
  return python.pyimport("calculator.browser");
};
let python;
export const answer = async (request) =>
  JSON.parse((await (python ??= start())).run(request)).html;
"""
FLOOR = """const start = async () => {
  const here = new URL(RUNTIME, import.meta.url).href;
  await Promise.all(FILES.map(async (name) => {
    if (name.endsWith(".mjs")) return import(here + name);
    const response = await fetch(here + name);
    return name.endsWith(".wasm") ? WebAssembly.compileStreaming(response) : response.arrayBuffer();
  }));
};
let ready;
export const answer = async (request) => (await (ready ??= start()), request);
"""
IN_WORKER = """import { answer } from "./%s";
self.onmessage = async ({ data }) => self.postMessage(await answer(data));
"""
FROM_WORKER = """let worker;
window.answer = (request) => new Promise((resolve, reject) => {
  worker ??= new Worker("%s", { type: "module" });
  worker.onmessage = ({ data }) => resolve(data);
  worker.onerror = () => reject(new Error("the worker stopped"));
  worker.postMessage(request);
});
"""
ON_PAGE = """window.answer = async (request) => (await import("./%s")).answer(request);
"""
SHELL = """<!doctype html><html lang="en"><meta charset="utf-8"><title>bench</title>
<link rel="icon" href="data:,"><body><script>const REQUEST = %s;
%s</script></body></html>"""


def write_others(folder: Path, site: Path) -> None:
    """Write the pages of everybody but ours."""
    shutil.copytree(runtime.PYODIDE, folder / "pyodide")
    wheel = next(runtime.compile_calculator(*compiled()).glob("*.whl"))
    shutil.copy(wheel, folder / "calculator.whl")
    current = runtime.current(site / SHIPPED)
    floor = FLOOR.replace("RUNTIME", json.dumps(f"{BELOW}assets/runtime/{current['hash']}/"))
    for name, script in (
        ("stock", STOCK),
        ("floor", floor.replace("FILES", json.dumps(list(current["files"])))),
    ):
        (folder / f"{name}.js").write_text(script, "utf-8")
        (folder / f"{name}-worker.js").write_text(IN_WORKER % f"{name}.js", "utf-8")
        in_worker = SHELL % (json.dumps(REQUEST), FROM_WORKER % f"{name}-worker.js")
        on_page = SHELL % (json.dumps(REQUEST), ON_PAGE % f"{name}.js")
        (folder / f"{name}-worker.html").write_text(in_worker, "utf-8")
        (folder / f"{name}-page.html").write_text(on_page, "utf-8")


def compiled() -> tuple[Path, Path, Path, Sequence[str]]:
    """What the runtime's build compiled the calculator from: it is cached by this."""
    return ROOT, runtime.install_tools(runtime.CACHE), runtime.CACHE, runtime.REQUESTS


OUR_PAGE = f"{BELOW}blood-test/"
EVERYBODY = {
    "This page": OUR_PAGE,
    "Stock Pyodide in a worker": "/others/stock-worker.html",
    "Stock Pyodide on the page": "/others/stock-page.html",
    "The floor: no Python": "/others/floor-worker.html",
}


# ------------------------------------------------------------------- one visit


def measure(page: Page, pause: int = 0) -> Measure:
    """Ask twice on an open page."""
    page.evaluate(WATCH)
    ask = OURS if BELOW in page.url else OTHERS
    first = page.evaluate(ask, [FIRST, pause])
    second = page.evaluate(ask, [SECOND, 0])
    page.wait_for_timeout(100)  # Long tasks are told of a little later.
    return Measure(first=first, second=second, blocked=page.evaluate("window.longest"))


def kept(page: Page) -> None:
    """Wait until the browser has kept what makes the next start faster."""
    page.wait_for_timeout(SETTLE)
    if BELOW in page.url:
        page.evaluate(KEPT)


@contextmanager
def profile(playwright: Playwright) -> Iterator[BrowserContext]:
    """A browser that has never been anywhere."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        context = playwright.chromium.launch_persistent_context(
            folder, executable_path=chromium, args=FLAGS
        )
        context.set_default_timeout(PATIENCE)
        yield context
        context.close()


class Visit(TypedDict):
    """One profile's visits to one page."""

    cold: Measure
    warm: Measure
    waited: float  # milliseconds after "Check", when the reader spent 5 seconds on the form
    bytes: int  # over the wire, from intent to the second answer


def visit(playwright: Playwright, server: Server, path: str) -> Visit:
    """Go to a page with a new profile, ask, come back, ask again."""
    with profile(playwright) as context:
        page = context.new_page()
        page.goto(server.origin + path, wait_until="networkidle")
        server.sent.clear()
        cold = measure(page)
        sent = sum(size for _, size in server.sent)
        kept(page)
        page.reload(wait_until="networkidle")
        warm = measure(page)
        waited = 0.0
        if path == OUR_PAGE:
            page.reload(wait_until="networkidle")
            waited = measure(page, pause=5000)["first"]
        return Visit(cold=cold, warm=warm, waited=waited, bytes=sent)


def weight(playwright: Playwright, server: Server) -> int:
    """The gzip'd bytes of a page without a check, before pictures."""
    with profile(playwright) as context:
        server.sent.clear()
        context.new_page().goto(f"{server.origin}{BELOW}bone/", wait_until="networkidle")
        return sum(size for path, size in server.sent if not path.endswith(PICTURES))


# ---------------------------------------------------------------- what it comes to


def tell(line: str) -> None:
    print(f"bench: {line}", flush=True)


def run(site: Path, rounds: int) -> tuple[dict[str, list[Visit]], int, str]:
    """Every visit of every round, a page's weight, and the browser's version."""
    visits: dict[str, list[Visit]] = {name: [] for name in EVERYBODY}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        write_others(Path(folder), site)
        with serving({BELOW: site, "/others/": Path(folder)}) as server:
            for number in range(1, rounds + 1):
                for name, path in EVERYBODY.items():
                    visits[name].append(visit(playwright, server, path))
                    last = visits[name][-1]
                    cold, warm = last["cold"]["first"], last["warm"]["first"]
                    tell(f"round {number} of {rounds}: {name}: {cold:,.0f} / {warm:,.0f}ms")
            with profile(playwright) as context:
                assert context.browser is not None
                version = context.browser.version
            return visits, weight(playwright, server), version


def middle(values: Iterable[float]) -> float:
    return statistics.median(list(values))


def row(name: str, visits: Sequence[Visit], stock: Sequence[Visit]) -> tuple[str, ...]:
    """One line of the table: medians, and what part they are of stock's in a worker."""

    def cell(which: Callable[[Visit], float]) -> str:
        mine, theirs = middle(map(which, visits)), middle(map(which, stock))
        return f"{mine:,.0f}ms ({mine / theirs:.2f})"

    blocked = max(one[when]["blocked"] for one in visits for when in ("cold", "warm"))
    second = middle(one["warm"]["second"] for one in visits)
    return (
        name,
        cell(lambda one: one["cold"]["first"]),
        cell(lambda one: one["warm"]["first"]),
        f"{second:.0f}ms",
        f"{blocked:.0f}ms" if blocked else "under 50ms",
        f"{middle(one['bytes'] for one in visits) / 1e6:.2f}MB",
    )


HEAD = (
    "First visit",
    "Later visit",
    "Second answer",
    "Longest block of the page",
    "Downloaded",
)


def table(visits: Mapping[str, Sequence[Visit]]) -> str:
    """Everybody's figures, as a Markdown list: six columns do not fit a phone."""
    stock = visits["Stock Pyodide in a worker"]
    parts = []
    for name, mine in visits.items():
        figures = zip(HEAD, row(name, mine, stock)[1:], strict=True)
        lines = "\n".join(f"- {title}: {figure}" for title, figure in figures)
        parts.append(f"**{name}**\n\n{lines}")
    return "\n\n".join(parts)


def page(
    visits: Mapping[str, Sequence[Visit]], size: int, version: str, current: runtime.Current
) -> str:
    """The page that says what was measured, how and with what."""
    ours = visits["This page"]
    waited = middle(one["waited"] for one in ours)
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0
    return TEMPLATE.read_text("utf-8").format(
        today=date.today().isoformat(),
        next=date.today().replace(year=date.today().year + 1).isoformat(),
        day=f"{date.today():%-d %B %Y}",
        rounds=len(ours),
        table=table(visits),
        waited=f"{waited:.0f}",
        size=f"{size / 1e3:.0f}",
        chromium=version,
        cores=os.cpu_count(),
        load=f"{load:.1f}",
        hash=current["hash"],
        python=current["python"],
        pyodide=current["pyodide"],
        calculator=current["calculator"],
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the table and write the page; return the exit code."""
    parser = argparse.ArgumentParser(description="Measure how soon the checks answer.")
    parser.add_argument("--rounds", type=int, default=7, help="how often (default: 7)")
    parser.add_argument("--site", type=Path, default=ROOT / "site", help="the built site")
    chosen = parser.parse_args(arguments)
    if not (chosen.site / SHIPPED).is_dir():
        print("bench: build the site first: python3 scripts/dev.py build", file=sys.stderr)
        return 1
    current = runtime.current(chosen.site / SHIPPED)
    visits, size, version = run(chosen.site, chosen.rounds)
    PAGE.write_text(page(visits, size, version, current), "utf-8")
    print(table(visits))
    tell(f"wrote {PAGE.relative_to(ROOT).as_posix()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
