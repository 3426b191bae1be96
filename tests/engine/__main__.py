"""Write down which functions of the engine run, or compare the one that is cut with the whole one.

    python -m tests.engine                   write scripts/runtime/ran.txt
    python -m tests.engine --random 100000   ask both so many random requests, under Node

Write it for a new Pyodide, and when a test says that an answer of the calculator now needs more.
What runs is found under Node and in Chromium, and in Firefox and WebKit where they are installed.
What the list already names for this Pyodide stays in it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from playwright.sync_api import sync_playwright

from scripts.runtime import build as runtime
from scripts.runtime.cut import RAN, entered, instrumented, ran_text, read_ran
from scripts.runtime.node import PYODIDE, BuildError
from tests import browsers
from tests.conftest import FLAGS, program
from tests.engine import questions, run
from tests.engine.run import Told
from tests.engine.trouble import TROUBLES, ship_trouble, together

FEW = 4  # each so manieth request is asked in browsers too, where starts differ and answers do not
AT_ONCE = 1000  # requests to a Python; then another one starts
SEED = 1


def tell(line: str) -> None:
    """Say what was done."""
    print(f"engine: {line}", flush=True)


def runs(work: Path, wasm: bytes) -> Iterator[tuple[str, list[Told]]]:
    """Yield what ran where, each time from the files and from a snapshot."""
    engine = work / runtime.ENGINE
    engine.write_bytes(instrumented(wasm))
    asked, trouble = questions.every(), ship_trouble(work / "trouble")
    yield "Node, in trouble", run.under_node(trouble, engine, TROUBLES, TROUBLES)
    shipped = work / "assets" / "runtime"
    folder = run.with_engine(runtime.SHIPPED, engine.read_bytes(), shipped)
    yield "Node", run.under_node(folder, engine, asked, asked)
    run.write_page(work, asked[::FEW])
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program(), args=FLAGS)
        yield "Chromium", run.in_chromium(work, chromium)
        chromium.close()
    if firefox := browsers.firefox():
        yield "Firefox", run.in_firefox(work, firefox)
    if webkit := browsers.webkit_driver():
        yield "WebKit", run.in_webkit(work, webkit)


def write() -> None:
    """Write the list, with what it already names for this Pyodide."""
    wasm = (PYODIDE / runtime.ENGINE).read_bytes()
    try:
        ran = read_ran(wasm)
    except BuildError:  # It is of another Pyodide, or not there yet.
        RAN.write_text(ran_text(wasm, frozenset()), "utf-8")
        ran = frozenset()
    runtime.build()
    with tempfile.TemporaryDirectory() as folder:
        for where, starts in runs(Path(folder), wasm):
            found = frozenset[int]().union(*(entered(wasm, told["marks"]) for told in starts))
            tell(f"{where}: {len(found)} functions, {len(found - ran)} of them new")
            ran |= found
    RAN.write_text(ran_text(wasm, ran), "utf-8")
    tell(f"wrote {RAN.name}, {len(ran)} functions")


def compare(count: int) -> int:
    """Ask both engines the same random requests; return how many were answered differently.

    A function that was cut ends the run with Node's words.
    """
    runtime.build()
    with tempfile.TemporaryDirectory() as work:
        return different(together(runtime.SHIPPED, Path(work) / "runtime"), count)


def different(folder: Path, count: int) -> int:
    """Return how many of so many requests the two engines in a folder answer differently."""
    stream, unlike = questions.at_random(SEED), 0
    for done in range(0, count, AT_ONCE):
        asked = list(islice(stream, min(AT_ONCE, count - done)))
        cut, whole = (
            run.under_node(folder, folder / name, asked)[0]["answers"]
            for name in (runtime.ENGINE, runtime.WHOLE)
        )
        unlike += sum(one != other for one, other in zip(cut, whole, strict=True))
        tell(f"{done + len(asked)} requests, {unlike} answers differ")
    return unlike


def main(arguments: Sequence[str] | None = None) -> int:
    """Write or compare; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--random", type=int, default=0, metavar="COUNT")
    chosen = parser.parse_args(arguments)
    if chosen.random:
        return 1 if compare(chosen.random) else 0
    write()
    return 0


if __name__ == "__main__":
    sys.exit(main())
