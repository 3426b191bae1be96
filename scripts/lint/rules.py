"""What the lint checks: each rule one function that takes a text and yields its faults.

A rule's name is its function's, with hyphens. Its docstring is its explanation, which
`python -m scripts.lint --explain RULE` prints; it ends with the reason for the rule. Its cases
are in `tests/fixtures/lint/RULE.md`, where anybody can add one. To add a rule, write the
function, name it in RULES at the end and give it a file of cases.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import yaml

from calculator.quantities import Concentration, Unit
from scripts.claims import claims as evidence
from scripts.lint.lists import Item, of_github, of_site
from scripts.lint.spelling import BRITISH, british
from scripts.lint.text import Edit, Fault, Text
from scripts.pages.reading import HIGHEST_GRADE, MOST_WORDS, Reading, Sentence, pieces
from scripts.sources import citations as marks
from scripts.sources import entries as bibliography

Rule = Callable[[Text], Iterator[Fault]]

_UNITS = "|".join(re.escape(unit) for unit in Unit)

# ----------------------------------------------------------------------------- sources


def unknown_citation(text: Text) -> Iterator[Fault]:
    """A citation names a source that the bibliography has, as `[@key]` or `[@a; @b]`.

    Mend the key, or add the source with `python -m scripts.sources.add DOI`.
    Why: a reader who follows a citation has to arrive at a source.
    """
    known, problems = text.site.bibliography
    if problems and not known:
        return  # Without a bibliography every citation would be a fault, and the cause drown.
    for line, mark, linked in text.citations:
        for message in marks.faults(mark, linked, known):
            yield Fault(line, message)


def bibliography_entry(text: Text) -> Iterator[Fault]:
    """Each entry of the bibliography is complete, well formed and in its place in the alphabet.

    Mend the entry as the message says.
    Why: the list of sources is made from it, and a wrong DOI leads to another paper.
    """
    if text.path == text.site.bib:
        for problem in text.site.bibliography[1]:
            yield Fault(problem.line, problem.message)


def unused_source(text: Text) -> Iterator[Fault]:
    """Each source of the bibliography is cited by a page, a claim or a table, and none lacks.

    Cite it, or delete the entry.
    Why: the list of sources is what we rely on, not what we once read.
    """
    known, problems = text.site.bibliography
    if text.path != text.site.bib or (problems and not known):
        return
    cited: dict[str, list[str]] = {key: [] for key in known}
    for page in text.site.by_path.values():
        for _, mark, _ in page.citations:
            for key in marks.keys_of(mark):
                cited.get(key, []).append(page.path.name)
    for problem in bibliography.use_problems(text.path, known, cited, text.site.tables):
        yield Fault(problem.line, problem.message)


# A figure that somebody measured or counted, with what it measures.
_FIGURE = re.compile(
    rf"\{{[0-9.]+ ?(?:{_UNITS})\}}|\b[0-9][0-9,.]*(?:%| ?(?:mg|{_UNITS}|people|women|men|adults|"
    r"girls|boys|children|trials|studies|cases|patients|years|weeks|months|hours|days|times)\b)"
)
# What the article says is judged in the table of claims, which every page links to.
_REPORTED = re.compile(r"\bsource article\b|^For example\b")
_ABOUT_US = "about"


def uncited_number(text: Text) -> Iterator[Fault]:
    """A sentence with a figure has its source: a citation there or later in its paragraph.

    A link to a claim, as `{C14}`, will do. So will "So ..." after a cited sentence, which draws
    a conclusion from it, and "For example, ..." for a made-up sum. What the source article says
    is judged in the table of claims. Pages under about/ tell of the site itself.
    Why: nobody has to take a number from us on trust.
    """
    if not text.is_page or text.path.parent.name == _ABOUT_US:
        return
    for block in text.blocks:
        run = list(pieces(block.text, block.line)) if block.is_prose else []
        sourced = [bool(re.search(r"\[@|\{C\d", one.text)) for one in run]
        for nth, sentence in enumerate(run):
            follows = sentence.text.startswith("So ") and any(sourced[:nth])
            told = follows or any(sourced[nth:]) or _REPORTED.search(sentence.text)
            if not told and (figure := _FIGURE.search(sentence.text)):
                message = f"'{figure[0]}' has no source; cite one after the sentence, as [@key]"
                yield Fault(sentence.line, message)


def unknown_claim(text: Text) -> Iterator[Fault]:
    """A link to a claim, as `{C14}`, names one that the table of claims has.

    Look the number up in docs/evidence/claims.csv.
    Why: a link to nothing looks to a reader like a claim that nobody judged.
    """
    known = text.site.claim_ids
    for line, found in text.find(re.compile(r"\{([Cc]\d+)\}")):
        if found[1] not in known:
            hint = bibliography.did_you_mean(found[1].upper(), known, "; add it to the table")
            yield Fault(line, f"no claim has the number '{found[1]}'{hint}")


def claim_row(text: Text) -> Iterator[Fault]:
    """A row of the table of claims is whole: each column, its words, its sources, its page.

    Mend the cell as the message says; the words of a column are in `scripts/claims/claims.py`.
    Why: readers narrow the table by these words, and a row without a source is an opinion.
    """
    known, problems = text.site.bibliography
    if text.path != text.site.claims or (problems and not known):
        return
    for problem in evidence.problems_of(text.path, frozenset(known), text.site.docs):
        yield Fault(problem.line, problem.message)


# ------------------------------------------------------------------------------- words

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
# A full stop is a mark, and what a source says a heart may do is no advice.
_NOT_MEANT = re.compile(r"(?:full|heart and breathing may) stop$", re.IGNORECASE)


def banned_word(text: Text) -> Iterator[Fault]:
    """Words that judge, promise, advise or diagnose are not ours: good, safe, best, start, stop.

    Say what was compared with what, and give ages for "elderly". The words of others may stand
    in double quotes.
    Why: the site compares numbers with published ones; a verdict on a person is a clinician's.
    """
    for line, found in text.find(_BANNED_WORD):
        around = found.string[max(0, found.start() - 30) : found.end()]
        if not _NOT_MEANT.search(around):
            remedy = list(_BANNED.values())[int(str(found.lastgroup)[1:])]
            yield Fault(line, f"'{found[0]}' is not a word of ours; {remedy}")


def american_spelling(text: Text) -> Iterator[Fault]:
    """Words are spelt as in Britain: fibre, anaemia, hypermagnesaemia, diarrhoea.

    A title or the words of others may stand in double quotes; names with capitals are left.
    Why: readers search and read one spelling, and the NHS pages we send them to use this one.
    """
    for line, found in text.find(BRITISH):
        start = not re.search(r"\w\s*$", found.string[: found.start()])
        if found[0].islower() or start:
            new = british(found[0])
            yield Fault(line, f"'{found[0]}' is '{new}' here", edit=Edit(line, found[0], new))


_LOOSE = re.compile(rf"(?<![\w.{{])([0-9][0-9,]*(?:\.[0-9]+)?) ?({_UNITS})(?![\w}}])")


def typed_serum_figure(text: Text) -> Iterator[Fault]:
    """A figure from a blood test is written in braces, as `{4.8 mg/dL}`.

    The build prints it in both usual units. Figures side by side that are the same amount in
    two units, as in "1mmol/L is 2.4305mg/dL", show the sum themselves.
    Why: a reader's report has one unit, and a slip between the two is a mistake of 2.4 times.
    """
    runs = text.words if text.is_page else []
    for sentence in (one for run in runs for one in pieces(run.text, run.line)):
        found = list(_LOOSE.finditer(sentence.text))
        amounts = [Concentration.of(one[1].replace(",", ""), Unit(one[2])) for one in found]
        alike = {one.in_unit(Unit.MG_DL) for one in amounts}
        if len({one.unit for one in amounts}) > 1 and len(alike) == 1:
            continue
        for one in found:
            line = sentence.line + sentence.text.count("\n", 0, one.start())
            new = f"{{{one[1]} {one[2]}}}"
            yield Fault(
                line, f"'{one[0]}' shows one unit; write {new}", edit=Edit(line, one[0], new)
            )


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
        for line, found in text.find(re.compile(pattern)):
            new = found.expand(written)
            yield Fault(line, f"'{found[0]}' is '{new}' here", edit=Edit(line, found[0], new))


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
            yield Fault(sentence.line, f"{most} words, over {MOST_WORDS}: {sentence.text}")


def hard_page(text: Text) -> Iterator[Fault]:
    """A page has a reading grade of 9 at most: what a 14-year-old reads at school.

    The grade is the Automated Readability Index. Use shorter words and sentences.
    Why: everybody reads plain words faster, and people with a worry read less well than usual.
    """
    reading = Reading(text.path.as_posix(), tuple(text.sentences))
    if (text.is_page or text.path == text.site.claims) and reading.grade > HIGHEST_GRADE:
        message = f"reading grade {reading.grade:.1f}, over {HIGHEST_GRADE:.0f}; use shorter words"
        yield Fault(1, message, warning=True)


# ---------------------------------------------------------------------------- the page

_FIELDS = {
    "title": (str, "title: Too much magnesium"),
    "description": (str, "description: What too much magnesium does, with its sources."),
    "reviewed": (date, "reviewed: 2026-11-22"),
    "next_review": (date, "next_review: 2027-11-22"),
    "reviewers": (list, "reviewers: [] (or a list of names)"),
    "authors": (list, "authors: and below it a list of names"),
}


def front_matter(text: Text) -> Iterator[Fault]:
    """A page begins with its title, description, days of review, reviewers and authors.

    Copy the head of another page, between two lines of `---`.
    Why: the foot of each page tells who wrote and who reviewed it, and when.
    """
    if not text.is_page:
        return
    try:
        loaded: object = yaml.safe_load(text.front)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        yield Fault(line, "this is not YAML; put the text after the colon in double quotes")
        return
    fields = loaded if isinstance(loaded, dict) else {}
    for name, (kind, example) in _FIELDS.items():
        value = fields.get(name)
        # By type itself: a moment of a day is a date to Python, and has no order with days.
        if type(value) is not kind or (not value and name != "reviewers"):
            message = f"{name} is missing or not as it should be; write `{example}`"
            yield Fault(line_of(text, name), message)
    reviewed, due = fields.get("reviewed"), fields.get("next_review")
    if type(reviewed) is date and type(due) is date and due <= reviewed:
        line = line_of(text, "next_review")
        yield Fault(line, f"the next review, {due}, is not after the last, {reviewed}")


def overdue_review(text: Text) -> Iterator[Fault]:
    """A page whose next review is due says so to whoever edits it.

    Read its sources again and set `reviewed` and `next_review`.
    Why: amounts and limits change, and an old page looks no different from a new one.
    """
    due = re.search(r"^next_review: *(\d{4}-\d\d-\d\d)$", text.front, re.MULTILINE)
    if due and bibliography.is_day(due[1]) and date.fromisoformat(due[1]) < text.site.today:
        message = f"the review was due on {due[1]}; read the sources again and set a new day"
        yield Fault(line_of(text, "next_review"), message, warning=True)


def line_of(text: Text, name: str) -> int:
    """Return the line of a field of the front matter, the first where there is none."""
    found = re.search(rf"^{name}:", text.front, re.MULTILINE)
    return text.front.count("\n", 0, found.start()) + 2 if found else 1


def headings(text: Text) -> Iterator[tuple[int, int]]:
    """Yield each heading's line and level."""
    for token in text.tokens:
        if token.type == "heading_open" and token.map:
            yield token.map[0] + 1, int(token.tag[1])


