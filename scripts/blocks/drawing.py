"""What pictures are drawn of: lines of text, boxes, ways and arrows, as SVG.

A drawing is WIDTH units wide, which is the text column of a phone 320px wide, so a unit is
at least a pixel and 12 units of text are at least 12px. Colours are classes, set in
``docs/assets/css/pictures.css`` for both palettes, forced colours and print; no meaning hangs
on colour alone.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from xml.etree import ElementTree

from markdown.util import AtomicString

from calculator.quantities import display
from calculator.words.figures import unread

Element = ElementTree.Element


WIDTH = 288


SIZE = 13  # of text, in units; the style sheet sets it


LINE = 17  # from one line of text to the next


LETTER = Fraction(1, 2)  # of the size: more than the mean advance of any line of ours


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


def child(
    parent: Element, tag: str, text: str = "", attributes: dict[str, str] | None = None
) -> Element:
    child = ElementTree.SubElement(parent, tag, attributes or {})
    child.text = text
    return child


def number(value: Fraction | int) -> str:
    return display(Fraction(value), 1).removesuffix(".0")


def text(x: Fraction | int, y: int, words: str, name: str = "", anchor: str = "start") -> Element:
    """A line of text that stands on ``y``."""
    attributes = {"x": number(x), "y": str(y), "text-anchor": anchor}
    if name:
        attributes["class"] = name
    element = Element("text", attributes)
    element.text = AtomicString(words)
    return element


def box(
    x: Fraction | int, y: int, width: Fraction | int, height: int, name: str, round_: int = 0
) -> Element:
    """A rectangle."""
    sides = {"x": number(x), "y": str(y), "width": number(width), "height": str(height)}
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


STARRED = "A star marks a number that we have not read in the source itself."


def star(read: str) -> str:
    return "*" if unread(read) else ""


def cite(keys: Iterable[str]) -> str:
    return f"[{'; '.join(f'@{key}' for key in keys)}]"


def wrapped(words: str, width: int) -> list[str]:
    """``words`` in lines that are no wider than ``width``."""
    return textwrap.wrap(words, int(width / (SIZE * LETTER)))
