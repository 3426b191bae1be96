"""Adding a source: what doi.org answers, what is pasted, and what is refused.

doi.org is a server of our own, whose answers have the shapes that Crossref and DataCite give.
"""

import io
import re
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from threading import Thread
from urllib.parse import unquote

import pytest

from scripts.sources import add as add_reference
from scripts.sources.bibtex import Reference, read_references
from scripts.sources.entries import read_bibliography
from scripts.sources.vancouver import to_text
from tests.conftest import ROOT

BIB = """@article{alpha2001,
  author  = {Alpha, A.},
  title   = {First},
  journal = {J Ex},
  year    = {2001},
  doi     = {10.1000/First},
  urldate = {2026-11-22},
}

@online{gamma2003, title = {Third}, year = {2003}, url = {https://a.org/3}, urldate = {2026-11-22}}
"""
ENTRY = (
    "@article{beta2002, author = {Beta, B.}, title = {Second}, journal = {J Ex}, year = {2002},"
    " doi = {10.1000/2}, pmid = {42}, urldate = {2026-11-22}}"
)

# Crossref answers on one line, with a space before it, a month that BibTeX does not know, a dash
# between pages, HTML, and fields that we do not print. DataCite makes an address the key.
SICI = "10.1002/(SICI)1096-9861(19960129)365:1<113::AID-CNE9>3.0.CO;2-#"
CROSSREF = (
    " @article{van_Delft_2021, title={Magnesium &amp; <i>bone</i>: 10% of all}, volume={13},"
    " ISSN={1476-4687}, url={http://dx.doi.org/10.1000/NEW}, DOI={10.1000/new}, number={4},"
    " journal={Journal of Examples}, publisher={Example Press}, author={van Delft, Marieke M. and"
    " Núñez, José}, year={2021}, month=Sept, pages={181–189} }\n"
)
CHAPTER = (
    " @inbook{Writer_1999, title={A chapter}, ISBN={9783032049650},"
    " url={http://dx.doi.org/10.1000/chapter}, DOI={10.1000/chapter}, booktitle={A book},"
    " publisher={Example Press}, author={Writer, A. B.}, year={1999}, pages={5–9} }\n"
)
DATACITE = """@misc{https://doi.org/10.5281/zenodo.1,
  doi = {10.5281/ZENODO.1},
  url = {https://zenodo.org/record/1},
  author = {Writer, A. B.},
  keywords = {bone, serum},
  title = {A data set},
  publisher = {Zenodo},
  year = {2024},
  copyright = {Creative Commons Attribution 4.0 International}
}
"""
ANSWERS = {
    "10.1000/NEW": CROSSREF,
    SICI: CROSSREF,
    "10.1000/chapter": CHAPTER,
    "10.5281/zenodo.1": DATACITE,
    "10.1000/html": "<html>",
    "10.1000/cut-off": " @article{a, title={A",
    "10.1000/no-year": CHAPTER.replace("1999}", "}"),
    "10.1000/who": CROSSREF.replace("Núñez, José", "Office of Bone"),
}


class Registry(BaseHTTPRequestHandler):
    """Sends a DOI on to its registry, as doi.org does, which answers a request for BibTeX."""

    def do_GET(self) -> None:
        if self.path.startswith("/doi/"):
            self.send_response(302)
            self.send_header("Location", self.path.replace("/doi/", "/registry/"))
            self.end_headers()
            return
        answer = ANSWERS.get(unquote(self.path.removeprefix("/registry/")))
        known = answer is not None and self.headers["Accept"] == "application/x-bibtex"
        self.send_response(500 if "broken" in self.path else 200 if known else 404)
        self.send_header("Content-Type", "application/x-bibtex")
        self.end_headers()
        self.wfile.write((answer or "").encode())

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
    base = ("--doi-base", f"{registry}doi/")
    return add_reference.main(["--bib", str(bib), *base, *arguments])


def keys(bib: Path) -> list[str]:
    return [reference.key for reference in read_references(bib.read_text(encoding="utf-8"))]


def added(bib: Path, key: str) -> Reference:
    """The reference of a key in a bibliography without fault."""
    references, problems = read_bibliography(bib)
    assert problems == []
    return references[key]


