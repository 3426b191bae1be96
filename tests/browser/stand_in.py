"""A runtime that starts at once: stand_in.mjs in Pyodide's place, with files as long as ours."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from scripts.runtime import build as runtime
from scripts.runtime.build import Listing

ENGINE = Path(__file__).with_suffix(".mjs")
WASM, ASM, MAIN = "pyodide.asm.wasm", "pyodide.asm.mjs", "pyodide.mjs"
LENGTH = 9_000_000  # bytes: what Pyodide's wasm has, for a download that takes as long


def wasm(length: int) -> bytes:
    """A module that does nothing and is so long: one section, which an engine passes over."""
    content = bytes(length)  # whose own name is empty
    size = bytearray()
    while length > 127:
        size.append(length & 127 | 128)
        length >>= 7
    return b"\0asm\1\0\0\0" + b"\0" + bytes([*size, length]) + content


def write(folder: Path, answers: Mapping[str, str]) -> dict[str, Listing]:
    """Write the runtime with these answers into a folder; what it holds, as in current.json."""
    files = {
        WASM: wasm(LENGTH),
        ASM: b"export default () => {};",
        MAIN: ENGINE.read_bytes(),
        runtime.LIBRARY: bytes(100_000),
        runtime.PACKAGES: b"{}",
        runtime.CALCULATOR: json.dumps(answers).encode(),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return {
        name: Listing(bytes=len(data), sha256=hashlib.sha256(data).hexdigest())
        for name, data in files.items()
    }
