"""The long tables on a phone, which lays out only the rows that are near."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.sites import BELOW, Site
from tests.conftest import until

pytestmark = pytest.mark.browser
SKIPPED = """rows => rows.filter(({ cells: [cell] }) =>
    !cell.checkVisibility({ contentVisibilityAuto: true })).length"""


@pytest.mark.slow
def test_a_far_row_is_not_laid_out_and_a_link_leads_to_it(browser: Browser, site: Site) -> None:
    """It stands under the header, whole, and a search in the page finds its words."""
    page = browser.new_page(viewport={"width": 360, "height": 740}, reduced_motion="reduce")
    page.goto(f"{site.origin}{BELOW}evidence/")
    rows = page.locator("table.claims tbody tr")
    assert rows.evaluate_all(SKIPPED) > rows.count() / 2
    for claim in ("c80", "c40"):
        page.goto(f"{site.origin}{BELOW}evidence/#{claim}")
        row = page.locator(f"#{claim}")
        expect(row).to_be_in_viewport()
        place = row.bounding_box()
        assert place
        assert 0 < place["y"] < 200
    assert page.evaluate("find('Long use of magnesium antacids and laxatives causes')")
    expect(page.locator("#c70")).to_be_in_viewport()
    page.emulate_media(media="print")
    assert until(page, lambda: rows.evaluate_all(SKIPPED) == 0)
    page.close()
