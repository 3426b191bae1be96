"""The table of foods: exact servings, and finding foods. `test_tables.py` has every digit."""

import csv
import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculator.quantities import Mass, display
from calculator.tables.foods import (
    CHOSEN,
    CONVENTION,
    FOOD_BY_ID,
    FOODS,
    HOUSEHOLD,
    Food,
    find_foods,
    near,
)
from tests.conftest import ROOT

laws = settings(deadline=None, max_examples=25)

# What each food since F120 was read as, and in which stored copy.
with (ROOT / "tests" / "fixtures/evidence/foods-added.csv").open(encoding="utf-8") as file:
    ADDED = {row["id"]: row for row in csv.DictReader(file)}
PER = {"100g": 1, "litre": 10}  # how many times 100g a source's figure is for

# What a food's number looks like in its source; a study of waters numbers none.
NUMBERS = {
    "usda-sr28": r"[0-9]{5}",
    "usda-sr-legacy": r"[0-9]{5}",
    "cofid2021": r"[0-9]{2}-[0-9]{3,4}",
    "azoulay2001": "",
    "michael2022": "",
}

# The headings under which the page sorts foods. A new one is a decision, not a slip.
CATEGORIES = (
    "chocolate & sweet", "dairy & alternatives", "drinks", "fruit", "grains & cereals",
    "meat, fish & eggs", "nuts & seeds", "other", "pulses & soya", "vegetables",
)  # fmt: skip
# What no food exceeds: hemp seeds hold 700mg of magnesium in 100g, poppy seeds 1,438mg of
# calcium. A figure above these is a slip of the decimal point, or of the column.
MOST = {"magnesium_per_100g": 700, "calcium_per_100g": 1438}
LIGHTEST, HEAVIEST = Fraction("2.8"), 1000  # grams: a teaspoon of poppy seeds, a litre of water


def slips(food: Food) -> Iterator[str]:
    """Yield what is not plausible in a row of the table, and what to look at."""
    if food.category not in CATEGORIES:
        yield f"{food.id}: no category '{food.category}'; use one of: {'; '.join(CATEGORIES)}"
    for name in (*MOST, "serving_g"):
        if not re.fullmatch(r"\d+(?:\.\d+)?", getattr(food, name)):
            yield f"{food.id}: {name} is '{getattr(food, name)}'; write digits and a point alone"
            return
    for name, most in MOST.items():
        if Fraction(getattr(food, name)) > most:
            yield f"{food.id}: {name} is over {most}mg, which no food here is; read it again"
    if not LIGHTEST <= Fraction(food.serving_g) <= HEAVIEST:
        yield f"{food.id}: serving_g is not from 2.8 to 1000 grams; weigh it again"


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
    """Ids and names are unique, and a food's number has the form of its source's numbers."""
    assert len(FOOD_BY_ID) == len({food.name.casefold() for food in FOODS}) == len(FOODS)
    for number, food in enumerate(FOODS, 1):
        assert food.id == f"F{number:03}"
        assert re.fullmatch(NUMBERS[food.source], food.ndb), food


def test_every_food_is_plausible() -> None:
    """Its category is on the list, and no figure has left the bounds of food."""
    assert [line for food in FOODS for line in slips(food)] == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"category": "nuts"}, "F001: no category 'nuts'; use one of: chocolate & sweet;"),
        ({"magnesium_per_100g": "5500"}, "F001: magnesium_per_100g is over 700mg"),
        ({"calcium_per_100g": "1438.1"}, "F001: calcium_per_100g is over 1438mg"),
        ({"calcium_per_100g": "1,438"}, "F001: calcium_per_100g is '1,438'; write digits"),
        ({"magnesium_per_100g": "-5"}, "F001: magnesium_per_100g is '-5'; write digits"),
        ({"serving_g": ""}, "F001: serving_g is ''; write digits and a point alone"),
        ({"serving_g": "2.79"}, "F001: serving_g is not from 2.8 to 1000 grams"),
        ({"serving_g": "1000.1"}, "F001: serving_g is not from 2.8 to 1000 grams"),
    ],
)
def test_a_slip_in_a_food_is_named(change: dict[str, str], message: str) -> None:
    """With its row, its column and what to do, for somebody who does not program."""
    (line,) = slips(replace(FOODS[0], **change))
    assert line.startswith(message)


def test_the_table_holds_what_people_eat_every_day() -> None:
    """At least 160 foods, among them what the UK drinks, breakfasts on and asks after."""
    assert len(FOODS) >= 160
    for word in (
        "tea", "coffee", "cocoa", "square", "wholewheat", "porridge", "muesli", "shredded wheat",
        "crumpet", "oatcake", "digestive", "tap water", "mineral water", "tofu", "lentils", "dal",
        "peanut butter", "jacket", "chips", "mash", "toast", "zucchini", "aubergine", "rutabaga",
    ):  # fmt: skip
        assert find_foods(word), word


def test_every_servings_weight_says_whose_it_is() -> None:
    """A weight is the source's own, a usual one or chosen; only USDA has weights of its own."""
    for food in FOODS:
        assert food.basis in (HOUSEHOLD, CONVENTION, CHOSEN)
        assert food.source.startswith("usda") or food.basis != HOUSEHOLD


def test_a_weight_is_written_for_a_reader() -> None:
    """Thousands have their comma, and a decimal stays."""
    seeds = FOOD_BY_ID["F001"]
    assert (seeds.weight, replace(seeds, serving_g="1000").weight) == ("28.35g", "1,000g")


def test_an_added_food_is_what_was_read_of_it() -> None:
    """Every food since F120 has a line that says what its source prints, and where it was read."""
    assert list(ADDED) == [food.id for food in FOODS[119:]]
    for row in ADDED.values():
        food, times = FOOD_BY_ID[row["id"]], PER[row["per"]]
        assert (food.name, food.source, food.ndb) == (row["name"], row["source"], row["ndb"])
        assert (food.serving, food.serving_g) == (row["serving"], row["serving_g"])
        assert food.basis == row["serving_basis"]
        assert Fraction(food.magnesium_per_100g) * times == Fraction(row["magnesium"])
        assert Fraction(food.calcium_per_100g) * times == Fraction(row["calcium"])
        assert row["source_description"]
        assert row["where_read"]


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
    assert {food for food in FOODS if food.category == "fruit"} < set(find_foods("fruit"))
    assert [food.name for food in find_foods("Garbanzo")] == [
        "Chickpeas, boiled",
        "Chickpeas, canned",
    ]
    assert find_foods("zzz") == ()
    assert find_foods("") == FOODS


def test_a_word_is_found_in_one_of_a_foods_names_and_never_across_two() -> None:
    """Nor in what keeps the names apart."""
    for food in FOODS[::20]:
        assert food not in find_foods(food.name[-3:] + food.category[:3])
    assert find_foods("|") == find_foods("xx") == ()


@laws
@given(st.integers(0, 500), st.integers(1, 10))
def test_no_food_is_nearer_than_those_named_near(milligrams: int, count: int) -> None:
    """The foods named for a difference are the nearest ones, nearest first."""
    away = [abs(food.magnesium().mg - milligrams) for food in near(Mass.of(milligrams), count)]
    assert away == sorted(abs(food.magnesium().mg - milligrams) for food in FOODS)[:count]
