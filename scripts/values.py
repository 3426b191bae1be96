"""Every published value of each table, with its source and the line where it stands.

What a page's table works out from a value, such as the other unit, is no value of its own.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from calculator.quantities import Mass, display
from calculator.tables import amounts as ref
from calculator.tables import foods
from calculator.words.figures import ROW_NAMES, in_unit, mg, own_span, span
from calculator.words.intake import people

ADULT_EXAMPLES = (30, 70)  # years
REFERENCE, FOODS = "calculator/tables/amounts.py", "calculator/tables/foods.py"


@dataclass(frozen=True)
class Value:
    """A value as its table prints it: of what, with its unit, its sources, its file and line."""

    of: str
    text: str
    sources: tuple[str, ...]
    file: str
    line: int


def intakes() -> Iterator[Value]:
    """Every authority's amounts."""
    return map(_amount, ref.INTAKE_ROWS)


def adults() -> Iterator[Value]:
    """Each authority's amounts at the ages that stand for adults, and its limit then."""
    months = [years * ref.MONTHS for years in ADULT_EXAMPLES]
    for authority in ref.AUTHORITIES:
        asked = ((authority.code, age, sex, "general") for age in months for sex in ref.SEXES)
        rows = dict.fromkeys(ref.intake_row(*person) for person in asked)
        yield from (_amount(row) for row in rows if row)
        yield _limit(ref.limit_row(authority.code, months[0]))


def _amount(row: ref.IntakeRow) -> Value:
    of = f"{ref.AUTHORITY_BY_CODE[row.authority].name}, {people(row)}"
    line = _line_of("INTAKE_ROWS", ref.INTAKE_ROWS.index(row))
    return Value(of, mg(row.amount), (row.source,), REFERENCE, line)


def limits() -> Iterator[Value]:
    """Every limit for supplements and medicines."""
    yield from map(_limit, ref.LIMIT_ROWS)
    for number, (name, ages, most, source) in enumerate(ref.OTHER_LIMITS):
        line = _line_of("OTHER_LIMITS", number)
        yield Value(f"{name}, {ages}", f"{most}mg", (source,), REFERENCE, line)


def _limit(row: ref.LimitRow) -> Value:
    of = f"{ref.AUTHORITY_BY_CODE[row.authority].name}, limit for {row.ages}"
    text = "none set" if row.amount is None else mg(row.amount)
    line = _line_of("LIMIT_ROWS", ref.LIMIT_ROWS.index(row))
    return Value(of, text, (row.source,), REFERENCE, line)


def salts() -> Iterator[Value]:
    """The share of magnesium in each compound, and what studies say of its absorption."""
    for number, salt in enumerate(ref.SALTS):
        line = _line_of("SALTS", number)
        share = f"{display(salt.fraction * 100, 2)}% magnesium"
        yield Value(salt.name, share, (ref.ATOMIC_WEIGHTS_SOURCE,), REFERENCE, line)
        if salt.absorbed_source:
            text = f"{salt.absorbed} absorbed"
            yield Value(salt.name, text, (salt.absorbed_source,), REFERENCE, line)


def spacings() -> Iterator[Value]:
    """The gap that each medicine needs."""
    for number, row in enumerate(ref.SPACINGS):
        yield Value(row.medicine, row.gap, (row.source,), REFERENCE, _line_of("SPACINGS", number))


def ranges() -> Iterator[Value]:
    """Each published range, in its own unit."""
    for number, row in enumerate(ref.RANGES):
        text = span(row.low, row.high, row.low.unit)
        yield Value(row.name, text, row.sources, REFERENCE, _line_of("RANGES", number))


def onsets() -> Iterator[Value]:
    """Where each source puts signs, in its own unit."""
    return _onsets("ONSETS", ref.ONSETS)


def low_onsets() -> Iterator[Value]:
    """Where each source puts signs of low magnesium, in its own unit."""
    return _onsets("LOW_ONSETS", ref.LOW_ONSETS)


