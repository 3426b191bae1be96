"""The single file, opened from a disk in a real browser: both checks, and not one request."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, TimeoutError, expect

from calculator import REVIEW_DUE, __version__
from calculator import browser as door
from scripts.publish import downloads
from tests.browser import stick
from tests.browser.axe import axe, thin
from tests.browser.cpython import asked
from tests.browser.sites import BELOW, serving
from tests.browser.states import PROBLEMS, RESULTS
from tests.browser.test_look import tokens

pytestmark = [pytest.mark.browser, pytest.mark.engine]

STATES = {name: address.partition("#")[2] for name, address in (RESULTS | PROBLEMS).items()}

RESET = """() => {
  history.replaceState(null, "", location.pathname);
  document.querySelectorAll(".result, .problem-summary").forEach((old) => old.remove());
  document.querySelectorAll("form").forEach((form) => form.reset());
  document.querySelectorAll("details").forEach((one) => { one.open = false; });
  scrollTo(0, 0);
}"""
STOPPED = "The check gave no answer: stopped"  # for developers, where a reader pressed Stop
SHOWN = ".result, .problem-summary"


@pytest.fixture(scope="module")
def file(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return stick.copied(built, tmp_path_factory.mktemp("stick"))


@pytest.fixture(scope="module")
def published(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a site that has an address."""
    return stick.published(built, tmp_path_factory.mktemp("published"))


class Heard(NamedTuple):
    """What a page asked for and said since it was opened, or since the last test."""

    requests: list[str]
    words: list[str]


@contextmanager
def opened(browser: Browser, file: Path) -> Iterator[tuple[Page, Heard]]:
    """The file in a browser without a connection, and what is heard of it."""
    context = browser.new_context(
        offline=True, permissions=["clipboard-read", "clipboard-write"], accept_downloads=True
    )
    page = context.new_page()
    heard = Heard([], [])
    page.on("request", lambda request: heard.requests.append(request.url))
    page.on("console", lambda message: heard.words.append(message.text))
    page.on("pageerror", lambda error: heard.words.append(error.message))
    page.goto(file.as_uri())
    yield page, heard
    context.close()


def nothing_else(file: Path, heard: Heard) -> None:
    """The file has asked for nothing but itself, and has not complained."""
    ours = (file.as_uri(), "blob:", "data:")
    assert [url for url in heard.requests if not url.startswith(ours)] == []
    assert [word for word in heard.words if word.strip() != STOPPED] == []


@pytest.fixture(scope="module")
def open_file(browser: Browser, file: Path) -> Iterator[tuple[Page, Heard]]:
    """One page for all tests that do not ask how the file starts: Python goes on running."""
    with opened(browser, file) as found:
        yield found


@pytest.fixture
def page(open_file: tuple[Page, Heard], file: Path) -> Iterator[Page]:
    """The open file as it was before anybody filled it in."""
    page, heard = open_file
    page.evaluate(RESET)
    page.emulate_media(media="screen")
    heard.requests[:] = heard.words[:] = []
    yield page
    nothing_else(file, heard)


SERUM = '{"check": "serum", "answers": [["value", "1.00"], ["unit", "mmol/L"]]}'


def serum(page: Page) -> None:
    page.fill("#value", "1.00")
    page.check("input[name=unit][value='mmol/L']")
    page.click("form[data-check=serum] .md-button--primary")
    page.wait_for_selector("[data-result=serum]")


@pytest.mark.slow
def test_a_blood_result_is_answered_from_a_disk(browser: Browser, file: Path) -> None:
    """From the opening on, with nothing asked for: the result, and its row marked in the table."""
    with opened(browser, file) as (page, heard):
        serum(page)
        result = page.locator("[data-result=serum]")
        expect(result).to_have_attribute("data-status", "ok")
        expect(page.locator("table[data-table=serum] tr[aria-current]")).to_have_count(1)
    nothing_else(file, heard)


