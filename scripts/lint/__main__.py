"""Checks the words of the site: the pages, the sources, the claims and what the checks say.

    python -m scripts.lint [FILE ...]         check; with files, tell of those only
    python -m scripts.lint --fix [FILE ...]   mend what is mechanical, tell of the rest
    python -m scripts.lint --explain RULE     what a rule asks for, and why
    python -m scripts.lint --grades           how hard each page is to read

Every fault is a line `file:line: message (rule)`; on GitHub an annotation of that line. Exit 1
where there is an error, 0 where there are warnings only, 2 where the command is not understood.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from inspect import cleandoc
from pathlib import Path
from statistics import mean

from scripts.lint.rules import RULES
from scripts.lint.text import Edit, Fault, Site, Text
from scripts.pages.reading import HIGHEST_GRADE, Reading, sentences_of

__all__ = ["HIGHEST_GRADE", "Reading", "Told", "check", "main", "sentences_of"]


@dataclass(frozen=True)
class Told:
    """A fault with its file and the rule that found it."""

    file: Path
    rule: str
    fault: Fault

    def __str__(self) -> str:
        kind = "warning: " if self.fault.warning else ""
        return f"{self.file.as_posix()}:{self.fault.line}: {kind}{self.fault.message} ({self.rule})"

    @property
    def annotation(self) -> str:
        """The workflow command by which GitHub shows the fault at its line.

        Escaped as GitHub's toolkit does (actions/toolkit, packages/core/src/command.ts).
        """
        kind = "warning" if self.fault.warning else "error"
        place = f"file={_escaped(self.file.as_posix(), ',:')},line={self.fault.line}"
        return f"::{kind} {place},title={self.rule}::{_escaped(self.fault.message)}"


def _escaped(text: str, more: str = "") -> str:
    for sign in f"%\r\n{more}":
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text


def check(site: Site) -> list[Told]:
    """Return every fault of a site, in the order of its files and lines."""
    found = [
        Told(text.path, name, fault)
        for text in site.texts
        for name, rule in RULES.items()
        for fault in rule(text)
    ]
    found += average(site.texts)
    return sorted(found, key=lambda told: (told.file.as_posix(), told.fault.line, told.rule))


def readings(texts: list[Text]) -> list[Reading]:
    """Measure every page, and the claims."""
    return [
        Reading(text.path.as_posix(), tuple(text.sentences))
        for text in texts
        if text.is_page or text.path == text.site.claims
    ]


def average(texts: list[Text]) -> list[Told]:
    """Return an error where the pages together are over the limit: one hard page may be."""
    grades = [one.grade for one in readings(texts)]
    if not grades or mean(grades) <= HIGHEST_GRADE:
        return []
    message = f"grade {mean(grades):.1f} on average, over {HIGHEST_GRADE:.0f}; see --grades"
    return [Told(texts[0].path, "hard-page", Fault(1, message))]


def fix(told: list[Told]) -> int:
    """Mend the files, from the last line up so that lines stay where they are; count the edits.

    Words are left alone where the line holds them more often than they were found: some of
    them may be code, an address or a quote.
    """
    wanted = Counter((one.file, one.fault.edit) for one in told if one.fault.edit)
    done = 0
    for (file, edit), times in sorted(wanted.items(), key=lambda one: -_line(one[0][1])):
        if edit is None or file.suffix != ".md":
            continue
        lines = file.read_text(encoding="utf-8").split("\n")
        last = edit.line + edit.old.count("\n")
        here = "\n".join(lines[edit.line - 1 : last])
        if here.count(edit.old) == times:
            lines[edit.line - 1 : last] = here.replace(edit.old, edit.new).split("\n")
            file.write_text("\n".join(lines), encoding="utf-8")
            done += times
    return done


def _line(edit: Edit | None) -> int:
    return edit.line if edit else 0


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
    for one in readings(site.texts):
        told = f"grade {one.grade:4.1f}, {len(one.sentences):3} sentences"
        print(f"{told}, longest {one.longest:2} words: {one.page}")
    return 0


def tell(told: list[Told]) -> int:
    """Print the faults and how many there are; 1 where one of them is an error."""
    on_github = os.environ.get("GITHUB_ACTIONS") == "true"
    for one in told:
        print(one.annotation if on_github else one)
    errors = sum(not one.fault.warning for one in told)
    if told:
        print(f"{errors} to mend, {len(told) - errors} to look at.", end=" ")
        print(f"Why: python -m scripts.lint --explain {told[0].rule}")
    return 1 if errors else 0


def main(arguments: Sequence[str]) -> int:
    """Carry out the command line; return the exit code."""
    parser = argparse.ArgumentParser(prog="scripts.lint", description=__doc__.partition("\n")[0])
    parser.add_argument("files", nargs="*", type=Path, help="tell of these files only")
    parser.add_argument("--fix", action="store_true", help="mend what is mechanical")
    parser.add_argument("--explain", metavar="RULE", help="what a rule asks for, and why")
    parser.add_argument("--grades", action="store_true", help="how hard each page is to read")
    parser.add_argument("--root", type=Path, default=Path(), help="the folder that holds docs/")
    asked = parser.parse_args(arguments)
    if asked.explain:
        return explain(asked.explain)
    if asked.grades:
        return print_grades(Site(asked.root))
    only = {file.resolve() for file in asked.files}
    told = [one for one in check(Site(asked.root)) if not only or one.file.resolve() in only]
    if asked.fix and (done := fix(told)):
        print(f"{done} mended.")
        again = check(Site(asked.root))
        told = [one for one in again if not only or one.file.resolve() in only]
    return tell(told)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
