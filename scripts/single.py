"""Both checks in one file that answers from a disk, a stick or a mail, and asks nobody.

    python -m scripts.single [SITE]

It takes the two pages of a built site as they are, with their tables and sources, and puts
beside them the styles, the form's script, and the worker with the runtime inside it. A policy
in the file lets it ask for nothing at all.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
import sys
from collections.abc import Iterable
from functools import partial
from html import escape
from pathlib import Path
from urllib.parse import urljoin

from scripts import runtime

SITE = Path("site")
NAME = "magnesium-calculator.html"
HERE = Path(__file__).parent
PAGES = ("blood-test", "how-much")
SCRIPTS = ("finder.js", "keep.js", "loader.js", "form.js")  # each after what it imports
WORKER = "worker.js"

_ARTICLE = re.compile(r"<article\b.*?</article>", re.DOTALL)
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_CANONICAL = re.compile(r'<link rel="canonical" href="([^"]*)"')
_STYLE = re.compile(r'<link rel="stylesheet" href="([^"]*)"')
_LINK = re.compile(r'\b(href|src)="(?!#|[a-z]+:)([^"]*)"')
_IDS = re.compile(r'(?<=\bid=")[^"]+')
# What refers to an id, one or several in a row.
_REFERS = re.compile(r'\b(id|for|aria-describedby|aria-labelledby|href)="(#?)([^"]*)"')
_FONT = re.compile(r"@font-face\s*{[^}]*}")
_IMPORT = re.compile(r"^import .*;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=class|function|async|const)", re.MULTILINE)


def write(site: Path) -> Path:
    """Write the file into the root of a built site; return where it is."""
    pages = [(site / name / "index.html").read_text("utf-8") for name in PAGES]
    script = page_script(site)
    worker = worker_script(site)
    text = (HERE / "single.html").read_text("utf-8")
    parts = {
        "policy": policy(script),
        "title": " and ".join(_found(_TITLE, page).split(" - ")[0] for page in pages),
        "styles": styles(site, pages[0]),
        "articles": "\n".join(articles(pages)),
        "site": escape(urljoin(_found(_CANONICAL, pages[0]), "..")),
        "worker": worker,
        "script": script,
    }
    place = site / NAME
    # One pass, so that nothing that was put in is looked at again.
    filled = re.sub(r"{{(\w+)}}", lambda match: parts[match[1]], text)
    place.write_bytes(filled.encode())
    return place


def policy(script: str) -> str:
    """The policy: the one script, a worker made of this file's own text, no address at all."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    # The worker inherits it: it imports Pyodide from its own memory and compiles the wasm.
    return (
        f"default-src 'none'; script-src 'sha256-{digest}' blob: 'wasm-unsafe-eval'; "
        "worker-src blob:; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
        "form-action 'none'"
    )


# -------------------------------------------------------------------------- the pages


def articles(pages: Iterable[str]) -> list[str]:
    """What the pages say, with links that lead to the site and ids that are used once."""
    taken: set[str] = set()
    made = []
    for page in pages:
        article = _found(_ARTICLE, page)
        address = _found(_CANONICAL, page)
        ids = set(_IDS.findall(article))
        article = _apart(article, taken & ids)
        taken |= ids
        made.append(_LINK.sub(partial(_absolute, address), article))
    return made


def _absolute(address: str, match: re.Match[str]) -> str:
    return f'{match[1]}="{urljoin(address, match[2])}"'


def _apart(article: str, twice: set[str]) -> str:
    """Give ids that another page has too a name of their own, wherever they are meant."""

    def renamed(match: re.Match[str]) -> str:
        words = (f"{word}-day" if word in twice else word for word in match[3].split(" "))
        return f'{match[1]}="{match[2]}{" ".join(words)}"'

    return _REFERS.sub(renamed, article)


def styles(site: Path, page: str) -> str:
    """Every style sheet of the page; the reader's own fonts stand in for ours."""
    sheets = (site / PAGES[0] / href for href in _STYLE.findall(page))
    return "\n".join(_FONT.sub("", sheet.read_text("utf-8")) for sheet in sheets)


# ------------------------------------------------------------------------ the scripts


def page_script(site: Path) -> str:
    """The form's script and all it imports, behind what starts the worker from this file."""
    texts = [(site / "assets" / name).read_text("utf-8") for name in SCRIPTS]
    joined = "".join(_EXPORT.sub("", _IMPORT.sub("", text)) for text in texts)
    return (HERE / "single.page.js").read_text("utf-8") + joined


def worker_script(site: Path) -> str:
    """The worker's script behind the runtime's files and what answers for them."""
    folder = site / "assets" / "runtime"
    current = runtime.current(folder)
    files = {name: _packed(folder / current["hash"] / name) for name in current["files"]}
    text = (site / "assets" / WORKER).read_text("utf-8")
    for old, new in (
        ('import("./snapshot.js")', 'Promise.reject(new Error("nothing is kept from a file"))'),
        ("import(runtime + name)", "bring(runtime + name)"),
    ):
        if text.count(old) != 1:
            raise ValueError(f"{WORKER}: {old} is not there once, as scripts/single.py expects")
        text = text.replace(old, new)
    answers = (HERE / "single.worker.js").read_text("utf-8")
    return f'"use strict";\nconst PACKED = {json.dumps(files)};\n{answers}{text}'


def _packed(file: Path) -> str:
    return base64.b64encode(gzip.compress(file.read_bytes(), 9, mtime=0)).decode()


def _found(pattern: re.Pattern[str], page: str) -> str:
    """What a page has one of. Raises ValueError where the theme no longer writes it so."""
    match = pattern.search(page)
    if not match:
        raise ValueError(f"the built page has no {pattern.pattern}")
    return match[match.re.groups]


if __name__ == "__main__":
    done = write(Path(sys.argv[1]) if len(sys.argv) > 1 else SITE)
    print(f"single: {done.stat().st_size / 1e6:.1f} MB in {done.as_posix()}")
