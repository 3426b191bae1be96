"""The laws of the calculator's own text: who imports whom, and who may hold words or numbers."""

import ast
import re
import sys
from collections.abc import Iterator

import pytest

from calculator.tables import blood
from calculator.tables.sources import source_keys
from tests.conftest import ROOT

PACKAGE = ROOT / "calculator"
TREES = {
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts): ast.parse(path.read_text("utf-8"))
    for path in sorted(PACKAGE.rglob("*.py"))
}

# Imports run down the folders: a module reads lower lines, and its own folder without a circle.
LAYERS = (
    ("__init__",),
    ("quantities",),
    ("tables",),
    ("rules",),
    ("result",),
    ("record",),
    ("words",),
    ("layout",),
    ("checks",),
    ("__main__", "browser"),
)
FORM = ("words.form", "words.problems")  # its words show how to type a number
LEVEL = {name: level for level, layer in enumerate(LAYERS) for name in layer}


def folder(name: str) -> str:
    """The folder of a module, or the module itself where it stands in the package."""
    return name.partition(".")[0]


def of(*folders: str) -> list[str]:
    """The modules of these folders."""
    return [name for name in TREES if folder(name) in folders]


every_module = pytest.mark.parametrize("name", TREES)
Function = ast.FunctionDef | ast.AsyncFunctionDef


def imports(name: str) -> Iterator[str]:
    """Every module that a module imports; ours by their own names."""
    for node in ast.walk(TREES[name]):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative import"
            assert node.module is not None
            package = node.module.removeprefix("calculator").lstrip(".")
            if node.module.startswith("calculator") and package not in TREES:
                inside = (f"{package}.{alias.name}".lstrip(".") for alias in node.names)
                yield from (f"calculator.{n if n in TREES else '__init__'}" for n in inside)
            else:
                yield node.module


def functions(tree: ast.AST) -> Iterator[Function]:
    """Every function and method."""
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def docstrings(tree: ast.AST) -> set[int]:
    """The identities of the constants that are docstrings."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    bodies = (node.body for node in ast.walk(tree) if isinstance(node, documented))
    return {id(body[0].value) for body in bodies if body and isinstance(body[0], ast.Expr)}


def for_developers(tree: ast.AST) -> set[int]:
    """The identities of the constants in a raise or an assert: no reader ever sees them."""
    faults = (node for node in ast.walk(tree) if isinstance(node, ast.Raise | ast.Assert))
    return {id(part) for fault in faults for part in ast.walk(fault)}


def strings(name: str) -> Iterator[str]:
    """Every text in a module that could be shown, f-strings' pieces too."""
    tree = TREES[name]
    hidden = docstrings(tree) | for_developers(tree)
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in hidden
        ):
            yield node.value


def numbers(name: str) -> Iterator[int | float | complex]:
    """Every number written in a module."""
    for node in ast.walk(TREES[name]):
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float | complex):
            yield node.value


# ----------------------------------------------------------------------------- imports


def test_every_module_has_its_layer() -> None:
    """A new folder is put into the order of imports, and none is left there that went."""
    assert sorted(LEVEL) == sorted({folder(name) for name in TREES})


@every_module
def test_imports_run_one_way(name: str) -> None:
    """No module imports a higher layer, nor one beside it that is not of its folder."""
    for imported in ours(name):
        same = folder(imported) == folder(name) and "." in name
        assert same or LEVEL[folder(imported)] < LEVEL[folder(name)], f"{name} imports {imported}"


def ours(name: str) -> set[str]:
    """The modules of the package that a module imports."""
    split = (imported.partition(".") for imported in imports(name))
    return {module for package, _, module in split if package == "calculator"}


@every_module
def test_no_import_comes_back_to_its_module(name: str) -> None:
    """Also within a folder, one of two modules stands on the other."""
    seen: set[str] = set()
    waiting = ours(name)
    while waiting:
        seen |= waiting
        waiting = {further for module in waiting for further in ours(module)} - seen
    assert name not in seen


@every_module
def test_the_calculator_needs_nothing_but_python(name: str) -> None:
    """Only the standard library and itself: the same code runs anywhere that Python does."""
    packages = {imported.partition(".")[0] for imported in imports(name)}
    assert packages <= sys.stdlib_module_names | {"calculator"}


# -------------------------------------------------------------------- words and numbers


@pytest.mark.parametrize("name", [*of("rules", "layout", "record", "result", "checks", "browser")])
def test_rules_and_layout_hold_no_sentences(name: str) -> None:
    """Facts and layout: three words in a row would be something for a person to read."""
    found = [text for text in strings(name) if re.search(r"[A-Za-z]+ [A-Za-z]+ [A-Za-z]+", text)]
    # The records' columns are listed in one string, and are names.
    assert [text for text in found if not re.fullmatch(r"[a-z_ ]+", text)] == []
    assert found == [] or name == "record"


