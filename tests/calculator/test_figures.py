"""How numbers are written in every sentence."""

import pytest

from calculator.checks import run_intake
from calculator.quantities import Concentration, Mass, Unit
from calculator.result import Result
from calculator.rules.day import EatenAnswer, IntakeAnswers
from calculator.tables import blood
from calculator.words.figures import (
    both_units,
    in_unit,
    mg,
    mg_apart,
    percent,
    source_name,
    span,
)
from calculator.words.rows import row_rule

# --------------------------------------------------------------- shared pieces


def test_amounts_are_said_in_one_way() -> None:
    """One decimal where there is one, commas over 999, and what two units make."""
    assert [mg(Mass.of(text)) for text in ("80.81", "1200", "0")] == ["80.8mg", "1,200mg", "0mg"]
    assert mg_apart(Mass.of("400.04"), Mass.of(400)) == ("400.04mg", "400mg")
    low, high = Concentration.of("0.70", Unit.MMOL_L), Concentration.of("1.00", Unit.MMOL_L)
    assert in_unit(low, Unit.MMOL_L) == "0.70mmol/L"
    assert both_units(low) == "0.70mmol/L (1.70mg/dL)"
    assert span(low, high, Unit.MMOL_L) == "0.70 to 1.00mmol/L"
    assert span(low, None, Unit.MMOL_L) == "0.70mmol/L or more"
    assert source_name("ctcae5").startswith("CTCAE")


@pytest.mark.parametrize(
    ("total", "said"),
    [("300", "100.0%"), ("299.9", "99.97%"), ("300.01", "100.003%"), ("312", "104.0%")],
)
def test_an_amount_that_is_not_reached_is_never_called_all_of_it(total: str, said: str) -> None:
    """The percentage agrees with the heading, however close the two are."""
    assert percent(Mass.of(total).mg / Mass.of(300).mg * 100) == said


def test_the_rows_rules_meet_end_to_end() -> None:
    """Read from top to bottom, each row of the page's table begins where the last one ended."""
    low, high = blood.DEFAULT_LOW, blood.DEFAULT_HIGH
    assert [row_rule(row, low, high, Unit.MG_DL) for row in blood.SERUM_ROWS] == [
        "under 0.97mg/dL",
        "0.97 to under 1.22mg/dL",
        "1.22 to under 1.7mg/dL",
        "1.7 to 2.43mg/dL",
        "over 2.43 to under 4mg/dL",
        "4 to under 7mg/dL",
        "7 to 12mg/dL",
        "over 12 to 15mg/dL",
        "over 15mg/dL",
    ]


def test_the_working_multiplies_by_the_servings_that_were_typed() -> None:
    """To the last decimal, so that the sum comes out by hand."""
    eaten = (EatenAnswer("F008", "0.3333"),)
    _, result = run_intake(IntakeAnswers("35", "female", eaten=eaten))
    assert isinstance(result, Result)
    assert " a serving × 0.3333 × 270mg in each 100g" in result.working.lines[0].text


def test_a_difference_too_small_for_one_decimal_never_looks_like_none() -> None:
    """A day of 269.96mg is 0.04mg under 270mg, and not 0.0mg."""
    _, result = run_intake(IntakeAnswers("35", "female", food="269.96"))
    assert isinstance(result, Result)
    said = [line.text for section in result.sections for line in section.lines]
    assert any(text.startswith("The difference is 0.04mg.") for text in said)
