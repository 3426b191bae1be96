"""What a program may call of the calculator, in the words of its own docstrings."""

from __future__ import annotations

import inspect
import re
from xml.etree import ElementTree as etree

from markdown.util import AtomicString

from calculator import __version__, browser, checks, quantities, record
from calculator.layout import text
from calculator.rules import answers, day, serum
from calculator.tables import foods
from scripts.blocks.downloads import links

Element = etree.Element

PARTS = (
    *(browser.run, checks.run_serum, checks.run_intake),
    *(serum.SerumAnswers, day.IntakeAnswers, day.EatenAnswer, day.SupplementAnswer),
    *(answers.Refusal, answers.Problem, record.to_json, text.result_to_text),
    *(foods.find_foods, quantities.Concentration),
)
WHEEL = f"calculator-{__version__}-py3-none-any.whl"  # scripts.publish.wheel makes it


def wheel() -> list[Element]:
    """Return the link to the calculator as a package for Python."""
    return links({WHEEL: f"The calculator, version {__version__}, as a wheel"})


def interface() -> list[Element]:
    """Return the parts of the calculator, each with its signature and its docstring."""
    place = etree.Element("dl", {"class": "interface"})
    for part in PARTS:
        term = etree.SubElement(etree.SubElement(place, "dt"), "code")
        # Annotations are kept as text, which Python shows in quotes.
        signature = re.sub(r"(: |-> )'([^']*)'", r"\1\2", str(inspect.signature(part)))
        term.text = AtomicString(f"{part.__module__}.{part.__name__}{signature}")
        for paragraph in (inspect.getdoc(part) or "").split("\n\n"):
            etree.SubElement(place, "dd").text = paragraph
    return [place]
