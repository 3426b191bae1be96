"""The engine cut to what runs: Pyodide's WebAssembly without the bodies that no answer needs.

Of the functions in it, a start and every answer run about one in seven; `ran.txt` lists them, by
their index, for the file whose SHA-256 it begins with. Every other body becomes `unreachable`,
so that whoever calls it is stopped and never misled. Indices, table, globals and data are as they
were; of the exports those go that nothing asks for (scripts.runtime.glue). Which functions run is
found out by `python -m tests.engine`, in the same file with a global for every 32 functions, in
which each function sets its bit as it is entered.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence, Set
from pathlib import Path

from scripts.runtime import wasm as binary
from scripts.runtime.node import BuildError
from scripts.runtime.wasm import BITS, CODE, EXPORTS, FUNCTION, GLOBAL, GLOBALS

RAN = Path(__file__).with_name("ran.txt")
MARK = "ran "  # begins the exported names of the globals; their numbers follow
STUB = b"\x03\x00\x00\x0b"  # 3 bytes: no locals, unreachable, end


def cut(wasm: bytes, kept: Set[int], unasked: Set[str] = frozenset()) -> bytes:
    """Return the file with these functions and stubs for the others, without unasked exports."""
    first = binary.imported(wasm, FUNCTION)
    code = [
        wasm[body.whole : body.end] if first + number in kept else STUB
        for number, body in enumerate(binary.bodies(wasm))
    ]
    exports = [one.raw for one in binary.exports(wasm) if one.name not in unasked]
    return binary.replaced(wasm, {EXPORTS: binary.vector(exports), CODE: binary.vector(code)})


def instrumented(wasm: bytes) -> bytes:
    """Return the file that notes which of its functions were entered; `entered` reads it."""
    base = binary.imported(wasm, GLOBAL) + binary.count(wasm, GLOBALS)
    code = []
    for number, body in enumerate(binary.bodies(wasm)):
        begins = binary.past_locals(wasm, body.start)
        note = _note(base + number // BITS, number % BITS)
        noting = wasm[body.start : begins] + note + wasm[begins : body.end]
        code.append(binary.unsigned(len(noting)) + noting)
    marks = range((len(code) + BITS - 1) // BITS)
    exports = [binary.export(f"{MARK}{number}", GLOBAL, base + number) for number in marks]
    # Each of them: an i32 that can be changed, and is 0 at first.
    zeros = [b"\x7f\x01\x41\x00\x0b" for _ in marks]
    contents = {
        GLOBALS: binary.longer(wasm, GLOBALS, zeros),
        EXPORTS: binary.longer(wasm, EXPORTS, exports),
        CODE: binary.vector(code),
    }
    return binary.replaced(wasm, contents)


def _note(number: int, bit: int) -> bytes:
    """Code that sets a bit of a global: get it, or the bit into it, set it."""
    index = binary.unsigned(number)
    return b"\x23" + index + b"\x41" + binary.signed(1 << bit) + b"\x72\x24" + index


def entered(wasm: bytes, marks: Sequence[int]) -> frozenset[int]:
    """Return the indices of the functions whose bit is set in the globals of `instrumented`."""
    first = binary.imported(wasm, FUNCTION)
    bits = ((number, bit) for number in range(len(marks)) for bit in range(BITS))
    return frozenset(
        first + number * BITS + bit for number, bit in bits if marks[number] >> bit & 1
    )


def read_ran(wasm: bytes, file: Path = RAN) -> frozenset[int]:
    """Return the indices that the list names. Raises `BuildError` where it is of another file."""
    named, _, text = file.read_text("utf-8").partition("\n")
    if named != hashlib.sha256(wasm).hexdigest():
        raise BuildError(
            "scripts/runtime/ran.txt is of another Pyodide than the one in node_modules. "
            "For a new Pyodide, run: python -m tests.engine"
        )
    spans = (span.partition("-") for span in text.split())
    return frozenset(
        index for least, _, most in spans for index in range(int(least), int(most or least) + 1)
    )


def ran_text(wasm: bytes, ran: Set[int]) -> str:
    """Return the list of these indices as `read_ran` reads it, ten spans a line."""
    spans: list[list[int]] = []
    for index in sorted(ran):
        if spans and spans[-1][1] == index - 1:
            spans[-1][1] = index
        else:
            spans.append([index, index])
    words = [str(least) if least == most else f"{least}-{most}" for least, most in spans]
    lines = [" ".join(words[at : at + 10]) for at in range(0, len(words), 10)]
    return "\n".join([hashlib.sha256(wasm).hexdigest(), *lines]) + "\n"
