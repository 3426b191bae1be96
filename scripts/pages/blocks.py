"""The blocks of ours that a page may hold, and how one is written.

    /// reference | serum
    ///

`scripts.blocks.extension` makes the HTML of each; a test holds its names against these.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from calculator.words.form import ALL_FORMS

NAMES: dict[str, tuple[str, ...]] = {
    "check": tuple(ALL_FORMS),
    "reference": (
        "adults",
        "claim-counts",
        "claim-downloads",
        "claims",
        "contents",
        "data",
        "examples-intake",
        "examples-serum",
        "foods",
        "grades",
        "intakes",
        "interface",
        "limits",
        "low-onsets",
        "onsets",
        "print-edition",
        "ranges",
        "salts",
        "serum",
        "single-file",
        "source-downloads",
        "sources",
        "spacings",
        "wheel",
        "working-intake",
        "working-serum",
    ),
    "picture": ("amounts", "body", "foods", "limits", "loop"),
}
# Between blank lines: straight after text the site would publish it as text.
_BLOCK = re.compile(
    r"(?:\A|^[ \t]*\n)(?P<block>/// (?P<kind>[^|\n]+) \| (?P<name>[^|\n]*\w)[ \t]*\n///)"
    r"(?=[ \t]*(?:\n[ \t]*\n|\s*\Z))",
    re.MULTILINE,
)


def written(markdown: str) -> Iterator[re.Match[str]]:
    """Yield each `block` that the site reads as one, its `kind` and `name` known or not."""
    return _BLOCK.finditer(markdown)


def is_known(block: re.Match[str]) -> bool:
    """Whether the site has such a block."""
    return block["name"] in NAMES.get(block["kind"], ())


def blanked(markdown: str) -> str:
    """Return a page with blank lines in place of its blocks, so that line numbers stay right."""
    return _BLOCK.sub(lambda block: re.sub(r"[^\n]", "", block[0]), markdown)
