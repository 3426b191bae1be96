"""Every sentence that the checks can say, so that the rules for pages hold for results too.

The answers are made from the calculator's own tables, on either side of each threshold. A test
proves that they bring out every text of `calculator/words`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from itertools import cycle, product
from pathlib import Path

from calculator.checks import run_intake, run_serum
from calculator.quantities import Concentration, Unit
from calculator.result import Result
from calculator.rules.day import EatenAnswer, IntakeAnswers, SupplementAnswer
from calculator.rules.serum import SerumAnswers
from calculator.tables import amounts, blood, salts
from calculator.tables.foods import FOODS
from calculator.words.care import PREFIXES
from calculator.words.figures import CARE_NAMES, ROW_NAMES
from calculator.words.serum import STAGE_NAMES
from scripts.pages.reading import Sentence

WORDS = ("figures", "care", "rows", "serum", "serum_working", "limits", "intake", "intake_working")
FILES = (
    *(f"words/{name}.py" for name in WORDS),
    *(f"tables/{name}.py" for name in ("amounts", "blood", "phones", "salts", "sources")),
)

# Ages in years that meet a child, a girl, each adult group, and what is for women only; and
# milligrams that are nothing, usual, just over a limit, and over the laxative dose.
AGES = ("6m", "1", "5", "12", "16", "35", "55", "60", "70")
AMOUNTS = ("", "9", "111", "260", "390", "400.04", "2600")
EATEN = ("0", "200", "269.97", "300", "1600")
CALCIUM = ("100", "510", "510.1", "780", "900")


def serum_answers() -> Iterator[SerumAnswers]:
    """Yield readings on, just under and just over each threshold, in every unit."""
    points = [row.ends.at for row in blood.SERUM_ROWS if row.ends]
    points += [row.rises.at for row in blood.SERUM_ROWS if row.rises]
    points += [end for each in blood.RANGES for end in (each.low, each.high) if end]
    far = [Concentration.of(value, Unit.MG_DL) for value in ("0.1", "0.3", "0.6", "20", "40")]
    for point, unit, step in product([*points, *far], Unit, ("-0.01", "0", "0.01")):
        value = str(round(float(point.in_unit(unit) + Fraction(step)), 3))
        yield SerumAnswers(value, unit.value, "", "")
    for value, low, high in product(("1", "1.3", "2", "2.9", "9.99"), ("1.2", "1.6"), ("2.4", "3")):
        for unit in Unit:
            yield SerumAnswers(value, unit.value, low, high)
    # As people type and laboratories print: a comma, a mark, another unit, another sample.
    for value in ("2,1", "0,66 L", "20 mg/L", "15", "5.2"):
        for chosen in ("mg/dL", "mmol/L"):
            yield SerumAnswers(value, "" if "/" in value else chosen, "", "")
    # As the range in common use in the UK is printed.
    for value in ("0.5", "0.65", "1.00", "1.2"):
        yield SerumAnswers(value, Unit.MMOL_L.value, "0.70", "1.00")


def intake_answers() -> Iterator[IntakeAnswers]:
    """Yield days by every authority, age, sex and stage, with and without supplements."""
    taken = [(SupplementAnswer("elemental", mg),) if mg else () for mg in AMOUNTS]
    # The amounts in turn: each age meets each of them, if not with every authority.
    everybody = product(amounts.AUTHORITY_BY_CODE, AGES, amounts.SEXES)
    for (code, age, sex), supplements in zip(everybody, cycle(taken), strict=False):
        yield IntakeAnswers(age, sex, authority=code, food="200", supplements=supplements)
    for code, age in product(amounts.AUTHORITY_BY_CODE, AGES):
        for stage in ("pregnancy", "lactation"):
            yield IntakeAnswers(age, "female", stage, code, "200")
    for age, mg, count in product(AGES, AMOUNTS[1:], (1, 2)):
        compounds = (SupplementAnswer("oxide", mg),) * count
        yield IntakeAnswers(age, "female", food="200", supplements=compounds)
    for food, calcium, weight in product(EATEN, CALCIUM, ("", "51")):
        yield IntakeAnswers("60", "female", food=food, calcium=calcium, weight=weight)
    each = tuple(SupplementAnswer(salt.key, "100.5", "2") for salt in salts.SALTS)
    unknown = (SupplementAnswer("citrate_unknown", "400"),)
    for food in ("200", "220"):  # the most that it can be reaches the amount, or does not
        yield IntakeAnswers("60", "female", food=food, supplements=unknown)
    eaten = tuple(EatenAnswer(food.id, "0.5") for food in FOODS)
    yield IntakeAnswers("60", "female", food="200", supplements=each)
    yield IntakeAnswers("60", "female", food="200,5")
    liquid = (SupplementAnswer("hydroxide", "415", "1", "5", "10"),)
    yield IntakeAnswers("60", "female", food="200", supplements=liquid)
    for mg in ("9", "2600"):
        yield IntakeAnswers("6m", "", supplements=(SupplementAnswer("elemental", mg),))
    yield IntakeAnswers("60", "female", eaten=eaten)


def results() -> Iterator[Result]:
    """Yield the result of each of these answers."""
    outcomes = [run_serum(answers)[1] for answers in serum_answers()]
    outcomes += [run_intake(answers)[1] for answers in intake_answers()]
    return (outcome for outcome in outcomes if isinstance(outcome, Result))


def lines(result: Result) -> Iterator[str]:
    """Yield every line of words in a result."""
    yield from (result.heading, result.summary.text, result.marked)
    yield from (line.text for line in (*result.notes, *result.warning))
    for section in (result.working, *result.sections):
        yield from (section.heading, *(line.text for line in section.lines))
    if result.compared:
        yield result.compared.text
    for card in result.cards:
        yield from (PREFIXES[card.level], card.heading, *card.bullets, *card.after)
    if result.line:
        yield from (result.line.title, result.line.description)
        yield from (text for band in result.line.bands for text in (band.word, band.label) if text)
        yield from (mark.label for mark in result.line.marks if mark.label)
    if result.table:
        yield from (result.table.caption, *result.table.head)
        yield from (cell for row in result.table.rows for cell in row)
    for bars in filter(None, (result.bars, result.compared_bars)):
        yield from (bars.title, bars.line_label)


@cache
def words() -> frozenset[str]:
    """Return every line that the results hold; where lines differ only in figures, the last.

    Cached: the lines come from the calculator alone, which does not change while the lint runs.
    """
    said = dict.fromkeys(line for result in results() for line in lines(result))
    unlike = {re.sub(r"[0-9][0-9,.]*", "0", line): line for line in said}
    names = {*ROW_NAMES.values(), *STAGE_NAMES.values(), *CARE_NAMES.values()}
    return frozenset(names | {*unlike.values()})


def literals(package: Path) -> Iterator[tuple[str, Sentence]]:
    """Yield each text written in the modules that hold the words, with its file and line."""
    for name in FILES:
        nodes = list(ast.walk(ast.parse((package / name).read_text(encoding="utf-8"))))
        # A string that is a whole statement is a docstring: leave it out, no reader sees it.
        alone = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
        for node in (each for each in nodes if id(each) not in alone):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield name, Sentence(node.lineno, node.value)


def placed(package: Path) -> dict[str, list[Sentence]]:
    """Return every line of words by the module, and at the text, that most of it comes from."""
    written = sorted(literals(package), key=lambda literal: -len(literal[1].text))
    by_file: dict[str, list[Sentence]] = {name: [] for name in FILES}
    for said in sorted(words()):
        whole = ((name, text) for name, text in written if text.text.strip() in said)
        name, text = next(whole, (FILES[0], Sentence(1, "")))
        by_file[name].append(Sentence(text.line, said))
    return by_file
