"""Make the Python that runs in the reader's browser: a few files, each named by its content.

`python -m scripts.runtime.build` writes into `docs/assets/runtime/`: Pyodide as published on npm,
its engine cut to what runs (scripts.runtime.cut) and the whole one beside it for what does not,
its standard library trimmed to what we import and compiled (scripts/runtime/lean stands in for
a few of its modules), the calculator compiled, and a lock file that names no package. Compiled,
because Pyodide otherwise compiles its library at every start.

Each file lies in a folder named by its hash, so that whoever has it need not fetch it again when
another file changes. A page lists the hashes, so that it and its Python cannot disagree.

Each slow step is kept under `build/runtime/`, named by the hash of its inputs, and is
skipped while they have not changed. Equal inputs give an equal hash on every machine:
whatever is compressed is compressed by Pyodide's own zlib, with fixed times.
"""

import hashlib
import json
import os
import re
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypedDict

from scripts.runtime.cut import RAN, cut, read_ran
from scripts.runtime.glue import unasked, without
from scripts.runtime.node import DRIVER, PYODIDE, ROOT, BuildError, Run, call, run_pyodide

SHIPPED = ROOT / "docs" / "assets" / "runtime"
CACHE = ROOT / "build" / "runtime"
LOCK = ROOT / "requirements-runtime.txt"
LEAN = Path(__file__).with_name("lean")

# pyodide-build compiles; the others are what its compiler imports. Its lock names more,
# for commands that we do not use.
TOOLS = (
    "click",
    "markdown-it-py",
    "mdurl",
    "packaging",
    "platformdirs",
    "pygments",
    "pyodide-build",
    "pyodide-lock",
    "rich",
)

# The names are those of Pyodide's npm package, so that `indexURL` alone finds them.
STARTER, GLUE, ENGINE = "pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm"
WHOLE = "whole.wasm"  # worker.js fetches it where the engine that is cut is not enough
UNCHANGED = {STARTER: STARTER, ENGINE: WHOLE}
# Its licence asks that whoever gets a changed file is told so, and where the source is.
NOTICE = "/* From Pyodide, https://github.com/pyodide/pyodide (MPL-2.0); cut by glue.py */\n"
LIBRARY = "python_stdlib.zip"
CALCULATOR = "calculator.zip"
PACKAGES = "pyodide-lock.json"
SHORT = 16  # letters of a hash in an address; loader.js has the same number

# What the standard library is trimmed by: the modules kept are those that a start, an answer
# to each of these (a result and a problem of each check) and one formatted error import.
# Where the tests find one missing, add the request that imports it.
REQUESTS = (
    """{"check": "serum", "answers": [["value", "0.85"], ["unit", "mmol/L"]]}""",
    """{"check": "serum", "answers": [["value", "1,7"], ["unit", "mg"]]}""",
    """{"check": "intake", "answers": [["age", "60"], ["sex", "female"], ["authority", "UK"],
        ["food", "200"], ["supplement-salt", "citrate_anhydrous"], ["supplement-mg", "500"],
        ["supplement-times", "1"], ["calcium", "700"], ["weight", "60"]]}""",
    """{"check": "intake", "answers": [["age", ""], ["eat-food", "spinnach"],
        ["eat-servings", "1"]]}""",
)


class Listing(TypedDict):
    """Size and digest of one shipped file."""

    bytes: int
    sha256: str


class Current(TypedDict):
    """`current.json`: the files of the runtime that the site ships, and one hash of them all."""

    hash: str
    files: dict[str, Listing]
    python: str
    pyodide: str
    calculator: str


def build(
    source: Path = ROOT,
    shipped: Path = SHIPPED,
    cache: Path = CACHE,
    requests: Sequence[str] = REQUESTS,
) -> str:
    """Return the hash of the runtime in `shipped`, made if its inputs have changed.

    `source` holds a pyproject.toml and the package `calculator`; afterwards `shipped` holds
    the files of one runtime and `current.json`. Raises `BuildError`.
    """
    pyodide = _pyodide_version()
    tools = install_tools(cache)
    calculator = compile_calculator(source, tools, cache, requests)
    run: Run = json.loads((calculator / "run.json").read_text("utf-8"))
    library = compile_library(run["modules"], tools, cache)
    whole = json.loads((PYODIDE / PACKAGES).read_text("utf-8"))
    engine = cut_engine(cache)
    files = {name: (engine / name).read_bytes() for name in (GLUE, ENGINE)}
    files |= {new: (PYODIDE / name).read_bytes() for name, new in UNCHANGED.items()}
    files[LIBRARY] = (library / LIBRARY).read_bytes()
    files[CALCULATOR] = (calculator / CALCULATOR).read_bytes()
    # Pyodide wants a lock file that matches its own build; the packages stay on npm.
    files[PACKAGES] = json.dumps({"info": whole["info"], "packages": {}}).encode()
    version = (calculator / "version.txt").read_text("utf-8")
    return ship(files, shipped, whole["info"]["python"], pyodide, version)


