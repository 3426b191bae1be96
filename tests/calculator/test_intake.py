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


# ------------------------------------------------------------------------ sums


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


# ---------------------------------------------------------------------- limits


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


TAKEN_OVER = [(a, a.limit_from) for a in amounts.AUTHORITIES if a.limit_from]


def test_the_nordic_limit_alone_is_another_s() -> None:
    """It is the EU committee's, in whichever order the authorities stand."""
    assert [(authority.code, other) for authority, other in TAKEN_OVER] == [("NORDIC", "EU")]


@pytest.mark.parametrize(("authority", "other"), TAKEN_OVER)
def test_a_limit_taken_over_is_compared_but_counted_once(
    authority: amounts.Authority, other: str
) -> None:
    """At every age it is the other's; who chose it is told that it is passed, not told twice."""
    for months in range(amounts.OLDEST_YEARS * amounts.MONTHS + 1):
        own, whose = (amounts.limit_row(code, months) for code in (authority.code, other))
        assert own.published == whose.published
        assert authority.code not in {row.authority for row in amounts.supplement_limits(months)}
    at = found(authority=authority.code, supplements=elemental("250"))
    over = found(authority=authority.code, supplements=elemental("250.1"))
    assert (at.chosen.limit_position, at.exceeds) == ("within", ())
    assert (over.chosen.limit_position, over.exceeds) == ("above", (other,))


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
        assert {limit.authority for limit in other.passed} == above - {"NORDIC"}


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
