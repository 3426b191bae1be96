"""The published numbers, each with the key of its source in references.bib.

One set of numbers for the page, the in-page check, the command line and the tests: a
threshold stands here once, in its source's unit, and nowhere else. ``read`` says how far
the source itself was read; anything but READ is marked where it is shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from calculator.quantities import Concentration, Mass, Unit

READ = "read"  # the number was read in the source or in a faithful copy of it
PARTLY = "partly"  # part of the source's table was read, or only pages that quote it
MEMORY = "memory"  # not yet read anywhere

MONTHS = 12  # in a year
ADULT_MONTHS = 18 * MONTHS
INFANT_MONTHS = 1 * MONTHS
OLDEST_YEARS = 120

# Where a number is this project's own choice and not a published one.
OUR_OWN = "own-rules"


@dataclass(frozen=True)
class Authority:
    """A body that publishes daily amounts: its code, its names, the source of its amounts.

    ``limits_supplements`` is whether its limit is one for supplements and medicines.
    """

    code: str
    name: str
    short: str
    amounts_source: str
    limits_supplements: bool


# The figures of FAO/WHO are for soluble magnesium in food and drinking water: they are shown
# as that, and no supplement is held against them.
AUTHORITIES = (
    Authority("UK", "United Kingdom", "UK", "coma1991", True),
    Authority("EU", "European Union", "EU", "efsa2015", True),
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
}


def ages(from_months: int, to_months: int | None) -> str:
    """An age band in completed months or years: ``19 to 64 years``, ``75 years and over``."""
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
# person of exactly 65 is put in 65+; its pregnancy and lactation rows carry no ages, and
# 10 to 50 is this project's reading; "0-6 months" is read as completed months 0 to 6. The
# NHS page gives amounts for 19 to 64 and none after (nhs-vitamins), so UK rows from 65 carry
# the amount of 19 to 64.
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
    IntakeRow("UK", "RNI", "female", "general", 780, 900, "270", "coma1991", PARTLY, 228),
    IntakeRow("UK", "RNI", "female", "general", 900, None, "270", "coma1991", PARTLY, 228),
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

    ``published`` is None where the authority says that it sets none.
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
# FAO/WHO suggests its figure for soluble magnesium in food and drinking water.
LIMIT_ROWS: tuple[LimitRow, ...] = (
    LimitRow("UK", 0, 216, None, "evm2003", MEMORY),
    LimitRow("UK", 216, None, "400", "evm2003", READ),
    LimitRow("EU", 0, 48, None, "scf2001", READ),
    LimitRow("EU", 48, None, "250", "scf2001", READ),
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
    """Every limit on supplements that is set for an age, the lowest first (rules.md, Intake 4)."""
    bodies = (body.code for body in AUTHORITIES if body.limits_supplements)
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

# Standard atomic weights, abridged, in g/mol.
ATOMIC_WEIGHTS = {
    "Mg": "24.305",
    "H": "1.008",
    "C": "12.011",
    "N": "14.007",
    "O": "15.999",
    "S": "32.06",
    "Cl": "35.45",
    "P": "30.974",
    "Si": "28.085",
}
ATOMIC_WEIGHTS_SOURCE = "ciaaw-weights"


@dataclass(frozen=True)
class Salt:
    """A magnesium compound: its key, name, formula, atoms, class, and absorption in trials.

    ``absorbed`` is ``better``, ``poorer`` or ``unknown``, by ``absorbed_source``.
    """

    key: str
    name: str
    formula: str
    atoms: str
    kind: str
    absorbed: str
    absorbed_source: str | None

    @property
    def salts(self) -> tuple[Salt, ...]:
        """The compounds that it could be, as a family has them: itself."""
        return (self,)

    @property
    def counts(self) -> dict[str, int]:
        """Atoms of each element in one formula unit."""
        found = re.findall(r"([A-Z][a-z]?)([0-9]+)", self.atoms)
        return {element: int(count) for element, count in found}

    @property
    def molar_mass(self) -> Fraction:
        """Grams per mole, from the standard atomic weights."""
        weighed = (Fraction(ATOMIC_WEIGHTS[e]) * n for e, n in self.counts.items())
        return sum(weighed, Fraction(0))

    @property
    def magnesium_mass(self) -> Fraction:
        """Grams of magnesium per mole of the compound."""
        return Fraction(ATOMIC_WEIGHTS["Mg"]) * self.counts["Mg"]

    @property
    def fraction(self) -> Fraction:
        """The share of the compound's weight that is magnesium."""
        return self.magnesium_mass / self.molar_mass


