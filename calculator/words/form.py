"""The questions of both checks, why each is asked, and the words for every problem."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from calculator.quantities import Unit, display
from calculator.tables import amounts, salts
from calculator.tables.foods import FOODS
from calculator.words.question import Choice, Form, Group, Question

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
_ELEMENTAL_ALSO = " ".join(f"{sold.key} {sold.name} {sold.also}" for sold in SHOPPED)
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
SALT_LABELS = {choice.value: choice.label for choice in _SALT_CHOICES}
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
