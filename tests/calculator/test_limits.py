"""What is said of a label that can be read in two ways, or names no compound."""

import pytest

from calculator.rules.day import IntakeAnswers
from calculator.tables import salts
from tests.calculator.test_result import (
    intake,
    taking,
)

# ------------------------------------------------------------- what labels say


def slip(age: str, *supplements: str) -> list[str]:
    """What a result says of the other reading of its labels, which is said first."""
    answers = IntakeAnswers(age, "male", food="200", supplements=taking(*supplements))
    said = [note.text for note in intake(answers).notes]
    assert not any("itself" in text for text in said[1:])
    return [text for text in said[:1] if "itself" in text]


OTHER_READINGS = [
    (
        slip("45", "citrate_anhydrous:400"),
        "If the label's 400mg is magnesium itself, supplements come to 400mg a day. That is over "
        "3 of the 4 limits published for this age: EU, 250mg; US and "
        "Canada, 350mg; Australia and New Zealand, 350mg (read only where others quote it). ",
    ),
    (
        slip("45", "oxide:400.04"),
        "If the label's 400.04mg is magnesium itself, supplements come to 400.04mg a day. That "
        "is over all 4 limits published for this age: EU, 250mg; US and "
        "Canada, 350mg; Australia and New Zealand, 350mg (read only where others quote it); "
        "UK, 400mg. ",
    ),
    (
        slip("5", "oxide:20:2", "taurate:40", "elemental:10"),
        "If the labels' amounts are magnesium itself, supplements come to 90mg a day. That "
        "is over no limit. The lowest published for this age: US and "
        "Canada, 110mg. ",
    ),
]


@pytest.mark.parametrize(("said", "expected"), OTHER_READINGS)
def test_a_compounds_weight_is_also_read_as_magnesium(said: list[str], expected: str) -> None:
    """The worst slip of this check is told first, with every limit that it would pass."""
    assert said == [f"{expected}Look again for “elemental”, “providing” or “of which”."]


def test_a_label_that_gives_magnesium_has_one_reading() -> None:
    """Nothing else is said of it."""
    assert slip("45", "elemental:500") == slip("45") == []


@pytest.mark.parametrize(
    ("food", "reached"),
    [("200", ""), ("220", " With the most, this day reaches the published amount."), ("250", "")],
)
def test_a_compound_that_is_not_known_is_told_by_both_bounds(food: str, reached: str) -> None:
    """Which bound is compared with what, and whether it matters to the published amount."""
    answers = IntakeAnswers("60", "female", food=food, supplements=taking("citrate_unknown:400"))
    result = intake(answers)
    told = [note.text for note in result.notes if "do not know" in note.text]
    assert told == [
        "We do not know which compound the label means, so supplements come to 45.3mg to 64.7mg "
        "of magnesium a day. Limits are compared with the most, published amounts with the least."
        + reached
    ]
    steps = [line.text for line in result.working.lines]
    assert steps[1:4] == [
        "Magnesium citrate, at least, as Magnesium hydrogen citrate (1:1): 400mg × 1 a day × "
        "24.305 ÷ 214.412, its share of magnesium = 45.3mg",
        "Magnesium citrate, at most, as Trimagnesium dicitrate, anhydrous: 400mg × 1 a day × "
        "72.915 ÷ 451.113, its share of magnesium = 64.7mg",
        f"Total: {food}mg + 45.3mg = {result.record['total']}mg".replace(".0mg", "mg"),
    ]
    assert result.record["supplement"] == "64.7"


def test_a_compound_that_is_known_has_no_bounds() -> None:
    """Nor has magnesium itself."""
    for salt in ("elemental", *salts.SALT_BY_KEY):
        answers = IntakeAnswers("60", "male", food="200", supplements=taking(f"{salt}:400"))
        assert not any("do not know" in note.text for note in intake(answers).notes)


@pytest.mark.parametrize(
    ("age", "mg", "far"),
    [("3", "195", False), ("3", "195.1", True), ("60", "2499", False), ("60", "2500", True)],
)
def test_the_other_reading_says_whom_to_call_where_it_is_far_over(
    age: str, mg: str, far: bool
) -> None:
    """A label that may give magnesium itself can hide what would be an emergency."""
    (text,) = slip(age, f"citrate_anhydrous:{mg}")
    called = "call NHS 111 (UK), Poison Help 1-800-222-1222 (US) or your local poisons line now."
    assert text.endswith(called) is far


def test_no_is_not_said_of_a_limit_that_the_other_reading_passes() -> None:
    """The first sentence about limits already says that the label may be read otherwise."""
    for supplement, begins in (
        ("citrate_anhydrous:400", "Over a limit? Not as we counted it: 64.7mg"),
        ("citrate_anhydrous:200", "Over a limit? No: 32.3mg"),
        ("elemental:200", "Over a limit? No: 200mg"),
    ):
        said = intake(IntakeAnswers("45", "male", food="200", supplements=taking(supplement)))
        assert said.compared is not None
        assert said.compared.text.startswith(begins)
        otherwise = said.compared.text.endswith("it is 400mg a day, over 3 of the 4 limits.")
        assert otherwise == begins.startswith("Over a limit? Not")
