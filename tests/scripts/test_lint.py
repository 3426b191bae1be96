"""How pages are measured, what the command prints, and that the site passes it."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.claims import claims as evidence
from scripts.lint import __main__ as lint
from scripts.lint.rules import RULES
from scripts.lint.text import Site
from scripts.pages import reading
from scripts.pages.fault import Fault
from tests.conftest import ROOT
from tests.scripts.test_lint_rules import a_site

DOCS = ROOT / "docs"
HEAD = """---
title: A
description: B.
reviewed: 2026-11-22
next_review: 2999-11-22
reviewers: []
authors:
  - C
---

# A

"""


def texts(markdown: str) -> list[str]:
    return [sentence.text for sentence in reading.sentences_of(markdown)]


@pytest.mark.parametrize(
    ("markdown", "sentences"),
    [
        ("# A heading\n\nOne. Two.", ["One.", "Two."]),
        ("A line\ngoes on. Next.", ["A line goes on.", "Next."]),
        ("It is 0.85 here. See 1.7.", ["It is 0.85 here.", "See 1.7."]),
        ("- one\n- two: three", ["one", "two: three"]),
        ("| a | b |\n| - | - |\n| c | d |\n\nAfter.", ["After."]),
        ("> Somebody else said it.\n\nWe did.", ["We did."]),
        ("> [!WARNING]\n> Our own words.", ["Our own words."]),
        ("/// check | serum\n///\n\nText.", ["Text."]),
        ("Cited [@a; @b]. Linked [here](x.md).", ["Cited.", "Linked here."]),
        ("Known. The article on this: {C01}, {C02}.", ["Known."]),
        ("About {1 mmol/L} is usual.", ["About 1mmol/L (2.43mg/dL) is usual."]),
        ("```\nNot text.\n```\n\nText.", ["Text."]),
        ("---\ntitle: x\n---\n\nText.", ["Text."]),
    ],
)
def test_only_sentences_that_are_read_as_such_count(markdown: str, sentences: list[str]) -> None:
    """Headings, tables, code, quotes, citations and blocks of ours are left out."""
    assert texts(markdown) == sentences


def test_a_sentence_knows_its_line() -> None:
    """The line is the one of the file, front matter counted."""
    markdown = "---\ntitle: x\n---\n\nOne\ntwo. Three\nfour.\n"
    assert [one.line for one in reading.sentences_of(markdown)] == [5, 6]


def test_the_index_is_the_published_formula() -> None:
    """4.71 by 13 characters in 4 words, and 0.5 by 4 words in 1 sentence, less 21.43."""
    measured = reading.Reading("x", tuple(reading.sentences_of("The cats sat here.")))
    assert measured.grade == pytest.approx(4.71 * 14 / 4 + 0.5 * 4 - 21.43)


def run(root: Path, *arguments: str) -> tuple[int, list[str]]:
    """The command as dev.py runs it, from the folder of a copy; its exit code and lines."""
    command = [sys.executable, "-m", "scripts.lint", *arguments]
    ran = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert ran.stderr == ""
    return ran.returncode, ran.stdout.splitlines()


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A copy of what the lint reads, which a test may break."""
    for folder in ("scripts", "calculator"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__*__"))
        (tmp_path / folder / "__init__.py").write_bytes(
            (ROOT / folder / "__init__.py").read_bytes()
        )
    shutil.copytree(ROOT / "docs", tmp_path / "docs", ignore=shutil.ignore_patterns("runtime"))
    shutil.copy(ROOT / "references.bib", tmp_path)
    return tmp_path


# Each kind of mistake: what a contributor writes, and the rule and words that tell of it.
MISTAKES = (
    ("Bones need it [@iom1998].", "no source has the key 'iom1998'", "unknown-citation"),
    ("It is in 60% of bones.", "'60%' has no source", "uncited-number"),
    ("The article on this: {C99}.", "no claim has the number 'C99'", "unknown-claim"),
    ("It is the best form.", "'best form' is not a word of ours", "banned-word"),
    ("Above 4.8 mg/dL [@iom1997].", "write {4.8 mg/dL}", "typed-serum-figure"),
    ("Take 250 mg [@iom1997].", "'250 mg' is '250mg' here", "number-style"),
    (f"So {'it is ' * 13}.", "27 words, over 25", "long-sentence"),
    ("# B", "a page has one `#` heading", "one-title"),
    ("## C\n\n#### D", "level 4 under level 2", "heading-order"),
    ("![](assets/icon.svg)", "has no text in []", "missing-alt"),
    ("For more click [here](food.md).", "the link 'here'", "link-text"),
    ("See https://example.org.", "is a bare address", "bare-url"),
    ("See [food](fod.md).", "there is no 'fod.md'; did you mean 'food.md'?", "broken-link"),
    ("See [food](food.md#fod).", "'food.md' has no section 'fod'", "broken-link"),
    ("Take:\n- 1\n- 2", "put a blank line before the list", "read-differently"),
    ("See [food](javascript:x).", "a link begins with 'javascript:'", "link-scheme"),
    ("![Bars](https://example.org/a.png)", "comes from another site", "remote-content"),
    ("| a | b |\n| - | - |\n| 1 | 2 | 3 |", "this row has 3 cells", "table-row"),
    ("/// referense | serum\n///", "did you mean 'reference'?", "unknown-block"),
    ("Above {4.8 mg/dl} [@iom1997].", "'{4.8 mg/dl}' is not read", "unread-braces"),
    ("Bones need it[^1].", "is a footnote", "github-only"),
    ("!!! warning\n    Take care.", "write `> [!WARNING]`", "admonition"),
)


@pytest.mark.slow
@pytest.mark.browser
def test_a_contribution_with_every_kind_of_mistake_is_told_each(clone: Path) -> None:
    """The right file, line, words and rule, by the command, and a failure."""
    page = HEAD
    wanted = []
    for wrong, message, rule in MISTAKES:
        below = {"heading-order": 2, "table-row": 2, "read-differently": 1}
        line = page.count("\n") + 1 + below.get(rule, 0)
        wanted.append((f"docs/new.md:{line}: ", message, f"({rule})"))
        page += wrong + "\n\n"
    (clone / "docs" / "new.md").write_text(page, encoding="utf-8")
    head = "---\ntitle: A\nnext_review: 2020-01-01\n---\n\n# A\n"
    (clone / "docs" / "old.md").write_text(head, encoding="utf-8-sig")
    wanted.append(("docs/old.md:1: ", "an invisible byte-order mark", "(encoding)"))
    wanted.append(("docs/old.md:1: ", "description is missing", "(front-matter)"))
    wanted.append(("docs/old.md:3: warning: ", "due on 2020-01-01", "(overdue-review)"))
    bib = clone / "references.bib"
    bib.write_text(bib.read_text("utf-8") + "\n@book{zz2020, year = {2020}}\n", encoding="utf-8")
    line = bib.read_text("utf-8").count("\n")
    wanted.append((f"references.bib:{line}: ", "'zz2020' has no title", "(bibliography-entry)"))
    wanted.append((f"references.bib:{line}: ", "nothing uses 'zz2020'", "(unused-source)"))
    hard = f"{HEAD}Hypermagnesaemia necessitates hospitalisation.\n"
    (clone / "docs" / "hard.md").write_text(hard, encoding="utf-8")
    wanted.append(("docs/hard.md:1: warning: ", "use shorter words", "(hard-page)"))
    claims = clone / evidence.FILE
    text = claims.read_text("utf-8")
    claims.write_text(text.replace(",supported,", ",true,", 1), encoding="utf-8")
    line = text[: text.index(",supported,")].count("\n") + 1
    wanted.append((f"{evidence.FILE.as_posix()}:{line}: ", "the verdict 'true'", "(claim-row)"))
    code, lines = run(clone)
    assert code == 1
    for place, message, rule in wanted:
        of_rule = [line for line in lines if line.startswith(place) and line.endswith(rule)]
        assert any(message in line for line in of_rule), (place, message, rule, lines)
    assert {rule[1:-1] for *_, rule in wanted} == set(RULES)
    places = {place.partition(":")[0] for place, *_ in wanted}
    assert {line.partition(":")[0] for line in lines[:-1]} == places


@pytest.mark.slow
@pytest.mark.browser
def test_a_wrong_word_in_a_result_is_told_at_its_line(clone: Path) -> None:
    """A sentence of the calculator is under the same rules as the pages."""
    file = clone / "calculator" / "words" / "figures.py"
    text = file.read_text("utf-8")
    assert 'WORKING = "How we worked it out"' in text
    file.write_text(text.replace("How we worked it out", "The best way"), encoding="utf-8")
    line = text[: text.index("WORKING = ")].count("\n") + 1
    code, lines = run(clone)
    assert code == 1
    assert lines[0].startswith(f"calculator/words/figures.py:{line}: 'best' is not a word of ours")
    assert lines[0].endswith("(banned-word)")


def test_on_github_a_fault_is_an_annotation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """File, line and rule as properties, with what would end them escaped."""
    fault = Fault("docs/a,b.md", 3, "100% of\nit: bare", rule="bare-url")
    assert lint.annotation(fault) == (
        "::error file=docs/a%2Cb.md,line=3,title=bare-url::100%25 of%0Ait: bare"
    )
    a_site(tmp_path)
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert lint.main(["--root", str(tmp_path), str(tmp_path / "docs" / "other.md")]) == 1
    first = capsys.readouterr().out.splitlines()[0]
    assert first.startswith(f"::error file={tmp_path.as_posix()}/docs/other.md,line=1,title=")


def test_warnings_do_not_fail(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A page whose review is due is told of, and the exit code is 0."""
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    overdue = Fault("old.md", 5, "due", warning=True, rule="overdue-review")
    wrong = Fault("old.md", 7, "an address", rule="bare-url")
    assert lint.report([]) == 0
    assert lint.report([overdue]) == 0
    assert lint.report([overdue, wrong]) == 1
    assert "old.md:5: warning: due (overdue-review)" in capsys.readouterr().out


def test_a_byte_order_mark_is_one_fault_and_hides_none(tmp_path: Path) -> None:
    """The front matter behind the mark is read, and what is wrong below it keeps its line."""
    site = a_site(tmp_path)
    page = tmp_path / "docs" / "page.md"
    page.write_text(f"{HEAD}A sentence.\n\nSee [b](othr.md).\n", encoding="utf-8-sig")
    faults = [fault for fault in lint.check(site) if fault.file == page.as_posix()]
    assert [(fault.line, fault.rule) for fault in faults] == [(1, "encoding"), (15, "broken-link")]


def test_another_encoding_is_told_at_the_line_of_its_letter(tmp_path: Path) -> None:
    """As Windows saves "ANSI"; nothing ends in a traceback."""
    site = a_site(tmp_path)
    page = tmp_path / "docs" / "page.md"
    page.write_bytes(f"{HEAD}One \N{MICRO SIGN}g.\n".encode("cp1252"))
    claims = tmp_path / evidence.FILE
    claims.write_bytes(claims.read_bytes().replace(b"c02,none", b"c02,\xb5"))
    faults = lint.check(site)
    assert [fault.line for fault in faults if fault.rule == "encoding"] == [3, 13]
    messages = [fault.message for fault in faults if fault.file == claims.as_posix()]
    assert "a letter in the column 'section' is not UTF-8; save the file as UTF-8" in messages


@pytest.mark.parametrize("name", RULES)
def test_each_rule_can_be_asked_for(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`--explain` prints what it asks for and why."""
    assert lint.main(["--explain", name]) == 0
    assert "Why: " in capsys.readouterr().out


def test_a_rule_that_is_not_there_is_guessed(capsys: pytest.CaptureFixture[str]) -> None:
    """With the nearest name, and every name."""
    assert lint.main(["--explain", "banned-wrd"]) == 2
    assert "Did you mean 'banned-word'?" in capsys.readouterr().err


def test_hard_words_fail_however_short_the_sentences(tmp_path: Path) -> None:
    """One hard page is a warning; the average grade has a limit that fails."""
    a_site(tmp_path)
    (tmp_path / "docs" / "evidence" / "claims.csv").unlink()
    (tmp_path / "docs" / "other.md").write_text("Short one.\n", encoding="utf-8")
    hard = tmp_path / "docs" / "hard.md"
    hard.write_text("Hypermagnesaemia necessitates hospitalisation.\n", encoding="utf-8")
    faults = lint.check(Site(tmp_path, keys=frozenset))
    assert {fault.warning for fault in faults if fault.rule == "hard-page"} == {True, False}


def test_every_page_can_be_measured(capsys: pytest.CaptureFixture[str]) -> None:
    """`--grades` names each page and the claims."""
    assert lint.main(["--root", str(ROOT), "--grades"]) == 0
    out = capsys.readouterr().out
    assert out.count("grade ") == len(list(DOCS.rglob("*.md"))) + 1


def test_the_site_passes() -> None:
    """No fault and no warning today but a review that came due."""
    faults = [fault for fault in lint.check(Site(ROOT)) if fault.rule != "overdue-review"]
    assert [str(fault) for fault in faults] == []
