"""The published numbers: against fixed values written here, and against gaps and overlaps."""

import csv
import re
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from calculator import care, foods
from calculator import reference as ref
from calculator.quantities import Concentration, Unit, display

ROOT = Path(__file__).parent.parent
BIB = frozenset(
    re.findall(r"^@\w+\{([^,\s]+),", (ROOT / "references.bib").read_text("utf-8"), re.M)
)
YEAR = 12

# What the authorities publish, typed again here so that a slip in the table shows:
# authority, age in years, women's amount, men's amount.
PUBLISHED = (
    ("UK", 1, 85, 85),
    ("UK", 6, 120, 120),
    ("UK", 10, 200, 200),
    ("UK", 14, 280, 280),
    ("UK", 18, 300, 300),
    ("UK", 35, 270, 300),
    ("UK", 70, 270, 300),
    ("UK", 80, 270, 300),
    ("EU", 2, 170, 170),
    ("EU", 9, 230, 230),
    ("EU", 17, 250, 300),
    ("EU", 18, 300, 350),
    ("EU", 90, 300, 350),
    ("US_CA", 3, 80, 80),
    ("US_CA", 8, 130, 130),
    ("US_CA", 13, 240, 240),
    ("US_CA", 16, 360, 410),
    ("US_CA", 25, 310, 400),
    ("US_CA", 31, 320, 420),
    ("US_CA", 75, 320, 420),
    ("AU_NZ", 25, 310, 400),
    ("AU_NZ", 31, 320, 420),
    ("WHO_FAO", 3, 60, 60),
    ("WHO_FAO", 5, 76, 76),
    ("WHO_FAO", 8, 100, 100),
    ("WHO_FAO", 15, 220, 230),
    ("WHO_FAO", 64, 220, 260),
    ("WHO_FAO", 65, 190, 224),
)
# Authority, age in years, amount in pregnancy, amount when breastfeeding.
MOTHERS = (
    ("UK", 16, 300, 350),
    ("UK", 30, 270, 320),
    ("EU", 17, 250, 250),
    ("EU", 30, 300, 300),
    ("US_CA", 18, 400, 360),
    ("US_CA", 25, 350, 310),
    ("US_CA", 33, 360, 320),
    ("AU_NZ", 33, 360, 320),
    ("WHO_FAO", 30, 220, 270),
)
# The limits on supplements: authority, age in years, mg a day.
LIMITS = (
    ("UK", 17, None),
    ("UK", 18, 400),
    ("EU", 3, None),
    ("EU", 4, 250),
    ("EU", 40, 250),
    ("US_CA", 3, 65),
    ("US_CA", 8, 110),
    ("US_CA", 9, 350),
    ("US_CA", 40, 350),
    ("AU_NZ", 40, 350),
    ("WHO_FAO", 3, 65),
    ("WHO_FAO", 10, 110),
    ("WHO_FAO", 11, 350),
)
# Magnesium by weight, in percent, from each compound's formula and, where they print it,
# within 0.1 of Case 2021 (Molecules 26:2419), Table 1.
PERCENT_MAGNESIUM = {
    "oxide": "60.30",
    "hydroxide": "41.68",
    "carbonate_anhydrous": "28.83",
    "carbonate_basic": "25.02",
    "citrate_anhydrous": "16.16",
    "citrate_nonahydrate": "11.89",
    "citrate_1to1": "11.34",
    "lactate_anhydrous": "12.01",
    "lactate_dihydrate": "10.19",
    "aspartate_anhydrous": "8.42",
    "aspartate_dihydrate": "7.49",
    "chloride_anhydrous": "25.53",
    "chloride_hexahydrate": "11.96",
    "sulfate_anhydrous": "20.19",
    "sulfate_heptahydrate": "9.86",
    "bisglycinate": "14.10",
    "malate_1to1": "15.54",
    "gluconate_anhydrous": "5.86",
    "gluconate_dihydrate": "5.39",
    "orotate_anhydrous": "7.27",
    "orotate_dihydrate": "6.56",
    "taurate": "8.92",
    "threonate": "8.25",
    "glycerophosphate": "12.51",
    "pidolate": "8.66",
}


@pytest.mark.parametrize(("code", "years", "women", "men"), PUBLISHED)
def test_an_amount_is_what_the_authority_publishes(
    code: str, years: int, women: int, men: int
) -> None:
    """The table says what was typed again from the sources."""
    found = [ref.intake_row(code, years * YEAR, sex, "general") for sex in ("female", "male")]
    assert [row.published for row in found if row] == [str(women), str(men)]


