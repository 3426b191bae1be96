"""Answers by chance to both checks, and the laws that no next step of theirs may break."""

import random
import re
from xml.etree import ElementTree

from calculator.checks import run_intake, run_serum
from calculator.layout.html import result_to_html
from calculator.quantities import Unit
from calculator.result import Care, Result
from calculator.rules.day import IntakeAnswers, SupplementAnswer
from calculator.rules.serum import SerumAnswers
from calculator.tables.amounts import AUTHORITY_BY_CODE, SEXES, STAGES
from calculator.tables.salts import SALT_BY_KEY
from calculator.words.care import KIDNEY_INTAKE

LOW = re.compile(r"diarrhoea or vomiting|water tablets|low potassium|cramps or twitching")
RAISED = re.compile(r"kidney disease|antacid|laxative|that nobody prescribed|breathing is slow")
STOP = re.compile(r"(Take|Give) no more of any magnesium that nobody prescribed")
KEEP = re.compile(r"Keep (taking|giving) what was prescribed, and ask")


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


def hold_to_its_direction(result: Result) -> None:
    """A card for low blood says nothing of raised blood; a limit is named in the heading."""
    record = result.record
    if result.check == "serum":
        low = record["position"] == "below" or record["status"] == "implausible-low"
        wrong = RAISED if low else LOW
        assert not any(wrong.search(words(card)) for card in result.cards), record
    elif record["exceeds"]:
        assert "limit" in result.heading, record
        assert "published amount" not in result.heading, record


def hold_to_its_order(result: Result) -> None:
    """An urgent card comes first, and the kidney warning stands by itself."""
    record, levels = result.record, [card.level for card in result.cards]
    if str(record["care"]).startswith("emergency"):
        assert levels[0] == "emergency", record
    if levels != ["prompt"] and levels:
        _, first, *_ = ElementTree.fromstring(result_to_html(result))
        assert first.attrib["class"].split()[0] == "care", record
    if result.check == "intake" and record["notes"] and "kidney" in record["notes"]:
        assert [line.text for line in result.warning] == [KIDNEY_INTAKE], record


def hold_to_taking_no_more(result: Result) -> None:
    """Who passes a limit, or has a raised result, stops what nobody prescribed, and asks."""
    record = result.record
    raised = result.check == "serum" and record["position"] == "above"
    if raised or (result.check == "intake" and record["care"] != "none"):
        said = " ".join(map(words, result.cards))
        assert STOP.search(said), record
        assert KEEP.search(said), record


def try_care(seed: int) -> str:
    """Answer one check by chance and hold it to every law. Returns the check and its levels."""
    chance = random.Random(seed)
    result = run_serum(blood(chance))[1] if seed % 2 else run_intake(day(chance))[1]
    assert isinstance(result, Result)
    hold_to_its_direction(result)
    hold_to_its_order(result)
    hold_to_taking_no_more(result)
    return " ".join((result.check, *(card.level for card in result.cards)))