# fmt: off
SALTS: tuple[Salt, ...] = (
    Salt("oxide", "Magnesium oxide", "MgO", "Mg1 O1", "inorganic", "poorer", "firoz2001"),
    Salt("hydroxide", "Magnesium hydroxide (milk of magnesia)", "Mg(OH)2", "Mg1 O2 H2", "inorganic", "poorer", "schwalfenberg2017"),
    Salt("carbonate_anhydrous", "Magnesium carbonate, anhydrous", "MgCO3", "Mg1 C1 O3", "inorganic", "unknown", None),
    Salt("carbonate_basic", "Basic magnesium carbonate (hydromagnesite type)", "4MgCO3.Mg(OH)2.5H2O", "Mg5 C4 O19 H12", "inorganic", "unknown", None),
    Salt("citrate_anhydrous", "Trimagnesium dicitrate, anhydrous", "Mg3(C6H5O7)2", "Mg3 C12 H10 O14", "organic", "better", "rylander2014"),
    Salt("citrate_nonahydrate", "Trimagnesium dicitrate nonahydrate", "Mg3(C6H5O7)2.9H2O", "Mg3 C12 H28 O23", "organic", "better", "rylander2014"),
    Salt("citrate_1to1", "Magnesium hydrogen citrate (1:1)", "MgC6H6O7", "Mg1 C6 H6 O7", "organic", "better", "rylander2014"),
    Salt("lactate_anhydrous", "Magnesium lactate, anhydrous", "Mg(C3H5O3)2", "Mg1 C6 H10 O6", "organic", "better", "firoz2001"),
    Salt("lactate_dihydrate", "Magnesium lactate dihydrate", "Mg(C3H5O3)2.2H2O", "Mg1 C6 H14 O8", "organic", "better", "firoz2001"),
    Salt("aspartate_anhydrous", "Magnesium aspartate, anhydrous", "Mg(C4H6NO4)2", "Mg1 C8 H12 N2 O8", "organic", "better", "firoz2001"),
    Salt("aspartate_dihydrate", "Magnesium aspartate dihydrate", "Mg(C4H6NO4)2.2H2O", "Mg1 C8 H16 N2 O10", "organic", "better", "firoz2001"),
    Salt("chloride_anhydrous", "Magnesium chloride, anhydrous", "MgCl2", "Mg1 Cl2", "inorganic", "better", "firoz2001"),
    Salt("chloride_hexahydrate", "Magnesium chloride hexahydrate", "MgCl2.6H2O", "Mg1 Cl2 H12 O6", "inorganic", "better", "firoz2001"),
    Salt("sulfate_anhydrous", "Magnesium sulfate, anhydrous", "MgSO4", "Mg1 S1 O4", "inorganic", "unknown", None),
    Salt("sulfate_heptahydrate", "Magnesium sulfate heptahydrate (Epsom salt)", "MgSO4.7H2O", "Mg1 S1 O11 H14", "inorganic", "unknown", None),
    Salt("bisglycinate", "Magnesium bisglycinate (glycinate), anhydrous", "Mg(C2H4NO2)2", "Mg1 C4 H8 N2 O4", "organic", "unknown", None),
    Salt("malate_1to1", "Magnesium malate (1:1), anhydrous", "MgC4H4O5", "Mg1 C4 H4 O5", "organic", "unknown", None),
    Salt("gluconate_anhydrous", "Magnesium gluconate, anhydrous", "Mg(C6H11O7)2", "Mg1 C12 H22 O14", "organic", "unknown", None),
    Salt("gluconate_dihydrate", "Magnesium gluconate dihydrate", "Mg(C6H11O7)2.2H2O", "Mg1 C12 H26 O16", "organic", "unknown", None),
    Salt("orotate_anhydrous", "Magnesium orotate, anhydrous", "Mg(C5H3N2O4)2", "Mg1 C10 H6 N4 O8", "organic", "unknown", None),
    Salt("orotate_dihydrate", "Magnesium orotate dihydrate", "Mg(C5H3N2O4)2.2H2O", "Mg1 C10 H10 N4 O10", "organic", "unknown", None),
    Salt("taurate", "Magnesium taurate", "Mg(C2H6NO3S)2", "Mg1 C4 H12 N2 O6 S2", "organic", "unknown", None),
    Salt("threonate", "Magnesium L-threonate", "Mg(C4H7O5)2", "Mg1 C8 H14 O10", "organic", "unknown", None),
    Salt("glycerophosphate", "Magnesium glycerophosphate, anhydrous", "MgC3H7O6P", "Mg1 C3 H7 O6 P1", "organic", "unknown", None),
    # An antacid with "varying proportions of water" (usp-trisilicate): without any it holds most.
    Salt("trisilicate", "Magnesium trisilicate, without water", "Mg2Si3O8", "Mg2 Si3 O8", "inorganic", "unknown", None),
    Salt("pidolate", "Magnesium pidolate", "Mg(C5H6NO3)2", "Mg1 C10 H12 N2 O6", "organic", "unknown", None),
)
# fmt: on
SALT_BY_KEY = {salt.key: salt for salt in SALTS}
ELEMENTAL = "elemental"  # the label gives magnesium itself


