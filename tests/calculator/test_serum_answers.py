"""What a blood result is read from: numbers, units, marks and ranges, and what is refused."""

from fractions import Fraction

import pytest

from calculator.quantities import Concentration, Unit, exact, read_unit
from calculator.rules.serum import (
    find_row,
    position,
)
from calculator.tables import blood
from tests.calculator.test_serum import HIGH, LOW, found, problems

# ------------------------------------------------------- what the number is of

WRITTEN = {
    Unit.MG_DL: (("mg%", 1), ("mg/100mL", 1), ("mg/L", 10), ("\N{MICRO SIGN}g/mL", 10)),
    Unit.MMOL_L: (("\N{GREEK SMALL LETTER MU}mol/L", 1000), ("umol/L", 1000)),
    Unit.MEQ_L: (("mval/L", 1),),
}


@pytest.mark.slow
def test_the_same_blood_gets_the_same_row_in_every_unit_that_is_printed() -> None:
    """5,000 readings, typed in the three units and in all the others that laboratories print."""
    for number in range(1, 5001):
        blood = Concentration(Fraction(number, 400), Unit.MMOL_L)
        facts = [found(exact(blood.in_unit(unit)), unit.value) for unit in Unit]
        unit = list(Unit)[number % 3]
        for written, many in WRITTEN[unit]:
            typed = exact(blood.in_unit(unit) * many)
            facts.append(found(f"{typed} {written}", ("", unit.value)[number % 2]))
            assert facts[-1].printed.unit == read_unit(written)
        assert len({(f.row, f.position, f.care, f.status, f.reading) for f in facts}) == 1, number


def test_no_result_that_a_compared_range_calls_usual_is_outside() -> None:
    """The wider limit at each end decides, and the heading's note says where they differ."""
    # The two lower limits are 0.0006mmol/L apart.
    for number in range(40, 6001):
        facts = found(exact(Fraction(number, 2000)), "mmol/L")
        inside = [
            position(facts.reading, each.low, each.high) == "within"
            for each in blood.COMPARED_RANGES
        ]
        assert (facts.position == "within") == any(inside)
        assert ("ranges-disagree" in facts.notes) == (any(inside) and not all(inside))


@pytest.mark.parametrize(
    ("value", "unit", "note"),
    [
        ("3.99", "mg/dL", False), ("4.0", "mg/dL", True), ("7.0", "mg/dL", True),
        ("7.01", "mg/dL", False), ("1.64", "mmol/L", False), ("1.65", "mmol/L", True),
        ("2.65", "mmol/L", True), ("2.66", "mmol/L", False), ("3.29", "mEq/L", False),
        ("3.3", "mEq/L", True), ("5.3", "mEq/L", True), ("5.31", "mEq/L", False),
        ("50", "mg/L", True),
    ],
)  # fmt: skip
def test_a_usual_result_of_red_cells_is_noted(value: str, unit: str, note: bool) -> None:
    """Between the bounds of the rules, and the next step stays what the number says."""
    assert ("maybe-red-cell" in found(value, unit).notes) is note


@pytest.mark.parametrize(
    ("value", "unit", "note"),
    [("13.9", "mg/dL", False), ("14", "mg/dL", True), ("30", "mg/dL", True), ("20", "mg/L", False)],
)
def test_a_usual_result_in_mg_l_is_noted(value: str, unit: str, note: bool) -> None:
    """17 typed as mg/dL is more often 17mg/L; typed as mg/L it is read as that."""
    assert ("unit-maybe-mg-l" in found(value, unit).notes) is note


@pytest.mark.parametrize(
    ("value", "flag"),
    [
        ("0.66 L", "L"),
        ("0.66 (H)", "H"),
        ("0.66* mmol/L", "*"),
        ("0.66 mmol/L LL", "LL"),
        ("0.66", ""),
    ],
)
def test_a_laboratorys_mark_is_left_out_and_named(value: str, flag: str) -> None:
    """It is no unit and changes no number."""
    facts = found(value, "mmol/L")
    assert (facts.printed.figure, facts.printed.flag) == ("0.66", flag)


@pytest.mark.parametrize(
    ("low", "high"),
    [
        ("0.70-1.00", ""),
        ("", "0,70 \u2013 1,00"),
        ("(0.70 to 1.00) mmol/L", ""),
        ("0.70-1.00", "0.70-1.00"),
    ],
)
def test_a_range_in_one_box_fills_both(low: str, high: str) -> None:
    """As it is printed on a report, it need not be taken apart."""
    facts = found("0.85", "mmol/L", low, high)
    limits = Concentration.of("0.70", Unit.MMOL_L), Concentration.of("1.00", Unit.MMOL_L)
    assert (facts.low, facts.high, facts.own_range) == (*limits, True)


def test_limits_are_in_the_unit_of_the_result() -> None:
    """A report in mg/L prints its range in mg/L too."""
    facts = found("20", "mg/L", "17", "24")
    assert (facts.low, facts.high) == (LOW, HIGH)


