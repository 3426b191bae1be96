"""What a pull request's summary tells: the pages, sources and numbers that differ."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts import reading, summary
from tests.conftest import ROOT

Commit = Callable[[dict[str, str | None]], str]

TABLE = '''"""A table of 2 rows."""
# A comment with a 3.
ROWS: tuple[str, ...] = (
    Row("UK", "270"),
    Row("EU", "300"),
)
WEIGHTS = {"Mg": "24.305", "H": "1.008"}
DAYS = 7
'''
BIB = "@article{one,\n  year = {2001},\n}\n\n@article{two,\n  year = {2002},\n}\n"


@pytest.fixture
def commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Commit:
    """A repository of its own; writes these files, or removes them, and returns the commit."""
    monkeypatch.chdir(tmp_path)
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "A")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "a@b.example")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    summary.git("init", "--quiet", "--initial-branch", "main")

    def write(files: dict[str, str | None]) -> str:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.unlink(missing_ok=True)
            if text is not None:
                path.write_text(text, encoding="utf-8")
        summary.git("add", "--all")
        summary.git("commit", "--quiet", "--allow-empty", "--message", "x")
        return summary.git("rev-parse", "HEAD").strip()

    return write


def told(base: str, head: str = "HEAD") -> str:
    return summary.summary(summary.Change.between(base, head))


def test_a_changed_page_is_told_with_its_grade(commit: Commit) -> None:
    """Before and now, as the lint measures it; a dash where there was no page."""
    easy, hard = "The cats sat here.\n", "Hypermagnesaemia necessitates hospitalisation.\n"
    base = commit({"docs/a.md": easy, "docs/same.md": easy})
    commit({"docs/a.md": hard, "docs/new one.md": easy, "docs/x.css": "x"})
    grades = [
        f"{reading.Reading('', tuple(reading.sentences_of(text))).grade:.1f}"
        for text in (easy, hard)
    ]
    text = told(base)
    assert f"| `docs/a.md` | {grades[0]} | {grades[1]} |" in text
    assert f"| `docs/new one.md` | – | {grades[0]} |" in text
    assert "same.md" not in text
    assert "x.css" not in text


def test_sources_that_came_went_and_changed_are_told(commit: Commit) -> None:
    """By key, and no other."""
    base = commit({"references.bib": BIB + "@book{three,\n  year = {2003},\n}\n"})
    changed = BIB.replace("2001", "2011").replace("{two", "{four")
    commit({"references.bib": changed + "@book{three,\n  year = {2003},\n}\n"})
    lines = told(base).splitlines()
    assert [one for one in lines if one.startswith("- ")] == [
        "- new: `four`",
        "- removed: `two`",
        "- changed: `one`",
    ]


def test_every_real_source_has_its_entry() -> None:
    """The bibliography is read as the site reads it: no entry is missed."""
    bib = (ROOT / "references.bib").read_text(encoding="utf-8")
    assert len(summary.entries(bib)) == bib.count("\n@") + bib.startswith("@") > 50


@pytest.mark.parametrize(
    ("old", "new", "diff"),
    [
        ('"270"', '"280"', ["-Row('UK', '270')", "+Row('UK', '280')"]),
        ('    Row("EU", "300"),\n', "", ["-Row('EU', '300')"]),
        ('"1.008"', '"1.009"', ["-'H': '1.008'", "+'H': '1.009'"]),
        ("DAYS = 7", "DAYS = 8", ["-DAYS = 7", "+DAYS = 8"]),
        ("DAYS = 7", "def f():\n    return 9\n", ["-DAYS = 7", "+    return 9"]),
    ],
)
def test_a_changed_number_is_told_by_its_row(
    commit: Commit, old: str, new: str, diff: list[str]
) -> None:
    """Both rows, as a diff, and no row that stayed."""
    base = commit({"calculator/reference.py": TABLE})
    commit({"calculator/reference.py": TABLE.replace(old, new)})
    block = told(base).split("```diff\n")[1].split("\n```")[0]
    assert block.splitlines() == diff


def test_a_changed_number_is_told_wherever_readers_or_tests_have_it(commit: Commit) -> None:
    """The sentence of a page, the row of a claim or of an example; not words beside a number."""
    page = "It was 58% [@one2001]. In 4 studies.\n"
    rows = {"docs/evidence/claims.csv": "c01,12mg\nc02,x\n", "tests/examples/a.csv": "i1,270\n"}
    base = commit({"docs/about/a.md": page, "docs/b.md": page, "docs/x.css": "5px", **rows})
    changed = {name: text.replace("2", "3") for name, text in rows.items()}
    words = page.replace("studies", "large studies").replace("one2001", "two2002")
    moved = {"docs/b.md": words, "docs/x.css": "6px"}
    commit({"docs/about/a.md": page.replace("58", "85"), **moved, **changed})
    numbers = told(base).split("## Numbers\n\n")[1]
    assert numbers.split("\n\n") == [
        "`docs/about/a.md`", "```diff\n-It was 58%.\n+It was 85%.\n```",
        "`docs/evidence/claims.csv`",
        "```diff\n-c01,12mg\n-c02,x\n+c01,13mg\n+c03,x\n```",
        "`tests/examples/a.csv`", "```diff\n-i1,270\n+i1,370\n```", "",
    ]  # fmt: skip


def test_layout_and_comments_are_no_change_of_numbers(commit: Commit) -> None:
    """Only what Python reads as another number counts."""
    base = commit({"calculator/foods.py": TABLE})
    moved = TABLE.replace("a 3.", "a 4.").replace("of 2 rows", "of 5 rows")
    commit({"calculator/foods.py": moved.replace('Row("UK", "270")', 'Row(\n "UK", "270",\n)')})
    assert told(base) == "No page, source or number is changed.\n"


def test_a_table_that_is_no_python_is_told_all_the_same(commit: Commit) -> None:
    """A summary that fails would hide the very change that needs a look."""
    base = commit({"calculator/foods.py": TABLE})
    commit({"calculator/foods.py": TABLE.replace('"270")', '"999"')})
    assert '+Row("UK", "999",' in told(base)


def test_a_row_cannot_leave_its_block(commit: Commit) -> None:
    """What a pull request writes into a table is shown, never obeyed."""
    base = commit({"calculator/foods.py": TABLE})
    commit({"calculator/foods.py": TABLE.replace("270", "1```\\n# Approved")})
    assert told(base).count("```") == 2


def test_what_others_did_meanwhile_is_not_told(commit: Commit) -> None:
    """The comparison starts where the histories part."""
    root = commit({"references.bib": BIB, "docs/a.md": "A cat.\n"})
    base = commit({"references.bib": ""})
    summary.git("checkout", "--quiet", "-b", "mine", root)
    commit({"docs/a.md": None})
    text = told(base)
    assert "## Sources" not in text
    rows = [line for line in text.splitlines() if line.startswith("| `")]
    assert len(rows) == 1
    assert rows[0].startswith("| `docs/a.md` |")
    assert rows[0].endswith("| – |")


def test_the_command_needs_something_to_compare_with() -> None:
    """Without a commit it says what to type, and fails."""
    command = [sys.executable, "-m", "scripts.summary"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert "BASE" in ran.stderr
