"""The tables of amounts and limits on a page: what each cell says beside its number."""

import re

from scripts.blocks import numbers

QUOTED = " (read only where others quote it)"


def cells(table: numbers.Numbers) -> list[tuple[str, ...]]:
    """The rows of a table as they are read, without their citations."""
    return [
        tuple(re.sub(r"\[@[^]]*\]", "", cell).strip() for cell in row.cells) for row in table.rows
    ]


def test_adults_have_a_row_for_each_authority() -> None:
    """Women of 30 and 70, men of 30 and 70, and the limit; what was not read is marked."""
    rows = {authority: tuple(held) for authority, *held in cells(numbers.adults())}
    assert list(rows) == [
        "United Kingdom",
        "European Union",
        "Nordic countries",
        "Germany, Austria and Switzerland",
        "United States and Canada",
        "Australia and New Zealand",
        "World Health Organization and FAO",
    ]
    quoted = tuple(f"{mg}mg{QUOTED}" for mg in (300, 300, 350, 350))
    assert rows["Nordic countries"] == (*quoted, f"250mg, the EU's{QUOTED}")
    assert rows["Germany, Austria and Switzerland"] == (*quoted, f"None set{QUOTED}")
    assert rows["European Union"] == ("300mg", "300mg", "350mg", "350mg", "250mg")


def test_a_limit_says_whose_it_is_and_what_it_is_for() -> None:
    """One taken over names the other; one for food and water is none on supplements."""
    rows = cells(numbers.limits())
    assert ("European Union", "4 years and over", "250mg") in rows
    assert ("Nordic countries", "under 4 years", f"None set{QUOTED}") in rows
    assert ("Nordic countries", "4 years and over", f"250mg, the EU's{QUOTED}") in rows
    assert ("Germany, Austria and Switzerland", "all ages", f"None set{QUOTED}") in rows
    water = "None; 350mg is for soluble magnesium in food and drinking water"
    assert ("World Health Organization and FAO", "11 years and over", water) in rows


def test_an_amount_says_what_kind_it_is() -> None:
    """An estimate is not called an adequate intake, and neither is called enough."""
    kinds = {table.summary: {row[2] for row in cells(table)} for table in numbers.intakes()}
    assert kinds["Nordic countries"] == {"Adequate intake (AI)"}
    assert kinds["Germany, Austria and Switzerland"] == {"Estimated adequate intake (Schätzwert)"}
