"""Adding a source: what the registries tell, what is pasted, and what is refused.

The registries are a server of our own, whose answers have the shapes that Crossref's CSL JSON
and NCBI's ESummary 2.0 are documented to have.
"""

import io
import json
import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from threading import Thread

import pytest

from scripts.sources import add as add_reference
from scripts.sources import registries
from scripts.sources.entries import read_bibliography
from scripts.sources.vancouver import read_references, to_text
from tests.conftest import ROOT

BIB = """@article{alpha2001,
  author = {Alpha, A.},
  title  = {First},
  year   = {2001},
  doi    = {10.1000/First},
}

@book{gamma2003, title = {Third}, year = {2003}}
"""
ENTRY = "@article{beta2002, author = {Beta, B.}, title = {Second}, year = {2002}, pmid = {42}}"

# As Crossref answers for CSL: its own type, HTML in titles, particles in family names.
CSL = {
    "type": "journal-article",
    "title": "Magnesium &amp; <i>bone</i>: 10% of {all}",
    "container-title": "Journal of Examples",
    "container-title-short": "J Ex",
    "author": [
        {"given": "Marieke M.", "family": "van Delft", "sequence": "first", "affiliation": []},
        {"given": "José", "family": "Núñez", "sequence": "additional", "affiliation": []},
        {"name": "The Example & Group", "sequence": "additional", "affiliation": []},
    ],
    "issued": {"date-parts": [[2021, 3, 30]]},
    "volume": "13",
    "issue": "4",
    "page": "181-189",
    "DOI": "10.1000/NEW",
    "publisher": "Example Press",
}
BOOK = {
    "type": "monograph",
    "title": "A book",
    "container-title": [],
    "author": [{"given": "A. B.", "family": "Writer"}],
    "issued": {"date-parts": [[1999]]},
    "publisher": "Example Press",
}
# As ESummary answers: names with initials, an article number among pages, a full stop.
PUBMED = {
    "uid": "12345",
    "pubdate": "2016 Mar",
    "source": "J Nutr",
    "authors": [
        {"name": "Del Gobbo LC", "authtype": "Author", "clusterid": ""},
        {"name": "Example Study Group", "authtype": "CollectiveName", "clusterid": ""},
    ],
    "title": "Magnesium in examples.",
    "volume": "146",
    "issue": "3",
    "pages": "e98",
    "articleids": [
        {"idtype": "pubmed", "idtypen": 1, "value": "12345"},
        {"idtype": "doi", "idtypen": 3, "value": "10.1000/PubMed"},
        {"idtype": "pmc", "idtypen": 8, "value": "PMC77"},
    ],
}
PATHS = {
    "/csl/10.1000/NEW": json.dumps(CSL),
    "/csl/10.1000/book": json.dumps(BOOK),
    "/csl/10.1000/html": "<html>",
    "/csl/10.1000/no-year": json.dumps({**BOOK, "issued": {"date-parts": [[None]]}}),
    "/esummary.fcgi?db=pubmed&id=12345&retmode=json": json.dumps(
        {"header": {"type": "esummary"}, "result": {"uids": ["12345"], "12345": PUBMED}}
    ),
    "/esummary.fcgi?db=pubmed&id=999&retmode=json": json.dumps(
        {"result": {"uids": ["999"], "999": {"uid": "999", "error": "cannot get document summary"}}}
    ),
}


class Registry(BaseHTTPRequestHandler):
    """Both registries: a DOI is sent on to another address, as doi.org does."""

    def do_GET(self) -> None:
        if self.path.startswith("/doi/"):
            self.send_response(302)
            self.send_header("Location", self.path.replace("/doi/", "/csl/"))
            self.end_headers()
            return
        wanted = registries.CSL if self.path.startswith("/csl/") else "application/json"
        known = self.path in PATHS and self.headers["Accept"] == wanted
        self.send_response(500 if "broken" in self.path else 200 if known else 404)
        self.end_headers()
        self.wfile.write(PATHS.get(self.path, "").encode())

    def log_message(self, format: str, *args: object) -> None:
        del format, args


