"""Laws over many answers: page, text and JSON agree to the digit, and more is never less."""

import json
import re
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculator import browser
from calculator.quantities import Concentration, Unit, exact
from calculator.result import Result
from calculator.rules.answers import Refusal
from calculator.rules.day import EatenAnswer, IntakeAnswers, SupplementAnswer
from calculator.rules.intake import IntakeFacts, check_intake
from calculator.rules.serum import SerumAnswers, SerumFacts, check_serum
from calculator.tables.amounts import AUTHORITY_BY_CODE, SEXES
from calculator.tables.foods import FOODS, Food
from calculator.words.figures import NOT_SAID
from tests.calculator.test_result import INTAKE_SAMPLES, SERUM_SAMPLES

laws = settings(deadline=None, max_examples=60)
CARE = ("none", "prompt", "emergency")

# A hair beside a number that is published: what rounding would print as that number.
hairs = st.sampled_from(("-0.01", "-0.0011", "-0.04", "0", "0.0011", "0.01", "0.0491"))
people = st.tuples(
    st.sampled_from(("3", "8", "16", "35", "70")),
    st.sampled_from(SEXES),
    st.sampled_from(tuple(AUTHORITY_BY_CODE)),
)
Person = tuple[str, str, str]


def day(answers: IntakeAnswers) -> IntakeFacts:
    """What the check found of a day that can be checked."""
    facts = check_intake(answers)
    assert isinstance(facts, IntakeFacts), facts
    return facts


def answered(check: str, **answers: str) -> tuple[dict[str, str], str, str]:
    """The record, the text to copy and the page for answers."""
    pairs = [(name.replace("_", "-"), value) for name, value in answers.items()]
    response = json.loads(browser.run(json.dumps({"check": check, "answers": pairs})))
    assert not response["problems"], response
    return response["record"], response["text"], response["html"]


def said(figure: str) -> str:
    """A record's figure as a sentence says it: no closing zeros, and thousands marked."""
    whole, _, decimals = figure.partition(".")
    rest = decimals.rstrip("0")
    return f"{int(whole):,}{'.' if rest else ''}{rest}"


def looks_equal(figure: str, other: str) -> bool:
    """Whether two figures of a record print the same number."""
    return Fraction(figure) == Fraction(other)


# ------------------------------------------------------- page, text, JSON and copy agree


@laws
@given(people, hairs)
def test_a_total_beside_an_amount_is_one_number_everywhere(person: Person, hair: str) -> None:
    """JSON, text and page print the total alike, and never as an amount that it is not."""
    age, sex, authority = person
    who = IntakeAnswers(age, sex, authority=authority, food="100")
    (row,) = {c.row for c in day(who).comparisons if c.authority.code == authority}
    assert row
    total = exact(row.amount.mg + Fraction(hair))
    record, text, page = answered(
        "intake", age=age, sex=sex, authority=authority, food=total, stage="general"
    )
    assert (record["position"] == "below") == (Fraction(hair) < 0)
    same = Fraction(hair) == 0
    assert looks_equal(record["total"], record["reference"]) == same, record["total"]
    assert looks_equal(record["percent"], "100") == same, record["percent"]
    for whole in (text, page):
        assert f"{said(record['total'])}mg a day is {record['percent']}% of" in whole
        assert f"This day, {said(record['total'])}mg" in page


@laws
@given(people, hairs, st.sampled_from(("65", "110", "250", "350", "400")))
def test_a_supplement_beside_a_limit_is_one_number_everywhere(
    person: Person, hair: str, limit: str
) -> None:
    """As for the total; a limit that is passed is never printed as the amount that passes it."""
    age, sex, authority = person
    taken = exact(Fraction(limit) + Fraction(hair))
    record, text, page = answered(
        "intake", age=age, sex=sex, authority=authority, food="100", stage="general",
        supplement_salt="elemental", supplement_mg=taken, supplement_times="1",
    )  # fmt: skip
    if record["limit"]:
        same = Fraction(taken) == Fraction(record["limit"])
        assert looks_equal(record["supplement"], record["limit"]) == same, record
    if "Over a limit?" in text:
        for whole in (text, page):
            (taken_said,) = re.findall(r"Over a limit\? [A-Za-z ]+: ([0-9.,]+)mg a day", whole)
            assert taken_said == said(record["supplement"])


