"""The commands a person runs: what they skip, what they say, and how they end."""

import ast
import dataclasses
import errno
import hashlib
import os
import queue
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from scripts import dev
from tests.conftest import PATIENCE

DEV = Path(dev.__file__)
INPUTS = ("requirements.txt", "package.json", "package-lock.json", ".npmrc")


@pytest.fixture
def project(tmp_path: Path) -> dev.Project:
    """Return a project of our own, whose Python is the one that runs the tests."""
    for name in INPUTS:
        (tmp_path / name).write_text(f"{name} as it was\n")
    return dev.Project(tmp_path, Path(sys.executable))


def counted(project: dev.Project, done: list[str]) -> list[dev.Step]:
    """Return the real steps, each noting its name where it would have worked."""

    def work(step: dev.Step) -> Callable[[dev.Project, str], None]:
        def note(_project: dev.Project, name: str) -> None:
            step.stamp.parent.mkdir(parents=True, exist_ok=True)
            done.append(name)

        return note

    return [dataclasses.replace(step, action=work(step)) for step in dev.steps(project)]


def do_all(project: dev.Project) -> list[str]:
    """Do every step that is not done, and return their names."""
    done: list[str] = []
    for step in counted(project, done):
        step.do(project)
    return done


def ended(arguments: list[str], capsys: pytest.CaptureFixture[str], root: Path) -> tuple[int, str]:
    """Run a command that must end in one line of error and nothing done; return code and line."""
    code = dev.main(arguments, root)
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    return code, err


# The set-up


def test_every_step_is_skipped_while_its_inputs_are_unchanged(project: dev.Project) -> None:
    """The first run does each step once, in order; the second does none."""
    assert do_all(project) == [step.name for step in dev.steps(project)]
    assert do_all(project) == []


@pytest.mark.parametrize("name", INPUTS)
def test_a_step_is_done_again_when_what_it_is_made_from_changes(
    project: dev.Project, name: str
) -> None:
    """A changed file brings back the steps that read it, and no other."""
    do_all(project)
    path = project.root / name
    readers = [step.name for step in dev.steps(project) if path in step.inputs]
    path.write_text("changed\n")
    assert readers
    assert do_all(project) == readers


