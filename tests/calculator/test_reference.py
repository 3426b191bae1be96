"""The published numbers: whose they are, gaps and overlaps. `test_tables.py` has every digit."""

import re

import pytest

from calculator.quantities import display
from calculator.tables import amounts, blood, foods, salts
from calculator.tables.sources import MEMORY, OUR_OWN, PARTLY, READ, source_keys
from calculator.words import care
from tests.conftest import ROOT

BIB = frozenset(
    re.findall(r"^@\w+\{([^,\s]+),", (ROOT / "references.bib").read_text("utf-8"), re.M)
)
YEAR = 12

# What a person of an age is given, typed again here so that a slip in the looking-up shows:
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
    ("NORDIC", 3, 170, 170),
    ("NORDIC", 4, 230, 230),
    ("NORDIC", 10, 230, 230),
    ("NORDIC", 11, 250, 300),
    ("NORDIC", 17, 250, 300),
    ("NORDIC", 18, 300, 350),
    ("NORDIC", 90, 300, 350),
    ("D_A_CH", 3, 170, 170),
    ("D_A_CH", 6, 190, 190),
    ("D_A_CH", 9, 240, 240),
    ("D_A_CH", 12, 230, 260),
    ("D_A_CH", 14, 240, 280),
    ("D_A_CH", 18, 260, 330),
    ("D_A_CH", 19, 300, 350),
    ("D_A_CH", 90, 300, 350),
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
    ("D_A_CH", 16, 300, 300),
    ("D_A_CH", 30, 300, 300),
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
    ("NORDIC", 3, None),
    ("NORDIC", 4, 250),
    ("NORDIC", 40, 250),
    ("D_A_CH", 17, None),
    ("D_A_CH", 40, None),
)


@pytest.mark.parametrize(("code", "years", "women", "men"), PUBLISHED)
def test_an_amount_is_what_the_authority_publishes(
    code: str, years: int, women: int, men: int
) -> None:
    """The table says what was typed again from the sources."""
    found = [amounts.intake_row(code, years * YEAR, sex, "general") for sex in ("female", "male")]
    assert [row.published for row in found if row] == [str(women), str(men)]


@pytest.mark.parametrize(("code", "years", "pregnant", "breastfeeding"), MOTHERS)
def test_an_amount_for_mothers_is_what_the_authority_publishes(
    code: str, years: int, pregnant: int, breastfeeding: int
) -> None:
    """Pregnancy and breastfeeding have rows of their own."""
    stages = ("pregnancy", "lactation")
    found = [amounts.intake_row(code, years * YEAR, "female", stage) for stage in stages]
    assert [row.published for row in found if row] == [str(pregnant), str(breastfeeding)]


@pytest.mark.parametrize(("code", "years", "most"), LIMITS)
def test_a_limit_is_what_the_authority_sets(code: str, years: int, most: int | None) -> None:
    """The limits on supplements, and where none is set."""
    assert amounts.limit_row(code, years * YEAR).published == (None if most is None else str(most))


def test_sex_is_asked_from_the_age_at_which_an_amount_differs_by_it() -> None:
    """Younger, every authority's row is for everyone; from 10 years the EU's values differ."""
    rows = {
        age: [[amounts.intake_row(code, age, sex, "general") for sex in ("female", "male", "")]
              for code in amounts.AUTHORITY_BY_CODE]
        for age in range(amounts.SEX_ASKED_FROM + 1)
    }  # fmt: skip
    last = rows.pop(amounts.SEX_ASKED_FROM)
    assert amounts.SEX_ASKED_FROM == 10 * YEAR
    assert all(women is men is anyone for each in rows.values() for women, men, anyone in each)
    assert any(women and men and women.amount != men.amount for women, men, _ in last)


@pytest.mark.parametrize("code", amounts.AUTHORITY_BY_CODE)
def test_everybody_from_1_to_120_has_exactly_one_general_row_and_one_limit(code: str) -> None:
    """No age, to the month, falls between two rows or into two."""
    for months in range(YEAR, 120 * YEAR + 1):
        for sex in amounts.SEXES:
            rows = [
                row
                for row in amounts.INTAKE_ROWS
                if row.authority == code and row.covers(months, sex, "general")
            ]
            assert len(rows) == 1, (months, sex)
        limits = [
            row
            for row in amounts.LIMIT_ROWS
            if row.authority == code
            and row.from_months <= months
            and (row.to_months is None or months < row.to_months)
        ]
        assert limits == [amounts.limit_row(code, months)], months


@pytest.mark.parametrize("code", amounts.AUTHORITY_BY_CODE)
@pytest.mark.parametrize("stage", ["pregnancy", "lactation"])
def test_nobody_has_two_rows_for_a_stage(code: str, stage: str) -> None:
    """Rows for mothers never overlap, and none is for men."""
    for months in range(120 * YEAR + 1):
        for sex in amounts.SEXES:
            rows = [
                row
                for row in amounts.INTAKE_ROWS
                if row.authority == code and row.covers(months, sex, stage)
            ]
            assert len(rows) <= (sex == "female"), (months, sex)


