"""What the tests of this folder share: a small site of each test's own, and a browser for it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.offline import kept
from tests.browser.sites import Site, serving


@pytest.fixture
def root(built: Path, tmp_path: Path) -> Path:
    """Six pages, for a test to publish again or to spoil; an engine that starts at once."""
    return kept.with_stand_in(kept.few(built, tmp_path / "site"))


@pytest.fixture
def site(root: Path) -> Iterator[Site]:
    with serving(root) as server:
        yield server


@pytest.fixture
def with_python(built: Path, tmp_path: Path) -> Iterator[Site]:
    """The six pages with the real Pyodide."""
    with serving(kept.few(built, tmp_path / "with-python")) as server:
        yield server


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    # Of its own, with stores of its own.
    fresh = browser.new_context(reduced_motion="reduce")
    yield fresh
    fresh.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()
