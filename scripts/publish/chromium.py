"""The Chromium that prints: the one that CHROMIUM names, or the system's."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path


def starts(browser: str) -> bool:
    """Say whether this is a browser that starts, rather than a stub that says how to get one."""
    if os.name == "nt":  # There --version would open a window.
        return Path(browser).is_file()
    try:
        version = subprocess.run([browser, "--version"], capture_output=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return version.returncode == 0


def named(variable: str, works: Callable[[str], bool]) -> str:
    """Return the browser that this variable names, or "" if it is not set; raise if it fails."""
    browser = os.environ.get(variable, "")
    if browser and not works(browser):
        raise FileNotFoundError(
            f"{variable} names {browser}, which does not start: correct it or unset it."
        )
    return browser


def chromiums(system: str, environ: Mapping[str, str]) -> Iterator[str]:
    """Name where a Chromium may be on this `os.name`, the likeliest first."""
    chrome = ("google-chrome", "google-chrome-stable", "chrome")
    edge = ("microsoft-edge", "microsoft-edge-stable", "msedge")
    yield from filter(None, map(shutil.which, ("chromium", "chromium-browser", *chrome, *edge)))
    if system == "nt":
        for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
            if folder := environ.get(name):
                yield rf"{folder}\Google\Chrome\Application\chrome.exe"
                yield rf"{folder}\Chromium\Application\chrome.exe"
                yield rf"{folder}\Microsoft\Edge\Application\msedge.exe"
    else:
        for name in ("Chromium", "Google Chrome", "Microsoft Edge"):
            yield f"/Applications/{name}.app/Contents/MacOS/{name}"


def found() -> str:
    """Return a Chromium that starts: the one named or the system's, or else ""."""
    return named("CHROMIUM", starts) or next(filter(starts, chromiums(os.name, os.environ)), "")
