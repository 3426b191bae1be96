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
from collections.abc import Callable, Iterable
from html import escape
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from markdown import Extension, Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString
from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block

from calculator.layout.html import form_to_html
from calculator.quantities import Unit, display
from calculator.tables import amounts, blood, salts
from calculator.words.figures import OF_FOOD_AND_WATER, ROW_NAMES, mg, span, unread
from calculator.words.form import ALL_FORMS, FORMS
from calculator.words.intake import people
from calculator.words.page import NO_SCRIPT, OFF_NOTICE, REPORT_FAILURE
from calculator.words.rows import care_rule, row_rule
from calculator.words.serum import STAGE_NAMES
from scripts.blocks import challenge, downloads, examples, glossary, pictures
from scripts.blocks import foods as foods_html
from scripts.blocks import numbers as values
from scripts.blocks import sources as sources_html
from scripts.claims import table as evidence_html
from scripts.pages import quantity
from scripts.runtime import build as runtime

if TYPE_CHECKING:
    from pymdownx.blocks import BlocksProcessor

Element = ElementTree.Element


class Check(Block):
    """A check's form, and what stands in its place where scripts do not run."""

    NAME = "check"
    ARGUMENT = True

    def on_validate(self, _parent: Element) -> bool:
        return known(self.argument, ALL_FORMS, "check")

    def on_create(self, parent: Element) -> Element:
        place = ElementTree.SubElement(parent, "div", {"class": "check-place"})
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
        place = ElementTree.SubElement(parent, "div", {"class": "reference"})
        place.extend(TABLES[self.argument]())
        for cell in place.iter("td"):
            if address := cell.attrib.pop("data-open", ""):
                # As raw HTML: MkDocs would take what is behind the # for a section's name.
                cell.text = self.md.htmlStash.store(
                    f'<a href="{escape(address)}">{escape(examples.OPEN)}</a>'
                )
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
    raise ValueError(f"/// {block} | {name}: there is no such one. Known: {', '.join(names)}")


# -------------------------------------------------------------------------- the tables


def cited(*keys: str) -> str:
    """A citation in the pages' own syntax."""
    return f" [{'; '.join(f'@{key}' for key in keys)}]"


def table(
    caption: str,
    head: tuple[str, ...],
    rows: Iterable[tuple[str, ...]],
    ids: Iterable[str] = (),
    name: str = "",
) -> Element:
    """A captioned table whose cells know their column, for phones that stack them.

    ``ids`` name the rows (``data-row``), so that the check can mark one.
    """
    element = ElementTree.Element("table", {"class": "stacked", "data-table": name})
    ElementTree.SubElement(element, "caption").text = caption
    header = ElementTree.SubElement(ElementTree.SubElement(element, "thead"), "tr")
    for cell in head:
        ElementTree.SubElement(header, "th", scope="col").text = cell
    body = ElementTree.SubElement(element, "tbody")
    names = iter(ids)
    for row in rows:
        line = ElementTree.SubElement(body, "tr")
        if key := next(names, ""):
            line.attrib.update({"id": f"row-{key}", "data-row": key})
        ElementTree.SubElement(line, "th", scope="row").text = row[0]
        for column, cell in zip(head[1:], row[1:], strict=True):
            ElementTree.SubElement(line, "td", {"data-label": column}).text = cell
    return element


def serum() -> list[Element]:
    """Every row of the serum check, in both usual units, with its signs and next step."""
    low, high = blood.DEFAULT_LOW, blood.DEFAULT_HIGH
    rows = [
        (
            ROW_NAMES[row.id],
            row_rule(row, low, high, Unit.MMOL_L),
            row_rule(row, low, high, Unit.MG_DL) + cited(row.source),
            STAGE_NAMES[row.stage],
            f"{row.signs[:1].upper()}{row.signs[1:]}{unread(row.read)}",
            f"{row.more[:1].upper()}{row.more[1:]}{cited(*row.more_sources)}" if row.more else "–",
            care_rule(row) + (cited(row.rises.source) if row.rises else ""),
        )
        for row in blood.SERUM_ROWS
    ]
    signs = ("Signs the source lists", "What others say of them")
    head = ("Row", "mmol/L", "mg/dL", "Stage name", *signs, "Next step")
    ids = [row.id for row in blood.SERUM_ROWS]
    return [table("Serum magnesium, lowest row first", head, rows, ids, "serum")]