@pytest.fixture(scope="module")
def registry() -> Iterator[str]:
    """The address of a running registry."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Registry)
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def bib(tmp_path: Path) -> Path:
    """A bibliography of two."""
    file = tmp_path / "references.bib"
    file.write_text(BIB, encoding="utf-8")
    return file


def add(bib: Path, registry: str, *arguments: str) -> int:
    bases = ("--doi-base", f"{registry}doi/", "--pubmed-base", registry)
    return add_reference.main(["--bib", str(bib), *bases, *arguments])


def keys(bib: Path) -> list[str]:
    return [one.key for one in read_references(bib.read_text(encoding="utf-8"))]


# ------------------------------------------------------------------------------ online


@pytest.mark.parametrize("name", ["10.1000/NEW", "https://doi.org/10.1000/NEW", "doi:10.1000/NEW"])
def test_a_doi_becomes_an_entry_in_its_place(
    name: str, bib: Path, registry: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Through the redirection, with names, signs and the day as the build wants them."""
    assert add(bib, registry, name) == 0
    assert keys(bib) == ["alpha2001", "gamma2003", "vandelft2021"]
    assert read_bibliography(bib)[1] == []
    out = capsys.readouterr().out
    assert "cite it as [@vandelft2021]" in out
    new = next(r for r in read_references(bib.read_text("utf-8")) if r.key == "vandelft2021")
    assert to_text(new) == (
        "van Delft MM, Núñez J, The Example & Group. Magnesium & bone: 10% of all. J Ex. "
        "2021 Mar 30;13(4):181-9. doi: 10.1000/new."
    )
    assert to_text(new) in out
    assert re.search(
        r"\n  journal = \{J Ex\},\n  year    = \{2021\},\n  month   = mar,\n",
        bib.read_text("utf-8"),
    )


def test_a_book_has_a_publisher_and_no_journal(bib: Path, registry: str) -> None:
    """Each type has the fields that its text is made of; a year alone is a day too."""
    assert add(bib, registry, "10.1000/book", "--key", "beta1999") == 0
    assert keys(bib) == ["alpha2001", "beta1999", "gamma2003"]
    new = next(r for r in read_references(bib.read_text("utf-8")) if r.key == "beta1999")
    assert new.type == "book"
    assert to_text(new).startswith("Writer AB. A book [Internet]. Example Press; 1999 [cited ")


