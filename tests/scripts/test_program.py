"""The calculator as a program to download: it installs alone, and its page tells what it does."""

import os
import re
import shlex
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest

from calculator.__main__ import main
from scripts.blocks import program
from scripts.publish import wheel
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "about" / "program.md").read_text("utf-8")
COMMANDS = re.findall(r"^python -m calculator (.+)$", PAGE, re.MULTILINE)


def run(folder: Path, *command: str, **environment: str) -> str:
    """What Python's module says, run in a folder that is not ours."""
    where = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    asked = [sys.executable, "-m", *command]
    answer = subprocess.run(
        asked, cwd=folder, env=where | environment, capture_output=True, text=True, check=True
    )
    return answer.stdout


@pytest.mark.slow
@pytest.mark.browser
def test_the_wheel_of_the_site_installs_alone_and_answers(
    built: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As the page says, from the folder that holds it, with no index to ask."""
    (line,) = re.findall(r"^python -m (pip install .*)$", PAGE, re.MULTILINE)
    target = str(tmp_path / "installed")
    run(built, *line.split(), "--no-deps", "--no-compile", "--quiet", "--target", target)
    asked = shlex.split(COMMANDS[0])
    assert main(asked) == 0
    ours = capsys.readouterr().out
    assert run(tmp_path, "calculator", *asked, PYTHONPATH=target, PYTHONUTF8="1") == ours


@pytest.mark.browser
def test_the_page_leads_to_the_wheel_and_lists_each_part(built: Path) -> None:
    """With a signature, and what it promises."""
    page = built / "about" / "program" / "index.html"
    html = page.read_text("utf-8")
    (link,) = re.findall(r'href="([^"]*\.whl)"', html)
    assert (page.parent / link).is_file()
    terms = [unescape(re.sub("<[^>]*>", "", term)) for term in re.findall("<dt>(.*?)</dt>", html)]
    names = [f"{part.__module__}.{part.__name__}(" for part in program.PARTS]
    assert [term[: len(name)] for term, name in zip(terms, names, strict=True)] == names
    assert html.count("<dd>") >= len(names)
    assert "low: str = '', high: str = '')" in terms[3]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_page_gives_a_result(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever copies it sees an answer, not a problem."""
    assert main(shlex.split(command)) == 0
    assert capsys.readouterr().out


@pytest.mark.browser
def test_two_builds_write_the_same_wheel(built: Path, tmp_path: Path) -> None:
    """Its dates are fixed, and it is not compressed."""
    wheel.write(tmp_path)
    (file,) = tmp_path.iterdir()
    assert file.read_bytes() == (built / file.name).read_bytes()
