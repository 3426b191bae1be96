"""The single file after a bad journey: whatever was lost, a reader is told so in words."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from scripts.runtime import build as runtime
from tests.browser import stick
from tests.browser.axe import axe

pytestmark = [pytest.mark.browser, pytest.mark.engine]

PYODIDE = (runtime.STARTER, runtime.GLUE, runtime.ENGINE)
FILES = [*PYODIDE, runtime.LIBRARY, runtime.CALCULATOR, runtime.PACKAGES]


@pytest.fixture(scope="module")
def whole(built: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return stick.copied(built, tmp_path_factory.mktemp("stick")).read_bytes()


def opened(browser: Browser, folder: Path, content: bytes) -> Page:
    file = folder / "damaged.html"
    file.write_bytes(content)
    page = browser.new_context(offline=True).new_page()
    page.goto(file.as_uri())
    return page


def flipped(content: bytes, at: int) -> bytes:
    """One letter of base64 turned into another."""
    return content[:at] + (b"B" if content[at : at + 1] == b"A" else b"A") + content[at + 1 :]


def cut(share: float) -> Callable[[bytes], bytes]:
    return lambda content: content[: int(len(content) * share)]


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "cut within the styles": lambda whole: whole[: whole.index(b"</style>")],
    "cut within the pages": lambda whole: whole[: whole.index(b"<article") + 9_000],
    "cut to half": cut(0.5),
    "cut within the last script": lambda whole: whole[: whole.rindex(b"requestSubmit")],
    "a letter of the last script": lambda whole: whole.replace(b"requestSubmit", b"requestSubmot"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", DAMAGE)
def test_a_file_that_is_not_whole_says_so(
    browser: Browser, whole: bytes, tmp_path: Path, name: str
) -> None:
    """At once, without being asked; forms that nothing stands behind are not offered."""
    damaged = DAMAGE[name](whole)
    assert damaged != whole
    page = opened(browser, tmp_path, damaged)
    expect(page.locator(".damaged")).to_be_visible()
    expect(page.locator(".damaged")).to_contain_text("Download the file again")
    for form in page.locator("form.check").all():
        expect(form).to_be_hidden()
    # What is left of the page is looked at once; what the damage has added, each time.
    assert axe(page, *(() if name == "cut to half" else [".damaged"])) == []
    page.context.close()


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_a_changed_letter_of_the_runtime_is_told(
    browser: Browser, whole: bytes, tmp_path: Path, name: str
) -> None:
    """One letter of any file in it: the check ends in words and the answers stay."""
    start = whole.index(f'"{name}": "'.encode()) + len(name) + 5
    end = whole.index(b'"', start)
    page = opened(browser, tmp_path, flipped(whole, (start + end) // 2))
    page.fill("#value", "1.00")
    page.click("form[data-check=serum] .md-button--primary")
    failure = page.locator("form[data-check=serum] [data-failure=corrupt]")
    expect(failure).to_be_visible()
    expect(failure).to_contain_text("Part of this file is damaged")
    expect(failure).to_contain_text("Your answers are still here")
    page.context.close()


@pytest.mark.slow
def test_a_letter_that_ends_the_text_of_the_runtime_is_told(
    browser: Browser, whole: bytes, tmp_path: Path
) -> None:
    """A quotation mark among the base64 leaves the worker without a script."""
    at = whole.index(b'"pyodide.asm.wasm": "') + 1000
    page = opened(browser, tmp_path, whole[:at] + b'"' + whole[at + 1 :])
    page.click("form[data-check=serum] .md-button--primary")
    failure = page.locator("form[data-check=serum] [data-failure=died]")
    expect(failure).to_be_visible()
    expect(failure).to_contain_text("part of this file is damaged")
    assert axe(page, "form[data-check=serum]") == []
    page.context.close()
