"""The page of faults: each row names a test that exists, and what it quotes is what we say."""

import html
import re

import pytest

from calculator.words import page as words
from tests.conftest import ROOT
from tests.scripts.test_hazards import TESTS

PAGE = (ROOT / "docs" / "about" / "faults.md").read_text("utf-8")
ROWS = re.findall(r"(?m)^\| (.+?) \| .+? `(\w+)` \|$", PAGE)
WRITTEN = ("docs/about/offline.md", "scripts/theme/404.html", "scripts/theme/main.html")
SAID = " ".join(
    (
        *words.FAILURES.values(),
        *words.STAGES.values(),
        *(words.UNREADY, words.STOP, words.TRY_AGAIN),
        *(html.unescape((ROOT / name).read_text("utf-8")) for name in WRITTEN),
    )
)


def test_every_row_of_the_page_is_read() -> None:
    """One that is written in another way would be held to nothing."""
    others = re.findall(r"(?m)^\| (?:What was tried|---) ", PAGE)
    assert len(ROWS) + len(others) == len(re.findall(r"(?m)^\|", PAGE))
    assert len(ROWS) >= 30


@pytest.mark.parametrize(("fault", "test"), ROWS, ids=[fault for fault, _ in ROWS])
def test_a_fault_names_a_test_that_exists(fault: str, test: str) -> None:
    """A row whose test was renamed or removed is one that nobody knows to hold."""
    assert test in TESTS, fault


def test_what_is_quoted_is_what_the_site_says() -> None:
    """Word for word, wherever the words are written."""
    quoted = re.findall(r'"([^"]+)"', PAGE)
    assert len(quoted) > 20
    assert [text for text in quoted if text not in SAID] == []


def test_every_reason_for_no_answer_is_in_the_list() -> None:
    """Whatever the loader can tell a reader was tried."""
    told = {reason: text.split(". ")[0] for reason, text in words.FAILURES.items()}
    assert [reason for reason, text in told.items() if f'"{text}' not in PAGE] == []
