"""Take the README's pictures of both checks, from the built site in a real browser.

python3 scripts/dev.py shots
"""

from __future__ import annotations

import functools
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Page, ViewportSize, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / ".github" / "pictures"
PHONE: ViewportSize = {"width": 390, "height": 844}


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder, for as long as the block lasts."""
    handler = functools.partial(Quiet, directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def serum(page: Page) -> None:
    """A blood result a little above the default range and inside the UK one."""
    page.fill("#value", "1.00")
    page.check("input[name=unit][value='mmol/L']")


def intake(page: Page) -> None:
    """A woman of 60 with 200mg from food and a citrate."""
    page.fill("#age", "60")
    page.check("input[name=sex][value=female]")
    page.fill("#food", "200")
    page.select_option("#supplement-salt-1", "citrate_anhydrous")
    page.fill("#supplement-mg-1", "500")


CHECKS = {"serum": ("blood-test/", serum), "intake": ("how-much/", intake)}


def take(page: Page, site: str, check: str) -> Path:
    """Fill in a check as a reader would, and picture the first screen of its result."""
    path, fill = CHECKS[check]
    page.goto(site + path)
    fill(page)
    page.click(f"form[data-check={check}] button[type=submit]:visible")
    page.wait_for_selector(f"[data-result={check}]", timeout=60_000)
    page.evaluate("document.fonts.ready")
    page.evaluate("scrollTo(0, document.querySelector('.result').offsetTop - 60)")
    picture = PICTURES / f"{check}.png"
    page.screenshot(path=picture)
    return picture


def main() -> None:
    """Take every picture from site/, which `dev.py build` made."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with served(ROOT / "site") as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport=PHONE, reduced_motion="reduce")
        for check in CHECKS:
            print(take(page, site, check).relative_to(ROOT))
        browser.close()


if __name__ == "__main__":
    main()
