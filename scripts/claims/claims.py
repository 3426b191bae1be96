"""The claims of the source article and our verdicts: one CSV file, read and checked.

`docs/evidence/claims.csv` is the file that contributors edit. A fault in it stops the build
with `file:line: message`.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from functools import lru_cache
from pathlib import Path

from scripts.pages import page as pages
from scripts.pages.fault import Fault, FaultsError
from scripts.pages.quantity import plain
from scripts.sources import citations as marks
from scripts.sources import entries as bibliography
from scripts.sources.entries import BIB

FILE = Path("docs/evidence/claims.csv")

VERDICTS = {
    "supported": "The sources we read say the same.",
    "supported with nuance": "The sources support it with a limit that the article leaves out.",
    "overstated": "The sources support less than the article says.",
    "misattributed": "The source that the article cites does not show it.",
    "contradicted": "The sources we read say something else.",
    "unverified": "We found no source that settles it.",
}
CERTAINTIES = ("high", "moderate", "low", "very low", "not rated")
READS = ("checked against a stored copy", "partly checked", "from memory, not yet checked")
KINDS = ("advice", "association", "mechanism", "number", "safety", "threshold")
NO_KEY = "none"


@dataclass(frozen=True)
class Claim:
    """One row: what the article says, what we found, and how far we read to find it."""

    id: str
    section: str
    paraphrase: str
    article_cited: tuple[str, ...]
    kind: str
    verdict: str
    why: str
    sources: tuple[str, ...]
    design: str
    people: str
    certainty: str
    reason: str
    size: str
    read: str
    page: str


COLUMNS = tuple(field.name for field in fields(Claim))
KEYS = ("article_cited", "sources")


# ----------------------------------------------------------------- reading and checking


def load() -> dict[str, Claim]:
    """Return the site's claims by id, checked against its bibliography and its pages."""
    known = marks.load(BIB, pages.DOCS, used_keys).references
    return _load(FILE, FILE.stat().st_mtime_ns, frozenset(known))


@lru_cache(maxsize=2)
def _load(file: Path, stamp: int, known: frozenset[str]) -> dict[str, Claim]:
    del stamp  # Part of the key of the cache: the file is read again when it changes.
    return read(file, known)


def read(file: Path, known: frozenset[str], docs: Path = pages.DOCS) -> dict[str, Claim]:
    """Read and check the claims; `known` are the bibliography's keys.

    Raises FaultsError with every problem found.
    """
    if problems := list(problems_of(file, known, docs)):
        raise FaultsError(sorted(problems))
    table = [dict(zip(COLUMNS, cells, strict=True)) for _, cells in rows(file)][1:]
    return {row["id"]: claim(row) for row in table}


def problems_of(file: Path, known: frozenset[str], docs: Path) -> Iterator[Fault]:
    """Yield what is wrong with the rows that there are, each with its line."""
    name = file.as_posix()
    lines = list(rows(file))
    if not lines or tuple(lines[0][1]) != COLUMNS:
        head = f"the first line must name the columns: {','.join(COLUMNS)}"
        yield Fault(name, 1, head)
        return
    for number, (line, cells) in enumerate(lines[1:], 1):
        if len(cells) != len(COLUMNS):
            message = f"{len(cells)} cells instead of {len(COLUMNS)}; quote a cell with a comma"
            yield Fault(name, line, message)
            continue
        row = dict(zip(COLUMNS, cells, strict=True))
        if row["id"] != id_of(number):
            message = f"the id '{row['id']}' must be {id_of(number)}: ids follow the rows"
            yield Fault(name, line, message)
        for message in faults(row, known, docs):
            yield Fault(name, line, message)


def id_of(number: int) -> str:
    """Return the id of the claim in this row, counted from 1: ``c01``."""
    return f"c{number:02}"


def rows(file: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield each row of a CSV file with the line that it ends on."""
    with file.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
        reader = csv.reader(lines)
        for cells in reader:
            yield reader.line_num, cells


def faults(row: dict[str, str], known: frozenset[str], docs: Path) -> Iterator[str]:
    """Yield what is wrong with one row, each fault with its remedy."""
    for column, cell in row.items():
        if cell != cell.strip() or (not cell and column != "page"):
            yield f"the column '{column}' is empty or has spaces around it; write it plainly"
        if "\N{REPLACEMENT CHARACTER}" in cell:
            yield f"a letter in the column '{column}' is not UTF-8; save the file as UTF-8"
    for column, names in (
        ("verdict", tuple(VERDICTS)),
        ("certainty", CERTAINTIES),
        ("read", READS),
        ("kind", KINDS),
    ):
        if row[column] not in names:
            yield f"the {column} '{row[column]}' is not one of: {'; '.join(names)}"
    for column in KEYS:
        for key in keys(row[column]):
            if key not in known:
                hint = bibliography.did_you_mean(key, known)
                yield f"no source has the key '{key}' of the column '{column}'{hint}"
    if row["page"] and not (docs / row["page"].partition("#")[0]).is_file():
        yield f"there is no page '{row['page']}'; name one of docs/, as bone.md#calcium"


def keys(cell: str) -> tuple[str, ...]:
    """Return the keys of a cell that holds some, parted by spaces, or "none"."""
    return () if cell == NO_KEY else tuple(cell.split())


def claim(row: dict[str, str]) -> Claim:
    """Return a row as a claim."""
    return Claim(
        id=row["id"],
        section=row["section"],
        paraphrase=row["paraphrase"],
        article_cited=keys(row["article_cited"]),
        kind=row["kind"],
        verdict=row["verdict"],
        why=row["why"],
        sources=keys(row["sources"]),
        design=row["design"],
        people=row["people"],
        certainty=row["certainty"],
        reason=row["reason"],
        size=row["size"],
        read=row["read"],
        page=row["page"],
    )


def used_keys() -> frozenset[str]:
    """Return every key that a table of ours names: the calculator's and the claims'.

    `mkdocs.yml` hands it to scripts.sources.extension, so that a source of a claim counts as used.
    """
    return bibliography.calculator_keys() | claim_keys(FILE)


def claim_keys(file: Path) -> frozenset[str]:
    """Return every key in a file of claims, right or wrong: `read` tells them apart."""
    table = [dict(zip(COLUMNS, cells, strict=False)) for _, cells in rows(file)][1:]
    return frozenset(key for row in table for name in KEYS for key in keys(row.get(name, "")))


def to_json() -> str:
    """Return the claims as JSON, every serum figure worked out in both units."""
    claims = [
        {name: plain(value) if isinstance(value, str) else value for name, value in columns.items()}
        for columns in map(asdict, load().values())
    ]
    return json.dumps({"claims": claims}, ensure_ascii=False, indent=1) + "\n"
