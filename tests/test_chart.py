"""The number line's drawing: well formed, inside its box, and the same facts as its title."""

import re
from fractions import Fraction
from xml.etree import ElementTree

from calculator.chart import BAR_FOOT, BAR_TOP, HEIGHT, WIDTH, bars, number_line
from calculator.checks import run_intake
from calculator.intake import IntakeAnswers
from calculator.result import Band, Mark, NumberLine, Result
from tests.test_result import INTAKE_SAMPLES, SAMPLES, every

SVG = "{http://www.w3.org/2000/svg}"
LINES = {name: result for name, result in SAMPLES.items() if result.line}
every_line = every(LINES)
# About the width of a letter at the drawing's 12 units: a bold digit of the site's face.
LETTER = Fraction(7)


def drawn(line: NumberLine) -> ElementTree.Element:
    """The drawing, parsed."""
    return ElementTree.fromstring(number_line(line))


def of(result: Result) -> NumberLine:
    """A result's number line."""
    assert result.line is not None
    return result.line


def place(label: ElementTree.Element) -> tuple[Fraction, Fraction]:
    """Where a label begins and ends, about."""
    x, width = Fraction(label.attrib["x"]), LETTER * len(label.text or "")
    before = {"start": Fraction(0), "middle": width / 2, "end": width}[label.attrib["text-anchor"]]
    return x - before, x - before + width


@every_line
def test_the_drawing_is_an_image_with_the_facts_as_its_title(result: Result) -> None:
    """Who cannot see it hears value, marks and order, and nothing is told by the picture alone."""
    line, image = of(result), drawn(of(result))
    assert image.tag == f"{SVG}svg"
    assert image.attrib["role"] == "img"
    assert image[0].tag == f"{SVG}title"
    assert image[0].text == line.title
    for mark in line.marks:
        number = re.match(r"[0-9.,]+", mark.label)
        assert number is not None
        assert number[0] in line.description
    assert line.description in line.title


@every_line
def test_labels_stay_inside_the_drawing(result: Result) -> None:
    """No label is cut off at an edge, however extreme the reading."""
    for label in drawn(of(result)).iter(f"{SVG}text"):
        first, last = place(label)
        assert first >= 0, label.text
        assert last <= WIDTH, label.text
        assert 0 < int(label.attrib["y"]) <= HEIGHT


@every_line
def test_labels_on_one_height_do_not_meet(result: Result) -> None:
    """Two labels beside each other leave room between them."""
    labels = list(drawn(of(result)).iter(f"{SVG}text"))
    for one in labels:
        for other in labels:
            if one is not other and one.attrib["y"] == other.attrib["y"]:
                (first, last), (start, end) = place(one), place(other)
                assert last <= start or end <= first, (one.text, other.text)


@every_line
def test_marks_and_bands_are_drawn_in_the_order_of_their_values(result: Result) -> None:
    """Further right is more; bands meet, and cover the bar from 0 to its end."""
    line = of(result)
    assert [band.start for band in line.bands] == [0, *(band.end for band in line.bands[:-1])]
    assert line.bands[-1].end == line.end
    assert all(0 <= mark.at <= line.end for mark in line.marks)
    image = drawn(line)
    ticks = list(image.iter(f"{SVG}path"))
    assert len(ticks) == len(line.marks)
    assert len(list(image.iter(f"{SVG}rect"))) == len(line.bands)
    tips = [Fraction(re.findall(r"[0-9.]+", tick.attrib["d"])[0]) for tick in ticks]
    kinds = [tick.attrib["class"] for tick in ticks]
    middle = [
        tip + 7 if kind == "mark-reading" else tip for tip, kind in zip(tips, kinds, strict=True)
    ]
    by_value = sorted(zip((mark.at for mark in line.marks), middle, strict=True))
    assert [x for _, x in by_value] == sorted(middle)


def test_a_mark_stands_at_its_share_of_the_line() -> None:
    """Halfway along the values is halfway along the drawing."""
    half = Mark(Fraction(5), "5mg", "reading")
    line = NumberLine(
        "t", "d", Fraction(10), (Band(Fraction(0), Fraction(10), "All", "within"),), (half,)
    )
    (label,) = (text for text in drawn(line).iter(f"{SVG}text") if text.text == "5mg")
    assert Fraction(label.attrib["x"]) == Fraction(WIDTH, 2)


def test_a_band_too_narrow_for_its_word_goes_without() -> None:
    """A word is drawn where it fits, and is in the text beside the drawing anyway."""
    bands = (
        Band(Fraction(0), Fraction(1), "Below", "outside"),
        Band(Fraction(1), Fraction(99), "Above", "outside"),
    )
    words = [
        text.text
        for text in drawn(NumberLine("t", "d", Fraction(99), bands, ())).iter(f"{SVG}text")
    ]
    assert words == ["Above"]


def test_what_a_label_says_is_escaped() -> None:
    """Words in a drawing are text and never markup."""
    line = NumberLine(
        "<b>&", "", Fraction(9),
        (Band(Fraction(0), Fraction(9), "<i>", "within"),),
        (Mark(Fraction(1), "<script>", "worry"),),
    )  # fmt: skip
    image = drawn(line)
    assert image[0].text == "<b>&"
    assert {text.text for text in image.iter(f"{SVG}text")} == {"<i>", "▲ <script>"}


def test_limits_and_worry_are_told_apart_by_shape() -> None:
    """A limit's tick is short, a worry's is longer, and the reading points from above."""
    line = of(SAMPLES["7 mg/dL -"])
    paths = {path.attrib["class"]: path.attrib["d"] for path in drawn(line).iter(f"{SVG}path")}
    feet = {name: int(d.rpartition("V")[2]) for name, d in paths.items() if "V" in d}
    assert BAR_FOOT < feet["mark-limit"] < feet["mark-worry"] < HEIGHT
    top = int(re.findall(r"[0-9.]+", paths["mark-reading"])[1])
    assert top < BAR_TOP


def test_bars_show_every_authority_and_the_day_across_them() -> None:
    """Each amount and the day's total stand in the title and in the drawing."""
    chart = INTAKE_SAMPLES["EU 35"].bars
    assert chart is not None
    text = " ".join(ElementTree.fromstring(bars(chart)).itertext())
    for name, _, figure in chart.bars:
        assert figure in chart.title
        assert f"{name}: {figure}" in text
    assert chart.line_label in text
    assert len(chart.bars) == 5


def test_where_nobody_publishes_an_amount_there_are_no_bars() -> None:
    """A stage that no authority covers at that age has no empty chart."""
    _, result = run_intake(IntakeAnswers("5", "female", "pregnancy", food="200"))
    assert isinstance(result, Result)
    assert result.table is not None
    assert {row[1] for row in result.table.rows} == {"None published"}
    assert result.bars is None
