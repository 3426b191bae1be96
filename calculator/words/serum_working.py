"""How a blood result is worked out: each step, with its source."""

from __future__ import annotations

from calculator.quantities import (
    MEQ_PER_MMOL,
    MG_DL_PER_MMOL_L,
    Concentration,
    Unit,
    display,
    exact,
)
from calculator.result import Line
from calculator.rules.serum import SerumFacts, graded_unit, position
from calculator.tables import blood, salts
from calculator.words.figures import (
    CARE_NAMES,
    ROW_NAMES,
    figure,
    in_unit,
    span,
    unread,
)
from calculator.words.rows import own_rule


def serum_working(facts: SerumFacts) -> tuple[Line, ...]:
    """Every step from the report to the row, its next step and its grade."""
    lines = [*_printed_step(facts)]
    if _needs_conversion(facts):
        lines.append(_conversion(facts.reading))
    if facts.row is None:
        return tuple(lines)
    lines += [*_position_steps(facts), _row_step(facts)]
    if facts.care_threshold is not None:
        lines.append(_care_step(facts, facts.care_threshold))
    return (*lines, _grade_step(facts))


def _printed_step(facts: SerumFacts) -> tuple[Line, ...]:
    """The sum from a unit that is not offered, such as mg/L, to one that is."""
    printed = facts.printed
    if printed.unit.factor == 1:
        return ()
    text = (
        f"{printed.figure}{printed.unit.written} × {exact(printed.unit.factor)} = "
        f"{exact_in(facts.reading, facts.reading.unit)}"
    )
    return (Line(text),)


def _needs_conversion(facts: SerumFacts) -> bool:
    """Whether a limit of the row or the range is in another unit than the report's."""
    if facts.row is None:
        return True
    ends = [end.at for end in _row_thresholds(facts)]
    limits = [facts.low, facts.high]
    return any(each.unit is not facts.reading.unit for each in (*ends, *limits))


def _row_thresholds(facts: SerumFacts) -> tuple[blood.Threshold, ...]:
    rows = blood.SERUM_ROWS
    number = rows.index(facts.row) if facts.row else 0
    near = rows[max(number - 1, 0) : number + 1]
    held = [row.ends for row in near if row.ends]
    return (*held, *([facts.care_threshold] if facts.care_threshold else ()))


def _conversion(reading: Concentration) -> Line:
    """The sum that turns the report's unit into the other, for checking by hand."""
    per_mmol = exact(MG_DL_PER_MMOL_L)
    mmol = display(reading.in_unit(Unit.MMOL_L), 3)
    given = figure(reading, reading.unit)
    if reading.unit is Unit.MG_DL:
        text = f"{given}mg/dL ÷ {per_mmol} = {mmol}mmol/L"
    elif reading.unit is Unit.MMOL_L:
        text = f"{given}mmol/L × {per_mmol} = {_exact_mg_dl(reading)}"
    else:
        text = (
            f"{given}mEq/L ÷ {MEQ_PER_MMOL} = {exact(reading.in_unit(Unit.MMOL_L))}mmol/L; "
            f"× {per_mmol} = {_exact_mg_dl(reading)}"
        )
    return Line(text, (salts.ATOMIC_WEIGHTS_SOURCE,))


def _exact_mg_dl(value: Concentration) -> str:
    """A concentration in mg/dL with every decimal it has: a comparison must not be rounded."""
    return exact_in(value, Unit.MG_DL)


def exact_in(value: Concentration, unit: Unit) -> str:
    """A concentration in ``unit`` with every decimal, or enough where they never end."""
    if unit is value.unit:
        return in_unit(value, unit)
    try:
        return f"{exact(value.in_unit(unit))}{unit.value}"
    except ValueError:
        return f"{display(value.in_unit(unit), _MANY)}{unit.value}"


_MANY = 6  # decimals of a number that has no end, such as 1.7mg/dL in mmol/L


def _compared(facts: SerumFacts, limit: Concentration) -> tuple[str, str]:
    """The reading and a limit in one unit: the limit's own, so that it stays as printed."""
    return exact_in(facts.reading, limit.unit), in_unit(limit, limit.unit)


def _position_steps(facts: SerumFacts) -> tuple[Line, ...]:
    """One step for each range that the result is compared with."""
    if facts.own_range:
        return (_position_step(facts, facts.low, facts.high, "the range you gave", ()),)
    return tuple(
        _position_step(facts, r.low, r.high or r.low, f"the range of {r.name}", r.sources)
        for r in blood.COMPARED_RANGES
    )


def _position_step(
    facts: SerumFacts, low: Concentration, high: Concentration, whose: str, sources: tuple[str, ...]
) -> Line:
    reading, least = _compared(facts, low)
    _, most = _compared(facts, high)
    where = position(facts.reading, low, high)
    text = {
        "below": f"{reading} is under {least}, so it is below {whose}",
        "within": f"{least} ≤ {reading} ≤ {most}, so it is inside {whose}",
        "above": f"{reading} is over {most}, so it is above {whose}",
    }[where]
    # The limits that a reader gave are an answer, and no published number.
    return Line(text, sources, span(low, high, low.unit) if sources else "")


def _row_step(facts: SerumFacts) -> Line:
    assert facts.row is not None
    rule = own_rule(facts.row, facts.low, facts.high)
    end = facts.row.ends
    return Line(
        f"So it is in the row “{ROW_NAMES[facts.row.id]}”: {rule}{unread(facts.row.read)}",
        (facts.row.source,),
        in_unit(end.at, end.at.unit) if end else "",
    )


def _care_step(facts: SerumFacts, threshold: blood.Threshold) -> Line:
    assert facts.row is not None
    word = "at or over" if facts.row.rises_inside else "over"
    reading, at = _compared(facts, threshold.at)
    return Line(
        f"{reading} is {word} {at}, so the next step is: {CARE_NAMES[facts.care].lower()}",
        (threshold.source,),
        at,
    )


def _grade_step(facts: SerumFacts) -> Line:
    unit = graded_unit(facts.reading)
    value = f"{exact(facts.reading.in_unit(unit))}{unit.value}"
    scale = f"{blood.CTCAE_NAME}, a scale for side effects in drug trials, for information only"
    if facts.grade == "0":
        text = f"{scale}: {value} has no grade, because it is inside the range used"
        return Line(text, blood.CTCAE_SOURCES)
    side, grade = facts.grade.split()
    raised = "raised" if side == "hyper" else "low"
    return Line(f"{scale}: {value} is {raised} magnesium, grade {grade}", blood.CTCAE_SOURCES)
