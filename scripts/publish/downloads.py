"""The data files that readers can take away, from the same files that the pages are built from."""

from __future__ import annotations

import re
from pathlib import Path

from scripts.claims import claims as evidence
from scripts.sources import ris
from scripts.sources.vancouver import read_references

SINGLE = "magnesium-calculator.html"  # scripts.publish.single.build makes it

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
