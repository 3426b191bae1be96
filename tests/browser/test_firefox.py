"""The built site in Firefox: what a reader finds there is what CPython says."""

import json
import subprocess
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypedDict

import pytest

from calculator import browser as door
from calculator.words.problems import ERROR_TITLE
from scripts.blocks import examples
from scripts.runtime import node
from tests import browsers
from tests.browser.cpython import HOOKS, asked, words
from tests.browser.sites import BELOW, serving
from tests.browser.states import INTAKE, PROBLEMS, RESULTS, SERUM
from tests.conftest import PATIENCE

pytestmark = [pytest.mark.browser, pytest.mark.engine, pytest.mark.slow]

DRIVER = Path(__file__).parent / "firefox.mjs"
ALL = 5 * PATIENCE  # seconds for all of its waits; they take about 17
AGAIN = "in-range"
KEYS = {"address": SERUM, "value": "0.85", "unit": "mmol/L"}
EXAMPLES = {
    row.case: row.address.removeprefix("../")
    for check in ("serum", "intake")
    for row in examples.rows(check)
}


class Found(TypedDict):
    """What a reader finds once a check has ended, as firefox.mjs tells it."""

    data: dict[str, str]
    row: str
    mark: str
    problems: list[str]
    title: str
    focus: str


class Read(TypedDict):
    """One element of a page, and what the page asked for."""

    text: str
    workers: int
    requests: list[str]


class Told(TypedDict):
    """All that firefox.mjs prints."""

    found: dict[str, Found]
    again: Found
    keys: Found
    said: list[str]
    requests: list[str]
    reads: list[Read]


class Visit(TypedDict):
    """What was told, and the address of the site that it was told of."""

    told: Told
    site: str


def ask(task: Mapping[str, object]) -> Told:
    """Have Firefox do the task; told to end, Node ends the Firefox that it started."""
    command = [node.node(), str(DRIVER)]
    asked = {**task, "patience": PATIENCE * 1000}
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        timer = threading.Timer(ALL, process.terminate)
        timer.start()
        try:
            told, complaints = process.communicate(json.dumps(asked), timeout=ALL + 20)
        finally:
            timer.cancel()
            process.kill()
    assert process.returncode == 0, complaints
    answer: Told = json.loads(told)
    return answer


@pytest.fixture(scope="module")
def program() -> str:
    """The Firefox of this machine; without one its tests are skipped, and the run says so."""
    return browsers.firefox() or pytest.skip(browsers.MISSING["Firefox"])


@pytest.fixture(scope="module")
def visit(program: str, built: Path) -> Iterator[Visit]:
    """One Firefox for all of these tests, which only read what it found."""
    states = RESULTS | PROBLEMS | EXAMPLES
    walks = [
        {name: address for name, address in states.items() if address.startswith(path)}
        for path in (SERUM, INTAKE)
    ]
    with serving(built) as server:
        site = f"{server.origin}{BELOW}"
        task = {"program": program, "site": site, "walks": walks, "keys": KEYS, "settings": {}}
        yield Visit(told=ask(task | {"again": RESULTS[AGAIN]}), site=site)


PRIVATE = {"browser.privatebrowsing.autostart": True}
CLOSED = {"network.cookie.cookieBehavior": 2}  # to ask for a store is an error


@pytest.mark.parametrize("settings", [PRIVATE, CLOSED], ids=["private", "closed"])
def test_a_firefox_that_keeps_nothing_gives_the_answer(
    program: str, built: Path, settings: dict[str, object]
) -> None:
    """A private window, or every store refused: both visits are answered."""
    with serving(built) as server:
        task = {"program": program, "site": f"{server.origin}{BELOW}", "walks": []}
        told = ask(task | {"again": RESULTS[AGAIN], "keys": KEYS, "settings": settings})
    assert [told[visit]["row"] for visit in ("again", "keys")] == ["in-range", "in-range"]