def test_an_environment_made_by_another_python_is_made_again(
    project: dev.Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The Python that runs the command is one of the inputs, by version and by place."""
    do_all(project)
    monkeypatch.setattr(sys, "version", "3.99.0")
    assert "Making the environment" in do_all(project)
    monkeypatch.setattr(sys, "base_prefix", "elsewhere")
    assert "Making the environment" in do_all(project)


@pytest.mark.parametrize("before", ["", "done once"])
def test_an_interrupted_step_is_done_again(project: dev.Project, before: str) -> None:
    """A step that did not reach its end has no stamp, not even an older one."""
    step = dev.Step("Interrupted", ("new",), project.root / "stamp", interrupted)
    if before:
        dataclasses.replace(step, inputs=(before,), action=finished).do(project)
    with pytest.raises(KeyboardInterrupt):
        step.do(project)
    assert not step.stamp.exists()
    with pytest.raises(KeyboardInterrupt):
        step.do(project)
    assert not dataclasses.replace(step, inputs=(before,)).is_done()


def interrupted(_project: dev.Project, _name: str) -> None:
    """Do a step as Ctrl-C lets it."""
    raise KeyboardInterrupt


def finished(_project: dev.Project, _name: str) -> None:
    """Do a step to its end."""


@pytest.mark.parametrize(
    ("system", "environment", "python"),
    [
        ("nt", PureWindowsPath(r"C:\site\.venv"), r"C:\site\.venv\Scripts\python.exe"),
        ("posix", PurePosixPath("/site/.venv"), "/site/.venv/bin/python"),
    ],
)
def test_the_environments_python_is_where_its_system_puts_it(
    system: str, environment: PureWindowsPath | PurePosixPath, python: str
) -> None:
    """Windows has Scripts and python.exe; the others have bin and python."""
    assert str(dev.python_in(environment, system)) == python


def test_on_windows_a_browser_is_sought_where_its_installer_puts_it() -> None:
    """Chrome, Chromium and Edge are sought in each folder that the environment names."""
    places = list(
        dev.browsers("nt", {"PROGRAMFILES": r"C:\Program Files", "LOCALAPPDATA": r"D:\L"})
    )
    assert r"C:\Program Files\Microsoft\Edge\Application\msedge.exe" in places
    assert r"D:\L\Google\Chrome\Application\chrome.exe" in places
    assert not [place for place in places if place.startswith("\\")]


def test_a_file_that_only_says_how_to_get_a_browser_is_no_browser(tmp_path: Path) -> None:
    """What cannot start, or ends in failure, is passed over."""
    stub = tmp_path / "chromium"
    stub.write_text("#!/bin/sh\nexit 1\n")
    stub.chmod(0o755)
    assert not dev.starts(str(stub))
    assert not dev.starts(str(tmp_path / "absent"))


# What is said


def test_a_python_too_old_is_told_so_in_one_line() -> None:
    """The version is looked at before anything that only a newer Python has."""
    pretend = "import runpy, sys; sys.version_info = (3, 10, 4); runpy.run_path(sys.argv[1])"
    old = subprocess.run([sys.executable, "-c", pretend, str(DEV)], capture_output=True, text=True)
    assert (old.returncode, old.stdout, old.stderr.count("\n")) == (1, "", 1)
    assert "Python 3.11 or later is needed and this is 3.10" in old.stderr


def test_a_python_too_old_can_read_the_file() -> None:
    """The file keeps to the grammar of Python 3.6, and asks for nothing from the future."""
    tree = ast.parse(DEV.read_text(encoding="utf-8"), feature_version=(3, 6))
    assert "__future__" not in {n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}


def test_a_port_in_use_is_named_before_anything_is_built(
    project: dev.Project, capsys: pytest.CaptureFixture[str]
) -> None:
    """The line names the port and a command that takes another."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, line = ended(["serve", "--port", str(port)], capsys, project.root)
    assert code == 1
    assert f"Port {port} is in use" in line
    assert "--port" in line


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["srve"], "'serve', 'test', 'build', 'lint', 'lock', 'shots', 'bench', 'clean'"),
        (["serve", "--port", "http"], "'http'"),
        (["serve", "--port", "70000"], "70000"),
        (["build", "now"], "now"),
        (["clean", "--all"], "--all"),
    ],
)
def test_a_command_that_cannot_be_read_is_answered_in_one_line(
    project: dev.Project, capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    """The line names what was wrong; the exit code is 2."""
    code, line = ended(arguments, capsys, project.root)
    assert code == 2
    assert told in line


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_a_python_without_venv_is_told_which_package_has_it(
    project: dev.Project,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    module: str,
) -> None:
    """Debian ships these apart from Python."""
    monkeypatch.setitem(sys.modules, module, None)
    code, line = ended(["build"], capsys, project.root)
    assert code == 1
    assert "apt install python3-venv" in line


@pytest.mark.parametrize(
    ("name", "find"),
    [
        ("CHROMIUM", dev.find_chromium),
        ("FIREFOX", dev.find_firefox),
        ("WEBKIT_DRIVER", dev.find_webkit),
    ],
)
def test_a_browser_named_by_mistake_is_named_back(
    project: dev.Project,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    find: Callable[[dev.Project], str],
) -> None:
    """A browser that was named is never passed over in silence for another."""
    monkeypatch.setenv(name, "no-such-browser")
    with pytest.raises(dev.Problem, match=f"{name} names no-such-browser, which does not start"):
        find(project)


def test_without_webkit_or_a_way_to_install_it_the_run_goes_on(
    project: dev.Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a machine with neither WebKitGTK nor apt there is none, and nothing is raised."""
    monkeypatch.delenv("WEBKIT_DRIVER", raising=False)
    monkeypatch.setattr(dev.shutil, "which", lambda _name: None)
    assert dev.find_webkit(project) == ""


def test_a_full_disk_is_said_in_one_line(
    project: dev.Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when the write that fails is our own."""

    def full(_path: Path, _text: str, encoding: str) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), encoding)

    steps = counted(project, [])
    monkeypatch.setattr(dev, "steps", lambda _project: steps)
    monkeypatch.setattr(Path, "write_text", full)
    assert ended(["build"], capsys, project.root) == (1, f"{dev.DISK_FULL}\n")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("ERROR: Could not install: [Errno 28] No space left on device", "disk is full"),
        ("npm error code ENOSPC", "disk is full"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS", "requirements.txt"),
        ("npm error code EINTEGRITY", "package-lock.json does not match"),
        ("ERROR: Hashes are required in --require-hashes mode, but", "not a complete lock"),
        ("npm error `npm ci` can only install packages when your package.json", "does not fit"),
        ("Retrying after connection broken by 'NewConnectionError('<pip._v", "No network"),
        ("npm error code EAI_AGAIN", "No network"),
    ],
)
def test_a_failure_whose_cause_is_known_is_one_line(
    project: dev.Project, capsys: pytest.CaptureFixture[str], said: str, told: str
) -> None:
    """What pip or npm says becomes what to do; its own words are left out."""
    command = [sys.executable, "-c", "import sys; sys.exit(sys.argv[1])", said]
    with pytest.raises(dev.Problem, match=re.escape(told)):
        dev.run(project, "Trying", command)
    out, err = capsys.readouterr()
    assert re.fullmatch(r"Trying … failed after \d+\.\d s\n", out)
    assert err == ""


