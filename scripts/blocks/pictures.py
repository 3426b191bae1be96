"""The pages' pictures as SVG, drawn from the calculator's own numbers.

In a page:

    /// picture | amounts         a figure: heading, drawing, sources, the same facts in words
    ///

A drawing is WIDTH units wide, which is the text column of a phone 320px wide, so a unit is
at least a pixel and 12 units of text are at least 12px. Colours are classes, set in
``docs/assets/pictures.css`` for both palettes, forced colours and print; no meaning hangs
on colour alone.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from xml.etree import ElementTree

from markdown.util import AtomicString

from calculator.quantities import Mass, display
from calculator.tables import amounts
from calculator.tables.foods import FOODS, Food
from calculator.words.figures import mg, unread
from scripts.blocks.numbers import ADULT_EXAMPLES

Element = ElementTree.Element

WIDTH = 288
SIZE = 13  # of text, in units; the style sheet sets it
LINE = 17  # from one line of text to the next
LETTER = Fraction(1, 2)  # of the size: more than the mean advance of any line of ours
IN_WORDS = "The same in words"


@dataclass(frozen=True)
class Picture:
    """A drawing and its words.

    ``title`` tells those who cannot see the drawing what it shows; ``facts`` say all that
    it says; ``note`` names the sources, in the pages' own citation syntax.
    """

    heading: str
    title: str
    height: int
    shapes: tuple[Element, ...]
    facts: tuple[str, ...]
    note: str
    ordered: bool = False


def figure(name: str) -> Element:
    """The named picture as a figure for a page.

    The words of the drawing are atomic, so that Markdown leaves them alone; those of the
    note and the facts are not, so that citations work.
    """
    picture = PICTURES[name]()
    place = Element("figure", {"class": f"picture picture-{name}"})
    caption = _child(place, "figcaption")
    _child(caption, "p", picture.heading)
    place.append(_svg(name, picture))
    words = _child(place, "div", "", {"class": "picture-words"})
    _child(words, "p", picture.note)
    details = _child(words, "details")
    _child(details, "summary", IN_WORDS)
    facts = _child(details, "ol" if picture.ordered else "ul")
    for fact in picture.facts:
        _child(facts, "li", fact)
    return place


def _child(
    parent: Element, tag: str, text: str = "", attributes: dict[str, str] | None = None
) -> Element:
    child = ElementTree.SubElement(parent, tag, attributes or {})
    child.text = text
    return child


def _svg(name: str, picture: Picture) -> Element:
    """The drawing: an image with one name, left out of the search, which has the words."""
    key = f"picture-{name}-title"
    attributes = {
        "role": "img",
        "aria-labelledby": key,
        "viewBox": f"0 0 {WIDTH} {picture.height}",
        "data-search-exclude": "",
    }
    svg = Element("svg", attributes)
    _child(svg, "title", AtomicString(picture.title), {"id": key})
    svg.extend(picture.shapes)
    return svg


# ------------------------------------------------------------------------- shapes


def _n(value: Fraction | int) -> str:
    return display(Fraction(value), 1).removesuffix(".0")


def text(x: Fraction | int, y: int, words: str, name: str = "", anchor: str = "start") -> Element:
    """A line of text that stands on ``y``."""
    attributes = {"x": _n(x), "y": str(y), "text-anchor": anchor}
    if name:
        attributes["class"] = name
    element = Element("text", attributes)
    element.text = AtomicString(words)
    return element


def box(
    x: Fraction | int, y: int, width: Fraction | int, height: int, name: str, round_: int = 0
) -> Element:
    """A rectangle."""
    sides = {"x": _n(x), "y": str(y), "width": _n(width), "height": str(height)}
    corners = {"rx": str(round_)} if round_ else {}
    return Element("rect", {"class": name, **sides, **corners})


def path(way: str, name: str) -> Element:
    """A line or an outline, in SVG's own path language."""
    return Element("path", {"class": name, "d": way})


def arrow(x: int, top: int, foot: int) -> list[Element]:
    """An arrow straight down whose tip is at ``foot``."""
    return [
        path(f"M{x} {top}V{foot - 7}", "arrow"),
        path(f"M{x - 5} {foot - 8}h10l-5 8z", "tip"),
    ]


_STARRED = "A star marks a number that we have not read in the source itself."


def _star(read: str) -> str:
    return "*" if unread(read) else ""


def _cite(keys: Iterable[str]) -> str:
    return f"[{'; '.join(f'@{key}' for key in keys)}]"


def wrapped(words: str, width: int) -> list[str]:
    """``words`` in lines that are no wider than ``width``."""
    return textwrap.wrap(words, int(width / (SIZE * LETTER)))


# ---------------------------------------------------------------------- the loop

