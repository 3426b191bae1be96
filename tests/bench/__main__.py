"""Measure how soon the page answers, beside others, and write docs/about/performance.md.

    python -m tests.bench [--rounds 7] [--site site]

It measures a built site. The page is written last, with the method, the versions and the medians:
a run that is stopped leaves it as it was.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.bench import pages, report
from tests.bench.pages import EVERYBODY, OURS, ROOT, STOCK
from tests.bench.report import Facts
from tests.bench.server import pack, serving
from tests.bench.visits import visit, wait, wait_at_home, weigh

PAGE = ROOT / "docs" / "about" / "performance.md"


def tell(line: str) -> None:
    """Say what was done."""
    print(f"bench: {line}", flush=True)


def lint_seconds(root: Path) -> float:
    """The seconds of one core that the lint of a tree takes, its start of Python among them.

    No test asserts a time. 0 where the system does not tell of its children's.
    """
    before = os.times()
    lint = [sys.executable, "-m", "scripts.lint", "--root", str(root)]
    subprocess.run(lint, cwd=ROOT, check=False, capture_output=True)
    after = os.times()
    return sum(after[2:4]) - sum(before[2:4])  # user and system time of children


def measure(site: Path, rounds: int) -> tuple[dict[str, dict[str, list[float]]], Facts]:
    """Every visit of every round, everybody in turn, so that a slow minute falls on all."""
    visits: dict[str, dict[str, list[float]]] = {name: {} for name in EVERYBODY}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        pages.write(Path(folder), site)
        pack(Path(folder))
        with serving(Path(folder)) as server:
            for number in range(1, rounds + 1):
                for name, path in EVERYBODY.items():
                    figures = visit(playwright, server, path, ours=name == OURS)
                    if name in (OURS, STOCK):
                        figures["slow"] = wait(playwright, server, path)
                    if name == OURS:
                        figures["at home"] = wait_at_home(playwright, server, path)
                    for figure, value in figures.items():
                        visits[name].setdefault(figure, []).append(value)
                    cold, warm = figures["cold first"], figures["warm first"]
                    tell(f"round {number} of {rounds}: {name}: {cold:,.0f} / {warm:,.0f}ms")
            size, later, chromium = weigh(playwright, server, pages.WITHOUT_CHECK)
    return visits, Facts(
        day=date.today(),
        size=size,
        later=later,
        chromium=chromium,
        cores=os.cpu_count() or 1,
        load=os.getloadavg()[0] if hasattr(os, "getloadavg") else 0,
        versions=pages.versions(site),
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write the page; return the exit code."""
    parser = argparse.ArgumentParser(description="Measure how soon the checks answer.")
    parser.add_argument("--rounds", type=int, default=7, help="how often (default: 7)")
    parser.add_argument("--site", type=Path, default=ROOT / "site", help="the built site")
    chosen = parser.parse_args(arguments)
    if chosen.rounds < 1:
        parser.error("--rounds must be 1 or more")
    if not (chosen.site / "assets" / "runtime").is_dir():
        print("bench: build the site first: python3 scripts/dev.py build", file=sys.stderr)
        return 1
    # Told to end, close the browser as after Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        tell(f"the lint: {lint_seconds(ROOT):.2f}s of one core")
        visits, facts = measure(chosen.site, chosen.rounds)
    except KeyboardInterrupt:
        print("\nbench: stopped; the page is as it was", file=sys.stderr)
        return 130
    PAGE.write_text(report.page(visits, facts), "utf-8")
    for line in report.reaches(visits[OURS], visits[STOCK], facts["size"]):
        tell(line.removeprefix("- "))
    tell(f"wrote {PAGE.relative_to(ROOT).as_posix()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
