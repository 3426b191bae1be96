"""The drawings: well formed, measured in percent and em, and the same facts as their titles."""

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from xml.etree import ElementTree

import pytest

from calculator.checks import run_intake
from calculator.layout.chart import BASELINE, MOST, ROW, bars, number_line
from calculator.result import Band, Bars, Mark, NumberLine, Result
from calculator.rules.day import IntakeAnswers
from tests.calculator.test_result import INTAKE_SAMPLES, SAMPLES, every

SVG = "{http://www.w3.org/2000/svg}"
LINES = {name: result for name, result in SAMPLES.items() if result.line}
every_line = every(LINES)

# Limits as on the page about too much, with an amount of supplements far over them all.
LIMITS = Bars(
    "Supplements, 20,000mg, as a line across each limit: United Kingdom, 400mg; EU, 250mg.",
    (("United Kingdom", Fraction(400), "400mg"), ("EU", Fraction(250), "250mg")),
    Fraction(20000),
    "Supplements, 20,000mg",
    "plain",
)


def drawn(line: NumberLine) -> ElementTree.Element:
    """The drawing, parsed."""
    return ElementTree.fromstring(number_line(line))


def of(result: Result) -> NumberLine:
    """A result's number line."""
    assert result.line is not None
    return result.line


def texts(image: ElementTree.Element) -> Iterator[tuple[str, str, Fraction, Fraction]]:
    """Every line of words, its class, its place in percent and its top in em."""
    for place in image.iter(f"{SVG}svg"):
        for text in place.findall(f"{SVG}text"):
            top = em(text.attrib["y"]) - Fraction(BASELINE, 100)
            yield text.text or "", text.attrib["class"], percent(place.attrib["x"]), top


def marks(image: ElementTree.Element) -> Iterator[tuple[str, Fraction, Fraction, Fraction]]:
    """Every mark's class, place in percent, top and foot in em."""
    for line in image.iter(f"{SVG}line"):
        a = line.attrib
        assert a["x1"] == a["x2"]
        yield a["class"], percent(a["x1"]), em(a["y1"]), em(a["y2"])
    for place in image.iter(f"{SVG}svg"):
        for path in place.findall(f"{SVG}path"):
            top = em(place.attrib["y"])
            yield path.attrib["class"], percent(place.attrib["x"]), top, top + Fraction(3, 4)


def boxes(image: ElementTree.Element) -> list[tuple[str, Fraction, Fraction, Fraction]]:
    """Every band's class, its left and right in percent, and its height in em."""
    return [
        (
            box.attrib["class"],
            percent(box.attrib["x"]),
            percent(box.attrib["x"]) + percent(box.attrib["width"]),
            em(box.attrib["height"]),
        )
        for box in image.iter(f"{SVG}rect")
    ]


def percent(length: str) -> Fraction:
    """A length across the drawing."""
    assert re.fullmatch(r"-?[0-9.]+%", length), length
    return Fraction(length[:-1])


def em(length: str) -> Fraction:
    """A length down the drawing."""
    assert re.fullmatch(r"-?[0-9.]+em", length), length
    return Fraction(length[:-2])


def said(image: ElementTree.Element) -> str:
    """All words of a drawing in reading order, but its title."""
    return " ".join(words for words, *_ in texts(image))


@every_line
def test_the_drawing_is_an_image_with_the_facts_as_its_title(result: Result) -> None:
    """Who cannot see it hears value, marks and order, and nothing is told by the picture alone."""
    line, image = of(result), drawn(of(result))
    assert image.tag == f"{SVG}svg"
    assert image.attrib["role"] == "img"
    assert image[0].tag == f"{SVG}title"
    assert image[0].text == line.title
    for mark in line.marks:
        number = re.match(r"[0-9.,]*", mark.label)
        assert number is not None
        assert number[0] in line.title
        if mark.kind == "reading":
            assert number[0] in result.summary.text
    assert line.description in line.title


@every_line
def test_a_drawing_is_measured_in_percent_and_em_and_leaves_looks_to_the_style(
    result: Result,
) -> None:
    """So it has the reader's own size of text, and any policy for styles lets it through."""
    image = drawn(of(result))
    assert image.attrib.keys() == {"class", "role", "width", "height"}
    assert image.attrib["width"] == "100%"
    assert em(image.attrib["height"]) > 0
    for element in image.iter():
        assert not element.attrib.keys() & {"style", "fill", "stroke", "font-size", "color"}
        # A triangle alone has units of its own; its place and its size are the reader's.
        if "viewBox" in element.attrib:
            assert [child.tag for child in element] == [f"{SVG}path"]
            assert element.attrib["width"] == element.attrib["height"] == "1em"
    assert list(texts(image)), "nothing measured"
    assert list(marks(image)), "nothing measured"


