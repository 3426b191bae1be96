"""The worked examples as tables: the same files that the tests run, each opened in the check."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode
from xml.etree import ElementTree

from calculator import browser
from calculator.quantities import Unit
from calculator.tables import amounts, salts
from calculator.tables.sources import OUR_OWN
from scripts.pages.element import UNSEARCHED, Element, cited, table

EXAMPLES = Path("tests/examples")
OPEN = "Open in the check"
HEAD = ("Case", "Answers", "Result", OPEN)
# The case of each check that its page works out, step by step.
WORKED = {"serum": "S20", "intake": "I05"}

PAGES = {"serum": "blood-test", "intake": "how-much"}

Case = dict[str, str]


@dataclass(frozen=True)
class Row:
    """A case: what it tries, what is answered and comes out in words, and the form's fields."""

    check: str
    case: str
    answers: str
    result: str
    fields: tuple[tuple[str, str], ...]

    @property
    def request(self) -> str:
        """What the page asks Python, as JSON."""
        return json.dumps({"check": self.check, "answers": self.fields})

    @property
    def address(self) -> str:
        """The check's page with the answers behind the #, which no server sees."""
        return f"../{PAGES[self.check]}/{self.fragment}"

    @property
    def fragment(self) -> str:
        """The answers as what stands behind an address."""
        return f"#{urlencode(self.fields)}"


def every() -> list[Row]:
    """The worked examples of both checks."""
    return [row for check in PAGES for row in rows(check)]


def rows(check: str) -> list[Row]:
    """The worked examples of a check, in the order of its file."""
    with (EXAMPLES / f"{check}.csv").open(encoding="utf-8", newline="") as file:
        return [{"serum": _serum, "intake": _intake}[check](case) for case in csv.DictReader(file)]


def worked(check: str) -> tuple[Row, list[tuple[str, str]]]:
    """One case and its working: each step in the check's own words, and the step's source."""
    row = next(row for row in rows(check) if row.case.startswith(f"{WORKED[check]}: "))
    steps = json.loads(browser.run(row.request))["record"]["working"]
    return row, [(step["step"], step["source"].replace(OUR_OWN, "")) for step in steps]


def _serum(case: Case) -> Row:
    own = f", own range {case['low']} to {case['high']}" if case["low"] else ""
    result = f"{case['row']}; care {case['care']}; CTCAE {case['ctcae']}"
    typed = {name: case[name] for name in ("value", "unit", "low", "high") if case[name]}
    if typed["unit"] not in {unit.value for unit in Unit}:
        # The form offers no such unit, but reads it behind the number.
        typed["value"] += typed.pop("unit")
    answers = f"{case['value']}{case['unit']}{own}"
    name = f"{case['id']}: {case['what']}"
    return Row("serum", name, answers, result, tuple(typed.items()))


def _intake(case: Case) -> Row:
    months = int(case["age_months"])
    age = f"{months // 12} years" if months % 12 == 0 else f"{months} months"
    authority = amounts.AUTHORITY_BY_CODE[case["authority"]].name
    answers = [age, case["sex"], authority, f"food {case['food']}mg"]
    answers += [case["stage"]] if case["stage"] != "general" else []
    answers += list(_supplements(case))
    answers += [f"calcium {case['calcium']}mg"] if case["calcium"] else []
    answers += [f"weight {case['weight']}kg"] if case["weight"] else []
    result = f"{case['total']}mg, {case['percent']}% of {case['reference']}mg; limit: "
    result += case["limit_position"].replace("-", " ")
    name = f"{case['id']}: {case['what']}"
    return Row("intake", name, "; ".join(answers), result, tuple(_fields(case)))


def _supplements(case: Case) -> Iterator[str]:
    for supplement in case["supplements"].split():
        key, amount = supplement.split(":")
        mg, times = amount.split("x")
        # A word that is no compound stays as it is: a case may try what happens then.
        known = salts.SALT_BY_KEY | salts.FAMILY_BY_KEY
        name = known[key].name if key in known else key
        name = "magnesium by the label" if key == salts.ELEMENTAL else name
        yield f"{name}, {mg}mg, {times} a day"


def _fields(case: Case) -> Iterator[tuple[str, str]]:
    yield "age", f"{case['age_months']}m"
    for name in ("sex", "stage", "authority", "food", "calcium", "weight"):
        if case[name]:
            yield name, case[name]
    for supplement in case["supplements"].split():
        salt, amount = supplement.split(":")
        mg, times = amount.split("x")
        yield "supplement-salt", salt
        yield "supplement-mg", mg
        yield "supplement-times", times


def table_of(check: str, caption: str) -> list[Element]:
    """A check's worked examples; each row's last cell opens it in the check."""
    cases = rows(check)
    cells = [(row.case, row.answers, row.result, "") for row in cases]
    element = table(caption, HEAD, cells)
    element.attrib.update(UNSEARCHED)
    for line, row in zip(element.iterfind("tbody/tr"), cases, strict=True):
        # scripts.publish joins the two: a builder takes what is behind a # for a section's name.
        link = {"data-answers": row.fragment, "href": f"{PAGES[check]}.md"}
        line[-1].attrib.clear()
        ElementTree.SubElement(line[-1], "a", link).text = OPEN
    return [element]


def working(check: str) -> list[Element]:
    """One of the worked examples, step by step, for whoever works theirs out by hand."""
    row, steps = worked(check)
    case = ElementTree.Element("p")
    case.text = f"The case: {row.answers}."
    listed = ElementTree.Element("ol")
    for step, source in steps:
        ElementTree.SubElement(listed, "li").text = step + (cited(source) if source else "")
    return [case, listed]
