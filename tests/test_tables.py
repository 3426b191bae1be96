"""Whole tables of published numbers: nothing in one can change alone."""

import difflib

import pytest

from tests import pin

PINNED = pin.fixture_texts()
MEANT = "If the change is meant: python -m tests.pin, then read what Git shows."


@pytest.mark.parametrize("name", PINNED)
def test_a_table_is_its_fixture_to_the_last_digit(name: str) -> None:
    """Every field of every row: number, unit, ages, source key, read mark, words."""
    file = pin.TABLES / name
    held = file.read_text("utf-8") if file.is_file() else ""
    difference = difflib.unified_diff(
        held.splitlines(), PINNED[name].splitlines(), f"fixtures/tables/{name}", "the calculator"
    )
    assert held == PINNED[name], "\n".join([MEANT, *difference])


def test_no_fixture_is_left_of_a_table_that_went() -> None:
    """A table that goes is noticed too."""
    assert {file.name for file in pin.TABLES.iterdir()} == set(PINNED), MEANT
