"""Results as plain text: the same facts as on the page, in the same order."""

import re
from dataclasses import replace
from html import unescape

from calculator import REVIEW_DUE
from calculator.layout.html import result_to_html
from calculator.layout.text import result_to_text, table_to_text
from calculator.result import Care, Line, Result, Section, Table
from calculator.tables.sources import SOURCES
from calculator.words.care import PREFIXES
from tests.calculator.test_result import SERUM_SAMPLES, every_sample


def facts(result: Result) -> list[str]:
    """What both renderings must say, in the conventions' order."""
    said = [line for card in result.cards if card.urgent for line in told(card)]
    urgent = bool(said)
    notes = [note.text for note in result.notes]
    said += [result.summary.text, *(notes if urgent else ())]
    said += [result.line.description] if result.line else []
    said += [line for card in result.cards if not card.urgent for line in told(card)]
    said += [result.compared.text] if result.compared else []
    said += [*(() if urgent else notes), *(line.text for line in result.warning)]
    said += [result.working.heading, *(line.text for line in result.working.lines)]
    for section in result.sections:
        said += [section.heading, *(line.text for line in section.lines)]
    if result.table:
        said += [result.table.caption, *(cell for row in result.table.rows for cell in row)]
    return said


def told(care: Care) -> list[str]:
    """A card's words, from its heading to what stands below its bullets."""
    return [PREFIXES[care.level] + care.heading, *care.bullets, *care.after]


def in_order(wanted: list[str], text: str) -> None:
    """Each of ``wanted`` is in the text after the one before it."""
    at = 0
    for words in wanted:
        found = text.find(words, at)
        assert found >= at, words
        at = found + len(words)


@every_sample
def test_text_says_the_same_facts_as_the_page_in_the_same_order(result: Result) -> None:
    """Neither rendering leaves out or moves a fact that the other has."""
    html = re.sub(r"<svg.*?</svg>", "", result_to_html(result))
    in_order(facts(result), unescape(re.sub(r"<[^>]*>", "", html)))
    in_order(facts(result), result_to_text(result))


@every_sample
def test_text_begins_with_its_heading_and_ends_with_its_sources_and_review(
    result: Result,
) -> None:
    """Copied text stands alone: what it is first, where it is from and how long it holds last."""
    text = result_to_text(result)
    assert text.startswith(result.heading.upper() + "\n\n")
    last = SOURCES[result.sources[-1]]
    origin = f"({result.sources[-1]}): {last.title}. {last.address}".strip()
    assert text.endswith(f"{origin}\n\nNext review of these numbers due: {REVIEW_DUE}.\n")
    assert "\n\n\n" not in text
    assert all(f"({key})" in text for key in result.sources)


def test_a_line_without_a_source_has_no_brackets() -> None:
    """A line of ours that cites nothing does not pretend to."""
    working = Section("How", (Line("Step", ("ctcae5",)),))
    bare = Result(
        "serum", {}, "Heading", Line("Words."), "", None, None, None, (), (), (), working, (), None
    )
    assert result_to_text(bare) == (
        "HEADING\n\nWords.\n\nHow\n- Step [CTCAE v5.0 (2017)]\n\n"
        "Sources\n- CTCAE v5.0 (2017) (ctcae5): Common Terminology Criteria for Adverse Events "
        f"(CTCAE), version 5.0. {SOURCES['ctcae5'].address}\n\n"
        f"Next review of these numbers due: {REVIEW_DUE}.\n"
    )


def test_a_table_has_columns_and_an_arrow() -> None:
    """Cells line up under their heads, and the current row is told by a sign."""
    table = Table("Caption", ("A", "Long"), (("x", "1"), ("yyy", "2")), ((), ()), current=1)
    assert table_to_text(table) == "Caption\n  A    Long\n  x    1\n> yyy  2"


def test_a_care_card_says_its_level() -> None:
    """Without colours, the prefix tells how urgent it is."""
    text = result_to_text(SERUM_SAMPLES["7 mg/dL -"])
    assert "\nImmediate action required: Call 999 (UK)" in text


@every_sample
def test_no_card_is_said_twice(result: Result) -> None:
    """An urgent card stands first, and not again among the others."""
    lines = result_to_text(result).splitlines()
    headings = [told(card)[0] for card in result.cards]
    assert [line for line in lines if line in headings] == headings


def test_each_warning_is_a_line_of_its_own() -> None:
    """With nothing between two."""
    result = replace(next(iter(SERUM_SAMPLES.values())), warning=(Line("One"), Line("Two")))
    assert "\n- One\n- Two\n" in result_to_text(result)
