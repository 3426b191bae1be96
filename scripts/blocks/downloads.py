"""The links to the data files that readers can take away, which scripts.publish writes.

MkDocs does not know those files, so a link to one gets its address after MkDocs has looked at
all links.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree as etree

from markdown.treeprocessors import Treeprocessor

Element = etree.Element

LATE = "data-address"


def of_claims() -> list[Element]:
    """Return the links to the claims as data."""
    return links({"claims.csv": "The claims as CSV", "claims.json": "The claims as JSON"})


def of_sources() -> list[Element]:
    """Return the links to the bibliography as data."""
    return links(
        {
            "references.bib": "All sources as BibTeX",
            "references.ris": "All sources as RIS",
        }
    )


def of_single() -> list[Element]:
    """Return the offer of the single file, hidden: a site under `serve` does not have it."""
    paragraph = etree.Element("p", {"class": "single-file", "hidden": "hidden"})
    paragraph.text = "No connection where you need it? "
    link = etree.SubElement(paragraph, "a", {"href": "", "download": ""})
    link.text = "Download both checks as one file"
    link.tail = " (HTML, MB)."
    return [paragraph]


def links(files: dict[str, str]) -> list[Element]:
    """Return a list of links to files that stand beside the page."""
    place = etree.Element("ul", {"class": "downloads"})
    for name, words in files.items():
        item = etree.SubElement(place, "li")
        etree.SubElement(item, "a", {"href": "", LATE: name, "download": name}).text = words
    return [place]


class Addresses(Treeprocessor):
    """Gives the links to downloads their addresses, after MkDocs has checked all others."""

    def run(self, root: etree.Element) -> None:
        """Turn every late address of a page into a link."""
        for link in late(root):
            link.set("href", link.attrib.pop(LATE))


def late(root: etree.Element) -> Iterable[Element]:
    """Return the links that wait for their address."""
    return [link for link in root.iter("a") if LATE in link.attrib]
