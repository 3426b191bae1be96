"""The intake check: how a day's magnesium compares with published amounts and limits.

Facts only, no sentences. The rules are evidence/rules.md, "Intake"; every number is in
``reference`` or ``foods``.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from calculator.quantities import Mass
from calculator.rules.answers import Reader, Refusal
from calculator.rules.day import (
    Eaten,
    IntakeAnswers,
    Supplement,
    read_age,
    read_food,
    read_optional,
    read_sex,
    read_supplements,
    total_of,
)
from calculator.tables import amounts, foods


@dataclass(frozen=True)
class Comparison:
    """One authority's amount and limit beside the reader's."""

    authority: amounts.Authority
    row: amounts.IntakeRow | None
    position: str
    limit: amounts.LimitRow
    limit_position: str


@dataclass(frozen=True)
class OtherReading:
    """The day's supplements if a compound's weight is the weight of magnesium itself.

    A label that gives magnesium is easily taken for one that gives its compound, and then
    too little is counted. ``passed`` are the limits that this reading is over; ``far`` is
    whether it is an amount that has its own next step.
    """

    compounds: tuple[Supplement, ...]
    supplement: Mass
    passed: tuple[amounts.LimitRow, ...]
    far: bool


@dataclass(frozen=True)
class IntakeFacts:
    """What the check found.

    ``chosen`` is the chosen authority's comparison; ``ratio`` and ``calcium_per_kg`` are
    None where they were not asked for or cannot be worked out, ``if_elemental`` where no
    compound was chosen. Where a compound is one of a family, ``supplement`` is the most it
    can come to, for the limits, and ``supplement_least`` the least, which ``total`` holds:
    no limit that may be passed is missed, and no amount is reached that may not be. Every
    amount is exact.
    """

    answers: IntakeAnswers
    status: str
    age_months: int
    food: Mass
    eaten: tuple[Eaten, ...]
    supplements: tuple[Supplement, ...]
    supplement: Mass
    supplement_least: Mass
    if_elemental: OtherReading | None
    total: Mass
    chosen: Comparison
    comparisons: tuple[Comparison, ...]
    percent: Fraction | None
    exceeds: tuple[str, ...]
    ratio: Fraction | None
    ratio_position: str
    calcium: Mass | None
    calcium_per_kg: Fraction | None
    calcium_note: str
    foods_near: tuple[foods.Food, ...]
    care: str
    notes: tuple[str, ...]
    read_as: tuple[tuple[str, str], ...]

    @property
    def amounts(self) -> tuple[Mass, ...]:
        """Every authority's amount for the person, with which the total is compared."""
        return tuple(c.row.amount for c in self.comparisons if c.row)

    @property
    def limits(self) -> tuple[Mass, ...]:
        """Every limit for the age, with which the supplements are compared."""
        return tuple(c.limit.amount for c in self.comparisons if c.limit.amount)


@dataclass(frozen=True)
class OutOfScope:
    """Somebody the check is not for, such as an infant.

    A supplement is read all the same: its notes, and the next step, are an infant's too.
    """

    answers: IntakeAnswers
    status: str
    age_months: int
    supplements: tuple[Supplement, ...]
    supplement: Mass
    care: str
    notes: tuple[str, ...]


def check_intake(answers: IntakeAnswers) -> IntakeFacts | OutOfScope | Refusal:
    """Compare a day's magnesium with what authorities publish."""
    reader = Reader()
    age_months = read_age(reader, answers.age)
    if age_months is not None and age_months < amounts.INFANT_MONTHS:
        return _infant(reader, answers, age_months)
    sex = read_sex(reader, answers.sex, age_months)
    stage = reader.choice("stage", answers.stage or "general", amounts.STAGES)
    if sex == "male" and stage in ("pregnancy", "lactation"):
        reader.refuse("stage", "stage")
    reader.choice("authority", answers.authority, amounts.AUTHORITY_BY_CODE)
    food, eaten = read_food(reader, answers)
    supplements = read_supplements(reader, answers.supplements)
    calcium = read_optional(reader, "calcium", answers.calcium, most=amounts.CALCIUM_MOST)
    weight = read_optional(
        reader, "weight", answers.weight, least=amounts.WEIGHT_LEAST, most=amounts.WEIGHT_MOST
    )
    if reader.problems or age_months is None:
        return Refusal(tuple(reader.problems))
    given = None if calcium is None else Mass(calcium)
    day = _Day(age_months, sex, stage, food, eaten, supplements, given, weight)
    return _compare(answers, day, tuple(reader.read_as))


def _infant(reader: Reader, answers: IntakeAnswers, age_months: int) -> OutOfScope | Refusal:
    """No amount is compared for an infant, but what was given beside milk is not passed over."""
    supplements = read_supplements(reader, answers.supplements)
    if reader.problems:
        return Refusal(tuple(reader.problems))
    supplement = total_of(item.magnesium for item in supplements)
    notes = _notes(age_months, Mass.of(0), supplement)
    care = _care(notes, ())
    return OutOfScope(
        answers, "out-of-scope:infant", age_months, supplements, supplement, care, notes
    )


@dataclass(frozen=True)
class _Day:
    """The answers as they were read."""

    age_months: int
    sex: str
    stage: str
    food: Mass
    eaten: tuple[Eaten, ...]
    supplements: tuple[Supplement, ...]
    calcium: Mass | None
    weight: Fraction | None


