"""A calculator that has only trouble, in place of ours, and the runtime that ships it."""

import shutil
from pathlib import Path

from scripts.runtime import build as runtime
from scripts.runtime import node

# A calculator that fails, or needs Python itself, in the ways that ours should not.
TROUBLE = '''"""Stands in for the calculator."""
import json
import warnings
from fractions import Fraction


class Thing:
    colour = 1


def recurse():
    return recurse()


def group():
    raise ExceptionGroup("two", [ValueError("one"), KeyError("other")])


def chain():
    try:
        {}["gone"]
    except KeyError as error:
        raise RuntimeError("again") from error


TROUBLES = {
    "zero": lambda: Fraction(1, 0),
    "json": lambda: json.loads("{"),
    "key": lambda: {}["gone"],
    "near": lambda: Thing().color,
    "recursion": recurse,
    "unicode": lambda: "\\ud800".encode(),
    "ascii": lambda: "é".encode("ascii"),
    "latin": lambda: "é".encode("latin-1").hex(),
    "group": group,
    "chain": chain,
    "exit": lambda: exit(3),
    "warning": lambda: warnings.warn("careful"),
    "large": lambda: len(hex(10**9000 // 7**3000)),
    "digits": lambda: str(10**9000),
}


def run(request):
    return str(TROUBLES[request]())
'''
TROUBLES = [line.split('"')[1] for line in TROUBLE.splitlines() if line.startswith('    "')]


def copy_source(target: Path, original: Path = node.ROOT) -> Path:
    """Copy what the calculator's wheel is built from, so that a test can change it."""
    target.mkdir(parents=True)
    shutil.copytree(
        original / "calculator",
        target / "calculator",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    shutil.copy(original / "pyproject.toml", target)
    shutil.copy(original / "LICENSE", target)
    (target / "README.md").write_text("A copy.", "utf-8")
    return target


def ship_trouble(folder: Path) -> Path:
    """Build the runtime whose calculator has only trouble into a new folder; return where it is."""
    source, shipped = copy_source(folder / "tree"), folder / "shipped"
    (source / "calculator" / "browser.py").write_text(TROUBLE, "utf-8")
    runtime.build(source, shipped, requests=["latin"])
    return together(shipped)


def together(shipped: Path) -> Path:
    """Copy a runtime's files into one folder, where Pyodide under Node looks for them."""
    folder = shipped.with_name(f"{shipped.name} together")
    folder.mkdir()
    for place in runtime.places(runtime.current(shipped), shipped).values():
        shutil.copy(place, folder)
    return folder
