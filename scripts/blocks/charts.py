"""The pictures drawn from published numbers: daily amounts, foods, limits."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from calculator.quantities import Mass, display
from calculator.tables import amounts
from calculator.tables.foods import FOODS, Food
from calculator.words.figures import mg, unread
from scripts.blocks.drawing import (
    LINE,
    SIZE,
    STARRED,
    WIDTH,
    Element,
    Picture,
    box,
    cite,
    number,
    path,
    star,
    text,
    wrapped,
)
from scripts.blocks.numbers import ADULT_EXAMPLES

_WHO = {"female": "Women", "male": "Men"}


_BAR = 11


_LABELS = 82  # the width of the labels left of the bars


def daily_amounts() -> Picture:
    """What each authority publishes for women and men of two ages."""
    most = max(row.amount.mg for code in amounts.AUTHORITY_BY_CODE for row in _adults(code))
    shapes: list[Element] = []
    y = 0
    for authority in amounts.AUTHORITIES:
        y += LINE
        shapes.append(text(0, y - 3, authority.name, "strong"))
        for row, label, age in _labelled(authority.code):
            name = "bar" if age == ADULT_EXAMPLES[0] else "bar pale"
            shapes += _amount(row, f"{label}, {age}", name, y, most)
            y += LINE
        y += 10
    keys = dict.fromkeys(authority.amounts_source for authority in amounts.AUTHORITIES)
    first, second = ADULT_EXAMPLES
    return Picture(
        f"Magnesium a day for women and men aged {first} and {second}",
        "Bars of the milligrams of magnesium a day that each authority publishes for women and "
        f"men aged {first} and {second}.",
        y - 6,
        tuple(shapes),
        tuple(_amounts_in_words(authority) for authority in amounts.AUTHORITIES),
        f"Food, drink and supplements together {cite(keys)}. " + STARRED,
    )


def _adults(code: str) -> list[amounts.IntakeRow]:
    return [row for row, _, _ in _labelled(code)]


def _labelled(code: str) -> list[tuple[amounts.IntakeRow, str, int]]:
    """An authority's rows for adults: for whom, and of what age."""
    people = [(sex, age) for sex in amounts.SEXES for age in ADULT_EXAMPLES]
    rows = [amounts.intake_row(code, age * amounts.MONTHS, sex, "general") for sex, age in people]
    return [(row, _WHO[sex], age) for row, (sex, age) in zip(rows, people, strict=True) if row]


def _amount(row: amounts.IntakeRow, label: str, name: str, y: int, most: Fraction) -> list[Element]:
    """One bar, its label on the left and its value at its end."""
    length = row.amount.mg / most * (WIDTH - _LABELS - 56)
    return [
        text(0, y + SIZE, label),
        box(_LABELS, y + 3, length, _BAR, name),
        text(_LABELS + length + 5, y + SIZE, mg(row.amount) + star(row.read), "figure"),
    ]


def _amounts_in_words(authority: amounts.Authority) -> str:
    parts = [
        f"{label.lower()} aged {age} {mg(row.amount)}{unread(row.read)}"
        for row, label, age in _labelled(authority.code)
    ]
    return f"{authority.name}: {', '.join(parts)}."


OTHERS = 5  # foods shown besides the richest of each group


def shown_foods() -> tuple[Food, ...]:
    """The food with most magnesium a serving in each group, and of the others the richest."""
    ranked = sorted(FOODS, key=lambda food: (-food.magnesium().mg, food.id))
    groups = {food.category: food for food in reversed(ranked)}
    others = [food for food in ranked if food not in groups.values()][:OTHERS]
    return tuple(food for food in ranked if food in groups.values() or food in others)


def foods() -> Picture:
    """Foods as bars of magnesium a serving, by a stated rule."""
    shown = shown_foods()
    most = shown[0].magnesium().mg
    shapes: list[Element] = []
    y = 0
    for food in shown:
        drawn, y = _food(food, most, y)
        shapes += drawn
    groups = len({food.category for food in FOODS})
    sources = cite(dict.fromkeys(food.source for food in shown))
    return Picture(
        "Magnesium in one serving",
        "Bars of the magnesium in one serving of each food, from "
        f"{mg(shown[0].magnesium(), 0)} in {shown[0].name.lower()} to "
        f"{mg(shown[-1].magnesium(), 0)} in {shown[-1].name.lower()}.",
        y - 8,
        tuple(shapes),
        tuple(f"{food.name}, {_serving(food)}: {mg(food.magnesium(), 0)}." for food in shown),
        f"From each of the {groups} food groups in our table of {len(FOODS)} foods, the one with "
        f"most magnesium in a serving, and the {OTHERS} richest of the others {sources}. "
        "Servings differ in size, and your own may too.",
    )


