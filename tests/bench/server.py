"""A server that sends what a host of static files sends, and counts the bytes."""

from __future__ import annotations

import contextlib
import gzip
import subprocess
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from scripts.runtime.node import node

PICTURES = (".svg", ".png", ".jpg", ".webp", ".ico")
# Prints the bytes of a file as brotli makes it smallest: Python has no brotli, and Node has.
BROTLI = """const { brotliCompressSync, constants } = require("zlib");
const params = { [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS };
brotliCompressSync(require("fs").readFileSync(process.argv[1]), { params }).length"""
PART = 8192  # bytes; at 1.6Mbit/s, 41ms
WORKER = "/sw.js"  # the service worker, which fetches for later and not for the page


class Line(NamedTuple):
    """A reader's connection: bits a second, and the seconds until an answer begins."""

    rate: float
    latency: float


class Sent(NamedTuple):
    """One answer: its path, its bytes as gzip'd, and the path of what asked for it."""

    path: str
    size: int
    asked_by: str


@cache
def packed(file: Path) -> bytes:
    """A file as gzip makes it smallest, with no time in it."""
    return gzip.compress(file.read_bytes(), 9, mtime=0)


class Server(ThreadingHTTPServer):
    """Serves a folder, gzip'd, and remembers what it sent; over `line`, if it is set, for all."""

    daemon_threads = True
    line: Line | None = None

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.folder = folder
        self.turn = threading.Lock()  # of one answer to put a part of it on the line
        self.sent: list[Sent] = []
        self.origin = f"http://127.0.0.1:{self.server_port}"

    def file(self, path: str) -> Path:
        """The file that an address means."""
        return self.folder / (f"{path}index.html" if path.endswith("/") else path).lstrip("/")

    @contextmanager
    def over(self, line: Line) -> Iterator[None]:
        """Every reader has this connection, for as long as the block lasts."""
        self.line = line
        try:
            yield
        finally:
            self.line = None


class Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def handle(self) -> None:
        """Answer until the browser goes: one that is closed does not wait for the rest."""
        with contextlib.suppress(ConnectionError):
            super().handle()

    def do_GET(self) -> None:
        """Answer with the headers that a host of static files sends."""
        path = urlsplit(self.path).path
        file = self.server.file(path)
        body = packed(file) if file.is_file() else b""
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", guess_type(file.name)[0] or "application/octet-stream")
        self.send_header("Content-Length", str(len(body)))
        if body:
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Cache-Control", "max-age=600")  # what GitHub Pages sends
        referer = urlsplit(self.headers.get("Referer", "")).path
        self.server.sent.append(Sent(path, len(body), referer))
        if self.server.line:
            time.sleep(self.server.line.latency)
        self.end_headers()
        for at in range(0, len(body), PART):
            self._send(body[at : at + PART])

    def _send(self, part: bytes) -> None:
        """Send a part as soon as the line has had the time for it that it needs."""
        with self.server.turn if self.server.line else contextlib.nullcontext():
            if self.server.line:
                time.sleep(len(part) * 8 / self.server.line.rate)
            self.wfile.write(part)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the bench prints its own progress."""


@cache
def brotli(file: Path) -> int:
    """The bytes of a file as brotli makes it smallest; those of an engine take half a minute."""
    done = subprocess.run([node(), "-p", BROTLI, str(file)], check=True, capture_output=True)
    return int(done.stdout)


def pack(folder: Path) -> None:
    """Pack every file of a folder now, so that no visit waits for it."""
    for file in filter(Path.is_file, folder.rglob("*")):
        packed(file)


def size_of(sent: Iterable[Sent], *, later: bool = False, pictures: bool = True) -> int:
    """The bytes that a page asked for; or, `later`, what the service worker did for it."""
    return sum(
        one.size
        for one in sent
        if one.asked_by.endswith(WORKER) is later and (pictures or not one.path.endswith(PICTURES))
    )


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    """A server of a folder, for as long as the block lasts."""
    server = Server(folder)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
