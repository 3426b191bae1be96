"""The links that report a wrong number: they name the line, and no answer of a reader."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from scripts import blocks, challenge

FORK = "https://code.example/somebody/magnesium"


def test_without_a_repository_there_is_no_link(monkeypatch: pytest.MonkeyPatch) -> None:
    """A site that does not know its repository offers nothing that leads nowhere."""
    monkeypatch.setenv("REPO_URL", "")
    assert challenge.of_table("serum") == challenge.report(where="the serum check") == ""


@pytest.mark.parametrize("name", sorted(challenge.TABLES))
def test_a_report_leads_to_the_line_of_its_table(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """The line named is where the table begins, in the repository that built the page."""
    monkeypatch.setenv("REPO_URL", f"{FORK}/")
    parts = urlsplit(challenge.of_table(name))
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == f"{FORK}/issues/new"
    fields = parse_qs(parts.query)
    assert fields["template"] == ["wrong-number.yml"]
    file, line = fields["where"][0].removesuffix(" and below").split(", line ")
    text = Path(file).read_text("utf-8").splitlines()[int(line) - 1]
    assert text.startswith(challenge.TABLES[name][1])


def test_every_table_that_can_be_challenged_is_on_a_page() -> None:
    """No name is left over from a block that is gone."""
    assert challenge.TABLES.keys() <= blocks.TABLES.keys()
