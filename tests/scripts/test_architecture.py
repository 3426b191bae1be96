"""The laws of the scripts' own text: which room may read which."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

SCRIPTS = ROOT / "scripts"
FILES = sorted(SCRIPTS.rglob("*.py"))

# A room reads rooms of lower lines. blocks and lint are two roofs over one house, publish reads
# what was built, runtime knows nobody, and dev.py calls all of them as commands.
LEVEL = {
    "__init__": 0,
    "pages": 1,
    "runtime": 1,
    "sources": 2,
    "claims": 3,
    "data": 4,
    "blocks": 5,
    "lint": 5,
    "publish": 5,
    "dev": 6,
}

every_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.as_posix())


def room(path: Path) -> str:
    """The room of a file, or the file itself where it stands in none."""
    return path.relative_to(SCRIPTS).with_suffix("").parts[0]


def rooms_read(path: Path) -> Iterator[str]:
    """Every room that a file imports from."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            parts = node.module.split(".")
            if parts[0] == "scripts":
                yield from parts[1:2] or (alias.name for alias in node.names)


def test_every_room_has_its_level() -> None:
    """A new room is put into the order of imports, and none is left there that went."""
    assert set(LEVEL) == {room(path) for path in FILES}


@every_file
def test_imports_run_down_the_rooms(path: Path) -> None:
    """No file reads a room above its own, or one beside it."""
    own = room(path)
    wrong = [r for r in rooms_read(path) if r != own and LEVEL[r] >= LEVEL[own]]
    assert not wrong, f"{path.name} imports from {', '.join(wrong)}"


@every_file
def test_scripts_look_at_no_test(path: Path) -> None:
    """scripts/ makes the site and tests/ looks at it, never the other way round."""
    tree = ast.parse(path.read_text("utf-8"))
    modules = [n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)]
    assert not [module for module in modules if module.split(".")[0] == "tests"]


@pytest.mark.parametrize("path", [*FILES, *(ROOT / "tests").rglob("*.py")], ids=str)
def test_a_file_of_code_ends_before_400_lines(path: Path) -> None:
    """What has grown longer holds two things."""
    assert len(path.read_text("utf-8").splitlines()) <= 400
