"""The questions of both checks, why each is asked, and the words for every problem."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from calculator.quantities import Unit, display
from calculator.rules.answers import Problem
from calculator.tables import amounts, salts
from calculator.tables.foods import FOODS
from calculator.words.figures import CARE_NAMES, ROW_NAMES


@dataclass(frozen=True)
class Choice:
    """An answer to pick: the value the check receives, its label, a group for long lists.

    ``also`` holds other words by which it is found, where the question is ``findable``.
    """

    value: str
    label: str
    group: str = ""
    also: str = ""


@dataclass(frozen=True)
class Question:
    """One question.

    ``kind`` is ``number``, ``radio`` or ``select``; ``noun`` is what the error words call
    the answer; ``example`` is typed where an error shows how; ``unit`` stands behind the box.
    ``only_if`` says when the question applies: ``sex=female`` for an answer, ``age=144-672``
    for an age in months from the first to before the last, and a space where both must hold.
    The choices of a ``findable`` one are found by typing, and called by its two words, for
    one and for many.
    """

    name: str
    kind: str
    label: str
    noun: str
    why: str
    hint: str = ""
    unit: str = ""
    example: str = ""
    choices: tuple[Choice, ...] = ()
    chosen: str = ""
    optional: bool = False
    whole: bool = False
    only_if: str = ""
    findable: tuple[str, str] | None = None

    @property
    def applies_at_first(self) -> bool:
        """Whether it applies while nothing is answered: an age not yet given may be any."""
        return all(one.startswith("age=") for one in self.only_if.split())


@dataclass(frozen=True)
class Group:
    """Questions that repeat as a row, such as one supplement; ``start`` rows at first.

    ``more`` of them, if any, are folded under ``more_label``. Where ``summed``, the page says
    what the rows add up to as they are filled in.
    """

    name: str
    legend: str
    hint: str
    add: str
    remove: str
    questions: tuple[Question, ...]
    start: int
    summed: bool = False
    more_label: str = ""
    more: tuple[Question, ...] = ()


@dataclass(frozen=True)
class Form:
    """A check's form: its parts in order; ``more``, if any, is folded under ``more_label``."""

    check: str
    title: str
    parts: tuple[Question | Group, ...]
    submit: str
    more_label: str = ""
    more: tuple[Question, ...] = ()

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question, those of groups too, in the form's order."""
        flat: list[Question] = []
        for part in (*self.parts, *self.more):
            flat += (*part.questions, *part.more) if isinstance(part, Group) else (part,)
        return tuple(flat)


_OWN_LIMIT_WHY = "Laboratories differ. The range printed beside your result replaces ours."
SERUM = Form(
    check="serum",
    title="Check a blood result",
    parts=(
        Question(
            "value",
            "number",
            "Serum magnesium result",
            "Serum magnesium result",
            "This is the number we look for in the table.",
            hint="For serum or plasma, not red cells (RBC), whole blood or urine",
            example="0.85 or 2",
        ),
        Question(
            "unit",
            "radio",
            "Unit on your report",
            "the unit printed next to your result",
            "The same number means different things in different units.",
            choices=tuple(
                Choice(unit.value, unit.value) for unit in (Unit.MMOL_L, Unit.MG_DL, Unit.MEQ_L)
            ),
        ),
        Question(
            "low",
            "number",
            "Lower limit of the range on your report",
            "Lower limit",
            _OWN_LIMIT_WHY,
            hint="In the same unit as your result",
            example="0.70",
            optional=True,
        ),
        Question(
            "high",
            "number",
            "Upper limit of the range on your report",
            "Upper limit",
            _OWN_LIMIT_WHY,
            hint="In the same unit as your result",
            example="1.00",
            optional=True,
        ),
    ),
    submit="Check this result",
)


@dataclass(frozen=True)
class Shopped:
    """What shops call the compounds whose key begins with one; other words they are found by."""

    key: str
    name: str
    also: str = ""


