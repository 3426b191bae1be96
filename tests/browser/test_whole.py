"""The engine is cut to what runs: whoever needs more of it is given the whole one, unasked."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from calculator import browser as door
from calculator.words.page import FAILURES
from scripts.publish import offline
from scripts.runtime import build as runtime
from scripts.runtime.cut import cut, entered, instrumented, read_ran
from scripts.runtime.node import PYODIDE
from tests import browsers
from tests.browser import stand_in, stick
from tests.browser.cpython import asked
from tests.browser.offline import kept
from tests.browser.sites import Site, serving
from tests.browser.states import RESULTS
from tests.browser.waiting import fill, press
from tests.engine import questions, run
from tests.engine.trouble import together

pytestmark = [pytest.mark.browser, pytest.mark.engine, pytest.mark.slow]

DAY = RESULTS["intake-supplement"]
FILE = "whole.wasm"


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    runtime.build()
    return together(runtime.SHIPPED, tmp_path_factory.mktemp("ours") / "runtime")


# ------------------------------------------------------------------------ nobody needs it


@pytest.fixture
def asking(tmp_path: Path) -> Path:
    """A page that asks the engine that we ship a little of everything."""
    shutil.copytree(runtime.SHIPPED, tmp_path / "assets" / "runtime")
    run.write_page(tmp_path, questions.every()[::12])
    return tmp_path


def answers_as_cpython(told: list[run.Told]) -> None:
    """From the files and from the snapshot, and the whole engine was not needed."""
    starts = [(one["source"], one["fallbacks"]) for one in told]
    assert starts == [("files", 0), ("snapshot", 0)]
    assert told[0]["answers"] == told[1]["answers"]
    for request, answer in zip(questions.every()[::12], told[0]["answers"], strict=True):
        if "error" not in answer:
            assert answer == {"response": door.run(request)}, request[:1000]


@pytest.mark.slow
def test_no_start_and_no_answer_in_chromium_needs_what_was_cut(
    browser: Browser, asking: Path
) -> None:
    answers_as_cpython(run.in_chromium(asking, browser))


@pytest.mark.slow
def test_no_start_and_no_answer_in_firefox_needs_what_was_cut(asking: Path) -> None:
    program = browsers.firefox() or pytest.skip(browsers.MISSING["Firefox"])
    answers_as_cpython(run.in_firefox(asking, program))


@pytest.mark.slow
def test_no_start_and_no_answer_in_webkit_needs_what_was_cut(asking: Path) -> None:
    driver = browsers.webkit_driver() or pytest.skip(browsers.MISSING["WebKit"])
    answers_as_cpython(run.in_webkit(asking, driver))


# ------------------------------------------------------------------------ somebody needs it


@pytest.fixture(scope="module")
def needed(ours: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, int]:
    """A function that every start enters, and one that this day's answer alone does."""
    whole = (PYODIDE / runtime.ENGINE).read_bytes()
    engine = tmp_path_factory.mktemp("instrumented") / runtime.ENGINE
    engine.write_bytes(instrumented(whole))
    serum, day = runtime.REQUESTS[0], asked(DAY)
    start, blood, both = (
        entered(whole, run.under_node(ours, engine, one)[0]["marks"])
        for one in ([], [serum], [serum, day])
    )
    return {"start": max(start), "day": min(both - blood)}


def cut_more(built: Path, root: Path, function: int) -> Path:
    """A small published site whose engine lacks one function more."""
    kept.few(built, root)
    shipped = root / offline.RUNTIME
    shipped.unlink()
    whole = (PYODIDE / runtime.ENGINE).read_bytes()
    run.with_engine(built / offline.RUNTIME, cut(whole, read_ran(whole) - {function}), shipped)
    for page in root.rglob("index.html"):
        stand_in.put_into(page, shipped)
    offline.write(root)
    return root


