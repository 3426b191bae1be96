"""One reader's visits to one page, in Chromium: a new profile, two answers, and then again."""

from __future__ import annotations

import os
import signal
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, Playwright

from tests.bench.server import Line, Server, brotli, size_of
from tests.conftest import FLAGS, PATIENCE, program

READER = Path(__file__).with_name("reader.js")
SETTLE = 3000  # milliseconds after the answers, for the browser to keep what it keeps
READ = 500  # milliseconds that a first answer stands before the second is asked for
SPENT = 5000  # milliseconds that an unhurried reader spends on the form
SLOW, HOME = Line(rate=1.6e6, latency=0.15), Line(rate=10e6, latency=0.05)
SLICE = 0.01  # seconds that a slowed process runs, before it rests for three times as long
FIRST, SECOND = "0.85", "1.20"


@contextmanager
def profile(playwright: Playwright) -> Iterator[BrowserContext]:
    """A browser that has never been anywhere."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        context = playwright.chromium.launch_persistent_context(
            folder, executable_path=program(), args=FLAGS
        )
        context.set_default_timeout(PATIENCE * 1000)
        context.add_init_script(path=READER)
        try:
            yield context
        finally:
            context.close()


def renderers(context: BrowserContext) -> list[int]:
    """The processes that show pages and run their workers."""
    assert context.browser is not None
    session = context.browser.new_browser_cdp_session()
    told = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    return [one["id"] for one in told if one["type"] == "renderer"]


@contextmanager
def slowed(context: BrowserContext) -> Iterator[None]:
    """Pages and workers on a processor that is 4 times slower: they run a quarter of the time.

    Chromium's own way to slow a page down does not slow its workers.
    """
    processes, over = renderers(context), threading.Event()

    def tell(what: signal.Signals) -> None:
        for process in processes:
            with suppress(ProcessLookupError):  # a page's process may end
                os.kill(process, what)

    def pulse() -> None:
        while not over.wait(SLICE):
            tell(signal.SIGSTOP)
            over.wait(SLICE * 3)
            tell(signal.SIGCONT)

    thread = threading.Thread(target=pulse)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def memory(context: BrowserContext) -> int:
    """The private bytes of the process that shows the page and runs its workers.

    It is the largest of the renderers; the others hold empty pages. Only Linux tells; 0
    elsewhere. What the browser's processes share is in none of them.
    """
    found = [Path(f"/proc/{process}/smaps_rollup") for process in renderers(context)]
    return max((private(file.read_text()) for file in found if file.is_file()), default=0)


def private(rollup: str) -> int:
    """The private bytes that a smaps_rollup tells of (proc(5), in kB)."""
    lines = (line.split() for line in rollup.splitlines() if line.startswith("Private_"))
    return sum(int(size) for _, size, _ in lines) * 1024


def ask(page: Page, value: str, spent: int = 0) -> float:
    """The milliseconds to an answer; with `spent`, only from the button on."""
    return float(page.evaluate("(given) => reader.ask(given)", [value, spent]))


def measure(page: Page, when: str) -> dict[str, float]:
    """Ask twice on an open page and let it rest; each figure is named by the visit."""
    page.evaluate("reader.watch()")
    first = ask(page, FIRST)
    page.wait_for_timeout(READ)
    second = ask(page, SECOND)
    page.wait_for_timeout(SETTLE)  # also because long tasks are told of a little later
    blocked = page.evaluate("reader.blocked()")
    page.evaluate("reader.keep()")
    found = {"first": first, "second": second, "blocked": blocked, "memory": memory(page.context)}
    return {f"{when} {name}": figure for name, figure in found.items()}


def open_page(context: BrowserContext, address: str) -> Page:
    """Go to a page and wait until it is at rest."""
    page = context.pages[0]
    page.goto(address, wait_until="networkidle")
    page.evaluate("reader.arrive()")
    return page


def visit(playwright: Playwright, server: Server, path: str, *, ours: bool) -> dict[str, float]:
    """Go to a page with a new profile, ask, come back and ask again: every figure by its name.

    Times are in milliseconds, memory and what was downloaded in bytes.
    """
    with profile(playwright) as context:
        server.sent.clear()
        page = open_page(context, server.origin + path)
        if ours:
            server.sent.clear()  # The weight of a page without its check is told apart.
        resting = memory(context)
        cold = measure(page, "cold")
        sent = list(server.sent)
        found = cold | {"resting": resting, "bytes": size_of(sent)}
        found["brotli"] = size_of(
            [one._replace(size=brotli(server.file(one.path))) for one in sent]
        )
        page.reload(wait_until="networkidle")
        found |= measure(page, "warm")
        if ours:
            page.reload(wait_until="networkidle")
            found["waited"] = ask(page, FIRST, SPENT)
        return found


def wait(playwright: Playwright, server: Server, path: str) -> float:
    """The milliseconds to a first answer on a slow line and a slow processor, on a first visit."""
    with profile(playwright) as context:
        page = open_page(context, server.origin + path)
        with server.over(SLOW), slowed(context):
            return ask(page, FIRST)


def wait_at_home(playwright: Playwright, server: Server, path: str) -> float:
    """The milliseconds that an unhurried reader waits on a first visit, on a line as at home."""
    with profile(playwright) as context:
        page = open_page(context, server.origin + path)
        with server.over(HOME):
            return ask(page, FIRST, SPENT)


def weigh(playwright: Playwright, server: Server, path: str) -> tuple[float, float, str]:
    """The gzip'd kB of a page before pictures and of what follows it; Chromium's version."""
    with profile(playwright) as context:
        assert context.browser is not None
        server.sent.clear()
        open_page(context, server.origin + path)
        sent = list(server.sent)
        size, later = size_of(sent, pictures=False), size_of(sent, later=True)
        return size / 1e3, later / 1e3, context.browser.version
