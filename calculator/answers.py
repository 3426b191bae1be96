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


class Reader:
    """Reads answers one by one and keeps the problems."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def refuse(
        self, name: str, kind: str, reason: str = "", row: int | None = None, **values: str
    ) -> None:
        """Note a problem."""
        self.problems.append(Problem(name, kind, reason or kind, row, values))

    def typed(self, name: str, text: str, row: int | None = None) -> Number | None:
        """The number typed, with whatever unit stands behind it; None and a problem if none."""
        try:
            return parse_number(text)
        except NotANumber as error:
            kind = "number" if error.reason == "comma" else error.reason
            self.refuse(name, kind, error.reason, row)
            return None

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
        """A number from ``least`` to ``most``, in one of ``units`` if a unit was typed."""
        number = self.typed(name, text, row)
        if number is None:
            return None
        if number.unit and number.unit.casefold() not in units:
            self.refuse(name, "number", "unit" if units else "number", row, given=number.unit)
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
