"""The words of results: what they may never say, and what they must."""

import re
from collections.abc import Iterator

import pytest

from calculator.quantities import Concentration, Unit, parse_number
from calculator.result import Result
from calculator.tables import amounts, blood, phones, salts
from calculator.tables.sources import READ
from calculator.words import form, page, problems
from calculator.words.care import PREFIXES
from calculator.words.figures import (
    CARE_NAMES,
    ROW_NAMES,
    unread,
)
from calculator.words.rows import care_rule
from calculator.words.serum import STAGE_NAMES
from tests.calculator.test_result import (
    INTAKE_SAMPLES,
    SERUM_SAMPLES,
    every,
    every_sample,
)

# The words that conventions rule out of everything we say, as whole words. A full stop is
# a mark, and what a source says a heart may do is no advice.
ALLOWED = re.compile(r"full stop|the heart and breathing may stop")
BANNED = re.compile(
    r"(?i)\b(good|bad|easy|safe|safely|harmless|please|sorry|(in)?valid|oops|forbidden|elderly|"
    r"seniors?|no action needed|start|stop|best|ideal|you are deficient|"
    r"color|center|fiber|hypermagnesemia|hypomagnesemia|anemia|diarrhea)\b"
)
# Conditions may be named after an "if:"; nowhere else is anybody told that they have one.
DIAGNOSIS = re.compile(r"(?i)\byou (have|are (ill|sick|short|low))\b")


def with_supplement(result: Result) -> bool:
    """Whether a supplement was counted, or named for an infant, of whom nothing is counted."""
    if result.record["status"] == "out-of-scope:infant":
        return bool(result.record["supplements"])
    return result.record["supplement"] not in ("", "0.0")


def lines(result: Result) -> Iterator[str]:
    """Every line of words in a result, apart from its care cards."""
    yield from (result.heading, result.summary.text, result.marked)
    if result.compared:
        yield result.compared.text
    yield from (line.text for line in (*result.working.lines, *result.notes, *result.warning))
    for section in result.sections:
        yield section.heading
        yield from (line.text for line in section.lines)
    if result.line:
        yield from (result.line.title, result.line.description)
        yield from (text for band in result.line.bands for text in (band.word, band.label) if text)
        yield from (mark.label for mark in result.line.marks if mark.label)
    if result.table:
        yield from (result.table.caption, *result.table.head)
        yield from (cell for row in result.table.rows for cell in row)


def card(result: Result) -> Iterator[str]:
    """Every line of words in a result's care cards."""
    for care in result.cards:
        yield from (care.heading, *care.bullets, *care.after)


def forms() -> Iterator[str]:
    """Every line of words in the forms."""
    for asked in form.ALL_FORMS.values():
        yield from (asked.title, asked.more_label, asked.submit)
        for question in asked.questions:
            yield from (question.label, question.hint, question.why, question.noun)
            yield from (choice.label for choice in question.choices)
        for part in asked.parts:
            if isinstance(part, form.Group):
                yield from (part.legend, part.hint, part.add, part.remove, part.more_label)
    yield from (*page.FAILURES.values(), *page.STAGES.values())
    yield from (page.NO_SCRIPT, page.OFF_NOTICE, page.TRY_AGAIN)
    yield from (*problems.BY_FIELD.values(), *problems.BY_REASON.values())


def banned(text: str) -> list[str]:
    """The banned words in a text."""
    return [found[0] for found in BANNED.finditer(ALLOWED.sub("", text))]


def sentences(text: str) -> list[str]:
    """A text's sentences; what follows a colon or a semicolon is a list or a sum."""
    return re.split(r"[.?] |[:;] |\.$", text)


@every_sample
def test_no_result_says_a_banned_word(result: Result) -> None:
    """Nothing is good, bad or safe, nobody is told to start or stop, and spelling is British."""
    for text in (*lines(result), *card(result)):
        assert banned(text) == [], text


def test_no_form_says_a_banned_word() -> None:
    """Neither do the questions, the problems and the words while waiting."""
    for text in forms():
        assert banned(text) == [], text


