"""Terms that explain themselves where a page uses them first."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from markdown import Markdown
from markdown.extensions import Extension
from playwright.sync_api import Browser, Page, expect

from scripts.blocks import glossary
from scripts.pages.fault import FaultsError
from tests.browser.sites import BELOW, Site, serving
from tests.conftest import ROOT

LINES = """---
tooltips:
  PTH: Parathyroid hormone (PTH)
  serum: Serum
  bone: Bone (hard tissue)
---
- **Bone (hard tissue)**: what holds us up.
- **Parathyroid hormone (PTH)**: what raises calcium. It does more [@a2001].
- **Serum**: the clear part of blood [@a2001].
"""


@pytest.fixture
def md(tmp_path: Path) -> Markdown:
    """Markdown with a small glossary."""
    file = tmp_path / "glossary.md"
    file.write_text(LINES, encoding="utf-8")

    class Small(Extension):
        def extendMarkdown(self, md: Markdown) -> None:
            md.treeprocessors.register(glossary.Terms(md, file), "glossary", 16)

    return Markdown(extensions=[Small()])


def marked(md: Markdown, text: str) -> str:
    html: str = md.reset().convert(text)
    for term, words in (
        ("PTH", "parathyroid hormone: what raises calcium"),
        ("serum", "the clear part of blood"),
    ):
        for shown in {term, term.capitalize()}:
            mark = f'<abbr class="term" tabindex="0" title="{words}">{shown}</abbr>'
            html = html.replace(mark, f"<{shown}>")
    return html.removeprefix("<p>").removesuffix("</p>")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("PTH and PTH.", "<PTH> and PTH."),
        ("Serum, then serum.", "<Serum>, then serum."),
        ("Not pth, not serums, not pre-serum.", "Not pth, not serums, not pre-serum."),
        ("*a* serum *PTH* PTH", "<em>a</em> <serum> <em><PTH></em> PTH"),
        ("`serum` [serum](x.md) serum", '<code>serum</code> <a href="x.md">serum</a> <serum>'),
        ("serum PTH serum PTH end", "<serum> <PTH> serum PTH end"),
    ],
)
def test_only_the_first_use_of_a_whole_word_is_marked(md: Markdown, text: str, html: str) -> None:
    """In the order of reading, and not inside what has a use of its own."""
    assert marked(md, text) == html


def test_each_page_begins_anew(md: Markdown) -> None:
    """What one page has explained the next explains again."""
    assert marked(md, "PTH") == marked(md, "PTH") == "<PTH>"


def test_a_heading_is_left_alone(md: Markdown) -> None:
    """A heading is a name that links and lists repeat."""
    assert marked(md, "# PTH\n\nPTH").startswith("<h1>PTH</h1>\n<p><PTH>")


def test_the_words_are_the_first_sentence_of_the_entry(tmp_path: Path) -> None:
    """Behind the other name of what it explains, and without a source."""
    file = tmp_path / "glossary.md"
    file.write_text(LINES, encoding="utf-8")
    assert glossary.read(file) == {
        "PTH": "parathyroid hormone: what raises calcium",
        "serum": "the clear part of blood",
        "bone": "hard tissue: what holds us up",
    }


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (LINES.replace("**Serum**", "**Plasma**"), "glossary.md:1: no entry is called 'Serum'"),
        (LINES + "- **Serum**: again.\n", "glossary.md:9: 'Serum' stands twice"),
    ],
)
def test_a_faulty_entry_stops_the_build(tmp_path: Path, lines: str, message: str) -> None:
    """With file and line."""
    file = tmp_path / "glossary.md"
    file.write_text(lines, encoding="utf-8")
    with pytest.raises(FaultsError, match=message):
        glossary.read(file)


def test_the_sites_own_glossary_can_be_read() -> None:
    """Every line is an entry."""
    assert len(glossary.read(ROOT / glossary.FILE)) > 10


# ----------------------------------------------------------------------------- browser


@pytest.fixture(scope="module")
def site(built: Path) -> Iterator[Site]:
    with serving(built) as server:
        yield server


def term(page: Page, site: Site) -> str:
    """Open a page with a term, and return its explanation."""
    page.goto(f"{site.origin}{BELOW}too-much/")
    return page.locator("abbr.term").first.get_attribute("title") or ""


@pytest.mark.browser
def test_a_term_explains_itself_to_the_keyboard(browser: Browser, site: Site) -> None:
    """Focus shows the explanation and joins it to the term; leaving takes it away."""
    page = browser.new_page(reduced_motion="reduce")
    words = term(page, site)
    page.locator("abbr.term").first.focus()
    tooltip = page.get_by_role("tooltip")
    expect(tooltip).to_have_text(words)
    described = str(tooltip.get_attribute("id"))
    expect(page.locator("abbr.term").first).to_have_attribute("aria-describedby", described)
    page.keyboard.press("Tab")
    expect(tooltip).to_have_count(0)
    page.close()


@pytest.mark.browser
def test_a_term_explains_itself_to_a_finger(browser: Browser, site: Site) -> None:
    """A tap is enough; there is no hover on a phone."""
    context = browser.new_context(
        has_touch=True, is_mobile=True, viewport={"width": 320, "height": 640}
    )
    page = context.new_page()
    words = term(page, site)
    page.locator("abbr.term").first.tap()
    expect(page.get_by_role("tooltip")).to_have_text(words)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()


@pytest.mark.browser
def test_a_term_explains_itself_to_a_mouse_in_a_box_with_an_edge(
    browser: Browser, site: Site
) -> None:
    """In the size of the text; it stays while the mouse is on it, and goes by Escape."""
    page = browser.new_page(reduced_motion="reduce")
    words = term(page, site)
    first = page.locator("abbr.term").first
    first.hover()
    tooltip = page.get_by_role("tooltip")
    tooltip.hover()
    expect(tooltip).to_have_text(words)
    style = "e => [getComputedStyle(e).fontSize, getComputedStyle(e).borderTopWidth]"
    assert tooltip.evaluate(style) == ["17px", "2px"]
    page.keyboard.press("Escape")
    expect(tooltip).to_have_count(0)
    expect(first).to_have_attribute("title", words)
    page.close()
