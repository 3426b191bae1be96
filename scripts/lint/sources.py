"""Rules about sources and claims: every figure has one, and every citation leads to one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from calculator.quantities import Unit
from scripts.claims import claims
from scripts.lint.text import Text
from scripts.pages.fault import Fault
from scripts.pages.reading import pieces
from scripts.sources import citations, entries

_UNITS = "|".join(re.escape(unit) for unit in Unit)


def unknown_citation(text: Text) -> Iterator[Fault]:
    """A citation names a source that the bibliography has, as `[@key]` or `[@a; @b]`.

    Mend the key, or add the source with `python -m scripts.sources.add DOI`.
    Why: a reader who follows a citation has to arrive at a source.
    """
    known, faults = text.site.bibliography
    if faults and not known:
        return  # Unreadable: report that alone, or every citation would be a fault as well.
    for line, mark, linked in text.citations:
        for message in citations.faults(mark, linked, known):
            yield text.fault(line, message)


def bibliography_entry(text: Text) -> Iterator[Fault]:
    """Each entry of the bibliography is complete, well formed and in its place in the alphabet.

    Mend the entry as the message says.
    Why: the list of sources is made from it, and a wrong DOI leads to another paper.
    """
    if text.path == text.site.bib:
        yield from text.site.bibliography[1]


def unused_source(text: Text) -> Iterator[Fault]:
    """Each source is cited by a page, a claim or a table, and each key of a table has a source.

    Cite it, or delete the entry.
    Why: the list of sources is what we rely on, not what we once read.
    """
    known, faults = text.site.bibliography
    if text.path != text.site.bib or (faults and not known):
        return
    cited: dict[str, list[str]] = {key: [] for key in known}
    for page in text.site.by_path.values():
        for _, mark, _ in page.citations:
            for key in citations.keys_of(mark):
                cited.get(key, []).append(page.path.name)
    yield from entries.use_problems(text.path, known, cited, text.site.tables)


# A figure that somebody measured or counted, with what it measures.
_FIGURE = re.compile(
    rf"\{{[0-9.]+ ?(?:{_UNITS})\}}|\b[0-9][0-9,.]*(?:%| ?(?:mg|{_UNITS}|people|women|men|adults|"
    r"girls|boys|children|trials|studies|cases|patients|years|weeks|months|hours|days|times)\b)"
)
# A sentence about what the source article says needs no source: the table of claims judges it.
_REPORTED = re.compile(r"\bsource article\b|^For example\b")
_ABOUT_US = "about"


def uncited_number(text: Text) -> Iterator[Fault]:
    """A sentence with a figure has its source: a citation there or later in its paragraph.

    A link to a claim, as `{C14}`, will do. So will "So ..." after a cited sentence, which draws
    a conclusion from it, and "For example, ..." for a made-up sum. What the source article says
    is judged in the table of claims. Pages under about/ tell of the site itself.
    Why: nobody has to take a number from us on trust.
    """
    if not text.is_page or text.path.parent.name == _ABOUT_US:
        return
    for block in text.blocks:
        sentences = list(pieces(block.text, block.line)) if block.is_prose else []
        sourced = [bool(re.search(r"\[@|\{C\d", one.text)) for one in sentences]
        for nth, sentence in enumerate(sentences):
            follows = sentence.text.startswith("So ") and any(sourced[:nth])
            excused = follows or any(sourced[nth:]) or _REPORTED.search(sentence.text)
            if not excused and (figure := _FIGURE.search(sentence.text)):
                message = f"'{figure[0]}' has no source; cite one after the sentence, as [@key]"
                yield text.fault(sentence.line, message)


def unknown_claim(text: Text) -> Iterator[Fault]:
    """A link to a claim, as `{C14}`, names one that the table of claims has.

    Look the number up in docs/evidence/claims.csv.
    Why: a link to nothing looks to a reader like a claim that nobody judged.
    """
    known = text.site.claim_ids
    for line, link in text.find(re.compile(r"\{([Cc]\d+)\}")):
        if link[1] not in known:
            hint = entries.did_you_mean(link[1].upper(), known, "; add it to the table")
            yield text.fault(line, f"no claim has the number '{link[1]}'{hint}")


def claim_row(text: Text) -> Iterator[Fault]:
    """A row of the table of claims is whole: each column, its words, its sources, its page.

    Mend the cell as the message says; the words of a column are in `scripts/claims/claims.py`.
    Why: readers narrow the table by these words, and a row without a source is an opinion.
    """
    known, faults = text.site.bibliography
    if text.path != text.site.claims or (faults and not known):
        return
    yield from claims.problems_of(text.path, frozenset(known), text.site.docs)
