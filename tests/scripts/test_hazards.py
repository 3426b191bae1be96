"""The log of hazards: each names the tests of its control, and they exist."""

import re

import pytest

from tests.conftest import ROOT
from tests.trust import controls, report

PAGE = (ROOT / "docs" / "about" / "safety.md").read_text("utf-8")
HAZARDS = re.findall(r"(?ms)^## ([0-9]+)\. (.+?)\n(.+?)(?=^## )", PAGE)
NAMED = re.compile(r"`(test_\w+)`")
PARTS = ("Cause", "Effect", "Harm", "What we did", "Tests", "What remains")
TESTS = controls.places()


def test_there_are_at_least_20_hazards_in_order() -> None:
    """Each has its number, which links to it."""
    assert [int(number) for number, _, _ in HAZARDS] == list(range(1, len(HAZARDS) + 1))
    assert len(HAZARDS) >= 20


@pytest.mark.parametrize("hazard", HAZARDS, ids=[name for _, name, _ in HAZARDS])
def test_a_hazard_has_every_part_and_its_tests_exist(hazard: tuple[str, str, str]) -> None:
    """A control whose test was renamed or removed is a control that nobody knows to hold."""
    _, _, text = hazard
    assert tuple(re.findall(r"(?m)^- \*\*([^*]+)\*\*: ", text)) == PARTS
    named = set(NAMED.findall(text))
    assert named
    assert named <= set(TESTS)


def test_every_test_of_the_log_has_a_row_that_takes_its_control_away() -> None:
    """And no row is of another test, or for another hazard."""
    named = {(number, test) for number, _, text in HAZARDS for test in set(NAMED.findall(text))}
    assert {(row.hazard, row.test) for row in controls.rows()} == named


@pytest.mark.parametrize("row", controls.rows(), ids=lambda row: f"{row.hazard}-{row.test}")
def test_a_control_stands_once_where_its_row_says(row: controls.Control) -> None:
    """A row whose text has moved takes nothing away; nor does one that changes a test."""
    assert (ROOT / row.file).read_text("utf-8").count(row.was) == 1
    assert row.was != row.now
    assert not row.file.startswith("tests/")


def test_the_page_of_tests_says_what_was_found_and_each_slip_that_is_let_be_has_a_reason() -> None:
    """No figure on it is written by hand."""
    page = report.PAGE.read_text("utf-8")
    assert page == report.page()
    assert report.NO_REASON not in page
