"""Inputs by chance, what nobody should type among them, and the laws that no answer may break.

Each is made from a seed alone, so that one that breaks a law can be tried again: the seed is in
what pytest and `dev.py test --trust` print.
"""

from __future__ import annotations

import contextlib
import io
import json
import random
import re
from typing import Any
from urllib.parse import parse_qsl, urlencode
from xml.etree import ElementTree

from calculator import browser
from calculator.__main__ import main

MOST_ECHOED = 60
SERUM_FIELDS = ("value", "unit", "low", "high")
EAT_FIELDS = ("eat-food", "eat-servings")
SUPPLEMENT_FIELDS = tuple(f"supplement-{name}" for name in ("salt", "mg", "times", "per-ml", "ml"))
DAY_FIELDS = ("age", "sex", "stage", "authority", "food", "calcium", "weight")
INTAKE_FIELDS = (*DAY_FIELDS, *EAT_FIELDS, *SUPPLEMENT_FIELDS)

# What no answer of ours has: what runs, and what fetches or sends.
RUNS = set("script img iframe object embed link style base meta form input audio video".split())
NUMBERS = (
    "0.85", "2", "1.7", "2.4", "0.70-1.00", "0,85", "1.200", "1,234.5", "-1", "1e5", ".5", "5.",
    "\u0661\u066b\u0667", "\uff10.\uff18\uff15", "\u0660", "1..2", "1.2.3", "<0.2", ">4", "≥4.0",
    "<<1", "9" * 39, "9" * 41, "0.0000001", "NaN", "inf", "½", "²", "0x10", "1_000", "+2", "--2",
    "1 2", "1\n2", "269.99", "5000", "5000.01",
)  # fmt: skip
UNITS = (
    "mg/dL", "mmol/L", "mEq/L", "mg/L", "µmol/L", "μmol/L", "mg%", "mval/L", "mg", "ml", "kg",
    "L", "H", "(HH)", "*", "bananas", "mg/dl mmol/L", "MG/DL", "m g / d L", "€",
)  # fmt: skip
CHOICES = (
    "female", "male", "general", "pregnancy", "lactation", "UK", "EU", "US_CA", "WHO_FAO", "AU_NZ",
    "NORDIC", "D_A_CH", "F001", "f002", "F310", "F999", "elemental", "oxide", "citrate",
    "citrate_unknown", "citrate_anhydrous", "sulphate", "60", "47m", "3 years", "6m", "121", "0",
)  # fmt: skip
NASTY = (
    "", " ", "\t", "\u200b", "\u202e", "\x00", "\ud800", "\ufeff", "\u00ad",
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "' onfocus='alert(1)",
    "javascript:alert(1)", "{noun}", "{0}", "%s", "%00", "&lt;b&gt;", "]]>", "<!--", "\\", "'; --",
    "../../etc/passwd", "=HYPERLINK(1)", "🧂" * 30, "e\u0301" * 200, "a" * 5000, "1" * 5000,
    "1" * 3000 + "é", "(" * 3000, ",." * 2000, "x" * 61, "\r\n\r\n", "constructor", "__proto__",
)  # fmt: skip
EVERY = (*NUMBERS, *UNITS, *CHOICES, *NASTY)


def word(chance: random.Random) -> str:
    """Something to type: usual, odd or hostile, whole or in pieces."""
    kind = chance.random()
    if kind < 0.35:
        return (
            chance.choice(NUMBERS)
            + chance.choice(("", "", " ", "\u00a0"))
            + chance.choice(("", "", chance.choice(UNITS)))
        )
    if kind < 0.8:
        return chance.choice(EVERY)
    if kind < 0.9:
        return "".join(chance.choice(EVERY)[:40] for _ in range(chance.randint(1, 4)))
    return "".join(chr(chance.randrange(0x110000)) for _ in range(chance.randint(1, 30)))


def usual(chance: random.Random, name: str) -> str:
    """What a reader might well answer to a question, so that a slip elsewhere shows."""
    return {
        "value": chance.choice(("0.85", "2.1", "0.66 L", "1.7")),
        "unit": chance.choice(UNITS[:3]),
        "age": chance.choice(("60", "35", "8", "47m", "6m", "17")),
        "sex": chance.choice(("female", "male")),
        "stage": "general",
        "authority": chance.choice(CHOICES[5:12]),
        "food": chance.choice(("", "200", "269.99")),
        "eat-food": chance.choice(("F001", "F008", "")),
        "eat-servings": chance.choice(("1", "0.5")),
        "supplement-salt": chance.choice(("elemental", "oxide", "citrate_unknown")),
        "supplement-mg": chance.choice(("100", "375", "400.01")),
        "supplement-times": "1",
    }.get(name, "")


