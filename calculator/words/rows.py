"""What a row of the blood table covers, and its next step, in words."""

from __future__ import annotations

from collections.abc import Callable

from calculator.quantities import (
    Concentration,
    Unit,
)
from calculator.rules.serum import row_end
from calculator.tables import blood
from calculator.words.figures import (
    CARE_NAMES,
    both_units,
    figure,
    in_unit,
    span,
)


def row_rule(
    row: blood.SerumRow,
    low: Concentration,
    high: Concentration,
    unit: Unit,
    show: Callable[[Concentration, Unit], str] = figure,
) -> str:
    """The numbers a row covers, in ``unit``: ``4 to under 7mg/dL``; ``show`` prints each."""
    rows = blood.SERUM_ROWS
    before = rows[rows.index(row) - 1] if row is not rows[0] else None
    start = row_end(before, low, high) if before else None
    end = row_end(row, low, high)
    over = "over " if before and before.ends_inside else ""
    if start is None and end is not None:
        return f"under {show(end, unit)}{unit.value}"
    if end is None and start is not None:
        return f"over {show(start, unit)}{unit.value}"
    assert start is not None, row.id
    assert end is not None, row.id
    to = "to" if row.ends_inside else "to under"
    return f"{over}{show(start, unit)} {to} {show(end, unit)}{unit.value}"


def own_rule(row: blood.SerumRow, low: Concentration, high: Concentration) -> str:
    """The numbers a row covers, each end in its source's unit: ``1.7mg/dL to 1.00mmol/L``."""
    rows = blood.SERUM_ROWS
    before = row_end(rows[rows.index(row) - 1], low, high) if row is not rows[0] else None
    end = row_end(row, low, high)
    over = "over " if before and rows[rows.index(row) - 1].ends_inside else ""
    if before is None or end is None:
        return span(before, end, (before or end or low).unit)
    to = "to" if row.ends_inside else "to under"
    return f"{over}{in_unit(before, before.unit)} {to} {in_unit(end, end.unit)}"


def care_rule(row: blood.SerumRow) -> str:
    """A row's next step, and from where it rises."""
    name = CARE_NAMES[row.care]
    if row.rises is None:
        return name
    word = "from" if row.rises_inside else "above"
    return f"{name}; {word} {both_units(row.rises.at)}: {CARE_NAMES[row.later_care].lower()}"