# The most looked for first, then those that a label seldom names alone.
SHOPPED = (
    Shopped("citrate", "Magnesium citrate", "effervescent powder"),
    Shopped("bisglycinate", "Magnesium glycinate", "diglycinate"),
    Shopped("oxide", "Magnesium oxide"),
    Shopped("malate", "Magnesium malate"),
    Shopped("taurate", "Magnesium taurate", "taurine"),
    Shopped("threonate", "Magnesium L-threonate"),
    Shopped("chloride", "Magnesium chloride"),
    Shopped("hydroxide", "Milk of magnesia", "antacid laxative liquid"),
    Shopped("sulfate_heptahydrate", "Epsom salt", "salts sulphate laxative"),
    Shopped("trisilicate", "Magnesium trisilicate", "antacid indigestion mixture"),
    Shopped("carbonate", "Magnesium carbonate", "antacid effervescent powder"),
    Shopped("lactate", "Magnesium lactate"),
    Shopped("aspartate", "Magnesium aspartate"),
    Shopped("gluconate", "Magnesium gluconate"),
    Shopped("orotate", "Magnesium orotate"),
    Shopped("pidolate", "Magnesium pidolate"),
    Shopped("glycerophosphate", "Magnesium glycerophosphate"),
    Shopped("sulfate", "Magnesium sulfate", "sulphate"),
)
WHICH_UNKNOWN = "I do not know which"


def _compounds() -> Iterator[Choice]:
    """Each compound once, by what shops call it; where it could be several, that first."""
    left = dict(salts.SALT_BY_KEY)
    for shopped in SHOPPED:
        begun = [key for key in left if f"{key}_".startswith(f"{shopped.key}_")]
        labels = {key: _chemists(left.pop(key), shopped.name) for key in begun}
        family = salts.FAMILY_BY_KEY.get(f"{shopped.key}_unknown")
        if family:
            shares = sorted(salt.fraction * 100 for salt in family.salts)
            span = f"{display(shares[0], 1)} to {display(shares[-1], 1)}% magnesium"
            labels = {family.key: f"{WHICH_UNKNOWN}, {span}"} | labels
        for key, label in labels.items():
            name = f"{shopped.name}: {label}"
            yield Choice(key, name, "The label gives a compound", shopped.also)


def _chemists(salt: salts.Salt, name: str) -> str:
    """What a chemist calls a compound, without the words that stand before it."""
    rest = salt.name.removeprefix(name).strip(" ,")
    return f"{rest}, {salt.formula}" if rest else salt.formula


# Whatever is typed, the plain reading of the label is offered before a compound's.
_ELEMENTAL_ALSO = " ".join(f"{one.key} {one.name} {one.also}" for one in SHOPPED)
_SALT_CHOICES = (
    Choice("", "Select one"),
    Choice(
        salts.ELEMENTAL,
        "Magnesium itself: elemental, providing, of which, Magnesium (as citrate)",
        "The label gives magnesium",
        " ".join(dict.fromkeys(_ELEMENTAL_ALSO.split())),
    ),
    *_compounds(),
)
_SALT_LABELS = {choice.value: choice.label for choice in _SALT_CHOICES}
_FOOD_CHOICES = (
    Choice("", "Select one"),
    *(Choice(f.id, f"{f.name}: {f.serving}", f.category.capitalize(), f.also) for f in FOODS),
)

