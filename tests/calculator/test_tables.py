"""Whole tables of published numbers: nothing in one can change alone."""

import csv
import difflib
import re
from collections.abc import Callable

import pytest

from calculator.quantities import Concentration, Unit, display, plain
from calculator.tables import amounts, blood, foods, salts
from scripts.data import rows
from tests import pin

PINNED = pin.fixture_texts()
MEANT = "If the change is meant: python -m tests.pin, then read what Git shows."
WHY = "A difference from the evidence is a line of corrections.csv, with why:"


@pytest.mark.parametrize("name", PINNED)
def test_a_table_is_its_fixture_to_the_last_digit(name: str) -> None:
    """Every field of every row: number, unit, ages, source key, read mark, words."""
    file = pin.TABLES / name
    held = file.read_text("utf-8") if file.is_file() else ""
    difference = difflib.unified_diff(
        held.splitlines(), PINNED[name].splitlines(), f"fixtures/tables/{name}", "the calculator"
    )
    assert held == PINNED[name], "\n".join([MEANT, *difference])


def test_no_fixture_is_left_of_a_table_that_went() -> None:
    """A table that goes is noticed too."""
    assert {file.name for file in pin.TABLES.iterdir()} == set(PINNED), MEANT


# ------------------------------------------------- the evidence that the tables were made from

EVIDENCE = pin.TABLES.parent / "evidence"
Cells = dict[str, dict[str, str]]  # the columns of each row, by the row's key

KEYS = {
    "foods": ("food_id",),
    "reference_intakes": ("standard", "sex", "life_stage", "age_min_months_inclusive"),
    "upper_levels": ("standard", "age_min_months_inclusive"),
    "salts": ("salt_key",),
    "serum_rows": ("row",),
}
AGES = ("age_min_months_inclusive", "age_max_months_exclusive")
JOINED = ("reference_intakes", "upper_levels")  # the tables that have more authorities since
NOTHING_IS_NONE = {"age_max_months_exclusive", "mg_per_day"}
OTHERS = {"Germany (BfR)": "DE_BfR", "Norway (VKM)": "NO_VKM"}


