"""The serum check: which published row a blood result is in. Facts only, no sentences.

The rules are evidence/rules.md, "Serum"; every threshold is in ``reference``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from calculator.quantities import (
    Concentration,
    NotANumber,
    PrintedUnit,
    Unit,
    exact,
    parse_number,
    read_marked_unit,
    read_unit,
    split_inexact,
    split_range,
)
from calculator.rules.answers import Reader, Refusal, shown
from calculator.tables import blood


@dataclass(frozen=True)
class SerumAnswers:
    """The answers as typed: a value and its unit, and the reader's own range if given."""

    value: str
    unit: str
    low: str = ""
    high: str = ""


@dataclass(frozen=True)
class Printed:
    """A result as its report prints it: the number, the unit, and the laboratory's mark."""

    figure: str
    unit: PrintedUnit
    flag: str

    @property
    def reading(self) -> Concentration:
        """The result in one of the units that we compare in, exactly."""
        value = Fraction(self.figure) * self.unit.factor
        whole = self.unit.factor == 1
        return Concentration(value, self.unit.unit, self.figure if whole else exact(value))


@dataclass(frozen=True)
class SerumFacts:
    """What the check found. ``row`` and ``grade`` are None for an implausible reading.

    ``read_as`` has each answer that was typed with a comma, and the number it was read as.
    """

    answers: SerumAnswers
    printed: Printed
    reading: Concentration
    low: Concentration
    high: Concentration
    own_range: bool
    status: str
    position: str
    row: blood.SerumRow | None
    grade: str
    care: str
    care_threshold: blood.Threshold | None
    notes: tuple[str, ...]
    read_as: tuple[tuple[str, str], ...]


def check_serum(answers: SerumAnswers) -> SerumFacts | Refusal:
    """Find the row that a result is in; Refusal where the answers cannot be read."""
    reader = Reader()
    answers = _spread(answers)
    printed = _printed(reader, answers)
    own = _own_range(reader, answers, printed.unit if printed else None)
    if printed is None or reader.problems:
        return Refusal(tuple(reader.problems))
    reading = printed.reading
    low, high = own or (blood.DEFAULT_LOW, blood.DEFAULT_HIGH)
    status = _status(reading)
    row = find_row(reading, low, high) if status == "ok" else None
    care, care_threshold = _care(row, reading) if row else ("emergency-if-true", None)
    return SerumFacts(
        answers=answers,
        printed=printed,
        reading=reading,
        low=low,
        high=high,
        own_range=own is not None,
        status=status,
        position=position(reading, low, high) if row else "",
        row=row,
        grade=ctcae_grade(reading, low, high) if row else "",
        care=care,
        care_threshold=care_threshold,
        notes=_notes(reading, own is not None) if row else (),
        read_as=tuple(reader.read_as),
    )


def _spread(answers: SerumAnswers) -> SerumAnswers:
    """The answers with a whole range that stands in one limit's box spread over both."""
    for name, other in (("low", answers.high), ("high", answers.low)):
        limits = split_range(getattr(answers, name))
        if limits and other.strip() in ("", getattr(answers, name).strip()):
            return replace(answers, low=limits[0], high=limits[1])
    return answers


def _printed(reader: Reader, answers: SerumAnswers) -> Printed | None:
    """The value in the unit chosen, or typed behind it when none was chosen."""
    chosen = read_unit(answers.unit)
    if inexact := split_inexact(answers.value):
        _refuse_inexact(reader, answers, *inexact)
        return None
    typed = reader.typed("value", answers.value)
    if typed is not None and typed.value < 0:
        reader.refuse("value", "range", "negative")
    behind = read_marked_unit(typed.unit) if typed else (None, "")
    if typed and behind is None:
        reader.refuse("value", "number", "unit", given=shown(typed.unit))
    written, flag = behind or (None, "")
    unit = _unit(reader, answers.unit, chosen, written)
    return Printed(typed.printed, unit, flag) if typed and unit else None


def _unit(
    reader: Reader, text: str, chosen: PrintedUnit | None, written: PrintedUnit | None
) -> PrintedUnit | None:
    """The unit written behind the value, which must not contradict the one chosen."""
    if chosen is None:
        if text.strip():
            reader.refuse("unit", "choice", "unit", given=shown(text))
        elif written is None:
            reader.refuse("unit", "empty", "choice")
        return written
    if written is None:
        return chosen
    # The form offers three units; mg/L behind the value says more than the mg/dL chosen.
    if written.unit is not chosen.unit or chosen.factor not in (1, written.factor):
        values = {"typed": written.written, "chosen": chosen.written}
        reader.refuse("unit", "choice", "conflict", None, **values)
    return written


