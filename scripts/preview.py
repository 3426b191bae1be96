"""A copy of the built site whose links lead somewhere without a server: for reading from disk.

    python -m scripts.preview [SITE] [TARGET]

A server answers `blood-test/` with the page in that folder, and a disk lists the folder. So
each such link is given its `index.html`. The policies are taken out, because by their text
'self' names no file on a disk. The checks do not run there: browsers load no module from one.
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

SITE = Path("site")
TARGET = Path("build/pages")

_LINK = re.compile(r'(<a\b[^>]*? href="?)([^":?#> ]*?)(?=["?#> ])')
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')


def for_disk(page: Path) -> str:
    """Return a page with each link to a folder that has a page leading to that page."""

    def whole(found: re.Match[str]) -> str:
        folder = found[2].endswith(("/", "."))  # a dot ends ".", ".." and "../.."
        there = folder and (page.parent / found[2] / "index.html").is_file()
        return f"{found[1]}{found[2].rstrip('/')}/index.html" if there else found[0]

    return _LINK.sub(whole, _POLICY.sub("", page.read_bytes().decode()))


def write(site: Path, target: Path) -> int:
    """Write the copy, which replaces an older one; return the number of pages."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(site, target)
    (target / "404.html").unlink(missing_ok=True)  # Only a server shows it.
    pages = sorted(target.rglob("*.html"))
    for page in pages:
        page.write_bytes(for_disk(page).encode())
    return len(pages)


if __name__ == "__main__":
    place = [Path(one) for one in sys.argv[1:]] + [SITE, TARGET][len(sys.argv) - 1 :]
    print(f"preview: {write(place[0], place[1])} pages in {place[1]}")