@laws
@given(
    st.sampled_from(("0.4 mmol/L", "0.5 mmol/L", "1.7 mg/dL", "1.00 mmol/L", "4 mg/dL", "7 mg/dL",
                     "12 mg/dL", "15 mg/dL")),
    st.sampled_from(("-0.0001", "-0.004", "0", "0.0001", "0.004")),
)  # fmt: skip
def test_a_reading_outside_never_looks_like_an_end_that_it_has_not_reached(
    end: str, hair: str
) -> None:
    """In any unit of the record: 1.699mg/dL is below 1.70 and is printed so."""
    number, unit = end.split()
    value = exact(Fraction(number) + Fraction(hair))
    record, _, _ = answered("serum", value=value, unit=unit)
    column = {"mmol/L": "mmol_l", "mg/dL": "mg_dl"}[unit]
    if record["position"] != "within":
        assert looks_equal(record[column], number) == (Fraction(hair) == 0), record


# ------------------------------------------------------- the same blood, more and less


@pytest.mark.slow
def test_the_same_blood_gets_the_same_row_from_0_01_to_50_in_any_unit() -> None:
    """Every hundredth of a mmol/L, typed exactly in the three units."""
    for number in range(1, 5001):
        blood = Concentration(Fraction(number, 100), Unit.MMOL_L)
        found = set()
        for unit in Unit:
            facts = check_serum(SerumAnswers(exact(blood.in_unit(unit)), unit.value))
            assert isinstance(facts, SerumFacts)
            found.add((facts.row, facts.position, facts.status, facts.care))
        assert len(found) == 1, number


@laws
@given(people, st.lists(st.sampled_from(FOODS), max_size=4), st.sampled_from(FOODS))
def test_a_total_never_falls_when_a_food_is_added(
    person: Person, foods: list[Food], more: Food
) -> None:
    """Nor does any other figure but the difference to an amount."""
    age, sex, authority = person
    rows = tuple(EatenAnswer(food.id, "0.5") for food in [*foods, more])
    before = check_intake(IntakeAnswers(age, sex, authority=authority, eaten=rows[:-1]))
    after = day(IntakeAnswers(age, sex, authority=authority, eaten=rows))
    if isinstance(before, Refusal):
        assert not foods
        return
    assert isinstance(before, IntakeFacts)
    assert after.total >= before.total
    assert (after.percent or 0) >= (before.percent or 0)
    reached = [c.position == "at-or-above" for c in before.comparisons]
    still = [c.position == "at-or-above" for c in after.comparisons]
    assert all(now for was, now in zip(reached, still, strict=True) if was)
    assert after.exceeds == before.exceeds


@laws
@given(people, st.integers(0, 30_000), st.integers(0, 30_000))
def test_more_of_a_supplement_never_passes_fewer_limits(person: Person, one: int, two: int) -> None:
    """Limits passed, notes and the level of the next step only grow."""
    age, sex, authority = person
    less, more = (
        day(
            IntakeAnswers(
                age,
                sex,
                authority=authority,
                food="100",
                supplements=(SupplementAnswer("elemental", exact(Fraction(tenths, 10))),),
            )
        )
        for tenths in sorted((one, two))
    )
    assert set(less.exceeds) <= set(more.exceeds)
    assert set(less.notes) <= set(more.notes)
    assert CARE.index(less.care) <= CARE.index(more.care)


# ------------------------------------------------------- what a result is not


@pytest.mark.parametrize("result", [*SERUM_SAMPLES.values(), *INTAKE_SAMPLES.values()])
def test_every_result_says_what_it_does_not_tell(result: Result) -> None:
    """A number in a range is not health; only a baby's result, which compares nothing, has none."""
    headings = [section.heading for section in result.sections]
    assert (NOT_SAID in headings) == (result.record["status"] != "out-of-scope:infant")
