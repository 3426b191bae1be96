"""How hard each page is to read, and every sentence that is too long.

    python -m scripts.lint [DOCS]

Prints for each page its Automated Readability Index (Smith and Senter 1967: a US school grade
from characters a word and words a sentence), how many sentences it has and its longest. Exit 1
when the pages' average is over the limit or a sentence is too long. Headings, tables and other
people's words in quotes do not count; the claims of the evidence table do.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from markdown_it import MarkdownIt
from markdown_it.token import Token

from scripts import evidence, pages, quantity

MOST_WORDS = 25
HIGHEST_GRADE = 9.0

# What the build writes or numbers, and what only points: neither is read as a sentence.
_MARKS = re.compile(r" ?\[@[^\]]*\]|Evidence: \{C\d+\}[^.]*\.|\[!\w+\]|^///.*$", re.MULTILINE)
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
        signs = sum(len(re.findall(r"[A-Za-z0-9]", one.text)) for one in self.sentences)
        return 4.71 * signs / words + 0.5 * words / len(self.sentences) - 21.43

    @property
    def longest(self) -> int:
        """The words of the longest sentence."""
        return max((sentence.words for sentence in self.sentences), default=0)

    @property
    def too_long(self) -> list[Sentence]:
        """The sentences over the limit."""
        return [sentence for sentence in self.sentences if sentence.words > MOST_WORDS]


def sentences_of(markdown: str) -> Iterator[Sentence]:
    """Yield the sentences of a page, without headings, tables, code and quotes."""
    tokens = MarkdownIt("commonmark").enable("table").parse(pages.body(markdown))
    for nth, token in enumerate(tokens):
        if token.type != "inline" or not token.map:
            continue
        opened = [one.type for one in open_around(tokens[:nth])]
        skipped = {"heading_open", "table_open"} & {*opened}
        if not skipped and not quoted(tokens[:nth], token):
            yield from split(text_of(token.children or []), token.map[0] + 1)


def open_around(before: list[Token]) -> list[Token]:
    """Return the blocks that are open after these tokens, the outermost first."""
    found: list[Token] = []
    for token in before:
        if token.nesting == 1:
            found.append(token)
        elif token.nesting == -1:
            found.pop()
    return found


def quoted(before: list[Token], inline: Token) -> bool:
    """Tell a quote from one of our alerts, which are written as quotes too."""
    quotes = [one for one in open_around(before) if one.type == "blockquote_open"]
    if not quotes:
        return False
    first = next((t for t in before[before.index(quotes[0]) :] if t.type == "inline"), inline)
    return not first.content.startswith("[!")


def text_of(tokens: list[Token]) -> str:
    """Return the text of a block with a line break where its source has one."""
    breaks = ("softbreak", "hardbreak")
    kept = ("text", "code_inline")
    return "".join(
        "\n" if one.type in breaks else one.content if one.type in kept else "" for one in tokens
    )


def split(text: str, line: int) -> Iterator[Sentence]:
    """Yield the sentences of a block that begins on a line."""
    text = quantity.plain(_MARKS.sub("", text))
    start = 0
    for end in [*(found.end() for found in _END.finditer(text)), len(text)]:
        sentence = text[start:end]
        if _WORD.search(sentence):
            blank = len(sentence) - len(sentence.lstrip())
            lines = text.count("\n", 0, start + blank)
            yield Sentence(line + lines, " ".join(sentence.split()))
        start = end


def read(docs: Path) -> list[Reading]:
    """Measure every page of a folder."""
    return [
        Reading(path.as_posix(), tuple(sentences_of(path.read_text(encoding="utf-8"))))
        for path in sorted(docs.rglob("*.md"))
    ]


def read_claims(file: Path) -> Reading:
    """Measure the claims and our reasons, which stand in a table but are whole sentences."""
    columns = [evidence.COLUMNS.index(name) for name in ("paraphrase", "why")]
    found = [
        sentence
        for line, cells in list(evidence.rows(file))[1:]
        for column in columns
        for sentence in split(cells[column], line)
    ]
    return Reading(file.as_posix(), tuple(found))


def main(docs: Path = pages.DOCS) -> int:
    """Print what was measured; 1 when a limit is passed."""
    readings = read(docs)
    claims = docs / evidence.FILE.relative_to(pages.DOCS)
    if claims.is_file():
        readings.append(read_claims(claims))
    for one in readings:
        line = f"grade {one.grade:4.1f}, {len(one.sentences):3} sentences, longest {one.longest:2}"
        print(f"{line} words: {one.page}")
    average = mean(one.grade for one in readings) if readings else 0.0
    too_long = [(one.page, sentence) for one in readings for sentence in one.too_long]
    for page, sentence in too_long:
        print(f"{page}:{sentence.line}: {sentence.words} words, over {MOST_WORDS}: {sentence.text}")
    over = average > HIGHEST_GRADE
    print(f"grade {average:.1f} on average; the limit is {HIGHEST_GRADE:.0f}")
    return 1 if over or too_long else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else pages.DOCS))
