"""Each check from typed answers to a result, in one step, for the command line and the page."""

from __future__ import annotations

from calculator.record import (
    intake_record,
    intake_refusal_record,
    serum_record,
    serum_refusal_record,
)
from calculator.result import Record, Result
from calculator.rules.answers import Refusal
from calculator.rules.day import IntakeAnswers
from calculator.rules.intake import check_intake
from calculator.rules.serum import SerumAnswers, check_serum
from calculator.words.intake import explain_intake
from calculator.words.serum import explain_serum


def run_serum(answers: SerumAnswers) -> tuple[Record, Result | Refusal]:
    """The serum check: its record, and the result or what is wrong with the answers."""
    facts = check_serum(answers)
    if isinstance(facts, Refusal):
        return serum_refusal_record(answers, facts), facts
    record = serum_record(facts)
    return record, explain_serum(facts, record)


def run_intake(answers: IntakeAnswers) -> tuple[Record, Result | Refusal]:
    """The intake check: its record, and the result or what is wrong with the answers."""
    facts = check_intake(answers)
    if isinstance(facts, Refusal):
        return intake_refusal_record(answers, facts), facts
    record = intake_record(facts)
    return record, explain_intake(facts, record)
