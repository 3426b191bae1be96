"""The serum check's rules: which row, which care level, in any unit, with any range."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculator.quantities import Concentration, Unit, exact
from calculator.rules.answers import Refusal
from calculator.rules.serum import (
    SerumAnswers,
    SerumFacts,
    check_serum,
    ctcae_grade,
    row_end,
)
from calculator.tables import blood

laws = settings(deadline=None, max_examples=40)

CARE = ("none", "prompt", "same-day", "emergency")
LOW, HIGH = Concentration.of("1.7", Unit.MG_DL), Concentration.of("2.4", Unit.MG_DL)

# So many 0.0001 mmol/L have a finite decimal in every unit. Half are beside an end of a row, where
# a slip in the conversion would show.
ENDS = [row_end(row, blood.DEFAULT_LOW, blood.DEFAULT_HIGH) for row in blood.SERUM_ROWS]
BESIDE = [
    round(end.in_unit(Unit.MMOL_L) * 10_000) + step for end in ENDS if end for step in (-1, 1)
]
tenths = st.integers(830, 123_000) | st.sampled_from(BESIDE)
mmol = tenths.map(lambda number: Fraction(number, 10_000))
# Half are where a reader's own range may end.
hundredths = st.integers(20, 3000) | st.integers(122, 300)
mg_dl = hundredths.map(lambda number: Fraction(number, 100))
ranges = st.tuples(st.integers(122, 300), st.integers(122, 300)).filter(lambda r: r[0] < r[1])


def found(value: str, unit: str = "mg/dL", low: str = "", high: str = "") -> SerumFacts:
    """The facts about a result that can be checked."""
    facts = check_serum(SerumAnswers(value, unit, low, high))
    assert isinstance(facts, SerumFacts), facts
    return facts


def row_of(facts: SerumFacts) -> str:
    """The row's name."""
    assert facts.row is not None
    return facts.row.id


def problems(value: str, unit: str = "mg/dL", low: str = "", high: str = "") -> list[str]:
    """What is wrong with answers: field, kind and reason."""
    refusal = check_serum(SerumAnswers(value, unit, low, high))
    assert isinstance(refusal, Refusal), refusal
    return [f"{p.field}:{p.kind}:{p.reason}" for p in refusal.problems]


# ------------------------------------------------------------------------ rows


@laws
@given(mmol)
def test_the_same_blood_gets_the_same_row_in_any_unit(reading: Fraction) -> None:
    """A reading typed exactly in each unit is in one row, on one side, with one next step."""
    blood = Concentration(reading, Unit.MMOL_L)
    facts = [found(exact(blood.in_unit(unit)), unit.value) for unit in Unit]
    assert len({(f.row, f.position, f.care, f.status) for f in facts}) == 1


@laws
@given(ranges, mmol)
def test_the_same_blood_and_range_get_the_same_row_in_any_unit(
    limits: tuple[int, int], reading: Fraction
) -> None:
    """So it is with the reader's own range, converted as exactly as the reading."""
    typed = [Fraction(limits[0], 250), Fraction(limits[1], 250)]
    low, high = (Concentration(value, Unit.MMOL_L) for value in typed)
    blood = Concentration(reading, Unit.MMOL_L)
    answers = [
        SerumAnswers(
            *(exact(blood.in_unit(u)), u.value), *(exact(x.in_unit(u)) for x in (low, high))
        )
        for u in Unit
    ]
    outcomes = [check_serum(answer) for answer in answers]
    assert len({type(outcome) for outcome in outcomes}) == 1
    known = [outcome for outcome in outcomes if isinstance(outcome, SerumFacts)]
    assert len({(f.row, f.position, f.care, f.status) for f in known}) <= 1


