"""The only sentences about results, with ``explain_serum`` and ``explain_intake``.

They hold no numbers: every figure comes from the facts. The wording follows the project's
intended purpose: it says what was compared with what, gives no dose and no diagnosis, and
sends nobody anywhere but to a clinician. This module has what both explanations share.
"""

from __future__ import annotations

from fractions import Fraction

from calculator import reference as ref
from calculator.quantities import Concentration, Mass, Unit, display, places_apart, plain

NOT_SAID = "What this does not tell you"
WORKING = "How we worked it out"
SOURCES = "Sources"

_PLACES = {Unit.MG_DL: 2, Unit.MMOL_L: 3, Unit.MEQ_L: 3}
_WHOLE = Fraction(100)  # percent
MOST_PLACES = 6  # of a number given back as it was printed or typed


def in_unit(value: Concentration, unit: Unit) -> str:
    """A concentration in ``unit``, in its own unit as its source prints it: ``1.7mg/dL``."""
    return f"{figure(value, unit)}{unit.value}"


def figure(value: Concentration, unit: Unit) -> str:
    """The number alone: as printed in its own unit, rounded in another."""
    if unit is value.unit:
        return value.printed or plain(value.value, MOST_PLACES)
    return display(value.in_unit(unit), _PLACES[unit])


def both_units(value: Concentration) -> str:
    """A concentration in its own unit, then in the other usual one."""
    other = Unit.MMOL_L if value.unit is Unit.MG_DL else Unit.MG_DL
    return f"{in_unit(value, value.unit)} ({in_unit(value, other)})"


def span(low: Concentration, high: Concentration | None, unit: Unit) -> str:
    """A range in ``unit``: ``1.7 to 2.4mg/dL``, or ``0.85mmol/L or more`` without a top."""
    if high is None:
        return f"{in_unit(low, unit)} or more"
    return f"{figure(low, unit)} to {in_unit(high, unit)}"


def mg(mass: Mass, places: int = 1) -> str:
    """Milligrams to one decimal where it has one: ``80.8mg``, ``1,200mg``."""
    return f"{_thousands(plain(mass.mg, places))}mg"


def percent(value: Fraction) -> str:
    """A percentage to one decimal: ``104.0%``. Never ``100.0%`` of what is not reached."""
    return f"{_thousands(display(value, places_apart(value, _WHOLE, 1)))}%"


def _thousands(text: str) -> str:
    whole, dot, rest = text.partition(".")
    return f"{int(whole):,}{dot}{rest}"


def mg_apart(first: Mass, second: Mass) -> tuple[str, str]:
    """Two amounts that are compared: never ``400mg > 400mg``, however close they are."""
    places = places_apart(first.mg, second.mg, 1)
    return mg(first, places), mg(second, places)


def source_name(key: str) -> str:
    """What a source is called in running text."""
    return ref.SOURCE_NAMES[key]


_MARKS = {ref.PARTLY: "read only where others quote it", ref.MEMORY: "not yet checked"}


def unread(read: str) -> str:
    """The mark that stands behind a number whose source was not read: "" when it was."""
    return f" ({_MARKS[read]})" if read in _MARKS else ""
