"""The pages' pictures: every number is the tables', in the drawing and in the words beside it."""

import base64
import re
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from typing import TypedDict
from xml.etree import ElementTree

import markdown
import pytest
from playwright.sync_api import Browser, Page

from calculator.quantities import Mass
from calculator.tables import amounts
from calculator.tables.foods import FOODS, Food
from calculator.tables.sources import MEMORY, PARTLY, READ
from calculator.words.figures import mg, unread
from scripts.blocks import charts, drawing, extension, pictures
from scripts.pages.fault import FaultsError
from tests.conftest import ROOT

Element = ElementTree.Element
NAMES = sorted(pictures.PICTURES)

STYLES = ("tokens", "page", "forms", "results", "tables", "print", "pictures")


def drawn(name: str) -> Element:
    svg = pictures.figure(name).find("svg")
    assert svg is not None
    return svg


def words(element: Element) -> str:
    return "".join(element.itertext())


def of_class(svg: Element, name: str) -> list[Element]:
    return [shape for shape in svg.iter() if name in shape.get("class", "").split()]


def texts(svg: Element, name: str = "") -> list[str]:
    found = svg.iter("text") if not name else of_class(svg, name)
    return [words(text) for text in found if text.tag == "text"]


def numbers(said: str) -> set[str]:
    return set(re.findall(r"\d+(?:\.\d+)?", said))


def facts(name: str) -> str:
    """The words beside the drawing that are folded away, without their citations."""
    details = pictures.figure(name).find("div/details")
    assert details is not None
    return re.sub(r"\[@[^]]*\]", "", words(details))


# ------------------------------------------------------------------- every picture


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_is_well_formed_and_has_one_name(name: str) -> None:
    """An image whose title comes first and is what it is labelled by."""
    svg = ElementTree.fromstring(ElementTree.tostring(drawn(name)))
    title = svg[0]
    assert svg.get("role") == "img"
    assert title.tag == "title"
    assert svg.get("aria-labelledby") == title.get("id")
    assert len(words(title)) > 40
    assert len(list(svg.iter("title"))) == 1


@pytest.mark.parametrize("name", NAMES)
def test_the_words_hold_every_number_of_the_drawing(name: str) -> None:
    """Whoever cannot see the drawing misses no figure; a scale's own numbers aside."""
    scale = set(texts(drawn(name), "quiet"))
    shown = [said for said in texts(drawn(name)) if said not in scale]
    assert numbers(" ".join(shown)) <= numbers(facts(name))
    assert numbers(words(drawn(name)[0])) <= numbers(facts(name) + words(pictures.figure(name)[0]))


@pytest.mark.parametrize("name", NAMES)
def test_shapes_stay_inside_the_drawing(name: str) -> None:
    svg = drawn(name)
    left, top, width, height = map(int, svg.attrib["viewBox"].split())
    assert (left, top, width) == (0, 0, drawing.WIDTH)
    for shape in svg.iter("rect"):
        x, y, wide, high = (float(shape.attrib[key]) for key in ("x", "y", "width", "height"))
        assert 0 <= x < x + wide <= width, shape.attrib
        assert 0 <= y < y + high <= height, shape.attrib
    for text in svg.iter("text"):
        assert 0 <= float(text.attrib["x"]) <= width, words(text)
        assert 0 < float(text.attrib["y"]) <= height, words(text)


@pytest.mark.parametrize("name", NAMES)
def test_colours_come_from_the_style_sheet(name: str) -> None:
    """No colour, size or style on a shape: both palettes, print and forced colours reach it."""
    banned = {"fill", "stroke", "style", "color", "font-size", "opacity"}
    for shape in drawn(name).iter():
        assert banned.isdisjoint(shape.attrib)
    style = (ROOT / "docs" / "assets" / "css" / "pictures.css").read_text("utf-8")
    classes = {c for shape in drawn(name).iter() for c in shape.get("class", "").split()}
    assert [c for c in classes - {"figure"} if f".{c}" not in style] == []


@pytest.mark.parametrize("name", NAMES)
def test_sources_are_named_and_known(name: str) -> None:
    said = words(pictures.figure(name))
    keys = set(re.findall(r"@([\w-]+)", said))
    bibliography = (ROOT / "references.bib").read_text("utf-8")
    assert keys
    assert keys <= set(re.findall(r"^@\w+\{([^,]+),", bibliography, re.MULTILINE))


def test_a_block_puts_the_figure_on_a_page() -> None:
    """Markdown leaves the drawing's own words alone."""
    html = markdown.markdown("/// picture | loop\n///", extensions=["scripts.blocks.extension"])
    assert html.count("<svg") == html.count("</svg>") == 1
    assert 'viewBox="0 0' in html
    assert "<figcaption>" in html


