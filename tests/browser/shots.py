"""Take pictures of both checks from the built site, in a real browser.

`python3 scripts/dev.py shots` takes the README's pictures, and the one that links are shared with;
`python3 scripts/dev.py shots FOLDER` takes every state of both checks, light and dark.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tests import browsers
from tests.browser import states
from tests.browser.sites import BELOW, serving
from tests.conftest import PATIENCE, ROOT

PICTURES = ROOT / ".github" / "pictures"
SHARE = ROOT / "docs" / "assets" / "icons" / "share.png"
CARD: ViewportSize = {"width": 1200, "height": 630}
PHONE: ViewportSize = {"width": 390, "height": 844}


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
    page.wait_for_selector(f"[data-result={check}]", timeout=PATIENCE * 1000)
    page.evaluate("document.fonts.ready")
    page.evaluate("scrollTo(0, document.querySelector('.result').offsetTop - 60)")
    picture = PICTURES / f"{check}.png"
    page.screenshot(path=picture)
    return picture


def take_share(browser: Browser) -> Path:
    """Picture what stands beside a link to any page, in the size that Open Graph's readers ask for.

    It is opened from disk, with the site's own typeface.
    """
    page = browser.new_page(viewport=CARD)
    page.goto(Path(__file__).with_name("share.html").as_uri())
    page.evaluate("document.fonts.ready")
    page.screenshot(path=SHARE)
    page.close()
    return SHARE


def take_states(browser: Browser, site: str, folder: Path) -> None:
    """Picture every state whole, in both palettes, for somebody to look at."""
    folder.mkdir(parents=True, exist_ok=True)
    palettes: tuple[Literal["light"], Literal["dark"]] = ("light", "dark")
    for palette in palettes:
        page = browser.new_page(viewport=PHONE, color_scheme=palette, reduced_motion="reduce")
        for name, address in (states.RESULTS | states.PROBLEMS).items():
            page.goto("about:blank")
            page.goto(site + address)
            page.wait_for_selector("[data-result], .problem-summary", timeout=PATIENCE * 1000)
            shown = "[data-result]" if name in states.RESULTS else "form.check"
            page.locator(shown).screenshot(path=folder / f"{name}-{palette}.png")
        page.close()


def main(arguments: list[str]) -> None:
    """Take pictures of site/, which `dev.py build` made."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    chromium = browsers.chromium()
    with serving(ROOT / "site") as server, sync_playwright() as playwright:
        site = f"{server.origin}{BELOW}"
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        if arguments:
            take_states(browser, site, Path(arguments[0]))
        else:
            page = browser.new_page(viewport=PHONE, reduced_motion="reduce")
            for check in CHECKS:
                print(take(page, site, check).relative_to(ROOT))
            print(take_share(browser).relative_to(ROOT))
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
