"""Ask the calculator the same in every place that runs it, and write down what differs.

    python -m tests.trust.parity                    print what came of it, in a few minutes
    python -m tests.trust.parity --random 100000    ask the shipped engine so many by chance
    python -m tests.trust.parity --python 3.14      try this Python too, which uv finds or fetches

CPython and the whole engine run the calculator's tests. The shipped engine is cut to what the
calculator needs, and pytest needs more: it and the browsers are asked requests instead, and each
answer is compared with CPython's to the letter. `--write` puts it all into docs/about/tests.md.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from calculator import browser
from scripts.blocks import examples
from scripts.runtime import build as runtime
from scripts.runtime.node import PYODIDE, ROOT, Answer, node
from tests import browsers
from tests.conftest import FLAGS
from tests.engine import questions, run
from tests.engine.run import Told
from tests.engine.trouble import together
from tests.trust import report

TESTS = "tests/calculator"
# It ends an engine, and pages make no such request: form.js writes each one itself.
DEEP = f"{TESTS}/test_bad_input.py::test_a_request_that_no_form_makes_is_refused_whole[deep]"
AT_ONCE = 1000  # requests to an engine; then another one starts
SEED = 1


class Outcome(dict[str, int]):
    """How many tests passed, failed and were skipped."""

    def __str__(self) -> str:
        failed, skipped = self.get("failed", 0), self.get("skipped", 0)
        left = f" {skipped:,} that need another program were left out." if skipped else ""
        return f"{self.get('passed', 0) + failed:,} tests, {failed:,} failed.{left}"


def suite(command: Sequence[str], task: str = "") -> tuple[str, Outcome]:
    """Run the calculator's tests by a command; return its Python's version and what came of them.

    Raises RuntimeError where the command gives no answer, with its last words.
    """
    ran = subprocess.run(command, cwd=ROOT, input=task, capture_output=True, encoding="utf-8")
    if not ran.stdout.startswith("{"):
        raise RuntimeError(ran.stderr[-1000:])
    told = json.loads(ran.stdout)
    if told.get("failed"):
        print(ran.stderr, file=sys.stderr)
    return told.pop("python"), Outcome(told)


def another_python(python: str, folder: Path) -> str:
    """Make an environment of this Python, a program or a version, with what the tests import."""
    uv = [sys.executable, "-m", "uv"]
    made = subprocess.run([*uv, "venv", "--quiet", "--python", python, str(folder)])
    if made.returncode:
        sys.exit(f"Python {python} is not here, for the reason above: give the path of one.")
    found = str(folder / ("Scripts" if os.name == "nt" else "bin") / "python")
    install = [*uv, "pip", "install", "--quiet", "--python", found, "--require-hashes"]
    subprocess.run([*install, "-r", "requirements.txt"], cwd=ROOT, check=True)
    return found


def hypothesis_for_pyodide(folder: Path, version: str) -> None:
    """Install the locked Hypothesis, a part of which is compiled, for this Python in Pyodide."""
    locked = re.search(r"(?m)^hypothesis==.*(\n +--hash.*)+", _text(ROOT / "requirements.txt"))
    assert locked, "requirements.txt names no hypothesis"
    wanted = folder / "requirements.txt"
    wanted.write_text(locked[0].rstrip("\\ "), "utf-8")
    abi = json.loads(_text(PYODIDE / "pyodide-lock.json"))["info"]["abi_version"]
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(folder)]
    command += ["--platform", f"pyemscripten_{abi}_wasm32", "--python-version", version]
    command += ["--only-binary", ":all:", "--no-deps", "--require-hashes", "-r", str(wanted)]
    subprocess.run(command, check=True)


def _text(path: Path) -> str:
    return path.read_text("utf-8")


def suite_in_engine(python: str) -> tuple[str, Outcome]:
    """Run the calculator's tests in the whole engine under Node."""
    with tempfile.TemporaryDirectory() as folder:
        hypothesis_for_pyodide(Path(folder), python)
        packages = Path(pytest.__file__).parent.parent
        mounts = {"/tree": ROOT, "/compiled": Path(folder), "/packages": packages}
        task = {
            "pyodide": PYODIDE.as_posix(),
            "mounts": {place: root.as_posix() for place, root in mounts.items()},
            "arguments": [TESTS, "--deselect", DEEP],
        }
        return suite([node(), "tests/engine/suite.mjs"], json.dumps(task))