def current(shipped: Path = SHIPPED) -> Current:
    """Return what `current.json` says of the runtime that the site ships."""
    try:
        listing: Current = json.loads((shipped / "current.json").read_text("utf-8"))
    except FileNotFoundError:
        raise BuildError(
            "There is no runtime in docs/assets/runtime. Run: python -m scripts.runtime.build"
        ) from None
    return listing


def places(listing: Current, shipped: Path = SHIPPED) -> dict[str, Path]:
    """Return where each file of a runtime lies; loader.js works out the same from the list."""
    files = listing["files"].items()
    return {name: shipped / entry["sha256"][:SHORT] / name for name, entry in files}


def install_tools(cache: Path) -> Path:
    """Return a directory with pyodide-build, installed with hashes, wheels only."""
    entries = re.split(r"\n(?=\S)", LOCK.read_text("utf-8"))
    wanted = "\n".join(entry for entry in entries if entry.partition("==")[0] in TOOLS) + "\n"

    def install(work: Path) -> None:
        _say("Getting the compiler, pyodide-build")
        lock = work / "requirements.txt"
        lock.write_text(wanted, "utf-8")
        # It will run in Pyodide's Python, which is newer than the one that runs this.
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(work)]
        pip += ["--no-deps", "--ignore-requires-python", "--only-binary", ":all:"]
        done = call([*pip, "--require-hashes", "--requirement", str(lock)])
        if done.returncode:
            raise BuildError(
                "Could not install pyodide-build from requirements-runtime.txt. "
                f"The first build needs the network. pip says: {_last_line(done.stderr)}"
            )

    return _cached(cache, "tools", [wanted.encode()], install)


def cut_engine(cache: Path) -> Path:
    """Return a directory with the engine and its glue, cut to what runs."""
    originals = [(PYODIDE / name).read_bytes() for name in (STARTER, GLUE, ENGINE)]
    ours = [*Path(__file__).parent.glob("*.py"), RAN]

    def make(work: Path) -> None:
        starter, glue, engine = originals
        names = unasked(engine, glue.decode(), starter.decode())
        (work / GLUE).write_bytes((NOTICE + without(glue.decode(), names)).encode())
        (work / ENGINE).write_bytes(cut(engine, read_ran(engine), names))

    inputs = [*originals, *(path.read_bytes() for path in sorted(ours))]
    return _cached(cache, "engine", inputs, make)


def lean_library(cache: Path) -> Path:
    """Return the whole standard library, but for the modules of scripts/runtime/lean."""
    lean = {path.relative_to(LEAN).as_posix(): path.read_bytes() for path in LEAN.rglob("*.py")}
    inputs = [part for name in sorted(lean) for part in (name.encode(), lean[name])]

    def replace(work: Path) -> None:
        copy(PYODIDE / LIBRARY, work / LIBRARY, lambda name: name not in lean)
        with zipfile.ZipFile(work / LIBRARY, "a") as library:
            for name, data in lean.items():
                library.writestr(zipfile.ZipInfo(name), data)

    return _cached(cache, "lean", [_pyodide_version().encode(), *inputs], replace) / LIBRARY


def compile_calculator(source: Path, tools: Path, cache: Path, requests: Sequence[str]) -> Path:
    """Return a directory with the calculator's modules compiled, and what it imported.

    `run.json` is the `Run` of `requests` on the lean, but not yet trimmed, standard library.
    """
    library = lean_library(cache)
    package = source / "calculator"
    files = sorted(path for path in package.rglob("*") if "__pycache__" not in path.parts)
    texts = [path.relative_to(source).as_posix().encode() for path in files]
    texts += [path.read_bytes() for path in files if path.is_file()]
    texts += [(source / "pyproject.toml").read_bytes(), json.dumps(requests).encode()]

    def compile(work: Path) -> None:
        _say("Compiling the calculator inside Pyodide")
        wheel = build_wheel(source, work)
        (work / "version.txt").write_text(wheel.name.split("-")[1], "utf-8")
        # Not the metadata, which repeats the README, nor the command line: an edit of either
        # would make every reader download the calculator again.
        needed = re.compile(r"calculator/(?!__main__\.py$)")
        copy(wheel, work / CALCULATOR, lambda name: bool(needed.match(name)))
        run = run_pyodide(
            folder=str(cache),
            tools=tools.name,
            archives=[f"{work.name}/{CALCULATOR}"],
            calculator=str(work / CALCULATOR),
            library=str(library),
            requests=requests,
        )
        for request, answer in zip(requests, run["answers"], strict=True):
            if "error" in answer:
                raise BuildError(f"The calculator fails on {request}:\n{answer['error']}")
        (work / "run.json").write_text(json.dumps(run, indent=1), "utf-8")

    inputs = [*_machine(tools), library.parent.name.encode(), *texts]
    return _cached(cache, "calculator", inputs, compile)


