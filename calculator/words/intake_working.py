"""How an intake result is worked out: each step, with its source."""

from __future__ import annotations

from fractions import Fraction

from calculator.quantities import Mass, display, exact, places_apart, plain
from calculator.result import Line
from calculator.rules.day import Eaten, Supplement
from calculator.rules.intake import Comparison, IntakeFacts
from calculator.tables import amounts, salts
from calculator.words.figures import (
    MOST_PLACES,
    OF_FOOD_AND_WATER,
    mg,
    mg_beside,
    percent,
    unread,
)


def share_text(facts: IntakeFacts, value: Fraction) -> str:
    """A percentage, which is no finer than servings of food are."""
    return f"about {percent(value, 0)}" if facts.eaten else percent(value)


def intake_working(facts: IntakeFacts) -> tuple[Line, ...]:
    """Every step from the answers to the comparison with the chosen authority."""
    lines = [_food_step(item) for item in facts.eaten]
    if facts.eaten:
        food = f"Food: {mg(facts.food)}, the sum of these"
    else:
        food = f"Food: {mg(facts.food, MOST_PLACES)}, as given"
    lines.append(Line(food))
    lines += [step for item in facts.supplements for step in supplement_steps(item)]
    if facts.supplements:
        parts = f"{mg(facts.food)} + {mg(facts.supplement_least)}"
        lines.append(Line(f"Total: {parts} = {mg_beside(facts.total, facts.amounts)}"))
    row = facts.chosen.row
    if row is not None and facts.percent is not None:
        total = mg_beside(facts.total, facts.amounts)
        step = f"{total} ÷ {mg(row.amount)} = {share_text(facts, facts.percent)}"
        lines.append(Line(step, (row.source,), mg(row.amount)))
    lines.append(_limit_step(facts.chosen, mg_beside(facts.supplement, facts.limits)))
    if facts.food:
        lines.append(_absorbed_step(facts.food))
    return (*lines, *_calcium_steps(facts))


def _food_step(item: Eaten) -> Line:
    food = item.food
    return Line(
        f"{food.name}: {food.weight} a serving × {exact(item.servings)} × "
        f"{food.magnesium_per_100g}mg in each {_HUNDRED}g = {mg(item.magnesium)}",
        (food.source,),
        f"{food.magnesium_per_100g}mg in {_HUNDRED}g",
    )


_HUNDRED = Fraction(10) ** 2


def supplement_steps(item: Supplement) -> tuple[Line, ...]:
    """The magnesium in a supplement; both bounds where the label's compound is not known."""
    amount = f"{_each_time(item)} × {exact(item.times)} a day"
    if item.salt is None:
        text = f"Supplement, magnesium itself: {amount} = {mg(item.magnesium)}"
        return (Line(text),)
    *less, most = sorted(item.salt.salts, key=lambda salt: salt.fraction)
    if not less:
        return (_share_step(most, most.name, amount, item.magnesium),)
    name = item.salt.name
    return (
        _share_step(less[0], f"{name}, at least, as {less[0].name}", amount, item.least),
        _share_step(most, f"{name}, at most, as {most.name}", amount, item.magnesium),
    )


def _each_time(item: Supplement) -> str:
    """The amount on the label; of a liquid, the share of it that is taken."""
    amount = mg(Mass(item.mg), MOST_PLACES)
    if item.liquid is None:
        return amount
    taken, per = (plain(ml, MOST_PLACES) for ml in (item.liquid.ml, item.liquid.per_ml))
    return f"{amount} × {taken}mL ÷ {per}mL"


def _share_step(salt: salts.Salt, name: str, amount: str, magnesium: Mass) -> Line:
    share = f"{exact(salt.magnesium_mass)} ÷ {exact(salt.molar_mass)}"
    return Line(
        f"{name}: {amount} × {share}, its share of magnesium = {mg(magnesium)}",
        (salts.ATOMIC_WEIGHTS_SOURCE,),
        share,
    )


def _limit_step(chosen: Comparison, supplement: str) -> Line:
    limit = chosen.limit
    if limit.amount is None:
        text = f"Limit for supplements: none set ({limit.ages})"
    elif not chosen.authority.limits_supplements:
        text = f"{mg(limit.amount)} is {OF_FOOD_AND_WATER}, and no limit for supplements"
    elif chosen.limit_position == "no-supplement":
        text = f"No supplement, so the limit of {mg(limit.amount)} does not come in"
    else:
        sign = ">" if chosen.limit_position == "above" else "≤"
        most = f"{mg(limit.amount)}{whose_limit(chosen.authority)}"
        text = f"Limit for supplements alone: {supplement} {sign} {most}"
    return Line(f"{text}{unread(limit.read)}", (limit.source,), most_text(limit))


def _absorbed_step(food: Mass) -> Line:
    least, most = amounts.ABSORBED_LEAST, amounts.ABSORBED_MOST
    percents = f"{plain(least.value * _HUNDRED, 0)}% to {plain(most.value * _HUNDRED, 0)}%"
    return Line(
        f"Healthy people absorb about {percents} of food magnesium: "
        f"{plain((food * least.value).mg, 1)} to {mg(food * most.value)}. "
        f"This is typical, not yours{unread(least.read)}",
        (least.source,),
        percents,
    )


def _calcium_steps(facts: IntakeFacts) -> tuple[Line, ...]:
    lines = []
    middle = amounts.RATIO_MIDDLE
    if facts.calcium is not None and facts.ratio is not None:
        ratio = display(facts.ratio, places_apart(facts.ratio, middle.value, 2))
        lines.append(
            Line(
                f"Calcium to magnesium: {mg(facts.calcium, MOST_PLACES)} ÷ "
                f"{mg_beside(facts.total, facts.amounts)} = "
                f"{ratio}, {facts.ratio_position} {exact(middle.value)}, the "
                "middle value of one group of Chinese adults. No authority sets a target",
                (middle.source,),
                exact(middle.value),
            )
        )
    elif facts.ratio_position == "undefined":
        lines.append(Line("Calcium to magnesium: there is no magnesium to divide by"))
    if facts.calcium_per_kg is not None:
        lines.append(_per_kg_step(facts, facts.calcium_per_kg))
    return tuple(lines)


def _per_kg_step(facts: IntakeFacts, per_kg: Fraction) -> Line:
    figure = amounts.CALCIUM_PER_KG
    side = "over" if facts.calcium_note == "over-10" else "not over"
    places = places_apart(per_kg, figure.value, 1)
    return Line(
        f"Calcium by body weight: {display(per_kg, places)}mg for each kg, {side} the "
        f"{plain(figure.value, 0)}mg above which one review says less magnesium is absorbed"
        f"{unread(figure.read)}. Others disagree, and it is no reason to eat less calcium",
        (figure.source,),
        f"{plain(figure.value, 0)}mg for each kg",
    )


def most_text(limit: amounts.LimitRow) -> str:
    """A limit as its table prints it: ``250mg``, or that none is set."""
    return "none set" if limit.amount is None else mg(limit.amount)


def whose_limit(authority: amounts.Authority) -> str:
    """Whose limit an authority has taken over: ``, the EU's``; "" where it is its own."""
    other = amounts.AUTHORITY_BY_CODE.get(authority.limit_from)
    return f", the {other.short}'s" if other else ""