@dataclass(frozen=True)
class Family:
    """Compounds that a label calls by one name without saying which of them it means."""

    key: str
    name: str
    salts: tuple[Salt, ...]


def _family(stem: str) -> Family:
    salts = tuple(salt for salt in SALTS if salt.key.startswith(f"{stem}_"))
    return Family(f"{stem}_unknown", f"Magnesium {stem}", salts)


_STEMS = dict.fromkeys(salt.key.partition("_")[0] for salt in SALTS)
FAMILY_BY_KEY = {family.key: family for family in map(_family, _STEMS) if len(family.salts) > 1}


@dataclass(frozen=True)
class Spacing:
    """A medicine that magnesium keeps from being absorbed, and the gap a source gives."""

    medicine: str
    gap: str
    source: str
    read: str


# Where sources differ both gaps stand here, the larger first.
SPACINGS: tuple[Spacing, ...] = (
    Spacing(
        "bisphosphonates (such as alendronic acid, for bones)",
        "3 to 4 hours before or after magnesium",
        "emc-magnesium-2",
        READ,
    ),
    Spacing(
        "alendronic acid, by the NHS",
        "on an empty stomach with plain water, usually 30 minutes before breakfast",
        "nhs-alendronic-acid",
        READ,
    ),
    Spacing("levothyroxine (for the thyroid)", "at least 4 hours", "relis2014", READ),
    Spacing(
        "tetracyclines (such as doxycycline)",
        "2 hours before magnesium, or 4 to 6 hours after it",
        "nih-ods-magnesium",
        PARTLY,
    ),
    Spacing(
        "tetracyclines, by UK product information",
        "at least 2 to 3 hours before or after magnesium",
        "emc-magnesium",
        READ,
    ),
    Spacing(
        "quinolones (such as ciprofloxacin)",
        "2 hours before magnesium, or 4 to 6 hours after it",
        "nih-ods-magnesium",
        PARTLY,
    ),
    Spacing(
        "any other medicine (UK product information names gabapentin, phenytoin, rosuvastatin, "
        "mycophenolate, digoxin, fexofenadine, hydroxychloroquine and some medicines for viruses)",
        "2 to 4 hours before or after magnesium: ask a pharmacist",
        "emc-epsom-salts",
        READ,
    ),
)


