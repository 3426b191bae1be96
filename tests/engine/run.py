"""Runs of an engine, under Node and in browsers: what it answers, and which functions it enters."""

from __future__ import annotations

import json
import shutil
import subprocess
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TypedDict

from playwright.sync_api import Browser

from scripts.runtime import build as runtime
from scripts.runtime import node
from scripts.runtime.node import Answer
from tests.browser import bare
from tests.browser.sites import BELOW, asset, serving
from tests.browser.test_firefox import ask as ask_firefox
from tests.browser.webkit import browsing
from tests.conftest import PATIENCE
from tests.engine.trouble import together

HERE = Path(__file__).parent
DONE = "output"
LONGEST = 1200  # seconds that end a run under Node, whatever it is asked


class Told(TypedDict, total=False):
    """What came of one start, and in a browser what it was from and how often it fell back."""

    answers: list[Answer]
    marks: list[int]
    source: str  # files or snapshot
    fallbacks: int


def under_node(
    folder: Path, wasm: Path, *starts: Sequence[str], calculator: Path | None = None
) -> list[Told]:
    """Start the runtime in this folder with this engine, and ask it something after each start.

    The calculator is the one in the folder, if no other is given.
    """
    zipped = (calculator or folder) / runtime.CALCULATOR
    paths = {"pyodide": folder, "wasm": wasm, "calculator": zipped}
    task = {"starts": starts} | {name: path.as_posix() for name, path in paths.items()}
    with subprocess.Popen(
        [node.node(), str(HERE / "run.mjs")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        timer = threading.Timer(LONGEST, process.kill)
        timer.start()
        try:
            line, complaints = process.communicate(json.dumps(task))
        finally:
            timer.cancel()
            process.kill()
    assert line, complaints
    told: list[Told] = json.loads(line)
    return told


def with_engine(shipped: Path, wasm: bytes, target: Path) -> Path:
    """Ship a runtime into another folder, with this engine; return where it is together."""
    current = runtime.current(shipped)
    places = runtime.places(current, shipped)
    files = {name: place.read_bytes() for name, place in places.items()}
    files[runtime.ENGINE] = wasm
    runtime.ship(files, target, current["python"], current["pyodide"], current["calculator"])
    return together(target)


def write_page(root: Path, requests: Sequence[str]) -> None:
    """Write the page that asks all of this into a folder with a runtime in assets/runtime."""
    bare.write(root)
    shutil.copy(HERE / "page.js", root / "page.js")
    (root / "requests.json").write_text(json.dumps(requests), "utf-8")
    worker = root / asset("worker.js")
    worker.write_text((HERE / "hook.js").read_text("utf-8") + worker.read_text("utf-8"), "utf-8")


def in_chromium(root: Path, browser: Browser) -> list[Told]:
    """What the page in this folder writes down in Chromium."""
    with serving(root) as site, browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{site.origin}{BELOW}index.html")
        page.wait_for_selector(DONE, state="attached", timeout=PATIENCE * 1000)
        told: list[Told] = json.loads(page.text_content(DONE) or "[]")
        return told


def in_firefox(root: Path, program: str) -> list[Told]:
    """What the page in this folder writes down in Firefox."""
    with serving(root) as site:
        task = {"program": program, "site": f"{site.origin}{BELOW}", "walks": [], "settings": {}}
        seen = ask_firefox(task | {"reads": [("index.html", DONE)]})
    told: list[Told] = json.loads(seen["reads"][0]["text"])
    return told


def in_webkit(root: Path, driver: str) -> list[Told]:
    """What the page in this folder writes down in WebKit."""
    with serving(root) as site, browsing(driver) as webkit:
        webkit.open(f"{site.origin}{BELOW}index.html")
        text = webkit.wait(f"return document.querySelector('{DONE}')?.textContent")
    told: list[Told] = json.loads(str(text))
    return told
