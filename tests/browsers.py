"""The browsers of this machine, found in one place for tests, screenshots and measurements.

The variables CHROMIUM, FIREFOX and WEBKIT_DRIVER say where one is. `python -m tests.browsers`
tells which are missing, and `--install` first installs Chromium, the one that is required.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from scripts.publish import chromium as system
from scripts.publish.chromium import named, starts

MISSING = {
    "Chromium": "No Chromium that starts was found: install Chromium, Google Chrome or Microsoft "
    "Edge (on Debian: `apt install chromium fonts-liberation`), or set CHROMIUM to where one is.",
    "Firefox": "Firefox is not installed, so its tests are left out: on Debian "
    "`apt install firefox-esr`, or set FIREFOX to where one is.",
    "WebKit": "WebKitGTK's driver or Xvfb is not installed, so its tests are left out: on Debian "
    "`apt install webkit2gtk-driver xvfb`.",
}


def is_program(driver: str) -> bool:
    """Say whether this can be run; WebKit's driver has no --version that would tell more."""
    return shutil.which(driver) is not None


def playwrights() -> str:
    """Return where Playwright keeps the Chromium that it downloads, present or not."""
    # In a process of its own, because Playwright cannot be started twice in one.
    ask = "with __import__('playwright.sync_api').sync_api.sync_playwright() as p:"
    command = [sys.executable, "-c", f"{ask} print(p.chromium.executable_path)"]
    return subprocess.run(command, capture_output=True, text=True).stdout.strip()


def chromium() -> str:
    """Return a Chromium that starts: the one named, the system's or Playwright's, or else ""."""
    return system.found() or next(filter(starts, (playwrights(),)), "")


def firefox() -> str:
    """Return a Firefox that starts: the one named or the system's, or else ""."""
    places = (
        shutil.which("firefox-esr"),
        shutil.which("firefox"),
        "/Applications/Firefox.app/Contents/MacOS/firefox",
        str(Path(os.environ.get("PROGRAMFILES", "")) / "Mozilla Firefox" / "firefox.exe"),
    )
    return named("FIREFOX", starts) or next(filter(starts, filter(None, places)), "")


def webkit_driver() -> str:
    """Return WebKitGTK's driver, or "" without it or Xvfb, the screen that nobody sees."""
    driver = named("WEBKIT_DRIVER", is_program) or shutil.which("WebKitWebDriver") or ""
    return driver if shutil.which("Xvfb") else ""


def install_chromium() -> None:
    """Install Debian's Chromium if this is its root, or else Playwright's, and say so first."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        # Some tests measure words in Liberation, as wide as the typeface of many readers.
        packages = ("chromium", "fonts-liberation")
        print(f"No Chromium was found: installing Debian's {' and '.join(packages)}.", flush=True)
        subprocess.run(["apt-get", "-qq", "update"])
        subprocess.run(["apt-get", "-qq", "install", "-y", "--no-install-recommends", *packages])
    if not chromium():
        print("No Chromium was found: downloading the one that Playwright offers.", flush=True)
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"])


def main(arguments: list[str]) -> int:
    """Tell each browser that is missing; the exit code is 1 if that is Chromium."""
    try:
        if "--install" in arguments and not chromium():
            install_chromium()
        found = {"Chromium": chromium(), "Firefox": firefox(), "WebKit": webkit_driver()}
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 1
    for browser, place in found.items():
        if not place:
            print(MISSING[browser], flush=True)
    return 0 if found["Chromium"] else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
