"""A page whose Python is a stand-in: it starts at once and knows CPython's answers."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Semaphore

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import stand_in
from tests.browser.sites import BELOW, Site, serving

SERUM = "blood-test/"


@contextmanager
def standing_in(built: Path, folder: Path, length: int = stand_in.LENGTH) -> Iterator[Site]:
    """The built site, whose page of the blood test asks the stand-in."""
    shipped = folder / "runtime"
    shutil.copy(built / SERUM / "index.html", folder)
    stand_in.ship(shipped, ("0.85", "1.30"), length)
    stand_in.put_into(folder / "index.html", shipped)
    with serving(built) as server:
        server.others[f"{BELOW}{SERUM}"] = folder
        server.others[f"{BELOW}assets/runtime/"] = shipped
        yield server


@pytest.fixture(scope="module")
def site(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with standing_in(built, tmp_path_factory.mktemp("page")) as server:
        yield server


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    # Without a service worker: a file that it kept would hide what the server does wrongly.
    context = browser.new_context(service_workers="block", reduced_motion="reduce")
    page = context.new_page()
    page.clock.install()  # Time goes on by itself; a test may turn it forward.
    page.goto(f"{site.origin}{BELOW}blood-test/")
    yield page
    context.close()
    site.faults = {}
    site.pieces = Semaphore(0)


def after(page: Page, seconds: int) -> None:
    """Turn the page's clock forward, so that no test has to wait as long as a reader."""
    page.clock.fast_forward(seconds * 1000)
