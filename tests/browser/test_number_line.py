"""The drawings in a real browser, 320px wide: nothing touches a label, at any value."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import TypedDict

import pytest
from playwright.sync_api import Browser

from calculator.layout.chart import bars, number_line
from calculator.result import Band, Mark, NumberLine
from calculator.rules.day import IntakeAnswers
from tests.calculator.test_chart import LIMITS
from tests.calculator.test_result import SAMPLES, intake, serum, taking
from tests.conftest import ROOT
from tests.scripts.test_pictures import fonts

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HUNDREDTHS = [f"{number / 100:.2f}" for number in range(10, 1501)]  # mg/dL
MORE = {
    "mg/dL": [str(number) for number in range(16, 31)],
    "mmol/L": [f"{number / 20:.2f}" for number in range(2, 250)],
    "mEq/L": [f"{number / 10:.1f}" for number in range(2, 250)],
}
OWN = [("0.70", "1.00"), ("0.6", "1.1")]  # mmol/L
MILLIGRAMS = ("0", "0.1", "9", "269.97", "270", "270.04", "400", "1234.5", "20000")

STYLES = ("tokens", "page", "forms", "results", "tables", "print", "pictures")


class Faults(TypedDict):
    """What is wrong in a page of drawings, and how many were looked at."""

    seen: int
    texts: int
    size: float
    width: int
    faults: list[str]


def _serum_lines() -> Iterator[tuple[str, NumberLine]]:
    values = [("mg/dL", value) for value in HUNDREDTHS]
    values += [(unit, value) for unit, more in MORE.items() for value in more]
    results = {f"{value}{unit}": serum(value, unit) for unit, value in values}
    for low, high in OWN:
        for value in ("0.1", "0.85", "1.98", "12"):
            results[f"{value} of {low} to {high}"] = serum(value, "mmol/L", low, high)
    for name, result in results.items():
        if result.line:
            yield name, result.line


def _anywhere() -> Iterator[tuple[str, NumberLine]]:
    """Lines whose marks stand on each other, at both ends and everywhere between."""
    for at in map(Fraction, range(101)):
        bands = (
            Band(Fraction(0), at, "Below", "outside"),
            Band(at, at, "Inside", "within"),
            Band(at, Fraction(100), "Above", "outside"),
        )
        labels = {"reading": "12.25mmol/L", "limit": "0.987mmol/L", "worry": "First symptoms here"}
        marks = tuple(Mark(at, label, kind) for kind, label in labels.items())
        yield f"all at {at}", NumberLine("", "", Fraction(100), bands, (*marks, marks[1]))


def _intake_lines() -> Iterator[tuple[str, NumberLine]]:
    woman = IntakeAnswers("60", "female", food="0")
    for food in MILLIGRAMS[:-1]:
        for taken in MILLIGRAMS:
            line = intake(replace(woman, food=food, supplements=taking(f"elemental:{taken}"))).line
            assert line is not None
            first, last = line.bands
            yield f"{food} and {taken}", line
            plain = (first, replace(last, kind="plain"))
            yield f"{food} and {taken}, a limit passed", replace(line, bands=plain)


def apart(line: NumberLine) -> NumberLine:
    """The same line where each limit has its own label and the range has its word alone."""
    below, inside, above = (replace(band, label="") for band in line.bands)
    marks = (replace(mark, label=mark.label or "0.987mmol/L") for mark in line.marks)
    return replace(line, bands=(below, inside, above), marks=tuple(marks))


def drawings() -> str:
    """Every drawing, each in a figure that says what it is of."""
    lines = dict(_serum_lines())
    lines |= {f"{name}, its limits apart": apart(lines[name]) for name in [*lines][::20]}
    lines |= dict(_intake_lines()) | dict(_anywhere())
    figures = [(name, number_line(line)) for name, line in lines.items()]
    charts = {name: result.bars for name, result in SAMPLES.items() if result.bars}
    charts |= {f"{mg} taken": replace(LIMITS, line=Fraction(mg)) for mg in MILLIGRAMS}
    widest = {"line_label": "This day, 20,000mg"}  # as many letters as a line has room for
    charts |= {f"{mg}, widest": replace(LIMITS, line=Fraction(mg), **widest) for mg in MILLIGRAMS}
    folded = [(f"bars of {name}", bars(chart)) for name, chart in charts.items()]
    return _figures(figures) + f'<details open="open">{_figures(folded)}</details>'


def _figures(drawn: list[tuple[str, str]]) -> str:
    return "".join(f'<figure title="{name}">{drawing}</figure>' for name, drawing in drawn)


# Of each figure: its words against each other, its shapes and the figure's own edges, and
# the second mark's triangle against its tick. A box is left, top, right, foot.
LOOK = """
() => {
  const faults = [];
  let texts = 0;
  const box = (e) => {
    const { left, top, right, bottom } = e.getBoundingClientRect();
    const half = e.localName === "line" ? parseFloat(getComputedStyle(e).strokeWidth) / 2 : 0;
    return { e, left: left - half, top, right: right + half, bottom };
  };
  const meet = (a, b) =>
    a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  const middle = (b) => (b.left + b.right) / 2;
  const figures = [...document.querySelectorAll("figure")];
  for (const figure of figures) {
    const tell = (what) => faults.push(`${figure.title}: ${what}`);
    const { left, right } = box(figure.closest("details") ?? figure);
    const outer = { ...box(figure), left, right };
    const out = ({ left, top, right, bottom }) =>  // by more than what a browser rounds
      Math.max(outer.left - left, right - outer.right, outer.top - top, bottom - outer.bottom) > 1;
    const words = [...figure.querySelectorAll("text, .bar-name")].map(box);
    const shapes = [...figure.querySelectorAll("rect, line, path")].map(box);
    texts += words.length;
    words.forEach((word, at) => {
      const name = word.e.textContent;
      for (const other of [...words.slice(at + 1), ...shapes])
        if (meet(word, other))
          tell(`"${name}" touches ${other.e.textContent || other.e.getAttribute("class")}`);
    });
    for (const one of [...words, ...shapes].filter(out))
      tell(`"${one.e.textContent || one.e.getAttribute("class")}" is outside`);
    const [tick, second] = [".mark-worry", ".mark-second"].map((s) => figure.querySelector(s));
    if (second) {
      const [over, under] = [box(tick), box(second)];
      if (Math.abs(middle(over) - middle(under)) > 0.1) tell("the triangle is not under its tick");
      if (under.top < over.bottom) tell("the triangle is over its tick's foot");
    }
  }
  return {
    seen: figures.length,
    texts,
    size: parseFloat(getComputedStyle(document.querySelector("text")).fontSize),
    width: document.documentElement.scrollWidth,
    faults,
  };
}
"""


@pytest.fixture(scope="module")
def looks(browser: Browser) -> dict[int, Faults]:
    """All drawings 320px wide, in their places on the site, at two sizes of text in percent."""
    page = browser.new_page(viewport={"width": 320, "height": 640})
    assets = ROOT / "docs" / "assets" / "css"
    styles = "".join((assets / f"{name}.css").read_text("utf-8") for name in STYLES)
    # The theme's size of text, its margins on a narrow screen and those of a folded part.
    page.set_content(
        f"<!doctype html><style>{fonts()} {styles} html{{font-size:125%}}"
        'body{margin:0;font-family:"Tried"}.md-typeset{margin:0 .8rem}'
        "details{padding:0 .6rem}</style>"
        '<body data-md-color-scheme="default"><div class="md-typeset"><form class="check">'
        f'<section class="result">{drawings()}</section></form></div>'
    )
    page.evaluate("document.fonts.ready")
    found: dict[int, Faults] = {}
    for percent in (100, 200):
        page.evaluate(f"document.documentElement.style.fontSize = '{percent * 5 / 4}%'")
        found[percent] = page.evaluate(LOOK)
    page.close()
    return found


@pytest.mark.slow
@pytest.mark.parametrize("percent", [100, 200])
def test_no_label_touches_anything_at_any_value(looks: dict[int, Faults], percent: int) -> None:
    """Every hundredth from 0.1 to 15mg/dL, other units, own ranges, days of 0 to 20,000mg."""
    found = looks[percent]
    assert found["faults"] == []
    assert found["seen"] > len(HUNDREDTHS)
    assert found["texts"] > 4 * found["seen"]


def test_the_words_grow_with_the_readers_text_and_nothing_scrolls_sideways(
    looks: dict[int, Faults],
) -> None:
    """At least 12px, twice that where text is twice its size, and 320px wide either way."""
    usual, twice = looks[100], looks[200]
    assert usual["size"] >= 12
    assert twice["size"] == 2 * usual["size"]
    assert usual["width"] == twice["width"] == 320
