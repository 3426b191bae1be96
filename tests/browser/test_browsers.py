"""The browsers that are found, and what is told of those that are not."""

import re
from pathlib import Path

import pytest

from scripts.publish import chromium
from tests import browsers


def test_on_windows_a_browser_is_sought_where_its_installer_puts_it() -> None:
    """Chrome, Chromium and Edge are sought in each folder that the environment names."""
    environ = {"PROGRAMFILES": r"C:\Program Files", "LOCALAPPDATA": r"D:\L"}
    places = list(chromium.chromiums("nt", environ))
    assert r"C:\Program Files\Microsoft\Edge\Application\msedge.exe" in places
    assert r"D:\L\Google\Chrome\Application\chrome.exe" in places
    assert not [place for place in places if place.startswith("\\")]


def test_a_file_that_only_says_how_to_get_a_browser_is_no_browser(tmp_path: Path) -> None:
    """What cannot start, or ends in failure, is passed over."""
    stub = tmp_path / "chromium"
    stub.write_text("#!/bin/sh\nexit 1\n")
    stub.chmod(0o755)
    assert not chromium.starts(str(stub))
    assert not chromium.starts(str(tmp_path / "absent"))


@pytest.mark.parametrize("variable", ["CHROMIUM", "FIREFOX", "WEBKIT_DRIVER"])
def test_a_browser_named_by_mistake_is_named_back(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], variable: str
) -> None:
    """A browser that was named is never passed over in silence for another."""
    monkeypatch.setenv(variable, "no-such-browser")
    assert browsers.main([]) == 1
    assert f"{variable} names no-such-browser, which does not start" in capsys.readouterr().err


def test_every_browser_that_is_missing_is_told_with_the_line_that_installs_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Only the want of Chromium fails, and nothing is installed unasked."""
    for variable in ("CHROMIUM", "FIREFOX", "WEBKIT_DRIVER"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
    monkeypatch.setattr(browsers, "install_chromium", lambda: pytest.fail("was not asked for"))
    assert browsers.main([]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [re.findall(r"`apt install ([^`]+)`", line) for line in lines] == [
        ["chromium fonts-liberation"],
        ["firefox-esr"],
        ["webkit2gtk-driver xvfb"],
    ]
