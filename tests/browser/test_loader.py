"""The loader and its worker, in a real browser, on a site that can misbehave.

An engine that stands in for Pyodide starts at once. What only the real one shows is in
test_engine.py.
"""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from scripts.runtime import build as runtime
from tests.browser import bare, stand_in
from tests.browser.bare import ask, fails_and_recovers, no_worker_remains
from tests.browser.sites import Site, asset, serving
from tests.browser.stand_in import ASM, MAIN, WASM

pytestmark = pytest.mark.browser

LIBRARY = runtime.LIBRARY


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("site")
    bare.write(root)
    stand_in.ship(root / "assets" / "runtime", length=100_000)
    return root


@pytest.fixture
def site(root: Path) -> Iterator[Site]:
    with serving(root) as server:
        yield server


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    with bare.opened(browser, site) as page:
        yield page


def test_starting_twice_starts_once(page: Page) -> None:
    assert page.evaluate("python.start() === python.start()")
    assert ask(page, "hello")["answer"]
    assert len(page.workers) == 1


def test_answers_find_the_request_they_belong_to(page: Page) -> None:
    answers = page.evaluate("Promise.all(['a', 'b', 'c'].map((one) => window.python.run(one)))")
    assert answers == ['{"heard": "a"}', '{"heard": "b"}', '{"heard": "c"}']


FAULTS = [
    (LIBRARY, "missing", "missing"),
    (LIBRARY, "half", "corrupt"),
    (LIBRARY, "a page", "corrupt"),
    (LIBRARY, "no answer", "offline"),
    (LIBRARY, "busy", "busy"),
    ("calculator.zip", "missing", "missing"),
    ("calculator.zip", "spoilt", "corrupt"),
    ("pyodide-lock.json", "missing", "missing"),
    (ASM, "missing", "missing"),
    (ASM, "too many", "busy"),
    (ASM, "a page", "corrupt"),
    (ASM, "half", "corrupt"),
    (ASM, "no answer", "offline"),
    (MAIN, "missing", "missing"),
    (MAIN, "refused", "blocked"),
    (MAIN, "wrong type", "mistyped"),
    (ASM, "wrong type", "mistyped"),
    ("worker.js", "missing", "missing"),
    ("worker.js", "refused", "blocked"),
    ("worker.js", "busy", "busy"),
    ("worker.js", "too many", "busy"),
    ("worker.js", "wrong type", "mistyped"),
    ("worker.js", "a page", "mistyped"),
    ("worker.js", "no answer", "offline"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "fault", "reason"), FAULTS)
def test_a_start_that_fails_says_why_and_the_next_one_can_succeed(
    page: Page, site: Site, name: str, fault: str, reason: str
) -> None:
    fails_and_recovers(page, site, name, fault, reason)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "fault"),
    [(ASM, "stalls"), (LIBRARY, "stalls"), ("worker.js", "silence")],
)
def test_a_start_that_stands_still_ends(page: Page, site: Site, name: str, fault: str) -> None:
    site.faults[name] = fault
    page.evaluate("window.python = make({ patience: 1500 })")
    outcome = ask(page, "hello")
    assert outcome["reason"] == "timeout"
    assert no_worker_remains(page)


def test_a_digest_of_our_own_is_the_one_that_browsers_and_python_give(page: Page) -> None:
    """Of every length around a block's end, and of a file's."""
    lengths = [*range(130), 1_000_000]
    digests: list[str] = page.evaluate(
        """async ([lengths, script]) => {
             const { sha256 } = await import(script);
             const hex = (byte) => byte.toString(16).padStart(2, "0");
             const bytes = (length) => Uint8Array.from({ length }, (_, at) => at * at + length);
             return lengths.map((one) => Array.from(sha256(bytes(one)), hex).join(""));
           }""",
        [lengths, f"./{asset('sha256.js')}"],
    )
    for length, digest in zip(lengths, digests, strict=True):
        bytes_ = bytes((at * at + length) % 256 for at in range(length))
        assert hashlib.sha256(bytes_).hexdigest() == digest, length


def test_an_answer_that_takes_too_long_ends_and_the_next_one_is_given(page: Page) -> None:
    ask(page, "hello")
    outcomes = page.evaluate(
        "Promise.all(['for ever', 'behind it'].map("
        "(one) => say(window.python.run(one, { timeout: 500 }))))"
    )
    assert [outcome["reason"] for outcome in outcomes] == ["timeout", "timeout"]
    assert no_worker_remains(page)
    assert ask(page, "hello")["answer"]


def test_an_answer_in_time_leaves_python_running(page: Page) -> None:
    page.clock.install()
    ask(page, "hello")
    worker = page.workers
    assert ask(page, "again", "{ timeout: 600_000 }")["answer"]
    page.clock.fast_forward(700_000)
    assert page.workers == worker
    assert ask(page, "and again")["answer"]


def test_a_message_that_cannot_be_read_ends_the_worker(page: Page) -> None:
    page.evaluate(
        """void (window.Worker = class extends Worker {
             constructor(...all) { super(...all); window.worker = this; }
           })"""
    )
    ask(page, "hello")
    page.evaluate("void (window.waits = say(window.python.run('for ever')))")
    page.evaluate("worker.dispatchEvent(new MessageEvent('messageerror'))")
    assert page.evaluate("waits")["reason"] == "died"


def test_stop_ends_what_waits_and_a_later_run_starts_anew(page: Page) -> None:
    ask(page, "hello")
    page.evaluate("void (window.waits = say(window.python.run('for ever')))")
    page.evaluate("window.python.stop()")
    assert page.evaluate("waits")["reason"] == "stopped"
    assert no_worker_remains(page)
    assert ask(page, "hello")["answer"]


def test_stop_during_a_start_ends_what_waits_for_it(page: Page) -> None:
    page.evaluate("void (window.waits = say(window.python.run('hello')))")
    page.evaluate("window.python.stop(), window.python.stop()")
    assert page.evaluate("waits")["reason"] == "stopped"
    assert no_worker_remains(page)


def test_a_start_on_intent_alone_that_fails_leaves_no_unhandled_error(
    page: Page, site: Site
) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(error.message))
    site.faults[WASM] = "missing"
    page.evaluate("void window.python.start()")
    assert no_worker_remains(page)
    assert errors == []
