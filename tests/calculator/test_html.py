"""Results and problems as HTML: well formed, escaped, labelled, with their hooks."""

import re
from html import escape
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from calculator.checks import run_intake, run_serum
from calculator.layout.html import (
    care_to_html,
    problems_to_html,
    result_to_html,
    source_link,
    table_to_html,
)
from calculator.result import Care, Line, Record, Result, Section, Table
from calculator.rules.answers import Refusal
from calculator.rules.day import EatenAnswer, IntakeAnswers, SupplementAnswer
from calculator.rules.serum import SerumAnswers
from calculator.words.form import ALL_FORMS
from calculator.words.problems import PROBLEM_HEADING, field_id, problem_text
from tests.calculator.test_result import SAMPLES, every_sample

Element = ElementTree.Element
every_form = pytest.mark.parametrize("form", ALL_FORMS.values(), ids=ALL_FORMS.keys())
NASTY = '<script>alert("1")</script>&\'{x}'


def parsed(html: str) -> Element:
    """The HTML as a tree; fails where it is not well formed."""
    return ElementTree.fromstring(html)


def words(element: Element) -> str:
    """An element's text with that of everything in it."""
    return "".join(element.itertext())


# ----------------------------------------------------------------------------- results


@every_sample
def test_a_result_is_well_formed_and_repeats_its_record(result: Result) -> None:
    """The hooks that tests and links use say what the record says."""
    root = parsed(result_to_html(result))
    record = result.record
    assert root.attrib["data-result"] == result.check
    for name in ("status", "row", "care", "position"):
        assert root.attrib[f"data-{name}"] == record.get(name, "")
    assert root.attrib["data-notes"].split() == record["notes"]
    ids = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
    assert ids == [root.attrib["aria-labelledby"]]


@every_sample
def test_every_word_of_a_result_stands_in_an_element_of_its_own(result: Result) -> None:
    """Nothing is left between the parts, where no style and no heading would tell what it is."""
    root = parsed(result_to_html(result))
    assert not (root.text or "").strip()
    assert not "".join(part.tail or "" for part in root).strip()


@every_sample
def test_headings_and_cells_are_in_order(result: Result) -> None:
    """Headings never skip a level, the first can be given focus, and cells know their column."""
    root = parsed(result_to_html(result))
    levels = [int(e.tag[1]) for e in root.iter() if e.tag in ("h1", "h2", "h3", "h4")]
    assert levels[0] == 2
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert root[0].attrib["tabindex"] == "-1"
    for table in root.iter("table"):
        heads = [words(head) for head in table.iter("th") if head.attrib["scope"] == "col"]
        for row in table.findall("tbody/tr"):
            assert [cell.attrib["data-label"] for cell in row.iter("td")] == heads[1:]


@every_sample
def test_links_lead_to_the_references_only(result: Result) -> None:
    """Every link is to a source's full reference or to the page's own row, and all are there."""
    anchors = parsed(result_to_html(result)).iter("a")
    # The link to challenge a number has no address until the page knows its repository.
    links = {a.attrib["href"] for a in anchors if "href" in a.attrib}
    row = result.record.get("row")
    to_row = {f"#row-{row}"} if row else set()
    assert links == {f"../sources/#ref-{key}" for key in result.sources} | to_row


@every_sample
def test_a_sources_number_is_its_place_in_the_list_that_ends_the_result(result: Result) -> None:
    """Whoever looks a number up on paper finds the source that the sentence is from."""
    root = parsed(result_to_html(result))
    listed = [item[0].attrib["href"] for item in root.iterfind(".//ol[@class='sources']/li")]
    assert listed == [f"../sources/#ref-{key}" for key in result.sources]
    for link in root.iterfind(".//sup/a"):
        assert listed[int(words(link)) - 1] == link.attrib["href"]
        assert link.attrib["aria-label"].startswith(f"Source {words(link)}: ")


@every_sample
def test_there_is_one_care_card_of_a_level_and_no_link_in_it(result: Result) -> None:
    """A card is self-contained, and tells its level in words that are heard."""
    cards = [
        section
        for section in parsed(result_to_html(result)).iter("section")
        if "care" in section.attrib["class"].split()
    ]
    levels = [card.attrib["class"].removeprefix("care care-") for card in cards]
    assert levels == [care.level for care in result.cards]
    assert len(set(levels)) == len(levels)
    for card in cards:
        assert list(card.iter("a")) == []
        assert words(card[0]).startswith(
            ("Non-urgent advice: ", "Urgent advice: ", "Immediate action")
        )
        assert len(list(card.iter("li"))) >= 2


