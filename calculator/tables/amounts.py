"""The published numbers, each with the key of its source in references.bib.

One set of numbers for the page, the in-page check, the command line and the tests: a
threshold stands here once, in its source's unit, and nowhere else. ``read`` says how far
the source itself was read; anything but READ is marked where it is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from calculator.quantities import Mass
from calculator.tables.sources import MEMORY, OUR_OWN, PARTLY, READ

MONTHS = 12  # in a year
ADULT_MONTHS = 18 * MONTHS
INFANT_MONTHS = 1 * MONTHS
OLDEST_YEARS = 120


@dataclass(frozen=True)
class Authority:
    """A body that publishes daily amounts: its code, its names, the source of its amounts.

    ``limits_supplements`` is whether its limit is one for supplements and medicines, and
    ``limit_from`` the code of another authority whose limit it takes over. A limit that was
    taken over is shown and compared, but not counted again among the limits that are passed.
    """

    code: str
    name: str
    short: str
    amounts_source: str
    limits_supplements: bool
    limit_from: str = ""


# The figures of FAO/WHO are for soluble magnesium in food and drinking water: they are shown
# as that, and no supplement is held against them. D-A-CH, the nutrition societies of Germany,
# Austria and Switzerland, prints amounts without any limit.
AUTHORITIES = (
    Authority("UK", "United Kingdom", "UK", "coma1991", True),
    Authority("EU", "European Union", "EU", "efsa2015", True),
    Authority("NORDIC", "Nordic countries", "Nordic countries", "nnr2023", True, "EU"),
    Authority("D_A_CH", "Germany, Austria and Switzerland", "D-A-CH", "d-a-ch2021", False),
    Authority("US_CA", "United States and Canada", "US and Canada", "iom1997", True),
    Authority("AU_NZ", "Australia and New Zealand", "Australia and New Zealand", "nhmrc2006", True),
    Authority("WHO_FAO", "World Health Organization and FAO", "WHO and FAO", "fao-who2004", False),
)
AUTHORITY_BY_CODE = {authority.code: authority for authority in AUTHORITIES}
DEFAULT_AUTHORITY = "UK"
SEXES = ("female", "male")
STAGES = ("general", "pregnancy", "lactation")
KINDS = {
    "RNI": "reference nutrient intake",
    "RDA": "recommended dietary allowance",
    "RDI": "recommended dietary intake",
    "AI": "adequate intake",
    "Schätzwert": "estimated adequate intake",
}


def ages(from_months: int, to_months: int | None) -> str:
    """An age band in completed months or years: ``19 to 64 years``, ``75 years and over``."""
    if not from_months and to_months is None:
        return "all ages"
    in_years = from_months % MONTHS == 0 and (to_months is None or to_months % MONTHS == 0)
    if not from_months and in_years and to_months is not None and to_months > MONTHS:
        return f"under {to_months // MONTHS} years"
    size, unit = (MONTHS, "years") if in_years and from_months else (1, "months")
    first = from_months // size
    if to_months is None:
        return f"{first} {unit} and over"
    last = to_months // size - 1
    return f"{first} {unit}" if first == last else f"{first} to {last} {unit}"


@dataclass(frozen=True)
class IntakeRow:
    """The amount an authority publishes for a sex, a stage and an age band.

    Months are completed months: the first counts, the last does not. ``published`` is the
    source's own print of the milligrams a day, food and supplements together. Where the
    authority was read to give nothing for the ages, ``carried_from`` is the first month of
    the row whose amount is compared with instead.
    """

    authority: str
    kind: str
    sex: str
    stage: str
    from_months: int
    to_months: int | None
    published: str
    source: str
    read: str
    carried_from: int | None = None

    @property
    def amount(self) -> Mass:
        """Milligrams a day."""
        return Mass.of(self.published)

    @property
    def ages(self) -> str:
        """The age band in words."""
        return ages(self.from_months, self.to_months)

    def covers(self, age_months: int, sex: str, stage: str) -> bool:
        """Whether the row is for this person."""
        old_enough = self.from_months <= age_months
        young_enough = self.to_months is None or age_months < self.to_months
        return old_enough and young_enough and self.stage == stage and self.sex in ("any", sex)


# Edges where the sources' own labels need reading: FAO/WHO prints 19 to 65 and 65+, and a
# person of exactly 65 is put in 65+; its pregnancy and lactation rows and those of D-A-CH
# carry no ages, and 10 to 50 is this project's reading; "0-6 months" is read as completed
# months 0 to 6. The NHS page gives amounts for 19 to 64 and none after (nhs-vitamins), so UK
# rows from 65 carry the amount of 19 to 64. The Nordic amounts were read on the Swedish Food
# Agency's page, which has none for pregnancy and breastfeeding: neither has this table.
# fmt: off
INTAKE_ROWS: tuple[IntakeRow, ...] = (
    IntakeRow("UK", "RNI", "any", "general", 0, 4, "55", "coma1991", PARTLY),
    IntakeRow("UK", "RNI", "any", "general", 4, 7, "60", "coma1991", PARTLY),
    IntakeRow("UK", "RNI", "any", "general", 7, 10, "75", "coma1991", MEMORY),
    IntakeRow("UK", "RNI", "any", "general", 10, 12, "80", "coma1991", PARTLY),
    IntakeRow("UK", "RNI", "any", "general", 12, 48, "85", "coma1991", PARTLY),
    IntakeRow("UK", "RNI", "any", "general", 48, 84, "120", "coma1991", PARTLY),
    IntakeRow("UK", "RNI", "any", "general", 84, 132, "200", "coma1991", PARTLY),
    IntakeRow("UK", "RNI", "any", "general", 132, 180, "280", "coma1991", PARTLY),
    IntakeRow("UK", "RNI", "any", "general", 180, 228, "300", "coma1991", PARTLY),
    IntakeRow("UK", "RNI", "male", "general", 228, 780, "300", "coma1991", PARTLY),
    IntakeRow("UK", "RNI", "male", "general", 780, 900, "300", "coma1991", MEMORY, 228),
    IntakeRow("UK", "RNI", "male", "general", 900, None, "300", "coma1991", MEMORY, 228),
    IntakeRow("UK", "RNI", "female", "general", 228, 780, "270", "coma1991", PARTLY),
    IntakeRow("UK", "RNI", "female", "general", 780, 900, "270", "coma1991", MEMORY, 228),
    IntakeRow("UK", "RNI", "female", "general", 900, None, "270", "coma1991", MEMORY, 228),
    IntakeRow("UK", "RNI", "female", "pregnancy", 132, 180, "280", "coma1991", MEMORY),
    IntakeRow("UK", "RNI", "female", "pregnancy", 180, 228, "300", "coma1991", MEMORY),
    IntakeRow("UK", "RNI", "female", "pregnancy", 228, 612, "270", "coma1991", PARTLY),
    IntakeRow("UK", "RNI", "female", "lactation", 132, 180, "330", "coma1991", MEMORY),
    IntakeRow("UK", "RNI", "female", "lactation", 180, 228, "350", "coma1991", MEMORY),
    IntakeRow("UK", "RNI", "female", "lactation", 228, 612, "320", "coma1991", MEMORY),
    IntakeRow("US_CA", "AI", "any", "general", 0, 7, "30", "iom1997", READ),
    IntakeRow("US_CA", "AI", "any", "general", 7, 12, "75", "iom1997", READ),
    IntakeRow("US_CA", "RDA", "any", "general", 12, 48, "80", "iom1997", READ),
    IntakeRow("US_CA", "RDA", "any", "general", 48, 108, "130", "iom1997", READ),
    IntakeRow("US_CA", "RDA", "any", "general", 108, 168, "240", "iom1997", READ),
    IntakeRow("US_CA", "RDA", "male", "general", 168, 228, "410", "iom1997", READ),
    IntakeRow("US_CA", "RDA", "male", "general", 228, 372, "400", "iom1997", READ),
    IntakeRow("US_CA", "RDA", "male", "general", 372, 612, "420", "iom1997", READ),
    IntakeRow("US_CA", "RDA", "male", "general", 612, 852, "420", "iom1997", READ),
    IntakeRow("US_CA", "RDA", "male", "general", 852, None, "420", "iom1997", READ),
    IntakeRow("US_CA", "RDA", "female", "general", 168, 228, "360", "iom1997", READ),
    IntakeRow("US_CA", "RDA", "female", "general", 228, 372, "310", "iom1997", READ),
    IntakeRow("US_CA", "RDA", "female", "general", 372, 612, "320", "iom1997", READ),
    IntakeRow("US_CA", "RDA", "female", "general", 612, 852, "320", "iom1997", READ),
    IntakeRow("US_CA", "RDA", "female", "general", 852, None, "320", "iom1997", READ),
    IntakeRow("US_CA", "RDA", "female", "pregnancy", 168, 228, "400", "iom1997", READ),
    IntakeRow("US_CA", "RDA", "female", "pregnancy", 228, 372, "350", "iom1997", READ),
    IntakeRow("US_CA", "RDA", "female", "pregnancy", 372, 612, "360", "iom1997", READ),
    IntakeRow("US_CA", "RDA", "female", "lactation", 168, 228, "360", "iom1997", READ),
    IntakeRow("US_CA", "RDA", "female", "lactation", 228, 372, "310", "iom1997", READ),
    IntakeRow("US_CA", "RDA", "female", "lactation", 372, 612, "320", "iom1997", READ),
    IntakeRow("AU_NZ", "AI", "any", "general", 0, 7, "30", "nhmrc2006", PARTLY),
    IntakeRow("AU_NZ", "AI", "any", "general", 7, 12, "75", "nhmrc2006", PARTLY),
    IntakeRow("AU_NZ", "RDI", "any", "general", 12, 48, "80", "nhmrc2006", PARTLY),
    IntakeRow("AU_NZ", "RDI", "any", "general", 48, 108, "130", "nhmrc2006", PARTLY),
    IntakeRow("AU_NZ", "RDI", "any", "general", 108, 168, "240", "nhmrc2006", PARTLY),
    IntakeRow("AU_NZ", "RDI", "male", "general", 168, 228, "410", "nhmrc2006", PARTLY),
    IntakeRow("AU_NZ", "RDI", "male", "general", 228, 372, "400", "nhmrc2006", PARTLY),
    IntakeRow("AU_NZ", "RDI", "male", "general", 372, 612, "420", "nhmrc2006", PARTLY),
    IntakeRow("AU_NZ", "RDI", "male", "general", 612, 852, "420", "nhmrc2006", PARTLY),
    IntakeRow("AU_NZ", "RDI", "male", "general", 852, None, "420", "nhmrc2006", PARTLY),
    IntakeRow("AU_NZ", "RDI", "female", "general", 168, 228, "360", "nhmrc2006", PARTLY),
    IntakeRow("AU_NZ", "RDI", "female", "general", 228, 372, "310", "nhmrc2006", PARTLY),
    IntakeRow("AU_NZ", "RDI", "female", "general", 372, 612, "320", "nhmrc2006", PARTLY),
    IntakeRow("AU_NZ", "RDI", "female", "general", 612, 852, "320", "nhmrc2006", PARTLY),
    IntakeRow("AU_NZ", "RDI", "female", "general", 852, None, "320", "nhmrc2006", PARTLY),
    IntakeRow("AU_NZ", "RDI", "female", "pregnancy", 168, 228, "400", "nhmrc2006", PARTLY),
    IntakeRow("AU_NZ", "RDI", "female", "pregnancy", 228, 372, "350", "nhmrc2006", PARTLY),
    IntakeRow("AU_NZ", "RDI", "female", "pregnancy", 372, 612, "360", "nhmrc2006", PARTLY),
    IntakeRow("AU_NZ", "RDI", "female", "lactation", 168, 228, "360", "nhmrc2006", PARTLY),
    IntakeRow("AU_NZ", "RDI", "female", "lactation", 228, 372, "310", "nhmrc2006", PARTLY),
    IntakeRow("AU_NZ", "RDI", "female", "lactation", 372, 612, "320", "nhmrc2006", PARTLY),
    IntakeRow("EU", "AI", "any", "general", 7, 12, "80", "efsa2015", READ),
    IntakeRow("EU", "AI", "any", "general", 12, 36, "170", "efsa2015", READ),
    IntakeRow("EU", "AI", "any", "general", 36, 120, "230", "efsa2015", READ),
    IntakeRow("EU", "AI", "male", "general", 120, 216, "300", "efsa2015", READ),
    IntakeRow("EU", "AI", "female", "general", 120, 216, "250", "efsa2015", READ),
    IntakeRow("EU", "AI", "male", "general", 216, None, "350", "efsa2015", READ),
    IntakeRow("EU", "AI", "female", "general", 216, None, "300", "efsa2015", READ),
    IntakeRow("EU", "AI", "female", "pregnancy", 120, 216, "250", "efsa2015", READ),
    IntakeRow("EU", "AI", "female", "pregnancy", 216, None, "300", "efsa2015", READ),
    IntakeRow("EU", "AI", "female", "lactation", 120, 216, "250", "efsa2015", READ),
    IntakeRow("EU", "AI", "female", "lactation", 216, None, "300", "efsa2015", READ),
    IntakeRow("WHO_FAO", "RNI", "any", "general", 0, 7, "26", "fao-who2004", READ),
    IntakeRow("WHO_FAO", "RNI", "any", "general", 7, 12, "54", "fao-who2004", READ),
    IntakeRow("WHO_FAO", "RNI", "any", "general", 12, 48, "60", "fao-who2004", READ),
    IntakeRow("WHO_FAO", "RNI", "any", "general", 48, 84, "76", "fao-who2004", READ),
    IntakeRow("WHO_FAO", "RNI", "any", "general", 84, 120, "100", "fao-who2004", READ),
    IntakeRow("WHO_FAO", "RNI", "male", "general", 120, 228, "230", "fao-who2004", READ),
    IntakeRow("WHO_FAO", "RNI", "female", "general", 120, 228, "220", "fao-who2004", READ),
    IntakeRow("WHO_FAO", "RNI", "male", "general", 228, 780, "260", "fao-who2004", READ),
    IntakeRow("WHO_FAO", "RNI", "female", "general", 228, 780, "220", "fao-who2004", READ),
    IntakeRow("WHO_FAO", "RNI", "male", "general", 780, None, "224", "fao-who2004", READ),
    IntakeRow("WHO_FAO", "RNI", "female", "general", 780, None, "190", "fao-who2004", READ),
    IntakeRow("WHO_FAO", "RNI", "female", "pregnancy", 120, 612, "220", "fao-who2004", READ),
    IntakeRow("WHO_FAO", "RNI", "female", "lactation", 120, 612, "270", "fao-who2004", READ),
    IntakeRow("NORDIC", "AI", "any", "general", 7, 12, "80", "nnr2023", PARTLY),
    IntakeRow("NORDIC", "AI", "any", "general", 12, 48, "170", "nnr2023", PARTLY),
    IntakeRow("NORDIC", "AI", "any", "general", 48, 132, "230", "nnr2023", PARTLY),
    IntakeRow("NORDIC", "AI", "male", "general", 132, 216, "300", "nnr2023", PARTLY),
    IntakeRow("NORDIC", "AI", "female", "general", 132, 216, "250", "nnr2023", PARTLY),
    IntakeRow("NORDIC", "AI", "male", "general", 216, None, "350", "nnr2023", PARTLY),
    IntakeRow("NORDIC", "AI", "female", "general", 216, None, "300", "nnr2023", PARTLY),
    IntakeRow("D_A_CH", "Schätzwert", "any", "general", 0, 4, "24", "d-a-ch2021", PARTLY),
    IntakeRow("D_A_CH", "Schätzwert", "any", "general", 4, 12, "80", "d-a-ch2021", PARTLY),
    IntakeRow("D_A_CH", "Schätzwert", "any", "general", 12, 48, "170", "d-a-ch2021", PARTLY),
    IntakeRow("D_A_CH", "Schätzwert", "any", "general", 48, 84, "190", "d-a-ch2021", PARTLY),
    IntakeRow("D_A_CH", "Schätzwert", "any", "general", 84, 120, "240", "d-a-ch2021", PARTLY),
    IntakeRow("D_A_CH", "Schätzwert", "male", "general", 120, 156, "260", "d-a-ch2021", PARTLY),
    IntakeRow("D_A_CH", "Schätzwert", "female", "general", 120, 156, "230", "d-a-ch2021", PARTLY),
    IntakeRow("D_A_CH", "Schätzwert", "male", "general", 156, 180, "280", "d-a-ch2021", PARTLY),
    IntakeRow("D_A_CH", "Schätzwert", "female", "general", 156, 180, "240", "d-a-ch2021", PARTLY),
    IntakeRow("D_A_CH", "Schätzwert", "male", "general", 180, 228, "330", "d-a-ch2021", PARTLY),
    IntakeRow("D_A_CH", "Schätzwert", "female", "general", 180, 228, "260", "d-a-ch2021", PARTLY),
    IntakeRow("D_A_CH", "Schätzwert", "male", "general", 228, None, "350", "d-a-ch2021", PARTLY),
    IntakeRow("D_A_CH", "Schätzwert", "female", "general", 228, None, "300", "d-a-ch2021", PARTLY),
    IntakeRow("D_A_CH", "Schätzwert", "female", "pregnancy", 120, 612, "300", "d-a-ch2021", PARTLY),
    IntakeRow("D_A_CH", "Schätzwert", "female", "lactation", 120, 612, "300", "d-a-ch2021", PARTLY),
)
# fmt: on


# From this age in months an authority publishes amounts by sex; nobody younger is asked.
SEX_ASKED_FROM = min(row.from_months for row in INTAKE_ROWS if row.sex != "any")
# The form asks about pregnancy from 12 to 55 years, in months from the first to before the
# last: this project's own choice. A row for another age, as of the EU, is still found.
STAGE_ASKED = (12 * MONTHS, 56 * MONTHS)


def intake_row(authority: str, age_months: int, sex: str, stage: str) -> IntakeRow | None:
    """The row for a person, or None where the authority publishes none."""
    of_authority = (row for row in INTAKE_ROWS if row.authority == authority)
    return next((row for row in of_authority if row.covers(age_months, sex, stage)), None)


def row_carried(row: IntakeRow) -> IntakeRow:
    """The row of younger people whose amount a row carries on."""
    same = (row.authority, row.sex, row.stage, row.carried_from)
    return next(r for r in INTAKE_ROWS if (r.authority, r.sex, r.stage, r.from_months) == same)


@dataclass(frozen=True)
class LimitRow:
    """The most magnesium from supplements and medicines an authority sets for an age band.

    ``published`` is None where the authority sets none.
    """

    authority: str
    from_months: int
    to_months: int | None
    published: str | None
    source: str
    read: str

    @property
    def amount(self) -> Mass | None:
        """Milligrams a day, or None where none is set."""
        return None if self.published is None else Mass.of(self.published)

    @property
    def ages(self) -> str:
        """The age band in words."""
        return ages(self.from_months, self.to_months)


# The UK figure is a guidance level, which its source keeps apart from a safe upper level.
# FAO/WHO suggests its figure for soluble magnesium in food and drinking water. The Nordic
# limit was read without ages; it is the EU's, so it has the EU's ages.
LIMIT_ROWS: tuple[LimitRow, ...] = (
    LimitRow("UK", 0, 216, None, "evm2003", MEMORY),
    LimitRow("UK", 216, None, "400", "evm2003", READ),
    LimitRow("EU", 0, 48, None, "scf2001", READ),
    LimitRow("EU", 48, None, "250", "scf2001", READ),
    LimitRow("NORDIC", 0, 48, None, "nnr2023", PARTLY),
    LimitRow("NORDIC", 48, None, "250", "nnr2023", PARTLY),
    LimitRow("D_A_CH", 0, None, None, "d-a-ch2021", PARTLY),
    LimitRow("US_CA", 0, 12, None, "iom1997", READ),
    LimitRow("US_CA", 12, 48, "65", "iom1997", READ),
    LimitRow("US_CA", 48, 108, "110", "iom1997", READ),
    LimitRow("US_CA", 108, None, "350", "iom1997", READ),
    LimitRow("AU_NZ", 0, 12, None, "nhmrc2006", MEMORY),
    LimitRow("AU_NZ", 12, 48, "65", "nhmrc2006", MEMORY),
    LimitRow("AU_NZ", 48, 108, "110", "nhmrc2006", MEMORY),
    LimitRow("AU_NZ", 108, 228, "350", "nhmrc2006", MEMORY),
    LimitRow("AU_NZ", 228, None, "350", "nhmrc2006", PARTLY),
    LimitRow("WHO_FAO", 0, 12, None, "fao-who2004", MEMORY),
    LimitRow("WHO_FAO", 12, 48, "65", "fao-who2004", READ),
    LimitRow("WHO_FAO", 48, 132, "110", "fao-who2004", READ),
    LimitRow("WHO_FAO", 132, None, "350", "fao-who2004", READ),
)

# Other bodies' limits for supplements, for the page's table: who, ages, mg a day, source.
# Norway's row for 3 to 9 years is left out: its pages print "12-200", which cannot be meant.
OTHER_LIMITS: tuple[tuple[str, str, str, str], ...] = (
    ("Germany (BfR)", ages(48, None), "250", "bfr2017"),
    ("Norway (VKM)", ages(12, 36), "85", "vkm2016"),
    ("Norway (VKM)", ages(120, 216), "280", "vkm2016"),
    ("Norway (VKM)", ages(216, None), "350", "vkm2016"),
)


def supplement_limits(age_months: int) -> tuple[LimitRow, ...]:
    """Every limit on supplements that is set for an age, the lowest first (rules.md, Intake 4).

    Each is there once: not again under an authority that takes it over.
    """
    bodies = (b.code for b in AUTHORITIES if b.limits_supplements and not b.limit_from)
    rows = [limit_row(code, age_months) for code in bodies]
    # Sorting keeps the order of the authorities where two limits are one.
    return tuple(sorted((r for r in rows if r.amount), key=lambda r: r.amount or Mass.of(0)))


def limit_row(authority: str, age_months: int) -> LimitRow:
    """The authority's limit row for an age."""
    return next(
        row
        for row in LIMIT_ROWS
        if row.authority == authority
        and row.from_months <= age_months
        and (row.to_months is None or age_months < row.to_months)
    )