@pytest.mark.parametrize(("code", "years", "pregnant", "breastfeeding"), MOTHERS)
def test_an_amount_for_mothers_is_what_the_authority_publishes(
    code: str, years: int, pregnant: int, breastfeeding: int
) -> None:
    """Pregnancy and breastfeeding have rows of their own."""
    stages = ("pregnancy", "lactation")
    found = [ref.intake_row(code, years * YEAR, "female", stage) for stage in stages]
    assert [row.published for row in found if row] == [str(pregnant), str(breastfeeding)]


@pytest.mark.parametrize(("code", "years", "most"), LIMITS)
def test_a_limit_is_what_the_authority_sets(code: str, years: int, most: int | None) -> None:
    """The limits on supplements, and where none is set."""
    assert ref.limit_row(code, years * YEAR).published == (None if most is None else str(most))


@pytest.mark.parametrize("code", ref.AUTHORITY_BY_CODE)
def test_everybody_from_1_to_120_has_exactly_one_general_row_and_one_limit(code: str) -> None:
    """No age, to the month, falls between two rows or into two."""
    for months in range(YEAR, 120 * YEAR + 1):
        for sex in ref.SEXES:
            rows = [
                row
                for row in ref.INTAKE_ROWS
                if row.authority == code and row.covers(months, sex, "general")
            ]
            assert len(rows) == 1, (months, sex)
        limits = [
            row
            for row in ref.LIMIT_ROWS
            if row.authority == code
            and row.from_months <= months
            and (row.to_months is None or months < row.to_months)
        ]
        assert limits == [ref.limit_row(code, months)], months


@pytest.mark.parametrize("code", ref.AUTHORITY_BY_CODE)
@pytest.mark.parametrize("stage", ["pregnancy", "lactation"])
def test_nobody_has_two_rows_for_a_stage(code: str, stage: str) -> None:
    """Rows for mothers never overlap, and none is for men."""
    for months in range(120 * YEAR + 1):
        for sex in ref.SEXES:
            rows = [
                row
                for row in ref.INTAKE_ROWS
                if row.authority == code and row.covers(months, sex, stage)
            ]
            assert len(rows) <= (sex == "female"), (months, sex)


@pytest.mark.parametrize(
    "row", ref.INTAKE_ROWS, ids=lambda r: f"{r.authority}-{r.sex}-{r.stage}-{r.from_months}"
)
def test_a_band_begins_at_its_first_month_and_ends_before_its_last(row: ref.IntakeRow) -> None:
    """The first month counts, the last is the next band's."""
    sex = "female" if row.sex == "any" else row.sex
    assert ref.intake_row(row.authority, row.from_months, sex, row.stage) is row
    assert ref.intake_row(row.authority, row.from_months - 1, sex, row.stage) is not row
    if row.to_months is not None:
        assert ref.intake_row(row.authority, row.to_months - 1, sex, row.stage) is row
        assert ref.intake_row(row.authority, row.to_months, sex, row.stage) is not row


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (0, 4, "0 to 3 months"),
        (0, 12, "0 to 11 months"),
        (0, 48, "under 4 years"),
        (0, 216, "under 18 years"),
        (7, 12, "7 to 11 months"),
        (10, 11, "10 months"),
        (12, 24, "1 years"),
        (228, 780, "19 to 64 years"),
        (900, None, "75 years and over"),
        (0, None, "0 months and over"),
    ],
)
def test_an_age_band_is_said_in_whole_units(first: int, last: int | None, words: str) -> None:
    """A band names its first and last completed year or month."""
    assert ref.ages(first, last) == words


def test_every_compound_has_a_published_share() -> None:
    """The literals of this test cover the table, row by row."""
    assert list(PERCENT_MAGNESIUM) == [salt.key for salt in ref.SALTS]


@pytest.mark.parametrize(("key", "percent"), PERCENT_MAGNESIUM.items())
def test_a_compound_holds_its_published_share_of_magnesium(key: str, percent: str) -> None:
    """The share worked out from the formula is the one the literature prints."""
    assert display(ref.SALT_BY_KEY[key].fraction * 100, 2) == percent


@pytest.mark.parametrize("salt", ref.SALTS, ids=lambda salt: salt.key)
def test_a_compound_is_the_formula_it_prints(salt: ref.Salt) -> None:
    """The atoms that are weighed are those of the formula that is shown."""
    assert atoms(salt.formula) == salt.counts


