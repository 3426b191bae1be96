"""The calculator held against the second calculation, case by case and by chance."""

from __future__ import annotations

import random

from calculator.checks import run_intake, run_serum
from calculator.rules.day import IntakeAnswers, SupplementAnswer
from calculator.rules.serum import SerumAnswers
from tests.trust import second

Case = dict[str, str]


def flat(record: dict[str, str | list[str]]) -> Case:
    """A record as the worked examples write it."""
    return {key: " ".join(v) if isinstance(v, list) else v for key, v in record.items()}


def first_blood(case: Case) -> Case:
    """The calculator's record of a blood result."""
    return flat(run_serum(SerumAnswers(*(case[n] for n in ("value", "unit", "low", "high"))))[0])


def first_day(case: Case) -> Case:
    """The calculator's record of a day."""
    parts = (item.partition(":") for item in case["supplements"].split())
    taken = tuple(
        SupplementAnswer(salt, mg, times)
        for salt, _, amount in parts
        for mg, _, times in [amount.partition("x")]
    )
    answers = IntakeAnswers(
        age=f"{case['age_months']}m",
        sex=case["sex"],
        stage=case["stage"],
        authority=case["authority"],
        food=case["food"],
        supplements=taken,
        calcium=case["calcium"],
        weight=case["weight"],
    )
    return flat(run_intake(answers)[0])


def agree(first: Case, other: Case, case: Case) -> None:
    """Every column of the second calculation is the calculator's."""
    assert {key: first[key] for key in other} == other, case


def blood_by_chance(seed: int) -> Case:
    """A result in any unit, on an end of a row or a hair beside it as often as not."""
    chance = random.Random(seed)
    unit = chance.choice(("mg/dL", "mmol/L", "mEq/L"))
    near = chance.choice(
        "0.2 0.4 0.5 0.7 0.9 1 1.2 1.23 1.7 2 2.4 3 3.3 4 4.8 7 8 12 15 30".split()
    )
    hair = chance.choice((0, 0, 1, -1, 12, -7)) / 1000
    value = float(near) + hair if chance.random() < 0.5 else chance.uniform(0.05, 40)
    low, high = chance.choice((("", ""), ("", ""), ("1.6", "2.6"), ("1.8", "2.2"), ("0.7", "1")))
    return {"value": f"{value:.4f}", "unit": unit, "low": low, "high": high}


def day_by_chance(seed: int) -> Case:
    """A day of somebody of any age, at a published number or a hair beside it."""
    chance = random.Random(seed)
    sex = chance.choice(("female", "male"))
    months = chance.choice((chance.randint(6, 240), chance.randint(12, 1440)))
    published = chance.choice((65, 80, 85, 110, 195, 230, 250, 270, 300, 330, 350, 400, 420, 2500))
    salts = ("elemental", "elemental", *second.SALTS)
    taken = " ".join(
        f"{chance.choice(salts)}:{published + chance.choice((0, 0.01, -0.01, 0.1, 55))}"
        f"x{chance.choice((1, 1, 2))}"
        for _ in range(chance.choice((0, 1, 1, 2)))
    )
    return {
        "age_months": str(months),
        "sex": sex,
        "stage": chance.choice(("general", "pregnancy", "lactation")),
        "authority": chance.choice(second.AUTHORITIES),
        "food": chance.choice(
            (str(chance.randint(0, 700)), f"{published - 0.01:.2f}", "1500.1", "0")
        ),
        "supplements": taken,
        "calcium": chance.choice(("", "0", "700", str(chance.randint(1, 900)), "459", "458.9")),
        "weight": chance.choice(("", "70", "45.9")),
    }


def try_second(seed: int) -> tuple[str, str]:
    """A result and a day by chance, calculated twice; return their statuses."""
    result, day = blood_by_chance(seed), day_by_chance(seed)
    agree(first_blood(result), second.blood(**result), result)
    first = first_day(day)
    agree(first, second.day(day), day)
    return second.blood(**result)["status"], first["status"]