def _refuse_inexact(reader: Reader, answers: SerumAnswers, side: str, rest: str) -> None:
    """Say of ``<0.2`` or ``>4.0`` which row its number reaches, where that can be read."""
    values = {"typed": shown(answers.value)}
    try:
        number = parse_number(rest)
    except NotANumber:
        reader.refuse("value", "number", "number", None, **values)
        return
    behind = read_marked_unit(number.unit)
    if behind is None:
        reader.refuse("value", "number", "unit", given=shown(number.unit))
        return
    of_unit = Reader()
    unit = _unit(of_unit, answers.unit, read_unit(answers.unit), behind[0])
    if unit is None or of_unit.problems or number.value < 0:
        reader.refuse("value", "number", "inexact", None, **values)
        # The words for the value ask for a unit that is missing.
        reader.problems += [one for one in of_unit.problems if one.kind != "empty"]
        return
    reading = Printed(number.printed, unit, "").reading
    row = find_row(reading, blood.DEFAULT_LOW, blood.DEFAULT_HIGH)
    values |= {"reaches": row.id, "care": _care(row, reading)[0]}
    reader.refuse("value", "number", f"inexact-{side}", None, **values)


def _own_range(
    reader: Reader, answers: SerumAnswers, unit: PrintedUnit | None
) -> tuple[Concentration, Concentration] | None:
    """The reader's own limits when both are given and could be a laboratory's."""
    given = {"low": answers.low.strip(), "high": answers.high.strip()}
    if not any(given.values()):
        return None
    if not all(given.values()):
        reader.refuse("high" if given["low"] else "low", "range", "pair")
        return None
    low, high = (_limit(reader, name, text, unit) for name, text in given.items())
    if low is None or high is None:
        return None
    if low >= high:
        reader.refuse("low", "range", "order")
    elif low < blood.OWN_RANGE_LEAST.at or high > blood.OWN_RANGE_MOST.at:
        reason = "red-cells" if _of_red_cells(low, high) else "unlikely"
        reader.refuse("low", "range", reason, unit=low.unit.value)
    return low, high


def _of_red_cells(low: Concentration, high: Concentration) -> bool:
    """Whether limits that no serum has are a laboratory's for magnesium in red cells."""
    _, most, _ = blood.SLIPS["maybe-red-cell"][Unit.MG_DL]
    return low > blood.OWN_RANGE_MOST.at and high <= Concentration(most, Unit.MG_DL)


def _limit(reader: Reader, name: str, text: str, unit: PrintedUnit | None) -> Concentration | None:
    """One limit in the unit of the result, which may stand behind it too."""
    typed = reader.typed(name, text)
    if typed is None:
        return None
    written = read_unit(typed.unit)
    if typed.unit and (written is None or (unit and written != unit)):
        reader.refuse(name, "number", "unit", given=shown(typed.unit))
        return None
    if typed.value < 0:
        reader.refuse(name, "range", "negative")
        return None
    return Printed(typed.printed, unit, "").reading if unit else None


def _status(reading: Concentration) -> str:
    """``ok``, or which way a reading is too far out to be believed unchecked."""
    if reading < blood.IMPLAUSIBLE_BELOW.at:
        return "implausible-low"
    if reading > blood.IMPLAUSIBLE_ABOVE.at:
        return "implausible-high"
    return "ok"


def position(reading: Concentration, low: Concentration, high: Concentration | None) -> str:
    """``below``, ``within`` or ``above`` a range; both limits belong to it."""
    if reading < low:
        return "below"
    return "above" if high is not None and reading > high else "within"


def row_end(row: blood.SerumRow, low: Concentration, high: Concentration) -> Concentration | None:
    """Where a row ends, with the range's limits filled in; None for the last."""
    return {"low": low, "high": high, "": row.ends.at if row.ends else None}[row.ends_at]


def find_row(reading: Concentration, low: Concentration, high: Concentration) -> blood.SerumRow:
    """The first row, lowest first, that the reading does not lie beyond."""
    for row in blood.SERUM_ROWS:
        end = row_end(row, low, high)
        if end is None or reading < end or (row.ends_inside and reading == end):
            return row
    raise AssertionError("the last row has no end")


def _care(row: blood.SerumRow, reading: Concentration) -> tuple[str, blood.Threshold | None]:
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
        rows = blood.CTCAE_RAISED[unit]
        return f"hyper {next(g for cut, g in rows if cut is None or value <= Fraction(cut))}"
    if where == "below":
        rows = blood.CTCAE_LOW[unit]
        return f"hypo {next(g for cut, g in rows if cut is None or value >= Fraction(cut))}"
    return "0"


def disagree(reading: Concentration) -> bool:
    """Whether the two ranges that we compare with would place a reading differently."""
    places = {position(reading, each.low, each.high) for each in blood.COMPARED_RANGES}
    return len(places) > 1


def _notes(reading: Concentration, own: bool) -> tuple[str, ...]:
    """The notes' names, in alphabetical order."""
    held = {name: _slipped(reading, bands) for name, bands in blood.SLIPS.items()}
    held |= {"own-range": own, "ranges-disagree": not own and disagree(reading)}
    return tuple(sorted(name for name, true in held.items() if true))


def _slipped(reading: Concentration, bands: blood.Slip) -> bool:
    """Whether the number would be usual in another unit, or of another sample."""
    if reading.unit not in bands:
        return False
    first, last, last_counts = bands[reading.unit]
    return first <= reading.value < last or (last_counts and reading.value == last)
