"""How a figure, a unit and a source are said in every sentence.

They hold no numbers: every figure comes from the facts. The wording follows the project's
intended purpose: it says what was compared with what, gives no dose and no diagnosis, and
sends nobody anywhere but to a clinician. This module has what both explanations share.
"""

from __future__ import annotations

from fractions import Fraction

from calculator.quantities import (
    Concentration,
    Mass,
    Unit,
    display,
    places_apart,
    places_beside,
    plain,
)
from calculator.tables.sources import MEMORY, PARTLY, SOURCE_NAMES

OF_FOOD_AND_WATER = "for soluble magnesium in food and drinking water"
NOT_SAID = "What this does not tell you"
WORKING = "How we worked it out"
SOURCES = "Sources"

_PLACES = 2  # of a concentration in a sentence
_WHOLE = Fraction(100)  # percent
MOST_PLACES = 6  # of a number given back as it was printed or typed


# What a row is called, by how far it lies from the range, and what each next step is.
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
CARE_NAMES = {
    "none": "None from this number alone",
    "prompt": "Speak to whoever ordered the test",
    "same-day": "Get help the same day",
    "emergency": "Get help now",
}


def in_unit(value: Concentration, unit: Unit, apart: tuple[Concentration, ...] = ()) -> str:
    """A concentration in ``unit``, in its own unit as its source prints it: ``1.7mg/dL``."""
    return f"{figure(value, unit, apart)}{unit.value}"


def figure(value: Concentration, unit: Unit, apart: tuple[Concentration, ...] = ()) -> str:
    """The number alone: as its source prints it in ``unit``, else rounded.

    It never looks like one of ``apart``, which it is compared with, unless it is the same.
    """
    if printed := value.printed_in(unit):
        return printed
    own = value.in_unit(unit)
    return display(own, places_beside(own, (other.in_unit(unit) for other in apart), _PLACES))


def both_units(value: Concentration, apart: tuple[Concentration, ...] = ()) -> str:
    """A concentration in its own unit, then in the other usual one."""
    other = Unit.MMOL_L if value.unit is Unit.MG_DL else Unit.MG_DL
    return f"{in_unit(value, value.unit)} ({in_unit(value, other, apart)})"


def span(low: Concentration | None, high: Concentration | None, unit: Unit) -> str:
    """A range in ``unit``: ``1.7 to 2.4mg/dL``; ``0.85mmol/L or more`` without a top."""
    if low is None:
        return f"under {in_unit(_known(high), unit)}"
    if high is None:
        return f"{in_unit(low, unit)} or more"
    return f"{figure(low, unit)} to {in_unit(high, unit)}"


def own_span(low: Concentration | None, high: Concentration | None, unit: Unit | None) -> str:
    """A range as its source prints it first, then in ``unit``, if any and if that is another."""
    own = _known(low or high).unit
    first = span(low, high, own)
    return first if unit in (own, None) else f"{first} ({span(low, high, unit)})"


def _known(value: Concentration | None) -> Concentration:
    assert value is not None
    return value


def mg(mass: Mass, places: int = 1) -> str:
    """Milligrams to one decimal where it has one: ``80.8mg``, ``1,200mg``."""
    return f"{_thousands(plain(mass.mg, places))}mg"


def percent(value: Fraction, places: int = 1) -> str:
    """A percentage to one decimal: ``104.0%``. Never ``100.0%`` of what is not reached."""
    return f"{_thousands(display(value, places_apart(value, _WHOLE, places)))}%"


def _thousands(text: str) -> str:
    whole, dot, rest = text.partition(".")
    return f"{int(whole):,}{dot}{rest}"


def mg_apart(first: Mass, second: Mass) -> tuple[str, str]:
    """Two amounts that are compared: never ``400mg > 400mg``, however close they are."""
    places = places_apart(first.mg, second.mg, 1)
    return mg(first, places), mg(second, places)


def mg_beside(amount: Mass, others: tuple[Mass, ...]) -> str:
    """An amount that is compared with several: it looks like none of them but its equal."""
    return mg(amount, places_beside(amount.mg, (other.mg for other in others), 1))


def read_as(answers: tuple[tuple[str, str], ...]) -> str:
    """What was read where a comma was typed; "" where none was."""
    if not answers:
        return ""
    return f"{'; '.join(f'“{typed}” was read as {read}' for typed, read in answers)}."


def source_name(key: str) -> str:
    """What a source is called in running text."""
    return SOURCE_NAMES[key]


_MARKS = {PARTLY: "read only where others quote it", MEMORY: "not yet checked"}


def unread(read: str) -> str:
    """The mark that stands behind a number whose source was not read: "" when it was."""
    return f" ({_MARKS[read]})" if read in _MARKS else ""