# ------------------------------------------------------------------------------ online


@pytest.mark.parametrize("name", ["10.1000/NEW", "https://doi.org/10.1000/NEW", "doi:10.1000/NEW"])
def test_a_doi_becomes_an_entry_in_its_place(
    name: str, bib: Path, registry: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Through the redirection, laid out as the others are, with what we print and nothing else."""
    assert add(bib, registry, name) == 0
    assert keys(bib) == ["alpha2001", "gamma2003", "vandelft2021"]
    assert bib.read_text("utf-8").endswith(
        """
@article{vandelft2021,
  author  = {van Delft, Marieke M. and Núñez, José},
  title   = {Magnesium \\& bone: 10\\% of all},
  journal = {Journal of Examples},
  year    = {2021},
  month   = sep,
  volume  = {13},
  number  = {4},
  pages   = {181--189},
  doi     = {10.1000/new},
  url     = {https://doi.org/10.1000/new},
  urldate = {TODAY},
}
""".replace("TODAY", date.today().isoformat())
    )
    out = capsys.readouterr().out
    assert "cite it as [@vandelft2021]" in out
    assert to_text(added(bib, "vandelft2021")) in out
    assert to_text(added(bib, "vandelft2021")) == (
        "van Delft MM, Núñez J. Magnesium & bone: 10% of all. Journal of Examples. "
        "2021 Sep;13(4):181-9. doi: 10.1000/new."
    )


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "10.1000/chapter",
            "Writer AB. A chapter. In: A book [Internet]. Example Press; 1999 [",
        ),
        ("10.5281/zenodo.1", "Writer AB. A data set [Internet]. Zenodo; 2024 [cited "),
    ],
)
def test_a_chapter_and_a_data_set_have_our_names_for_them(
    name: str, text: str, bib: Path, registry: str
) -> None:
    """What Crossref calls @inbook and DataCite @misc."""
    assert add(bib, registry, name, "--key", "beta1999") == 0
    assert keys(bib) == ["alpha2001", "beta1999", "gamma2003"]
    assert to_text(added(bib, "beta1999")).startswith(text)


def test_a_doi_of_the_old_form_is_asked_for_whole(bib: Path, registry: str) -> None:
    """Angle brackets and a "#" are escaped in every address, and stand in the entry as they are."""
    assert add(bib, registry, SICI) == 0
    new = added(bib, "vandelft2021")
    assert new.get("doi") == SICI.lower()
    assert new.get("url").endswith("365:1%3C113::aid-cne9%3E3.0.co;2-%23")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("10.1000/unknown", "does not know it; look the number up again"),
        ("10.1000/broken", "answers 500"),
        ("10.1000/html", "does not answer with BibTeX; paste the entry instead: --from FILE"),
        ("10.1000/cut-off", "this is not BibTeX"),
        ("10.1000", "is no DOI; write it like 10.1000/182"),
        ("26865651", "is no DOI; write it like 10.1000/182"),
    ],
)
def test_what_doi_org_cannot_tell_is_said_in_one_line(
    name: str, message: str, bib: Path, registry: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """And nothing is written."""
    assert add(bib, registry, name) == 1
    said = capsys.readouterr().err
    assert message in said
    assert said.count("\n") == 1
    assert bib.read_text("utf-8") == BIB


@pytest.mark.parametrize(
    ("name", "message", "wrong", "right"),
    [
        ("10.1000/no-year", "needs a year of 4 digits", "  doi", "  year = {1999},\n  doi"),
        ("10.1000/who", "has the author 'Office of Bone'", "Office of Bone", "{Office of Bone}"),
    ],
)
def test_an_answer_with_a_fault_can_be_mended_and_added(
    name: str,
    message: str,
    wrong: str,
    right: str,
    bib: Path,
    registry: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The entry is printed after its faults, so that nobody has to type it."""
    assert add(bib, registry, name) == 1
    said, _, entry = capsys.readouterr().err.partition("Mend it in a file")
    assert message in said
    assert bib.read_text("utf-8") == BIB
    assert paste(bib, entry[entry.index("@") :].replace(wrong, right)) == 0


def test_without_a_network_the_way_without_one_is_named(
    bib: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line, no traceback."""
    # Port 9 is "discard"; nothing listens there.
    assert add(bib, "http://127.0.0.1:9/", "10.1000/NEW") == 1
    said = capsys.readouterr().err
    assert re.fullmatch(r"127\.0\.0\.1:9 cannot be reached \(.*\); paste .*: --from FILE\n", said)


# ----------------------------------------------------------------------------- offline


def paste(bib: Path, entry: str) -> int:
    file = bib.parent / "pasted.txt"
    file.write_text(entry, encoding="utf-8")
    return add_reference.main(["--bib", str(bib), "--from", str(file)])


def test_a_pasted_entry_is_put_in_its_place_as_it_is(bib: Path) -> None:
    """In the middle, at the head and at the foot; one blank line between two."""
    for entry in (
        ENTRY,
        ENTRY.replace("beta2002", "aa").replace("10.1000/2", "10.1000/a").replace("42", "7"),
        "@book{zz, title = {Z}, year = {n.d.}, urldate = {2026-11-22}}",
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
            ENTRY.replace("10.1000/2", "10.1000/first"),
            "'alpha2001' in line 1 has the same doi; cite that one",
        ),
        (ENTRY.replace("42", "PMID42"), "write it like 12345678, nothing else"),
        (ENTRY.replace("10.1000/2", "doi.org/x"), "write it like 10.1000/182, nothing"),
        (ENTRY.replace("2002,", "soon,").replace("{2002}", "{soon}"), "needs a year of 4 digits"),
        (ENTRY.replace("title = {Second}, ", ""), "'beta2002' has no title; add one"),
        (ENTRY.replace("2026-11-22", "today"), "needs urldate = {YYYY-MM-DD}"),
        (ENTRY.replace("doi = {10.1000/2}, ", ""), "has no doi and no url; add one, so that"),
        (ENTRY.replace("pmid = {42}", "url = {javascript:a}"), "use an http or https address"),
        (ENTRY.replace("journal = {J Ex}, ", ""), "is an article without a journal"),
        (ENTRY.replace("journal", "journaltitle"), "has the field journaltitle; write journal"),
        (ENTRY.replace("Beta, B.", "Ministry of Health"), "has the author 'Ministry of Health'"),
        (ENTRY.replace("Second", "A\ufeffB"), "an invisible byte-order mark stands here"),
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


@pytest.mark.parametrize("piped", [False, True])
def test_what_an_editor_puts_before_an_entry_is_left_out(
    piped: bool, bib: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some editors and shells start a text with a byte-order mark."""
    entry = f"\ufeff{ENTRY}"
    monkeypatch.setattr("sys.stdin", io.StringIO(entry))
    here = ["--bib", str(bib), "--from", "-"]
    assert (add_reference.main(here) if piped else paste(bib, entry)) == 0
    assert "\ufeff" not in bib.read_text("utf-8")


def test_a_file_that_is_not_utf8_is_named(bib: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With the line and what to do."""
    file = bib.parent / "old.txt"
    file.write_bytes(ENTRY.replace("Second", "Café").encode("cp1252"))
    assert add_reference.main(["--bib", str(bib), "--from", str(file)]) == 1
    assert f"{file}:1: a letter here is not saved as UTF-8" in capsys.readouterr().err


def test_a_bibliography_with_a_fault_is_mended_first(
    bib: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An entry is not put into a file that cannot be read, nor written over it."""
    bib.write_text(BIB[:-3], encoding="utf-8")
    assert paste(bib, ENTRY) == 1
    assert "references.bib:10: this is not BibTeX" in capsys.readouterr().err
    assert bib.read_text("utf-8") == BIB[:-3]


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
    starts = [reference.line - 1 for reference in read_references(text)]
    # Every twentieth, and the last: each of them reads the whole file twice.
    for start, end in [*[*pairwise([*starts, len(lines)])][::20], (starts[-1], len(lines))]:
        entry = "\n".join(lines[start:end]).strip()
        rest = "\n".join(lines[:start] + lines[end:])
        assert add_reference.insert(rest, entry)[0] == text
