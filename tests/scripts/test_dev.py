"""The commands a person runs: what they skip, what they say, and how they end."""

import ast
import errno
import hashlib
import os
import re
import socket
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from scripts import dev

DEV = Path(dev.__file__)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder of our own, whose Python is the one that runs the tests."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(dev, "PYTHON", sys.executable)
    return tmp_path


def ended(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Run a command that must end in one line of error and nothing done; return code and line."""
    code = dev.main(arguments)
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    return code, err


# The set-up


def interrupted() -> None:
    """Do a part as Ctrl-C lets it."""
    raise KeyboardInterrupt


def test_a_part_is_made_again_only_when_what_it_is_made_from_changes(folder: Path) -> None:
    """A changed file or text brings it back; the same again does not."""
    done: list[str] = []
    lock = folder / "lock"
    for content, version in [("a", "1"), ("a", "1"), ("b", "1"), ("b", "2"), ("b", "2")]:
        lock.write_text(content)
        dev.once(folder / "stamp", (lock, version), lambda: done.append(lock.read_text()))
    assert done == ["a", "b", "b"]


def test_an_interrupted_part_is_made_again(folder: Path) -> None:
    """A part that did not reach its end has no stamp, not even an older one."""
    done: list[str] = []
    dev.once(folder / "stamp", ("old",), lambda: done.append("first"))
    with pytest.raises(KeyboardInterrupt):
        dev.once(folder / "stamp", ("new",), interrupted)
    dev.once(folder / "stamp", ("old",), lambda: done.append("again"))
    assert done == ["first", "again"]


@pytest.mark.slow
@pytest.mark.browser
def test_an_environment_that_is_a_link_is_replaced_and_not_emptied(tmp_path: Path) -> None:
    """What it leads to may be in use by others."""
    shared, root = tmp_path / "shared", tmp_path / "project" / "scripts"
    shared.mkdir()
    (shared / "kept").touch()
    root.mkdir(parents=True)
    (root.parent / ".venv").symlink_to(shared)
    make = "import sys; sys.path.insert(0, sys.argv[1]); import dev; dev.make_environment()"
    command = [sys.executable, "-c", make, str(DEV.parent)]
    subprocess.run(command, cwd=root.parent, check=True, capture_output=True)
    assert (shared / "kept").exists()
    assert (root.parent / ".venv" / "pyvenv.cfg").is_file()


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


@pytest.mark.usefixtures("folder")
def test_a_port_in_use_is_named_before_anything_is_built(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The line names the port and a command that takes another."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, line = ended(["serve", "--port", str(port)], capsys)
    assert code == 1
    assert f"Port {port} is in use" in line
    assert "--port" in line


@pytest.mark.usefixtures("folder")
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
    capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    """The line names what was wrong."""
    code, line = ended(arguments, capsys)
    assert code in (1, 2)
    assert told in line


@pytest.mark.usefixtures("folder")
def test_a_full_disk_is_said_in_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when the write that fails is our own."""

    def full() -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(dev, "prepare", full)
    assert ended(["build"], capsys) == (1, f"{dev.DISK_FULL}\n")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("ERROR: Could not install: [Errno 28] No space left on device", "disk is full"),
        ("npm error code ENOSPC", "disk is full"),
        ("/usr/bin/python3: No module named venv", "apt install python3-venv"),
        ("not created successfully because ensurepip is not available", "python3-venv"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS", "requirements.txt"),
        ("npm error code EINTEGRITY", "package-lock.json does not match"),
        ("ERROR: Hashes are required in --require-hashes mode, but", "not a complete lock"),
        ("npm error `npm ci` can only install packages when your package.json", "does not fit"),
        ("Retrying after connection broken by 'NewConnectionError('<pip._v", "No network"),
        ("npm error code EAI_AGAIN", "No network"),
    ],
)
def test_a_failure_whose_cause_is_known_is_one_line(
    capsys: pytest.CaptureFixture[str], said: str, told: str
) -> None:
    """What venv, pip or npm says becomes what to do; its own words are left out."""
    command = [sys.executable, "-c", "import sys; sys.exit(sys.argv[1])", said]
    with pytest.raises(dev.Problem, match=re.escape(told)):
        dev.run("Trying", command)
    out, err = capsys.readouterr()
    assert re.fullmatch(r"Trying … failed after \d+\.\d s\n", out)
    assert err == ""


