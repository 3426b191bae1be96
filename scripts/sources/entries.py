"""The bibliography: what each entry must have, and that each is used.

Every fault is a `Problem` with its file, its line and the remedy.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from itertools import pairwise
from pathlib import Path

from pybtex.exceptions import PybtexError

from scripts.sources.vancouver import FORMATS, NO_DATE, Reference, is_web_address, read_references

KEY = r"[a-z0-9][a-z0-9-]*"
# Crossref's pattern for modern DOIs (Crossref blog, "DOIs and matching regular expressions").
DOI = re.compile(r"10\.\d{4,9}/[-._;()/:A-Z0-9]+", re.IGNORECASE)
PMID = re.compile(r"[1-9]\d{0,7}")
PMCID = re.compile(r"PMC[1-9]\d*")


@dataclass(frozen=True, order=True)
class Problem:
    """Something a contributor has to mend, and where."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


def calculator_keys() -> frozenset[str]:
    """Return the source keys the calculator's tables name."""
    from calculator.tables import foods
    from calculator.tables.sources import source_keys

    return source_keys() | foods.source_keys()


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


def did_you_mean(
    key: str, known: Iterable[str], otherwise: str = "; add it to the bibliography"
) -> str:
    """Suggest a key that is spelt alike, or what to do where there is none."""
    alike = get_close_matches(key, list(known), n=1)
    return f"; did you mean '{alike[0]}'?" if alike else otherwise
