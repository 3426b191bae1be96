"""A second calculation of both checks, written from the project's rules alone.

It shares no code with the calculator: its tables are the evidence, as it was found, and its sums
are done another way where there is another. It reads plain decimals, which is enough to be held
against the calculator: how answers may be typed has tests of its own.
"""

from __future__ import annotations

import csv
import re
from fractions import Fraction as F
from pathlib import Path

EVIDENCE = Path(__file__).parent.parent / "fixtures" / "evidence"
MG_PER_MMOL = F("24.305")
Record = dict[str, str]


def rows(name: str) -> list[dict[str, str]]:
    """A table of the evidence, and what was added to it since."""
    found = []
    for path in (EVIDENCE / f"{name}.csv", EVIDENCE / f"{name}-added.csv"):
        if path.exists():
            with path.open(encoding="utf-8", newline="") as file:
                found += list(csv.DictReader(file))
    return found


def rounded(value: F, places: int, *others: F) -> str:
    """Half up; with more decimals while it would look like another number that it is not."""
    for more in range(places, places + 60):
        shown = half_up(value, more)
        if all(other == value or half_up(other, more) != shown for other in others):
            return shown
    raise AssertionError("two numbers that cannot be told apart")


def half_up(value: F, places: int) -> str:
    """A number of 0 or more with so many decimals."""
    whole, rest = divmod(int(value * 10**places * 2 + 1) // 2, 10**places)
    return f"{whole}.{rest:0{places}}"


# ------------------------------------------------------------------------- blood

# Everything in mg/dL. The ends of the rows, and whether the end itself is in the row below it.
HALF, TWO_FIFTHS = F("0.5") * MG_PER_MMOL / 10, F("0.4") * MG_PER_MMOL / 10
ARTICLE, UK = (F("1.7"), F("2.4")), (F("0.70") * MG_PER_MMOL / 10, F("1.00") * MG_PER_MMOL / 10)
PER_MG_DL = {"mg/dL": F(1), "mmol/L": MG_PER_MMOL / 10, "mEq/L": MG_PER_MMOL / 20}
OTHER_UNITS = {"mg/L": ("mg/dL", F(1, 10)), "µmol/L": ("mmol/L", F(1, 1000))}
USUAL_ELSEWHERE = {
    "maybe-red-cell": {
        "mg/dL": ("4.0", "7.0"),
        "mmol/L": ("1.65", "2.65"),
        "mEq/L": ("3.3", "5.3"),
    },
    "unit-maybe-mg-dl": {"mmol/L": ("1.3", "2.7"), "mEq/L": ("2.0", "2.7")},
    "unit-maybe-mg-l": {"mg/dL": ("14", "30")},
}


def blood(value: str, unit: str, low: str = "", high: str = "") -> Record:
    """The record of a blood result."""
    if value[:1] in "<>":
        return {"status": "error:number"}
    number = F(value.removesuffix(" L").replace(",", "."))
    unit, share = OTHER_UNITS.get(unit, (unit, F(1)))
    printed = number * share
    x = printed * PER_MG_DL[unit]
    limits = (min(ARTICLE[0], UK[0]), max(ARTICLE[1], UK[1]))
    if low:
        limits = (F(low) * share * PER_MG_DL[unit], F(high) * share * PER_MG_DL[unit])
        if not F("1.22") <= limits[0] < limits[1] <= 3:
            return {"status": "error:range"}
    status = "implausible-low" if x < F("0.2") else "implausible-high" if x > 30 else "ok"
    figures = {"mg_dl": ("mg/dL", 2), "mmol_l": ("mmol/L", 3), "meq_l": ("mEq/L", 3)}
    position = side(x, limits) if status == "ok" else ""
    ends = (TWO_FIFTHS, HALF, *limits, F(4), F(7), F(12), F(15))
    apart = ends if position in ("below", "above") else ()
    record = {
        key: rounded(x / PER_MG_DL[each], places, *(end / PER_MG_DL[each] for end in apart))
        for key, (each, places) in figures.items()
    }
    record |= {"status": status, "position": position, "row": "", "ctcae": "", "notes": ""}
    if status != "ok":
        return record | {"care": "emergency-if-true"}
    record["row"], record["care"] = row_and_care(x, limits)
    record["ctcae"] = grade(printed, unit, position)
    return record | {"notes": " ".join(sorted(blood_notes(printed, unit, x, bool(low))))}


def side(x: F, limits: tuple[F, F]) -> str:
    """Where a reading lies by a range, whose limits belong to it."""
    return "below" if x < limits[0] else "above" if x > limits[1] else "within"


def row_and_care(x: F, limits: tuple[F, F]) -> tuple[str, str]:
    """The table of rules.md, read from the top down."""
    if x > 15:
        return "over-15", "emergency"
    if x > 12:
        return "severe", "emergency"
    if x >= 7:
        return "moderate", "emergency"
    if x >= 4:
        return "mild-upper", "emergency" if x >= F("4.8") else "same-day"
    if x > limits[1]:
        return "above-range", "same-day" if x > 3 else "prompt"
    if x >= limits[0]:
        return "in-range", "none"
    if x >= HALF:
        return "low-mild", "prompt"
    return ("low-moderate", "same-day") if x >= TWO_FIFTHS else ("low-severe", "emergency")


def grade(printed: F, unit: str, position: str) -> str:
    """The trials' grade, in the unit of the report; mEq/L halved to mmol/L."""
    high, low = (("3.0", "8.0"), ("1.2", "0.9", "0.7"))
    if unit != "mg/dL":
        high, low = (("1.23", "3.30"), ("0.5", "0.4", "0.3"))
        printed = printed / 2 if unit == "mEq/L" else printed
    if position == "above":
        return f"hyper {(1, 3, 4)[sum(printed > F(cut) for cut in high)]}"
    return f"hypo {1 + sum(printed < F(cut) for cut in low)}" if position == "below" else "0"


def blood_notes(printed: F, unit: str, x: F, own: bool) -> list[str]:
    """Which notes a result has."""
    held = []
    for note, bands in USUAL_ELSEWHERE.items():
        if unit in bands and F(bands[unit][0]) <= printed <= F(bands[unit][1]):
            held.append(note)
    if unit == "mg/dL" and F("0.6") <= printed < F("1.2"):
        held.append("unit-maybe-mmol-l")
    if own:
        held.append("own-range")
    elif side(x, ARTICLE) != side(x, UK):
        held.append("ranges-disagree")
    return held


# ------------------------------------------------------------------------- a day

AUTHORITIES = ("UK", "EU", "US_CA", "WHO_FAO", "AU_NZ", "NORDIC", "D_A_CH")
AMOUNTS, LIMITS = rows("reference_intakes"), rows("upper_levels")
# The Nordic countries take over the EU's limit, and FAO/WHO's figures are not for supplements.
WITH_LIMITS = ("UK", "EU", "US_CA", "AU_NZ")
WEIGHTS = {
    "Mg": "24.305", "O": "15.999", "H": "1.008", "C": "12.011", "Cl": "35.45", "S": "32.06",
    "N": "14.007", "P": "30.974", "K": "39.098", "Si": "28.085", "Na": "22.990",
}  # fmt: skip
SALTS = {row["salt_key"]: row["element_count"] for row in rows("salts")}


def share_of_magnesium(salt: str) -> F:
    """By weight, from the atoms of the compound."""
    if salt == "elemental":
        return F(1)
    atoms = {name: int(many or 1) for name, many in re.findall("([A-Z][a-z]?)(\\d*)", SALTS[salt])}
    weight = sum(many * F(WEIGHTS[name]) for name, many in atoms.items())
    return atoms["Mg"] * F(WEIGHTS["Mg"]) / weight


def covers(row: dict[str, str], months: int) -> bool:
    """Whether a row is for an age in months."""
    last = row["age_max_months_exclusive"]
    return int(row["age_min_months_inclusive"]) <= months and (not last or months < int(last))


def amount_for(authority: str, sex: str, months: int, stage: str) -> dict[str, str] | None:
    """The authority's own row for a person, if it has one."""
    found = [
        row
        for row in AMOUNTS
        if row["standard"] == authority and row["life_stage"] == stage and covers(row, months)
        if row["sex"] in ("any", sex)
    ]
    assert len(found) < 2, found
    return found[0] if found else None


def limit_for(authority: str, months: int) -> F | None:
    """The authority's figure in the column of limits."""
    found = [r for r in LIMITS if r["standard"] == authority and covers(r, months)]
    return F(found[0]["mg_per_day"]) if found and found[0]["mg_per_day"] else None


def decimal(text: str) -> F | None:
    """A number of milligrams, unless it could be thousands."""
    if re.fullmatch("[1-9][0-9]{0,2}[.,][0-9]{3}", text):
        return None
    return F(text.replace(",", "."))


def day(case: Record) -> Record:
    """The record of a day; ``case`` has the answers as the worked examples write them."""
    months, sex, stage = int(case["age_months"]), case["sex"], case["stage"] or "general"
    taken = F(0)
    for item in case["supplements"].split():
        salt, _, amount = item.partition(":")
        mg, _, times = amount.partition("x")
        weight = decimal(mg)
        if weight is None:
            return {"status": "error:number"}
        taken += weight * int(times) * share_of_magnesium(salt)
    if months < 12:
        given = half_up(taken, 1) if case["supplements"] else ""
        return {"status": "out-of-scope:infant", "supplement": given}
    food = decimal(case["food"])
    if food is None:
        return {"status": "error:number"}
    if food > 5000 or taken > 20_000:
        return {"status": "error:range"}
    if sex == "male" and stage != "general":
        return {"status": "error:stage"}
    return compared(case, months, food, taken)


def compared(case: Record, months: int, food: F, taken: F) -> Record:
    """The day beside every authority's numbers."""
    authority, sex, stage = case["authority"], case["sex"], case["stage"] or "general"
    total = food + taken
    amounts = [amount_for(one, sex, months, stage) for one in AUTHORITIES]
    known = [F(row["mg_per_day"]) for row in amounts if row]
    limits = [limit for one in AUTHORITIES if (limit := limit_for(one, months)) is not None]
    row, limit = amount_for(authority, sex, months, stage), limit_for(authority, months)
    passed = sorted(
        ((most, at, one) for at, one in enumerate(WITH_LIMITS)
         if (most := limit_for(one, months)) is not None and taken > most),
    )  # fmt: skip
    notes = day_notes(months, food, taken)
    sets = limit is not None and authority != "WHO_FAO"
    record = {
        "status": "ok" if row else "no-reference:stage-age",
        "reference": row["mg_per_day"] if row else "",
        "supplement": rounded(taken, 1, *limits),
        "total": rounded(total, 1, *known),
        "percent": "", "position": "", "limit": "" if limit is None else str(limit),
        "limit_position": "no-supplement" if not taken else "none-set",
        "exceeds": " ".join(one for _, _, one in passed),
        "care": care_of(notes, bool(passed)), "notes": " ".join(notes),
    }  # fmt: skip
    if row:
        amount = F(row["mg_per_day"])
        record["percent"] = rounded(total / amount * 100, 1, F(100))
        record["position"] = "below" if total < amount else "at-or-above"
    if taken and sets and limit is not None:
        record["limit_position"] = "within" if taken <= limit else "above"
    return record | calcium_part(case, total)


def day_notes(months: int, food: F, taken: F) -> list[str]:
    """Rule 8, in alphabetical order."""
    notes, child = [], months < 216
    least = min(most for one in WITH_LIMITS if (most := limit_for(one, months)) is not None)
    if child and taken > min(3 * least, F(400)):
        notes.append("child-far-over")
    if child and taken:
        notes.append("child-supplement")
    if food > 1500:
        notes.append("food-high-check-units")
    return notes + ["kidney"] * bool(taken) + ["toxic-dose"] * (taken >= 2500)


def care_of(notes: list[str], passed: bool) -> str:
    """Rule 9."""
    if {"toxic-dose", "child-far-over"} & set(notes):
        return "emergency"
    return "prompt" if passed or "child-supplement" in notes else "none"


def calcium_part(case: Record, total: F) -> Record:
    """Rule 5."""
    record = dict.fromkeys(("ratio", "ratio_position", "calcium_per_kg", "calcium_note"), "")
    if not case["calcium"]:
        return record
    calcium, middle = F(case["calcium"]), F("1.7")
    if not total:
        record["ratio_position"] = "undefined"
    else:
        ratio = calcium / total
        record["ratio"] = rounded(ratio, 2, middle)
        record["ratio_position"] = ("below", "at", "above")[(ratio >= middle) + (ratio > middle)]
    if case["weight"]:
        each = calcium / F(case["weight"])
        record["calcium_per_kg"] = rounded(each, 1, F(10))
        record["calcium_note"] = "over-10" if each > 10 else "not-over-10"
    return record
