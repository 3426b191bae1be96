"""A page as a reader reads it: its sentences, and how hard they are.

The measure is the Automated Readability Index (Smith and Senter 1967: a US school grade from
characters a word and words a sentence). Headings, tables, code and other people's words in
block quotes are no sentences of ours; the claims of the evidence table are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from scripts.pages import page, quantity

MOST_WORDS = 25
HIGHEST_GRADE = 9.0

# What is not read as words: citations, links to claims, the marks of alerts, blocks of ours.
_MARKS = re.compile(
    r" ?\[@[^\]]*\]|(?:Klarity's|The) article(?: \[@klarity-article\])? on this: [^.]*\."
    r"|\[!\w+\]|^///.*$",
    re.MULTILINE,
)
_END = re.compile(r"(?<=[.!?])[\"')]*\s+(?=[\"'(]?[A-Z0-9])")
_WORD = re.compile(r"\S*[A-Za-z0-9]\S*")


@dataclass(frozen=True)
class Sentence:
    """A sentence as a reader reads it, and the line that it begins on."""

    line: int
    text: str

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(_WORD.findall(self.text))


@dataclass(frozen=True)
class Reading:
    """What was measured on one page."""

    page: str
    sentences: tuple[Sentence, ...]

    @property
    def grade(self) -> float:
        """The Automated Readability Index, nothing for a page without a sentence."""
        words = sum(sentence.words for sentence in self.sentences)
        if not words:
            return 0.0
        signs = sum(len(re.findall(r"[A-Za-z0-9]", sentence.text)) for sentence in self.sentences)
        return 4.71 * signs / words + 0.5 * words / len(self.sentences) - 21.43

    @property
    def longest(self) -> int:
        """The words of the longest sentence."""
        return max((sentence.words for sentence in self.sentences), default=0)


@dataclass(frozen=True)
class Block:
    """A run of text on a page: its first line, its tokens, what it stands in, whose words."""

    line: int
    tokens: tuple[Token, ...]
    around: frozenset[str]
    quoted: bool

    @property
    def is_prose(self) -> bool:
        """Whether it is read as sentences of ours."""
        return not (self.quoted or {"heading_open", "table_open"} & self.around)

    @property
    def text(self) -> str:
        """Its text, code and all, with a line break where its source has one."""
        return text_of(self.tokens)


class _GitHub(MarkdownIt):
    """Reads as GitHub does, but takes any link for one, so that a rule can refuse it."""

    def validateLink(self, url: str) -> bool:
        del url
        return True


# With the rule "text_join", an escaped bracket would become plain text, and `\[@key]`, which
# the site prints as it is, would be taken for a citation.
_PARSER = _GitHub("commonmark").enable("table").disable("text_join")
_PARSER.add_render_rule("text_special", RendererHTML.text)

# Spaces of other widths count as a space, and signs without a width not at all: whoever reads
# sees no difference, and no rule about "300 mg" may be blind to one that holds such a space.
_SPACES = str.maketrans(
    dict.fromkeys("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008", " ")
    | dict.fromkeys("\u2009\u200a\u202f\u205f\u3000", " ")
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", "")
)


def parse(markdown: str) -> list[Token]:
    """Return a page as GitHub reads it, front matter apart, the lines those of the file."""
    return _PARSER.parse(page.body(markdown))


def to_html(tokens: list[Token]) -> str:
    """Return the HTML that GitHub makes of a page."""
    rendered: str = _PARSER.renderer.render(tokens, _PARSER.options, {})
    return rendered


def spaced(text: str) -> str:
    """Return a text with plain spaces only."""
    return text.translate(_SPACES)


def blocks_of(tokens: list[Token]) -> Iterator[Block]:
    """Yield every run of text, telling quotes from alerts, which are written as quotes too."""
    opened: list[str] = []
    alert = None
    for token in tokens:
        if token.nesting == 1:
            if "blockquote_open" not in opened:
                alert = None  # Not known before the first text of the next quote is read.
            opened.append(token.type)
        elif token.nesting == -1:
            opened.pop()
        elif token.type == "inline" and token.map:
            in_quote = "blockquote_open" in opened
            if in_quote and alert is None:
                alert = token.content.startswith("[!")
            quoted = in_quote and not alert
            inside = tuple(token.children or ())
            yield Block(token.map[0] + 1, inside, frozenset(opened), quoted)


def sentences_of(markdown: str) -> Iterator[Sentence]:
    """Yield the sentences of a page, without headings, tables, code and quotes."""
    for block in blocks_of(parse(markdown)):
        if block.is_prose:
            yield from split(block.text, block.line)


def text_of(tokens: tuple[Token, ...]) -> str:
    """Return the text of a block, its spaces plain, with a line break where its source has one."""
    kept, breaks = ("text", "text_special", "code_inline"), ("softbreak", "hardbreak")
    text = "".join(
        "\n" if part.type in breaks else part.content if part.type in kept else ""
        for part in tokens
    )
    return spaced(text)


def split(text: str, line: int) -> Iterator[Sentence]:
    """Yield the sentences of a block that begins on a line, without its marks."""
    for sentence in pieces(quantity.plain(_MARKS.sub("", text)), line):
        yield Sentence(sentence.line, " ".join(sentence.text.split()))


def pieces(text: str, line: int) -> Iterator[Sentence]:
    """Yield the sentences of a block as they are written, marks and all."""
    start = 0
    for end in [*(match.end() for match in _END.finditer(text)), len(text)]:
        sentence = text[start:end]
        if _WORD.search(sentence):
            blank = len(sentence) - len(sentence.lstrip())
            yield Sentence(line + text.count("\n", 0, start + blank), sentence)
        start = end
