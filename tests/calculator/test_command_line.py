"""The command line: every worked example, its JSON contract, its words and its exit status."""

import csv
import io
import json
import re
import runpy
import subprocess
import sys
from typing import TypedDict

import pytest

from calculator import REVIEW_DUE, __version__
from calculator.__main__ import main
from calculator.tables import amounts
from calculator.tables.foods import FOODS
from calculator.tables.salts import SALTS
from tests.conftest import ROOT

BIB = frozenset(
    re.findall(r"^@\w+\{([^,\s]+),", (ROOT / "references.bib").read_text("utf-8"), re.M)
)
Case = dict[str, str]


class Step(TypedDict):
    """One step of the working."""

    step: str
    source: str


class Answer(TypedDict):
    """What every answer in JSON has besides its record."""

    working: list[Step]
    sources: list[str]
    problems: list[dict[str, str]]
    version: str


def cases(check: str) -> list[Case]:
    """The worked examples of a check."""
    with (ROOT / "tests" / "examples" / f"{check}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def serum_arguments(case: Case) -> list[str]:
    """A serum case as it is typed."""
    options = [f"--{name}={case[name]}" for name in ("low", "high") if case[name]]
    return ["serum", case["value"], case["unit"], *options]


def intake_arguments(case: Case) -> list[str]:
    """An intake case as it is typed, its age in months."""
    names = ("authority", "sex", "stage", "food", "calcium", "weight")
    options = [f"--{name}={case[name]}" for name in names if case[name]]
    options += [f"--supplement={item}" for item in case["supplements"].split()]
    return ["intake", f"--age={case['age_months']}m", *options]


EXAMPLES = [(case, serum_arguments(case)) for case in cases("serum")]
EXAMPLES += [(case, intake_arguments(case)) for case in cases("intake")]
examples = pytest.mark.parametrize(
    ("case", "arguments"), EXAMPLES, ids=[case["id"] for case, _ in EXAMPLES]
)
Capture = pytest.CaptureFixture[str]


@examples
def test_a_worked_example_gives_every_column(
    case: Case, arguments: list[str], capsys: Capture
) -> None:
    """Every column of a published example is what the command line answers."""
    status = main([*arguments, "--json"])
    answer = json.loads(capsys.readouterr().out)
    assert status == (2 if case["status"].startswith("error") else 0)
    for column in case.keys() - {"id", "what"}:
        value = answer[column]
        assert (" ".join(value) if isinstance(value, list) else value) == case[column], column


@examples
def test_a_worked_example_shows_its_working(
    case: Case, arguments: list[str], capsys: Capture
) -> None:
    """Each step names a source that is in the bibliography, and the whole is versioned."""
    main([*arguments, "--json"])
    answer: Answer = json.loads(capsys.readouterr().out)
    if case["status"].startswith("error"):
        assert answer["problems"]
        return
    assert answer["problems"] == [], case["id"]
    assert answer["working"]
    assert all(step["step"] and step["source"] in BIB for step in answer["working"])
    assert {step["source"] for step in answer["working"]} <= set(answer["sources"]) <= BIB
    assert answer["version"] == __version__


def test_an_answer_ends_in_the_day_of_its_next_review(capsys: Capture) -> None:
    """No clock is asked: whoever reads it compares."""
    assert main(["serum", "0.85", "mmol/L"]) == 0
    line = f"Next review of these numbers due: {REVIEW_DUE}."
    assert capsys.readouterr().out.splitlines()[-1] == line


def test_there_are_examples_of_both_checks() -> None:
    """The examples are read, each under its own name."""
    ids = [case["id"] for case, _ in EXAMPLES]
    assert len(ids) == len(set(ids)) >= 59
    assert {identifier[0] for identifier in ids} == {"S", "I"}


@pytest.mark.parametrize(
    ("arguments", "status", "field", "message"),
    [
        (["serum", "", "mg/dL"], "error:empty", "value", "Enter your serum magnesium result"),
        (
            ["serum", "two", "mg/dL"],
            "error:number",
            "value",
            "Serum magnesium result must be a number, like 0.85 or 2, not “two”",
        ),
        (["serum", "2"], "error:empty", "unit", "Select the unit printed next to your result"),
        (
            ["serum", "2", "mg/dL", "--low=2.4", "--high=1.7"],
            "error:range",
            "low",
            "Lower limit must be less than the upper limit",
        ),
        (
            ["intake", "--age=121", "--sex=female", "--food=200"],
            "error:range",
            "age",
            "Age must be between 1 and 120",
        ),
        (
            ["intake", "--age=30", "--sex=male", "--stage=pregnancy", "--food=200"],
            "error:stage",
            "stage",
            "Select women's values for pregnancy or breastfeeding, or select Neither",
        ),
        (
            ["intake", "--age=30", "--sex=male", "--food=9",
             "--supplement=oxide:1", "--supplement=citrate:500"],
            "error:supplement",
            "supplement-salt-2",
            "Select which citrate it is, or “I do not know which” "
            "(citrate_anhydrous, citrate_nonahydrate, citrate_1to1, citrate_unknown)",
        ),
    ],
)  # fmt: skip
def test_a_problem_is_said_in_words_on_standard_error(
    arguments: list[str], status: str, field: str, message: str, capsys: Capture
) -> None:
    """Exit status 2, the words on standard error, and the same words in the JSON."""
    assert main([*arguments, "--json"]) == 2
    said = capsys.readouterr()
    answer = json.loads(said.out)
    assert said.err == message + "\n"
    assert answer["problems"] == [{"field": field, "message": message}]
    assert (answer["status"], answer["working"], answer["sources"]) == (status, [], [])
    assert main(arguments) == 2
    assert capsys.readouterr() == ("", message + "\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ["serum", "40", "mg/dL"],
        ["intake", "--age=6m"],
        [
            "intake",
            "--age=55",
            "--sex=female",
            "--stage=pregnancy",
            "--authority=US_CA",
            "--food=9",
        ],
    ],
)
def test_an_outcome_without_a_row_is_a_result(arguments: list[str], capsys: Capture) -> None:
    """An implausible reading, an infant and an age without a row exit with 0 and say why."""
    assert main(arguments) == 0
    said = capsys.readouterr()
    assert said.out
    assert said.err == ""


