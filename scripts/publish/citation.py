"""Files for reference managers that cite a page of ours: BibTeX, RIS and CSL-JSON."""

from __future__ import annotations

import json
from pathlib import Path

from calculator import __version__
from scripts.publish.page import Page, pages
from scripts.sources.bibtex import MONTHS, read_references
from scripts.sources.ris import to_ris


def write(site: Path) -> None:
    """Write the files beside every page; scripts/theme/partials/page-facts.html links them."""
    for page in pages(site):
        bibtex = to_bibtex(page)
        for kind, text in (
            ("bib", bibtex),
            ("ris", to_ris(read_references(bibtex))),
            ("json", to_csl(page)),
        ):
            # As bytes: RIS has line ends of its own, which no system may change.
            (site / page.folder / f"cite.{kind}").write_bytes(text.encode())


def key(page: Page) -> str:
    """Return what the page is called where it is cited: magnesium-blood-test-2026."""
    return f"magnesium-{page.folder.replace('/', '-') or 'home'}-{page.reviewed.year}"


def to_bibtex(page: Page) -> str:
    """Return the page as an entry like those of references.bib.

    The day of reading is the reader's, and a reference manager adds it.
    """
    fields = {
        "author": " and ".join(f"{{{name}}}" for name in page.authors),
        "title": page.title,
        "publisher": page.site,
        "year": f"{page.reviewed.year}",
        "month": MONTHS[page.reviewed.month - 1].lower(),
        "day": f"{page.reviewed.day}",
        "url": page.address,
        "note": f"Version {__version__}",
    }
    lines = (f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@online{{{key(page)},\n{''.join(lines)}}}\n"


def to_csl(page: Page) -> str:
    """Return the page as CSL-JSON, which citation processors read."""
    day = page.reviewed
    item: dict[str, object] = {
        "id": key(page),
        "type": "webpage",
        "title": page.title,
        "author": [{"literal": name} for name in page.authors],
        "container-title": page.site,
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "version": __version__,
        "abstract": page.description,
        "language": "en-GB",
    }
    if page.address:
        item["URL"] = page.address
    return json.dumps([item], indent=1, ensure_ascii=False) + "\n"
