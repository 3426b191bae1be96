"""The engine that is cut: stubs in place of what does not run, and nothing else is another."""

import json
import subprocess
from itertools import islice
from pathlib import Path

import pytest

from calculator import browser
from scripts.runtime import build as runtime
from scripts.runtime.cut import cut, entered, instrumented, ran_text, read_ran
from scripts.runtime.glue import unasked, without
from scripts.runtime.node import PYODIDE, BuildError, node
from tests.engine import questions, run
from tests.engine.trouble import together


def section(id: int, *parts: bytes) -> bytes:
    """A section that is a vector of these parts."""
    content = bytes([len(parts)]) + b"".join(parts)
    assert len(content) < 128
    return bytes([id, len(content)]) + content


HEAD = b"\0asm\1\0\0\0"
IMPORTS = (
    b"\1m\1f\0\0",  # a function of type 0
    b"\1m\1t\1\x70\1\1\2",  # a table of 1 to 2 functions
    b"\1m\1n\2\0\1",  # a memory of at least 1 page
    b"\1m\1g\3\x7f\0",  # a constant i32
)
# Function 1 gives what function 2 gives, or 7 where it is not asked; function 3 is not called.
CALLER = b"\x0a\1\2\x7f\x20\0\x04\x40\x10\2\x0f\x0b\x41\7\x0b"
CALLER = bytes([len(CALLER) - 1]) + CALLER[1:]
CALLED, IDLE = b"\4\0\x41\5\x0b", b"\4\0\x41\6\x0b"
EXPORTS = section(7, b"\1a\0\1", b"\1b\0\2", b"\1c\0\3")
BEFORE = (
    HEAD
    + section(1, b"\x60\0\0", b"\x60\1\x7f\1\x7f", b"\x60\0\1\x7f")
    + section(2, *IMPORTS)
    + section(3, b"\1", b"\2", b"\2")
    + section(6, b"\x7f\0\x41\x09\x0b")
    + EXPORTS
)
AFTER = section(11, b"\0\x41\0\x0b\1x")  # data
MODULE = BEFORE + section(10, CALLER, CALLED, IDLE) + AFTER
STUB = b"\3\0\0\x0b"

ASK = """
const [wasm, argument, ...names] = JSON.parse(process.argv[1]);
const bytes = Uint8Array.from(wasm);
const m = { f() {}, t: new WebAssembly.Table({ element: "anyfunc", initial: 1, maximum: 2 }),
            n: new WebAssembly.Memory({ initial: 1 }), g: 1 };
const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { m });
let gave;
try { gave = exports.a(argument); } catch (error) { gave = error.name; }
console.log(JSON.stringify([gave, ...names.map((name) => exports[name].value >>> 0)]));
"""


def ask(wasm: bytes, argument: int, *names: str) -> list[object]:
    """What function 1 gives under Node, and the globals of these names after it."""
    task = json.dumps([list(wasm), argument, *names])
    done = subprocess.run([node(), "-e", ASK, task], capture_output=True, text=True, check=True)
    gave: list[object] = json.loads(done.stdout)
    return gave


def test_what_is_not_kept_is_a_stub_and_the_rest_is_as_it_was_to_the_byte() -> None:
    """The imported function has the first index."""
    assert cut(MODULE, frozenset({1, 2})) == BEFORE + section(10, CALLER, CALLED, STUB) + AFTER
    assert cut(MODULE, frozenset()) == BEFORE + section(10, STUB, STUB, STUB) + AFTER


def test_where_all_is_kept_nothing_changes() -> None:
    assert cut(MODULE, frozenset({1, 2, 3})) == MODULE


@pytest.mark.browser
def test_a_stub_that_is_reached_stops_what_called_it_and_a_kept_function_does_not() -> None:
    stubbed = cut(MODULE, frozenset({1, 3}))
    assert [ask(stubbed, argument) for argument in (0, 1)] == [[7], ["RuntimeError"]]
    assert ask(MODULE, 1) == [5]


@pytest.mark.browser
@pytest.mark.parametrize(("argument", "ran"), [(0, {1}), (1, {1, 2})])
def test_a_function_that_is_entered_is_named_by_its_index(argument: int, ran: set[int]) -> None:
    """And what the module gives is the same."""
    gave, mark = ask(instrumented(MODULE), argument, "ran 0")
    assert [gave] == ask(MODULE, argument)
    assert isinstance(mark, int)
    assert entered(MODULE, [mark]) == ran


def test_the_bits_of_every_global_are_read() -> None:
    assert entered(MODULE, [1 << 31 | 1, 2]) == {1, 32, 34}


