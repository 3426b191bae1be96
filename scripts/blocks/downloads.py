"""The links to the data files that readers can take away, which scripts.publish writes.

The builder does not know those files, so scripts.publish gives the links their addresses too.
"""

from __future__ import annotations

from xml.etree import ElementTree as etree

from scripts.data.tables import FOLDER, KINDS, PACKAGE, TABLES
from scripts.pages.element import table

Element = etree.Element

LATE = "data-address"  # of the file, inside the site


def of_claims() -> list[Element]:
    """Return the links to the claims as data."""
    return links(
        {"evidence/claims.csv": "The claims as CSV", "evidence/claims.json": "The claims as JSON"}
    )


def of_sources() -> list[Element]:
    """Return the links to the bibliography as data."""
    return links(
        {
            "sources/references.bib": "All sources as BibTeX",
            "sources/references.ris": "All sources as RIS",
        }
    )


def of_data() -> list[Element]:
    """Return every table that can be taken away, with its files, and what describes them all."""
    rows = [(one.title, str(len(one.rows())), "") for one in TABLES]
    place = table("Tables to download", ("Table", "Rows", "Files"), rows)
    for cell, one in zip(place.iterfind(".//td[@data-label='Files']"), TABLES, strict=True):
        cell.extend(download(f"{FOLDER}/{one.name}.{kind}") for kind in KINDS)
        cell[0].tail = ", "
    package = etree.Element("p")
    package.text = "What each column holds: "
    package.append(download(f"{FOLDER}/{PACKAGE}"))
    return [place, package]


def of_single() -> list[Element]:
    """Return the offer of the single file, hidden: a site under `serve` does not have it."""
    words = ("No connection where you need it? ", "Download both checks as one file")
    return offer("single-file", *words, " (HTML, MB).")


def of_edition() -> list[Element]:
    """Return the offer of the print edition, hidden: a build without Chromium has none."""
    return offer("print-edition", "", "Download all articles, to print", " (PDF, MB).")


def offer(name: str, before: str, words: str, after: str) -> list[Element]:
    """Return what scripts.publish.downloads shows, with address and size, where the file is."""
    paragraph = etree.Element("p", {"class": name, "hidden": "hidden"})
    paragraph.text = before
    link = etree.SubElement(paragraph, "a", {"href": "", "download": ""})
    link.text, link.tail = words, after
    return [paragraph]


def links(files: dict[str, str]) -> list[Element]:
    """Return a list of links to files, by their addresses inside the site."""
    place = etree.Element("ul", {"class": "downloads"})
    for name, words in files.items():
        etree.SubElement(place, "li").append(download(name, words))
    return [place]


def download(address: str, words: str = "") -> Element:
    """Return a link to a file of the site, by the file's name unless it is given words."""
    name = address.rpartition("/")[2]
    link = etree.Element("a", {"href": "", LATE: address, "download": name})
    link.text = words or name
    return link
