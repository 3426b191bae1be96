"""What a browser may keep of the built site: offline.json, by which the service worker installs.

It lists every page and asset, and apart from them the runtime of the checks, each by its
address inside the site, with its size and SHA-256. The build's name is the hash of that list.
The whole list is written into sw.js too: a build with any other content is another service
worker, and another site of the same origin, which can write into what is kept, cannot change it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypedDict

from scripts.runtime.build import current, places

LIST = "offline.json"
WORKER = "sw.js"
FOLDER = "assets/offline"
# A service worker's scope is its own folder, and a host reads _headers at the root only.
AT_THE_ROOT = (WORKER, "_headers")
MISSING = "404.html"  # the page for an address where there is none
RUNTIME = "assets/runtime"

# What pages are made of. Maps of source code are not, nor the picture that messengers show beside
# a link.
_KINDS = {".css", ".js", ".svg", ".png", ".jpg", ".webp", ".woff2", ".webmanifest"}
_LEFT_OUT = (f"{RUNTIME}/", "assets/icons/share.png")
_LISTED = re.compile(r"(?<=const OFFLINE = )\{.*\}(?=;)")
_MARK = re.compile(r'<meta name="offline" content="\w+">')


# Hexadecimal digits of a page's or asset's hash: 128 bits, for which nobody can make another file.
# Twice as many would be half of what a returning reader downloads of both lists with every change.
ENOUGH = 32


class Entry(TypedDict):
    """A file as it must be; of a page or an asset the first digits of its SHA-256."""

    bytes: int
    sha256: str


class Offline(TypedDict):
    """`offline.json`."""

    build: str
    pages: dict[str, Entry]
    runtime: dict[str, Entry]


def write(site: Path) -> Offline:
    """Mark the pages of a built site, list what may be kept, and write the list into sw.js.

    Goes last: what is changed after it is refused by the browser, because its hash is another.
    """
    for name in AT_THE_ROOT:
        if (site / FOLDER / name).is_file():  # Not where it was published before.
            (site / FOLDER / name).replace(site / name)
    for page in (path for path in pages_and_assets(site) if path.suffix == ".html"):
        page.write_bytes(marked(page.read_bytes().decode()).encode())
    files: dict[str, dict[str, Entry]] = {
        "pages": {address(site, path): entry(path, ENOUGH) for path in pages_and_assets(site)},
        "runtime": {address(site, path): entry(path) for path in runtime(site)},
    }
    build = _short(json.dumps(files, sort_keys=True).encode())
    offline: Offline = {"build": build, "pages": files["pages"], "runtime": files["runtime"]}
    (site / LIST).write_text(json.dumps(offline, indent=1) + "\n", "utf-8", newline="\n")
    worker = (site / WORKER).read_text("utf-8")
    text = json.dumps(offline, separators=(",", ":"))
    listed, count = _LISTED.subn(lambda _: text, worker)
    if count != 1:
        raise ValueError(f"{WORKER}: no `const OFFLINE = {{}};` to write the list into")
    (site / WORKER).write_text(listed, "utf-8", newline="\n")
    return offline


def marked(page: str) -> str:
    """Return a page that says that it may be kept, and which version of itself it is."""
    plain = _MARK.sub("", page)
    mark = f'<meta name="offline" content="{_short(plain.encode())}">'
    return plain.replace("</head>", f"{mark}</head>", 1)


def pages_and_assets(site: Path) -> Iterator[Path]:
    """Yield what is kept as one: every page of a folder and the one for none, the search index
    and the assets."""
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        page = path.name == "index.html" or name in (MISSING, "search/search_index.json")
        asset = path.suffix in _KINDS and name != WORKER and not name.startswith(_LEFT_OUT)
        if page or asset:
            yield path


def runtime(site: Path) -> list[Path]:
    """Return the files of the runtime that the pages use."""
    folder = site / RUNTIME
    return sorted(places(current(folder), folder).values())


def address(site: Path, path: Path) -> str:
    """Return what a browser asks for to get a file: a folder for its page."""
    return path.relative_to(site).as_posix().removesuffix("index.html")


def entry(path: Path, digits: int = 64) -> Entry:
    """Return the size and the hash of a file, or the first digits of it."""
    content = path.read_bytes()
    return {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()[:digits]}


def _short(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]
