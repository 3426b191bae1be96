"""The intake check's rules: whose amount, which limit, exact sums, and what is asked again."""

from collections.abc import Sequence
from fractions import Fraction
from typing import TypedDict, Unpack

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculator.quantities import Mass
from calculator.rules.answers import Refusal
from calculator.rules.day import EatenAnswer, IntakeAnswers, SupplementAnswer
from calculator.rules.intake import IntakeFacts, OutOfScope, check_intake
from calculator.tables import amounts, salts
from calculator.tables.foods import FOOD_BY_ID, FOODS, Food

laws = settings(deadline=None, max_examples=30)

milligrams = st.integers(0, 4999).map(str) | st.integers(0, 49_999).map(lambda n: f"{n / 10:.1f}")
compounds = st.sampled_from([salts.ELEMENTAL, *salts.SALT_BY_KEY, *salts.FAMILY_BY_KEY])
supplements = st.builds(
    SupplementAnswer, compounds, st.integers(0, 999).map(str), st.sampled_from(["1", "2", "0.5"])
)
people = st.fixed_dictionaries(
    {
        "age": st.integers(1, 120).map(str) | st.integers(12, 1440).map(lambda n: f"{n}m"),
        "sex": st.sampled_from(amounts.SEXES),
        "authority": st.sampled_from(sorted(amounts.AUTHORITY_BY_CODE)),
    }
)


class Answers(TypedDict, total=False):
    """Answers that differ from a woman of 60's in the UK who eats 200mg."""

    age: str
    sex: str
    stage: str
    authority: str
    food: str
    eaten: tuple[EatenAnswer, ...]
    supplements: tuple[SupplementAnswer, ...]
    calcium: str
    weight: str


def check(**answers: Unpack[Answers]) -> IntakeFacts | OutOfScope | Refusal:
    """The check of a woman of 60 in the UK who eats 200mg, where nothing else is said."""
    usual: Answers = {"age": "60", "sex": "female", "food": "200"}
    return check_intake(IntakeAnswers(**(usual | answers)))


def found(**answers: Unpack[Answers]) -> IntakeFacts:
    """The facts about answers that can be checked."""
    facts = check(**answers)
    assert isinstance(facts, IntakeFacts), facts
    return facts


def problems(**answers: Unpack[Answers]) -> list[str]:
    """What is wrong with answers: field, its row if it has one, and reason."""
    refusal = check(**answers)
    assert isinstance(refusal, Refusal), refusal
    return [
        f"{p.field}{'' if p.row is None else p.row}:{p.kind}:{p.reason}" for p in refusal.problems
    ]


def elemental(mg: str, times: str = "1") -> tuple[SupplementAnswer, ...]:
    """One supplement whose label gives magnesium itself."""
    return (SupplementAnswer(salts.ELEMENTAL, mg, times),)


def shares(key: str) -> list[Fraction]:
    """What part of the weight a salt's or a family's magnesium can be."""
    known = salts.SALT_BY_KEY | salts.FAMILY_BY_KEY
    return [salt.fraction for salt in known[key].salts] if key in known else [Fraction(1)]


# -------------------------------------------------------------------------------- sums


@laws
@given(people, milligrams, st.lists(supplements, max_size=4))
def test_the_total_is_food_and_supplements_exactly(
    person: Answers, food: str, taken: list[SupplementAnswer]
) -> None:
    """Nothing is rounded before it is added, and percent is of the exact total."""
    facts = found(**person, food=food, supplements=tuple(taken))
    least, most = (
        sum((Fraction(s.mg) * Fraction(s.times) * pick(shares(s.salt)) for s in taken), Fraction(0))
        for pick in (min, max)
    )
    assert (facts.supplement_least.mg, facts.supplement.mg) == (least, most)
    assert facts.total.mg == Fraction(food) + least
    assert facts.chosen.row is not None
    assert facts.percent == facts.total.mg * 100 / Fraction(facts.chosen.row.published)
    assert (facts.percent >= 100) == (facts.chosen.position == "at-or-above")


@laws
@given(
    st.lists(supplements, max_size=4).flatmap(lambda s: st.tuples(st.just(s), st.permutations(s)))
)
def test_the_order_of_supplements_does_not_matter(
    orders: tuple[Sequence[SupplementAnswer], Sequence[SupplementAnswer]],
) -> None:
    """The same supplements in another order are the same day."""
    one, other = (found(supplements=tuple(order)) for order in orders)
    assert (one.supplement, one.comparisons, one.notes) == (
        other.supplement,
        other.comparisons,
        other.notes,
    )


@laws
@given(compounds, st.integers(0, 500), st.integers(0, 500))
def test_splitting_a_supplement_into_two_rows_changes_nothing(
    salt: str, one: int, other: int
) -> None:
    """Half in the morning and half at night is one supplement."""
    whole = found(supplements=(SupplementAnswer(salt, str(one + other)),))
    split = found(
        supplements=(SupplementAnswer(salt, str(one)), SupplementAnswer(salt, str(other)))
    )
    assert (whole.supplement, whole.percent, whole.exceeds, whole.notes) == (
        split.supplement,
        split.percent,
        split.exceeds,
        split.notes,
    )


