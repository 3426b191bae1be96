"""The intake check: how a day's magnesium compares with published amounts and limits.

Facts only, no sentences. The rules are evidence/rules.md, "Intake"; every number is in
``reference`` or ``foods``.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from calculator.quantities import Mass, as_typed
from calculator.rules.answers import Reader, Refusal, shown
from calculator.tables import amounts, foods, salts

# What stands in a new row's last box, or nothing once it is emptied.
_OFFERED = ("", "1")


@dataclass(frozen=True)
class EatenAnswer:
    """A food and how many servings of it, as typed."""

    food: str
    servings: str = "1"

    @property
    def blank(self) -> bool:
        """Whether the row was left as it was offered."""
        return not self.food.strip() and self.servings.strip() in _OFFERED


@dataclass(frozen=True)
class SupplementAnswer:
    """A supplement as typed: a salt's or family's key or ``elemental``, mg, times a day.

    Of a liquid, ``mg`` stands in ``per_ml`` millilitres, and ``ml`` are taken each time.
    """

    salt: str
    mg: str
    times: str = "1"
    per_ml: str = ""
    ml: str = ""

    @property
    def blank(self) -> bool:
        """Whether the row was left as it was offered."""
        typed = (self.salt, self.mg, self.per_ml, self.ml)
        return self.times.strip() in _OFFERED and not any(text.strip() for text in typed)


@dataclass(frozen=True)
class IntakeAnswers:
    """The answers as typed. Amounts are milligrams a day, weight is kilograms."""

    age: str
    sex: str
    stage: str = "general"
    authority: str = amounts.DEFAULT_AUTHORITY
    food: str = ""
    eaten: tuple[EatenAnswer, ...] = ()
    supplements: tuple[SupplementAnswer, ...] = ()
    calcium: str = ""
    weight: str = ""


@dataclass(frozen=True)
class Eaten:
    """A food, its servings and the magnesium in them."""

    food: foods.Food
    servings: Fraction
    magnesium: Mass


@dataclass(frozen=True)
class Liquid:
    """The millilitres that hold a label's milligrams, and those that are taken each time."""

    per_ml: Fraction
    ml: Fraction


@dataclass(frozen=True)
class Supplement:
    """A supplement's weight each time, times a day, and the magnesium in it.

    ``salt`` is None where the label gives magnesium itself, and a family where it does not
    say which compound it means: the magnesium is then the most that it can be.
    """

    salt: salts.Salt | salts.Family | None
    mg: Fraction
    times: Fraction
    liquid: Liquid | None = None

    @property
    def weight(self) -> Mass:
        """What the label's amount comes to in a day, whatever it is the weight of."""
        share = self.liquid.ml / self.liquid.per_ml if self.liquid else 1
        return Mass(self.mg * share * self.times)

    @property
    def magnesium(self) -> Mass:
        """Magnesium a day: amount x times x the salt's share of magnesium (rule 2)."""
        return self.weight * max(self._shares)

    @property
    def least(self) -> Mass:
        """The least magnesium a day that it can be."""
        return self.weight * min(self._shares)

    @property
    def _shares(self) -> tuple[Fraction, ...]:
        return tuple(s.fraction for s in self.salt.salts) if self.salt else (Fraction(1),)


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
    age_months = _age(reader, answers.age)
    if age_months is not None and age_months < amounts.INFANT_MONTHS:
        return _infant(reader, answers, age_months)
    sex = _sex(reader, answers.sex, age_months)
    stage = reader.choice("stage", answers.stage or "general", amounts.STAGES)
    if sex == "male" and stage in ("pregnancy", "lactation"):
        reader.refuse("stage", "stage")
    reader.choice("authority", answers.authority, amounts.AUTHORITY_BY_CODE)
    food, eaten = _food(reader, answers)
    supplements = _supplements(reader, answers.supplements)
    calcium = _optional(reader, "calcium", answers.calcium, most=amounts.CALCIUM_MOST)
    weight = _optional(
        reader, "weight", answers.weight, least=amounts.WEIGHT_LEAST, most=amounts.WEIGHT_MOST
    )
    if reader.problems or age_months is None:
        return Refusal(tuple(reader.problems))
    given = None if calcium is None else Mass(calcium)
    day = _Day(age_months, sex, stage, food, eaten, supplements, given, weight)
    return _compare(answers, day, tuple(reader.read_as))


def _infant(reader: Reader, answers: IntakeAnswers, age_months: int) -> OutOfScope | Refusal:
    """No amount is compared for an infant, but what was given beside milk is not passed over."""
    supplements = _supplements(reader, answers.supplements)
    if reader.problems:
        return Refusal(tuple(reader.problems))
    supplement = _sum(item.magnesium for item in supplements)
    notes = _notes(age_months, Mass.of(0), supplement)
    care = _care(notes, ())
    return OutOfScope(
        answers, "out-of-scope:infant", age_months, supplements, supplement, care, notes
    )


_AGE = re.compile(r"([0-9]{1,4})(?:(m|mo|months?)|y|years?)?", re.IGNORECASE)


def read_months(text: str) -> int | None:
    """Completed months from ``60``, ``60 years``, ``47m`` or ``47 months``, or None."""
    match = _AGE.fullmatch(as_typed(text))
    return int(match[1]) * (1 if match[2] else amounts.MONTHS) if match else None


def _age(reader: Reader, text: str) -> int | None:
    """Completed months that the check is for, or None and a problem."""
    months = read_months(text)
    if months is None:
        kind, reason = ("number", "whole") if text.strip() else ("empty", "empty")
        reader.refuse("age", kind, reason, typed=shown(text))
        return None
    if months > amounts.OLDEST_YEARS * amounts.MONTHS:
        reader.refuse("age", "range", least="1", most=str(amounts.OLDEST_YEARS))
        return None
    return months


