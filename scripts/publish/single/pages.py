"""What the single file says: pages of the built site, made to stand in one document.

The pages come as they are, with their tables and sources. A link between two of them leads to
its place in the file, any other to the site. An id that an earlier page has is given another
name, wherever it is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from calculator.words.page import FAILURES, STAGES
from scripts.publish import third_party

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

_ARTICLE = re.compile(r"<article\b.*?</article>", re.DOTALL)
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_CANONICAL = re.compile(r'<link rel="canonical" href="([^"]*)"')
_TOP = re.compile(r'<h1 id="([^"]+)"')
_LINK = re.compile(r'\b(href|src)="(?![a-z]+:)([^"]*)"')
_IDS = re.compile(r'(?<=\bid=")[^"]+')
# What refers to an id without being a link, to one or several in a row.
_REFERS = re.compile(r'\b(id|for|aria-describedby|aria-labelledby)="([^"]*)"')
# The line that offers this very file.
_OFFER = re.compile(r'<p class="single-file".*?</p>', re.DOTALL)


class Article(NamedTuple):
    """What a page says, where it is on the site, and what its ids are called in the file."""

    address: str
    title: str
    html: str
    names: dict[str, str]
    shown: bool

    @property
    def top(self) -> str:
        """The id of its first heading, in the file."""
        return self.names[found(_TOP, self.html)]


def articles(site: Path) -> list[Article]:
    """The pages of the file, in order, with links and ids that are right in it."""
    read: list[Article] = []
    for page in CHECKS + FOLDED:
        taken = {name for article in read for name in article.names.values()}
        read.append(_read(site, page, taken))
    places = {article.address: article for article in read}
    return [article._replace(html=_placed(article, places)) for article in read]


def _read(site: Path, page: str, taken: set[str]) -> Article:
    text = (site / page / "index.html").read_text("utf-8")
    html = _OFFER.sub("", found(_ARTICLE, text))
    suffix = page.rpartition("/")[2]
    names = {name: f"{name}-{suffix}" if name in taken else name for name in _IDS.findall(html)}
    title = found(_TITLE, text).rpartition(" - ")[0]
    return Article(found(_CANONICAL, text), title, html, names, page in CHECKS)


def _placed(article: Article, places: dict[str, Article]) -> str:
    """The article with its ids, its links, its words and its live address as in the file."""

    def renamed(match: re.Match[str]) -> str:
        names = (article.names.get(name, name) for name in match[2].split(" "))
        return f'{match[1]}="{" ".join(names)}"'

    def led(match: re.Match[str]) -> str:
        if match[2].endswith(third_party.NAME):
            return f'{match[1]}="#{third_party.ID}"'
        address = urljoin(article.address, match[2])
        page, _, fragment = address.partition("#")
        there = places.get(page)
        return f'{match[1]}="{f"#{there.names.get(fragment, there.top)}" if there else address}"'

    html = _LINK.sub(led, _REFERS.sub(renamed, article.html))
    for ours, words in WORDS.items():
        html = html.replace(escape(ours), escape(words))
    html = html.replace("<article ", f'<article data-live="{known(article.address)}" ', 1)
    return html if article.shown else _folded(article.title, html)


def _folded(title: str, html: str) -> str:
    return f'<details class="folded"><summary>{title}</summary>{html}</details>'


def licences(site: Path) -> str:
    """The file of the licences of others, folded away."""
    text = (site / third_party.NAME).read_text("utf-8")
    return _folded(third_party.NAME, f'<pre id="{third_party.ID}">{escape(text)}</pre>')


def known(address: str) -> str:
    """An address that others can open, or nothing where the site was built for this machine."""
    return "" if urlsplit(address).hostname in ("127.0.0.1", "localhost") else address


def contents(parts: Iterable[Article]) -> str:
    """A list of the pages in the file."""
    items = (f'<li><a href="#{part.top}">{part.title}</a></li>' for part in parts)
    return f"<ul>{''.join(items)}</ul>"


def found(pattern: re.Pattern[str], page: str) -> str:
    """What a page has one of. Raises ValueError where the theme no longer writes it so."""
    match = pattern.search(page)
    if not match:
        raise ValueError(f"the built page has no {pattern.pattern}")
    return match[match.re.groups]
