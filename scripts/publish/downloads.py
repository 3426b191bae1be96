"""The data files that readers can take away, from the same files that the pages are built from."""

from __future__ import annotations

import re
from pathlib import Path

from scripts.claims import claims as evidence
from scripts.sources.bibtex import NO_DATE
from scripts.sources.entries import BIB, read_bibliography
from scripts.sources.ris import to_ris

SINGLE = "magnesium-calculator.html"  # scripts.publish.single.build makes it
EDITION = "magnesium-and-bone.pdf"  # scripts.publish.edition.build makes it

# What each offer of scripts.blocks.downloads is of.
OFFERS = {"single-file": SINGLE, "print-edition": EDITION}


# Links whose addresses no builder can check: to a file that is made here, and to a form's page with
# answers in it.
_FILE = re.compile(r'<a data-address="([^"]*)"( download="[^"]*")? href="">')
_ANSWERS = re.compile(r'<a data-answers="([^"]*)" href="([^"]*)">')


def address(site: Path) -> None:
    """Give those links their addresses, which only now are right from each page."""
    for page in sorted(site.rglob("index.html")):
        up = "../" * len(page.parent.relative_to(site).parts)
        html = _FILE.sub(rf'<a href="{up}\1"\2>', page.read_bytes().decode())
        page.write_bytes(_ANSWERS.sub(r'<a href="\2\1">', html).encode())


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


def offer(site: Path) -> None:
    """Show the offers on the pages that have them, with the size, where the file was made."""
    made = {name: site / file for name, file in OFFERS.items() if (site / file).is_file()}
    for page in sorted(site.rglob("index.html")):
        up = "../" * len(page.parent.relative_to(site).parts)
        html = page.read_bytes().decode()
        for name, file in made.items():
            size = f"{file.stat().st_size / 1e6:.1f}MB"
            hidden = rf'<p class="{name}" hidden="hidden">(.*?)<a [^>]*>(.*?)\bMB\b(.*?</p>)'
            shown = rf'<p class="{name}">\g<1><a href="{up}{file.name}" download>\g<2>{size}\3'
            html = re.sub(hidden, shown, html, flags=re.DOTALL)
        page.write_bytes(html.encode())
