"""A source asked of doi.org by its DOI: the answer, laid out as the other entries are.

doi.org sends a request for BibTeX on to the registry of the DOI, as a rule Crossref or DataCite
(https://citation.doi.org/docs.html, "Content negotiation").
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from html import unescape
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from pybtex.exceptions import PybtexError

from scripts.sources.bibtex import Reference, address_of, read_references
from scripts.sources.entries import DOI, FIELDS, HTML

SECONDS = 20
# What Crossref calls a chapter and DataCite a data set or a preprint.
TYPES = {"inbook": "incollection", "misc": "online"}


class NotAdded(Exception):
    """Why a source was not added, in words for the person who tries to."""


def asked(name: str, key: str, base: str) -> str:
    """Return the entry of a DOI, however the DOI was copied, laid out as ours are."""
    doi = re.sub(r"(?i)^(?:https?://(?:dx\.)?doi\.org/|doi:)\s*", "", name.strip())
    if not DOI.fullmatch(doi):
        raise NotAdded(f"'{name}' is no DOI; write it like 10.1000/182")
    answer = parsed(fetch(address_of(doi, base)))
    fields = {field: cleaned(value) for field, value in answer.typed.items()}
    fields |= {"doi": doi.lower(), "url": address_of(doi.lower())}
    fields |= {"urldate": date.today().isoformat()}
    if answer.type == "article":
        fields.pop("publisher", None)  # A journal stands for its publisher.
    return laid_out(TYPES.get(answer.type, answer.type), key or key_of(answer), fields)


def fetch(address: str) -> str:
    """Return the BibTeX that an address answers with; raise NotAdded, in one line, otherwise."""
    host = urlsplit(address).netloc
    headers = {"Accept": "application/x-bibtex", "User-Agent": "scripts.sources.add"}
    try:
        with urlopen(Request(address, headers=headers), timeout=SECONDS) as answer:
            body: bytes = answer.read()
    except HTTPError as error:
        if error.code == 404:
            raise NotAdded(f"{host} does not know it; look the number up again") from error
        raise NotAdded(f"{host} answers {error.code} {error.reason}; try again later") from error
    except (OSError, HTTPException) as error:
        reason = getattr(error, "reason", error)
        raise NotAdded(
            f"{host} cannot be reached ({reason}); paste the entry instead: --from FILE"
        ) from error
    text = body.decode("utf-8", "replace")
    if not text.lstrip().startswith("@"):
        raise NotAdded(f"{host} does not answer with BibTeX; paste the entry instead: --from FILE")
    return text


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