def test_no_table_says_a_banned_word() -> None:
    """Neither do the tables' own words, which the pages print too."""
    words = [row.signs for row in blood.SERUM_ROWS] + [onset.signs for onset in blood.ONSETS]
    words += [s.medicine + " " + s.gap for s in salts.SPACINGS] + [
        a.name for a in amounts.AUTHORITIES
    ]
    words += [*ROW_NAMES.values(), *STAGE_NAMES.values(), *CARE_NAMES.values()]
    words += [care_rule(row) for row in blood.SERUM_ROWS]
    for text in words:
        assert banned(text) == [], text


@every_sample
def test_no_result_is_a_diagnosis(result: Result) -> None:
    """It says what was compared with what; an illness is named after an "if:" only."""
    for text in lines(result):
        assert not DIAGNOSIS.search(text), text
    for care in result.cards:
        assert care.heading.endswith("if:")


@every_sample
def test_sentences_are_short(result: Result) -> None:
    """At most 25 words in a sentence, lists and sums apart."""
    for text in (*lines(result), *card(result)):
        for sentence in sentences(text):
            assert len(sentence.split()) <= 25, sentence


def test_sentences_of_the_forms_are_short() -> None:
    """At most 20 words in a sentence that a person reads before answering."""
    for text in forms():
        for sentence in sentences(text):
            assert len(sentence.split()) <= 20, sentence


@every_sample
def test_words_are_set_as_the_conventions_ask(result: Result) -> None:
    """No space before a unit, a comma over 999, a nought before a decimal point, one space."""
    for text in (*lines(result), *card(result)):
        assert not re.search(r"[0-9] (mg|mmol|mEq|kg)\b", text), text
        numbers = text.replace(phones.POISON_HELP_PHONE, "")
        assert not re.search(r"(?<![0-9.])[0-9]{4,}", numbers), text
        assert not re.search(r"(?<![0-9])\.[0-9]", text), text
        assert "  " not in text
        assert not re.search(r"[.?] \(|\.\.| [.,;:]", text), text


@every_sample
def test_every_paragraph_ends_as_a_sentence(result: Result) -> None:
    """The summary and the notes are whole sentences."""
    for text in (line.text for line in (result.summary, *result.notes, *result.warning)):
        assert text.endswith((".", "?")), text
        assert text[0].isupper() or text[0].isdigit(), text


# ------------------------------------------------------------------ next steps


@every(INTAKE_SAMPLES)
def test_the_kidney_warning_is_on_every_intake_result_with_a_supplement(result: Result) -> None:
    """It is there without asking, and a day of food alone does not carry it."""
    assert any("kidney disease" in line.text for line in result.warning) == with_supplement(result)


@every(SERUM_SAMPLES)
def test_the_kidney_warning_is_on_every_raised_serum_result(result: Result) -> None:
    """Above the range, and above what is believed, whatever the range."""
    raised = "above" in result.record["position"] or result.record["status"] == "implausible-high"
    assert any("kidney disease" in line.text for line in result.warning) == raised


@every(SERUM_SAMPLES)
def test_a_serum_result_has_the_card_of_its_care_level(result: Result) -> None:
    """One card, of the level that the record says, and none inside the range."""
    level = str(result.record["care"]).removesuffix("-if-true")
    assert [care.level for care in result.cards] == ([] if level == "none" else [level])


NOW = "Immediate action required: "
HEADINGS = {
    "prompt": ("Non-urgent advice: ", "Speak to a GP or pharmacist if:"),
    "same-day": (
        "Urgent advice: ",
        "Ask for an urgent GP appointment or get help from NHS 111 if:",
    ),
    "emergency": (
        NOW,
        "Call 999 (UK), 112 (EU) or 911 (US), or go to an emergency department now if:",
    ),
    "poisons": (
        NOW,
        "Call NHS 111 (UK), Poison Help 1-800-222-1222 (US) or your local poisons line now if:",
    ),
}
# Whoever ordered a blood test is asked first about its result.
SERUM_PROMPT = "Speak to whoever ordered the test, or to a GP or pharmacist, if:"


@every_sample
def test_a_care_card_has_the_conventions_words(result: Result) -> None:
    """Its prefix and heading are the conventions' own, with bullets and without a link."""
    for care in result.cards:
        prefix, heading = HEADINGS[care.level]
        if (result.check, care.level) == ("serum", "prompt"):
            heading = SERUM_PROMPT
        assert (PREFIXES[care.level], care.heading) == (prefix, heading)
        assert care.bullets
        assert not any("http" in bullet or "[" in bullet for bullet in card(result))


