"""The part of an address behind its #, read by the page's own script under Node."""

import json
import random
import subprocess
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

import pytest

from scripts.runtime.node import node
from tests.trust import inputs

SCRIPT = Path(inputs.__file__).with_name("fragments.mjs")
MANY = 2_000
Pairs = list[list[str]]

pytestmark = pytest.mark.browser


def linked(fragments: list[str], names: list[str]) -> list[Pairs]:
    """What the page would fill in for each fragment, into a form with these fields."""
    asked = json.dumps([{"fragment": one, "names": names} for one in fragments])
    ran = subprocess.run(
        [node(), str(SCRIPT)], input=asked, capture_output=True, text=True, encoding="utf-8"
    )
    assert ran.returncode == 0, ran.stderr
    read: list[Pairs] = json.loads(ran.stdout)
    return read


def test_a_link_gives_back_the_answers_that_were_put_into_it() -> None:
    """Whatever they are: as they were typed, and in their order."""
    typed = []
    for seed in range(MANY):
        _, answers = inputs.filled(seed)
        # No address holds half a sign, and a browser has none in a field.
        typed.append([[n, v.encode("utf-8", "replace").decode("utf-8")] for n, v in answers])
    names = [*inputs.SERUM_FIELDS, *inputs.INTAKE_FIELDS]
    fragments = [urlencode([(name, value) for name, value in one]) for one in typed]
    assert linked(fragments, names) == typed


def test_whatever_stands_behind_the_sign_is_read_without_a_word_of_its_own() -> None:
    """Broken signs, fields that no form has and mere noise fill in nothing else."""
    chance = random.Random(14)
    noise = ["".join(inputs.word(chance) for _ in range(3)) for _ in range(MANY)]
    noise = [one.encode("utf-8", "replace").decode("utf-8") for one in noise]
    noise += [f"value={one}&__proto__=1&form=2&%E0%A4%A=3&value" for one in noise[:50]]
    for fragment, pairs in zip(noise, linked(noise, list(inputs.SERUM_FIELDS)), strict=True):
        assert {name for name, _ in pairs} <= set(inputs.SERUM_FIELDS)
        assert not pairs or "=" in fragment


def test_python_reads_a_link_as_the_page_does() -> None:
    """So that what is tried without a browser is what a browser would ask."""
    fragments = [urlencode(inputs.filled(seed)[1], errors="replace") for seed in range(MANY)]
    names = [*inputs.SERUM_FIELDS, *inputs.INTAKE_FIELDS]
    ours = [[list(pair) for pair in parse_qsl(one, keep_blank_values=True)] for one in fragments]
    assert linked(fragments, names) == ours
