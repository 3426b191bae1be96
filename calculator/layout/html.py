"""Results and problems as HTML: layout only, no words of its own.

The output is well-formed XML too, so that the build can put it into the page's tree.
Everything a person typed is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from calculator import __version__
from calculator.layout.chart import bars, number_line
from calculator.result import Care, Line, Result, Section, Table
from calculator.tables.sources import SOURCES as SOURCES_BY_KEY
from calculator.words.care import PREFIXES
from calculator.words.figures import SOURCES, source_name
from calculator.words.page import (
    CHALLENGE,
    CHALLENGE_OTHER,
    KEEP,
    KEEP_HEADING,
    KEEP_REFUSED,
    OPEN_AGAIN,
    PAGE_VERSION,
    SEE_ROW,
    STAMP,
)
from calculator.words.problems import PROBLEM_HEADING

# Where the page of sources lies, seen from the two pages that hold a check.
SOURCES_PAGE = "../sources/"


# --------------------------------------------------------------------------- problems


def problems_to_html(problems: list[dict[str, str]]) -> str:
    """The summary at the top of the form; each line leads to its field."""
    items = "".join(
        f'<li><a href="#{problem["field"]}">{escape(problem["message"])}</a></li>'
        for problem in problems
    )
    return (
        '<div class="problem-summary" tabindex="-1" aria-labelledby="problem-heading">'
        f'<div role="alert"><h2 id="problem-heading">{escape(PROBLEM_HEADING)}</h2>'
        f"<ul>{items}</ul></div></div>"
    )


# ---------------------------------------------------------------------------- results


def result_to_html(result: Result) -> str:
    """A result in the order of the conventions, with the hooks that tests and links use."""
    record = result.record
    notes = record["notes"]
    heading = f"{result.check}-result-heading"
    hooks = {
        "result": result.check,
        "status": record["status"],
        "row": record.get("row", ""),
        "care": record["care"],
        "position": record["position"],
        "notes": " ".join(notes),
    }
    data = " ".join(f'data-{name}="{escape(str(value))}"' for name, value in hooks.items())
    urgent = [card for card in result.cards if card.urgent]
    notes_and_keep = _notes(result, result.notes) + _keep()
    body = "".join(
        (
            _cards(urgent),
            f'<p class="summary">{_numbered(result, result.summary)}</p>',
            # Whoever must ask somebody today shows or reads out the result: not far down.
            notes_and_keep if urgent else "",
            _figure(result),
            _cards(card for card in result.cards if not card.urgent),
            _compared(result),
            "" if urgent else notes_and_keep,
            _notes(result, result.warning),
            _to_row(result),
            _stamp(result),
            _folded(result.working.heading, _list(result.working, "ol")),
            *(_folded(section.heading, _list(section, "ul")) for section in result.sections),
            _side_by_side(result),
            _folded(SOURCES, _sources(result.sources)) if result.sources else "",
        )
    )
    return (
        f'<section class="result" {data} aria-labelledby="{heading}">'
        f'<h2 id="{heading}" tabindex="-1">{escape(result.heading)}</h2>{body}</section>'
    )


def _to_row(result: Result) -> str:
    """A link to the marked row of the page's own table."""
    row = result.record.get("row")
    if not row:
        return ""
    return f'<p class="to-row"><a href="#row-{escape(str(row))}">{escape(SEE_ROW)}</a></p>'


def _keep() -> str:
    """The buttons to take a result away. The page knows whether the device can share."""
    hidden = ' hidden="hidden"'
    buttons = "".join(
        f'<button type="button" class="md-button" data-keep="{kind}" data-done="{escape(done)}"'
        f"{hidden if kind == 'share' else ''}>{escape(label)}</button> "
        for kind, (label, done) in KEEP.items()
    )
    return (
        f'<div class="keep"><h3>{escape(KEEP_HEADING)}</h3><p class="actions">{buttons}</p>'
        f'<p role="status" data-kept="data-kept" data-refused="{escape(KEEP_REFUSED)}"></p></div>'
    )


def _stamp(result: Result) -> str:
    """The challenges, then the version, day and origin, which the page fills in."""
    return (
        f"{_challenges(result.working)}"
        f'<p class="stamp">{escape(STAMP.format(version=__version__))} <time></time>.'
        f' <span class="page-version">{PAGE_VERSION} <code></code>.</span></p>'
        f'<p class="origin" data-again="{escape(OPEN_AGAIN)}"></p>'
    )


