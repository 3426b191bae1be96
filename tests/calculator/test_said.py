"""Every line that the checks and their forms say is pinned, as the tables are."""

import ast
import re
from html import unescape

from tests import next_steps, said
from tests.conftest import ROOT


def test_every_line_that_is_said_is_the_page_of_them() -> None:
    """No word of a result or a form changes without this page changing with it."""
    assert said.PAGE.read_text("utf-8") == said.text(), (
        "If the change is meant: python -m tests.pin, then read what Git shows."
    )


def test_every_sentence_of_the_calculator_is_pinned() -> None:
    """One that no sample says could change unseen: give test_result.py a sample that says it."""
    pinned = plain(unescape(said.PAGE.read_text("utf-8") + next_steps.PAGE.read_text("utf-8")))
    loose = []
    for path in sorted((ROOT / "calculator" / "words").glob("*.py")):
        nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
        docstrings = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
        for node in nodes:
            if isinstance(node, ast.Constant) and id(node) not in docstrings:
                parts = map(plain, re.split(r"\{[^}]*\}", str(node.value)))
                loose += [part for part in parts if " " in part and part not in pinned]
    assert loose == []


def plain(text: str) -> str:
    """A text without its numbers and line ends; the page has one line of those that differ so."""
    return re.sub(r"[0-9]+(?:[.,][0-9]+)*", "0", " ".join(text.split()))
