"""The bench: what it makes of figures, and that everybody it measures does the same work."""

import json
import random
import re
import urllib.request
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from calculator import browser as door
from scripts.lint.rules import RULES
from scripts.lint.text import Site, Text
from tests.bench import __main__ as bench
from tests.bench import pages, report
from tests.bench.pages import EVERYBODY, FLOOR, OURS
from tests.bench.server import Line, Sent, serving, size_of
from tests.bench.visits import FIRST, private
from tests.conftest import ROOT
from tests.scripts.test_lint_rules import a_site


def figures(*firsts: float) -> dict[str, list[float]]:
    """Rounds whose figures all follow from the first answer of each."""
    same = {name: list(firsts) for name in ("cold first", "warm first")}
    memory = {name: [first * 1e6 for first in firsts] for name in ("resting", "cold memory")}
    nothing = {name: [0.0] for name in ("cold blocked", "warm blocked", "warm memory")}
    second = {"cold second": [2 * firsts[-1]], "warm second": [firsts[-1]]}
    sizes = {"bytes": [3e6], "brotli": [2.51e6]}
    return same | memory | nothing | second | sizes | {"slow": [9e3]}


OWN = figures(600, 300, 290) | {"waited": [50.0], "at home": [51.0]}
OTHERS = figures(1000, 900, 5000) | {"cold second": [290.0], "warm second": [144.0]}
FACTS = report.Facts(
    day=date(2028, 2, 29),  # the next year has no such day
    size=301,
    later=640,
    chromium="156.0",
    cores=2,
    load=0.1,
    versions=dict.fromkeys(("hash", "python", "pyodide", "calculator", "pyscript"), "1.0"),
)


def test_a_figure_is_the_median_beside_stocks() -> None:
    """One slow visit moves what stands in brackets, not the figure or its part of stock's."""
    first = "- First visit: 300ms (290 to 600), 0.30 of stock"
    assert next(report.lines(OWN, OTHERS)) == first
    stock = "- First visit: 1,000ms (900 to 5,000), 1.00 of stock"
    assert next(report.lines(OTHERS, OTHERS)) == stock


def test_an_aim_is_met_at_its_limit_and_not_beyond() -> None:
    """The figures decide, whatever the page would like to say."""
    told = list(report.reaches(OWN, OTHERS, 301))
    of_stock = "0.30 of stock Pyodide in a worker"
    assert told[0] == f"- First visit: at most {of_stock}. Measured: {of_stock}, met."
    met = [line.endswith(", met.") for line in told]
    assert met == [True, False, True, False, True, False, True, False, True, True, False]


def test_one_long_block_in_any_visit_is_told() -> None:
    """A median would hide it, and a reader would meet it."""
    blocked = OWN | {"warm blocked": [0, 51, 0]}
    assert "- Longest block of the page: 51ms" in report.lines(blocked, OTHERS)
    assert "- Longest block of the page: under 50ms" in report.lines(OWN, OTHERS)


def test_memory_that_a_system_does_not_tell_is_not_nought() -> None:
    """The page says that it was not measured."""
    told = "- Memory: 300MB before a check, 300MB after it, not measured later"
    assert told in report.lines(OWN, OTHERS)


def test_private_memory_leaves_out_what_is_shared() -> None:
    """The lines of a smaps_rollup that no other process has a part in."""
    told = "Rss: 240108 kB\nShared_Clean: 9 kB\nPrivate_Clean: 12 kB\nPrivate_Dirty: 100 kB\n"
    assert private(told) == 112 * 1024


def test_the_page_keeps_the_rules_for_words() -> None:
    """Whatever the figures are, no rule for pages finds a fault."""
    visits = dict.fromkeys(EVERYBODY, OTHERS) | {OURS: OWN}
    text = Text(Site(ROOT, today=FACTS["day"]), bench.PAGE, report.page(visits, FACTS))
    assert [(name, fault) for name, rule in RULES.items() for fault in rule(text)] == []


def test_the_page_has_the_words_of_its_template() -> None:
    """A word that was changed in one of them alone would be gone at the next run, or not come."""
    words = re.split(r"\{[^}]+\}", report.TEMPLATE.read_text("utf-8"))
    pattern = ".+".join(map(re.escape, words))
    assert re.fullmatch(pattern, bench.PAGE.read_text("utf-8"), re.DOTALL)


def test_the_lint_is_clocked_in_the_time_of_one_core(tmp_path: Path) -> None:
    """A site of two pages takes some time and finds its faults without ending the bench."""
    a_site(tmp_path)
    assert bench.lint_seconds(tmp_path) > 0


@pytest.mark.browser
def test_a_slow_line_waits_for_each_of_its_bits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before an answer the line's latency, before each part the time that its bits take."""
    waits: list[float] = []
    monkeypatch.setattr("tests.bench.server.time.sleep", waits.append)
    (tmp_path / "random").write_bytes(random.randbytes(20_000))
    line = Line(rate=1e6, latency=0.05)
    with serving(tmp_path) as server, server.over(line):
        address = f"{server.origin}/random"
        bits = len(urllib.request.urlopen(address).read()) * 8
    assert waits[0] == 0.05
    assert len(waits) == 1 + 3  # parts of 8kB
    assert sum(waits[1:]) == pytest.approx(bits / 1e6)


@pytest.mark.browser
def test_the_server_counts_what_goes_over_the_wire(tmp_path: Path) -> None:
    """The bytes as gzip'd, and who asked for them."""
    (tmp_path / "index.html").write_text("a" * 10_000)
    with serving(tmp_path) as server:
        headers = {"Referer": f"{server.origin}/below/sw.js"}
        request = urllib.request.Request(f"{server.origin}/?query", headers=headers)
        with urllib.request.urlopen(request) as answer:
            size = len(answer.read())
    assert answer.headers["Content-Encoding"] == "gzip"
    assert server.sent == [Sent("/", size, "/below/sw.js")]
    assert size < 100


def test_what_a_service_worker_fetches_is_told_apart() -> None:
    """A reader of the page does not wait for it, but it is downloaded all the same."""
    sent = [Sent("/a.css", 1, "/"), Sent("/b.png", 10, "/"), Sent("/", 100, "/x/sw.js")]
    assert size_of(sent) == 11
    assert size_of(sent, pictures=False) == 1
    assert size_of(sent, later=True) == 100


@pytest.mark.slow
@pytest.mark.browser
def test_everybody_gives_the_same_answer_and_asks_nobody_else(
    browser: Browser, built: Path, tmp_path: Path
) -> None:
    """Each of the others runs the same calculator, from files of ours alone."""
    pages.write(tmp_path, built)
    question = {"check": "serum", "answers": [["value", FIRST], ["unit", "mmol/L"]]}
    expected = json.loads(door.run(json.dumps(question)))["html"]
    requests: list[str] = []
    with serving(tmp_path) as server, browser.new_context() as context:
        context.on("request", lambda request: requests.append(request.url))
        opened = {name: context.new_page() for name in EVERYBODY.keys() - {OURS}}
        for name, page in opened.items():
            page.goto(server.origin + EVERYBODY[name])
            page.evaluate("(value) => { window.said = answer(value); }", FIRST)  # all at once
        said = {name: page.evaluate("window.said") for name, page in opened.items()}
        assert json.loads(said.pop(FLOOR)) == question  # It read its files, and gives no answer.
        assert said == dict.fromkeys(said, expected)
        assert [one.path for one in server.sent if not one.size] == []
    assert [url for url in requests if not url.startswith((server.origin, "blob:", "data:"))] == []
