"""The words for an intake result."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from calculator.quantities import Mass, display, exact, places_apart, plain
from calculator.result import Band, Bars, Line, Mark, NumberLine, Record, Result, Section, Table
from calculator.rules.intake import Comparison, Eaten, IntakeFacts, OutOfScope, Supplement
from calculator.tables import amounts, salts
from calculator.tables.foods import Food
from calculator.tables.sources import OUR_OWN
from calculator.words.care import FAR_OVER, KIDNEY_INTAKE, KIDNEY_SOURCES, intake_cards
from calculator.words.figures import (
    MOST_PLACES,
    NOT_SAID,
    OF_FOOD_AND_WATER,
    WORKING,
    mg,
    mg_apart,
    percent,
    read_as,
    unread,
)


def people(row: amounts.IntakeRow) -> str:
    """Who a row is for: ``women aged 19 to 64 years``."""
    grown = row.from_months >= amounts.ADULT_MONTHS
    if row.stage == "pregnancy":
        who = "pregnant women"
    elif row.stage == "lactation":
        who = "breastfeeding women"
    elif row.sex == "any":
        who = "everyone" if grown else "children"
    else:
        who = {"female": ("girls", "women"), "male": ("boys", "men")}[row.sex][grown]
    return f"{who} aged {row.ages}"


def _the(authority: amounts.Authority) -> str:
    return authority.name if authority.code == "AU_NZ" else f"the {authority.name}"


def explain_intake(facts: IntakeFacts | OutOfScope, record: Record) -> Result:
    """The words for an intake result."""
    if isinstance(facts, OutOfScope):
        return _infant(facts, record)
    return Result(
        check="intake",
        record=record,
        heading=_intake_heading(facts),
        summary=_intake_summary(facts),
        marked="",
        line=_intake_line(facts),
        compared=_limit_answer(facts),
        compared_bars=_limits_bars(facts),
        cards=intake_cards(facts),
        notes=_intake_notes(facts),
        warning=_warning() if facts.supplement else (),
        working=Section(WORKING, _intake_working(facts)),
        sections=_intake_sections(facts),
        table=_authorities_table(facts),
        bars=_authorities_bars(facts),
    )


def _infant(facts: OutOfScope, record: Record) -> Result:
    months = amounts.INFANT_MONTHS
    far = "child-far-over" in facts.notes
    return Result(
        check="intake",
        record=record,
        heading=(
            "This is far more magnesium than any limit published for a young child"
            if far
            else f"This check is not for babies under {months} months"
        ),
        summary=Line(
            "Babies get their magnesium from milk and first foods, and need other advice. "
            "A health visitor, pharmacist or GP can help."
        ),
        marked="",
        line=None,
        compared=None,
        compared_bars=None,
        cards=intake_cards(facts),
        notes=(),
        warning=_warning() if facts.notes else (),
        working=Section(
            WORKING,
            (
                Line(f"{facts.age_months} months is under {months} months", (OUR_OWN,)),
                *(step for item in facts.supplements for step in _supplement_steps(item)),
            ),
        ),
        sections=(*_about_amount(facts), _spacing_section()) if facts.notes else (),
        table=None,
    )


def _intake_heading(facts: IntakeFacts) -> str:
    """The limits that are passed, or else where the day lies by the published amount."""
    if facts.exceeds:
        whose = "These supplements" if "child-supplement" in facts.notes else "Your supplements"
        far = "far over" if facts.care == "emergency" else "over"
        names = _listed([amounts.AUTHORITY_BY_CODE[code].short for code in facts.exceeds])
        return f"{whose} are {far} the limit of: {names}"
    if facts.chosen.row is None:
        return "No amount is published for this age and stage"
    if facts.chosen.position == "below":
        return "This day's magnesium is below the published amount"
    return "This day's magnesium is at or above the published amount"


def _listed(names: list[str]) -> str:
    return "; ".join(names)


def _intake_summary(facts: IntakeFacts) -> Line:
    chosen, row = facts.chosen, facts.chosen.row
    if row is None or facts.percent is None:
        return Line(
            f"{_capital(_the(chosen.authority))} publishes no amount for this age and stage, "
            f"and we do not borrow another. The total is {mg(facts.total)}."
        )
    total, amount = mg_apart(facts.total, row.amount)
    share = f"{total} a day is {_share(facts, facts.percent)} of {amount}"
    whose = f"the {amounts.KINDS[row.kind]} of {_the(chosen.authority)} for"
    if row.carried_from is None:
        text = f"{share}. That is {whose} {people(row)}{unread(row.read)}."
        return Line(text, (row.source,))
    younger = amounts.row_carried(row)
    return Line(
        f"{share}. That is {whose} {people(younger)}. The NHS gives no amount for later ages.",
        (row.source, "nhs-vitamins"),
    )


def _share(facts: IntakeFacts, value: Fraction) -> str:
    """A percentage, which is no finer than servings of food are."""
    return f"about {percent(value, 0)}" if facts.eaten else percent(value)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _limit_answer(facts: IntakeFacts) -> Line | None:
    """Whether the supplements pass a limit, in one sentence, yes or no."""
    limits = amounts.supplement_limits(facts.age_months)
    if not facts.supplement:
        return Line("You counted no supplement or medicine. Food has no limit.") if limits else None
    lowest = limits[0]
    taken, least = mg_apart(facts.supplement, _amount_of(lowest))
    sources = tuple(dict.fromkeys(row.source for row in limits))
    if not facts.exceeds:
        other = facts.if_elemental
        sure = "Not as we counted it" if other and other.passed else "No"
        return Line(
            f"Over a limit? {sure}: {taken} a day from supplements is not over any limit in our "
            f"table. The lowest is {least}, {_short(lowest)}{unread(lowest.read)}."
            f"{_but_read_otherwise(facts)}",
            sources,
        )
    passed = [row for row in limits if row.authority in facts.exceeds]
    most, _ = mg_apart(facts.supplement, max(map(_amount_of, passed)))
    which = f"the limit of: {_named(passed)}"
    if passed[1:-1] and len(passed) == len(limits):  # The drawing under it names each.
        ends = f"from {_named(passed[:1])}, to {_named(passed[-1:])}"
        which = f"{_how_many(passed, limits)} in our table, {ends}"
    return Line(f"Over a limit? Yes: {most} a day from supplements is over {which}.", sources)


def _named(limits: Sequence[amounts.LimitRow]) -> str:
    """Limits by authority and amount, each with its read mark: ``EU, 250mg; UK, 400mg``."""
    return "; ".join(f"{_short(r)}, {mg(_amount_of(r))}{unread(r.read)}" for r in limits)


def _but_read_otherwise(facts: IntakeFacts) -> str:
    """That the label's other reading passes limits, where the counted one passes none."""
    other = facts.if_elemental
    if other is None or not other.passed:
        return ""
    supplement, _ = mg_apart(other.supplement, _amount_of(other.passed[-1]))
    many = _how_many(other.passed, amounts.supplement_limits(facts.age_months))
    return f" But if the label gives magnesium itself, it is {supplement} a day, over {many}."


