"""The tables that readers can take away as data: their rows, and what each column holds.

A row is the record of the calculator's own table, the claim or the reference, so that the data
cannot disagree with the pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from calculator.quantities import Concentration, display
from calculator.tables import amounts, blood, foods, salts
from scripts.claims import claims
from scripts.data.rows import NOTHING, Rows, columns, exactly
from scripts.pages.quantity import plain
from scripts.sources.bibtex import Reference
from scripts.sources.entries import BIB, read_bibliography
from scripts.sources.vancouver import to_text

Row = dict[str, str]

FOLDER = "data"  # of the site, with a file of each kind for each table
KINDS = {"csv": "text/csv", "json": "application/json"}
PACKAGE = "datapackage.json"  # beside them, which describes them all


@dataclass(frozen=True)
class Column:
    """A column: its name, the type of Table Schema that its cells have, and what it holds."""

    name: str
    holds: str
    type: str = "string"


@dataclass(frozen=True)
class Table:
    """A table: the name of its files, its title, its rows, its columns and what tells rows apart.

    ``cites`` is the column that holds one key of the references, if one does.
    """

    name: str
    title: str
    every: Callable[[], Iterator[Row]]
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    cites: str = ""

    def rows(self) -> Rows:
        """The cells of every row, those of its columns alone; nothing is an empty text."""
        names = [column.name for column in self.columns]
        return [
            {name: "" if row[name] == NOTHING else row[name] for name in names}
            for row in self.every()
        ]


def record(row: object, **more: str) -> Row:
    """A record of a table by its fields, with what is worked out from it."""
    return {**columns(row), **more}


def of_amounts() -> Iterator[Row]:
    """Every published amount, in the order of the calculator."""
    for row in amounts.INTAKE_ROWS:
        yield record(row, ages=row.ages, mg_per_day=row.published)


SUPPLEMENTS, FOOD_AND_WATER = "supplements and medicines", "food and drinking water"


def of_limits() -> Iterator[Row]:
    """Every limit, those of other countries last, whose ages we have in words alone."""
    for row in amounts.LIMIT_ROWS:
        supplements = amounts.AUTHORITY_BY_CODE[row.authority].limits_supplements
        of = SUPPLEMENTS if supplements or row.amount is None else FOOD_AND_WATER
        yield record(row, ages=row.ages, mg_per_day=row.published or "", of=of)
    unknown = dict.fromkeys(("from_months", "to_months", "read"), "")
    for authority, ages, most, source in amounts.OTHER_LIMITS:
        known = {"authority": authority, "ages": ages, "mg_per_day": most, "source": source}
        yield {**unknown, **known, "of": SUPPLEMENTS}


def of_ranges() -> Iterator[Row]:
    """Every published range of serum magnesium, once in each unit that its source prints."""
    for row in blood.RANGES:
        highs = printed(row.high) if row.high else {}
        for unit, low in printed(row.low).items():
            high = highs.get(unit, "")
            keys = " ".join(row.sources)
            yield record(row, unit=unit, low=low, high=high, sources=keys)


def printed(value: Concentration) -> dict[str, str]:
    """A concentration as its source prints it, by unit."""
    return {
        value.unit.value: value.printed,
        **{unit.value: also for unit, also in value.also},
    }


def of_salts() -> Iterator[Row]:
    """Every compound, with its share of magnesium as the page has it."""
    for salt in salts.SALTS:
        share = display(salt.fraction * 100, 2)
        yield record(salt, magnesium_percent=share, molar_mass=exactly(salt.molar_mass))


def of_claims() -> Iterator[Row]:
    """Every claim, with its keys parted by spaces and every serum figure in both units."""
    for claim in claims.load().values():
        texts = {name: plain(text) for name, text in columns(claim).items()}
        yield {**texts, **{name: " ".join(getattr(claim, name)) for name in claims.KEYS}}


def of_references() -> Iterator[Row]:
    """Every source, as it is printed and by the numbers that it is found by."""
    references, _ = read_bibliography(BIB)
    return map(of_reference, references.values())


def of_reference(reference: Reference) -> Row:
    """One source."""
    names = ("title", "year", "doi", "pmid", "pmcid", "url", "urldate")
    found = {name: reference.get(name) for name in names}
    return {"key": reference.key, "type": reference.type, "printed": to_text(reference), **found}


def records(rows: tuple[object, ...]) -> Iterator[Row]:
    """The records of a table as they are."""
    return map(record, rows)


AGES = (
    Column("ages", "The ages in words"),
    Column("from_months", "The first completed month of age that counts", "integer"),
    Column("to_months", "The first completed month that no longer counts, if one", "integer"),
)
SOURCE = Column("source", "The key of its reference")
READ = Column("read", "How far the source was read: read, partly, or memory for not yet")

TABLES = (
    Table(
        "amounts",
        "Daily amounts by authority, sex, stage and age",
        of_amounts,
        (
            Column("authority", "The authority's code: UK, EU, US_CA and so on"),
            Column("kind", "What the authority calls the amount: RNI, RDA, AI and so on"),
            Column("sex", "female, male or any"),
            Column("stage", "general, pregnancy or lactation"),
            *AGES,
            Column("mg_per_day", "Milligrams a day, food and supplements together", "number"),
            SOURCE,
            READ,
            Column("carried_from", "The first month of the row that stands in for it", "integer"),
        ),
        ("authority", "sex", "stage", "from_months"),
        "source",
    ),
    Table(
        "limits",
        "Limits for supplements and medicines, by authority and age",
        of_limits,
        (
            Column("authority", "The authority's code, or its name where amounts.csv has none"),
            *AGES,
            Column("mg_per_day", "The most magnesium a day in milligrams, if any is set", "number"),
            Column("of", f"What the limit is for: {SUPPLEMENTS}, or {FOOD_AND_WATER}"),
            SOURCE,
            READ,
        ),
        ("authority", "ages"),
        "source",
    ),
    Table(
        "blood-ranges",
        "Published ranges of serum magnesium",
        of_ranges,
        (
            Column("id", "The range"),
            Column("name", "Who publishes it"),
            Column("unit", "The unit in which the source prints it: mmol/L, mg/dL or mEq/L"),
            Column("low", "The lower limit, as printed", "number"),
            Column("high", "The upper limit, as printed, if one is given", "number"),
            Column("sources", "The keys of its references, parted by spaces"),
            READ,
        ),
        ("id", "unit"),
    ),
    Table(
        "salts",
        "Magnesium compounds: how much of each is magnesium",
        of_salts,
        (
            Column("key", "The compound"),
            Column("name", "Its name"),
            Column("formula", "Its formula"),
            Column("molar_mass", "Grams a mole, from the standard atomic weights", "number"),
            Column("magnesium_percent", "Per cent of its weight that is magnesium", "number"),
            Column("kind", "organic or inorganic"),
            Column("absorbed", "How it was absorbed in studies: better, poorer or unknown"),
            Column("absorbed_source", "The key of the reference for that, if any"),
        ),
        ("key",),
        "absorbed_source",
    ),
    Table(
        "foods",
        "Magnesium and calcium of foods",
        partial(records, foods.FOODS),
        (
            Column("id", "The food"),
            Column("name", "Its name"),
            Column("category", "Its group"),
            Column("magnesium_per_100g", "Milligrams in 100g, as printed", "number"),
            Column("calcium_per_100g", "Milligrams in 100g, as printed", "number"),
            Column("serving", "A serving in words"),
            Column("serving_g", "What a serving weighs, in grams", "number"),
            Column("basis", "Who says what a serving is"),
            Column("ndb", "The food's number in its source, if it has one"),
            SOURCE,
            Column("also", "Other words for it"),
        ),
        ("id",),
        "source",
    ),
    Table(
        "claims",
        "Claims of the article, and our verdicts",
        of_claims,
        (
            Column("id", "The claim"),
            Column("section", "The section of the article"),
            Column("paraphrase", "The claim, in our words"),
            Column("article_cited", "Keys of what the article cites for it, parted by spaces"),
            Column("kind", "The kind of claim"),
            Column("verdict", "Our verdict"),
            Column("why", "Why"),
            Column("sources", "Keys of what we judged it by, parted by spaces"),
            Column("design", "How that was studied"),
            Column("people", "In whom"),
            Column("certainty", "How sure the evidence is"),
            Column("reason", "Why it is as sure as that"),
            Column("size", "How large the effect is"),
            Column("read", "How far we read"),
            Column("page", "Our page and heading on it"),
        ),
        ("id",),
    ),
    Table(
        "references",
        "Every source",
        of_references,
        (
            Column("key", "The key by which the other tables name it"),
            Column("type", "What BibTeX calls its kind"),
            Column("printed", "The reference as the pages print it"),
            Column("title", "Its title"),
            Column("year", "The year, or n.d. where the source has none"),
            Column("doi", "Its DOI"),
            Column("pmid", "Its number in PubMed"),
            Column("pmcid", "Its number in PubMed Central"),
            Column("url", "Its address"),
            Column("urldate", "The day we last looked at it", "date"),
        ),
        ("key",),
    ),
)
