"""Asks a published site whether it came out as it was built: after each deploy.

    python3 scripts/publish/probe.py ADDRESS [--wait SECONDS]

Standard library only, so that it runs where nothing of ours is installed. What is wrong gives
exit 1; what is only slow (sent uncompressed) is told. A new site takes a while to arrive, so
what is wrong is asked again until the wait is over.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from urllib.parse import urljoin

NOWHERE = "no-such-page/"  # The answer is our own 404 page.
WORKER = "sw.js"
LIST = "offline.json"  # Every page, asset and file of the runtime, each with its hash.
SECONDS = 30
PAUSE = 10

# What the browser needs a file to be called: it refuses a module of another type, and
# compiles WebAssembly while it comes in only from application/wasm.
TYPES = {
    ".css": ("text/css",),
    ".js": ("text/javascript", "application/javascript"),
    ".mjs": ("text/javascript", "application/javascript"),
    ".wasm": ("application/wasm",),
    ".json": ("application/json",),
    ".svg": ("image/svg+xml",),
}
PACKED = (".zip", ".woff2", ".png")  # compressed already

_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="default-src \'none\';')
_BUILD = re.compile(r'const OFFLINE = \{"build":"(\w+)"')


@dataclass(frozen=True)
class Answer:
    """What a server said: the body as it was before it was compressed for the way."""

    status: int
    kind: str
    packed: bool
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8", "replace")


def ask(address: str) -> Answer:
    """Fetch one address as a browser would, past every cache that listens."""
    headers = {"Accept-Encoding": "gzip", "Cache-Control": "no-cache", "User-Agent": "probe"}
    request = urllib.request.Request(address, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as reply:
            status, head, body = reply.status, reply.headers, reply.read()
    except urllib.error.HTTPError as error:
        with error:
            status, head, body = error.code, error.headers, error.read()
    packed = head.get("Content-Encoding", "") == "gzip"
    body = gzip.decompress(body) if packed else body
    return Answer(status, head.get_content_type(), packed, body)


@dataclass
class Probe:
    """One look at a site; what it found wrong and what only slow, in lines."""

    site: str
    wrong: list[str] = field(default_factory=list)
    slow: list[str] = field(default_factory=list)

    def look(self) -> None:
        """Ask for everything that a reader of both checks is sent, and that a browser keeps.

        A browser keeps all of a build or nothing, so that one wrong file is one too many.
        """
        self.page(NOWHERE, 404)
        worker, (build, files) = self.file(WORKER), self.listed()
        named = _BUILD.findall(worker.text) if worker else []
        if worker and build and named != [build]:
            self.wrong.append(f"{WORKER}: build {named}, but {LIST} is of {build}")
        for name, promised in files.items():
            folder = not name or name.endswith("/")
            sent = self.page(name, 200) if folder else self.file(name)
            if sent and not hashlib.sha256(sent.body).hexdigest().startswith(promised):
                self.wrong.append(f"{name or 'home'}: not the bytes that were built")

    def listed(self) -> tuple[str, dict[str, str]]:
        """Return the name of the build and the hash of each file, nothing where none is listed."""
        answer = self.file(LIST)
        if not answer:
            return "", {}
        try:
            listed = json.loads(answer.text)
            files = {**listed["pages"], **listed["runtime"]}
            return listed["build"], {name: entry["sha256"] for name, entry in files.items()}
        except (ValueError, KeyError, TypeError) as error:
            self.wrong.append(f"{LIST}: not the list of a build ({error!r})")
            return "", {}

    def fetch(self, name: str, status: int) -> Answer | None:
        """Return the answer if it has this status; else say what came instead."""
        try:
            answer = ask(urljoin(self.site, name))
        except (OSError, ValueError, EOFError) as error:
            self.wrong.append(f"{name or 'home'}: no answer ({error})")
            return None
        if answer.status != status:
            self.wrong.append(f"{name or 'home'}: status {answer.status}, expected {status}")
            return None
        if not answer.packed and not name.endswith(PACKED):
            self.slow.append(f"{name or 'home'}: {len(answer.body)} bytes, sent uncompressed")
        return answer

    def page(self, name: str, status: int) -> Answer | None:
        """Check a page: ours, and with its policy."""
        answer = self.fetch(name, status)
        if answer and answer.kind != "text/html":
            self.wrong.append(f"{name or 'home'}: sent as {answer.kind}, expected text/html")
        if answer and not _POLICY.search(answer.text):
            self.wrong.append(f"{name or 'home'}: no content security policy of ours")
        return answer

    def file(self, name: str) -> Answer | None:
        """Check that a file is there, under a type that the browser takes."""
        answer = self.fetch(name, 200)
        kinds = next((kinds for end, kinds in TYPES.items() if name.endswith(end)), None)
        if answer and kinds and answer.kind not in kinds:
            self.wrong.append(f"{name}: sent as {answer.kind}, expected {kinds[0]}")
        return answer


def main(arguments: list[str]) -> int:
    """Probe until nothing is wrong or the wait is over; 1 when something still is."""
    parser = argparse.ArgumentParser(description="Probe a published site.")
    parser.add_argument("address")
    parser.add_argument("--wait", type=float, default=0, metavar="SECONDS")
    options = parser.parse_args(arguments)
    until = time.monotonic() + options.wait
    while True:
        probe = Probe(options.address.rstrip("/") + "/")
        probe.look()
        if not probe.wrong or time.monotonic() + PAUSE > until:
            break
        time.sleep(PAUSE)
    for word, lines in (("slow", probe.slow), ("wrong", probe.wrong)):
        for line in lines:
            print(f"{word}: {line}")
    print(f"probe: {len(probe.wrong)} wrong, {len(probe.slow)} slow at {probe.site}")
    return 1 if probe.wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
