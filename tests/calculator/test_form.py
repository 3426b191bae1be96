"""The questions, and the words for every problem."""

import re
from dataclasses import replace

import pytest

from calculator.quantities import Unit
from calculator.rules.answers import Problem, Refusal
from calculator.rules.day import EatenAnswer, IntakeAnswers, SupplementAnswer
from calculator.rules.intake import check_intake
from calculator.rules.serum import SerumAnswers, check_serum
from calculator.tables import amounts, salts
from calculator.words import form, page, problems
from calculator.words.form import ALL_FORMS, INTAKE, SERUM
from calculator.words.problems import field_id, problem_text
from calculator.words.question import Group, Question

questions = pytest.mark.parametrize(
    "question", [*SERUM.questions, *INTAKE.questions], ids=lambda question: question.name
)


def serum_words(value: str, unit: str = "mg/dL", low: str = "", high: str = "") -> list[str]:
    """What a person reads about a serum form's answers."""
    refusal = check_serum(SerumAnswers(value, unit, low, high))
    assert isinstance(refusal, Refusal), refusal
    return [problem_text(problem) for problem in refusal.problems]


def intake_words(answers: IntakeAnswers) -> list[str]:
    """What a person reads about an intake form's answers."""
    refusal = check_intake(answers)
    assert isinstance(refusal, Refusal), refusal
    return [problem_text(problem) for problem in refusal.problems]


def eating(*eaten: tuple[str, str]) -> IntakeAnswers:
    """A woman of 60 who eats these."""
    return IntakeAnswers("60", "female", eaten=tuple(EatenAnswer(*row) for row in eaten))


def taking(*supplements: tuple[str, ...]) -> IntakeAnswers:
    """A woman of 60 who takes these with 200mg from food."""
    rows = tuple(SupplementAnswer(*row) for row in supplements)
    return IntakeAnswers("60", "female", food="200", supplements=rows)


def asking(field: str, text: str) -> IntakeAnswers:
    """A woman of 60 whose one answer is this."""
    return replace(IntakeAnswers("60", "female", food="200"), **{field: text})


