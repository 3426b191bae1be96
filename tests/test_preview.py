"""The pages as a pull request's artifact: every link works without a server."""

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from scripts import preview


class Links(HTMLParser):
    """What a page links to and loads in its own site."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        value = named.get("href") or named.get("src") or ""
        parts = urlsplit(value)
        loaded = tag in ("a", "script", "img") or named.get("rel") in ("stylesheet", "icon")
        if loaded and not parts.scheme and parts.path:
            self.found.append(parts.path)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A page in a folder beside another one."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "index.html").write_text("", encoding="utf-8")
    (tmp_path / "b").mkdir()
    return tmp_path / "b" / "index.html"


@pytest.mark.parametrize(
    ("link", "there"),
    [
        ('<a href="../a/">', '<a href="../a/index.html">'),
        ('<a class="x" href="../a/#c14">', '<a class="x" href="../a/index.html#c14">'),
        ('<a href="../a/?q=1">', '<a href="../a/index.html?q=1">'),
        ("<a href=../a/>", "<a href=../a/index.html>"),
        ('<a href=".">', '<a href="./index.html">'),
        ('<a href="../../x/a">', '<a href="../../x/a">'),
        ('<a href="../b/../a/..">', '<a href="../b/../a/..">'),
        ('<a href="#part">', '<a href="#part">'),
        ('<a href="../a/index.html">', '<a href="../a/index.html">'),
        ('<a href="https://a.example/">', '<a href="https://a.example/">'),
        ('<a href="../nothing/">', '<a href="../nothing/">'),
    ],
)
def test_a_link_to_a_folder_leads_to_its_page(page: Path, link: str, there: str) -> None:
    """Whatever follows it is kept, and no other link is touched."""
    page.write_text(link, encoding="utf-8")
    assert preview.for_disk(page) == there


def test_a_new_copy_replaces_the_old(tmp_path: Path, page: Path) -> None:
    """No page of an earlier build is left in it, and what only a server shows is left out."""
    page.write_text("b", encoding="utf-8")
    (page.parent.parent / "404.html").write_text("x", encoding="utf-8")
    target = tmp_path.parent / f"{tmp_path.name}-copy"
    assert preview.write(tmp_path, target) == 2
    page.unlink()
    assert preview.write(tmp_path, target) == 1
    assert [path.name for path in target.rglob("*.*")] == ["index.html"]


@pytest.mark.browser
def test_every_page_of_the_site_opens_from_disk(built: Path, tmp_path: Path) -> None:
    """Each link, script, style sheet and picture is a file."""
    assert preview.write(built, tmp_path / "pages") > 20
    for page in (tmp_path / "pages").rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert "Content-Security-Policy" not in text
        links = Links(text).found
        assert [link for link in links if not (page.parent / link).is_file()] == [], page
