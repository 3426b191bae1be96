"""Rows of the calculator's tables as text: each field of a record, exactly, and a file of CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from fractions import Fraction

from calculator import quantities

NOTHING = "(none)"  # None, which is told apart from an empty text

Rows = list[dict[str, str]]


def words(value: object) -> str:
    """A value as text, every field of it, exactly."""
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, Fraction):
        return exactly(value)
    if isinstance(value, quantities.Concentration):
        return concentration(value)
    if isinstance(value, Mapping):
        return "; ".join(f"{words(key)}: {words(held)}" for key, held in value.items())
    if isinstance(value, tuple | list):
        return " | ".join(map(words, value))
    if isinstance(value, frozenset | set):
        return " | ".join(sorted(map(words, value)))
    if is_dataclass(value):
        held = (words(getattr(value, field.name)) for field in fields(value))
        return " ".join(filter(None, held))
    return str(value)


def exactly(value: Fraction) -> str:
    """A fraction as a decimal where that is exact, else as a fraction."""
    try:
        return quantities.plain(Fraction(quantities.exact(value)), 12)
    except ValueError:
        return str(value)


def concentration(value: quantities.Concentration) -> str:
    """As its source prints it, in each unit, and what it is where that is another number."""
    printed = f"{value.printed}{value.unit.value}"
    same = value.printed and Fraction(value.printed) == value.value
    text = printed if same else f"{exactly(value.value)}{value.unit.value}, printed {printed}"
    return ", also ".join([text, *(f"{also}{unit.value}" for unit, also in value.also)])


def columns(value: object) -> dict[str, str]:
    """A row's fields by name; what is no dataclass has its parts numbered."""
    if is_dataclass(value):
        return {field.name: words(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return {str(number): words(part) for number, part in enumerate(value, 1)}
    return {"value": words(value)}


def csv_text(rows: Rows) -> str:
    """Rows as CSV, each on a line, under the names of all their columns."""
    names: Iterable[str] = dict.fromkeys(name for row in rows for name in row)
    out = io.StringIO()
    writer = csv.DictWriter(out, list(names), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
