"""The snapshot of Python's memory that the reader's browser keeps, on the real site."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.browser.sites import BELOW, Site
from tests.conftest import PATIENCE, WHILE, until

pytestmark = [pytest.mark.browser, pytest.mark.engine]

REQUEST = '{"check": "serum", "answers": [["value", "1.00"], ["unit", "mmol/L"]]}'
MARKER = "marker-5d1f0c6a97b24e38"
STARTED = """async ([request, patience]) => {
  const { runtime, files } = document.querySelector("form[data-check]").dataset;
  const { Python } = await import(new URL("../assets/python/loader.js", document.baseURI));
  let from;
  const tell = (step) => (from = step.from ?? from);
  const python = new Python(`runtime/${runtime}/`, JSON.parse(files), tell, { patience });
  const say = ({ reason }) => reason;
  let ended = {};
  if (patience < 1000) {
    ended = { ended: await python.run(request).catch(say) };
    python.patience = 30_000;
  }
  return { answer: await python.run(request).catch(say), from, ...ended };
}"""
# The one entry that is kept, as `name`, `url`, `head` and `body`, and whether a test put it there;
# then `change` it and put it back.
ENTRY = """async (change) => {
  for (let turn = 0; turn < TURNS; turn++) {
    for (const name of await caches.keys()) {
      if (!name.startsWith("snapshot ")) continue;
      const cache = await caches.open(name);
      const [key] = await cache.keys();
      if (!key) continue;
      const response = await cache.match(key);
      const ours = response.headers.has("x-ours");
      const head = ours ? null : JSON.parse(response.headers.get("x-kept"));
      const body = await response.arrayBuffer();
      return await change({ name, url: key.url, head, body, cache, ours });
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}""".replace("TURNS", str(PATIENCE * 20))
DIGEST = """const digest = async (bytes) => Array.from(
  new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)),
  (byte) => byte.toString(16).padStart(2, "0")).join("");"""


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{site.origin}{BELOW}blood-test/")
    yield page
    context.close()


def start(page: Page, request: str = REQUEST, patience: int = 30_000) -> dict[str, str]:
    """Start a Python of its own and ask it."""
    started: dict[str, str] = page.evaluate(STARTED, [request, patience])
    return started


def entry(page: Page, change: str) -> object:
    """Wait for the entry and do something with it."""
    return page.evaluate(f"({ENTRY})({change})")


def put(body: str, head: str) -> str:
    """A change that puts the entry back with another body or head."""
    return (
        f"async ({{ url, head, body, cache }}) => {{ {DIGEST} body = {body}; head = {head};"
        " const headers = { 'x-kept': head, 'x-ours': '' };"
        " await cache.put(url, new Response(body, { headers })); }"
    )


def names(page: Page) -> list[str]:
    found: list[str] = page.evaluate("caches.keys()")
    return [name for name in found if name.startswith("snapshot ")]


@pytest.mark.slow
def test_the_second_visit_starts_from_the_snapshot_and_answers_alike(page: Page) -> None:
    """The first start reads the files and keeps the memory; the next one says it used it."""
    first = start(page)
    entry(page, "() => true")
    page.reload()
    second = start(page)
    assert (first["from"], second["from"]) == ("files", "snapshot")
    assert json.loads(first["answer"])["record"]["status"] == "ok"
    assert second["answer"] == first["answer"]


@pytest.mark.slow
def test_a_restored_python_still_explains_an_error_and_answers_the_other_check(page: Page) -> None:
    """What no start imports is still found: the library is there, not only the memory."""
    start(page)
    entry(page, "() => true")
    page.reload()
    assert start(page, "not JSON") == {"from": "snapshot", "answer": "exception"}
    answers = [["age", ""], ["eat-food", "spinnach"], ["eat-servings", "1"]]
    day = json.dumps({"check": "intake", "answers": answers})
    assert json.loads(start(page, day)["answer"])["problems"]


SAME = "JSON.stringify(head)"
SPOILT = {
    "one byte": put("(new Uint8Array(body)[5_000_000] ^= 1, body)", SAME),
    "half": put("body.slice(0, body.byteLength / 2)", SAME),
    "empty": put("new ArrayBuffer(0)", SAME),
    "no memory": put(
        "body",
        "JSON.stringify({ ...head, pages: 0 })",
    ),
    "another answer": put("body", "JSON.stringify({ ...head, answer: '00' })"),
    "another browser": put("body", "JSON.stringify({ ...head, browser: 'Another/1.0' })"),
    "unreadable": put("body", "'{'"),
}


@pytest.mark.slow
@pytest.mark.parametrize("change", SPOILT.values(), ids=SPOILT.keys())
def test_a_snapshot_in_doubt_is_dropped_and_made_again(page: Page, change: str) -> None:
    """The reader gets the answer from the files, and the visit after it a sound snapshot."""
    first = start(page)
    entry(page, change)
    page.reload()
    assert start(page) == {"from": "files", "answer": first["answer"]}
    assert until(page, lambda: not entry(page, "({ ours }) => ours"))
    page.reload()
    assert start(page) == {"from": "snapshot", "answer": first["answer"]}


@pytest.mark.slow
def test_another_runtime_ignores_it_and_takes_away_this_sites_alone(page: Page) -> None:
    """A site on the same host keeps its own: the site's path is in the name."""
    start(page)
    name = str(entry(page, "({ name }) => name"))
    older, other = name.replace(name[-17:-1], "0" * 16), name.replace(BELOW, "/other/")
    rename = """async ([name, older, other]) => {
      for (const to of [older, other]) {
        const cache = await caches.open(to);
        const [key] = await (await caches.open(name)).keys();
        await cache.put(key, await caches.match(key));
      }
      await caches.delete(name);
    }"""
    page.evaluate(rename, [name, older, other])
    page.reload()
    assert start(page)["from"] == "files"
    assert until(page, lambda: sorted(names(page)) == sorted([name, other])), names(page)


