"""Whether supplements pass a limit, as counted and as the label may mean it."""

from __future__ import annotations

from collections.abc import Sequence

from calculator.quantities import Mass
from calculator.result import Bars, Line
from calculator.rules.intake import IntakeFacts
from calculator.tables import amounts, salts
from calculator.words.care import FAR_OVER
from calculator.words.figures import (
    MOST_PLACES,
    mg,
    mg_apart,
    mg_beside,
    unread,
)


def limit_answer(facts: IntakeFacts) -> Line | None:
    """Whether the supplements pass a limit, in one sentence, yes or no."""
    limits = amounts.supplement_limits(facts.age_months)
    if not facts.supplement:
        return Line("You counted no supplement or medicine. Food has no limit.") if limits else None
    lowest = limits[0]
    taken = mg_beside(facts.supplement, facts.limits)
    sources = tuple(dict.fromkeys(row.source for row in limits))
    if not facts.exceeds:
        other = facts.if_elemental
        sure = "Not as we counted it" if other and other.passed else "No"
        least = f"{mg(amount_of(lowest))}, {short_name(lowest)}{unread(lowest.read)}"
        return Line(
            f"Over a limit? {sure}: {taken} a day from supplements is not over any limit in our "
            f"table. The lowest is {least}.{_but_read_otherwise(facts)}",
            sources,
        )
    passed = [row for row in limits if row.authority in facts.exceeds]
    which = f"the limit of: {named_limits(passed)}"
    if passed[1:-1] and len(passed) == len(limits):  # The drawing under it names each.
        ends = f"from {named_limits(passed[:1])}, to {named_limits(passed[-1:])}"
        which = f"{how_many(passed, limits)} in our table, {ends}"
    return Line(f"Over a limit? Yes: {taken} a day from supplements is over {which}.", sources)


def named_limits(limits: Sequence[amounts.LimitRow]) -> str:
    """Limits by authority and amount, each with its read mark: ``EU, 250mg; UK, 400mg``."""
    return "; ".join(f"{short_name(r)}, {mg(amount_of(r))}{unread(r.read)}" for r in limits)


def _but_read_otherwise(facts: IntakeFacts) -> str:
    """That the label's other reading passes limits, where the counted one passes none."""
    other = facts.if_elemental
    if other is None or not other.passed:
        return ""
    supplement, _ = mg_apart(other.supplement, amount_of(other.passed[-1]))
    many = how_many(other.passed, amounts.supplement_limits(facts.age_months))
    return f" But if the label gives magnesium itself, it is {supplement} a day, over {many}."


def short_name(row: amounts.LimitRow) -> str:
    """What the authority of a limit is called in a list."""
    return amounts.AUTHORITY_BY_CODE[row.authority].short


def amount_of(row: amounts.LimitRow) -> Mass:
    """The amount of a limit that is set."""
    assert row.amount is not None, row
    return row.amount


def limits_bars(facts: IntakeFacts) -> Bars | None:
    """Each limit on supplements as a bar, with the supplements alone as a line across them."""
    limits = amounts.supplement_limits(facts.age_months)
    if not facts.supplement or not limits:
        return None
    bars = tuple((short_name(row), amount_of(row).mg, mg(amount_of(row))) for row in limits)
    named = "; ".join(f"{name}, {text}" for name, _, text in bars)
    taken = mg_beside(facts.supplement, facts.limits)
    title = f"Supplements alone, {taken}, as a line across each limit: {named}."
    return Bars(title, bars, facts.supplement.mg, f"Your supplements, {taken}", "plain")


def why_limits(facts: IntakeFacts) -> Line:
    """Why there are limits, with the source of each limit for the age."""
    limits = amounts.supplement_limits(facts.age_months)
    return Line(
        "The limits are there because larger amounts can cause diarrhoea.",
        tuple(dict.fromkeys(row.source for row in limits)),
    )


def other_reading(facts: IntakeFacts) -> Line | None:
    """What it comes to if the label gave magnesium itself; None if no compound was chosen."""
    other = facts.if_elemental
    if other is None:
        return None
    limits = amounts.supplement_limits(facts.age_months)
    shown = other.passed or limits[:1]
    nearest = shown[-1].amount
    assert nearest is not None
    supplement, _ = mg_apart(other.supplement, nearest)
    label = f"label's {mg(Mass(other.compounds[0].mg), MOST_PLACES)} is"
    what = label if len(other.compounds) == 1 else "labels' amounts are"
    # What was counted passes the same limits: they have just been named.
    same = {limit.authority for limit in other.passed} == set(facts.exceeds)
    which = "" if other.passed and same else f" published for this age: {named_limits(shown)}"
    return Line(
        f"If the {what} magnesium itself, supplements come to {supplement} a day. That is over "
        f"{how_many(other.passed, limits)}{which}. "
        f"Look again for “elemental”, “providing” or “of which”.{FAR_OVER if other.far else ''}",
        tuple(dict.fromkeys(limit.source for limit in shown)),
    )


def how_many(passed: Sequence[amounts.LimitRow], limits: Sequence[amounts.LimitRow]) -> str:
    """How many of the limits are passed: ``all 4 limits``, or that none is, then the lowest."""
    if not passed:
        return "no limit. The lowest"
    if len(passed) == len(limits):
        return f"all {len(limits)} limits"
    return f"{len(passed)} of the {len(limits)} limits"


def unknown_form(facts: IntakeFacts) -> Line | None:
    """Both bounds, and which is compared with what; None where every compound is known."""
    least, most = mg_apart(facts.supplement_least, facts.supplement)
    if least == most:
        return None
    text = (
        f"We do not know which compound the label means, so supplements come to {least} to {most} "
        "of magnesium a day. Limits are compared with the most, published amounts with the least."
    )
    row = facts.chosen.row
    if row and facts.total < row.amount <= facts.food + facts.supplement:
        text += " With the most, this day reaches the published amount."
    return Line(text, (salts.ATOMIC_WEIGHTS_SOURCE,))
