"""THIRD-PARTY.txt: nobody's work is in the site unnamed, and no licence is named without a text."""

import json
import re
from html import unescape
from importlib.metadata import distribution
from pathlib import Path
from urllib.parse import unquote

import pytest

from scripts.publish import downloads, parts, third_party
from scripts.publish.parts import Part
from scripts.runtime.build import WHOLE, current, places
from scripts.runtime.node import BuildError

pytestmark = pytest.mark.browser
# Where the text of no licence has to go along, or none was found; the file says so itself.
WITHOUT = ("public domain", "as its source says", "W3C Software and Document License, http")
SHAPE = re.compile(r"""\bd=\\?["']([^"'\\]{20,})""")


@pytest.fixture(scope="module")
def text(built: Path) -> str:
    return (built / third_party.NAME).read_text("utf-8")


def test_every_licence_that_is_named_is_there_in_full(built: Path, text: str) -> None:
    """Each once, as its package has it; and none is there that no part names."""
    licences = third_party.licences(built)
    named = {part.licence for part in parts.THEME + parts.SCRIPTS + parts.ENGINE}
    assert {name for name in named if not name.startswith(WITHOUT)} == set(licences)
    assert [name for name, words in licences.items() if text.count(words.strip()) < 1] == []


def test_the_file_says_how_the_engine_is_changed_and_where_its_source_is(text: str) -> None:
    """As the Mozilla Public License asks."""
    for words in ("changed", "scripts/runtime/cut.py", "scripts/runtime/glue.py", "whole.wasm"):
        assert words in text
    assert "https://github.com/pyodide/pyodide" in text


def test_the_licence_page_and_the_single_file_lead_to_it(built: Path, text: str) -> None:
    page = (built / "about" / "licence" / "index.html").read_text("utf-8")
    assert f'href="../../{third_party.NAME}"' in page
    single = (built / downloads.SINGLE).read_text("utf-8")
    assert f'href="#{third_party.ID}"' in single
    (held,) = re.findall(rf'<pre id="{third_party.ID}">(.*?)</pre>', single, re.DOTALL)
    assert unescape(held) == text


def test_a_library_that_nobody_named_stops_the_build(tmp_path: Path) -> None:
    """A new version of the theme cannot bring one unseen, nor lose one."""
    listed = [f"node_modules/{part.name.split()[0]}/index.js" for part in parts.SCRIPTS]
    place = tmp_path / "bundle.js.map"
    place.write_text(json.dumps({"sources": listed}), "utf-8")
    third_party.check_scripts(tmp_path)
    for sources in (listed[1:], [*listed, "node_modules/@a/b/index.js"]):
        place.write_text(json.dumps({"sources": sources}), "utf-8")
        with pytest.raises(BuildError, match="hold"):
            third_party.check_scripts(tmp_path)


def test_a_part_that_the_engine_no_longer_holds_stops_the_build(built: Path) -> None:
    folder = built / "assets" / "runtime"
    engine = third_party.Engine(places(current(folder), folder)[WHOLE].read_bytes())
    for part in (
        Part("OpenSSL", "", "", "", names="SSL_"),
        Part("zlib", "", "", "", mark="inflate 9", names="inflate"),
    ):
        with pytest.raises(BuildError, match=part.name):
            engine.seen(part)


def test_no_icon_is_of_a_set_that_is_not_named(built: Path) -> None:
    """The theme brings four sets; the pages and styles draw from three."""
    files = [*built.rglob("index.html"), *built.rglob("*.css"), *built.rglob("*.js")]
    drawn = {shape for file in files for shape in SHAPE.findall(unquote(file.read_text("utf-8")))}
    assert drawn
    icons = Path(str(distribution("mkdocs-material").locate_file("material/templates/.icons")))
    assert {one.name for one in icons.iterdir() if one.is_dir()} == {
        "material", "fontawesome", "octicons", "simple",
    }  # fmt: skip
    simple = (file.read_text("utf-8") for file in (icons / "simple").rglob("*.svg"))
    assert not drawn & {shape for svg in simple for shape in SHAPE.findall(svg)}