@pytest.mark.slow
def test_a_day_is_answered_from_a_disk_after_the_other_check(page: Page) -> None:
    """One Python answers both forms of the file."""
    serum(page)
    page.fill("#age", "35")
    page.check("input[name=sex][value=male]")
    page.fill("#food", "300")
    page.click("form[data-check=intake] .md-button--primary")
    page.wait_for_selector("[data-result=intake]")
    expect(page.locator("[data-result=intake] .summary")).to_contain_text("100.0% of 300mg")
    assert len(page.workers) == 1


def test_a_problem_is_told_from_a_disk(page: Page) -> None:
    """What cannot be read is said beside its question."""
    page.fill("#value", "1.7.1")
    page.click("form[data-check=serum] .md-button--primary")
    expect(page.locator("form[data-check=serum] .problem-summary")).to_be_visible()
    expect(page.locator("#value-problem")).not_to_be_empty()


def test_tables_and_sources_are_in_the_file(page: Page) -> None:
    """Everything can be checked by hand: each table that a check reckons with, each source."""
    for table in ("serum", "foods"):
        expect(page.locator(f"table[data-table={table}] tbody tr")).not_to_have_count(0)
    captions = " ".join(page.locator("table caption").all_text_contents())
    for words in ("CTCAE", "Limits for magnesium", "Magnesium compounds", "Published ranges"):
        assert words in captions
    for check in range(2):
        sources = page.locator("article").nth(check).locator("a[href^='#fnref:']")
        expect(sources).not_to_have_count(0)


def test_the_file_says_what_it_is_and_what_it_does_not_tell(page: Page) -> None:
    """Its version, its day, its limits, and whom to call, which is folded and found by a link."""
    header = page.locator("header")
    expect(header).to_contain_text(f"Version {__version__} of the calculator")
    expect(header).to_contain_text(re.compile(r"made on \d{1,2} \w+ 20\d\d"))
    expect(header).to_contain_text("does not update itself")
    expect(header).to_contain_text("It does not say what is wrong")
    emergency = page.get_by_text("Call 999 (UK), 112 (EU) or 911 (US)").first
    expect(emergency).to_be_hidden()
    header.get_by_role("link", name="Signs that need help now").click()
    expect(emergency).to_be_visible()
    expect(page.locator("#intended-purpose, [id^=what-are-the-checks-for]")).to_have_count(1)


SAME_AS_MEANT = """html => {
  const meant = document.createElement("div");
  meant.innerHTML = html;
  const bare = (place) => {
    const copy = place.cloneNode(true);
    const filled = "time, .page-version, .origin, [data-challenge]"; // by the page
    copy.querySelectorAll(filled).forEach((one) => one.remove());
    return copy.innerHTML;
  };
  const shown = document.querySelector(".result, .problem-summary");
  return shown && bare(shown) === bare(meant.firstElementChild);
}"""
OPEN = """answers => {
  // The file has both forms: what the other one shows would be found first.
  document.querySelectorAll(".result, .problem-summary").forEach((old) => old.remove());
  location.hash = answers;
}"""


@pytest.mark.slow
def test_every_state_is_answered_from_a_disk_as_by_cpython(page: Page) -> None:
    """Each result and each problem of both checks, to the letter of its HTML."""
    for name, answers in STATES.items():
        said = json.loads(door.run(asked((RESULTS | PROBLEMS)[name])))
        page.evaluate(OPEN, answers)
        try:
            page.wait_for_function(SAME_AS_MEANT, arg=said["html"])
        except TimeoutError:
            shown = page.locator(SHOWN).all_text_contents()
            pytest.fail(f"{name}: what is shown is not what CPython says: {shown}")


