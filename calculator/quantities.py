"""Exact quantities: typed numbers, concentrations in blood, masses. Never a float.

Every value is a ``Fraction``, so a reading exactly on a limit is exactly on it in any unit.
Rounding happens once, for display.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import total_ordering


class Unit(StrEnum):
    """A unit that laboratories print beside serum magnesium."""

    MG_DL = "mg/dL"
    MMOL_L = "mmol/L"
    MEQ_L = "mEq/L"


@dataclass(frozen=True)
class PrintedUnit:
    """A unit as a report prints it: how it is written, and how many of ``unit`` one is."""

    written: str
    unit: Unit
    factor: Fraction = Fraction(1)


# What laboratories print, by its letters alone: rules.md, "Numbers". 1mg/L is 0.1mg/dL and
# 1 µmol/L is 0.001mmol/L; val is the German word for an equivalent. Both micro signs,
# U+00B5 and U+03BC, are one letter once their case is folded.
_PER_LITRE = PrintedUnit("mg/L", Unit.MG_DL, Fraction(1, 10))
_MICRO = PrintedUnit("µmol/L", Unit.MMOL_L, Fraction(1, 1000))
_PER_ML = PrintedUnit("µg/mL", Unit.MG_DL, Fraction(1, 10))
_PRINTED = {
    **{unit.casefold(): PrintedUnit(unit.value, unit) for unit in Unit},
    "mg%": PrintedUnit("mg%", Unit.MG_DL),
    "mg/100ml": PrintedUnit("mg/100mL", Unit.MG_DL),
    "mg/l": _PER_LITRE,
    "\N{GREEK SMALL LETTER MU}g/ml": _PER_ML,
    "ug/ml": _PER_ML,
    "mcg/ml": _PER_ML,
    "\N{GREEK SMALL LETTER MU}mol/l": _MICRO,
    "umol/l": _MICRO,
    "mval/l": PrintedUnit("mval/L", Unit.MEQ_L),
}


def read_unit(text: str) -> PrintedUnit | None:
    """The unit that ``text`` names in any case and spacing, or None."""
    return _PRINTED.get(_without_spaces(text).casefold())


# Flags for a low, a high and a noted result, which reports print behind the number or unit.
_FLAGS = ("LL", "HH", "L", "H", "*", "**")
_LABORATORY_MARKS = {
    f"{opening}{flag}{closing}".casefold(): flag
    for flag in _FLAGS
    for opening, closing in (("", ""), ("(", ")"), ("[", "]"))
}


def read_marked_unit(text: str) -> tuple[PrintedUnit | None, str] | None:
    """The unit and the laboratory's mark behind a number, in either order, each if any.

    ``mmol/L``, ``L``, ``(H)mg/dL`` and ``mg/dL*`` are read; None for anything else. The L of
    ``mmol/L`` is the unit's own.
    """
    letters = _without_spaces(text).casefold()
    if not letters or letters in _PRINTED:
        return _PRINTED.get(letters), ""
    for mark, flag in _LABORATORY_MARKS.items():
        for rest in (letters.removesuffix(mark), letters.removeprefix(mark)):
            if rest != letters and (not rest or rest in _PRINTED):
                return _PRINTED.get(rest), flag
    return None


# Magnesium's standard atomic weight is 24.305 g/mol (abridged; CIAAW), so 1 mmol is
# 24.305 mg, 1 mmol/L is 2.4305 mg/dL, and, with two charges an ion, 1 mmol is 2 mEq.
MAGNESIUM_G_PER_MOL = Fraction("24.305")
MG_DL_PER_MMOL_L = MAGNESIUM_G_PER_MOL / 10
MEQ_PER_MMOL = 2

_MMOL_L_PER = {
    Unit.MMOL_L: Fraction(1),
    Unit.MEQ_L: Fraction(1, MEQ_PER_MMOL),
    Unit.MG_DL: 1 / MG_DL_PER_MMOL_L,
}


@total_ordering
@dataclass(frozen=True, eq=False)
class Concentration:
    """An amount of magnesium in blood, kept in the unit its source prints.

    Two concentrations are equal when the blood is the same, whatever the units.
    """

    value: Fraction
    unit: Unit
    printed: str = ""
    also: tuple[tuple[Unit, str], ...] = ()

    @classmethod
    def of(cls, printed: str, unit: Unit, *also: tuple[Unit, str]) -> Concentration:
        """A concentration as its source prints it, such as ``of("0.70", Unit.MMOL_L)``.

        ``also`` is how the same source prints it in other units, rounded as it likes.
        """
        return cls(Fraction(printed), unit, printed, also)

    def printed_in(self, unit: Unit) -> str:
        """What the source itself prints in ``unit``; "" where it prints nothing."""
        return self.printed if unit is self.unit else dict(self.also).get(unit, "")

    def in_unit(self, unit: Unit) -> Fraction:
        """The exact value in ``unit``."""
        if unit is self.unit:
            return self.value
        return self.value * _MMOL_L_PER[self.unit] / _MMOL_L_PER[unit]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Concentration):
            return NotImplemented
        return self.in_unit(Unit.MMOL_L) == other.in_unit(Unit.MMOL_L)

    def __lt__(self, other: Concentration) -> bool:
        return self.in_unit(Unit.MMOL_L) < other.in_unit(Unit.MMOL_L)

    def __hash__(self) -> int:
        return hash(self.in_unit(Unit.MMOL_L))


@dataclass(frozen=True, order=True)
class Mass:
    """An amount of a mineral in milligrams."""

    mg: Fraction

    @classmethod
    def of(cls, mg: str | int) -> Mass:
        """A mass from decimal text or a whole number of milligrams."""
        return cls(Fraction(mg))

    def __add__(self, other: Mass) -> Mass:
        return Mass(self.mg + other.mg)

    def __sub__(self, other: Mass) -> Mass:
        return Mass(self.mg - other.mg)

    def __mul__(self, factor: Fraction) -> Mass:
        return Mass(self.mg * factor)

    def __truediv__(self, other: Mass) -> Fraction:
        return self.mg / other.mg

    def __bool__(self) -> bool:
        return self.mg != 0


@dataclass(frozen=True)
class Number:
    """A number as somebody typed it: its exact value, its digits, and what stood after it.

    ``digits`` are ASCII with a full stop for decimals, and no thousands are marked;
    ``comma`` says whether a comma was typed, which has more than one reading.
    """

    value: Fraction
    digits: str
    unit: str = ""
    comma: bool = False

    @property
    def printed(self) -> str:
        """The digits as a page prints them: ``0.85`` for ``+.85``, ``5`` for ``5.``."""
        digits = self.digits.lstrip("+").removesuffix(".")
        return f"0{digits}" if digits.startswith(".") else digits


class NotANumber(ValueError):
    """Typed text that is no one number.

    ``reason`` is ``empty``, ``number``, ``inexact`` or ``thousands``, whose ``readings`` are
    both numbers that it could be.
    """

    def __init__(self, reason: str, *readings: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.readings = readings


# Spaces are dropped; so is what nobody sees: soft hyphen, joiners, marks of direction, BOM.
# A new line is not: two numbers one under the other are no number.
_UNSEEN = re.compile(r"[^\S\n\r]|[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
# What phones, word processors and other keypads put for a minus and for the two marks.
_SAME = str.maketrans(
    {
        "\N{MINUS SIGN}": "-",
        "\N{ARABIC DECIMAL SEPARATOR}": ".",
        "\N{ARABIC THOUSANDS SEPARATOR}": ",",
        "\N{FULLWIDTH FULL STOP}": ".",
        "\N{FULLWIDTH COMMA}": ",",
    }
)
_NUMBER = re.compile(r"([+-]?)([0-9.,]*[0-9][0-9.,]*)([A-Za-z%*\u00b5\u03bc(\[].*)?")
_EXPONENT = re.compile(r"[Ee][+-]?[0-9]")
_ONE_MARK = re.compile(r"([0-9]*)([.,])([0-9]*)")
_COULD_BE_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
_GROUPS = re.compile(r"[1-9][0-9]{0,2}(?:(?:\.[0-9]{3})+(?:,[0-9]+)?|(?:,[0-9]{3})+(?:\.[0-9]+)?)")
_LESS, _MORE = "<\N{LESS-THAN OR EQUAL TO}", ">\N{GREATER-THAN OR EQUAL TO}"
# A dash of any kind, or the word, between two limits that were typed or pasted into one box.
_RANGE = re.compile(r"([0-9.,]+)(?:[-~\u2010-\u2015]|to)([0-9.,]+)(\D.*)?", re.IGNORECASE)
_BRACKETS = str.maketrans("", "", "()[]")
# No answer here needs more digits, and int() refuses thousands of them.
_LONGEST = 40
# Nor more signs, with a unit behind: in a text of a million, looking for digits takes for ever.
_LONGEST_TEXT = 100


def _without_spaces(text: str) -> str:
    return _UNSEEN.sub("", text.strip())


def as_typed(text: str) -> str:
    """Typed text with ASCII digits and without anything that is not seen."""
    text = _without_spaces(text).translate(_SAME)
    return "".join(str(int(sign)) if sign.isdecimal() else sign for sign in text)


def split_inexact(text: str) -> tuple[str, str] | None:
    """``less`` or ``more``, and the rest, of a text such as ``<0.2``; None for any other."""
    text = as_typed(text)
    side = "less" if text[:1] in tuple(_LESS) else "more" if text[:1] in tuple(_MORE) else ""
    return (side, text[1:].removeprefix("=")) if side else None


def split_range(text: str) -> tuple[str, str] | None:
    """The two limits in ``0.70-1.00 mmol/L``, each with the unit; None for anything else."""
    match = _RANGE.fullmatch(as_typed(text).translate(_BRACKETS))
    return (f"{match[1]}{match[3] or ''}", f"{match[2]}{match[3] or ''}") if match else None


def parse_number(text: str, *, thousands: bool = False) -> Number:
    """The number in ``text``, exactly, with whatever unit or mark was typed after it.

    One comma or full stop is a decimal mark; where ``thousands`` are usual, a text that
    could be either is not guessed. Several marks are read where they can mean one number.
    Source: rules.md, "Numbers". Raises NotANumber.
    """
    text = as_typed(text)
    if not text:
        raise NotANumber("empty")
    if split_inexact(text):
        raise NotANumber("inexact")
    match = _NUMBER.fullmatch(text) if len(text) <= _LONGEST_TEXT else None
    behind = (match[3] or "") if match else ""
    if match is None or len(match[2]) > _LONGEST or _EXPONENT.match(behind):
        raise NotANumber("number")
    digits = match[1] + _digits(match[2], thousands)
    return Number(Fraction(digits), digits, behind, "," in match[2])


def _digits(written: str, thousands: bool) -> str:
    """Digits with a full stop for decimals, of digits with any marks."""
    if thousands and _COULD_BE_THOUSANDS.fullmatch(written):
        raise NotANumber("thousands", written.replace(",", "."), re.sub("[.,]", "", written))
    if written.isdecimal() or _ONE_MARK.fullmatch(written):
        return written.replace(",", ".")
    if not _GROUPS.fullmatch(written):
        raise NotANumber("number")
    *_, last = re.findall("[.,]", written)
    if written.count(last) > 1:
        return re.sub("[.,]", "", written)
    whole, _, decimals = written.rpartition(last)
    return f"{re.sub('[.,]', '', whole)}.{decimals}"


def display(value: Fraction, places: int) -> str:
    """``value`` rounded half up to ``places`` decimals, for a person to read."""
    scaled = abs(value) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    digits = str(whole).rjust(places + 1, "0")
    sign = "-" if value < 0 and whole else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else sign + digits


def exact(value: Fraction) -> str:
    """``value`` as the shortest decimal that is exactly it.

    Raises ValueError when no finite decimal is.
    """
    rest, places = value.denominator, 0
    while rest % 5 == 0 or rest % 2 == 0:
        rest //= 10 if rest % 10 == 0 else 5 if rest % 5 == 0 else 2
        places += 1
    if rest != 1:
        raise ValueError(f"{value} has no finite decimal form")
    return display(value, places)


def places_apart(first: Fraction, second: Fraction, places: int) -> int:
    """The fewest decimals, from ``places`` up, that tell two unequal values apart."""
    while first != second and display(first, places) == display(second, places):
        places += 1
    return places


def places_beside(value: Fraction, others: Iterable[Fraction], places: int) -> int:
    """The fewest decimals, from ``places`` up, that tell a value from each unequal one."""
    return max((places_apart(value, other, places) for other in others), default=places)


def plain(value: Fraction, places: int) -> str:
    """``value`` rounded half up to at most ``places`` decimals, without closing zeros."""
    text = display(value, places)
    return text.rstrip("0").rstrip(".") if "." in text else text
