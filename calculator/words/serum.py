"""The words for a serum result; its next steps are in ``care``."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from calculator.quantities import (
    MEQ_PER_MMOL,
    MG_DL_PER_MMOL_L,
    Concentration,
    Unit,
    display,
    exact,
)
from calculator.result import Band, Line, Mark, NumberLine, Record, Result, Section, Table
from calculator.rules.serum import SerumFacts, graded_unit, position, row_end
from calculator.tables import blood, salts
from calculator.tables.sources import OUR_OWN
from calculator.words.care import KIDNEY_SERUM, KIDNEY_SOURCES, serum_cards
from calculator.words.figures import (
    CARE_NAMES,
    NOT_SAID,
    ROW_NAMES,
    WORKING,
    both_units,
    figure,
    in_unit,
    own_span,
    read_as,
    source_name,
    span,
    unread,
)

INSIDE = {"below": "below", "within": "inside", "above": "above"}
STAGE_NAMES = {
    "low": "Low",
    "none": "None",
    "mild": "Mild",
    "moderate": "Moderate",
    "severe": "Severe",
    "severe, over 15": "Severe, last step",
}


def row_rule(
    row: blood.SerumRow,
    low: Concentration,
    high: Concentration,
    unit: Unit,
    show: Callable[[Concentration, Unit], str] = figure,
) -> str:
    """The numbers a row covers, in ``unit``: ``4 to under 7mg/dL``; ``show`` prints each."""
    rows = blood.SERUM_ROWS
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


def own_rule(row: blood.SerumRow, low: Concentration, high: Concentration) -> str:
    """The numbers a row covers, each end in its source's unit: ``1.7mg/dL to 1.00mmol/L``."""
    rows = blood.SERUM_ROWS
    before = row_end(rows[rows.index(row) - 1], low, high) if row is not rows[0] else None
    end = row_end(row, low, high)
    over = "over " if before and rows[rows.index(row) - 1].ends_inside else ""
    if before is None or end is None:
        return span(before, end, (before or end or low).unit)
    to = "to" if row.ends_inside else "to under"
    return f"{over}{in_unit(before, before.unit)} {to} {in_unit(end, end.unit)}"


def care_rule(row: blood.SerumRow) -> str:
    """A row's next step, and from where it rises."""
    name = CARE_NAMES[row.care]
    if row.rises is None:
        return name
    word = "from" if row.rises_inside else "above"
    return f"{name}; {word} {both_units(row.rises.at)}: {CARE_NAMES[row.later_care].lower()}"


def explain_serum(facts: SerumFacts, record: Record) -> Result:
    """The words for a serum result."""
    implausible = facts.row is None
    return Result(
        check="serum",
        record=record,
        heading=_serum_heading(facts),
        summary=_implausible(facts) if implausible else _serum_summary(facts),
        marked="" if implausible else _marked(facts),
        line=None if implausible else _serum_line(facts),
        compared=None,
        compared_bars=None,
        cards=serum_cards(facts),
        notes=_serum_notes(facts),
        warning=(Line(KIDNEY_SERUM, KIDNEY_SOURCES),) if _raised(facts) else (),
        working=Section(WORKING, _serum_working(facts)),
        sections=(*_signs(facts), *_disagreements(facts), Section(NOT_SAID, _serum_limits())),
        table=_ranges_table(facts.reading),
    )


def _serum_heading(facts: SerumFacts) -> str:
    """How far the result lies, or that published ranges disagree about it."""
    if facts.row is None:
        return "Check the number and the unit on your report"
    if "ranges-disagree" in facts.notes:
        return "Published ranges disagree about this result: the range on your report decides"
    whose = "the range on your report" if facts.own_range else "the usual range"
    place = ROW_NAMES[facts.row.id].replace("the range", whose)
    return f"Your result is {place[:1].lower()}{place[1:]}"


