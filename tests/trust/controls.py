"""Each control of the hazard log is taken away, to see that the tests that it names fail.

    python -m tests.trust.controls [--hazard N]

controls.csv has a row or more for each test that docs/about/safety.md names: a text that stands
once in a file of ours, and what stands in its place when the control is gone. In a copy of the
repository one is put in at a time, and the test runs. One that passes all the same proves nothing.
"""

from __future__ import annotations

import argparse
import ast
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tests.trust import report

ROOT = Path(__file__).parent.parent.parent
ROWS = Path(__file__).with_name("controls.csv")
# What is not copied, but for the first two, to which the copy has links.
LEFT_OUT = (".venv", "node_modules", ".git", "site", "__pycache__", ".*_cache", ".hypothesis")
# In the copy a test waits less long for what no longer happens.
PATIENCE = ("tests/conftest.py", "PATIENCE = 180", "PATIENCE = 60")
LONGEST = 240  # seconds for one test


class Control(NamedTuple):
    """What takes a control away, and the test that must notice."""

    hazard: str
    test: str
    file: str
    was: str
    now: str


def rows() -> list[Control]:
    """Every row of the table."""
    return [Control(*row.split("\t")) for row in ROWS.read_text("utf-8").splitlines()[1:]]


def places() -> dict[str, list[str]]:
    """Each test by its name, and where pytest finds it; two files may have one of one name."""
    found: dict[str, list[str]] = {}
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                place = f"{path.relative_to(ROOT).as_posix()}::{node.name}"
                found.setdefault(node.name, []).append(place)
    return found


def copy(tree: Path) -> None:
    """Copy the repository, with what a build has made and makes anew."""
    shutil.copytree(ROOT, tree, ignore=shutil.ignore_patterns(*LEFT_OUT), symlinks=True)
    for name in LEFT_OUT[:2]:
        (tree / name).symlink_to(ROOT / name)


@contextmanager
def edited(tree: Path, file: str, was: str, now: str) -> Iterator[None]:
    """A tree in which one text is another, for a while."""
    text = (tree / file).read_text("utf-8")
    if text.count(was) != 1:
        raise ValueError(f"{file}: {was!r} stands there {text.count(was)} times, and not once")
    (tree / file).write_text(text.replace(was, now), "utf-8", newline="\n")
    yield
    (tree / file).write_text(text, "utf-8", newline="\n")


def failure(tree: Path, tests: Iterable[str], longest: int | None = None) -> str:
    """What pytest says of the first test that fails; "" where all pass. Raises TimeoutExpired."""
    # No compiled code that would outlive an edit; and the words of a failure in one long line.
    outside = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "250"}
    options = ("-xq", "-rfE", "-pno:cacheprovider", f"--basetemp={tree.parent / 'made'}")
    command = [sys.executable, "-m", "pytest", *options, *tests]
    ran = subprocess.run(
        command, cwd=tree, env=outside, capture_output=True, text=True, timeout=longest
    )
    if ran.returncode == 0:
        return ""
    lines = [line for line in ran.stdout.splitlines() if line.startswith(("FAILED ", "ERROR "))]
    # Some tests look at their end whether anything ran that should not.
    ending = "FAILED at its end: " if " ERROR at teardown of " in ran.stdout else ""
    return ending + (" ".join(lines) or (ran.stdout + ran.stderr)[-500:])


def noticed(tree: Path, control: Control, tests: Sequence[str]) -> tuple[bool, str]:
    """Whether a test fails without its control, and how. An error, or no end, is no failure."""
    with edited(tree, control.file, control.was, control.now):
        try:
            how = failure(tree, tests, LONGEST)
        except subprocess.TimeoutExpired:
            return False, f"stopped after {LONGEST} s"
    return how.startswith("FAILED "), how


def main(arguments: Sequence[str]) -> int:
    """Take away each control, and print what notices; 0 when each was noticed."""
    parser = argparse.ArgumentParser(prog="python -m tests.trust.controls", description=__doc__)
    parser.add_argument("--hazard", default="", help="only the controls of this one")
    parser.add_argument("--write", action="store_true", help=f"write {report.PAGE.name} too")
    options = parser.parse_args(arguments)
    chosen = [row for row in rows() if options.hazard in ("", row.hazard)]
    where, missed, began = places(), list[str](), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="controls-", ignore_cleanup_errors=True) as folder:
        tree = Path(folder) / "tree"
        copy(tree)
        with edited(tree, *PATIENCE):
            tests = dict.fromkeys(place for row in chosen for place in where[row.test])
            if how := failure(tree, tests):
                print(f"With every control in place: {how}", flush=True)
                return 1
            print(f"{len(tests)} tests pass, {time.monotonic() - began:.0f} s", flush=True)
            for row in chosen:
                is_noticed, how = noticed(tree, row, where[row.test])
                words = "noticed" if is_noticed else "NOT NOTICED"
                print(f"{row.hazard}. {words}: {row.test}: {how[:300]}", flush=True)
                if not is_noticed:
                    missed.append(f"    - {row.hazard}. `{row.test}`: `{row.was}`")
    hazards = len({row.hazard for row in chosen})
    figures = f"{len(chosen)} controls of {hazards} hazards: {len(chosen) - len(missed)} noticed"
    print(f"{figures}, {len(missed)} not, in {time.monotonic() - began:.0f} s", flush=True)
    if options.write:
        report.keep("controls", [f"- {figures}.", f"- {len(missed)} not.", "", *missed])
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
