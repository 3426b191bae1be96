"""A pasted source: RIS, nbib and BibTeX become the entry that a person would have typed."""

import io
from datetime import date
from pathlib import Path

import pytest

from scripts.sources import add, pasted
from scripts.sources.bibtex import Reference, read_references
from scripts.sources.layout import NotAdded, completed, parsed
from scripts.sources.ris import to_ris
from tests.conftest import ROOT

TODAY = date.today().isoformat()
RIS = """TY  - JOUR
AU  - van Delft, Marieke M.
AU  - Smith, John, Jr.
AU  - Bone Group
TI  - Magnesium & bone: 10% of all
T2  - Journal of Examples
JA  - J Ex
PY  - 2021
DA  - 2021/09/03/
VL  - 13
IS  - 4
SP  - 181
EP  - 189
PB  - Example Press
AB  - Long.
DO  - https://doi.org/10.1000/new
UR  - https://example.org/a;b
ER  -
"""
FROM_RIS = """@article{vandelft2021,
  author  = {van Delft, Marieke M. and Smith, Jr., John and {Bone Group}},
  title   = {Magnesium \\& bone: 10\\% of all},
  journal = {Journal of Examples},
  year    = {2021},
  month   = sep,
  day     = {3},
  volume  = {13},
  number  = {4},
  pages   = {181--189},
  doi     = {10.1000/new},
  url     = {https://example.org/a;b},
  urldate = {TODAY},
}"""
NBIB = """PMID- 42
OWN - NLM
TI  - Magnesium and bone: a title that is so long that it goes on in the next
      line.
PG  - 181-189
LID - S1234 [pii]
LID - 10.1000/new [doi]
AB  - Long.
CN  - Bone Group
FAU - van Delft, Marieke M
AU  - van Delft MM
AD  - Somewhere, which is
      far.
JT  - Journal of examples
TA  - J Ex
VI  - 13
IP  - 4
PMC - PMC43
DP  - 2021 Sep 3
SO  - J Ex. 2021 Sep 3;13(4):181-189.

"""
FROM_NBIB = """@article{vandelft2021,
  author  = {van Delft, Marieke M and {Bone Group}},
  title   = {Magnesium and bone: a title that is so long that it goes on in the next line},
  journal = {Journal of examples},
  year    = {2021},
  month   = sep,
  day     = {3},
  volume  = {13},
  number  = {4},
  pages   = {181--189},
  doi     = {10.1000/new},
  pmid    = {42},
  pmcid   = {PMC43},
  url     = {https://doi.org/10.1000/new},
  urldate = {TODAY},
}"""
BIBTEX = (
    "@article{?, author = {Delft, M.}, title = {T}, journal = {J}, year = {2021},"
    " doi = {10.1000/1}}"
)


def added(text: str) -> str:
    """What a pasted text becomes before it is put among the others."""
    return completed(pasted.entry(text), "", [])


@pytest.mark.parametrize(("text", "entry"), [(RIS, FROM_RIS), (NBIB, FROM_NBIB)])
def test_a_record_becomes_an_entry_laid_out_as_ours_are(text: str, entry: str) -> None:
    """With a key and today's date; what is not printed is left out."""
    assert added(text) == entry.replace("TODAY", TODAY)
    assert added(f"\n{text.strip()}") == added(text), "a record cut off after its last field"