@every_line
def test_every_line_of_words_has_a_row_of_its_own(result: Result) -> None:
    """But for the words of the two ends, which begin at one edge and end at the other."""
    for one, other in combinations(texts(drawn(of(result))), 2):
        if abs(one[3] - other[3]) < Fraction(ROW, 100):
            assert (one[2], other[2]) == (0, 100), (one, other)
            assert len(one[0]) + 1 + len(other[0]) <= MOST


@every_line
def test_no_mark_or_band_reaches_into_a_row_of_words(result: Result) -> None:
    """Whatever is over whatever, words and shapes keep to heights of their own."""
    image = drawn(of(result))
    rows = [(top, top + Fraction(ROW, 100)) for *_, top in texts(image)]
    shapes = [(top, foot) for _, _, top, foot in marks(image)]
    for box in image.iter(f"{SVG}rect"):
        shapes.append((em(box.attrib["y"]), em(box.attrib["y"]) + em(box.attrib["height"])))
    height = em(image.attrib["height"])
    for top, foot in rows:
        assert 0 <= top < foot <= height
        assert all(foot <= start or end <= top for start, end in shapes)


@every_line
def test_marks_of_different_kinds_keep_to_different_heights(result: Result) -> None:
    """So a reading on a limit, or a limit on the second mark, does not run into it."""
    for one, other in combinations(marks(drawn(of(result))), 2):
        apart = one[3] <= other[2] or other[3] <= one[2]
        assert apart or one[0] == other[0], (one, other)


@every_line
def test_every_label_is_drawn_whole_and_in_short_lines(result: Result) -> None:
    """No line is longer than a narrow phone has room for where text is twice its size."""
    image, line = drawn(of(result)), of(result)
    assert all(len(words) <= MOST for words, *_ in texts(image))
    for words in [*(mark.label for mark in line.marks), *(band.word for band in line.bands)]:
        assert words in said(image)


@every_line
def test_marks_and_bands_are_drawn_in_the_order_of_their_values(result: Result) -> None:
    """Further right is more; bands meet, and cover the bar from 0 to its end."""
    line = of(result)
    assert [band.start for band in line.bands] == [0, *(band.end for band in line.bands[:-1])]
    assert line.bands[-1].end == line.end
    assert all(0 <= mark.at <= line.end for mark in line.marks)
    image = drawn(line)
    edges = [(left, right) for _, left, right, _ in boxes(image)]
    ends = [0, *(band.end / line.end * 100 for band in line.bands)]
    for (left, right), start, end in zip(edges, ends[:-1], ends[1:], strict=True):
        assert abs(left - start) < Fraction(1, 50)
        assert abs(right - end) < Fraction(1, 50)
    kinds = {"mark-reading": "reading", "mark-limit": "limit", "mark-worry": "worry"}
    shown = [(kinds[name], at) for name, at, *_ in marks(image) if name in kinds]
    wanted = [(mark.kind, mark.at / line.end * 100) for mark in line.marks]
    for (kind, at), (name, share) in zip(sorted(shown), sorted(wanted), strict=True):
        assert kind == name
        assert abs(at - share) < Fraction(1, 50)


@every_line
def test_the_second_marks_triangle_stands_under_its_tick(result: Result) -> None:
    """And its words begin under the triangle."""
    image = drawn(of(result))
    ticks = [(at, foot) for name, at, _, foot in marks(image) if name == "mark-worry"]
    triangles = [(at, top) for name, at, top, _ in marks(image) if name == "mark-second"]
    assert len(ticks) == len(triangles) == (result.check == "serum")
    for (tick, foot), (triangle, top) in zip(ticks, triangles, strict=True):
        assert tick == triangle
        assert foot < top


def test_a_mark_stands_at_its_share_of_the_line_and_its_label_over_it() -> None:
    """Halfway along the values is halfway along the drawing, and nobody is pushed aside."""
    half = Mark(Fraction(5), "5mg", "reading")
    line = NumberLine(
        "t", "d", Fraction(10), (Band(Fraction(0), Fraction(10), "All", "within"),), (half,)
    )
    image = drawn(line)
    assert [at for _, at, *_ in marks(image)] == [50]
    assert [(words, at) for words, _, at, _ in texts(image)] == [("5mg", 50), ("All", 0)]
    assert next(image.iter(f"{SVG}text")).attrib["x"] == "0.00em"


