"""Whether ten times the work takes ten times as long: readings through a check, pages of the site.

The same table of readings goes through CPython and through the very Pyodide that we ship, in
one pass whose clock is read on the way. The site is built with its pages copied, once to ten
times, in a tree of its own that is thrown away.
"""

from __future__ import annotations

import json
import math
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from statistics import linear_regression
from typing import TypedDict

from scripts import bench_node, bench_readings
from scripts.runtime import build as runtime

ROOT = Path(__file__).resolve().parent.parent
DRIVER = ROOT / "scripts" / "bench_readings.mjs"
PATIENCE = 3600  # seconds for all readings in Pyodide; a round takes about 150
COUNTS = (12_500, 25_000, 50_000, 100_000)
SIZES = (1, 2, 5, 10)
# What a build does not read, and is too big to copy.
LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "build", "node_modules", "site")
# It lists every page that cites a source, so a site has one, however many pages there are.
ONE_EACH = "sources.md"
NAV = re.compile(r"(?<=\nnav:\n)(?:  .*\n)+")
# Beyond so many pages nobody looks through a whole menu, and a menu of every page on every page
# makes each page grow with the site: the theme then keeps a link to each other section.
MOST_IN_MENU = 100
FEATURES = "\n  features:\n"
PRUNE = "    - navigation.prune\n"


class Readings(TypedDict):
    """How long a table took by its length, in seconds: for each door, a row for each round."""

    python: str
    doors: dict[str, list[list[float]]]


class Build(TypedDict):
    """How long a site of so many pages took, in seconds, a figure for each round."""

    pages: int
    build: list[float]
    publish: list[float]


class Growth(TypedDict):
    """All that was measured of growth."""

    day: str
    readings: dict[str, Readings]
    site: list[Build]


# ------------------------------------------------------------------------ readings


def in_cpython(rounds: int) -> Readings:
    """Check the table in the Python that runs this."""
    told: Readings = json.loads(bench_readings.run(json.dumps([COUNTS, rounds])))
    return told


def in_pyodide(rounds: int, shipped: Path) -> Readings:
    """Check the table in the runtime that a site ships, under Node, which is ended after it."""
    task = {
        "runtime": f"{(shipped / runtime.current(shipped)['hash']).resolve().as_posix()}/",
        "program": Path(bench_readings.__file__).read_text("utf-8"),
        "request": json.dumps([COUNTS, rounds]),
    }
    answer = json.loads(bench_node.ask(DRIVER, task, PATIENCE))
    told: Readings = json.loads(answer["response"])
    return told


# ------------------------------------------------------------------------ the site


def copy_pages(tree: Path, copies: int) -> int:
    """Give a tree its pages so many times over, in the menu too; how many pages there are."""
    docs = tree / "docs"
    pages = sorted(path for path in docs.rglob("*.md") if path.name != ONE_EACH)
    settings = tree / "mkdocs.yml"
    text = settings.read_text("utf-8")
    menu = NAV.search(text)
    assert menu, "mkdocs.yml has no nav"
    added = []
    for number in range(1, copies):
        added.append(f"  - Copy {number}:\n")
        own = re.sub(rf"(?m)^.* {ONE_EACH}\n", "", menu[0])
        inner = re.sub(r"(?m)([\w/-]+\.md)$", rf"copy-{number}/\1", own)
        added.append(re.sub(r"(?m)^", "    ", inner.rstrip("\n")) + "\n")
        for page in pages:
            copy = docs / f"copy-{number}" / page.relative_to(docs)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(page, copy)
    count = len(pages) * copies + 1
    text = text[: menu.end()] + "".join(added) + text[menu.end() :]
    if count > MOST_IN_MENU:
        text = text.replace(FEATURES, FEATURES + PRUNE)
    settings.write_text(text, "utf-8")
    return count


def timed(command: Sequence[str], tree: Path) -> float:
    """How many seconds a command takes in a tree; CalledProcessError where it fails."""
    before = time.perf_counter()
    environment = os.environ | {"PYTHONUTF8": "1", "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run(command, cwd=tree, env=environment, check=True, capture_output=True)
    return time.perf_counter() - before


def build_site(copies: int) -> tuple[int, float, float]:
    """The pages of a site of so many copies, and the seconds to build and to publish it."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        tree = Path(folder) / "site"
        shutil.copytree(ROOT, tree, ignore=LEFT_OUT)
        pages = copy_pages(tree, copies)
        built = timed([sys.executable, "-m", "mkdocs", "build", "--quiet"], tree)
        return pages, built, timed([sys.executable, "-m", "scripts.publish"], tree)


def linted(tree: Path) -> float:
    """The seconds of one core that the lint of a tree takes, its start of Python among them.

    Nothing where the system does not tell of its children's time.
    """
    before = os.times()
    command = [sys.executable, "-m", "scripts.lint", "--root", str(tree)]
    subprocess.run(command, cwd=ROOT, check=False, capture_output=True)
    after = os.times()
    user = after.children_user - before.children_user
    return user + after.children_system - before.children_system


# ---------------------------------------------------------------------- all of it


def run(rounds: int, shipped: Path, tell: Callable[[str], None]) -> Growth:
    """Measure both kinds of growth, the sites of every size in turn in each round."""
    readings = {}
    tell(f"the lint: {min(linted(ROOT) for _ in range(rounds)):.2f}s of one core")
    tell("readings in CPython")
    readings["CPython"] = in_cpython(rounds)
    tell("readings in Pyodide")
    readings["Pyodide"] = in_pyodide(rounds, shipped)
    sizes = {size: Build(pages=0, build=[], publish=[]) for size in SIZES}
    for number in range(1, rounds + 1):
        for size, found in sizes.items():
            found["pages"], built, published = build_site(size)
            found["build"].append(built)
            found["publish"].append(published)
            tell(f"round {number} of {rounds}: {found['pages']} pages: {built:.1f}s")
    return Growth(day=date.today().isoformat(), readings=readings, site=list(sizes.values()))


def exponent(counts: Sequence[float], times: Sequence[float]) -> float:
    """The power of the count that the time grows with: 1 is linear, 2 the square."""
    return linear_regression([*map(math.log, counts)], [*map(math.log, times)]).slope
