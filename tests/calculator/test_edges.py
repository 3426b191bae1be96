"""On the very edge: what is refused, said and recorded there, and not a digit beside it.

Each was found by putting slips into the calculator: a line that no other test noticed.
"""

from dataclasses import replace
from fractions import Fraction

import pytest

from calculator.checks import run_intake, run_serum
from calculator.quantities import Mass
from calculator.result import Result
from calculator.rules.answers import Refusal, shown
from calculator.rules.day import EatenAnswer, IntakeAnswers, SupplementAnswer
from calculator.rules.intake import IntakeFacts, check_intake
from calculator.rules.serum import SerumAnswers, check_serum
from calculator.tables import foods
from calculator.words.form import ALL_FORMS
from calculator.words.limits import unknown_form
from calculator.words.problems import problem_text

WOMAN = IntakeAnswers("35", "female", food="200")


def refused(answers: IntakeAnswers | SerumAnswers) -> list[tuple[str, str]]:
    """The field and the reason of each problem."""
    is_day = isinstance(answers, IntakeAnswers)
    found = check_intake(answers) if is_day else check_serum(answers)
    assert isinstance(found, Refusal)
    return [(problem.field, problem.reason) for problem in found.problems]


def told(answers: IntakeAnswers | SerumAnswers) -> Result:
    """The result, in words."""
    is_day = isinstance(answers, IntakeAnswers)
    _, result = run_intake(answers) if is_day else run_serum(answers)
    assert isinstance(result, Result)
    return result


def working(answers: IntakeAnswers | SerumAnswers) -> str:
    """Every step of the working."""
    return "\n".join(line.text for line in told(answers).working.lines)


# ---------------------------------------------------------------------------------- refused


def test_foods_come_to_the_most_and_one_serving_more_is_refused() -> None:
    """250 portions of green beans hold 5,000mg; only the row that passes it is named."""
    beans = foods.find_foods("Green beans, raw")[0]
    assert beans.magnesium(Fraction(250)) == Mass.of(5000)
    full, more = EatenAnswer(beans.id, "250"), EatenAnswer(beans.id, "0.1")
    assert isinstance(check_intake(replace(WOMAN, food="", eaten=(full,))), IntakeFacts)
    assert refused(replace(WOMAN, food="", eaten=(full, more, more))) == [("eat-servings", "sum")]


@pytest.mark.parametrize(
    ("low", "high", "reason"),
    [
        ("3.0", "6.0", "unlikely"),
        ("3.01", "7.0", "red-cells"),
        ("3.01", "7.01", "unlikely"),
        ("0", "2.4", "unlikely"),
        ("-1", "2.4", "negative"),
    ],
)
def test_limits_of_red_cells_are_told_from_others_that_are_unlikely(
    low: str, high: str, reason: str
) -> None:
    """Over 3.0mg/dL and up to 7.0mg/dL; zero is unlikely, and less than it is no amount."""
    assert refused(SerumAnswers("2.0", "mg/dL", low, high)) == [("low", reason)]


@pytest.mark.parametrize("name", ["sulphate", "sulfate", "SULPHATE"])
def test_a_compound_is_known_in_either_spelling(name: str) -> None:
    """As a name of several, which is asked about."""
    answers = replace(WOMAN, supplements=(SupplementAnswer(name, "100", "1"),))
    assert refused(answers) == [("supplement-salt", "which")]


def test_the_nearest_compound_is_named_where_several_are_near() -> None:
    """The first of them, by its name on the form."""
    answers = replace(WOMAN, supplements=(SupplementAnswer("oxid", "100", "1"),))
    facts = check_intake(answers)
    assert isinstance(facts, Refusal)
    assert "Magnesium oxide" in problem_text(facts.problems[0])
    answers = replace(WOMAN, supplements=(SupplementAnswer("zzzz", "100", "1"),))
    facts = check_intake(answers)
    assert isinstance(facts, Refusal)
    assert "XX" not in problem_text(facts.problems[0])


def test_what_was_typed_is_cut_only_where_it_is_longer() -> None:
    """40 signs stand whole."""
    assert shown("a" * 40) == "a" * 40
    assert shown("a" * 41) == f"{'a' * 40}…"


# --------------------------------------------------------------------------------- recorded


def test_a_unit_that_is_none_behind_less_than_a_number_is_an_error_of_the_number() -> None:
    """As behind any other."""
    record, refusal = run_serum(SerumAnswers("<0.2 foo", "mg/dL"))
    assert isinstance(refusal, Refusal)
    assert record["status"] == "error:number"


