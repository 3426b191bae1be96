"""What nobody should type, and what a link made by hand may hold: told in words, never worse."""

import json
import os
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import TextIO

import pytest

from calculator import browser
from calculator.__main__ import main
from calculator.rules.answers import shown
from tests.conftest import PATIENCE, ROOT
from tests.trust import inputs

Capture = pytest.CaptureFixture[str]
LONG = "F" * 1_000_000


def answered(check: str, **answers: str) -> str:
    """What the page gets for answers, as it is sent."""
    pairs = [(name.replace("_", "-"), value) for name, value in answers.items()]
    return browser.run(json.dumps({"check": check, "answers": pairs}))


def calculator(
    *arguments: str, stdout: int | TextIO, stderr: int | TextIO
) -> subprocess.CompletedProcess[str]:
    """The command line as a process of its own."""
    command = [sys.executable, "-m", "calculator", *arguments]
    return subprocess.run(command, cwd=ROOT, text=True, stdout=stdout, stderr=stderr)


# ------------------------------------------------------------- whatever is typed


@pytest.mark.parametrize("seed", range(300))
def test_whatever_a_form_holds_is_answered_in_words(seed: int) -> None:
    """No exception, no row for nonsense, no markup through, nothing long echoed."""
    inputs.try_form(seed)


@pytest.mark.parametrize("seed", range(100))
def test_whatever_is_typed_on_the_command_line_is_answered_in_words(seed: int) -> None:
    """A result, a problem or how the command is used: status 0 or 2."""
    inputs.try_command(seed)


@pytest.mark.parametrize("seed", range(100))
def test_a_link_made_by_hand_is_a_form_like_any_other(seed: int) -> None:
    """What stands behind the # of an address is read as the page reads it, then checked."""
    inputs.try_link(seed)


@pytest.mark.parametrize(
    "request_",
    [
        "", "5", "null", "{}", pytest.param("[" * 100_000, id="deep"), '{"check": "serum"}',
        '{"check": [], "answers": []}',
        '{"check": "serum", "answers": 5}', '{"check": "serum", "answers": [["value"]]}',
        '{"check": "serum", "answers": [5]}',
        '{"check": "serum", "answers": [["value", "2"], ["value", "9"], ["unit", "mg/dL"]]}',
        '{"check": "intake", "answers": [["food", "100"], ["food", "900"]]}',
    ],
)  # fmt: skip
def test_a_request_that_no_form_makes_is_refused_whole(request_: str) -> None:
    """It is refused as the door's promise says, and of two answers none is dropped unseen."""
    with pytest.raises((KeyError, ValueError)):
        browser.run(request_)


# ------------------------------------------------------------- nothing long, nothing hidden


@pytest.mark.parametrize("field", inputs.SERUM_FIELDS)
def test_no_answer_about_blood_comes_back_whole_when_it_is_long(field: str) -> None:
    """A megabyte that was typed is cut, in the words, the record and the page."""
    answers = {"value": "0.85", "unit": "mmol/L", "low": "0.7", "high": "1"}
    said = answered("serum", **(answers | {field: LONG}))
    assert inputs.longest_run(said, "F") <= inputs.MOST_ECHOED


@pytest.mark.parametrize("field", inputs.INTAKE_FIELDS)
def test_no_answer_about_a_day_comes_back_whole_when_it_is_long(field: str) -> None:
    """Whichever field it is: a food, a compound, a choice or a number."""
    answers = {
        "age": "60", "sex": "female", "stage": "general", "authority": "UK", "food": "",
        "eat_food": "F001", "eat_servings": "1", "supplement_salt": "oxide",
        "supplement_mg": "100", "supplement_times": "1", "supplement_per_ml": "",
        "supplement_ml": "", "calcium": "700", "weight": "70",
    }  # fmt: skip
    said = answered("intake", **(answers | {field.replace("-", "_"): LONG}))
    assert inputs.longest_run(said, "F") <= inputs.MOST_ECHOED


@pytest.mark.parametrize(
    "arguments", [["F" * 5000], ["serum", "2", "mg/dL", "F" * 5000], ["serum", "2", "F" * 5000]]
)
def test_the_command_line_gives_nothing_long_back(arguments: list[str], capsys: Capture) -> None:
    """Nor do the words on how it is used."""
    try:
        status: object = main(arguments)
    except SystemExit as ended:
        status = ended.code
    said = capsys.readouterr()
    assert status == 2
    assert inputs.longest_run(said.out + said.err, "F") <= inputs.MOST_ECHOED


