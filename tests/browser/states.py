"""Every state a reader can bring a check into, each as the address that brings it about.

The browser tests walk through them, and `python -m tests.browser.shots FOLDER` pictures them.
"""

from __future__ import annotations

from urllib.parse import urlencode

SERUM, INTAKE = "blood-test/", "how-much/"


def _serum(value: str, unit: str = "mg/dL", **more: str) -> str:
    return f"{SERUM}#{urlencode({'value': value, 'unit': unit, **more})}"


def _intake(*rows: tuple[str, str], **answers: str) -> str:
    person = {"age": "60", "sex": "female", "authority": "UK"}
    return f"{INTAKE}#{urlencode([*(person | answers).items(), *rows])}"


def _supplement(salt: str, mg: str, times: str = "1") -> tuple[tuple[str, str], ...]:
    fields = (("salt", salt), ("mg", mg), ("times", times))
    return tuple((f"supplement-{name}", value) for name, value in fields)


def _eaten(food: str, servings: str) -> tuple[tuple[str, str], ...]:
    return (("eat-food", food), ("eat-servings", servings))


RESULTS = {
    "low-severe": _serum("0.3", "mmol/L"),
    "low-moderate": _serum("0.45", "mmol/L"),
    "low-mild": _serum("0.6", "mmol/L"),
    "in-range": _serum("0.85", "mmol/L"),
    "in-range-meq": _serum("1.5", "mEq/L"),
    "above-range": _serum("2.6"),
    "above-range-same-day": _serum("3.5"),
    "mild-upper": _serum("4.5"),
    "mild-upper-emergency": _serum("5"),
    "moderate": _serum("7"),
    "severe": _serum("13"),
    "over-15": _serum("16"),
    "implausible-low": _serum("0.1"),
    "implausible-high": _serum("40"),
    "ranges-disagree": _serum("1.7"),
    "ranges-disagree-high": _serum("1.00", "mmol/L"),
    "comma-and-flag": _serum("0,66 L", "mmol/L"),
    "maybe-red-cell": _serum("5.2"),
    "maybe-red-cell-mmol-l": _serum("2.1", "mmol/L"),
    "unit-maybe-mg-l": _serum("20"),
    "in-mg-l": _serum("20 mg/L"),
    "unit-maybe-mmol-l": _serum("0.85"),
    "unit-maybe-mg-dl": _serum("2", "mmol/L"),
    "own-range": _serum("1.00", "mmol/L", low="0.70", high="1.00"),
    "intake-food": _intake(food="300"),
    "intake-below": _intake(food="200"),
    "intake-supplement": _intake(*_supplement("citrate_anhydrous", "500"), food="200"),
    "intake-over-some": _intake(*_supplement("elemental", "360"), food="200"),
    "intake-over-all": _intake(
        *_supplement("oxide", "500"), *_supplement("elemental", "200", "2"), food="200"
    ),
    "intake-toxic": _intake(*_supplement("elemental", "2500"), food="200"),
    "intake-child": _intake(*_supplement("elemental", "50"), age="47m", food="100"),
    "intake-child-us": _intake(
        *_supplement("elemental", "111"), age="8", sex="male", authority="US_CA", food="130"
    ),
    "intake-child-far-over": _intake(*_supplement("elemental", "2400"), age="3", food="100"),
    "intake-infant-far-over": _intake(*_supplement("elemental", "200"), age="6m"),
    "intake-infant": _intake(age="6m", food="50"),
    "intake-infant-supplement": _intake(*_supplement("oxide", "50"), age="6m", food="50"),
    "intake-no-reference": _intake(age="55", stage="pregnancy", authority="US_CA", food="300"),
    "intake-breastfeeding": _intake(age="30", stage="lactation", food="320"),
    "intake-food-high": _intake(food="1600"),
    "intake-calcium": _intake(food="300", calcium="900", weight="60"),
    "intake-foods": _intake(*_eaten("F008", "2"), *_eaten("F047", "0.5")),
    "intake-man": _intake(age="70", sex="male", authority="WHO_FAO", food="224"),
}

PROBLEMS = {
    "serum-empty": _serum("", ""),
    "serum-marks": _serum("1.7.1"),
    "serum-less-than": _serum("<0.2"),
    "serum-red-cells": _serum("5.2", low="4.2-6.8"),
    "serum-word": _serum("normal"),
    "serum-negative": _serum("-1"),
    "serum-other-unit": _serum("0.85 mg"),
    "serum-conflict": _serum("0.85 mmol/L", "mg/dL"),
    "serum-one-limit": _serum("2", low="1.7"),
    "serum-limits-turned": _serum("2", low="2.4", high="1.7"),
    "serum-limits-unlikely": _serum("2", low="0.1", high="9"),
    "intake-empty": _intake(age="", sex=""),
    "intake-age": _intake(age="sixty", food="200"),
    "intake-age-range": _intake(age="130", food="200"),
    "intake-food-range": _intake(food="6000"),
    "intake-food-unit": _intake(food="0.3g"),
    "intake-thousands": _intake(*_supplement("elemental", "2.500"), food="200"),
    "intake-both": _intake(*_eaten("F008", "1"), food="200"),
    "intake-unlisted": _intake(*_eaten("quorn", "1")),
    "intake-servings": _intake(*_eaten("F008", "lots")),
    "intake-no-salt": _intake(*_supplement("", "500"), food="200"),
    "intake-supplement-word": _intake(*_supplement("oxide", "some"), food="200"),
    "intake-supplement-sum": _intake(*_supplement("elemental", "25000"), food="200"),
    "intake-calcium-range": _intake(food="200", calcium="20000"),
    "intake-weight-range": _intake(food="200", calcium="700", weight="1"),
}
