"""A WebAssembly file taken apart and put together again, as far as cutting it needs.

Names and numbers are those of the WebAssembly core specification, chapter "Binary Format".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

HEADER = 8  # bytes: the magic number and the version
IMPORTS, GLOBALS, EXPORTS, CODE = 2, 6, 7, 10  # the ids of sections
FUNCTION, TABLE, MEMORY, GLOBAL, TAG = range(5)  # the kinds of what is imported and exported
BITS = 32  # of a number


class Section(NamedTuple):
    """One section: its id, and where its content begins and ends."""

    id: int
    start: int
    end: int


class Body(NamedTuple):
    """One function: where its size begins, where its locals do, and where it ends."""

    whole: int
    start: int
    end: int


class Named(NamedTuple):
    """An import or an export: its name, its kind, and its bytes in the file."""

    name: str
    kind: int
    raw: bytes


def sections(wasm: bytes) -> Iterator[Section]:
    """Yield every section, in the order of the file."""
    at = HEADER
    while at < len(wasm):
        size, start = read(wasm, at + 1)
        yield Section(wasm[at], start, start + size)
        at = start + size


def section(wasm: bytes, id: int) -> Section:
    """Return the one section of an id, which must be there."""
    return next(one for one in sections(wasm) if one.id == id)


def replaced(wasm: bytes, contents: Mapping[int, bytes]) -> bytes:
    """Return the file with other contents in some sections, and the rest as it was, to the byte."""
    parts, at = [wasm[:HEADER]], HEADER
    for id, _, end in sections(wasm):
        if id in contents:
            parts.append(bytes([id]) + unsigned(len(contents[id])) + contents[id])
        else:
            parts.append(wasm[at:end])
        at = end
    return b"".join(parts)


def bodies(wasm: bytes) -> Iterator[Body]:
    """Yield every function that the file defines, in the order of its index."""
    count, at = read(wasm, section(wasm, CODE).start)
    for _ in range(count):
        size, start = read(wasm, at)
        yield Body(at, start, start + size)
        at = start + size


def past_locals(wasm: bytes, at: int) -> int:
    """Return where the code of a function begins, behind groups of a count and a type each."""
    groups, at = read(wasm, at)
    for _ in range(groups):
        _, at = read(wasm, at)
        at += 1  # The types are of one byte each: Pyodide has no locals of a typed reference.
    return at


def imports(wasm: bytes) -> Iterator[Named]:
    """Yield every import; those of a kind have the first indices of that kind."""
    count, at = read(wasm, section(wasm, IMPORTS).start)
    for _ in range(count):
        start = at
        _, at = _text(wasm, at)  # the module
        name, at = _text(wasm, at)
        kind, at = wasm[at], _past_type(wasm, at)
        yield Named(name, kind, wasm[start:at])


def exports(wasm: bytes) -> Iterator[Named]:
    """Yield every export."""
    count, at = read(wasm, section(wasm, EXPORTS).start)
    for _ in range(count):
        start = at
        name, at = _text(wasm, at)
        kind, (_, at) = wasm[at], read(wasm, at + 1)
        yield Named(name, kind, wasm[start:at])


def export(name: str, kind: int, index: int) -> bytes:
    """Return the bytes of an export."""
    return unsigned(len(name.encode())) + name.encode() + bytes([kind]) + unsigned(index)


def imported(wasm: bytes, kind: int) -> int:
    """Return how many of a kind are imported, which is the index of the file's own first one."""
    return sum(one.kind == kind for one in imports(wasm))


def _text(wasm: bytes, at: int) -> tuple[str, int]:
    length, at = read(wasm, at)
    return wasm[at : at + length].decode(), at + length


def _past_type(wasm: bytes, at: int) -> int:
    """Where the description of an import ends that begins here, with its kind."""
    kind, at = wasm[at], at + 1
    if kind == GLOBAL:
        return at + 2  # its type, and whether it can be changed
    if kind in (TABLE, MEMORY):
        at += kind == TABLE  # the type of its elements
        has_most, at = wasm[at] & 1, at + 1
        _, at = read(wasm, at)
        return read(wasm, at)[1] if has_most else at
    at += kind == TAG  # its attribute
    return read(wasm, at)[1]


def count(wasm: bytes, id: int) -> int:
    """Return how many parts a section has that is a vector."""
    return read(wasm, section(wasm, id).start)[0]


def longer(wasm: bytes, id: int, added: Sequence[bytes]) -> bytes:
    """Return the content of a section that is a vector, with more at its end."""
    _, start, end = section(wasm, id)
    length, at = read(wasm, start)
    return unsigned(length + len(added)) + wasm[at:end] + b"".join(added)


def vector(parts: Sequence[bytes]) -> bytes:
    """Return a vector of these parts."""
    return unsigned(len(parts)) + b"".join(parts)


def read(wasm: bytes, at: int) -> tuple[int, int]:
    """Return the unsigned number in LEB128 that begins here, and where what follows it begins."""
    number = shift = 0
    while True:
        number |= (wasm[at] & 127) << shift
        shift += 7
        at += 1
        if wasm[at - 1] < 128:
            return number, at


def unsigned(number: int) -> bytes:
    """Return a number in LEB128, as short as it can be."""
    digits = bytearray()
    while number > 127:
        digits.append(number & 127 | 128)
        number >>= 7
    return bytes([*digits, number])


def signed(bits: int) -> bytes:
    """Return 32 bits as a signed number in LEB128, with all of the 5 digits that it may have."""
    number = bits - (1 << BITS) if bits >> BITS - 1 else bits
    digits = [number >> shift & 127 for shift in range(0, 35, 7)]
    return bytes([*(digit | 128 for digit in digits[:-1]), digits[-1]])
