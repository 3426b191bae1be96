"""A server that sends what a host of static files sends, and counts the bytes."""

from __future__ import annotations

import contextlib
import gzip
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

TYPES = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".json": "application/json",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
}
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
    """Serves folders below their prefixes, gzip'd, and remembers what it sent."""

    daemon_threads = True

    def __init__(self, folders: Mapping[str, Path]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.folders = folders
        self.sent: list[Sent] = []
        self.origin = f"http://127.0.0.1:{self.server_port}"

    def find(self, path: str) -> Path:
        """The file at an address, which may not be there."""
        prefix = next((one for one in self.folders if path.startswith(one)), "")
        file = self.folders[prefix] / path.removeprefix(prefix) if prefix else Path("missing")
        return file / "index.html" if path.endswith("/") else file


class Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer with the headers that a host of static files sends."""
        file = self.server.find(urlsplit(self.path).path)
        body = packed(file) if file.is_file() else b""
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", TYPES.get(file.suffix, "application/octet-stream"))
        self.send_header("Content-Length", str(len(body)))
        if body:
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Cache-Control", "max-age=600")  # what GitHub Pages sends
        self.server.sent.append(
            Sent(self.path, len(body), urlsplit(self.headers.get("Referer", "")).path)
        )
        # A browser that is closed does not wait for the rest.
        with contextlib.suppress(ConnectionError):
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the tables speak."""


def size_of(sent: Iterable[Sent], *, later: bool = False, pictures: bool = True) -> int:
    """The bytes that a page asked for; or, `later`, what the service worker did for it."""
    return sum(
        one.size
        for one in sent
        if one.asked_by.endswith(WORKER) is later and (pictures or not one.path.endswith(PICTURES))
    )


@contextmanager
def serving(folders: Mapping[str, Path]) -> Iterator[Server]:
    """A server of folders, for as long as the block lasts."""
    for folder in folders.values():
        for file in folder.rglob("*"):
            if file.is_file():
                packed(file)  # Before the first visit, which would wait for it.
    server = Server(folders)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
