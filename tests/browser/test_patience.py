"""No test has a patience of its own, waits for a while, or asserts a time: conftest has them."""

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT

TESTS = ROOT / "tests"
SHORT = re.compile(
    r"timeout=(?!PATIENCE)[^)\n]*|set_default_\w*timeout[^)\n]*|wait_for_timeout\((?!WHILE)[^)\n]*"
    r"|time\.sleep\([^)\n]*|assert .*\b(?:process_time|perf_counter|monotonic|elapsed)\b"
)
# A control taken away, a queue, a page and another worker that are looked to in turn, the sum of
# Firefox's waits, WebKit's quirk.
MEANT = {
    "trust/controls.py": ["timeout=longest"],
    "conftest.py": [
        "wait_for_timeout(50",
        "set_default_timeout(PATIENCE * 1000",
        "time.sleep(0.1",
    ],
    "scripts/test_serve.py": ["timeout=1"],
    "browser/test_firefox.py": ["timeout=ALL + 20"],
    "browser/test_webkit.py": ["time.sleep(2"],
    "browser/webkit.py": ["time.sleep(0.1", "time.sleep(0.05"],
}
FILES = [
    file
    for file in sorted(TESTS.rglob("*.py"))
    if file.name != Path(__file__).name and file.parent.name != "bench"  # which measures times
]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_wait_has_the_patience_of_all(file: Path) -> None:
    """A number of seconds at a wait fails on a slow machine, and nowhere else."""
    assert SHORT.findall(file.read_text("utf-8")) == MEANT.get(
        file.relative_to(TESTS).as_posix(), []
    )
