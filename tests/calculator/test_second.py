"""The calculator against a second calculation that shares no code with it."""

import ast
import sys
from pathlib import Path

import pytest

from tests.calculator.test_command_line import cases
from tests.trust import second
from tests.trust.compared import Case, agree, first_blood, first_day, try_second

MANY = 400  # days and results by chance; `dev.py test --trust` tries many more


@pytest.mark.parametrize("case", cases("serum"), ids=lambda case: case["id"])
def test_a_worked_result_comes_out_twice(case: Case) -> None:
    """The example, the calculator and the second calculation say the same."""
    other = second.blood(*(case[name] for name in ("value", "unit", "low", "high")))
    agree(first_blood(case), other, case)
    agree(case, other, case)


@pytest.mark.parametrize("case", cases("intake"), ids=lambda case: case["id"])
def test_a_worked_day_comes_out_twice(case: Case) -> None:
    """As for blood."""
    other = second.day(case)
    agree(first_day(case), other, case)
    agree(case, other, case)


def test_results_and_days_by_chance_come_out_twice() -> None:
    """Near every number that is published, where a slip would show."""
    for seed in range(MANY):
        try_second(seed)


def test_the_second_calculation_shares_no_code_with_the_calculator() -> None:
    """It imports Python's own modules and nothing else."""
    tree = ast.parse(Path(second.__file__).read_text("utf-8"))
    names = {
        name.partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else [a.name for a in node.names]
        )
    }
    assert names <= sys.stdlib_module_names
