"""Both checks in one file that answers from a disk, a stick or a mail, and asks nobody.

    python -m scripts.publish.single.build [SITE]

It takes pages of a built site (scripts.publish.single.pages) and puts beside them the styles, the
fonts, the form's script, and the worker with the runtime inside it. A policy in the file lets
it ask for nothing at all.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
import sys
from datetime import date
from html import escape
from pathlib import Path
from urllib.parse import urljoin

from mkdocs.utils import get_build_date

from calculator import __version__
from scripts.publish import downloads, together
from scripts.publish.single.pages import CHECKS, articles, licences
from scripts.publish.together import contents, found, known
from scripts.runtime import build as runtime

SITE = Path("site")
NAME = downloads.SINGLE
HERE = Path(__file__).parent
# Each after what it imports.
SCRIPTS = ("js/finder.js", "js/keep.js", "python/loader.js", "js/tab.js", "js/form.js")
WORKER = "python/worker.js"
# The last line of the last script: where it ran, the file is whole.
WHOLE = 'document.documentElement.dataset.whole = "yes";'

_STYLE = re.compile(r'<link rel="stylesheet" href="([^"]*)"')
_FONT = re.compile(r'(?<=url\(")\.\./fonts/[^"]+(?="\))')
_DARK = re.compile(r"""\[data-md-color-scheme=["']?slate["']?\]\s*({[^}]*})""")
_IMPORT = re.compile(r"^import .*;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=class|function|async|const)", re.MULTILINE)


def write(site: Path) -> Path:
    """Write the file into the root of a built site; return where it is."""
    pages = articles(site)
    guard = _own("guard.js")
    script, style = page_script(site), styles(site)
    home = urljoin(pages[0].address, "..")
    parts = {
        "policy": policy(style, guard, script),
        "guard": guard,
        "styles": style,
        "contents": contents(pages),
        "name": found(together.SITE, (site / CHECKS[0] / "index.html").read_text("utf-8")),
        "version": escape(__version__),
        "date": made_on(),
        "newest": newest(home),
        "articles": "\n".join(page.html for page in pages),
        "licences": licences(site),
        "site": escape(home),
        "worker": worker_script(site),
        "script": script,
    }
    place = site / NAME
    # One pass, so that nothing that was put in is looked at again.
    filled = re.sub(r"{{(\w+)}}", lambda match: parts[match[1]], _own("single.html"))
    place.write_bytes(filled.encode())
    return place


def _own(name: str) -> str:
    return (HERE / name).read_text("utf-8")


def policy(style: str, *scripts: str) -> str:
    """The policy: these scripts and styles, a worker of this file's own text, no address at all."""
    # The worker inherits it: it imports Pyodide from its own memory and compiles the wasm.
    return (
        f"default-src 'none'; script-src {' '.join(map(_hash, scripts))} blob: 'wasm-unsafe-eval'; "
        f"worker-src blob:; style-src {_hash(style)}; img-src data:; font-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    """What a policy allows an inline script or style by."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def made_on() -> str:
    """The day of the build in words; SOURCE_DATE_EPOCH sets it, as it sets the site map's."""
    day = date.fromisoformat(get_build_date())
    return f"{day.day} {day:%B %Y}"


def newest(home: str) -> str:
    """Where the newest file is, if the site has an address that others can open."""
    if not known(home):
        return ""
    address = escape(home)
    return f'The newest one is at <a href="{address}">{address}</a>.'


def styles(site: Path) -> str:
    """Every style sheet of the pages, with the fonts in it, and the file's own.

    No menu is here to choose dark colours by, so they follow the device's, without a script.
    """
    folder = site / CHECKS[0]
    sheets = _STYLE.findall((folder / "index.html").read_text("utf-8"))
    text = "\n".join(_with_fonts(folder / sheet) for sheet in sheets)
    dark = r"@media (prefers-color-scheme: dark) { [data-md-color-scheme] \1 }"
    return _DARK.sub(dark, text) + _own("single.css")


def _with_fonts(sheet: Path) -> str:
    def inside(match: re.Match[str]) -> str:
        font = (sheet.parent / match[0]).read_bytes()
        return f"data:font/woff2;base64,{base64.b64encode(font).decode()}"

    text, fonts = _FONT.subn(inside, sheet.read_text("utf-8"))
    # The fonts' licence wants to be where they are.
    licence = (sheet.parent.parent / "fonts" / "LICENSE.txt").read_text("utf-8") if fonts else ""
    return f"/* {licence} */\n{text}" if licence else text


# ------------------------------------------------------------------------ the scripts


def page_script(site: Path) -> str:
    """The form's script and all it imports, behind what starts the worker from this file."""
    texts = [(site / "assets" / name).read_text("utf-8") for name in SCRIPTS]
    joined = "".join(_EXPORT.sub("", _IMPORT.sub("", text)) for text in texts)
    return f"{_own('page.js')}{joined}{WHOLE}\n"


def worker_script(site: Path) -> str:
    """The worker's script behind the runtime's files and what answers for them."""
    folder = site / "assets" / "runtime"
    places = runtime.places(runtime.current(folder), folder)
    # Without the whole engine, which would make the file half as large again.
    names = places.keys() - {runtime.WHOLE}
    files = {name: _packed(places[name]) for name in sorted(names)}
    text = (site / "assets" / WORKER).read_text("utf-8")
    for old, new in (
        ('import("./snapshot.js")', 'Promise.reject(new Error("nothing is kept from a file"))'),
        ("import(files[name].url)", "bring(files[name].url)"),
    ):
        if text.count(old) != 1:
            raise ValueError(
                f"{WORKER}: {old} is not there once, as scripts/publish/single/build.py expects"
            )
        text = text.replace(old, new)
    packed = f"const PACKED = {json.dumps(files)};"
    return f'"use strict";\n{packed}\n{_own("worker.js")}{text}'


def _packed(file: Path) -> str:
    return base64.b64encode(gzip.compress(file.read_bytes(), 9, mtime=0)).decode()


if __name__ == "__main__":
    done = write(Path(sys.argv[1]) if len(sys.argv) > 1 else SITE)
    print(f"single: {done.stat().st_size / 1e6:.1f} MB in {done.as_posix()}")
