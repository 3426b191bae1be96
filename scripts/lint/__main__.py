"""Checks the words of the site: the pages, the sources, the claims and what the checks say.

    python -m scripts.lint [FILE ...]         check; with files, print the faults of those only
    python -m scripts.lint --explain RULE     what a rule asks for, and why
    python -m scripts.lint --grades           how hard each page is to read

Every fault is a line `file:line: message (rule)`; on GitHub an annotation of that line. Exit 1
where there is an error, 0 where there are warnings only, 2 where the command is not understood.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches
from inspect import cleandoc
from pathlib import Path
from statistics import mean

from scripts.lint.rules import RULES
from scripts.lint.text import Site, Text
from scripts.pages.fault import Fault
from scripts.pages.reading import HIGHEST_GRADE, Reading


def check(site: Site) -> list[Fault]:
    """Return every fault of a site, in the order of its files and lines."""
    faults = [
        replace(fault, rule=name)
        for text in site.texts
        for name, rule in RULES.items()
        for fault in rule(text)
    ]
    faults += average(site.texts)
    return sorted(faults, key=lambda fault: (fault.file, fault.line, fault.rule))


def readings(texts: list[Text]) -> list[Reading]:
    """Measure every page, and the claims."""
    return [text.reading for text in texts if text.is_page or text.path == text.site.claims]


def average(texts: list[Text]) -> list[Fault]:
    """Return an error where the pages together are over the limit: one hard page may be."""
    grades = [reading.grade for reading in readings(texts)]
    if not grades or mean(grades) <= HIGHEST_GRADE:
        return []
    message = f"grade {mean(grades):.1f} on average, over {HIGHEST_GRADE:.0f}; see --grades"
    return [replace(texts[0].fault(1, message), rule="hard-page")]


def explain(name: str) -> int:
    """Print a rule's explanation, or the names there are."""
    rule = RULES.get(name)
    if rule:
        print(f"{name}\n\n{cleandoc(rule.__doc__ or '')}")
        return 0
    alike = get_close_matches(name, RULES, n=1)
    hint = f" Did you mean '{alike[0]}'?" if alike else ""
    print(f"There is no rule '{name}'.{hint} Rules: {', '.join(RULES)}.", file=sys.stderr)
    return 2


def print_grades(site: Site) -> int:
    """Print how hard each page is to read."""
    for reading in readings(site.texts):
        measured = f"grade {reading.grade:4.1f}, {len(reading.sentences):3} sentences"
        print(f"{measured}, longest {reading.longest:2} words: {reading.page}")
    return 0


def annotation(fault: Fault) -> str:
    """Return the workflow command by which GitHub shows a fault at its line.

    Escaped as GitHub's toolkit does (actions/toolkit, packages/core/src/command.ts).
    """
    kind = "warning" if fault.warning else "error"
    place = f"file={_escaped(fault.file, ',:')},line={fault.line}"
    return f"::{kind} {place},title={fault.rule}::{_escaped(fault.message)}"


def _escaped(text: str, more: str = "") -> str:
    for sign in f"%\r\n{more}":
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text


def report(faults: list[Fault]) -> int:
    """Print the faults and how many there are; 1 where one of them is an error."""
    on_github = os.environ.get("GITHUB_ACTIONS") == "true"
    for fault in faults:
        print(annotation(fault) if on_github else fault)
    errors = sum(not fault.warning for fault in faults)
    if faults:
        print(f"{errors} to mend, {len(faults) - errors} to look at.", end=" ")
        print(f"Why: python -m scripts.lint --explain {faults[0].rule}")
    return 1 if errors else 0


def main(arguments: Sequence[str]) -> int:
    """Carry out the command line; return the exit code."""
    parser = argparse.ArgumentParser(prog="scripts.lint", description=__doc__.partition("\n")[0])
    parser.add_argument("files", nargs="*", type=Path, help="print the faults of these files only")
    parser.add_argument("--explain", metavar="RULE", help="what a rule asks for, and why")
    parser.add_argument("--grades", action="store_true", help="how hard each page is to read")
    parser.add_argument("--root", type=Path, default=Path(), help="the folder that holds docs/")
    options = parser.parse_args(arguments)
    if options.explain:
        return explain(options.explain)
    if options.grades:
        return print_grades(Site(options.root))
    only = {file.resolve() for file in options.files}
    faults = check(Site(options.root))
    return report([one for one in faults if not only or Path(one.file).resolve() in only])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
