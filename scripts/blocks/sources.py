"""Every source as the sources page shows it: in full, with the pages that cite it."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree as etree

from scripts.claims import claims as evidence
from scripts.claims.table import PAGE
from scripts.pages import page as pages
from scripts.sources import citations as marks
from scripts.sources import entries as bibliography
from scripts.sources import extension as citations

Element = etree.Element

TABLES = "the tables of the checks"


def sources() -> list[Element]:
    """Return every reference, in the alphabetical order of its text, with what cites it."""
    known = marks.load(bibliography.BIB, pages.DOCS, evidence.used_keys)
    in_tables, in_claims = bibliography.calculator_keys(), evidence.claim_keys(evidence.FILE)
    references = citations.all_references(known)
    for item in references:
        key = item.attrib["id"].removeprefix("ref-")
        cited_on = dict.fromkeys((*known.cited_on[key], *((PAGE,) if key in in_claims else ())))
        item.append(cited(cited_on, key in in_tables))
    return [references]


def cited(names: Iterable[str], in_tables: bool) -> Element:
    """Return "Cited on: How much, Blood test results, the tables of the checks"."""
    place = etree.Element("span", {"class": "note"})
    place.text = "Cited on: "
    for nth, name in enumerate(names):
        if nth:
            place[-1].tail = ", "
        etree.SubElement(place, "a", href=name).text = pages.title(name)
    if in_tables and len(place):
        place[-1].tail = f", {TABLES}"
    elif in_tables:
        place.text += TABLES
    return place