def test_the_list_is_read_as_it_was_written(tmp_path: Path) -> None:
    ran = frozenset({5, 6, 7, 9, 12, 13, *range(100, 300, 3)})
    file = tmp_path / "ran.txt"
    file.write_text(ran_text(MODULE, ran), "utf-8")
    assert read_ran(MODULE, file) == ran
    assert "5-7 9 12-13 100 103" in file.read_text("utf-8")


def test_the_list_of_another_engine_stops_the_build_and_says_what_to_run(tmp_path: Path) -> None:
    file = tmp_path / "ran.txt"
    file.write_text(ran_text(MODULE, frozenset({1})), "utf-8")
    with pytest.raises(BuildError, match=r"run: python -m tests\.engine"):
        read_ran(MODULE + b"\0", file)


# ------------------------------------------------------------------------ exports and glue

GLUE = (
    'var x,_a,_b,_c,last;function fill(wasmExports){_a=Module["_a"]=wasmExports["a"];'
    '_b=Module["_b"]=wasmExports["b"];_c=wasmExports["c"];}x=()=>_b(1);'
)


def test_an_export_is_unasked_for_where_only_its_own_variable_names_it() -> None:
    """Neither by the glue, nor by another script, nor by the engine, which may import it."""
    assert unasked(MODULE, GLUE) == {"a", "c"}
    assert unasked(MODULE, GLUE, "python._a()") == {"c"}
    assert unasked(MODULE, GLUE + 'call("c")') == {"a"}
    assert unasked(MODULE, "") == {"a", "b", "c"}
    assert unasked(MODULE.replace(b"\1m\1f", b"\1m\1a"), GLUE) == {"c"}


def test_the_glue_loses_the_variable_and_what_fills_it() -> None:
    assert without(GLUE, frozenset({"a", "c"})) == (
        'var x,_b,last;function fill(wasmExports){_b=Module["_b"]=wasmExports["b"];}x=()=>_b(1);'
    )
    assert without(GLUE, frozenset()) == GLUE


def test_an_unasked_export_goes_and_the_function_stays() -> None:
    fewer = BEFORE.replace(EXPORTS, section(7, b"\1b\0\2")) + section(10, CALLER, CALLED, IDLE)
    assert cut(MODULE, frozenset({1, 2, 3}), frozenset({"a", "c"})) == fewer + AFTER


# ------------------------------------------------------------------------ the real engine


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    runtime.build()
    return together(runtime.SHIPPED, tmp_path_factory.mktemp("ours") / "runtime")


@pytest.mark.browser
def test_the_engine_is_cut_to_less_than_six_tenths_and_is_valid(ours: Path) -> None:
    """Beside it is the whole one, as its makers publish it."""
    engine = (ours / runtime.ENGINE).read_bytes()
    whole = (ours / runtime.WHOLE).read_bytes()
    assert whole == (PYODIDE / runtime.ENGINE).read_bytes()
    scripts = [(PYODIDE / name).read_text("utf-8") for name in (runtime.GLUE, runtime.STARTER)]
    assert engine == cut(whole, read_ran(whole), unasked(whole, *scripts))
    assert len(engine) < 0.6 * len(whole)
    validate = "process.exit(WebAssembly.validate(fs.readFileSync(process.argv[1])) ? 0 : 1)"
    command = [node(), "-e", validate, str(ours / runtime.ENGINE)]
    assert subprocess.run(command, check=False).returncode == 0


SOME = 2000  # requests at random; `python -m tests.engine --random` asks more


@pytest.mark.browser
@pytest.mark.engine
@pytest.mark.slow
def test_the_cut_engine_answers_as_the_whole_one_to_the_letter_and_meets_no_stub(
    ours: Path,
) -> None:
    """From the files and from a snapshot; a stub that is met ends the run with Node's words.

    Where this fails after a change of the calculator, run: python -m tests.engine
    """
    every = questions.every()
    starts = (every, [*every[::9], *islice(questions.at_random(2), SOME)])
    cut_engine = run.under_node(ours, ours / runtime.ENGINE, *starts)
    whole = run.under_node(ours, ours / runtime.WHOLE, *starts)
    for asked, one, other in zip(starts, cut_engine, whole, strict=True):
        for request, answer, expected in zip(asked, one["answers"], other["answers"], strict=True):
            assert answer == expected, request[:1000]
    answered = cut_engine[0]["answers"]
    good = [
        (request, one) for request, one in zip(every, answered, strict=True) if "error" not in one
    ]
    assert len(good) > 1500
    for request, answer in good[::20]:
        assert answer == {"response": browser.run(request)}, request[:1000]
