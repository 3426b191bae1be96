"""How pages are measured, and that every page of the site is inside the limits."""

from pathlib import Path

import pytest

from scripts import lint
from tests.conftest import ROOT

DOCS = ROOT / "docs"


def texts(markdown: str) -> list[str]:
    return [sentence.text for sentence in lint.sentences_of(markdown)]


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
        ("Known. Evidence: {C01}, {C02}.", ["Known."]),
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
    assert [one.line for one in lint.sentences_of(markdown)] == [5, 6]


def test_the_index_is_the_published_formula() -> None:
    """4.71 by 13 characters in 4 words, and 0.5 by 4 words in 1 sentence, less 21.43."""
    reading = lint.Reading("x", tuple(lint.sentences_of("The cats sat here.")))
    assert reading.grade == pytest.approx(4.71 * 14 / 4 + 0.5 * 4 - 21.43)


def test_a_long_sentence_is_told_with_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command names file and line, and fails; inside the limits it does not."""
    (tmp_path / "a.md").write_text(f"# A\n\nShort one.\n\n{'so ' * 26}on.\n", encoding="utf-8")
    assert lint.main(tmp_path) == 1
    assert f"{tmp_path.as_posix()}/a.md:5: 27 words" in capsys.readouterr().out
    (tmp_path / "a.md").write_text("# A\n\nShort one.\n", encoding="utf-8")
    assert lint.main(tmp_path) == 0


def test_hard_words_fail_however_short_the_sentences(tmp_path: Path) -> None:
    """The average grade has its own limit."""
    hard = "Hypermagnesaemia necessitates hospitalisation."
    (tmp_path / "a.md").write_text(hard, encoding="utf-8")
    assert lint.main(tmp_path) == 1


@pytest.mark.parametrize("page", sorted(DOCS.rglob("*.md")), ids=lambda p: p.name)
def test_no_sentence_of_a_page_is_too_long(page: Path) -> None:
    """No sentence over the limit, and each page on its own near the grade for the average."""
    reading = lint.Reading(page.name, tuple(lint.sentences_of(page.read_text(encoding="utf-8"))))
    assert [(one.line, one.text) for one in reading.too_long] == []
    assert reading.grade <= lint.HIGHEST_GRADE


def test_the_claims_are_inside_the_limits() -> None:
    """The evidence table is read as sentences too."""
    reading = lint.read_claims(DOCS / "evidence" / "claims.csv")
    assert [(one.line, one.text) for one in reading.too_long] == []
    assert reading.grade <= lint.HIGHEST_GRADE
