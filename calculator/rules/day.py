"""What somebody took in a day, read from typed answers."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from calculator.quantities import Mass, as_typed
from calculator.rules.answers import Reader, shown
from calculator.tables import amounts, foods, salts

# A row is blank while its count is the default 1, or cleared.
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


_AGE = re.compile(r"([0-9]{1,4})(?:(m|mo|months?)|y|years?)?", re.IGNORECASE)


def read_months(text: str) -> int | None:
    """Completed months from ``60``, ``60 years``, ``47m`` or ``47 months``, or None."""
    match = _AGE.fullmatch(as_typed(text))
    return int(match[1]) * (1 if match[2] else amounts.MONTHS) if match else None


def read_age(reader: Reader, text: str) -> int | None:
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


def read_sex(reader: Reader, text: str, age_months: int | None) -> str:
    """The sex of the published values, or "" at an age at which they are for everyone."""
    if not text and age_months is not None and age_months < amounts.SEX_ASKED_FROM:
        return ""
    return reader.choice("sex", text, amounts.SEXES)


def read_food(reader: Reader, answers: IntakeAnswers) -> tuple[Mass, tuple[Eaten, ...]]:
    """Magnesium from food: the total given, or the foods and their sum. Never both."""
    if all(answer.blank for answer in answers.eaten):
        given = reader.number("food", answers.food, units=("mg",), most=amounts.FOOD_MOST.value)
        return Mass(given or Fraction(0)), ()
    if answers.food.strip():
        reader.refuse("food", "choice", "both")
    eaten = _read_eaten(reader, answers.eaten)
    return total_of(item.magnesium for item in eaten), eaten


def _read_eaten(reader: Reader, answers: tuple[EatenAnswer, ...]) -> tuple[Eaten, ...]:
    """Each food with its servings and magnesium; rows that cannot be read are refused."""
    eaten = []
    total = Mass.of(0)
    for row, answer in enumerate(answers):
        if answer.blank:
            continue
        given = answer.food.strip()
        food = foods.FOOD_BY_ID.get(given.upper())
        if food is None:
            reason = "unlisted" if given else "choice"
            reader.refuse("eat-food", "choice", reason, row, given=shown(given))
        servings = reader.number("eat-servings", answer.servings, row=row)
        if food is not None and servings is not None:
            eaten.append(Eaten(food, servings, food.magnesium(servings)))
            total = _add(reader, "eat-servings", row, total, eaten[-1].magnesium, amounts.FOOD_MOST)
    return tuple(eaten)


def sum_of_foods(answers: tuple[EatenAnswer, ...]) -> Mass | None:
    """The magnesium in the foods chosen so far; None for no food or one that cannot be read."""
    reader = Reader()
    eaten = _read_eaten(reader, answers)
    if reader.problems or not eaten:
        return None
    return total_of(item.magnesium for item in eaten)


def total_of(masses: Iterable[Mass]) -> Mass:
    """The sum of these masses, 0mg where there are none."""
    return sum(masses, Mass.of(0))


def _add(
    reader: Reader, name: str, row: int, total: Mass, more: Mass, most: amounts.Quantity
) -> Mass:
    """The sum so far; the row that takes it over ``most`` is refused, and no later one."""
    if total <= most.mass < total + more:
        reader.refuse(name, "range", "sum", row, most=str(most.value))
    return total + more


def read_supplements(
    reader: Reader, answers: tuple[SupplementAnswer, ...]
) -> tuple[Supplement, ...]:
    """Each supplement; one that is not named fully is asked about, never guessed."""
    read = []
    total = Mass.of(0)
    for row, answer in enumerate(answers):
        if answer.blank:
            continue
        key = answer.salt.strip()
        known = _known_salt(reader, key, row)
        mg = reader.number("supplement-mg", answer.mg, units=("mg",), row=row)
        times = reader.number("supplement-times", answer.times, row=row)
        problems = len(reader.problems)
        liquid = _read_liquid(reader, answer, row)
        unread = len(reader.problems) > problems
        if known and mg is not None and times is not None and not unread:
            salt = salts.SALT_BY_KEY.get(key) or salts.FAMILY_BY_KEY.get(key)
            read.append(Supplement(salt, mg, times, liquid))
            more, most = read[-1].magnesium, amounts.SUPPLEMENT_MOST
            total = _add(reader, "supplement-mg", row, total, more, most)
    return tuple(read)


def _read_liquid(reader: Reader, answer: SupplementAnswer, row: int) -> Liquid | None:
    """How a liquid is measured; None for what is none, or with a problem for half of it."""
    given = {"supplement-per-ml": answer.per_ml, "supplement-ml": answer.ml}
    if not any(text.strip() for text in given.values()):
        return None
    per_ml, ml = (reader.number(name, text, units=("ml",), row=row) for name, text in given.items())
    if per_ml == 0:
        reader.refuse("supplement-per-ml", "range", "nothing", row)
    return Liquid(per_ml, ml) if per_ml and ml is not None else None


def _known_salt(reader: Reader, key: str, row: int) -> bool:
    """Whether ``key`` names a salt, or says it is not known which; else what it could mean."""
    keys = [salts.ELEMENTAL, *salts.SALT_BY_KEY, *salts.FAMILY_BY_KEY]
    if key in keys:
        return True
    name = key.casefold().replace("sulph", "sulf")
    forms = [known for known in keys if known.startswith(f"{name}_")] if name else []
    close = forms or difflib.get_close_matches(name, keys)
    reason = "empty" if not key else "which" if forms else "near" if close else "unknown"
    named = {"given": shown(key), "forms": ", ".join(close)}
    reader.refuse("supplement-salt", "supplement", reason, row, **named)
    return False


def read_optional(
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
