"""The bench: what it makes of figures, what it measures, and that a stop midway costs nothing."""

import json
import shutil
import urllib.request
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from calculator import browser as door
from scripts import (
    bench,
    bench_growth,
    bench_growth_report,
    bench_node,
    bench_pages,
    bench_readings,
    bench_report,
)
from scripts.bench_firefox import Firefox, Times
from scripts.bench_growth import COUNTS, Build, Growth
from scripts.bench_pages import EVERYBODY, OTHERS, OURS, STOCK
from scripts.bench_report import Start
from scripts.bench_server import Sent, Server, serving, size_of
from scripts.bench_visits import FIRST, Measure, Visit, Weight, private, within
from scripts.lint.rules import RULES
from scripts.lint.text import Site, Text
from scripts.runtime.build import Current
from tests.conftest import ROOT
from tests.scripts.test_lint_rules import a_site

SITE = Site(ROOT, today=date(2028, 3, 1))
DAY = "2028-02-29"  # the next year has no such day


def visit(first: float, *, scale: float = 1) -> Visit:
    """A visit whose figures all follow from its first answer."""
    held = round(first) * 1_000_000
    cold = Measure(first=first, second=20, blocked=0, resting=held // 10, memory=held)
    warm = Measure(first=first * scale, second=first / 100, blocked=0, resting=0, memory=0)
    return Visit(cold=cold, warm=warm, waited=first / 10, bytes=5_000_000)


VISITS = {
    OURS: [visit(600), visit(380), visit(300)],
    STOCK: [visit(1000), visit(900), visit(5000)],
}
WEIGHT = Weight(page=230_000, later=640_000)
NO_FIREFOX = Firefox(version="", visits={})
FIREFOX = Firefox(
    version="153.0",
    visits={OURS: [Times(cold=500, warm=400)], STOCK: [Times(cold=1000, warm=1600)]},
)


def start(firefox: Firefox = FIREFOX) -> Start:
    """A whole start, of every one that is measured."""
    runtime = Current(
        hash="0123456789abcdef", files={}, python="3.14.2", pyodide="314.0.7", calculator="0.1.0"
    )
    visits = {name: VISITS.get(name, VISITS[STOCK]) for name in EVERYBODY}
    return Start(
        day=DAY,
        visits=visits,
        firefox=firefox,
        weight=WEIGHT,
        chromium="156.0",
        pyscript="0.7.31",
        cores=2,
        load=0.1,
        runtime=runtime,
    )


def growth(power: float = 1) -> Growth:
    """Readings and pages whose time grows with a power of their number."""
    seconds = [(count / 10_000) ** power for count in COUNTS]
    one = bench_growth.Readings(python="3.14.2", doors={"check_serum": [seconds]})
    site = [Build(pages=n, build=[1 + n / 20], publish=[1.0]) for n in (20, 40, 200)]
    return Growth(day="2028-03-01", readings={"Pyodide": one}, site=site)


# ------------------------------------------------------------------------- the figures


def test_a_figure_is_the_median_with_the_least_and_the_most() -> None:
    """One slow visit moves what stands in brackets, not the figure."""
    assert bench_report.times([1000, 900, 5000]) == "1,000ms (900 to 5,000)"


def test_a_part_of_stock_is_a_part_of_its_median() -> None:
    """Stock is 1.00 of itself, and 380 is 0.38 of 1,000."""
    first = "- First visit: 380ms (300 to 600), 0.38 of stock\n"
    assert bench_report.lines(VISITS[OURS], VISITS[STOCK]).startswith(first)
    stock = "- First visit: 1,000ms (900 to 5,000), 1.00 of stock\n"
    assert bench_report.lines(VISITS[STOCK], VISITS[STOCK]).startswith(stock)


def test_an_aim_is_met_at_its_limit_and_not_beyond() -> None:
    """The figures decide, whatever the page would like to say."""
    told = bench_report.reaches(VISITS, WEIGHT).splitlines()
    of_stock = "0.38 of stock Pyodide in a worker"
    assert told[0] == f"- First visit: at most {of_stock}. Measured: {of_stock}, met."
    assert told[1].endswith("Measured: 0.38 of stock Pyodide in a worker, not met.")
    assert "Downloaded: at most 5.00MB. Measured: 5.00MB, met." in told[2]
    slow = VISITS | {OURS: [visit(900), visit(381), visit(380)]}
    assert bench_report.reaches(slow, WEIGHT).splitlines()[0].endswith("not met.")


def test_one_long_block_in_any_visit_is_told() -> None:
    """A median would hide it, and a reader would meet it."""
    blocked = VISITS[OURS][0]["cold"] | {"blocked": 51}
    visits = [Visit(**{**VISITS[OURS][0], "cold": blocked}), *VISITS[OURS][1:]]
    assert bench_report.blocked(visits) == 51
    assert "page: 51ms" in bench_report.lines(visits, VISITS[STOCK])


def test_memory_is_told_before_a_check_and_after_it() -> None:
    """What the page holds without Python is no part of what the check takes."""
    told = bench_report.lines(VISITS[OURS], VISITS[STOCK])
    assert "- Memory: 38MB before a check, 380MB after it, not measured later\n" in told


def test_memory_that_a_system_does_not_tell_is_not_nought() -> None:
    """The page says that it was not measured."""
    assert bench_report.megabytes([0, 0]) == "not measured"
    assert bench_report.megabytes([126_705_664]) == "127MB"


def test_private_memory_leaves_out_what_is_shared() -> None:
    """The lines of a smaps_rollup that no other process has a part in."""
    told = "Rss: 240108 kB\nShared_Clean: 9 kB\nPrivate_Clean: 12 kB\nPrivate_Dirty: 100 kB\n"
    assert private(told) == 112 * 1024


def test_the_square_is_not_linear() -> None:
    """The power of a straight line is 1 and of a square 2, and the page says which it is."""
    assert bench_growth.exponent(COUNTS, [count * 3 for count in COUNTS]) == pytest.approx(1)
    assert bench_growth.exponent(COUNTS, [count**2 for count in COUNTS]) == pytest.approx(2)
    assert "- Growth: power 1.00, linear" in bench_growth_report.readings(growth())
    assert "- Growth: power 2.00, not linear" in bench_growth_report.readings(growth(2))


def test_a_further_page_is_told_without_what_any_site_takes() -> None:
    """The 2 seconds that a site of no pages would take are in no page's time."""
    told = bench_growth_report.site(growth()["site"]).splitlines()
    assert told[0] == "- 20 pages: 2.0s to build, 1.0s to publish"
    further = [line.rpartition(", ")[2] for line in told[1:3]]
    assert further == ["50ms for each further page"] * 2
    assert told[3] == "- Growth: power 1.00, linear"


# ---------------------------------------------------------------------------- the page


@pytest.mark.parametrize("firefox", [FIREFOX, NO_FIREFOX], ids=["Firefox", "none"])
def test_the_page_keeps_the_rules_for_words(firefox: Firefox) -> None:
    """Whatever the figures are, no rule for pages finds a fault."""
    written = bench_report.page(start(firefox), growth(2))
    text = Text(SITE, bench.PAGE, written)
    assert [(name, fault) for name, rule in RULES.items() for fault in rule(text)] == []


def test_pages_that_happen_to_take_less_are_noise() -> None:
    """A busy machine gives such figures, and no logarithm."""
    builds = [Build(pages=n, build=[t], publish=[1.0]) for n, t in ((20, 3.0), (40, 2.9))]
    assert bench_growth_report.site(builds).endswith("- Growth: lost in the noise of this run")


def test_a_machine_without_firefox_says_so() -> None:
    """Nothing is left blank, and nothing fails."""
    assert "Firefox took no part" in bench_report.page(start(NO_FIREFOX), growth())
    assert "0.25 of stock" in bench_report.page(start(), growth())


def test_the_lint_is_clocked_in_the_time_of_one_core(tmp_path: Path) -> None:
    """A site of two pages takes some time and finds its faults without ending the bench."""
    a_site(tmp_path)
    assert bench_growth.linted(tmp_path) > 0


def test_both_parts_must_be_there_for_a_page(tmp_path: Path) -> None:
    """A page with half of its figures is not written; the whole one tells of both days."""
    page = tmp_path / "performance.md"
    bench.write(tmp_path / "start.json", json.dumps(start()))
    assert not bench.report(tmp_path, page)
    assert not page.exists()
    bench.write(tmp_path / "growth.json", json.dumps(growth()))
    assert bench.report(tmp_path, page)
    assert "29 February 2028" in page.read_text("utf-8")
    assert "1 March 2028" in page.read_text("utf-8")


def test_a_run_stopped_midway_leaves_what_was_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page and the figures of the last whole run stay as they were."""
    (tmp_path / "assets" / "runtime").mkdir(parents=True)
    page = tmp_path / "performance.md"
    bench.write(page, "the last run's")
    bench.write(tmp_path / "start.json", "the last run's")

    def stopped(*_: object) -> Start:
        raise KeyboardInterrupt

    monkeypatch.setattr(bench, "start", stopped)
    monkeypatch.setattr(bench, "stop_as_ctrl_c", lambda: None)
    monkeypatch.setattr(bench, "KEPT", tmp_path)
    monkeypatch.setattr(bench, "PAGE", page)
    assert bench.main(["--site", str(tmp_path)]) == 130
    assert {file.read_text() for file in tmp_path.glob("*.*")} == {"the last run's"}


# --------------------------------------------------------------------------- the growth


@pytest.mark.browser
def test_the_table_holds_a_hundred_thousand_different_readings() -> None:
    """What a first answer keeps for the same reading cannot flatter the others."""
    table = {bench_readings.reading(number) for number in range(COUNTS[-1])}
    assert len(table) == COUNTS[-1]


def test_a_short_table_is_as_mixed_as_a_long_one() -> None:
    """Otherwise the time by length would be the time by kind of result."""
    short = [float(bench_readings.reading(number).value) for number in range(1000)]
    tenths = [sum(low <= value < low + 1 for value in short) for low in range(10)]
    assert tenths == pytest.approx([100] * 10, abs=5)


@pytest.mark.browser
def test_a_pass_is_clocked_at_each_length() -> None:
    """Each door gives a row for each round, whose times rise."""
    told = json.loads(bench_readings.run("[[5, 10, 20], 2]"))
    for rounds in told["doors"].values():
        assert [len(row) for row in rounds] == [3, 3]
        assert all(row == sorted(row) and row[0] > 0 for row in rounds)
    assert set(told["doors"]) == {"check_serum", "run_serum"}


def test_copied_pages_are_in_the_menu_and_the_list_of_sources_is_not_copied(
    tmp_path: Path,
) -> None:
    """What the site is built from three times over: each page, and one list of sources."""
    shutil.copyfile(ROOT / "mkdocs.yml", tmp_path / "mkdocs.yml")
    shutil.copytree(ROOT / "docs", tmp_path / "docs", ignore=shutil.ignore_patterns("assets"))
    before = sorted((tmp_path / "docs").rglob("*.md"))
    count = bench_growth.copy_pages(tmp_path, 3)
    after = sorted((tmp_path / "docs").rglob("*.md"))
    assert count == len(after) == 3 * len(before) - 2
    assert [path.name for path in after].count("sources.md") == 1
    menu = bench_growth.NAV.search((tmp_path / "mkdocs.yml").read_text("utf-8"))
    assert menu
    named = [line.split(": ")[-1] for line in menu[0].splitlines() if line.endswith(".md")]
    assert all((tmp_path / "docs" / name).is_file() for name in named)
    original = bench_growth.NAV.search((ROOT / "mkdocs.yml").read_text("utf-8"))
    assert original
    assert len(named) == 3 * original[0].count(".md\n") - 2


@pytest.mark.parametrize(("copies", "pruned"), [(1, False), (10, True)])
def test_only_a_site_that_has_grown_is_built_with_pruned_menus(
    tmp_path: Path, copies: int, pruned: bool
) -> None:
    """As mkdocs.yml asks for, and a test of the pages sees to."""
    shutil.copyfile(ROOT / "mkdocs.yml", tmp_path / "mkdocs.yml")
    shutil.copytree(ROOT / "docs", tmp_path / "docs", ignore=shutil.ignore_patterns("assets"))
    bench_growth.copy_pages(tmp_path, copies)
    settings = (tmp_path / "mkdocs.yml").read_text("utf-8")
    assert ("  features:\n    - navigation.prune\n" in settings) is pruned


# ----------------------------------------------------------------------- what it stands on


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A site of one page, of which every byte is an a."""
    (tmp_path / "index.html").write_text("a" * 10_000)
    with serving({"/below/": tmp_path}) as one:
        yield one


@pytest.mark.browser
def test_the_server_counts_what_goes_over_the_wire(server: Server) -> None:
    """The bytes as gzip'd, and who asked for them."""
    address = f"{server.origin}/below/"
    asked = urllib.request.Request(address, headers={"Referer": f"{server.origin}/below/sw.js"})
    with urllib.request.urlopen(asked) as answer:
        sent = answer.read()
    assert answer.headers["Content-Encoding"] == "gzip"
    assert server.sent == [Sent("/below/", len(sent), "/below/sw.js")]
    assert len(sent) < 100


def test_what_a_service_worker_fetches_is_told_apart() -> None:
    """A reader of the page does not wait for it, but it is downloaded all the same."""
    sent = [Sent("/a.css", 1, "/"), Sent("/b.png", 10, "/"), Sent("/", 100, "/x/sw.js")]
    assert size_of(sent) == 11
    assert size_of(sent, pictures=False) == 1
    assert size_of(sent, later=True) == 100


@pytest.mark.browser
def test_a_program_of_node_is_ended_after_its_line(tmp_path: Path) -> None:
    """It need not end itself; one that says nothing is told with its own words."""
    driver = tmp_path / "driver.mjs"
    driver.write_text('console.log("done"); setInterval(() => {}, 1000);')
    assert bench_node.ask(driver, {}, 30) == "done\n"
    driver.write_text('throw new Error("no such browser");')
    with pytest.raises(RuntimeError, match="no such browser"):
        bench_node.ask(driver, {}, 30)


@pytest.mark.browser
@pytest.mark.parametrize(
    "name", [one for one in EVERYBODY if one not in (OURS, "The floor: no Python")]
)
def test_everybody_gives_the_same_answer_and_asks_nobody_else(
    browser: Browser, built: Path, tmp_path: Path, name: str
) -> None:
    """Each of the others runs the same calculator, from files of ours alone."""
    folder = tmp_path / "others"
    folder.mkdir()
    bench_pages.write(folder, built)
    ask = within("async ([value]) => answer(REQUEST.replace('%s', value))")
    with serving({OTHERS: folder}) as server:
        context = browser.new_context()
        page = context.new_page()
        requests: list[str] = []
        context.on("request", lambda request: requests.append(request.url))
        page.goto(server.origin + EVERYBODY[name])
        answer = page.evaluate(ask, [FIRST])
        context.close()
    assert answer == json.loads(door.run(bench_pages.REQUEST % FIRST))["html"]
    assert [url for url in requests if not url.startswith((server.origin, "blob:", "data:"))] == []
