"""Tables that a reader can search, narrow and sort; docs/assets/js/filter.js does it.

The words and the controls are in the page's HTML. They stay hidden where no script runs, and
the whole table is read as it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.etree import ElementTree as etree

Element = etree.Element

# What stands in a choice that narrows nothing, and the words of the count.
ANY = "All"
COUNT = "Showing {shown} of {all}"


def filterable(
    table: Element, name: str, choices: Mapping[str, Iterable[str]], sorts: Mapping[str, str]
) -> list[Element]:
    """Return a table behind the controls that filter.js brings to life.

    `choices` maps a row's data key ("verdict" for ``data-verdict``) to its values; `sorts` maps
    a column's heading to "text", or to "number", which sorts the highest first.
    """
    table.set("data-filter", name)
    for heading in table.iter("th"):
        if heading.get("scope") == "col" and (kind := sorts.get(heading.text or "")):
            heading.set("data-sort", kind)
    place = etree.Element(
        "div",
        {"class": "filter", "role": "search", "aria-label": f"Find {name}", "hidden": "hidden"},
    )
    place.set("data-filter-for", name)
    search(place, name)
    for key, values in choices.items():
        choice(place, name, key, values)
    clear = etree.SubElement(place, "button", {"type": "button", "class": "md-button"})
    clear.text = "Show all"
    etree.SubElement(place, "p", {"role": "status", "data-words": f"{COUNT} {name}"})
    return [place, table]


def search(place: Element, name: str) -> None:
    """Add the field for words."""
    question = etree.SubElement(place, "p")
    label = etree.SubElement(question, "label", {"for": f"{name}-words"})
    label.text = "Find a word"
    field = {"id": f"{name}-words", "type": "search", "autocomplete": "off"}
    etree.SubElement(question, "input", field)


def choice(place: Element, name: str, key: str, values: Iterable[str]) -> None:
    """Add a choice among the values of one column."""
    question = etree.SubElement(place, "p")
    label = etree.SubElement(question, "label", {"for": f"{name}-{key}"})
    label.text = key.capitalize()
    select = etree.SubElement(question, "select", {"id": f"{name}-{key}", "data-key": key})
    etree.SubElement(select, "option", value="").text = ANY
    for value in values:
        etree.SubElement(select, "option", value=value).text = value[:1].upper() + value[1:]
