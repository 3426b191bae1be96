"""The bibliography: what each entry must have, and that each is used.

Every fault is a `Fault` with its file, its line and the remedy.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from itertools import pairwise
from pathlib import Path

from pybtex.bibtex.utils import split_name_list
from pybtex.exceptions import PybtexError

from scripts.pages.fault import Fault
from scripts.sources.bibtex import (
    BYTE_ORDER_MARK,
    MONTH_WORDS,
    NO_DATE,
    Reference,
    is_web_address,
    read_references,
    read_text,
)
from scripts.sources.vancouver import FORMATS

BIB = Path("references.bib")
KEY = r"[a-z0-9][a-z0-9-]*"
# Crossref's pattern for modern DOIs (Crossref blog, "DOIs and matching regular expressions"), and
# the older ones of Wiley and others, which hold a SICI: square brackets, "<1::AID-X>" and a "#".
DOI = re.compile(r"10\.\d{4,9}/(?:[-._;()/:A-Z0-9\[\]]|<[-._;:+A-Z0-9]+>)+#?", re.IGNORECASE)
PMID = re.compile(r"[1-9]\d{0,7}")
PMCID = re.compile(r"PMC[1-9]\d*")
DAY = re.compile(r"0?[1-9]|[12]\d|3[01]")
MONTH = re.compile("|".join(MONTH_WORDS), re.IGNORECASE)

# The fields that a printed reference is made of, in the order in which an entry is laid out. One
# is for the lint alone: the day on which the source was corrected or retracted.
CORRECTED = "corrected"
FIELDS = tuple(
    "author editor title journal booktitle series edition address publisher institution year month"
    " day volume number eid pages doi pmid pmcid url urldate note corrected".split()
)
# What biblatex, and publishers who write for it, call some of them.
BIBLATEX = {
    "issue": "number",
    "journaltitle": "journal",
    "shortjournal": "journal",
    "location": "address",
    "date": "year, month and day",
}


def calculator_keys() -> frozenset[str]:
    """Return the source keys the calculator's tables name."""
    from calculator.tables import foods
    from calculator.tables.sources import source_keys

    return source_keys() | foods.source_keys()


def read_bibliography(bib: Path) -> tuple[dict[str, Reference], list[Fault]]:
    """Return the entries of a BibTeX file by key, and what is wrong with them.

    There are no entries where the file cannot be read at all; its one problem says why.
    """
    name = bib.as_posix()
    try:
        text = read_text(bib)
        entries = read_references(text)
    except FileNotFoundError:
        return {}, [Fault(name, 1, "this file does not exist; make it, or set `bib`")]
    except UnicodeDecodeError as error:
        return {}, [Fault(name, *not_utf8(error))]
    except PybtexError as error:
        line = getattr(error, "lineno", None) or 1
        return {}, [Fault(name, line, f"this is not BibTeX: {error}; mend the entry")]
    problems = [Fault(name, line, message) for line, message in text_faults(text)]
    problems += [Fault(name, e.line, message) for e in entries for message in entry_faults(e)]
    problems += [Fault(name, e.line, message) for e, message in order_faults(entries)]
    return {entry.key: entry for entry in entries}, problems


def not_utf8(error: UnicodeDecodeError) -> tuple[int, str]:
    """Return the line of the first sign that is not UTF-8, and what to do."""
    line = error.object.count(b"\n", 0, error.start) + 1
    return line, "a letter here is not saved as UTF-8; save the file with the encoding UTF-8"


def text_faults(text: str) -> Iterator[tuple[int, str]]:
    """Yield the line of each byte-order mark, which some editors write and nobody sees."""
    for mark in re.finditer(BYTE_ORDER_MARK, text):
        yield (
            text.count("\n", 0, mark.start()) + 1,
            "an invisible byte-order mark stands here; save the file as UTF-8 without BOM",
        )


def order_faults(entries: Sequence[Reference]) -> Iterator[tuple[Reference, str]]:
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
    yield from head_faults(entry)
    yield from field_faults(entry)
    yield from name_faults(entry)
    yield from form_faults(entry)
    yield from address_faults(entry)
    yield from sign_faults(entry)


def head_faults(entry: Reference) -> Iterator[str]:
    """Yield what is wrong with the key, the type, and what no entry can do without."""
    key, get = entry.key, entry.get
    if not re.fullmatch(KEY, key):
        yield f"the key '{key}' needs lower-case letters, digits and hyphens only"
    if entry.type not in FORMATS:
        yield f"'{key}' is an @{entry.type}; use one of @{', @'.join(FORMATS)}"
    if not get("title"):
        yield f"'{key}' has no title; add one"
    # `journal = {}` says that the journal was looked for and is not known.
    if entry.type == "article" and not {"journal", "journaltitle"} & entry.fields.keys():
        yield f"'{key}' is an article without a journal; add journal = {{the journal's name}}"
    dated = get("year") == NO_DATE or "date" in entry.fields
    if not dated and not re.fullmatch(r"\d{4}", get("year")):
        yield f"'{key}' needs a year of 4 digits, or year = {{{NO_DATE}}} where the source has none"


