"""Slips put into the calculator one at a time, to see that a test fails for each.

A slip is a small edit: ``<`` for ``<=``, ``and`` for ``or``, a number one more, words with a mark
in front. One that no test notices is a line that could be wrong quietly. It runs the calculator's
quick tests in a process of its own for each slip. mutmut leaves out every property and constant;
cosmic-ray starts pytest anew each time and brings 14 packages: so this is ours.
"""

from __future__ import annotations

import ast
import contextlib
import gc
import hashlib
import importlib.abc
import importlib.machinery
import importlib.util
import os
import random
import resource
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, ModuleType

import hypothesis
import pytest

ROOT = Path(__file__).parent.parent.parent
PACKAGE = ROOT / "calculator"
# Seconds of a core after which a mutant counts as noticed, while it says what is pinned (which
# takes less than 1) and in all (about 15).
PINNED, LONGEST = 5, 45
MARK = "XX"
MISSED = "missed"
# What a person sees only by asking for help on the command line.
HELP = ("help", "metavar", "prog")
# Tests that look at the code and not at what it does, and those that take longest.
UNJUDGING = ("test_architecture",)
SLOW = ("test_serum", "test_intake", "test_second", "test_laws", "test_bad_input")
NO_SHRINKING = (hypothesis.Phase.explicit, hypothesis.Phase.generate)
UNJUDGED = ("annotation", "returns", "decorator_list")

_COMPARED = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_REACHED = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
}
_CALLED = {"min": "max", "max": "min", "any": "all", "all": "any"}


def others(node: ast.AST) -> Iterator[ast.AST]:
    """What could stand in the place of a node by a slip."""
    match node:
        case ast.Compare(left, ops, comparators):
            for at, op in enumerate(ops):
                swapped = [*ops[:at], _COMPARED[type(op)](), *ops[at + 1 :]]
                yield ast.Compare(left, swapped, comparators)
        case ast.BoolOp(op, values):
            yield ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
        case ast.BinOp(left, op, right) if type(op) in _REACHED:
            yield ast.BinOp(left, _REACHED[type(op)](), right)
        case ast.UnaryOp(ast.Not() | ast.USub(), operand):
            yield operand
        case ast.IfExp(test, body, orelse):
            yield ast.IfExp(test, orelse, body)
        case ast.If(test, body, orelse):
            yield ast.If(ast.UnaryOp(ast.Not(), test), body, orelse)
        case ast.comprehension(target, over, ifs, is_async) if ifs:
            yield ast.comprehension(target, over, [], is_async)
        case ast.Name(name) if name in _CALLED:
            yield ast.Name(_CALLED[name], ast.Load())
        case ast.Constant(bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(int(value)):
            yield ast.Constant(value + 1)
        case ast.Constant(str(value)):
            yield ast.Constant(MARK + value)


def judged(node: ast.AST) -> bool:
    """Whether a reader could be told wrong by what a node says."""
    match node:
        case ast.Expr(ast.Constant()) | ast.Assert() | ast.Raise() | ast.Import():
            return False
        case ast.ImportFrom():
            return False
        case ast.keyword(name) if name in HELP:
            return False
    return True


class _Slip(ast.NodeTransformer):
    """Lists every slip that can be made, and makes the one whose number is wanted."""

    def __init__(self, wanted: int = -1) -> None:
        self.wanted = wanted
        self.found: list[tuple[int, ast.AST, ast.AST]] = []

    def visit(self, node: ast.AST) -> ast.AST:
        if not judged(node):
            return node
        # What is asked of readers is not in types or decorators.
        kept = {name: getattr(node, name) for name in UNJUDGED if hasattr(node, name)}
        for name, value in kept.items():
            setattr(node, name, [] if isinstance(value, list) else None)
        for other in others(node):
            self.found.append((getattr(node, "lineno", 0), node, other))
            if len(self.found) - 1 == self.wanted:
                return ast.copy_location(other, node) if hasattr(node, "lineno") else other
        self.generic_visit(node)
        for name, value in kept.items():
            setattr(node, name, value)
        return node


def _code(node: ast.AST) -> str:
    node = node.test if isinstance(node, ast.If) else node
    return " ".join(ast.unparse(node).split())


@dataclass(frozen=True)
class Mutant:
    """A module of the calculator with one slip."""

    path: str
    number: int
    line: int
    was: str
    now: str

    @property
    def module(self) -> str:
        """The module's name."""
        parts = Path(self.path).with_suffix("").parts
        return ".".join(part for part in parts if part != "__init__")

    @property
    def key(self) -> str:
        """Its name in one state of the calculator."""
        return f"{self.path}#{self.number}"

    @property
    def slip(self) -> str:
        """The slip without its line, which moves."""
        return f"{self.path}: {self.was} -> {self.now}"

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.was} -> {self.now}"

    def code(self) -> CodeType:
        """The module, compiled."""
        tree = ast.parse((ROOT / self.path).read_text("utf-8"))
        _Slip(self.number).visit(tree)
        return compile(ast.fix_missing_locations(tree), str(ROOT / self.path), "exec")


