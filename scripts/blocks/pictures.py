"""The pages' pictures as SVG, drawn from the calculator's own numbers.

In a page:

    /// picture | amounts         a figure: heading, drawing, sources, the same facts in words
    ///
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from markdown.util import AtomicString

from scripts.blocks.charts import daily_amounts, foods, limits
from scripts.blocks.drawing import (
    LINE,
    SIZE,
    WIDTH,
    Element,
    Picture,
    arrow,
    box,
    child,
    path,
    text,
    wrapped,
)

IN_WORDS = "The same in words"


def figure(name: str) -> Element:
    """The named picture as a figure for a page.

    The words of the drawing are atomic, so that Markdown leaves them alone; those of the
    note and the facts are not, so that citations work.
    """
    picture = PICTURES[name]()
    place = Element("figure", {"class": f"picture picture-{name}"})
    caption = child(place, "figcaption")
    child(caption, "p", picture.heading)
    place.append(_svg(name, picture))
    words = child(place, "div", "", {"class": "picture-words"})
    child(words, "p", picture.note)
    details = child(words, "details")
    child(details, "summary", IN_WORDS)
    facts = child(details, "ol" if picture.ordered else "ul")
    for fact in picture.facts:
        child(facts, "li", fact)
    return place


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
    child(svg, "title", AtomicString(picture.title), {"id": key})
    svg.extend(picture.shapes)
    return svg


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


PICTURES: dict[str, Callable[[], Picture]] = {
    "amounts": daily_amounts,
    "body": body,
    "foods": foods,
    "limits": limits,
    "loop": loop,
}
