"""References as RIS, the format that reference managers read; rispy writes it.

What each tag holds is said in the RIS specification (Research Information Systems, 2011). The
names of tags below are rispy's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import rispy

from scripts.sources.bibtex import MONTHS, NO_DATE, OTHERS, Name, Reference

Record = dict[str, str | list[str]]

TYPES = {
    "article": "JOUR",
    "book": "BOOK",
    "incollection": "CHAP",
    "techreport": "RPRT",
    "online": "ELEC",
}
# What our fields are called. The "secondary title" is what an entry stands in.
FIELDS = {
    "title": "title",
    "series": "secondary_title",
    "booktitle": "secondary_title",
    "journal": "secondary_title",
    "volume": "volume",
    "publisher": "publisher",
    "institution": "publisher",
    "address": "place_published",
    "edition": "edition",
    "eid": "custom7",
    "doi": "doi",
    "pmid": "accession_number",
    "pmcid": "custom2",
}


class Writer(rispy.RisWriter):
    """Writes lines that end as the specification asks, and no number before a record."""

    NEWLINE = "\r\n"

    def set_header(self, count: int) -> str:
        """Return nothing: a record starts with its type."""
        del count
        return ""


def to_ris(references: Iterable[Reference]) -> str:
    """Return the references as one RIS file."""
    text: str = rispy.dumps([record(r) for r in references], implementation=Writer)
    return text


def record(reference: Reference) -> Record:
    """Return one reference as rispy writes it, without what is empty."""
    get = reference.get
    fields: Record = {
        "type_of_reference": TYPES[reference.type],
        "id": reference.key,
        "authors": [name(author) for author in reference.authors if author != OTHERS],
        "secondary_authors": [name(editor) for editor in reference.editors if editor != OTHERS],
        **{tag: get(field) for field, tag in FIELDS.items() if get(field)},
        "urls": [get("url")] if get("url") else [],
        "notes": [get("note")] if get("note") else [],
        # RIS keeps "IS" for the issue of a journal.
        ("number" if reference.type == "article" else "note"): get("number"),
        **pages(get("pages")),
        **dates(reference),
    }
    return {tag: value for tag, value in fields.items() if value}


def name(person: Name) -> str:
    """Return "Welch, A. A.", or an organisation's name.

    RIS parts names at commas and has no way to write a comma that is part of a name.
    """
    initials, _, lineage = person.initials.partition(" ")
    dotted = " ".join(f"{letter}." for letter in initials)
    return ", ".join(filter(None, (person.family.replace(",", ""), dotted, lineage)))


def pages(span: str) -> Record:
    """Return the first and the last page."""
    first, *last = re.split("[-\N{EN DASH}]+", span)
    return {"start_page": first, "end_page": last[0] if last else ""}


def dates(reference: Reference) -> Record:
    """Return year and date of issue, and the day that the address was last looked at."""
    year, month, day = map(reference.get, ("year", "month", "day"))
    looked: Record = {"access_date": reference.get("urldate").replace("-", "/")}
    if year == NO_DATE:
        return looked
    # RIS wants both slashes even where the day is not known.
    nth = MONTHS.index(month[:3].capitalize()) + 1 if month else 0
    issued = f"{year}/{nth:02}/{day and day.zfill(2)}" if nth else ""
    return {"year": year, "date": issued, **looked}
