"""What every rendering receives: words and numbers in reading order, which are only laid out."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

Record = dict[str, str | list[str]]


@dataclass(frozen=True)
class Line:
    """A sentence or a step of working, with the keys of its sources.

    ``value`` is the published number that a step compares with or works from, by itself, so
    that it can be challenged without anything the reader answered.
    """

    text: str
    sources: tuple[str, ...] = ()
    value: str = ""


@dataclass(frozen=True)
class Band:
    """A stretch of a number line: from, to, the word for it, and what kind it is.

    ``within`` is the range, ``outside`` what lies around it, ``plain`` neither: a stretch
    that must not look like a good place to be. ``label`` stands under the word of a band
    between two others: ``1.7 to 2.4mg/dL``.
    """

    start: Fraction
    end: Fraction
    word: str
    kind: str
    label: str = ""


@dataclass(frozen=True)
class Mark:
    """A point on a number line: where, its label, ``reading``, ``limit`` or ``worry``.

    A limit has no label where a band's label has its number.
    """

    at: Fraction
    label: str
    kind: str


@dataclass(frozen=True)
class NumberLine:
    """A line from 0 to ``end`` with bands and marks, and the same facts as its title.

    ``description`` is what the sentence above the line does not say already.
    """

    title: str
    description: str
    end: Fraction
    bands: tuple[Band, ...]
    marks: tuple[Mark, ...]
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bars:
    """Amounts as bars from 0, with one line across them at ``line``; the title says it all.

    ``kind`` is a band's: ``within`` for amounts to reach, ``plain`` for limits.
    """

    title: str
    bars: tuple[tuple[str, Fraction, str], ...]
    line: Fraction
    line_label: str
    kind: str = "within"


@dataclass(frozen=True)
class Care:
    """A care card: one call to action ending in "if:", and bullets that can be true or not.

    ``level`` is ``prompt``, ``same-day``, ``emergency`` or ``poisons`` (a possible overdose
    without signs). ``after`` stands below its bullets. The sources are named below the
    result: a card leads nowhere else.
    """

    level: str
    heading: str
    bullets: tuple[str, ...]
    after: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def urgent(self) -> bool:
        """Whether it stands before everything but the heading."""
        return self.level != "prompt"


@dataclass(frozen=True)
class Table:
    """A captioned table; ``current`` is the row to mark, ``sources`` goes by row."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    sources: tuple[tuple[str, ...], ...]
    current: int | None = None


@dataclass(frozen=True)
class Section:
    """A heading and the lines under it."""

    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Result:
    """A result: what a reader needs at once, then what is folded away, in reading order.

    ``compared`` is the sentence that the first drawing does not show, with a drawing of its
    own; ``notes`` say what the number is of, ``warning`` who should be careful with it;
    ``marked`` is written on the matched row of the page's own table.
    """

    check: str
    record: Record
    heading: str
    summary: Line
    marked: str
    line: NumberLine | None
    compared: Line | None
    compared_bars: Bars | None
    cards: tuple[Care, ...]
    notes: tuple[Line, ...]
    warning: tuple[Line, ...]
    working: Section
    sections: tuple[Section, ...]
    table: Table | None
    bars: Bars | None = None

    @property
    def sources(self) -> tuple[str, ...]:
        """Every source named, in reading order, once; those of cards behind those in the open."""
        keys = [*self.summary.sources, *(self.line.sources if self.line else ())]
        lines = [*([self.compared] if self.compared else ()), *self.notes, *self.warning]
        keys += [key for line in lines for key in line.sources]
        keys += [key for card in self.cards for key in card.sources]
        lines = [line for part in (self.working, *self.sections) for line in part.lines]
        keys += [key for line in lines for key in line.sources]
        keys += [key for row in (self.table.sources if self.table else ()) for key in row]
        return tuple(dict.fromkeys(keys))
