"""The words for an intake result."""

from __future__ import annotations

from fractions import Fraction

from calculator.quantities import Mass
from calculator.result import Band, Bars, Line, Mark, NumberLine, Record, Result, Section, Table
from calculator.rules.intake import Comparison, IntakeFacts, OutOfScope
from calculator.tables import amounts, salts
from calculator.tables.foods import Food
from calculator.tables.sources import OUR_OWN
from calculator.words.care import KIDNEY_INTAKE, KIDNEY_SOURCES, intake_cards
from calculator.words.figures import (
    NOT_SAID,
    OF_FOOD_AND_WATER,
    WORKING,
    mg,
    mg_apart,
    mg_beside,
    read_as,
    unread,
)
from calculator.words.intake_working import (
    intake_working,
    most_text,
    share_text,
    supplement_steps,
    whose_limit,
)
from calculator.words.limits import (
    limit_answer,
    limits_bars,
    other_reading,
    unknown_form,
    why_limits,
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


NO_ARTICLE = ("AU_NZ", "D_A_CH")  # a name that is a list of countries


def _the(authority: amounts.Authority) -> str:
    return authority.name if authority.code in NO_ARTICLE else f"the {authority.name}"


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
        compared=limit_answer(facts),
        compared_bars=limits_bars(facts),
        cards=intake_cards(facts),
        notes=_intake_notes(facts),
        warning=_warning() if facts.supplement else (),
        working=Section(WORKING, intake_working(facts)),
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
                *(step for item in facts.supplements for step in supplement_steps(item)),
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
        return "We have no published amount for this age and stage"
    if facts.chosen.position == "below":
        return "This day's magnesium is below the published amount"
    return "This day's magnesium is at or above the published amount"


def _listed(names: list[str]) -> str:
    return "; ".join(names)


def _intake_summary(facts: IntakeFacts) -> Line:
    chosen, row = facts.chosen, facts.chosen.row
    if row is None or facts.percent is None:
        return Line(
            f"For this age and stage we have no amount from {_the(chosen.authority)}, "
            f"and we do not borrow another. The total is {mg_beside(facts.total, facts.amounts)}."
        )
    total = mg_beside(facts.total, facts.amounts)
    share = f"{total} a day is {share_text(facts, facts.percent)} of {mg(row.amount)}"
    whose = f"the {amounts.KINDS[row.kind]} of {_the(chosen.authority)} for"
    if row.carried_from is None:
        text = f"{share}. That is {whose} {people(row)}{unread(row.read)}."
        return Line(text, (row.source,))
    younger = amounts.row_carried(row)
    return Line(
        f"{share}. That is {whose} {people(younger)}. The NHS gives no amount for later ages.",
        (row.source, "nhs-vitamins"),
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _intake_line(facts: IntakeFacts) -> NumberLine | None:
    """The total beside the chosen amount; no second mark, because food has no limit."""
    row = facts.chosen.row
    if row is None:
        return None
    amount, total = row.amount.mg, facts.total.mg
    end = max(amount, total) * Fraction(6, 5)
    where = "below" if facts.chosen.position == "below" else "at or above"
    total_text, amount_text = mg_beside(facts.total, facts.amounts), mg(row.amount)
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
    passed = [why_limits(facts)] if isinstance(facts, IntakeFacts) and facts.exceeds else []
    toxic = [_toxic()] if "toxic-dose" in facts.notes else []
    child = [_child(facts)] if "child-supplement" in facts.notes else []
    lines = (*passed, *toxic, *child)
    return (Section("What sources say of this amount", lines),) if lines else ()


def _toxic() -> Line:
    dose = amounts.TOXIC_DOSE
    return Line(
        f"{mg(dose.mass)} or more from supplements in a day is an amount that a European "
        f"committee links with poisoning{unread(dose.read)}. With kidney disease much less "
        "can do harm.",
        (dose.source, "nhs-ayrshire"),
    )


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


def _limit_text(c: Comparison) -> str:
    """A limit as the table of authorities prints it, and whether the supplements pass it."""
    if c.limit.amount is None:
        return most_text(c.limit)
    if not c.authority.limits_supplements:
        return f"None; {most_text(c.limit)} is {OF_FOOD_AND_WATER}"
    passed = ": passed" if c.limit_position == "above" else ""
    return f"{most_text(c.limit)}{whose_limit(c.authority)}{unread(c.limit.read)}{passed}"


def _authorities_bars(facts: IntakeFacts) -> Bars | None:
    """Each authority's amount as a bar, with the day's total as a line across them."""
    bars = tuple(
        (c.authority.name, c.row.amount.mg, mg(c.row.amount)) for c in facts.comparisons if c.row
    )
    if not bars:
        return None
    amounts = "; ".join(f"{name}, {text}" for name, _, text in bars)
    total = mg_beside(facts.total, facts.amounts)
    title = f"This day, {total}, as a line across each authority's amount: {amounts}."
    return Bars(title, bars, facts.total.mg, f"This day, {total}")


def _authorities_table(facts: IntakeFacts) -> Table:
    words = {"below": "Below", "at-or-above": "At or above", "": "No amount"}
    rows = tuple(
        (
            c.authority.name,
            "None in our table" if c.row is None else f"{mg(c.row.amount)}{unread(c.row.read)}",
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
