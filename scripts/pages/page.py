"""What a page says about itself: its front matter, its title, its text without either."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import yaml

DOCS = Path("docs")

FRONT = re.compile(r"---\n(.*?)\n---\n", re.DOTALL)

Front = dict[str, object]


def front_matter(page: Path) -> Front:
    """Return the fields at the head of a page; none where it has no front matter."""
    return dict(_front_matter(page, page.stat().st_mtime_ns))


@lru_cache(maxsize=128)
def _front_matter(page: Path, stamp: int) -> Front:
    del stamp  # Part of the key of the cache: the page is read again when it changes.
    front = FRONT.match(page.read_text(encoding="utf-8-sig"))
    fields: Front = yaml.safe_load(front[1]) if front else {}
    return fields


def title(name: str, docs: Path = DOCS) -> str:
    """Return the title of a page by its path inside `docs`, or the path where it has none."""
    page = docs / name
    return str(front_matter(page).get("title", name)) if page.is_file() else name


def body(markdown: str) -> str:
    """Return a page's text with its front matter blanked, so that line numbers stay right."""
    front = FRONT.match(markdown)
    return "\n" * front[0].count("\n") + markdown[front.end() :] if front else markdown
