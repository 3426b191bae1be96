"""What a day is read from: ages, whose values, supplements, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculator.quantities import Mass
from calculator.rules.answers import Refusal
from calculator.rules.day import EatenAnswer, SupplementAnswer
from calculator.rules.intake import OutOfScope
from calculator.tables import amounts
from tests.calculator.test_intake import Answers, check, elemental, found, laws, people, problems

# ------------------------------------------------------------------- whose row


@pytest.mark.parametrize(
    ("code", "age", "stage"),
    [
        ("US_CA", "55", "pregnancy"),
        ("US_CA", "13", "lactation"),
        ("UK", "51", "pregnancy"),
        ("WHO_FAO", "51", "lactation"),
        ("AU_NZ", "55", "pregnancy"),
        ("EU", "9", "pregnancy"),
    ],
)
def test_no_row_is_borrowed(code: str, age: str, stage: str) -> None:
    """Where an authority publishes nothing for an age and stage, nothing is compared."""
    facts = found(authority=code, age=age, stage=stage)
    assert facts.status == "no-reference:stage-age"
    assert (facts.chosen.row, facts.chosen.position, facts.percent) == (None, "", None)
    assert facts.foods_near == ()


@laws
@given(people, st.sampled_from(amounts.STAGES))
def test_every_row_shown_is_its_authoritys_own_for_the_person(person: Answers, stage: str) -> None:
    """Every authority stands beside the chosen one, each with its own row or none."""
    facts = found(**(person | {"sex": "female"}), stage=stage)
    assert [c.authority for c in facts.comparisons] == list(amounts.AUTHORITIES)
    assert facts.chosen.authority.code == person["authority"]
    for c in facts.comparisons:
        assert c.row is None or c.row.authority == c.authority.code
        assert c.row is None or c.row.covers(facts.age_months, "female", stage)
        assert c.limit.authority == c.authority.code


@pytest.mark.parametrize("age", ["0", "11m", "11 months", "0m"])
def test_infants_are_out_of_scope(age: str) -> None:
    """Under 12 months is an outcome and no problem, whatever else is missing."""
    outcome = check(age=age, sex="", food="")
    assert isinstance(outcome, OutOfScope)
    assert outcome.status == "out-of-scope:infant"
    assert outcome.notes == ()


def test_an_infants_supplement_is_read_and_has_its_notes() -> None:
    """The kidney warning is on every result with a supplement; a blank row is none."""
    outcome = check(
        age="6m", supplements=(SupplementAnswer("", ""), SupplementAnswer("oxide", "50"))
    )
    assert isinstance(outcome, OutOfScope)
    assert outcome.notes == ("child-supplement", "kidney")
    assert problems(age="6m", supplements=(SupplementAnswer("", "x"),)) == [
        "supplement-salt0:supplement:empty",
        "supplement-mg0:number:number",
    ]
    blank = check(age="6m", supplements=(SupplementAnswer("", ""),))
    assert isinstance(blank, OutOfScope)
    assert blank.notes == ()


def test_only_children_are_without_a_limit() -> None:
    """So the care card for a supplement without a limit may speak of a child."""
    for row in amounts.LIMIT_ROWS:
        if amounts.AUTHORITY_BY_CODE[row.authority].limits_supplements:
            assert (
                row.amount is not None
                or (row.to_months or amounts.ADULT_MONTHS + 1) <= amounts.ADULT_MONTHS
            )


@pytest.mark.parametrize(
    ("age", "months"),
    [
        ("1", 12),
        ("12m", 12),
        (" 12 months ", 12),
        ("18M", 18),
        ("47 mo", 47),
        ("60y", 720),
        ("60 years", 720),
        ("1 year", 12),
        ("120", 1440),
        ("\N{ARABIC-INDIC DIGIT SIX}", 72),
        ("1440m", 1440),
    ],
)
def test_an_age_is_in_completed_years_or_months(age: str, months: int) -> None:
    """Children under 4 may be given in months, and a unit may be typed."""
    assert found(age=age).age_months == months


@pytest.mark.parametrize(
    ("age", "problem"),
    [
        ("", "age:empty:empty"),
        (" ", "age:empty:empty"),
        ("60.5", "age:number:whole"),
        ("-5", "age:number:whole"),
        ("sixty", "age:number:whole"),
        ("3 weeks", "age:number:whole"),
        ("121", "age:range:range"),
        ("1441m", "age:range:range"),
        ("9999", "age:range:range"),
    ],
)
def test_an_age_that_nobody_has_is_a_problem(age: str, problem: str) -> None:
    """Over 120, in fractions or in words, an age is asked for again."""
    assert problems(age=age) == [problem]


# -------------------------------------------------------------------- problems


@laws
@given(st.integers(12, 130), st.sampled_from(sorted(amounts.AUTHORITY_BY_CODE)))
def test_a_child_too_young_for_values_by_sex_needs_none(months: int, code: str) -> None:
    """The form does not ask it of them; the answer is the one of either sex."""
    answers: Answers = {"age": f"{months}m", "authority": code, "supplements": elemental("70")}
    if months >= amounts.SEX_ASKED_FROM:
        assert problems(**answers, sex="") == ["sex:empty:choice"]
    else:
        nobodys, girls, boys = (found(**answers, sex=sex) for sex in ("", "female", "male"))
        assert nobodys.comparisons == girls.comparisons == boys.comparisons
        assert nobodys.chosen.row is not None
    assert problems(**answers, sex="x") == ["sex:choice:choice"]


def test_the_sex_is_asked_for_from_the_first_age_with_values_by_sex() -> None:
    """At that very month, and not in the one before."""
    first = amounts.SEX_ASKED_FROM
    assert problems(age=f"{first}m", sex="") == ["sex:empty:choice"]
    assert found(age=f"{first - 1}m", sex="").chosen.row is not None


@pytest.mark.parametrize("stage", ["pregnancy", "lactation"])
def test_mens_values_have_no_stage(stage: str) -> None:
    """Nobody publishes values for men in pregnancy or breastfeeding."""
    assert problems(sex="male", stage=stage) == ["stage:stage:stage"]


@pytest.mark.parametrize(
    ("salt", "reason", "forms"),
    [
        ("citrate", "which", {"citrate_anhydrous", "citrate_nonahydrate", "citrate_1to1"}),
        ("sulfate", "which", {"sulfate_anhydrous", "sulfate_heptahydrate"}),
        ("sulphate_anhydrous", "near", {"sulfate_anhydrous"}),
        ("glycinate", "near", {"bisglycinate"}),
        ("kryptonite", "unknown", set()),
        ("", "empty", set()),
    ],
)
def test_a_compound_that_is_not_named_fully_is_asked_not_guessed(
    salt: str, reason: str, forms: set[str]
) -> None:
    """A bare citrate could be one of three, which are named; magnesium itself has its own key."""
    refusal = check(supplements=(SupplementAnswer(salt, "500"),))
    assert isinstance(refusal, Refusal)
    (problem,) = refusal.problems
    assert (refusal.status, problem.reason) == ("error:supplement", reason)
    assert forms <= set(filter(None, problem.values["forms"].split(", ")))


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"sex": ""}, ["sex:empty:choice"]),
        ({"sex": "Female"}, ["sex:choice:choice"]),
        ({"stage": "menopause"}, ["stage:choice:choice"]),
        ({"authority": "DE"}, ["authority:choice:choice"]),
        ({"food": ""}, ["food:empty:empty"]),
        ({"food": "0.2g"}, ["food:number:unit"]),
        ({"food": "1,200"}, ["food:number:thousands"]),
        ({"calcium": "1.200"}, ["calcium:number:thousands"]),
        ({"supplements": elemental("2.500")}, ["supplement-mg0:number:thousands"]),
        ({"food": "-1"}, ["food:range:range"]),
        ({"food": "5000.1"}, ["food:range:range"]),
        ({"eaten": (EatenAnswer("F001"),)}, ["food:choice:both"]),
        ({"food": "", "eaten": (EatenAnswer("F999"),)}, ["eat-food0:choice:unlisted"]),
        ({"food": "", "eaten": (EatenAnswer("F001", "x"),)}, ["eat-servings0:number:number"]),
        ({"food": "", "eaten": (EatenAnswer("F001", "-1"),)}, ["eat-servings0:range:negative"]),
        ({"food": "", "eaten": (EatenAnswer("F001", "33"),)}, ["eat-servings0:range:sum"]),
        ({"food": "", "eaten": (EatenAnswer("", "3"),)}, ["eat-food0:choice:choice"]),
        (
            {"eaten": (EatenAnswer("F999"),)},
            ["food:choice:both", "eat-food0:choice:unlisted"],
        ),
        (
            {"supplements": (SupplementAnswer("", "", "2"),)},
            ["supplement-salt0:supplement:empty", "supplement-mg0:empty:empty"],
        ),
        ({"supplements": elemental("")}, ["supplement-mg0:empty:empty"]),
        ({"supplements": elemental("0.4g")}, ["supplement-mg0:number:unit"]),
        ({"supplements": elemental("1", "")}, ["supplement-times0:empty:empty"]),
        ({"supplements": elemental("1", "twice")}, ["supplement-times0:number:number"]),
        ({"supplements": elemental("20000.1")}, ["supplement-mg0:range:sum"]),
        (
            {"supplements": (*elemental("19000"), *elemental("1001"), *elemental("1"))},
            ["supplement-mg1:range:sum"],
        ),
        ({"calcium": "-1"}, ["calcium:range:range"]),
        ({"calcium": "10000.1"}, ["calcium:range:range"]),
        ({"calcium": "1g"}, ["calcium:number:unit"]),
        ({"weight": "1.9"}, ["weight:range:range"]),
        ({"weight": "400.1"}, ["weight:range:range"]),
        ({"weight": "150lb"}, ["weight:number:unit"]),
        (
            {"age": "", "sex": "", "food": "", "weight": "x"},
            ["age:empty:empty", "sex:empty:choice", "food:empty:empty", "weight:number:number"],
        ),
    ],
)
def test_every_problem_is_named_in_the_forms_order(answers: Answers, expected: list[str]) -> None:
    """Each answer that cannot be used is named once, and no other."""
    assert problems(**answers) == expected


@pytest.mark.parametrize(
    "answers",
    [
        {"food": "5000"},
        {"food": "0"},
        {"food": "200 mg"},
        {"supplements": elemental("20000")},
        {"supplements": elemental("500mg")},
        {"calcium": "10000", "weight": "2"},
        {"calcium": "0", "weight": "400 kg"},
        {"calcium": " ", "weight": " "},
        {"stage": ""},
    ],
)
def test_answers_on_the_bounds_are_accepted(answers: Answers) -> None:
    """The largest and smallest amounts accepted are themselves accepted."""
    assert found(**answers).status == "ok"


def test_blank_rows_are_ignored_and_still_counted() -> None:
    """A row left as it was offered asks nothing, and a later row's problem keeps its place."""
    blank_food, blank = EatenAnswer("", "1"), SupplementAnswer("", "", "1")
    facts = found(eaten=(blank_food, EatenAnswer("", "")), supplements=(blank,))
    assert (facts.food, facts.supplements) == (Mass.of(200), ())
    assert problems(
        food="", eaten=(blank_food, EatenAnswer("F999")), supplements=(blank, *elemental("x"))
    ) == ["eat-food1:choice:unlisted", "supplement-mg1:number:number"]
    assert problems(supplements=(blank, *elemental("20001"))) == ["supplement-mg1:range:sum"]
