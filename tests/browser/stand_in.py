"""A runtime that starts at once: stand_in.mjs in Pyodide's place, and files of any length."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Sequence
from pathlib import Path

from calculator import browser as door
from scripts.runtime import build as runtime

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


def request(value: str) -> str:
    """What the page of the blood test asks of a value in mmol/L, to the letter."""
    answers = [["value", value], ["unit", "mmol/L"], ["low", ""], ["high", ""]]
    return json.dumps({"check": "serum", "answers": answers}, separators=(",", ":"))


def ship(shipped: Path, values: Sequence[str] = (), length: int = LENGTH) -> None:
    """Write the runtime, which knows CPython's answers to these values, and its current.json."""
    answers = {one: door.run(one) for one in map(request, values)}
    files = {
        WASM: wasm(length),
        ASM: b"export default () => {};",
        MAIN: ENGINE.read_bytes(),
        runtime.LIBRARY: bytes(100_000),
        runtime.PACKAGES: b"{}",
        runtime.CALCULATOR: json.dumps(answers).encode(),
    }
    runtime.ship(files, shipped, python="none", pyodide="none", version="none")


def put_into(page: Path, shipped: Path) -> None:
    """Have the form of a built page, if it has one, ask this runtime."""
    current = json.loads((shipped / "current.json").read_text("utf-8"))
    text = page.read_text("utf-8")
    text = re.sub('data-runtime="[^"]*"', f'data-runtime="{current["hash"]}"', text)
    files = html.escape(json.dumps(current["files"]))
    page.write_text(re.sub('data-files="[^"]*"', f'data-files="{files}"', text), "utf-8")
