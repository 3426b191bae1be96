"""The next steps: every word of them pinned, and laws that no answer may break."""

import random
import re
from functools import cache
from xml.etree import ElementTree

import pytest

from calculator.checks import run_intake, run_serum
from calculator.layout.html import result_to_html
from calculator.quantities import Unit
from calculator.result import Care, Result
from calculator.rules.day import IntakeAnswers, SupplementAnswer
from calculator.rules.serum import SerumAnswers
from calculator.tables.amounts import AUTHORITY_BY_CODE, SEXES, STAGES
from calculator.tables.salts import SALT_BY_KEY
from calculator.words.care import KIDNEY_INTAKE
from tests import next_steps

MANY = 10_000  # answers of each check
LOW = re.compile(r"diarrhoea or vomiting|water tablets|low potassium|cramps or twitching")
RAISED = re.compile(r"kidney disease|antacid|laxative|that nobody prescribed|breathing is slow")


def words(card: Care) -> str:
    """Everything that a card says."""
    return " ".join((card.heading, *card.bullets, *card.after))


def blood(chance: random.Random) -> SerumAnswers:
    """A result that somebody might type, near the thresholds more often than far off."""
    value = chance.choice((chance.uniform(0.1, 3), chance.uniform(0.1, 9), chance.uniform(1, 45)))
    low, high = chance.choice((("", ""), ("", ""), ("1.6", "2.6")))
    unit = chance.choice(list(Unit)) if not low else Unit.MG_DL
    return SerumAnswers(f"{value:.2f}", unit.value, low, high)


def day(chance: random.Random) -> IntakeAnswers:
    """A day of somebody of any age, with any supplements or none."""
    salts = ("elemental", "elemental", *SALT_BY_KEY)
    taken = tuple(
        SupplementAnswer(chance.choice(salts), str(chance.choice((5, 60, 111, 240, 400, 2400))))
        for _ in range(chance.choice((0, 1, 1, 2)))
    )
    age = chance.choice((f"{chance.randint(0, 240)}m", str(chance.randint(1, 110))))
    sex = chance.choice(SEXES)
    return IntakeAnswers(
        age=age,
        sex=sex,
        stage=chance.choice(STAGES) if sex == "female" else "general",
        authority=chance.choice(list(AUTHORITY_BY_CODE)),
        food=str(chance.randint(0, 700)),
        supplements=taken,
    )


@cache
def results() -> list[Result]:
    """The results of twenty thousand random answers, the same ones in every run."""
    chance = random.Random(20261125)
    found = [run_serum(blood(chance))[1] for _ in range(MANY)]
    found += [run_intake(day(chance))[1] for _ in range(MANY)]
    assert all(isinstance(result, Result) for result in found)
    return [result for result in found if isinstance(result, Result)]


def test_every_word_of_the_next_steps_is_the_page_that_a_clinician_reads() -> None:
    """A card, a bullet or a warning cannot change without this page changing with it."""
    assert next_steps.PAGE.read_text("utf-8") == next_steps.text(), (
        "If the change is meant: python -m tests.pin, then read what Git shows."
    )


@pytest.mark.slow
def test_no_random_answer_breaks_a_law_of_the_next_steps() -> None:
    """Limits are named in headings, urgent cards come first, and cards keep their direction."""
    met = set()
    for result in results():
        record, cards = result.record, result.cards
        levels = [card.level for card in cards]
        met |= {(result.check, *levels)}
        if result.check == "serum":
            low = record["position"] == "below" or record["status"] == "implausible-low"
            wrong = RAISED if low else LOW
            assert not any(wrong.search(words(card)) for card in cards), record
        elif record["exceeds"]:
            assert "limit" in result.heading, record
            assert "published amount" not in result.heading, record
        if str(record["care"]).startswith("emergency"):
            assert levels[0] == "emergency", record
        if levels != ["prompt"] and levels:
            _, first, *_ = ElementTree.fromstring(result_to_html(result))
            assert first.attrib["class"].split()[0] == "care", record
        if result.check == "intake" and record["notes"] and "kidney" in record["notes"]:
            assert [line.text for line in result.warning] == [KIDNEY_INTAKE], record
    serum = {("serum",), *(("serum", level) for level in ("prompt", "same-day", "emergency"))}
    assert met == serum | {("intake",), ("intake", "prompt"), ("intake", "emergency", "poisons")}


@pytest.mark.slow
def test_whoever_passes_a_limit_or_has_a_raised_result_is_told_to_take_no_more() -> None:
    """Of what nobody prescribed; and to keep taking what was prescribed, and ask."""
    for result in results():
        record = result.record
        raised = result.check == "serum" and record["position"] == "above"
        if raised or (result.check == "intake" and record["care"] != "none"):
            said = " ".join(map(words, result.cards))
            assert re.search(r"(Take|Give) no more of any magnesium that nobody prescribed", said)
            assert re.search(r"Keep (taking|giving) what was prescribed, and ask", said)