@pytest.fixture(scope="module")
def lacking(built: Path, needed: dict[str, int], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site whose engine lacks what a day's answer needs."""
    return cut_more(built, tmp_path_factory.mktemp("lacking") / "site", needed["day"])


@pytest.fixture
def site(lacking: Path) -> Iterator[Site]:
    with serving(lacking) as server:
        yield server


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(reduced_motion="reduce")
    yield context.new_page()
    context.close()


def starts_of_the_whole(page: Page) -> str | None:
    return page.get_attribute("html", "data-whole-engine")


def is_answered(page: Page) -> None:
    """The day is answered as by CPython."""
    page.wait_for_selector("[data-result=intake]")
    record = json.loads(door.run(asked(DAY)))["record"]
    result = page.locator("[data-result=intake]")
    expect(result).to_have_attribute("data-status", record["status"])
    expect(result).to_have_attribute("data-position", record["position"])


def whole_files(site: Site) -> list[str]:
    return [path for path in site.asked if path.endswith(FILE)]


def test_an_answer_that_needs_what_was_cut_is_given_by_the_whole_engine(
    page: Page, site: Site
) -> None:
    """The reader waits and is told nothing else; an answer that needs it not came before."""
    kept.go(page, site, kept.SERUM)
    fill(page)
    press(page)
    assert kept.answered(page) == "in-range"
    assert starts_of_the_whole(page) is None
    assert whole_files(site) == []
    kept.go(page, site, DAY)
    is_answered(page)
    assert starts_of_the_whole(page) == "1"
    assert whole_files(site)
    assert page.locator("[data-failure]").locator("visible=true").count() == 0
    page.click("form[data-check=intake] .md-button--primary")
    is_answered(page)
    assert starts_of_the_whole(page) == "1", "it goes on with the whole one"


@pytest.mark.slow
def test_a_start_that_needs_what_was_cut_is_made_by_the_whole_engine(
    page: Page, built: Path, needed: dict[str, int], tmp_path: Path
) -> None:
    with serving(cut_more(built, tmp_path / "site", needed["start"])) as site:
        kept.go(page, site, DAY)
        is_answered(page)
        assert starts_of_the_whole(page) == "1"


@pytest.mark.slow
def test_all_that_waits_is_asked_again(page: Page, site: Site) -> None:
    """Two questions at once: what was asked behind the one that broke it is answered too."""
    kept.go(page, site, kept.SERUM)
    answers = page.evaluate(
        """async (requests) => {
             const { runtime, files } = document.querySelector("form[data-check]").dataset;
             const loader = new URL("../assets/python/loader.js", document.baseURI);
             const { Python } = await import(loader);
             const python = new Python(`runtime/${runtime}/`, JSON.parse(files));
             return Promise.all(requests.map((one) => python.run(one)));
           }""",
        [asked(DAY), runtime.REQUESTS[0]],
    )
    assert answers == [door.run(asked(DAY)), door.run(runtime.REQUESTS[0])]
    assert starts_of_the_whole(page) == "1"


def keep_after_an_answer(page: Page, site: Site) -> None:
    """Ask what the cut engine can answer, and wait until what it needs is kept."""
    kept.visit(page, site, kept.SERUM)
    fill(page)
    press(page)
    kept.answered(page)
    kept.await_runtime(page, site)


@pytest.mark.slow
def test_the_whole_engine_is_kept_once_it_was_needed_and_answers_offline(
    page: Page, site: Site
) -> None:
    keep_after_an_answer(page, site)
    assert whole_files(site) == []
    kept.go(page, site, DAY)
    is_answered(page)
    kept.await_runtime(page, site, whole=True)
    kept.stop(site)
    kept.go(page, site, DAY)
    is_answered(page)
    assert starts_of_the_whole(page) == "1"


@pytest.mark.slow
def test_offline_without_it_the_reader_is_told_and_the_other_check_answers(
    page: Page, site: Site
) -> None:
    """In the words of any download that failed; with a connection, it can be tried again."""
    keep_after_an_answer(page, site)
    site.faults[FILE] = "no answer"
    kept.go(page, site, DAY)
    failure = page.locator("form[data-check=intake] [data-failure=offline]")
    expect(failure).to_be_visible()
    expect(failure).to_contain_text(FAILURES["offline"])
    kept.go(page, site, kept.SERUM)
    fill(page)
    press(page)
    assert kept.answered(page) == "in-range"
    kept.go(page, site, DAY)
    expect(failure).to_be_visible()
    site.faults.clear()
    failure.get_by_role("button").click()
    is_answered(page)


@pytest.mark.slow
@pytest.mark.parametrize(("fault", "reason"), [("missing", "missing"), ("half", "corrupt")])
def test_a_whole_engine_that_cannot_be_used_says_why(
    page: Page, site: Site, fault: str, reason: str
) -> None:
    site.faults[FILE] = fault
    kept.go(page, site, DAY)
    expect(page.locator(f"form[data-check=intake] [data-failure={reason}]")).to_be_visible()


@pytest.mark.slow
def test_the_single_file_has_the_cut_engine_alone_and_says_where_the_whole_one_is(
    page: Page, built: Path, lacking: Path, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    shutil.copytree(built, site)
    shutil.rmtree(site / offline.RUNTIME)
    shutil.copytree(lacking / offline.RUNTIME, site / offline.RUNTIME)
    for check in ("blood-test", "how-much"):
        stand_in.put_into(site / check / "index.html", site / offline.RUNTIME)
    file = stick.copied(site, tmp_path)
    page.goto(file.as_uri() + DAY[DAY.index("#") :])
    failure = page.locator("form[data-check=intake] [data-failure=missing]")
    expect(failure).to_be_visible()
    expect(failure).to_contain_text("which is on the site")
    assert file.stat().st_size < 5_300_000
