"""The pages of a built site, each with what its Markdown says about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from scripts.pages.page import DOCS, Front, front_matter
from scripts.publish.together import CANONICAL, SITE, found, known

# The list at the foot of a page (scripts/sources/extension.py), in its order.
_CITED = re.compile(r'<span id="(?:ref|cited)-([a-z0-9-]+)"')


@dataclass(frozen=True)
class Page:
    """A built page: its folder inside the site, its front matter, and its HTML."""

    folder: str
    front: Front
    html: str

    @property
    def title(self) -> str:
        """What the page is called."""
        return str(self.front["title"])

    @property
    def description(self) -> str:
        """What the page is about, in a sentence."""
        return str(self.front["description"])

    @property
    def authors(self) -> list[str]:
        """Who wrote the page."""
        return names(self.front["authors"])

    @property
    def reviewers(self) -> list[str]:
        """The clinicians who reviewed the page; there may be none."""
        return names(self.front["reviewers"])

    @property
    def reviewed(self) -> date:
        """The day on which the page was last reviewed."""
        day = self.front["reviewed"]
        assert isinstance(day, date)  # The lint refuses a page without.
        return day

    @property
    def site(self) -> str:
        """The name of the site."""
        return found(SITE, self.html)

    @property
    def address(self) -> str:
        """Where others find the page; nothing where the site was built for this machine."""
        return known(found(CANONICAL, self.html))

    @property
    def cited(self) -> list[str]:
        """The keys of the sources that the page cites."""
        return _CITED.findall(self.html)


def names(listed: object) -> list[str]:
    """Return a list of front matter as texts."""
    return [str(name) for name in listed] if isinstance(listed, list) else []


def pages(site: Path) -> Iterator[Page]:
    """Yield the pages of a built site that are written in Markdown."""
    for path in sorted(site.rglob("index.html")):
        folder = path.parent.relative_to(site).as_posix().removeprefix(".")
        source = markdown(folder)
        if source:
            yield Page(folder, front_matter(source), path.read_bytes().decode())


def markdown(folder: str) -> Path | None:
    """Return the file that a folder of the site was made from."""
    made_from = (DOCS / folder / "index.md", DOCS / f"{folder}.md")
    return next((path for path in made_from if path.is_file()), None)
