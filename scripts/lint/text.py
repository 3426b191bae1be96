"""What the lint's rules receive and what they give back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from markdown.extensions.toc import slugify, unique
from markdown_it.token import Token

from calculator.words.figures import ROW_NAMES
from scripts.claims import claims as evidence
from scripts.lint import said as outcomes
from scripts.pages import page as pages
from scripts.pages import reading
from scripts.pages.reading import Block, Sentence
from scripts.sources import citations as marks
from scripts.sources.bibtex import Reference
from scripts.sources.entries import BIB, Problem, calculator_keys, read_bibliography

# Where a name cannot be cut by the build: ids that a block of ours writes into its page.
_BLOCK = re.compile(r"^/// (check|reference|picture) \| ([a-z-]+)$", re.MULTILINE)
_ID = re.compile(r"""\sid=["']?([\w:.-]+)""")
# Somebody else's words: straight or curly double quotes, within one block.
_QUOTE = re.compile(r"\"[^\"]*\"|“[^”]*”")


@dataclass(frozen=True)
class Edit:
    """What `--fix` does: the words of a file from this line on, and what replaces them."""

    line: int
    old: str
    new: str


@dataclass(frozen=True)
class Fault:
    """Something a contributor has to mend, with the remedy in its message."""

    line: int
    message: str
    warning: bool = False
    edit: Edit | None = None


@dataclass(frozen=True)
class Site:
    """The files that belong together, and what one of them has to know of the others."""

    root: Path
    today: date = field(default_factory=date.today)
    keys: Callable[[], frozenset[str]] = calculator_keys

    @property
    def docs(self) -> Path:
        """Where the pages are."""
        return self.root / pages.DOCS

    @property
    def bib(self) -> Path:
        """The bibliography."""
        return self.root / BIB

    @property
    def claims(self) -> Path:
        """The claims of the source article."""
        return self.root / evidence.FILE

    @cached_property
    def tables(self) -> frozenset[str]:
        """The source keys that the calculator and the claims use."""
        claimed = evidence.claim_keys(self.claims) if self.claims.is_file() else frozenset()
        return self.keys() | claimed

    @cached_property
    def bibliography(self) -> tuple[dict[str, Reference], list[Problem]]:
        """The references by key, and what is wrong with them."""
        return read_bibliography(self.bib)

    @cached_property
    def claim_ids(self) -> frozenset[str]:
        """The ids in the table of claims, in capitals, as pages write them."""
        if not self.claims.is_file():
            return frozenset()
        return frozenset(row[0].upper() for _, row in list(evidence.rows(self.claims))[1:] if row)

    @cached_property
    def texts(self) -> list[Text]:
        """Every text to check: pages, bibliography, claims, and what the checks say."""
        found = [self.page(path) for path in sorted(self.docs.rglob("*.md"))]
        if self.bib.is_file():
            found.append(Text(self, self.bib, ""))
        if self.claims.is_file():
            found.append(Text(self, self.claims, "", given=tuple(reading.cells(self.claims))))
        package = self.root / "calculator"
        if package.is_dir():
            said = outcomes.placed(package)
            found += [
                Text(self, package / name, "", given=tuple(one)) for name, one in said.items()
            ]
        return found

    @cached_property
    def by_path(self) -> dict[Path, Text]:
        """The pages by their resolved path, as links lead to them."""
        return {text.path.resolve(): text for text in self.texts if text.path.suffix == ".md"}

    def page(self, path: Path) -> Text:
        """Return a page of the site."""
        return Text(self, path, path.read_text(encoding="utf-8"))


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

    @cached_property
    def front(self) -> str:
        """The front matter as written, or nothing."""
        found = pages.FRONT.match(self.source)
        return found[1] if found else ""

    @cached_property
    def tokens(self) -> list[Token]:
        """The page as GitHub reads it."""
        return reading.parse(self.source)

    @cached_property
    def citations(self) -> list[tuple[int, str, bool]]:
        """The line and text of each citation, and whether it stands in a link."""
        return list(marks.citations_in(self.tokens))

    @cached_property
    def blocks(self) -> list[Block]:
        """Every run of text of a page."""
        return list(reading.blocks_of(self.tokens))

    @cached_property
    def words(self) -> list[Sentence]:
        """Every run of words of ours, headings and tables too, with quotes and code blanked.

        What is blanked keeps its length, so that a place in it is a place in the file.
        """
        found = [Sentence(b.line, text_alone(b)) for b in self.blocks if not b.quoted]
        return [Sentence(one.line, _QUOTE.sub(blank, one.text)) for one in (*found, *self.given)]

    @cached_property
    def sentences(self) -> list[Sentence]:
        """Every sentence of ours, as it is read."""
        prose = [Sentence(block.line, block.text) for block in self.blocks if block.is_prose]
        parts = (reading.split(one.text, one.line) for one in (*prose, *self.given))
        return [sentence for part in parts for sentence in part]

    @cached_property
    def ids(self) -> frozenset[str]:
        """What a link to this page may name behind its `#`."""
        taken: set[str] = set()
        for block in self.blocks:
            if "heading_open" in block.around:
                unique(slugify(block.text, "-"), taken)
        if "[@" in self.source:
            taken.add("references")
        for found in _BLOCK.finditer(self.source):
            taken |= self.built(found[1], found[2])
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
            for found in pattern.finditer(run.text):
                yield run.line + run.text.count("\n", 0, found.start()), found


def text_alone(block: Block) -> str:
    """Return a block's text without its code, which keeps its length."""
    code = [token for token in block.tokens if token.type == "code_inline"]
    text = block.text
    for token in code:
        text = text.replace(token.content, "\N{MIDDLE DOT}" * len(token.content), 1)
    return text


def blank(found: re.Match[str]) -> str:
    """Return as many dots as a quote has characters, its line breaks kept."""
    return re.sub(r"[^\n]", "\N{MIDDLE DOT}", found[0])
