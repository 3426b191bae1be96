"""Every table of published numbers as text, so that nothing in one can change alone.

    python -m tests.pin    write tests/fixtures/tables/ and next-steps.md anew, after a change
                           that was meant

Each constant of the modules below is in a file of its own or, where it is no table, a line of
the file of its kind. The tests compare; only this command writes. Read what Git then shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import is_dataclass
from pathlib import Path

from calculator import quantities
from calculator.tables import amounts, blood, foods, phones, salts, sources
from scripts.data.rows import Rows, columns, csv_text, words

MODULES = (amounts, blood, foods, phones, salts, sources, quantities)
TABLES = Path(__file__).parent / "fixtures" / "tables"


def constants() -> dict[str, object]:
    """Every public constant of the modules, once; a table by another key adds nothing."""
    held: dict[str, object] = {}
    for module in MODULES:
        for name, value in vars(module).items():
            if name.isupper() and not name.startswith("_") and "_BY_" not in name:
                held.setdefault(name, value)
    return held


def tables() -> dict[str, Rows]:
    """The rows of each fixture by its name: whole tables, and the single values by kind."""
    found: dict[str, Rows] = {}
    for name, value in constants().items():
        if isinstance(value, Mapping):
            rows = [{"key": words(key), **columns(held)} for key, held in value.items()]
            found[name.lower()] = rows
        elif isinstance(value, tuple) and any(map(_is_row, value)):
            found[name.lower()] = [columns(row) for row in value]
        else:
            kind = type(value).__name__ if is_dataclass(value) else "constant"
            row = columns(value) if is_dataclass(value) else {"value": words(value)}
            found.setdefault(f"single_{kind.lower()}", []).append({"constant": name, **row})
    return found


def _is_row(value: object) -> bool:
    return is_dataclass(value) or isinstance(value, tuple)


def fixture_texts() -> dict[str, str]:
    """The text that each fixture has today, by its file's name."""
    return {f"{name}.csv": csv_text(rows) for name, rows in tables().items()}


def write(folder: Path = TABLES) -> list[str]:
    """Write the fixtures that differ, remove those of tables that went; name both."""
    texts = fixture_texts()
    done = []
    for file in folder.glob("*.csv"):
        if file.name not in texts:
            file.unlink()
            done.append(f"removed {file.name}")
    for name, text in texts.items():
        file = folder / name
        if not file.is_file() or file.read_text("utf-8") != text:
            file.write_text(text, encoding="utf-8", newline="\n")
            done.append(f"wrote {name}")
    return done


def write_words() -> list[str]:
    """Write the page of every next step, and that of every line, where they differ; name them."""
    from tests import next_steps, said  # Only here: they work out every sample as they load.

    written = []
    for page, text in ((next_steps.PAGE, next_steps.text()), (said.PAGE, said.text())):
        if not page.is_file() or page.read_text("utf-8") != text:
            page.write_text(text, encoding="utf-8", newline="\n")
            written.append(f"wrote {page.name}")
    return written


if __name__ == "__main__":
    print("\n".join([*write(), *write_words()]) or "Nothing changed.")
