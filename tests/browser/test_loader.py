"""The loader and its worker, in a real browser, on a site that can misbehave."""

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TypedDict

import pytest
from playwright.sync_api import Browser, Page

from scripts.runtime import build as runtime
from scripts.runtime import node
from tests.browser.sites import BELOW, Site, serving
from tests.conftest import until

pytestmark = pytest.mark.browser

PROJECT = """[build-system]
requires = ["flit_core>=3.12,<4"]
build-backend = "flit_core.buildapi"
[project]
name = "calculator"
description = "Stands in for the calculator, to fail in ways that ours should not."
dynamic = ["version"]
"""
STAND_IN = """
import json


def run(request):
    if request == "error":
        raise ValueError("words")
    if request == "die":
        import js

        js.reportError(js.Error.new("gone"))
    while request in ("for ever", "die"):
        pass
    return json.dumps({"heard": request})
"""
# As strict as the page's own policy may be; the worker's is its own response's.
POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; worker-src 'self'"
PAGE = f"""<!doctype html>
<html lang="en"><head><title>A page</title><link rel="icon" href="favicon.ico">
<meta http-equiv="Content-Security-Policy" content="{POLICY}; img-src 'self'">
<script type="module" src="page.js"></script></head></html>"""
SCRIPT = """import { Python } from "./assets/python/loader.js";
const { hash, files } = await (await fetch("assets/runtime/current.json")).json();
window.steps = [];
window.make = (options) =>
  new Python(`runtime/${hash}/`, files, (step) => window.steps.push(step), options);
window.python = window.make();
window.say = (promise) =>
  promise.then((answer) => ({ answer }), ({ name, reason, detail }) => ({ name, reason, detail }));
document.documentElement.dataset.ready = "";
"""


class Outcome(TypedDict, total=False):
    answer: str
    name: str
    reason: str
    detail: str


class Step(TypedDict):
    stage: str
    loaded: int
    total: int


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    source = tmp_path_factory.mktemp("stand-in")
    (source / "calculator").mkdir()
    (source / "pyproject.toml").write_text(PROJECT, "utf-8")
    (source / "calculator" / "__init__.py").write_text(
        '"""A stand-in."""\n__version__ = "0.0.1"\n', "utf-8"
    )
    (source / "calculator" / "browser.py").write_text(STAND_IN, "utf-8")
    root = tmp_path_factory.mktemp("site")
    runtime.build(source, root / "assets" / "runtime", requests=["hello"])
    scripts = root / "assets" / "python"
    scripts.mkdir()
    for name in ("worker.js", "loader.js", "snapshot.js", "sha256.js"):
        shutil.copy(node.ROOT / "docs" / "assets" / "python" / name, scripts)
    (root / "index.html").write_text(PAGE, "utf-8")
    (root / "page.js").write_text(SCRIPT, "utf-8")
    (root / "favicon.ico").write_bytes(b"icon")
    return root


@pytest.fixture
def site(built: Path) -> Iterator[Site]:
    with serving(built) as server:
        yield server


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    # A context of its own, so that no test finds what another one cached.
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{site.origin}{BELOW}index.html")
    ready(page)
    yield page
    context.close()


def ready(page: Page) -> None:
    # Not wait_for_function: it evaluates a string, which the page's policy refuses.
    page.wait_for_selector("html[data-ready]", state="attached")


def ask(page: Page, request: str, options: str = "{}") -> Outcome:
    outcome: Outcome = page.evaluate(
        f"request => say(window.python.run(request, {options}))", request
    )
    return outcome


def steps(page: Page) -> list[Step]:
    said: list[Step] = page.evaluate("window.steps")
    return said


def no_worker_remains(page: Page) -> bool:
    # A browser lets a busy worker finish for a while before it ends it.
    return until(page, lambda: page.workers == [])


def test_python_answers_without_a_word_on_the_console_or_to_another_origin(
    browser: Browser, site: Site
) -> None:
    context = browser.new_context()
    page = context.new_page()
    words: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: words.append(message.text))
    page.on("pageerror", lambda error: words.append(error.message))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site.origin}{BELOW}index.html")
    ready(page)
    assert ask(page, "0.85 é") == {"answer": '{"heard": "0.85 \\u00e9"}'}
    context.close()
    assert words == []
    files = runtime.current(site.root / "assets" / "runtime")["files"]
    assert {url.rsplit("/", 1)[-1] for url in asked} >= {*files, "worker.js"}
    assert len(asked) == len(set(asked)), "each file is asked for once"
    assert [url for url in asked if not url.startswith(site.origin + BELOW)] == []


def test_progress_is_told_in_bytes_up_to_the_last(page: Page) -> None:
    ask(page, "hello")
    said = steps(page)
    stages = list(dict.fromkeys(step["stage"] for step in said))
    loaded = [step["loaded"] for step in said]
    assert stages[0] == "download"
    assert stages[-2:] == ["import", "ready"]
    assert "start" in stages
    assert loaded == sorted(loaded)
    assert loaded[-1] == said[-1]["total"] > 10_000_000
    assert len({*loaded}) > 10


