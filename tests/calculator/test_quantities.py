"""Numbers as typed, concentrations and masses: exact, in any unit, never a float."""

from decimal import Decimal
from fractions import Fraction
from string import ascii_letters

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculator.quantities import (
    Concentration,
    Mass,
    NotANumber,
    Number,
    Unit,
    display,
    exact,
    parse_number,
    places_apart,
    plain,
    split_inexact,
    split_range,
)

laws = settings(deadline=None, max_examples=40)
decimals = st.decimals(
    min_value=-10_000, max_value=10_000, places=4, allow_nan=False, allow_infinity=False
).map(lambda number: format(number, "f"))
units = st.sampled_from(list(Unit))


def refused(text: str) -> str:
    """The reason that ``text`` is no number."""
    with pytest.raises(NotANumber) as error:
        parse_number(text)
    return error.value.reason


@laws
@given(decimals)
def test_a_typed_decimal_is_read_exactly(text: str) -> None:
    """A number is the fraction that its digits say, with no rounding anywhere."""
    assert parse_number(text).value == Fraction(Decimal(text))
    assert type(parse_number(text).value) is Fraction


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("0.85", "0.85", ""),
        ("  2 ", "2", ""),
        ("2.", "2", ""),
        (".5", "0.5", ""),
        ("+1.7", "1.7", ""),
        ("-1", "-1", ""),
        ("\N{MINUS SIGN}1", "-1", ""),
        ("0.85mmol/L", "0.85", "mmol/L"),
        ("0.85 mmol / L", "0.85", "mmol/L"),
        ("200\N{NO-BREAK SPACE}mg", "200", "mg"),
        ("0.1", "1/10", ""),
        # Letters behind a number are a unit, which the question that asked then judges.
        ("1e", "1", "e"),
        ("0x10", "0", "x10"),
        ("1%", "1", "%"),
    ],
)
def test_spaces_and_a_typed_unit_are_accepted(text: str, value: str, unit: str) -> None:
    """A number may stand between spaces and before its unit."""
    number = parse_number(text)
    assert (number.value, number.unit) == (Fraction(value), unit)


@pytest.mark.parametrize("text", ["", " ", "\t", "\N{NO-BREAK SPACE}"])
def test_nothing_is_empty(text: str) -> None:
    """Nothing typed is told apart from something that is no number."""
    assert refused(text) == "empty"


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("1,7", "1.7"),
        ("0,85mmol/L", "0.85"),
        (",5", ".5"),
        ("-0,85", "-0.85"),
        ("1,700", "1.700"),
        ("1,700.5", "1700.5"),
        ("1.700,5", "1700.5"),
        ("1.234,567", "1234.567"),
        ("1,234,567", "1234567"),
        ("1.234.567", "1234567"),
        ("1 200", "1200"),
        ("\N{ZERO WIDTH SPACE}0.66\N{SOFT HYPHEN}", "0.66"),
        ("\N{LEFT-TO-RIGHT MARK}0.66\N{ZERO WIDTH NO-BREAK SPACE}", "0.66"),
        ("1\N{NARROW NO-BREAK SPACE}200", "1200"),
        (
            "\N{ARABIC-INDIC DIGIT ZERO}\N{ARABIC DECIMAL SEPARATOR}\N{ARABIC-INDIC DIGIT NINE}",
            "0.9",
        ),
        ("\N{FULLWIDTH DIGIT ONE}\N{FULLWIDTH COMMA}\N{FULLWIDTH DIGIT FIVE}", "1.5"),
        ("\N{DEVANAGARI DIGIT TWO}", "2"),
    ],
)
def test_marks_spaces_and_digits_of_any_script_are_read(text: str, digits: str) -> None:
    """One mark is a decimal mark, whichever it is; several are read where they mean one number."""
    number = parse_number(text)
    assert (number.digits, number.comma) == (digits, bool(set(text) & set(",\N{FULLWIDTH COMMA}")))


@pytest.mark.parametrize("text", ["2.500", "1,200", "12.345", "999,000", "1,200mg"])
def test_a_mark_that_could_be_thousands_is_asked_where_thousands_are_usual(text: str) -> None:
    """Both readings are given back, and neither is taken."""
    with pytest.raises(NotANumber) as error:
        parse_number(text, thousands=True)
    decimal, whole = error.value.readings
    assert error.value.reason == "thousands"
    assert Fraction(whole) == Fraction(decimal) * 1000
    assert parse_number(text).value == Fraction(decimal)


@pytest.mark.parametrize("text", ["0.500", "0,125", "2.50", "2.5000", "1200", "1234.567", "1,2"])
def test_a_mark_that_cannot_be_thousands_is_a_decimal_mark(text: str) -> None:
    """A nought before it, other decimals behind it, or more than 3 digits before it settle it."""
    number = parse_number(text, thousands=True)
    assert number.value == Fraction(text.replace(",", "."))


