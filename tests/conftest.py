"""What the browser tests share: one Chromium and one built site for the whole run."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from scripts import publish, runtime

ROOT = Path(__file__).parent.parent
# What a machine that tests or deploys sets, and what our commands and pages read: a test that
# means one of them sets it, and no other test depends on where it runs.
OUTSIDE = ("CI", "GITHUB_ACTIONS", "SITE_URL", "REPO_URL", "EDIT_URI")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def program() -> str | None:
    """The Chromium that dev.py found, or one of this machine's; without it, Playwright's own."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


@pytest.fixture(scope="session", autouse=True)
def anywhere() -> Iterator[None]:
    """The same tests on every machine: none of ``OUTSIDE`` reaches them."""
    with pytest.MonkeyPatch.context() as patch:
        for name in OUTSIDE:
            patch.delenv(name, raising=False)
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all of the tests, each of which gets a context of its own."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program(), args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site with today's calculator, built strictly into a folder of its own."""
    runtime.build()
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    publish.publish(folder)
    return folder
