"""The one door JavaScript knows: ``run`` takes a JSON request and gives a JSON response.

Request:  {"check": "serum", "answers": [["value", "0.85"], ["unit", "mmol/L"]]}
          with the form's fields in the page's order, a field of a row once for each row.
Response: {"html": ..., "problems": [{"field", "message"}], "marked": ..., "record": {...}}
          ``html`` is the result, or the summary of the problems where there are any;
          ``marked`` is what to write on the matched row of the page's own table. There is
          also "text", the result to copy, and it is empty where there are problems.

The check "sum" takes the rows of foods alone and gives {"sum": words}, as they are chosen.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from calculator.checks import run_intake, run_serum
from calculator.layout.html import problems_to_html, result_to_html
from calculator.layout.text import result_to_text
from calculator.record import refusal_to_json, to_json
from calculator.result import Record, Result
from calculator.rules.answers import Refusal
from calculator.rules.day import EatenAnswer, IntakeAnswers, SupplementAnswer, sum_of_foods
from calculator.rules.serum import SerumAnswers
from calculator.words.figures import mg
from calculator.words.form import FORMS
from calculator.words.page import SUM
from calculator.words.problems import field_id, problem_text

Pairs = Iterable[tuple[str, str]]


def run(request: str) -> str:
    """Answer a request. Raises KeyError or ValueError for one that no form of ours makes."""
    asked, answers = _read(request)
    if asked == "sum":
        return json.dumps({"sum": _sum(answers)})
    check = {"serum": _serum, "intake": _intake}[FORMS[asked].check]
    return json.dumps(check(answers))


def _read(request: str) -> tuple[str, list[tuple[str, str]]]:
    """The check and the answers of a request."""
    try:
        asked = json.loads(request)
        return str(asked["check"]), [(str(name), str(value)) for name, value in asked["answers"]]
    except (TypeError, RecursionError) as error:
        raise ValueError("a request is a check and pairs of a field and its answer") from error


def _once(answers: Pairs) -> dict[str, str]:
    """The fields that are no part of a row. Of two answers to one, neither is dropped unseen."""
    single = [(name, value) for name, value in answers if "-" not in name]
    typed = dict(single)
    if len(typed) < len(single):
        raise ValueError("a field of no row is answered twice")
    return typed


def _sum(answers: list[tuple[str, str]]) -> str:
    """What the foods chosen so far add up to, in words; "" for none, or for unread servings."""
    eaten = tuple(EatenAnswer(*row) for row in _rows(answers, "eat-food", "eat-servings"))
    total = sum_of_foods(eaten)
    return "" if total is None else SUM.format(total=mg(total))


def _serum(answers: Pairs) -> dict[str, object]:
    typed = _once(answers)
    return _respond(
        *run_serum(
            SerumAnswers(
                typed.get("value", ""),
                typed.get("unit", ""),
                typed.get("low", ""),
                typed.get("high", ""),
            )
        )
    )


def _intake(answers: Pairs) -> dict[str, object]:
    answers = list(answers)
    typed = _once(answers)
    eaten = _rows(answers, "eat-food", "eat-servings")
    names = ("salt", "mg", "times", "per-ml", "ml")
    supplements = _rows(answers, *(f"supplement-{name}" for name in names))
    return _respond(
        *run_intake(
            IntakeAnswers(
                age=typed.get("age", ""),
                sex=typed.get("sex", ""),
                stage=typed.get("stage", ""),
                authority=typed.get("authority", ""),
                food=typed.get("food", ""),
                eaten=tuple(EatenAnswer(*row) for row in eaten),
                supplements=tuple(SupplementAnswer(*row) for row in supplements),
                calcium=typed.get("calcium", ""),
                weight=typed.get("weight", ""),
            )
        )
    )


def _rows(answers: Pairs, *names: str) -> list[tuple[str, ...]]:
    """The rows of a group: the nth value of each of its fields.

    The millilitres of a liquid may be missing: links from before they were asked still open.
    """
    columns = [[value for name, value in answers if name == wanted] for wanted in names]
    blank = [""] * len(columns[0])
    filled = (
        column or blank if name.endswith("-ml") else column
        for name, column in zip(names, columns, strict=True)
    )
    return list(zip(*filled, strict=True))


def _respond(record: Record, outcome: Result | Refusal) -> dict[str, object]:
    if isinstance(outcome, Refusal):
        problems = [
            {"field": field_id(problem), "message": problem_text(problem)}
            for problem in outcome.problems
        ]
        html, marked, full = problems_to_html(problems), "", refusal_to_json(record, problems)
    else:
        problems, marked = [], outcome.marked
        html, full = result_to_html(outcome), to_json(outcome)
    text = "" if isinstance(outcome, Refusal) else result_to_text(outcome)
    return {"html": html, "problems": problems, "marked": marked, "record": full, "text": text}
