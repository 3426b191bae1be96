"""The engine cut to what runs: Pyodide's WebAssembly without the bodies that no answer needs.

Of the functions in it, a start and every answer run about one in seven; `ran.txt` lists them, by
their index, for the file whose SHA-256 it begins with. Every other body becomes `unreachable`,
so that whoever calls it is stopped and never misled; nothing else in the file changes. Which
functions run is found out by `python -m tests.engine`, in the same file with a global for every
32 functions, in which each function sets its bit as it is entered.

Names and numbers are those of the WebAssembly core specification, chapter "Binary Format".
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from scripts.runtime.node import BuildError

RAN = Path(__file__).with_name("ran.txt")
MARK = "ran "  # begins the exported names of the globals; their numbers follow

HEADER = 8  # bytes: the magic number and the version
IMPORTS, GLOBALS, EXPORTS, CODE = 2, 6, 7, 10  # the ids of sections
FUNCTION, TABLE, MEMORY, GLOBAL, TAG = range(5)  # the kinds of what is imported and exported
STUB = b"\x03\x00\x00\x0b"  # 3 bytes: no locals, unreachable, end
BITS = 32  # of a global


class Section(NamedTuple):
    """One section: its id, and where its content begins and ends."""

    id: int
    start: int
    end: int


def cut(wasm: bytes, kept: frozenset[int]) -> bytes:
    """Return the module with the functions of these indices and stubs in place of the others."""
    first = _imported(wasm, FUNCTION)
    bodies = (
        wasm[start:end] if first + number in kept else STUB
        for number, (start, _, end) in enumerate(_bodies(wasm))
    )
    return _replaced(wasm, {CODE: _vector(list(bodies))})


def instrumented(wasm: bytes) -> bytes:
    """Return the module that notes which of its functions were entered; `entered` reads it."""
    base = _imported(wasm, GLOBAL) + _count(wasm, GLOBALS)
    bodies = list(_bodies(wasm))
    marks = range((len(bodies) + BITS - 1) // BITS)
    noting = []
    for number, (_, start, end) in enumerate(bodies):
        code = _past_locals(wasm, start)
        body = wasm[start:code] + _note(base + number // BITS, number % BITS) + wasm[code:end]
        noting.append(_unsigned(len(body)) + body)
    names = (f"{MARK}{number}".encode() for number in marks)
    exports = [
        _unsigned(len(name)) + name + bytes([GLOBAL]) + _unsigned(base + number)
        for number, name in enumerate(names)
    ]
    # Each of them: an i32 that can be changed, and is 0 at first.
    zeros = [b"\x7f\x01\x41\x00\x0b" for _ in marks]
    added = {GLOBALS: _longer(wasm, GLOBALS, zeros), EXPORTS: _longer(wasm, EXPORTS, exports)}
    return _replaced(wasm, {**added, CODE: _vector(noting)})


def entered(wasm: bytes, marks: Sequence[int]) -> frozenset[int]:
    """Return the indices of the functions whose bit is set in the globals of `instrumented`."""
    first = _imported(wasm, FUNCTION)
    bits = (
        (number, bit) for number, mark in enumerate(marks) for bit in range(BITS) if mark >> bit & 1
    )
    return frozenset(first + number * BITS + bit for number, bit in bits)


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


def ran_text(wasm: bytes, ran: frozenset[int]) -> str:
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


# ------------------------------------------------------------------------ the binary format


def _sections(wasm: bytes) -> Iterator[Section]:
    at = HEADER
    while at < len(wasm):
        size, start = _read(wasm, at + 1)
        yield Section(wasm[at], start, start + size)
        at = start + size


def _section(wasm: bytes, id: int) -> Section:
    return next(section for section in _sections(wasm) if section.id == id)


def _replaced(wasm: bytes, contents: dict[int, bytes]) -> bytes:
    """The module with other contents in some sections, and the rest as it was, to the byte."""
    parts, at = [wasm[:HEADER]], HEADER
    for id, _, end in _sections(wasm):
        content = contents.get(id)
        changed = None if content is None else bytes([id]) + _unsigned(len(content)) + content
        parts.append(changed or wasm[at:end])
        at = end
    return b"".join(parts)


def _bodies(wasm: bytes) -> Iterator[tuple[int, int, int]]:
    """Of each function, where its size begins, where its locals begin, and where it ends."""
    count, at = _read(wasm, _section(wasm, CODE).start)
    for _ in range(count):
        size, start = _read(wasm, at)
        yield at, start, start + size
        at = start + size


def _past_locals(wasm: bytes, at: int) -> int:
    """Where the code of a function begins, behind the groups of a count and a type."""
    groups, at = _read(wasm, at)
    for _ in range(groups):
        _, at = _read(wasm, at)
        at += 1  # The types are of one byte each: Pyodide has no locals of a typed reference.
    return at


def _imported(wasm: bytes, kind: int) -> int:
    """How many of a kind are imported: their indices come before those of the module's own."""
    count, at = _read(wasm, _section(wasm, IMPORTS).start)
    kinds = []
    for _ in range(count):
        for _ in range(2):  # the names of a module and of what is imported from it
            length, at = _read(wasm, at)
            at += length
        kinds.append(wasm[at])
        at = _past_import(wasm, at)
    return kinds.count(kind)


def _past_import(wasm: bytes, at: int) -> int:
    kind, at = wasm[at], at + 1
    if kind == GLOBAL:
        return at + 2  # its type, and whether it can be changed
    if kind in (TABLE, MEMORY):
        at += kind == TABLE  # the type of its elements
        has_most, at = wasm[at] & 1, at + 1
        _, at = _read(wasm, at)
        return _read(wasm, at)[1] if has_most else at
    at += kind == TAG  # its attribute
    return _read(wasm, at)[1]


def _note(number: int, bit: int) -> bytes:
    """Code that sets a bit of a global: get it, or the bit into it, set it."""
    index = _unsigned(number)
    return b"\x23" + index + b"\x41" + _signed(1 << bit) + b"\x72\x24" + index


def _count(wasm: bytes, id: int) -> int:
    return _read(wasm, _section(wasm, id).start)[0]


def _longer(wasm: bytes, id: int, added: Sequence[bytes]) -> bytes:
    """The content of a section that is a vector, with more at its end."""
    _, start, end = _section(wasm, id)
    count, at = _read(wasm, start)
    return _unsigned(count + len(added)) + wasm[at:end] + b"".join(added)


def _vector(parts: Sequence[bytes]) -> bytes:
    return _unsigned(len(parts)) + b"".join(parts)


def _read(wasm: bytes, at: int) -> tuple[int, int]:
    """An unsigned number in LEB128, and where what follows it begins."""
    number = shift = 0
    while True:
        number |= (wasm[at] & 127) << shift
        shift += 7
        at += 1
        if wasm[at - 1] < 128:
            return number, at


def _unsigned(number: int) -> bytes:
    digits = bytearray()
    while number > 127:
        digits.append(number & 127 | 128)
        number >>= 7
    return bytes([*digits, number])


def _signed(bits: int) -> bytes:
    """32 bits as a signed number in LEB128, with all of the 5 digits that it may have."""
    number = bits - (1 << BITS) if bits >> BITS - 1 else bits
    digits = [number >> shift & 127 for shift in range(0, 35, 7)]
    return bytes([*(digit | 128 for digit in digits[:-1]), digits[-1]])
