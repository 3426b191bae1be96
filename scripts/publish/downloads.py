"""The data files that readers can take away, from the same files that the pages are built from."""

from __future__ import annotations

import re
from pathlib import Path

from scripts.claims import claims as evidence
from scripts.sources.bibtex import NO_DATE
from scripts.sources.entries import BIB, read_bibliography
from scripts.sources.ris import to_ris

SINGLE = "magnesium-calculator.html"  # scripts.publish.single.build makes it

_OFFER = re.compile(
    r'<p class="single-file" hidden="hidden">(.*?)<a [^>]*>(.*?)\bMB\b(.*?</p>)', re.DOTALL
)


def write(site: Path) -> None:
    """Write every download into a built site."""
    references, _ = read_bibliography(BIB)
    for name, content in (
        ("evidence/claims.json", evidence.to_json().encode()),
        ("sources/references.bib", without_no_date(BIB.read_text(encoding="utf-8")).encode()),
        # As bytes: RIS has line ends of its own, which no system may change.
        ("sources/references.ris", to_ris(references.values()).encode()),
    ):
        place = site / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)


def without_no_date(bibtex: str) -> str:
    """Return a BibTeX text without the years that say there is none.

    A reference manager would keep "n.d." as a year, and print it beside its own words for that.
    """
    return re.sub(rf"^ *year *= *{{{re.escape(NO_DATE)}}},\n", "", bibtex, flags=re.MULTILINE)


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
