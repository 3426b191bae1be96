"""What is published comes of what is in the repository, and of nothing else."""

import filecmp
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

# What a build makes, and what is so large that the second folder has a link to it.
MADE = ("site", ".git", ".venv", "node_modules", "build", "__pycache__", ".*_cache")
LINKED = (".venv", "node_modules", "build")
# Without the print edition, which the first folder lacks too: another Chromium prints another.
PUBLISH = """import sys; from pathlib import Path; from scripts.publish import __main__
__main__.publish(Path(sys.argv[1]))"""


def files(folder: Path) -> Iterator[Path]:
    """Every file of a folder, by its path in it."""
    return (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())


def test_every_package_is_locked_by_its_hash() -> None:
    """pip and npm then refuse what is not, byte for byte, what was looked at."""
    locks = sorted(ROOT.glob("requirements*.txt"))
    assert locks
    for lock in locks:
        entries = re.split(r"\n(?=[^\s#])", lock.read_text("utf-8"))
        assert [one for one in entries if "--hash=sha256:" not in one] == [], lock.name
    packages = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    assert [name for name, one in packages.items() if name and "integrity" not in one] == []


@pytest.mark.browser
@pytest.mark.slow
def test_two_builds_in_two_folders_are_byte_for_byte_the_same(built: Path, tmp_path: Path) -> None:
    """No path, no order of files and no clock is in a page: anybody can make what we publish."""
    second, site = tmp_path / "elsewhere", tmp_path / "site"
    shutil.copytree(ROOT, second, ignore=shutil.ignore_patterns(*MADE), symlinks=True)
    shutil.rmtree(second / "docs" / "assets" / "runtime", ignore_errors=True)
    for name in LINKED:
        (second / name).symlink_to(ROOT / name)
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    for command in (
        ("-m", "scripts.runtime.build"),
        ("-m", "mkdocs", "build", "--strict", "--site-dir", str(site)),
        ("-c", PUBLISH, str(site)),
    ):
        python = [sys.executable, *command]
        ran = subprocess.run(python, cwd=second, env=environment, capture_output=True, text=True)
        assert ran.returncode == 0, ran.stderr
    names = sorted(files(built))
    assert sorted(files(site)) == names
    _, different, unread = filecmp.cmpfiles(built, site, map(str, names), shallow=False)
    assert (different, unread) == ([], [])