def test_json_keeps_its_letters(capsys: Capture) -> None:
    """The working's signs are written as themselves, and the lists are lists."""
    main(["serum", "0.85", "mmol/L", "--json"])
    text = capsys.readouterr().out
    assert "×" in text
    assert json.loads(text)["notes"] == []


def test_foods_by_the_serving_are_the_same_as_their_total(capsys: Capture) -> None:
    """--eat takes an id and servings, one serving where none is said."""
    who = ["intake", "--age=40", "--sex=male", "--json"]
    main([*who, "--eat=F001=2", "--eat=F008"])
    by_foods = json.loads(capsys.readouterr().out)
    main([*who, "--food=388.3950"])
    by_total = json.loads(capsys.readouterr().out)
    assert by_foods["food"] == "388.4"
    assert (by_foods["total"], by_foods["percent"]) == (by_total["total"], by_total["percent"])


@pytest.mark.parametrize(
    ("option", "field", "words"),
    [
        ("--eat==2", "eat-food-1", "Select a food from the list"),
        ("--supplement=:500", "supplement-salt-1", "The table has no :500"),
        ("--supplement=oxide", "supplement-mg-1", "Enter the amount each time"),
    ],
)
def test_half_an_option_is_asked_about(
    option: str, field: str, words: str, capsys: Capture
) -> None:
    """An option without its other half is a problem and never dropped."""
    food = [] if option.startswith("--eat") else ["--food=200"]
    assert main(["intake", "--age=40", "--sex=male", *food, option, "--json"]) == 2
    (problem,) = json.loads(capsys.readouterr().out)["problems"]
    assert problem["field"] == field
    assert problem["message"].startswith(words)


def test_the_tables_are_listed(capsys: Capture) -> None:
    """Foods by a word, and every compound with its share of magnesium."""
    assert main(["foods", "almond"]) == 0
    found = capsys.readouterr().out
    assert "F008  Almonds" in found
    assert "Banana" not in found
    assert main(["foods"]) == 0
    assert capsys.readouterr().out.count("\n") == len(FOODS) + 2
    assert main(["salts"]) == 0
    listed = capsys.readouterr().out
    assert all(salt.key in listed for salt in SALTS)
    assert "16.16%" in listed