def _short(row: amounts.LimitRow) -> str:
    return amounts.AUTHORITY_BY_CODE[row.authority].short


def _amount_of(row: amounts.LimitRow) -> Mass:
    assert row.amount is not None, row
    return row.amount


def _limits_bars(facts: IntakeFacts) -> Bars | None:
    """Each limit on supplements as a bar, with the supplements alone as a line across them."""
    limits = amounts.supplement_limits(facts.age_months)
    if not facts.supplement or not limits:
        return None
    bars = tuple((_short(row), _amount_of(row).mg, mg(_amount_of(row))) for row in limits)
    named = "; ".join(f"{name}, {text}" for name, _, text in bars)
    taken = mg(facts.supplement)
    title = f"Supplements alone, {taken}, as a line across each limit: {named}."
    return Bars(title, bars, facts.supplement.mg, f"Your supplements, {taken}", "plain")


def _intake_line(facts: IntakeFacts) -> NumberLine | None:
    """The total beside the chosen amount; no second mark, because food has no limit."""
    row = facts.chosen.row
    if row is None:
        return None
    amount, total = row.amount.mg, facts.total.mg
    end = max(amount, total) * Fraction(6, 5)
    where = "below" if facts.chosen.position == "below" else "at or above"
    total_text, amount_text = mg_apart(facts.total, row.amount)
    # A total that is reached by passing a limit is not in a band that looks like a goal.
    reached = "plain" if facts.exceeds else "within"
    return NumberLine(
        f"Number line: The total, {total_text}, is {where} the amount, {amount_text}.",
        "",
        end,
        (
            Band(Fraction(0), amount, "Below", "outside"),
            Band(amount, end, "At or above", reached),
        ),
        (
            Mark(amount, amount_text, "limit"),
            Mark(total, total_text, "reading"),
        ),
        (row.source,),
    )


