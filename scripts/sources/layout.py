"""One entry, laid out as the others of the bibliography are: its fields, their order, its key."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from html import unescape
from string import ascii_lowercase

from pybtex.exceptions import PybtexError

from scripts.sources.bibtex import Reference, read_references
from scripts.sources.entries import FIELDS, HTML, KEY

UNNAMED = "?"  # The key of an entry that is still to get one.


class NotAdded(Exception):
    """Why a source was not added, in words for the person who tries to."""


def bare(doi: str) -> str:
    """Return a DOI alone, however it was copied."""
    return re.sub(r"(?i)^(?:https?://(?:dx\.)?doi\.org/|doi:)\s*", "", doi.strip())


def cleaned(value: str) -> str:
    """Return a value without HTML, its ampersands escaped and its dashes as BibTeX writes them."""
    text = unescape(re.sub(HTML, lambda tag: "" if tag[0][0] == "<" else tag[0], value))
    text = " ".join(text.replace("\N{EN DASH}", "--").split())
    return re.sub(r"(?<!\\)([&%#])", r"\\\1", text)


def key_of(reference: Reference) -> str:
    """Return the usual key: the first author's family name, or the first word, and the year."""
    names = [author.family for author in reference.authors] or reference.get("title").split()
    plain = unicodedata.normalize("NFKD", "".join(names[:1])).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]", "", plain.lower()) + reference.get("year")


def laid_out(kind: str, fields: dict[str, str]) -> str:
    """Return an entry looked at today, still without a key: what is printed, aligned."""
    fields = {**fields, "urldate": date.today().isoformat()}
    shown = {field: fields[field] for field in FIELDS if fields.get(field)}
    wide = max(map(len, shown))
    if "month" in shown:
        shown["month"] = shown["month"][:3].lower()
    lines = [
        f"  {field:{wide}} = {value if field == 'month' else f'{{{value}}}'},"
        for field, value in shown.items()
    ]
    return "\n".join([f"@{kind}{{{UNNAMED},", *lines, "}"])


def parsed(entry: str) -> Reference:
    """Return a BibTeX text as its one entry, or refuse it."""
    try:
        references = read_references(entry)
    except PybtexError as error:
        raise NotAdded(f"this is not BibTeX: {error}; mend the entry") from error
    if len(references) != 1:
        raise NotAdded(f"there are {len(references)} entries; give one, from @ to the last brace")
    return references[0]


def completed(entry: str, key: str, known: Sequence[Reference]) -> str:
    """Return an entry with the key asked for, or one that fits, and with today's date.

    A key that fits stays, and so does a date. One that is made goes on with a letter where
    another source has it already.
    """
    new = parsed(entry)
    if not key and not re.fullmatch(KEY, new.key):
        key = free(key_of(new), known)
    if key:
        entry = re.sub(r"(@\s*\w+\s*[{(]\s*)[^,\s]*", rf"\g<1>{key}", entry, count=1)
    if not new.get("urldate"):
        text = entry.rstrip()
        fields, end = text[:-1].rstrip().removesuffix(","), text[-1]
        if end in "})":
            entry = f"{fields},\n  urldate = {{{date.today().isoformat()}}},\n{end}"
    return entry


def free(key: str, known: Sequence[Reference]) -> str:
    """Return a key that no source has: the key itself, or with a letter from b on."""
    taken = {other.key for other in known}
    ways = (key, *(f"{key}{letter}" for letter in ascii_lowercase[1:]))
    return next((way for way in ways if way not in taken), key)
