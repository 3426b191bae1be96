"""A published value, and the line of calculator/tables where it is written.

What a page's table works out from a value, such as the other unit, is no value of its own.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLES = Path("calculator/tables")


@dataclass(frozen=True)
class Value:
    """A value as its table prints it: of what, with its unit, its sources, its file and line."""

    of: str
    text: str
    sources: tuple[str, ...]
    file: str
    line: int

    @classmethod
    def at(cls, name: str, number: int | None, of: str, text: str, sources: Iterable[str]) -> Value:
        """The value that is written as a name of the tables, or as one of its elements."""
        return cls(of, text, tuple(sources), *place_of(name, number))


def place_of(name: str, number: int | None = None) -> tuple[str, int]:
    """The file and line of a name of the tables, or of an element of what it stands for."""
    file, value = _made()[name]
    if number is not None:
        assert isinstance(value, ast.Tuple | ast.Dict)
        element = (value.values if isinstance(value, ast.Dict) else value.elts)[number]
        # An element that has a name of its own is written where that name is.
        value = _made()[element.id][1] if isinstance(element, ast.Name) else element
    return file, value.lineno


@cache
def _made() -> dict[str, tuple[str, ast.expr]]:
    """What each name of the tables stands for, as it is written, and in which file."""
    found: dict[str, tuple[str, ast.expr]] = {}
    for path in sorted(TABLES.glob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
                found[node.target.id] = (path.as_posix(), node.value)
            elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                found[node.targets[0].id] = (path.as_posix(), node.value)
    return found
