"""Adds a source to the bibliography, checked, in its place in the alphabet.

    python -m scripts.sources.add 10.3390/nu13041136      a DOI, asked of doi.org
    python -m scripts.sources.add 26865651                a PMID, asked of PubMed
    python -m scripts.sources.add --from FILE             an entry pasted into a file; - for stdin

What is pasted is checked and completed by nothing. Whatever is wrong, nothing is written and
the command says what to mend in the words of the build. Exit 0 when the source was added, 1
when it was not, 2 when the command was not understood.
"""

from __future__ import annotations

import argparse
import re
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

from pybtex.exceptions import PybtexError

from scripts.claims import claims as evidence
from scripts.sources import registries
from scripts.sources.entries import DOI, PMID, entry_faults, order_faults
from scripts.sources.registries import Bases, Fields, Refusal
from scripts.sources.vancouver import Reference, read_references, to_text


def written(kind: str, key: str, fields: Fields) -> str:
    """Return an entry as the bibliography is laid out; a month is a word of BibTeX's own."""
    wide = max(map(len, fields))
    lines = [
        f"  {name:{wide}} = {value if name == 'month' else f'{{{value}}}'},"
        for name, value in fields.items()
    ]
    return "\n".join([f"@{kind}{{{key},", *lines, "}"])


def key_of(fields: Fields) -> str:
    """Return the usual key: the first author's family name and the year."""
    first = re.sub(r"\{|\}", "", fields.get("author", "").partition(" and ")[0])
    family = first.partition(",")[0]
    plain = unicodedata.normalize("NFKD", family).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]", "", plain) + fields.get("year", "")


def parsed(entry: str) -> Reference:
    """Return a BibTeX text as its one entry, or refuse it."""
    try:
        found = read_references(entry)
    except PybtexError as error:
        raise Refusal(f"this is not BibTeX: {error}; mend the entry") from error
    if len(found) != 1:
        raise Refusal(f"there are {len(found)} entries; give one, from @ to the last brace")
    return found[0]


def faults(new: Reference, known: Sequence[Reference]) -> Iterator[str]:
    """Yield what keeps an entry out: what the build would say, and a source we have already."""
    yield from entry_faults(new)
    twins = [one for one in known if one.key.lower() == new.key.lower()]
    yield from (message for entry, message in order_faults([*twins, new]) if entry is new)
    for one in known:
        for name in ("doi", "pmid"):
            if new.get(name) and new.get(name).lower() == one.get(name).lower():
                same = f"'{one.key}' in line {one.line} has the {name} {new.get(name)}"
                yield f"{same}; cite that one"


def insert(bibtex: str, entry: str) -> tuple[str, Reference]:
    """Return the bibliography with an entry in its place, and the entry as it stands there.

    Raises Refusal with every reason not to.
    """
    new, known = parsed(entry), read_references(bibtex)
    if told := list(faults(new, known)):
        raise Refusal("\n".join(told))
    lines = bibtex.rstrip("\n").split("\n") if bibtex.strip() else []
    after = next((one for one in known if one.key > new.key), None)
    place = after.line - 1 if after else len(lines)
    block = entry.strip().split("\n")
    gap = [""] if lines else []
    lines[place:place] = [*block, *gap] if after else [*gap, *block]
    text = "\n".join(lines) + "\n"
    found = next(one for one in read_references(text) if one.key == new.key)
    return text, found


def asked(name: str, key: str, bases: Bases) -> str:
    """Return the entry of a DOI or PMID, however it was copied."""
    bare = re.sub(r"(?i)^(?:https?://(?:dx\.)?doi\.org/|doi:|pmid:)\s*", "", name.strip())
    if DOI.fullmatch(bare):
        kind, fields = registries.from_doi(bare, bases)
    elif PMID.fullmatch(bare):
        kind, fields = registries.from_pmid(bare, bases)
    else:
        raise Refusal(f"'{name}' is no DOI and no PMID; write it like 10.1000/182 or 12345678")
    return written(kind, key or key_of(fields), fields)


def main(arguments: Sequence[str]) -> int:
    """Carry out the command line; return the exit code."""
    parser = argparse.ArgumentParser(prog="scripts.sources.add", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("name", nargs="?", help="a DOI or a PMID")
    parser.add_argument("--from", dest="pasted", metavar="FILE", help="a BibTeX entry; - for stdin")
    parser.add_argument("--key", default="", help="in place of the author's name and the year")
    parser.add_argument("--bib", type=Path, default=evidence.BIB, help="the bibliography")
    parser.add_argument("--doi-base", default=registries.DOI_BASE, help="where a DOI is asked for")
    parser.add_argument(
        "--pubmed-base", default=registries.PUBMED_BASE, help="where a PMID is asked for"
    )
    given = parser.parse_args(arguments)
    if bool(given.name) == bool(given.pasted):
        parser.error("give a DOI, a PMID or --from FILE")
    bases = Bases(given.doi_base, given.pubmed_base)
    try:
        entry = pasted(given.pasted) if given.pasted else asked(given.name, given.key, bases)
        text, new = insert(given.bib.read_text(encoding="utf-8"), entry)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 1
    given.bib.write_text(text, encoding="utf-8")
    print(f"{given.bib.as_posix()}:{new.line}: {to_text(new)}")
    print(f"Compare it with the source, then cite it as [@{new.key}].")
    return 0


def pasted(name: str) -> str:
    """Return an entry from a file, or from what is typed or piped."""
    if name == "-":
        return sys.stdin.read()
    if not Path(name).is_file():
        raise Refusal(f"there is no file '{name}'")
    return Path(name).read_text(encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