# Every reason that either check can give, and its words. The first five are the
# conventions' own examples, to the letter.
WORDS = [
    (serum_words("", "mg/dL"), "Enter your serum magnesium result"),
    (serum_words("two"), "Serum magnesium result must be a number, like 0.85 or 2, not “two”"),
    (intake_words(asking("age", "121")), "Age must be between 1 and 120"),
    (serum_words("2", ""), "Select the unit printed next to your result"),
    (
        serum_words("2", "stone"),
        "Select the unit printed next to your result. We do not read stone",
    ),
    (
        serum_words("two hundred"),
        "Serum magnesium result must be a number, like 0.85 or 2, not “two hundred”",
    ),
    (
        serum_words("1.2.3"),
        "Serum magnesium result must be a number, like 0.85 or 2, not “1.2.3”",
    ),
    (
        serum_words("2", "mg/dl/h"),
        "Select the unit printed next to your result. We do not read mg/dl/h",
    ),
    (
        serum_words("<0.2"),
        "A result of <0.2 has no exact number, so we cannot place it. It reaches the "
        "row “Far below the range” of the table, or a row below that. "
        "The next step of that row is: get help now",
    ),
    (
        serum_words("> 4.0"),
        "A result of > 4.0 has no exact number, so we cannot place it. It reaches the "
        "row “Further above the range” of the table, or a row above that. "
        "The next step of that row is: get help the same day",
    ),
    (
        serum_words(">4.8 mmol/L", ""),
        "A result of >4.8 mmol/L has no exact number, so we cannot place it. It reaches "
        "the row “Well above the range” of the table, or a row above that. "
        "The next step of that row is: get help now",
    ),
    (
        serum_words("<0.2", ""),
        "A result with < or > has no exact number. Select the unit printed next to your result, "
        "to be told which row of the table <0.2 reaches",
    ),
    (
        serum_words("< many"),
        "Serum magnesium result must be a number, like 0.85 or 2, not “< many”",
    ),
    (
        serum_words("5.2", low="4.2", high="6.8"),
        "These limits are usual for another test, magnesium in red cells (erythrocytes, RBC or "
        "whole blood). This check is for serum or plasma: look at the name of the test, "
        "and at the unit",
    ),
    (
        serum_words("2", low="<0.7", high="1"),
        "Lower limit must be one number, like 0.70, not “<0.7”",
    ),
    (
        intake_words(asking("food", "1,200")),
        "Magnesium from food: “1,200” can be 1.2mg or 1,200mg. Type 1200 or 1.2, whichever is "
        "meant",
    ),
    (serum_words("-1"), "Serum magnesium result must be 0 or more"),
    (serum_words("2g"), "Serum magnesium result must be in mg/dL, mmol/L or mEq/L, not g"),
    (
        serum_words("2 mmol/L"),
        "You typed mmol/L but selected mg/dL. Select the unit printed next to your result",
    ),
    (serum_words("2", low="1"), "Enter the upper limit too, or leave both limits empty"),
    (serum_words("2", high="3"), "Enter the lower limit too, or leave both limits empty"),
    (serum_words("2", low="3", high="2"), "Lower limit must be less than the upper limit"),
    (
        serum_words("2", low="0.7", high="1.0"),
        "These limits are not like a laboratory's range in mg/dL. "
        "Check the two numbers and the unit on your report. Babies have ranges of their own, "
        "and this check is not for them",
    ),
    (serum_words("2", low="x", high="2"), "Lower limit must be a number, like 0.70, not “x”"),
    (
        serum_words("2", low="0.7mmol/L", high="2"),
        "Lower limit must be in the same unit as your result, not mmol/L",
    ),
    (intake_words(asking("age", "")), "Enter your age"),
    (
        intake_words(asking("age", "60.5")),
        "Age must be a whole number of years, like 60, or months, like 47m, not “60.5”",
    ),
    (intake_words(asking("sex", "")), "Select which published values to use"),
    (intake_words(asking("stage", "x")), "Select which of these applies"),
    (intake_words(asking("authority", "x")), "Select whose published amounts to use"),
    (
        intake_words(IntakeAnswers("30", "male", "pregnancy", food="200")),
        "Select women's values for pregnancy or breastfeeding, or select Neither",
    ),
    (
        intake_words(asking("food", "")),
        "Enter the magnesium from food, or add foods. Enter 0 to look at supplements alone",
    ),
    (
        intake_words(asking("food", "lots")),
        "Magnesium from food must be a number, like 200, not “lots”",
    ),
    (intake_words(asking("food", "0.2g")), "Magnesium from food must be in mg, not g"),
    (intake_words(asking("food", "6000")), "Magnesium from food must be between 0 and 5,000"),
    (intake_words(asking("calcium", "10001")), "Calcium must be between 0 and 10,000"),
    (intake_words(asking("weight", "1")), "Body weight must be between 2 and 400"),
    (intake_words(eating(("", "2"))), "Select a food from the list"),
    (intake_words(eating(("F999", "1"))), "Select a food from the list for “F999”, or remove it"),
    (
        intake_words(eating(("F001", "x"))),
        "Servings a day must be a number, like 1 or 0.5, not “x”",
    ),
    (intake_words(eating(("F001", "-1"))), "Servings a day must be 0 or more"),
    (
        intake_words(eating(("F001", "99"))),
        "Magnesium from these foods must be 5,000mg a day or less",
    ),
    (
        intake_words(IntakeAnswers("60", "female", food="1", eaten=(EatenAnswer("F001"),))),
        "Give magnesium from food as a total or as foods, not both",
    ),
    (intake_words(taking(("", "5"))), "Select what the label says"),
    (
        intake_words(taking(("lactate", "5"))),
        "Select which lactate it is, or “I do not know which”",
    ),
    (
        intake_words(taking(("Glycinate", "5"))),
        "Select one from the list for “Glycinate”, like Magnesium glycinate: "
        "Magnesium bisglycinate (glycinate), anhydrous, Mg(C2H4NO2)2",
    ),
    (
        intake_words(taking(("1000", "5"))),
        "The table has no 1000. Select the compound, or give the magnesium itself",
    ),
    (intake_words(taking(("oxide", ""))), "Enter the amount each time"),
    (
        intake_words(taking(("hydroxide", "415", "1", "5", ""))),
        "Enter the mL you take each time, or leave both boxes for a liquid empty",
    ),
    (
        intake_words(taking(("hydroxide", "415", "1", "", "10"))),
        "Enter the mL that hold the amount on the label, or leave both boxes for a liquid empty",
    ),
    (
        intake_words(taking(("hydroxide", "415", "1", "0", "10"))),
        "How much holds the amount must be more than 0",
    ),
    (intake_words(taking(("oxide", "5", ""))), "Enter the times a day"),
    (
        intake_words(taking(("oxide", "99999"))),
        "Magnesium from supplements must be 20,000mg a day or less",
    ),
]  # fmt: skip
SAID = [words[0] for words, _ in WORDS]