SUPPLEMENTS = Group(
    "supplement",
    "Supplements and medicines with magnesium",
    "Antacids and laxatives count too; bath salts, flakes and sprays do not. "
    "Leave this empty if you take none.",
    "Add another supplement",
    "Remove this supplement",
    (
        Question(
            "supplement-salt",
            "select",
            "What does the label say?",
            "what the label says",
            "The weight of a compound is not the weight of its magnesium, so we ask which it is.",
            hint=(
                "“Magnesium itself” if it says elemental, providing, of which, or "
                "Magnesium (as citrate) 400mg. If not, type the compound's name"
            ),
            choices=_SALT_CHOICES,
            findable=("name", "names"),
        ),
        Question(
            "supplement-mg",
            "number",
            "Amount each time",
            "Amount each time",
            "We work out the magnesium from this amount.",
            hint=(
                "For one serving, which may be 2 capsules. "
                "For 1,000mg glycinate providing 100mg, type 100"
            ),
            unit="mg",
            example="500",
        ),
        Question(
            "supplement-times",
            "number",
            "Times a day",
            "Times a day",
            "Amounts are compared for a whole day.",
            example="1",
            chosen="1",
        ),
    ),
    start=1,
    more_label="It is a liquid",
    more=(
        Question(
            "supplement-per-ml",
            "number",
            "How much holds the amount above",
            "How much holds the amount",
            "A liquid's label gives milligrams in so many mL.",
            hint="The mL that the label gives the amount for",
            unit="mL",
            example="5",
            optional=True,
        ),
        Question(
            "supplement-ml",
            "number",
            "How much you take each time",
            "How much you take each time",
            "We work out the milligrams from both.",
            unit="mL",
            example="10",
            optional=True,
        ),
    ),
)
EATEN = Group(
    "eat",
    "Or build it from foods",
    "Leave the total above empty if you use this.",
    "Add a food",
    "Remove this food",
    (
        Question(
            "eat-food",
            "select",
            "Food and serving",
            "a food",
            "The table gives the magnesium in one serving.",
            hint="Type part of a name, then choose from the list",
            choices=_FOOD_CHOICES,
            findable=("food", "foods"),
        ),
        Question(
            "eat-servings",
            "number",
            "Servings a day",
            "Servings a day",
            "We multiply one serving by this.",
            example="1 or 0.5",
            chosen="1",
        ),
    ),
    start=0,
    summed=True,
)
INTAKE = Form(
    check="intake",
    title="Check a day's magnesium",
    parts=(
        Question(
            "age",
            "number",
            "Age",
            "Age",
            "Published amounts change with age.",
            hint="In years, or in months for a child under 4, like 47 months",
            unit="years",
            example="60",
            whole=True,
        ),
        Question(
            "sex",
            "radio",
            "Which published values to use",
            "which published values to use",
            "Sources publish values by sex registered at birth. We ask only to pick one.",
            choices=(Choice("female", "Women's values"), Choice("male", "Men's values")),
            only_if=f"age={amounts.SEX_ASKED_FROM}-",
        ),
        Question(
            "stage",
            "radio",
            "Pregnancy and breastfeeding",
            "which of these applies",
            "Some authorities publish other amounts for pregnancy and breastfeeding.",
            choices=(
                Choice("general", "Neither"),
                Choice("pregnancy", "Pregnant"),
                Choice("lactation", "Breastfeeding"),
            ),
            optional=True,
            only_if="sex=female age={}-{}".format(*amounts.STAGE_ASKED),
        ),
        Question(
            "authority",
            "select",
            "Whose published amounts",
            "whose published amounts to use",
            "Countries publish different amounts. The result shows all of them.",
            choices=tuple(Choice(a.code, a.name) for a in amounts.AUTHORITIES),
            chosen=amounts.DEFAULT_AUTHORITY,
        ),
        Question(
            "food",
            "number",
            "Magnesium from food in a day",
            "Magnesium from food",
            "The published amounts are for food and supplements together.",
            hint="If you know the total. Enter 0 to look at supplements alone",
            unit="mg",
            example="200",
        ),
        EATEN,
        SUPPLEMENTS,
    ),
    more_label="More checks: calcium",
    more=(
        Question(
            "calcium",
            "number",
            "Calcium in a day",
            "Calcium",
            "We show calcium beside magnesium. No authority sets a target for the two.",
            unit="mg",
            example="700",
            optional=True,
        ),
        Question(
            "weight",
            "number",
            "Body weight",
            "Body weight",
            "One review gives a calcium figure by body weight.",
            unit="kg",
            example="70",
            optional=True,
        ),
    ),
    submit="Check this day",
)
# To take a check off the site, write its name here: frozenset({"serum"}).
SWITCHED_OFF: frozenset[str] = frozenset()
ALL_FORMS = {form.check: form for form in (SERUM, INTAKE)}
FORMS = {check: form for check, form in ALL_FORMS.items() if check not in SWITCHED_OFF}
NO_SCRIPT = (
    "This form works out an answer in your browser, which needs JavaScript. "
    "Without it, the tables on this page hold the same numbers, and a case is worked out below."
)
OFF_NOTICE = "This check is switched off. The tables on this page hold the same numbers."
PROBLEM_HEADING = "There is a problem"
ERROR_TITLE = "Error: "

