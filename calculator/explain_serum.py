"""The words for a serum result."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from calculator import reference as ref
from calculator.explain import NOT_SAID, WORKING, both_units, figure, in_unit, source_name, span
from calculator.quantities import (
    MEQ_PER_MMOL,
    MG_DL_PER_MMOL_L,
    Concentration,
    Unit,
    display,
    exact,
)
from calculator.result import (
    Band,
    Care,
    Line,
    Mark,
    NumberLine,
    Result,
    Section,
    Table,
    serum_record,
)
from calculator.serum import SerumFacts, graded_unit, position, row_end

INSIDE = {"below": "below", "within": "inside", "above": "above"}
ROW_NAMES = {
    "low-severe": "Far below the range",
    "low-moderate": "Well below the range",
    "low-mild": "Below the range",
    "in-range": "Inside the range",
    "above-range": "Above the range",
    "mild-upper": "Further above the range",
    "moderate": "Well above the range",
    "severe": "Far above the range",
    "over-15": "Extremely far above the range",
}
STAGE_NAMES = {
    "low": "Low",
    "none": "None",
    "mild": "Mild",
    "moderate": "Moderate",
    "severe": "Severe",
    "severe, over 15": "Severe, last step",
}
CARE_NAMES = {
    "none": "None from this number alone",
    "prompt": "Speak to whoever ordered the test",
    "same-day": "Get help the same day",
    "emergency": "Get help now",
}


def row_rule(
    row: ref.SerumRow,
    low: Concentration,
    high: Concentration,
    unit: Unit,
    show: Callable[[Concentration, Unit], str] = figure,
) -> str:
    """The numbers a row covers, in ``unit``: ``4 to under 7mg/dL``; ``show`` prints each."""
    rows = ref.SERUM_ROWS
    before = rows[rows.index(row) - 1] if row is not rows[0] else None
    start = row_end(before, low, high) if before else None
    end = row_end(row, low, high)
    over = "over " if before and before.ends_inside else ""
    if start is None and end is not None:
        return f"under {show(end, unit)}{unit.value}"
    if end is None and start is not None:
        return f"over {show(start, unit)}{unit.value}"
    assert start is not None, row.id
    assert end is not None, row.id
    to = "to" if row.ends_inside else "to under"
    return f"{over}{show(start, unit)} {to} {show(end, unit)}{unit.value}"


def care_rule(row: ref.SerumRow) -> str:
    """A row's next step, and from where it rises."""
    name = CARE_NAMES[row.care]
    if row.rises is None:
        return name
    word = "from" if row.rises_inside else "above"
    return f"{name}; {word} {both_units(row.rises.at)}: {CARE_NAMES[row.later_care].lower()}"


def explain_serum(facts: SerumFacts) -> Result:
    """The words for a serum result."""
    implausible = facts.row is None
    return Result(
        check="serum",
        record=serum_record(facts),
        heading=_serum_heading(facts),
        summary=_implausible(facts) if implausible else _serum_summary(facts),
        marked="" if implausible else _marked(facts),
        line=None if implausible else _serum_line(facts),
        working=Section(WORKING, _serum_working(facts)),
        care=serum_care(facts.care),
        notes=_serum_notes(facts),
        sections=(
            *([_onsets(facts.reading.unit)] if _raised(facts) else ()),
            Section(NOT_SAID, _serum_limits()),
        ),
        table=_ranges_table(facts.reading),
    )


def _serum_heading(facts: SerumFacts) -> str:
    if facts.row is None:
        return "Check the number and the unit on your report"
    whose = "the range on your report" if facts.own_range else "the range we compared it with"
    return f"Your result is {INSIDE[facts.position]} {whose}"


def _range_sources(facts: SerumFacts) -> tuple[str, ...]:
    return (ref.OUR_OWN,) if facts.own_range else ref.DEFAULT_RANGE.sources


def _serum_summary(facts: SerumFacts) -> Line:
    unit = facts.reading.unit
    whose = "the range on your report" if facts.own_range else "a range from " + " and ".join(
        source_name(key) for key in ref.DEFAULT_RANGE.sources
    )  # fmt: skip
    text = (
        f"{both_units(facts.reading)} is {INSIDE[facts.position]} {whose}: "
        f"{span(facts.low, facts.high, unit)}."
    )
    return Line(text, _range_sources(facts))


def _implausible(facts: SerumFacts) -> Line:
    low = facts.status == "implausible-low"
    side = "lower" if low else "higher"
    limit = ref.IMPLAUSIBLE_BELOW if low else ref.IMPLAUSIBLE_ABOVE
    return Line(
        f"{both_units(facts.reading)} is {side} than a blood test is likely to show. "
        f"We check results from {in_unit(ref.IMPLAUSIBLE_BELOW.at, Unit.MG_DL)} "
        f"to {in_unit(ref.IMPLAUSIBLE_ABOVE.at, Unit.MG_DL)}. "
        "Compare the number and the unit with your report. If they are right, get help now.",
        (limit.source,),
    )


