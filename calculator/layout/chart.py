"""Number lines and bars as SVG that grows with the reader's text.

A drawing has no ``viewBox``: it is measured across in percent and down in ``em``, so its
text has the reader's own size and it is never wider than its place. Every line of a label
has a row of its own, and no mark reaches into those rows: whatever the values are, no label
can touch a mark or another label. No colour carries meaning alone, and the title says all.
"""

from __future__ import annotations

from fractions import Fraction
from html import escape

from calculator.quantities import display
from calculator.result import Band, Bars, NumberLine

# Down the drawing, in hundredths of the text's size.
ROW, BASELINE = 136, 102  # a line of words: its letters' box is 130 high in our face
POINTER, TRIANGLE = 80, 75  # the reading's, with the room to its bar, and the second mark's
BAR, INSET = 120, 25  # every band but "within" is lower by the inset at its top and foot
TICK, GAP = 45, 10  # how far a limit's tick hangs below the bar, and what is kept free

# Across it: about the width of a letter, and the letters that a line of words may have to
# fit a page 320px wide where text has twice its size.
LETTER, MOST = 56, 18

BOLD = "mark-label mark-reading-label"
Label = tuple[Fraction, str, str]  # its place as a share of the width, words, class
Rows = list[list[Label]]


def number_line(line: NumberLine) -> str:
    """The SVG of a number line, with ``role="img"`` and its facts as the title."""
    over = _marked("reading", line, BOLD)
    top = ROW * len(over) + POINTER
    worry = _marked("worry", line, "mark-label")
    foot = top + BAR + TICK + GAP + (TRIANGLE if worry else 0)
    under = [*worry, *_ranges(line), *_marked("limit", line, "mark-label"), *_ends(line)]
    shapes = [_band(band, line.end, top) for band in line.bands]
    shapes += [_mark(mark.kind, mark.at / line.end, top) for mark in line.marks]
    return (
        f'<svg class="number-line" role="img" width="100%" height="{_em(foot + ROW * len(under))}" '
        f'xmlns="http://www.w3.org/2000/svg"><title>{escape(line.title)}</title>'
        f"{''.join(shapes)}{_words(over, 0)}{_words(under, foot)}</svg>"
    )


def bars(chart: Bars) -> str:
    """Bars with a name and a figure over each, and one dashed line across all of them.

    The names are text beside the SVGs, so that they break where the reader's page is narrow.
    """
    end = max(chart.line, *(amount for _, amount, _ in chart.bars)) * Fraction(6, 5)
    at = chart.line / end
    over = _lines(at, chart.line_label, BOLD)
    top = ROW * len(over) + POINTER
    rows = "".join(
        f'<span class="bar-name">{escape(name)}: {escape(figure)}</span>'
        + _part(BAR, _bar(amount / end, chart.kind) + _tick("mark-worry", at, 0, BAR))
        for name, amount, figure in chart.bars
    )
    return (
        f'<div class="bars" role="img" aria-label="{escape(chart.title)}">'
        f"{_part(top, _words(over, 0) + _mark('reading', at, top))}{rows}</div>"
    )


def _part(height: int, shapes: str) -> str:
    """One of the SVGs of a drawing whose name stands around all of them."""
    return (
        f'<svg class="number-line" width="100%" height="{_em(height)}" '
        f'xmlns="http://www.w3.org/2000/svg">{shapes}</svg>'
    )


# ----------------------------------------------------------------------------- shapes


def _band(band: Band, end: Fraction, top: int) -> str:
    """A stretch of the bar; the one within the range is told by its height too."""
    inset = 0 if band.kind == "within" else INSET
    return _box(band.start / end, band.end / end, top + inset, BAR - 2 * inset, band.kind)


def _bar(share: Fraction, kind: str) -> str:
    return _box(Fraction(0), share, INSET, BAR - 2 * INSET, kind)