def test_a_result_from_a_disk_is_kept_without_the_path_of_the_disk(page: Page, file: Path) -> None:
    """The text and the JSON are the site's. A folder's name is nobody's business: no link."""
    serum(page)
    page.click("[data-keep=copy]")
    expect(page.locator("[data-kept]")).to_have_text("Copied")
    text = page.evaluate("navigator.clipboard.readText()")
    assert f"version {__version__} of the calculator" in text
    assert "file:" not in text
    assert file.parent.name not in text
    expect(page.locator("[data-keep=link]")).to_be_hidden()
    with page.expect_download() as waiting:
        page.click("[data-keep=json]")
    record = json.loads(waiting.value.path().read_text("utf-8"))
    assert (record.pop("date") != "", record) == (True, json.loads(door.run(SERUM))["record"])


@pytest.mark.slow
def test_a_link_from_a_disk_leads_to_the_live_page(browser: Browser, published: Path) -> None:
    """Where the site has an address, the file names it, and a link has the answers behind it."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(published.as_uri())
    expect(page.locator("header")).to_contain_text(f"The newest one is at {stick.LIVE}")
    serum(page)
    page.click("[data-keep=link]")
    expect(page.locator("[data-kept]")).to_contain_text("Link copied")
    address, _, answers = page.evaluate("navigator.clipboard.readText()").partition("#")
    assert address == f"{stick.LIVE}blood-test/"
    assert parse_qs(answers) == {"value": ["1.00"], "unit": ["mmol/L"]}
    context.close()


def test_a_source_of_a_result_is_found_without_a_connection(page: Page) -> None:
    """It leads to the full reference in this file, and the reader is taken there."""
    serum(page)
    page.locator("[data-result] .summary .source-numbers a").first.click()
    fragment = urlsplit(page.url).fragment
    assert fragment.startswith("ref-")
    expect(page.locator(f"[id='{fragment}']")).to_be_in_viewport()


def test_a_printed_result_is_a_sheet_and_not_the_file(page: Page) -> None:
    """On paper, nothing but the result and what its page says about itself."""
    serum(page)
    page.emulate_media(media="print")
    expect(page.locator("[data-result=serum]")).to_be_visible()
    expect(page.locator("header")).to_be_hidden()
    expect(page.locator("form[data-check=intake]")).to_be_hidden()
    expect(page.locator(".folded").first).to_be_hidden()
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1


def test_a_folded_page_is_opened_where_the_browser_does_not(page: Page) -> None:
    """Whoever follows a link to the signs that need help must not land on a closed page."""
    page.locator("header").get_by_role("link", name="Signs that need help now").click()
    page.evaluate("document.querySelectorAll('.folded').forEach((one) => { one.open = false; })")
    page.evaluate("dispatchEvent(new HashChangeEvent('hashchange'))")
    expect(page.locator("#signs-from-first-to-worst")).to_be_in_viewport()


@pytest.mark.slow
def test_a_wait_is_ended_and_tried_again_from_a_disk(browser: Browser, file: Path) -> None:
    """Stop leaves the answers where they are, in words, and the next try is answered."""
    with opened(browser, file) as (page, heard):
        end_and_try_again(page)
    nothing_else(file, heard)


def end_and_try_again(page: Page) -> None:
    """Press Stop while Python starts, and then Try again."""
    page.fill("#value", "1.00")
    page.check("input[name=unit][value='mmol/L']")
    # While Python starts, before a quick machine has started it.
    page.evaluate(
        """() => {
          const form = document.getElementById("serum");
          form.requestSubmit();
          form.querySelector("[data-stop]").click();
        }"""
    )
    stopped = page.locator("form[data-check=serum] [data-failure=stopped]")
    expect(stopped).to_be_visible()
    assert page.input_value("#value") == "1.00"
    stopped.get_by_role("button").click()
    page.wait_for_selector("[data-result=serum]")


@pytest.mark.slow
@pytest.mark.parametrize(("scheme", "palette"), [("light", "default"), ("dark", "slate")])
def test_the_file_passes_axe_in_both_palettes(
    browser: Browser, file: Path, scheme: str, palette: str
) -> None:
    """The device's own colours without a menu; folded or open, with a result, with problems."""
    page = browser.new_context(offline=True, viewport={"width": 320, "height": 700}).new_page()
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(file.as_uri())
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    parts = [str(int(tokens(palette)["ground"][at : at + 2], 16)) for at in (1, 3, 5)]
    assert ground == f"rgb({', '.join(parts)})"
    thin(page)
    assert axe(page, colours=scheme == "dark") == []
    serum(page)
    page.click("form[data-check=intake] .md-button--primary")
    page.wait_for_selector(".problem-summary")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert axe(page, colours=scheme == "dark") == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.context.close()


