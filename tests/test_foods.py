"""The table of foods: against values written here, exact servings, and finding foods."""

import re
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculator.foods import FOOD_BY_ID, FOODS, Food, find_foods, near
from calculator.quantities import Mass, display

laws = settings(deadline=None, max_examples=25)

# Typed again from USDA SR28: name, mg of magnesium and of calcium in 100g.
KNOWN = (
    ("Almonds", "270", "269"),
    ("Cashews, dry roasted, unsalted", "260", "45"),
    ("Spinach, boiled", "87", "136"),
    ("Avocado", "29", "12"),
    ("Banana", "27", "5"),
    ("Whole milk", "10", "113"),
    ("Cod, cooked", "42", "14"),
    ("Lentils, boiled", "36", "19"),
)


@pytest.mark.parametrize(("name", "magnesium", "calcium"), KNOWN)
def test_a_food_holds_what_its_source_prints(name: str, magnesium: str, calcium: str) -> None:
    """The table says what was typed again from the source."""
    (food,) = (food for food in FOODS if food.name == name)
    assert (food.magnesium_per_100g, food.calcium_per_100g) == (magnesium, calcium)


def test_a_serving_holds_its_share_of_100g() -> None:
    """A handful of pumpkin seeds: 550mg in 100g, 28.35g a handful."""
    seeds = FOOD_BY_ID["F001"]
    assert seeds.magnesium().mg == Fraction("155.925")
    assert display(seeds.calcium().mg, 1) == "14.7"


@laws
@given(st.sampled_from(FOODS), st.fractions(0, 20, max_denominator=12))
def test_servings_multiply_exactly(food: Food, servings: Fraction) -> None:
    """So many servings are so many times one, for both minerals."""
    assert food.magnesium(servings) == food.magnesium() * servings
    assert food.calcium(servings) == food.calcium() * servings


def test_foods_are_told_apart_and_weighed() -> None:
    """Ids and names are unique, and no food holds more mineral than food."""
    assert len(FOOD_BY_ID) == len({food.name for food in FOODS}) == len(FOODS)
    for food in FOODS:
        assert re.fullmatch(r"F[0-9]{3}", food.id)
        assert re.fullmatch(r"[0-9]{5}", food.ndb)
        assert 0 < Fraction(food.serving_g) <= 400
        assert food.magnesium().mg + food.calcium().mg < Fraction(food.serving_g) * 1000


def test_a_weight_is_written_for_a_reader() -> None:
    """Thousands have their comma, and a decimal stays."""
    seeds = FOOD_BY_ID["F001"]
    assert (seeds.weight, replace(seeds, serving_g="1000").weight) == ("28.35g", "1,000g")


def test_no_name_has_the_slip_of_the_evidence() -> None:
    """The evidence has the word article for seed in a few names; a reader never sees it."""
    assert not any("article" in food.name for food in FOODS)


@pytest.mark.parametrize("word", ["almond", " ALMOND ", "Almond"])
def test_a_word_finds_foods_in_any_case(word: str) -> None:
    """Searching does not need the table's capitals."""
    assert [food.name for food in find_foods(word)] == [
        food.name for food in FOODS if "lmond" in food.name
    ]


def test_a_category_finds_its_foods_and_nonsense_none() -> None:
    """Categories can be searched, and an unknown word finds nothing rather than something near."""
    assert all(food.category == "fruit" for food in find_foods("fruit"))
    assert find_foods("fruit")
    assert [food.name for food in find_foods("Garbanzo")] == ["Chickpeas, boiled"]
    assert find_foods("zzz") == ()
    assert find_foods("") == FOODS


@laws
@given(st.integers(0, 500), st.integers(1, 10))
def test_no_food_is_nearer_than_those_named_near(milligrams: int, count: int) -> None:
    """The foods named for a difference are the nearest ones, nearest first."""
    away = [abs(food.magnesium().mg - milligrams) for food in near(Mass.of(milligrams), count)]
    assert away == sorted(abs(food.magnesium().mg - milligrams) for food in FOODS)[:count]