@pytest.mark.parametrize(
    "text", ["1.2.3", "1,23,456", "1.2,3", "12,34.5", "1,,2", "1.234,5,6", "0.123,4"]
)
def test_marks_that_mean_no_one_number_are_refused(text: str) -> None:
    """Nothing is made of marks that stand where no number has them."""
    assert refused(text) == "number"


@pytest.mark.parametrize(
    ("text", "side", "rest"),
    [
        ("<0.2", "less", "0.2"),
        ("> 4.0 mg/dL", "more", "4.0mg/dL"),
        ("\u22651", "more", "1"),
        ("\u22642", "less", "2"),
        (">=3", "more", "3"),
    ],
)
def test_less_or_more_than_is_no_exact_number(text: str, side: str, rest: str) -> None:
    """A result that a laboratory could not measure has a reason of its own."""
    assert split_inexact(text) == (side, rest)
    assert refused(text) == "inexact"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1\u066b5", 1.5),
        ("1\u066c234.5", 1234.5),
        ("1\uff0e5", 1.5),
        ("1\uff0c5", 1.5),
        ("\u22125", -5),
    ],
)
def test_the_marks_of_other_keypads_are_read_as_ours(text: str, value: float) -> None:
    """Arabic and wide marks, and a minus of its own."""
    assert parse_number(text).value == Fraction(value)


@pytest.mark.parametrize(("text", "printed"), [("+.85", "0.85"), ("5.", "5"), ("-1,5", "-1.5")])
def test_a_number_is_printed_as_a_page_writes_it(text: str, printed: str) -> None:
    """A nought before the mark, digits behind it, and no plus."""
    assert parse_number(text).printed == printed


def test_a_number_has_up_to_forty_digits() -> None:
    """No answer here needs more."""
    assert parse_number("1" * 40).value == int("1" * 40)
    assert refused("1" * 41) == "number"


def test_a_text_is_looked_through_up_to_a_hundred_signs() -> None:
    """The hundredth still counts, and one more does not."""
    assert parse_number("5" + "m" * 99).value == 5
    assert refused("5" + "m" * 100) == "number"


def test_no_letter_before_a_number_is_read_as_less_or_more() -> None:
    """Only the signs that a report prints are."""
    assert {refused(f"{letter}5") for letter in ascii_letters} == {"number"}


@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("0.70-1.00", ("0.70", "1.00")),
        ("0,70 \u2013 1,00", ("0,70", "1,00")),
        ("(0.70 - 1.00) mmol/L", ("0.70mmol/L", "1.00mmol/L")),
        ("[1.7 to 2.4]", ("1.7", "2.4")),
        ("1.7 TO 2.4 mg/dL", ("1.7mg/dL", "2.4mg/dL")),
        ("0.70~1.00", ("0.70", "1.00")),
        ("0.70X-1.00", None),
        ("0.70", None),
        ("-1", None),
        ("", None),
    ],
)
def test_a_range_in_one_box_is_its_two_limits(text: str, limits: tuple[str, str] | None) -> None:
    """Whatever dash stands between them, or the word."""
    assert split_range(text) == limits


@pytest.mark.parametrize(
    "text",
    "nan NaN inf -inf Infinity 1e3 1E-2 1e+2 1_000 two 1.2.3 1/2 -- + . , % mmol/L ½ ² 10² "
    "1\n2 $1 µ".split(" "),
)
def test_what_is_no_decimal_number_is_refused(text: str) -> None:
    """Words, NaN, infinity, exponents, fractions and two numbers in two lines are no numbers."""
    assert refused(text) == "number"


def test_fifty_digits_are_refused_and_forty_are_exact() -> None:
    """A number too long to be meant is refused before it is worked with."""
    assert refused("1" * 50) == "number"
    assert refused("0." + "1" * 50) == "number"
    assert parse_number("1" * 40).value == int("1" * 40)


@laws
@given(st.text(max_size=12))
def test_any_text_is_a_number_or_refused(text: str) -> None:
    """No text can break the reading of a number."""
    for thousands in (False, True):
        try:
            outcome = parse_number(text, thousands=thousands).digits
        except NotANumber as error:
            outcome = error.reason
        assert outcome.isascii()


def test_one_mmol_is_24_305_mg_and_2_meq() -> None:
    """1 mmol/L is exactly 2.4305 mg/dL and 2 mEq/L."""
    one = Concentration.of("1", Unit.MMOL_L)
    assert one.in_unit(Unit.MG_DL) == Fraction("2.4305")
    assert one.in_unit(Unit.MEQ_L) == 2
    assert one == Concentration.of("2.4305", Unit.MG_DL) == Concentration.of("2.00", Unit.MEQ_L)


