"""Asks a published site whether it came out as it was built: after each deploy.

    python3 scripts/probe.py ADDRESS [--wait SECONDS]

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

PAGES = ("", "blood-test/", "how-much/", "sources/", "about/privacy/")
NOWHERE = "no-such-page/"  # The answer is our own 404 page.
# What a page's scripts load, which no page names.
BEHIND = {
    "assets/form.js": ("assets/loader.js", "assets/worker.js"),
    "assets/offline.js": ("sw.js", "offline.json"),
}
RUNTIME = "assets/runtime/"
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
}
PACKED = (".zip", ".woff2")  # compressed already

_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="default-src \'none\';')
_FILES = re.compile(r"<(?:script|link rel=\"?stylesheet\"?)[^>]* (?:src|href)=\"?([^\">]+)")
_HASH = re.compile(r"data-runtime=\"?([0-9a-f]+)")


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
        """Ask for everything that a reader of both checks is sent."""
        files: dict[str, None] = {}
        for page in PAGES:
            answer = self.page(page, 200)
            found = _FILES.findall(answer.text if answer else "")
            files.update(dict.fromkeys(urljoin(page, name) for name in found))
        for script in files.keys() & BEHIND.keys():
            files.update(dict.fromkeys(BEHIND[script]))
        self.page(NOWHERE, 404)
        for name in files:
            self.file(name)
        self.runtime()

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

    def runtime(self) -> None:
        """Check each file of the Python that the checks run on, to the last byte."""
        answer = self.file(f"{RUNTIME}current.json")
        if not answer or self.wrong:
            return  # What is not the right kind of file is not worth reading.
        record = json.loads(answer.text)
        named = _HASH.findall("".join(ask(urljoin(self.site, page)).text for page in PAGES))
        if set(named) != {record["hash"]}:
            self.wrong.append(f"{RUNTIME}current.json: {record['hash']}, but pages name {named}")
        for name, promised in record["files"].items():
            path = f"{RUNTIME}{record['hash']}/{name}"
            sent = self.file(path)
            if sent and hashlib.sha256(sent.body).hexdigest() != promised["sha256"]:
                self.wrong.append(f"{path}: not the bytes that were built")


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