@dataclass(frozen=True)
class Range:
    """A published range for serum magnesium: who says so, its limits, whose blood."""

    id: str
    name: str
    low: Concentration
    high: Concentration | None
    sources: tuple[str, ...]
    read: str


# How a source prints a concentration in other units than its own.
Prints = tuple[tuple[Unit, str], ...]
_NO_PRINTS: Prints = ()

ARTICLE_RANGE = Range(
    "article",
    "StatPearls, as the source article reports it",
    Concentration.of("1.7", Unit.MG_DL),
    Concentration.of("2.4", Unit.MG_DL),
    ("statpearls-hypermagnesaemia",),
    PARTLY,
)
UK_RANGE = Range(
    "uk",
    "UK laboratories",
    Concentration.of("0.70", Unit.MMOL_L),
    Concentration.of("1.00", Unit.MMOL_L),
    ("nhs-lothian", "nhs-bnssg", "nhs-ayrshire"),
    READ,
)
RANGES: tuple[Range, ...] = (
    UK_RANGE,
    ARTICLE_RANGE,
    Range(
        "iom",
        "Institute of Medicine (US)",
        Concentration.of("0.75", Unit.MMOL_L, (Unit.MG_DL, "1.8")),
        Concentration.of("0.95", Unit.MMOL_L, (Unit.MG_DL, "2.3")),
        ("iom1997",),
        READ,
    ),
    Range(
        "hypo",
        "StatPearls on low magnesium",
        Concentration.of("1.46", Unit.MG_DL),
        Concentration.of("2.68", Unit.MG_DL),
        ("statpearls-hypomagnesaemia",),
        READ,
    ),
    Range(
        "proposed",
        "Proposed by magnesium researchers",
        Concentration.of("0.85", Unit.MMOL_L),
        None,
        ("costello2016", "rosanoff2022"),
        READ,
    ),
)
# A result is compared with these two, where the reader gives no range. The wider of the
# two at each end decides the row: no result that either calls usual is called outside.
COMPARED_RANGES = RANGES[:2]
DEFAULT_LOW = min(published.low for published in COMPARED_RANGES)
DEFAULT_HIGH = max(published.high for published in COMPARED_RANGES if published.high)


@dataclass(frozen=True)
class Threshold:
    """A concentration at which something changes, and its source."""

    at: Concentration
    source: str
    read: str


def _threshold(
    value: str, unit: Unit, source: str, read: str = READ, also: Prints = _NO_PRINTS
) -> Threshold:
    return Threshold(Concentration.of(value, unit, *also), source, read)


_UPTODATE_FIRST: Prints = ((Unit.MMOL_L, "2"), (Unit.MEQ_L, "4"))
LOW_SEVERE = _threshold("0.4", Unit.MMOL_L, "nhs-bnssg")
LOW_MODERATE = _threshold("0.5", Unit.MMOL_L, "nhs-lothian")
GRADE_3_RAISED = _threshold("3.0", Unit.MG_DL, "ctcae5")
TOLERATED = _threshold("4", Unit.MG_DL, "statpearls-hypermagnesaemia", PARTLY)
FIRST_SYMPTOMS = _threshold("4.8", Unit.MG_DL, "uptodate2017", READ, _UPTODATE_FIRST)
MODERATE = _threshold("7", Unit.MG_DL, "statpearls-hypermagnesaemia", PARTLY)
SEVERE = _threshold("12", Unit.MG_DL, "statpearls-hypermagnesaemia", PARTLY)
COMA = _threshold("15", Unit.MG_DL, "statpearls-hypermagnesaemia", PARTLY)
IMPLAUSIBLE_BELOW = _threshold("0.2", Unit.MG_DL, OUR_OWN)
IMPLAUSIBLE_ABOVE = _threshold("30", Unit.MG_DL, OUR_OWN)
OWN_RANGE_LEAST = _threshold("1.22", Unit.MG_DL, OUR_OWN)
OWN_RANGE_MOST = _threshold("3.0", Unit.MG_DL, OUR_OWN)


