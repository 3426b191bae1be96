"""Exact quantities: typed numbers, concentrations in blood, masses. Never a float.

Every value is a ``Fraction``, so a reading exactly on a limit is exactly on it in any unit.
Rounding happens once, for display.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import total_ordering


class Unit(StrEnum):
    """A unit that laboratories print beside serum magnesium."""

    MG_DL = "mg/dL"
    MMOL_L = "mmol/L"
    MEQ_L = "mEq/L"

    @classmethod
    def read(cls, text: str) -> Unit | None:
        """The unit that ``text`` names in any case and spacing, or None."""
        wanted = "".join(text.split()).casefold()
        return next((unit for unit in cls if unit.value.casefold() == wanted), None)


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

    @classmethod
    def of(cls, printed: str, unit: Unit) -> Concentration:
        """A concentration as its source prints it, such as ``of("0.70", Unit.MMOL_L)``."""
        return cls(Fraction(printed), unit, printed)

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
    """A number as somebody typed it: its exact value, its digits, and any unit after it."""

    value: Fraction
    digits: str
    unit: str = ""

    @property
    def printed(self) -> str:
        """The digits as a page prints them: ``0.85`` for ``+.85``, ``5`` for ``5.``."""
        digits = self.digits.lstrip("+").removesuffix(".")
        return f"0{digits}" if digits.startswith(".") else digits


class NotANumber(ValueError):
    """Typed text that is no decimal number; ``reason`` is ``empty``, ``comma`` or ``number``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


# ASCII digits only, and no exponent: rules.md, "Numbers". A unit is letters and a slash.
_NUMBER = re.compile(r"([+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+))\s*([A-Za-z]+(?:\s*/\s*[A-Za-z]+)?)?")
_COMMA = re.compile(r"[+-]?[0-9.]*,[0-9][0-9,.]*.*")
# No answer here needs more digits, and int() refuses thousands of them.
_LONGEST = 40


def parse_number(text: str) -> Number:
    """The number in ``text``, exactly, with a unit if one was typed after it.

    Raises NotANumber for nothing, words, NaN, infinity, exponents and a comma (which is
    read neither as a decimal mark nor as thousands, because it can be both).
    """
    # Phones and word processors put U+2212 for a typed minus.
    text = text.strip().replace("\N{MINUS SIGN}", "-")
    if not text:
        raise NotANumber("empty")
    if _COMMA.fullmatch(text):
        raise NotANumber("comma")
    match = _NUMBER.fullmatch(text)
    if match is None or len(match[1]) > _LONGEST:
        raise NotANumber("number")
    digits, unit = match[1], match[2] or ""
    return Number(Fraction(digits), digits, "".join(unit.split()))


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


def plain(value: Fraction, places: int) -> str:
    """``value`` rounded half up to at most ``places`` decimals, without closing zeros."""
    text = display(value, places)
    return text.rstrip("0").rstrip(".") if "." in text else text
