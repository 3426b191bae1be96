"""The single file as on a stick, alone in a folder, and ways to spoil or to test it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from scripts.publish import third_party
from scripts.publish.single import build as single

BUILT_FOR = "http://127.0.0.1:8000/magnesium/"  # mkdocs.yml's address without SITE_URL
LIVE = "https://example.org/magnesium/"


def copied(site: Path, folder: Path) -> Path:
    """The file of a built site, alone in a folder."""
    return Path(shutil.copy(single.write(site), folder))


def published(site: Path, folder: Path) -> Path:
    """The file of the same site, built for an address that others can open."""
    for page in site.rglob("index.html"):
        there = folder / page.relative_to(site)
        there.parent.mkdir(parents=True, exist_ok=True)
        there.write_text(page.read_text("utf-8").replace(BUILT_FOR, LIVE), "utf-8")
    shutil.copy(site / third_party.NAME, folder)
    (folder / "assets").symlink_to(site / "assets", target_is_directory=True)
    return single.write(folder)


def asking(file: Path, address: str, folder: Path, *, policy: bool) -> Path:
    """A copy whose worker asks an address for something, with the file's policy or without."""
    text = file.read_text("utf-8")
    start = '<script id="worker" type="text/plain">"use strict";'
    assert text.count(start) == 1
    text = text.replace(start, f'{start}\nfetch("{address}worker").catch(() => {{}});')
    if not policy:
        text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
        ask = f'<script>fetch("{address}page").catch(() => {{}});</script>'
        text = text.replace("</head>", f"{ask}</head>", 1)
    copy = folder / f"asking-{policy}.html"
    copy.write_text(text, "utf-8")
    return copy