def test_words_at_an_edge_are_moved_inside() -> None:
    """At 0 a label begins at its mark, at the end it ends there: half its width either way."""
    ends = (Mark(Fraction(0), "1234mg", "reading"), Mark(Fraction(9), "1234mg", "limit"))
    bands = (Band(Fraction(0), Fraction(9), "", "outside"),)
    image = drawn(NumberLine("t", "d", Fraction(9), bands, ends))
    assert [text.attrib["x"] for text in image.iter(f"{SVG}text")] == ["1.68em", "-1.68em"]


def test_the_range_carries_its_word_at_every_value() -> None:
    """However narrow its band is, in a row of its own, with its numbers under it."""
    for result in LINES.values():
        for band in of(result).bands:
            assert (band.word, "band-word") in [
                (w, name) for w, name, *_ in texts(drawn(of(result)))
            ]
    bands = (
        Band(Fraction(0), Fraction(1), "Below", "outside"),
        Band(Fraction(1), Fraction(2), "Inside", "within", "1 to 2mg/dL"),
        Band(Fraction(2), Fraction(999), "Above", "outside"),
    )
    image = drawn(NumberLine("t", "d", Fraction(999), bands, (Mark(Fraction(1), "", "limit"),)))
    assert said(image) == "Inside 1 to 2mg/dL Below Above"


def test_words_of_the_ends_that_are_long_have_a_row_each() -> None:
    bands = (
        Band(Fraction(0), Fraction(1), "Below the amount", "outside"),
        Band(Fraction(1), Fraction(2), "At or above the amount", "plain"),
    )
    rows = list(texts(drawn(NumberLine("t", "d", Fraction(2), bands, ()))))
    assert [words for words, *_ in rows] == ["Below the amount", "At or above the", "amount"]
    assert len({top for *_, top in rows}) == 3


@pytest.mark.parametrize(
    ("label", "lines"),
    [
        ("4.8mg/dL", ["4.8mg/dL"]),
        ("0.70 to 1.00mmol/L", ["0.70 to 1.00mmol/L"]),
        ("First symptoms: 4.8mg/dL", ["First symptoms:", "4.8mg/dL"]),
        ("0.850000000000000001mmol/L", ["0.8500000000000000", "01mmol/L"]),
        ("", []),
    ],
)
def test_a_label_breaks_at_spaces_and_a_long_number_where_the_line_ends(
    label: str, lines: list[str]
) -> None:
    band = Band(Fraction(0), Fraction(9), "", "within")
    mark = Mark(Fraction(1), label, "worry")
    image = drawn(NumberLine("t", "d", Fraction(9), (band,), (mark,)))
    assert [words for words, *_ in texts(image)] == lines


def test_what_a_label_says_is_escaped() -> None:
    """Words in a drawing are text and never markup."""
    line = NumberLine(
        "<b>&", "", Fraction(9),
        (Band(Fraction(0), Fraction(9), "<i>", "within"),),
        (Mark(Fraction(1), "<script>", "worry"),),
    )  # fmt: skip
    image = drawn(line)
    assert image[0].text == "<b>&"
    assert said(image) == "<script> <i>"
    chart = ElementTree.fromstring(
        bars(Bars('"<b>', (("<i>", Fraction(1), "<u>"),), Fraction(1), "<s>"))
    )
    assert chart.attrib["aria-label"] == '"<b>'
    assert "".join(chart.itertext()) == "<s><i>: <u>"


def test_bands_are_told_apart_by_height() -> None:
    """The one to be in is higher than what lies around it, whatever the palette."""
    (low, *_, thin), (within, *_, thick) = boxes(drawn(of(INTAKE_SAMPLES["much food"])))
    assert (low, within) == ("band band-outside", "band band-within")
    assert thin < thick


def test_where_a_limit_is_passed_no_band_looks_like_a_good_place_to_be() -> None:
    """The mark of a total that passed a limit on the way stands in a plain band."""
    passed = [result for result in INTAKE_SAMPLES.values() if result.record["exceeds"]]
    assert passed
    for result in passed:
        below, above = boxes(drawn(of(result)))
        assert (below[0], above[0]) == ("band band-outside", "band band-plain")
        assert below[-1] == above[-1]


# ------------------------------------------------------------------------------- bars