# What each box says, its left, top, width and height; the first line names who acts.
_BOXES: tuple[tuple[tuple[str, ...], int, int, int, int], ...] = (
    (("Blood calcium falls",), 80, 2, 150, 32),
    (("Parathyroid glands in the neck", "release more of a hormone: PTH"), 24, 62, 262, 52),
    (("Bone", "gives up some", "calcium"), 24, 146, 104, 76),
    (("Kidneys", "keep calcium and", "activate vitamin D"), 142, 146, 144, 76),
    (("Gut", "takes up more", "calcium"), 182, 252, 104, 66),
    (("Blood calcium rises,", "so less PTH is released"), 24, 348, 262, 48),
)
_ARROWS = (
    (155, 34, 62), (76, 114, 146), (214, 114, 146), (76, 222, 348), (160, 222, 348),
    (236, 222, 252), (236, 318, 348),
)  # fmt: skip
_BACK = "M24 372H18Q10 372 10 364V96Q10 88 17 88"
# Where magnesium comes in: the left and the middle of each badge, by its number.
_BADGES = ((1, 244, 60), (2, 88, 146), (2, 150, 146), (3, 244, 146))
_COMES_IN = (
    "PTH release: mildly low magnesium raises it, very low blocks it.",
    "Bone and kidneys need magnesium to respond to PTH.",
    "The enzymes that activate vitamin D appear to need magnesium.",
)
_STEPS = (
    "When blood calcium falls, the parathyroid glands in the neck release more "
    "parathyroid hormone (PTH). Magnesium acts here (1): mildly low magnesium raises "
    "the release, and very low magnesium blocks it.",
    "PTH makes bone give up some calcium, and makes the kidneys keep calcium. Bone and "
    "kidneys need magnesium to respond to it (2).",
    "PTH also makes the kidneys turn vitamin D into its active form. The enzymes that "
    "do so appear to need magnesium (3).",
    "Active vitamin D makes the gut take up more calcium.",
    "Blood calcium rises, so less PTH is released.",
)


def loop() -> Picture:
    """The magnesium, parathyroid hormone and vitamin D loop."""
    shapes = [shape for said in _BOXES for shape in _said(*said)]
    for way in _ARROWS:
        shapes += arrow(*way)
    shapes += [path(_BACK, "arrow back"), path("M16 83v10l8 -5z", "tip")]
    for number, left, middle in _BADGES:
        shapes += _badge(number, left, middle)
    legend, foot = _legend(422)
    return Picture(
        "How magnesium takes part in keeping blood calcium steady",
        "A loop in which low blood calcium leads, through parathyroid hormone, bone, kidneys, "
        "vitamin D and gut, back to higher blood calcium. Magnesium takes part at 3 places.",
        foot,
        (*shapes, *legend),
        _STEPS,
        "PTH release [@vetter2002], the response of bone [@fao-who2004] and vitamin D "
        "[@uwitonze2018]. The loop is simplified. It does not show that a supplement "
        "strengthens bone.",
        ordered=True,
    )


def _said(lines: tuple[str, ...], x: int, y: int, width: int, height: int) -> list[Element]:
    """A box and what it says, the first line bold."""
    first = y + (height - LINE * len(lines)) // 2 + SIZE + 1
    middle = Fraction(2 * x + width, 2)
    words = [
        text(middle, first + LINE * at, line, "" if at else "strong", "middle")
        for at, line in enumerate(lines)
    ]
    return [box(x, y, width, height, "panel", 6), *words]


def _badge(number: int, left: int, middle: int) -> list[Element]:
    """The sign that magnesium comes in, with the number of its line in the legend."""
    return [
        box(left, middle - 10, 36, 20, "badge", 10),
        text(left + 18, middle + 4, f"Mg {number}", "strong on-badge", "middle"),
    ]


def _legend(top: int) -> tuple[list[Element], int]:
    """What magnesium does at each badge, and where the drawing ends."""
    shapes = [text(0, top, "Where magnesium (Mg) comes in", "strong")]
    y = top + 10 + LINE
    for number, words in enumerate(_COMES_IN, start=1):
        shapes += _badge(number, 0, y - 4)
        for line in wrapped(words, WIDTH - 46):
            shapes.append(text(46, y, line))
            y += LINE
        y += 8
    return shapes, y - LINE


# ---------------------------------------------------------------------- the body

# Of all the magnesium in an adult's body, in percent.
BONE_LEAST, BONE_MOST, BONE_SOURCES = 50, 60, "[@iom1997; @fao-who2004]"
OUTSIDE_CELLS, OUTSIDE_SOURCE = 1, "[@iom1997]"
SERUM_UNDER, SERUM_SOURCE = 1, "[@nih-ods-magnesium]"
_ROWS, _STEP = 5, 14  # squares in a column, and from one square to the next


