"""Who is measured: our page as it is on the site, and the pages of `others/` beside it.

Each page of the others has a function `answer(value)`, which starts on its first call and gives
the result as HTML. All of their files are ours to serve: no other host is asked.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MODULES = ROOT / "node_modules"

OURS, STOCK, FLOOR = "This page", "Stock Pyodide in a worker", "The floor: no Python"
EVERYBODY = {
    OURS: "/magnesium/blood-test/",
    STOCK: "/others/?stock-worker",
    "Stock Pyodide on the page": "/others/?stock-page",
    "PyScript in a worker": "/others/?pyscript-page",
    FLOOR: "/others/?floor-worker",
}
WITHOUT_CHECK = "/magnesium/bone/"


def write(folder: Path, site: Path) -> None:
    """Put everybody's pages into a folder to be served, beside what they start from."""
    others = folder / "others"
    shutil.copytree(site, folder / "magnesium")
    shutil.copytree(Path(__file__).with_name("others"), others)
    shutil.copytree(MODULES / "pyodide", others / "pyodide")
    shutil.copytree(MODULES / "@pyscript" / "core" / "dist", others / "pyscript")
    flit = [sys.executable, "-m", "flit_core.wheel", "--outdir", str(others), str(ROOT)]
    subprocess.run(flit, check=True, capture_output=True)
    next(others.glob("*.whl")).rename(others / "calculator.whl")


def versions(site: Path) -> dict[str, str]:
    """The hash of a site's runtime, and the versions of what is in it and of PyScript."""
    found = json.loads((site / "assets" / "runtime" / "current.json").read_text("utf-8"))
    pyscript = json.loads((MODULES / "@pyscript" / "core" / "package.json").read_text("utf-8"))
    names = ("hash", "python", "pyodide", "calculator")
    return {name: found[name] for name in names} | {"pyscript": pyscript["version"]}