def field_faults(entry: Reference) -> Iterator[str]:
    """Yield the fields that no reference shows, with what to write instead."""
    for field in entry.fields:
        if field in BIBLATEX:
            yield f"'{entry.key}' has the field {field}; write {BIBLATEX[field]} instead"
        elif field not in FIELDS:
            hint = did_you_mean(field, FIELDS, "; delete it")
            yield f"'{entry.key}' has the field {field}, which is never printed{hint}"


# A name in braces from its first letter to its last, with at most one pair inside another.
WHOLE_NAME = r"\{(?:[^{}]|\{[^{}]*\})*\}"
# Words that stand in an organisation's name and in no family name.
ORGANISATION = frozenset(("of", "for", "on", "the", "&", "\\&"))


def name_faults(entry: Reference) -> Iterator[str]:
    """Yield the first author and the first editor that may be an organisation without its braces.

    BibTeX takes the last word of `World Health Organization` for a family name, and parts names
    at every "and" that no braces protect.
    """
    for role in ("author", "editor"):
        for name in split_name_list(entry.typed.get(role, "")):
            if not re.fullmatch(WHOLE_NAME, name) and not is_person(name):
                yield (
                    f"'{entry.key}' has the {role} '{name}'; write a person as Family, A. B., "
                    f"an organisation in braces of its own: {role} = {{{{Ministry of Health}}}}"
                )
                break


def is_person(name: str) -> bool:
    """Tell whether a name is typed as a person's: "Family, A. B.", or a single word."""
    family, comma, _ = name.partition(",")
    words = family.split()
    return (bool(comma) or len(words) == 1) and ORGANISATION.isdisjoint(words)


def form_faults(entry: Reference) -> Iterator[str]:
    """Yield the fields of one fixed form that have another."""
    for field, pattern, example in (
        ("month", MONTH, "mar"),
        ("day", DAY, "30"),
        ("doi", DOI, "10.1000/182"),
        ("pmid", PMID, "12345678"),
        ("pmcid", PMCID, "PMC1234567"),
    ):
        value = entry.get(field)
        if field in entry.fields and not pattern.fullmatch(value):
            yield f"'{entry.key}' has the {field} '{value}'; write it like {example}, nothing else"


# What is looked up by an address; a book or a report may be on paper alone.
BY_ADDRESS = ("article", "online")


def address_faults(entry: Reference) -> Iterator[str]:
    """Yield what is wrong with the address and the day it was looked at."""
    key, get = entry.key, entry.get
    if "url" in entry.fields and not is_web_address(get("url")):
        yield f"'{key}' has the url '{get('url')}'; use an http or https address"
    if entry.type in BY_ADDRESS and not get("doi") and not get("url"):
        yield f"'{key}' has no doi and no url; add one, so that others can look it up"
    if not is_day(get("urldate")):
        yield f"'{key}' needs urldate = {{YYYY-MM-DD}}, the day it was last looked at"
    if CORRECTED in entry.fields and not is_day(get(CORRECTED)):
        yield f"'{key}' needs corrected = {{YYYY-MM-DD}}, the day it was corrected or retracted"


# Publishers' own lists hold titles such as "<i>In vivo</i> bone &amp; serum".
HTML = r"</?[a-zA-Z]+(?:\s[^<>]*)?>|&#?[a-zA-Z0-9]+;"


def sign_faults(entry: Reference) -> Iterator[str]:
    """Yield the signs of LaTeX and HTML that would be printed as they are typed."""
    key, fields = entry.key, {f: v for f, v in entry.fields.items() if f != "url"}
    if sign := re.search(r"[\\{}$]", "".join(fields.values())):
        yield f"'{key}' keeps a '{sign[0]}' that is not resolved; write the letter or sign itself"
    for field, value in fields.items():
        if field != "doi" and (markup := re.search(HTML, value)):
            yield f"'{key}' has the HTML '{markup[0]}' in its {field}; write the text alone"


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
) -> Iterator[Fault]:
    """Yield the entries nothing uses, and the calculator's keys that have no entry."""
    for key, entry in references.items():
        if not cited[key] and key not in tables:
            yield Fault(
                bib.as_posix(),
                entry.line,
                f"nothing uses '{key}'; cite it on a page as [@{key}], or delete the entry",
            )
    for key in sorted(tables - references.keys()):
        message = f"the calculator's tables name '{key}', which has no entry"
        yield Fault(bib.as_posix(), 1, message + did_you_mean(key, references))


def did_you_mean(
    key: str, known: Iterable[str], otherwise: str = "; add it to the bibliography"
) -> str:
    """Suggest a key that is spelt alike, or what to do where there is none."""
    alike = get_close_matches(key, list(known), n=1)
    return f"; did you mean '{alike[0]}'?" if alike else otherwise
