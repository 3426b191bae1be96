"""What CPython says of a state, for a browser's answer to be compared with."""

from __future__ import annotations

import json
from urllib.parse import parse_qsl, urlsplit

from tests.browser.states import INTAKE, SERUM

HOOKS = ("status", "row", "care", "position", "notes")


def asked(address: str) -> str:
    """The request that the page makes of the answers in a link."""
    parts = urlsplit(address)
    check = {SERUM: "serum", INTAKE: "intake"}[parts.path]
    answers = parse_qsl(parts.fragment, keep_blank_values=True)
    return json.dumps({"check": check, "answers": answers})


def words(value: str | list[str]) -> str:
    """A value of the record as it stands on the page: a list with spaces between."""
    return value if isinstance(value, str) else " ".join(value)
