"""A server that sends what a host of static files sends, and counts the bytes."""

from __future__ import annotations

import contextlib
import gzip
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

PICTURES = (".svg", ".png", ".jpg", ".webp", ".ico")
WORKER = "/sw.js"  # the service worker, which fetches for later and not for the page


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
    """Serves a folder, gzip'd, and remembers what it sent."""

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.folder = folder
        self.sent: list[Sent] = []
        self.origin = f"http://127.0.0.1:{self.server_port}"


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
        name = f"{path}index.html" if path.endswith("/") else path
        file = self.server.folder / name.lstrip("/")
        body = packed(file) if file.is_file() else b""
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", guess_type(file.name)[0] or "application/octet-stream")
        self.send_header("Content-Length", str(len(body)))
        if body:
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Cache-Control", "max-age=600")  # what GitHub Pages sends
        referer = urlsplit(self.headers.get("Referer", "")).path
        self.server.sent.append(Sent(path, len(body), referer))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the bench prints its own progress."""


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
    for file in filter(Path.is_file, folder.rglob("*")):
        packed(file)  # now, so that no visit waits for it
    server = Server(folder)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
