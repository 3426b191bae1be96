"""Results as plain text, for the command line and for copying. Layout only."""

from __future__ import annotations

from calculator import REVIEW_DUE
from calculator.result import Care, Line, NumberLine, Result, Section, Table
from calculator.tables.sources import SOURCES
from calculator.words.care import PREFIXES
from calculator.words.figures import SOURCES as HEADING
from calculator.words.figures import source_name
from calculator.words.page import REVIEW


def result_to_text(result: Result) -> str:
    """A result in the same order as on the page."""
    urgent = [card for card in result.cards if card.urgent]
    notes = "\n".join(f"- {_line(line)}" for line in result.notes)
    blocks = [
        result.heading.upper(),
        *map(_care, urgent),
        _line(result.summary),
        notes if urgent else "",
        _described(result.line) if result.line and result.line.description else "",
        *(_care(card) for card in result.cards if not card.urgent),
        _line(result.compared) if result.compared else "",
        "" if urgent else notes,
        "\n".join(f"- {_line(line)}" for line in result.warning),
        _section(result.working),
        *(_section(section) for section in result.sections),
        table_to_text(result.table) if result.table else "",
        _sources(result.sources),
        # Always, because no program adds it to a copy that is read years later.
        REVIEW.format(day=REVIEW_DUE),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _line(line: Line) -> str:
    names = ", ".join(map(source_name, line.sources))
    return f"{line.text} [{names}]" if names else line.text


def _described(line: NumberLine) -> str:
    return _line(Line(line.description, line.sources))


def _section(section: Section) -> str:
    return "\n".join([section.heading, *(f"- {_line(line)}" for line in section.lines)])


def _care(care: Care) -> str:
    heading = f"{PREFIXES[care.level]}{care.heading}"
    bullets = [f"- {item}" for item in care.bullets]
    return "\n".join([heading, *bullets, *care.after])


def _sources(keys: tuple[str, ...]) -> str:
    return "\n".join([HEADING, *(f"- {_source(key)}" for key in keys)])


def _source(key: str) -> str:
    """A source by its name and title, and where it is: a copy leads nowhere by itself."""
    source = SOURCES[key]
    address = f" {source.address}" if source.address else ""
    return f"{source_name(key)} ({key}): {source.title}.{address}"


def table_to_text(table: Table) -> str:
    """A table in columns as wide as their longest cell; the current row has an arrow."""
    rows = [table.head, *table.rows]
    widths = [max(len(row[column]) for row in rows) for column in range(len(table.head))]
    lines = [table.caption]
    for number, row in enumerate(rows, start=-1):
        arrow = "> " if number == table.current else "  "
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        lines.append((arrow + "  ".join(cells)).rstrip())
    return "\n".join(lines)
