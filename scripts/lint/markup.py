"""Rules about Markdown: that GitHub and the site read it alike, and that nothing is lost in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from scripts.claims.table import ClaimCount, ClaimLink
from scripts.lint.parsers import Difference, differences
from scripts.lint.text import Text
from scripts.pages import blocks, quantity
from scripts.pages.fault import Fault
from scripts.sources.entries import did_you_mean


def read_differently(text: Text) -> Iterator[Fault]:
    """A page has the same headings, lists, tables and text on GitHub and on the site.

    Put a blank line before a list, a table and a heading, indent a list in a list by 4 spaces,
    and write a space after `#`.
    Why: in a list of amounts, an item that changes its level changes what the amount is for.
    """
    before = ""
    for difference in differences(text.tokens, text.source) if text.is_page else ():
        cure = remedy(difference)
        if not difference.follows or cure != before:  # A list wrong throughout is one fault.
            yield text.fault(difference.line, f"{readings(difference)}; {cure}")
        before = cure


def readings(difference: Difference) -> str:
    """Say how GitHub and the site take the same place."""
    here, there = difference.github, difference.site
    if here and there and here.kind == there.kind:
        if here.shown == there.shown:
            return f"GitHub and the site read '{here.shown}' differently"
        return f"GitHub shows '{here.shown}' here, the site '{there.shown}'"
    github = f"'{here.shown}' as {here.kind}" if here else "nothing here"
    site = f"'{there.shown}' as {there.kind}" if there else "nothing here"
    return f"GitHub shows {github}, the site {site}"


def remedy(difference: Difference) -> str:
    """Say what most likely makes both read it alike."""
    here, there = difference.github, difference.site
    kinds = [piece.kind if piece else "" for piece in (here, there)]
    github, site = (piece.text if piece else "" for piece in (here, there))
    if "code" in kinds:
        return "put the code outside of any list, with a blank line before and after it"
    if any("item" in kind for kind in kinds) and github != "[TOC]":
        return list_remedy(difference)
    if "part of a table" in kinds:
        inside = {*kinds} <= {"part of a table", ""}
        return "write no | inside a cell" if inside else "put a blank line before the table"
    if re.match(r"#+\S", github):
        return "write `## Heading` with a space, and begin no other line with a #"
    if "\\" in site:
        return "leave out the \\, and end a line with two spaces to break it"
    if here and here.marked and not (there and there.marked):
        return "leave out the HTML around it, in which the site reads no marks"
    return "leave it out, or write it more plainly"


def list_remedy(difference: Difference) -> str:
    """Say what most likely makes both read a list alike."""
    here, there = difference.github, difference.site
    if here and there and "item" in here.kind and "item" in there.kind:
        if here.kind[-1] != there.kind[-1]:
            return "indent a list in a list by 4 spaces"
        return "begin numbers at 1 and use one sign for one list"
    if here and not here.begins and "item" in here.kind:
        return "indent by 4 spaces what belongs to an item"
    if there and re.match(r"\d+\)", there.text):
        return "write numbers as 1. and not as 1)"
    return "put a blank line before the list"


_ALERTS = {"note": "NOTE", "tip": "TIP", "warning": "WARNING", "danger": "CAUTION"}
_ADMONITION = re.compile(r"^(?:!!!|\?\?\?\+?) *(\w*)[^\n]*", re.MULTILINE)


def admonition(text: Text) -> Iterator[Fault]:
    """A box is an alert, `> [!WARNING]` and lines that begin with `>`, never `!!!`.

    Why: GitHub shows `!!!` as three marks and its text as code, and so does an editor there.
    """
    for box in _ADMONITION.finditer(text.source if text.is_page else ""):
        line = text.source.count("\n", 0, box.start()) + 1
        if line not in text.code_lines:
            yield text.fault(line, f"'{box[0]}': write `> [!{_ALERTS.get(box[1], 'NOTE')}]`")


def unknown_block(text: Text) -> Iterator[Fault]:
    """A block of ours is one that the site has, as `/// reference | serum` and a line `///`.

    Blank lines stand around the two. The kinds are check, reference and picture; their names
    are in `scripts/pages/blocks.py`.
    Why: a slip in the first word is published as text, and one in the second stops the build.
    """
    if not text.is_page:
        return
    for block in blocks.written(text.source):
        line = text.source.count("\n", 0, block.start("block")) + 1
        if line not in text.code_lines and not blocks.is_known(block):
            yield text.fault(line, slip(block["kind"], block["name"]))
    opened = False
    for number, source in enumerate(blocks.blanked(text.source).split("\n"), 1):
        if not source.lstrip().startswith("///") or number in text.code_lines:
            continue
        opened = not opened or source.strip() != "///"
        if opened:
            message = "is no block; write `/// reference | serum`, then `///`, blank lines around"
            yield text.fault(number, f"'{source.strip()}' {message}")


def slip(kind: str, name: str) -> str:
    """Say which word of a block is wrong, and what it should be."""
    if kind not in blocks.NAMES:
        otherwise = f"; the kinds are {', '.join(blocks.NAMES)}"
        return f"there is no block '/// {kind}'{did_you_mean(kind, blocks.NAMES, otherwise)}"
    names = blocks.NAMES[kind]
    otherwise = f"; it is one of {', '.join(names)}"
    return f"there is no {kind} '{name}'{did_you_mean(name, names, otherwise)}"


_BRACES = re.compile(r"\{[^{}\n]*\}")
# The number of a claim in small letters too: the rule `unknown-claim` looks at it.
_READ = re.compile("|".join((quantity.PATTERN, f"(?i:{ClaimLink.PATTERN})", ClaimCount.PATTERN)))


def unread_braces(text: Text) -> Iterator[Fault]:
    """Braces hold a serum figure with its unit, `{4.8 mg/dL}`, or the number of a claim, `{C14}`.

    The units are mg/dL, mmol/L and mEq/L, in these letters. `{claims}` counts the claims.
    Why: what the site does not know in braces is published as it is typed.
    """
    for line, braces in text.find(_BRACES) if text.is_page else ():
        if not _READ.fullmatch(braces[0]):
            message = "is not read; write {4.8 mg/dL}, {2 mmol/L}, {4 mEq/L} or a claim, {C14}"
            yield text.fault(line, f"'{braces[0]}' {message}")


def table_row(text: Text) -> Iterator[Fault]:
    """Each row of a table has as many cells as its head, and so has the line of dashes.

    Write an empty cell as `| |`, and a bar inside a cell as "or".
    Why: a cell too many is not shown, and with one too few the amounts stand under other names.
    """
    source = text.source.split("\n")
    head = 0
    for token in text.tokens:
        if token.type in ("table_open", "tr_open") and token.map:
            cells = cells_in(source[token.map[0]])
            head = cells if token.type == "table_open" else head
            if cells != head:
                message = f"this row has {counted(cells)}, the head of its table {head}"
                yield text.fault(token.map[0] + 1, f"{message}; write as many")
    for block in text.blocks:
        lines = block.text.split("\n")
        for nth, (above, line) in enumerate(pairwise(lines), 1):
            if _DASHES.fullmatch(line) and "|" in line:
                cells, head = cells_in(line), cells_in(above)
                message = f"the line of dashes has {counted(cells)}, the head above it {head}"
                yield text.fault(block.line + nth, f"{message}; write as many")


_DASHES = re.compile(r"[\s|:-]*-{2}[\s|:-]*")


def cells_in(row: str) -> int:
    """Return how many cells a row of a table has, as GitHub counts: a bar in code counts too."""
    inside = re.sub(r"^[\s>]*\|?|(?<!\\)\|\s*$", "", row)
    return len(re.findall(r"(?<!\\)\|", inside)) + 1


def counted(cells: int) -> str:
    """Return "1 cell", "2 cells"."""
    return f"{cells} cell{'' if cells == 1 else 's'}"


_GITHUB_ONLY = (
    (r"\[\^[^\]\s]+\]:?", "is a footnote, which only GitHub shows; cite a source as [@key]"),
    (r"~~[^~\n]+~~", "is struck out on GitHub only; leave the words out"),
    (r"(?<![\w:]):[a-z][a-z0-9_+-]*:(?![\w:])", "is a picture on GitHub only; write a word"),
    (r"\$\$?[^$\n]*\\[a-z]+[^$\n]*\$", "is a formula on GitHub only; write it in words"),
)
_TASK = re.compile(r"\[[ xX]\]\s")


def github_only(text: Text) -> Iterator[Fault]:
    """A page uses no mark that GitHub alone reads: footnotes, boxes to tick, struck-out words.

    Cite a source as `[@key]`, and write a list without boxes.
    Why: the site prints such a mark as it is typed, and a reader takes it for a slip.
    """
    for pattern, message in _GITHUB_ONLY if text.is_page else ():
        for line, mark in text.find(re.compile(pattern)):
            yield text.fault(line, f"'{mark[0]}' {message}")
    for block in text.blocks:
        if "list_item_open" in block.around and _TASK.match(block.text):
            yield text.fault(block.line, "'[ ]' is a box to tick on GitHub only; leave it out")
