"""What the browser tests share: one Chromium for each worker, one built site for the run."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, BrowserType, Page, expect, sync_playwright

from scripts.publish import __main__ as publish
from scripts.runtime import build as runtime
from tests import browsers

ROOT = Path(__file__).parent.parent
# What a machine that tests or deploys sets, and what our commands and pages read: a test that
# means one of them sets it, and no other test depends on where it runs.
OUTSIDE = ("CI", "GITHUB_ACTIONS", "SITE_URL", "REPO_URL", "EDIT_URI")
Opening = Callable[..., BrowserContext | Page]
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option with which `python -m tests` keeps its run under five minutes."""
    parser.addoption("--quick", action="store_true", help="of slow tests only the first case")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With --quick leave out what is marked slow, but for the first case of a test with several.

    Where a whole module is marked, nothing of it is tried.
    """
    if not config.getoption("quick"):
        return
    kept: dict[str, pytest.Item] = {}
    for item in items:
        mine = {mark.name for mark in item.own_markers}
        if not item.get_closest_marker("slow"):
            kept[item.nodeid] = item
        elif {"slow", "parametrize"} <= mine and not is_marked(item.getparent(pytest.Module)):
            kept.setdefault(item.nodeid.partition("[")[0], item)
    chosen = set(map(id, kept.values()))
    config.hook.pytest_deselected(items=[one for one in items if id(one) not in chosen])
    items[:] = kept.values()


def is_marked(module: pytest.Module | None) -> bool:
    """Whether a whole module is called slow."""
    return module is not None and any(mark.name == "slow" for mark in module.own_markers)


def program() -> str:
    """The Chromium of this machine; a test that needs one fails where there is none."""
    return browsers.chromium() or pytest.fail(browsers.MISSING["Chromium"], pytrace=False)


@pytest.fixture(scope="session", autouse=True)
def anywhere() -> Iterator[None]:
    """The same tests on every machine: none of ``OUTSIDE`` reaches them."""
    with pytest.MonkeyPatch.context() as patch:
        for name in OUTSIDE:
            patch.delenv(name, raising=False)
        yield


# Seconds that end any wait in a browser: only a test that fails waits for so long, and on a slow
# and busy machine none fails that would pass on a quick one.
PATIENCE = 180
# Seconds for another worker to build the runtime and the site.
BUILDING = 5 * PATIENCE
# Milliseconds for what must not happen to happen. No event tells of it; a machine that is too
# slow to do it in time passes.
WHILE = 1500

expect.set_options(timeout=PATIENCE * 1000)


def until(page: Page, happened: Callable[[], object]) -> bool:
    """Whether it happened at last, where no event of the page tells of it."""
    end = time.monotonic() + PATIENCE
    while not happened():
        if time.monotonic() > end:
            return False
        page.wait_for_timeout(50)
    return True


def patient(opening: Opening) -> Opening:
    """A way to open a page, or what pages are opened in, with our patience for every step there."""

    @wraps(opening)
    def opened(*arguments: Any, **options: Any) -> BrowserContext | Page:
        fresh = opening(*arguments, **options)
        fresh.set_default_timeout(PATIENCE * 1000)
        return fresh

    return opened


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all of the tests, each of which gets a context of its own."""
    ways = ((Browser, "new_context"), (Browser, "new_page"))
    with sync_playwright() as playwright, pytest.MonkeyPatch.context() as patch:
        for kind, name in (*ways, (BrowserType, "launch_persistent_context")):
            patch.setattr(kind, name, patient(getattr(kind, name)))
        chromium = playwright.chromium.launch(executable_path=program(), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site with today's calculator, built strictly, once for all workers of a run."""
    return once(shared(tmp_path_factory) / "site", build)


# Where a site is that others can open: under a sub-path, as a project's GitHub Pages.
ADDRESS = "https://example.org/sub-path/"


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site as it is built for an address that others can open."""
    return once(shared(tmp_path_factory) / "published", lambda folder: build(folder, ADDRESS))


def build(folder: Path, address: str = "") -> None:
    """Build the site into a folder, as it is published; for this machine unless told."""
    runtime.build()
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    where = {**os.environ, "SITE_URL": address} if address else None
    built = subprocess.run(
        command, cwd=ROOT, env=where, capture_output=True, text=True, check=False
    )
    assert built.returncode == 0, built.stderr
    publish.publish(folder)


def shared(factory: pytest.TempPathFactory) -> Path:
    """The folder of this run: each of pytest-xdist's workers has its own one in it."""
    own = factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def once(folder: Path, make: Callable[[Path], None]) -> Path:
    """Make a folder if this process is the first to ask for it; else wait until it is made."""
    ended = folder.with_name(f"{folder.name} ended")
    try:
        folder.mkdir()
    except FileExistsError:
        end = time.monotonic() + BUILDING
        while not ended.exists() and time.monotonic() < end:
            time.sleep(0.1)
        assert ended.exists(), f"no other worker has made {folder.name}"
        assert ended.read_text("utf-8") == "made", "the worker that made it says why it failed"
        return folder
    how = "failed"
    try:
        make(folder)
        how = "made"
    finally:
        ended.with_suffix(".new").write_text(how, "utf-8")
        ended.with_suffix(".new").rename(ended)
    return folder
