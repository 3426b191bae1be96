"""The policy of every page: what is ours runs, and nothing else does."""

import base64
import hashlib
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from scripts.publish import __main__ as publish
from scripts.publish import styles
from scripts.publish.single import build as single
from tests.browser import breaches
from tests.browser.sites import BELOW, serving

PAGE = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title></head>{}'


def sources(policy: str, directive: str) -> list[str]:
    """What a directive of a policy allows."""
    directives = dict(part.split(" ", 1) for part in policy.split("; "))
    return directives[directive].split()


def test_an_inline_script_is_allowed_by_its_hash_alone() -> None:
    """The hash is of the very bytes between the tags, and no script is allowed unseen."""
    script = " one();\n\u00e9 "
    policy = publish.policy(PAGE.format(f"<script>{script}</script>"))
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert sources(policy, "script-src") == ["'self'", f"'sha256-{digest}'"]


@pytest.mark.parametrize(
    "data",
    [
        '<script type="application/json">{"a": 1}</script>',
        '<script type="application/ld+json">{"a": 1}</script>',
        '<script src="a.js"></script>',
    ],
)
def test_what_no_browser_runs_inline_adds_nothing(data: str) -> None:
    """Data is not run, and a script of this site is allowed by where it is."""
    assert sources(publish.policy(PAGE.format(data)), "script-src") == ["'self'"]


def test_a_policy_names_nobody_else_and_no_eval() -> None:
    """Only this site may be asked for anything, and no text becomes a script."""
    policy = publish.policy(PAGE.format(""))
    assert sources(policy, "default-src") == ["'none'"]
    assert not re.search(r"https?:|\*|unsafe-eval|blob:", policy)
    assert "'unsafe-inline'" not in policy
    for directive in ("style-src", "connect-src", "worker-src", "manifest-src", "font-src"):
        assert sources(policy, directive) == ["'self'"], directive


def test_the_policy_comes_before_what_it_governs() -> None:
    """Right behind the charset; nothing else of the page changes."""
    page = PAGE.format("<script>one()</script>")
    protected = publish.with_policy(page)
    meta = re.search(r"<meta http-equiv=[^>]*>", protected)
    assert meta is not None
    assert protected.replace(meta[0], "") == page
    assert protected.index(meta[0]) < protected.index("<title>")


def test_a_page_is_not_fetched_ahead() -> None:
    """A browser that did so would be refused, on the reader's console."""
    page = PAGE.format("").replace("<title>", '<link rel="next" href="bone/"><title>')
    assert 'rel="next"' not in publish.with_policy(page)


def test_a_page_without_a_charset_is_not_published() -> None:
    """It would go out without a policy."""
    with pytest.raises(ValueError, match="charset"):
        publish.with_policy("<!doctype html><title>A page</title>")


@pytest.mark.browser
def test_every_published_page_has_its_own_policy(built: Path) -> None:
    """Every inline script of every page is allowed by it, and by one policy only."""
    for path in built.rglob("*.html"):
        page = path.read_bytes().decode()
        metas = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', page)
        assert len(metas) == 1, path
        if path.name != single.NAME:
            assert metas[0] == publish.policy(page), path
            assert not re.search(r"<\w[^<>]*\s(?:style|on[a-z]+)=", page), path


@pytest.mark.browser
def test_what_was_put_into_a_page_does_not_run_and_is_heard_of(
    browser: Browser, tmp_path: Path
) -> None:
    """The page's own script runs; no script, style, handler or request that came in does."""
    page = publish.with_policy(PAGE.format("<script>document.title = 'ours'</script>"))
    foreign = f"""{page}<script>document.title = 'theirs'</script>
        <p style="color: red" onclick="document.title = 'theirs'">Words</p>
        <img src="http://127.0.0.2/picture.png">"""
    (tmp_path / "index.html").write_bytes(foreign.encode())
    found: list[str] = []
    with serving(tmp_path) as site:
        context = browser.new_context()
        breaches.listen(context, site.origin, found)
        tab = context.new_page()
        tab.goto(site.origin + BELOW)
        tab.click("p")
        assert tab.title() == "ours"
        context.close()
    refused = ("script-src-elem", "script-src-attr", "style-src-attr", "img-src")
    assert [kind for kind in refused if kind not in " ".join(found)] == []


def sheet(path: str, name: str) -> str:
    """A link to a style sheet, of the theme or of ours."""
    folder = "stylesheets" if name == "theme" else "css"
    return f'<link rel="stylesheet" href="{path}assets/{folder}/{name}.css">\n'


def a_site(folder: Path, pages: dict[str, str]) -> Path:
    """A built site with a style sheet of the theme, two of ours and these pages."""
    for name in ("css/tokens", "css/page", "stylesheets/theme"):
        file = folder / "assets" / f"{name}.css"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f".{file.stem} {{}}\n", "utf-8")
    for name, links in pages.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(f"<head>{links}</head>", "utf-8")
    return folder


USED = "@media screen{[data-md-color-scheme=slate]{color:red}.a{--md-admonition-icon--note:url(n)}}"


def test_a_page_waits_for_no_style_that_no_page_uses(tmp_path: Path) -> None:
    """Comments, indentation, the theme's other colours and icons; what stands beside them stays."""
    site = a_site(tmp_path, {"index.html": sheet("", "theme")})
    pink = "[data-md-color-scheme=slate][data-md-color-primary=pink]{color:pink}"
    other = USED.replace("{--md", "{--md-admonition-icon--bug:url(b);--md")
    given = f"/* why */\n  {other.replace('screen{', f'screen{{{pink}')}{pink}.b{{}}\n"
    (site / "assets" / "stylesheets" / "theme.css").write_text(given, "utf-8")
    styles.join(site)
    whole = (site / "assets" / "css" / "site.css").read_text("utf-8")
    assert whole.strip() == f"{USED}.b{{}}"


def test_all_style_sheets_come_as_one_in_the_order_of_the_pages(tmp_path: Path) -> None:
    """Whatever the depth of a page; publishing again changes nothing."""
    all_ = {
        up: "".join(sheet(up, name) for name in ("theme", "tokens", "page"))
        for up in ("", "../", "/below/")
    }
    pages = {"index.html": all_[""], "bone/index.html": all_["../"], "404.html": all_["/below/"]}
    site = a_site(tmp_path, pages)
    for _ in range(2):
        styles.join(site)
        assert (site / "404.html").read_text("utf-8").count("stylesheet") == 1
        assert '"../assets/css/site.css"' in (site / "bone" / "index.html").read_text("utf-8")
        (whole,) = (site / "assets" / "css").iterdir()
        assert whole.read_text("utf-8") == ".theme {}\n.tokens {}\n.page {}\n"
        assert not list((site / "assets" / "stylesheets").iterdir())


def test_pages_that_order_style_sheets_differently_stop_it(tmp_path: Path) -> None:
    """One order would be wrong for one of them."""
    pages = {
        "index.html": sheet("", "tokens") + sheet("", "page"),
        "other.html": sheet("", "page") + sheet("", "tokens"),
    }
    with pytest.raises(ValueError, match="in different orders"):
        styles.join(a_site(tmp_path, pages))
