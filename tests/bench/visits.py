"""One reader's visits to one page, in Chromium: a new profile, two answers, and then again."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, Playwright

from tests.bench.server import Server, size_of
from tests.conftest import FLAGS, PATIENCE, program

READER = Path(__file__).with_name("reader.js")
SETTLE = 3000  # milliseconds after the answers, for the browser to keep what it keeps
READ = 500  # milliseconds that a first answer stands before the second is asked for
SPENT = 5000  # milliseconds that an unhurried reader spends on the form
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


def memory(context: BrowserContext) -> int:
    """The private bytes of the process that shows the page and runs its workers.

    It is the largest of the renderers; the others hold empty pages. Only Linux tells; 0
    elsewhere. What the browser's processes share is in none of them.
    """
    assert context.browser is not None
    session = context.browser.new_browser_cdp_session()
    told = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    found = [Path(f"/proc/{one['id']}/smaps_rollup") for one in told if one["type"] == "renderer"]
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
        found = cold | {"resting": resting, "bytes": size_of(server.sent)}
        page.reload(wait_until="networkidle")
        found |= measure(page, "warm")
        if ours:
            page.reload(wait_until="networkidle")
            found["waited"] = ask(page, FIRST, SPENT)
        return found


def weigh(playwright: Playwright, server: Server, path: str) -> tuple[float, float, str]:
    """The gzip'd kB of a page before pictures and of what follows it; Chromium's version."""
    with profile(playwright) as context:
        assert context.browser is not None
        server.sent.clear()
        open_page(context, server.origin + path)
        sent = list(server.sent)
        size, later = size_of(sent, pictures=False), size_of(sent, later=True)
        return size / 1e3, later / 1e3, context.browser.version
