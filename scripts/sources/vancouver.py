"""One reference as NLM/Vancouver text, in plain text and in HTML.

The style is that of "Citing Medicine", 2nd edition (US National Library of Medicine), with
the identifiers in the order PubMed prints them: DOI, PMID, PMCID.
"""

import re
from collections.abc import Callable, Mapping
from html import escape
from typing import NamedTuple
from urllib.parse import quote

from scripts.sources.bibtex import (
    MONTHS,
    NO_DATE,
    OTHERS,
    Name,
    Reference,
    address_of,
    is_web_address,
)

MOST_AUTHORS = 6


class Link(NamedTuple):
    """Text that leads somewhere."""

    text: str
    href: str


Part = str | Link


def to_text(reference: Reference) -> str:
    """Return the reference as plain text."""
    return "".join(p.text if isinstance(p, Link) else p for p in parts(reference))


def to_html(reference: Reference) -> str:
    """Return the reference as HTML in which every field is escaped."""
    return "".join(
        f'<a href="{escape(p.href)}">{escape(p.text)}</a>' if isinstance(p, Link) else escape(p)
        for p in parts(reference)
    )


def parts(reference: Reference) -> list[Part]:
    """Return the reference as text and links in the order they are read."""
    sentences = [*FORMATS[reference.type](reference), sentence(reference.get("note"))]
    pieces: list[Part] = [" ".join(filter(None, sentences))]
    for piece in (*identifiers(reference), *available_from(reference)):
        pieces += [" ", *piece]
    return pieces


def article(reference: Reference) -> list[str]:
    """Format an article in a journal."""
    return [
        sentence(people(reference.authors)),
        sentence(reference.get("title")),
        sentence(reference.get("journal") + internet(reference)),
        sentence(issue(reference)),
    ]


def book(reference: Reference) -> list[str]:
    """Format a whole book."""
    return [
        sentence(people(reference.authors) or editors(reference)),
        sentence(reference.get("title") + internet(reference)),
        edition(reference),
        imprint(reference, "publisher"),
        pages(reference),
        series(reference),
    ]


def chapter(reference: Reference) -> list[str]:
    """Format a chapter of a book, or an entry of a continuously updated one such as StatPearls."""
    return [
        sentence(people(reference.authors)),
        sentence(reference.get("title")),
        " ".join(filter(None, ("In:", sentence(editors(reference))))),
        sentence(reference.get("booktitle") + internet(reference)),
        edition(reference),
        imprint(reference, "publisher"),
        pages(reference),
    ]


def report(reference: Reference) -> list[str]:
    """Format a report of an institution."""
    number = reference.get("number")
    return [
        sentence(people(reference.authors)),
        sentence(reference.get("title") + internet(reference)),
        edition(reference),
        imprint(reference, "institution"),
        sentence(number and f"Report No.: {number}"),
        series(reference),
    ]


def web_page(reference: Reference) -> list[str]:
    """Format a page or a data set on the web."""
    return [
        sentence(people(reference.authors)),
        sentence(reference.get("title") + internet(reference)),
        edition(reference),
        imprint(reference, "publisher"),
    ]


# "@inbook" is left out on purpose: BibTeX gives it two meanings.
FORMATS: Mapping[str, Callable[[Reference], list[str]]] = {
    "article": article,
    "book": book,
    "incollection": chapter,
    "techreport": report,
    "online": web_page,
}


def sentence(text: str) -> str:
    """End a text with a full stop, unless it is empty or already ends."""
    return text if not text or text[-1] in ".?!" else f"{text}."


def people(names: tuple[Name, ...]) -> str:
    """List names, and write "et al." for those after the sixth, as the Vancouver style does."""
    shown = [str(name) for name in names if name != OTHERS][:MOST_AUTHORS]
    return ", ".join([*shown, "et al"] if len(shown) < len(names) else shown)


