"""Ask a program of Node one thing: JSON in, one line of JSON out, and then it is ended."""

from __future__ import annotations

import contextlib
import json
import subprocess
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path

from scripts.runtime import node

FAREWELL = 20  # seconds in which a program that was told to end may end what it started


def ask(driver: Path, task: Mapping[str, object], patience: float) -> str:
    """The line that a driver answers a task with. Raises RuntimeError where there is none.

    Told to end and not killed, whatever happens here: it must end the browser that it started.
    """
    with tempfile.TemporaryFile("w+", encoding="utf-8") as complaints:
        process = subprocess.Popen(
            [node.node(), str(driver)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=complaints,
            encoding="utf-8",
        )
        timer = threading.Timer(patience, process.terminate)
        timer.start()
        try:
            assert process.stdin is not None
            assert process.stdout is not None
            with contextlib.suppress(BrokenPipeError):
                process.stdin.write(json.dumps(task))
                process.stdin.close()
            line = process.stdout.readline()
        finally:
            timer.cancel()
            process.terminate()
            end(process)
        complaints.seek(0)
        if not line:
            raise RuntimeError(f"{driver.name} gave no answer: {complaints.read().strip()}")
        return line


def end(process: subprocess.Popen[str]) -> None:
    """Wait for a program that was told to end; by force where it takes too long."""
    try:
        process.wait(FAREWELL)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
