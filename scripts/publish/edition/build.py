"""The articles of the site as one PDF, with one numbered list of references and page numbers.

    python -m scripts.publish.edition.build [SITE]

A Chromium prints it; where there is none the edition is left out. The day it was made is that of
the build.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path

from mkdocs.utils import get_build_date
from mkdocs.utils.yaml import yaml_load

from calculator import __version__
from scripts.publish import chromium, downloads, together
from scripts.publish.single.build import made_on, newest
from scripts.publish.together import Article, articles, contents, found
from scripts.sources.extension import shown

SITE = Path("site")
NAME = downloads.EDITION
HERE = Path(__file__).parent
MENU = Path("mkdocs.yml")
# What only a browser, or whoever works on the site, has a use for.
LEFT_OUT = {
    *("examples.md", "sources.md", "about/privacy.md", "about/offline.md"),
    *("about/accessibility.md", "about/faults.md", "about/tests.md", "about/performance.md"),
    *("about/data.md", "about/program.md", "about/changes.md"),
}
SECONDS = 120  # for Chromium, which needs about 5
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"),
    "--generate-pdf-document-outline",
    # The fonts beside the style sheet; and no request to anybody.
    *("--allow-file-access-from-files", "--host-resolver-rules=MAP * ~NOTFOUND"),
)

_ABOUT = re.compile(r'<meta name="description" content="([^"]*)"')
# What the extension of scripts/sources writes: a citation, the list at the foot, an entry of it.
_MARK = re.compile(r'(<sup class="citation"[^>]*>)(.*?)(</sup>)', re.DOTALL)
_LIST = re.compile(r'<section [^>]*class="references"[^>]*>.*?</section>', re.DOTALL)
_CONTENTS = re.compile(r'<nav [^>]*class="contents".*?</nav>', re.DOTALL)  # of one page
_ENTRY = re.compile(
    r'<span id="(?:ref|cited)-([a-z0-9-]+)">(<span class="reference">.*?</span>)</span>', re.DOTALL
)
_TAG = re.compile(r"<[^>]*>")
_DATE = re.compile(rb"(?<=Date \(D:)\d{14}[+-]\d\d'\d\d'")


class References:
    """The references of all articles, numbered in the order in which they are first cited."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.entries: dict[str, str] = {}

    def renumbered(self, article: Article, page: str) -> str:
        """An article with these numbers, and without the list of its own.

        ``page`` is the page as it was built, whose list tells which source each number is.
        """
        listed = dict(_ENTRY.findall(found(_LIST, page) if _LIST.search(page) else ""))
        self.entries |= listed
        keys = list(listed)

        def marked(match: re.Match[str]) -> str:
            cited = [keys[number - 1] for number in spelled_out(_TAG.sub("", match[2]))]
            numbers = {self.numbers.setdefault(key, len(self.numbers) + 1): key for key in cited}
            return f"{match[1]}{linked(numbers)}{match[3]}"

        return _MARK.sub(marked, _CONTENTS.sub("", _LIST.sub("", article.html)))

    def listed(self) -> str:
        """The list at the end."""
        items = (f'<li id="to-{key}">{self.entries[key]}</li>' for key in self.numbers)
        return f"<ol>{''.join(items)}</ol>"


def spelled_out(text: str) -> Iterator[int]:
    """Each number of a citation: 1, 3, 4 and 5 of "1,3-5", which has an en dash."""
    for part in text.split(","):
        first, _, last = part.partition("\N{EN DASH}")
        yield from range(int(first), int(last or first) + 1)


def linked(numbers: Mapping[int, str]) -> str:
    """The numbers of a citation, each shown one a link to its source in the list at the end."""
    marks = shown(sorted(numbers))
    return "".join(f'{joint}<a href="#to-{numbers[n]}">{n}</a>' for n, joint, _ in marks)[1:]


def chapters() -> list[str]:
    """The folders of the articles, in the order of the menu."""
    pages = flat(yaml_load(MENU.read_text("utf-8"))["nav"])
    return [folder(page) for page in pages if page not in LEFT_OUT]


def flat(menu: list[dict[str, object]]) -> Iterator[str]:
    """The files of a menu of MkDocs, in order."""
    for entry in menu:
        for inside in entry.values():
            if isinstance(inside, list):
                yield from flat(inside)
            else:
                yield str(inside)


def folder(page: str) -> str:
    """Where a page is in the site: nothing for "index.md", "about" for "about/index.md"."""
    return page.removesuffix(".md").removesuffix("index").rstrip("/")


def document(site: Path) -> str:
    """The edition as one page, which names the site's own style sheet."""
    read = articles(site, chapters(), {})
    built = [(site / one.page / "index.html").read_text("utf-8") for one in read]
    references = References()
    texts = [references.renumbered(one, page) for one, page in zip(read, built, strict=True)]
    parts = {
        "name": found(together.SITE, built[0]),
        "about": found(_ABOUT, built[0]),
        "version": escape(__version__),
        "date": made_on(),
        "newest": newest(read[0].address).replace("The newest one", "The site itself"),
        "contents": contents(read),
        "articles": "\n".join(texts),
        "references": references.listed(),
        "styles": (HERE / "edition.css").read_text("utf-8"),
    }
    template = (HERE / "edition.html").read_text("utf-8")
    return re.sub(r"{{(\w+)}}", lambda match: parts[match[1]], template)


def write(site: Path, browser: str) -> None:
    """Print the edition into the root of a built site; a Chromium that does not print leaves none.

    The document stands in the site for as long, beside the style sheet that it names.
    """
    page, place = site / "edition.html", site / NAME
    page.write_text(document(site), "utf-8")
    place.unlink(missing_ok=True)
    try:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
            to = (f"--print-to-pdf={place.resolve()}", f"--user-data-dir={profile}")
            command = [browser, *FLAGS, *to, page.resolve().as_uri()]
            subprocess.run(command, capture_output=True, timeout=SECONDS)
    except (OSError, subprocess.TimeoutExpired):
        return
    finally:
        page.unlink()
    if place.is_file():
        day = f"{get_build_date().replace('-', '')}000000+00'00'".encode()
        place.write_bytes(_DATE.sub(day, place.read_bytes()))


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else SITE, chromium.found())
