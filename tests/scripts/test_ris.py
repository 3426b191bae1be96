"""References as RIS: what a reference manager reads from it is what the BibTeX says."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from scripts.sources import ris
from scripts.sources.bibtex import read_references
from scripts.sources.vancouver import FORMATS
from tests.conftest import ROOT

HERE = Path(__file__).parent
BIBTEX = (ROOT / "references.bib").read_text(encoding="utf-8")

EXAMPLES = {
    "JOUR": (
        "@article{a, author = {van Delft, M. and {Some Body} and others}, title = {On Bone},"
        " journal = {Bone}, year = {2022}, month = jan, day = {3}, volume = {154}, number = {2},"
        " pages = {10--19}, doi = {10.1000/182}, pmid = {7}, pmcid = {PMC8}}",
        "TY  - JOUR|ID  - a|AU  - van Delft, M.|AU  - Some Body|TI  - On Bone|T2  - Bone|VL  - 154"
        "|DO  - 10.1000/182|AN  - 7|C2  - PMC8|IS  - 2|SP  - 10|EP  - 19|PY  - 2022"
        "|DA  - 2022/01/03",
    ),
    "BOOK": (
        "@book{b, editor = {Roe, J. P.}, title = {Food}, publisher = {FAO}, address = {Rome},"
        " edition = {2nd}, year = {2004}}",
        "TY  - BOOK|ID  - b|A2  - Roe, J. P.|TI  - Food|PB  - FAO|CY  - Rome|ET  - 2nd|PY  - 2004",
    ),
    "CHAP": (
        "@incollection{c, author = {Doe, A.}, title = {One}, booktitle = {All}, year = {2001},"
        " pages = {5}}",
        "TY  - CHAP|ID  - c|AU  - Doe, A.|TI  - One|T2  - All|SP  - 5|PY  - 2001",
    ),
    "RPRT": (
        "@techreport{d, author = {{The Group, Oslo}}, title = {Report}, institution = {VKM},"
        " number = {2016:15}, year = {2016}, month = mar}",
        "TY  - RPRT|ID  - d|AU  - The Group Oslo|TI  - Report|PB  - VKM|M1  - 2016:15|PY  - 2016"
        "|DA  - 2016/03/",
    ),
    "ELEC": (
        "@online{e, author = {{NHS}}, title = {A\n page}, year = {n.d.},"
        " url = {https://example.org/}, urldate = {2026-11-22}, note = {Read}}",
        "TY  - ELEC|ID  - e|AU  - NHS|TI  - A page|UR  - https://example.org/|N1  - Read"
        "|Y2  - 2026/11/22",
    ),
}


@pytest.mark.parametrize("kind", EXAMPLES)
def test_each_type_has_its_tags(kind: str) -> None:
    """A record runs from TY to ER, a tag a line, lines ending in CR LF."""
    bibtex, tags = EXAMPLES[kind]
    expected = "".join(f"{line}\r\n" for line in [*tags.split("|"), "ER  - "])
    assert ris.to_ris(read_references(bibtex)) == expected


def test_every_type_of_the_bibliography_has_one_in_ris() -> None:
    """A type that Vancouver text knows is never a KeyError here."""
    assert set(ris.TYPES) == set(FORMATS)


@pytest.mark.browser
def test_the_oracle_reads_the_ris_as_it_reads_the_bibtex() -> None:
    """citation-js finds the same facts in both, for every source of the site."""
    node = shutil.which("node")
    assert node, "install Node 20 or newer; scripts/dev.py does so"
    asked = json.dumps({"bibtex": BIBTEX, "ris": ris.to_ris(read_references(BIBTEX))})
    ran = subprocess.run(
        [node, str(HERE / "oracle_ris.mjs")],
        input=asked,
        capture_output=True,
        text=True,
        check=True,
    )
    both = json.loads(ran.stdout)
    theirs = {entry["id"]: facts(entry) for entry in both["bibtex"]}
    assert {entry["id"]: facts(entry) for entry in both["ris"]} == theirs


COMPARED = "type title container-title volume issue page DOI PMCID".split()


def facts(entry: dict[str, object]) -> dict[str, object]:
    """Return what both readers tell about an entry.

    citation-js reads "and" in a BibTeX publisher as a list, an organisation as a family name and
    "n.d." as text, "others" as a name, keeps the hyphens of initials, and encodes the percent
    sign of an address again.
    """
    names, publisher, issued = entry.get("author", []), entry.get("publisher"), entry.get("issued")
    assert isinstance(names, list)
    particle, parts = "non-dropping-particle", ("family", "literal", "given")
    people = [" ".join(n[part] for part in (particle, *parts) if part in n) for n in names]
    people = [name for name in people if name != "others"]
    return {
        "people": [name.replace(".-", ". ").replace(",", "").strip() for name in people],
        "publisher": " and ".join(publisher) if isinstance(publisher, list) else publisher,
        "issued": issued if isinstance(issued, dict) and "date-parts" in issued else None,
        "URL": str(entry.get("URL")).replace("%25", "%"),
        **{name: entry.get(name) for name in COMPARED},
    }
