"""A serum figure as pages and claims write it, `{4.8 mg/dL}`, in both usual units."""

from __future__ import annotations

import re

from calculator.quantities import Concentration, Unit
from calculator.words.figures import both_units, in_unit

# Between number and unit: nothing, or a space of any width.
PATTERN = rf"\{{([0-9]+(?:\.[0-9]+)?)[^\S\n]?({'|'.join(re.escape(unit) for unit in Unit)})\}}"


def in_words(match: re.Match[str]) -> str:
    """Return a matched figure as "4.8mg/dL (1.975mmol/L)"; one in mEq/L in all three units."""
    value = Concentration.of(match[1], Unit(match[2]))
    text = both_units(value)
    if value.unit is Unit.MEQ_L:
        text = f"{text[:-1]}, {in_unit(value, Unit.MMOL_L)})"
    return text


def plain(text: str) -> str:
    """Return a text with every such figure worked out."""
    return re.sub(PATTERN, in_words, text)
