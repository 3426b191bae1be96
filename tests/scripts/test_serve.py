"""`dev.py serve`: what it does when a file changes, and how it ends."""

import os
import queue
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scripts import dev
from tests.conftest import PATIENCE

pytestmark = pytest.mark.browser


class Server:
    """A server started by a command, its lines read as they come, ended whatever happens."""

    def __init__(self, command: list[str], root: Path) -> None:
        self.process = subprocess.Popen(
            command,
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


Start = Callable[[str], Server]


@pytest.fixture
def start(small_site: Path) -> Iterator[Start]:
    """Serve the small site at a port, no longer than the test lasts."""
    servers: list[Server] = []

    def begin(port: str) -> Server:
        command = [sys.executable, "scripts/dev.py", "serve", "--port", port]
        servers.append(Server(command, small_site))
        return servers[-1]

    yield begin
    for server in servers:
        server.process.terminate()


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
def small_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a site of one page that shows what one of our own modules says."""
    for folder in (".venv/bin", "node_modules", "docs/assets/fonts", "scripts", "calculator"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: Small\nsite_url: https://example.org/under/\n"
        "markdown_extensions: [scripts.word]\n"
    )
    (tmp_path / "docs" / "index.md").write_text("# Page one\n")
    runtime = tmp_path / f"{dev.RUNTIME.replace('.', '/')}.py"
    runtime.parent.mkdir(exist_ok=True)
    for path in (runtime, tmp_path / "scripts" / "__init__.py", tmp_path / "references.bib"):
        path.touch()
    (tmp_path / "scripts" / "dev.py").write_bytes(Path(dev.__file__).read_bytes())
    say(tmp_path, "first")
    # Its environment is the one that runs the tests, and its set-up is done: there is none.
    python = tmp_path / ".venv" / "bin" / "python"
    python.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    python.chmod(0o755)
    for name in (*dev.LOCKS, "package.json", ".npmrc"):
        (tmp_path / name).touch()
    with monkeypatch.context() as patch:
        patch.chdir(tmp_path)
        for action in ("install_python", "install_node", "copy_fonts"):
            patch.setattr(dev, action, lambda: None)
        dev.prepare_site()
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


@pytest.mark.slow
def test_serve_follows_every_kind_of_change(start: Start, small_site: Path) -> None:
    """A page is reloaded; code starts the server again, also after code that was broken."""
    port = free_port()
    server = start(port)
    address = server.wait_for(r"Serving on (http\S+)")[1]
    assert address == f"http://127.0.0.1:{port}/under/"
    assert "the first word" in page(address)

    (small_site / "docs" / "index.md").write_text("# Page two\n")
    server.wait_for("Reloading browsers")
    assert "Page two" in page(address)

    say(small_site, "second")
    assert server.wait_for(r"Serving on (http\S+)")[1] == address
    assert "the second word" in page(address)

    (small_site / "scripts" / "word.py").write_text("def run(:\n")
    server.wait_for("word.py")
    server.wait_for("The server: failed")
    say(small_site, "third")
    server.wait_for("Serving on")
    assert "the third word" in page(address)
    assert server.interrupt() == 0


def test_a_server_told_to_end_leaves_nothing_behind(start: Start) -> None:
    """Also when only the command hears of it, as from `kill`: the port is free again."""
    port = free_port()
    server = start(port)
    server.wait_for("Serving on")
    server.process.terminate()
    server.process.wait(PATIENCE)
    socket.create_server(("127.0.0.1", int(port))).close()