@pytest.mark.parametrize(
    "arguments", [[], ["bones"], ["serum"], ["serum", "2", "mg/dL", "--age=3"]]
)
def test_an_unknown_command_is_refused(arguments: list[str], capsys: Capture) -> None:
    """A command that does not exist exits with 2 and says how it is used."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage: python -m calculator" in capsys.readouterr().err


def test_the_version_is_printed(capsys: Capture) -> None:
    """A person can say which version gave a number."""
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.strip() == __version__


def test_output_that_is_no_terminal_or_file_works_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where standard output cannot be told how to write a sign, it is left as it is."""
    written = io.StringIO()
    monkeypatch.setattr(sys, "stdout", written)
    assert main(["serum", "2", "mg/dL"]) == 0
    assert "÷" in written.getvalue()


def test_the_module_ends_with_the_status_of_its_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a shell sees is what main returned."""
    monkeypatch.setattr(sys, "argv", ["calculator", "serum", ""])
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(str(ROOT / "calculator" / "__main__.py"), run_name="__main__")
    assert ended.value.code == 2


def test_a_shell_gets_the_answer_the_words_and_the_status() -> None:
    """A real process, on a terminal that knows ASCII only: no traceback, and status 0 or 2."""

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "calculator", *arguments],
            cwd=ROOT,
            env={"PYTHONIOENCODING": "ascii"},
            capture_output=True,
            text=True,
            check=False,
        )

    answer = run("serum", "0.85", "mmol/L")
    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout.startswith("YOUR RESULT IS INSIDE")
    problem = run("serum", "1.7.1", "mg/dL")
    assert (problem.returncode, problem.stdout) == (2, "")
    assert problem.stderr == (
        "Serum magnesium result must be a number, like 0.85 or 2, not ?1.7.1?\n"
    )


def test_a_liquid_is_typed_with_its_strength(capsys: Capture) -> None:
    """415mg in 5mL, 10mL twice a day, in one word; the working shows each part."""
    who = ["intake", "--age=60", "--sex=female", "--food=200", "--json"]
    main([*who, "--supplement=hydroxide:415/5*10x2"])
    answer = json.loads(capsys.readouterr().out)
    assert (answer["supplements"], answer["supplement"]) == ("hydroxide:415/5*10x2", "691.8")
    steps = " ".join(step["step"] for step in answer["working"])
    assert "415mg × 10mL ÷ 5mL × 2 a day × 24.305 ÷ 58.319" in steps


@pytest.mark.parametrize("option", ["age", "sex", "food", "calcium", "weight"])
def test_an_option_of_a_day_left_out_is_left_empty(option: str, capsys: Capture) -> None:
    """No answer is made up for it."""
    given = {"age": "60", "sex": "female", "food": "200", "calcium": "700", "weight": "70"}

    def said(options: dict[str, str]) -> tuple[int, str, str]:
        status = main(["intake", "--json", *(f"--{name}={one}" for name, one in options.items())])
        return (status, *capsys.readouterr())

    left_out = {name: one for name, one in given.items() if name != option}
    assert said(left_out) == said(given | {option: ""}) != said(given)


@pytest.mark.parametrize("value", ["0.85", "“"])
def test_json_is_printed_for_people_too(value: str, capsys: Capture) -> None:
    """A step or a problem on each line, with the signs that were typed."""
    main(["serum", value, "mmol/L", "--json"])
    said = capsys.readouterr().out
    assert said == json.dumps(json.loads(said), ensure_ascii=False, indent=2) + "\n"


def test_what_cannot_be_read_is_said_word_for_word(capsys: Capture) -> None:
    """With nothing between the words but a space."""
    with pytest.raises(SystemExit):
        main(["serum", "1", "mg/dL", "3", "4"])
    assert capsys.readouterr().err.endswith("arguments: 3 4\n")


def test_help_names_every_authority_and_the_age_from_which_sex_is_asked(capsys: Capture) -> None:
    """As they are typed."""
    with pytest.raises(SystemExit):
        main(["intake", "--help"])
    said = " ".join(capsys.readouterr().out.split())
    assert "from 10 years" in said
    assert ", ".join(amounts.AUTHORITY_BY_CODE) in said
