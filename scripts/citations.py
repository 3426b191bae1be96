"""Citations: `[@key]` becomes a number, and the page ends with the references it cites.

A Python-Markdown extension, `scripts.citations`. Once per build it also reads the whole
bibliography and every page, and stops the build with `file:line: message` where they disagree.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from itertools import groupby, pairwise
from pathlib import Path
from xml.etree import ElementTree as etree

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString
from markdown_it import MarkdownIt
from markdown_it.token import Token
from pybtex.exceptions import PybtexError

from scripts.vancouver import (
    FORMATS,
    NO_DATE,
    Link,
    Reference,
    is_web_address,
    parts,
    read_references,
    to_text,
)

KEY = r"[a-z0-9][a-z0-9-]*"
# Anything that sets out to be a citation, well formed or not, and any that stand side by side,
# whose numbers would run together. `[@name](address)` is a link, somebody's handle.
MARK = r"(?:\[@[^\[\]]*(?:\](?!\()|(?=\[)|$))+"
WELL_FORMED = re.compile(rf"\[@{KEY}(?:;\s*@{KEY})*\]")
# Crossref's pattern for modern DOIs (Crossref blog, "DOIs and matching regular expressions").
DOI = re.compile(r"10\.\d{4,9}/[-._;()/:A-Z0-9]+", re.IGNORECASE)
PMID = re.compile(r"[1-9]\d{0,7}")
PMCID = re.compile(r"PMC[1-9]\d*")
PENDING = "data-cite"


@dataclass(frozen=True, order=True)
class Problem:
    """Something a contributor has to mend, and where."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class CitationError(ValueError):
    """Every problem of the bibliography and the citations, one `file:line: message` a line."""

    def __init__(self, problems: Iterable[Problem | str]) -> None:
        super().__init__("\n" + "\n".join(map(str, problems)))


@dataclass(frozen=True)
class Bibliography:
    """The references by key, and for each key the pages that cite it (paths inside `docs`)."""

    references: Mapping[str, Reference]
    cited_on: Mapping[str, tuple[str, ...]]


def calculator_keys() -> frozenset[str]:
    """Return the source keys the calculator's tables name."""
    from calculator import foods, reference

    return reference.source_keys() | foods.source_keys()


def load(
    bib: Path, docs: Path, tables: Callable[[], frozenset[str]] = calculator_keys
) -> Bibliography:
    """Read and check the bibliography and the pages.

    MkDocs makes a new Markdown instance for each page, so the result is kept until a file
    changes. Raises CitationError with every problem found.
    """
    edited = bib.stat().st_mtime_ns if bib.exists() else 0
    return _load(bib, docs, tables(), edited, tuple(sorted(_pages(docs))))


def _pages(folder: Path | str) -> Iterator[tuple[str, int]]:
    """Yield the path of each page, and when it was last changed.

    Each page of a build looks at all of them, so on a large site this is what counts:
    os.scandir takes a third of the time of Path.rglob.
    """
    if not Path(folder).is_dir():
        return
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _pages(entry.path)
            elif entry.name.endswith(".md") and entry.is_file():
                yield entry.path, entry.stat().st_mtime_ns


@lru_cache(maxsize=2)
def _load(
    bib: Path,
    docs: Path,
    tables: frozenset[str],
    edited: int,
    stamp: tuple[tuple[str, int], ...],
) -> Bibliography:
    del edited  # Part of the key of the cache: the bibliography is read again when it changes.
    references, problems = read_bibliography(bib)
    if problems and not references:
        # Without a bibliography every citation would be a fault, and the cause would drown.
        raise CitationError(problems)
    cited: dict[str, list[str]] = {key: [] for key in references}
    for page in (Path(path) for path, _ in stamp):
        for line, mark, linked in citations_of(page.read_text(encoding="utf-8")):
            problems += [Problem(page.as_posix(), line, m) for m in faults(mark, linked, cited)]
            for key in keys_of(mark):
                name = page.relative_to(docs).as_posix()
                if key in cited and cited[key][-1:] != [name]:
                    cited[key].append(name)
    problems += use_problems(bib, references, cited, tables)
    if problems:
        raise CitationError(sorted(problems))
    return Bibliography(references, {key: tuple(pages) for key, pages in cited.items()})


# --- the bibliography ---------------------------------------------------------------------


def read_bibliography(bib: Path) -> tuple[dict[str, Reference], list[Problem]]:
    """Return the entries of a BibTeX file by key, and what is wrong with them."""
    name = bib.as_posix()
    if not bib.is_file():
        return {}, [Problem(name, 1, "this file does not exist; make it, or set `bib`")]
    try:
        entries = list(read_references(bib.read_text(encoding="utf-8")))
    except PybtexError as error:
        line = getattr(error, "lineno", None) or 1
        return {}, [Problem(name, line, f"this is not BibTeX: {error}; mend the entry")]
    found = [Problem(name, e.line, m) for e in entries for m in entry_faults(e)]
    found += [Problem(name, e.line, m) for e, m in order_faults(entries)]
    return {entry.key: entry for entry in entries}, found