def one_title(text: Text) -> Iterator[Fault]:
    """A page has one heading of the first level, `# Title`, and it is the first.

    Use `##` for the sections.
    Why: with a screen reader people find out by it where they are.
    """
    found = list(headings(text))
    if text.is_page and (not found or found[0][1] != 1):
        yield Fault(found[0][0] if found else 1, "the page needs `# Title` as its first heading")
    for line, level in found[1:]:
        if level == 1:
            yield Fault(line, "a page has one `#` heading, its title; write `##`")


def heading_order(text: Text) -> Iterator[Fault]:
    """No level of heading is skipped on the way down: `##` comes before `###`.

    Take away a `#`.
    Why: people who jump from heading to heading take a gap for something they have missed.
    """
    for (_, before), (line, level) in pairwise(headings(text)):
        if level > before + 1:
            yield Fault(line, f"level {level} under level {before}; write `{'#' * (before + 1)}`")


def missing_alt(text: Text) -> Iterator[Fault]:
    """A picture has a text that says what it shows: `![Bars of five amounts](amounts.svg)`.

    Write what a reader would miss without it. HTML takes `alt=""` for a mere ornament.
    Why: whoever cannot see the picture, or has not loaded it, gets the text.
    """
    for block in text.blocks:
        for token in block.tokens:
            if token.type == "image" and not token.content.strip():
                yield Fault(block.line, f"the picture '{token.attrs.get('src')}' has no text in []")
    for line, html in raw_html(text):
        for image in re.finditer(r"<img\b(?![^>]*\salt=)[^>]*>", html, re.IGNORECASE):
            place = line + html.count("\n", 0, image.start())
            yield Fault(place, 'the <img> has no alt text; write it in alt=""')


