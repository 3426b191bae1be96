"""Published ranges, rows, signs and grades of serum magnesium, each in its source's unit."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from calculator.quantities import Concentration, Unit
from calculator.tables.sources import OUR_OWN, PARTLY, READ


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
    "StatPearls, as Klarity's article reports it",
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
