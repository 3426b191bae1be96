"""Python-Markdown extension: the checks' forms, the tables, the pictures, two units at once.

In a page:

    /// check | serum             a form, built from calculator.words.form
    ///

    /// reference | serum         a table, built from calculator.tables.amounts
    ///

    /// picture | amounts         a figure, drawn by scripts.blocks.pictures
    ///

    {4.8 mg/dL}                   4.8mg/dL (1.975mmol/L), worked out, in a sentence
    {C14}                         a link to that claim on the evidence page

So a page cannot disagree with the check: no number of ours is typed on it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from markdown import Extension, Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString
from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block

from calculator.words.form import ALL_FORMS, FORMS
from calculator.words.page import NO_SCRIPT, OFF_NOTICE, REPORT_FAILURE
from scripts.blocks import (
    challenge,
    downloads,
    examples,
    foods,
    glossary,
    numbers,
    pictures,
    program,
    sources,
)
from scripts.blocks.form import form_to_html
from scripts.claims import table as evidence_html
from scripts.pages import blocks, quantity
from scripts.pages.element import UNSEARCHED, folded, table
from scripts.pages.fault import Fault, FaultsError
from scripts.pages.page import DOCS
from scripts.runtime import build as runtime

if TYPE_CHECKING:
    from pymdownx.blocks import BlocksProcessor

Element = ElementTree.Element
# By this the theme's partials/page-facts.html knows in which file a table is to be mended.
SHOWS = "data-shows"


class Check(Block):
    """A check's form, and what stands in its place where scripts do not run."""

    NAME = "check"
    ARGUMENT = True

    def on_validate(self, _parent: Element) -> bool:
        return known(self.argument, ALL_FORMS, "check")

    def on_create(self, parent: Element) -> Element:
        attributes = {"class": "check-place", SHOWS: f"check-{self.argument}"}
        place = ElementTree.SubElement(parent, "div", attributes)
        if self.argument in FORMS:
            place.extend(self._form())
        else:
            ElementTree.SubElement(place, "p").text = AtomicString(OFF_NOTICE)
        return place

    def _form(self) -> tuple[Element, Element]:
        form = ElementTree.fromstring(form_to_html(FORMS[self.argument]))
        current = runtime.current()
        form.set("data-runtime", str(current["hash"]))
        form.set("data-report", challenge.report(where=f"the {self.argument} check"))
        for failure in form.findall(".//*[@data-failure]"):
            where = f"the {self.argument} check gave no answer: {failure.get('data-failure')}"
            if address := challenge.report(where=where):
                paragraph = ElementTree.SubElement(failure, "p")
                ElementTree.SubElement(paragraph, "a", href=address).text = REPORT_FAILURE
        form.set("data-files", json.dumps(current["files"], sort_keys=True))
        for element in form.iter():
            element.text = element.text and AtomicString(element.text)
            element.tail = element.tail and AtomicString(element.tail)
        noscript = ElementTree.Element("noscript")
        ElementTree.SubElement(noscript, "p").text = AtomicString(NO_SCRIPT)
        return noscript, form


class Reference(Block):
    """A table of published numbers with a citation in every row."""

    NAME = "reference"
    ARGUMENT = True

    def on_validate(self, _parent: Element) -> bool:
        return known(self.argument, TABLES, "reference")

    def on_create(self, parent: Element) -> Element:
        place = ElementTree.SubElement(parent, "div", {"class": "reference", SHOWS: self.argument})
        place.extend(TABLES[self.argument]())
        numbers = challenge.of_table(self.argument)
        if numbers is not None:
            place.append(numbers)
        return place


class Picture(Block):
    """A figure drawn from our own numbers, with the same facts in words."""

    NAME = "picture"
    ARGUMENT = True

    def on_validate(self, _parent: Element) -> bool:
        return known(self.argument, pictures.PICTURES, "picture")

    def on_create(self, parent: Element) -> Element:
        figure = pictures.figure(self.argument)
        parent.append(figure)
        return figure


