"""Pages of the built site, made to stand in one document.

The pages come as they are, with their tables and sources. A link between two of them leads to
its place in the document, any other to the site. An id that an earlier page has is given another
name, wherever it is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

_ARTICLE = re.compile(r"<article\b.*?</article>", re.DOTALL)
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
SITE = re.compile(r'<meta name="application-name" content="([^"]*)"')
CANONICAL = re.compile(r'<link rel="canonical" href="([^"]*)"')
_TOP = re.compile(r'<h1 id="([^"]+)"')
_LINK = re.compile(r'\b(href|src)="(?![a-z]+:)([^"]*)"')
_IDS = re.compile(r'(?<=\bid=")[^"]+')
# What refers to an id without being a link, to one or several in a row.
_REFERS = re.compile(r'\b(id|for|aria-describedby|aria-labelledby)="([^"]*)"')


class Article(NamedTuple):
    """What a page says, where it is in the site and on the web, and what its ids are called."""

    page: str
    address: str
    title: str
    html: str
    names: dict[str, str]

    @property
    def top(self) -> str:
        """The id of its first heading, in the document."""
        return self.names[found(_TOP, self.html)]


def articles(site: Path, pages: Iterable[str], files: Mapping[str, str]) -> list[Article]:
    """The pages of these folders, in order, with links and ids that are right in one document.

    ``files`` are those of the site that stand in the document too, each with its id there.
    """
    read: list[Article] = []
    for page in pages:
        taken = {name for article in read for name in article.names.values()}
        read.append(_read(site, page, taken))
    places = {article.address: article for article in read}
    return [article._replace(html=_placed(article, places, files)) for article in read]


def _read(site: Path, page: str, taken: set[str]) -> Article:
    text = (site / page / "index.html").read_text("utf-8")
    html = found(_ARTICLE, text)
    suffix = page.rpartition("/")[2]
    names = {name: f"{name}-{suffix}" if name in taken else name for name in _IDS.findall(html)}
    title = found(_TITLE, text).removesuffix(f" - {found(SITE, text)}")
    return Article(page, found(CANONICAL, text), title, html, names)


def _placed(article: Article, places: Mapping[str, Article], files: Mapping[str, str]) -> str:
    """The article with its ids, its links and its live address as in the document."""

    def renamed(match: re.Match[str]) -> str:
        names = (article.names.get(name, name) for name in match[2].split(" "))
        return f'{match[1]}="{" ".join(names)}"'

    def led(match: re.Match[str]) -> str:
        if inside := files.get(match[2].rpartition("/")[2]):
            return f'{match[1]}="#{inside}"'
        address = urljoin(article.address, match[2])
        page, _, fragment = address.partition("#")
        there = places.get(page)
        return f'{match[1]}="{f"#{there.names.get(fragment, there.top)}" if there else address}"'

    html = _LINK.sub(led, _REFERS.sub(renamed, article.html))
    return html.replace("<article ", f'<article data-live="{known(article.address)}" ', 1)


def known(address: str) -> str:
    """An address that others can open, or nothing where the site was built for this machine."""
    return "" if urlsplit(address).hostname in ("127.0.0.1", "localhost") else address


def contents(parts: Iterable[Article]) -> str:
    """A list of the pages in the document."""
    items = (f'<li><a href="#{part.top}">{part.title}</a></li>' for part in parts)
    return f"<ul>{''.join(items)}</ul>"


def found(pattern: re.Pattern[str], page: str) -> str:
    """What a page has one of. Raises ValueError where the theme no longer writes it so."""
    match = pattern.search(page)
    if not match:
        raise ValueError(f"the built page has no {pattern.pattern}")
    return match[match.re.groups]
