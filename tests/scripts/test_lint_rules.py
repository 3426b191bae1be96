"""The rules of the lint, case by case, and the manner that all of them keep."""

import re
from collections.abc import Iterable
from datetime import date
from inspect import cleandoc, signature
from pathlib import Path

import pytest

from calculator.tables.foods import FOODS
from calculator.words.form import ALL_FORMS
from scripts.blocks import extension, pictures
from scripts.claims import claims as evidence
from scripts.lint import said
from scripts.lint.rules import RULES
from scripts.lint.text import Site, Text
from scripts.pages import blocks
from scripts.pages.reading import Sentence
from scripts.sources import entries
from tests.conftest import ROOT

FIXTURES = ROOT / "tests" / "fixtures" / "lint"
CASE = re.compile(r"^(\S[^\n]*)\n\.\n(.*?)\n\.\n(.*?)^\.$", re.MULTILINE | re.DOTALL)
CASES = [
    pytest.param(file.stem, *case.groups(), id=f"{file.stem}: {case[1]}")
    for file in sorted(FIXTURES.glob("*.md"))
    for case in CASE.finditer(file.read_text(encoding="utf-8"))
]
# What the rules are about that are not about pages.
PLACES = {
    "bibliography-entry": entries.BIB,
    "unused-source": entries.BIB,
    "claim-row": evidence.FILE,
}
BIB = """@book{alpha2020, title = {A}, year = {2020}}

@book{beta2021, title = {B}, year = {2021}, corrected = {2026-11-22}}
"""


def a_site(root: Path) -> Site:
    """A small site: one other page, two sources, two claims, a picture."""
    docs = root / "docs"
    (docs / "assets").mkdir(parents=True)
    (docs / "evidence").mkdir()
    (docs / "assets" / "bars.svg").write_text("<svg/>", encoding="utf-8")
    (docs / "other.md").write_text("# Other\n\n## A section\n\n[@cited2020]\n", encoding="utf-8")
    rows = [",".join(evidence.COLUMNS)]
    rows += [",".join([f"c{n:02}", *["none"] * (len(evidence.COLUMNS) - 1)]) for n in (1, 2)]
    (docs / "evidence" / "claims.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (root / "references.bib").write_text(BIB, encoding="utf-8")
    return Site(root, today=date(2026, 11, 22), keys=frozenset)


def faults_of(rule: str, text: str, root: Path) -> list[str]:
    """What one rule finds in one text, as "line: message"."""
    site = a_site(root)
    path = root / PLACES.get(rule, Path("docs/page.md"))
    path.write_text(text + "\n", encoding="utf-8")
    (checked,) = (one for one in site.texts if one.path == path)
    return [f"{fault.line}: {fault.message}" for fault in RULES[rule](checked)]


@pytest.mark.parametrize(("rule", "_title", "text", "expected"), CASES)
def test_a_rule_finds_what_its_cases_say(
    rule: str, _title: str, text: str, expected: str, tmp_path: Path
) -> None:
    """The line and the words of each fault, and nothing else."""
    assert faults_of(rule, text, tmp_path) == expected.splitlines()


@pytest.mark.parametrize("name", RULES)
def test_every_rule_has_cases_of_both_kinds(name: str) -> None:
    """One case at least where it finds something, and one where it does not."""
    cases = [case.values for case in CASES if case.values[0] == name]
    assert {bool(expected) for *_, expected in cases} == {True, False}


def test_no_cases_are_left_of_a_rule_that_went() -> None:
    """Each file of cases is named after a rule."""
    assert {file.stem for file in FIXTURES.glob("*.md")} == set(RULES)


@pytest.mark.parametrize("name", RULES)
def test_every_rule_explains_itself(name: str) -> None:
    """One signature; a first sentence that says what it asks for; at the end, why."""
    rule = RULES[name]
    assert [one.annotation for one in signature(rule).parameters.values()] == ["Text"]
    text = cleandoc(rule.__doc__ or "")
    assert re.match(r"[A-Z][^\n]*\.\n", text), name
    assert text.split("\n")[-1].startswith("Why: ") or "\nWhy: " in text, name
    assert "\n\n" not in text.partition("\nWhy: ")[2]


@pytest.mark.parametrize(
    ("kind", "makers"),
    [("check", ALL_FORMS), ("reference", extension.TABLES), ("picture", pictures.PICTURES)],
)
def test_the_lint_knows_every_block_that_the_site_makes(kind: str, makers: Iterable[str]) -> None:
    """And no other: lint and blocks do not import each other, so the names stand in pages."""
    assert sorted(blocks.NAMES[kind]) == sorted(makers)


# ------------------------------------------------------------------- what the checks say


def test_the_lint_reads_every_text_that_results_are_made_of() -> None:
    """Each text of three words or more of the results is in some line that was brought out."""
    lines = " | ".join(said.words())
    missing = [
        (name, text.line, text.text)
        for name, text in said.literals(ROOT / "calculator")
        if not name.startswith("tables/") and re.search(r"[A-Za-z] [A-Za-z]+ [A-Za-z]", text.text)
        if text.text.strip() not in lines
    ]
    assert missing == []


def test_a_fault_in_a_result_is_told_at_the_text_that_made_it(tmp_path: Path) -> None:
    """A banned word in a result leads to the file and line that it is written in."""
    written = {(name, text.line) for name, text in said.literals(ROOT / "calculator")}
    placed = said.placed(ROOT / "calculator")
    assert all((name, one.line) in written for name, run in placed.items() for one in run)
    given = (Sentence(7, "Your result is good and safe."),)
    text = Text(Site(tmp_path), tmp_path / "explain.py", "", given=given)
    assert [fault.line for fault in RULES["banned-word"](text)] == [7, 7]


def test_the_samples_of_the_tests_say_nothing_new() -> None:
    """Whatever the tests' own samples bring out, figures apart, the lint has read."""
    from tests.calculator.test_result import SAMPLES

    def bare(line: str) -> str:
        return re.sub(r"[0-9][0-9,.]*", "0", line)

    read = {bare(line) for line in said.words()}
    new = {bare(line) for one in SAMPLES.values() for line in said.lines(one)} - read
    # Which foods are near a difference, and how much of each, is up to the difference.
    foods = tuple(food.name for food in FOODS)
    assert sorted(line for line in new if not line.startswith(foods)) == []
