"""What the registries tell of a source: doi.org for a DOI, PubMed for a PMID.

The answer comes back as the type and the fields of an entry of BibTeX; what is not known is
left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import unescape
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import Request, urlopen

from scripts.sources.vancouver import MONTHS

# DOI content negotiation (citation.crosscite.org) and NCBI's E-utilities (ESummary 2.0).
DOI_BASE = "https://doi.org/"
PUBMED_BASE = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/"
CSL = "application/vnd.citationstyles.csl+json"
SECONDS = 20

# The types of CSL and those that Crossref writes in their place.
TYPES = {
    "article-journal": "article",
    "journal-article": "article",
    "book": "book",
    "monograph": "book",
    "edited-book": "book",
    "chapter": "incollection",
    "book-chapter": "incollection",
    "report": "techreport",
}
# Where the name of a book and of a maker goes, by the type of the entry.
WHOLE = {"article": "journal", "incollection": "booktitle"}
MAKER = {"techreport": "institution", "book": "publisher", "incollection": "publisher"}

Fields = dict[str, str]


class Refusal(Exception):
    """Why a source was not added, in words for the person who tries to."""


@dataclass(frozen=True)
class Bases:
    """Where the two registries are asked; a test has its own."""

    doi: str = DOI_BASE
    pubmed: str = PUBMED_BASE
    today: date = field(default_factory=date.today)


def fetch(address: str, accept: str) -> object:
    """Return what a registry answers, as JSON; raise Refusal, in one line, where it does not."""
    host = urlsplit(address).netloc
    request = Request(address, headers={"Accept": accept, "User-Agent": "add_reference"})
    try:
        with urlopen(request, timeout=SECONDS) as answer:
            found: object = json.loads(answer.read())
            return found
    except HTTPError as error:
        if error.code == 404:
            raise Refusal(f"{host} does not know it; look the number up again") from error
        raise Refusal(f"{host} answers {error.code} {error.reason}; try again later") from error
    except (URLError, OSError, HTTPException) as error:
        reason = getattr(error, "reason", error)
        raise Refusal(
            f"{host} cannot be reached ({reason}); paste the entry instead: --from FILE"
        ) from error
    except ValueError as error:
        raise Refusal(f"{host} does not answer with JSON; paste the entry: --from FILE") from error


def at(value: object, *path: str | int) -> object:
    """Return what is at a place in JSON, nothing where there is no such place."""
    for step in path:
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return None
    return value


def word(value: object, *path: str | int) -> str:
    """Return the text or number at a place, the first of several, without HTML."""
    found = at(value, *path)
    if isinstance(found, list):
        found = found[0] if found else None
    text = str(found) if isinstance(found, str | int) else ""
    return " ".join(unescape(re.sub(r"</?[a-zA-Z][^>]*>", "", text)).split())


def several(value: object, *path: str | int) -> list[object]:
    """Return the list at a place."""
    found = at(value, *path)
    return found if isinstance(found, list) else []


def from_doi(doi: str, bases: Bases) -> tuple[str, Fields]:
    """Return the type and the fields of a DOI's entry, as its registry knows them."""
    told = fetch(bases.doi + quote(doi, safe="/:;()"), CSL)
    kind = TYPES.get(word(told, "type"), "online")
    # Days are often left out, months sometimes; a year alone is an answer too.
    parts = [int(one) for one in several(told, "issued", "date-parts", 0) if isinstance(one, int)]
    whole, maker = WHOLE.get(kind, ""), MAKER.get(kind, "publisher")
    fields = {
        "author": " and ".join(names(several(told, "author"))),
        "title": word(told, "title"),
        whole: word(told, "container-title-short") or word(told, "container-title"),
        maker: "" if kind == "article" else word(told, "publisher"),
        **day_fields(parts),
        "volume": word(told, "volume"),
        "number": word(told, "issue"),
        "eid": "" if word(told, "page") else word(told, "article-number"),
        "pages": word(told, "page").replace("-", "--"),
        "doi": doi.lower(),
        "url": f"https://doi.org/{doi.lower()}",
        "urldate": bases.today.isoformat(),
    }
    return kind, filled(fields)


