"""A page with nothing on it but the loader, which asks the runtime beside it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypedDict

from playwright.sync_api import Browser, Page

from tests.browser.sites import BELOW, DOCS, Site, asset
from tests.conftest import until

# As strict as the page's own policy may be; the worker's is its own response's.
POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; worker-src 'self'"
PAGE = f"""<!doctype html>
<html lang="en"><head><title>A page</title><link rel="icon" href="favicon.ico">
<meta http-equiv="Content-Security-Policy" content="{POLICY}; img-src 'self'">
<script type="module" src="page.js"></script></head></html>"""
SCRIPT = """import { Python } from "./LOADER";
const { hash, files } = await (await fetch("assets/runtime/current.json")).json();
window.steps = [];
window.make = (options) =>
  new Python(`runtime/${hash}/`, files, (step) => window.steps.push(step), options);
window.python = window.make();
window.say = (promise) =>
  promise.then((answer) => ({ answer }), ({ name, reason, detail }) => ({ name, reason, detail }));
document.documentElement.dataset.ready = "";
"""
SCRIPTS = ("worker.js", "loader.js", "snapshot.js", "sha256.js")


class Outcome(TypedDict, total=False):
    """What came of a request: an answer, or why there is none."""

    answer: str
    name: str
    reason: str
    detail: str


class Step(TypedDict):
    """What the loader tells of a start."""

    stage: str
    loaded: int
    total: int


def write(root: Path) -> None:
    """Write the page into a folder that has, or will have, a runtime in assets/runtime."""
    for name in SCRIPTS:
        (root / asset(name)).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(DOCS / asset(name), root / asset(name))
    (root / "index.html").write_text(PAGE, "utf-8")
    (root / "page.js").write_text(SCRIPT.replace("LOADER", asset("loader.js")), "utf-8")
    (root / "favicon.ico").write_bytes(b"icon")


@contextmanager
def opened(browser: Browser, site: Site) -> Iterator[Page]:
    """The page, in a context of its own, so that no test finds what another one cached."""
    context = browser.new_context()
    page = context.new_page()
    show(page, site)
    yield page
    context.close()


def show(page: Page, site: Site) -> None:
    """Open the page in a tab and wait until it can be asked."""
    page.goto(f"{site.origin}{BELOW}index.html")
    # Not wait_for_function: it evaluates a string, which the page's policy refuses.
    page.wait_for_selector("html[data-ready]", state="attached")


def ask(page: Page, request: str, options: str = "{}") -> Outcome:
    """Ask the page's Python; what comes of it."""
    outcome: Outcome = page.evaluate(
        f"request => say(window.python.run(request, {options}))", request
    )
    return outcome


def steps(page: Page) -> list[Step]:
    """What the loader has told so far."""
    said: list[Step] = page.evaluate("window.steps")
    return said


def no_worker_remains(page: Page) -> bool:
    """Whether every worker ends: a browser lets a busy one finish for a while before."""
    return until(page, lambda: page.workers == [])


def fails_and_recovers(page: Page, site: Site, name: str, fault: str, reason: str) -> None:
    """With this fault a start ends for this reason, and without it the next one succeeds."""
    site.faults[name] = fault
    outcome = ask(page, "hello")
    assert (outcome["name"], outcome["reason"]) == ("Stopped", reason), outcome
    assert no_worker_remains(page)
    site.faults.clear()
    assert ask(page, "again") == {"answer": '{"heard": "again"}'}