def test_every_reading_is_in_exactly_one_row_and_rows_come_in_order() -> None:
    """From 0.2 to 30 mg/dL, in steps of 0.02, each row is met once, from low to high."""
    met = [row_of(found(exact(Fraction(n, 50)))) for n in range(10, 1501)]
    assert list(dict.fromkeys(met)) == [row.id for row in blood.SERUM_ROWS]
    changes = sum(before != after for before, after in pairwise(met))
    assert changes == len(blood.SERUM_ROWS) - 1


@pytest.mark.parametrize(
    ("at", "unit", "below", "itself", "above"),
    [
        ("0.4", "mmol/L", "low-severe", "low-moderate", "low-moderate"),
        ("0.9722", "mg/dL", "low-severe", "low-moderate", "low-moderate"),
        ("0.5", "mmol/L", "low-moderate", "low-mild", "low-mild"),
        ("1.21525", "mg/dL", "low-moderate", "low-mild", "low-mild"),
        ("1.7", "mg/dL", "low-mild", "in-range", "in-range"),
        ("2.4305", "mg/dL", "in-range", "in-range", "above-range"),
        ("1", "mmol/L", "in-range", "in-range", "above-range"),
        ("4", "mg/dL", "above-range", "mild-upper", "mild-upper"),
        ("7", "mg/dL", "mild-upper", "moderate", "moderate"),
        ("12", "mg/dL", "moderate", "moderate", "severe"),
        ("15", "mg/dL", "severe", "severe", "over-15"),
    ],
)
def test_a_threshold_belongs_to_the_row_the_rules_give_it(
    at: str, unit: str, below: str, itself: str, above: str
) -> None:
    """A reading on a threshold is on it exactly, however near its neighbours are."""
    hair = Fraction(1, 10**9)
    readings = [exact(Fraction(at) + step) for step in (-hair, 0, hair)]
    assert [row_of(found(reading, unit)) for reading in readings] == [below, itself, above]


@laws
@given(ranges)
def test_a_limit_belongs_to_the_range(limits: tuple[int, int]) -> None:
    """Both limits of the reader's own range are inside it, and a hair beyond is not."""
    low, high = (Fraction(limit, 100) for limit in limits)
    hair = Fraction(1, 10**9)
    typed = (exact(low), exact(high))
    assert [row_of(found(limit, "mg/dL", *typed)) for limit in typed] == ["in-range"] * 2
    assert found(exact(low - hair), "mg/dL", *typed).position == "below"
    assert found(exact(high + hair), "mg/dL", *typed).position == "above"


@laws
@given(ranges, mg_dl)
def test_an_own_range_replaces_the_two_limits_only(
    limits: tuple[int, int], reading: Fraction
) -> None:
    """A row beyond the range is the same with and without the reader's own limits."""
    low, high = exact(Fraction(limits[0], 100)), exact(Fraction(limits[1], 100))
    own, ours = found(exact(reading), "mg/dL", low, high), found(exact(reading))
    near = {"low-mild", "in-range", "above-range"}
    assert (row_of(own) in near) == (row_of(ours) in near)
    if row_of(ours) not in near:
        assert (own.row, own.care, own.position) == (ours.row, ours.care, ours.position)
    side = "below" if reading * 100 < limits[0] else "within"
    assert own.position == ("above" if reading * 100 > limits[1] else side)
    assert "own-range" in own.notes
    assert "ranges-disagree" not in own.notes


# ------------------------------------------------------------------------ care


@pytest.mark.parametrize(
    ("reading", "care"),
    [
        ("0.97", "emergency"),
        ("0.98", "same-day"),
        ("1.21", "same-day"),
        ("1.22", "prompt"),
        ("1.7", "none"),
        ("2.4305", "none"),
        ("2.44", "prompt"),
        ("3.0", "prompt"),
        ("3.0001", "same-day"),
        ("4", "same-day"),
        ("4.7999", "same-day"),
        ("4.8", "emergency"),
        ("6.99", "emergency"),
        ("30", "emergency"),
    ],
)
def test_a_reading_has_its_care_level(reading: str, care: str) -> None:
    """The next step is the rules' own, and rises inside two of the rows."""
    assert found(reading).care == care