def _onsets(name: str, onsets: tuple[ref.Onset, ...]) -> Iterator[Value]:
    for number, row in enumerate(onsets):
        text = own_span(row.low, row.high, None)
        yield Value(row.name, text, (row.source,), REFERENCE, _line_of(name, number))


def grades() -> Iterator[Value]:
    """Each end of a CTCAE grade, in both units."""
    for side, name, cuts in (
        ("Low", "CTCAE_LOW", ref.CTCAE_LOW),
        ("Raised", "CTCAE_RAISED", ref.CTCAE_RAISED),
    ):
        for number, (unit, ends) in enumerate(cuts.items()):
            line = _line_of(name, number)
            for end, grade in ends:
                if end is not None:
                    of, text = f"{side}, grade {grade}", f"{end}{unit.value}"
                    yield Value(of, text, ref.CTCAE_SOURCES, REFERENCE, line)


def serum() -> Iterator[Value]:
    """The range used, where each row of the serum check ends, and where its next step rises."""
    for used, line in ((r, ref.RANGES.index(r)) for r in ref.COMPARED_RANGES):
        text = span(used.low, used.high, used.low.unit)
        of = f"{ROW_NAMES['in-range']}, {used.name}"
        yield Value(of, text, used.sources, REFERENCE, _line_of("RANGES", line))
    for row in ref.SERUM_ROWS:
        for words, threshold in (("ends at", row.ends), ("next step rises at", row.rises)):
            if threshold:
                text = in_unit(threshold.at, threshold.at.unit)
                line = _line_of(_name_of(threshold))
                of = f"{ROW_NAMES[row.id]}, {words}"
                yield Value(of, text, (threshold.source,), REFERENCE, line)


def _name_of(threshold: ref.Threshold) -> str:
    """What a threshold is called in the module: its line is where it is made."""
    return next(name for name, value in vars(ref).items() if value is threshold)


def of_foods() -> Iterator[Value]:
    """What 100g of each food hold, and the weight of its serving."""
    for number, food in enumerate(foods.FOODS):
        line = _line_of("FOODS", number, FOODS)
        weighed = food.source if food.basis == foods.HOUSEHOLD else ref.OUR_OWN
        for text, source in (
            (f"{mg(Mass.of(food.magnesium_per_100g), 3)} of magnesium in 100g", food.source),
            (f"{mg(Mass.of(food.calcium_per_100g), 3)} of calcium in 100g", food.source),
            (f"{food.weight} a serving", weighed),
        ):
            yield Value(food.name, text, (source,), FOODS, line)


# By the name of the block that shows the table.
OF_TABLE: dict[str, Callable[[], Iterator[Value]]] = {
    "adults": adults,
    "foods": of_foods,
    "grades": grades,
    "intakes": intakes,
    "limits": limits,
    "low-onsets": low_onsets,
    "onsets": onsets,
    "ranges": ranges,
    "salts": salts,
    "serum": serum,
    "spacings": spacings,
}


# ------------------------------------------------------------------------------- lines


def _line_of(name: str, number: int | None = None, file: str = REFERENCE) -> int:
    """The line of a name of a module, or of an element of what it stands for."""
    made = _made(file)
    value = made[name]
    if number is None:
        return value.lineno
    assert isinstance(value, ast.Tuple | ast.Dict)
    element = (value.values if isinstance(value, ast.Dict) else value.elts)[number]
    # An element that has a name of its own is written where that name is.
    return made[element.id].lineno if isinstance(element, ast.Name) else element.lineno


@cache
def _made(file: str) -> dict[str, ast.expr]:
    """What each name of a module stands for, as it is written."""
    found: dict[str, ast.expr] = {}
    for node in ast.parse(Path(file).read_text(encoding="utf-8")).body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
            found[node.target.id] = node.value
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found[node.targets[0].id] = node.value
    return found