@laws
@given(st.lists(st.tuples(st.sampled_from(FOODS), st.integers(0, 5)), min_size=1, max_size=4))
def test_foods_and_servings_are_their_total(eaten: list[tuple[Food, int]]) -> None:
    """Foods by the serving give the same as their exact sum."""
    rows = tuple(EatenAnswer(food.id, str(n)) for food, n in eaten)
    total = sum((food.magnesium(Fraction(n)).mg for food, n in eaten), Fraction(0))
    facts = found(food="", eaten=rows)
    assert facts.food.mg == facts.total.mg == total
    assert [item.food for item in facts.eaten] == [food for food, _ in eaten]


def test_a_food_is_known_by_its_id_in_any_case() -> None:
    """The command line's ids may be typed small."""
    assert found(food="", eaten=(EatenAnswer(" f008 "),)).food == FOOD_BY_ID["F008"].magnesium()


def liquid(mg: str, per_ml: str, ml: str, times: str = "1") -> tuple[SupplementAnswer, ...]:
    """A liquid that gives so many milligrams in so many millilitres."""
    return (SupplementAnswer("hydroxide", mg, times, per_ml, ml),)


def test_a_liquid_holds_its_strength_times_what_is_taken() -> None:
    """415mg in 5mL, 10mL twice a day, is the same as 830mg twice, exactly."""
    taken = found(supplements=liquid("415", "5", "10 mL", "2"))
    whole = found(supplements=(SupplementAnswer("hydroxide", "830", "2"),))
    assert (taken.supplement, taken.exceeds) == (whole.supplement, whole.exceeds)
    assert taken.if_elemental is not None
    assert taken.if_elemental.supplement == Mass.of(1660)
    assert found(supplements=liquid("100", "3", "1")).supplement.mg * 3 == (
        found(supplements=liquid("100", "3", "3")).supplement.mg
    )


@pytest.mark.parametrize(
    ("per_ml", "ml", "problem"),
    [
        ("5", "", "supplement-ml0:empty:empty"),
        ("", "10", "supplement-per-ml0:empty:empty"),
        ("0", "10", "supplement-per-ml0:range:nothing"),
        ("-5", "10", "supplement-per-ml0:range:negative"),
        ("5", "a spoon", "supplement-ml0:number:number"),
        ("5", "10mg", "supplement-ml0:number:unit"),
    ],
)
def test_half_a_liquid_is_asked_for(per_ml: str, ml: str, problem: str) -> None:
    """Neither its strength nor what is taken is guessed."""
    assert problems(supplements=liquid("415", per_ml, ml)) == [problem]


# ------------------------------------------------------------------------------ limits


@laws
@given(people, milligrams)
def test_food_never_passes_a_limit(person: Answers, food: str) -> None:
    """Limits are for supplements and medicines: food alone has none."""
    facts = found(**person, food=food)
    assert facts.exceeds == ()
    assert {c.limit_position for c in facts.comparisons} == {"no-supplement"}
    assert "kidney" not in facts.notes


@laws
@given(people, st.integers(1, 6000))
def test_a_limit_is_passed_by_more_than_it_only(person: Answers, mg: int) -> None:
    """Exactly the limit is within it."""
    for c in found(**person, supplements=elemental(str(mg))).comparisons:
        # FAO/WHO's figure is for food and water, so no supplement is held against it.
        if c.limit.published is None or c.authority.code == "WHO_FAO":
            assert c.limit_position == "none-set"
        else:
            assert c.limit_position == ("above" if mg > int(c.limit.published) else "within")


@pytest.mark.parametrize(
    ("mg", "passed"),
    [
        ("250", ()),
        ("250.1", ("EU",)),
        ("350", ("EU",)),
        ("350.1", ("EU", "US_CA", "AU_NZ")),
        ("400", ("EU", "US_CA", "AU_NZ")),
        ("400.1", ("EU", "US_CA", "AU_NZ", "UK")),
    ],
)
@pytest.mark.parametrize("code", amounts.AUTHORITY_BY_CODE)
def test_limits_passed_are_listed_lowest_first_whoever_is_chosen(
    code: str, mg: str, passed: tuple[str, ...]
) -> None:
    """Adults are told each of the four limits that a supplement passes."""
    assert found(authority=code, supplements=elemental(mg)).exceeds == passed