def test_a_comma_is_told_as_it_was_read() -> None:
    """Only where one was typed."""
    assert found("1,7").read_as == (("1,7", "1.7"),)
    assert found("1.7").read_as == ()


# -------------------------------------------------------------------- problems


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        (("", ""), ["value:empty:empty", "unit:empty:choice"]),
        (("1.2.3", "mg/dL"), ["value:number:number"]),
        (("<0.2", "mg/dL"), ["value:number:inexact-less"]),
        ((">4.0 mmol/L", ""), ["value:number:inexact-more"]),
        (("\u22654.0", "mmol/L"), ["value:number:inexact-more"]),
        (("<0.2", ""), ["value:number:inexact"]),
        (("< -2", "mg/dL"), ["value:number:inexact"]),
        (("<0", "mg/dL"), ["value:number:inexact-less"]),
        (("<low", "mg/dL"), ["value:number:number"]),
        (("20 mg/dL", "mg/L"), ["unit:choice:conflict"]),
        (("20 mmol/L", "mg/L"), ["unit:choice:conflict"]),
        (("5.2", "mg/dL", "4.2", "6.8"), ["low:range:red-cells"]),
        (("2.1", "mmol/L", "1.65", "2.65"), ["low:range:red-cells"]),
        (("2.1", "mmol/L", "1.65-2.65", ""), ["low:range:red-cells"]),
        (("5.2", "mg/dL", "4.2", "7.1"), ["low:range:unlikely"]),
        (("20", "mg/dL", "17", "24"), ["low:range:unlikely"]),
        (("2", "mg/dL", "0.7-1.0", "1.1"), ["low:number:number"]),
        (("two", "mg/dL"), ["value:number:number"]),
        (("-1", "mg/dL"), ["value:range:negative"]),
        (("2", "mg"), ["unit:choice:unit"]),
        (("2 grams", "mg/dL"), ["value:number:unit"]),
        (("2 grams", ""), ["value:number:unit", "unit:empty:choice"]),
        (("0.85 mmol/L", "mg/dL"), ["unit:choice:conflict"]),
        (("2", "mg/dL", "1.7", ""), ["high:range:pair"]),
        (("2", "mg/dL", "", "2.4"), ["low:range:pair"]),
        (("2", "mg/dL", "2.4", "1.7"), ["low:range:order"]),
        (("2", "mg/dL", "2", "2"), ["low:range:order"]),
        (("2", "mg/dL", "1.2199", "2.4"), ["low:range:unlikely"]),
        (("2", "mg/dL", "1.7", "3.0001"), ["low:range:unlikely"]),
        (("0.8", "mmol/L", "1.7", "2.4"), ["low:range:red-cells"]),
        (("2", "mg/dL", "a", "1,,1"), ["low:number:number", "high:number:number"]),
        (("2", "mg/dL", "0.7mmol/L", "2.4"), ["low:number:unit"]),
        (("2", "mg/dL", "-1", "2.4"), ["low:range:negative"]),
        (("2", "", "1.7 mg/dL", "2.4"), ["unit:empty:choice"]),
        (("2", "", "1.7 pints", "2.4"), ["unit:empty:choice", "low:number:unit"]),
        (("x", "", "", "2.4"), ["value:number:number", "unit:empty:choice", "low:range:pair"]),
    ],
)
def test_every_problem_is_named_in_the_forms_order(
    answers: tuple[str, ...], expected: list[str]
) -> None:
    """Each answer that cannot be used is named once, and no other."""
    assert problems(*answers) == expected


@pytest.mark.parametrize(("low", "high"), [("1.22", "3.0"), (" 1.22 mg/dl", "3mg/dL")])
def test_the_widest_own_range_is_accepted(low: str, high: str) -> None:
    """1.22 and 3.0 mg/dL themselves are accepted, with the unit typed or not."""
    assert found("2", "mg/dL", low, high).own_range


@pytest.mark.parametrize("unit", ["mg/dL", "MG/DL", " mg / dl "])
def test_a_unit_may_be_chosen_or_typed_or_both_alike(unit: str) -> None:
    """A unit that is typed and agrees is accepted; typed alone, it is the unit."""
    for facts in (found("2", unit), found(f"2 {unit}", ""), found(f"2{unit}", unit)):
        assert facts.reading == Concentration.of("2", Unit.MG_DL)


def test_a_range_without_a_top_has_nothing_above_it() -> None:
    """A source that gives no upper limit says nothing about a high reading."""
    assert position(Concentration.of("9", Unit.MMOL_L), LOW, None) == "within"


def test_rows_without_a_last_one_are_a_fault_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """A table that does not cover a reading stops the check rather than give a wrong row."""
    monkeypatch.setattr(blood, "SERUM_ROWS", blood.SERUM_ROWS[:-1])
    with pytest.raises(AssertionError, match="last row"):
        find_row(Concentration.of("20", Unit.MG_DL), LOW, HIGH)
