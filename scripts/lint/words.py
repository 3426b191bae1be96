"""Rules about words and figures: which are ours, how they are written, how hard they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from calculator.quantities import Concentration, Unit
from scripts.lint.text import Text
from scripts.pages.fault import Fault
from scripts.pages.reading import HIGHEST_GRADE, MOST_WORDS, Sentence, pieces

_UNITS = "|".join(re.escape(unit) for unit in Unit)
# The project's conventions, under Words and Problems, each with what to do instead.
_BANNED = {
    r"good|bad": "say what was found",
    r"easy|easily": "leave it out",
    r"safe|safely|harmless": "say what was compared with what",
    r"no action needed": "name the next step",
    r"start|stop": "give no advice, and of anything else say begin or end",
    r"best form|best|ideal ratio|ideal": "name the study and what it compared",
    r"elderly|seniors?": "give the ages",
    r"you are deficient|you are (?:ill|sick)": "say what was compared with what",
    r"please|sorry|oops|forbidden|an error occurred": "say what to do",
    r"valid|invalid": "say what is needed",
}
_BANNED_WORD = re.compile(
    "|".join(rf"(?P<b{nth}>\b(?:{words})\b)" for nth, words in enumerate(_BANNED)), re.IGNORECASE
)
# "Full stop" is a punctuation mark, and "the heart may stop" reports a sign: neither is advice.
_NOT_MEANT = re.compile(r"(?:full|heart and breathing may) stop$", re.IGNORECASE)


def banned_word(text: Text) -> Iterator[Fault]:
    """Words that judge, promise, advise or diagnose are not ours: good, safe, best, start, stop.

    Say what was compared with what, and give ages for "elderly". The words of others may stand
    in double quotes.
    Why: the site compares numbers with published ones; a verdict on a person is a clinician's.
    """
    for line, word in text.find(_BANNED_WORD):
        around = word.string[max(0, word.start() - 30) : word.end()]
        if not _NOT_MEANT.search(around):
            remedy = list(_BANNED.values())[int(str(word.lastgroup)[1:])]
            yield text.fault(line, f"'{word[0]}' is not a word of ours; {remedy}")


_LOOSE = re.compile(rf"(?<![\w.{{])([0-9][0-9,]*(?:\.[0-9]+)?) ?({_UNITS})(?![\w}}])")


def typed_serum_figure(text: Text) -> Iterator[Fault]:
    """A figure from a blood test is written in braces, as `{4.8 mg/dL}`.

    The build prints it in both usual units. Figures side by side that are the same amount in
    two units, as in "1mmol/L is 2.4305mg/dL", show the sum themselves.
    Why: a reader's report has one unit, and a slip between the two is a mistake of 2.4 times.
    """
    runs = text.words if text.is_page else []
    for sentence in (piece for run in runs for piece in pieces(run.text, run.line)):
        figures = list(_LOOSE.finditer(sentence.text))
        amounts = [Concentration.of(fig[1].replace(",", ""), Unit(fig[2])) for fig in figures]
        alike = {amount.in_unit(Unit.MG_DL) for amount in amounts}
        if len({amount.unit for amount in amounts}) > 1 and len(alike) == 1:
            continue
        for figure in figures:
            line = sentence.line + sentence.text.count("\n", 0, figure.start())
            braces = f"{{{figure[1]} {figure[2]}}}"
            yield text.fault(line, f"'{figure[0]}' shows one unit; write {braces}")


_STYLES = (
    # Units of blood tests have a rule of their own.
    (r"(?<![\w.])([0-9][0-9,.]*) (mg|mcg|kg|g)(?![\w/])", r"\1\2"),
    (r"(?<![\w.,])\.([0-9]+)\b", r"0.\1"),
    (
        r"(?<![\w.,-])([0-9]+) ?[-\N{EN DASH}] ?([0-9]+)(?= (?:years|mg|g)\b|mg|%)",
        r"\1 to \2",
    ),
    (r"(?<![\w.,{])([0-9]{1,3})([0-9]{3})(?=mg\b| (?:people|women|men|adults)\b)", r"\1,\2"),
)


def number_style(text: Text) -> Iterator[Fault]:
    """Figures look alike everywhere: `250mg`, `0.25`, `1,200mg`, `19 to 64 years`.

    No space before a unit, a nought before the point, a comma over 999, "to" and not a dash.
    Why: a screen reader reads a dash as "minus", and a point without a nought is overlooked.
    """
    for pattern, written in _STYLES if text.is_page else ():
        for line, figure in text.find(re.compile(pattern)):
            yield text.fault(line, f"'{figure[0]}' is '{figure.expand(written)}' here")


def long_sentence(text: Text) -> Iterator[Fault]:
    """A sentence has 25 words at most, and 20 are better.

    Make two of it. What follows a colon or a semicolon in a result is a list or a sum.
    Why: of longer sentences many readers lose the beginning before they reach the end.
    """
    for sentence in text.sentences:
        whole = text.is_page or text.path == text.site.claims
        parts = [sentence.text] if whole else re.split(r"[:;] ", sentence.text)
        most = max(Sentence(0, part).words for part in parts)
        if most > MOST_WORDS:
            yield text.fault(sentence.line, f"{most} words, over {MOST_WORDS}: {sentence.text}")


def hard_page(text: Text) -> Iterator[Fault]:
    """A page has a reading grade of 9 at most: what a 14-year-old reads at school.

    The grade is the Automated Readability Index. Use shorter words and sentences.
    Why: everybody reads plain words faster, and people with a worry read less well than usual.
    """
    grade = text.reading.grade
    if (text.is_page or text.path == text.site.claims) and grade > HIGHEST_GRADE:
        message = f"reading grade {grade:.1f}, over {HIGHEST_GRADE:.0f}; use shorter words"
        yield text.fault(1, message, warning=True)
