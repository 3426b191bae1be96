"""The lists of a page as GitHub reads them and as the site does, to be compared.

GitHub reads CommonMark (here markdown-it-py), the site Python-Markdown. They part over lists
inside lists, lists straight after text and numbers that do not begin at 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown_it.token import Token

from scripts.pages import page as pages

_LETTERS = 24
_STASHED = re.compile("\x02[^\x03]*\x03|<[^>]*>")


@dataclass(frozen=True)
class Item:
    """An item of a list: how deep, "ul" or "ol" and its first number, how it begins, its line."""

    depth: int
    kind: str
    text: str
    line: int

    @property
    def reads(self) -> tuple[int, str, str]:
        """What a reader sees of it."""
        return self.depth, self.kind, self.text

    def told(self, reader: str) -> str:
        """Say how a reader takes it."""
        if not self.text:
            return f"{reader} sees no item"
        return f"{reader} sees '{self.text}' at level {self.depth} of {self.kind}"


def of_github(tokens: list[Token]) -> list[Item]:
    """Return every item as GitHub reads it."""
    lists: list[str] = []
    found: list[Item] = []
    waiting = 0
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            start = int(token.attrs.get("start", 1))
            lists.append("ul" if token.tag == "ul" else f"ol from {start}")
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "list_item_open" and token.map:
            waiting = token.map[0] + 1
        elif token.type == "inline" and waiting:
            found.append(Item(len(lists), lists[-1], beginning(token.content), waiting))
            waiting = 0
    return found


def of_site(markdown: str) -> list[Item]:
    """Return every item as the site reads it, with the line where it can be found."""
    parser = Markdown(extensions=["tables", "fenced_code", "pymdownx.quotes"])
    lines = pages.body(markdown).split("\n")
    for preprocessor in parser.preprocessors:
        lines = preprocessor.run(lines)
    root = parser.parser.parseDocument(lines).getroot()
    items = walk(root, ()) if root is not None else ()
    return [Item(len(kinds), kinds[-1], text, 0) for kinds, text in items]


def walk(element: Element, kinds: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield each item under an element with the lists around it."""
    for child in element:
        if child.tag == "li" and kinds:
            own = (child.text or "").strip()
            first = own or next((one.text or "" for one in child.iter("p")), "")
            yield kinds, beginning(first)
        start = child.get("start", "1")
        inside = {"ul": "ul", "ol": f"ol from {start}"}.get(child.tag)
        yield from walk(child, (*kinds, inside) if inside else kinds)


def beginning(text: str) -> str:
    """Return the first letters and figures of an item, marks and raw HTML apart."""
    return re.sub(r"[\W_]+", " ", _STASHED.sub("", text)).strip()[:_LETTERS].strip()
