"""Explains a term where a page uses it first, in the words of docs/glossary.md.

The explanation stands in `title`, and docs/assets/js/term.js shows it on hover and on focus. The
term can have the focus, so that a keyboard reaches it and a tap on a phone shows it. It is no
link: a reader in the middle of a sentence on amounts is not taken elsewhere. Pages stay readable
without it, because every term also stands on the glossary page.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree as etree

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from scripts.pages.fault import Fault, FaultsError
from scripts.pages.page import DOCS, front_matter

FILE = DOCS / "glossary.md"
ENTRY = re.compile(r"- \*\*(?P<name>[^*]+)\*\*: (?P<words>.+)")

# Headings name links, and what has a use of its own must not hold another (WCAG 4.1.2). The
# glossary page sets the terms that it explains in bold.
PASSED_OVER = frozenset(
    "a abbr button caption code dt figcaption figure form h1 h2 h3 h4 h5 h6 label legend option "
    "pre select strong summary svg th".split()
)

Element = etree.Element


def read(file: Path) -> dict[str, str]:
    """Return the explanations by word: of each word of `tooltips` its entry's first sentence."""
    return dict(_read(file, file.stat().st_mtime_ns))


@lru_cache(maxsize=1)
def _read(file: Path, stamp: int) -> dict[str, str]:
    del stamp  # Part of the key of the cache: the file is read again when it changes.
    lines = enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
    entries = {number: entry for number, line in lines if (entry := ENTRY.match(line))}
    names = [entry["name"] for entry in entries.values()]
    for number, entry in entries.items():
        if names.count(entry["name"]) > 1:
            message = f"'{entry['name']}' stands twice; keep one of them"
            raise FaultsError([Fault(file.as_posix(), number, message)])
    explained = {entry["name"]: entry["words"] for entry in entries.values()}
    wanted = front_matter(file).get("tooltips") or {}
    assert isinstance(wanted, dict)
    for word, name in wanted.items():
        if name not in explained:
            message = f"no entry is called '{name}', which explains '{word}'"
            raise FaultsError([Fault(file.as_posix(), 1, message)])
    return {word: explanation(word, name, explained[name]) for word, name in wanted.items()}


def explanation(word: str, name: str, words: str) -> str:
    """Return an entry's first sentence without its sources, after its other name if it has one."""
    sentence = re.sub(r" \[@[^\]]*\]", "", words).partition(". ")[0].rstrip(".")
    long, _, short = name.rstrip(")").partition(" (")
    if not short:
        return sentence
    return f"{long[:1].lower()}{long[1:]}: {sentence}" if word == short else f"{short}: {sentence}"


def pattern(terms: dict[str, str]) -> re.Pattern[str]:
    """Match any term as a whole word, the longest first; a small first letter also as a capital."""
    words = sorted(terms, key=len, reverse=True)
    either = "|".join(f"(?i:{re.escape(w)})" if w == w.lower() else re.escape(w) for w in words)
    return re.compile(rf"(?<![\w-])(?:{either})(?![\w-])")


class Terms(Treeprocessor):
    """Marks the first use of each term on a page."""

    def __init__(self, md: Markdown, file: Path = FILE) -> None:
        super().__init__(md)
        self.file = file
        self.left: dict[str, str] = {}

    def run(self, root: Element) -> None:
        """Mark the terms of one page."""
        terms = read(self.file)
        self.left = {term.lower(): words for term, words in terms.items()}
        if terms:
            self.visit(root, pattern(terms))

    def visit(self, element: Element, term: re.Pattern[str]) -> None:
        """Go through an element's text in the order in which it is read."""
        if element.tag in PASSED_OVER:
            return
        before, first = self.marked(element.text, term)
        element.text = before
        children = list(element)
        for nth, mark in enumerate(first):
            element.insert(nth, mark)
        for child in children:
            self.visit(child, term)
            child.tail, after = self.marked(child.tail, term)
            place = list(element).index(child) + 1
            for nth, mark in enumerate(after):
                element.insert(place + nth, mark)

    def marked(self, text: str | None, term: re.Pattern[str]) -> tuple[str | None, list[Element]]:
        """Return a text up to the first new term, and the marks with what follows each."""
        marks: list[Element] = []
        if not text or isinstance(text, AtomicString):
            return text, marks
        before, end = text, 0
        for found in term.finditer(text):
            words = self.left.pop(found[0].lower(), "")
            if words:
                between = text[end : found.start()]
                if marks:
                    marks[-1].tail = between
                else:
                    before = between
                attributes = {"class": "term", "tabindex": "0", "title": words}
                marks.append(etree.Element("abbr", attributes))
                marks[-1].text = AtomicString(found[0])
                end = found.end()
        if marks:
            marks[-1].tail = text[end:]
        return before, marks
