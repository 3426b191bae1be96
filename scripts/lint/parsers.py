"""A page as GitHub reads it and as the site does, piece by piece, to be compared.

GitHub reads CommonMark (here markdown-it-py), the site Python-Markdown. Both make HTML, and of
either HTML the same parser here makes pieces: each run of text with what it stands in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from html.parser import HTMLParser
from urllib.parse import unquote

from markdown import Markdown
from markdown_it.token import Token

from scripts.pages import blocks, page, reading

# What MkDocs adds of its own accord, and what mkdocs.yml adds that is no extension of ours.
EXTENSIONS = ("toc", "tables", "fenced_code", "pymdownx.quotes")

_LINE = "data-line"
_PLACES = {
    "blockquote": "quote",
    "pre": "code",
    "table": "table",
    "ul": "list",
    **{f"h{level}": f"heading of level {level}" for level in range(1, 7)},
}
_COUNTED = {"tr": "row", "th": "cell", "td": "cell"}
# Elements that end a run of text and leave no other trace in the comparison.
_PLAIN = ("p", "div", "thead", "tbody", "details", "summary", "section", "figure")
_APART = (*_PLACES, *_COUNTED, *_PLAIN, "ol", "li", "hr")
_INLINE = ("em", "strong", "code", "a", "s", "del", "br", "img")
# Around the name of a mark inside a text, as <em> there: signs that no page holds.
_OPEN, _CLOSE = "\x02", "\x03"
_SHOWN = 32


@dataclass(frozen=True)
class Piece:
    """A run of text: what it stands in, from the outside in, and the line where that begins.

    `begins` is true of the first run in an item of a list.
    """

    place: tuple[str, ...]
    text: str
    line: int = field(default=0, compare=False)
    begins: bool = False

    @property
    def kind(self) -> str:
        """What a reader sees it as."""
        lists = [name for name in self.place if "list" in name]
        if "table" in self.place:
            return "part of a table"
        if lists and self.place[-1].startswith("item"):
            return f"an item of a {lists[-1]} at level {len(lists)}"
        name = self.place[-1] if self.place else "text"
        return name if name in ("text", "code") else f"a {name}"

    @property
    def marked(self) -> bool:
        """Whether there is a mark in it, as emphasis or a link."""
        return _OPEN in self.text

    @property
    def bare(self) -> str:
        """Its text without marks."""
        return re.sub(rf"{_OPEN}[^{_CLOSE}]*{_CLOSE}", "", self.text)

    @property
    def shown(self) -> str:
        """How it begins."""
        words = " ".join(self.bare.split())
        return words if len(words) <= _SHOWN else f"{words[:_SHOWN].rstrip()}…"


@dataclass(frozen=True)
class Difference:
    """Where the two readings part; a piece is None where that reader shows nothing.

    `follows` is true where nothing that both read alike stands between it and the one before.
    """

    line: int
    github: Piece | None
    site: Piece | None
    follows: bool = False


def differences(tokens: list[Token], source: str) -> Iterator[Difference]:
    """Yield where GitHub and the site read a page differently; blocks of ours are left out."""
    github, site = of_github(tokens), of_site(source)
    matcher = SequenceMatcher(None, github, site, autojunk=False)
    for tag, first, last, begin, end in matcher.get_opcodes():
        if tag != "equal":
            before = github[first - 1].line if first else 1
            parts = alike(github[first:last], site[begin:end])
            for nth, (ours, theirs) in enumerate(parts):
                yield replace(parting(ours, theirs, before), follows=nth > 0)


def alike(github: list[Piece], site: list[Piece]) -> Iterator[tuple[list[Piece], list[Piece]]]:
    """Part two runs of pieces wherever both have come to the same letter of the page.

    So a table that is no table on the site and the heading after it are two differences.
    """
    ours: list[Piece] = []
    theirs: list[Piece] = []
    while github or site:
        behind = len(letters(ours)) <= len(letters(theirs))
        if github and (behind or not site):
            ours.append(github.pop(0))
        else:
            theirs.append(site.pop(0))
        if letters(ours) and letters(ours) == letters(theirs):
            yield ours, theirs
            ours, theirs = [], []
    if ours or theirs:
        yield ours, theirs


def letters(pieces: list[Piece]) -> str:
    """Return the letters and figures of some pieces, without spaces and signs."""
    return re.sub(r"[\W_]", "", "".join(piece.bare for piece in pieces))


def parting(github: list[Piece], site: list[Piece], line: int) -> Difference:
    """Return where two runs of pieces part; `line` is the one where neither has a piece.

    Where the first piece of one is only the beginning of the other's, as the text before a
    table is, the readings part behind it.
    """
    here, there = next(iter(github), None), next(iter(site), None)
    line = here.line if here else line
    if not here or not there or here.place != there.place or here.text == there.text:
        return Difference(line, here, there)
    if here.text.startswith(there.text):
        line += here.text[: len(there.text) + 1].count("\n")
        return Difference(line, rest(here, there.text, line), next(iter(site[1:]), None))
    if there.text.startswith(here.text):
        after = next(iter(github[1:]), None)
        return Difference(after.line if after else line, after, rest(there, here.text, line))
    return Difference(line, here, there)


def rest(piece: Piece, beginning: str, line: int) -> Piece:
    """Return a piece without its beginning."""
    return Piece(piece.place, piece.text[len(beginning) :].strip(), line)


def of_github(tokens: list[Token]) -> list[Piece]:
    """Return the pieces of a page as GitHub reads it."""
    placed = [
        token.copy(attrs={**token.attrs, _LINE: token.map[0] + 1})
        if token.map and token.type != "inline"
        else token
        for token in tokens
    ]
    return pieces(reading.to_html(placed))


def of_site(source: str) -> list[Piece]:
    """Return the pieces of a page as the site reads it."""
    return pieces(Markdown(extensions=[*EXTENSIONS]).convert(page.body(blocks.blanked(source))))


def pieces(html: str) -> list[Piece]:
    """Return the pieces of a page's HTML."""
    parser = _Pieces()
    parser.feed(html)
    parser.close()
    parser.flush()
    return parser.pieces


