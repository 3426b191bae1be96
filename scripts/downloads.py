"""The data files that readers can take away, and the links to them.

They are written beside the built pages by scripts.publish, from the same files that the pages
are built from. MkDocs does not know them, so a link to one gets its address after MkDocs has
looked at all links.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree as etree

from markdown.treeprocessors import Treeprocessor

from scripts import evidence, ris
from scripts.vancouver import read_references

Element = etree.Element

LATE = "data-address"


def write(site: Path) -> None:
    """Write every download into a built site."""
    bibtex = evidence.BIB.read_text(encoding="utf-8")
    for name, text in (
        ("evidence/claims.json", evidence.to_json()),
        ("sources/references.bib", bibtex),
        ("sources/references.ris", ris.to_ris(read_references(bibtex))),
    ):
        place = site / name
        place.parent.mkdir(parents=True, exist_ok=True)
        # As bytes: RIS has line ends of its own, which no system may change.
        place.write_bytes(text.encode())


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