def names(authors: list[object]) -> Iterator[str]:
    """Yield each author of CSL as BibTeX writes names: an organisation in braces."""
    for one in authors:
        family, given = word(one, "family"), word(one, "given")
        particle = word(one, "non-dropping-particle")
        if family:
            # BibTeX tells a particle by its small first letter, so it stays one word apart.
            yield escaped(", ".join(filter(None, (f"{particle} {family}".strip(), given))))
        elif whole := word(one, "literal") or word(one, "name"):
            yield f"{{{escaped(whole)}}}"


def from_pmid(pmid: str, bases: Bases) -> tuple[str, Fields]:
    """Return the type and the fields of a PMID's entry, as PubMed knows them."""
    query = f"esummary.fcgi?db=pubmed&id={pmid}&retmode=json"
    told = at(fetch(bases.pubmed + query, "application/json"), "result", pmid)
    if told is None or word(told, "error"):
        raise Refusal(f"PubMed does not know {pmid}; look the number up again")
    ids = {word(one, "idtype"): word(one, "value") for one in several(told, "articleids")}
    span = word(told, "pages")
    paged = bool(re.match(r"\w*\d+-", span)) or not ids.get("doi")
    fields = {
        "author": " and ".join(pubmed_names(several(told, "authors"))),
        "title": word(told, "title").removesuffix("."),
        "journal": word(told, "source"),
        **day_fields(list(numbers(word(told, "pubdate")))),
        "volume": word(told, "volume"),
        "number": word(told, "issue"),
        "eid": "" if paged else span,
        "pages": span.replace("-", "--") if paged else "",
        "doi": ids.get("doi", "").lower(),
        "pmid": pmid,
        "pmcid": ids.get("pmc", ""),
        "url": f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/",
        "urldate": bases.today.isoformat(),
    }
    return "article", filled(fields)


def pubmed_names(authors: list[object]) -> Iterator[str]:
    """Yield each author of PubMed as BibTeX writes names: an organisation in braces."""
    for one in authors:
        name = word(one, "name")
        person = word(one, "authtype") == "Author"
        yield escaped(initialled(name)) if person else f"{{{escaped(name)}}}"


def initialled(name: str) -> str:
    """Return PubMed's "Del Gobbo LC" as BibTeX's "Del Gobbo, L. C."."""
    family, _, initials = name.rpartition(" ")
    return f"{family}, {' '.join(f'{one}.' for one in initials)}" if family else name


def numbers(day: str) -> Iterator[int]:
    """Yield year, month and day of "2016 Mar 9"; of "2016 Spring" the year alone."""
    for nth, part in enumerate(day.split()):
        if part.isdigit():
            yield int(part)
        elif nth == 1 and part in MONTHS:
            yield MONTHS.index(part) + 1
        else:
            return


def day_fields(parts: Sequence[int]) -> Fields:
    """Return year, month and day as an entry holds them, as many as are known."""
    year, month, day = (*parts[:3], *[0] * 3)[:3]
    return {
        "year": str(year or ""),
        "month": MONTHS[month - 1].lower() if 0 < month <= len(MONTHS) else "",
        "day": str(day or ""),
    }


def filled(fields: Mapping[str, str]) -> Fields:
    """Return the fields that have something in them, LaTeX's own signs escaped."""
    ready = {"author", "doi", "url"}
    return {
        name: value if name in ready else escaped(value)
        for name, value in fields.items()
        if name and value
    }


def escaped(text: str) -> str:
    """Return a text as BibTeX wants it: braces would nest, and an ampersand is LaTeX's."""
    return re.sub(r"([&%#_])", r"\\\1", re.sub(r"[{}\\]", "", text))