def test_mild_never_stands_without_its_next_step() -> None:
    """A row that any source calls mild has a care level, and no result says mild at all."""
    for row in blood.SERUM_ROWS:
        if "mild" in row.id or "mild" in row.stage:
            assert row.care != "none"
            assert care_rule(row)
    for result in SERUM_SAMPLES.values():
        assert "mild" not in " ".join((*lines(result), *card(result))).lower()


@every_sample
def test_an_amount_over_a_limit_has_a_card(result: Result) -> None:
    """Passing a limit sends a reader to somebody; so does a child's supplement, under any.

    A dose that poisons, or far too much for a child, has two cards, and none sends to a GP.
    """
    if result.check == "intake":
        notes = set(result.record["notes"])
        far = notes & {"toxic-dose", "child-far-over"}
        over = result.record["exceeds"] or "child-supplement" in notes
        levels = ["emergency", "poisons"] if far else ["prompt"] if over else []
        assert [care.level for care in result.cards] == levels
        assert result.record["care"] == (levels or ["none"])[0]
        assert not far or not any("GP" in line for c in result.cards for line in c.bullets)


# -------------------------------------------------------------- truth of words


@every_sample
def test_no_comparison_is_between_two_numbers_that_look_the_same(result: Result) -> None:
    """``400mg > 400mg`` is never printed, nor a number below itself."""
    text = " | ".join(lines(result))
    number = r"([0-9][0-9.,]*)[A-Za-z/%]*"
    for sign in (">", "is under", "is over", "is below the amount,"):
        for left, right in re.findall(rf"{number},? {re.escape(sign)} {number}", text):
            assert left != right, text


@every(SERUM_SAMPLES)
def test_the_working_puts_the_reading_in_a_row_that_holds_it(result: Result) -> None:
    """The row's bounds are printed as their sources do, and the reading lies between them."""
    steps = [line.text for line in result.working.lines if "is in the row" in line.text]
    assert len(steps) == (result.record["row"] != "")
    record = result.record
    reading = printed(f"{record['value']}{record['unit']}")
    for step in steps:
        bounds = [printed(bound) for bound in step.partition("”: ")[2].split() if "/" in bound]
        if "”: under" in step:
            assert reading < bounds[0]
        elif len(bounds) == 1:
            assert reading > bounds[0]
        else:
            assert bounds[0] <= reading <= bounds[1]


def test_a_conversion_is_shown_only_where_a_limit_is_in_another_unit() -> None:
    """A sum that nothing needs is one more to be taken for the answer."""
    one, other = (SERUM_SAMPLES[f"{value} mg/dL 1.6-2.6"] for value in ("9.99", "1.3"))
    assert ["÷ 2.4305" in result.working.lines[0].text for result in (one, other)] == [False, True]


def printed(text: str) -> Concentration:
    """A concentration as it stands in a step."""
    number = parse_number(text)
    return Concentration.of(number.digits, Unit(number.unit))


def test_the_working_gives_back_what_was_typed() -> None:
    """An amount that somebody typed is not rounded where the sum begins."""
    steps = [line.text for line in INTAKE_SAMPLES["just over a limit"].working.lines]
    assert "Supplement, magnesium itself: 400.04mg × 1 a day = 400mg" in steps
    assert "Limit for supplements alone: 400.04mg > 400mg" in steps
    typed = INTAKE_SAMPLES["just under"].working.lines[0].text
    assert typed == "Food: 269.97mg, as given"


def test_a_usual_number_in_another_unit_is_said_as_the_conventions_say_it() -> None:
    """The words of the conventions, to the letter, with the urgent card kept."""
    result = SERUM_SAMPLES["0.85 mg/dL -"]
    assert result.notes[0].text == (
        "0.85 is a usual result in mmol/L. In mg/dL it would be far below the range. "
        "Which unit is on your report?"
    )
    (care,) = result.cards
    assert care.level == "emergency"
    assert care.bullets[0].startswith("the unit on your report is mg/dL, and not mmol/L")


