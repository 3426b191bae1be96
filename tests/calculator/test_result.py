"""What every rendering receives, and the contract of the records and the JSON.

The results here are the samples that the tests of the words and the layouts share.
"""

import csv
import json
from collections.abc import Callable, Mapping
from dataclasses import FrozenInstanceError, fields, replace

import pytest

from calculator import __version__
from calculator.checks import run_intake, run_serum
from calculator.record import INTAKE_KEYS, SERUM_KEYS, refusal_to_json, to_json
from calculator.result import Line, Result, Section
from calculator.rules.answers import Refusal
from calculator.rules.day import EatenAnswer, IntakeAnswers, SupplementAnswer
from calculator.rules.serum import SerumAnswers
from calculator.tables.amounts import AUTHORITY_BY_CODE
from tests.conftest import ROOT

EXAMPLES = ROOT / "tests" / "examples"


def serum(value: str, unit: str = "mg/dL", low: str = "", high: str = "") -> Result:
    """The result of a reading that can be checked."""
    _, result = run_serum(SerumAnswers(value, unit, low, high))
    assert isinstance(result, Result), result
    return result


def intake(answers: IntakeAnswers) -> Result:
    """The result of a day that can be checked."""
    _, result = run_intake(answers)
    assert isinstance(result, Result), result
    return result


SERUM_SAMPLES = {
    f"{value} {unit} {low}-{high}": serum(value, unit, low, high)
    for value, unit, low, high in (
        *((value, "mg/dL", "", "") for value in "0.1 0.3 0.6 0.85 0.971 1.1 1.3 1.7 2".split()),
        *((value, "mg/dL", "", "") for value in "2.41 3.01 4 4.8 7 10 12.01 15.1 30 40".split()),
        *((value, "mmol/L", "", "") for value in "0.39 0.49 0.65 0.85 1 1.3 2.7 9 20".split()),
        *((value, "mEq/L", "", "") for value in "0.7 1.5 2 2.2 4 14".split()),
        ("1.00", "mmol/L", "0.70", "1.00"),
        ("2.2", "mEq/L", "1.4", "2.4"),
        ("1.2", "mmol/L", "0.7", "1"),
        ("2.9", "mg/dL", "1.22", "3.0"),
        ("1.3", "mg/dL", "1.6", "2.6"),
        ("9.99", "mg/dL", "1.6", "2.6"),
    )
}


def taking(*supplements: str) -> tuple[SupplementAnswer, ...]:
    """Supplements such as ``oxide:100``, once a day."""
    return tuple(SupplementAnswer(*supplement.split(":")) for supplement in supplements)


def _days() -> dict[str, IntakeAnswers]:
    """Days that between them meet every sentence the check can say."""
    days = {}
    for code in AUTHORITY_BY_CODE:
        for age, sex, mg in (("1", "female", "111"), ("15", "female", "390"), ("35", "male", "")):
            who = IntakeAnswers(age, sex, authority=code, food="200")
            supplements = taking(f"elemental:{mg}") if mg else ()
            days[f"{code} {age}"] = replace(who, supplements=supplements)
        for stage, age in (("pregnancy", "33"), ("lactation", "16"), ("lactation", "55")):
            days[f"{code} {age} {stage}"] = IntakeAnswers(age, "female", stage, code, "200")
    for code, mg in (("UK", "260"), ("US_CA", "390"), ("EU", "2600"), ("WHO_FAO", "9")):
        who = IntakeAnswers("35", "male", authority=code, food="200")
        days[f"{code} 35 {mg}"] = replace(who, supplements=taking(f"elemental:{mg}"))
    woman = IntakeAnswers("60", "female", food="200")
    salts = taking("citrate_anhydrous:500", "oxide:100.5")
    return days | {
        "an amount carried on": replace(woman, age="70"),
        "two salts": replace(woman, supplements=salts),
        "a salt under every limit": replace(woman, supplements=taking("oxide:100")),
        "which citrate": replace(woman, supplements=taking("citrate_unknown:500")),
        "a liquid": replace(
            woman, supplements=(SupplementAnswer("hydroxide", "415", "1", "5", "10"),)
        ),
        "just under": replace(woman, food="269.97"),
        "just over a limit": replace(woman, supplements=taking("elemental:400.04")),
        "much food": replace(woman, food="1600"),
        "calcium at": replace(woman, food="300", calcium="510", weight="51"),
        "calcium just above": replace(woman, food="300", calcium="510.1", weight="51"),
        "no magnesium": replace(woman, food="0", calcium="100"),
        "foods": replace(woman, food="", eaten=(EatenAnswer("F001", "0.5"), EatenAnswer("F008"))),
        "girl of 12": IntakeAnswers("12", "female", food="9", supplements=taking("elemental:9")),
        "infant": IntakeAnswers("6m", "female"),
        "infant supplement": IntakeAnswers("6m", "", supplements=taking("elemental:9")),
    }


INTAKE_SAMPLES = {name: intake(answers) for name, answers in _days().items()}
SAMPLES = {**SERUM_SAMPLES, **INTAKE_SAMPLES}
Law = Callable[[Result], None]


def every(results: Mapping[str, Result]) -> Callable[[Law], Callable[[], None]]:
    """Make a law one test over all of these results, which names the one that breaks it.

    One test a law, and not one a result, keeps thousands of tests out of every run.
    """

    def hold(law: Law) -> Callable[[], None]:
        def test() -> None:
            for name, result in results.items():
                try:
                    law(result)
                except AssertionError as error:
                    error.add_note(f"The sample is: {name}")
                    raise

        test.__name__, test.__doc__, test.__module__ = law.__name__, law.__doc__, law.__module__
        return test

    return hold


every_sample = every(SAMPLES)