def order_faults(entries: list[Reference]) -> Iterator[tuple[Reference, str]]:
    """Yield the entries that repeat a key or stand before their place in the alphabet."""
    first: dict[str, Reference] = {}
    for entry in entries:
        twin = first.setdefault(entry.key.lower(), entry)
        if twin is not entry:
            yield entry, f"'{entry.key}' is already the key of line {twin.line}; keep one of them"
    for before, entry in pairwise(entries):
        if entry.key < before.key:
            yield entry, f"'{entry.key}' belongs before '{before.key}'; sort the entries by key"


def entry_faults(entry: Reference) -> Iterator[str]:
    """Yield what is wrong with one entry, each fault with its remedy."""
    key, get = entry.key, entry.get
    if not re.fullmatch(KEY, key):
        yield f"the key '{key}' needs lower-case letters, digits and hyphens only"
    if entry.type not in FORMATS:
        yield f"'{key}' is an @{entry.type}; use one of @{', @'.join(FORMATS)}"
    if not get("title"):
        yield f"'{key}' has no title; add one"
    if get("year") != NO_DATE and not re.fullmatch(r"\d{4}", get("year")):
        yield f"'{key}' needs a year of 4 digits, or year = {{{NO_DATE}}} where the source has none"
    for field, pattern, example in (
        ("doi", DOI, "10.1000/182"),
        ("pmid", PMID, "12345678"),
        ("pmcid", PMCID, "PMC1234567"),
    ):
        if field in entry.fields and not pattern.fullmatch(get(field)):
            yield f"'{key}' has the {field} '{get(field)}'; write it like {example}, nothing else"
    if "url" in entry.fields and not is_web_address(get("url")):
        yield f"'{key}' has the url '{get('url')}'; use an http or https address"
    if ("url" in entry.fields or get("urldate")) and not is_day(get("urldate")):
        yield f"'{key}' needs urldate = {{YYYY-MM-DD}}, the day its address was last looked at"
    if left := re.search(r"[\\{}$]", "".join(v for f, v in entry.fields.items() if f != "url")):
        yield f"'{key}' keeps a '{left[0]}' that is not resolved; write the letter or sign itself"


def is_day(text: str) -> bool:
    """Tell whether a text is a day, as 2026-11-22."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def use_problems(
    bib: Path,
    references: Mapping[str, Reference],
    cited: Mapping[str, list[str]],
    tables: frozenset[str],
) -> Iterator[Problem]:
    """Yield the entries nothing uses, and the calculator's keys that have no entry."""
    for key, entry in references.items():
        if not cited[key] and key not in tables:
            yield Problem(
                bib.as_posix(),
                entry.line,
                f"nothing uses '{key}'; cite it on a page as [@{key}], or delete the entry",
            )
    for key in sorted(tables - references.keys()):
        message = f"the calculator's tables name '{key}', which has no entry"
        yield Problem(bib.as_posix(), 1, message + did_you_mean(key, references))


# --- the citations in a page --------------------------------------------------------------


def keys_of(mark: str) -> list[str]:
    """Return the keys of `[@a; @b]`, each once."""
    return list(dict.fromkeys(re.findall(rf"@({KEY})", mark)))


def faults(mark: str, linked: bool, known: Iterable[str]) -> Iterator[str]:
    """Yield what is wrong with one citation."""
    if not WELL_FORMED.fullmatch(mark):
        yield f"'{mark}' is not a citation; write [@key] or [@key; @other-key]"
        return
    if linked:
        yield f"{mark} stands inside a link, and a link cannot hold another; move it after the link"
    for key in keys_of(mark):
        if key not in known:
            yield f"no source has the key '{key}'{did_you_mean(key, known)}"


def did_you_mean(key: str, known: Iterable[str]) -> str:
    """Suggest a key that is spelt alike."""
    alike = get_close_matches(key, list(known), n=1)
    return f"; did you mean '{alike[0]}'?" if alike else "; add it to the bibliography"


def citations_of(markdown: str) -> Iterator[tuple[int, str, bool]]:
    """Yield the line and text of each citation of a page, and whether it stands in a link.

    markdown-it-py is asked, because it knows code and HTML from text, and knows lines. Without
    its rule "text_join" an escaped bracket stays apart from the text around it.
    """
    front = re.match(r"---\n.*?\n---\n", markdown, re.DOTALL)
    blank = "\n" * front[0].count("\n") if front else ""
    parser = MarkdownIt("commonmark").enable("table").disable("text_join")
    for block in parser.parse(blank + markdown[front.end() if front else 0 :]):
        if block.type == "inline" and block.map:
            text, links = text_of(block.children or [])
            for found in re.finditer(MARK, text):
                line = block.map[0] + 1 + text.count("\n", 0, found.start())
                yield line, found[0], any(a <= found.start() < b for a, b in links)