def compile_library(modules: Iterable[str], tools: Path, cache: Path) -> Path:
    """Return a directory with these modules of the standard library, compiled."""
    whole = lean_library(cache)
    paths = {name.replace(".", "/") for name in modules}
    kept = {f"{path}{end}" for path in paths for end in (".py", "/__init__.py")}

    def compile(work: Path) -> None:
        _say("Compiling the standard library inside Pyodide")
        copy(whole, work / LIBRARY, lambda name: name in kept)
        run_pyodide(folder=str(cache), tools=tools.name, archives=[f"{work.name}/{LIBRARY}"])

    # Only names in the library decide: a new module of the calculator is no new library.
    key = "\n".join([whole.parent.name, *sorted(kept.intersection(names(whole)))]).encode()
    return _cached(cache, "library", [*_machine(tools), key], compile)


def ship(files: Mapping[str, bytes], shipped: Path, python: str, pyodide: str, version: str) -> str:
    """Put each of `files` into `shipped` under the hash of its content, and no other."""
    listing = {
        name: Listing(bytes=len(data), sha256=hashlib.sha256(data).hexdigest())
        for name, data in sorted(files.items())
    }
    text = "".join(f"{name} {entry['sha256']}\n" for name, entry in listing.items())
    digest = hashlib.sha256(text.encode()).hexdigest()[:SHORT]
    record = Current(hash=digest, files=listing, python=python, pyodide=pyodide, calculator=version)
    kept = places(record, shipped)
    for name, place in kept.items():
        if not place.is_file():
            _write(place, files[name])
    _write(shipped / "current.json", f"{json.dumps(record, indent=1)}\n".encode())
    folders = {place.parent for place in kept.values()}
    for old in shipped.iterdir():
        if old.is_dir() and old not in folders:
            shutil.rmtree(old)
    return digest


def _write(place: Path, data: bytes) -> None:
    """Write a file beside its place and rename it, so that no reader of the site meets half."""
    place.parent.mkdir(parents=True, exist_ok=True)
    fresh = place.with_name(f"{place.name}.{os.getpid()}")  # two builds may run at once
    fresh.write_bytes(data)
    fresh.replace(place)


def _cached(cache: Path, name: str, inputs: Iterable[bytes], make: Callable[[Path], None]) -> Path:
    """Return `cache/<name>-<hash of inputs>`, filled by `make` unless it is there already."""
    digest = hashlib.sha256()
    for data in inputs:
        digest.update(len(data).to_bytes(8, "big") + data)
    done = cache / f"{name}-{digest.hexdigest()[:16]}"
    if not done.is_dir():
        cache.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(dir=cache, prefix=f".{name}-"))
        try:
            make(work)
            work.rename(done)
        except OSError:
            # Another build, run at the same time, may have made the same thing first.
            if not done.is_dir():
                raise
        finally:
            shutil.rmtree(work, ignore_errors=True)
    return done


def _machine(tools: Path) -> list[bytes]:
    """What decides how anything is compiled: the Pyodide, the tools, the driver, this module."""
    ours = [DRIVER.read_bytes(), Path(__file__).read_bytes()]
    return [_pyodide_version().encode(), tools.name.encode(), *ours]


def _pyodide_version() -> str:
    try:
        version = json.loads((PYODIDE / "package.json").read_text("utf-8"))["version"]
    except FileNotFoundError:
        raise BuildError("Pyodide is not in node_modules. Run: npm ci") from None
    return str(version)


def build_wheel(source: Path, work: Path) -> Path:
    """Build the calculator's wheel as an installer would, by the project's build backend."""
    flit = [sys.executable, "-m", "flit_core.wheel", "--outdir", str(work), str(source)]
    done = call(flit)
    if done.returncode:
        raise BuildError(
            f"Could not build the calculator's wheel; correct pyproject.toml or what it "
            f"names. flit_core says: {_last_line(done.stderr)}"
        )
    return next(work.glob("*.whl"))


def names(archive: Path) -> list[str]:
    """Return the names in a zip, in its own order."""
    with zipfile.ZipFile(archive) as opened:
        return opened.namelist()


def copy(archive: Path, target: Path, keep: Callable[[str], bool]) -> None:
    """Copy the entries of a zip that are to be kept, in the order of their names."""
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(target, "w") as new:
        for name in sorted(filter(keep, old.namelist())):
            new.writestr(zipfile.ZipInfo(name), old.read(name))


def _last_line(text: str) -> str:
    lines = text.strip().splitlines()
    return lines[-1] if lines else "nothing"


def _say(line: str) -> None:
    print(f"runtime: {line} …", flush=True)


def main() -> int:
    """Build the runtime and say what was made; return the exit code."""
    try:
        digest = build()
    except BuildError as error:
        print(f"runtime: {error}", file=sys.stderr)
        return 1
    size = sum(entry["bytes"] for entry in current()["files"].values())
    print(f"runtime: {digest}, {size / 1e6:.1f} MB in {SHIPPED.relative_to(ROOT).as_posix()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
