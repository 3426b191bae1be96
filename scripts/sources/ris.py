"""References as RIS, the format that reference managers read.

Tags as in the RIS specification (Research Information Systems, 2011): two characters, two
spaces, a hyphen, a space; a record runs from TY to ER; lines end in CR LF.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from scripts.sources.vancouver import MONTHS, NO_DATE, OTHERS, Name, Reference

TYPES = {
    "article": "JOUR",
    "book": "BOOK",
    "incollection": "CHAP",
    "techreport": "RPRT",
    "online": "ELEC",
}

# Field, tag. "T2" is what an entry stands in: a journal, a book or a series.
FIELDS = (
    ("title", "TI"),
    ("journal", "T2"),
    ("booktitle", "T2"),
    ("series", "T2"),
    ("volume", "VL"),
    ("publisher", "PB"),
    ("institution", "PB"),
    ("address", "CY"),
    ("edition", "ET"),
    ("eid", "C7"),
    ("doi", "DO"),
    ("pmid", "AN"),
    ("pmcid", "C2"),
    ("url", "UR"),
    ("note", "N1"),
)


def to_ris(references: Iterable[Reference]) -> str:
    """Return the references as one RIS file."""
    return "".join(f"{record(reference)}\r\n" for reference in references)


def record(reference: Reference) -> str:
    """Return one reference, from TY to ER."""
    lines = [f"{tag}  - {' '.join(text.split())}" for tag, text in tagged(reference)]
    return "".join(f"{line}\r\n" for line in (*lines, "ER  - "))


def tagged(reference: Reference) -> Iterator[tuple[str, str]]:
    """Yield the tags of a reference with their text; the type comes first, as RIS asks."""
    yield "TY", TYPES[reference.type]
    yield "ID", reference.key
    yield from (("AU", name(author)) for author in reference.authors if author != OTHERS)
    yield from (("A2", name(editor)) for editor in reference.editors if editor != OTHERS)
    yield from ((tag, reference.get(field)) for field, tag in FIELDS if reference.get(field))
    if number := reference.get("number"):
        # A report's number is M1 in RIS; IS is the issue of a journal.
        yield ("IS" if reference.type == "article" else "M1"), number
    yield from pages(reference.get("pages"))
    yield from dates(reference)


def name(person: Name) -> str:
    """Return "Welch, A. A.", or an organisation's name.

    RIS parts names at commas and has no way to write one that is part of a name.
    """
    initials, _, lineage = person.initials.partition(" ")
    dotted = " ".join(f"{letter}." for letter in initials)
    return ", ".join(filter(None, (person.family.replace(",", ""), dotted, lineage)))


def pages(span: str) -> Iterator[tuple[str, str]]:
    """Yield the first and the last page."""
    first, *rest = re.split("[-\N{EN DASH}]+", span)
    if first:
        yield "SP", first
    if rest:
        yield "EP", rest[0]


def dates(reference: Reference) -> Iterator[tuple[str, str]]:
    """Yield year and date of issue, and the day that the address was last looked at."""
    year = reference.get("year")
    if year and year != NO_DATE:
        yield "PY", year
        month = reference.get("month")[:3].capitalize()
        if month in MONTHS:
            day = reference.get("day")
            yield "DA", f"{year}/{MONTHS.index(month) + 1:02}/{day and f'{int(day):02}'}"
    if looked := reference.get("urldate"):
        yield "Y2", looked.replace("-", "/")
