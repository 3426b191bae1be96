"""A WebKit with one window, told what to do over W3C WebDriver by the standard library alone.

Playwright drives only a WebKit that it has patched; this one is the system's. Of the engines
it is the nearest to Safari's that runs on Linux.
"""

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection

from tests.conftest import PATIENCE


class WebKit:
    """One session; each method is a command of https://www.w3.org/TR/webdriver2/, or a few."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.path = "/session"
        # Told of no browser, the driver starts its own, the MiniBrowser that it comes with.
        session = self.command("POST", "", capabilities={})
        assert isinstance(session, dict)
        self.path = f"/session/{session['sessionId']}"

    def command(self, method: str, path: str, **body: object) -> object:
        """Send a command and return its value; the driver's own words where it failed."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request(method, self.path + path, json.dumps(body) if method == "POST" else None)
        response = connection.getresponse()
        told = response.read().decode()
        connection.close()
        assert response.status == 200, told
        value: object = json.loads(told)["value"]
        return value

    def open(self, address: str) -> None:
        """Visit an address anew, also where only its fragment is another."""
        self.command("POST", "/url", url="about:blank")
        self.command("POST", "/url", url=address)

    def run(self, script: str, *arguments: object) -> object:
        """Run the body of a function in the page and return what it returns."""
        return self.command("POST", "/execute/sync", script=script, args=arguments)

    def wait(self, script: str, *arguments: object) -> object:
        """Run a script until what it returns is true, and return that."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if value := self.run(script, *arguments):
                return value
            time.sleep(0.1)
        raise AssertionError(f"never true: {script}")


@contextmanager
def display() -> Iterator[str]:
    """A screen that nobody sees, for as long as the block lasts: WebKitGTK has no headless mode."""
    reading, writing = os.pipe()
    screen = ["-screen", "0", "1000x900x24", "-nolisten", "tcp", "-displayfd", str(writing)]
    command = [shutil.which("Xvfb") or "Xvfb", *screen]
    with subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        try:
            with os.fdopen(reading) as told:
                yield f":{told.readline().strip()}"
        finally:
            server.terminate()


@contextmanager
def browsing(driver: str) -> Iterator[WebKit]:
    """A WebKit of this driver, for as long as the block lasts."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    with display() as screen:
        # Its sandbox needs user namespaces, which a container or its root may not have.
        environment = {"DISPLAY": screen, "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1"}
        command = [driver, f"--port={port}"]
        with subprocess.Popen(command, env=os.environ | environment) as process:
            try:
                listening(port)
                webkit = WebKit(port)
                yield webkit
                webkit.command("DELETE", "")
            finally:
                process.terminate()


def listening(port: int) -> None:
    """Return when somebody listens on a port."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("the driver of WebKit does not listen")
