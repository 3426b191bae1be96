"""Measure how soon the page answers, beside others, and whether more work takes in proportion.

    python -m scripts.bench [--rounds 7] [--only start|growth] [--site site]

It measures a built site and writes docs/about/performance.md with the method, the versions and
the medians. What a part found is kept in build/bench/ once the part is whole, and the page is
written from both parts: stopped midway, it leaves the page and what was kept as they were.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from playwright.sync_api import sync_playwright

from scripts import bench_firefox, bench_growth, bench_pages, bench_report
from scripts.bench_pages import BELOW, EVERYBODY, OTHERS, SHIPPED
from scripts.bench_report import Start
from scripts.bench_server import serving
from scripts.bench_visits import Visit, visit, weigh
from scripts.runtime import build as runtime
from scripts.runtime import node

ROOT = node.ROOT
PAGE = ROOT / "docs" / "about" / "performance.md"
KEPT = ROOT / "build" / "bench"
FEWER = 3  # rounds at most of what takes long and is not what readers wait for


def tell(line: str) -> None:
    """Say what is being done."""
    print(f"bench: {line}", flush=True)


def start(site: Path, rounds: int) -> Start:
    """Every visit of every round, everybody in turn, so that a slow minute falls on all."""
    visits: dict[str, list[Visit]] = {name: [] for name in EVERYBODY}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        bench_pages.write(Path(folder), site)
        with serving({BELOW: site, OTHERS: Path(folder)}) as server:
            for number in range(1, rounds + 1):
                for name, path in EVERYBODY.items():
                    visits[name].append(last := visit(playwright, server, path))
                    cold, warm = last["cold"]["first"], last["warm"]["first"]
                    tell(f"round {number} of {rounds}: {name}: {cold:,.0f} / {warm:,.0f}ms")
            weight, chromium = weigh(playwright, server)
            firefox = bench_firefox.run(server, min(rounds, FEWER), tell)
    return Start(
        day=date.today().isoformat(),
        visits=visits,
        firefox=firefox,
        weight=weight,
        chromium=chromium,
        pyscript=bench_pages.pyscript_version(),
        cores=os.cpu_count() or 1,
        load=os.getloadavg()[0] if hasattr(os, "getloadavg") else 0,
        runtime=runtime.current(site / SHIPPED),
    )


def write(file: Path, text: str) -> None:
    """Write a file whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f".{file.name}.new")
    fresh.write_text(text, "utf-8")
    fresh.replace(file)


def report(kept: Path, file: Path) -> bool:
    """Write the page from what is kept of both parts; whether there was all of it."""
    parts = [kept / f"{part}.json" for part in ("start", "growth")]
    if missing := [part.stem for part in parts if not part.is_file()]:
        tell(f"the page waits for the other part: --only {missing[0]}")
        return False
    write(file, bench_report.page(*(json.loads(part.read_text("utf-8")) for part in parts)))
    tell(f"wrote {file.name}")
    return True


def stop_as_ctrl_c() -> None:
    """Hear whatever asks us to end as Ctrl-C, so that no browser and no Node is left behind."""
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.default_int_handler)


def measure(site: Path, rounds: int, only: str) -> None:
    """Measure each part that was asked for, and keep what it found."""
    parts: dict[str, Callable[[], object]] = {
        "start": lambda: start(site, rounds),
        "growth": lambda: bench_growth.run(min(rounds, FEWER), site / SHIPPED, tell),
    }
    for name in (only,) if only else parts:
        write(KEPT / f"{name}.json", json.dumps(parts[name](), indent=1) + "\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, keep what was found and write the page; return the exit code."""
    parser = argparse.ArgumentParser(description="Measure how soon the checks answer.")
    parser.add_argument("--rounds", type=int, default=7, help="how often (default: 7)")
    parser.add_argument("--only", choices=("start", "growth"), default="", help="one part")
    parser.add_argument("--site", type=Path, default=ROOT / "site", help="the built site")
    chosen = parser.parse_args(arguments)
    if chosen.rounds < 1:
        parser.error("--rounds must be 1 or more")
    if not (chosen.site / SHIPPED).is_dir():
        print("bench: build the site first: python3 scripts/dev.py build", file=sys.stderr)
        return 1
    stop_as_ctrl_c()
    try:
        measure(chosen.site, chosen.rounds, chosen.only)
    except KeyboardInterrupt:
        print("\nbench: stopped; the page is as it was", file=sys.stderr)
        return 130
    report(KEPT, PAGE)
    return 0


if __name__ == "__main__":
    sys.exit(main())