@laws
@given(mg_dl, mg_dl, ranges)
def test_care_never_falls_as_a_reading_leaves_the_range(
    one: Fraction, other: Fraction, limits: tuple[int, int]
) -> None:
    """Further above is never less urgent, nor further below, whatever the range."""
    for typed in (("", ""), tuple(exact(Fraction(limit, 100)) for limit in limits)):
        lower, higher = (found(exact(x), "mg/dL", *typed) for x in sorted((one, other)))
        if lower.position in ("within", "above"):
            assert CARE.index(lower.care) <= CARE.index(higher.care)
        if higher.position in ("within", "below"):
            assert CARE.index(lower.care) >= CARE.index(higher.care)


@laws
@given(mg_dl)
def test_only_a_reading_inside_the_range_has_no_next_step(reading: Fraction) -> None:
    """Above or below, somebody is told whom to speak to."""
    facts = found(exact(reading))
    assert (facts.care == "none") == (facts.position == "within")


@pytest.mark.parametrize(
    ("value", "unit", "status"),
    [
        ("0", "mg/dL", "implausible-low"),
        ("0.1999", "mg/dL", "implausible-low"),
        ("0.2", "mg/dL", "ok"),
        ("30", "mg/dL", "ok"),
        ("30.0001", "mg/dL", "implausible-high"),
        ("0.0822", "mmol/L", "implausible-low"),
        ("0.0823", "mmol/L", "ok"),
        ("12.343", "mmol/L", "ok"),
        ("12.3432", "mmol/L", "implausible-high"),
        ("85", "mEq/L", "implausible-high"),
    ],
)
def test_a_reading_beyond_belief_is_asked_again(value: str, unit: str, status: str) -> None:
    """Under 0.2 or over 30 mg/dL no row is given, and help is now if it is true."""
    facts = found(value, unit)
    assert facts.status == status
    if status != "ok":
        assert (facts.row, facts.grade, facts.notes) == (None, "", ())
        assert facts.care == "emergency-if-true"


# ---------------------------------------------------------------------- grades

GRADES = [
    ("mg/dL", "2.4305", "0"),
    ("mg/dL", "2.4306", "hyper 1"),
    ("mg/dL", "3.0", "hyper 1"),
    ("mg/dL", "3.0001", "hyper 3"),
    ("mg/dL", "8.0", "hyper 3"),
    ("mg/dL", "8.0001", "hyper 4"),
    ("mg/dL", "1.6999", "hypo 1"),
    ("mg/dL", "1.2", "hypo 1"),
    ("mg/dL", "1.1999", "hypo 2"),
    ("mg/dL", "0.9", "hypo 2"),
    ("mg/dL", "0.8999", "hypo 3"),
    ("mg/dL", "0.7", "hypo 3"),
    ("mg/dL", "0.6999", "hypo 4"),
    ("mmol/L", "1.23", "hyper 1"),
    ("mmol/L", "1.2301", "hyper 3"),
    ("mmol/L", "3.30", "hyper 3"),
    ("mmol/L", "3.3001", "hyper 4"),
    ("mmol/L", "0.5", "hypo 1"),
    ("mmol/L", "0.4999", "hypo 2"),
    ("mmol/L", "0.4", "hypo 2"),
    ("mmol/L", "0.3999", "hypo 3"),
    ("mmol/L", "0.3", "hypo 3"),
    ("mmol/L", "0.2999", "hypo 4"),
    ("mEq/L", "2.46", "hyper 1"),
    ("mEq/L", "2.4601", "hyper 3"),
    ("mEq/L", "6.60", "hyper 3"),
    ("mEq/L", "6.6001", "hyper 4"),
    ("mEq/L", "1.0", "hypo 1"),
    ("mEq/L", "0.9999", "hypo 2"),
    ("mEq/L", "0.8", "hypo 2"),
    ("mEq/L", "0.6", "hypo 3"),
    ("mEq/L", "0.5999", "hypo 4"),
]