def _box(left: Fraction, right: Fraction, top: int, height: int, kind: str) -> str:
    return (
        f'<rect class="band band-{kind}" x="{_percent(left)}" y="{_em(top)}" '
        f'width="{_percent(right - left)}" height="{_em(height)}"/>'
    )


def _mark(kind: str, at: Fraction, top: int) -> str:
    """A mark of a bar that begins at ``top``: each kind keeps to heights of its own."""
    foot = top + BAR
    if kind == "reading":
        return _pointer("mark-reading", at, top - POINTER, "M-4 0H4L0 6Z")
    if kind == "limit":
        return _tick("mark-limit", at, foot - INSET, foot + TICK)
    triangle = _pointer("mark-second", at, foot + TICK + GAP, "M0 0L4 6H-4Z")
    return _tick("mark-worry", at, top, foot - INSET) + triangle


def _pointer(name: str, at: Fraction, top: int, path: str) -> str:
    """A triangle of 8 by 6 units, its middle at ``at``; a unit is an eighth of an em."""
    return (
        f'<svg x="{_percent(at)}" y="{_em(top)}" width="1em" height="1em" viewBox="0 0 8 8">'
        f'<path class="{name}" d="{path}"/></svg>'
    )


def _tick(name: str, at: Fraction, top: int, foot: int) -> str:
    x = _percent(at)
    return f'<line class="{name}" x1="{x}" x2="{x}" y1="{_em(top)}" y2="{_em(foot)}"/>'


# ------------------------------------------------------------------------------ words


def _marked(kind: str, line: NumberLine, name: str) -> Rows:
    marks = (mark for mark in line.marks if mark.kind == kind)
    return [row for mark in marks for row in _lines(mark.at / line.end, mark.label, name)]


def _ranges(line: NumberLine) -> Rows:
    """The word and the numbers of every band between the first and the last."""
    rows = []
    for band in line.bands[1:-1]:
        middle = (band.start + band.end) / 2 / line.end
        rows += _lines(middle, band.word, "band-word") + _lines(middle, band.label, "mark-label")
    return rows


def _ends(line: NumberLine) -> Rows:
    """The words of the first band and the last, in one row where there is room for both."""
    ends = [(Fraction(0), line.bands[0].word)]
    ends += [(Fraction(1), band.word) for band in line.bands[1:][-1:]]
    rows = [row for at, word in ends for row in _lines(at, word, "band-word")]
    together = sum(len(word) + 1 for _, word in ends) <= MOST
    return [[label for row in rows for label in row]] if together else rows


def _lines(at: Fraction, words: str, name: str) -> Rows:
    """The lines of a label, each a row; a number too long for one is cut, not left out."""
    lines = [""]
    for word in words.split():
        for piece in (word[start : start + MOST] for start in range(0, len(word), MOST)):
            joined = f"{lines[-1]} {piece}".strip()
            lines[-1:] = [joined] if len(joined) <= MOST else [lines[-1], piece]
    return [[(at, line, name)] for line in lines if line]


def _words(rows: Rows, top: int) -> str:
    return "".join(
        _text(label, top + ROW * number) for number, row in enumerate(rows) for label in row
    )


def _text(label: Label, top: int) -> str:
    """A line of words over or under its place, and moved so far aside that it stays inside.

    At the left edge it begins at its place, at the right it ends there, between the two it
    is moved in proportion: its place is always under it or over it.
    """
    at, words, name = label
    aside = (Fraction(1, 2) - at) * LETTER * len(words)
    return (
        f'<svg x="{_percent(at)}"><text class="{name}" x="{_em(aside)}" y="{_em(top + BASELINE)}" '
        f'text-anchor="middle">{escape(words)}</text></svg>'
    )


def _percent(share: Fraction) -> str:
    return f"{display(share * 100, 2)}%"


def _em(hundredths: Fraction | int) -> str:
    return f"{display(Fraction(hundredths, 100), 2)}em"
