"""What a form is made of: questions, the choices of an answer, rows that repeat."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Choice:
    """An answer to pick: the value the check receives, its label, a group for long lists.

    ``also`` holds other words by which it is found, where the question is ``findable``.
    """

    value: str
    label: str
    group: str = ""
    also: str = ""


@dataclass(frozen=True)
class Question:
    """One question.

    ``kind`` is ``number``, ``radio`` or ``select``; ``noun`` is what the error words call
    the answer; ``example`` is typed where an error shows how; ``unit`` stands behind the box.
    ``only_if`` says when the question applies: ``sex=female`` for an answer, ``age=144-672``
    for an age in months from the first to before the last, and a space where both must hold.
    The choices of a ``findable`` one are found by typing, and called by its two words, for
    one and for many.
    """

    name: str
    kind: str
    label: str
    noun: str
    why: str
    hint: str = ""
    unit: str = ""
    example: str = ""
    choices: tuple[Choice, ...] = ()
    chosen: str = ""
    optional: bool = False
    whole: bool = False
    only_if: str = ""
    findable: tuple[str, str] | None = None

    @property
    def applies_at_first(self) -> bool:
        """Whether it applies while nothing is answered: an age not yet given may be any."""
        return all(condition.startswith("age=") for condition in self.only_if.split())


@dataclass(frozen=True)
class Group:
    """Questions that repeat as a row, such as one supplement; ``start`` rows at first.

    ``more`` of them, if any, are folded under ``more_label``. Where ``summed``, the page says
    what the rows add up to as they are filled in.
    """

    name: str
    legend: str
    hint: str
    add: str
    remove: str
    questions: tuple[Question, ...]
    start: int
    summed: bool = False
    more_label: str = ""
    more: tuple[Question, ...] = ()


@dataclass(frozen=True)
class Form:
    """A check's form: its parts in order; ``more``, if any, is folded under ``more_label``."""

    check: str
    title: str
    parts: tuple[Question | Group, ...]
    submit: str
    more_label: str = ""
    more: tuple[Question, ...] = ()

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question, those of groups too, in the form's order."""
        flat: list[Question] = []
        for part in (*self.parts, *self.more):
            flat += (*part.questions, *part.more) if isinstance(part, Group) else (part,)
        return tuple(flat)
