"""How one reference reads, as text and as HTML."""

import json
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path

import pytest

from scripts.sources.bibtex import Reference, read_references
from scripts.sources.vancouver import Link, parts, to_html, to_text
from tests.conftest import ROOT

HERE = Path(__file__).parent
FIXTURES = ROOT / "tests" / "fixtures" / "citations" / "vancouver.md"
CASES = re.findall(
    r"^([^\n.]+)\n\.\n(.+?)\n\.\n(.+?)\n\.$", FIXTURES.read_text("utf-8"), re.MULTILINE | re.DOTALL
)


def reference(bibtex: str) -> Reference:
    """Read the one entry of a BibTeX text."""
    (only,) = read_references(bibtex)
    return only


def test_the_fixtures_are_read() -> None:
    """Each case of the fixture file is one test."""
    assert len(CASES) == FIXTURES.read_text("utf-8").count("\n.\n@") == 11


@pytest.mark.parametrize(
    ("bibtex", "text"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_an_entry_reads_as_its_fixture_says(bibtex: str, text: str) -> None:
    """An entry becomes exactly the text beside it, and its HTML shows the same text."""
    source = reference(bibtex)
    assert to_text(source) == text
    assert unescape(re.sub(r"<[^>]+>", "", to_html(source))) == text


@pytest.mark.parametrize(
    "field", ["author", "title", "journal", "year", "volume", "number", "pages", "note", "doi"]
)
def test_every_field_is_escaped(field: str) -> None:
    """Markup in a field is shown as text, whichever field it is in."""
    fields = {"author": "{A}", "title": "T", "journal": "J", "year": "2020", "volume": "1"}
    fields[field] = "{<script>alert(1)</script> & <img src=x onerror=alert(1)>\"'}"
    bibtex = ", ".join(f"{name} = {{{value}}}" for name, value in fields.items())
    html = to_html(reference(f"@article{{a, {bibtex}}}"))
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;script&gt;" in html


def test_only_web_addresses_are_links() -> None:
    """An address that is not http or https is printed and leads nowhere."""
    for url in ("javascript:alert(1)", "data:text/html,x", "//host", "http:", "https://a b", "[x"):
        source = reference(
            f"@online{{a, title = {{T}}, url = {{{url}}}, urldate = {{2026-11-22}}}}"
        )
        assert url in to_text(source)
        assert "<a " not in to_html(source)
    kept = reference("@online{a, title = {T}, url = {https://a.org/?b=1&c=2}}")
    assert '<a href="https://a.org/?b=1&amp;c=2">' in to_html(kept)


def test_identifiers_lead_to_their_registries() -> None:
    """DOI, PMID and PMCID link to the registries that keep them, awkward characters included."""
    source = reference(
        "@article{a, title = {T}, pmid = {7}, pmcid = {PMC8},"
        " doi = {10.1002/(SICI)1096-9861(19960129)365:1<113::AID-CNE9>3.0.CO;2-#}}"
    )
    assert [part.href for part in parts(source) if isinstance(part, Link)] == [
        "https://doi.org/10.1002/(SICI)1096-9861(19960129)365:1%3C113::AID-CNE9%3E3.0.CO;2-%23",
        "https://pubmed.ncbi.nlm.nih.gov/7/",
        "https://pmc.ncbi.nlm.nih.gov/articles/PMC8/",
    ]
    assert "365:1&lt;113::AID-CNE9&gt;3.0.CO;2-#</a>" in to_html(source)


@pytest.mark.parametrize("month", ["jun", "{jun}", "June", "{June}", "JUN"])
def test_a_month_reads_alike_however_it_is_written(month: str) -> None:
    """BibTeX knows `jun`; doi.org writes June, and some people braces."""
    source = reference(f"@book{{a, title = {{T}}, year = {{2026}}, month = {month}}}")
    assert to_text(source) == "T. 2026 Jun."


@pytest.mark.parametrize(
    ("pages", "shown"),
    [("181--189", "181-9"), ("99-101", "99-101"), ("e12--e15", "e12-e15"), ("62", "62"),
     ("570\u2013571", "570-1"), ("12--12", "12")],
)  # fmt: skip
def test_repeated_digits_of_a_page_are_left_out(pages: str, shown: str) -> None:
    """The last page keeps only the digits that differ from the first."""
    source = reference(f"@article{{a, title = {{T}}, volume = {{1}}, pages = {{{pages}}}}}")
    assert to_text(source).endswith(f"1:{shown}.")


def test_a_list_that_ends_in_others_ends_in_et_al() -> None:
    """BibTeX's "and others" stands for names that the entry does not list."""
    source = reference("@article{a, author = {Zikmund-Fisher, B. J. and others}, title = {T}}")
    assert to_text(source).startswith("Zikmund-Fisher BJ, et al. T.")


def test_the_line_of_an_entry_is_where_it_starts() -> None:
    """A reference knows its line, whatever comments and macros stand before it."""
    bibtex = (
        '% a comment\n@string{b = "Bone"}\n\n@article{a, title = {T}, journal = b}\n@book{c,\n}'
    )
    assert [(r.key, r.line) for r in read_references(bibtex)] == [("a", 4), ("c", 5)]


@pytest.mark.browser
def test_the_oracle_reads_every_entry_alike() -> None:
    """citation-js, which runs the CSL style "vancouver", gives the same text.

    Where the two differ on purpose: NLM prints a hyphen in a span of pages and CSL a dash; PubMed
    adds identifiers, which this CSL style leaves out; NLM gives a page on the web its month and
    writes "[date unknown]", where CSL prints the year field; and notes are ours. citation-js does
    not read "eid", so that it gets article numbers as pages.
    """
    node = shutil.which("node")
    assert node, "install Node 20 or newer; scripts/dev.py does so"
    bibtex = "\n".join(case[1] for case in CASES).replace("eid =", "pages =")
    ran = subprocess.run(
        [node, str(HERE / "oracle.mjs")], input=bibtex, capture_output=True, text=True, check=True
    )
    theirs = {key: normal(text.partition(" ")[2]) for key, text in json.loads(ran.stdout).items()}
    ours = {r.key: normal(to_text(r)) for r in read_references("\n".join(c[1] for c in CASES))}
    assert theirs == ours


def normal(text: str) -> str:
    """Leave out what the two styles print differently on purpose."""
    text = re.sub(r" (doi: \S+|PMID: \S+|PMCID: \S+|Read in an archived copy\.)", "", text)
    text = re.sub(r"(; \d{4})(?: [A-Z][a-z]{2}(?: \d+)?)? \[cited", r"\1 [cited", text)
    text = text.replace("\N{EN DASH}", "-").replace("[date unknown]", "n.d.")
    return " ".join(text.split()).rstrip(".")
