"""A calculator that has only trouble, in place of ours, and the runtime that ships it."""

import shutil
from pathlib import Path

from scripts.runtime import build as runtime
from scripts.runtime import node

# A calculator that fails, or needs Python itself, in the ways that ours should not. "ordinary" is
# every method of the everyday types, of which a changed calculator may need another one.
TROUBLE = '''"""Stands in for the calculator."""
import json
import re
import warnings
from fractions import Fraction

PATTERN = re.compile("(a)|b")


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


# With a large number these would never end.
NEVER = {"__pow__", "__rpow__", "__lshift__", "__rlshift__", "__round__", "__format__"}


def everyday():
    fixed = ("a b", "é", "日本", "", b"ab", 5, -7, 2**100, 1.5, True, None, (2, 1), Fraction(1, 3))
    return [*fixed, [3, 1, 2], {"a": 1}, {1, 2}, frozenset((1,)), range(5), iter("ab"), PATTERN]


def ordinary():
    for number, value in enumerate(everyday()):
        for name in sorted({*dir(value)} - NEVER):
            for given in ((), *((one,) for one in everyday()), (1, 2), ("a", "b")):
                try:
                    getattr(everyday()[number], name)(*given)
                except Exception:
                    pass


TROUBLES = {
    "ordinary": ordinary,
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


def together(shipped: Path, folder: Path | None = None) -> Path:
    """Copy a runtime's files into one new folder, where Pyodide under Node looks for them."""
    folder = folder or shipped.with_name(f"{shipped.name} together")
    folder.mkdir()
    for place in runtime.places(runtime.current(shipped), shipped).values():
        shutil.copy(place, folder)
    return folder