def _intake_working(facts: IntakeFacts) -> tuple[Line, ...]:
    lines = [_food_step(item) for item in facts.eaten]
    if facts.eaten:
        food = f"Food: {mg(facts.food)}, the sum of these"
    else:
        food = f"Food: {mg(facts.food, MOST_PLACES)}, as given"
    lines.append(Line(food))
    lines += [step for item in facts.supplements for step in _supplement_steps(item)]
    if facts.supplements:
        parts = f"{mg(facts.food)} + {mg(facts.supplement_least)}"
        lines.append(Line(f"Total: {parts} = {mg(facts.total)}"))
    row = facts.chosen.row
    if row is not None and facts.percent is not None:
        total, amount = mg_apart(facts.total, row.amount)
        step = f"{total} ÷ {amount} = {_share(facts, facts.percent)}"
        lines.append(Line(step, (row.source,), mg(row.amount)))
    lines.append(_limit_step(facts.chosen, facts.supplement))
    if facts.food:
        lines.append(_absorbed_step(facts.food))
    return (*lines, *_calcium_steps(facts))


def _food_step(item: Eaten) -> Line:
    food = item.food
    return Line(
        f"{food.name}: {food.weight} a serving × {plain(item.servings, 3)} × "
        f"{food.magnesium_per_100g}mg in each {_HUNDRED}g = {mg(item.magnesium)}",
        (food.source,),
        f"{food.magnesium_per_100g}mg in {_HUNDRED}g",
    )


_HUNDRED = Fraction(10) ** 2


def _supplement_steps(item: Supplement) -> tuple[Line, ...]:
    """The magnesium in a supplement; both bounds where the label's compound is not known."""
    amount = f"{_each_time(item)} × {plain(item.times, 3)} a day"
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


def _limit_step(chosen: Comparison, supplement: Mass) -> Line:
    limit = chosen.limit
    if limit.amount is None:
        text = f"Limit for supplements: none set for people aged {limit.ages}"
    elif not chosen.authority.limits_supplements:
        text = f"{mg(limit.amount)} is {OF_FOOD_AND_WATER}, and no limit for supplements"
    elif chosen.limit_position == "no-supplement":
        text = f"No supplement, so the limit of {mg(limit.amount)} does not come in"
    else:
        sign = ">" if chosen.limit_position == "above" else "≤"
        given, most = mg_apart(supplement, limit.amount)
        text = f"Limit for supplements alone: {given} {sign} {most}"
    return Line(f"{text}{unread(limit.read)}", (limit.source,), _most(limit))


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
                f"Calcium to magnesium: {mg(facts.calcium, MOST_PLACES)} ÷ {mg(facts.total)} = "
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


def _intake_notes(facts: IntakeFacts) -> tuple[Line, ...]:
    notes = []
    if other := other_reading(facts):
        notes.append(other)
    if unknown := unknown_form(facts):
        notes.append(unknown)
    if typed := read_as(facts.read_as):
        notes.append(Line(typed))
    if "food-high-check-units" in facts.notes:
        notes.append(
            Line(
                f"More than {mg(amounts.FOOD_LOOKS_HIGH.mass)} from food in a day is unusual. "
                "Check that the figure is in milligrams (mg) and for one day."
            )
        )
    return tuple(notes)


def _warning() -> tuple[Line, ...]:
    return (Line(KIDNEY_INTAKE, KIDNEY_SOURCES),)


def _about_amount(facts: IntakeFacts | OutOfScope) -> tuple[Section, ...]:
    """What sources say of passing a limit, of a dose that poisons, of a child's supplement."""
    passed = [_why_limits(facts)] if isinstance(facts, IntakeFacts) and facts.exceeds else []
    toxic = [_toxic()] if "toxic-dose" in facts.notes else []
    child = [_child(facts)] if "child-supplement" in facts.notes else []
    lines = (*passed, *toxic, *child)
    return (Section("What sources say of this amount", lines),) if lines else ()


def _why_limits(facts: IntakeFacts) -> Line:
    limits = amounts.supplement_limits(facts.age_months)
    return Line(
        "The limits are there because larger amounts can cause diarrhoea.",
        tuple(dict.fromkeys(row.source for row in limits)),
    )