def known(name: str, names: Iterable[str], block: str) -> bool:
    """Whether there is such a block. An unknown one stops the build: it must not vanish."""
    if name in names:
        return True
    message = f"/// {block} | {name}: there is no such one. Known: {', '.join(names)}"
    raise FaultsError([*places(block, name, message)] or [message])


def places(block: str, name: str, message: str) -> Iterator[Fault]:
    """Yield a fault for each place where a page has this block: a block does not know its page."""
    for page in sorted(DOCS.rglob("*.md")):
        text = page.read_text(encoding="utf-8")
        for written in blocks.written(text):
            if (written["kind"], written["name"]) == (block, name):
                line = text.count("\n", 0, written.start("block")) + 1
                yield Fault(page.as_posix(), line, message)


# -------------------------------------------------------------------------- the tables


def contents() -> Element:
    """Return where Python-Markdown's toc puts links to the headings of a page.

    For a small screen: on a large one the theme shows them beside the page.
    """
    nav = ElementTree.Element("nav", {"class": "contents", "aria-label": "Contents", **UNSEARCHED})
    ElementTree.SubElement(nav, "p").text = AtomicString("[TOC]")
    return nav


def drawn(name: str) -> list[Element]:
    """The tables of published numbers that a block shows."""
    return [_drawn(shown) for shown in numbers.tables(name)]


def _drawn(shown: numbers.Numbers) -> Element:
    cells = [row.cells for row in shown.rows]
    element = table(shown.caption, shown.head, cells, [row.id for row in shown.rows], shown.name)
    return folded(shown.summary, element) if shown.summary else element


TABLES: dict[str, Callable[[], list[Element]]] = {
    "claim-counts": evidence_html.counts,
    "claim-downloads": downloads.of_claims,
    "claims": evidence_html.claims,
    "contents": lambda: [contents()],
    "data": downloads.of_data,
    "examples-intake": lambda: examples.table_of("intake", "Days of magnesium"),
    "examples-serum": lambda: examples.table_of("serum", "Blood results"),
    "foods": foods.table,
    "interface": program.interface,
    "print-edition": downloads.of_edition,
    "single-file": downloads.of_single,
    "source-downloads": downloads.of_sources,
    "sources": sources.sources,
    "wheel": program.wheel,
    "working-intake": lambda: examples.working("intake"),
    "working-serum": lambda: examples.working("serum"),
    **{name: partial(drawn, name) for name in numbers.NUMBERS},
}


# ---------------------------------------------------------------------- quantities


class Quantity(InlineProcessor):
    """``{4.8 mg/dL}`` as the same blood in both usual units."""

    PATTERN = quantity.PATTERN

    def handleMatch(  # type: ignore[override]  # Markdown gives inline ones two, their parent one.
        self, m: re.Match[str], _data: str
    ) -> tuple[Element, int, int]:
        place = ElementTree.Element("span", {"class": "quantity"})
        place.text = AtomicString(quantity.in_words(m))
        return place, m.start(0), m.end(0)


class Blocks(BlocksExtension):
    """Registers the blocks and the quantity."""

    def extendMarkdown(self, md: Markdown) -> None:
        super().extendMarkdown(md)
        md.inlinePatterns.register(Quantity(Quantity.PATTERN, md), "quantity", 185)
        link = evidence_html.ClaimLink(evidence_html.ClaimLink.PATTERN, md)
        md.inlinePatterns.register(link, "claim", 184)
        count = evidence_html.ClaimCount(evidence_html.ClaimCount.PATTERN, md)
        md.inlinePatterns.register(count, "claim-count", 183)
        md.treeprocessors.register(glossary.Terms(md), "glossary", 16)

    def extendMarkdownBlocks(self, _md: Markdown, block_mgr: BlocksProcessor) -> None:
        block_mgr.register(Check, self.getConfigs())
        block_mgr.register(Reference, self.getConfigs())
        block_mgr.register(Picture, self.getConfigs())


def makeExtension(**options: str) -> Extension:
    """What Python-Markdown calls to load ``scripts.blocks.extension``."""
    return Blocks(**options)