def raw_html(text: Text) -> Iterator[tuple[int, str]]:
    """Yield each piece of HTML in a page with its line."""
    for token in text.tokens:
        if token.type == "html_block" and token.map:
            yield token.map[0] + 1, token.content
        elif token.type == "inline" and token.map:
            for one in token.children or ():
                if one.type == "html_inline":
                    yield token.map[0] + 1, one.content


# ------------------------------------------------------------------------------- links

_EMPTY = re.compile(r"(?:click )?here|this(?: page| link| site)?|link|(?:read |see )?more|", re.I)


def links(text: Text) -> Iterator[tuple[int, str, str]]:
    """Yield each link's line, words and address."""
    for block in text.blocks:
        opened, address, line = 0, "", block.line
        for nth, token in enumerate(block.tokens):
            line += token.type in ("softbreak", "hardbreak")
            if token.type == "link_open":
                opened, address = nth, str(token.attrs.get("href"))
            elif token.type == "link_close":
                inside = block.tokens[opened + 1 : nth]
                words = "".join(one.content for one in inside)
                yield line, words, address


def link_text(text: Text) -> Iterator[Fault]:
    """The words of a link say where it leads, without the sentence around it.

    Link the name of what is there: not "here", "this" or "more".
    Why: screen readers list the links of a page, and ten times "here" lists nothing.
    """
    for line, words, address in links(text):
        if _EMPTY.fullmatch(words.strip(" .!")):
            yield Fault(line, f"the link '{words}' does not say where it leads ({address})")


