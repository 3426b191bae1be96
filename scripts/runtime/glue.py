"""The engine's glue, its JavaScript, without the lines that serve dynamic linking alone.

Of the engine's 8,560 exports most are there for packages in WebAssembly that could be loaded
later, and the glue has a variable for every other one of them. We load none. An export is unasked
for if the engine does not import its name and no script of Pyodide says it anywhere but in the
variable's declaration and in the one statement that fills it; then no call can reach it.
"""

from __future__ import annotations

import re
from collections import Counter

from scripts.runtime import wasm as binary

_WORD = re.compile(r"[\w$]+")
# `_name=Module["_name"]=wasmExports["name"];`, with or without the middle.
_FILL = re.compile(r'([\w$]+)=(?:Module\["[\w$]+"\]=)?wasmExports\["([\w$]+)"\];')
_DECLARED = re.compile(r"(?<=[ ,])([\w$]+),")


def unasked(wasm: bytes, glue: str, *others: str) -> frozenset[str]:
    """Return the names of the exports that neither the engine, its glue nor other scripts name."""
    imported = {one.name for one in binary.imports(wasm)}
    named = Counter(word for text in (glue, *others) for word in _WORD.findall(text))
    fills = {fill[2]: fill for fill in _FILL.finditer(glue)}

    def is_asked(name: str) -> bool:
        fill = fills.get(name)
        own = Counter([*_WORD.findall(fill[0]), fill[1]] if fill else ())
        names = {name, f"_{name}", fill[1] if fill else name}
        return name in imported or any(named[one] > own[one] for one in names)

    return frozenset(one.name for one in binary.exports(wasm) if not is_asked(one.name))


def without(glue: str, names: frozenset[str]) -> str:
    """Return the glue without the variables of these exports and the statements that fill them."""
    variables = {fill[1] for fill in _FILL.finditer(glue) if fill[2] in names}
    filled = _FILL.sub(lambda fill: "" if fill[2] in names else fill[0], glue)
    # What is left of each is its declaration; the last of a list, before a semicolon, stays.
    return _DECLARED.sub(lambda word: "" if word[1] in variables else word[0], filled)
