"""The loader, its worker and the real Pyodide, in a real browser, on a site that can misbehave."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from scripts.runtime import build as runtime
from tests.browser import bare
from tests.browser.bare import ask, fails_and_recovers, no_worker_remains, show, steps
from tests.browser.sites import BELOW, Site, serving

pytestmark = [pytest.mark.browser, pytest.mark.engine]

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


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page and Pyodide, with a calculator that can be told to fail."""
    source = tmp_path_factory.mktemp("stand-in")
    (source / "calculator").mkdir()
    (source / "pyproject.toml").write_text(PROJECT, "utf-8")
    (source / "calculator" / "__init__.py").write_text(
        '"""A stand-in."""\n__version__ = "0.0.1"\n', "utf-8"
    )
    (source / "calculator" / "browser.py").write_text(STAND_IN, "utf-8")
    root = tmp_path_factory.mktemp("site")
    bare.write(root)
    runtime.build(source, root / "assets" / "runtime", requests=["hello"])
    return root


@pytest.fixture
def site(root: Path) -> Iterator[Site]:
    with serving(root) as server:
        yield server


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    with bare.opened(browser, site) as page:
        yield page


@pytest.mark.slow
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
    show(page, site)
    assert ask(page, "0.85 é") == {"answer": '{"heard": "0.85 \\u00e9"}'}
    context.close()
    assert words == []
    files = runtime.current(site.root / "assets" / "runtime")["files"].keys()
    names = {url.rsplit("/", 1)[-1] for url in asked}
    assert names >= {*files, "worker.js"} - {runtime.WHOLE}
    assert runtime.WHOLE not in names
    assert len(asked) == len(set(asked)), "each file is asked for once"
    assert [url for url in asked if not url.startswith(site.origin + BELOW)] == []


@pytest.mark.slow
def test_progress_is_told_in_bytes_up_to_the_last(page: Page) -> None:
    ask(page, "hello")
    said = steps(page)
    stages = list(dict.fromkeys(step["stage"] for step in said))
    loaded = [step["loaded"] for step in said]
    assert stages[0] == "download"
    assert stages[-2:] == ["import", "ready"]
    assert "start" in stages
    assert loaded == sorted(loaded)
    assert loaded[-1] == said[-1]["total"] > 6_000_000
    assert len({*loaded}) > 5  # a slow machine tells of many bytes at once


@pytest.mark.slow
def test_an_exception_in_python_comes_back_as_words_and_python_goes_on(page: Page) -> None:
    outcome = ask(page, "error")
    assert outcome["name"] == "Stopped"
    assert outcome["reason"] == "exception"
    assert outcome["detail"].strip().endswith("ValueError: words")
    worker = page.workers
    assert ask(page, "hello")["answer"]
    assert page.workers == worker


WASM = "pyodide.asm.wasm"
FAULTS = [
    ("missing", "missing"),
    ("refused", "blocked"),
    ("a page", "corrupt"),
    ("half", "corrupt"),
    ("spoilt", "corrupt"),
    ("no answer", "offline"),
    ("cut off", "offline"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("fault", "reason"), FAULTS)
def test_wasm_that_cannot_be_used_says_why_and_the_next_start_can_succeed(
    page: Page, site: Site, fault: str, reason: str
) -> None:
    """Pyodide itself only logs it, and waits for ever."""
    fails_and_recovers(page, site, WASM, fault, reason)


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["silence", "stalls"])
def test_wasm_that_stands_still_ends_the_start(page: Page, site: Site, fault: str) -> None:
    site.faults[WASM] = fault
    page.evaluate("window.python = make({ patience: 1500 })")
    outcome = ask(page, "hello")
    assert outcome["reason"] == "timeout"
    assert no_worker_remains(page)


@pytest.mark.slow
def test_wasm_of_the_wrong_type_works(page: Page, site: Site) -> None:
    site.faults[WASM] = "wrong type"
    assert ask(page, "hello")["answer"]


@pytest.mark.slow
def test_a_policy_for_scripts_of_our_own_and_wasm_is_enough(page: Page, site: Site) -> None:
    site.headers["Content-Security-Policy"] = (
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"
    )
    assert ask(page, "hello")["answer"]


@pytest.mark.slow
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


@pytest.mark.slow
def test_a_worker_that_dies_in_the_middle_of_an_answer_is_replaced(page: Page) -> None:
    outcome = ask(page, "die")
    assert outcome["reason"] == "died"
    assert "gone" in outcome["detail"]
    assert no_worker_remains(page)
    assert ask(page, "hello")["answer"]