@pytest.mark.parametrize(("words", "expected"), WORDS, ids=[expected for _, expected in WORDS])
def test_a_problem_is_said_in_the_conventions_words(words: list[str], expected: str) -> None:
    """Each problem says what to do."""
    assert words == [expected]


def test_every_pattern_is_said_by_some_problem() -> None:
    """No words wait for a problem that the checks never find."""
    for template in [*problems.BY_FIELD.values(), *problems.BY_REASON.values()]:
        pattern = re.sub(r"\\\{\w+\\\}", ".+", re.escape(template))
        assert any(re.fullmatch(pattern, said) for said in SAID), template


@pytest.mark.parametrize("said", SAID)
def test_a_problem_begins_with_a_capital_and_ends_without_a_full_stop(said: str) -> None:
    """Problems are set as the conventions set them, in sentences of at most 20 words."""
    assert said[0].isupper()
    assert not said.endswith((".", " ", ":"))
    assert all(len(sentence.split()) <= 20 for sentence in said.split(". "))


@pytest.mark.parametrize("said", SAID)
def test_a_problem_never_blames(said: str) -> None:
    """The words that the conventions rule out of problems."""
    assert not re.search(r"(?i)\b(please|sorry|(in)?valid|oops|forbidden|error occurred)\b", said)


def test_what_was_typed_is_given_back_as_it_was_typed() -> None:
    """Nothing typed is read as a pattern or given thousands of its own."""
    for typed in ("{noun}", "{0}", "%s", "1000", "9" * 40, "a b"):
        assert typed in intake_words(taking((typed, "5")))[0]


@questions
def test_a_question_has_a_label_a_noun_and_a_reason(question: Question) -> None:
    """Every question says what is asked and why, without a colon or a star."""
    assert question.label
    assert question.noun
    assert question.why.endswith(".")
    assert not question.label.endswith((":", "*", "."))
    assert not question.hint.endswith(".")
    assert len(question.hint.split(". ")) <= 2


@questions
def test_a_question_is_answered_by_typing_or_by_choosing(question: Question) -> None:
    """A number has an example, a choice has choices, and no radio is picked beforehand."""
    if question.kind == "number":
        assert re.match(r"[0-9]", question.example)
        assert question.choices == ()
    else:
        assert question.kind in ("radio", "select")
        assert len({choice.value for choice in question.choices}) == len(question.choices) > 1
    assert question.kind != "radio" or not question.chosen


def test_the_choices_are_what_the_checks_accept() -> None:
    """A radio's or a list's value is one that the check reads, and every one is offered."""
    offered = {q.name: {c.value for c in q.choices} for q in (*SERUM.questions, *INTAKE.questions)}
    assert offered["unit"] == {unit.value for unit in Unit}
    assert offered["sex"] == set(amounts.SEXES)
    assert offered["stage"] == set(amounts.STAGES)
    assert offered["authority"] == set(amounts.AUTHORITY_BY_CODE)
    compounds = {*salts.SALT_BY_KEY, *salts.FAMILY_BY_KEY}
    assert offered["supplement-salt"] == {"", salts.ELEMENTAL, *compounds}
    assert offered["eat-food"] >= {"", "F001", "F119"}