def test_a_failure_whose_cause_is_unknown_shows_all_and_keeps_its_exit_code(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The last line says which part it was."""
    lines = "import sys; [print(n) for n in range(50)]; sys.exit(3)"
    with pytest.raises(dev.Problem, match="Trying: failed") as problem:
        dev.run("Trying", [sys.executable, "-c", lines])
    assert capsys.readouterr().err.split() == [str(n) for n in range(50)]
    assert problem.value.code == 3


def test_a_part_that_succeeds_says_nothing_but_its_name_and_time(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With --verbose the rest is shown as well."""
    command = [sys.executable, "-c", "print('chatter')"]
    dev.run("Trying", command)
    assert "chatter" not in capfd.readouterr().out
    monkeypatch.setenv(dev.VERBOSE, "1")
    dev.run("Trying", command)
    assert "chatter" in capfd.readouterr().out


def test_a_warning_of_the_lint_is_shown_though_it_fails_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On GitHub it becomes an annotation by that line; of the other checks nothing is shown."""
    (folder / "warn.py").write_text("print('::warning file=docs/a.md,line=1::due')")
    monkeypatch.setattr(dev, "prepare", lambda: None)
    monkeypatch.setattr(
        dev,
        "checks",
        lambda: [("Style", [sys.executable, "-V"]), ("Words", [sys.executable, "warn.py"])],
    )
    assert dev.main(["lint"]) == 0
    style, words, warning = capsys.readouterr().out.splitlines()
    assert style.startswith("Style … ")
    assert words.startswith("Words … ")
    assert warning == "::warning file=docs/a.md,line=1::due"


# `test PATH`


@pytest.fixture
def asked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Write a unit test and a browser test, and note what is set up for them."""
    made: list[str] = []
    monkeypatch.setenv("PYTEST_ADDOPTS", "-p no:cacheprovider")
    for name in ("prepare", "prepare_site", "build_runtime"):
        monkeypatch.setattr(dev, name, lambda name=name: made.append(name))
    (folder / "pytest.ini").write_text("[pytest]\nmarkers = browser\n")
    (folder / "test_unit.py").write_text("def test_it(): pass\n")
    (folder / "test_page.py").write_text(
        "import pytest\n\n@pytest.mark.browser\ndef test_it(): assert False\n"
    )
    return made


def test_a_unit_test_needs_no_site(asked: list[str]) -> None:
    """Neither npm nor a runtime, and no check runs before it."""
    assert dev.main(["test", "-q", "test_unit.py"]) == 0
    assert asked == ["prepare"]
    assert dev.main(["test", "-m", "not browser"]) == 0
    assert asked == ["prepare", "prepare"]


def test_a_browser_test_has_its_site_made_and_its_exit_code_is_the_commands(
    asked: list[str],
) -> None:
    """One such test among the chosen ones is enough."""
    assert dev.main(["test", "-q"]) == 1
    assert asked == ["prepare", "build_runtime"]


# Locks and cleaning


def test_every_python_gets_the_same_packages() -> None:
    """A newer Python has no newer version: what one computer tests is what another one builds."""
    for name in (*dev.LOCKS[:2], dev.BUILDERS):
        lock = (dev.ROOT / name).read_text("utf-8")
        assert "==" in lock
        assert re.findall(r"^.* ; .*python.*version.*$", lock, re.MULTILINE) == []


def test_no_lock_names_a_registry() -> None:
    """It would send everyone there; the addresses where npm asks for donations are no registry."""
    for name in (*dev.LOCKS, dev.BUILDERS):
        lines = (dev.ROOT / name).read_text(encoding="utf-8").splitlines()
        assert len(lines) > 50
        assert [line for line in lines if re.search(r'"resolved":|^[^"]*://', line)] == []


def test_clean_removes_what_was_made_and_nothing_outside_the_project(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
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
    monkeypatch.chdir(root)
    assert dev.main(["clean"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Removed build",
        "Removed site",
        "Removed calculator/__pycache__",
    ]
    assert sorted(path.name for path in outside.iterdir()) == ["runtime", "site"]
    assert (root / "calculator" / "serum.py").exists()


# Real pip and npm


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a wheel."""
    folder = tmp_path_factory.mktemp("wheels")
    with zipfile.ZipFile(folder / "one-1-py3-none-any.whl", "w") as wheel:
        wheel.writestr("one.py", "")
        wheel.writestr("one-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: one\nVersion: 1\n")
        wheel.writestr("one-1.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        wheel.writestr("one-1.dist-info/RECORD", "")
    return folder


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize("hashed", ["wrong", "not at all", "right"])
def test_a_wheel_is_installed_only_if_its_hash_is_the_locks(
    wheels: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hashed: str
) -> None:
    """A wrong hash is told as what it may be; a missing one as a lock to be made again."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(wheels))
    wheel = (wheels / "one-1-py3-none-any.whl").read_bytes()
    right = f" --hash=sha256:{hashlib.sha256(wheel).hexdigest()}"
    end = {"wrong": " --hash=sha256:" + "0" * 64, "not at all": "", "right": right}[hashed]
    Path("requirements.txt").write_text(f"one==1{end}\n")
    if hashed == "right":
        dev.prepare()
        assert subprocess.run([dev.PYTHON, "-c", "import one"]).returncode == 0
        return
    told = "may be tampering" if hashed == "wrong" else "not a complete lock"
    with pytest.raises(dev.Problem, match=told):
        dev.prepare()
    assert not Path(".venv/made-by").exists()


@pytest.mark.browser
def test_without_a_network_pip_and_npm_fail_in_one_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line says to connect once and run it again."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        nowhere = f"http://127.0.0.1:{closed.getsockname()[1]}/"
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_INDEX_URL", nowhere)
    monkeypatch.setenv("PIP_RETRIES", "1")
    monkeypatch.delenv("PIP_NO_INDEX", raising=False)
    monkeypatch.setenv("npm_config_registry", nowhere)
    monkeypatch.setenv("npm_config_cache", str(folder / "cache"))
    monkeypatch.setenv("npm_config_fetch_retries", "0")
    monkeypatch.setattr(dev, "make_environment", lambda: None)
    (folder / "requirements.txt").write_text(f"absent==1 --hash=sha256:{'0' * 64}\n")
    for name in ("package.json", "package-lock.json"):
        (folder / name).write_bytes((dev.ROOT / name).read_bytes())
    for install in (dev.install_python, dev.install_node):
        with pytest.raises(dev.Problem, match=r"^No network: .*connect once and run it again"):
            install()


@pytest.mark.browser
def test_packages_that_the_npm_lock_does_not_name_are_told(folder: Path) -> None:
    """The line names both files and the command that makes them fit."""
    lock = '{"name": "a", "lockfileVersion": 3, "packages": {"": {"name": "a"}}}'
    (folder / "package-lock.json").write_text(lock)
    (folder / "package.json").write_text('{"name": "a", "dependencies": {"b": "file:b"}}')
    (folder / "b").mkdir()
    (folder / "b" / "package.json").write_text('{"name": "b", "version": "1.0.0"}')
    with pytest.raises(dev.Problem, match=r"package-lock\.json does not fit package\.json"):
        dev.install_node()
