"""Citations: `[@key]` becomes a number, and the page ends with the references it cites.

A Python-Markdown extension, `scripts.sources.extension`. Once per build it also reads the whole
bibliography and every page, and stops the build with `file:line: message` where they disagree.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from xml.etree import ElementTree as etree

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from scripts.pages.element import UNSEARCHED
from scripts.pages.fault import FaultsError
from scripts.sources.bibtex import Reference
from scripts.sources.citations import MARK, Bibliography, faults, keys_of, load
from scripts.sources.entries import calculator_keys
from scripts.sources.vancouver import Link, parts, to_text

PENDING = "data-cite"
IN_LIST = "See it in the list"
WAY_BACK = "Back to where you were"


class CitationMark(InlineProcessor):
    """Writes a place holder for each citation; `Numbers` fills it in once the page is whole.

    The space before the citation is dropped, so that no line starts with its number.
    """

    def handleMatch(  # type: ignore[override]  # Markdown gives inline ones two, their parent one.
        self, m: re.Match[str], data: str
    ) -> tuple[etree.Element, int, int]:
        del data
        return etree.Element("sup", {PENDING: m[0].strip()}), m.start(), m.end()


class Numbers(Treeprocessor):
    """Numbers the citations in reading order and adds the references to the foot of the page.

    This is a pass of its own, because Python-Markdown's inline pass visits the elements of a page
    in another order than a reader does.
    """

    def __init__(self, md: Markdown, references: Mapping[str, Reference]) -> None:
        super().__init__(md)
        self.references = references

    def run(self, root: etree.Element) -> None:
        """Number the citations of one page; a page without any stays as it is."""
        marks = [element for element in root.iter("sup") if PENDING in element.attrib]
        if not marks:
            return
        refuse(root, marks, self.references)
        # The page of all sources already has an element with the id "ref-KEY" for each source.
        taken = {element.get("id") for element in root.iter()}
        numbers: dict[str, int] = {}
        places: dict[str, list[str]] = {}
        for mark in marks:
            keys = keys_of(mark.attrib.pop(PENDING))
            nth = sum(1 for other in places.get(keys[0], ()) if other.startswith(place(keys[0])))
            mark.attrib.update({"id": f"{place(keys[0])}{nth + 1}", "class": "citation"})
            for key in keys:
                numbers.setdefault(key, len(numbers) + 1)
                places.setdefault(key, []).append(mark.attrib["id"])
            fill(mark, {numbers[key]: item_id(key, taken) for key in keys})
        items = [
            item(self.references[key], item_id(key, taken), places[key], n)
            for key, n in numbers.items()
        ]
        root.append(section(items))


def refuse(
    root: etree.Element, marks: list[etree.Element], references: Mapping[str, Reference]
) -> None:
    """Stop the build at a fault in a citation that an extension wrote.

    `citations.load` has checked those in the pages' own Markdown.
    """
    linked = [mark for link in root.iter("a") for mark in link.iter("sup")]
    messages = [
        m for mark in marks for m in faults(mark.attrib[PENDING], mark in linked, references)
    ]
    if messages:
        raise FaultsError(f"in text that an extension made: {message}" for message in messages)


def place(key: str) -> str:
    """Return how the ids of citing places begin.

    They begin with "fnref", because Python-Markdown's toc leaves such a `<sup>` out of the ids and
    names of headings.
    """
    return f"fnref:{key}:"


def item_id(key: str, taken: set[str | None]) -> str:
    """Return the id of a reference in the list at the foot of a page."""
    return f"cited-{key}" if f"ref-{key}" in taken else f"ref-{key}"


def fill(mark: etree.Element, targets: Mapping[int, str]) -> None:
    """Write "1-3,5", with an en dash, into a citation, each number a link.

    In a run of three or more only the first and last are shown, as Vancouver style has it, and
    both are links. Those between have no link: a link that cannot be seen would still take the
    keyboard's focus (WCAG 2.4.7), and in the numbered list they follow the first.
    """
    for number, joint, name in shown(sorted(targets)):
        if len(mark):
            mark[-1].tail = joint
        link = etree.SubElement(
            mark,
            "a",
            {
                "role": "doc-biblioref",
                "href": f"#{targets[number]}",
                "aria-label": name,
            },
        )
        link.text = AtomicString(number)


def shown(numbers: list[int]) -> Iterator[tuple[int, str, str]]:
    """Yield the numbers to show, with what joins each to the one before and its name."""
    for _, group in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        run = [number for _, number in group]
        if len(run) < 3:
            yield from ((number, ",", f"Reference {number}") for number in run)
            continue
        yield run[0], ",", f"Reference {run[0]}, the first of {run[0]} to {run[-1]}"
        yield run[-1], "\N{EN DASH}", f"Reference {run[-1]}, the last of {run[0]} to {run[-1]}"


def section(items: Sequence[etree.Element]) -> etree.Element:
    """Return the list of references under its heading, by the roles of DPUB-ARIA 1.1.

    It is open, and scripts/theme/main.html folds it where scripts run. The items are plain:
    DPUB-ARIA 1.1 deprecates "doc-biblioentry".
    """
    # docs/assets/js/cite.js shows these words: the first as a link under a reference that was
    # opened beside its citation, the second at the link back to the one the reader came from.
    attributes = {
        "role": "doc-bibliography",
        "aria-labelledby": "references",
        "data-list": IN_LIST,
        "data-back": WAY_BACK,
        **UNSEARCHED,
    }
    element = etree.Element("section", {"class": "references", **attributes})
    folded = etree.SubElement(element, "details", {"open": "open"})
    summary = etree.SubElement(folded, "summary")
    heading = etree.SubElement(summary, "h2", {"id": "references", **UNSEARCHED})
    heading.text = f"References ({len(items)})"
    etree.SubElement(folded, "ol").extend(items)
    return element


def item(reference: Reference, id_: str, places: list[str], number: int) -> etree.Element:
    """Return a reference with a link back to every place that cites it.

    The id is on a span of its own: docs/assets/js/cite.js copies what is in the element that has
    the id, and the links back must not be copied.
    """
    row = etree.Element("li")
    etree.SubElement(row, "span", {"id": id_}).append(entry(reference))
    for nth, href in enumerate(places, 1):
        row[-1].tail = " "
        which = f" {nth} of {len(places)}" if len(places) > 1 else ""
        attributes = {
            "class": "reference-back",
            "role": "doc-backlink",
            "href": f"#{href}",
            "aria-label": f"Back to citation{which} of reference {number}",
        }
        # U+FE0E asks for the arrow as text, not as a picture.
        arrow = "\N{LEFTWARDS ARROW WITH HOOK}\N{VARIATION SELECTOR-15}"
        link = etree.SubElement(row, "a", attributes)
        link.text = AtomicString(arrow + (str(nth) if which else ""))
    return row


def entry(reference: Reference) -> etree.Element:
    """Return a reference as an element whose text Markdown leaves alone."""
    span = etree.Element("span", {"class": "reference"})
    span.text = ""
    for part in parts(reference):
        if isinstance(part, Link):
            etree.SubElement(span, "a", {"href": part.href}).text = AtomicString(part.text)
        elif len(span):
            span[-1].tail = AtomicString((span[-1].tail or "") + part)
        else:
            span.text = AtomicString(span.text + part)
    return span


def all_references(bibliography: Bibliography) -> etree.Element:
    """Return every reference, in the alphabetical order of its text, as items `ref-KEY`."""
    every = etree.Element("ul", {"class": "references", **UNSEARCHED})
    for reference in sorted(bibliography.references.values(), key=lambda r: to_text(r).casefold()):
        etree.SubElement(every, "li", {"id": f"ref-{reference.key}"}).append(entry(reference))
    return every


class Citations(Extension):
    """Reads and checks the bibliography, then lets a page cite it."""

    def __init__(self, **settings: object) -> None:
        self.config = {
            "bib": ["references.bib", "the bibliography, a BibTeX file"],
            "docs": ["docs", "the folder of the pages that may cite it"],
            "tables": [calculator_keys, "a function: the keys that the calculator's tables name"],
        }
        super().__init__(**settings)

    def extendMarkdown(self, md: Markdown) -> None:
        """Register after code and escapes, before links; and after inline text, before toc."""
        bib, docs = Path(self.getConfig("bib")), Path(self.getConfig("docs"))
        bibliography = load(bib, docs, self.getConfig("tables"))
        md.inlinePatterns.register(CitationMark(rf"\s?{MARK}", md), "citation", 176)
        md.treeprocessors.register(Numbers(md, bibliography.references), "citations", 15)


def makeExtension(**settings: object) -> Citations:
    """Return the extension, as Python-Markdown asks for it."""
    return Citations(**settings)
