"""A site served as GitHub Pages does, under a sub-path, that can be told to misbehave."""

import gzip
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from scripts.publish.probe import PACKED
from tests.conftest import PATIENCE, ROOT

DOCS = ROOT / "docs"
BELOW = "/sub-path/"
BUILT_FOR = "/magnesium/"  # the path in mkdocs.yml's site_url, where links of the 404 page begin
PIECE = 100_000  # bytes: a slow file comes in so many at once, each when a test lets it

TYPES = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".json": "application/json",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".png": "image/png",
    ".woff2": "font/woff2",
}


def asset(name: str) -> str:
    """Where a script or a style of ours is on the site, by its name alone."""
    [file] = (DOCS / "assets").rglob(name)
    return file.relative_to(DOCS).as_posix()


class Site(ThreadingHTTPServer):
    """Serves a directory under a sub-path; `faults` says which files it serves wrongly."""

    daemon_threads = True

    def __init__(self, root: Path) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.root = root
        self.others: dict[str, Path] = {}  # further folders of the origin, by their sub-path
        self.asked: list[str] = []
        self.sent: list[tuple[str, int]] = []  # each answer's path and its bytes on the way
        self.faults: dict[str, str] = {}
        self.headers: dict[str, str] = {}
        self.types = dict(TYPES)
        self.missing = 404  # the status of what is not there
        self.compresses = False  # GitHub Pages does; here it would only take time
        self.pieces = threading.Semaphore(0)  # how many more of a slow file may be sent
        self.released = threading.Event()
        self.origin = f"http://127.0.0.1:{self.server_port}"
        self.address = f"{self.origin}{BELOW}"

    def send(self, pieces: int) -> None:
        """Let so many pieces of a slow file go."""
        self.pieces.release(pieces)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a page that left before all of a file was sent; print any other error."""
        if not isinstance(sys.exception(), BrokenPipeError | ConnectionResetError):
            super().handle_error(request, client_address)


class Handler(BaseHTTPRequestHandler):
    server: Site
    packed = False

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        name = path.rsplit("/", 1)[-1]
        self.server.asked.append(path)
        folders = {**self.server.others, BELOW: self.server.root}
        below = next(filter(path.startswith, folders), None)
        file = folders[below] / path.removeprefix(below) if below else Path()
        if path.endswith("/"):
            file /= "index.html"
        there = bool(below) and file.is_file()
        status = 200 if there else self.server.missing
        if not there:
            file = self.server.root / "404.html"
        body = file.read_bytes() if file.is_file() else b""
        kind = self.server.types.get(file.suffix, "application/octet-stream")
        match self.server.faults.get(name, ""):
            case "missing":
                status, body, kind = 404, b"<h1>Not found</h1>", "text/html"
            case "refused":
                status, body, kind = 403, b"<h1>Filtered</h1>", "text/html"
            case "broken":
                status, body, kind = 500, b"<h1>Error</h1>", "text/html"
            case "busy":
                status, body, kind = 503, b"<h1>Busy</h1>", "text/html"
            case "too many":
                status, body, kind = 429, b"<h1>Too many requests</h1>", "text/html"
            case "a page":
                body, kind = b"<!doctype html><title>Log in</title>", "text/html"
            case "wrong type":
                kind = "application/octet-stream"
            case "half":
                body = body[: len(body) // 2]
            case "spoilt":
                body = body[: len(body) // 2] + bytes(len(body) - len(body) // 2)
            case "no answer":
                return
            case "silence":
                self.server.released.wait(PATIENCE)
                return
            case "cut off":
                self.reply(status, kind, body, body[: len(body) // 2])
                return
            case "stalls":
                self.reply(status, kind, body, body[: len(body) // 2])
                self.server.released.wait(PATIENCE)
                return
            case "slow":
                pieces = self.server.pieces
                self.reply(status, kind, body, b"")
                for start in range(0, len(body), PIECE):
                    pieces.acquire(timeout=PATIENCE)
                    self.wfile.write(body[start : start + PIECE])
                return
        if self.server.compresses and file.suffix not in PACKED:
            body = gzip.compress(body)
            self.packed = True
        self.reply(status, kind, body, body)

    def reply(self, status: int, kind: str, promised: bytes, sent: bytes) -> None:
        self.send_response(status)
        # No browser takes wasm whose type has a parameter.
        parameter = "; charset=utf-8" if kind.startswith("text/") else ""
        self.send_header("Content-Type", kind + parameter)
        self.send_header("Content-Length", str(len(promised)))
        if self.packed:
            self.send_header("Content-Encoding", "gzip")
        if self.path.endswith("worker.js"):
            for header, value in self.server.headers.items():
                self.send_header(header, value)
        self.end_headers()
        self.server.sent.append((urlsplit(self.path).path, len(sent)))
        self.wfile.write(sent)
        self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the tests speak."""


@contextmanager
def serving(root: Path) -> Iterator[Site]:
    """A site of the files in `root`, for as long as the block lasts."""
    site = Site(root)
    threading.Thread(target=site.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield site
    finally:
        site.released.set()
        site.shutdown()
        site.server_close()


def pages(site: Site) -> list[str]:
    """Every page of a site, by its address within it."""
    found = (file.parent.relative_to(site.root) for file in site.root.rglob("index.html"))
    return sorted("" if folder == Path() else f"{folder.as_posix()}/" for folder in found)
