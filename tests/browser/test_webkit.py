"""The built site in WebKitGTK: what a reader finds there is what CPython says."""

import json
import time
from collections.abc import Iterator
from typing import TypedDict

import pytest

from calculator import browser as door
from calculator.words.page import FAILURES
from calculator.words.problems import ERROR_TITLE
from tests import browsers
from tests.browser.cpython import asked
from tests.browser.sites import BELOW, Site
from tests.browser.states import PROBLEMS, RESULTS
from tests.browser.webkit import WebKit, browsing

pytestmark = [pytest.mark.browser, pytest.mark.engine, pytest.mark.slow]

ANSWERED = (
    "return document.querySelector('[data-result], .problem-summary, [data-failure]:not([hidden])')"
    "?.matches(arguments[0])"
)
FOUND = """
  const failure = document.querySelector("[data-failure]:not([hidden])");
  const mark = document.querySelector("[data-table] tr[aria-current=true]");
  return JSON.stringify({
    data: { ...document.querySelector("[data-result]")?.dataset },
    row: mark?.dataset.row ?? "",
    problems: [...document.querySelectorAll("[data-problems] li")].map((one) => one.textContent),
    failure: failure?.innerText ?? "",
    title: document.title,
    focus: document.activeElement.id || document.activeElement.className,
  });"""

KEPT = """
  caches.keys().then((names) => { window.kept = names.some((one) => /^snapshot/.test(one)); });
  return window.kept;"""


class Found(TypedDict):
    """What a reader finds once a check has ended."""

    data: dict[str, str]
    row: str
    problems: list[str]
    failure: str
    title: str
    focus: str


@pytest.fixture(scope="module")
def driver() -> str:
    """The driver of this machine; without one its tests are skipped, and the run says so."""
    return browsers.webkit_driver() or pytest.skip(browsers.MISSING["WebKit"])


@pytest.fixture
def webkit(driver: str) -> Iterator[WebKit]:
    # Of its own, so that no test finds what another one kept.
    with browsing(driver) as webkit:
        yield webkit


def found(webkit: WebKit, what: str = "[data-result]") -> Found:
    """Wait for the end of a check, which must be this one, and return what is there then."""
    webkit.wait(f"{ANSWERED} !== undefined", what)
    webkit.wait("return document.activeElement !== document.body")  # It moves a frame later.
    seen: Found = json.loads(str(webkit.run(FOUND)))
    assert webkit.run(ANSWERED, what), seen
    return seen


@pytest.mark.parametrize("name", ["in-range", "intake-supplement"])
def test_a_result_in_webkit_is_the_one_of_cpython_and_so_is_a_second_visits(
    webkit: WebKit, site: Site, name: str
) -> None:
    """Both checks answer, and alike once the browser has kept the memory of the first visit."""
    response = json.loads(door.run(asked(RESULTS[name])))
    for _ in range(2):
        webkit.open(f"{site.origin}{BELOW}{RESULTS[name]}")
        seen = found(webkit)
        for hook in ("status", "row", "care", "position"):
            assert seen["data"].get(hook) == response["record"].get(hook, ""), hook
        assert seen["row"] == (response["record"]["row"] if response["marked"] else "")
        assert seen["focus"] == f"{seen['data']['result']}-result-heading"
        webkit.wait(KEPT)


@pytest.mark.parametrize("name", ["serum-marks", "intake-empty"])
def test_problems_are_told_in_webkit(webkit: WebKit, site: Site, name: str) -> None:
    """The summary says what CPython says, in its order, and has the focus."""
    problems = json.loads(door.run(asked(PROBLEMS[name])))["problems"]
    webkit.open(f"{site.origin}{BELOW}{PROBLEMS[name]}")
    seen = found(webkit, ".problem-summary")
    assert [one.strip() for one in seen["problems"]] == [one["message"] for one in problems]
    assert "problem-summary" in seen["focus"].split()
    assert seen["title"].startswith(ERROR_TITLE)


@pytest.mark.parametrize(("fault", "reason"), [("missing", "missing"), ("a page", "corrupt")])
def test_a_bad_file_in_webkit_is_told_in_words_and_trying_again_works(
    webkit: WebKit, site: Site, fault: str, reason: str
) -> None:
    """No wait without an end, in this engine too."""
    site.faults = {"pyodide.asm.wasm": fault}
    webkit.open(f"{site.origin}{BELOW}{RESULTS['in-range']}")
    assert FAILURES[reason] in found(webkit, "[data-failure]")["failure"]
    site.faults = {}
    # Asked again at once, WebKitGTK 2.50 sometimes gives a new worker the 404 that the last
    # one got, without a request to the server and whatever `cache` says. A reader is slower.
    time.sleep(2)
    webkit.run("document.querySelector('[data-failure]:not([hidden]) button').click()")
    assert found(webkit)["row"] == "in-range"


def test_wasm_of_the_wrong_type_works_in_webkit(webkit: WebKit, site: Site) -> None:
    """A server that does not know wasm costs nothing but the streaming."""
    site.faults = {"pyodide.asm.wasm": "wrong type"}
    webkit.open(f"{site.origin}{BELOW}{RESULTS['in-range']}")
    assert found(webkit)["row"] == "in-range"
    site.faults = {}