def test_a_failure_whose_cause_is_unknown_shows_its_last_twenty_lines(
    project: dev.Project, capsys: pytest.CaptureFixture[str]
) -> None:
    """Enough to see why, and no more."""
    lines = "import sys; [print(n) for n in range(50)]; sys.exit(3)"
    with pytest.raises(dev.Problem, match="Trying: failed"):
        dev.run(project, "Trying", [sys.executable, "-c", lines])
    assert capsys.readouterr().err.split() == [str(n) for n in range(30, 50)]


def test_a_step_that_succeeds_says_nothing_but_its_name_and_time(
    project: dev.Project, capsys: pytest.CaptureFixture[str]
) -> None:
    """With --verbose the rest is shown as well."""
    command = [sys.executable, "-c", "print('chatter')"]
    dev.run(project, "Trying", command)
    assert "chatter" not in capsys.readouterr().out
    dev.run(dataclasses.replace(project, verbose=True), "Trying", command)
    assert "chatter" in capsys.readouterr().out


def test_the_first_check_that_fails_ends_the_command_with_its_exit_code(
    project: dev.Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """All that the check said is shown, and nothing runs after it, nor was a runtime built."""
    (project.root / "ruff.py").write_text("[print(n) for n in range(50)]; raise SystemExit(7)")
    monkeypatch.setattr(dev, "prepare_python", lambda _project: None)
    monkeypatch.setattr(dev.Project, "at", lambda _root, _verbose: project)
    assert dev.main(["lint"], project.root) == 7
    out, err = capsys.readouterr()
    assert (out.count("\n"), err.split()[:50]) == (1, [str(n) for n in range(50)])


def test_a_warning_of_the_lint_is_shown_though_it_fails_nothing(
    project: dev.Project, capsys: pytest.CaptureFixture[str]
) -> None:
    """On GitHub it becomes an annotation by that line; where all is well nothing is said."""
    (project.root / "scripts").mkdir(exist_ok=True)
    file = project.root / "scripts" / "lint.py"
    for said in ("::warning file=docs/a.md,line=1::due", ""):
        file.write_text(f"import sys; sys.stdout.write('{said}')")
        dev.check_words(project)
        assert capsys.readouterr().out.splitlines()[1:] == [said][: bool(said)]


def test_arguments_after_test_go_to_pytest_alone(
    project: dev.Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No check runs before it, and its exit code is the command's."""
    (project.root / "pytest.py").write_text(
        "import sys; sys.exit(9 if sys.argv[1:] == ['-k', 'serum', '--verbose'] else 1)"
    )
    monkeypatch.setattr(dev, "prepare", lambda _project: None)
    monkeypatch.setattr(dev, "find_chromium", lambda _project: sys.executable)
    for find in ("find_firefox", "find_webkit"):  # Neither is installed for this.
        monkeypatch.setattr(dev, find, lambda _project: "")
    monkeypatch.setattr(dev.Project, "at", lambda _root, _verbose: project)
    monkeypatch.setenv("CHROMIUM", "put back afterwards")
    assert dev.main(["test", "-k", "serum", "--verbose"], project.root) == 9


# Locks and cleaning


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("requirements.txt", "--index-url https://packages.example/simple"),
        ("requirements-runtime.txt", "six @ https://packages.example/six.whl"),
        ("package-lock.json", '  "resolved": "https://packages.example/six.tgz",'),
    ],
)
def test_a_lock_that_names_a_registry_is_refused(
    project: dev.Project, name: str, line: str
) -> None:
    """The place is named; the addresses where npm asks for donations are no registry."""
    for lock in dev.LOCKS:
        (project.root / lock).write_text('{\n  "url": "https://donations.example"\n')
    dev.check_locks(project)
    with (project.root / name).open("a") as lock_file:
        lock_file.write(f"{line}\n")
    with pytest.raises(dev.Problem, match=rf"^{name}:3 names a registry"):
        dev.check_locks(project)


def test_the_locks_of_this_tree_name_no_registry() -> None:
    """What is committed sends no one to anyone's own server."""
    dev.check_locks(dev.Project.at(dev.ROOT))