def ranges() -> list[Element]:
    """The published ranges side by side."""
    rows = [
        (
            f"{published.name}{unread(published.read)}",
            span(published.low, published.high, Unit.MMOL_L),
            span(published.low, published.high, Unit.MG_DL) + cited(*published.sources),
        )
        for published in blood.RANGES
    ]
    return [table("Published ranges for serum magnesium", ("Source", "mmol/L", "mg/dL"), rows)]


def onsets() -> list[Element]:
    """Where sources put the first signs of raised magnesium."""
    return [_onsets("Where each source puts signs of raised magnesium", blood.ONSETS)]


def low_onsets() -> list[Element]:
    """Where sources put severe signs of low magnesium."""
    return [_onsets("Where each source puts signs of low magnesium", blood.LOW_ONSETS)]


def _onsets(caption: str, onsets: tuple[blood.Onset, ...]) -> Element:
    rows = [
        (
            onset.name,
            span(onset.low, onset.high, Unit.MMOL_L),
            span(onset.low, onset.high, Unit.MG_DL),
            f"{onset.signs[:1].upper()}{onset.signs[1:]}{unread(onset.read)}{cited(onset.source)}",
        )
        for onset in onsets
    ]
    head = ("Source", "mmol/L", "mg/dL", "What it says happens there")
    return table(caption, head, rows)


def grades() -> list[Element]:
    """The CTCAE grades as printed, each unit's own column."""
    rows = []
    for side, cuts, word in (
        ("Low", blood.CTCAE_LOW, "from {} up"),
        ("Raised", blood.CTCAE_RAISED, "up to {}"),
    ):
        for (mmol, grade), (mg_dl, _) in zip(cuts[Unit.MMOL_L], cuts[Unit.MG_DL], strict=True):
            beyond = "below these" if side == "Low" else "above these"
            cells = [beyond if cut is None else word.format(cut) for cut in (mmol, mg_dl)]
            rows.append(
                (f"{side}, grade {grade}", cells[0], cells[1] + cited(*blood.CTCAE_SOURCES))
            )
    head = ("Grade", "In mmol/L", "In mg/dL")
    return [table("CTCAE grades, outside the range used", head, rows)]


def intakes() -> list[Element]:
    """Every authority's published amounts, folded away by authority."""
    return [_folded(authority.name, _amounts(authority)) for authority in amounts.AUTHORITIES]


def _folded(summary: str, *content: Element) -> Element:
    details = ElementTree.Element("details")
    ElementTree.SubElement(details, "summary").text = summary
    details.extend(content)
    return details


def _amounts(authority: amounts.Authority) -> Element:
    rows = [
        (
            people(row)[:1].upper() + people(row)[1:],
            f"{mg(row.amount)}{unread(row.read)}{cited(row.source)}",
            f"{amounts.KINDS[row.kind].capitalize()} ({row.kind})",
        )
        for row in amounts.INTAKE_ROWS
        if row.authority == authority.code
    ]
    return table(f"{authority.name}: magnesium a day", ("Who", "Amount", "Kind"), rows)


def adults() -> list[Element]:
    """What each authority publishes at 30 and at 70, and its limit for supplements."""
    rows = []
    for authority in amounts.AUTHORITIES:
        published = [
            amounts.intake_row(authority.code, years * amounts.MONTHS, sex, "general")
            for sex in amounts.SEXES
            for years in values.ADULT_EXAMPLES
        ]
        limit = amounts.limit_row(authority.code, values.ADULT_EXAMPLES[0] * amounts.MONTHS)
        cells = [f"{mg(row.amount)}{unread(row.read)}" for row in published if row]
        most = _most(limit)
        sources = dict.fromkeys([authority.amounts_source, limit.source])
        rows.append((authority.name, *cells, most + cited(*sources)))
    ages = [f"{sex} aged {years}" for sex in ("Women", "Men") for years in values.ADULT_EXAMPLES]
    head = ("Authority", *ages, "Limit for supplements")
    return [table("Magnesium a day for adults, by authority", head, rows)]


