"""Spelling as in Britain: what typos finds in a page, with the exceptions of pyproject.toml."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT


def misspelt(page: Path, text: str) -> list[str]:
    """The words that typos finds in a page with this text."""
    page.write_text(text, encoding="utf-8")
    typos = shutil.which("typos", path=str(Path(sys.executable).parent))
    assert typos, "typos is not installed: run `python3 scripts/dev.py lint` once"
    command = [typos, "--config", str(ROOT / "pyproject.toml"), "--format=brief", str(page)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode in (0, 2), run.stderr
    return [line.split("`")[1] for line in run.stdout.splitlines()]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The fiber in food.", ["fiber"]),
        (
            "They analyzed the behaviors of hospitalized people.",
            ["analyzed", "behaviors", "hospitalized"],
        ),
        (
            "Hypermagnesemia and anemia cause diarrhea.",
            ["Hypermagnesemia", "anemia", "diarrhea"],
        ),
        (
            "Hypocalcemic, randomized, labeled, edema.",
            "Hypocalcemic randomized labeled edema".split(),
        ),
        ('See "Hypomagnesemia in adults" and `color`.', []),
        ("The colour of fibre at the centre of a parameter. Magnesium sulfate.", []),
        ("What was recieved untill then.", ["recieved", "untill"]),
    ],
)
def test_american_and_misspelt_words_are_found(text: str, words: list[str], tmp_path: Path) -> None:
    """In our own words: not in quotes, not in code."""
    assert misspelt(tmp_path / "page.md", f"{text}\n") == words
