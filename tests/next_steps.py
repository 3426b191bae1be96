"""Every next step and warning in full, as one page that a clinician can read and sign.

python -m tests.pin    writes tests/fixtures/next-steps.md anew, after a change that was meant
"""

from __future__ import annotations

from pathlib import Path

from calculator.checks import run_intake, run_serum
from calculator.result import Care, Result
from calculator.rules.day import IntakeAnswers, SupplementAnswer
from calculator.rules.serum import SerumAnswers
from calculator.words.care import KIDNEY_INTAKE, KIDNEY_SERUM, KIDNEY_SOURCES, PREFIXES
from calculator.words.figures import CARE_NAMES

PAGE = Path(__file__).parent / "fixtures" / "next-steps.md"
HEAD = """# Every next step and warning

Whatever the checks tell a reader to do, word for word. It is made by `python -m tests.pin`, and a
test compares it: no word of it changes alone.

Read and signed by a clinician: nobody yet.
"""
SERUM = (
    ("0.1", "mg/dL"),
    ("0.3", "mmol/L"),
    ("0.45", "mmol/L"),
    ("0.85", "mg/dL"),
    ("0.66", "mmol/L"),
    ("0.85", "mmol/L"),
    ("1.00", "mmol/L"),
    ("2.6", "mg/dL"),
    ("1.3", "mmol/L"),
    ("3.5", "mg/dL"),
    ("4.5", "mg/dL"),
    ("5.2", "mg/dL"),
    ("2.1", "mmol/L"),
    ("9", "mg/dL"),
    ("13", "mg/dL"),
    ("20", "mg/dL"),
    ("40", "mg/dL"),
)
INTAKE = (
    ("60", ""),
    ("60", "250"),
    ("60", "250.1"),
    ("60", "400.1"),
    ("60", "2500"),
    ("3", "65"),
    ("3", "195.1"),
    ("8", "330"),
    ("10", "400.1"),
    ("17", "2500"),
    ("6m", "50"),
    ("6m", "195.1"),
)
SLIPS = (("45", "400"), ("3", "300"), ("60", "2600"))


def text() -> str:
    """The page: each warning, then each result that brings out other words, in order."""
    parts = [HEAD, "## Warnings", _warning("With any supplement", KIDNEY_INTAKE)]
    parts += [_warning("With a raised blood result", KIDNEY_SERUM), "## Next steps in the table"]
    parts += ["\n".join(f"- {level}: {words}" for level, words in CARE_NAMES.items())]
    parts += ["## Blood results"]
    parts += [_result(f"{value}{unit}", _serum(value, unit)) for value, unit in SERUM]
    parts += ["## A day's magnesium"]
    parts += [_result(_person(*case), _intake(*case)) for case in INTAKE]
    parts += ["## A label that may give the compound or the magnesium"]
    for age, mg in SLIPS:
        name = f"Age {age}, {mg}mg of a citrate"
        parts.append(_result(name, _intake(age, mg, "citrate_anhydrous")))
    return "\n\n".join(parts) + "\n"


def _warning(when: str, words: str) -> str:
    return f"### {when}\n\n{words}\n\nSources: {', '.join(KIDNEY_SOURCES)}"


def _serum(value: str, unit: str) -> Result:
    _, result = run_serum(SerumAnswers(value, unit))
    assert isinstance(result, Result)
    return result


def _person(age: str, mg: str) -> str:
    return f"Age {age}, {mg or 'no'}{'mg from a' if mg else ''} supplement"


def _intake(age: str, mg: str, salt: str = "elemental") -> Result:
    taken = (SupplementAnswer(salt, mg),) if mg else ()
    _, result = run_intake(IntakeAnswers(age, "female", food="200", supplements=taken))
    assert isinstance(result, Result)
    return result


def _result(name: str, result: Result) -> str:
    said = [f"### {name}", f"Heading: {result.heading}"]
    said += [_card(card) for card in result.cards] or ["No card."]
    said += [result.compared.text] if result.compared else []
    said += [note.text for note in result.notes]
    for section in result.sections:
        if section.heading == "What sources say of this amount":
            said += [line.text for line in section.lines]
    return "\n\n".join(said)


def _card(card: Care) -> str:
    bullets = "\n".join(f"- {bullet}" for bullet in card.bullets)
    lines = [f"**{PREFIXES[card.level]}{card.heading}**", bullets, *card.after]
    sources = f"Sources: {', '.join(card.sources)}" if card.sources else ""
    return "\n\n".join(line for line in (*lines, sources) if line)