def _serum_summary(facts: SerumFacts) -> Line:
    """What was compared with what: each published range as its source prints it."""
    reading = both_units(facts.reading, (facts.low, facts.high))
    if facts.own_range:
        limits = span(facts.low, facts.high, facts.reading.unit)
        return Line(f"{reading} is {INSIDE[facts.position]} the range you gave: {limits}.")
    places = [(INSIDE[position(facts.reading, r.low, r.high)], r) for r in blood.COMPARED_RANGES]
    sources = tuple(key for published in blood.COMPARED_RANGES for key in published.sources)
    if "ranges-disagree" in facts.notes:
        each = ", but ".join(f"{place} {_named(published)}" for place, published in places)
        return Line(f"{reading} is {each}.", sources)
    both = " and ".join(_named(published) for _, published in places)
    return Line(f"{reading} is {places[0][0]} both ranges that we compare with: {both}.", sources)


def _named(published: blood.Range) -> str:
    limits = span(published.low, published.high, published.low.unit)
    return f"{limits} ({published.name})"


def _implausible(facts: SerumFacts) -> Line:
    side = "lower" if facts.status == "implausible-low" else "higher"
    least, most = (
        in_unit(limit.at, Unit.MG_DL)
        for limit in (blood.IMPLAUSIBLE_BELOW, blood.IMPLAUSIBLE_ABOVE)
    )
    reading = both_units(facts.reading, (blood.IMPLAUSIBLE_BELOW.at, blood.IMPLAUSIBLE_ABOVE.at))
    return Line(
        f"{reading} is {side} than a blood test is likely to show: we check results from "
        f"{least} to {most}. Compare the number and the unit with your report. If they are "
        "right, get help now."
    )


def _marked(facts: SerumFacts) -> str:
    return "Your result, by the range on your report" if facts.own_range else "Your result"


def _serum_line(facts: SerumFacts) -> NumberLine:
    """A line in the report's unit, with a second mark where sources put the first worry.

    The second mark follows two trials of number lines, which the page cites
    (zikmundfisher2017, zikmundfisher2018).
    """
    unit = facts.reading.unit
    worry = blood.LOW_SEVERE if facts.position == "below" else blood.FIRST_SYMPTOMS
    points = [facts.reading, facts.high, worry.at, blood.TOLERATED.at]
    end = max(point.in_unit(unit) for point in points) * Fraction(6, 5)
    low, high = facts.low.in_unit(unit), facts.high.in_unit(unit)
    low_text, high_text = (in_unit(x, unit, (facts.reading,)) for x in (facts.low, facts.high))
    numbers = f"{low_text.removesuffix(unit.value)} to {high_text}"
    bands = (
        Band(Fraction(0), low, "Below", "outside"),
        Band(low, high, _within_words(facts), "within", numbers),
        Band(high, end, "Above", "outside"),
    )
    what = (
        "symptoms usual at or under this"
        if worry is blood.LOW_SEVERE
        else f"{source_name(worry.source)} puts the first symptoms here"
    )
    reading = in_unit(facts.reading, unit)
    worry_text = in_unit(worry.at, unit)
    marks = (
        Mark(low, "", "limit"),
        Mark(high, "", "limit"),
        Mark(worry.at.in_unit(unit), worry_text, "worry"),
        Mark(facts.reading.in_unit(unit), reading, "reading"),
    )
    whose = "the range you gave" if facts.own_range else "the wider of the two ranges"
    place = f"Your result, {reading}, is {INSIDE[facts.position]} {whose}: {numbers}."
    description = f"The second mark is at {worry_text}: {what}."
    title = f"Number line: {place} {description}"
    return NumberLine(title, description, end, bands, marks, (worry.source,))


def _within_words(facts: SerumFacts) -> str:
    return "Your range" if facts.own_range else "Usual"