def test_a_record_holds_no_row_left_blank_and_half_a_liquid_as_it_was_typed() -> None:
    """What nobody filled in was not given."""
    blank, liquid = SupplementAnswer("", "", "1"), SupplementAnswer("oxide", "400", "1", "5", "")
    given = SupplementAnswer("elemental", "100", "1")
    record, _ = run_intake(replace(WOMAN, supplements=(blank, given)))
    assert record["supplements"] == "elemental:100x1"
    record, refusal = run_intake(replace(WOMAN, supplements=(liquid,)))
    assert isinstance(refusal, Refusal)
    assert record["supplements"] == "oxide:400/5*x1"


def test_an_age_that_cannot_be_read_is_no_number_of_months() -> None:
    """And no other answer is made of it."""
    record, _ = run_intake(replace(WOMAN, age="x"))
    assert record["age_months"] == ""


def test_where_there_is_no_row_its_amount_and_its_kind_are_empty() -> None:
    """Nothing stands in for them."""
    record, _ = run_intake(replace(WOMAN, authority="NORDIC", stage="pregnancy"))
    assert (record["reference"], record["kind"]) == ("", "")


# ------------------------------------------------------------------------------------- said


def test_the_number_line_names_its_mark_only_where_there_is_one() -> None:
    """By the reader's own range if one was given; a number that nobody has is on no line."""
    own = told(SerumAnswers("2.0", "mg/dL", "1.7", "2.4"))
    assert own.marked == "Your result, by the range on your report"
    assert told(SerumAnswers("2.0", "mg/dL")).marked == "Your result"
    for result in (SerumAnswers("40", "mg/dL"), WOMAN, replace(WOMAN, age="6m", food="")):
        assert told(result).marked == ""


def test_an_amount_that_is_carried_on_says_from_whom() -> None:
    """The UK's for women of 80 is that of younger ones."""
    assert told(replace(WOMAN, age="80")).summary.text == (
        "200mg a day is 74.1% of 270mg. That is the reference nutrient intake of the United "
        "Kingdom for women aged 19 to 64 years. The NHS gives no amount for later ages."
    )


@pytest.mark.parametrize(
    ("answers", "step"),
    [
        (replace(WOMAN, food="33.3"), "about 30% to 70% of food magnesium: 10 to 23.3mg."),
        (
            replace(WOMAN, supplements=(SupplementAnswer("elemental", "90", "0.3333"),)),
            "magnesium itself: 90mg × 0.3333 a day = 30",
        ),
        (replace(WOMAN, food="0.1234567"), "Food: 0.123457mg, as given"),
        (SerumAnswers("17", "mg/L"), "17mg/L × 0.1 = 1.7mg/dL"),
        (SerumAnswers("17 mg/L", "mg/dL"), "17mg/L × 0.1 = 1.7mg/dL"),
    ],
)
def test_a_step_can_be_worked_out_by_hand(answers: IntakeAnswers | SerumAnswers, step: str) -> None:
    """By the very numbers that it shows, with up to six decimals."""
    assert step in working(answers)


@pytest.mark.parametrize(
    ("answers", "shown"),
    [
        (SerumAnswers("0.2", "mg/dL", "1.7", "2.4"), True),
        (SerumAnswers("0.70", "mmol/L", "0.7", "1.0"), False),
        (SerumAnswers("2.0", "mg/dL", "1.7", "2.4"), False),
    ],
)
def test_a_conversion_is_shown_for_the_ends_of_the_row_alone(
    answers: SerumAnswers, shown: bool
) -> None:
    """The lowest row ends in mmol/L; rows further off do not count."""
    assert ("24.305" in working(answers) or "2.4305" in working(answers)) == shown


def test_a_label_that_is_not_clear_is_said_to_reach_an_amount_only_with_the_most() -> None:
    """From the very amount on, and not where the least already reaches it."""
    supplement = SupplementAnswer("citrate_unknown", "500", "1")
    facts = check_intake(replace(WOMAN, supplements=(supplement,)))
    assert isinstance(facts, IntakeFacts)
    assert facts.chosen.row
    amount = facts.chosen.row.amount
    # How far the most, and the least, stay under the amount, in milligrams.
    for most, least, reaches in ((0, 1, True), (1, 2, False), (0, 0, False)):
        food = amount - facts.supplement - Mass.of(most)
        line = unknown_form(replace(facts, food=food, total=amount - Mass.of(least)))
        assert line
        assert ("reaches the published amount" in line.text) == reaches


def test_foods_are_offered_by_name_and_serving_behind_a_line_that_is_none() -> None:
    """As a reader chooses them where no script runs."""
    [question] = [one for one in ALL_FORMS["intake"].questions if one.name == "eat-food"]
    first, second, *_ = question.choices
    assert (first.value, first.label) == ("", "Select one")
    food = foods.FOODS[0]
    assert (second.value, second.label) == (food.id, f"{food.name}: {food.serving}")
