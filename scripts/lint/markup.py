"""Rules about Markdown that GitHub and the site do not read alike."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scripts.lint.lists import Item, of_github, of_site
from scripts.lint.text import Text
from scripts.pages.fault import Fault


def list_read_differently(text: Text) -> Iterator[Fault]:
    """A list is the same list on GitHub and on the site.

    Put a blank line before a list, indent a list in a list by 4 spaces, begin numbers at 1 and
    use one sign for one list.
    Why: in a list of amounts, an item that changes its level changes what the amount is for.
    """
    if not text.is_page:
        return
    ours, theirs = of_github(text.tokens), of_site(text.source)
    nowhere = Item(0, "", "", 0)
    for nth in range(max(len(ours), len(theirs))):
        here = ours[nth] if nth < len(ours) else nowhere
        there = theirs[nth] if nth < len(theirs) else nowhere
        if here.reads != there.reads:
            line = here.line or there.line or 1
            yield text.fault(
                line, f"{here.told('GitHub')}, {there.told('the site')}; {remedy(here, there)}"
            )
            return


def remedy(here: Item, there: Item) -> str:
    """Say what most likely parts two readings of an item."""
    if not there.text or not here.text:
        return "put a blank line before the list"
    if here.depth != there.depth:
        return "indent a list in a list by 4 spaces"
    return "begin numbers at 1 and use one sign for one list"


_ALERTS = {"note": "NOTE", "tip": "TIP", "warning": "WARNING", "danger": "CAUTION"}
_ADMONITION = re.compile(r"^(?:!!!|\?\?\?\+?) *(\w*)[^\n]*", re.MULTILINE)


def admonition(text: Text) -> Iterator[Fault]:
    """A box is an alert, `> [!WARNING]` and lines that begin with `>`, never `!!!`.

    Why: GitHub shows `!!!` as three marks and its text as code, and so does an editor there.
    """
    code = [token for token in text.tokens if token.type in ("fence", "code_block")]
    fenced = {n for t in code if t.map and t.type == "fence" for n in range(*t.map)}
    for found in _ADMONITION.finditer(text.source if text.is_page else ""):
        line = text.source.count("\n", 0, found.start()) + 1
        if line - 1 in fenced:
            continue
        kind = _ALERTS.get(found[1], "NOTE")
        yield text.fault(line, f"'{found[0]}': write `> [!{kind}]`")