@pytest.mark.slow
def test_no_answer_is_in_the_snapshot(page: Page) -> None:
    """What is typed in the first answer is nowhere in what is kept; the calculator is."""
    asked = REQUEST.replace("1.00", MARKER)
    assert MARKER in start(page, asked)["answer"]
    text = "async ({ body }) => new TextDecoder('latin1').decode(body)"
    found = entry(
        page,
        f"async (all) => {{ const text = await ({text})(all);"
        f" return [text.includes('calculator.browser'), text.includes('{MARKER}')]; }}",
    )
    assert found == [True, False]


@pytest.mark.slow
def test_without_room_everything_works(page: Page, site: Site) -> None:
    """A full disk costs the snapshot and nothing else."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(error.message))
    quota = {"origin": site.origin, "quotaSize": 1_000_000}
    page.context.new_cdp_session(page).send("Storage.overrideQuotaForOrigin", quota)
    assert start(page)["from"] == "files"
    page.wait_for_timeout(WHILE)
    assert names(page) == []
    page.reload()
    assert json.loads(start(page)["answer"])["record"]["status"] == "ok"
    assert errors == []


STORES = {
    "none": "Object.defineProperty(self, 'caches', { value: undefined });",
    "refuses": "CacheStorage.prototype.match = CacheStorage.prototype.open ="
    " () => Promise.reject(new DOMException('no', 'SecurityError'));",
    "never answers": "CacheStorage.prototype.match = CacheStorage.prototype.open ="
    " () => new Promise(() => {});",
    "spares data": "Object.defineProperty(navigator, 'connection', { value: { saveData: true } });",
}


@pytest.mark.slow
@pytest.mark.parametrize("store", STORES.values(), ids=STORES.keys())
def test_a_browser_that_keeps_nothing_gets_its_answer(page: Page, built: Path, store: str) -> None:
    """Private windows, refusals, a store that hangs, Save-Data: no snapshot, no harm, no hang."""
    script = (built / "assets" / "python" / "snapshot.js").read_text("utf-8")

    def changed(route: Route) -> None:
        route.fulfill(body=store + script, content_type="text/javascript")

    page.context.route("**/snapshot.js", changed)
    for _ in range(2):
        started = start(page)
        assert started["from"] == "files"
        assert json.loads(started["answer"])["record"]["status"] == "ok"
    page.wait_for_timeout(WHILE)
    assert names(page) == []


@pytest.mark.slow
def test_a_missing_script_for_snapshots_costs_nothing_else(page: Page, site: Site) -> None:
    """snapshot.js is asked for beside the runtime, and Python starts without it."""
    site.faults["snapshot.js"] = "missing"
    assert start(page)["from"] == "files"
    site.faults.clear()


@pytest.mark.slow
def test_a_start_that_failed_is_tried_again_without_the_snapshot(page: Page) -> None:
    """A snapshot that hangs a start cannot hang the next one too."""
    start(page)
    entry(page, "() => true")
    page.reload()
    started = start(page, patience=1)
    assert (started["ended"], started["from"]) == ("timeout", "files")


@pytest.mark.slow
def test_the_snapshots_name_carries_the_sites_path_and_the_runtimes_hash(page: Page) -> None:
    """One host's sites share one store, and each runtime has its own snapshot."""
    start(page)
    url = urlsplit(str(entry(page, "({ url }) => url")))
    digest = page.get_attribute("form[data-check]", "data-runtime")
    assert url.path == f"{BELOW}assets/runtime/{digest}/"
    assert names(page) == [f"snapshot 2 {url.path}"]
