"""The units that laboratories print, and the marks beside them."""

from fractions import Fraction

import pytest

from calculator.quantities import PrintedUnit, Unit, read_marked_unit, read_unit


@pytest.mark.parametrize("unit", list(Unit))
def test_a_unit_is_known_in_any_case_and_spacing(unit: Unit) -> None:
    """Laboratories print units in many ways."""
    for text in (unit.value, f" {unit.value.upper()} ", unit.value.replace("/", " / ").lower()):
        assert read_unit(text) == PrintedUnit(unit.value, unit)


@pytest.mark.parametrize(
    ("text", "written", "unit", "factor"),
    [
        ("mg%", "mg%", Unit.MG_DL, "1"),
        ("mg/100 mL", "mg/100mL", Unit.MG_DL, "1"),
        ("mg/l", "mg/L", Unit.MG_DL, "0.1"),
        ("\N{MICRO SIGN}g/mL", "\N{MICRO SIGN}g/mL", Unit.MG_DL, "0.1"),
        ("\N{GREEK SMALL LETTER MU}g/mL", "\N{MICRO SIGN}g/mL", Unit.MG_DL, "0.1"),
        ("ug/mL", "\N{MICRO SIGN}g/mL", Unit.MG_DL, "0.1"),
        ("mcg/mL", "\N{MICRO SIGN}g/mL", Unit.MG_DL, "0.1"),
        ("\N{MICRO SIGN}mol/L", "\N{MICRO SIGN}mol/L", Unit.MMOL_L, "0.001"),
        ("\N{GREEK SMALL LETTER MU}mol/L", "\N{MICRO SIGN}mol/L", Unit.MMOL_L, "0.001"),
        ("UMOL/L", "\N{MICRO SIGN}mol/L", Unit.MMOL_L, "0.001"),
        ("mval/l", "mval/L", Unit.MEQ_L, "1"),
    ],
)
def test_other_units_that_laboratories_print_are_read_exactly(
    text: str, written: str, unit: Unit, factor: str
) -> None:
    """Each is so many of one of the three, by its definition."""
    assert read_unit(text) == PrintedUnit(written, unit, Fraction(factor))


@pytest.mark.parametrize("text", ["", "mg", "mmol", "g/L", "ug/dL", "mg/dL/h", "L"])
def test_another_unit_is_not_guessed(text: str) -> None:
    """What laboratories do not print beside magnesium is no unit."""
    assert read_unit(text) is None


@pytest.mark.parametrize("flag", ["L", "H", "LL", "HH", "*", "**"])
@pytest.mark.parametrize("unit", ["", *Unit])
def test_a_laboratorys_mark_is_told_from_the_unit(flag: str, unit: str) -> None:
    """In brackets or not, before the unit or behind it; the L of mmol/L is no mark."""
    expected = (read_unit(unit), flag)
    for mark in (flag, f"({flag})", f"[{flag}]", flag.lower()):
        assert read_marked_unit(f"{unit} {mark}") == expected
        assert read_marked_unit(f"{mark} {unit}") == expected
    assert read_marked_unit(unit) == (read_unit(unit), "")
    assert read_marked_unit(f"{unit}?{flag}") is None
