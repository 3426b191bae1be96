"""Reading typed answers: every problem is found and named, nothing is guessed."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from fractions import Fraction

from calculator.quantities import NotANumber, Number, parse_number


@dataclasses.dataclass(frozen=True)
class Problem:
    """What is wrong with one answer; ``form.py`` has the words for it.

    ``kind`` gives the status (``error:`` + kind); ``reason`` picks the sentence; ``row``
    counts from 0 where the field repeats; ``values`` fill the sentence's blanks.
    """

    field: str
    kind: str
    reason: str = ""
    row: int | None = None
    values: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True)
class Refusal:
    """Answers that cannot be checked, with every problem in the form's order."""

    problems: tuple[Problem, ...]

    @property
    def status(self) -> str:
        """The status that the first problem gives."""
        return f"error:{self.problems[0].kind}"


# Letters of an answer that a problem gives back: enough to know it again, and no flood.
_SHOWN = 40


def shown(text: str) -> str:
    """What was typed, for a person to see again: no sign that is not seen, and cut if long.

    A mark of direction in it would turn round the words of ours that stand behind it.
    """
    kept = ""
    for sign in " ".join(text.split()):
        if sign.isprintable():
            if len(kept) == _SHOWN:
                return f"{kept}…"
            kept += sign
    return kept


class Reader:
    """Reads answers one by one and keeps the problems, and what has more than one reading."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.read_as: list[tuple[str, str]] = []

    def refuse(
        self, name: str, kind: str, reason: str = "", row: int | None = None, **values: str
    ) -> None:
        """Note a problem."""
        self.problems.append(Problem(name, kind, reason or kind, row, values))

    def typed(
        self, name: str, text: str, row: int | None = None, *, thousands: bool = False
    ) -> Number | None:
        """The number typed, with whatever stands behind it; None and a problem if none.

        A number typed with a comma is kept in ``read_as``, because it has another reading.
        """
        try:
            number = parse_number(text, thousands=thousands)
        except NotANumber as error:
            kind = "empty" if error.reason == "empty" else "number"
            values = {"typed": shown(text)}
            if error.reason == "thousands":
                values |= dict(zip(("less", "more"), error.readings, strict=True))
            self.refuse(name, kind, error.reason, row, **values)
            return None
        if number.comma:
            self.read_as.append((shown(text), number.printed))
        return number

    def number(
        self,
        name: str,
        text: str,
        *,
        units: tuple[str, ...] = (),
        least: Fraction = Fraction(0),
        most: Fraction | None = None,
        row: int | None = None,
    ) -> Fraction | None:
        """A number from ``least`` to ``most``, in one of ``units`` if a unit was typed.

        Milligrams run to thousands, so there a mark before 3 digits is asked about.
        """
        number = self.typed(name, text, row, thousands="mg" in units)
        if number is None:
            return None
        if number.unit and number.unit.casefold() not in units:
            reason = "unit" if units else "number"
            given = shown(number.unit)
            self.refuse(name, "number", reason, row, given=given, typed=shown(text))
            return None
        if number.value < least or (most is not None and number.value > most):
            bounds = {} if most is None else {"least": str(least), "most": str(most)}
            self.refuse(name, "range", "range" if bounds else "negative", row, **bounds)
            return None
        return number.value

    def choice(self, name: str, text: str, choices: Iterable[str]) -> str:
        """One of ``choices``, or "" and a problem."""
        if text in choices:
            return text
        self.refuse(name, "choice" if text else "empty", "choice")
        return ""
