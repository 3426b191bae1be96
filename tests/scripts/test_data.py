"""The tables that readers can take away, as they stand in the built site."""

import csv
import hashlib
import io
import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from calculator.tables.amounts import INTAKE_ROWS, LIMIT_ROWS, OTHER_LIMITS
from calculator.tables.foods import FOODS
from calculator.tables.salts import SALTS
from scripts.claims import claims
from scripts.data.tables import FOLDER, PACKAGE, TABLES
from scripts.publish import data
from scripts.sources.entries import BIB, read_bibliography
from tests.conftest import ROOT

SCHEMA = ROOT / "tests" / "fixtures" / "tabular-data-package.json"
# What a cell of each type must be read as.
READ = {"string": str, "integer": int, "number": float, "date": date.fromisoformat}

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def package(built: Path) -> dict[str, Any]:
    """What the package of the built site says."""
    found: dict[str, Any] = json.loads((built / FOLDER / PACKAGE).read_text("utf-8"))
    return found


def judged(package: Path) -> subprocess.CompletedProcess[str]:
    """What the published schema says of a package."""
    judge = [sys.executable, "-m", "check_jsonschema", "--schemafile", str(SCHEMA), str(package)]
    return subprocess.run(judge, capture_output=True, text=True, check=False)


def rows_of(built: Path, name: str) -> list[dict[str, str]]:
    """The rows of a table, as a reader's program gets them."""
    text = (built / FOLDER / f"{name}.csv").read_bytes().decode()
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_package_is_what_the_standard_asks_for(built: Path, tmp_path: Path) -> None:
    """By its published schema, which refuses a column of a type that it does not know."""
    good = judged(built / FOLDER / PACKAGE)
    assert good.returncode == 0, good.stdout
    text = (built / FOLDER / PACKAGE).read_text("utf-8").replace('"integer"', '"months"')
    (tmp_path / PACKAGE).write_text(text, "utf-8")
    assert judged(tmp_path / PACKAGE).returncode == 1


def test_each_file_is_the_one_that_the_package_describes(
    built: Path, package: dict[str, Any]
) -> None:
    """Its size, its hash, its columns and the type of each cell."""
    assert [table["name"] for table in package["resources"]] == [table.name for table in TABLES]
    for table in package["resources"]:
        content = (built / FOLDER / table["path"]).read_bytes()
        assert table["bytes"] == len(content)
        assert table["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        types = {field["name"]: READ[field["type"]] for field in table["schema"]["fields"]}
        for row in rows_of(built, table["name"]):
            assert [*row] == [*types]
            for name, cell in row.items():
                assert not cell or types[name](cell) is not None


def test_what_tells_rows_apart_does_and_every_key_leads_to_a_source(
    built: Path, package: dict[str, Any]
) -> None:
    """A table that is joined to the sources by its keys loses no row and doubles none."""
    known = {row["key"] for row in rows_of(built, "references")}
    for table in package["resources"]:
        rows, schema = rows_of(built, table["name"]), table["schema"]
        assert len({tuple(row[name] for name in schema["primaryKey"]) for row in rows}) == len(rows)
        cites = {key["fields"] for key in schema.get("foreignKeys", [])}
        cites |= {"sources", "article_cited"} & rows[0].keys()
        keys = {key for row in rows for name in cites for key in row[name].split()}
        assert keys <= known
        assert keys or table["name"] == "references"


def test_no_row_of_ours_is_left_out(built: Path) -> None:
    """The files are as long as the tables that the checks read."""
    length = {table.name: len(rows_of(built, table.name)) for table in TABLES}
    assert length["amounts"] == len(INTAKE_ROWS)
    assert length["limits"] == len(LIMIT_ROWS) + len(OTHER_LIMITS)
    assert length["salts"] == len(SALTS)
    assert length["foods"] == len(FOODS)
    assert length["claims"] == len(claims.load())
    assert length["references"] == len(read_bibliography(BIB)[0])


def test_a_number_is_as_its_source_prints_it(built: Path) -> None:
    """And the limits for food and water are not said to be for supplements."""
    ranges = {(row["id"], row["unit"]): row for row in rows_of(built, "blood-ranges")}
    uk, us = ranges["uk", "mmol/L"], ranges["iom", "mg/dL"]
    assert (uk["low"], uk["high"], us["low"], us["high"]) == ("0.70", "1.00", "1.8", "2.3")
    limits = [row for row in rows_of(built, "limits") if row["mg_per_day"]]
    water = {row["authority"] for row in limits if row["of"] == "food and drinking water"}
    assert water == {"WHO_FAO"}


def test_json_has_the_rows_of_the_csv(built: Path) -> None:
    """A number is a number there, and what is empty is null."""
    for table in TABLES:
        rows = json.loads((built / FOLDER / f"{table.name}.json").read_text("utf-8"))
        for row, cells in zip(rows, rows_of(built, table.name), strict=True):
            assert [*row] == [*cells]
            for name, cell in cells.items():
                assert row[name] == (type(row[name])(cell) if cell else None)


def test_no_figure_is_left_in_the_braces_of_a_page(built: Path) -> None:
    """Our own way to write one is for our own pages."""
    for file in (built / FOLDER).glob("*.csv"):
        assert not re.search(r"\{[0-9C]|\[@", file.read_text("utf-8")), file.name


def test_two_builds_write_the_same_bytes(built: Path, tmp_path: Path) -> None:
    """Whoever compares two versions sees what changed, and nothing else."""
    data.write(tmp_path)
    files = {file.name: file.read_bytes() for file in (built / FOLDER).iterdir()}
    assert files == {file.name: file.read_bytes() for file in (tmp_path / FOLDER).iterdir()}


def test_every_file_is_linked_from_the_page_and_told_to_search_engines(
    built: Path, published: Path
) -> None:
    """And no link leads to a file that is not there."""
    page = built / "about" / "data" / "index.html"
    links = re.findall(r'<a [^>]*href="(\.\./\.\./data/[^"]*)"', page.read_text("utf-8"))
    there = sorted(file.name for file in (built / FOLDER).iterdir())
    assert sorted(Path(link).name for link in links) == there
    assert all((page.parent / link).is_file() for link in links)
    told = (published / "about" / "data" / "index.html").read_text("utf-8")
    files = re.findall(r'"contentUrl":"https://example\.org/sub-path/data/([^"]*)"', told)
    assert sorted([*files, PACKAGE]) == there
