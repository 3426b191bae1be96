"""The worked examples as tables: the same files that the tests run, each opened in the check."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

EXAMPLES = Path("tests/examples")
OPEN = "Open in the check"
HEAD = ("Case", "Answers", "Result", OPEN)

Case = dict[str, str]


@dataclass(frozen=True)
class Row:
    """A case: what it tries, what is answered, what comes out, and the address that asks it."""

    case: str
    answers: str
    result: str
    address: str


def rows(check: str) -> list[Row]:
    """The worked examples of a check, in the order of its file."""
    with (EXAMPLES / f"{check}.csv").open(encoding="utf-8", newline="") as file:
        return [{"serum": _serum, "intake": _intake}[check](case) for case in csv.DictReader(file)]


def _serum(case: Case) -> Row:
    own = f", own range {case['low']} to {case['high']}" if case["low"] else ""
    result = f"{case['row']}; care {case['care']}; CTCAE {case['ctcae']}"
    fields = [(name, case[name]) for name in ("value", "unit", "low", "high") if case[name]]
    answers = f"{case['value']}{case['unit']}{own}"
    return Row(f"{case['id']}: {case['what']}", answers, result, _address("blood-test", fields))


def _intake(case: Case) -> Row:
    months = int(case["age_months"])
    age = f"{months // 12} years" if months % 12 == 0 else f"{months} months"
    answers = [age, case["sex"], case["authority"], f"food {case['food']}mg"]
    answers += [case["stage"]] if case["stage"] != "general" else []
    answers += [f"supplement {case['supplements']}"] if case["supplements"] else []
    answers += [f"calcium {case['calcium']}mg"] if case["calcium"] else []
    answers += [f"weight {case['weight']}kg"] if case["weight"] else []
    result = f"{case['total']}mg, {case['percent']}% of {case['reference']}mg; limit: "
    result += case["limit_position"].replace("-", " ")
    name = f"{case['id']}: {case['what']}"
    return Row(name, ", ".join(answers), result, _address("how-much", list(_fields(case))))


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


def _address(page: str, fields: list[tuple[str, str]]) -> str:
    """The check's page with the answers behind the #, which no server sees."""
    return f"../{page}/#{urlencode(fields)}"
