"""What the lint's rules receive and what they give back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path

from markdown.extensions.toc import slugify, unique
from markdown_it.token import Token

from calculator.words.figures import ROW_NAMES
from scripts.claims import claims
from scripts.lint import said
from scripts.pages import blocks, page, reading
from scripts.pages.fault import Fault
from scripts.pages.reading import Block, Reading, Sentence
from scripts.sources import citations
from scripts.sources.bibtex import Reference
from scripts.sources.entries import BIB, calculator_keys, read_bibliography

_ID = re.compile(r"""\sid=["']?([\w:.-]+)""")
# Somebody else's words: straight or curly double quotes, within one block.
_QUOTE = re.compile(r"\"[^\"]*\"|“[^”]*”")


class _Elements(HTMLParser):
    """Collects the elements of a piece of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[int, str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.elements.append((self.getpos()[0], tag, given))


@dataclass(frozen=True)
class Site:
    """The files of the site, and what a rule needs to know of all of them."""

    root: Path
    today: date = field(default_factory=date.today)
    keys: Callable[[], frozenset[str]] = calculator_keys

    @property
    def docs(self) -> Path:
        """Where the pages are."""
        return self.root / page.DOCS

    @property
    def bib(self) -> Path:
        """The bibliography."""
        return self.root / BIB

    @property
    def claims(self) -> Path:
        """The claims of the source article."""
        return self.root / claims.FILE

    @cached_property
    def tables(self) -> frozenset[str]:
        """The source keys that the calculator and the claims use."""
        return self.keys() | (claims.claim_keys(self.claims) if self.claims.is_file() else set())

    @cached_property
    def bibliography(self) -> tuple[dict[str, Reference], list[Fault]]:
        """The references by key, and what is wrong with them."""
        return read_bibliography(self.bib)

    @cached_property
    def claim_ids(self) -> frozenset[str]:
        """The ids in the table of claims, in capitals, as pages write them."""
        if not self.claims.is_file():
            return frozenset()
        return frozenset(row[0].upper() for _, row in list(claims.rows(self.claims))[1:] if row)

    @cached_property
    def texts(self) -> list[Text]:
        """Every text to check: pages, bibliography, claims, and what the checks say."""
        texts = [self.page(path) for path in sorted(self.docs.rglob("*.md"))]
        if self.bib.is_file():
            texts.append(Text(self, self.bib, ""))
        if self.claims.is_file():
            texts.append(Text(self, self.claims, "", given=tuple(cells(self.claims))))
        package = self.root / "calculator"
        if package.is_dir():
            texts += [
                Text(self, package / name, "", given=tuple(sentences))
                for name, sentences in said.placed(package).items()
            ]
        return texts

    @cached_property
    def by_path(self) -> dict[Path, Text]:
        """The pages by their resolved path, as links lead to them."""
        return {text.path.resolve(): text for text in self.texts if text.path.suffix == ".md"}

    def page(self, path: Path) -> Text:
        """Return a page of the site, readable in whatever encoding: a rule looks at that."""
        source = path.read_bytes().decode("utf-8-sig", errors="replace")
        return Text(self, path, source.replace("\r\n", "\n"))


@dataclass(frozen=True)
class Text:
    """One file as the rules see it: a page, or words that stand in another kind of file."""

    site: Site
    path: Path
    source: str
    given: tuple[Sentence, ...] = ()

    @property
    def is_page(self) -> bool:
        """Whether it is a page of the site."""
        return self.path.suffix == ".md"

    def fault(self, line: int, message: str, warning: bool = False) -> Fault:
        """Return a fault of this file."""
        return Fault(self.path.as_posix(), line, message, warning)

    @cached_property
    def front(self) -> str:
        """The front matter as written, or nothing."""
        front = page.FRONT.match(self.source)
        return front[1] if front else ""

    @cached_property
    def tokens(self) -> list[Token]:
        """The page as GitHub reads it, without the blocks of ours."""
        return reading.parse(blocks.blanked(self.source))

    @cached_property
    def code_lines(self) -> frozenset[int]:
        """The numbers of the lines that are code between fences."""
        fences = [token.map for token in self.tokens if token.type == "fence" and token.map]
        return frozenset(line + 1 for fence in fences for line in range(*fence))

    @cached_property
    def citations(self) -> list[tuple[int, str, bool]]:
        """The line and text of each citation, and whether it stands in a link."""
        return list(citations.citations_in(self.tokens))

    @cached_property
    def blocks(self) -> list[Block]:
        """Every run of text of a page."""
        return list(reading.blocks_of(self.tokens))

    @cached_property
    def inline(self) -> list[tuple[int, Token]]:
        """Every mark inside a run of text, with its line."""
        marks = []
        for block in self.blocks:
            line = block.line
            for token in block.tokens:
                line += token.type in ("softbreak", "hardbreak")
                marks.append((line, token))
        return marks

    @cached_property
    def elements(self) -> list[tuple[int, str, dict[str, str]]]:
        """Every element of raw HTML: its line, its tag, its attributes in plain letters."""
        html = [(t.map[0] + 1, t) for t in self.tokens if t.type == "html_block" and t.map]
        html += [(line, token) for line, token in self.inline if token.type == "html_inline"]
        elements = []
        for line, token in html:
            parser = _Elements()
            parser.feed(f"{token.content}>")  # A browser ends an open tag at the next such sign.
            elements += [(line + at - 1, tag, given) for at, tag, given in parser.elements]
        return elements

    @cached_property
    def words(self) -> list[Sentence]:
        """Every run of words of ours, headings and tables too, with quotes and code blanked.

        What is blanked keeps its length, so that a place in it is a place in the file.
        """
        runs = [Sentence(b.line, text_alone(b)) for b in self.blocks if not b.quoted]
        return [Sentence(run.line, _QUOTE.sub(blank, run.text)) for run in (*runs, *self.given)]

    @cached_property
    def sentences(self) -> list[Sentence]:
        """Every sentence of ours, as it is read."""
        prose = [Sentence(block.line, block.text) for block in self.blocks if block.is_prose]
        parts = (reading.split(run.text, run.line) for run in (*prose, *self.given))
        return [sentence for part in parts for sentence in part]

    @cached_property
    def reading(self) -> Reading:
        """How hard its sentences are."""
        return Reading(self.path.as_posix(), tuple(self.sentences))

    @cached_property
    def ids(self) -> frozenset[str]:
        """What a link to this page may name behind its `#`."""
        taken: set[str] = set()
        for block in self.blocks:
            if "heading_open" in block.around:
                unique(slugify(block.text, "-"), taken)
        if "[@" in self.source:
            taken.add("references")
        for written in blocks.written(self.source):
            taken |= self.built(written["kind"], written["name"])
        return frozenset(taken | {*_ID.findall(self.source)})

    def built(self, block: str, name: str) -> set[str]:
        """Return the ids that the build writes for one of our blocks."""
        if block == "check":
            return {name}
        if name == "claims":
            return {id_.lower() for id_ in self.site.claim_ids}
        if name == "sources":
            return {f"ref-{key}" for key in self.site.bibliography[0]}
        return {f"row-{row}" for row in ROW_NAMES} if name == "serum" else set()

    def find(self, pattern: re.Pattern[str]) -> Iterator[tuple[int, re.Match[str]]]:
        """Yield each match in our own words, with its line."""
        for run in self.words:
            for match in pattern.finditer(run.text):
                yield run.line + run.text.count("\n", 0, match.start()), match


def text_alone(block: Block) -> str:
    """Return a block's text without its code, which keeps its length."""
    code = [token for token in block.tokens if token.type == "code_inline"]
    text = block.text
    for content in (reading.spaced(token.content) for token in code):
        text = text.replace(content, "\N{MIDDLE DOT}" * len(content), 1)
    return text


def blank(quote: re.Match[str]) -> str:
    """Return as many dots as a quote has characters, its line breaks kept."""
    return re.sub(r"[^\n]", "\N{MIDDLE DOT}", quote[0])


def cells(file: Path) -> Iterator[Sentence]:
    """Yield the claims and our reasons, which stand in a table but are whole sentences."""
    columns = [claims.COLUMNS.index(name) for name in ("paraphrase", "why")]
    for line, row in list(claims.rows(file))[1:]:
        for column in (column for column in columns if column < len(row)):
            yield Sentence(line, reading.spaced(row[column]))