def text_of(tokens: list[Token]) -> tuple[str, list[tuple[int, int]]]:
    """Return the text of a block, "…" for whatever is not text, and where its links are."""
    text, links, start = "", [], 0
    for token in tokens:
        if token.type == "link_open":
            start = len(text)
        elif token.type == "link_close":
            links.append((start, len(text)))
        breaks = token.type in ("softbreak", "hardbreak")
        text += token.content if token.type == "text" else "\n" if breaks else "…"
    return text, links


# --- the page -----------------------------------------------------------------------------


class CitationMark(InlineProcessor):
    """Leaves a place holder for each citation; the number comes when the page is whole.

    The space before it goes, so that a number never stands alone at the start of a line.
    """

    def handleMatch(  # type: ignore[override]  # typeshed's InlineProcessor overrides so, too.
        self, m: re.Match[str], data: str
    ) -> tuple[etree.Element, int, int]:
        del data
        return etree.Element("sup", {PENDING: m[0].strip()}), m.start(), m.end()


class Numbers(Treeprocessor):
    """Numbers the citations in reading order and adds the references to the foot of the page.

    A pass of its own, because Python-Markdown's inline pass does not visit the elements of a
    page in the order they are read.
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
        # The page of all sources has an element for each of them already, with the same id.
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
    """Stop at what the check of the pages cannot see: citations that an extension wrote."""
    linked = [mark for link in root.iter("a") for mark in link.iter("sup")]
    found = [m for mark in marks for m in faults(mark.attrib[PENDING], mark in linked, references)]
    if found:
        raise CitationError(f"in text that an extension made: {message}" for message in found)


def place(key: str) -> str:
    """Return how the ids of citing places begin.

    Python-Markdown's toc leaves a `<sup id="fnref…">` out of the ids and names of headings.
    """
    return f"fnref:{key}:"


def item_id(key: str, taken: set[str | None]) -> str:
    """Return the id of a reference in the list at the foot of a page."""
    return f"cited-{key}" if f"ref-{key}" in taken else f"ref-{key}"


def fill(mark: etree.Element, targets: Mapping[int, str]) -> None:
    """Write "1-3,5", with an en dash, into a citation, each number a link.

    In a run of three or more only the first and last are shown, as Vancouver style has it. Both
    are links. Those between need none: the list is numbered, so whoever follows the first reads
    on to the last, and a link that cannot be seen would catch the keyboard (WCAG 2.4.7).

    "footnote-ref" is the class for which Material's `content.footnote.tooltips` shows, on hover
    and on focus, the child elements of what the link leads to.
    """
    for number, joint, name in shown(sorted(targets)):
        if len(mark):
            mark[-1].tail = joint
        link = etree.SubElement(
            mark,
            "a",
            {
                "class": "footnote-ref",
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


def section(items: Iterable[etree.Element]) -> etree.Element:
    """Return the list of references with its heading, by the roles of DPUB-ARIA 1.1.

    The items are plain: DPUB-ARIA 1.1 deprecates "doc-biblioentry".
    """
    attributes = {"role": "doc-bibliography", "aria-labelledby": "references"}
    found = etree.Element("section", {"class": "references", **attributes})
    etree.SubElement(found, "h2", {"id": "references"}).text = "References"
    etree.SubElement(found, "ol").extend(items)
    return found


def item(reference: Reference, id_: str, places: list[str], number: int) -> etree.Element:
    """Return a reference with a link back to every place that cites it.

    The id is on a span of its own, because the theme's tooltip copies all that the element
    holds, and links back have no use there.
    """
    found = etree.Element("li")
    etree.SubElement(found, "span", {"id": id_}).append(entry(reference))
    for nth, href in enumerate(places, 1):
        found[-1].tail = " "
        which = f" {nth} of {len(places)}" if len(places) > 1 else ""
        attributes = {
            "class": "reference-back",
            "role": "doc-backlink",
            "href": f"#{href}",
            "aria-label": f"Back to citation{which} of reference {number}",
        }
        # U+FE0E asks for the arrow as text, not as a picture.
        arrow = "\N{LEFTWARDS ARROW WITH HOOK}\N{VARIATION SELECTOR-15}"
        link = etree.SubElement(found, "a", attributes)
        link.text = AtomicString(arrow + (str(nth) if which else ""))
    return found


def entry(reference: Reference) -> etree.Element:
    """Return a reference as an element whose text Markdown leaves alone."""
    found = etree.Element("span", {"class": "reference"})
    found.text = ""
    for part in parts(reference):
        if isinstance(part, Link):
            etree.SubElement(found, "a", {"href": part.href}).text = AtomicString(part.text)
        elif len(found):
            found[-1].tail = AtomicString((found[-1].tail or "") + part)
        else:
            found.text = AtomicString(found.text + part)
    return found


def all_references(bibliography: Bibliography) -> etree.Element:
    """Return every reference, in the alphabetical order of its text, as items `ref-KEY`."""
    found = etree.Element("ul", {"class": "references"})
    for reference in sorted(bibliography.references.values(), key=lambda r: to_text(r).casefold()):
        etree.SubElement(found, "li", {"id": f"ref-{reference.key}"}).append(entry(reference))
    return found


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
