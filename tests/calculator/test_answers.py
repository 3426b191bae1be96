"""Reading typed answers: every problem is found and named, nothing is guessed."""

from fractions import Fraction

import pytest

from calculator.rules.answers import Problem, Reader, Refusal


def read(text: str, units: tuple[str, ...] = ("mg",), most: int | None = 5000) -> Fraction | str:
    """The number read from ``text``, or why it was refused."""
    reader = Reader()
    limit = None if most is None else Fraction(most)
    value = reader.number("food", text, units=units, most=limit)
    if value is not None:
        assert reader.problems == []
        return value
    (problem,) = reader.problems
    return f"{problem.kind}:{problem.reason}"


@pytest.mark.parametrize("text", ["200", "200mg", "200 MG", " 200.0 mg "])
def test_a_typed_unit_that_agrees_is_accepted(text: str) -> None:
    """A person may type the unit that the question already names."""
    assert read(text) == 200


@pytest.mark.parametrize("text", ["0.2g", "0.2 grams", "200ug", "200 mcg", "1 mmol", "200 mg/day"])
def test_a_typed_unit_that_conflicts_is_refused(text: str) -> None:
    """Grams in a milligram field are never read as milligrams."""
    assert read(text) == "number:unit"


def test_a_unit_where_none_belongs_is_no_number() -> None:
    """Servings and times a day have no unit."""
    assert read("2 mg", units=()) == "number:number"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "empty:empty"),
        ("1,500", "number:thousands"),
        ("<5", "number:inexact"),
        ("lots", "number:number"),
        ("-1", "range:range"),
        ("5000.1", "range:range"),
    ],
)
def test_a_number_that_cannot_be_used_is_named(text: str, problem: str) -> None:
    """Each way to be wrong has its own name."""
    assert read(text) == problem


@pytest.mark.parametrize("text", ["0", "5000", "5000.000"])
def test_both_bounds_may_be_given(text: str) -> None:
    """A bound belongs to what is accepted."""
    assert read(text) == Fraction(text)


def test_without_an_upper_bound_only_less_than_nothing_is_refused() -> None:
    """An open-ended number still cannot be negative."""
    assert read("999999", most=None) == 999999
    assert read("-0.1", most=None) == "range:negative"


@pytest.mark.parametrize(
    ("text", "problem"), [("", "empty:choice"), ("Female", "choice:choice"), ("x", "choice:choice")]
)
def test_a_choice_is_one_of_the_choices(text: str, problem: str) -> None:
    """An answer that was not offered is asked again, never taken for the nearest."""
    reader = Reader()
    assert reader.choice("sex", text, ("female", "male")) == ""
    assert [f"{p.kind}:{p.reason}" for p in reader.problems] == [problem]


def test_the_status_is_that_of_the_first_problem() -> None:
    """A refusal carries every problem, and its status names the first."""
    first, second = Problem("age", "empty"), Problem("food", "range")
    assert Refusal((first, second)).status == "error:empty"