def test_the_chosen_authoritys_row_is_marked() -> None:
    """The row that is the reader's is told apart for those who cannot see it."""
    for result in SAMPLES.values():
        if result.table:
            rows = parsed(result_to_html(result)).findall(".//tbody/tr")
            marked = [n for n, row in enumerate(rows) if row.attrib.get("aria-current") == "true"]
            assert marked == ([] if result.table.current is None else [result.table.current])


def test_every_part_of_a_result_is_escaped() -> None:
    """Nothing that reaches a result can become markup, whatever part it is in."""
    nasty = Line(NASTY, ())
    section = Section(NASTY, (nasty,))
    table = Table(NASTY, (NASTY, NASTY), ((NASTY, NASTY),), ((),), 0)
    care = Care("prompt", NASTY, (NASTY,), (NASTY,))
    record: Record = dict.fromkeys(("status", "row", "care", "position"), NASTY)
    record["notes"] = [NASTY]
    result = Result(
        "serum",
        record,
        NASTY,
        nasty,
        "",
        None,
        nasty,
        None,
        (care,),
        (nasty,),
        (nasty,),
        section,
        (section,),
        table,
    )
    html = result_to_html(result)
    root = parsed(html)
    assert "<script" not in html
    assert root.attrib["data-status"] == NASTY
    assert list(root.iter("script")) == []
    # A result without a source has no list of sources.
    assert "Sources" not in html
    for part in (f"<div>{care_to_html(care)}</div>", table_to_html(table)):
        assert escape(NASTY) in part
        parsed(part)


def test_a_source_is_called_by_its_name() -> None:
    """A link's words are the source's short name, so that they make sense alone."""
    link = parsed(source_link("ctcae5"))
    assert words(link) == "CTCAE v5.0 (2017)"
    assert link.attrib["href"].endswith("#ref-ctcae5")


# ---------------------------------------------------------------------------- problems

REFUSED = {
    "value": run_serum(SerumAnswers(NASTY, "mg/dL")),
    "typed unit": run_serum(SerumAnswers("2 scripts", "mg/dL")),
    "unit": run_serum(SerumAnswers("2", NASTY, NASTY, NASTY)),
    "salt": run_intake(
        IntakeAnswers(
            "60", "female", food="1", supplements=(SupplementAnswer(NASTY, NASTY, NASTY),)
        )
    ),
    "food": run_intake(IntakeAnswers("60", "female", eaten=(EatenAnswer(NASTY, NASTY),))),
    "all": run_intake(
        IntakeAnswers(NASTY, NASTY, NASTY, NASTY, NASTY, calcium=NASTY, weight=NASTY)
    ),
    "none": run_intake(IntakeAnswers("", "")),
}


@pytest.mark.parametrize("name", REFUSED)
def test_problems_are_well_formed_and_what_was_typed_is_escaped(name: str) -> None:
    """A food's id, a compound, a value or a unit that is markup is shown as text."""
    _, refusal = REFUSED[name]
    assert isinstance(refusal, Refusal)
    problems = [
        {"field": field_id(problem), "message": problem_text(problem)}
        for problem in refusal.problems
    ]
    html = problems_to_html(problems)
    root = parsed(html)
    assert "<script" not in html
    assert [words(link) for link in root.iter("a")] == [p["message"] for p in problems]
    assert [link.attrib["href"] for link in root.iter("a")] == [f"#{p['field']}" for p in problems]


def test_the_summary_of_problems_is_announced_and_can_have_focus() -> None:
    """Heading exactly as the conventions have it, focus outside and alert on a child."""
    root = parsed(problems_to_html([{"field": "age", "message": "Enter your age"}]))
    assert root.attrib["tabindex"] == "-1"
    assert root[0].attrib["role"] == "alert"
    assert words(root[0][0]) == PROBLEM_HEADING == "There is a problem"


@every_sample
def test_numbers_of_sources_stand_apart(result: Result) -> None:
    """2 sources behind a sentence are 1, 2 and never 12, with nothing else between them."""
    marks = re.findall(r'<sup class="source-numbers">(.+?)</sup>', result_to_html(result))
    for mark in marks:
        assert {*re.split(r"<a [^>]+>[0-9]+</a>", mark)} <= {"", ", "}
