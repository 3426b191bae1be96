"""Nothing moves under a reader's eyes: at the load of a page, and when an answer comes late.

The measure is the browser's own (Layout Instability): how much of the screen moved, by how far.
"""

from collections.abc import Iterator
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route

from tests.browser.sites import BELOW, Site
from tests.browser.states import INTAKE, SERUM

pytestmark = [pytest.mark.browser, pytest.mark.engine, pytest.mark.slow]

MOST = 0.02
SCREENS = {"phone": (360, 740), "desk": (1280, 800)}
WATCH = """
  self.shifts = [];
  const note = (list) => shifts.push(
    ...list.getEntries().map(({ value, hadRecentInput }) => ({ value, hadRecentInput })));
  self.watch = new PerformanceObserver(note);
  watch.observe({ type: "layout-shift", buffered: true });
  self.moved = () => { note({ getEntries: () => watch.takeRecords() }); return shifts; };
"""
# Two frames: what a change moves is known once the next frame is drawn.
DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
# Whether this machine has a face that docs/assets/css/tokens.css lets the words stand in.
AS_WIDE = """() => Promise.any(["Arial", "Liberation Sans", "Arimo", "Roboto"].map(
  (name) => new FontFace("Stand-in", `local("${name}")`).load())).then(() => true, () => false)"""


class Reader(NamedTuple):
    """A page as it has just been asked for, and the requests that it was kept waiting for."""

    page: Page
    held: list[Route]

    def release(self) -> None:
        for route in self.held:
            route.continue_()

    def moved(self, *, by_itself: bool = False) -> float:
        """The sum of all shifts; ``by_itself`` leaves out those right after a press."""
        self.page.evaluate(DRAWN)
        shifts = self.page.evaluate("moved()")
        return float(sum(s["value"] for s in shifts if not (by_itself and s["hadRecentInput"])))


@pytest.fixture(params=SCREENS)
def screen(request: pytest.FixtureRequest) -> tuple[int, int]:
    return SCREENS[request.param]


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A reader who comes back: what the first visit kept starts Python for all the others."""
    fresh = browser.new_context(service_workers="block")
    yield fresh
    fresh.close()


def opened(
    context: BrowserContext, site: Site, path: str, screen: tuple[int, int], late: str
) -> Reader:
    """A page that still waits for the files of this name."""
    page = context.new_page()
    page.set_viewport_size({"width": screen[0], "height": screen[1]})
    page.add_init_script(WATCH)
    held: list[Route] = []
    page.route(f"**/{late}", lambda route: held.append(route))
    page.goto(f"{site.origin}{BELOW}{path}", wait_until="commit")
    return Reader(page, held)


@pytest.mark.slow
@pytest.mark.parametrize("path", [SERUM, INTAKE, ""])
def test_late_fonts_move_nothing(
    context: BrowserContext, site: Site, path: str, screen: tuple[int, int]
) -> None:
    """Until they come the words stand in a face as wide, so that few lines break elsewhere."""
    reader = opened(context, site, path, screen, "*.woff2")
    page = reader.page
    page.wait_for_selector(".page-facts")
    page.wait_for_selector("html.js")
    if not page.evaluate(AS_WIDE):
        pytest.skip("no face as wide as ours on this machine: install fonts-liberation or Arial")
    page.evaluate(DRAWN)
    reader.release()
    page.evaluate("document.fonts.ready.then(() => true)")
    assert page.evaluate("""document.fonts.check("1em 'Atkinson Hyperlegible Next'")""")
    assert reader.held
    assert reader.moved() <= MOST
    page.close()


@pytest.mark.slow
@pytest.mark.parametrize("path", [SERUM, INTAKE])
def test_a_late_form_moves_nothing(
    context: BrowserContext, site: Site, path: str, screen: tuple[int, int]
) -> None:
    """The line that says that it has not loaded comes, goes, and leaves all in its place."""
    reader = opened(context, site, path, screen, "form.js")
    page = reader.page
    page.locator(".unready").wait_for()
    reader.release()
    page.locator("form.check [type=submit]:enabled").first.wait_for()
    page.locator(".unready").wait_for(state="hidden")
    assert reader.moved() <= MOST
    page.close()


def late_answer(reader: Reader, check: str) -> None:
    """Press, wait until the page says that it waits, and then let the answer come."""
    page = reader.page
    button = page.locator(f"form[data-check={check}] .md-button--primary")
    # In the upper half of the screen, so that what follows the form is in sight.
    button.evaluate("e => scrollTo(0, scrollY + e.getBoundingClientRect().top - innerHeight * 0.4)")
    page.evaluate(DRAWN)
    page.evaluate("moved().length = 0")
    button.click()
    page.locator("[data-stop]").wait_for()
    reader.release()


ANSWERS = {SERUM: ("serum", "#value", "0.3", "mmol/L"), INTAKE: ("intake", "#age", "60", "female")}


@pytest.mark.slow
@pytest.mark.parametrize("path", [SERUM, INTAKE])
def test_a_late_answer_moves_nothing(
    context: BrowserContext, site: Site, path: str, screen: tuple[int, int]
) -> None:
    """Its room is made by the press, while the reader expects it, and not by the answer."""
    check, box, number, choice = ANSWERS[path]
    reader = opened(context, site, path, screen, "worker.js*")
    page = reader.page
    page.locator("form.check [type=submit]:enabled").first.wait_for()
    page.fill(box, number)
    page.check(f"input[type=radio][value='{choice}']")
    if check == "intake":
        page.fill("#food", "200")
    late_answer(reader, check)
    page.locator("[data-result]").wait_for()
    assert reader.moved(by_itself=True) <= MOST
    page.close()


@pytest.mark.slow
@pytest.mark.parametrize("path", [SERUM, INTAKE])
def test_a_late_list_of_problems_moves_nothing_under_the_form(
    context: BrowserContext, site: Site, path: str, screen: tuple[int, int]
) -> None:
    """It stands above the questions, which make way for it; the page behind them does not."""
    check = ANSWERS[path][0]
    reader = opened(context, site, path, screen, "worker.js*")
    page = reader.page
    page.locator("form.check [type=submit]:enabled").first.wait_for()
    late_answer(reader, check)
    page.locator(".problem-summary").wait_for()
    page.evaluate(DRAWN)
    after = page.locator(".check-place ~ h2").first.bounding_box()
    assert after
    assert after["y"] >= screen[1]
    page.close()


def test_the_measure_sees_what_moves(context: BrowserContext, site: Site) -> None:
    """A line put over the text is counted, so that a zero here says something."""
    reader = opened(context, site, SERUM, SCREENS["desk"], "no such file")
    reader.page.locator("form.check [type=submit]:enabled").first.wait_for()
    reader.page.evaluate(DRAWN)
    reader.page.eval_on_selector("h1", "e => { e.style.marginTop = '100px'; }")
    assert reader.moved() > MOST
    reader.page.close()