@pytest.mark.parametrize("name", ["pasted.ris", "-"])
def test_a_record_is_added_by_the_command(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From a file with the ends of lines of any system, and from a pipe."""
    file, bib = tmp_path / "pasted.ris", tmp_path / "references.bib"
    file.write_bytes(f"\ufeff{RIS}".replace("\n", "\r\n").encode())
    bib.write_text("", "utf-8")
    monkeypatch.setattr("sys.stdin", io.StringIO(RIS))
    source = name if name == "-" else str(file)
    assert add.main(["--bib", str(bib), "--from", source]) == 0
    assert bib.read_text("utf-8") == FROM_RIS.replace("TODAY", TODAY) + "\n"


@pytest.mark.parametrize(
    ("change", "field", "value"),
    [
        (("DP  - 2021 Sep 3", "DP  - 2021 Mar-Apr"), "year", "2021"),
        (("DP  - 2021 Sep 3", "DP  - 2021 Mar-Apr"), "month", ""),
        (("DP  - 2021 Sep 3", "DP  - 2021 Winter"), "month", ""),
        (("DP  - 2021 Sep 3", "DP  - 2021 Sep"), "month", "September"),
        (("FAU - van Delft, Marieke M\n", ""), "author", "van Delft, M M and Bone Group"),
        (("LID - 10.1000/new [doi]\n", ""), "url", "https://pubmed.ncbi.nlm.nih.gov/42/"),
        (("LID - 10.1000/new", "AID - 10.1000/new"), "doi", "10.1000/new"),
        (("PG  - 181-189", "PG  - e17"), "pages", "e17"),
    ],
)
def test_what_pubmed_writes_in_other_ways_is_read_alike(
    change: tuple[str, str], field: str, value: str
) -> None:
    """A span of months is no month, and a record without a DOI is found in PubMed."""
    assert parsed(added(NBIB.replace(*change))).get(field) == value


@pytest.mark.parametrize(
    ("change", "field", "value"),
    [
        (("AU  -", "A1  -"), "author", "van Delft, Marieke M. and Smith, Jr., John and Bone Group"),
        (("TI  -", "T1  -"), "title", "Magnesium & bone: 10% of all"),
        (("T2  - Journal of Examples\n", ""), "journal", "J Ex"),
        (("T2  -", "JO  -"), "journal", "Journal of Examples"),
        (("PY  - 2021\nDA", "Y1"), "day", "3"),
        (("DA  - 2021/09/03/", "DA  - 2021-09-03"), "month", "September"),
        (("DA  - 2021/09/03/\n", ""), "year", "2021"),
        (("EP  - 189\n", ""), "pages", "181"),
        (("UR  - https://example.org/a;b\n", ""), "url", "https://doi.org/10.1000/new"),
    ],
)
def test_what_others_write_as_ris_is_read_alike(
    change: tuple[str, str], field: str, value: str
) -> None:
    """Programs use tags of old and new RIS for one thing."""
    assert parsed(added(RIS.replace(*change))).get(field) == value


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (RIS + RIS, "there are 2 records; give one"),
        (NBIB + NBIB, "there are 2 records; give one"),
        (RIS.replace("JOUR", "PAT"), "it is a 'PAT' of RIS, which no entry here is; write it"),
        (NBIB.replace("JT  -", "BTI -"), "it is a record of PubMed without a journal; write it"),
    ],
)
def test_what_is_no_single_source_of_ours_is_refused(text: str, message: str) -> None:
    """In one line that says what to do."""
    with pytest.raises(NotAdded, match=message):
        pasted.entry(text)


@pytest.mark.parametrize(
    "reference",
    [
        one
        for one in read_references((ROOT / "references.bib").read_text("utf-8"))
        if one.type == "article" and one.get("year") != "n.d."
    ],
    ids=lambda one: one.key,
)
def test_an_article_that_we_hand_out_as_ris_can_be_pasted(reference: Reference) -> None:
    """What the site's own file says of an article is read back as the same article."""
    again = parsed(added(to_ris([reference])))
    names = ("title", "journal", "year", "month", "volume", "number", "doi", "url")
    assert {n: again.get(n) for n in names} == {n: reference.get(n) for n in names}
    assert again.get("pages") == reference.get("pages")
    # RIS has no comma in an organisation's name, and no "and others".
    people = [[name for name in one.authors if name.initials] for one in (again, reference)]
    assert people[0] == people[1]


@pytest.mark.parametrize("key", ["?", "Delft_2021", "Delft2021"])
def test_bibtex_gets_a_key_that_fits_and_the_day(key: str) -> None:
    """Only what it lacks: the rest stays to the letter."""
    entry = BIBTEX.replace("?", key)
    assert completed(entry, "", []) == (
        f"{BIBTEX.replace('?', 'delft2021')[:-1]},\n  urldate = {{{TODAY}}},\n}}"
    )
    dated = f"{BIBTEX.replace('?', 'delft2021')[:-1]}, urldate = {{2020-01-01}}}}"
    assert completed(dated, "", []) == dated
    assert parsed(completed(entry, "mine", [])).key == "mine"


def test_a_key_that_is_made_is_free() -> None:
    """Another source by the same author of the same year gets a letter."""
    known = read_references(BIBTEX.replace("?", "delft2021"))
    second = parsed(completed(BIBTEX, "", known))
    assert second.key == "delft2021b"
    assert parsed(completed(BIBTEX, "", [*known, second])).key == "delft2021c"