def _compare(
    answers: IntakeAnswers, day: _Day, read_as: tuple[tuple[str, str], ...]
) -> IntakeFacts:
    supplement = total_of(item.magnesium for item in day.supplements)
    least = total_of(item.least for item in day.supplements)
    total = day.food + least
    comparisons = tuple(
        _comparison(authority, day, total, supplement) for authority in amounts.AUTHORITIES
    )
    chosen = next(c for c in comparisons if c.authority.code == answers.authority)
    ratio, ratio_position = _ratio(day.calcium, total)
    per_kg, calcium_note = _calcium_per_kg(day.calcium, day.weight)
    exceeds = _exceeds(day.age_months, supplement)
    notes = _notes(day.age_months, day.food, supplement)
    gap = chosen.row.amount - total if chosen.row and chosen.position == "below" else None
    return IntakeFacts(
        answers=answers,
        status="ok" if chosen.row else "no-reference:stage-age",
        age_months=day.age_months,
        food=day.food,
        eaten=day.eaten,
        supplements=day.supplements,
        supplement=supplement,
        supplement_least=least,
        if_elemental=_if_elemental(day.age_months, day.supplements),
        total=total,
        chosen=chosen,
        comparisons=comparisons,
        percent=total / chosen.row.amount * 100 if chosen.row else None,
        exceeds=exceeds,
        ratio=ratio,
        ratio_position=ratio_position,
        calcium=day.calcium,
        calcium_per_kg=per_kg,
        calcium_note=calcium_note,
        foods_near=foods.near(gap, amounts.FOODS_NAMED) if gap else (),
        care=_care(notes, exceeds),
        notes=notes,
        read_as=read_as,
    )


def _comparison(authority: amounts.Authority, day: _Day, total: Mass, extra: Mass) -> Comparison:
    """An authority's row for the person, never another's (rule 1), and its limit."""
    row = amounts.intake_row(authority.code, day.age_months, day.sex, day.stage)
    position = "" if row is None else "at-or-above" if total >= row.amount else "below"
    limit = amounts.limit_row(authority.code, day.age_months)
    return Comparison(authority, row, position, limit, _limit_position(authority, limit, extra))


def _limit_position(authority: amounts.Authority, limit: amounts.LimitRow, supplement: Mass) -> str:
    """Where the supplements stand against a limit on them; food has none (rule 4)."""
    if not supplement:
        return "no-supplement"
    if limit.amount is None or not authority.limits_supplements:
        return "none-set"
    return "above" if supplement > limit.amount else "within"


def _exceeds(age_months: int, supplement: Mass) -> tuple[str, ...]:
    """Whose limits on supplements are passed, at every age, the lowest first (rule 4)."""
    limits = amounts.supplement_limits(age_months)
    return tuple(row.authority for row in limits if row.amount and supplement > row.amount)


def _care(notes: tuple[str, ...], exceeds: tuple[str, ...]) -> str:
    """The next step's level (rule 9)."""
    if "toxic-dose" in notes or "child-far-over" in notes:
        return "emergency"
    return "prompt" if exceeds or "child-supplement" in notes else "none"


def _if_elemental(age_months: int, supplements: tuple[Supplement, ...]) -> OtherReading | None:
    """The same supplements with every weight taken for magnesium itself."""
    compounds = tuple(item for item in supplements if item.salt and item.weight)
    if not compounds:
        return None
    supplement = total_of(item.weight for item in supplements)
    limits = amounts.supplement_limits(age_months)
    passed = tuple(row for row in limits if row.amount and supplement > row.amount)
    notes = _notes(age_months, Mass.of(0), supplement)
    return OtherReading(compounds, supplement, passed, _care(notes, ()) == "emergency")


def _ratio(calcium: Mass | None, total: Mass) -> tuple[Fraction | None, str]:
    """Calcium over magnesium, and where it lies by the one cohort's middle value."""
    if calcium is None:
        return None, ""
    if not total:
        return None, "undefined"
    ratio = calcium / total
    middle = amounts.RATIO_MIDDLE.value
    return ratio, "below" if ratio < middle else "at" if ratio == middle else "above"


def _calcium_per_kg(calcium: Mass | None, weight: Fraction | None) -> tuple[Fraction | None, str]:
    """Calcium in mg per kg of body weight, and whether it is over the reviewed figure."""
    if calcium is None or weight is None:
        return None, ""
    per_kg = calcium.mg / weight
    return per_kg, "over-10" if per_kg > amounts.CALCIUM_PER_KG.value else "not-over-10"


def _notes(age_months: int, food: Mass, supplement: Mass) -> tuple[str, ...]:
    """The notes' names, in alphabetical order (rule 8)."""
    child = age_months < amounts.ADULT_MONTHS
    held = {
        "child-far-over": child and supplement > amounts.child_far_over(age_months),
        "child-supplement": child and bool(supplement),
        "food-high-check-units": food > amounts.FOOD_LOOKS_HIGH.mass,
        "kidney": bool(supplement),
        "toxic-dose": supplement >= amounts.TOXIC_DOSE.mass,
    }
    return tuple(name for name, true in held.items() if true)