@laws
@given(decimals, units, units, units)
def test_a_conversion_there_and_back_changes_nothing(
    text: str, first: Unit, second: Unit, third: Unit
) -> None:
    """The same blood is equal to itself, sorts with itself and is one key, in any unit."""
    blood = Concentration.of(text, first)
    there = Concentration(blood.in_unit(second), second)
    back = Concentration(there.in_unit(third), third)
    assert blood == there == back
    assert hash(blood) == hash(there) == hash(back)
    assert not blood < there
    assert blood <= there
    assert back.in_unit(first) == Fraction(text)


@laws
@given(decimals, decimals, units, units)
def test_the_order_of_readings_does_not_depend_on_their_units(
    first: str, second: str, one: Unit, other: Unit
) -> None:
    """More magnesium is more in whatever units the two are kept."""
    low, high = sorted((Fraction(first), Fraction(second)))
    a, b = Concentration(low, Unit.MMOL_L), Concentration(high, Unit.MMOL_L)
    converted = Concentration(a.in_unit(one), one), Concentration(b.in_unit(other), other)
    assert (converted[0] < converted[1]) is (low < high)


def test_what_was_not_given_is_nothing() -> None:
    """No unit and no comma behind a number, and no print of an amount, are made up."""
    assert Number(Fraction(1), "1") == Number(Fraction(1), "1", unit="", comma=False)
    assert Concentration(Fraction(1), Unit.MMOL_L).printed == ""


def test_a_concentration_equals_no_other_thing() -> None:
    """A concentration is not its bare number."""
    assert Concentration.of("1", Unit.MMOL_L) != Fraction(1)


def test_masses_add_take_away_and_scale_exactly() -> None:
    """Thirds stay thirds."""
    third = Mass.of(1) * Fraction(1, 3)
    assert third + third + third == Mass.of("1")
    assert Mass.of("0.3") - Mass.of("0.1") == Mass.of("0.2")
    assert Mass.of(100) / Mass.of(300) == Fraction(1, 3)
    assert (bool(Mass.of(0)), bool(third)) == (False, True)


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        ("0.05", 1, "0.1"),
        ("0.25", 1, "0.3"),
        ("0.35", 1, "0.4"),
        ("2.675", 2, "2.68"),
        ("1.005", 2, "1.01"),
        ("0.5", 0, "1"),
        ("1.5", 0, "2"),
        ("2.5", 0, "3"),
        ("0.049", 1, "0.0"),
        ("99.95", 1, "100.0"),
        ("-0.05", 1, "-0.1"),
        ("-0.04", 1, "0.0"),
        ("7", 2, "7.00"),
        ("1234567.891", 1, "1234567.9"),
    ],
)
def test_display_rounds_half_up(value: str, places: int, shown: str) -> None:
    """A half goes up, where floats and bankers would send some down."""
    assert display(Fraction(value), places) == shown


@laws
@given(decimals, st.integers(0, 5))
def test_display_is_the_nearest_decimal(text: str, places: int) -> None:
    """What is shown is within half of the last place shown."""
    shown = display(Fraction(text), places)
    assert abs(Fraction(shown) - Fraction(text)) <= Fraction(1, 2 * 10**places)
    assert len(shown.partition(".")[2]) == places


@laws
@given(decimals)
def test_exact_is_the_shortest_decimal_that_is_the_value(text: str) -> None:
    """An exact print reads back as the same number, and no digit can be left out."""
    shown = exact(Fraction(text))
    assert Fraction(shown) == Fraction(text)
    assert "." not in shown or not shown.endswith("0")


def test_a_third_has_no_exact_decimal() -> None:
    """What cannot be printed exactly is not printed as if it were."""
    with pytest.raises(ValueError, match="1/3"):
        exact(Fraction(1, 3))


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        ("80.8", 1, "80.8"),
        ("200", 1, "200"),
        ("200", 0, "200"),
        ("0.0401", 2, "0.04"),
        ("0", 1, "0"),
    ],
)
def test_plain_has_no_closing_zeros(value: str, places: int, shown: str) -> None:
    """A whole number is shown whole, and its own zeros stay."""
    assert plain(Fraction(value), places) == shown


@pytest.mark.parametrize(
    ("first", "second", "places"),
    [("400.04", "400", 2), ("400.1", "400", 1), ("400", "400", 1), ("1.70004", "1.7", 5)],
)
def test_two_values_are_shown_with_the_decimals_that_tell_them_apart(
    first: str, second: str, places: int
) -> None:
    """No comparison is printed between two numbers that look the same and are not."""
    assert places_apart(Fraction(first), Fraction(second), 1) == places