def atoms(formula: str) -> dict[str, int]:
    """Atoms in a formula such as ``4MgCO3.Mg(OH)2.5H2O``."""
    total: dict[str, int] = {}
    for part in formula.split("."):
        rest = part.lstrip("0123456789")
        times = part.removesuffix(rest)
        rest = re.sub(r"\(([^)]*)\)([0-9]+)", lambda group: group[1] * int(group[2]), rest)
        for element, count in re.findall(r"([A-Z][a-z]?)([0-9]*)", rest):
            total[element] = total.get(element, 0) + int(times or 1) * int(count or 1)
    return total


def test_the_serum_thresholds_are_the_sources_own() -> None:
    """Each threshold stands in its source's unit, as the source prints it."""
    mmol = {ref.LOW_SEVERE: "0.4", ref.LOW_MODERATE: "0.5"}
    mg = {
        ref.GRADE_3_RAISED: "3.0",
        ref.TOLERATED: "4",
        ref.FIRST_SYMPTOMS: "4.8",
        ref.MODERATE: "7",
        ref.SEVERE: "12",
        ref.COMA: "15",
        ref.IMPLAUSIBLE_BELOW: "0.2",
        ref.IMPLAUSIBLE_ABOVE: "30",
        ref.OWN_RANGE_LEAST: "1.22",
        ref.OWN_RANGE_MOST: "3.0",
    }
    assert all(at.at == Concentration.of(text, Unit.MMOL_L) for at, text in mmol.items())
    assert all(at.at == Concentration.of(text, Unit.MG_DL) for at, text in mg.items())
    assert (ref.DEFAULT_LOW.printed, ref.DEFAULT_HIGH.printed) == ("1.7", "1.00")
    assert [r.low.printed for r in ref.COMPARED_RANGES] == ["0.70", "1.7"]


def test_lone_numbers_are_the_sources_own() -> None:
    """The ratio's middle, calcium by weight, absorption and the dose that poisons."""
    assert ref.RATIO_MIDDLE.value == Fraction("1.7")
    assert ref.CALCIUM_PER_KG.value == 10
    assert (ref.ABSORBED_LEAST.value, ref.ABSORBED_MOST.value) == (Fraction(3, 10), Fraction(7, 10))
    assert (ref.TOXIC_DOSE.value, ref.FOOD_LOOKS_HIGH.value) == (2500, 1500)
    assert (ref.FOOD_MOST.value, ref.SUPPLEMENT_MOST.value) == (5000, 20000)
    assert (ref.CALCIUM_MOST.value, ref.WEIGHT_LEAST.value, ref.WEIGHT_MOST.value) == (
        10000,
        2,
        400,
    )


def test_children_s_limits_below_their_amounts_are_no_slip() -> None:
    """US limits for ages 1 to 8 are below the amounts, because they count supplements only."""
    pairs = [(80, 65, 2), (130, 110, 6)]
    for amount, limit, years in pairs:
        row = ref.intake_row("US_CA", years * YEAR, "female", "general")
        assert row is not None
        assert (row.published, ref.limit_row("US_CA", years * YEAR).published) == (
            str(amount),
            str(limit),
        )


def cited_in_cards() -> set[str]:
    """The sources of the next steps, which no table has."""
    names = (name for name in vars(care) if name.endswith("_SOURCES"))
    return {key for name in names for key in vars(care)[name]}


def tabled_keys() -> set[str]:
    """Every source key that a row of the tables carries."""
    keys = {
        row.source
        for row in (*ref.INTAKE_ROWS, *ref.LIMIT_ROWS, *ref.SPACINGS, *ref.ONSETS, *ref.LOW_ONSETS)
    }
    keys |= {row.source for row in ref.SERUM_ROWS} | {a.amounts_source for a in ref.AUTHORITIES}
    keys |= {key for published in ref.RANGES for key in published.sources}
    keys |= {source for *_, source in ref.OTHER_LIMITS}
    keys |= {key for row in ref.SERUM_ROWS for key in row.more_sources} | {*ref.RED_CELL_SOURCES}
    keys |= cited_in_cards() | {"nhs-vitamins"}
    keys |= {salt.absorbed_source for salt in ref.SALTS if salt.absorbed_source}
    singles = (
        thing for thing in vars(ref).values() if isinstance(thing, ref.Quantity | ref.Threshold)
    )
    keys |= {thing.source for thing in singles}
    return keys | {ref.ATOMIC_WEIGHTS_SOURCE, *ref.CTCAE_SOURCES, ref.OUR_OWN} | foods.source_keys()


