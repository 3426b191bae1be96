"""Calcium beside magnesium, the notes of a day, and the foods near a difference."""

from fractions import Fraction

import pytest
from hypothesis import given

from tests.calculator.test_intake import (
    Answers,
    elemental,
    found,
    laws,
    milligrams,
    people,
)

# ----------------------------------------------------------- calcium and notes


@pytest.mark.parametrize(
    ("calcium", "position"),
    [("339.9", "below"), ("340", "at"), ("340.1", "above"), ("0", "below")],
)
def test_the_ratio_is_placed_by_the_middle_value_exactly(calcium: str, position: str) -> None:
    """Calcium over magnesium, against 1.7, with 200mg of magnesium."""
    facts = found(calcium=calcium)
    assert facts.ratio == Fraction(calcium) / 200
    assert facts.ratio_position == position


def test_without_magnesium_there_is_no_ratio() -> None:
    """Nothing is divided by nothing."""
    facts = found(food="0", calcium="500")
    assert (facts.ratio, facts.ratio_position) == (None, "undefined")


@pytest.mark.parametrize(
    ("calcium", "weight", "note"),
    [
        ("700", "70", "not-over-10"),
        ("700.1", "70", "over-10"),
        ("700", "", ""),
        ("", "70", ""),
    ],
)
def test_calcium_by_weight_is_noted_above_10_and_not_at_10(
    calcium: str, weight: str, note: str
) -> None:
    """Both answers are needed, and exactly 10mg for each kg is not over it."""
    assert found(calcium=calcium, weight=weight).calcium_note == note


@pytest.mark.parametrize(
    ("answers", "notes"),
    [
        ({}, ()),
        ({"supplements": elemental("0")}, ()),
        ({"supplements": elemental("0.1")}, ("kidney",)),
        ({"supplements": elemental("2499.9")}, ("kidney",)),
        ({"supplements": elemental("2500")}, ("kidney", "toxic-dose")),
        ({"age": "17", "supplements": elemental("1")}, ("child-supplement", "kidney")),
        ({"age": "18", "supplements": elemental("1")}, ("kidney",)),
        ({"age": "17"}, ()),
        ({"food": "1500"}, ()),
        ({"food": "1500.1"}, ("food-high-check-units",)),
        (
            {"age": "5", "food": "2000", "supplements": elemental("2500")},
            (
                "child-far-over",
                "child-supplement",
                "food-high-check-units",
                "kidney",
                "toxic-dose",
            ),
        ),
    ],
)
def test_a_note_is_held_when_its_rule_says_so(answers: Answers, notes: tuple[str, ...]) -> None:
    """Notes are in alphabetical order, and none is held without its cause."""
    assert found(**answers).notes == notes == tuple(sorted(notes))


@laws
@given(people, milligrams)
def test_foods_are_named_below_the_amount_only(person: Answers, food: str) -> None:
    """Foods near the difference are named when there is one, and never a dose."""
    facts = found(**person, food=food)
    assert len(facts.foods_near) == (3 if facts.chosen.position == "below" else 0)
