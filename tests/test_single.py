"""The single file, opened from a disk in a real browser: both checks, and not one request."""

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from scripts import single

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def file(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file alone in a folder, as on a stick."""
    place = tmp_path_factory.mktemp("stick") / single.NAME
    shutil.copy(single.write(built), place)
    return place


@pytest.fixture
def page(browser: Browser, file: Path) -> Iterator[Page]:
    context = browser.new_context(offline=True)
    page = context.new_page()
    asked: list[str] = []
    words: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: words.append(message.text))
    page.on("pageerror", lambda error: words.append(error.message))
    page.goto(file.as_uri())
    yield page
    context.close()
    strangers = [url for url in asked if not url.startswith((file.as_uri(), "blob:", "data:"))]
    assert strangers == [], "the file asks for something"
    assert words == [], "the file complains"


def serum(page: Page) -> None:
    page.fill("#value", "1.00")
    page.check("input[name=unit][value='mmol/L']")
    page.click("form[data-check=serum] .md-button--primary")
    page.wait_for_selector("[data-result=serum]", timeout=30_000)


def test_a_blood_result_is_answered_from_a_disk(page: Page) -> None:
    """The result, its row marked in the table, and the same figures as on the site."""
    serum(page)
    result = page.locator("[data-result=serum]")
    expect(result).to_have_attribute("data-status", "ok")
    expect(page.locator("table[data-table=serum] tr[aria-current]")).to_have_count(1)


def test_a_day_is_answered_from_a_disk_after_the_other_check(page: Page) -> None:
    """One Python answers both forms of the file."""
    serum(page)
    page.fill("#age", "35")
    page.check("input[name=sex][value=male]")
    page.fill("#food", "300")
    page.click("form[data-check=intake] .md-button--primary")
    page.wait_for_selector("[data-result=intake]", timeout=30_000)
    expect(page.locator("[data-result=intake] .summary")).to_contain_text("100.0% of 300mg")
    assert len(page.workers) == 1


def test_a_problem_is_told_from_a_disk(page: Page) -> None:
    """What cannot be read is said beside its question."""
    page.fill("#value", "1,7")
    page.click("form[data-check=serum] .md-button--primary")
    expect(page.locator("form[data-check=serum] .problem-summary")).to_be_visible(timeout=30_000)
    expect(page.locator("#value-problem")).not_to_be_empty()


def test_tables_and_sources_are_in_the_file(page: Page) -> None:
    """Everything can be checked by hand where scripts do not run."""
    expect(page.locator("table[data-table=serum] tbody tr")).not_to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_have_count(2)
    for page_of_sources in range(2):
        sources = page.locator("article").nth(page_of_sources).locator("a[href^='#fnref:']")
        expect(sources).not_to_have_count(0)


def test_every_link_leads_somewhere(file: Path) -> None:
    """A link inside leads to an id of the file, any other to an address in full."""
    text = re.sub(r"<script.*?</script>", "", file.read_text("utf-8"), flags=re.DOTALL)
    ids = set(re.findall(r'\sid="([^"]+)"', text))
    links = re.findall(r'\shref="([^"]*)"', text)
    assert len(links) > 50
    assert [link for link in links if link.startswith("#") and link[1:] not in ids] == []
    assert [link for link in links if not re.match(r"#|[a-z]+:", link)] == []


def test_an_id_is_used_once(file: Path) -> None:
    """Two pages in one file do not answer for each other's fields and sources."""
    text = re.sub(r"<script.*?</script>", "", file.read_text("utf-8"), flags=re.DOTALL)
    text = re.sub(r"<template.*?</template>", "", text, flags=re.DOTALL)
    counted = Counter(re.findall(r'\sid="([^"]+)"', text))
    assert [name for name, count in counted.items() if count > 1] == []
    assert {"value", "age", "serum", "intake"} <= set(counted)