def test_starting_twice_starts_once(page: Page) -> None:
    assert page.evaluate("python.start() === python.start()")
    assert ask(page, "hello")["answer"]
    assert len(page.workers) == 1


def test_answers_find_the_request_they_belong_to(page: Page) -> None:
    answers = page.evaluate("Promise.all(['a', 'b', 'c'].map((one) => window.python.run(one)))")
    assert answers == ['{"heard": "a"}', '{"heard": "b"}', '{"heard": "c"}']


def test_an_exception_in_python_comes_back_as_words_and_python_goes_on(page: Page) -> None:
    outcome = ask(page, "error")
    assert outcome["name"] == "Stopped"
    assert outcome["reason"] == "exception"
    assert outcome["detail"].strip().endswith("ValueError: words")
    worker = page.workers
    assert ask(page, "hello")["answer"]
    assert page.workers == worker


WASM, ASM, LIBRARY = "pyodide.asm.wasm", "pyodide.asm.mjs", "python_stdlib.zip"
FAULTS = [
    (WASM, "missing", "missing"),
    (WASM, "refused", "blocked"),
    (WASM, "a page", "corrupt"),
    (WASM, "half", "corrupt"),
    (WASM, "spoilt", "corrupt"),
    (WASM, "no answer", "offline"),
    (WASM, "cut off", "offline"),
    (LIBRARY, "missing", "missing"),
    (LIBRARY, "half", "corrupt"),
    (LIBRARY, "a page", "corrupt"),
    (LIBRARY, "no answer", "offline"),
    ("calculator.zip", "missing", "missing"),
    ("calculator.zip", "spoilt", "corrupt"),
    ("pyodide-lock.json", "missing", "missing"),
    (ASM, "missing", "missing"),
    (ASM, "a page", "corrupt"),
    (ASM, "half", "corrupt"),
    (ASM, "no answer", "offline"),
    ("pyodide.mjs", "missing", "missing"),
    ("pyodide.mjs", "refused", "blocked"),
    ("pyodide.mjs", "wrong type", "mistyped"),
    (ASM, "wrong type", "mistyped"),
    ("worker.js", "missing", "missing"),
    ("worker.js", "refused", "blocked"),
    ("worker.js", "wrong type", "mistyped"),
    ("worker.js", "a page", "mistyped"),
    ("worker.js", "no answer", "offline"),
]


@pytest.mark.parametrize(("name", "fault", "reason"), FAULTS)
def test_a_start_that_fails_says_why_and_the_next_one_can_succeed(
    page: Page, site: Site, name: str, fault: str, reason: str
) -> None:
    site.faults[name] = fault
    outcome = ask(page, "hello")
    assert (outcome["name"], outcome["reason"]) == ("Stopped", reason), outcome
    assert no_worker_remains(page)
    site.faults.clear()
    assert ask(page, "again") == {"answer": '{"heard": "again"}'}


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        (WASM, "silence"),
        (WASM, "stalls"),
        (ASM, "stalls"),
        (LIBRARY, "stalls"),
        ("worker.js", "silence"),
    ],
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
        """async (lengths) => {
             const { sha256 } = await import("./assets/python/sha256.js");
             const hex = (byte) => byte.toString(16).padStart(2, "0");
             const bytes = (length) => Uint8Array.from({ length }, (_, at) => at * at + length);
             return lengths.map((one) => Array.from(sha256(bytes(one)), hex).join(""));
           }""",
        lengths,
    )
    for length, digest in zip(lengths, digests, strict=True):
        bytes_ = bytes((at * at + length) % 256 for at in range(length))
        assert hashlib.sha256(bytes_).hexdigest() == digest, length


def test_wasm_of_the_wrong_type_works(page: Page, site: Site) -> None:
    site.faults[WASM] = "wrong type"
    assert ask(page, "hello")["answer"]


def test_a_policy_for_scripts_of_our_own_and_wasm_is_enough(page: Page, site: Site) -> None:
    site.headers["Content-Security-Policy"] = (
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"
    )
    assert ask(page, "hello")["answer"]


@pytest.mark.parametrize(
    "policy",
    [
        "script-src 'self'",
        "script-src 'self' 'wasm-unsafe-eval'; connect-src 'none'",
        "script-src 'none'",
    ],
)
def test_a_policy_that_refuses_is_named(page: Page, site: Site, policy: str) -> None:
    site.headers["Content-Security-Policy"] = policy
    assert ask(page, "hello")["reason"] == "blocked"


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


def test_a_worker_that_dies_in_the_middle_of_an_answer_is_replaced(page: Page) -> None:
    outcome = ask(page, "die")
    assert outcome["reason"] == "died"
    assert "gone" in outcome["detail"]
    assert no_worker_remains(page)
    assert ask(page, "hello")["answer"]


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