@pytest.mark.parametrize(
    ("age", "mg", "passed"),
    [
        ("12m", "65", ()),
        ("12m", "65.1", ("US_CA", "AU_NZ")),
        ("47m", "251", ("US_CA", "AU_NZ")),
        ("48m", "110.1", ("US_CA", "AU_NZ")),
        ("48m", "250.1", ("US_CA", "AU_NZ", "EU")),
        ("107m", "300", ("US_CA", "AU_NZ", "EU")),
        ("108m", "350", ("EU",)),
        ("215m", "500", ("EU", "US_CA", "AU_NZ")),
        ("216m", "500", ("EU", "US_CA", "AU_NZ", "UK")),
    ],
)
def test_a_child_is_held_against_every_limit_published_for_the_age(
    age: str, mg: str, passed: tuple[str, ...]
) -> None:
    """Whichever authority is chosen, and the lowest first."""
    assert found(age=age, supplements=elemental(mg)).exceeds == passed


@pytest.mark.parametrize(
    ("age", "most"),
    [
        ("0m", "195"),
        ("11m", "195"),
        ("12m", "195"),
        ("47m", "195"),
        ("48m", "330"),
        ("107m", "330"),
        ("108m", "400"),
        ("215m", "400"),
    ],
)
def test_far_over_for_a_child_begins_above_the_rules_amount(age: str, most: str) -> None:
    """3 times the lowest limit of the age, or 400mg: beyond it the next step is an emergency."""
    at = check(age=age, supplements=elemental(most))
    over = check(age=age, supplements=elemental(f"{most}.1"))
    assert isinstance(at, IntakeFacts | OutOfScope)
    assert isinstance(over, IntakeFacts | OutOfScope)
    assert ("child-far-over" in at.notes, at.care) == (False, "prompt")
    assert ("child-far-over" in over.notes, over.care) == (True, "emergency")


def test_an_adult_is_never_far_over_as_a_child_is() -> None:
    """From 18 the amount that a committee links with poisoning is the emergency."""
    assert found(age="18", supplements=elemental("2499.9")).care == "prompt"
    assert found(age="18", supplements=elemental("2500")).care == "emergency"
    assert found(age="18", supplements=elemental("250")).care == "none"


@laws
@given(people, st.lists(supplements, max_size=4))
def test_a_compound_is_read_as_magnesium_too(
    person: Answers, taken: list[SupplementAnswer]
) -> None:
    """Every weight is then magnesium; without a compound there is no other reading."""
    other = found(**person, supplements=tuple(taken)).if_elemental
    compounds = [item for item in taken if item.salt != salts.ELEMENTAL and item.mg != "0"]
    assert (other is not None) == bool(compounds)
    if other:
        as_elemental = found(
            **person, supplements=tuple(SupplementAnswer("elemental", s.mg, s.times) for s in taken)
        )
        assert len(other.compounds) == len(compounds)
        assert other.supplement == as_elemental.supplement
        above = {c.authority.code for c in as_elemental.comparisons if c.limit_position == "above"}
        assert {limit.authority for limit in other.passed} == above - {"WHO_FAO"}


@pytest.mark.parametrize(
    ("age", "mg", "passed"),
    [
        ("45", "250", []),
        ("45", "250.1", ["EU"]),
        ("45", "400", ["EU", "US_CA", "AU_NZ"]),
        ("45", "400.1", ["EU", "US_CA", "AU_NZ", "UK"]),
        ("3", "65", []),
        ("3", "65.1", ["US_CA", "AU_NZ"]),
        ("8", "251", ["US_CA", "AU_NZ", "EU"]),
        ("17", "400.1", ["EU", "US_CA", "AU_NZ"]),
    ],
)
def test_the_other_reading_names_the_limits_it_passes(age: str, mg: str, passed: list[str]) -> None:
    """At every age, lowest first; the figure of FAO/WHO is for food and water."""
    other = found(age=age, supplements=(SupplementAnswer("citrate_anhydrous", mg),)).if_elemental
    assert other is not None
    assert [limit.authority for limit in other.passed] == passed


@laws
@given(people, milligrams, st.sampled_from(sorted(salts.FAMILY_BY_KEY)), st.integers(1, 3000))
def test_of_a_family_the_most_meets_limits_and_the_least_meets_amounts(
    person: Answers, food: str, family: str, mg: int
) -> None:
    """As if its richest compound were taken for the limits, and its poorest for the rest."""
    each = [
        found(**person, food=food, supplements=(SupplementAnswer(key, str(mg)),))
        for key in (family, *(salt.key for salt in salts.FAMILY_BY_KEY[family].salts))
    ]
    facts, *known = each
    poorest, richest = (pick(known, key=lambda one: one.supplement) for pick in (min, max))
    assert (facts.supplement, facts.exceeds) == (richest.supplement, richest.exceeds)
    assert facts.notes == richest.notes
    assert (facts.total, facts.percent) == (poorest.total, poorest.percent)
    limits = [c.limit_position for c in facts.comparisons]
    assert limits == [c.limit_position for c in richest.comparisons]
    assert [c.position for c in facts.comparisons] == [c.position for c in poorest.comparisons]


# ------------------------------------------------------------------------------ whose row


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


# ------------------------------------------------------------------- calcium and notes


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


# ---------------------------------------------------------------------------- problems


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