def filled(seed: int) -> tuple[str, list[tuple[str, str]]]:
    """A check, and the fields of its form in the page's order, each with an answer."""
    chance = random.Random(seed)
    check = chance.choice(("serum", "intake", "intake"))
    odd = chance.choice((0.05, 0.3, 1.0))
    names = list(SERUM_FIELDS)
    if check == "intake":
        eaten, taken = chance.choice((0, 0, 1, 3)), chance.choice((0, 1, 1, 3))
        names = [*DAY_FIELDS[:5], *EAT_FIELDS * eaten, *SUPPLEMENT_FIELDS * taken, *DAY_FIELDS[5:]]
    return check, [
        (name, word(chance) if chance.random() < odd else usual(chance, name)) for name in names
    ]


def try_form(seed: int) -> str:
    """Answer a form that was filled in by chance; return its status. Raises AssertionError."""
    check, answers = filled(seed)
    response = json.loads(browser.run(json.dumps({"check": check, "answers": answers})))
    judge(check, answers, response)
    return str(response["record"]["status"])


def try_link(seed: int) -> str:
    """Answer a form that was filled in from an address; return its status."""
    check, answers = filled(seed)
    with contextlib.suppress(UnicodeEncodeError):  # No address holds half a sign.
        answers = parse_qsl(urlencode(answers), keep_blank_values=True)
    response = json.loads(browser.run(json.dumps({"check": check, "answers": answers})))
    judge(check, answers, response)
    return str(response["record"]["status"])


def judge(check: str, answers: list[tuple[str, str]], response: dict[str, Any]) -> None:
    """What holds of every answer, whatever was typed."""
    html, record, problems = response["html"], response["record"], response["problems"]
    status = record["status"]
    assert (status.startswith("error:")) == bool(problems), (answers, status)
    assert not (problems and (response["text"] or record.get("row") or record.get("care"))), answers
    for element in ElementTree.fromstring(html).iter():
        assert element.tag not in RUNS, (answers, element.tag)
        assert not any(name.startswith("on") for name in element.attrib), answers
        assert not str(element.get("href", "#")).lower().startswith("java"), answers
    said = json.dumps(response, ensure_ascii=False)
    assert "Traceback" not in said
    for name, typed in answers:
        if len(typed) > MOST_ECHOED:
            assert typed[: MOST_ECHOED + 1] not in said, (name, typed[:80])
    if status == "ok" and check == "serum":
        assert re.search(r"\d", dict(answers)["value"]), answers
        assert record["row"], answers


def arguments(seed: int) -> list[str]:
    """A command line, most of it sense."""
    chance = random.Random(seed)
    check, answers = filled(seed)
    typed = dict(answers)
    if chance.random() < 0.1:
        return [word(chance).replace("\x00", "") for _ in range(chance.randint(0, 5))]
    if check == "serum":
        limits = [f"--{name}={typed[name]}" for name in ("low", "high") if chance.random() < 0.5]
        return ["serum", *limits, "--", typed["value"], typed["unit"]]
    given = [f"--{name}={typed[name]}" for name in DAY_FIELDS if chance.random() < 0.9]
    if "supplement-mg" in typed:
        salt, mg, times = (typed[f"supplement-{name}"] for name in ("salt", "mg", "times"))
        given.append(f"--supplement={salt}:{mg}x{times}")
    if "eat-food" in typed:
        given.append(f"--eat={typed['eat-food']}={typed['eat-servings']}")
    return ["intake", *given, *chance.choice(([], ["--json"]))]


def try_command(seed: int) -> str:
    """Run a command line made by chance; return its exit status, and see that it said why."""
    given = arguments(seed)
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            status: object = main(given)
        except SystemExit as ended:
            status = ended.code
    assert status in (0, 2), given
    assert out.getvalue() if status == 0 else err.getvalue(), given
    for typed in given:
        # A supplement is three answers in one option, and each of them may be given back.
        if len(typed) > 3 * MOST_ECHOED:
            assert typed[-3 * MOST_ECHOED :] not in out.getvalue() + err.getvalue(), given
    return str(status)


def longest_run(text: str, sign: str) -> int:
    """How many of one sign stand side by side at most."""
    return max(map(len, re.findall(f"{re.escape(sign)}+", text)), default=0)
