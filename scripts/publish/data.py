"""The tables as CSV and JSON beside a page, and the data package that describes them.

The package is one of Frictionless Data, a "tabular data package" of version 1 of that standard.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from calculator import __version__
from scripts.data.rows import Rows, csv_text
from scripts.data.tables import FOLDER, KINDS, PACKAGE, TABLES, Table

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
NOTE = "Information, not medical advice. Keep the day and the sources with any copy."

Node = dict[str, object]


def write(site: Path) -> None:
    """Write every table, and what describes them all, into a built site."""
    folder = site / FOLDER
    folder.mkdir(exist_ok=True)
    resources = []
    for table in TABLES:
        rows = table.rows()
        text = csv_text(rows).encode()
        (folder / f"{table.name}.csv").write_bytes(text)
        (folder / f"{table.name}.json").write_bytes(as_json(typed(table, rows)))
        resources.append(resource(table, text))
    (folder / PACKAGE).write_bytes(as_json(package(resources)))


def as_json(value: object) -> bytes:
    """A value as a file of JSON, which a person can read too."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def typed(table: Table, rows: Rows) -> list[Node]:
    """The rows with numbers as numbers, and null where there is nothing."""
    kinds = {"integer": int, "number": float}
    made = {column.name: kinds.get(column.type, str) for column in table.columns}
    return [
        {name: made[name](cell) if cell else None for name, cell in row.items()} for row in rows
    ]


def package(resources: list[Node]) -> Node:
    """The description of them all."""
    return {
        "profile": "tabular-data-package",
        "name": "magnesium-and-bone",
        "title": "Magnesium and bone: amounts, limits, ranges, compounds, foods, claims, sources",
        "description": NOTE,
        "version": __version__,
        "licenses": [
            {
                "name": "CC-BY-4.0",
                "path": LICENCE,
                "title": "Creative Commons Attribution 4.0",
            }
        ],
        "resources": resources,
    }


def resource(table: Table, text: bytes) -> Node:
    """The description of one table, with the size and the hash of its file."""
    schema: Node = {
        "fields": [
            {"name": column.name, "type": column.type, "description": column.holds}
            for column in table.columns
        ],
        "primaryKey": list(table.key),
    }
    if table.cites:
        reference = {"resource": "references", "fields": "key"}
        schema["foreignKeys"] = [{"fields": table.cites, "reference": reference}]
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": table.title,
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": KINDS["csv"],
        "encoding": "utf-8",
        "bytes": len(text),
        "hash": f"sha256:{hashlib.sha256(text).hexdigest()}",
        "schema": schema,
    }