def test_every_source_named_is_in_the_bibliography() -> None:
    """No number without a source, no source without a reference."""
    assert tabled_keys() | ref.source_keys() <= BIB


def test_every_source_named_has_a_name_for_running_text() -> None:
    """What a row cites can be said in words, and no name is left over from a row that went."""
    assert ref.source_keys() == tabled_keys()


def test_every_row_says_how_far_its_source_was_read() -> None:
    """A number read only from memory is marked so."""
    marks = {row.read for row in (*ref.INTAKE_ROWS, *ref.LIMIT_ROWS, *ref.SPACINGS)}
    assert marks == {ref.READ, ref.PARTLY, ref.MEMORY}


def test_the_serum_rows_rise_and_name_their_ends_once() -> None:
    """Rows go from low to high, and each end is a threshold or a limit of the range."""
    ends = [row.ends.at for row in ref.SERUM_ROWS if row.ends]
    assert ends == sorted(ends)
    assert [row.ends_at for row in ref.SERUM_ROWS if row.ends_at] == ["low", "high"]
    assert [row.id for row in ref.SERUM_ROWS if not row.ends and not row.ends_at] == ["over-15"]


# ------------------------------------------------- whole tables, where they are beside us

# The tables that this project was built from lie beside it for some of its makers only;
# everything above stands without them.
EVIDENCE = ROOT.parent / "shared" / "evidence"
Rows = list[dict[str, str]]


def evidence(name: str) -> Rows:
    """The rows of a table of evidence, none where the table is absent."""
    path = EVIDENCE / f"{name}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def band(row: dict[str, str]) -> tuple[int | None, int | None]:
    """A row's ages in months: the first, and the one after the last."""
    names = ("age_min_months_inclusive", "age_max_months_exclusive")
    first, last = (int(row[name]) if row[name] else None for name in names)
    return first, last


def intakes(rows: Rows) -> None:
    """Each authority's amounts; a row for mothers without ages is read as 10 to 50 years."""
    ours = {
        (r.authority, r.kind, r.sex, r.stage, r.from_months, r.to_months, r.published)
        for r in ref.INTAKE_ROWS
    }
    theirs = set()
    for row in rows:
        if row["standard"] in ref.AUTHORITY_BY_CODE:
            first, last = band(row)
            ages = (10 * YEAR, 51 * YEAR) if first is None else (first, last)
            who = row["standard"], row["value_type"], row["sex"], row["life_stage"]
            theirs.add((*who, *ages, row["mg_per_day"]))
    assert ours == theirs


def limits(rows: Rows) -> None:
    """Each authority's limit from its first month to its last; two more countries' stand apart."""
    for row in rows:
        if row["standard"] in ref.AUTHORITY_BY_CODE:
            first, last = band(row)
            for months in (first or 0, (last or 120 * YEAR) - 1):
                found = ref.limit_row(row["standard"], months).published
                assert found == (row["mg_per_day"] or None), row


def salts(rows: Rows) -> None:
    """Each compound's formula and share."""
    assert [(r["salt_key"], r["formula"], r["elemental_pct"]) for r in rows] == [
        (s.key, s.formula, display(s.fraction * 100, 2)) for s in ref.SALTS
    ]


def the_foods(rows: Rows) -> None:
    """Each food; in a few of the evidence's names the word seed reads article, corrected here.

    Foods added since have a table of their own: see test_foods.
    """
    corrected = {"Sunflower article kernels": "Sunflower seed kernels"}
    for row, food in zip(rows, foods.FOODS[: len(rows)], strict=True):
        assert (food.id, food.name) == (row["food_id"], corrected.get(row["name"], row["name"]))
        assert food.magnesium_per_100g == row["mg_mg_per_100g"]
        assert food.calcium_per_100g == row["ca_mg_per_100g"]
        assert (food.serving, food.serving_g) == (row["serving_desc"], row["serving_g"])
        assert display(food.magnesium().mg, 1) == row["mg_mg_per_serving"]
        assert display(food.calcium().mg, 1) == row["ca_mg_per_serving"]


WHOLE: dict[str, Callable[[Rows], None]] = {
    "reference_intakes": intakes,
    "upper_levels": limits,
    "salts": salts,
    "foods": the_foods,
}


def test_whole_tables_are_the_evidence_they_were_made_from() -> None:
    """Where the evidence is at hand, every row of ours is a row of it."""
    for name, compare in WHOLE.items():
        if rows := evidence(name):
            compare(rows)
