"""THIRD-PARTY.txt: whose work is in the site, where its source is, and every licence in full.

The texts are those of the packages that the site is built from. Four that no package of ours
has stand in `scripts/publish/licences/`. What the theme's scripts hold is read in their source
maps, and what the engine holds in the engine itself: where either no longer is what is written
in scripts/publish/parts.py, the build stops.
"""

from __future__ import annotations

import json
import re
from importlib.metadata import distribution
from pathlib import Path

from scripts.publish.parts import ENGINE, SCRIPTS, THEME, Part
from scripts.runtime import build as runtime
from scripts.runtime import wasm as binary
from scripts.runtime.cut import read_ran
from scripts.runtime.node import BuildError

NAME = "THIRD-PARTY.txt"
ID = "third-party"  # where the single file has it
HERE = Path(__file__).with_name("licences")
WIDTH = 78


ABOUT = """\
WHOSE WORK IS IN MAGNESIUM AND BONE

The pages are under CC BY 4.0, our own code is under the MIT License. This file names the work
of others that the site and its single file hold, and gives the licences. A program writes it
at each build (scripts/publish/third_party.py in the source of the site).
"""

CHANGED = """\
THE ENGINE IS CHANGED

The engine is Pyodide {pyodide} as published on npm, under the Mozilla Public License 2.0, and
changed. In pyodide.asm.wasm every function that no check has needed is emptied, and exports
that nothing asks for are gone: scripts/runtime/cut.py. pyodide.asm.mjs is without the lines
that serve those exports: scripts/runtime/glue.py. Both scripts, and the list of the functions
that are kept, scripts/runtime/ran.txt, are in the source of the site. The uncut engine is on
the site as whole.wasm. The source of Pyodide is at https://github.com/pyodide/pyodide.

The standard library of CPython {python} is cut to the modules that the checks import, and
compiled. These modules are replaced: {lean} (scripts/runtime/lean).
"""

FAR = """\
What the engine holds was read in the engine itself: in texts inside it, and in the names of the
functions that it exports. How Pyodide is linked was read in its Makefiles, of another version.
A library that leaves neither a text nor a name would not be found so.
"""


def write(site: Path) -> None:
    """Write the file into the root of a built site."""
    (site / NAME).write_bytes(text(site).encode())


def text(site: Path) -> str:
    """Return the file. Raises BuildError where the site holds something else than it says."""
    check_scripts(site / "assets" / "javascripts")
    folder = site / "assets" / "runtime"
    listing = runtime.current(folder)
    values = {
        "pyodide": listing["pyodide"],
        "python": listing["python"],
        "material": distribution("mkdocs-material").version,
        "lean": ", ".join(
            path.relative_to(runtime.LEAN).as_posix() for path in sorted(runtime.LEAN.rglob("*.py"))
        ),
    }
    engine = Engine(runtime.places(listing, folder)[runtime.WHOLE].read_bytes())
    parts = [
        ABOUT,
        CHANGED.format(**values),
        title("IN THE PAGES"),
        *(entry(part, values) for part in THEME + SCRIPTS),
        title("IN THE ENGINE"),
        FAR,
        *(entry(part, values, engine) for part in ENGINE),
        title("THE LICENCES"),
        *(f"{title(name)}\n{licence.strip()}\n" for name, licence in licences(site).items()),
    ]
    return "\n".join(parts)


def title(words: str) -> str:
    """Return a heading."""
    return f"{'-' * WIDTH}\n{words}\n{'-' * WIDTH}\n"