@pytest.mark.parametrize(("unit", "value", "grade"), GRADES)
def test_a_grade_is_taken_in_the_unit_of_the_report(unit: str, value: str, grade: str) -> None:
    """CTCAE's two columns were rounded apart, so each report is graded in its own."""
    assert found(value, unit).grade == grade


def test_a_grade_follows_the_range_used() -> None:
    """With an own range, inside it is no grade, and outside it is grade 1 at least."""
    assert found("2.9", "mg/dL", "1.22", "3.0").grade == "0"
    assert found("2.0", "mg/dL", "2.1", "2.9").grade == "hypo 1"
    assert found("1.4", "mg/dL", "1.22", "1.3").grade == "hyper 1"


@laws
@given(mg_dl)
def test_no_reading_has_raised_grade_2_or_grade_5(reading: Fraction) -> None:
    """The source has no raised grade 2, and grade 5 is death."""
    grade = ctcae_grade(Concentration(reading, Unit.MG_DL), LOW, HIGH)
    assert grade in {"0", "hyper 1", "hyper 3", "hyper 4", "hypo 1", "hypo 2", "hypo 3", "hypo 4"}


# ----------------------------------------------------------------------- notes


@pytest.mark.parametrize(
    ("value", "unit", "note"),
    [
        ("0.5999", "mg/dL", None),
        ("0.6", "mg/dL", "unit-maybe-mmol-l"),
        ("1.1999", "mg/dL", "unit-maybe-mmol-l"),
        ("1.2", "mg/dL", None),
        ("1.2999", "mmol/L", None),
        ("1.3", "mmol/L", "unit-maybe-mg-dl"),
        ("2.7", "mmol/L", "unit-maybe-mg-dl"),
        ("2.7001", "mmol/L", None),
        ("0.85", "mmol/L", None),
        ("1.9999", "mEq/L", None),
        ("2.0", "mEq/L", "unit-maybe-mg-dl"),
        ("2.7", "mEq/L", "unit-maybe-mg-dl"),
        ("2.7001", "mEq/L", None),
        ("1", "mEq/L", None),
    ],
)
def test_a_number_usual_in_another_unit_is_noted(value: str, unit: str, note: str | None) -> None:
    """A slip of the unit is asked about between the bounds of the rules, and not beyond."""
    notes = [name for name in found(value, unit).notes if name.startswith("unit")]
    assert notes == ([note] if note else [])


@pytest.mark.parametrize(
    ("value", "unit", "care"), [("0.85", "mg/dL", "emergency"), ("2", "mmol/L", "emergency")]
)
def test_a_note_about_the_unit_leaves_the_next_step_as_it_is(
    value: str, unit: str, care: str
) -> None:
    """A slip is only likely: if there was none, help is as urgent as the number says."""
    assert found(value, unit).care == care


@pytest.mark.parametrize(
    ("value", "unit", "disagree"),
    [
        ("1.7", "mg/dL", True),
        ("0.7", "mmol/L", False),
        ("2.4", "mg/dL", False),
        ("2.41", "mg/dL", True),
        ("1", "mmol/L", True),
        ("1.0001", "mmol/L", False),
        ("1.69", "mg/dL", False),
    ],
)
def test_ranges_that_disagree_are_named(value: str, unit: str, disagree: bool) -> None:
    """Between 1.7 mg/dL and 0.70 mmol/L, and between the two upper limits, sources differ."""
    assert ("ranges-disagree" in found(value, unit).notes) is disagree


@laws
@given(mg_dl)
def test_notes_come_in_alphabetical_order(reading: Fraction) -> None:
    """The list of notes is the same however it was put together."""
    notes = found(exact(reading)).notes
    assert list(notes) == sorted(notes)