def limits() -> list[Element]:
    """Every limit for supplements and medicines."""
    rows = [
        (
            amounts.AUTHORITY_BY_CODE[row.authority].name,
            row.ages,
            _most(row) + cited(row.source),
        )
        for row in amounts.LIMIT_ROWS
    ]
    rows += [
        (name, ages, f"{most}mg{cited(key)}") for name, ages, most, key in amounts.OTHER_LIMITS
    ]
    head = ("Authority", "Ages", "Most from supplements a day")
    return [table("Limits for magnesium from supplements and medicines", head, rows)]


def _most(row: amounts.LimitRow) -> str:
    """A limit on supplements; what is for food and water is said to be that."""
    if row.amount is None:
        return f"None set{unread(row.read)}"
    if not amounts.AUTHORITY_BY_CODE[row.authority].limits_supplements:
        return f"None; {mg(row.amount)} is {OF_FOOD_AND_WATER}"
    return f"{mg(row.amount)}{unread(row.read)}"


def compounds() -> list[Element]:
    """The share of magnesium in each compound, worked out from its formula."""
    rows = [
        (
            salt.name,
            salt.formula,
            f"{display(salt.fraction * 100, 2)}%{cited(salts.ATOMIC_WEIGHTS_SOURCE)}",
            ABSORBED[salt.absorbed] + (cited(salt.absorbed_source) if salt.absorbed_source else ""),
        )
        for salt in salts.SALTS
    ]
    head = ("Compound", "Formula", "Magnesium by weight", "Absorbed in studies")
    return [table("Magnesium compounds", head, rows)]


ABSORBED = {"better": "Better", "poorer": "Less", "unknown": "We found no checked source"}


def spacings() -> list[Element]:
    """Medicines that need a gap from magnesium."""
    rows = [
        (s.medicine[:1].upper() + s.medicine[1:], s.gap + unread(s.read) + cited(s.source))
        for s in salts.SPACINGS
    ]
    return [table("Medicines that need a gap from magnesium", ("Medicine", "Gap"), rows)]


def _examples(check: str, caption: str) -> list[Element]:
    """A check's worked examples; each row's last cell opens it in the check."""
    rows = examples.rows(check)
    cells = [(row.case, row.answers, row.result, "") for row in rows]
    element = table(caption, examples.HEAD, cells)
    for line, row in zip(element.iterfind("tbody/tr"), rows, strict=True):
        line[-1].attrib = {"data-open": row.address}
    return [element]


def _working(check: str) -> list[Element]:
    """One of the worked examples, step by step, for whoever works theirs out by hand."""
    row, steps = examples.worked(check)
    case = ElementTree.Element("p")
    case.text = f"The case: {row.answers}."
    listed = ElementTree.Element("ol")
    for step, source in steps:
        ElementTree.SubElement(listed, "li").text = step + (cited(source) if source else "")
    return [case, listed]


TABLES: dict[str, Callable[[], list[Element]]] = {
    "adults": adults,
    "claim-counts": evidence_html.counts,
    "claim-downloads": downloads.of_claims,
    "claims": evidence_html.claims,
    "examples-intake": lambda: _examples("intake", "Days of magnesium"),
    "examples-serum": lambda: _examples("serum", "Blood results"),
    "foods": foods_html.table,
    "grades": grades,
    "intakes": intakes,
    "limits": limits,
    "low-onsets": low_onsets,
    "onsets": onsets,
    "ranges": ranges,
    "salts": compounds,
    "serum": serum,
    "single-file": downloads.of_single,
    "source-downloads": downloads.of_sources,
    "sources": sources_html.sources,
    "spacings": spacings,
    "working-intake": lambda: _working("intake"),
    "working-serum": lambda: _working("serum"),
}


# ---------------------------------------------------------------------- quantities


class Quantity(InlineProcessor):
    """``{4.8 mg/dL}`` as the same blood in both usual units."""

    PATTERN = quantity.PATTERN

    def handleMatch(  # type: ignore[override]  # typeshed's InlineProcessor overrides so, too.
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
        md.treeprocessors.register(glossary.Terms(md), "glossary", 16)
        md.treeprocessors.register(downloads.Addresses(md), "downloads", -1)

    def extendMarkdownBlocks(self, _md: Markdown, block_mgr: BlocksProcessor) -> None:
        block_mgr.register(Check, self.getConfigs())
        block_mgr.register(Reference, self.getConfigs())
        block_mgr.register(Picture, self.getConfigs())


def makeExtension(**options: str) -> Extension:
    """What Python-Markdown calls to load ``scripts.blocks.extension``."""
    return Blocks(**options)
