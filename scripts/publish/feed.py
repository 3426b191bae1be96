"""The Atom feed of what has changed for readers, from the built page of changes.

RFC 4287 says what a feed must have. Every heading of the page is a day, and an entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from html import escape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin

from scripts.publish.page import Page, pages

FOLDER = "about/changes"
NAME = "about/changes.xml"

_DAY = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>(.*?)(?=<h2 |<aside )', re.DOTALL)
_PERMALINK = re.compile(r"<a [^>]*headerlink.*?</a>")
_LINK = re.compile(r'(?<= href=")[^"]*')


class Entry(NamedTuple):
    """A day: its heading, the id of that, when it was, and what changed, as HTML."""

    title: str
    id: str
    updated: str
    html: str


def write(site: Path) -> None:
    """Write the feed; a site that was built for this machine has none, for want of an address."""
    changes = next(page for page in pages(site) if page.folder == FOLDER)
    if changes.address:
        (site / NAME).write_text(to_atom(changes), "utf-8", newline="\n")


def entries(changes: Page) -> Iterator[Entry]:
    """Yield the days of the page. Raises ValueError for a heading that is not a day."""
    for id_, heading, html in _DAY.findall(changes.html):
        title = _PERMALINK.sub("", heading)
        day = datetime.strptime(title, "%d %B %Y")
        whole = _LINK.sub(lambda link: urljoin(changes.address, link[0]), html.strip())
        yield Entry(title, id_, f"{day:%Y-%m-%dT00:00:00Z}", whole)


def to_atom(changes: Page) -> str:
    """Return the feed."""
    days = list(entries(changes))
    address = escape(changes.address)
    parts = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB">',
        f"<title>{escape(changes.site)}: changes</title>",
        f"<subtitle>{escape(changes.description)}</subtitle>",
        f"<id>{address}</id>",
        f'<link href="{address}"/>',
        f'<link rel="self" href="{escape(urljoin(changes.address, "../changes.xml"))}"/>',
        f"<updated>{max(day.updated for day in days)}</updated>",
        *(f"<author><name>{escape(name)}</name></author>" for name in changes.authors),
        *(to_entry(day, f"{address}#{day.id}") for day in days),
        "</feed>",
    ]
    return "\n".join(parts) + "\n"


def to_entry(day: Entry, address: str) -> str:
    """Return one day as an entry; its address does not move, so it is its id as well."""
    return (
        f"<entry><title>{escape(day.title)}</title><id>{address}</id>"
        f'<link href="{address}"/><updated>{day.updated}</updated>'
        f'<content type="html">{escape(day.html)}</content></entry>'
    )