def _challenges(working: Section) -> str:
    """The published numbers of the working. The page gives them addresses, if it has one."""
    numbers = dict.fromkeys((line.value, line.sources) for line in working.lines if line.value)
    items = "".join(
        f'<li><a data-value="{escape(value)}" data-source="{"; ".join(keys)}">{escape(value)}</a>'
        f" ({escape(', '.join(map(source_name, keys)))})</li>"
        for value, keys in numbers
    )
    return (
        f'<details data-challenge="data-challenge" hidden="hidden"><summary>{escape(CHALLENGE)}'
        f"</summary><ul>{items}<li><a>{escape(CHALLENGE_OTHER)}</a></li></ul></details>"
    )


def _figure(result: Result) -> str:
    if result.line is None:
        return ""
    words = _numbered(result, Line(result.line.description, result.line.sources))
    caption = f"<figcaption>{words}</figcaption>" if result.line.description else ""
    return f"<figure>{number_line(result.line)}{caption}</figure>"


def source_link(key: str) -> str:
    """A source's short name, leading to its full reference."""
    return f'<a href="{SOURCES_PAGE}#ref-{key}">{escape(source_name(key))}</a>'


def _cited(sources: tuple[str, ...]) -> str:
    links = ", ".join(map(source_link, sources))
    return f' <span class="source">({links})</span>' if sources else ""


def _line(line: Line) -> str:
    return escape(line.text) + _cited(line.sources)


_HELD = "\N{NO-BREAK SPACE}"  # A number of a source never stands alone on a line.


def _numbered(result: Result, line: Line) -> str:
    """A line with its sources as numbers of the list of sources, which ends the result."""
    links = ", ".join(_source_number(result.sources.index(key) + 1, key) for key in line.sources)
    numbers = f'{_HELD}<sup class="source-numbers">{links}</sup>' if links else ""
    return escape(line.text) + numbers


def _source_number(number: int, key: str) -> str:
    name = escape(source_name(key))
    return (
        f'<a href="{SOURCES_PAGE}#ref-{key}" title="{name}" aria-label="Source {number}: {name}">'
        f"{number}</a>"
    )


def _notes(result: Result, lines: tuple[Line, ...]) -> str:
    items = "".join(f"<li>{_numbered(result, line)}</li>" for line in lines)
    return f'<ul class="notes">{items}</ul>' if lines else ""


def _folded(heading: str, body: str) -> str:
    """What can wait: under its heading, closed; the style sheet unfolds it in print."""
    return f'<details class="more"><summary>{escape(heading)}</summary>{body}</details>'


def _list(section: Section, tag: str) -> str:
    items = "".join(f"<li>{_line(line)}</li>" for line in section.lines)
    return f"<{tag}>{items}</{tag}>"


def _compared(result: Result) -> str:
    """The second comparison: its sentence, then its drawing."""
    line = result.compared
    words = f'<p class="compared">{_numbered(result, line)}</p>' if line else ""
    drawing = result.compared_bars
    return words + (f"<figure>{bars(drawing)}</figure>" if drawing else "")


def _side_by_side(result: Result) -> str:
    if result.table is None:
        return ""
    drawing = f"<figure>{bars(result.bars)}</figure>" if result.bars else ""
    return _folded(result.table.caption, drawing + table_to_html(result.table))


def _cards(cards: Iterable[Care]) -> str:
    return "".join(map(care_to_html, cards))


def care_to_html(care: Care) -> str:
    """A care card; the hidden prefix tells its level to those who cannot see the colour."""
    items = "".join(f"<li>{escape(bullet)}</li>" for bullet in care.bullets)
    after = "".join(f"<p>{escape(line)}</p>" for line in care.after)
    return (
        f'<section class="care care-{care.level}"><h3><span class="visually-hidden">'
        f"{escape(PREFIXES[care.level])}</span>{escape(care.heading)}</h3>"
        f"<ul>{items}</ul>{after}</section>"
    )


def table_to_html(table: Table) -> str:
    """A captioned table whose cells know their column, for phones, which stack them."""
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in table.head)
    rows = "".join(_table_row(table, number) for number in range(len(table.rows)))
    return (
        f'<table class="stacked"><caption>{escape(table.caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _table_row(table: Table, number: int) -> str:
    first, *rest = table.rows[number]
    current = ' aria-current="true"' if number == table.current else ""
    cells = "".join(
        f'<td data-label="{escape(column)}">{escape(cell)}</td>'
        for column, cell in zip(table.head[1:], rest, strict=True)
    )
    cited = _cited(table.sources[number])
    return f'<tr{current}><th scope="row">{escape(first)}{cited}</th>{cells}</tr>'


def _sources(keys: tuple[str, ...]) -> str:
    items = "".join(
        f"<li>{source_link(key)}: {escape(SOURCES_BY_KEY[key].title)}"
        f'<span class="printed"> {escape(SOURCES_BY_KEY[key].address)}</span></li>'
        for key in keys
    )
    return f'<ol class="sources">{items}</ol>'