def test_what_is_given_back_holds_no_sign_that_is_not_seen() -> None:
    """A mark of direction would turn our own words round, and a control sign ends a page."""
    hidden = "".join(map(chr, (0, 7, 27, 0x202E, 0x2066, 0xAD, 0xFEFF, 0xD800)))
    assert all(unicodedata.category(sign)[0] == "C" for sign in hidden)
    assert shown(f"{hidden}one{hidden} two {hidden}") == "one two "


def test_a_million_signs_are_answered_at_once() -> None:
    """Digits that end in another sign were once looked through a million times a million times."""
    code = (
        "from calculator.quantities import NotANumber, parse_number\n"
        "try:\n    parse_number('1' * 1_000_000 + chr(233))\n"
        "except NotANumber as error:\n    print(error.reason)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE
    )
    assert ran.stdout == "number\n"


# ------------------------------------------------------------- no unit ignored, no answer dropped


@pytest.mark.parametrize(
    ("value", "unit", "problems"),
    [
        ("2 mmol/L", "mg/L", ["unit"]),
        ("2 mg/dL", "mmol/L", ["unit"]),
        ("2", "mg/kg", ["unit"]),
        ("2 bananas", "mg/dL", ["value"]),
        ("<0.2 mmol/L", "mg/dL", ["value", "unit"]),
        ("<0.2 bananas", "mg/dL", ["value"]),
        (">4.0 mmol/L", "bananas", ["value", "unit"]),
        (">4.0", "", ["value"]),
    ],
)
def test_no_unit_is_ignored(value: str, unit: str, problems: list[str]) -> None:
    """Two units that differ, or one that we do not read, are a problem and give no row."""
    response = json.loads(answered("serum", value=value, unit=unit))
    assert [problem["field"] for problem in response["problems"]] == problems
    assert not any("row “" in problem["message"] for problem in response["problems"])


@pytest.mark.parametrize(
    "options",
    [
        ["--supplement="], ["--supplement= "], ["--supplement=oxide:100/"],
        ["--supplement=oxide:100/*x2"], ["--supplement=oxide:100x"], ["--supplement=oxide:"],
        ["--supplement=oxide:100/5*"], ["--eat="], ["--eat=F001="], ["--food=300"],
        ["--sex=male"], ["--age=3"],
    ],
)  # fmt: skip
def test_no_option_is_dropped(options: list[str], capsys: Capture) -> None:
    """Half of one, an empty one, and one given twice are asked about."""
    try:
        status: object = main(["intake", "--age=60", "--sex=female", "--food=200", *options])
    except SystemExit as ended:
        status = ended.code
    said = capsys.readouterr()
    assert (status, said.out) == (2, "")
    assert said.err


# ------------------------------------------------------------- nowhere to write


full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")


@full
@pytest.mark.parametrize(
    "arguments", [["foods"], ["salts"], ["serum", "2", "mg/dL"], ["--help"], ["--version"]]
)
def test_a_full_disk_is_said_in_one_line(arguments: list[str]) -> None:
    """No traceback, and a status that says that there is no answer."""
    with Path("/dev/full").open("w") as disk:
        ran = calculator(*arguments, stdout=disk, stderr=subprocess.PIPE)
    words = "The answer could not be written: No space left on device\n"
    assert (ran.returncode, ran.stderr) == (1, words)


@full
def test_words_that_cannot_be_written_end_with_their_own_status() -> None:
    """A problem that nobody could read is not a problem told."""
    with Path("/dev/full").open("w") as disk:
        ran = calculator("serum", "x", "mg/dL", stdout=subprocess.PIPE, stderr=disk)
    assert (ran.returncode, ran.stdout) == (1, "")


@full
@pytest.mark.parametrize("arguments", [["--version"], ["serum", "2", "mg/dL"], ["foods"]])
def test_nothing_is_left_to_write_when_the_disk_was_full(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """A few signs or many, in the stream's own buffer or past it: Python ends without a word."""
    with Path("/dev/full").open("w") as disk:
        monkeypatch.setattr(sys, "stdout", disk)
        assert main(arguments) == 1
    assert capsys.readouterr().err.startswith("The answer could not be written")


def test_nobody_is_told_of_a_pipe_that_is_closed(
    monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """Whoever closed it wanted no more."""
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as pipe:
        monkeypatch.setattr(sys, "stdout", pipe)
        assert main(["serum", "2", "mg/dL"]) == 1
    assert capsys.readouterr().err == ""


def test_a_closed_pipe_is_no_fault() -> None:
    """Whoever looks at the first lines only is told nothing more."""
    command = [sys.executable, "-m", "calculator", "foods"]
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    assert process.stderr.read() == ""
    assert process.wait() == 1