def test_without_scripts_the_file_is_read(browser: Browser, file: Path) -> None:
    """The tables, and words for what the forms would do; folded pages open by themselves."""
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(file.as_uri())
    expect(page.locator("form").first).to_be_hidden()
    words = page.locator("noscript p", has_text="This form works out an answer in your browser")
    expect(words).to_have_count(2)
    expect(words.first).to_be_visible()
    expect(page.locator(".damaged")).to_have_count(0)
    expect(page.locator("table[data-table=serum]")).to_be_visible()
    page.locator("header").get_by_role("link", name="Signs that need help now").click()
    expect(page.get_by_text("Call 999 (UK), 112 (EU) or 911 (US)").first).to_be_visible()
    page.context.close()


def test_the_file_says_that_its_review_is_overdue(browser: Browser, file: Path) -> None:
    """Above each check, by its reader's clock, and not before."""
    with opened(browser, file) as (page, _):
        lines = page.locator("article:has(form) [data-due]")
        for day, count in ((REVIEW_DUE, 0), ("2100-01-01", 2)):
            page.clock.set_fixed_time(day)
            page.reload()
            expect(lines.filter(visible=True)).to_have_count(count)


@pytest.mark.slow
def test_a_request_would_be_seen(browser: Browser, file: Path, tmp_path: Path) -> None:
    """Planted in page and worker it is noted; the file's policy refuses it, and none arrives."""
    with serving(tmp_path) as server:
        heard: list[str] = []
        for policy in (True, False):
            page = browser.new_context().new_page()
            noted: list[str] = []
            page.on("request", lambda request, noted=noted: noted.append(request.url))
            page.goto(stick.asking(file, server.origin + BELOW, tmp_path, policy=policy).as_uri())
            serum(page)
            heard.append(" ".join(server.asked))
            page.context.close()
        assert heard[0] == "", "the policy let one out"
        assert {f"{server.origin}{BELOW}{who}" for who in ("page", "worker")} <= set(noted)


def test_the_site_offers_the_file_with_its_size(built: Path) -> None:
    """Beside both forms and where offline use is told, at an address that is right from there."""
    size = f"{(built / downloads.SINGLE).stat().st_size / 1e6:.1f}MB"
    for check in ("blood-test", "how-much", "about/offline"):
        text = (built / check / "index.html").read_text("utf-8")
        offer = re.search(r'<p class="single-file">.*?<a href="([^"]*)" download>.*?</p>', text)
        assert offer
        assert (built / check / offer[1]).resolve() == (built / downloads.SINGLE).resolve()
        assert f"(HTML, {size})" in offer[0]
    assert (
        'class="single-file"'
        not in (built / downloads.SINGLE).read_text("utf-8").partition("<main")[2]
    )


@pytest.mark.slow
def test_the_offer_is_a_download(browser: Browser, built: Path) -> None:
    """A click keeps the whole file and leaves the page, with what was typed, where it is."""
    with serving(built) as server:
        page = browser.new_context(accept_downloads=True).new_page()
        page.goto(f"{server.origin}{BELOW}blood-test/")
        page.fill("#value", "1.00")
        with page.expect_download() as waiting:
            page.click(".single-file a")
        assert waiting.value.suggested_filename == downloads.SINGLE
        assert waiting.value.path().read_bytes() == (built / downloads.SINGLE).read_bytes()
        assert page.input_value("#value") == "1.00"
        page.context.close()


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