def _toxic() -> Line:
    dose = amounts.TOXIC_DOSE
    return Line(
        f"{mg(dose.mass)} or more from supplements in a day is an amount that a European "
        f"committee links with poisoning{unread(dose.read)}. With kidney disease much less "
        "can do harm.",
        (dose.source, "nhs-ayrshire"),
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
    one = f"label's {mg(Mass(other.compounds[0].mg), MOST_PLACES)} is"
    what = one if len(other.compounds) == 1 else "labels' amounts are"
    # What was counted passes the same limits: they have just been named.
    same = {limit.authority for limit in other.passed} == set(facts.exceeds)
    which = "" if other.passed and same else f" published for this age: {_named(shown)}"
    return Line(
        f"If the {what} magnesium itself, supplements come to {supplement} a day. That is over "
        f"{_how_many(other.passed, limits)}{which}. "
        f"Look again for “elemental”, “providing” or “of which”.{FAR_OVER if other.far else ''}",
        tuple(dict.fromkeys(limit.source for limit in shown)),
    )


def _how_many(passed: Sequence[amounts.LimitRow], limits: Sequence[amounts.LimitRow]) -> str:
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


def _child(facts: IntakeFacts | OutOfScope) -> Line:
    uk = amounts.limit_row("UK", facts.age_months)
    us = amounts.limit_row("US_CA", facts.age_months)
    row = amounts.intake_row("US_CA", facts.age_months, facts.answers.sex, "general")
    text = (
        f"For anyone under {amounts.ADULT_MONTHS // amounts.MONTHS} years, speak to a pharmacist "
        "or GP before giving a supplement. The United Kingdom sets no limit for "
        f"children{unread(uk.read)}."
    )
    if row is not None and us.amount is not None and us.amount < row.amount:
        text += (
            f" The US limit of {mg(us.amount)} is below the US amount of {mg(row.amount)}, "
            "because it counts supplements only."
        )
    return Line(text, (uk.source, us.source))


def _intake_sections(facts: IntakeFacts) -> tuple[Section, ...]:
    sections = [*_about_amount(facts)]
    if facts.foods_near:
        sections.append(_foods_section(facts))
    if facts.supplement:
        sections.append(_spacing_section())
    return (*sections, Section(NOT_SAID, _intake_limits()))


def _foods_section(facts: IntakeFacts) -> Section:
    assert facts.chosen.row is not None
    gap, _ = mg_apart(facts.chosen.row.amount - facts.total, Mass.of(0))
    lines = [Line(f"The difference is {gap}. These hold the nearest amounts:")]
    lines += [_serving(food) for food in facts.foods_near]
    return Section("Foods near the difference, one serving each", tuple(lines))


def _serving(food: Food) -> Line:
    return Line(f"{food.name}, {food.serving}: {mg(food.magnesium())}", (food.source,))


def _spacing_section() -> Section:
    lines = [Line("Magnesium can keep these medicines from being absorbed. Sources give gaps:")]
    lines += [
        Line(f"{_capital(s.medicine)}: {s.gap}{unread(s.read)}", (s.source,))
        for s in salts.SPACINGS
    ]
    lines.append(
        Line("Ask a pharmacist about yours. Keep taking a prescribed medicine as prescribed.")
    )
    return Section("Medicines that need a gap", tuple(lines))


def _intake_limits() -> tuple[Line, ...]:
    return (
        Line("Whether your body has enough magnesium. One day's food is not a measure of that."),
        Line("What you should take. The amounts are published for groups of healthy people."),
        Line("Magnesium in drinking water, unless you counted it."),
    )


def _most(limit: amounts.LimitRow) -> str:
    return "none set" if limit.amount is None else mg(limit.amount)


def _limit_text(c: Comparison) -> str:
    """A limit as the table of authorities prints it, and whether the supplements pass it."""
    if c.limit.amount is None:
        return _most(c.limit)
    if not c.authority.limits_supplements:
        return f"None; {_most(c.limit)} is {OF_FOOD_AND_WATER}"
    passed = ": passed" if c.limit_position == "above" else ""
    return f"{_most(c.limit)}{unread(c.limit.read)}{passed}"


def _authorities_bars(facts: IntakeFacts) -> Bars | None:
    """Each authority's amount as a bar, with the day's total as a line across them."""
    bars = tuple(
        (c.authority.name, c.row.amount.mg, mg(c.row.amount)) for c in facts.comparisons if c.row
    )
    if not bars:
        return None
    amounts = "; ".join(f"{name}, {text}" for name, _, text in bars)
    total = mg(facts.total)
    title = f"This day, {total}, as a line across each authority's amount: {amounts}."
    return Bars(title, bars, facts.total.mg, f"This day, {total}")


def _authorities_table(facts: IntakeFacts) -> Table:
    words = {"below": "Below", "at-or-above": "At or above", "": "No amount"}
    rows = tuple(
        (
            c.authority.name,
            "None published" if c.row is None else f"{mg(c.row.amount)}{unread(c.row.read)}",
            words[c.position],
            _limit_text(c),
        )
        for c in facts.comparisons
    )
    sources = tuple(
        tuple(dict.fromkeys([*([c.row.source] if c.row else []), c.limit.source]))
        for c in facts.comparisons
    )
    return Table(
        "The same day against each authority, in mg a day",
        ("Authority", "Amount", "This day is", "Limit for supplements"),
        rows,
        sources,
        current=facts.comparisons.index(facts.chosen),
    )
