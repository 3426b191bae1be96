"""The tables of published numbers: what a page draws, and the values that a row is made of.

Each table is one record. The page draws its cells, the links that challenge a number come from
its values, and the check marks a row by its id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from calculator.quantities import Unit, display
from calculator.tables import amounts, blood, salts
from calculator.words.figures import (
    OF_FOOD_AND_WATER,
    ROW_NAMES,
    in_unit,
    mg,
    own_span,
    span,
    unread,
)
from calculator.words.intake import people
from calculator.words.intake_working import whose_limit
from calculator.words.rows import care_rule, row_rule
from calculator.words.serum import STAGE_NAMES
from scripts.blocks.value import Value
from scripts.pages.element import cited

ADULT_EXAMPLES = (30, 70)  # years
ABSORBED = {"better": "Better", "poorer": "Less", "unknown": "We found no checked source"}


@dataclass(frozen=True)
class Row:
    """A row: its cells as a page's Markdown, the values it is made of, its id if it has one."""

    cells: tuple[str, ...]
    values: tuple[Value, ...]
    id: str = ""


@dataclass(frozen=True)
class Numbers:
    """A captioned table; ``summary`` folds it away, ``name`` is what the check calls it."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]
    name: str = ""
    summary: str = ""

    @property
    def values(self) -> tuple[Value, ...]:
        """Every value of every row, in order."""
        return tuple(value for row in self.rows for value in row.values)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# ------------------------------------------------------------------------------- blood


def serum() -> Numbers:
    """Every row of the serum check, in both usual units, with its signs and next step."""
    signs = ("Signs the source lists", "What others say of them")
    head = ("Row", "mmol/L", "mg/dL", "Stage name", *signs, "Next step")
    rows = tuple(Row(_serum_cells(row), tuple(_ends(row)), row.id) for row in blood.SERUM_ROWS)
    return Numbers("Serum magnesium, lowest row first", head, rows, "serum")


def _serum_cells(row: blood.SerumRow) -> tuple[str, ...]:
    low, high = blood.DEFAULT_LOW, blood.DEFAULT_HIGH
    return (
        ROW_NAMES[row.id],
        row_rule(row, low, high, Unit.MMOL_L),
        row_rule(row, low, high, Unit.MG_DL) + cited(row.source),
        STAGE_NAMES[row.stage],
        _capital(row.signs) + unread(row.read),
        _capital(row.more) + cited(*row.more_sources) if row.more else "–",
        care_rule(row) + (cited(row.rises.source) if row.rises else ""),
    )


def _ends(row: blood.SerumRow) -> Iterator[Value]:
    """Where a row ends and its next step rises; of the range, its limits in each source."""
    if row.id == "in-range":
        for used in blood.COMPARED_RANGES:
            of = f"{ROW_NAMES[row.id]}, {used.name}"
            text = span(used.low, used.high, used.low.unit)
            yield Value.at("RANGES", blood.RANGES.index(used), of, text, used.sources)
    for words, threshold in (("ends at", row.ends), ("next step rises at", row.rises)):
        if threshold:
            of = f"{ROW_NAMES[row.id]}, {words}"
            text = in_unit(threshold.at, threshold.at.unit)
            yield Value.at(_name_of(threshold), None, of, text, (threshold.source,))


def _name_of(threshold: blood.Threshold) -> str:
    """What a threshold is called in the module: its line is where it is made."""
    return next(name for name, value in vars(blood).items() if value is threshold)


def ranges() -> Numbers:
    """The published ranges side by side."""
    rows = tuple(
        Row(
            (
                f"{published.name}{unread(published.read)}",
                span(published.low, published.high, Unit.MMOL_L),
                span(published.low, published.high, Unit.MG_DL) + cited(*published.sources),
            ),
            (
                Value.at(
                    "RANGES",
                    number,
                    published.name,
                    span(published.low, published.high, published.low.unit),
                    published.sources,
                ),
            ),
        )
        for number, published in enumerate(blood.RANGES)
    )
    head = ("Source", "mmol/L", "mg/dL")
    return Numbers("Published ranges for serum magnesium", head, rows)


def onsets() -> Numbers:
    """Where sources put the first signs of raised magnesium."""
    return _onsets("raised", "ONSETS", blood.ONSETS)


def low_onsets() -> Numbers:
    """Where sources put severe signs of low magnesium."""
    return _onsets("low", "LOW_ONSETS", blood.LOW_ONSETS)


def _onsets(side: str, name: str, onsets: tuple[blood.Onset, ...]) -> Numbers:
    rows = tuple(
        Row(
            (
                onset.name,
                span(onset.low, onset.high, Unit.MMOL_L),
                span(onset.low, onset.high, Unit.MG_DL),
                f"{_capital(onset.signs)}{unread(onset.read)}{cited(onset.source)}",
            ),
            (
                Value.at(
                    name,
                    number,
                    onset.name,
                    own_span(onset.low, onset.high, None),
                    (onset.source,),
                ),
            ),
        )
        for number, onset in enumerate(onsets)
    )
    head = ("Source", "mmol/L", "mg/dL", "What it says happens there")
    return Numbers(f"Where each source puts signs of {side} magnesium", head, rows)


def grades() -> Numbers:
    """The CTCAE grades as printed, each unit's own column."""
    rows = [
        *_graded("Low", "CTCAE_LOW", blood.CTCAE_LOW, "from {} up", "below these"),
        *_graded("Raised", "CTCAE_RAISED", blood.CTCAE_RAISED, "up to {}", "above these"),
    ]
    head = ("Grade", "In mmol/L", "In mg/dL")
    return Numbers("CTCAE grades, outside the range used", head, tuple(rows))


