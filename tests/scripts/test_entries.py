"""What an entry of a bibliography must have: each fault, its line and its remedy.

Whole bibliographies with the faults that contributors made stand in
tests/fixtures/lint/bibliography-entry.md.
"""

from collections.abc import Mapping
from pathlib import Path

import pytest

from scripts.sources.entries import read_bibliography

GOOD: Mapping[str, str] = {
    "title": "T", "year": "2020", "doi": "10.1000/182", "pmid": "123", "pmcid": "PMC1",
    "url": "https://a.org/", "urldate": "2026-11-22",
}  # fmt: skip


def entry(key: str = "a", kind: str = "online", **changes: str | None) -> str:
    """Return an entry without fault but for the changes; None leaves a field out."""
    fields = {name: value for name, value in {**GOOD, **changes}.items() if value is not None}
    return f"@{kind}{{{key}, " + ", ".join(f"{n} = {{{v}}}" for n, v in fields.items()) + "}"


@pytest.mark.parametrize(
    ("bib", "message"),
    [
        (entry(title=None), "'a' has no title; add one"),
        (entry(year=None), "'a' needs a year of 4 digits, or year = {n.d.} where"),
        (entry(year="c. 1999"), "'a' needs a year of 4 digits"),
        (entry(urldate=None), "'a' needs urldate = {YYYY-MM-DD}"),
        (entry(urldate="2026-02-30"), "'a' needs urldate = {YYYY-MM-DD}"),
        (entry(urldate="20261122"), "'a' needs urldate = {YYYY-MM-DD}"),
        (entry(doi="https://doi.org/10.1000/182"), "'a' has the doi 'https://doi.org/10.1000/182'"),
        (entry(doi="10.1/x"), "'a' has the doi '10.1/x'; write it like 10.1000/182, nothing else"),
        (entry(pmid="PMID 123"), "'a' has the pmid 'PMID 123'"),
        (entry(pmcid="123"), "'a' has the pmcid '123'; write it like PMC1234567, nothing else"),
        (entry(url="javascript:alert(1)"), "'a' has the url 'javascript:alert(1)'; use an http"),
        (entry(url="www.a.org"), "'a' has the url 'www.a.org'; use an http or https address"),
        (entry(kind="misc"), "'a' is an @misc; use one of @article, @book,"),
        (entry("A"), "the key 'A' needs lower-case letters, digits and hyphens only"),
        (entry(title="\\textit{x}"), "'a' keeps a '\\' that is not resolved"),
        (entry("b") + "\n" + entry("a"), "'a' belongs before 'b'; sort the entries by key"),
        (entry("a") + "\n\n" + entry("a"), "'a' is already the key of line 1; keep one of them"),
        (entry("a") + "\n\n" + entry("A"), "'A' is already the key of line 1; keep one of them"),
        ("@online{a, title = {T}", "this is not BibTeX: "),
    ],
)
def test_a_fault_is_named_with_its_line_and_its_remedy(
    bib: str, message: str, tmp_path: Path
) -> None:
    """The line is the one that the entry starts at."""
    last = bib.count("\n") + 1
    faults = problems(tmp_path, bib.encode())
    assert any(p.startswith(f"references.bib:{last}: {message}") for p in faults), faults


def problems(folder: Path, content: bytes) -> list[str]:
    """Return the problems of a bibliography, without the folder that it is in."""
    file = folder / "references.bib"
    file.write_bytes(content)
    _, faults = read_bibliography(file)
    return [str(fault).removeprefix(f"{folder.as_posix()}/") for fault in faults]


@pytest.mark.parametrize("bib", [entry(), entry(year="n.d."), entry(url=None)])
def test_an_entry_without_fault_is_taken(bib: str, tmp_path: Path) -> None:
    """The entry that the faults are made from has none, and a source may be undated."""
    assert problems(tmp_path, bib.encode()) == []


ENTRY = b"@book{a2020, title = {A}, year = {2020}, urldate = {2026-11-22}}\n"


@pytest.mark.parametrize(("before", "line"), [(b"", 1), (ENTRY + b"\n", 3)])
def test_an_invisible_byte_order_mark_is_named_with_its_line(
    tmp_path: Path, before: bytes, line: int
) -> None:
    """At the head of the file, and in an entry that was pasted into it."""
    content = before + "\ufeff".encode() + ENTRY.replace(b"a2020", b"b2020")
    assert problems(tmp_path, content) == [
        f"references.bib:{line}: an invisible byte-order mark stands here; "
        "save the file as UTF-8 without BOM"
    ]


def test_a_file_that_is_not_utf8_is_named_with_its_line(tmp_path: Path) -> None:
    """Such as an accent saved in an older encoding."""
    content = ENTRY + b"@book{b2020, title = {\xc5rhus}, year = {2020}}\n"
    (problem,) = problems(tmp_path, content)
    assert problem.startswith("references.bib:2: a letter here is not saved as UTF-8; save the ")