@dataclass(frozen=True)
class Quantity:
    """A number that stands alone: its exact value and the key of its source."""

    value: Fraction
    source: str
    read: str = READ

    @property
    def mass(self) -> Mass:
        """The value as milligrams."""
        return Mass(self.value)


# Half of the women in one Shanghai cohort ate below this calcium to magnesium ratio and
# half above it; it is a middle value, and no authority makes it a target.
RATIO_MIDDLE = Quantity(Fraction("1.7"), "dai2013")
# Calcium in mg per kg of body weight a day above which a review says that less magnesium
# is absorbed; contested, see claim C47.
CALCIUM_PER_KG = Quantity(Fraction(10), "fiorentini2021", PARTLY)
# Share of food magnesium that healthy people absorb.
ABSORBED_LEAST = Quantity(Fraction("0.3"), "uwitonze2018", PARTLY)
ABSORBED_MOST = Quantity(Fraction("0.7"), "uwitonze2018", PARTLY)
# Ten times the EU limit, above which the EU committee speaks of toxic effects.
TOXIC_DOSE = Quantity(Fraction(2500), "scf2001", PARTLY)

# A child's supplements go far over from so many times the lowest limit published for the
# age, or from the second figure where that is less; both are ours, and no clinician has
# signed them. Nothing is published before the first birthday: the limit from then on is used.
CHILD_FAR_OVER_TIMES = Quantity(Fraction(3), OUR_OWN)
CHILD_FAR_OVER_MOST = Quantity(Fraction(400), OUR_OWN)


def child_far_over(age_months: int) -> Mass:
    """The amount of magnesium from supplements beyond which a child has had far too much."""
    lowest = next(row.amount for row in supplement_limits(max(age_months, MONTHS)) if row.amount)
    return min(lowest * CHILD_FAR_OVER_TIMES.value, CHILD_FAR_OVER_MOST.mass)


# What this project takes for a slip of the pen; published nowhere.
FOOD_LOOKS_HIGH = Quantity(Fraction(1500), OUR_OWN)
FOOD_MOST = Quantity(Fraction(5000), OUR_OWN)
SUPPLEMENT_MOST = Quantity(Fraction(20000), OUR_OWN)
CALCIUM_MOST = Quantity(Fraction(10000), OUR_OWN)
WEIGHT_LEAST = Quantity(Fraction(2), OUR_OWN)
WEIGHT_MOST = Quantity(Fraction(400), OUR_OWN)
FOODS_NAMED = 3  # foods named near the difference