def _serum_working(facts: SerumFacts) -> tuple[Line, ...]:
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
        f"{_exact_in(facts.reading, facts.reading.unit)}"
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
    return _exact_in(value, Unit.MG_DL)


def _exact_in(value: Concentration, unit: Unit) -> str:
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
    return _exact_in(facts.reading, limit.unit), in_unit(limit, limit.unit)


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


def _serum_notes(facts: SerumFacts) -> tuple[Line, ...]:
    """What the number is of, then what was typed."""
    notes = [_serum_note(name, facts) for name in facts.notes if name in _NOTE_ORDER]
    if typed := read_as(facts.read_as):
        notes.append(Line(typed))
    if facts.printed.flag:
        flag = facts.printed.flag
        notes.append(Line(f"Your report marks the result {flag}. We left the mark out."))
    return tuple(notes)


_NOTE_ORDER = ("maybe-red-cell", *blood.USUAL_UNIT, "own-range")


def _signs(facts: SerumFacts) -> tuple[Section, ...]:
    """The signs as the row's source lists them, and apart from them what others say."""
    row = facts.row
    if row is None or row.id == "in-range":
        return ()
    more = f" {row.more[:1].upper()}{row.more[1:]}." if row.more else ""
    line = Line(
        f"The source lists{unread(row.read)}: {row.signs}.{more}", (row.source, *row.more_sources)
    )
    return (Section("Signs that go with this row", (line,)),)


def _raised(facts: SerumFacts) -> bool:
    return facts.position == "above" or facts.status == "implausible-high"


def _serum_note(name: str, facts: SerumFacts) -> Line:
    number, unit = figure(facts.reading, facts.reading.unit), facts.reading.unit.value
    if name == "own-range":
        return Line(
            "You gave the range printed on your report, so it replaces ours. "
            "The other rows stay as they are."
        )
    if name == "maybe-red-cell":
        return Line(
            f"First look at the name of the test. {number}{unit} is a usual result for magnesium "
            "in red cells (erythrocytes, RBC or whole blood), which is another test. This check "
            "is for serum or plasma only.",
            blood.RED_CELL_SOURCES,
        )
    usual = blood.USUAL_UNIT[name]
    # With the reader's own range a reading in mEq/L can be inside it.
    side = "far below" if facts.position == "below" else INSIDE[facts.position]
    return Line(
        f"{number} is a usual result in {usual}. In {unit} it would be {side} the range. "
        "Which unit is on your report?"
    )


def _disagreements(facts: SerumFacts) -> tuple[Section, ...]:
    """Where sources put the signs, on the side of the result."""
    if _raised(facts):
        return (
            Section("Sources disagree about where symptoms begin", _onsets(facts, blood.ONSETS)),
        )
    if facts.position == "below" or facts.status == "implausible-low":
        return (
            Section(
                "Sources disagree about where severe signs begin", _onsets(facts, blood.LOW_ONSETS)
            ),
        )
    return ()


def _onsets(facts: SerumFacts, onsets: tuple[blood.Onset, ...]) -> tuple[Line, ...]:
    unit = facts.reading.unit
    return tuple(
        Line(f"{o.name}, {own_span(o.low, o.high, unit)}: {o.signs}{unread(o.read)}", (o.source,))
        for o in onsets
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
            "Anything about babies, children, pregnancy, dialysis, people in hospital, or people "
            "on a magnesium drip. The check is not for them, nor for red cells, urine or other "
            "samples."
        ),
        Line(
            "The next steps are this project's own, built from the sources named. "
            "No clinician has signed them off.",
            (OUR_OWN,),
        ),
    )


def _against(reading: Concentration, published: blood.Range) -> str:
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
            own_span(published.low, published.high, unit),
            _against(reading, published),
        )
        for published in blood.RANGES
    )
    return Table(
        f"Your result against each published range, in {unit.value}",
        ("Source", "Range", "Your result is"),
        rows,
        tuple(published.sources for published in blood.RANGES),
    )
