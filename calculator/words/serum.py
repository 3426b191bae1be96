"""The words for a serum result; its next steps are in ``care``."""

from __future__ import annotations

from fractions import Fraction

from calculator.quantities import (
    Concentration,
    Unit,
)
from calculator.result import Band, Line, Mark, NumberLine, Record, Result, Section, Table
from calculator.rules.serum import SerumFacts, position
from calculator.tables import blood
from calculator.tables.sources import OUR_OWN
from calculator.words.care import KIDNEY_SERUM, KIDNEY_SOURCES, serum_cards
from calculator.words.figures import (
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
from calculator.words.serum_working import serum_working

INSIDE = {"below": "below", "within": "inside", "above": "above"}
STAGE_NAMES = {
    "low": "Low",
    "none": "None",
    "mild": "Mild",
    "moderate": "Moderate",
    "severe": "Severe",
    "severe, over 15": "Severe, last step",
}


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
        working=Section(WORKING, serum_working(facts)),
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