@pytest.mark.parametrize(
    "row", amounts.INTAKE_ROWS, ids=lambda r: f"{r.authority}-{r.sex}-{r.stage}-{r.from_months}"
)
def test_a_band_begins_at_its_first_month_and_ends_before_its_last(row: amounts.IntakeRow) -> None:
    """The first month counts, the last is the next band's."""
    sex = "female" if row.sex == "any" else row.sex
    assert amounts.intake_row(row.authority, row.from_months, sex, row.stage) is row
    assert amounts.intake_row(row.authority, row.from_months - 1, sex, row.stage) is not row
    if row.to_months is not None:
        assert amounts.intake_row(row.authority, row.to_months - 1, sex, row.stage) is row
        assert amounts.intake_row(row.authority, row.to_months, sex, row.stage) is not row


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
        (0, None, "all ages"),
    ],
)
def test_an_age_band_is_said_in_whole_units(first: int, last: int | None, words: str) -> None:
    """A band names its first and last completed year or month."""
    assert amounts.ages(first, last) == words


def test_trisilicate_weighs_what_its_pharmacopoeia_prints() -> None:
    """USP: 2MgO.3SiO2, anhydrous 260.86."""
    assert display(salts.SALT_BY_KEY["trisilicate"].molar_mass, 2) == "260.86"


def test_a_family_is_the_compounds_that_one_name_could_mean() -> None:
    """Each salt of several of its name is in one family; a salt alone is in none."""
    families = {
        family.key: [salt.key for salt in family.salts] for family in salts.FAMILY_BY_KEY.values()
    }
    assert families["citrate_unknown"] == [
        "citrate_anhydrous", "citrate_nonahydrate", "citrate_1to1"
    ]  # fmt: skip
    assert sorted(families) == [
        f"{name}_unknown"
        for name in "aspartate carbonate chloride citrate gluconate lactate orotate sulfate".split()
    ]
    assert not set(families) & set(salts.SALT_BY_KEY)
    assert salts.FAMILY_BY_KEY["citrate_unknown"].name == "Magnesium citrate"


@pytest.mark.parametrize("salt", salts.SALTS, ids=lambda salt: salt.key)
def test_a_compound_is_the_formula_it_prints(salt: salts.Salt) -> None:
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


def test_children_s_limits_below_their_amounts_are_no_slip() -> None:
    """US limits for ages 1 to 8 are below the amounts, because they count supplements only."""
    pairs = [(80, 65, 2), (130, 110, 6)]
    for amount, limit, years in pairs:
        row = amounts.intake_row("US_CA", years * YEAR, "female", "general")
        assert row is not None
        assert (row.published, amounts.limit_row("US_CA", years * YEAR).published) == (
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
        for row in (
            *amounts.INTAKE_ROWS,
            *amounts.LIMIT_ROWS,
            *salts.SPACINGS,
            *blood.ONSETS,
            *blood.LOW_ONSETS,
        )
    }
    keys |= {row.source for row in blood.SERUM_ROWS} | {
        a.amounts_source for a in amounts.AUTHORITIES
    }
    keys |= {key for published in blood.RANGES for key in published.sources}
    keys |= {source for *_, source in amounts.OTHER_LIMITS}
    keys |= {key for row in blood.SERUM_ROWS for key in row.more_sources} | {
        *blood.RED_CELL_SOURCES
    }
    keys |= cited_in_cards() | {"nhs-vitamins"}
    keys |= {salt.absorbed_source for salt in salts.SALTS if salt.absorbed_source}
    singles = (
        thing
        for thing in (*vars(amounts).values(), *vars(blood).values())
        if isinstance(thing, amounts.Quantity | blood.Threshold)
    )
    keys |= {thing.source for thing in singles}
    return keys | {salts.ATOMIC_WEIGHTS_SOURCE, *blood.CTCAE_SOURCES, OUR_OWN} | foods.source_keys()


def test_every_source_named_is_in_the_bibliography() -> None:
    """No number without a source, no source without a reference."""
    assert tabled_keys() | source_keys() <= BIB


def test_every_source_named_has_a_name_for_running_text() -> None:
    """What a row cites can be said in words, and no name is left over from a row that went."""
    assert source_keys() == tabled_keys()


def test_every_row_says_how_far_its_source_was_read() -> None:
    """A number read only from memory is marked so."""
    marks = {row.read for row in (*amounts.INTAKE_ROWS, *amounts.LIMIT_ROWS, *salts.SPACINGS)}
    assert marks == {READ, PARTLY, MEMORY}


def test_the_serum_rows_rise_and_name_their_ends_once() -> None:
    """Rows go from low to high, and each end is a threshold or a limit of the range."""
    ends = [row.ends.at for row in blood.SERUM_ROWS if row.ends]
    assert ends == sorted(ends)
    assert [row.ends_at for row in blood.SERUM_ROWS if row.ends_at] == ["low", "high"]
    assert [row.id for row in blood.SERUM_ROWS if not row.ends and not row.ends_at] == ["over-15"]


def test_an_amount_that_is_carried_on_is_that_of_the_people_it_is_carried_from() -> None:
    """The same authority, sex, stage and amount, from the age that the row names."""
    carried = [row for row in amounts.INTAKE_ROWS if row.carried_from is not None]
    assert carried
    for row in carried:
        younger = amounts.row_carried(row)
        assert younger.from_months == row.carried_from
        for name in ("authority", "sex", "stage", "amount"):
            assert getattr(younger, name) == getattr(row, name)