@pytest.mark.parametrize("name", ["12345", "PMID: 12345"])
def test_a_pmid_becomes_an_entry(name: str, bib: Path, registry: str) -> None:
    """With initials, a group, an article number and every identifier PubMed has."""
    assert add(bib, registry, name) == 0
    assert read_bibliography(bib)[1] == []
    new = next(r for r in read_references(bib.read_text("utf-8")) if r.key == "delgobbo2016")
    assert to_text(new) == (
        "Del Gobbo LC, Example Study Group. Magnesium in examples. J Nutr. 2016 Mar;146(3):e98. "
        "doi: 10.1000/pubmed. PMID: 12345; PMCID: PMC77."
    )


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("10.1000/unknown", "does not know it; look the number up again"),
        ("10.1000/broken", "answers 500"),
        ("10.1000/html", "does not answer with JSON; paste the entry: --from FILE"),
        ("10.1000/no-year", "needs a year of 4 digits"),
        ("999", "PubMed does not know 999; look the number up again"),
        ("10.1000", "is no DOI and no PMID; write it like 10.1000/182 or 12345678"),
    ],
)
def test_what_a_registry_cannot_tell_is_said_in_one_line(
    name: str, message: str, bib: Path, registry: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """And nothing is written."""
    assert add(bib, registry, name) == 1
    told = capsys.readouterr().err
    assert message in told
    assert told.count("\n") == 1
    assert bib.read_text("utf-8") == BIB


def test_without_a_network_the_way_without_one_is_named(
    bib: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line, no traceback."""
    # Port 9 is "discard"; nothing listens there.
    assert add(bib, "http://127.0.0.1:9/", "10.1000/NEW") == 1
    told = capsys.readouterr().err
    assert re.fullmatch(r"127\.0\.0\.1:9 cannot be reached \(.*\); paste .*: --from FILE\n", told)


# ----------------------------------------------------------------------------- offline


def paste(bib: Path, entry: str) -> int:
    file = bib.parent / "pasted.txt"
    file.write_text(entry, encoding="utf-8")
    return add_reference.main(["--bib", str(bib), "--from", str(file)])


def test_a_pasted_entry_is_put_in_its_place_as_it_is(bib: Path) -> None:
    """In the middle, at the head and at the foot; one blank line between two."""
    for entry in (
        ENTRY,
        "@book{aa, title = {A}, year = {2000}}",
        "@book{zz, title = {Z}, year = {n.d.}}",
    ):
        assert paste(bib, f"\n{entry}\n\n") == 0
        assert f"\n\n{entry}\n" in f"\n\n{bib.read_text('utf-8')}"
    assert keys(bib) == ["aa", "alpha2001", "beta2002", "gamma2003", "zz"]
    assert read_bibliography(bib)[1] == []
    assert "\n\n\n" not in bib.read_text("utf-8")


def test_an_entry_can_be_piped(bib: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--from -` reads what is typed or piped."""
    monkeypatch.setattr("sys.stdin", io.StringIO(ENTRY))
    assert add_reference.main(["--bib", str(bib), "--from", "-"]) == 0
    assert keys(bib) == ["alpha2001", "beta2002", "gamma2003"]


def test_the_first_source_of_all_can_be_added(bib: Path) -> None:
    """An empty bibliography is one."""
    bib.write_text("", encoding="utf-8")
    assert paste(bib, ENTRY) == 0
    assert bib.read_text("utf-8") == ENTRY + "\n"


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (ENTRY.replace("beta2002", "alpha2001"), "'alpha2001' is already the key of line 1"),
        (
            ENTRY.replace("pmid = {42}", "doi = {10.1000/first}"),
            "'alpha2001' in line 1 has the doi",
        ),
        (ENTRY.replace("42", "PMID42"), "write it like 12345678, nothing else"),
        (ENTRY.replace("pmid = {42}", "doi = {doi.org/x}"), "write it like 10.1000/182, nothing"),
        (ENTRY.replace("2002,", "soon,").replace("{2002}", "{soon}"), "needs a year of 4 digits"),
        (ENTRY.replace("title = {Second}, ", ""), "'beta2002' has no title; add one"),
        (ENTRY.replace("pmid = {42}", "url = {https://a.org}"), "needs urldate = {YYYY-MM-DD}"),
        (ENTRY.replace("pmid = {42}", "url = {javascript:a}"), "use an http or https address"),
        (ENTRY.replace("@article", "@misc"), "'beta2002' is an @misc; use one of @article"),
        (ENTRY[:-1].replace("{42}", "{42"), "this is not BibTeX"),
        (f"{ENTRY}\n{ENTRY}", "there are 2 entries; give one"),
        ("Beta B. Second. 2002.", "there are 0 entries; give one"),
    ],
)
def test_what_the_build_would_refuse_is_refused_before(
    entry: str, message: str, bib: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In its own words, and nothing is written or completed."""
    assert paste(bib, entry) == 1
    assert message in capsys.readouterr().err
    assert bib.read_text("utf-8") == BIB


def test_a_file_that_is_not_there_is_named(bib: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In one line."""
    assert add_reference.main(["--bib", str(bib), "--from", "nowhere.txt"]) == 1
    assert capsys.readouterr().err == "there is no file 'nowhere.txt'\n"


@pytest.mark.parametrize("arguments", [[], ["10.1000/NEW", "--from", "x"]])
def test_one_source_is_given_in_one_way(arguments: list[str]) -> None:
    """Neither both ways nor none."""
    with pytest.raises(SystemExit) as end:
        add_reference.main(arguments)
    assert end.value.code == 2


@pytest.mark.browser
def test_an_entry_of_the_sites_own_bibliography_lands_where_it_stood() -> None:
    """Taken out and added again, an entry lands where it stood, to the letter."""
    text = (ROOT / "references.bib").read_text(encoding="utf-8")
    lines = text.split("\n")
    starts = [one.line - 1 for one in read_references(text)]
    # Every twentieth, and the last: each of them reads the whole file twice.
    for start, end in [*[*pairwise([*starts, len(lines)])][::20], (starts[-1], len(lines))]:
        entry = "\n".join(lines[start:end]).strip()
        rest = "\n".join(lines[:start] + lines[end:])
        assert add_reference.insert(rest, entry)[0] == text