def test_an_unknown_picture_stops_the_build() -> None:
    with pytest.raises(ValueError, match=r"there is no such one\. Known: amounts, body"):
        markdown.markdown("/// picture | skeleton\n///", extensions=["scripts.blocks.extension"])


def test_an_unknown_picture_is_told_with_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """File and line of each, as every fault is."""
    page = tmp_path / "page.md"
    page.write_text("# A page\n\n/// picture | skeleton\n///\n", encoding="utf-8")
    monkeypatch.setattr(extension, "DOCS", tmp_path)
    with pytest.raises(FaultsError, match=rf"^\n{re.escape(page.as_posix())}:3: /// picture"):
        markdown.markdown("/// picture | skeleton\n///", extensions=["scripts.blocks.extension"])


# --------------------------------------------------------------------- each its own


def test_amounts_are_the_tables_rows() -> None:
    """Women of 30 and 70, then men, of each authority in turn; a star where not read."""
    expected = []
    for authority in amounts.AUTHORITIES:
        for sex in ("female", "male"):
            for age in charts.ADULT_EXAMPLES:
                (row,) = (
                    row
                    for row in amounts.INTAKE_ROWS
                    if row.authority == authority.code and row.covers(age * 12, sex, "general")
                )
                expected.append(mg(row.amount) + ("*" if row.read != READ else ""))
    assert texts(drawn("amounts"), "figure") == expected
    assert texts(drawn("amounts"), "strong") == [a.name for a in amounts.AUTHORITIES]


@pytest.mark.parametrize("name", ["amounts", "foods"])
def test_bars_are_as_long_as_their_numbers(name: str) -> None:
    """From zero, all on one scale, to the tenth of a unit that is drawn."""
    svg = drawn(name)
    lengths = [float(bar.attrib["width"]) for bar in of_class(svg, "bar")]
    amounts = (
        [food.magnesium().mg for food in charts.shown_foods()]
        if name == "foods"
        else [Fraction(said.rstrip("*").removesuffix("mg")) for said in texts(svg, "figure")]
    )
    assert len(lengths) == len(amounts)
    scale = max(lengths) / float(max(amounts))
    for length, amount in zip(lengths, amounts, strict=True):
        assert length == pytest.approx(float(amount) * scale, abs=0.11)


def test_foods_follow_the_stated_rule() -> None:
    """The richest of each group and the 5 richest others, most first, each with its serving."""
    shown = charts.shown_foods()
    richest: dict[str, Food] = {}
    for food in FOODS:
        best = richest.get(food.category, food)
        richest[food.category] = max(best, food, key=lambda f: f.magnesium().mg)
    others = [food for food in shown if food not in richest.values()]
    left_out = [food for food in FOODS if food not in shown]
    assert set(richest.values()) <= set(shown)
    assert len(others) == charts.OTHERS
    assert min(f.magnesium().mg for f in others) >= max(f.magnesium().mg for f in left_out)
    assert list(shown) == sorted(shown, key=lambda f: -f.magnesium().mg)
    assert texts(drawn("foods"), "figure") == [mg(food.magnesium(), 0) for food in shown]
    said = " ".join(texts(drawn("foods")))
    for food in shown:
        assert food.name in said
        assert food.serving in said


def test_limits_are_the_tables_rows() -> None:
    """Each limit once, on one scale, with everybody whose it is or who has taken it over."""
    limiting = [body.code for body in amounts.AUTHORITIES if body.limits_supplements]
    rows = [amounts.limit_row(code, 30 * 12) for code in limiting]
    assert limiting == ["UK", "EU", "NORDIC", "US_CA", "AU_NZ"]
    most = sorted({row.amount.mg for row in rows if row.amount})
    svg = drawn("limits")
    assert texts(svg, "strong") == [mg(Mass(amount)) for amount in most]
    said = " ".join(texts(svg))
    for row in rows:
        star = "*" if unread(row.read) else ""
        assert amounts.AUTHORITY_BY_CODE[row.authority].name + star in said
    places = [float(m.attrib["d"][1:].split()[0]) for m in of_class(svg, "mark")]
    zero, hundred = (float(t.attrib["x"]) for t in of_class(svg, "quiet")[:2])
    for place, amount in zip(places, most, strict=True):
        assert place == pytest.approx(zero + float(amount) * (hundred - zero) / 100, abs=0.2)


def test_the_body_is_a_hundred_squares() -> None:
    """50 in bone, 10 where sources differ, 1 outside cells; one more of each in the legend."""
    kinds = Counter(shape.get("class") for shape in drawn("body").iter("rect"))
    assert kinds == {"bone": 51, "either": 11, "soft": 40, "outside-cells": 2}
    assert numbers(" ".join(texts(drawn("body")))) == {"50", "1"}


