"""The one door JavaScript knows: a form's fields in, HTML and the command line's JSON out."""

import json

import pytest

from calculator import browser
from calculator.__main__ import main
from calculator.words import form

Pairs = list[tuple[str, str]]
Capture = pytest.CaptureFixture[str]

# What the page's form sends for a woman of 60 with one supplement and two rows of food.
INTAKE: Pairs = [
    ("age", "60"),
    ("sex", "female"),
    ("authority", "UK"),
    ("food", ""),
    ("eat-food", "F001"),
    ("eat-servings", "0.5"),
    ("eat-food", ""),
    ("eat-servings", "1"),
    ("supplement-salt", "citrate_anhydrous"),
    ("supplement-mg", "500"),
    ("supplement-times", "1"),
    ("calcium", "700"),
    ("weight", "70"),
]


def asked(check: str, answers: Pairs) -> dict[str, object]:
    """What the page receives."""
    response = json.loads(browser.run(json.dumps({"check": check, "answers": answers})))
    assert response.keys() == {"html", "problems", "marked", "record", "text"}
    return dict(response)


def test_a_serum_result_is_the_command_lines(capsys: Capture) -> None:
    """The record is the JSON that the command line prints, and the HTML holds it."""
    answers = [("value", "0.85"), ("unit", "mmol/L"), ("low", ""), ("high", "")]
    response = asked("serum", answers)
    main(["serum", "0.85", "mmol/L", "--json"])
    assert response["record"] == json.loads(capsys.readouterr().out)
    main(["serum", "0.85", "mmol/L"])
    assert response["text"] == capsys.readouterr().out
    assert 'data-row="in-range"' in str(response["html"])
    assert (response["problems"], response["marked"]) == ([], "Your result")


def test_an_intake_result_is_the_command_lines(capsys: Capture) -> None:
    """Rows of foods and supplements arrive as the command line's options do."""
    response = asked("intake", INTAKE)
    main(
        "intake --age=60 --sex=female --eat=F001=0.5 --supplement=citrate_anhydrous:500"
        " --calcium=700 --weight=70 --json".split()
    )
    assert response["record"] == json.loads(capsys.readouterr().out)
    assert 'data-status="ok"' in str(response["html"])


def test_problems_are_the_command_lines(capsys: Capture) -> None:
    """The same words and fields, and their summary for the top of the form."""
    response = asked("intake", [("sex", "female"), *INTAKE[2:10], ("supplement-times", "x")])
    main("intake --sex=female --eat=F001=0.5 --supplement=citrate_anhydrous:500xx --json".split())
    assert response["record"] == json.loads(capsys.readouterr().out)
    assert response["problems"] == [
        {"field": "age", "message": "Enter your age"},
        {"field": "supplement-times-1", "message": "Times a day must be a number, like 1, not “x”"},
    ]
    assert str(response["html"]).count("<li>") == 2
    assert response["marked"] == ""


@pytest.mark.parametrize(
    ("check", "fields"),
    [("serum", ["value", "unit"]), ("intake", ["age", "sex", "authority", "food"])],
)
def test_an_empty_form_is_asked_for_what_it_needs(check: str, fields: list[str]) -> None:
    """A radio that was not picked and a field that did not come are both just missing."""
    problems = asked(check, [])["problems"]
    assert isinstance(problems, list)
    assert [problem["field"] for problem in problems] == fields


def test_a_check_that_does_not_exist_or_is_off_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """No form of ours asks for it, so there is nothing to answer."""
    with pytest.raises(KeyError):
        asked("bones", [])
    monkeypatch.delitem(form.FORMS, "serum")
    with pytest.raises(KeyError):
        asked("serum", [("value", "2"), ("unit", "mg/dL")])


def test_rows_with_a_field_missing_are_refused() -> None:
    """Half a row is no form of ours, and is never put beside another row's half."""
    with pytest.raises(ValueError, match=r"shorter|longer"):
        asked("intake", [*INTAKE, ("eat-food", "F002")])


def added_up(*rows: tuple[str, str]) -> str:
    """What the page says the foods chosen so far add up to."""
    answers = [pair for food, n in rows for pair in (("eat-food", food), ("eat-servings", n))]
    response = json.loads(browser.run(json.dumps({"check": "sum", "answers": answers})))
    return str(response["sum"])


def test_foods_are_added_up_exactly_and_only_when_all_can_be_read() -> None:
    """The sum is that of the check itself; a row not yet filled in is left out."""
    assert added_up(("F008", "1"), ("F047", "0.5"), ("", "1")) == (
        "These foods add up to 154.8mg of magnesium a day"
    )
    assert added_up() == added_up(("", "1")) == ""
    assert added_up(("F008", "some")) == added_up(("F008", "1"), ("F999", "1")) == ""


# A form with everything filled in that can be together.
FULL = {
    "serum": {"value": "0.85", "unit": "mmol/L", "low": "0.7", "high": "1"},
    "intake": {
        "age": "60", "sex": "female", "stage": "lactation", "authority": "EU", "food": "200",
        "supplement-salt": "hydroxide", "supplement-mg": "415", "supplement-times": "2",
        "supplement-per-ml": "5", "supplement-ml": "10", "calcium": "700", "weight": "70",
    },
}  # fmt: skip


# Half a row is no row.
HALVES = ("supplement-salt", "supplement-mg", "supplement-times")


@pytest.mark.parametrize(
    ("check", "name"),
    [(check, name) for check, fields in FULL.items() for name in fields if name not in HALVES],
)
def test_each_field_is_read_and_left_out_is_left_empty(check: str, name: str) -> None:
    """No answer is dropped between the form and the check, and none is made up."""
    full = FULL[check]
    empty = asked(check, list({**full, name: ""}.items()))
    assert empty != asked(check, list(full.items()))
    assert empty == asked(check, [item for item in full.items() if item[0] != name])
