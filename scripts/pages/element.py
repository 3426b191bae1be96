"""What tables on pages are made of: a table, a row, a cell that knows its column, a citation."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree

Element = ElementTree.Element

# For an element whose words the site's search leaves out, and for each heading inside one. The
# search would take the words after an inner element of the same kind back in: exclude no element
# that holds another of its kind.
UNSEARCHED = {"data-search-exclude": "true"}


def cited(*keys: str) -> str:
    """A citation in the pages' own syntax."""
    return f" [{'; '.join(f'@{key}' for key in keys)}]"


def table(
    caption: str,
    head: tuple[str, ...],
    rows: Iterable[tuple[str, ...]],
    ids: Iterable[str] = (),
    name: str = "",
) -> Element:
    """A captioned table whose cells know their column, for phones that stack them.

    ``ids`` name the rows (``data-row``), so that the check can mark one.
    """
    element = ElementTree.Element("table", {"class": "stacked", "data-table": name})
    ElementTree.SubElement(element, "caption").text = caption
    header = ElementTree.SubElement(ElementTree.SubElement(element, "thead"), "tr")
    for cell in head:
        ElementTree.SubElement(header, "th", scope="col").text = cell
    body = ElementTree.SubElement(element, "tbody")
    names = iter(ids)
    for row in rows:
        line = ElementTree.SubElement(body, "tr")
        if key := next(names, ""):
            line.attrib.update({"id": f"row-{key}", "data-row": key})
        ElementTree.SubElement(line, "th", scope="row").text = row[0]
        for column, cell in zip(head[1:], row[1:], strict=True):
            ElementTree.SubElement(line, "td", {"data-label": column}).text = cell
    return element


def cell(line: Element, column: str, text: str) -> Element:
    """Add a cell that knows its column."""
    place = ElementTree.SubElement(line, "td", {"data-label": column})
    ElementTree.SubElement(place, "span").text = text
    return place


def folded(summary: str, *content: Element) -> Element:
    """Content behind its summary, closed at first."""
    details = ElementTree.Element("details")
    ElementTree.SubElement(details, "summary").text = summary
    details.extend(content)
    return details
