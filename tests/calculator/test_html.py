"""Forms, results and problems as HTML: well formed, escaped, labelled, with their hooks."""

from collections.abc import Iterator
from html import escape
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from calculator.checks import run_intake, run_serum
from calculator.layout.html import (
    care_to_html,
    form_to_html,
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
from calculator.words.page import FAILURES, STAGES, WHY
from calculator.words.problems import ERROR_TITLE, PROBLEM_HEADING, field_id, problem_text
from calculator.words.question import Form
from tests.calculator.test_result import SAMPLES, every_sample

Element = ElementTree.Element
every_form = pytest.mark.parametrize("form", ALL_FORMS.values(), ids=ALL_FORMS.keys())
NASTY = '<script>alert("1")</script>&\'{x}'


def parsed(html: str) -> Element:
    """The HTML as a tree; fails where it is not well formed."""
    return ElementTree.fromstring(html)


def controls(root: Element) -> Iterator[Element]:
    """Everything that a person answers with."""
    for tag in ("input", "select"):
        yield from root.iter(tag)


def words(element: Element) -> str:
    """An element's text with that of everything in it."""
    return "".join(element.itertext())


# ------------------------------------------------------------------------------- forms


@every_form
def test_ids_are_unique_in_a_form(form: Form) -> None:
    """An id names one thing, so that a link or a label cannot lead elsewhere."""
    ids = [
        element.attrib["id"]
        for element in parsed(form_to_html(form)).iter()
        if "id" in element.attrib
    ]
    assert len(ids) == len(set(ids))
    assert form.check in ids


@every_form
def test_every_label_is_for_an_input_and_every_input_has_one(form: Form) -> None:
    """Each control has a visible label of its own, and no label leads nowhere."""
    root = parsed(form_to_html(form))
    labels = [label.attrib["for"] for label in root.iter("label")]
    inputs = [control.attrib["id"] for control in controls(root)]
    assert sorted(labels) == sorted(inputs)
    assert all(words(label).strip() for label in root.iter("label"))


@every_form
def test_what_describes_an_input_is_on_the_page(form: Form) -> None:
    """The hint and the place for a problem are joined to their question, and exist."""
    root = parsed(form_to_html(form))
    ids = {element.attrib.get("id") for element in root.iter()}
    for element in root.iter():
        for name in ("aria-describedby", "aria-labelledby"):
            assert set(element.attrib.get(name, "").split()) <= ids
    for control in controls(root):
        if control.attrib.get("type") != "radio":
            described = control.attrib["aria-describedby"].split()
            assert described[-1] == f"{control.attrib['id']}-problem"


@every_form
def test_why_we_ask_is_folded_at_each_question_and_named_by_it(form: Form) -> None:
    """One line at most is in the way of a question; the fold says whose it is."""
    reasons = {(f"{WHY}: {question.label}", question.why) for question in form.questions}
    places = [e for e in parsed(form_to_html(form)).iter() if "data-question" in e.attrib]
    folds = [fold for place in places for fold in place.findall("details")]
    assert len(folds) == len(places)
    assert {(words(fold[0]), words(fold[1])) for fold in folds} == reasons
    assert all(len(place.findall("p[@class='hint']")) <= 1 for place in places)


@every_form
def test_a_question_that_does_not_apply_at_first_is_hidden_from_the_first(form: Form) -> None:
    """Shown until the script hides it, it would move what stands under it."""
    for place in parsed(form_to_html(form)).iter("fieldset"):
        # An age that is not given yet may be any, so what hangs on it alone is asked.
        conditions = place.attrib.get("data-only-if", "").split()
        hidden = any(not condition.startswith("age=") for condition in conditions)
        assert ("hidden" in place.attrib, "disabled" in place.attrib) == (hidden, hidden)


@every_form
def test_every_question_is_asked_by_its_name(form: Form) -> None:
    """The form's fields are the questions, each under the name the check reads."""
    names = {control.attrib["name"] for control in controls(parsed(form_to_html(form)))}
    assert names == {question.name for question in form.questions}


@every_form
def test_inputs_are_native_and_plain(form: Form) -> None:
    """Text boxes without spell check or a length, radios in a fieldset, none picked."""
    root = parsed(form_to_html(form))
    for box in root.iter("input"):
        if box.attrib["type"] == "radio":
            assert "checked" not in box.attrib
        else:
            assert box.attrib["type"] == "text"
            assert box.attrib["spellcheck"] == "false"
            assert box.attrib["inputmode"] in ("decimal", "text")
        assert not box.attrib.keys() & {"maxlength", "placeholder", "pattern", "required"}
    for fieldset in root.iter("fieldset"):
        assert fieldset[0].tag == "legend"
        assert words(fieldset[0])


@every_form
def test_a_radio_and_its_question_can_be_found(form: Form) -> None:
    """A problem's link leads to the first radio of its group; values are the record's."""
    root = parsed(form_to_html(form))
    radios = [box for box in root.iter("input") if box.attrib["type"] == "radio"]
    for question in form.questions:
        if question.kind == "radio":
            group = [box for box in radios if box.attrib["name"] == question.name]
            assert group[0].attrib["id"] == question.name
            assert [box.attrib["value"] for box in group] == [c.value for c in question.choices]


@every_form
def test_a_form_sends_nothing_and_says_what_it_needs(form: Form) -> None:
    """No address to send to; and the words for waiting, failing and problems are in place."""
    root = parsed(form_to_html(form))
    assert root.attrib["method"] == "dialog"
    assert "action" not in root.attrib
    assert root.attrib["novalidate"] == "novalidate"
    assert root.attrib["data-error-title"] == ERROR_TITLE
    (loading,) = (element for element in root.iter() if "data-loading" in element.attrib)
    assert (loading.attrib["role"], loading.attrib["data-state"]) == ("status", "idle")
    assert {stage: loading.attrib[f"data-{stage}"] for stage in STAGES} == STAGES
    failures = {
        e.attrib["data-failure"]: words(e) for e in root.iter() if "data-failure" in e.attrib
    }
    assert failures.keys() == FAILURES.keys()
    assert all(failures[reason].startswith(FAILURES[reason]) for reason in FAILURES)
    assert any("data-problems" in element.attrib for element in root.iter())
    assert any("data-answer" in element.attrib for element in root.iter())


def test_a_new_row_is_made_from_the_template() -> None:
    """Each group of rows has one row more in its template, numbered after those shown."""
    root = parsed(form_to_html(ALL_FORMS["intake"]))
    for group, shown in (("supplement", 1), ("eat", 0)):
        (rows,) = (e for e in root.iter("fieldset") if e.attrib.get("data-rows") == group)
        of_group = [e for e in rows.iter("div") if e.attrib.get("data-row-of") == group]
        (template,) = rows.iter("template")
        assert len(of_group) == shown + 1
        first = next(controls(template))
        assert first.attrib["id"].endswith(f"-{shown + 1}")


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
    record: Record = {"status": NASTY, "row": NASTY, "position": "", "notes": [NASTY]}
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


def test_a_problems_link_leads_to_an_input_of_the_form() -> None:
    """Every field that a problem names is an input of the form that asked."""
    ids = {c.attrib["id"] for f in ALL_FORMS.values() for c in controls(parsed(form_to_html(f)))}
    for _, refusal in REFUSED.values():
        assert isinstance(refusal, Refusal)
        assert {field_id(problem) for problem in refusal.problems} <= ids