def read(name: str) -> rows.Rows:
    """The rows of an evidence table."""
    with (EVIDENCE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_since(name: str) -> rows.Rows:
    """The rows of an authority that joined since, with where each number was read."""
    return read(f"{name}-added") if (EVIDENCE / f"{name}-added.csv").is_file() else []


TERMS = {(row["column"], row["evidence"]): row["calculator"] for row in read("terms")}
CORRECTIONS = read("corrections")
# The first month of an age band, by its words.
BANDS = {
    amounts.ages(int(first), int(last) if last else None): first
    for first, last in ((row[AGES[0]], row[AGES[1]]) for row in read("upper_levels"))
}


def evidence(name: str) -> Cells:
    """A table of evidence in the calculator's terms, with what was corrected since."""
    cells: Cells = {}
    for row in read(name) + (read_since(name) if name in JOINED else []):
        key = " ".join(row[column] for column in KEYS[name])
        cells[key] = {column: TERMS.get((column, text), text) for column, text in row.items()}
        for column in NOTHING_IS_NONE & row.keys():
            cells[key][column] = row[column] or rows.NOTHING
    for change in CORRECTIONS:
        if change["table"] == name:
            correct(cells, change)
    return cells


def correct(cells: Cells, change: dict[str, str]) -> None:
    """Carry out one correction, which must say what stood there."""
    row, column, was = change["row"], change["column"], change["was"]
    if column == ROW:
        assert (row in cells) == (was == "there"), change
        if was == "there":
            del cells[row]
        else:
            cells[row] = {}
    else:
        assert cells[row].get(column, "") == was, change
        cells[row][column] = change["is"]


def intakes() -> Cells:
    """Each authority's amounts."""
    return {
        f"{row.authority} {row.sex} {row.stage} {row.from_months}": {
            "age_max_months_exclusive": rows.words(row.to_months),
            "value_type": row.kind,
            "mg_per_day": row.published,
            "verification": row.read,
            "source": row.source,
        }
        for row in amounts.INTAKE_ROWS
    }


def limits() -> Cells:
    """Each authority's limits, and those of two more countries."""
    cells = {
        f"{row.authority} {row.from_months}": {
            "age_max_months_exclusive": rows.words(row.to_months),
            "mg_per_day": rows.words(row.published),
            "verification": row.read,
            "source": row.source,
        }
        for row in amounts.LIMIT_ROWS
    }
    for row in amounts.OTHER_LIMITS:
        who, ages, published, source, *_ = rows.columns(row).values()
        cells[f"{OTHERS[who]} {BANDS[ages]}"] = {"mg_per_day": published, "source": source}
    return cells


def compounds() -> Cells:
    """Each compound, and the share of it that is magnesium."""
    return {
        salt.key: {
            "name": salt.name,
            "formula": salt.formula,
            "element_count": salt.atoms.replace(" ", ""),
            "molar_mass_g_mol": display(salt.molar_mass, 3),
            "elemental_pct": display(salt.fraction * 100, 2),
            "class": salt.kind,
            "bioavailability_class": salt.absorbed,
            "bioavailability_source": rows.words(salt.absorbed_source),
        }
        for salt in salts.SALTS
    }


def the_foods() -> Cells:
    """Each food, and what one serving holds."""
    return {
        food.id: {
            "name": food.name,
            "category": food.category,
            "ndb_no": food.ndb,
            "mg_mg_per_100g": food.magnesium_per_100g,
            "ca_mg_per_100g": food.calcium_per_100g,
            "serving_desc": food.serving,
            "serving_g": food.serving_g,
            "serving_basis": food.basis,
            "mg_mg_per_serving": display(food.magnesium().mg, 1),
            "ca_mg_per_serving": display(food.calcium().mg, 1),
            "source": food.source,
        }
        for food in foods.FOODS
    }


def serum_rows() -> Cells:
    """Each row's rule, stage and care, in the words of the rules."""
    cells, begins = {}, ""
    for row in blood.SERUM_ROWS:
        end, sign = _end(row), "≤" if row.ends_inside else "<"
        rule = f"{begins} x {sign} {end}".strip() if end else _only_over(begins)
        at = row.ends.at if row.ends else None
        exact = at is not None and at.unit is Unit.MMOL_L and row.stage == "low"
        cells[row.id] = {
            "rule": rule + (f" ({at.printed}mmol/L exactly)" if exact and at else ""),
            "stage": row.stage,
            "care": _care(row),
        }
        begins = f"{end} {'<' if row.ends_inside else '≤'}"
    return cells


def _end(row: blood.SerumRow) -> str:
    if row.ends is None:
        return {"low": "lower limit", "high": "upper limit", "": ""}[row.ends_at]
    return plain(row.ends.at.in_unit(Unit.MG_DL), 5)


def _only_over(begins: str) -> str:
    return f"x > {begins.removesuffix(' <')}"


def _care(row: blood.SerumRow) -> str:
    if row.rises is None:
        return row.care
    word = "from" if row.rises_inside else "above"
    return f"{row.care}; {row.later_care} {word} {row.rises.at.printed}"


ROW = "(row)"  # the column of a correction that adds a whole row, or leaves one out
OURS: dict[str, Callable[[], Cells]] = {
    "reference_intakes": intakes,
    "upper_levels": limits,
    "salts": compounds,
    "foods": the_foods,
    "serum_rows": serum_rows,
}
GROWING = {"foods"}  # a new food has its own source, and no evidence but its fixture


@pytest.mark.parametrize("name", OURS)
def test_a_table_is_the_evidence_with_its_corrections(name: str) -> None:
    """Every cell of ours is a cell of it; a difference is a line of corrections.csv, with why."""
    theirs, ours = evidence(name), OURS[name]()
    wanted = [
        f"{name},{key},{ROW},{'there' if key in theirs else 'not there'},"
        for key in dict.fromkeys([*theirs, *ours])
        if (key in theirs) != (key in ours) and (key in theirs or name not in GROWING)
    ]
    wanted += [
        f"{name},{key},{column},{theirs[key].get(column, '')},{text}"
        for key, row in ours.items()
        if key in theirs
        for column, text in row.items()
        if theirs[key].get(column, "") != text
    ]
    assert not wanted, "\n".join([WHY, *wanted])


def numbers(text: str) -> list[str]:
    """The numbers that are written in a text."""
    return re.findall(r"[0-9]+(?:\.[0-9]+)?", text)


# Where the serum stages of the evidence stand in the calculator: scheme, stage and column, then
# what it calls the thing and the unit of that column.
RANGES = (
    ("article", "reference range", "rule_mg_dl", "article", Unit.MG_DL),
    ("uk_nhs", "reference range", "rule_mmol_l_native", "uk", Unit.MMOL_L),
    ("alt_ranges", "reference range IOM 1997", "rule_mmol_l_native", "iom", Unit.MMOL_L),
    ("statpearls_hypo", "low", "notes", "hypo", Unit.MG_DL),
    (
        "alt_ranges", "proposed evidence-based lower limit", "rule_mmol_l_native", "proposed",
        Unit.MMOL_L,
    ),
)  # fmt: skip
ONSETS = (
    ("article", "moderate", "lower_mg_dl", "StatPearls", Unit.MG_DL),
    ("alt_symptom_onset", "4-6 mEq/L", "stage", "UpToDate", Unit.MEQ_L),
    (
        "alt_symptom_onset", "IOM statement", "rule_mmol_l_native", "Institute of Medicine",
        Unit.MMOL_L,
    ),
    ("alt_symptom_onset", "2-4 mEq/L", "stage", "Medscape, first signs", Unit.MEQ_L),
    ("alt_symptom_onset", "3.5-5 mEq/L", "stage", "Medscape, later signs", Unit.MEQ_L),
)  # fmt: skip
STAGES = {(row["scheme"], row["stage"]): row for row in read("serum_stages")}


def printed(*ends: Concentration | None) -> list[tuple[str, Unit]]:
    """The numbers and units of the limits that there are."""
    return [(end.printed, end.unit) for end in ends if end]


@pytest.mark.parametrize(("scheme", "stage", "column", "name", "unit"), RANGES)
def test_a_range_has_the_limits_of_the_evidence(
    scheme: str, stage: str, column: str, name: str, unit: Unit
) -> None:
    """Both limits, to the last digit, in the unit of the source."""
    (held,) = (row for row in blood.RANGES if row.id == name)
    wanted = numbers(STAGES[scheme, stage][column])[:2]
    assert printed(held.low, held.high) == [(number, unit) for number in wanted]


@pytest.mark.parametrize(("scheme", "stage", "column", "name", "unit"), ONSETS)
def test_first_signs_begin_where_the_evidence_has_them(
    scheme: str, stage: str, column: str, name: str, unit: Unit
) -> None:
    """Each source's figures, in its own unit."""
    (held,) = (row for row in blood.ONSETS if row.name == name)
    wanted = numbers(STAGES[scheme, stage][column])
    assert printed(held.low, held.high) == [(number, unit) for number in wanted]


def test_the_trials_grades_are_those_of_the_evidence() -> None:
    """Each bound of each grade in both columns; there is no raised grade 2."""
    for unit, raised in blood.CTCAE_RAISED.items():
        assert [(grade, bound) for bound, grade in raised] == [
            (grade, _bound(f"hyper grade {grade}", unit, "upper")) for grade in (1, 3, 4)
        ]
    for unit, low in blood.CTCAE_LOW.items():
        assert [(grade, bound) for bound, grade in low] == [
            (grade, _bound(f"hypo grade {grade}", unit, "lower")) for grade in (1, 2, 3, 4)
        ]


def _bound(stage: str, unit: Unit, end: str) -> str | None:
    """The bound that ends a grade: the later number of a rule in mmol/L."""
    row = STAGES["ctcae_v5", stage]
    if stage.endswith("4"):
        return None
    return row[f"{end}_mg_dl"] if unit is Unit.MG_DL else numbers(row["rule_mmol_l_native"])[-1]


@pytest.mark.parametrize(
    "row",
    [row for row in read("serum_conversions") if row["row_type"] != "factor"],
    ids=lambda row: row["factor_or_value"] + row["from_unit"],
)
def test_a_concentration_is_as_much_in_every_unit(row: dict[str, str]) -> None:
    """Each threshold of the evidence, converted as the evidence converts it."""
    held = Concentration.of(row["factor_or_value"], Unit(row["from_unit"]))
    for unit, column in ((Unit.MG_DL, "mg_dl"), (Unit.MMOL_L, "mmol_l"), (Unit.MEQ_L, "meq_l")):
        assert display(held.in_unit(unit), 4) == row[column]


def test_a_unit_is_converted_by_the_factor_of_the_evidence() -> None:
    """The six factors, as far as the evidence writes them out."""
    for row in read("serum_conversions"):
        if row["row_type"] == "factor":
            one = Concentration.of("1", Unit(row["from_unit"])).in_unit(Unit(row["to_unit"]))
            assert plain(one, 8) == row["factor_or_value"]


@pytest.mark.parametrize("row", read("interactions"), ids=lambda row: row["id"])
def test_a_medicine_that_magnesium_weakens_has_a_gap(row: dict[str, str]) -> None:
    """Every such medicine of the evidence is in the table of gaps."""
    name = row["substance"].split()[0].casefold()
    assert any(name in rows.words(spacing).casefold() for spacing in salts.SPACINGS)


def test_every_term_and_correction_is_used_and_says_why() -> None:
    """No line of either is left over from a cell that went."""
    assert all(change["table"] in OURS and change["why"] for change in CORRECTIONS)
    cells = {cell for name in KEYS for row in read(name) for cell in row.items()}
    assert set(TERMS) <= cells
