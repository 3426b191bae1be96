"""A source asked of doi.org by its DOI: the answer, laid out as the other entries are.

doi.org sends a request for BibTeX on to the registry of the DOI, as a rule Crossref or DataCite
(https://citation.doi.org/docs.html, "Content negotiation").
"""

from __future__ import annotations

from http.client import HTTPException
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from scripts.sources.bibtex import address_of
from scripts.sources.entries import DOI
from scripts.sources.layout import NotAdded, bare, cleaned, laid_out, parsed

SECONDS = 20
# What Crossref calls a chapter and DataCite a data set or a preprint.
TYPES = {"inbook": "incollection", "misc": "online"}


def asked(name: str, base: str) -> str:
    """Return the entry of a DOI, however the DOI was copied, laid out as ours are."""
    doi = bare(name)
    if not DOI.fullmatch(doi):
        raise NotAdded(f"'{name}' is no DOI; write it like 10.1000/182")
    answer = parsed(fetch(address_of(doi, base)))
    fields = {field: cleaned(value) for field, value in answer.typed.items()}
    fields |= {"doi": doi.lower(), "url": address_of(doi.lower())}
    if answer.type == "article":
        fields.pop("publisher", None)  # A journal stands for its publisher.
    return laid_out(TYPES.get(answer.type, answer.type), fields)


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