def _marked(facts: SerumFacts) -> str:
    return "Your result, by the range on your report" if facts.own_range else "Your result"


def _serum_line(facts: SerumFacts) -> NumberLine:
    """A line in the report's unit, with a second mark where sources put the first worry.

    The second mark follows two trials of number lines, which the page cites
    (zikmundfisher2017, zikmundfisher2018).
    """
    unit = facts.reading.unit
    worry = ref.LOW_SEVERE if facts.position == "below" else ref.FIRST_SYMPTOMS
    points = [facts.reading, facts.high, worry.at, ref.TOLERATED.at]
    end = max(point.in_unit(unit) for point in points) * Fraction(6, 5)
    low, high = facts.low.in_unit(unit), facts.high.in_unit(unit)
    bands = (
        Band(Fraction(0), low, "Below", "outside"),
        Band(low, high, "Inside", "within"),
        Band(high, end, "Above", "outside"),
    )
    what = (
        "symptoms usual at or under this"
        if worry is ref.LOW_SEVERE
        else f"{source_name(worry.source)} puts the first symptoms here"
    )
    marks = (
        Mark(low, in_unit(facts.low, unit), "limit"),
        Mark(high, in_unit(facts.high, unit), "limit"),
        Mark(worry.at.in_unit(unit), in_unit(worry.at, unit), "worry"),
        Mark(facts.reading.in_unit(unit), in_unit(facts.reading, unit), "reading"),
    )
    description = (
        f"Your result, {in_unit(facts.reading, unit)}, is {INSIDE[facts.position]} the range "
        f"{span(facts.low, facts.high, unit)}. The second mark is at "
        f"{in_unit(worry.at, unit)}: {what}."
    )
    return NumberLine(
        f"Number line: {description}",
        description,
        end,
        bands,
        marks,
        (worry.source,),
    )


def _serum_working(facts: SerumFacts) -> tuple[Line, ...]:
    lines = [_conversion(facts.reading)]
    if facts.row is None:
        return tuple(lines)
    lines += [_position_step(facts), _row_step(facts)]
    if facts.care_threshold is not None:
        lines.append(_care_step(facts, facts.care_threshold))
    return (*lines, _grade_step(facts))


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
    return Line(text, (ref.ATOMIC_WEIGHTS_SOURCE,))


def _exact_mg_dl(value: Concentration) -> str:
    """A concentration in mg/dL with every decimal it has: a comparison must not be rounded."""
    return f"{_exact_figure(value, Unit.MG_DL)}{Unit.MG_DL.value}"


def _exact_figure(value: Concentration, unit: Unit) -> str:
    return exact(value.in_unit(unit))


def _position_step(facts: SerumFacts) -> Line:
    reading, low, high = map(_exact_mg_dl, (facts.reading, facts.low, facts.high))
    text = {
        "below": f"{reading} is under {low}, so it is below the range",
        "within": f"{low} ≤ {reading} ≤ {high}, so it is inside the range",
        "above": f"{reading} is over {high}, so it is above the range",
    }[facts.position]
    # The limits that a reader gave are an answer, and no published number.
    ours = "" if "own-range" in facts.notes else span(facts.low, facts.high, Unit.MG_DL)
    return Line(text, _range_sources(facts), ours)


def _row_step(facts: SerumFacts) -> Line:
    assert facts.row is not None
    rule = row_rule(facts.row, facts.low, facts.high, Unit.MG_DL, _exact_figure)
    end = facts.row.ends
    return Line(
        f"{_exact_mg_dl(facts.reading)} is in the row “{ROW_NAMES[facts.row.id]}”: {rule}",
        (facts.row.source,),
        in_unit(end.at, end.at.unit) if end else "",
    )


def _care_step(facts: SerumFacts, threshold: ref.Threshold) -> Line:
    assert facts.row is not None
    word = "at or over" if facts.row.rises_inside else "over"
    return Line(
        f"{_exact_mg_dl(facts.reading)} is {word} {_exact_mg_dl(threshold.at)}, "
        f"so the next step is: {CARE_NAMES[facts.care].lower()}",
        (threshold.source,),
        in_unit(threshold.at, threshold.at.unit),
    )


def _grade_step(facts: SerumFacts) -> Line:
    unit = graded_unit(facts.reading)
    value = f"{exact(facts.reading.in_unit(unit))}{unit.value}"
    scale = "CTCAE, a scale for side effects in drug trials, for information only"
    if facts.grade == "0":
        text = f"{scale}: {value} has no grade, because it is inside the range used"
        return Line(text, (ref.CTCAE_SOURCE,))
    side, grade = facts.grade.split()
    raised = "raised" if side == "hyper" else "low"
    return Line(f"{scale}: {value} is {raised} magnesium, grade {grade}", (ref.CTCAE_SOURCE,))