Cuts = dict[Unit, tuple[tuple[str | None, int], ...]]


def _graded(side: str, name: str, cuts: Cuts, word: str, beyond: str) -> Iterator[Row]:
    for (mmol, grade), (mg_dl, _) in zip(cuts[Unit.MMOL_L], cuts[Unit.MG_DL], strict=True):
        of = f"{side}, grade {grade}"
        cells = [beyond if cut is None else word.format(cut) for cut in (mmol, mg_dl)]
        values = (
            Value.at(name, [*cuts].index(unit), of, f"{cut}{unit.value}", blood.CTCAE_SOURCES)
            for unit, cut in ((Unit.MG_DL, mg_dl), (Unit.MMOL_L, mmol))
            if cut is not None
        )
        yield Row((of, cells[0], cells[1] + cited(*blood.CTCAE_SOURCES)), tuple(values))


# ----------------------------------------------------------------------------- amounts


def intakes() -> list[Numbers]:
    """Every authority's published amounts, folded away by authority."""
    return [_amounts(authority) for authority in amounts.AUTHORITIES]


def _amounts(authority: amounts.Authority) -> Numbers:
    rows = tuple(
        Row(
            (
                _capital(people(row)),
                f"{mg(row.amount)}{unread(row.read)}{cited(row.source)}",
                f"{amounts.KINDS[row.kind].capitalize()} ({row.kind})",
            ),
            (_amount(row),),
        )
        for row in amounts.INTAKE_ROWS
        if row.authority == authority.code
    )
    caption = f"{authority.name}: magnesium a day"
    return Numbers(caption, ("Who", "Amount", "Kind"), rows, summary=authority.name)


def _amount(row: amounts.IntakeRow) -> Value:
    of = f"{amounts.AUTHORITY_BY_CODE[row.authority].name}, {people(row)}"
    number = amounts.INTAKE_ROWS.index(row)
    return Value.at("INTAKE_ROWS", number, of, mg(row.amount), (row.source,))


def adults() -> Numbers:
    """What each authority publishes at 30 and at 70, and its limit for supplements."""
    ages = [f"{sex} aged {years}" for sex in ("Women", "Men") for years in ADULT_EXAMPLES]
    head = ("Authority", *ages, "Limit for supplements")
    rows = tuple(map(_adults, amounts.AUTHORITIES))
    return Numbers("Magnesium a day for adults, by authority", head, rows)


