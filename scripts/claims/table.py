"""The claims as pages show them: counts by verdict, the whole table, links such as `{C14}`."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from xml.etree import ElementTree as etree

from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

from scripts.claims import claims as evidence
from scripts.pages import page as pages
from scripts.pages.filter import filterable
from scripts.pages.quantity import plain

PAGE = "evidence.md"

Element = etree.Element


def counts() -> list[Element]:
    """The number of claims by verdict, with what each verdict means."""
    verdicts = Counter(claim.verdict for claim in evidence.load().values())
    place = etree.Element("table", {"class": "stacked"})
    etree.SubElement(place, "caption").text = f"{sum(verdicts.values())} claims by verdict"
    head = etree.SubElement(etree.SubElement(place, "thead"), "tr")
    for words in ("Verdict", "Claims", "What it means"):
        etree.SubElement(head, "th", scope="col").text = words
    body = etree.SubElement(place, "tbody")
    for verdict, meaning in evidence.VERDICTS.items():
        row = etree.SubElement(body, "tr")
        etree.SubElement(row, "th", scope="row").append(mark(verdict))
        etree.SubElement(row, "td", {"data-label": "Claims"}).text = str(verdicts[verdict])
        etree.SubElement(row, "td", {"data-label": "What it means"}).text = meaning
    return [place]


def mark(verdict: str) -> Element:
    """A verdict in words, with a class for its look."""
    place = etree.Element("span", {"class": f"verdict {verdict.replace(' ', '-')}"})
    place.text = verdict.capitalize()
    return place


HEAD = ("Claim", "Verdict", "Why", "Studied", "Certainty", "Size")


def claims() -> list[Element]:
    """Every claim in one table, which a phone shows as cards, with the means to narrow it."""
    every = tuple(evidence.load().values())
    place = etree.Element("table", {"class": "stacked claims", "data-table": "claims"})
    etree.SubElement(place, "caption").text = "Every claim of the article, in its order"
    head = etree.SubElement(etree.SubElement(place, "thead"), "tr")
    for words in HEAD:
        etree.SubElement(head, "th", scope="col").text = words
    body = etree.SubElement(place, "tbody")
    body.extend(row(claim) for claim in every)
    choices = {
        "section": list(dict.fromkeys(claim.section for claim in every)),
        "verdict": list(evidence.VERDICTS),
    }
    sorts = {"Claim": "text", "Verdict": "text", "Certainty": "number"}
    return filterable(place, "claims", choices, sorts)


def row(claim: evidence.Claim) -> Element:
    """One claim, found under its id."""
    data = {"data-section": claim.section, "data-verdict": claim.verdict}
    line = etree.Element("tr", {"id": claim.id, **data})
    first = etree.SubElement(line, "th", {"scope": "row", "data-value": claim.id})
    link = etree.SubElement(first, "a", {"href": f"#{claim.id}", "class": "claim-id"})
    link.text = AtomicString(claim.id.upper())
    link.tail = f" {claim.paraphrase}"
    note(first, f"Section: {claim.section}.")
    note(first, f"The article cites{marks(claim.article_cited) or ' nothing'}.")
    verdict = etree.SubElement(line, "td", {"data-label": "Verdict"})
    verdict.append(mark(claim.verdict))
    why = cell(line, "Why", f"{claim.why.removesuffix('.')}{marks(claim.sources)}.")
    note(why, f"Sources {claim.read}." if claim.sources else f"{claim.read.capitalize()}.")
    if claim.page:
        target = note(why, "On the page: ")
        etree.SubElement(target, "a", href=claim.page).text = pages.title(
            claim.page.partition("#")[0]
        )
    note(cell(line, "Studied", first_capital(claim.design)), f"People: {claim.people}.")
    rank = str(-evidence.CERTAINTIES.index(claim.certainty))
    sure = cell(line, "Certainty", claim.certainty.capitalize(), value=rank)
    note(sure, f"{first_capital(claim.reason)}.")
    cell(line, "Size", first_capital(claim.size))
    return line


def cell(line: Element, column: str, text: str, value: str = "") -> Element:
    """Add a cell that knows its column, and what to sort it by where that is not its text."""
    place = etree.SubElement(line, "td", {"data-label": column})
    if value:
        place.set("data-value", value)
    etree.SubElement(place, "span").text = text
    return place


def note(place: Element, text: str) -> Element:
    """Add a small line to a cell."""
    line = etree.SubElement(place, "span", {"class": "note"})
    line.text = text
    return line


def first_capital(text: str) -> str:
    """Return a text with a capital first letter, and the others as they are."""
    return text[:1].upper() + text[1:]


def marks(keys: tuple[str, ...]) -> str:
    """Return a citation in the pages' own syntax, or nothing."""
    return f" [{'; '.join(f'@{key}' for key in keys)}]" if keys else ""


class ClaimLink(InlineProcessor):
    """``{C14}`` as our verdict on the claim, a link to its row on the evidence page."""

    PATTERN = r"\{(C[0-9]+)\}"

    @cached_property
    def claims(self) -> dict[str, evidence.Claim]:
        """The claims, looked at once for a page: to see whether they changed is a look at all."""
        return evidence.load()

    def handleMatch(  # type: ignore[override]  # Markdown gives inline ones two, their parent one.
        self, m: re.Match[str], _data: str
    ) -> tuple[Element, int, int]:
        claim = self.claims.get(m[1].lower())
        if claim is None:
            last = [*self.claims][-1].upper()
            raise ValueError(f"{m[0]}: there is no such claim. Write {{C01}} to {{{last}}}")
        verdict = claim.verdict
        place = etree.Element(
            "a",
            {
                "class": "claim",
                "href": f"{PAGE}#{claim.id}",
                "aria-label": f"{verdict}, {m[1]}",
                "title": f"{m[1]}: {plain(claim.paraphrase)}",
            },
        )
        place.text = AtomicString(verdict)
        return place, m.start(0), m.end(0)


class ClaimCount(InlineProcessor):
    """``{claims}`` as how many claims there are."""

    PATTERN = r"\{claims\}"

    def handleMatch(  # type: ignore[override]  # Markdown gives inline ones two, their parent one.
        self, m: re.Match[str], _data: str
    ) -> tuple[str, int, int]:
        return str(len(evidence.load())), m.start(0), m.end(0)