@dataclass(frozen=True)
class SerumRow:
    """One row of the serum table, lowest first.

    ``ends`` is the threshold that ends the row, None where a limit of the range does
    (``ends_at`` ``low`` or ``high``) or nothing does; ``ends_inside`` says whether the end
    itself belongs to the row. ``care`` rises to ``later_care`` beyond ``rises``, from that
    point itself where ``rises_inside``. ``signs`` are the source's own, ``read`` as far as
    that says; ``more`` is what other sources say of them, with those sources.
    """

    id: str
    stage: str
    care: str
    ends: Threshold | None
    ends_at: str
    ends_inside: bool
    source: str
    read: str
    signs: str
    more: str = ""
    more_sources: tuple[str, ...] = ()
    rises: Threshold | None = None
    rises_inside: bool = False
    later_care: str = ""


_STATPEARLS = "statpearls-hypermagnesaemia"
# The rows, the care levels and which end belongs where: evidence/rules.md, Serum. The
# signs are what each row's source lists; the care levels are this project's own.
SERUM_ROWS: tuple[SerumRow, ...] = (
    SerumRow(
        "low-severe", "low", "emergency", LOW_SEVERE, "", False, "nhs-bnssg", READ,
        "cramps, shaking, twitching, fits, an irregular heartbeat, confusion",
    ),
    SerumRow(
        "low-moderate", "low", "same-day", LOW_MODERATE, "", False, "nhs-lothian", READ,
        "nothing specific; cramps, weakness or an irregular heartbeat may follow",
    ),
    SerumRow("low-mild", "low", "prompt", None, "low", False, "nhs-lothian", READ, "usually none"),
    SerumRow("in-range", "none", "none", None, "high", True, _STATPEARLS, PARTLY, "none expected"),
    SerumRow(
        "above-range", "mild", "prompt", TOLERATED, "", False, _STATPEARLS, PARTLY,
        "often none; sometimes nausea, dizziness, weakness or confusion",
        rises=GRADE_3_RAISED, rises_inside=False, later_care="same-day",
    ),
    SerumRow(
        "mild-upper", "mild", "same-day", MODERATE, "", False, _STATPEARLS, PARTLY,
        "nausea, dizziness, weakness, confusion",
        "UpToDate adds flushing, headache, drowsiness and weaker reflexes", ("uptodate2017",),
        FIRST_SYMPTOMS, True, "emergency",
    ),
    SerumRow(
        "moderate", "moderate", "emergency", SEVERE, "", True, _STATPEARLS, PARTLY,
        "headache, constipation, a lack of bladder control, worse confusion and weakness, "
        "weak reflexes, a slow heartbeat, blurred vision",
        "a medical textbook says that the bladder does not empty, which is the reverse",
        ("accessmedicine-hypermagnesaemia",),
    ),
    SerumRow(
        "severe", "severe", "emergency", COMA, "", True, _STATPEARLS, PARTLY,
        "muscles that cannot move, weak breathing, low blood pressure, a slow heartbeat, "
        "extreme tiredness",
    ),
    SerumRow(
        "over-15", "severe, over 15", "emergency", None, "", True, _STATPEARLS, PARTLY,
        "coma; the heart and breathing may stop",
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Onset:
    """Where a source puts the signs of raised or low magnesium; one end may be open."""

    name: str
    low: Concentration | None
    high: Concentration | None
    signs: str
    source: str
    read: str


ONSETS: tuple[Onset, ...] = (
    Onset(
        "StatPearls", Concentration.of("7", Unit.MG_DL), None,
        "symptoms become likely", _STATPEARLS, PARTLY,
    ),
    Onset(
        "UpToDate",
        Concentration.of("4", Unit.MEQ_L, (Unit.MG_DL, "4.8"), (Unit.MMOL_L, "2")),
        Concentration.of("6", Unit.MEQ_L, (Unit.MG_DL, "7.2"), (Unit.MMOL_L, "3")),
        "nausea, flushing, headache, drowsiness, weaker reflexes", "uptodate2017", READ,
    ),
    Onset(
        "Institute of Medicine",
        Concentration.of("2", Unit.MMOL_L), Concentration.of("3.5", Unit.MMOL_L),
        "more serious effects on nerves and heart", "iom1997", READ,
    ),
    Onset(
        "Medscape, first signs",
        Concentration.of("2", Unit.MEQ_L), Concentration.of("4", Unit.MEQ_L),
        "nausea, vomiting, flushing, weakness, feeling faint", "medscape-hypermagnesaemia", READ,
    ),
    Onset(
        "Medscape, later signs",
        Concentration.of("3.5", Unit.MEQ_L), Concentration.of("5", Unit.MEQ_L),
        "loss of reflexes, muscle weakness", "medscape-hypermagnesaemia", READ,
    ),
)  # fmt: skip

# Low results have their own disagreement: where severe signs begin.
LOW_ONSETS: tuple[Onset, ...] = (
    Onset(
        "Primary Care Notebook", None, Concentration.of("0.5", Unit.MMOL_L),
        "severe signs, such as fits and heart-rhythm problems", "primary-care-notebook", READ,
    ),
    Onset(
        "NHS Lothian", None, Concentration.of("0.5", Unit.MMOL_L),
        "mostly nothing specific; muscle or heart signs may follow", "nhs-lothian", READ,
    ),
    Onset(
        "NHS BNSSG", None, Concentration.of("0.4", Unit.MMOL_L),
        "symptoms usually show only from here down", "nhs-bnssg", READ,
    ),
)  # fmt: skip

# CTCAE v5.0, and v6.0 with the same grades for magnesium: the highest value of each raised grade, and the lowest of each low grade, in
# the unit of the report, because the source's two columns were rounded apart. There is no
# raised grade 2, and grade 5 (death) is never shown. mEq/L is halved to mmol/L.
CTCAE_NAME = "CTCAE v5.0 and v6.0"
CTCAE_SOURCES = ("ctcae5", "ctcae6")
CTCAE_RAISED: dict[Unit, tuple[tuple[str | None, int], ...]] = {
    Unit.MG_DL: (("3.0", 1), ("8.0", 3), (None, 4)),
    Unit.MMOL_L: (("1.23", 1), ("3.30", 3), (None, 4)),
}
CTCAE_LOW: dict[Unit, tuple[tuple[str | None, int], ...]] = {
    Unit.MG_DL: (("1.2", 1), ("0.9", 2), ("0.7", 3), (None, 4)),
    Unit.MMOL_L: (("0.5", 1), ("0.4", 2), ("0.3", 3), (None, 4)),
}

# Readings that are usual in another unit, or of another sample, by the note that says so:
# for each unit the first number, the last, and whether the last counts. Red cells hold
# more magnesium than serum; laboratories print it beside the same name.
RED_CELL_SOURCES = ("spectrum-rbc", "baystate-rbc")
Slip = dict[Unit, tuple[Fraction, Fraction, bool]]
SLIPS: dict[str, Slip] = {
    "maybe-red-cell": {
        Unit.MG_DL: (Fraction("4.0"), Fraction("7.0"), True),
        Unit.MMOL_L: (Fraction("1.65"), Fraction("2.65"), True),
        Unit.MEQ_L: (Fraction("3.3"), Fraction("5.3"), True),
    },
    "unit-maybe-mg-dl": {
        Unit.MMOL_L: (Fraction("1.3"), Fraction("2.7"), True),
        Unit.MEQ_L: (Fraction("2.0"), Fraction("2.7"), True),
    },
    "unit-maybe-mg-l": {Unit.MG_DL: (Fraction(14), Fraction(30), True)},
    "unit-maybe-mmol-l": {Unit.MG_DL: (Fraction("0.6"), Fraction("1.2"), False)},
}
# The unit in which the number of each note about units is usual.
USUAL_UNIT = {
    "unit-maybe-mg-dl": "mg/dL",
    "unit-maybe-mg-l": "mg/L",
    "unit-maybe-mmol-l": "mmol/L",
}

# Numbers to call. NHS 111: https://www.nhs.uk/nhs-services/urgent-and-emergency-care-services/
EMERGENCY_PHONES = "999 (UK), 112 (EU) or 911 (US)"
URGENT_PHONE = "NHS 111"
POISON_HELP_PHONE = "1-800-222-1222"  # United States; hrsa-poison-help

# What a source is called in running text; references.bib holds the rest.
SOURCE_NAMES = {
    "accessmedicine-hypermagnesaemia": "AccessMedicine",
    "azoulay2001": "Azoulay 2001",
    "baystate-rbc": "Baystate Reference Laboratories",
    "bfr2017": "BfR 2017",
    "ciaaw-weights": "CIAAW atomic weights",
    "cofid2021": "the UK composition of foods table 2021",
    "coma1991": "UK Department of Health 1991",
    "costello2016": "Costello 2016",
    "ctcae5": "CTCAE v5.0 (2017)",
    "ctcae6": "CTCAE v6.0 (2025)",
    "dai2013": "Dai 2013",
    "efsa2015": "EFSA 2015",
    "emc-epsom-salts": "UK product summary for Epsom salts",
    "emc-magnesium": "UK product summary for Magnesium Kora",
    "emc-magnesium-2": "UK product summary for Neomag",
    "evm2003": "UK Expert Group on Vitamins and Minerals 2003",
    "fao-who2004": "FAO/WHO 2004",
    "fiorentini2021": "Fiorentini 2021",
    "firoz2001": "Firoz 2001",
    "hrsa-poison-help": "US Poison Help",
    "iom1997": "Institute of Medicine 1997",
    "magnesium-hydroxide-label": "UK label of a magnesium hydroxide mixture",
    "medscape-hypermagnesaemia": "Medscape",
    "mhra2012-ppi": "MHRA 2012",
    "michael2022": "Michael 2022",
    "milk-of-magnesia-overdose": "UK product text of Milk of Magnesia, overdose",
    "milk-of-magnesia-smpc": "UK product summary for Milk of Magnesia",
    "nhmrc2006": "NHMRC 2006",
    "nhs-alendronic-acid": "NHS on alendronic acid",
    "nhs-ayrshire": "NHS Ayrshire & Arran 2025",
    "nhs-bnssg": "NHS BNSSG",
    "nhs-lothian": "NHS Lothian",
    "nhs-poisoning": "NHS on poisoning",
    "nhs-vitamins": "NHS on vitamins and minerals",
    "nih-ods-magnesium": "NIH Office of Dietary Supplements",
    "npis": "UK National Poisons Information Service",
    "primary-care-notebook": "Primary Care Notebook",
    "relis2014": "RELIS 2014",
    "rosanoff2022": "Rosanoff 2022",
    "rylander2014": "Rylander 2014",
    "scf2001": "EU Scientific Committee on Food 2001",
    "schwalfenberg2017": "Schwalfenberg 2017",
    "spectrum-rbc": "Spectrum Health laboratory",
    "statpearls-hypermagnesaemia": "StatPearls on raised magnesium, as the article reports it",
    "statpearls-hypomagnesaemia": "StatPearls on low magnesium",
    "uptodate2017": "UpToDate",
    "usda-sr-legacy": "USDA SR Legacy 2018",
    "usda-sr28": "USDA SR28 2016",
    "uwitonze2018": "Uwitonze 2018",
    "vkm2016": "VKM 2016",
    OUR_OWN: "our own rule",
}


def source_keys() -> frozenset[str]:
    """Every source key the calculator names; each must stand in references.bib."""
    return frozenset(SOURCE_NAMES)