def test_bars_show_every_authority_and_the_day_across_them() -> None:
    """Each amount and the day's total stand in the title and in the drawing."""
    chart = INTAKE_SAMPLES["EU 35"].bars
    assert chart is not None
    image = ElementTree.fromstring(bars(chart))
    assert image.attrib == {"class": "bars", "role": "img", "aria-label": chart.title}
    names = [name.text for name in image.findall("span")]
    assert names == [f"{name}: {figure}" for name, _, figure in chart.bars]
    assert len(names) == 7
    assert said(image) == chart.line_label
    for _, _, figure in chart.bars:
        assert figure in chart.title


def test_a_bar_is_as_long_as_its_amount_and_the_line_is_at_its_own() -> None:
    """In every bar the line stands at the same place, in none of the names."""
    chart = INTAKE_SAMPLES["EU 35"].bars
    assert chart is not None
    image = ElementTree.fromstring(bars(chart))
    end = max(amount for _, amount, _ in chart.bars) * Fraction(6, 5)
    rights = [right for _, _, right, _ in boxes(image)]
    for right, (_, amount, _) in zip(rights, chart.bars, strict=True):
        assert abs(right - amount / end * 100) < Fraction(1, 50)
    places = {at for name, at, *_ in marks(image)}
    assert len(list(marks(image))) == 1 + len(chart.bars)
    (place,) = places
    assert abs(place - chart.line / end * 100) < Fraction(1, 50)
    assert not list(image.iter("{http://www.w3.org/2000/svg}title"))
    assert all("style" not in element.attrib for element in image.iter())


@pytest.mark.parametrize("taken", [0, 250, 400, 20000])
def test_supplements_are_drawn_as_a_line_across_the_limits(taken: int) -> None:
    """Nothing, just a limit, far over all: limits are plain bars, on one scale with the line."""
    image = ElementTree.fromstring(bars(replace(LIMITS, line=Fraction(taken))))
    assert {name for name, *_ in boxes(image)} == {"band band-plain"}
    united_kingdom, europe = (right for _, _, right, _ in boxes(image))
    (at,) = {at for _, at, *_ in marks(image)}
    assert 0 <= at <= Fraction(84)
    assert (at > europe, at > united_kingdom) == (taken > 250, taken > 400)
    assert united_kingdom > europe > 0


def test_limits_are_plain_bars_in_a_result_too() -> None:
    """A limit is no goal, so its bar does not look like the amounts to reach."""
    drawn_limits = [one.compared_bars for one in INTAKE_SAMPLES.values() if one.compared_bars]
    assert drawn_limits
    for chart in drawn_limits:
        assert {name for name, *_ in boxes(ElementTree.fromstring(bars(chart)))} == {
            "band band-plain"
        }


def test_where_nobody_publishes_an_amount_there_are_no_bars() -> None:
    """A stage that no authority covers at that age has no empty chart."""
    _, result = run_intake(IntakeAnswers("5", "female", "pregnancy", food="200"))
    assert isinstance(result, Result)
    assert result.table is not None
    assert {row[1] for row in result.table.rows} == {"None in our table"}
    assert result.bars is None


def labelled(*words: str) -> NumberLine:
    """A line of so many bands, each with its word."""
    bands = [Band(Fraction(at), Fraction(at + 1), word, "low") for at, word in enumerate(words)]
    line, end = of(next(iter(LINES.values()))), Fraction(len(words))
    return replace(line, bands=tuple(bands), marks=(), end=end)


def test_a_band_has_no_number_unless_it_is_given_one() -> None:
    """Nothing is written in its place."""
    line = labelled("low", "middle", "high")
    assert [word for word, name, *_ in texts(drawn(line)) if name == "mark-label"] == []


def test_the_words_at_both_ends_share_a_row_where_they_fit() -> None:
    """So many letters and a space after each, and one letter more makes it two rows."""
    for more, rows in ((0, 1), (1, 2)):
        line = labelled("a" * 8, "middle", "b" * (MOST - 10 + more))
        tops = [top for word, _, _, top in texts(drawn(line)) if set(word) <= {"a"} | {"b"}]
        assert len(set(tops)) == rows


def test_no_word_of_a_label_is_lost() -> None:
    """However many lines it takes."""
    words = ["a" * MOST, "b" * (MOST + 1), "c d", "e" * (MOST - 1), "f" * MOST]
    line = labelled("low", " ".join(words), "high")
    told = "".join(word for word, *_ in texts(drawn(line))).replace(" ", "")
    assert "".join(words).replace(" ", "") in told