def editors(reference: Reference) -> str:
    """List the editors with their role."""
    if not reference.editors:
        return ""
    role = "editor" if len(reference.editors) == 1 else "editors"
    return f"{people(reference.editors)}, {role}"


def edition(reference: Reference) -> str:
    """Return "2nd ed." for the edition field "2nd"."""
    return reference.get("edition") and f"{reference.get('edition')} ed."


def series(reference: Reference) -> str:
    """Return the series in round brackets."""
    return reference.get("series") and f"({reference.get('series')})."


def imprint(reference: Reference, maker: str) -> str:
    """Return "Place: Publisher; date [cited date]."."""
    place_and_maker = ": ".join(filter(None, (reference.get("address"), reference.get(maker))))
    when = f"{date(reference)}{cited(reference)}."
    return "; ".join(filter(None, (place_and_maker, when)))


def issue(reference: Reference) -> str:
    """Return "2021 Mar 30;13(4):1136": date, volume, issue, and pages or article number."""
    number = reference.get("number") and f"({reference.get('number')})"
    where = reference.get("eid") or shorten(reference.get("pages"))
    volume = reference.get("volume") + number + (where and f":{where}")
    return date(reference) + cited(reference) + (volume and f";{volume}")


def pages(reference: Reference) -> str:
    """Return "p. 190-249." for the part of a book."""
    return reference.get("pages") and f"p. {shorten(reference.get('pages'))}."


def shorten(span: str) -> str:
    """Return "181-9" for "181--189": digits that repeat are left out of the last page."""
    first, _, last = re.sub("[-\N{EN DASH}]+", "-", span).partition("-")
    if not last or first == last:
        return first
    if first.isdigit() and last.isdigit() and len(first) == len(last):
        last = last[next(i for i, digit in enumerate(last) if digit != first[i]) :]
    return f"{first}-{last}"


def date(reference: Reference) -> str:
    """Return "2021 Mar 30", or as much of it as the entry says."""
    if reference.get("year") == NO_DATE:
        return "[date unknown]"
    words = (reference.get("year"), reference.get("month")[:3].capitalize(), reference.get("day"))
    return " ".join(filter(None, words))


def shows_url(reference: Reference) -> bool:
    """Tell whether the address is printed: an article with a DOI or PMID needs no other one."""
    lasting = reference.get("doi") or reference.get("pmid")
    return bool(reference.get("url")) and not (reference.type == "article" and lasting)


def internet(reference: Reference) -> str:
    """Mark a title as read on the web."""
    return " [Internet]" if shows_url(reference) else ""


def cited(reference: Reference) -> str:
    """Return the day the address was last looked at, as " [cited 2026 Nov 22]"."""
    year, _, rest = reference.get("urldate").partition("-")
    month, _, day = rest.partition("-")
    if not (shows_url(reference) and month.isdigit() and day.isdigit()):
        return ""
    return f" [cited {year} {MONTHS[int(month) - 1]} {int(day)}]"


def identifiers(reference: Reference) -> list[list[Part]]:
    """Return DOI, PMID and PMCID, each a link to the registry that keeps it."""
    doi, pmid, pmcid = (reference.get(field) for field in ("doi", "pmid", "pmcid"))
    pieces: list[list[Part]] = []
    if doi:
        pieces.append(["doi: ", Link(doi, address_of(doi)), "."])
    if pmid:
        end = ";" if pmcid else "."
        pieces.append(
            ["PMID: ", Link(pmid, f"https://pubmed.ncbi.nlm.nih.gov/{quote(pmid)}/"), end]
        )
    if pmcid:
        href = f"https://pmc.ncbi.nlm.nih.gov/articles/{quote(pmcid)}/"
        pieces.append(["PMCID: ", Link(pmcid, href), "."])
    return pieces


def available_from(reference: Reference) -> list[list[Part]]:
    """Return the address, a link only where it is one that is safe to follow."""
    url = reference.get("url")
    if not shows_url(reference):
        return []
    return [["Available from: ", Link(url, url) if is_web_address(url) else url]]
