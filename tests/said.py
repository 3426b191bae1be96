"""Every line that the checks and their forms say, once, so that no word of them changes unseen.

python -m tests.pin    writes tests/fixtures/said.txt anew, after a change that was meant
"""

from __future__ import annotations

import contextlib
import dataclasses
import io
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from calculator.__main__ import main
from calculator.layout.chart import bars, number_line
from calculator.layout.html import problems_to_html, result_to_html
from calculator.layout.text import result_to_text
from calculator.record import to_json
from calculator.rules.day import IntakeAnswers
from calculator.tables import blood
from calculator.words import form, page, problems, question
from calculator.words import serum as serum_words
from calculator.words.rows import care_rule
from tests.calculator.test_result import INTAKE_SAMPLES, SERUM_SAMPLES, intake, serum

PAGE = Path(__file__).parent / "fixtures" / "said.txt"
PROBLEMS = (problems.PROBLEM_HEADING, problems.ERROR_TITLE, problems.BY_FIELD, problems.BY_REASON)
# What is said of how a number was typed.
TYPED = (
    serum("1,5 L", "mg/dL", "1,6", "2.6"),
    intake(IntakeAnswers("60", "female", food="100,5", calcium="700,5")),
)
SAMPLES = (*SERUM_SAMPLES.values(), *INTAKE_SAMPLES.values(), *TYPED)


def text() -> str:
    """The page: a line each, those of one kind under its name."""
    rules = [care_rule(row) for row in blood.SERUM_ROWS]
    parts = {
        "The results, as text": once(results()),
        "The results, as a page": once(elements()),
        "A drawing of each kind": "\n".join(drawings()),
        "The results, as JSON: working and sources": once(steps()),
        "The command line's tables": once(listed()),
        "The problems": once(strings(PROBLEMS)),
        "The forms": once(strings(dict(sorted(form.FORMS.items())))),
        "The pages around them": once(strings([vars(page), serum_words.STAGE_NAMES, rules])),
    }
    return "\n".join(f"# {name}\n\n{lines}\n" for name, lines in parts.items())


def once(lines: Iterable[str]) -> str:
    """Each line that differs in more than its numbers from those before it."""
    found: dict[str, str] = {}
    for line in lines:
        found.setdefault(re.sub(r"[0-9][0-9.,]*", "0", line.strip()), line.rstrip())
    return "\n".join(filter(None, found.values()))


def results() -> Iterator[str]:
    """What each sample says."""
    for sample in SAMPLES:
        yield from (*result_to_text(sample).splitlines(), sample.marked)


def elements() -> Iterator[str]:
    """How each sample is marked up, and the words between its elements."""
    refused = [{"field": "low", "message": "A problem"}, {"field": "high", "message": "Another"}]
    for whole in (problems_to_html(refused), *map(result_to_html, SAMPLES)):
        yield from re.findall(r"<[^/][^>]*>|[^<>]+(?=<|$)", whole)


def drawings() -> Iterator[str]:
    """A drawing of each kind, to the last digit."""
    for sample in SAMPLES:
        if sample.line and sample.bars:
            yield from re.findall(r"<[^>]*>", number_line(sample.line) + bars(sample.bars))
            return


def steps() -> Iterator[str]:
    """What JSON has besides the record."""
    for sample in SAMPLES:
        whole = to_json(sample)
        added = [whole[key] for key in ("working", "sources", "problems")]
        yield from json.dumps(added, ensure_ascii=False, indent=0).splitlines()


def listed() -> Iterator[str]:
    """What the command line says of every compound, and of a food."""
    written = io.StringIO()
    with contextlib.redirect_stdout(written):
        main(["salts"])
        main(["foods", "spinach"])
    yield from written.getvalue().splitlines()


def strings(value: object) -> Iterator[str]:
    """Every text in a value, however deep; foods are a table, which is pinned already."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, one in value.items():
            if not str(key).startswith("_") and type(one).__name__ != "module":
                yield from strings([str(key), one])
    elif isinstance(value, list | tuple):
        for one in value:
            yield from strings(one)
    elif isinstance(value, question.Question) and value.name == "eat-food":
        yield from strings(dataclasses.asdict(dataclasses.replace(value, choices=())))
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {one.name: getattr(value, one.name) for one in dataclasses.fields(value)}
        yield from strings(fields)
        # Whether an answer is a whole number or may be left out is words too, in the end.
        if true := [name for name, one in fields.items() if one is True]:
            yield f"{next(iter(fields.values()))}: {', '.join(true)}"
