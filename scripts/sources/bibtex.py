"""A BibTeX text read: its entries, with LaTeX resolved to text and names parted."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from urllib.parse import quote, urlsplit

from pybtex.bibtex.utils import split_name_list
from pybtex.database import Person
from pybtex.database.input.bibtex import LowLevelParser, month_names
from pybtex.richtext import Text

VERBATIM = frozenset({"doi", "pmid", "pmcid", "url", "urldate"})
NO_DATE = "n.d."
DOI_BASE = "https://doi.org/"
BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
# BibTeX knows `month = jun` alone; doi.org and publishers also write June, Sept or JUN.
MONTH_WORDS = {"sept": "September"} | {
    word: name for short, name in month_names.items() for word in (short, name.lower())
}
MONTH_MACROS = {
    spelling: name
    for word, name in MONTH_WORDS.items()
    for spelling in (word, word.title(), word.upper())
}


@dataclass(frozen=True)
class Name:
    """An author or editor: a family name and initials, or an organisation without initials."""

    family: str
    initials: str = ""

    def __str__(self) -> str:
        return f"{self.family} {self.initials}".strip()


# What BibTeX writes after the names an entry lists when there are more.
OTHERS = Name("others")


@dataclass(frozen=True)
class Reference:
    """One entry: its fields as text, its fields as they were typed, and the line it starts at."""

    key: str
    type: str
    fields: Mapping[str, str]
    typed: Mapping[str, str]
    authors: tuple[Name, ...]
    editors: tuple[Name, ...]
    line: int

    def get(self, field: str) -> str:
        """Return a field's text, or nothing where the entry has no such field."""
        return self.fields.get(field, "")


def read_text(bib: Path) -> str:
    """Return the text of a BibTeX file.

    Raises UnicodeDecodeError where it was saved as something other than UTF-8.
    """
    return bib.read_text(encoding="utf-8")


@lru_cache(maxsize=4)
def read_references(bibtex: str) -> tuple[Reference, ...]:
    """Return the entries of a BibTeX text in its order, duplicates included.

    Kept, because a build reads the same text for its pages, its lists and its downloads. Raises
    pybtex.exceptions.PybtexError where the text is not BibTeX.
    """
    return tuple(_entries(bibtex))


def _entries(bibtex: str) -> Iterator[Reference]:
    # A copy of the macros, because the parser adds those of each @string to them.
    parser = LowLevelParser(bibtex, macros=dict(MONTH_MACROS))
    for kind, (key, pairs) in parser:
        if kind.lower() in ("string", "preamble"):
            continue
        typed = {name.lower(): " ".join("".join(value).split()) for name, value in pairs}
        yield Reference(
            key,
            kind.lower(),
            MappingProxyType({name: plain(name, value) for name, value in typed.items()}),
            MappingProxyType(typed),
            tuple(read_names(typed.get("author", ""))),
            tuple(read_names(typed.get("editor", ""))),
            bibtex.count("\n", 0, parser.command_start) + 1,
        )


# A sign that LaTeX reads as a command or turns into another one. A value without any is its own
# text, and most have none, so that the slow reading of LaTeX is left out.
_LATEX = re.compile(r"[^\w .,:;()/?!+=*@\[\]-]|_|--")


def plain(field: str, value: str) -> str:
    """Resolve braces and LaTeX accents to text; identifiers and addresses stay as they are."""
    if field in VERBATIM or not _LATEX.search(value):
        return value
    # BibTeX reads a percent sign as itself, LaTeX as the start of a comment.
    return str(Text.from_latex(re.sub(r"(?<!\\)%", r"\\%", value)))


def read_names(value: str) -> Iterator[Name]:
    """Yield the names of a BibTeX author or editor field: "van Delft, M. and {Some Body}"."""
    for name in split_name_list(value):
        person = Person(name)
        given = [*person.first_names, *person.middle_names]
        family = " ".join([*person.prelast_names, *person.last_names])
        initials = "".join(initials_of(plain("author", word)) for word in given)
        lineage = plain("author", " ".join(person.lineage_names)).rstrip(".")
        yield Name(plain("author", family), f"{initials} {lineage}".strip())


def initials_of(given: str) -> str:
    """Return "JP" for "Jean-Pierre" and for "J.-P."."""
    return "".join(word[0].upper() for word in re.split(r"[-.\s]+", given) if word)


def address_of(doi: str, base: str = DOI_BASE) -> str:
    """Return the address of a DOI, with the signs escaped that an address cannot hold."""
    return base + quote(doi, safe="/:;()")


def is_web_address(url: str) -> bool:
    """Tell an http or https address from anything else, such as `javascript:`."""
    try:
        address = urlsplit(url)
    except ValueError:
        return False
    whole = address.netloc and not re.search(r"\s", url)
    return bool(whole) and address.scheme in ("http", "https")