def columns(check: str) -> set[str]:
    """The columns of a check's worked examples that a record must have."""
    with (EXAMPLES / f"{check}.csv").open(encoding="utf-8", newline="") as file:
        return set(next(csv.reader(file))) - {"id", "what"}


def test_the_records_keys_are_the_columns_of_the_examples() -> None:
    """The JSON's keys are the published ones, no more and no fewer."""
    assert set(SERUM_KEYS) == columns("serum")
    assert set(INTAKE_KEYS) == columns("intake")


@every_sample
def test_json_holds_the_record_and_how_it_was_worked_out(result: Result) -> None:
    """Every key is there in every result, as text or as a list of text, in a fixed order."""
    json_ = to_json(result)
    keys = SERUM_KEYS if result.check == "serum" else INTAKE_KEYS
    assert tuple(json_) == (*keys, "working", "sources", "problems", "version", "review_due")
    for key in keys:
        assert isinstance(json_[key], list if key in ("notes", "exceeds") else str), key
    assert json_["version"] == __version__
    assert json.loads(json.dumps(json_)) == json_


@every_sample
def test_every_step_of_the_working_has_a_source(result: Result) -> None:
    """A published number is cited where it is used; a sum of the reader's own answers is ours."""
    assert result.working.lines
    assert all(line.sources for line in result.working.lines if line.value)
    steps = to_json(result)["working"]
    assert isinstance(steps, list)
    assert all(step["source"] for step in steps)


@every_sample
def test_sources_are_named_once_in_reading_order(result: Result) -> None:
    """Every source that a line, the figure or the table names is listed, once."""
    assert len(set(result.sources)) == len(result.sources)
    lines = [result.summary, *result.working.lines, *result.notes, *result.warning]
    lines += [line for section in result.sections for line in section.lines]
    named = {key for line in lines for key in line.sources}
    named |= set(result.line.sources if result.line else ())
    named |= set(result.compared.sources if result.compared else ())
    named |= {key for card in result.cards for key in card.sources}
    named |= {key for row in (result.table.sources if result.table else ()) for key in row}
    assert set(result.sources) == named


@every_sample
def test_a_table_has_a_cell_for_every_column_and_sources_for_every_row(result: Result) -> None:
    """Tables are whole, and the row to mark is one of theirs."""
    if result.table is not None:
        table = result.table
        assert {len(row) for row in table.rows} == {len(table.head)}
        assert len(table.sources) == len(table.rows)
        assert all(table.sources)
        assert table.current is None or table.current in range(len(table.rows))


def test_a_result_without_figure_or_table_lists_its_lines_sources() -> None:
    """A bare result still says where its words are from."""
    bare = Result(
        "serum",
        {},
        "",
        Line("a", ("x",)),
        "",
        None,
        None,
        None,
        (),
        (),
        (),
        Section("b", ()),
        (),
        None,
    )
    assert bare.sources == ("x",)


def test_a_refusal_has_the_same_keys_and_says_what_is_wrong() -> None:
    """The JSON of answers that cannot be checked is read by the same reader."""
    record, refusal = run_serum(SerumAnswers(" 2 mg/dL ", "mg/dL", "x", "3"))
    assert isinstance(refusal, Refusal)
    messages = [{"field": "low", "message": "words"}]
    json_ = refusal_to_json(record, messages)
    assert tuple(json_) == (*SERUM_KEYS, "working", "sources", "problems", "version")
    assert (json_["value"], json_["low"], json_["high"]) == ("2 mg/dL", "x", "3")
    assert (json_["status"], json_["mg_dl"], json_["notes"]) == ("error:number", "", [])
    assert json_["problems"] == messages
    intake_record, _ = run_intake(IntakeAnswers("", "female", food="1,5"))
    assert (intake_record["status"], intake_record["food"]) == ("error:empty", "1,5")
    assert intake_record["stage"] == "general"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("0,70", "0,70"), (" 2  mg/dL", "2 mg/dL"), ("x" * 90, "x" * 40 + "…"), ("", "")],
)
def test_a_typed_answer_is_given_back_as_it_was_typed(typed: str, kept: str) -> None:
    """The record keeps the marks and zeros somebody typed, and no flood of letters."""
    record, _ = run_serum(SerumAnswers("2", "mg/dL", typed, typed))
    assert (record["low"], record["high"]) == (kept, kept)


def test_a_record_gives_the_unit_as_it_is_written_and_each_supplement_as_an_option() -> None:
    """A unit typed in another way is told in the usual one; what is not a liquid has no volume."""
    record, _ = run_serum(SerumAnswers("1.7 MG/dl", ""))
    assert record["unit"] == "mg/dL"
    day = (SupplementAnswer("elemental", "100", "1"), SupplementAnswer("oxide", "400", "2"))
    record, _ = run_intake(IntakeAnswers("", "female", food="1", supplements=day))
    assert record["supplements"] == "elemental:100x1 oxide:400x2"


def test_the_record_rounds_for_display_only() -> None:
    """mg and percent to 1 decimal, half up, and more where the rounding would mislead."""
    record = INTAKE_SAMPLES["just over a limit"].record
    assert (record["supplement"], record["total"]) == ("400.04", "600.0")
    assert record["limit_position"] == "above"
    assert SERUM_SAMPLES["0.971 mg/dL -"].record["mmol_l"] == "0.3995"


def test_the_parts_of_a_result_cannot_be_changed() -> None:
    """What was worked out once is what every rendering shows."""
    result = SERUM_SAMPLES["4 mg/dL -"]
    for part in (
        result,
        result.summary,
        result.working,
        result.cards[0],
        result.table,
        result.line,
    ):
        assert part is not None
        with pytest.raises(FrozenInstanceError):
            setattr(part, fields(part)[0].name, "")
