"""A source as it was pasted: BibTeX, RIS or PubMed's nbib, as an entry of the bibliography.

RIS: "RIS Format Specifications", Research Information Systems, 2011. nbib: "MEDLINE/PubMed Data
Element (Field) Descriptions", National Library of Medicine. rispy reads both; the names of RIS
tags below are its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import ClassVar

import rispy

from scripts.sources.bibtex import MONTHS, address_of
from scripts.sources.layout import NotAdded, bare, cleaned, laid_out
from scripts.sources.ris import TYPES, Record

KINDS = {tag: kind for kind, tag in TYPES.items()}
# What the other kinds of RIS that a source of ours can be are called here.
KINDS |= {"EJOUR": "article", "EBOOK": "book", "ECHAP": "incollection", "BLOG": "online"}
STANDS_IN = {"article": "journal", "incollection": "booktitle"}
END = "\nER  - \n"  # What ends a record of RIS, and is lost where a part of one was copied.


class Nbib(rispy.RisParser):
    """Reads PubMed's own tags, of up to four letters; longer lines go on six spaces in."""

    START_TAG = "PMID"
    DEFAULT_LIST_TAGS: ClassVar = ["FAU", "AU", "CN", "LID", "AID"]
    DEFAULT_MAPPING: ClassVar = {
        tag: tag for tag in ("PMID", "PMC", "TI", "JT", "DP", "VI", "IP", "PG", *DEFAULT_LIST_TAGS)
    }

    def parse_line(self, line: str) -> tuple[str | None, str]:
        tag = line[:4].strip() if line[4:5] == "-" else ""
        return (tag, line[5:].strip()) if tag else (None, line.strip())


def entry(text: str) -> str:
    """Return a pasted source as BibTeX: as it is, or laid out from RIS or nbib.

    Raises NotAdded where it is no single source of a kind that the bibliography has.
    """
    if re.match(r"\s*TY  - ", text):
        return laid_out(*from_ris(alone(rispy.loads(text + END, delimiter_tags_mapping={}))))
    if re.match(r"\s*PMID- ", text):
        # A record of nbib has no end but the start of the next one.
        records = re.split(r"(?m)^(?=PMID- )", text.strip())[1:]
        read = [rispy.loads(r + END, implementation=Nbib, skip_unknown_tags=True) for r in records]
        return laid_out(*from_nbib(alone([record for one in read for record in one])))
    return text


def alone(records: Sequence[Record]) -> Record:
    """Return the one record that there is."""
    if len(records) != 1:
        raise NotAdded(f"there are {len(records)} records; give one")
    return records[0]


def one(record: Record, *names: str) -> str:
    """Return the first of these values that a record has, of several in one the first."""
    return next((value for name in names for value in many(record, name) if value), "")


def many(record: Record, *names: str) -> list[str]:
    """Return all of these values."""
    found = [record.get(name, "") for name in names]
    return [text for value in found for text in ([value] if isinstance(value, str) else value)]


def from_ris(record: Record) -> tuple[str, dict[str, str]]:
    """Return what a record of RIS is and its fields."""
    tag = one(record, "type_of_reference")
    if tag not in KINDS:
        raise NotAdded(f"it is a '{tag}' of RIS, which no entry here is; write it as BibTeX")
    kind, doi = KINDS[tag], bare(one(record, "doi"))
    journals = ("secondary_title", "alternate_title3", "journal_name", "alternate_title2")
    publisher = {} if kind == "article" else {house(kind): cleaned(one(record, "publisher"))}
    fields = {
        "author": people(many(record, "first_authors", "authors")),
        "editor": people(many(record, "secondary_authors")),
        "title": cleaned(one(record, "title", "primary_title")),
        STANDS_IN.get(kind, "series"): cleaned(one(record, *journals)),
        "edition": one(record, "edition"),
        "address": cleaned(one(record, "place_published")),
        **publisher,
        **day(max(many(record, "date", "publication_year", "year"), key=len)),
        "volume": one(record, "volume"),
        "number": one(record, "number", "note"),
        "pages": "--".join(filter(None, many(record, "start_page", "end_page"))),
        "doi": doi,
        "url": one(record, "urls") or (address_of(doi) if doi else ""),
    }
    return kind, fields


def house(kind: str) -> str:
    """Return what the house that brings a kind of source out is called."""
    return "institution" if kind == "techreport" else "publisher"


def day(date: str) -> dict[str, str]:
    """Return year, month and day of "2021/03/30/", "2021-03" or "2021"."""
    year, month, nth = (*re.findall(r"\d+", date), "", "", "")[:3]
    named = MONTHS[int(month) - 1] if month and 1 <= int(month) <= 12 else ""
    return {"year": year, "month": named, "day": nth.lstrip("0") if named else ""}


def from_nbib(record: Record) -> tuple[str, dict[str, str]]:
    """Return that a record of nbib is an article, and its fields."""
    if not one(record, "JT"):
        raise NotAdded("it is a record of PubMed without a journal; write it as BibTeX")
    names = many(record, "FAU") if "FAU" in record else map(initials, many(record, "AU"))
    groups = [f"{{{name}}}" for name in many(record, "CN") if name]
    dois = [name for name in many(record, "LID", "AID") if name.endswith("[doi]")]
    doi = dois[0].removesuffix("[doi]").strip() if dois else ""
    pmid = one(record, "PMID")
    fields = {
        "author": people([*names, *groups]),
        "title": cleaned(one(record, "TI")).removesuffix("."),
        "journal": cleaned(one(record, "JT")),
        **issued(one(record, "DP")),
        "volume": one(record, "VI"),
        "number": one(record, "IP"),
        "pages": one(record, "PG").replace("-", "--"),
        "doi": doi,
        "pmid": pmid,
        "pmcid": one(record, "PMC"),
        "url": address_of(doi) if doi else f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/",
    }
    return "article", fields


def issued(date: str) -> dict[str, str]:
    """Return year, month and day of "2021 Mar 30"; of "2021 Mar-Apr" and "2021 Winter" the year."""
    whole = re.fullmatch(rf"(\d{{4}})(?: ({'|'.join(MONTHS)})(?: (\d+))?)?", date)
    return (
        dict(zip(("year", "month", "day"), whole.groups(""), strict=True))
        if whole
        else day(date[:4])
    )


def initials(name: str) -> str:
    """Return "Meeks, G R" for "Meeks GR"."""
    family, _, letters = name.rpartition(" ")
    return f"{family}, {' '.join(letters)}" if family else letters


def people(names: Sequence[str]) -> str:
    """Return names as BibTeX has them: "Family, Given", or an organisation in its own braces."""
    return " and ".join(person(cleaned(name)) for name in names if name)


def person(name: str) -> str:
    """Return one name; RIS has "Family, Given, Jr.", BibTeX "Family, Jr., Given"."""
    if name.startswith("{"):
        return name
    family, *rest = (part.strip() for part in name.split(","))
    return ", ".join([family, *reversed(rest)]) if any(rest) else f"{{{family}}}"