class Engine:
    """The whole engine, and which of its functions the one that is cut keeps."""

    def __init__(self, wasm: bytes) -> None:
        self.wasm = wasm
        self.ran = read_ran(wasm)
        self.functions = {
            one.name: index(one) for one in binary.exports(wasm) if one.kind == binary.FUNCTION
        }

    def seen(self, part: Part) -> str:
        """Return what shows that a part is there. Raises BuildError where nothing does."""
        mark = re.search(part.mark.encode(), self.wasm) if part.mark else None
        names = [name for name in self.functions if part.names and re.match(part.names, name)]
        if not (mark or names) or (part.mark and not mark):
            raise BuildError(f"the engine holds no {part.name}; mend scripts/publish/parts.py")
        told = [f'the text "{mark[0].decode()}"'] if mark else []
        if names:
            kept = sum(self.functions[name] in self.ran for name in names)
            told.append(f"{len(names)} exported functions, of which the cut engine keeps {kept}")
        return " and ".join(told)


def index(one: binary.Named) -> int:
    """Return the number of what is exported: behind the name, its length, and its kind."""
    length, start = binary.read(one.raw, 0)
    return binary.read(one.raw, start + length + 1)[0]


def entry(part: Part, values: dict[str, str], engine: Engine | None = None) -> str:
    """Return what is told of a part."""
    lines = [
        part.name.format_map(values),
        f"    {part.what}",
        f"    Source: {part.source}",
        f"    Licence: {part.licence}",
        f"    {part.notice}" if part.notice else "",
        f"    Seen: {engine.seen(part)}" if engine else "",
    ]
    return "\n".join(filter(None, lines)) + "\n"


def check_scripts(folder: Path) -> None:
    """Raise BuildError where the theme's scripts hold another package than those listed."""
    maps = [json.loads(path.read_text("utf-8")) for path in sorted(folder.rglob("*.js.map"))]
    sources = " ".join(source for one in maps for source in one["sources"])
    held = set(re.findall(r"node_modules/((?:@[^/ ]+/)?[^/ ]+)", sources))
    listed = {part.name.split()[0] for part in SCRIPTS}
    if held != listed:
        raise BuildError(
            f"the theme's scripts hold {sorted(held)}, scripts/publish/parts.py lists "
            f"{sorted(listed)}"
        )


def licences(site: Path) -> dict[str, str]:
    """Return the licences by name, each from a package's own file or from ours."""
    icons = Path(str(distribution("mkdocs-material").locate_file("material/templates/.icons")))
    material = of_package("mkdocs-material", "licenses/LICENSE")
    bundle = next((site / "assets" / "javascripts").glob("bundle.*.map"))
    tslib = dict(zip(*(json.loads(bundle.read_text("utf-8"))[key] for key in MAPPED), strict=True))
    return {
        "Material for MkDocs": material,
        "MIT License": material[material.index("Permission is hereby") :],
        "Pictogrammers": (icons / "material" / "LICENSE").read_text("utf-8"),
        "Font Awesome": (icons / "fontawesome" / "LICENSE.txt").read_text("utf-8"),
        "Octicons": (icons / "octicons" / "LICENSE").read_text("utf-8"),
        "SIL Open Font License 1.1": (site / "assets/fonts/LICENSE.txt").read_text("utf-8"),
        "tslib": tslib["node_modules/tslib/tslib.es6.mjs"].split("*/")[0].strip("/* \n"),
        "Apache License 2.0": of_package("ghp-import", "LICENSE"),
        "Mozilla Public License 2.0": of_package("pathspec", "licenses/LICENSE"),
        "Python Software Foundation License": of_package("typing-extensions", "licenses/LICENSE"),
        "zlib License": own("zlib"),
        "bzip2 License": own("bzip2"),
        "Zstandard License": own("zstd"),
        "libmpdec License": own("libmpdec"),
    }


MAPPED = ("sources", "sourcesContent")


def own(name: str) -> str:
    """Return a licence that no package of ours has."""
    return (HERE / f"{name}.txt").read_text("utf-8")


def of_package(name: str, file: str) -> str:
    """Return a licence as an installed package has it. Raises BuildError for one without."""
    found = distribution(name).read_text(file)
    if not found:
        raise BuildError(f"{name} has no {file}; name where its licence is now")
    return found
