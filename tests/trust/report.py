"""What was tried, as docs/about/tests.md says it.

Slips, controls and places are tried by commands of their own, each on its day: what each found is
kept in figures.json, and the page is written anew from all of it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

PAGE = Path(__file__).parent.parent.parent / "docs" / "about" / "tests.md"
TEMPLATE = Path(__file__).with_name("tests.md")
NO_REASON = "No reason yet."  # for a slip that no test notices
FIGURES = Path(__file__).with_name("figures.json")


def keep(part: str, lines: Sequence[str]) -> None:
    """Keep what was found today of ``slips``, ``controls`` or ``places``, and write the page."""
    kept = json.loads(FIGURES.read_text("utf-8"))
    kept[part] = {"day": date.today().isoformat(), "lines": list(lines)}
    FIGURES.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", "utf-8")
    PAGE.write_text(page(), "utf-8")


def page() -> str:
    """The page: the template with what is kept."""
    kept = json.loads(FIGURES.read_text("utf-8"))
    days = {part: date.fromisoformat(one["day"]) for part, one in kept.items()}
    last = max(days.values())
    return TEMPLATE.read_text("utf-8").format(
        today=last.isoformat(),
        next=last.replace(year=last.year + 1, day=min(last.day, 28)).isoformat(),
        **{f"{part}_day": f"{day.day} {day:%B %Y}" for part, day in days.items()},
        **{part: "\n".join(one["lines"]) for part, one in kept.items()},
    )
