"""What the engine is asked: whatever a form can send, and what no form sends."""

from __future__ import annotations

import json
import random
import unicodedata
from collections.abc import Iterator, Sequence

from calculator.quantities import Unit
from calculator.rules.day import EatenAnswer, IntakeAnswers, SupplementAnswer
from calculator.rules.serum import SerumAnswers
from calculator.tables import amounts, salts
from calculator.tables.foods import FOODS
from scripts.blocks import examples
from scripts.lint import said
from scripts.runtime import build as runtime

Fields = Sequence[tuple[str, str]]

# Typed by somebody in a hurry, by a hand that slipped, or pasted: figures of other scripts, signs
# wider than two bytes, half a sign, a nul, and more than anybody types.
PLAIN = "0 -1 1e5 1E-400 0,85 0.85 1.234,5 1,234.5 ½ ² 1/3 ~0.8 <0.5 >5 NaN inf 0x10 1_000 2.1mg/dl"
SIGNS = (
    "",
    " ",
    "\0",
    "a\tb\nc",
    "µ",
    "é",
    "日本",
    "😀",
    "\ud800",
    "\u202e1",
    "\u0665",
    "<b>&amp;",
)
LONG = ("9" * 400, "0." + "3" * 400, "10" * 3000, "😀" * 300, "A" * 100_000)
TYPED = (*PLAIN.split(), "0.85 mmol/L", *SIGNS, *LONG)
# What no form of ours sends, which Python answers with an exception.
NO_JSON = ("", "{", "not JSON", "\ufeff{}", "[" * 300, "9" * 5000)
NO_FORM = (
    *("null", "[]", "{}", "0", '"\\ud800"', "1e999", "-0.0", "NaN", '{"check": "serum"}'),
    *('{"check": "other", "answers": []}', '{"check": "serum", "answers": 5}'),
    *('{"check": "serum", "answers": [[1]]}', '{"check": "serum", "answers": [["value", null]]}'),
    '{"check": "sum", "answers": [["eat-food", "x"]]}',
)
NUMBERS = ("0", "0.5", "1", "2", "3,5", "12", "100.25", "0.001", "400", "2600", "99999", "abc", "")


def every() -> list[str]:
    """Return each request that is made by hand or from the calculator's own tables, once."""
    known = [*runtime.REQUESTS, *(row.request for row in examples.every())]
    serum = (request("serum", serum_fields(one)) for one in said.serum_answers())
    intake = (request("intake", intake_fields(one)) for one in said.intake_answers())
    return list(dict.fromkeys([*known, *serum, *intake, *_typed(), *_sums(), *NO_JSON, *NO_FORM]))


def request(check: str, fields: Fields) -> str:
    """Return what the page asks."""
    return json.dumps({"check": check, "answers": fields})


def serum_fields(answers: SerumAnswers) -> Fields:
    """Return the fields of the form that give these answers."""
    return [(name, str(getattr(answers, name))) for name in ("value", "unit", "low", "high")]


def intake_fields(answers: IntakeAnswers) -> Fields:
    """Return the fields of the form that give these answers."""
    names = ("age", "sex", "stage", "authority", "food", "calcium", "weight")
    fields = [(name, str(getattr(answers, name))) for name in names]
    for eaten in answers.eaten:
        fields += [("eat-food", eaten.food), ("eat-servings", eaten.servings)]
    for taken in answers.supplements:
        fields += [("supplement-salt", taken.salt), ("supplement-mg", taken.mg)]
        fields += [("supplement-times", taken.times)]
        fields += [("supplement-per-ml", taken.per_ml), ("supplement-ml", taken.ml)]
    return fields


def _typed() -> Iterator[str]:
    """Whatever can be typed, in each box in turn."""
    serum = {"value": "0.85", "unit": "mmol/L", "low": "0.7", "high": "1"}
    day = {"age": "60", "sex": "female", "stage": "general", "authority": "UK", "food": "200"}
    day |= {"eat-food": FOODS[0].id, "eat-servings": "1", "supplement-salt": "elemental"}
    day |= {"supplement-mg": "300", "supplement-times": "1", "calcium": "700", "weight": "60"}
    for check, fields in (("serum", serum), ("intake", day)):
        for name in fields:
            for typed in TYPED:
                yield request(check, list({**fields, name: typed}.items()))


def _sums() -> Iterator[str]:
    for food in FOODS:
        yield request("sum", [("eat-food", food.id), ("eat-servings", "1.5")])
    for servings in TYPED:
        yield request("sum", [("eat-food", FOODS[-1].id), ("eat-servings", servings)])


def at_random(seed: int) -> Iterator[str]:
    """Yield requests without end, the same ones for the same seed: most are days or readings."""
    dice = random.Random(seed)
    while True:
        make = dice.choices((_reading, _day, _noise), (9, 9, 2))[0]
        yield make(dice)


def _number(dice: random.Random) -> str:
    scale = dice.choice((1, 10, 1000, 100_000))
    number = f"{dice.random() * scale:.{dice.randrange(6)}f}"
    return dice.choice((number, number, number, number.replace(".", ","), dice.choice(NUMBERS)))


def _reading(dice: random.Random) -> str:
    units = [unit.value for unit in Unit]
    low = _number(dice) if dice.random() < 0.3 else ""
    high = _number(dice) if dice.random() < 0.3 else ""
    return request(
        "serum", serum_fields(SerumAnswers(_number(dice), dice.choice(units), low, high))
    )


def _day(dice: random.Random) -> str:
    def some(chance: float) -> str:
        return _number(dice) if dice.random() < chance else ""

    kinds = [salt.key for salt in salts.SALTS] + [salts.ELEMENTAL, "citrate_unknown"]
    rows = range(dice.choice((0, 1, 1, 2, 3, 8)))
    answers = IntakeAnswers(
        age=dice.choice((str(dice.randrange(121)), f"{dice.randrange(240)}m", _number(dice))),
        sex=dice.choice((*amounts.SEXES, "")),
        stage=dice.choice(("general", "general", "pregnancy", "lactation")),
        authority=dice.choice(list(amounts.AUTHORITY_BY_CODE)),
        food=some(0.5),
        eaten=tuple(EatenAnswer(dice.choice(FOODS).id, _number(dice)) for _ in rows),
        supplements=tuple(
            SupplementAnswer(
                dice.choice(kinds), _number(dice), str(dice.randrange(1, 5)), some(0.2), some(0.2)
            )
            for _ in range(dice.choice((0, 1, 2, 5)))
        ),
        calcium=some(0.3),
        weight=some(0.3),
    )
    return request("intake", intake_fields(answers))


def _noise(dice: random.Random) -> str:
    points = (dice.choice((dice.randrange(32, 127), dice.randrange(0xD800))) for _ in range(20))
    # Signs that Unicode gave out since are shown by a newer Python, and left out by an older one.
    signs = "".join(sign for sign in map(chr, points) if unicodedata.category(sign) != "Cn")
    names = ("value", "unit", "low", "age", "sex", "food", "weight", "authority")
    fields = [(name, dice.choice((signs, _number(dice)))) for name in names]
    fields += [("eat-food", signs), ("eat-servings", signs[:3])]
    return request(dice.choice(("serum", "intake", "sum")), fields)
