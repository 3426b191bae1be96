"""The citations in the text of pages, `[@key]` and `[@a; @b]`, held against the bibliography."""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from markdown_it.token import Token

from scripts.pages import reading
from scripts.pages.fault import Fault, FaultsError
from scripts.sources.bibtex import Reference
from scripts.sources.entries import (
    KEY,
    calculator_keys,
    did_you_mean,
    read_bibliography,
    use_problems,
)

# A citation, well formed or not, so that a slip is reported and not printed. Citations without a
# space between them are one mark, which is a fault: "[@a][@b]" would print the numbers 1 and 2 as
# "12". `[@name](address)` is a link, as to somebody's handle.
MARK = r"(?:\[@[^\[\]]*(?:\](?!\()|(?=\[)|$))+"
WELL_FORMED = re.compile(rf"\[@{KEY}(?:;\s*@{KEY})*\]")


@dataclass(frozen=True)
class Bibliography:
    """The references by key, and for each key the pages that cite it (paths inside `docs`)."""

    references: Mapping[str, Reference]
    cited_on: Mapping[str, tuple[str, ...]]


def load(
    bib: Path, docs: Path, tables: Callable[[], frozenset[str]] = calculator_keys
) -> Bibliography:
    """Read and check the bibliography and the pages.

    MkDocs makes a new Markdown instance for each page, so the result is kept until a file
    changes. Raises FaultsError with every problem found.
    """
    edited = bib.stat().st_mtime_ns if bib.exists() else 0
    return _load(bib, docs, tables(), edited, tuple(sorted(_pages(docs))))


def _pages(folder: Path | str) -> Iterator[tuple[str, int]]:
    """Yield the path of each page, and when it was last changed.

    os.scandir, because a build does this once for each page, and Path.rglob takes three times as
    long.
    """
    if not Path(folder).is_dir():
        return
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _pages(entry.path)
            elif entry.name.endswith(".md") and entry.is_file():
                yield entry.path, entry.stat().st_mtime_ns


@lru_cache(maxsize=2)
def _load(
    bib: Path,
    docs: Path,
    tables: frozenset[str],
    edited: int,
    stamp: tuple[tuple[str, int], ...],
) -> Bibliography:
    del edited  # Part of the key of the cache: the bibliography is read again when it changes.
    references, problems = read_bibliography(bib)
    if problems and not references:
        # If the bibliography cannot be read, report that alone: otherwise every citation on every
        # page would be reported with it.
        raise FaultsError(problems)
    cited: dict[str, list[str]] = {key: [] for key in references}
    for page in (Path(path) for path, _ in stamp):
        for line, mark, linked in citations_of(page.read_text(encoding="utf-8")):
            problems += [Fault(page.as_posix(), line, m) for m in faults(mark, linked, cited)]
            for key in keys_of(mark):
                name = page.relative_to(docs).as_posix()
                if key in cited and cited[key][-1:] != [name]:
                    cited[key].append(name)
    problems += use_problems(bib, references, cited, tables)
    if problems:
        raise FaultsError(sorted(problems))
    return Bibliography(references, {key: tuple(pages) for key, pages in cited.items()})


def keys_of(mark: str) -> list[str]:
    """Return the keys of `[@a; @b]`, each once."""
    return list(dict.fromkeys(re.findall(rf"@({KEY})", mark)))


def faults(mark: str, linked: bool, known: Iterable[str]) -> Iterator[str]:
    """Yield what is wrong with one citation."""
    if not WELL_FORMED.fullmatch(mark):
        yield f"'{mark}' is not a citation; write [@key] or [@key; @other-key]"
        return
    if linked:
        yield f"{mark} stands inside a link, and a link cannot hold another; move it after the link"
    for key in keys_of(mark):
        if key not in known:
            yield f"no source has the key '{key}'{did_you_mean(key, known)}"


def citations_of(markdown: str) -> Iterator[tuple[int, str, bool]]:
    """Yield the line and text of each citation of a page, and whether it stands in a link."""
    return citations_in(reading.parse(markdown))


def citations_in(tokens: Iterable[Token]) -> Iterator[tuple[int, str, bool]]:
    """Yield the citations of a page that markdown-it-py has read.

    It tells code and HTML from text, and knows the line of each block.
    """
    for block in tokens:
        if block.type == "inline" and block.map:
            text, links = text_of(block.children or [])
            for mark in re.finditer(MARK, text):
                line = block.map[0] + 1 + text.count("\n", 0, mark.start())
                yield line, mark[0], any(a <= mark.start() < b for a, b in links)


def text_of(tokens: list[Token]) -> tuple[str, list[tuple[int, int]]]:
    """Return the text of a block, with "…" for code and pictures, and where its links are."""
    text, links, start = "", [], 0
    for token in tokens:
        if token.type == "link_open":
            start = len(text)
        elif token.type == "link_close":
            links.append((start, len(text)))
        breaks = token.type in ("softbreak", "hardbreak")
        text += token.content if token.type == "text" else "\n" if breaks else "…"
    return text, links