class _Pieces(HTMLParser):
    """Collects the text of HTML by the elements around it."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[Piece] = []
        self.tags: list[str] = []
        self.places: list[str] = []
        self.counts: list[int] = [0]  # of what was numbered inside each place
        self.text = ""
        self.line = 1
        self.begins = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in _APART:
            self.flush()
        self.line = number(given.get(_LINE), self.line)
        if tag in _INLINE:
            self.text += mark(tag, given)
        elif tag == "hr":
            self.pieces.append(Piece((*self.places, "rule"), "", self.line))
        elif name := self.name_of(tag, given):
            self.tags.append(tag)
            self.places.append(name)
            self.counts.append(number(given.get("start"), 1) - 1)
            self.begins |= tag == "li"

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag in self.tags:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _INLINE:
            self.text += mark(f"/{tag}", {})
        elif tag in _PLAIN:
            self.flush()
        elif tag in self.tags:
            self.flush()
            depth = len(self.tags) - self.tags[::-1].index(tag) - 1
            del self.tags[depth:], self.places[depth:], self.counts[depth + 1 :]

    def handle_data(self, data: str) -> None:
        self.text += data

    def name_of(self, tag: str, given: Mapping[str, str]) -> str:
        """Return what an element is called in a place, or nothing."""
        if tag == "ol":
            start = number(given.get("start"), 1)
            return "numbered list" if start == 1 else f"numbered list from {start}"
        if tag == "li" and "numbered" not in "".join(self.places[-1:]):
            return "item"
        if tag in _COUNTED or tag == "li":
            self.counts[-1] += 1
            return f"{_COUNTED.get(tag, 'item')} {self.counts[-1]}"
        return _PLACES.get(tag, "")

    def flush(self) -> None:
        """End a run of text."""
        # `***` is both, in this order on GitHub and in the other on the site.
        for pair in (("em", "strong"), ("/strong", "/em")):
            first, second = (mark(tag, {}) for tag in pair)
            self.text = self.text.replace(second + first, first + second)
        text = "\n".join(" ".join(line.split()) for line in self.text.strip().split("\n"))
        if text:
            self.pieces.append(Piece(tuple(self.places), text, self.line, self.begins))
            self.begins = False
        self.text = ""


def number(text: str | None, otherwise: int) -> int:
    """Return an attribute that is a number; anything can stand in HTML that somebody wrote."""
    return int(text) if text and text.isdecimal() else otherwise


def mark(tag: str, given: Mapping[str, str]) -> str:
    """Return what stands for a mark inside a text: emphasis, code, a link, a picture."""
    address = unquote(given.get("href", given.get("src", "")))
    return f"{_OPEN}{tag} {address}{given.get('alt', '')}{_CLOSE}"
