"""What the single file says: pages of the built site, the checks first and the others folded."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path

from calculator.words.page import FAILURES, STAGES
from scripts.publish import third_party, together
from scripts.publish.together import Article

CHECKS = ("blood-test", "how-much")
# What a result can be judged by, folded away: the tables that the checks reckon with, what
# raised magnesium does and whom to call, what the checks are for, every source in full, and
# whose work all of it is.
FOLDED = (
    *("supplements", "food", "too-much", "about/intended-purpose"),
    *("sources", "about/licence"),
)

# From a disk nothing is downloaded, so the words of the site would lead astray.
_BY_HAND = "Your answers are still here. The tables in this file hold the same numbers."
_DAMAGED = f"Part of this file is damaged, so the check cannot run. Download it again. {_BY_HAND}"
_LACKING = (
    "This file holds the part of the calculator that answers have needed so far. "
    f"Yours needs more of it, which is on the site. {_BY_HAND}"
)
_REFUSED = f"The browser did not start the calculator from this file. {_BY_HAND}"
WORDS = {
    STAGES["download"]: "Unpacking the calculator:",
    FAILURES["offline"]: _REFUSED,
    FAILURES["missing"]: _LACKING,
    FAILURES["corrupt"]: _DAMAGED,
    FAILURES["died"]: (
        "The browser ended the calculator, perhaps to save memory. "
        f"Or part of this file is damaged. {_BY_HAND}"
    ),
}

# The line that offers this very file.
_OFFER = re.compile(r'<p class="single-file".*?</p>', re.DOTALL)


def articles(site: Path) -> list[Article]:
    """The pages of the file, in order, in its words."""
    read = together.articles(site, CHECKS + FOLDED, {third_party.NAME: third_party.ID})
    return [article._replace(html=_shown(article)) for article in read]


def _shown(article: Article) -> str:
    html = _OFFER.sub("", article.html)
    for ours, words in WORDS.items():
        html = html.replace(escape(ours), escape(words))
    return html if article.page in CHECKS else _folded(article.title, html)


def _folded(title: str, html: str) -> str:
    return f'<details class="folded"><summary>{title}</summary>{html}</details>'


def licences(site: Path) -> str:
    """The file of the licences of others, folded away."""
    text = (site / third_party.NAME).read_text("utf-8")
    return _folded(third_party.NAME, f'<pre id="{third_party.ID}">{escape(text)}</pre>')
