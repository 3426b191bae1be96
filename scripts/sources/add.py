"""Adds a source to the bibliography, checked, in its place in the alphabet.

    python -m scripts.sources.add 10.3390/nu13041136      a DOI, asked of doi.org
    python -m scripts.sources.add --from FILE             what was pasted into a file; - for stdin

Pasted is BibTeX, RIS or PubMed's nbib. All are checked alike. BibTeX is put in as it is, but for a
key and today's date where it has none that fit; the rest is laid out as the other entries are.
Whatever is wrong, nothing is written and the command says what to mend in the words of the build.
Exit 0 when the source was added, 1 when it was not, 2 when the command was not understood.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from scripts.sources import doi, pasted
from scripts.sources.bibtex import BYTE_ORDER_MARK, DOI_BASE, Reference, read_references, read_text
from scripts.sources.entries import (
    BIB,
    entry_faults,
    not_utf8,
    order_faults,
    read_bibliography,
    text_faults,
)
from scripts.sources.layout import NotAdded, completed, parsed
from scripts.sources.vancouver import to_text

# Fields that no two sources share.
SAME = (("doi",), ("pmid",), ("title", "url"))


def insert(bibtex: str, entry: str) -> tuple[str, Reference]:
    """Return the bibliography with an entry in its place, and the entry as it stands there.

    Raises NotAdded with every reason not to.
    """
    new, known = parsed(entry), read_references(bibtex)
    if reasons := list(faults(entry, new, known)):
        raise NotAdded("\n".join(reasons))
    lines = bibtex.rstrip("\n").split("\n") if bibtex.strip() else []
    after = next((other for other in known if other.key > new.key), None)
    place = after.line - 1 if after else len(lines)
    block = entry.strip().split("\n")
    gap = [""] if lines else []
    lines[place:place] = [*block, *gap] if after else [*gap, *block]
    text = "\n".join(lines) + "\n"
    return text, next(added for added in read_references(text) if added.key == new.key)


def faults(entry: str, new: Reference, known: Sequence[Reference]) -> Iterator[str]:
    """Yield what keeps an entry out: what the build would say, and a source we have already."""
    yield from (message for _, message in text_faults(entry))
    yield from entry_faults(new)
    twins = [other for other in known if other.key.lower() == new.key.lower()]
    yield from (message for fault, message in order_faults([*twins, new]) if fault is new)
    for other in known:
        for fields in SAME:
            if all(new.get(f) and new.get(f).lower() == other.get(f).lower() for f in fields):
                same = f"'{other.key}' in line {other.line} has the same {' and '.join(fields)}"
                yield f"{same}; cite that one"


def read(name: str) -> str:
    """Return the text of a file, or what is typed or piped."""
    if name == "-":
        return sys.stdin.read()
    if not Path(name).is_file():
        raise NotAdded(f"there is no file '{name}'")
    try:
        return read_text(Path(name))
    except UnicodeDecodeError as error:
        line, message = not_utf8(error)
        raise NotAdded(f"{name}:{line}: {message}") from error


def understood(arguments: Sequence[str]) -> argparse.Namespace:
    """Return the command line, one source given in one way; exit with 2 otherwise."""
    parser = argparse.ArgumentParser(prog="scripts.sources.add", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("doi", nargs="?", help="a DOI")
    parser.add_argument(
        "--from", dest="pasted", metavar="FILE", help="BibTeX, RIS or nbib; - for stdin"
    )
    parser.add_argument("--key", default="", help="in place of the author's name and the year")
    parser.add_argument("--bib", type=Path, default=BIB, help="the bibliography")
    parser.add_argument("--doi-base", default=DOI_BASE, help="where a DOI is asked for")
    given = parser.parse_args(arguments)
    if bool(given.doi) == bool(given.pasted):
        parser.error("give a DOI or --from FILE")
    return given


def main(arguments: Sequence[str]) -> int:
    """Carry out the command line; return the exit code."""
    given, typed, entry = understood(arguments), "", ""
    try:
        bib = whole(given.bib)
        if given.pasted:
            typed = read(given.pasted).removeprefix(BYTE_ORDER_MARK)
            entry = pasted.entry(typed)
        else:
            entry = doi.asked(given.doi, given.doi_base)
        entry = completed(entry, given.key, read_references(bib))
        text, new = insert(bib, entry)
    except NotAdded as reasons:
        print(reasons, file=sys.stderr)
        if entry != typed:
            print(f"Mend it in a file and add that, with --from FILE:\n\n{entry}", file=sys.stderr)
        return 1
    given.bib.write_text(text, encoding="utf-8")
    print(f"{given.bib.as_posix()}:{new.line}: {to_text(new)}")
    print(f"Compare it with the source, then cite it as [@{new.key}].")
    return 0


def whole(bib: Path) -> str:
    """Return the text of a bibliography without fault; an entry is not put into another."""
    if problems := read_bibliography(bib)[1]:
        raise NotAdded("\n".join(map(str, problems)))
    return read_text(bib)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
