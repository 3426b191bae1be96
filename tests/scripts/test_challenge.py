"""The links that report a wrong number: they name the value and its line, and no answer."""

import ast
import re
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from calculator.quantities import exact
from calculator.tables import amounts, blood, salts
from calculator.tables.foods import FOODS, HOUSEHOLD
from calculator.words.form import FORMS
from scripts.blocks import challenge, numbers
from scripts.blocks import extension as blocks
from scripts.blocks import foods as foods_block
from scripts.sources.entries import BIB, read_bibliography
from tests.calculator.test_result import SAMPLES

FORK = "https://code.example/somebody/magnesium"
every_table = pytest.mark.parametrize("name", [*sorted(numbers.NUMBERS), "foods"])


def fields(address: str) -> dict[str, list[str]]:
    """What a link fills in, in the repository that built the page."""
    parts = urlsplit(address)
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == f"{FORK}/issues/new"
    return parse_qs(parts.query)


@cache
def written(file: str) -> dict[int, str]:
    """What begins on each line of a module: the row of a table, or a name, to its end."""
    lines = Path(file).read_text("utf-8").splitlines()
    found: dict[int, str] = {}
    for node in ast.walk(ast.parse("\n".join(lines))):
        if isinstance(node, ast.expr | ast.stmt):
            text = "\n".join(lines[node.lineno - 1 : node.end_lineno])
            found[node.lineno] = max(found.get(node.lineno, ""), text, key=len)
    return found


def test_without_a_repository_there_is_no_link(monkeypatch: pytest.MonkeyPatch) -> None:
    """A site that does not know its repository offers nothing that leads nowhere."""
    monkeypatch.setenv("REPO_URL", "")
    assert challenge.of_table("serum") is None
    assert challenge.report(where="the serum check") == ""


@every_table
def test_every_value_has_a_link_that_names_it_with_its_source(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """The report opens with the value and its unit, the source's key and title, the line."""
    monkeypatch.setenv("REPO_URL", f"{FORK}/")
    references, _ = read_bibliography(BIB)
    details = challenge.of_table(name)
    assert details is not None
    *links, whole = details.iter("a")
    assert "and below" in fields(whole.attrib["href"])["where"][0]
    for link, value in zip(links, challenge.values(name), strict=True):
        filled = fields(link.attrib["href"])
        assert (filled["template"], filled["value"]) == (["wrong-number.yml"], [value.text])
        assert filled["title"] == [f"Wrong number: {value.of}"]
        assert filled["where"] == [f"{value.file}, line {value.line}"]
        for key in value.sources:
            assert f"{key}: {references[key].get('title')}" in filled["source"][0]
        assert link.text == value.text


@every_table
def test_the_line_of_a_value_is_where_it_is_written(name: str) -> None:
    """Who opens the file on that line sees the number, as the source prints it."""
    for value in challenge.values(name):
        text = written(value.file)[value.line]
        number = re.match(r"(?:under )?([0-9.,]+)", value.text)
        if "% magnesium" in value.text:  # Worked out from the formula, which stands there.
            assert value.of in text
        elif value.text == "none set":
            assert "None" in text
        elif "absorbed" in value.text or name == "spacings":
            assert value.text.removesuffix(" absorbed") in text
        else:
            assert number
            assert f'"{number[1].replace(",", "")}' in text, value


def test_no_row_is_left_out() -> None:
    """As many values as the tables have rows, and three of each food."""
    counts = {name: len(challenge.values(name)) for name in (*numbers.NUMBERS, "foods")}
    assert counts["intakes"] == len(amounts.INTAKE_ROWS)
    assert counts["limits"] == len(amounts.LIMIT_ROWS) + len(amounts.OTHER_LIMITS)
    assert counts["foods"] == 3 * len(FOODS)
    assert counts["ranges"] == len(blood.RANGES)
    assert counts["onsets"] == len(blood.ONSETS)
    assert counts["low-onsets"] == len(blood.LOW_ONSETS)
    assert counts["spacings"] == len(salts.SPACINGS)
    cuts = [cut for grade in (blood.CTCAE_LOW, blood.CTCAE_RAISED) for cut in grade.values()]
    assert counts["grades"] == sum(end is not None for ends in cuts for end, _ in ends)
    absorbed = [salt.absorbed_source for salt in salts.SALTS]
    assert counts["salts"] == len(absorbed) + len([key for key in absorbed if key])
    ends = [(row.ends is not None) + (row.rises is not None) for row in blood.SERUM_ROWS]
    assert counts["serum"] == len(blood.COMPARED_RANGES) + sum(ends)


def test_what_a_result_lets_challenge_is_published_and_no_answer() -> None:
    """Each number of a working is one of the tables', or alone in them; none was typed."""
    published = {value.text for name in blocks.TABLES for value in challenge.values(name)}
    alone = {"30% to 70%", "1.7", "10mg for each kg"}
    found = {line.value for result in SAMPLES.values() for line in result.working.lines} - {""}
    shares = {f"{exact(salt.magnesium_mass)} ÷ {exact(salt.molar_mass)}" for salt in salts.SALTS}
    foods = {f"{food.magnesium_per_100g}mg in 100g" for food in FOODS}
    assert found <= published | alone | shares | foods
    assert all(found & some for some in (published, alone, shares, foods))
    assert {line.value for line in SAMPLES["infant"].working.lines} == {""}


def test_a_weight_that_no_source_gives_names_none() -> None:
    """A serving that we chose, or took for usual, is not said to be the source's."""
    for food, weight in zip(FOODS, [*foods_block.values()][2::3], strict=True):
        assert (weight.sources == ("own-rules",)) == (food.basis != HOUSEHOLD)


def test_every_table_of_ours_can_be_challenged() -> None:
    """No table of values is without its links, and no name is left over from one that is gone."""
    others = {"claims", "claim-counts", "claim-downloads", "sources", "source-downloads"}
    others |= {"single-file", "print-edition", "contents", "data", "interface", "wheel"}
    # What the checks say of the same values.
    others |= {f"{kind}-{check}" for kind in ("examples", "working") for check in FORMS}
    assert blocks.TABLES.keys() - others == {
        name for name in blocks.TABLES if challenge.values(name)
    }
