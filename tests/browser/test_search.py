"""The site's search: the words that people type, and the page that each should find first."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from calculator.words.form import FORMS
from tests.browser.reader import go
from tests.browser.sites import BELOW, Site

pytestmark = pytest.mark.browser

# Where somebody who types this wants to be, and why.
WANTED = {
    "0.7": "blood-test/",  # where many laboratories' range begins
    "cramps": "questions/",  # asked there, and answered: this site is about bones
    "Epsom": "supplements/",  # what its label means
    "glycinate": "supplements/",
    "hypomagnesaemia": "low-magnesium/",
    "hypomagnesemia": "low-magnesium/",  # as it is spelt in the US
    "kidney": "too-much/",  # who is at risk
    "Mg": "supplements/",  # it stands on labels: as the element, and as the unit
    "milk of magnesia": "too-much/",  # a laxative, which counts: who should ask first
    "mmol/L": "blood-test/",
    "omeprazole": "medicines/",
    "osteopenia": "fractures/",  # what studies of bone density found
    "PPI": "medicines/",
    "pregnancy": "how-much/",
    "PTH": "bone/",
    "RBC": "blood-test/",  # which test this check does not read
    "too much": "too-much/",
    "water tablets": "medicines/",
}

# The first link once the search has answered, and an empty string where it found nothing.
FIRST = """() => {
  const said = document.querySelector(".md-search-result__meta").textContent;
  const link = document.querySelector(".md-search-result__link");
  return /matching/.test(said) && (link || /^\\s*No/.test(said)) && { page: link?.pathname ?? "" };
}"""
EMPTY = "() => !document.querySelector('.md-search-result__link')"


@pytest.fixture(scope="module")
def page(browser: Browser, site: Site) -> Iterator[Page]:
    """One page for all of the words, with its search open."""
    context = browser.new_context(service_workers="block", reduced_motion="reduce")
    page = context.new_page()
    go(page, site, "about/licence/")
    page.locator("input[data-md-component=search-query]").focus()
    yield page
    context.close()


def first(page: Page, words: str) -> str:
    """Type words into the search and return the page that it shows first, as an address of ours.

    The search hears keys alone. All but the last letter are put into the box without one, so that
    it is asked once, and what it shows is no answer to a part of the words.
    """
    box = page.locator("input[data-md-component=search-query]")
    for before, key in (("x", "Backspace"), (words[:-1], words[-1])):
        box.fill(before)
        box.press(key)
        if key == "Backspace":
            page.wait_for_function(EMPTY)
    found: str = page.wait_for_function(FIRST).json_value()["page"]
    return found.removeprefix(BELOW)


@pytest.mark.slow
@pytest.mark.parametrize(("words", "wanted"), WANTED.items())
def test_what_people_search_finds_the_right_page_first(page: Page, words: str, wanted: str) -> None:
    assert first(page, words) == wanted


def test_forms_references_and_examples_are_not_searched(built: Path) -> None:
    """They name every word of the site, and are the answer to none. What is around them stays."""
    index = json.loads((built / "search" / "search_index.json").read_text("utf-8"))
    titles = {section["title"] for section in index["docs"]}
    texts = {section["location"]: section["text"] for section in index["docs"]}
    assert not [title for title in titles if title.startswith("References")]
    assert not titles & {form.title for form in FORMS.values()}
    assert "doi.org" not in texts["sources/#every-source"]
    assert texts["examples/#blood-results"] == ""
    assert texts["how-much/"].startswith("<p>")
    assert texts["how-much/#work-it-out-by-hand"]
