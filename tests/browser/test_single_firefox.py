"""The single file, opened from a disk in Firefox with the rule that it has for such files on."""

import json
from pathlib import Path
from typing import NamedTuple

import pytest

from calculator import browser as door
from calculator.words.page import KEEP
from tests.browser import stick
from tests.browser.cpython import HOOKS, asked, words
from tests.browser.sites import BELOW, serving
from tests.browser.states import PROBLEMS, RESULTS
from tests.browser.test_firefox import Told, ask
from tests.browser.test_firefox import program as find_firefox

pytestmark = [pytest.mark.browser, pytest.mark.engine, pytest.mark.slow]

program = find_firefox
# Firefox lets no file read another. Puppeteer switches the rule off, and so may nobody here.
RULE = "security.fileuri.strict_origin_policy"
# Says whether a page from a disk may read the file beside it.
PROBE = """<!doctype html><meta charset="utf-8"><title>Probe</title><p id="told"></p><script>
fetch("neighbour.json").then(() => "allowed", () => "refused").then((word) => {
  document.getElementById("told").textContent = word;
});</script>"""
# One of each: Chromium opens every state from a disk (test_single), Firefox every one of the site.
RESULT, PROBLEM = "in-range", "serum-marks"
KNOWN = RESULTS[RESULT].partition("#")[2]


class Visit(NamedTuple):
    """What Firefox told, and the address that the planted requests went to."""

    told: Told
    folder: str
    stranger: str
    heard: list[str]


@pytest.fixture(scope="module")
def visit(program: str, built: Path, tmp_path_factory: pytest.TempPathFactory) -> Visit:
    """One Firefox: every state, by mouse and by keyboard, then the pages that test the test."""
    folder = tmp_path_factory.mktemp("stick")
    file = stick.copied(built, folder)
    (folder / "probe.html").write_text(PROBE, "utf-8")
    (folder / "neighbour.json").write_text("{}", "utf-8")

    def here(states: dict[str, str]) -> dict[str, str]:
        return {
            name: f"{file.name}#{address.partition('#')[2]}" for name, address in states.items()
        }

    with serving(tmp_path_factory.mktemp("stranger")) as server:
        stranger = f"{server.origin}{BELOW}"
        copies = [stick.asking(file, stranger, folder, policy=policy) for policy in (True, False)]
        known = f"#{KNOWN}"
        reads = [
            [file.name + known, "[data-kept]:not(:empty)", "[data-keep=copy]"],
            ["probe.html", "#told:not(:empty)"],
            *([copy.name + known, "[data-result] .summary"] for copy in copies),
        ]
        told = ask(
            {
                "program": program,
                "site": f"{folder.as_uri()}/",
                "settings": {RULE: True},
                "walks": [here({RESULT: RESULTS[RESULT], PROBLEM: PROBLEMS[PROBLEM]})],
                "again": here(RESULTS)[RESULT],
                "keys": {"address": file.name, "value": "0.85", "unit": "mmol/L"},
                "reads": reads,
            }
        )
        return Visit(told, f"{folder.as_uri()}/", stranger, list(server.asked))


def test_the_rule_for_files_is_on(visit: Visit) -> None:
    """In this very Firefox a page from the disk may not read the file beside it."""
    assert visit.told["reads"][1]["text"] == "refused"


def test_a_result_from_a_disk_in_firefox_is_the_one_of_cpython(visit: Visit) -> None:
    """Its row, care level, position and notes, with the focus on the heading of the result."""
    record = json.loads(door.run(asked(RESULTS[RESULT])))["record"]
    found = visit.told["found"][RESULT]
    assert {hook: found["data"].get(hook) for hook in HOOKS} == {
        hook: words(record.get(hook, "")) for hook in HOOKS
    }
    assert found["focus"] == f"{found['data']['result']}-result-heading"


def test_problems_are_told_from_a_disk_in_firefox(visit: Visit) -> None:
    """The summary says what CPython says, in its order."""
    problems = json.loads(door.run(asked(PROBLEMS[PROBLEM])))["problems"]
    assert visit.told["found"][PROBLEM]["problems"] == [problem["message"] for problem in problems]


def test_the_file_is_used_by_keyboard_alone_in_firefox(visit: Visit) -> None:
    """Tab, Space, the arrows and Enter are enough, and the row is marked."""
    found = visit.told["keys"]
    assert (found["data"]["status"], found["row"]) == ("ok", "in-range")


def test_python_runs_in_a_worker_in_firefox(visit: Visit) -> None:
    """One worker, so that the page never waits for it."""
    assert visit.told["reads"][0]["workers"] == 1


def test_a_result_is_copied_from_a_disk_in_firefox(visit: Visit) -> None:
    """The button does it and says so."""
    assert visit.told["reads"][0]["text"] == KEEP["copy"][1]


def test_the_file_asks_for_nothing_in_firefox(visit: Visit) -> None:
    """Nothing but itself and its own memory, by the page or by the worker."""
    requests = visit.told["requests"] + visit.told["reads"][0]["requests"]
    assert requests != []
    ours = (f"{visit.folder}magnesium-calculator.html", "blob:", "data:")
    assert [url for url in requests if not url.startswith(ours)] == []


def test_a_request_would_be_seen_in_firefox(visit: Visit) -> None:
    """Planted in page and worker it is told; the file's policy refuses it, and none arrives."""
    kept, without = visit.told["reads"][2:]
    assert {f"{visit.stranger}{who}" for who in ("page", "worker")} <= set(without["requests"])
    assert set(visit.heard) == {f"{BELOW}page", f"{BELOW}worker"}
    assert visit.heard.count(f"{BELOW}worker") == 1, "the policy let one out"
    assert kept["text"] == without["text"]
