"""What the site is built with can be changed: another builder makes the same pages."""

import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.conftest import ROOT

GENERATOR = re.compile(rb'<meta name="generator" content="([^"]*)">')


def pages(builder: str, site: Path) -> dict[str, bytes]:
    """Build the site with a builder, and return every file but for its builder's name in it."""
    command = ["build", "--strict", "--config-file", "mkdocs.yml", "--site-dir", str(site)]
    module = [sys.executable, "-m", builder, *command]
    ran = subprocess.run(module, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    found = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    return {name: GENERATOR.sub(b"", path.read_bytes()) for name, path in found.items()}


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.skipif(not find_spec("properdocs"), reason="requirements-builders.txt not installed")
@pytest.mark.usefixtures("built")
def test_properdocs_builds_the_same_pages_byte_for_byte(tmp_path: Path) -> None:
    """So do text, headings, anchors, references and forms: nothing at all differs."""
    ours, theirs = (pages(one, tmp_path / one) for one in ("mkdocs", "properdocs"))
    assert "blood-test/index.html" in ours
    assert ours.keys() == theirs.keys()
    assert [name for name in ours if ours[name] != theirs[name]] == []
    home = (tmp_path / "properdocs" / "index.html").read_bytes()
    assert b"ProperDocs" in GENERATOR.findall(home)[0]
