"""Links that open a pre-filled report of a wrong number, where the site knows its repository.

The address comes from the environment, as in mkdocs.yml, so that a fork's pages report to
the fork. The names of the fields are those of .github/ISSUE_TEMPLATE/wrong-number.yml.
"""

from __future__ import annotations

import ast
import os
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

WORDS = "Challenge a number in this table"
# The table of the calculator that each block of a page shows.
TABLES = {
    "adults": ("calculator/reference.py", "INTAKE_ROWS"),
    "foods": ("calculator/foods.py", "FOODS"),
    "grades": ("calculator/reference.py", "CTCAE_RAISED"),
    "intakes": ("calculator/reference.py", "INTAKE_ROWS"),
    "limits": ("calculator/reference.py", "LIMIT_ROWS"),
    "onsets": ("calculator/reference.py", "ONSETS"),
    "ranges": ("calculator/reference.py", "RANGES"),
    "salts": ("calculator/reference.py", "SALTS"),
    "serum": ("calculator/reference.py", "SERUM_ROWS"),
    "spacings": ("calculator/reference.py", "SPACINGS"),
}


def repository() -> str:
    """The address of the repository, without a slash at its end; "" where none is set."""
    return os.environ.get("REPO_URL", "").rstrip("/")


def report(**fields: str) -> str:
    """The address that opens a report with these fields filled in; "" without a repository."""
    if not repository():
        return ""
    return f"{repository()}/issues/new?{urlencode({'template': 'wrong-number.yml', **fields})}"


def of_table(name: str) -> str:
    """The address of a report about a table, which names the line where its numbers stand."""
    if name not in TABLES:
        return ""
    file, variable = TABLES[name]
    return report(where=f"{file}, line {_lines(file)[variable]} and below")


@cache
def _lines(file: str) -> dict[str, int]:
    """The line on which each table of a module begins."""
    tree = ast.parse(Path(file).read_text(encoding="utf-8"))
    found = {}
    for node in tree.body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            found[node.target.id] = node.lineno
    return found
