"""A number line as SVG: no colour carries meaning alone, and the title says it all."""

from __future__ import annotations

from fractions import Fraction
from html import escape

from calculator.quantities import display
from calculator.result import Band, Bars, Mark, NumberLine

# The drawing's own units; the style sheet sets its width, from 320px up.
WIDTH, HEIGHT, MARGIN = 340, 112, 12
BAR_TOP, BAR_HEIGHT = 46, 16
BAR_FOOT = BAR_TOP + BAR_HEIGHT
LABEL_ROW = 20
WORD_WIDTH = 8  # about one letter, to tell whether a word fits its band


def number_line(line: NumberLine) -> str:
    """The SVG of a number line, with ``role="img"`` and its facts as the title."""
    parts = [_band(band, line.end) for band in line.bands]
    parts += [_mark(mark, line) for mark in line.marks]
    # Only the second mark uses the last row of labels.
    low = any(mark.kind == "worry" for mark in line.marks)
    height = HEIGHT if low else HEIGHT - LABEL_ROW
    return (
        f'<svg class="number-line" role="img" viewBox="0 0 {WIDTH} {height}" '
        f'xmlns="http://www.w3.org/2000/svg"><title>{escape(line.title)}</title>'
        f"{''.join(parts)}</svg>"
    )


ROW_HEIGHT, BAR_THICK, TOP = 34, 12, 20


def bars(chart: Bars) -> str:
    """The SVG of bars: a name over each, its figure behind it, one dashed line across all."""
    end = max(chart.line, *(amount for _, amount, _ in chart.bars)) * Fraction(6, 5)
    height = TOP + ROW_HEIGHT * len(chart.bars) + BAR_THICK
    rows = [_bar(bar, TOP + ROW_HEIGHT * n, end) for n, bar in enumerate(chart.bars)]
    x = _x(chart.line, end)
    line = f'<path class="mark-worry" d="M{_n(x)} {TOP - 4}V{height}"/>' + _text(
        x, TOP - 8, _anchor(x), chart.line_label, "mark-label mark-reading-label"
    )
    return (
        f'<svg class="number-line bars" role="img" viewBox="0 0 {WIDTH} {height}" '
        f'xmlns="http://www.w3.org/2000/svg"><title>{escape(chart.title)}</title>'
        f"{''.join(rows)}{line}</svg>"
    )


def _bar(bar: tuple[str, Fraction, str], top: int, end: Fraction) -> str:
    name, amount, figure = bar
    right = _x(amount, end)
    foot = top + ROW_HEIGHT - BAR_THICK
    return (
        _text(Fraction(MARGIN), foot - 4, "start", f"{name}: {figure}", "mark-label")
        + f'<rect class="band band-within" x="{MARGIN}" y="{foot}" '
        f'width="{_n(right - MARGIN)}" height="{BAR_THICK}"/>'
    )


def _x(at: Fraction, end: Fraction) -> Fraction:
    return MARGIN + at / end * (WIDTH - 2 * MARGIN)


def _n(value: Fraction | int) -> str:
    return display(Fraction(value), 1)


def _band(band: Band, end: Fraction) -> str:
    left, right = _x(band.start, end), _x(band.end, end)
    shape = (
        f'<rect class="band band-{band.kind}" x="{_n(left)}" y="{BAR_TOP}" '
        f'width="{_n(right - left)}" height="{BAR_HEIGHT}"/>'
    )
    if right - left < WORD_WIDTH * len(band.word):
        return shape
    middle = (left + right) / 2
    return shape + _text(middle, BAR_TOP + 12, "middle", band.word, "band-word")


def _mark(mark: Mark, line: NumberLine) -> str:
    x = _x(mark.at, line.end)
    if mark.kind == "reading":
        return _reading(x, mark)
    if mark.kind == "worry":
        return _worry(x, mark)
    at, anchor = _limit_label(x, mark, line)
    return _tick(x, BAR_FOOT + 5, "mark-limit") + _text(
        at, BAR_FOOT + 18, anchor, mark.label, "mark-label"
    )


def _limit_label(x: Fraction, mark: Mark, line: NumberLine) -> tuple[Fraction, str]:
    """Where a limit's label stands, and which way it grows from there.

    The lower limit's label ends at its tick and the upper's begins at its own, moved only
    so far that the lower stays inside the drawing and neither is in the other's way.
    """
    lower, *upper = sorted((m for m in line.marks if m.kind == "limit"), key=lambda m: m.at)
    if not upper:
        return x, _anchor(x)
    foot = max(_x(lower.at, line.end), Fraction(WORD_WIDTH * len(lower.label)))
    return (foot, "end") if mark is lower else (max(x, foot + WORD_WIDTH), "start")


def _reading(x: Fraction, mark: Mark) -> str:
    """A solid pointer above the bar, its label over it."""
    tip, left, right = _n(x), _n(x - 7), _n(x + 7)
    pointer = (
        f'<path class="mark-reading" d="M{left} {BAR_TOP - 14}H{right}L{tip} {BAR_TOP - 1}Z"/>'
    )
    label = _text(x, BAR_TOP - 20, _anchor(x), mark.label, "mark-label mark-reading-label")
    return pointer + label


def _worry(x: Fraction, mark: Mark) -> str:
    """A longer, dashed tick with its label on a line of its own."""
    return _tick(x, BAR_FOOT + 24, "mark-worry") + _text(
        x, BAR_FOOT + 38, _anchor(x), f"▲ {mark.label}", "mark-label"
    )


def _anchor(x: Fraction) -> str:
    """Which way a label grows from its mark, so that it stays inside the drawing."""
    third = Fraction(WIDTH, 3)
    return "start" if x < third else "end" if x > 2 * third else "middle"


def _tick(x: Fraction, foot: int, name: str) -> str:
    return f'<path class="{name}" d="M{_n(x)} {BAR_TOP - 4}V{foot}"/>'


def _text(x: Fraction, y: int, anchor: str, words: str, name: str) -> str:
    return f'<text class="{name}" x="{_n(x)}" y="{y}" text-anchor="{anchor}">{escape(words)}</text>'
