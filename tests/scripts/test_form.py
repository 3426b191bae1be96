"""A check's form as HTML: well formed, labelled, with its hooks."""

from collections.abc import Iterator
from xml.etree import ElementTree

import pytest

from calculator.rules.answers import Refusal
from calculator.words.form import ALL_FORMS
from calculator.words.page import FAILURES, STAGES, WHY
from calculator.words.problems import ERROR_TITLE, field_id
from calculator.words.question import Form
from scripts.blocks.form import form_to_html
from tests.calculator.test_html import REFUSED

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


def test_a_problems_link_leads_to_an_input_of_the_form() -> None:
    """Every field that a problem names is an input of the form that asked."""
    ids = {c.attrib["id"] for f in ALL_FORMS.values() for c in controls(parsed(form_to_html(f)))}
    for _, refusal in REFUSED.values():
        assert isinstance(refusal, Refusal)
        assert {field_id(problem) for problem in refusal.problems} <= ids