def _serum_notes(facts: SerumFacts) -> tuple[Line, ...]:
    notes = [_serum_note(name, facts) for name in facts.notes]
    if facts.row is not None and facts.row.id != "in-range":
        notes.append(
            Line(f"Signs the source lists for this row: {facts.row.signs}.", (facts.row.source,))
        )
    if _raised(facts):
        notes.append(_serum_kidney())
    return tuple(notes)


def _raised(facts: SerumFacts) -> bool:
    return facts.position == "above" or facts.status == "implausible-high"


def _serum_note(name: str, facts: SerumFacts) -> Line:
    reading = facts.reading
    if name == "own-range":
        return Line(
            "You gave the range printed on your report, so it replaces ours. "
            "The other rows stay as they are."
        )
    if name == "ranges-disagree":
        uk = ref.UK_RANGE
        where = INSIDE[position(reading, uk.low, uk.high)]
        return Line(
            f"Published ranges disagree about this result. By the range of {uk.name}, "
            f"{span(uk.low, uk.high, uk.low.unit)}, it is {where}. "
            "The range printed on your own report comes first.",
            uk.sources,
        )
    usual = Unit.MMOL_L if name == "unit-maybe-mmol-l" else Unit.MG_DL
    # With the reader's own range a reading in mEq/L can be inside it.
    side = "far below" if usual is Unit.MMOL_L else INSIDE[facts.position]
    return Line(
        f"{figure(reading, reading.unit)} is a usual result in {usual.value}. "
        f"In {reading.unit.value} it would be {side} the range. Which unit is on your report?"
    )


def _onsets(unit: Unit) -> Section:
    return Section(
        "Sources disagree about where symptoms begin",
        tuple(
            Line(
                f"{onset.name}, {span(onset.low, onset.high, unit)}: {onset.signs}", (onset.source,)
            )
            for onset in ref.ONSETS
        ),
    )


def _serum_kidney() -> Line:
    return Line(
        "The kidneys clear magnesium. With kidney disease it can go on rising, so a raised "
        "result matters more. Tell the person you speak to about any kidney disease, and "
        "about supplements, antacids and laxatives with magnesium.",
        ("nhs-ayrshire",),
    )


def _serum_limits() -> tuple[Line, ...]:
    return (
        Line("Why the result is what it is. A number alone cannot say."),
        Line(
            "How much magnesium is in your body. Most of it is in bone and inside cells, "
            "and little is in blood.",
            ("iom1997",),
        ),
        Line(
            "Anything about babies, people in hospital, or people on a magnesium drip. "
            "The check is not for them."
        ),
        Line(
            "The next steps are this project's own, built from the sources named. "
            "No clinician has signed them off.",
            (ref.OUR_OWN,),
        ),
    )


def serum_care(level: str) -> Care | None:
    """The care card for a serum care level."""
    if level == "prompt":
        return Care(
            level,
            "Non-urgent advice: ",
            "Speak to a GP or pharmacist if:",
            (
                "whoever ordered the test has not talked to you about this result",
                "you have kidney disease, or take anything with magnesium in it",
                "you feel unwell",
            ),
        )
    if level == "same-day":
        return Care(
            level,
            "Urgent advice: ",
            f"Ask for an urgent GP appointment or get help from {ref.URGENT_PHONE} if:",
            (
                "this is your result, in this unit",
                "you have cramps or shaking, or you feel sick, weak, dizzy or drowsy",
            ),
        )
    if level in ("emergency", "emergency-if-true"):
        return _emergency(level)
    return None


def _emergency(level: str) -> Care:
    first = (
        "this is your result, in this unit"
        if level == "emergency"
        else "you compared the number and the unit with your report, and they are right"
    )
    return Care(
        "emergency",
        "Immediate action required: ",
        f"Call {ref.EMERGENCY_PHONES}, or go to an emergency department now if:",
        (
            first,
            "you have an irregular or slow heartbeat, a fit, or trouble breathing, or you are "
            "confused, very weak or very drowsy",
        ),
    )


def _against(reading: Concentration, published: ref.Range) -> str:
    """Where a reading lies; a range without a top never says that a high one is inside it."""
    where = position(reading, published.low, published.high)
    if where == "within" and published.high is None:
        return "At or above its lower limit; it gives no upper one"
    return INSIDE[where].capitalize()


def _ranges_table(reading: Concentration) -> Table:
    unit = reading.unit
    rows = tuple(
        (
            published.name,
            span(published.low, published.high, unit),
            _against(reading, published),
        )
        for published in ref.RANGES
    )
    return Table(
        f"Your result against each published range, in {unit.value}",
        ("Source", "Range", "Your result is"),
        rows,
        tuple(published.sources for published in ref.RANGES),
    )
