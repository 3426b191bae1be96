"""What the site is built with can be changed: other builders make the same pages."""

import os
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin

import pytest

from tests.conftest import ROOT

GENERATOR = re.compile(rb'<meta name="generator" content="([^"]*)">')
ARTICLE = re.compile(r"<article\b.*?</article>", re.DOTALL)
FIELDS = ("form", "fieldset", "input", "select", "option", "textarea", "button")

pytestmark = [pytest.mark.slow, pytest.mark.browser, pytest.mark.usefixtures("built")]


def needs(builder: str) -> pytest.MarkDecorator:
    missing = find_spec(builder) is None
    return pytest.mark.skipif(missing, reason="requirements-builders.txt is not installed")


def build(builder: str, tree: Path) -> Path:
    """Build the site with a builder in a tree of its own; return where it is.

    Zensical takes no folder for the site, so that it would write into ours.
    """
    # Copies: Zensical builds where the configuration and the pages really are.
    shutil.copytree(ROOT / "docs", tree / "docs")
    shutil.copy(ROOT / "mkdocs.yml", tree)
    for name in ("calculator", "references.bib", "scripts", "tests"):
        (tree / name).symlink_to(ROOT / name)
    command = [sys.executable, "-m", builder, "build", "--strict"]
    environment = {**os.environ, "PYTHONPATH": str(tree)}
    ran = subprocess.run(
        command, cwd=tree, env=environment, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return tree / "site"


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build("mkdocs", tmp_path_factory.mktemp("ours") / "tree")


@needs("properdocs")
def test_properdocs_builds_the_same_pages_byte_for_byte(ours: Path, tmp_path: Path) -> None:
    """So do text, headings, anchors, references and forms: nothing at all differs."""
    theirs = build("properdocs", tmp_path / "tree")
    assert bytes_of(ours) == bytes_of(theirs)
    assert b"ProperDocs" in GENERATOR.findall((theirs / "index.html").read_bytes())[0]


def bytes_of(site: Path) -> dict[str, bytes]:
    """Every file of a site but for its builder's name in it."""
    files = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    assert "blood-test/index.html" in files
    return {name: GENERATOR.sub(b"", path.read_bytes()) for name, path in files.items()}


@needs("zensical")
def test_zensical_builds_the_same_articles(ours: Path, tmp_path: Path) -> None:
    """Text, headings, anchors, links and forms; but for an anchor of its own to skip to."""
    theirs = build("zensical", tmp_path / "tree")
    names = [path.relative_to(ours).as_posix() for path in ours.rglob("index.html")]
    assert len(names) > 30
    for name in names:
        mine, other = read(ours, name), read(theirs, name)
        other.ids.remove("__skip")
        assert mine == other, name


class Article(NamedTuple):
    """What the article of a page says, and what leads into it and out of it."""

    text: str
    headings: list[str]
    ids: list[str]
    links: list[str]
    fields: list[tuple[str, ...]]


def read(site: Path, name: str) -> Article:
    """Read the article of a built page, its links as they are at an address below others."""
    found = ARTICLE.search((site / name).read_text("utf-8"))
    assert found, name
    reader = Reader(f"https://example.org/a/b/{name.removesuffix('index.html')}")
    reader.feed(found[0])
    text = " ".join("".join(reader.text).split())
    return Article(text, reader.headings, reader.ids, reader.links, reader.fields)


class Reader(HTMLParser):
    """Collects what an Article is made of."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.text: list[str] = []
        self.headings: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.fields: list[tuple[str, ...]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        self.ids += [has["id"]] if "id" in has else []
        self.links += [urljoin(self.address, has["href"])] if "href" in has else []
        self.headings += [tag] if re.fullmatch("h[1-6]", tag) else []
        if tag in FIELDS:
            self.fields.append((tag, *(has.get(one, "") for one in ("name", "type", "value"))))

    def handle_data(self, data: str) -> None:
        self.text.append(data)
