"""The theme's style sheets and ours as one file, which a page waits for before it is drawn.

Each is a file of its own for whoever writes it. A reader's browser would ask for each apart.
"""

from __future__ import annotations

import re
from pathlib import Path

FOLDER = "assets/css"
WHOLE = "site.css"

# The theme's stand in assets/stylesheets. None of them names a file by an address of its own.
_LINKS = re.compile(
    r'(?:<link rel="stylesheet" href="([^"]*)assets/(?:css|stylesheets)/[\w.-]+">\s*)+'
)
# What no page needs: comments and indentation, the theme's other colours, and its icons of the
# callouts that we do not write.
_COLOURS = r"(?<=[{}])[^{}]*\[data-md-color-(?:primary|accent)=(?!custom)[^{},]*\{[^{}]*\}"
_ICONS = r"--md-admonition-icon--(?!note|tip|important|warning|danger)[\w-]+:url\([^)]*\);?"
_UNUSED = re.compile(rf"/\*.*?\*/|\n\s*(?=\n)|(?<=\n)[ ]+|{_COLOURS}|{_ICONS}", re.DOTALL)
_NAME = re.compile(r'"[^"]*(assets/(?:css|stylesheets)/[\w.-]+)"')


def join(site: Path) -> None:
    """Put the sheets that the pages of a built site name into one, in the order of the pages.

    Raises ValueError where two pages name other sheets, or the same ones in another order.
    """
    orders = {tuple(_NAME.findall(links[0])) for links in map(_links, _pages(site)) if links}
    if len(orders) != 1:
        raise ValueError(f"the pages name style sheets in different orders: {sorted(orders)}")
    (names,) = orders
    if names == (f"{FOLDER}/{WHOLE}",):
        return  # Published before.
    sheets = [site / name for name in names]
    text = _UNUSED.sub("", "".join(sheet.read_text("utf-8") for sheet in sheets))
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
