"""Links that open a pre-filled report of a wrong number, where the site knows its repository.

Each names a value, its source and the line where it stands, and never an answer of a reader.
The address comes from the environment, as in mkdocs.yml, so that a fork's pages report to the
fork. The names of the fields are those of .github/ISSUE_TEMPLATE/wrong-number.yml.
"""

from __future__ import annotations

import os
from functools import cache
from itertools import groupby, zip_longest
from urllib.parse import urlencode
from xml.etree import ElementTree

from markdown.util import AtomicString

from calculator.words.figures import source_name
from scripts.blocks import foods, numbers
from scripts.blocks.value import Value
from scripts.sources.entries import BIB, read_bibliography

WORDS = "Challenge a number in this table"
WHOLE = "Something else in this table"


def repository() -> str:
    """The address of the repository, without a slash at its end; "" where none is set."""
    return os.environ.get("REPO_URL", "").rstrip("/")


def report(**fields: str) -> str:
    """The address that opens a report with these fields filled in; "" without a repository."""
    if not repository():
        return ""
    return f"{repository()}/issues/new?{urlencode({'template': 'wrong-number.yml', **fields})}"


def of_value(value: Value) -> str:
    """The address of a report about one value: what it is, its source, its file and line."""
    return report(
        title=f"Wrong number: {value.of}",
        value=value.text,
        source="; ".join(f"{key}: {_titles()[key]}" for key in value.sources),
        where=f"{value.file}, line {value.line}",
    )


def values(name: str) -> list[Value]:
    """Every published value of a block's tables; none of a block that shows no numbers of ours."""
    if name == "foods":
        return list(foods.values())
    shown = numbers.tables(name) if name in numbers.NUMBERS else []
    return [value for table in shown for value in table.values]


def of_table(name: str) -> ElementTree.Element | None:
    """The values of a table, folded away, each a link; None without a repository or a value."""
    challenged = values(name)
    if not repository() or not challenged:
        return None
    # The search finds the table itself.
    details = ElementTree.Element("details", {"class": "challenge", "data-search-exclude": ""})
    ElementTree.SubElement(details, "summary").text = WORDS
    places = ElementTree.SubElement(details, "ul")
    for of, same in groupby(challenged, lambda value: value.of):
        places.append(_item(of, list(same)))
    last = ElementTree.SubElement(places, "li")
    where = f"{challenged[0].file}, line {challenged[0].line} and below"
    ElementTree.SubElement(last, "a", href=report(where=where)).text = WHOLE
    return details


def _item(of: str, same: list[Value]) -> ElementTree.Element:
    """All the values of one thing, a source once behind those that are from it."""
    place = ElementTree.Element("li")
    place.text = AtomicString(f"{of}: ")
    for value, after in zip_longest(same, same[1:]):
        link = ElementTree.SubElement(place, "a", href=of_value(value))
        link.text = AtomicString(value.text)
        named = after and after.sources == value.sources
        source = "" if named else f" ({', '.join(map(source_name, value.sources))})"
        link.tail = AtomicString(source + (", " if after else ""))
    return place


@cache
def _titles() -> dict[str, str]:
    """What each source is called in references.bib."""
    references, _ = read_bibliography(BIB)
    return {key: reference.get("title") for key, reference in references.items()}