_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>)\]]+[^\s<>)\].,;:!?]")


def bare_url(text: Text) -> Iterator[Fault]:
    """No address stands in the text: it is a link with words, `[the NHS page](https://...)`.

    A source goes into the bibliography and is cited.
    Why: a screen reader spells an address out, and the site does not make a link of it.
    """
    for line, found in text.find(_ADDRESS) if text.is_page else ():
        yield Fault(line, f"'{found[0]}' is a bare address; write [words](address), or cite it")


def broken_link(text: Text) -> Iterator[Fault]:
    """A link inside the site leads to a page, a file or a section that exists.

    Link to the file, as `bone.md` or `../food.md`, and to a section by its heading in small
    letters with hyphens.
    Why: readers who land nowhere do not come back. The build checks it too, but later.
    """
    for line, _, address in links(text):
        if re.match(r"[a-z][a-z0-9+.-]*:", address, re.IGNORECASE):
            continue
        name, _, anchor = address.partition("#")
        target = (text.path.parent / name).resolve() if name else text.path.resolve()
        page = text.site.by_path.get(target)
        if name.startswith("/"):
            yield Fault(
                line, f"'{address}' begins at the host; write it from this page, as bone.md"
            )
        elif page is None and not target.is_file():
            known = sorted(one.name for one in text.site.by_path)
            hint = bibliography.did_you_mean(Path(name).name, known, "")
            yield Fault(line, f"there is no '{name}'{hint}")
        elif page and anchor and anchor not in page.ids:
            hint = bibliography.did_you_mean(anchor, page.ids, "")
            yield Fault(line, f"'{name or text.path.name}' has no section '{anchor}'{hint}")