PANEL = ("about/offline/", "[data-offline] [data-state=kept]")


def test_firefox_answers_when_the_server_is_gone(program: str, built: Path, tmp_path: Path) -> None:
    """What the first check left behind gives the checks and the other pages, in a new session."""
    task = {"program": program, "profile": str(tmp_path), "settings": {}, "walks": []}
    task |= {"again": RESULTS[AGAIN], "keys": KEYS}
    with serving(built) as server:
        task["site"] = f"{server.origin}{BELOW}"
        kept = ask(task | {"reads": [PANEL]})
    told = ask(task | {"reads": [("bone/", "h1")]})
    assert kept["reads"][0]["text"] != ""
    assert "bone" in told["reads"][0]["text"]
    assert [told[visit]["row"] for visit in ("again", "keys")] == ["in-range", "in-range"]


@pytest.mark.parametrize("name", RESULTS)
def test_a_result_in_firefox_is_the_one_of_cpython(visit: Visit, name: str) -> None:
    """Each row, care level, position and note, with the focus on the heading of the result."""
    record = json.loads(door.run(asked(RESULTS[name])))["record"]
    found = visit["told"]["found"][name]
    assert {hook: found["data"].get(hook) for hook in HOOKS} == {
        hook: words(record.get(hook, "")) for hook in HOOKS
    }
    assert found["focus"] == f"{found['data']['result']}-result-heading"
    assert found["problems"] == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_worked_example_in_firefox_is_the_one_of_cpython(visit: Visit, name: str) -> None:
    """Every row of tests/examples, which CPython answers as the file says (test_command_line)."""
    answer = json.loads(door.run(asked(EXAMPLES[name])))
    found = visit["told"]["found"][name]
    assert found["problems"] == [problem["message"] for problem in answer["problems"]]
    hooks = {} if answer["problems"] else answer["record"]
    assert {hook: found["data"].get(hook) for hook in HOOKS if hooks} == {
        hook: words(hooks.get(hook, "")) for hook in HOOKS if hooks
    }


@pytest.mark.parametrize("name", RESULTS)
def test_the_matched_row_is_marked_in_firefox(visit: Visit, name: str) -> None:
    """The page's own table says which row it is, and only where there is one to mark."""
    response = json.loads(door.run(asked(RESULTS[name])))
    row = response["record"]["row"] if response["marked"] else ""
    found = visit["told"]["found"][name]
    assert (found["row"], found["mark"]) == (row, response["marked"])


@pytest.mark.parametrize("name", PROBLEMS)
def test_problems_are_told_in_firefox(visit: Visit, name: str) -> None:
    """The summary says what CPython says, in its order, and has the focus."""
    problems = json.loads(door.run(asked(PROBLEMS[name])))["problems"]
    found = visit["told"]["found"][name]
    assert found["problems"] == [problem["message"] for problem in problems]
    assert found["problems"] != []
    assert "problem-summary" in found["focus"].split()
    assert found["title"].startswith(ERROR_TITLE)
    assert found["data"] == {}


def test_a_second_visit_in_firefox_gives_the_same_answer(visit: Visit) -> None:
    """Whatever the first visit left in the browser, the next one is answered alike."""
    assert visit["told"]["again"] == visit["told"]["found"][AGAIN]


def test_a_blood_result_is_checked_by_keyboard_alone_in_firefox(visit: Visit) -> None:
    """Tab, Space, the arrows and Enter are enough, and the row is marked."""
    found = visit["told"]["keys"]
    assert (found["data"]["status"], found["row"]) == ("ok", "in-range")
    assert found["focus"] == "serum-result-heading"


def test_firefox_says_nothing_and_asks_nobody_else(visit: Visit) -> None:
    """An empty console, and no request that leaves the site."""
    told = visit["told"]
    assert told["said"] == []
    assert told["requests"] != []
    ours = (visit["site"], "blob:", "data:")
    assert [url for url in told["requests"] if not url.startswith(ours)] == []