def test_what_shops_sell_is_offered_by_its_name_there() -> None:
    """Magnesium itself first; then names of shops, and of several compounds any one first."""
    (question,) = (q for q in INTAKE.questions if q.name == "supplement-salt")
    labels = [choice.label for choice in question.choices]
    assert labels[1].startswith("Magnesium itself: ")
    assert labels[2] == "Magnesium citrate: I do not know which, 11.3 to 16.2% magnesium"
    assert "Magnesium glycinate: Magnesium bisglycinate (glycinate), anhydrous, " in str(labels)
    assert "Magnesium oxide: MgO" in labels
    assert "Magnesium chloride: hexahydrate, MgCl2.6H2O" in labels
    names = [label.partition(": ")[0] for label in labels]
    firsts = {names.index(name): name for name in names}
    unknown = [choice.value for at, choice in enumerate(question.choices) if at in firsts]
    assert set(salts.FAMILY_BY_KEY) <= set(unknown)


def test_the_plain_reading_of_a_label_is_found_by_every_name_of_a_shop() -> None:
    """Whoever types the compound that stands in the small print still sees it."""
    (question,) = (q for q in INTAKE.questions if q.name == "supplement-salt")
    first = set(re.findall(r"\w+", question.choices[1].also))
    for shopped in form.SHOPPED:
        assert set(re.findall(r"\w+", f"{shopped.name} {shopped.also}")) <= first


def test_the_fields_are_the_command_lines_in_the_forms_order() -> None:
    """Names that tests, links and records share."""
    assert [q.name for q in SERUM.questions] == ["value", "unit", "low", "high"]
    assert [q.name for q in INTAKE.questions] == [
        *"age sex stage authority food eat-food eat-servings".split(),
        *"supplement-salt supplement-mg supplement-times supplement-per-ml supplement-ml".split(),
        *("calcium", "weight"),
    ]
    assert [part.name for part in INTAKE.parts if isinstance(part, Group)] == ["eat", "supplement"]


def test_a_question_that_may_not_apply_follows_what_decides_it() -> None:
    """Sex from the age at which values differ, pregnancy from 12 to 55, both in months."""
    conditions = {q.name: q.only_if for q in INTAKE.questions if q.only_if}
    assert [q.name for q in INTAKE.questions if not q.applies_at_first] == ["stage"]
    assert conditions == {"sex": "age=120-", "stage": "sex=female age=144-672"}
    names = [q.name for q in INTAKE.questions]
    for name, condition in conditions.items():
        for one in condition.split(" "):
            assert names.index(one.partition("=")[0]) < names.index(name)


def test_neither_check_asks_about_symptoms_medicines_or_illness() -> None:
    """Nothing personal changes a row: the intended purpose."""
    labels = " ".join(q.label for q in (*SERUM.questions, *INTAKE.questions)).lower()
    asked_about = re.findall(r"\b(kidney|symptom|illness|disease|prescri\w*|birth)\b", labels)
    assert asked_about == []


@pytest.mark.parametrize(
    ("problem", "key"),
    [
        (Problem("age", "empty"), "age"),
        (Problem("supplement-mg", "empty", row=0), "supplement-mg-1"),
        (Problem("eat-food", "empty", row=2), "eat-food-3"),
    ],
)
def test_a_problem_leads_to_its_input(problem: Problem, key: str) -> None:
    """Rows are counted from 1, as a person counts them."""
    assert field_id(problem) == key


def test_a_check_can_be_switched_off_in_one_line() -> None:
    """Every check is on that the one line does not name."""
    assert set(form.FORMS) == set(ALL_FORMS) - form.SWITCHED_OFF == {"serum", "intake"}


def test_the_words_while_waiting_are_whole_sentences() -> None:
    """A failure says what happened, that nothing is lost, and where the numbers are."""
    for words in page.FAILURES.values():
        assert words.endswith(
            "Your answers are still here. The tables on this page hold the same numbers."
        )
    for words in (page.NO_SCRIPT, page.OFF_NOTICE):
        assert words.endswith("The tables on this page hold the same numbers.") or "tables" in words


def test_a_day_begins_with_one_row_of_supplements_and_none_of_foods() -> None:
    """Who takes nothing leaves the one as it is; foods are a row only for who adds them."""
    groups = (part for part in INTAKE.parts if isinstance(part, Group))
    rows = {group.name: group.start for group in groups}
    assert rows == {"eat": 0, "supplement": 1}


def test_what_another_try_does_not_change_is_a_failure_that_is_told() -> None:
    """Or "Try again" would be offered in vain."""
    assert {"nowasm"} == page.FINAL <= page.FAILURES.keys()