def test_a_slip_of_the_unit_says_where_the_reading_really_lies() -> None:
    """With the reader's own range, 2.2 mEq/L is inside it, and the note does not deny it."""
    (note,) = (
        line.text for line in SERUM_SAMPLES["2.2 mEq/L 1.4-2.4"].notes if "usual" in line.text
    )
    assert note.startswith("2.2 is a usual result in mg/dL. In mEq/L it would be inside the range.")


def test_the_readers_own_range_comes_first() -> None:
    """The heading, the summary and the page's mark are by the range on the report."""
    own = SERUM_SAMPLES["1.00 mmol/L 0.70-1.00"]
    assert own.heading == "Your result is inside the range on your report"
    assert "the range you gave: 0.70 to 1.00mmol/L." in own.summary.text
    assert own.marked.endswith("the range on your report")


def test_an_implausible_reading_is_asked_again_and_taken_seriously() -> None:
    """It is checked first, and help is now if it is true."""
    for name in ("0.1 mg/dL -", "40 mg/dL -", "20 mmol/L -"):
        result = SERUM_SAMPLES[name]
        assert result.summary.text.endswith("If they are right, get help now.")
        assert "0.2mg/dL to 30mg/dL" in result.summary.text
        assert result.line is None


def test_infants_are_sent_to_somebody() -> None:
    """An infant has no comparison and no table, and knows whom to ask."""
    result = INTAKE_SAMPLES["infant"]
    assert "health visitor, pharmacist or GP" in result.summary.text
    assert (result.table, result.line, result.cards) == (None, None, ())


@pytest.mark.parametrize("name", ["infant supplement", "UK 15", "EU 1"])
def test_a_childs_supplement_without_a_limit_has_a_card_and_the_kidney_warning(name: str) -> None:
    """Where no number says how much is too much, the result still says whom to ask."""
    result = INTAKE_SAMPLES[name]
    assert [care.level for care in result.cards] == ["prompt"]
    assert any("kidney disease" in line.text for line in result.warning)
    assert any("For anyone under" in text for text in lines(result))
    assert any(section.heading == "Medicines that need a gap" for section in result.sections)


def test_a_number_not_read_in_its_source_says_so() -> None:
    """What was read only from memory, or where others quote it, is marked where it is shown."""
    assert "(not yet checked)" in INTAKE_SAMPLES["UK 16 lactation"].summary.text
    assert "(read only where others quote it)" in INTAKE_SAMPLES["UK 35"].summary.text
    assert "(" not in INTAKE_SAMPLES["EU 35"].summary.text
    assert unread(READ) == ""


def test_us_limits_below_the_amounts_are_explained() -> None:
    """For ages 1 to 8 the US limit is below the US amount, and the note says why."""
    (note,) = (t for t in lines(INTAKE_SAMPLES["US_CA 1"]) if "counts supplements" in t)
    assert "US limit of 65mg is below the US amount of 80mg" in note
    (note,) = (t for t in lines(INTAKE_SAMPLES["girl of 12"]) if "before giving" in t)
    assert "US limit" not in note


def test_interactions_are_listed_with_any_supplement() -> None:
    """Each medicine that needs a gap is named with it, and no dose is advised."""
    for result in INTAKE_SAMPLES.values():
        headings = [section.heading for section in result.sections]
        assert ("Medicines that need a gap" in headings) == with_supplement(result)


def test_every_authority_stands_beside_the_chosen_one() -> None:
    """The table has each authority once, and marks the one that was chosen."""
    for result in INTAKE_SAMPLES.values():
        if result.table:
            assert [row[0] for row in result.table.rows] == [a.name for a in amounts.AUTHORITIES]
            assert result.table.current is not None
            assert amounts.AUTHORITIES[result.table.current].code == result.record["authority"]


def test_every_level_and_row_has_its_words() -> None:
    """No row, stage or level of the tables is without a name."""
    assert set(ROW_NAMES) == {row.id for row in blood.SERUM_ROWS}
    assert set(STAGE_NAMES) == {row.stage for row in blood.SERUM_ROWS}
    assert set(CARE_NAMES) >= {row.care for row in blood.SERUM_ROWS}
