"""Our style sheets as one: each is a file of its own for whoever writes it, not for a reader."""

from __future__ import annotations

import re
from pathlib import Path

FOLDER = "assets/css"
WHOLE = "site.css"

_LINKS = re.compile(rf'(?:<link rel="stylesheet" href="([^"]*){FOLDER}/([\w.-]+)">\s*)+')
_NAME = re.compile(rf"{FOLDER}/([\w.-]+)\"")


def join(site: Path) -> None:
    """Put the sheets that the pages of a built site name into one, in the order of the pages.

    Raises ValueError where two pages name other sheets, or the same ones in another order.
    """
    orders = {tuple(_NAME.findall(links[0])) for links in map(_links, _pages(site)) if links}
    if len(orders) != 1:
        raise ValueError(f"the pages name our style sheets in different orders: {sorted(orders)}")
    (names,) = orders
    if names == (WHOLE,):
        return  # Published before.
    sheets = [site / FOLDER / name for name in names]
    text = "".join(sheet.read_text("utf-8") for sheet in sheets)
    for sheet in sheets:
        sheet.unlink()
    (site / FOLDER / WHOLE).write_text(text, "utf-8", newline="\n")
    for page in _pages(site):
        html = page.read_bytes().decode()
        link = rf'<link rel="stylesheet" href="\g<1>{FOLDER}/{WHOLE}">'
        page.write_bytes(_LINKS.sub(link, html).encode())


def _pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def _links(page: Path) -> re.Match[str] | None:
    return _LINKS.search(page.read_bytes().decode())