@pytest.mark.parametrize("name", [name for name in of("words") if name not in FORM])
def test_words_hold_no_numbers(name: str) -> None:
    """Every figure in a sentence comes from the facts, so no digit is written in one.

    The names that are compared and looked up, of sources, rows, notes and the grade for
    none, are no figures.
    """
    names = source_keys() | {row.id for row in blood.SERUM_ROWS} | {"over-10", "0"}
    names |= {row.stage for row in blood.SERUM_ROWS}
    assert [text for text in strings(name) if re.search(r"[0-9]", text) and text not in names] == []


@pytest.mark.parametrize("name", FORM)
def test_the_forms_words_hold_numbers_in_examples_only(name: str) -> None:
    """A digit in the form shows how to type an answer: an example, or nought, and no threshold.

    Examples are the values of ``example`` and ``chosen`` and what follows "like" in a
    sentence; nought stands for "none"; one hint says from which age years are enough,
    and two how labels are worded, which is about typing too.
    """
    tree = TREES[name]
    given = {"example", "chosen"}
    shown = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.keyword) and node.arg in given
    }
    hidden = docstrings(tree) | shown
    typing = re.compile(
        r"like [0-9.]+(m\b| months)?|\b0\b|a child under 4|\(as citrate\) 400mg|2 capsules|"
        r"1,000mg glycinate providing 100mg, type 100"
    )
    texts = (
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in hidden
    )
    assert [text for text in texts if re.search(r"[0-9]", typing.sub("", text))] == []


@pytest.mark.parametrize("name", [name for name in of("rules") if name != "rules.answers"])
def test_rules_hold_no_thresholds(name: str) -> None:
    """A threshold exists once, in the tables: the rules write no number but those of sums.

    0, 1 and 2 count, and 100 makes a percentage; how answers are read is no rule yet.
    """
    assert set(numbers(name)) <= {0, 1, 2, 100}
    texts = [text for text in strings(name) if re.search(r"[0-9]", text)]
    # How an age is typed, what a new row holds, a grade of nought, and a note's names.
    assert set(texts) <= {
        r"([0-9]{1,4})(?:(m|mo|months?)|y|years?)?",
        "1",
        "0",
        "over-10",
        "not-over-10",
    }


@every_module
def test_numbers_are_never_floats(name: str) -> None:
    """No float is written, made or rounded anywhere: every value is exact."""
    assert not [value for value in numbers(name) if isinstance(value, float | complex)]
    used = {node.id for node in ast.walk(TREES[name]) if isinstance(node, ast.Name)}
    assert not used & {"float", "round", "complex"}


@every_module
def test_only_the_tables_write_published_numbers(name: str) -> None:
    """A decimal in quotes is made into a value in the tables and nowhere else."""
    if folder(name) in ("quantities", "tables"):
        return
    for node in ast.walk(TREES[name]):
        if isinstance(node, ast.Call):
            maker = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            maker = node.func.id if isinstance(node.func, ast.Name) else maker
            texts = [a.value for a in node.args if isinstance(a, ast.Constant)]
            if maker in ("Fraction", "of", "Decimal"):
                assert not [text for text in texts if isinstance(text, str)], ast.unparse(node)


# --------------------------------------------------------------------------- the manner


@every_module
def test_what_is_public_says_what_it_promises(name: str) -> None:
    """Every module, public class, function and method has a docstring."""
    tree = TREES[name]
    assert ast.get_docstring(tree), name
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef | Function) and not node.name.startswith("_"):
            assert ast.get_docstring(node), node.name


@every_module
def test_functions_are_short(name: str) -> None:
    """A function fits on a screen: 45 lines at most."""
    for function in functions(TREES[name]):
        assert function.end_lineno is not None
        assert function.end_lineno - function.lineno < 45, function.name


@every_module
def test_names_are_nouns_that_people_say(name: str) -> None:
    """Nothing is called utils, helper or common, and types are all named."""
    text = (PACKAGE / f"{name.replace('.', '/')}.py").read_text("utf-8")
    assert not re.search(r"\b(utils?|helpers?|common|misc)\b", name)
    assert not re.search(r"\bAny\b|\bTODO\b|\bFIXME\b|noqa|type: ignore|pragma", text)


@every_module
def test_the_calculator_reads_no_file_and_no_clock(name: str) -> None:
    """The same answers give the same result on every machine and day."""
    assert not set(imports(name)) & {"os", "pathlib", "time", "datetime", "random", "socket"}
    calls = {
        n.func.id
        for n in ast.walk(TREES[name])
        if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)
    }
    assert not calls & {"open", "eval", "exec", "compile", "__import__"}
