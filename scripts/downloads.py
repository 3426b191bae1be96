"""The data files that readers can take away, and the links to them.

They are written beside the built pages by scripts.publish, from the same files that the pages
are built from. MkDocs does not know them, so a link to one gets its address after MkDocs has
looked at all links.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree as etree

from markdown.treeprocessors import Treeprocessor

from scripts.claims import claims as evidence
from scripts.sources import ris
from scripts.sources.vancouver import read_references

Element = etree.Element

LATE = "data-address"
SINGLE = "magnesium-calculator.html"  # scripts.single makes it

_OFFER = re.compile(
    r'<p class="single-file" hidden="hidden">(.*?)<a [^>]*>(.*?)\bMB\b(.*?</p>)', re.DOTALL
)


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


def of_single() -> list[Element]:
    """Return the offer of the single file, hidden: a site under `serve` does not have it."""
    paragraph = etree.Element("p", {"class": "single-file", "hidden": "hidden"})
    paragraph.text = "No connection where you need it? "
    link = etree.SubElement(paragraph, "a", {"href": "", "download": ""})
    link.text = "Download both checks as one file"
    link.tail = " (HTML, MB)."
    return [paragraph]


def offer(site: Path) -> int:
    """Show the offer on every page that has it, with the size; return the number of pages."""
    size = f"{(site / SINGLE).stat().st_size / 1e6:.1f}MB"
    offered = 0
    for page in sorted(site.rglob("index.html")):
        up = "../" * len(page.parent.relative_to(site).parts)
        shown = rf'<p class="single-file">\g<1><a href="{up}{SINGLE}" download>\g<2>{size}\3'
        text, count = _OFFER.subn(shown, page.read_bytes().decode())
        if count:
            page.write_bytes(text.encode())
            offered += 1
    return offered


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
