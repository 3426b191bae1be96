"""Rules about a page as a whole: its front matter, its headings, its pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import yaml

from scripts.lint.text import Text
from scripts.pages.fault import Fault
from scripts.sources import citations, entries

_FIELDS = {
    "title": (str, "title: Too much magnesium"),
    "description": (str, "description: What too much magnesium does, with its sources."),
    "reviewed": (date, "reviewed: 2026-11-22"),
    "next_review": (date, "next_review: 2027-11-22"),
    "reviewers": (list, "reviewers: [] (or a list of names)"),
    "authors": (list, "authors: and below it a list of names"),
}


def encoding(text: Text) -> Iterator[Fault]:
    """A file is saved as UTF-8, without a byte-order mark.

    In the editor's "Save as", choose the encoding "UTF-8", not "UTF-8 with BOM" or "ANSI".
    Why: the mark is invisible and hides the front matter; other encodings spoil letters like µ.
    """
    if text.path == text.site.bib or not text.path.is_file():
        return  # The bibliography's own rule tells of its encoding.
    try:
        content = text.path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        yield text.fault(*entries.not_utf8(error))
    else:
        for line, message in entries.text_faults(content):
            yield text.fault(line, message)


def front_matter(text: Text) -> Iterator[Fault]:
    """A page begins with its title, description, days of review, reviewers and authors.

    Copy the head of another page, between two lines of `---`.
    Why: the foot of each page tells who wrote and who reviewed it, and when.
    """
    if not text.is_page:
        return
    try:
        loaded: object = yaml.safe_load(text.front)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        yield text.fault(line, "this is not YAML; put the text after the colon in double quotes")
        return
    fields = loaded if isinstance(loaded, dict) else {}
    for name, (kind, example) in _FIELDS.items():
        value = fields.get(name)
        # Compare the types themselves: a time of day passes isinstance(value, date), and Python
        # cannot say whether it comes before a date.
        if type(value) is not kind or (not value and name != "reviewers"):
            message = f"{name} is missing or not as it should be; write `{example}`"
            yield text.fault(line_of(text, name), message)
    reviewed, due = fields.get("reviewed"), fields.get("next_review")
    if type(reviewed) is date and type(due) is date and due <= reviewed:
        line = line_of(text, "next_review")
        yield text.fault(line, f"the next review, {due}, is not after the last, {reviewed}")


def overdue_review(text: Text) -> Iterator[Fault]:
    """A page whose next review is due says so to whoever edits it.

    Read its sources again and set `reviewed` and `next_review`. A page is due at once where a
    source that it cites was `corrected` after the page was reviewed.
    Why: amounts and limits change, and an old page looks no different from a new one.
    """
    due = re.search(r"^next_review: *(\d{4}-\d\d-\d\d)$", text.front, re.MULTILINE)
    if due and entries.is_day(due[1]) and date.fromisoformat(due[1]) < text.site.today:
        message = f"the review was due on {due[1]}; read the sources again and set a new day"
        yield text.fault(line_of(text, "next_review"), message, warning=True)
    reviewed = re.search(r"^reviewed: *(\d{4}-\d\d-\d\d)$", text.front, re.MULTILINE)
    sources = text.site.bibliography[0] if reviewed else {}
    for line, mark, _ in text.citations if reviewed else ():
        for key in citations.keys_of(mark):
            day = sources[key].get(entries.CORRECTED) if key in sources else ""
            if reviewed and day > reviewed[1]:
                message = f"'{key}' was corrected on {day}, after the review, which is due now"
                yield text.fault(line, message, warning=True)


def line_of(text: Text, name: str) -> int:
    """Return the line of a field of the front matter, the first where there is none."""
    field = re.search(rf"^{name}:", text.front, re.MULTILINE)
    return text.front.count("\n", 0, field.start()) + 2 if field else 1


def headings(text: Text) -> Iterator[tuple[int, int]]:
    """Yield each heading's line and level."""
    for token in text.tokens:
        if token.type == "heading_open" and token.map:
            yield token.map[0] + 1, int(token.tag[1])


def one_title(text: Text) -> Iterator[Fault]:
    """A page has one heading of the first level, `# Title`, and it is the first.

    Use `##` for the sections.
    Why: with a screen reader people find out by it where they are.
    """
    levels = list(headings(text))
    if text.is_page and (not levels or levels[0][1] != 1):
        line = levels[0][0] if levels else 1
        yield text.fault(line, "the page needs `# Title` as its first heading")
    for line, level in levels[1:]:
        if level == 1:
            yield text.fault(line, "a page has one `#` heading, its title; write `##`")


def heading_order(text: Text) -> Iterator[Fault]:
    """No level of heading is skipped on the way down: `##` comes before `###`.

    Take away a `#`.
    Why: people who jump from heading to heading take a gap for something they have missed.
    """
    for (_, before), (line, level) in pairwise(headings(text)):
        if level > before + 1:
            yield text.fault(
                line, f"level {level} under level {before}; write `{'#' * (before + 1)}`"
            )


def missing_alt(text: Text) -> Iterator[Fault]:
    """A picture has a text that says what it shows: `![Bars of five amounts](amounts.svg)`.

    Write what a reader would miss without it. HTML takes `alt=""` for a mere ornament.
    Why: whoever cannot see the picture, or has not loaded it, gets the text.
    """
    for line, token in text.inline:
        if token.type == "image" and not token.content.strip():
            yield text.fault(line, f"the picture '{token.attrs.get('src')}' has no text in []")
    for line, tag, attributes in text.elements:
        if tag == "img" and "alt" not in attributes:
            yield text.fault(line, 'the <img> has no alt text; write it in alt=""')