CHALLENGE = "Challenge a number in this result"
CHALLENGE_OTHER = "Something else in this result"
SEE_ROW = "See your row in the whole table"
# What is said while a choice is looked for; {one} and {more} are what its question calls it.
FIND = {
    "none": "No {one} in the table matches “{typed}”. Try another word, or remove this row",
    "one": "One {one} matches “{typed}”",
    "many": "{count} {more} match “{typed}”",
    "all": "{count} {more} to choose from",
    "chosen": "Chosen: {choice}",
}
SUM = "These foods add up to {total} of magnesium a day"
WHY = "Why we ask"
STOP = "Stop"
UNREADY = "This form has not loaded yet. The tables on this page hold the same numbers."

# What a reader can do with a result: the button, and what is said when it is done.
KEEP_HEADING = "Share or keep this result"
KEEP = {
    "copy": ("Copy as text", "Copied"),
    "share": ("Share", "Shared. Whoever has it can read your answers"),
    "link": ("Copy a link to it", "Link copied. Whoever has it can read your answers"),
    "json": ("Download as JSON", "Downloaded"),
    "print": ("Print", ""),
}
KEEP_REFUSED = "This browser did not allow it. Select the text and copy it yourself"
STAMP = "Checked with version {version} of the calculator on"
PAGE_VERSION = "Version of the page:"
OPEN_AGAIN = "This result again:"

# What the page says while it waits for Python, by the loader's stages.
STAGES = {
    "download": "Downloading the calculator:",
    "start": "Starting the calculator",
    "import": "Reading the tables",
    "ready": "Ready",
}

# What the page says when no answer came, by the loader's reasons; the last is for any other.
TRY_AGAIN = "Try again"
REPORT_FAILURE = "Report this, without your answers"
BY_HAND = "Work it out by hand"
_BY_HAND = "Your answers are still here. The tables on this page hold the same numbers."
FAILURES = {
    "offline": f"The calculator could not be downloaded. Check your connection. {_BY_HAND}",
    "missing": f"A file of the calculator is missing from this site. {_BY_HAND}",
    "corrupt": f"A file of the calculator arrived damaged. {_BY_HAND}",
    "mistyped": (
        "This site or network does not say that a file of the calculator is a script. "
        f"So the browser does not run it. {_BY_HAND}"
    ),
    "blocked": f"Something on this device or network blocks the calculator. {_BY_HAND}",
    "timeout": f"The calculator took too long. {_BY_HAND}",
    "stopped": f"Stopped. {_BY_HAND}",
    "nowasm": (
        "The calculator needs WebAssembly, and this browser does not run it. "
        f"Lockdown Mode can be why. {_BY_HAND}"
    ),
    "died": f"The browser ended the calculator, perhaps to save memory. {_BY_HAND}",
    "python": f"Something in this page broke. {_BY_HAND}",
}
# What another try does not change.
FINAL = frozenset({"nowasm"})

# By field and reason first, then by reason alone. Patterns follow the GOV.UK design system.
_BY_FIELD = {
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
_BY_REASON = {
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
    template = _BY_FIELD.get((problem.field, problem.reason)) or _BY_REASON[problem.reason]
    words = {
        "noun": question.noun,
        "lower": f"your {question.noun.lower()}" if problem.field == "value" else _the(question),
        "example": question.example,
        "unit": question.unit or "the same unit as your result",
        "nearest": _SALT_LABELS.get(problem.values.get("forms", "").partition(", ")[0], ""),
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
