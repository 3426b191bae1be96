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
from calculator.tables import amounts, blood, foods, salts
from calculator.tables.sources import OUR_OWN
from calculator.words.figures import ROW_NAMES, in_unit, mg, own_span, span
from calculator.words.intake import people

ADULT_EXAMPLES = (30, 70)  # years
TABLES = Path("calculator/tables")


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
    return map(_amount, amounts.INTAKE_ROWS)


def adults() -> Iterator[Value]:
    """Each authority's amounts at the ages that stand for adults, and its limit then."""
    months = [years * amounts.MONTHS for years in ADULT_EXAMPLES]
    for authority in amounts.AUTHORITIES:
        asked = ((authority.code, age, sex, "general") for age in months for sex in amounts.SEXES)
        rows = dict.fromkeys(amounts.intake_row(*person) for person in asked)
        yield from (_amount(row) for row in rows if row)
        yield _limit(amounts.limit_row(authority.code, months[0]))


def _amount(row: amounts.IntakeRow) -> Value:
    of = f"{amounts.AUTHORITY_BY_CODE[row.authority].name}, {people(row)}"
    place = _place("INTAKE_ROWS", amounts.INTAKE_ROWS.index(row))
    return Value(of, mg(row.amount), (row.source,), *place)


def limits() -> Iterator[Value]:
    """Every limit for supplements and medicines."""
    yield from map(_limit, amounts.LIMIT_ROWS)
    for number, (name, ages, most, source) in enumerate(amounts.OTHER_LIMITS):
        place = _place("OTHER_LIMITS", number)
        yield Value(f"{name}, {ages}", f"{most}mg", (source,), *place)


def _limit(row: amounts.LimitRow) -> Value:
    of = f"{amounts.AUTHORITY_BY_CODE[row.authority].name}, limit for {row.ages}"
    text = "none set" if row.amount is None else mg(row.amount)
    place = _place("LIMIT_ROWS", amounts.LIMIT_ROWS.index(row))
    return Value(of, text, (row.source,), *place)


def of_salts() -> Iterator[Value]:
    """The share of magnesium in each compound, and what studies say of its absorption."""
    for number, salt in enumerate(salts.SALTS):
        place = _place("SALTS", number)
        share = f"{display(salt.fraction * 100, 2)}% magnesium"
        yield Value(salt.name, share, (salts.ATOMIC_WEIGHTS_SOURCE,), *place)
        if salt.absorbed_source:
            text = f"{salt.absorbed} absorbed"
            yield Value(salt.name, text, (salt.absorbed_source,), *place)


def spacings() -> Iterator[Value]:
    """The gap that each medicine needs."""
    for number, row in enumerate(salts.SPACINGS):
        yield Value(row.medicine, row.gap, (row.source,), *_place("SPACINGS", number))


def ranges() -> Iterator[Value]:
    """Each published range, in its own unit."""
    for number, row in enumerate(blood.RANGES):
        text = span(row.low, row.high, row.low.unit)
        yield Value(row.name, text, row.sources, *_place("RANGES", number))


def onsets() -> Iterator[Value]:
    """Where each source puts signs, in its own unit."""
    return _onsets("ONSETS", blood.ONSETS)


def low_onsets() -> Iterator[Value]:
    """Where each source puts signs of low magnesium, in its own unit."""
    return _onsets("LOW_ONSETS", blood.LOW_ONSETS)


def _onsets(name: str, onsets: tuple[blood.Onset, ...]) -> Iterator[Value]:
    for number, row in enumerate(onsets):
        text = own_span(row.low, row.high, None)
        yield Value(row.name, text, (row.source,), *_place(name, number))


def grades() -> Iterator[Value]:
    """Each end of a CTCAE grade, in both units."""
    for side, name, cuts in (
        ("Low", "CTCAE_LOW", blood.CTCAE_LOW),
        ("Raised", "CTCAE_RAISED", blood.CTCAE_RAISED),
    ):
        for number, (unit, ends) in enumerate(cuts.items()):
            place = _place(name, number)
            for end, grade in ends:
                if end is not None:
                    of, text = f"{side}, grade {grade}", f"{end}{unit.value}"
                    yield Value(of, text, blood.CTCAE_SOURCES, *place)


def serum() -> Iterator[Value]:
    """The range used, where each row of the serum check ends, and where its next step rises."""
    for used, number in ((r, blood.RANGES.index(r)) for r in blood.COMPARED_RANGES):
        text = span(used.low, used.high, used.low.unit)
        of = f"{ROW_NAMES['in-range']}, {used.name}"
        yield Value(of, text, used.sources, *_place("RANGES", number))
    for row in blood.SERUM_ROWS:
        for words, threshold in (("ends at", row.ends), ("next step rises at", row.rises)):
            if threshold:
                text = in_unit(threshold.at, threshold.at.unit)
                place = _place(_name_of(threshold))
                of = f"{ROW_NAMES[row.id]}, {words}"
                yield Value(of, text, (threshold.source,), *place)


def _name_of(threshold: blood.Threshold) -> str:
    """What a threshold is called in the module: its line is where it is made."""
    return next(name for name, value in vars(blood).items() if value is threshold)


def of_foods() -> Iterator[Value]:
    """What 100g of each food hold, and the weight of its serving."""
    for number, food in enumerate(foods.FOODS):
        place = _place("FOODS", number)
        weighed = food.source if food.basis == foods.HOUSEHOLD else OUR_OWN
        for text, source in (
            (f"{mg(Mass.of(food.magnesium_per_100g), 3)} of magnesium in 100g", food.source),
            (f"{mg(Mass.of(food.calcium_per_100g), 3)} of calcium in 100g", food.source),
            (f"{food.weight} a serving", weighed),
        ):
            yield Value(food.name, text, (source,), *place)


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
    "salts": of_salts,
    "serum": serum,
    "spacings": spacings,
}


# ------------------------------------------------------------------------------- lines


def _place(name: str, number: int | None = None) -> tuple[str, int]:
    """The file and line of a name of the tables, or of an element of what it stands for."""
    file, value = _made()[name]
    if number is not None:
        assert isinstance(value, ast.Tuple | ast.Dict)
        element = (value.values if isinstance(value, ast.Dict) else value.elts)[number]
        # An element that has a name of its own is written where that name is.
        value = _made()[element.id][1] if isinstance(element, ast.Name) else element
    return file, value.lineno


@cache
def _made() -> dict[str, tuple[str, ast.expr]]:
    """What each name of the tables stands for, as it is written, and in which file."""
    found: dict[str, tuple[str, ast.expr]] = {}
    for path in sorted(TABLES.glob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
                found[node.target.id] = (path.as_posix(), node.value)
            elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                found[node.targets[0].id] = (path.as_posix(), node.value)
    return found