def mutants() -> list[Mutant]:
    """Every slip that can be made, in the order of the lines."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        name, source = path.relative_to(ROOT).as_posix(), path.read_text("utf-8")
        counted = _Slip()
        counted.visit(ast.parse(source))
        slips = ((line, _code(was), _code(now)) for line, was, now in counted.found)
        found += [Mutant(name, number, *slip) for number, slip in enumerate(slips)]
    return found


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives one module of the calculator with its slip; Python finds the others itself."""

    def __init__(self, mutant: Mutant) -> None:
        self.mutant = mutant

    def find_spec(
        self, fullname: str, _path: object = None, _target: object = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self.mutant.module:
            return None
        package = self.mutant.path.endswith("__init__.py")
        return importlib.util.spec_from_loader(fullname, self, is_package=package)

    def exec_module(self, module: ModuleType) -> None:
        module.__file__ = str(ROOT / self.mutant.path)
        exec(self.mutant.code(), module.__dict__)


def _tests(mutant: Mutant) -> Iterator[list[str]]:
    """The calculator's tests: those named after the module, then the others, the slow ones last."""
    words = set(mutant.module.replace("_", ".").split("."))
    files = sorted((ROOT / "tests/calculator").glob("test_*.py"))
    parts: tuple[list[str], ...] = ([], [], [])
    for file in files:
        if words & set(file.stem.split("_")):
            parts[0].append(str(file))
        elif file.stem not in UNJUDGING:
            parts[2 if file.stem in SLOW else 1].append(str(file))
    yield from filter(None, parts)


def pytest_options(*more: str) -> list[str]:
    """What pytest is told: the quick tests, and to write nothing."""
    left_out = ("cacheprovider", "xdist", "unraisableexception", "threadexception")
    quick = ("-m", "not browser and not slow", *(f"-pno:{name}" for name in left_out))
    return [*quick, "-q", *more]


def warm() -> None:
    """Import what the tests need, but nothing of ours, so that each mutant starts from there."""
    hypothesis.settings.register_profile(
        "slips", max_examples=25, phases=NO_SHRINKING, derandomize=True, database=None
    )
    hypothesis.settings.load_profile("slips")
    with Path(os.devnull).open("w") as nowhere, contextlib.redirect_stdout(nowhere):
        pytest.main(pytest_options("--collect-only", str(ROOT / "tests/calculator")))
    for name in list(sys.modules):
        if name.partition(".")[0] in ("calculator", "scripts", "tests"):
            del sys.modules[name]
    gc.collect()
    gc.freeze()  # What is shared by all mutants is not looked through for each.


def pinned() -> bool:
    """Whether every table and every line that is said is as it was: what most slips change."""
    from tests import pin  # Only here, and one by one: each slip has a calculator of its own.

    tables = {pin.TABLES / name: text for name, text in pin.fixture_texts().items()}
    if any(file.read_text("utf-8") != text for file, text in tables.items()):
        return False
    from tests import said

    return said.PAGE.read_text("utf-8") == said.text()


def start(mutant: Mutant) -> int:
    """Run the tests on a mutant in a process of its own, and return that process's number."""
    if child := os.fork():
        return child
    code = 70
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (PINNED, LONGEST))
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        sys.meta_path.insert(0, _Finder(mutant))
        if pinned():
            resource.setrlimit(resource.RLIMIT_CPU, (LONGEST, LONGEST))
            parts = (pytest.main(pytest_options("-x", *files)) for files in _tests(mutant))
            code = int(any(parts))
    finally:
        os._exit(code)


def _record() -> Path:
    """Where it is written what became of each slip, so that a run can go on where another stopped.

    It is named by what the calculator and its tests are: when either changes all begins anew.
    """
    seen = hashlib.sha256()
    for folder in (PACKAGE, ROOT / "tests"):
        for file in sorted(folder.rglob("*.py")):
            seen.update(file.read_bytes())
    return Path(tempfile.gettempdir()) / f"slips-{seen.hexdigest()[:16]}.txt"


def survivors(sample: Sequence[Mutant], at_once: int) -> Iterator[tuple[Mutant, bool]]:
    """Each mutant, and whether no test noticed it; as they are found.

    Raises RuntimeError where the tests fail without a slip: then they notice nothing.
    """
    record = _record()
    record.touch()
    known = dict(line.rsplit(" ", 1) for line in record.read_text("utf-8").splitlines())
    for mutant in sample:
        if mutant.key in known:
            yield mutant, known[mutant.key] == MISSED
    waiting = [mutant for mutant in reversed(sample) if mutant.key not in known]
    warm()
    path = PACKAGE.joinpath("browser.py").relative_to(ROOT).as_posix()
    if os.waitpid(start(Mutant(path, -1, 0, "", "")), 0)[1]:
        raise RuntimeError("the calculator's quick tests fail as it is")
    running: dict[int, Mutant] = {}
    while waiting or running:
        while waiting and len(running) < at_once:
            mutant = waiting.pop()
            running[start(mutant)] = mutant
        child, status = os.wait()
        mutant, survived = running.pop(child), status == 0
        with record.open("a", encoding="utf-8") as file:
            file.write(f"{mutant.key} {MISSED if survived else 'noticed'}\n")
        yield mutant, survived


def chosen(count: int, seed: int) -> list[Mutant]:
    """So many mutants by chance, the same ones for a seed; all of them for 0."""
    every = mutants()
    picked = random.Random(seed).sample(every, min(count, len(every))) if count else every
    return sorted(picked, key=lambda one: (one.path, one.number))