def _adults(authority: amounts.Authority) -> Row:
    months = [years * amounts.MONTHS for years in ADULT_EXAMPLES]
    asked = ((age, sex) for sex in amounts.SEXES for age in months)
    published = [amounts.intake_row(authority.code, age, sex, "general") for age, sex in asked]
    limit = amounts.limit_row(authority.code, months[0])
    cells = [f"{mg(row.amount)}{unread(row.read)}" for row in published if row]
    sources = dict.fromkeys([authority.amounts_source, limit.source])
    values = [_amount(row) for row in dict.fromkeys(published) if row]
    return Row((authority.name, *cells, _most(limit) + cited(*sources)), (*values, _limit(limit)))


def limits() -> Numbers:
    """Every limit for supplements and medicines."""
    rows = [
        Row(
            (
                amounts.AUTHORITY_BY_CODE[row.authority].name,
                row.ages,
                _most(row) + cited(row.source),
            ),
            (_limit(row),),
        )
        for row in amounts.LIMIT_ROWS
    ]
    rows += [
        Row(
            (name, ages, f"{most}mg{cited(key)}"),
            (Value.at("OTHER_LIMITS", number, f"{name}, {ages}", f"{most}mg", (key,)),),
        )
        for number, (name, ages, most, key) in enumerate(amounts.OTHER_LIMITS)
    ]
    head = ("Authority", "Ages", "Most from supplements a day")
    return Numbers("Limits for magnesium from supplements and medicines", head, tuple(rows))


def _most(row: amounts.LimitRow) -> str:
    """A limit on supplements; what is for food and water is said to be that."""
    authority = amounts.AUTHORITY_BY_CODE[row.authority]
    if row.amount is None:
        return f"None set{unread(row.read)}"
    if not authority.limits_supplements:
        return f"None; {mg(row.amount)} is {OF_FOOD_AND_WATER}"
    return f"{mg(row.amount)}{whose_limit(authority)}{unread(row.read)}"


def _limit(row: amounts.LimitRow) -> Value:
    of = f"{amounts.AUTHORITY_BY_CODE[row.authority].name}, limit for {row.ages}"
    text = "none set" if row.amount is None else mg(row.amount)
    return Value.at("LIMIT_ROWS", amounts.LIMIT_ROWS.index(row), of, text, (row.source,))


# --------------------------------------------------------------------------- compounds


def compounds() -> Numbers:
    """The share of magnesium in each compound, worked out from its formula."""
    rows = tuple(_compound(number, salt) for number, salt in enumerate(salts.SALTS))
    head = ("Compound", "Formula", "Magnesium by weight", "Absorbed in studies")
    return Numbers("Magnesium compounds", head, rows)


def _compound(number: int, salt: salts.Salt) -> Row:
    weights, studies = salts.ATOMIC_WEIGHTS_SOURCE, salt.absorbed_source
    share = f"{display(salt.fraction * 100, 2)}%"
    absorbed = ABSORBED[salt.absorbed] + (cited(studies) if studies else "")
    values = [Value.at("SALTS", number, salt.name, f"{share} magnesium", (weights,))]
    if studies:
        text = f"{salt.absorbed} absorbed"
        values.append(Value.at("SALTS", number, salt.name, text, (studies,)))
    return Row((salt.name, salt.formula, share + cited(weights), absorbed), tuple(values))


def spacings() -> Numbers:
    """Medicines that need a gap from magnesium."""
    rows = tuple(
        Row(
            (_capital(s.medicine), s.gap + unread(s.read) + cited(s.source)),
            (Value.at("SPACINGS", number, s.medicine, s.gap, (s.source,)),),
        )
        for number, s in enumerate(salts.SPACINGS)
    )
    return Numbers("Medicines that need a gap from magnesium", ("Medicine", "Gap"), rows)


# By the name of the block that shows the table.
NUMBERS: dict[str, Callable[[], Numbers | list[Numbers]]] = {
    "adults": adults,
    "grades": grades,
    "intakes": intakes,
    "limits": limits,
    "low-onsets": low_onsets,
    "onsets": onsets,
    "ranges": ranges,
    "salts": compounds,
    "serum": serum,
    "spacings": spacings,
}


def tables(name: str) -> list[Numbers]:
    """The tables that a block shows."""
    made = NUMBERS[name]()
    return [made] if isinstance(made, Numbers) else made
