"""The foods as a page shows them: one table to search, to narrow and to sort."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as etree

from calculator.quantities import Mass
from calculator.tables import foods
from calculator.tables.sources import OUR_OWN
from calculator.words.figures import mg
from scripts.blocks.value import Value
from scripts.pages.element import cell
from scripts.pages.filter import filterable

Element = etree.Element

HEAD = ("Food", "Category", "Serving", "Magnesium", "Calcium", "Magnesium per 100g")
# The caption cites this one for the whole table; a food from elsewhere cites its own.
MAIN_SOURCE = "usda-sr28"
DIGITS = 3  # decimals of a source's own figure, which is shown as printed


def table() -> list[Element]:
    """Every food of the calculator with the magnesium and calcium of one serving."""
    place = etree.Element("table", {"class": "stacked foods", "data-table": "foods"})
    caption = etree.SubElement(place, "caption")
    caption.text = f"Magnesium and calcium of a serving [@{MAIN_SOURCE}]"
    head = etree.SubElement(etree.SubElement(place, "thead"), "tr")
    for words in HEAD:
        etree.SubElement(head, "th", scope="col").text = words
    etree.SubElement(place, "tbody").extend(row(food) for food in foods.FOODS)
    categories = dict.fromkeys(food.category for food in foods.FOODS)
    sorts = {"Food": "text", **dict.fromkeys(HEAD[3:], "number")}
    return filterable(place, "foods", {"category": categories}, sorts)


def row(food: foods.Food) -> Element:
    """One food; an unusual source or serving is told in its own row."""
    line = etree.Element("tr", {"data-category": food.category})
    name = etree.SubElement(line, "th", {"scope": "row", "data-value": food.name})
    name.text = food.name + ("" if food.source == MAIN_SOURCE else f" [@{food.source}]")
    cell(line, "Category", food.category.capitalize())
    serving = cell(line, "Serving", f"{food.serving}, {food.weight}")
    if food.basis != foods.HOUSEHOLD:
        etree.SubElement(serving, "span", {"class": "note"}).text = f"({food.basis})"
    served = (food.magnesium(), food.calcium())
    for column, amount in zip(HEAD[3:-1], served, strict=True):
        cell(line, column, mg(amount)).set("data-value", str(float(amount.mg)))
    printed = Mass.of(food.magnesium_per_100g)
    cell(line, HEAD[-1], mg(printed, DIGITS)).set("data-value", str(float(printed.mg)))
    return line


def values() -> Iterator[Value]:
    """What 100g of each food hold, and the weight of its serving."""
    for number, food in enumerate(foods.FOODS):
        weighed = food.source if food.basis == foods.HOUSEHOLD else OUR_OWN
        for text, source in (
            (f"{mg(Mass.of(food.magnesium_per_100g), DIGITS)} of magnesium in 100g", food.source),
            (f"{mg(Mass.of(food.calcium_per_100g), DIGITS)} of calcium in 100g", food.source),
            (f"{food.weight} a serving", weighed),
        ):
            yield Value.at("FOODS", number, food.name, text, (source,))
