"""The words for every problem with an answer. Patterns follow the GOV.UK design system."""

from __future__ import annotations

from collections.abc import Mapping

from calculator.rules.answers import Problem
from calculator.words.figures import CARE_NAMES, ROW_NAMES
from calculator.words.form import ALL_FORMS, SALT_LABELS, WHICH_UNKNOWN
from calculator.words.question import Question

PROBLEM_HEADING = "There is a problem"
ERROR_TITLE = "Error: "


# By field and reason first, then by reason alone. Patterns follow the GOV.UK design system.
BY_FIELD = {
    ("age", "empty"): "Enter your age",
    (
        "age",
        "whole",
    ): "{noun} must be a whole number of years, like {example}, or months, like 47m, not “{typed}”",
    ("low", "pair"): "Enter the lower limit too, or leave both limits empty",
    ("high", "pair"): "Enter the upper limit too, or leave both limits empty",
    ("low", "order"): "Lower limit must be less than the upper limit",
    ("low", "unlikely"): (
        "These limits are not like a laboratory's range in {unit}. Check the two numbers "
        "and the unit on your report. Babies have ranges of their own, and this check "
        "is not for them"
    ),
    ("unit", "conflict"): (
        "You typed {typed} but selected {chosen}. Select the unit printed next to your result"
    ),
    ("value", "unit"): "Serum magnesium result must be in mg/dL, mmol/L or mEq/L, not {given}",
    ("unit", "unit"): "Select the unit printed next to your result. We do not read {given}",
    ("value", "inexact"): (
        "A result with < or > has no exact number. Select the unit printed next to your result, "
        "to be told which row of the table {typed} reaches"
    ),
    ("value", "inexact-less"): (
        "A result of {typed} has no exact number, so we cannot place it. It reaches the row "
        "“{reaches}” of the table, or a row below that. The next step of that row is: {care}"
    ),
    ("value", "inexact-more"): (
        "A result of {typed} has no exact number, so we cannot place it. It reaches the row "
        "“{reaches}” of the table, or a row above that. The next step of that row is: {care}"
    ),
    ("low", "red-cells"): (
        "These limits are usual for another test, magnesium in red cells (erythrocytes, RBC or "
        "whole blood). This check is for serum or plasma: look at the name of the test, and at the "
        "unit"
    ),
    ("stage", "stage"): "Select women's values for pregnancy or breastfeeding, or select Neither",
    ("food", "empty"): (
        "Enter the magnesium from food, or add foods. Enter 0 to look at supplements alone"
    ),
    ("food", "both"): "Give magnesium from food as a total or as foods, not both",
    ("eat-food", "choice"): "Select a food from the list",
    ("eat-food", "unlisted"): "Select a food from the list for “{given}”, or remove it",
    ("eat-servings", "sum"): "Magnesium from these foods must be {most}mg a day or less",
    ("supplement-salt", "empty"): "Select what the label says",
    ("supplement-salt", "which"): f"Select which {{given}} it is, or “{WHICH_UNKNOWN}”",
    ("supplement-salt", "near"): "Select one from the list for “{given}”, like {nearest}",
    ("supplement-salt", "unknown"): (
        "The table has no {given}. Select the compound, or give the magnesium itself"
    ),
    ("supplement-per-ml", "empty"): (
        "Enter the mL that hold the amount on the label, or leave both boxes for a liquid empty"
    ),
    ("supplement-ml", "empty"): (
        "Enter the mL you take each time, or leave both boxes for a liquid empty"
    ),
    ("supplement-per-ml", "nothing"): "How much holds the amount must be more than 0",
    ("supplement-mg", "sum"): "Magnesium from supplements must be {most}mg a day or less",
}

BY_REASON = {
    "empty": "Enter {lower}",
    "number": "{noun} must be a number, like {example}, not “{typed}”",
    "inexact": "{noun} must be one number, like {example}, not “{typed}”",
    "thousands": (
        "{noun}: “{typed}” can be {less}{unit} or {more}{unit}. Type {whole} or {short}, "
        "whichever is meant"
    ),
    "unit": "{noun} must be in {unit}, not {given}",
    "negative": "{noun} must be 0 or more",
    "range": "{noun} must be between {least} and {most}",
    "choice": "Select {noun}",
}

_QUESTIONS = {q.name: q for form in ALL_FORMS.values() for q in form.questions}


def problem_text(problem: Problem) -> str:
    """What a person reads about a problem: what to do, in the form's own words."""
    question = _QUESTIONS[problem.field]
    template = BY_FIELD.get((problem.field, problem.reason)) or BY_REASON[problem.reason]
    words = {
        "noun": question.noun,
        "lower": f"your {question.noun.lower()}" if problem.field == "value" else _the(question),
        "example": question.example,
        "unit": question.unit or "the same unit as your result",
        "nearest": SALT_LABELS.get(problem.values.get("forms", "").partition(", ")[0], ""),
    }
    return template.format(**{**words, **problem.values, **_said(problem.values)})


def _said(values: Mapping[str, str]) -> dict[str, str]:
    """A problem's values as words and numbers that a person reads."""
    said = {key: _thousands(text) for key, text in values.items() if key in ("least", "most")}
    if row := values.get("reaches"):
        said |= {"reaches": ROW_NAMES[row], "care": CARE_NAMES[values["care"]].lower()}
    if more := values.get("more"):
        less = values["less"]
        short = less.rstrip("0").rstrip(".")
        said |= {"more": _thousands(more), "whole": more, "short": short, "less": short}
    return said


def _the(question: Question) -> str:
    return f"the {question.noun.lower()}"


def _thousands(text: str) -> str:
    return f"{int(text):,}"


def field_id(problem: Problem) -> str:
    """The id of the input that a problem is about."""
    return problem.field if problem.row is None else f"{problem.field}-{problem.row + 1}"
