"""The worked examples on the pages: the cases that the tests run, in the checks' own words."""

import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

from calculator.checks import run_intake, run_serum
from calculator.result import Result
from calculator.rules.day import IntakeAnswers, SupplementAnswer
from calculator.rules.serum import SerumAnswers
from calculator.words.form import ALL_FORMS
from calculator.words.question import Form
from scripts.blocks import examples
from scripts.blocks import extension as blocks

CASES = {
    "serum": run_serum(SerumAnswers(value="0.85", unit="mmol/L"))[1],
    "intake": run_intake(
        IntakeAnswers(
            age="60",
            sex="female",
            authority="UK",
            food="200",
            supplements=(SupplementAnswer("citrate_anhydrous", "500", "1"),),
        )
    )[1],
}


@pytest.mark.parametrize("check", CASES)
def test_the_page_works_a_case_out_as_the_check_does(check: str) -> None:
    """Every step, in order, with its source."""
    result = CASES[check]
    assert isinstance(result, Result)
    case, steps = blocks.TABLES[f"working-{check}"]()
    cited = [(line.text, line.sources[:1]) for line in result.working.lines]
    expected = [text + "".join(f" [@{key}]" for key in keys) for text, keys in cited]
    assert [item.text for item in steps] == expected
    assert (case.text or "").startswith("The case: ")


@pytest.mark.parametrize("check", CASES)
def test_each_case_has_one_name_and_opens_its_own_check(check: str) -> None:
    """What is told of a case is found by its name."""
    rows = examples.rows(check)
    names = [row.case.partition(": ")[0] for row in rows]
    assert len(set(names)) == len(names) > 20
    page = {"serum": "blood-test", "intake": "how-much"}[check]
    assert all(row.address.startswith(f"../{page}/#") for row in rows)


def test_a_supplement_is_told_by_its_compounds_name() -> None:
    """Not by the word that the program has for it."""
    told = " ".join(row.answers for row in examples.rows("intake"))
    assert "Trimagnesium dicitrate, anhydrous, 500mg, 1 a day" in told
    assert "magnesium by the label, 70mg, 1 a day" in told
    assert "_" not in told


@pytest.mark.parametrize("form", ALL_FORMS.values(), ids=ALL_FORMS)
def test_a_link_into_the_check_picks_only_what_the_form_offers(form: Form) -> None:
    """A choice that is not there fills in nothing, and another question would be answered."""
    choices = {q.name: {choice.value for choice in q.choices} for q in form.questions if q.choices}
    for row in examples.rows(form.check):
        for name, value in parse_qsl(row.address.partition("#")[2]):
            assert value in choices.get(name, {value}), row.case


@pytest.mark.browser
def test_each_case_leads_to_its_form_with_its_answers(built: Path) -> None:
    """The page and the answers behind it are joined after a builder has checked the page."""
    html = (built / "examples" / "index.html").read_text("utf-8")
    links = re.findall(rf'<a href="([^"]*)">{examples.OPEN}</a>', html)
    assert [unescape(link) for link in links] == [
        row.address for check in ("serum", "intake") for row in examples.rows(check)
    ]
