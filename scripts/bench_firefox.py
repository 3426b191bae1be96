"""The same visits in Firefox, on a machine that has one: our page and stock Pyodide."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from typing import TypedDict

from scripts import bench_node
from scripts import bench_visits as visits
from scripts.bench_pages import EVERYBODY, OURS, STOCK
from scripts.bench_server import Server
from scripts.runtime import node

DRIVER = node.ROOT / "scripts" / "bench_firefox.mjs"
NAMES = ("firefox-esr", "firefox")
PATIENCE = 600  # seconds for one round of visits; one takes about 30


class Times(TypedDict):
    """A first answer with a new profile, and after a reload, in milliseconds."""

    cold: float
    warm: float


class Told(TypedDict):
    """What bench_firefox.mjs prints."""

    version: str
    visits: list[Times]


class Firefox(TypedDict):
    """All that Firefox was measured by; no version where the machine has none."""

    version: str
    visits: dict[str, list[Times]]


def program() -> str:
    """The Firefox that dev.py found, or one of this machine's; "" where there is none."""
    return os.environ.get("FIREFOX") or next(filter(None, map(shutil.which, NAMES)), "")


def run(server: Server, rounds: int, tell: Callable[[str], None]) -> Firefox:
    """Every visit of every round."""
    found = Firefox(version="", visits={OURS: [], STOCK: []})
    if not program():
        tell("no Firefox on this machine: left out")
        return found
    task = {
        "program": program(),
        "patience": visits.PATIENCE,
        "settle": visits.SETTLE,
        "first": visits.FIRST,
        "ready": visits.within(visits.READY),
        "kept": visits.within(visits.KEPT),
        "visits": [
            {"address": server.origin + EVERYBODY[OURS], "kept": True}
            | {"ask": visits.within(visits.ASK_OURS)},
            {"address": server.origin + EVERYBODY[STOCK], "kept": False}
            | {"ask": visits.within(visits.ASK_OTHERS)},
        ],
    }
    for number in range(1, rounds + 1):
        try:
            told: Told = json.loads(bench_node.ask(DRIVER, task, PATIENCE))
        except RuntimeError as error:
            # What Chromium was measured by for a quarter of an hour is not thrown away for it.
            tell(f"Firefox was left out: {error}")
            return Firefox(version="", visits={})
        found["version"] = told["version"].removeprefix("firefox/")
        for name, times in zip(found["visits"], told["visits"], strict=True):
            found["visits"][name].append(times)
            tell(f"Firefox, round {number}: {name}: {times['cold']:,.0f} / {times['warm']:,.0f}ms")
    return found
