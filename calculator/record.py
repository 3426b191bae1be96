"""The record of a check: what the JSON, the page's hooks and the examples repeat of its facts.

The keys and the rounding are a contract: the columns of tests/examples/*.csv.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from calculator import REVIEW_DUE, __version__
from calculator.quantities import Mass, Unit, display, places_apart, places_beside
from calculator.result import Record, Result
from calculator.rules.answers import Refusal, shown
from calculator.rules.day import IntakeAnswers, SupplementAnswer, read_months
from calculator.rules.intake import Comparison, IntakeFacts, OutOfScope
from calculator.rules.serum import SerumAnswers, SerumFacts, row_end
from calculator.tables import amounts, blood
from calculator.tables.sources import OUR_OWN


def to_json(result: Result) -> Mapping[str, object]:
    """The JSON contract: the record, then the working, the sources, the version and its review."""
    # A sum of the reader's own answers has no published source: the rule for it is our own.
    steps = [
        {"step": line.text, "source": next(iter(line.sources), OUR_OWN)}
        for line in result.working.lines
    ]
    return {
        **result.record,
        "working": steps,
        "sources": list(dict.fromkeys([*result.sources, *(step["source"] for step in steps)])),
        "problems": [],
        "version": __version__,
        "review_due": REVIEW_DUE,
    }


def refusal_to_json(record: Record, messages: list[dict[str, str]]) -> Mapping[str, object]:
    """The JSON contract for answers that cannot be checked."""
    return {**record, "working": [], "sources": [], "problems": messages, "version": __version__}


SERUM_KEYS = tuple(
    "value unit low high status mg_dl mmol_l meq_l position row ctcae care notes".split(" ")
)
INTAKE_KEYS = tuple(
    "authority sex age_months stage food supplements calcium weight status reference kind "
    "supplement total percent position limit limit_position exceeds ratio ratio_position "
    "calcium_per_kg calcium_note care notes".split(" ")
)


_WHOLE = Fraction(100)  # percent


def _record(keys: tuple[str, ...], values: Mapping[str, str | list[str]]) -> Record:
    lists = {"notes", "exceeds"}
    return {key: values.get(key, [] if key in lists else "") for key in keys}


def serum_record(facts: SerumFacts) -> Record:
    """The serum result as strings: mg/dL to 2 decimals, mmol/L and mEq/L to 3, or more.

    A reading outside the range never looks like the end of a row that it has not reached.
    """
    return _record(
        SERUM_KEYS,
        {
            **_serum_echo(facts.answers),
            "unit": facts.printed.unit.written,
            "status": facts.status,
            "mg_dl": _reading(facts, Unit.MG_DL, 2),
            "mmol_l": _reading(facts, Unit.MMOL_L, 3),
            "meq_l": _reading(facts, Unit.MEQ_L, 3),
            "position": facts.position,
            "row": facts.row.id if facts.row else "",
            "ctcae": facts.grade,
            "care": facts.care,
            "notes": list(facts.notes),
        },
    )


def _reading(facts: SerumFacts, unit: Unit, places: int) -> str:
    value = facts.reading.in_unit(unit)
    rows = blood.SERUM_ROWS if facts.position in ("below", "above") else ()
    ends = filter(None, (row_end(row, facts.low, facts.high) for row in rows))
    return display(value, places_beside(value, (end.in_unit(unit) for end in ends), places))


def _serum_echo(answers: SerumAnswers) -> dict[str, str | list[str]]:
    return {
        "value": shown(answers.value),
        "unit": shown(answers.unit),
        "low": shown(answers.low),
        "high": shown(answers.high),
    }


def serum_refusal_record(answers: SerumAnswers, refusal: Refusal) -> Record:
    """The answers as typed and the status of their first problem."""
    return _record(SERUM_KEYS, {**_serum_echo(answers), "status": refusal.status})


def intake_record(facts: IntakeFacts | OutOfScope) -> Record:
    """The intake result as strings: mg and percent to 1 decimal, the ratio to 2, or more.

    No two figures that were compared and differ look the same.
    """
    known = _intake_echo(facts.answers)
    known |= {"supplement": display(facts.supplement.mg, 1)} if facts.supplements else {}
    known |= {"status": facts.status, "age_months": str(facts.age_months)}
    if isinstance(facts, OutOfScope):
        return _record(INTAKE_KEYS, known | {"care": facts.care, "notes": list(facts.notes)})
    known |= {
        "food": known["food"] or display(facts.food.mg, 1),
        "supplement": _beside(facts.supplement, facts.limits),
        "total": _beside(facts.total, facts.amounts),
        "percent": _apart(facts.percent, _WHOLE, 1),
        "exceeds": list(facts.exceeds),
        "ratio": _apart(facts.ratio, amounts.RATIO_MIDDLE.value, 2),
        "ratio_position": facts.ratio_position,
        "calcium_per_kg": _apart(facts.calcium_per_kg, amounts.CALCIUM_PER_KG.value, 1),
        "calcium_note": facts.calcium_note,
        "care": facts.care,
        "notes": list(facts.notes),
    }
    return _record(INTAKE_KEYS, known | _chosen(facts.chosen))


def _beside(amount: Mass, others: tuple[Mass, ...]) -> str:
    return display(amount.mg, places_beside(amount.mg, (other.mg for other in others), 1))


def _apart(value: Fraction | None, other: Fraction, places: int) -> str:
    return "" if value is None else display(value, places_apart(value, other, places))


def _chosen(chosen: Comparison) -> dict[str, str | list[str]]:
    return {
        "reference": chosen.row.published if chosen.row else "",
        "kind": chosen.row.kind if chosen.row else "",
        "position": chosen.position,
        "limit": chosen.limit.published or "",
        "limit_position": chosen.limit_position,
    }


def _intake_echo(answers: IntakeAnswers) -> dict[str, str | list[str]]:
    return {
        "authority": shown(answers.authority),
        "sex": shown(answers.sex),
        "stage": shown(answers.stage) or "general",
        "food": shown(answers.food),
        "supplements": " ".join(_supplement_text(s) for s in answers.supplements if not s.blank),
        "calcium": shown(answers.calcium),
        "weight": shown(answers.weight),
    }


def _supplement_text(answer: SupplementAnswer) -> str:
    liquid = f"/{shown(answer.per_ml)}*{shown(answer.ml)}" if answer.per_ml or answer.ml else ""
    return f"{shown(answer.salt)}:{shown(answer.mg)}{liquid}x{shown(answer.times)}"


def intake_refusal_record(answers: IntakeAnswers, refusal: Refusal) -> Record:
    """The answers as typed and the status of their first problem."""
    months = read_months(answers.age)
    known = {"age_months": "" if months is None else str(months), "status": refusal.status}
    return _record(INTAKE_KEYS, {**_intake_echo(answers), **known})
