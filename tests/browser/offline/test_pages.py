"""Pages kept for offline use: a real service worker, in a real browser, the server stopped."""

import hashlib
import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from scripts.publish import offline
from tests.browser.offline.kept import (
    addresses,
    failed,
    go,
    listed,
    publish_again,
    stop,
    stores,
    visit,
)
from tests.browser.sites import BELOW, BUILT_FOR, Site, asset, serving

pytestmark = pytest.mark.browser

STYLE = "assets/css/site.css"  # which publish makes of all our sheets


@pytest.mark.slow
def test_every_page_opens_with_the_server_stopped(page: Page, built: Path) -> None:
    """After one visit to one page all of the whole site are there, with all that they need."""
    with serving(built) as site:
        visit(page, site)
    lost = failed(page)
    for name in listed(site)["pages"]:
        if name == "" or name.endswith("/"):
            go(page, site, name)
            expect(page.locator("h1")).to_be_visible()
            ground = page.evaluate("getComputedStyle(document.body).getPropertyValue('--ground')")
            assert ground, name
    assert lost == []


@pytest.mark.slow
def test_a_kept_page_says_that_its_review_is_overdue(page: Page, site: Site) -> None:
    """However long ago it was built: its reader's clock tells."""
    visit(page, site)
    stop(site)
    page.clock.set_fixed_time("2100-01-01")
    go(page, site, "bone/")
    expect(page.get_by_text("A review was due on")).to_be_visible()


@pytest.mark.slow
def test_search_finds_with_the_server_stopped(page: Page, site: Site) -> None:
    """The index and the theme's own worker are kept too."""
    visit(page, site)
    stop(site)
    go(page, site, "bone/")
    # Key by key: the theme's search hears keys, and a text that is put into the box at once is
    # seen only where the index is read later than that.
    page.locator("input[data-md-component=search-query]").press_sequentially("spinach")
    expect(page.locator(".md-search-result__item").first).to_be_visible()


@pytest.mark.slow
def test_an_address_without_a_page_says_so_with_the_server_stopped(page: Page, site: Site) -> None:
    """In our words and not the browser's, and what was kept stays kept."""
    site.others[BUILT_FOR] = site.root
    visit(page, site, below=BUILT_FOR)
    go(page, site, "no-such-page/", BUILT_FOR)
    stop(site)
    answer = page.goto(f"{site.origin}{BUILT_FOR}no/such/page")
    assert answer
    assert answer.status == 404
    expect(page.get_by_role("heading", level=1)).to_have_text("Page not found")
    page.get_by_role("link", name="Check a blood result").click()
    expect(page.locator("form.check")).to_be_visible()


@pytest.mark.slow
def test_a_network_that_says_nothing_does_not_hang_a_page(page: Page, site: Site) -> None:
    """What was kept is shown after a few seconds."""
    visit(page, site)
    site.faults[""] = "silence"
    go(page, site, "bone/")
    expect(page.locator("h1")).to_contain_text("bone")


@pytest.mark.slow
@pytest.mark.parametrize("fault", ["missing", "cut off", "spoilt", "a page", "no answer"])
def test_the_pages_are_kept_as_one_or_not_at_all(page: Page, site: Site, fault: str) -> None:
    """A file that does not come, or is not the one of this build, and nothing is installed."""
    site.faults["search_index.json"] = fault
    with page.expect_console_message(lambda said: "No pages were kept" in said.text):
        go(page, site)
    assert page.evaluate("navigator.serviceWorker.controller") is None
    half = [addresses(page, store) for store in stores(page)]
    assert all("search/search_index.json" not in names for names in half)
    before = site.asked.count(BELOW + asset("form.js"))
    site.faults.clear()
    visit(page, site)
    kept = addresses(page, f"pages {listed(site)['build']} {BELOW}")
    assert kept == sorted(listed(site)["pages"])
    # The page itself may ask for it once more; the installation goes on from what it had.
    assert site.asked.count(BELOW + asset("form.js")) <= before + 1


@pytest.mark.slow
def test_a_deploy_between_two_files_installs_nothing_mixed(
    page: Page, site: Site, root: Path
) -> None:
    """A list of one build and a file of the next do not become one store."""
    style = root / STYLE
    old = style.read_bytes()
    style.write_bytes(old + b"\n/* of the next build */")
    with page.expect_console_message(lambda said: "No pages were kept" in said.text):
        go(page, site)
    offline.write(root)
    visit(page, site)
    kept = page.evaluate("url => caches.match(url).then((one) => one.text())", STYLE)
    assert kept.endswith("/* of the next build */")


@pytest.mark.slow
def test_a_page_of_the_next_build_gets_its_own_scripts(page: Page, site: Site, root: Path) -> None:
    """The old service worker, still in charge, does not put old scripts under a new page."""
    visit(page, site)
    publish_again(root, STYLE, ":root", "/* of the next build */ :root")
    publish_again(root, "bone/index.html", "</h1>", " again</h1>")
    go(page, site, "bone/")
    expect(page.locator("h1")).to_contain_text("again")
    style = page.evaluate(f"fetch('../{STYLE}').then((one) => one.text())")
    assert "of the next build" in style


@pytest.mark.slow
def test_a_page_of_this_build_takes_its_assets_from_the_store(page: Page, site: Site) -> None:
    """Only the page itself is asked of the network."""
    visit(page, site)
    site.asked.clear()
    go(page, site, "bone/")
    page.wait_for_load_state("networkidle")
    assert set(site.asked) - {f"{BELOW}sw.js"} == {f"{BELOW}bone/"}


def test_the_list_is_of_what_is_published(built: Path) -> None:
    """Each hash is that of the file as it is served; the runtime and one-file copy stand apart."""
    both = json.loads((built / offline.LIST).read_text("utf-8"))
    for name, entry in {**both["pages"], **both["runtime"]}.items():
        path = built / (f"{name}index.html" if name.endswith("/") or not name else name)
        assert hashlib.sha256(path.read_bytes()).hexdigest().startswith(entry["sha256"]), name
        assert len(entry["sha256"]) >= offline.ENOUGH == 32, name
        assert entry["bytes"] == path.stat().st_size, name
    assert not [name for name in both["pages"] if "runtime/" in name]
    assert [name for name in both["pages"] if name.endswith(".html")] == [offline.MISSING]
    listed = offline._LISTED.findall((built / offline.WORKER).read_text("utf-8"))
    assert [json.loads(text) for text in listed] == [both]


def test_publishing_the_same_again_is_the_same_build(site: Site, root: Path) -> None:
    """And a change of any listed file is another."""
    before = listed(site)
    assert offline.write(root) == before
    after = publish_again(root, "bone/index.html", "</h1>", " again</h1>")
    assert after["build"] != before["build"]
    changed = [name for name in after["pages"] if after["pages"][name] != before["pages"][name]]
    assert changed == ["bone/"]