def _food(food: Food, most: Fraction, y: int) -> tuple[list[Element], int]:
    """A food's name and serving, its bar and value below, and where the next one begins."""
    lines = wrapped(f"{food.name}, {_serving(food)}", WIDTH)
    if len(lines) > 1:
        lines = [*wrapped(f"{food.name},", WIDTH), *wrapped(_serving(food), WIDTH)]
    shapes = [text(0, y + SIZE + LINE * at, line) for at, line in enumerate(lines)]
    top = y + LINE * len(lines)
    amount = food.magnesium()
    length = amount.mg / most * (WIDTH - 52)
    shapes += [
        box(0, top + 2, length, _BAR, "bar"),
        text(length + 5, top + SIZE - 1, mg(amount, 0), "figure"),
    ]
    return shapes, top + LINE + 8


def _serving(food: Food) -> str:
    """A serving in words and in whole grams."""
    grams = display(Fraction(food.serving_g), 0)
    return food.serving if f"{grams} g" in food.serving else f"{food.serving}, {int(grams):,}g"


_AXIS, _EDGE = 34, 8  # where the line lies, and what it keeps from the edges


def _limits() -> dict[Fraction, list[amounts.LimitRow]]:
    """The rows of each limit for adults, lowest limit first, those taken over among them."""
    months = ADULT_EXAMPLES[0] * amounts.MONTHS
    found: dict[Fraction, list[amounts.LimitRow]] = {}
    for authority in amounts.AUTHORITIES:
        row = amounts.limit_row(authority.code, months)
        if row.amount is not None and authority.limits_supplements:
            found.setdefault(row.amount.mg, []).append(row)
    return dict(sorted(found.items()))


def _whose(row: amounts.LimitRow) -> str:
    return amounts.AUTHORITY_BY_CODE[row.authority].name


def limits() -> Picture:
    """The limits for supplements on one line, each with whose it is."""
    by_amount = _limits()
    end = max(by_amount) + 50
    shapes = _axis(end)
    y = _AXIS + 34
    for amount, rows in by_amount.items():
        drawn, y = _limit(amount, rows, end, y)
        shapes += drawn
    keys = dict.fromkeys(row.source for rows in by_amount.values() for row in rows)
    return Picture(
        "Limits for supplements and medicines, for adults",
        "A line of milligrams of magnesium a day, with a mark at each limit: "
        + ", ".join(map(_milligrams, by_amount))
        + ".",
        y - LINE,
        tuple(shapes),
        tuple(
            f"{_milligrams(amount)} a day: "
            f"{_listed([_whose(row) + unread(row.read) for row in rows])}."
            for amount, rows in by_amount.items()
        ),
        f"Magnesium a day from supplements and medicines, not from food {cite(keys)}. The "
        "United Kingdom calls its figure a guidance level. " + STARRED,
    )


def _limit(
    amount: Fraction, rows: list[amounts.LimitRow], end: Fraction, y: int
) -> tuple[list[Element], int]:
    """A limit's mark, with its value and whose it is on its left; where the next one begins."""
    x = _at(amount, end)
    names = [line for row in rows for line in wrapped(_whose(row) + star(row.read), int(x) - _EDGE)]
    foot = y + LINE * len(names)
    shapes = [
        path(f"M{number(x)} {_AXIS - 10}V{foot + 4}", "mark"),
        text(x - 7, y, _milligrams(amount), "strong", "end"),
        *(text(x - 7, y + LINE * at, line, "", "end") for at, line in enumerate(names, start=1)),
    ]
    return shapes, foot + LINE + 12


def _milligrams(amount: Fraction) -> str:
    return mg(Mass(amount))


def _at(amount: Fraction | int, end: Fraction) -> Fraction:
    return _EDGE + Fraction(amount) / end * (WIDTH - 2 * _EDGE)


def _axis(end: Fraction) -> list[Element]:
    """The line itself, with its hundreds above."""
    shapes = [box(_EDGE, _AXIS - 6, WIDTH - 2 * _EDGE, 12, "track")]
    for hundred in range(0, int(end) + 1, 100):
        anchor = "start" if not hundred else "middle"
        x = _at(hundred, end) if hundred else Fraction(_EDGE)
        shapes.append(text(x, _AXIS - 16, str(hundred), "quiet", anchor))
    return [*shapes, text(WIDTH, _AXIS - 16, "mg", "quiet", "end")]


def _listed(names: Iterable[str]) -> str:
    *rest, last = names
    return f"{', '.join(rest)}, and {last}" if rest else last