def test_clean_removes_what_was_made_and_nothing_outside_the_project(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A link is removed without what it leads to; what is behind a linked folder stays."""
    outside, root = tmp_path / "outside", tmp_path / "project"
    for made in ("site", "runtime"):
        (outside / made).mkdir(parents=True)
    for made in ("site/a", "docs", "calculator/__pycache__"):
        (root / made).mkdir(parents=True)
    (root / "calculator" / "serum.py").touch()
    (root / "build").symlink_to(outside / "site")
    (root / "docs" / "assets").symlink_to(outside)
    assert dev.main(["clean"], root) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Removed build",
        "Removed site",
        "Removed calculator/__pycache__",
    ]
    assert sorted(path.name for path in outside.iterdir()) == ["runtime", "site"]
    assert (root / "calculator" / "serum.py").exists()


# Real pip, real npm, real servers


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> dev.Project:
    """Return a project with an environment of its own and a wheel to install in it."""
    root = tmp_path_factory.mktemp("installed")
    for name in INPUTS:
        shutil.copyfile(dev.ROOT / name, root / name)
    with zipfile.ZipFile(root / "one-1-py3-none-any.whl", "w") as wheel:
        wheel.writestr("one.py", "")
        wheel.writestr("one-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: one\nVersion: 1\n")
        wheel.writestr("one-1.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        wheel.writestr("one-1.dist-info/RECORD", "")
    project = dev.Project.at(root)
    dev.make_environment(project, "Making the environment")
    return project


@pytest.mark.browser
@pytest.mark.parametrize("hashed", ["wrong", "not at all", "right"])
def test_a_wheel_is_installed_only_if_its_hash_is_the_locks(
    installed: dev.Project, monkeypatch: pytest.MonkeyPatch, hashed: str
) -> None:
    """A wrong hash is told as what it may be; a missing one as a lock to be made again."""
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(installed.root))
    wheel = (installed.root / "one-1-py3-none-any.whl").read_bytes()
    right = f" --hash=sha256:{hashlib.sha256(wheel).hexdigest()}"
    end = {"wrong": " --hash=sha256:" + "0" * 64, "not at all": "", "right": right}[hashed]
    (installed.root / "requirements.txt").write_text(f"one==1{end}\n")
    if hashed == "right":
        dev.install_python(installed, "Installing")
        return
    told = "may be tampering" if hashed == "wrong" else "not a complete lock"
    with pytest.raises(dev.Problem, match=told):
        dev.install_python(installed, "Installing")


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Send pip and npm to a port where nothing listens, with nothing kept from before."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        nowhere = f"http://127.0.0.1:{closed.getsockname()[1]}/"
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_INDEX_URL", nowhere)
    monkeypatch.setenv("PIP_RETRIES", "1")
    monkeypatch.delenv("PIP_NO_INDEX", raising=False)
    monkeypatch.setenv("npm_config_registry", nowhere)
    monkeypatch.setenv("npm_config_cache", str(tmp_path))
    monkeypatch.setenv("npm_config_fetch_retries", "0")


@pytest.mark.browser
@pytest.mark.usefixtures("no_network")
def test_without_a_network_pip_and_npm_fail_in_one_line(installed: dev.Project) -> None:
    """The line says to connect once and run it again."""
    lock = f"absent==1 --hash=sha256:{'0' * 64}\n"
    (installed.root / "requirements.txt").write_text(lock)
    for install in (dev.install_python, dev.install_node):
        with pytest.raises(dev.Problem, match=r"^No network: .*connect once and run it again"):
            install(installed, "Installing")


@pytest.mark.browser
def test_packages_that_the_npm_lock_does_not_name_are_told(tmp_path: Path) -> None:
    """The line names both files and the command that makes them fit."""
    lock = '{"name": "a", "lockfileVersion": 3, "packages": {"": {"name": "a"}}}'
    (tmp_path / "package-lock.json").write_text(lock)
    (tmp_path / "package.json").write_text('{"name": "a", "dependencies": {"b": "file:b"}}')
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "package.json").write_text('{"name": "b", "version": "1.0.0"}')
    with pytest.raises(dev.Problem, match=r"package-lock\.json does not fit package\.json"):
        dev.install_node(dev.Project(tmp_path, Path(sys.executable)), "Installing")


class Server:
    """A server started by a command, its lines read as they come, ended whatever happens."""

    def __init__(self, command: list[str], root: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, *command],
            cwd=root,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            start_new_session=True,
        )
        self.said: list[str] = []
        self.coming: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in self.process.stdout or ():
            self.coming.put(line)

    def wait_for(self, pattern: str) -> re.Match[str]:
        """Return the match in the first line from now on that has one, or fail without one."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                self.said.append(self.coming.get(timeout=1))
            except queue.Empty:
                continue
            if found := re.search(pattern, self.said[-1]):
                return found
        raise AssertionError(f"{pattern} was never said, but:\n{''.join(self.said)}")

    def interrupt(self) -> int:
        """Press Ctrl-C, which reaches all of a terminal's processes, and return the exit code."""
        os.killpg(self.process.pid, signal.SIGINT)
        return self.process.wait(PATIENCE)


def free_port() -> str:
    """Return a port where nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return str(server.getsockname()[1])


def page(address: str) -> str:
    """Return what the server gives at this address."""
    with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
        text: str = answer.read().decode()
    return text


@pytest.fixture
def start() -> Iterator[Callable[[list[str], Path], Server]]:
    """Start servers that do not outlive the test."""
    servers: list[Server] = []

    def begin(command: list[str], root: Path) -> Server:
        servers.append(Server(command, root))
        return servers[-1]

    yield begin
    for server in servers:
        server.process.kill()


@pytest.mark.browser
def test_serve_answers_at_the_address_it_prints(
    start: Callable[[list[str], Path], Server],
) -> None:
    """The home page of this very tree comes back, and how long it took is said."""
    # Else serve would make anew the environment that these tests run in.
    assert all(step.is_done() for step in dev.steps(dev.Project.at(dev.ROOT))), (
        "The set-up is out of date: run `python3 scripts/dev.py test` instead of pytest."
    )
    port = free_port()
    server = start([str(DEV), "serve", "--port", port], dev.ROOT)
    ready = server.wait_for(r"Ready after ([\d.]+) s: (http://127\.0\.0\.1:(\d+)/\S*)")
    assert ready[3] == port
    assert float(ready[1]) > 0
    assert "<h1" in page(ready[2])
    assert server.interrupt() == 0
    assert "Traceback" not in "".join(server.said)


@pytest.fixture
def small_site(tmp_path: Path) -> Path:
    """Return a site of one page that shows what one of our own modules says."""
    for folder in ("docs", "scripts", "calculator"):
        (tmp_path / folder).mkdir()
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: Small\nsite_url: https://example.org/under/\n"
        "markdown_extensions: [scripts.word]\n"
    )
    (tmp_path / "docs" / "index.md").write_text("# Page one\n")
    (tmp_path / "scripts" / "__init__.py").touch()
    (tmp_path / "scripts" / "runtime.py").touch()
    say(tmp_path, "first")
    return tmp_path


def say(root: Path, word: str) -> None:
    """Write the module whose word every page ends with."""
    (root / "scripts" / "word.py").write_text(
        "from markdown import Extension, Markdown\n"
        "from markdown.postprocessors import Postprocessor\n\n\n"
        "class Word(Postprocessor):\n"
        "    def run(self, text: str) -> str:\n"
        f"        return text + '<p>the {word} word</p>'\n\n\n"
        "class Words(Extension):\n"
        "    def extendMarkdown(self, md: Markdown) -> None:\n"
        "        md.postprocessors.register(Word(md), 'word', 0)\n\n\n"
        "def makeExtension() -> Words:\n"
        "    return Words()\n"
    )


@pytest.mark.browser
def test_serve_follows_every_kind_of_change(
    start: Callable[[list[str], Path], Server], small_site: Path
) -> None:
    """A page is reloaded, a module starts the server again, a broken module leaves it alone."""
    port = free_port()
    command = (
        f"import sys, time; sys.path.insert(0, {str(DEV.parent)!r}); import dev; "
        f"dev.keep_serving(dev.Project(dev.Path('.').resolve(), dev.Path(sys.executable)), {port}, "
        "time.monotonic())"
    )
    server = start(["-c", command], small_site)
    address = server.wait_for(r"Ready after .*: (http\S+)")[1]
    assert address == f"http://127.0.0.1:{port}/under/"
    assert "the first word" in page(address)

    (small_site / "docs" / "index.md").write_text("# Page two\n")
    server.wait_for("Reloading browsers")
    assert "Page two" in page(address)

    (small_site / "scripts" / "word.py").write_text("def run(:\n")
    server.wait_for(r"^scripts/word\.py:1: invalid syntax\. Nothing was restarted")
    assert "the first word" in page(address)

    say(small_site, "second")
    assert server.wait_for(r"Ready after .*: (http\S+)")[1] == address
    assert "the second word" in page(address)

    (small_site / "scripts" / "word.py").write_text("raise RuntimeError\n")
    server.wait_for("The server ended: it starts again when a file is saved")
    say(small_site, "third")
    server.wait_for("Ready after")
    assert "the third word" in page(address)
    assert server.interrupt() == 0
    assert "KeyboardInterrupt" not in "".join(server.said)