def body() -> Picture:
    """Where the body's magnesium is, as 100 squares."""
    shapes = [shape for number in range(100) for shape in _square(number)]
    y = _ROWS * _STEP + 14
    differ = BONE_MOST - BONE_LEAST
    for kind, words in (
        ("bone", f"Bone: at least {BONE_LEAST}"),
        ("either", "Bone or soft tissue: sources differ"),
        ("soft", "Muscle and soft tissue: most of the rest"),
        ("outside-cells", f"Outside cells, blood included: about {OUTSIDE_CELLS}"),
    ):
        shapes += [*_cell(kind, 0, y), *_lines(22, y + 12, words)]
        y += LINE * len(wrapped(words, WIDTH - 22)) + 7
    return Picture(
        "If all the magnesium in an adult's body were 100 squares",
        f"Of 100 squares, {BONE_LEAST} to {BONE_MOST} are in bone, most of the rest in muscle and "
        f"other soft tissue, and about {OUTSIDE_CELLS} is outside cells, blood included.",
        y - 4,
        tuple(shapes),
        (
            f"Bone holds {BONE_LEAST}% to {BONE_MOST}% {BONE_SOURCES}. So of 100 squares, at "
            f"least {BONE_LEAST} are bone. Sources differ on another {differ}.",
            "Muscle and other soft tissue hold most of the rest [@fao-who2004].",
            f"About {OUTSIDE_CELLS}% is outside cells {OUTSIDE_SOURCE}. Blood serum is part of "
            f"that and holds less than {SERUM_UNDER}% {SERUM_SOURCE}.",
        ),
        f"Bone holds {BONE_LEAST}% to {BONE_MOST}% {BONE_SOURCES}. Blood serum, which a blood "
        f"test measures, holds less than {SERUM_UNDER}% {SERUM_SOURCE}.",
    )


def _square(number: int) -> list[Element]:
    """A percent: a square, round outside cells, counted down each column from the left."""
    if number < BONE_LEAST:
        kind = "bone"
    elif number < BONE_MOST:
        kind = "either"
    else:
        kind = "soft" if number < 100 - OUTSIDE_CELLS else "outside-cells"
    return _cell(kind, 4 + number // _ROWS * _STEP, number % _ROWS * _STEP)


def _cell(kind: str, x: int, y: int) -> list[Element]:
    side = _STEP - 3
    square = box(x + 1, y + 1, side, side, kind, side // 2 if kind == "outside-cells" else 2)
    stripe = path(f"M{x + 3} {y + _STEP - 4}l{_STEP - 7} {7 - _STEP}", "stripe")
    return [square, stripe] if kind == "either" else [square]


def _lines(x: int, y: int, words: str) -> list[Element]:
    """Words in as many lines as they need, from ``x`` to the right edge."""
    lines = enumerate(wrapped(words, WIDTH - x))
    return [text(x, y + LINE * at, line) for at, line in lines]


# ------------------------------------------------------------------- the amounts

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
        f"Food, drink and supplements together {_cite(keys)}. " + _STARRED,
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
        text(_LABELS + length + 5, y + SIZE, mg(row.amount) + _star(row.read), "figure"),
    ]


def _amounts_in_words(authority: amounts.Authority) -> str:
    parts = [
        f"{label.lower()} aged {age} {mg(row.amount)}{unread(row.read)}"
        for row, label, age in _labelled(authority.code)
    ]
    return f"{authority.name}: {', '.join(parts)}."


# --------------------------------------------------------------------- the foods

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
    sources = _cite(dict.fromkeys(food.source for food in shown))
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


# -------------------------------------------------------------------- the limits

_AXIS, _EDGE = 34, 8  # where the line lies, and what it keeps from the edges


def _limits() -> dict[Fraction, list[amounts.LimitRow]]:
    """The rows of each limit for adults, lowest limit first."""
    found: dict[Fraction, list[amounts.LimitRow]] = {}
    for row in amounts.supplement_limits(ADULT_EXAMPLES[0] * amounts.MONTHS):
        if row.amount is not None:
            found.setdefault(row.amount.mg, []).append(row)
    return found


def _whose(row: amounts.LimitRow) -> str:
    return amounts.AUTHORITY_BY_CODE[row.authority].name


def limits() -> Picture:
    """The limits for supplements on one line, each with whose it is."""
    found = _limits()
    end = max(found) + 50
    shapes = _axis(end)
    y = _AXIS + 34
    for amount, rows in found.items():
        drawn, y = _limit(amount, rows, end, y)
        shapes += drawn
    keys = dict.fromkeys(row.source for rows in found.values() for row in rows)
    return Picture(
        "Limits for supplements and medicines, for adults",
        "A line of milligrams of magnesium a day, with a mark at each limit: "
        + ", ".join(map(_milligrams, found))
        + ".",
        y - LINE,
        tuple(shapes),
        tuple(
            f"{_milligrams(amount)} a day: "
            f"{_listed([_whose(row) + unread(row.read) for row in rows])}."
            for amount, rows in found.items()
        ),
        f"Magnesium a day from supplements and medicines, not from food {_cite(keys)}. The "
        "United Kingdom calls its figure a guidance level. " + _STARRED,
    )


def _limit(
    amount: Fraction, rows: list[amounts.LimitRow], end: Fraction, y: int
) -> tuple[list[Element], int]:
    """A limit's mark, with its value and whose it is on its left; where the next one begins."""
    x = _at(amount, end)
    names = [
        line for row in rows for line in wrapped(_whose(row) + _star(row.read), int(x) - _EDGE)
    ]
    foot = y + LINE * len(names)
    shapes = [
        path(f"M{_n(x)} {_AXIS - 10}V{foot + 4}", "mark"),
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


PICTURES: dict[str, Callable[[], Picture]] = {
    "amounts": daily_amounts,
    "body": body,
    "foods": foods,
    "limits": limits,
    "loop": loop,
}