def _sex(reader: Reader, text: str, age_months: int | None) -> str:
    """The sex of the published values, or "" at an age at which they are for everyone."""
    if not text and age_months is not None and age_months < amounts.SEX_ASKED_FROM:
        return ""
    return reader.choice("sex", text, amounts.SEXES)


def _food(reader: Reader, answers: IntakeAnswers) -> tuple[Mass, tuple[Eaten, ...]]:
    """Magnesium from food: the total given, or the foods and their sum. Never both."""
    if all(answer.blank for answer in answers.eaten):
        given = reader.number("food", answers.food, units=("mg",), most=amounts.FOOD_MOST.value)
        return Mass(given or Fraction(0)), ()
    if answers.food.strip():
        reader.refuse("food", "choice", "both")
    eaten = _eaten(reader, answers.eaten)
    return _sum(item.magnesium for item in eaten), eaten


def _eaten(reader: Reader, answers: tuple[EatenAnswer, ...]) -> tuple[Eaten, ...]:
    """Each food with its servings and magnesium; rows that cannot be read are refused."""
    eaten = []
    total = Mass.of(0)
    for row, answer in enumerate(answers):
        if answer.blank:
            continue
        given = answer.food.strip()
        food = foods.FOOD_BY_ID.get(given.upper())
        if food is None:
            reader.refuse("eat-food", "choice", "unlisted" if given else "choice", row, given=given)
        servings = reader.number("eat-servings", answer.servings, row=row)
        if food is not None and servings is not None:
            eaten.append(Eaten(food, servings, food.magnesium(servings)))
            total = _add(reader, "eat-servings", row, total, eaten[-1].magnesium, amounts.FOOD_MOST)
    return tuple(eaten)


def sum_of_foods(answers: tuple[EatenAnswer, ...]) -> Mass | None:
    """The magnesium in the foods chosen so far; None for no food or one that cannot be read."""
    reader = Reader()
    eaten = _eaten(reader, answers)
    if reader.problems or not eaten:
        return None
    return _sum(item.magnesium for item in eaten)


def _sum(masses: Iterable[Mass]) -> Mass:
    return sum(masses, Mass.of(0))


def _add(
    reader: Reader, name: str, row: int, total: Mass, more: Mass, most: amounts.Quantity
) -> Mass:
    """The sum so far; the row that takes it over ``most`` is refused, and no later one."""
    if total <= most.mass < total + more:
        reader.refuse(name, "range", "sum", row, most=str(most.value))
    return total + more


def _supplements(reader: Reader, answers: tuple[SupplementAnswer, ...]) -> tuple[Supplement, ...]:
    """Each supplement; one that is not named fully is asked about, never guessed."""
    read = []
    total = Mass.of(0)
    for row, answer in enumerate(answers):
        if answer.blank:
            continue
        key = answer.salt.strip()
        known = _salt(reader, key, row)
        mg = reader.number("supplement-mg", answer.mg, units=("mg",), row=row)
        times = reader.number("supplement-times", answer.times, row=row)
        problems = len(reader.problems)
        liquid = _liquid(reader, answer, row)
        unread = len(reader.problems) > problems
        if known and mg is not None and times is not None and not unread:
            salt = salts.SALT_BY_KEY.get(key) or salts.FAMILY_BY_KEY.get(key)
            read.append(Supplement(salt, mg, times, liquid))
            more, most = read[-1].magnesium, amounts.SUPPLEMENT_MOST
            total = _add(reader, "supplement-mg", row, total, more, most)
    return tuple(read)


def _liquid(reader: Reader, answer: SupplementAnswer, row: int) -> Liquid | None:
    """How a liquid is measured; None for what is none, or with a problem for half of it."""
    given = {"supplement-per-ml": answer.per_ml, "supplement-ml": answer.ml}
    if not any(text.strip() for text in given.values()):
        return None
    per_ml, ml = (reader.number(name, text, units=("ml",), row=row) for name, text in given.items())
    if per_ml == 0:
        reader.refuse("supplement-per-ml", "range", "nothing", row)
    return Liquid(per_ml, ml) if per_ml and ml is not None else None


def _salt(reader: Reader, key: str, row: int) -> bool:
    """Whether ``key`` names a salt, or says it is not known which; else what it could mean."""
    keys = [salts.ELEMENTAL, *salts.SALT_BY_KEY, *salts.FAMILY_BY_KEY]
    if key in keys:
        return True
    name = key.casefold().replace("sulph", "sulf")
    forms = [known for known in keys if known.startswith(f"{name}_")] if name else []
    close = forms or difflib.get_close_matches(name, keys)
    reason = "empty" if not key else "which" if forms else "near" if close else "unknown"
    reader.refuse("supplement-salt", "supplement", reason, row, given=key, forms=", ".join(close))
    return False


def _optional(
    reader: Reader,
    name: str,
    text: str,
    *,
    most: amounts.Quantity,
    least: amounts.Quantity | None = None,
) -> Fraction | None:
    """A number that may be left out."""
    if not text.strip():
        return None
    unit = "kg" if name == "weight" else "mg"
    lowest = Fraction(0) if least is None else least.value
    return reader.number(name, text, units=(unit,), least=lowest, most=most.value)


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
    supplement = _sum(item.magnesium for item in day.supplements)
    least = _sum(item.least for item in day.supplements)
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
    supplement = _sum(item.weight for item in supplements)
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