def test_the_loop_marks_magnesium_where_its_legend_says() -> None:
    """Release, the response of bone and of kidneys, and activation: each number explained."""
    badges = Counter(texts(drawn("loop"), "on-badge"))
    assert badges == {"Mg 1": 2, "Mg 2": 3, "Mg 3": 2}
    assert {"1", "2", "3"} <= numbers(facts("loop"))


@pytest.mark.parametrize("name", ["amounts", "limits"])
def test_a_number_nobody_read_is_starred_and_said(name: str) -> None:
    """The star stands in the drawing, what it means below it, and how far in the words."""
    starred = [said for said in texts(drawn(name)) if said.endswith("*")]
    assert starred
    assert drawing.STARRED in words(pictures.figure(name))
    told = facts(name).count(unread(PARTLY)) + facts(name).count(unread(MEMORY))
    assert told == len(starred)


# ------------------------------------------------------------------ in a real browser


class Box(TypedDict):
    """Where a text or a box of the drawing stands, in the drawing's units."""

    words: str
    left: float
    top: float
    right: float
    foot: float


def fonts() -> str:
    """The fonts we ship, inside the style, so that text is as wide as on the site."""
    files = ROOT / "node_modules" / "@fontsource" / "atkinson-hyperlegible-next" / "files"
    faces = ""
    for weight in (400, 700):
        data = (files / f"atkinson-hyperlegible-next-latin-{weight}-normal.woff2").read_bytes()
        source = f"url(data:font/woff2;base64,{base64.b64encode(data).decode()})"
        faces += f'@font-face{{font-family:"Tried";font-weight:{weight};src:{source}}}'
    return faces


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """All pictures on a phone 320px wide, with the margins that the theme keeps."""
    page = browser.new_page(viewport={"width": 320, "height": 640})
    assets = ROOT / "docs" / "assets" / "css"
    styles = "".join((assets / f"{name}.css").read_text("utf-8") for name in STYLES)
    figures = "".join(
        ElementTree.tostring(pictures.figure(name), encoding="unicode", method="html")
        for name in NAMES
    )
    page.set_content(
        f"<!doctype html><style>{fonts()} html{{font-size:20px}} {styles}"
        'body{margin:16px;font-family:"Tried"}</style>'
        f'<body data-md-color-scheme="default"><div class="md-typeset">{figures}</div>'
    )
    page.evaluate("document.fonts.ready")
    yield page
    page.close()


def boxes(page: Page, name: str, what: str) -> list[Box]:
    found: list[Box] = page.eval_on_selector_all(
        f".picture-{name} svg :is({what})",
        """shapes => shapes.map((shape) => {
          const { x, y, width, height } = shape.getBBox();
          return { words: shape.textContent, left: x, top: y, right: x + width, foot: y + height };
        })""",
    )
    return found


@pytest.mark.browser
@pytest.mark.parametrize("name", NAMES)
def test_text_is_at_least_12px_on_a_narrow_phone(page: Page, name: str) -> None:
    sizes: list[float] = page.eval_on_selector_all(
        f".picture-{name} svg text",
        "all => all.map((t) => parseFloat(getComputedStyle(t).fontSize) * t.getScreenCTM().a)",
    )
    assert min(sizes) >= 12
    assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.browser
@pytest.mark.parametrize("name", NAMES)
def test_everything_drawn_is_inside_the_drawing(page: Page, name: str) -> None:
    height = float(drawn(name).attrib["viewBox"].split()[3])
    for box in boxes(page, name, "text, rect, path"):
        assert box["left"] >= 0, box
        assert box["top"] >= 0, box
        assert box["right"] <= drawing.WIDTH, box
        assert box["foot"] <= height + 0.5, box


@pytest.mark.browser
@pytest.mark.parametrize("name", NAMES)
def test_no_text_runs_into_another(page: Page, name: str) -> None:
    """A line's box is taller than its letters, so the next line's may touch it."""
    for one, other in combinations(boxes(page, name, "text"), 2):
        apart = one["right"] <= other["left"] or other["right"] <= one["left"]
        upper, lower = sorted((one, other), key=lambda box: box["top"])
        assert apart or upper["foot"] - lower["top"] <= 3, (one, other)


@pytest.mark.browser
def test_the_loops_words_fit_their_boxes(page: Page) -> None:
    """Each line lies in the box that it stands in, clear of the edges; badges hold theirs."""
    texts = boxes(page, "loop", "text[text-anchor=middle]")
    panels = boxes(page, "loop", "rect")
    for text in texts:
        middle = (text["left"] + text["right"]) / 2, (text["top"] + text["foot"]) / 2
        around = [
            panel
            for panel in panels
            if panel["left"] < middle[0] < panel["right"]
            and panel["top"] < middle[1] < panel["foot"]
        ]
        narrowest = min(around, key=lambda panel: panel["right"] - panel["left"])
        assert narrowest["left"] + 3 <= text["left"], text
        assert text["right"] <= narrowest["right"] - 3, text