# ---------------------------------------------------------------------- two ways to read


def list_read_differently(text: Text) -> Iterator[Fault]:
    """A list is the same list on GitHub and on the site.

    Put a blank line before a list, indent a list in a list by 4 spaces, begin numbers at 1 and
    use one sign for one list.
    Why: in a list of amounts, an item that changes its level changes what the amount is for.
    """
    if not text.is_page:
        return
    ours, theirs = of_github(text.tokens), of_site(text.source)
    nowhere = Item(0, "", "", 0)
    for nth in range(max(len(ours), len(theirs))):
        here = ours[nth] if nth < len(ours) else nowhere
        there = theirs[nth] if nth < len(theirs) else nowhere
        if here.reads != there.reads:
            line = here.line or there.line or 1
            yield Fault(
                line, f"{here.told('GitHub')}, {there.told('the site')}; {remedy(here, there)}"
            )
            return


def remedy(here: Item, there: Item) -> str:
    """Say what most likely parts two readings of an item."""
    if not there.text or not here.text:
        return "put a blank line before the list"
    if here.depth != there.depth:
        return "indent a list in a list by 4 spaces"
    return "begin numbers at 1 and use one sign for one list"


_ALERTS = {"note": "NOTE", "tip": "TIP", "warning": "WARNING", "danger": "CAUTION"}
_ADMONITION = re.compile(
    r"^(?:!!!|\?\?\?\+?) *(\w*)(?: +\"([^\"]*)\")?[^\n]*((?:\n(?: {4}[^\n]*|(?=\n {4})))*)", re.M
)


def admonition(text: Text) -> Iterator[Fault]:
    """A box is an alert, `> [!WARNING]` and lines that begin with `>`, never `!!!`.

    Why: GitHub shows `!!!` as three marks and its text as code, and so does an editor there.
    """
    code = [token for token in text.tokens if token.type in ("fence", "code_block")]
    fenced = {n for t in code if t.map and t.type == "fence" for n in range(*t.map)}
    for found in _ADMONITION.finditer(text.source if text.is_page else ""):
        line = text.source.count("\n", 0, found.start()) + 1
        if line - 1 in fenced:
            continue
        kind = _ALERTS.get(found[1], "NOTE")
        body = [one.strip() for one in found[3].strip("\n").split("\n")]
        new = "\n".join(f"> {one}".rstrip() for one in (f"[!{kind}]", *body))
        # A title of its own has no place in an alert: whoever wrote it decides.
        simple = found[1] in _ALERTS and not found[2] and any(body)
        edit = Edit(line, found[0], new) if simple else None
        yield Fault(line, f"'{found[0].split(chr(10))[0]}': write `> [!{kind}]`", edit=edit)


RULES: dict[str, Rule] = {
    rule.__name__.replace("_", "-"): rule
    for rule in (
        unknown_citation,
        bibliography_entry,
        unused_source,
        uncited_number,
        unknown_claim,
        claim_row,
        banned_word,
        american_spelling,
        typed_serum_figure,
        number_style,
        long_sentence,
        hard_page,
        front_matter,
        overdue_review,
        one_title,
        heading_order,
        missing_alt,
        link_text,
        bare_url,
        broken_link,
        list_read_differently,
        admonition,
    )
}