def expected(request: str) -> Answer:
    """What CPython answers."""
    try:
        return {"response": browser.run(request)}
    except Exception as error:
        return {"error": repr(error)}


def differing(requests: Sequence[str], answers: Sequence[Answer]) -> int:
    """How many answers are not CPython's; of an error, that there is one is compared."""
    pairs = zip(map(expected, requests), answers, strict=True)
    return sum(
        one.get("response") != other.get("response") or ("error" in one) != ("error" in other)
        for one, other in pairs
    )


def shipped(folder: Path, count: int) -> str:
    """Ask the shipped engine under Node what is made by hand, and so many requests by chance."""
    every = questions.every()
    stream = questions.at_random(SEED)
    unlike, done, asked = 0, 0, every
    while asked:
        told = run.under_node(folder, folder / runtime.ENGINE, asked)[0]
        unlike += differing(asked, told["answers"])
        done += len(asked)
        print(f"parity: {done:,} requests, {unlike} answers differ", flush=True)
        asked = list(islice(stream, min(AT_ONCE, count + len(every) - done)))
    return (
        f"{len(every):,} requests by hand and {done - len(every):,} by chance: "
        f"{unlike:,} answers differ. The worked examples are among them."
    )


def told_by(starts: Sequence[Told], requests: Sequence[str]) -> str:
    """What came of the worked examples in a browser, from the files and from the snapshot."""
    unlike = sum(differing(requests, start["answers"]) for start in starts)
    return f"{len(requests):,} worked examples, {len(starts)} starts: {unlike:,} answers differ."


def in_browsers(work: Path) -> Iterator[tuple[str, str]]:
    """Ask each browser of this machine the worked examples."""
    requests = [row.request for row in examples.every()]
    shutil.copytree(runtime.SHIPPED, work / "assets" / "runtime")
    run.write_page(work, requests)
    if program := browsers.chromium():
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=program, args=FLAGS)
            name = f"Chromium {chromium.version}"
            yield name, told_by(run.in_chromium(work, chromium), requests)
            chromium.close()
    if firefox := browsers.firefox():
        version = subprocess.run([firefox, "--version"], capture_output=True, text=True).stdout
        yield version.strip() or "Firefox", told_by(run.in_firefox(work, firefox), requests)
    if driver := browsers.webkit_driver():
        yield "WebKitGTK", told_by(run.in_webkit(work, driver), requests)


def places(pythons: Sequence[str], count: int) -> Iterator[tuple[str, str]]:
    """Yield each place and what came of it."""
    runtime.build()
    ours = runtime.current(runtime.SHIPPED)
    for python in ("", *pythons):
        with tempfile.TemporaryDirectory() as work:
            program = another_python(python, Path(work)) if python else sys.executable
            version, outcome = suite([program, "-m", "tests.engine.suite", TESTS])
        yield f"CPython {version}", str(outcome)
    engine = f"Pyodide {ours['pyodide']} (Python {ours['python']})"
    _, outcome = suite_in_engine(ours["python"])
    yield f"{engine}, whole, under Node", f"{outcome} So was 1 request that no page makes."
    with tempfile.TemporaryDirectory() as work:
        folder = together(runtime.SHIPPED, Path(work) / "runtime")
        yield f"{engine}, cut as we ship it, under Node", shipped(folder, count)
    with tempfile.TemporaryDirectory() as work:
        yield from in_browsers(Path(work))


def main(arguments: Sequence[str] | None = None) -> int:
    """Ask everywhere; return 1 if anything failed or differed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--python", action="append", default=[], help="another Python to try")
    parser.add_argument("--random", type=int, default=2000, metavar="COUNT")
    parser.add_argument("--write", action="store_true", help=f"write {report.PAGE.name} too")
    chosen = parser.parse_args(arguments)
    lines = []
    for where, what in places(chosen.python, chosen.random):
        lines.append(f"- **{where}**: {what}")
        print(lines[-1], flush=True)
    if chosen.write:
        report.keep("places", lines)
    return int(any(re.search(r"\b[1-9][0-9,]* (failed|answers differ)", one) for one in lines))


if __name__ == "__main__":
    sys.exit(main())
