"""The serum check: which published row a blood result is in. Facts only, no sentences.

The rules are evidence/rules.md, "Serum"; every threshold is in ``reference``.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from calculator import reference as ref
from calculator.answers import Reader, Refusal
from calculator.quantities import Concentration, Unit


@dataclass(frozen=True)
class SerumAnswers:
    """The answers as typed: a value and its unit, and the reader's own range if given."""

    value: str
    unit: str
    low: str = ""
    high: str = ""


@dataclass(frozen=True)
class SerumFacts:
    """What the check found. ``row`` and ``grade`` are None for an implausible reading."""

    answers: SerumAnswers
    reading: Concentration
    low: Concentration
    high: Concentration
    own_range: bool
    status: str
    position: str
    row: ref.SerumRow | None
    grade: str
    care: str
    care_threshold: ref.Threshold | None
    notes: tuple[str, ...]


def check_serum(answers: SerumAnswers) -> SerumFacts | Refusal:
    """Find the row that a result is in; Refusal where the answers cannot be read."""
    reader = Reader()
    reading = _reading(reader, answers)
    own = _own_range(reader, answers, reading.unit if reading else None)
    if reading is None or reader.problems:
        return Refusal(tuple(reader.problems))
    low, high = own or (ref.DEFAULT_RANGE.low, _top(ref.DEFAULT_RANGE))
    status = _status(reading)
    if status != "ok":
        care = "emergency-if-true"
        return SerumFacts(
            answers, reading, low, high, own is not None, status, "", None, "", care, None, ()
        )
    row = find_row(reading, low, high)
    care, care_threshold = _care(row, reading)
    return SerumFacts(
        answers,
        reading,
        low,
        high,
        own is not None,
        status,
        position(reading, low, high),
        row,
        ctcae_grade(reading, low, high),
        care,
        care_threshold,
        _notes(reading, low, high, own is not None),
    )


def _reading(reader: Reader, answers: SerumAnswers) -> Concentration | None:
    """The value in the unit chosen, or typed behind it when none was chosen."""
    typed = reader.typed("value", answers.value)
    if typed is not None and typed.value < 0:
        reader.refuse("value", "range", "negative")
    written = Unit.read(typed.unit) if typed and typed.unit else None
    if typed and typed.unit and written is None:
        reader.refuse("value", "number", "unit", given=typed.unit)
    chosen = Unit.read(answers.unit)
    unit = chosen or written
    if unit is None:
        reader.refuse("unit", "choice" if answers.unit else "empty", "choice")
    elif written is not None and written is not unit:
        reader.refuse("unit", "choice", "conflict", typed=written.value, chosen=unit.value)
    return Concentration(typed.value, unit, typed.printed) if typed and unit else None


def _own_range(
    reader: Reader, answers: SerumAnswers, unit: Unit | None
) -> tuple[Concentration, Concentration] | None:
    """The reader's own limits when both are given and could be a laboratory's."""
    if not answers.low.strip() and not answers.high.strip():
        return None
    if not answers.low.strip() or not answers.high.strip():
        reader.refuse("high" if answers.low.strip() else "low", "range", "pair")
        return None
    units = tuple(known.value.casefold() for known in ([unit] if unit else Unit))
    low = reader.number("low", answers.low, units=units)
    high = reader.number("high", answers.high, units=units)
    if low is None or high is None or unit is None:
        return None
    limits = Concentration(low, unit), Concentration(high, unit)
    if low >= high:
        reader.refuse("low", "range", "order")
    elif limits[0] < ref.OWN_RANGE_LEAST.at or limits[1] > ref.OWN_RANGE_MOST.at:
        reader.refuse("low", "range", "unlikely", unit=unit.value)
    return limits


def _top(published: ref.Range) -> Concentration:
    assert published.high is not None, published.id
    return published.high


def _status(reading: Concentration) -> str:
    """``ok``, or which way a reading is too far out to be believed unchecked."""
    if reading < ref.IMPLAUSIBLE_BELOW.at:
        return "implausible-low"
    if reading > ref.IMPLAUSIBLE_ABOVE.at:
        return "implausible-high"
    return "ok"


def position(reading: Concentration, low: Concentration, high: Concentration | None) -> str:
    """``below``, ``within`` or ``above`` a range; both limits belong to it."""
    if reading < low:
        return "below"
    return "above" if high is not None and reading > high else "within"


def row_end(row: ref.SerumRow, low: Concentration, high: Concentration) -> Concentration | None:
    """Where a row ends, with the range's limits filled in; None for the last."""
    return {"low": low, "high": high, "": row.ends.at if row.ends else None}[row.ends_at]


def find_row(reading: Concentration, low: Concentration, high: Concentration) -> ref.SerumRow:
    """The first row, lowest first, that the reading does not lie beyond."""
    for row in ref.SERUM_ROWS:
        end = row_end(row, low, high)
        if end is None or reading < end or (row.ends_inside and reading == end):
            return row
    raise AssertionError("the last row has no end")


def _care(row: ref.SerumRow, reading: Concentration) -> tuple[str, ref.Threshold | None]:
    """The care level of a reading in a row, and the threshold that raised it, if one did."""
    if row.rises is None:
        return row.care, None
    beyond = reading > row.rises.at or (row.rises_inside and reading == row.rises.at)
    return (row.later_care, row.rises) if beyond else (row.care, None)


def graded_unit(reading: Concentration) -> Unit:
    """The CTCAE column for a report's unit: mEq/L is halved to mmol/L."""
    return Unit.MG_DL if reading.unit is Unit.MG_DL else Unit.MMOL_L


def ctcae_grade(reading: Concentration, low: Concentration, high: Concentration) -> str:
    """The CTCAE v5.0 grade, ``hyper 3`` or ``hypo 1``, or ``0`` within the range used."""
    where = position(reading, low, high)
    unit = graded_unit(reading)
    value = reading.in_unit(unit)
    if where == "above":
        rows = ref.CTCAE_RAISED[unit]
        return f"hyper {next(g for cut, g in rows if cut is None or value <= Fraction(cut))}"
    if where == "below":
        rows = ref.CTCAE_LOW[unit]
        return f"hypo {next(g for cut, g in rows if cut is None or value >= Fraction(cut))}"
    return "0"


def _notes(
    reading: Concentration, low: Concentration, high: Concentration, own: bool
) -> tuple[str, ...]:
    """The notes' names, in alphabetical order."""
    by_uk = position(reading, ref.UK_RANGE.low, ref.UK_RANGE.high)
    held = {
        "own-range": own,
        "ranges-disagree": not own and by_uk != position(reading, low, high),
        "unit-maybe-mmol-l": _slipped(reading, ref.SLIP_TO_MMOL_L),
        "unit-maybe-mg-dl": _slipped(reading, ref.SLIP_TO_MG_DL),
    }
    return tuple(sorted(name for name, true in held.items() if true))


def _slipped(reading: Concentration, bands: dict[Unit, tuple[Fraction, Fraction, bool]]) -> bool:
    """Whether the number would be usual in the other unit."""
    if reading.unit not in bands:
        return False
    first, last, last_counts = bands[reading.unit]
    return first <= reading.value < last or (last_counts and reading.value == last)
