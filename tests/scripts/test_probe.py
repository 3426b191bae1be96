"""The probe of a published site: what is right passes, and each fault is named."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.publish import __main__ as publish
from scripts.publish import offline, probe
from tests.browser.sites import Site, serving
from tests.conftest import ROOT

PAGE = '<!doctype html><meta charset="utf-8"></head><p>{}'
WASM = "assets/runtime/" + "ab" * 8 + "/a.wasm"
LISTING = json.dumps({"files": {"a.wasm": {"sha256": "ab" * 32}}})
WORKER = (ROOT / "docs" / "assets" / "offline" / "sw.js").read_text(encoding="utf-8")


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A small site with a file of each type, listed as a real one is."""
    texts = {name: publish.with_policy(PAGE.format(name)) for name in ("how-much/", "")}
    texts = {f"{name}index.html": text for name, text in texts.items()}
    texts |= dict.fromkeys(("assets/css/site.css", "assets/js/form.js", "assets/icon.svg"), "/* */")
    texts |= {"404.html": publish.with_policy(PAGE.format(404)), "sw.js": WORKER}
    texts |= {"assets/runtime/current.json": LISTING, WASM: "\0asm" + "x" * 1000}
    texts |= {"search/search_index.json": "{}"}
    for name, text in texts.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    offline.write(tmp_path)
    with serving(tmp_path) as server:
        server.compresses = True
        yield server


def look(site: Site) -> probe.Probe:
    found = probe.Probe(site.address)
    found.look()
    return found


def test_a_site_as_it_was_built_passes(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is wrong and nothing is slow; the slash at the address's end may be left out."""
    assert probe.main([site.address.rstrip("/")]) == 0
    assert capsys.readouterr().out == f"probe: 0 wrong, 0 slow at {site.address}\n"


@pytest.mark.parametrize(
    ("suffix", "file"),
    [
        (".wasm", WASM),
        (".js", "assets/js/form.js"),
        (".js", "sw.js"),
        (".css", "assets/css/site.css"),
        (".svg", "assets/icon.svg"),
        (".json", "offline.json"),
        (".html", "home"),
    ],
)
def test_a_type_that_a_browser_refuses_is_wrong(site: Site, suffix: str, file: str) -> None:
    """The file is named, with what came and what is needed."""
    site.types[suffix] = "application/octet-stream"
    wrong = look(site).wrong
    assert any(
        line.startswith(f"{file}: sent as application/octet-stream, expected ") for line in wrong
    )


@pytest.mark.parametrize("name", ["index.html", "how-much/index.html", "404.html"])
def test_a_page_without_its_policy_is_wrong(site: Site, name: str) -> None:
    """Also the page for what is not there."""
    (site.root / name).write_text(PAGE, encoding="utf-8")
    asked = {"index.html": "home", "404.html": probe.NOWHERE}.get(name, "how-much/")
    assert f"{asked}: no content security policy of ours" in look(site).wrong


def test_a_missing_page_that_says_it_is_there_is_wrong(site: Site) -> None:
    """Search engines and readers must be told that there is nothing."""
    site.missing = 200
    assert f"{probe.NOWHERE}: status 200, expected 404" in look(site).wrong


@pytest.mark.parametrize("name", [WASM, "assets/css/site.css", "how-much/index.html", "sw.js"])
def test_a_missing_file_is_wrong(site: Site, name: str) -> None:
    """Whether a page names it, a script loads it or a browser keeps by it."""
    (site.root / name).unlink()
    asked = name.removesuffix("index.html")
    assert look(site).wrong == [f"{asked}: status 404, expected 200"]


@pytest.mark.parametrize("name", [WASM, "assets/js/form.js", "index.html"])
def test_other_bytes_than_were_built_are_wrong(site: Site, name: str) -> None:
    """A browser that installs the site for use offline would refuse the whole of it."""
    with (site.root / name).open("a", encoding="utf-8") as file:
        file.write(" ")
    asked = name.replace("index.html", "home")
    assert look(site).wrong == [f"{asked}: not the bytes that were built"]


def test_a_service_worker_of_another_build_than_the_list_is_wrong(site: Site) -> None:
    """Half a deploy is told: the browser would install nothing."""
    build = json.loads((site.root / "offline.json").read_text("utf-8"))["build"]
    (site.root / "sw.js").write_text(WORKER, encoding="utf-8")
    assert look(site).wrong == [f"sw.js: build ['none'], but offline.json is of {build}"]


@pytest.mark.parametrize("text", ["", "[]", '{"build": "x", "pages": {}}', '{"build'])
def test_a_list_that_is_none_is_wrong(site: Site, text: str) -> None:
    """It is told in a line of its own, and the rest is looked at."""
    (site.root / "offline.json").write_text(text, encoding="utf-8")
    (site.root / "404.html").write_text(PAGE, encoding="utf-8")
    wrong = look(site).wrong
    assert wrong[0] == f"{probe.NOWHERE}: no content security policy of ours"
    assert wrong[1].startswith("offline.json: not the list of a build (")


def test_uncompressed_is_slow_and_not_wrong(site: Site, capsys: pytest.CaptureFixture[str]) -> None:
    """It is told with its bytes, and fails nothing; what is compressed already needs no more."""
    site.compresses = False
    assert probe.main([site.address]) == 0
    out = capsys.readouterr().out
    assert f"slow: {WASM}: 1004 bytes, sent uncompressed" in out
    assert ".zip" not in out


def test_no_answer_is_wrong_and_ends(capsys: pytest.CaptureFixture[str]) -> None:
    """A site that is not there is told as such."""
    assert probe.main(["http://127.0.0.1:9/nothing"]) == 1
    assert "wrong: sw.js: no answer" in capsys.readouterr().out


def test_a_site_that_arrives_late_passes(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is wrong is asked again within the wait, and only then told."""
    late = site.root / "assets" / "js" / "form.js"
    late.rename(late.with_suffix(".late"))
    monkeypatch.setattr(probe.time, "sleep", lambda _: late.with_suffix(".late").rename(late))
    assert probe.main([site.address, "--wait", "600"]) == 0


def test_it_needs_nothing_of_ours(site: Site) -> None:
    """Run as the workflow does, by a Python without the environment's packages."""
    command = [
        sys.executable,
        "-I",
        "-S",
        str(ROOT / "scripts" / "publish" / "probe.py"),
        site.address,
    ]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")


@pytest.mark.browser
def test_the_real_site_passes(built: Path) -> None:
    """Every page, script and byte of the site that is built from this tree."""
    with serving(built) as server:
        server.compresses = True
        found = look(server)
    assert (found.wrong, found.slow) == ([], [])
