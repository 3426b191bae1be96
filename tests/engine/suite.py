"""The calculator's own tests, in the Python that runs inside Node: it has no other processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Never
from unittest.mock import MagicMock

import pytest


class Counted:
    """What became of the tests."""

    def __init__(self) -> None:
        self.outcomes: Counter[str] = Counter()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count a test once: as passed where it ran, as failed or skipped wherever it was."""
        if report.when == "call" or not report.passed:
            self.outcomes[report.outcome] += 1


def no_process(*_: object, **__: object) -> Never:
    """Stand in for another process, and for a pipe to it."""
    pytest.skip("no other process can be started here")


def main(arguments: list[str]) -> str:
    """Run pytest; return Python's version and how many tests passed, failed or were skipped."""
    os.chdir(Path(__file__).parent.parent.parent)
    if sys.platform == "emscripten":
        vars(subprocess)["Popen"] = vars(os)["pipe"] = no_process
        # tests/conftest.py can start browsers, which no test of the calculator asks for.
        sys.modules["playwright"] = sys.modules["playwright.sync_api"] = MagicMock()
    counted = Counted()
    options = ("-q", "-p", "no:cacheprovider", "-p", "no:xdist")
    pytest.main([*options, *arguments], plugins=[counted])
    return json.dumps({"python": sys.version.partition(" ")[0], **counted.outcomes})


if __name__ == "__main__":
    answer, sys.stdout = sys.stdout, sys.stderr
    print(main(sys.argv[1:]), file=answer)
