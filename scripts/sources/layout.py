"""One entry, laid out as the others of the bibliography are: its fields, their order, its key."""

from __future__ import annotations

import re
import unicodedata
from html import unescape

from pybtex.exceptions import PybtexError

from scripts.sources.bibtex import Reference, read_references
from scripts.sources.entries import FIELDS, HTML


class NotAdded(Exception):
    """Why a source was not added, in words for the person who tries to."""


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


def laid_out(kind: str, key: str, fields: dict[str, str]) -> str:
    """Return an entry as the bibliography is laid out: the fields that are printed, aligned."""
    shown = {field: fields[field] for field in FIELDS if fields.get(field)}
    wide = max(map(len, shown))
    if "month" in shown:
        shown["month"] = shown["month"][:3].lower()
    lines = [
        f"  {field:{wide}} = {value if field == 'month' else f'{{{value}}}'},"
        for field, value in shown.items()
    ]
    return "\n".join([f"@{kind}{{{key},", *lines, "}"])


def parsed(entry: str) -> Reference:
    """Return a BibTeX text as its one entry, or refuse it."""
    try:
        references = read_references(entry)
    except PybtexError as error:
        raise NotAdded(f"this is not BibTeX: {error}; mend the entry") from error
    if len(references) != 1:
        raise NotAdded(f"there are {len(references)} entries; give one, from @ to the last brace")
    return references[0]
