"""What a result is about: who, which side, which mineral, which authority, over what.

Each law was broken by hand in a copy, and failed. None depends on a whole sentence.
"""

import re
from collections.abc import Iterator
from fractions import Fraction
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calculator.__main__ import main
from calculator.checks import run_serum
from calculator.layout.chart import bars
from calculator.quantities import Mass
from calculator.result import Bars, Line, Result
from calculator.rules.day import IntakeAnswers
from calculator.rules.intake import IntakeFacts, check_intake
from calculator.rules.serum import SerumAnswers, SerumFacts, check_serum
from calculator.tables import amounts, foods
from calculator.tables.sources import PARTLY
from calculator.words.figures import mg, unread
from calculator.words.form import ALL_FORMS, INTAKE
from calculator.words.intake import people
from scripts.blocks.form import form_to_html
from tests import pin
from tests.calculator.test_result import intake, taking

laws = settings(deadline=None, max_examples=60)
SVG = "{http://www.w3.org/2000/svg}"


def facts_of(answers: IntakeAnswers) -> IntakeFacts:
    """What the check found of a day that can be checked."""
    facts = check_intake(answers)
    assert isinstance(facts, IntakeFacts), facts
    return facts


def lines(result: Result) -> Iterator[Line]:
    """Every line of a result."""
    yield result.summary
    yield from (*result.working.lines, *result.notes, *result.warning)
    if result.compared:
        yield result.compared
    for section in result.sections:
        yield from section.lines


# ---------------------------------------------------------------------------------- intake


@laws
@given(st.integers(0, 269), st.sampled_from(["", "elemental:20"]))
def test_the_foods_named_fill_what_is_missing(food: int, supplement: str) -> None:
    """Their servings are the nearest to the amount less the total, and not to anything else."""
    supplements = taking(supplement) if supplement else ()
    facts = facts_of(IntakeAnswers("35", "female", food=str(food), supplements=supplements))
    missing = 270 - food - (20 if supplement else 0)
    if missing > 0:
        assert facts.foods_near == foods.near(Mass.of(missing), amounts.FOODS_NAMED)
    else:
        assert facts.foods_near == ()


WHO = {
    ("any", "general"): ("children", "everyone"),
    ("female", "general"): ("girls", "women"),
    ("male", "general"): ("boys", "men"),
    ("female", "pregnancy"): ("pregnant", "pregnant"),
    ("female", "lactation"): ("breastfeeding", "breastfeeding"),
}


@pytest.mark.parametrize(
    "row", amounts.INTAKE_ROWS, ids=lambda r: f"{r.authority}-{r.sex}-{r.stage}-{r.from_months}"
)
def test_a_row_names_the_people_it_is_for(row: amounts.IntakeRow) -> None:
    """Girls, women, boys, men, the pregnant and the breastfeeding are each called what they are."""
    young, grown = WHO[row.sex, row.stage]
    first, *_ = people(row).split()
    assert first == (grown if row.from_months >= amounts.ADULT_MONTHS else young)
    assert row.ages in people(row)


@pytest.mark.parametrize(
    ("code", "kind", "rows"),
    [
        (
            code,
            kind,
            [row for row in amounts.INTAKE_ROWS if (row.authority, row.stage) == (code, kind)],
        )
        for code in amounts.AUTHORITY_BY_CODE
        for kind in ("pregnancy", "lactation")
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_authority_s_amounts_for_mothers_have_no_gap(
    code: str, kind: str, rows: list[amounts.IntakeRow]
) -> None:
    """From the youngest that it publishes for to the oldest, 14 to 18 among them."""
    if code == "NORDIC":  # What was read of it has none.
        assert not rows
        return
    rows.sort(key=lambda row: row.from_months)
    assert rows[0].from_months <= 14 * amounts.MONTHS, (code, kind)
    assert [row.to_months for row in rows[:-1]] == [row.from_months for row in rows[1:]]


@laws
@given(
    st.integers(1, 120),
    st.sampled_from(amounts.SEXES),
    st.sampled_from(list(amounts.AUTHORITY_BY_CODE)),
    st.integers(1, 3000),
)
def test_every_limit_that_is_passed_is_told(age: int, sex: str, code: str, taken: int) -> None:
    """Each authority is named with its limit, in the sentence or, with all of them, in the bars."""
    answers = IntakeAnswers(
        str(age), sex, authority=code, food="200", supplements=taking(f"elemental:{taken}")
    )
    facts = facts_of(answers)
    result = intake(answers)
    told = [line.text for line in lines(result) if "Over a limit? Yes" in line.text]
    passed = [c for c in facts.comparisons if c.authority.code in facts.exceeds]
    named = [f"{c.authority.short}, {mg(c.limit.amount)}" for c in passed if c.limit.amount]
    assert len(told) == bool(named)
    if any("over all" in text for text in told):
        assert result.compared_bars
        assert [f"{name}, {text}" for name, _, text in result.compared_bars.bars] == sorted(
            named, key=lambda name: int(re.findall("[0-9]+", name)[0])
        )
        assert all(c.authority.short in result.heading for c in passed)
        assert len(passed) == len(amounts.supplement_limits(facts.age_months))
    else:
        assert all(name in text for name in named for text in told)
    others = [c.authority.short for c in facts.comparisons if c not in passed]
    assert not [name for name in others for text in told if f"{name}, " in text]


@pytest.mark.parametrize(
    ("code", "stage", "said"),
    [
        ("NORDIC", "general", "the adequate intake of the Nordic countries for women aged 18"),
        ("NORDIC", "general", "Limit for supplements alone: 300mg > 250mg, the EU's (read only"),
        ("NORDIC", "pregnancy", "we have no amount from the Nordic countries, and we do not"),
        (
            "D_A_CH", "general",
            "the estimated adequate intake of Germany, Austria and Switzerland for women aged 19",
        ),
        ("D_A_CH", "pregnancy", "Switzerland for pregnant women aged 10 to 50 years (read only"),
        ("D_A_CH", "general", "Limit for supplements: none set (all ages) (read only"),
    ],
)  # fmt: skip
def test_an_authority_that_joined_is_said_as_the_others_are(
    code: str, stage: str, said: str
) -> None:
    """Its name, the kind of its amount, its limit, and that a number was read in part only."""
    answers = IntakeAnswers("30", "female", stage, code, "200", supplements=taking("elemental:300"))
    result = intake(answers)
    assert [line for line in lines(result) if said in line.text], said
    assert result.table
    cells = {row[0]: row[1:] for row in result.table.rows}
    assert cells["Nordic countries"][2] == (
        "250mg, the EU's (read only where others quote it): passed"
    )
    assert cells["Germany, Austria and Switzerland"][2] == "none set"
    none = "None in our table" if stage == "pregnancy" else f"300mg{unread(PARTLY)}"
    assert cells["Nordic countries"][0] == none


@pytest.mark.parametrize("code", amounts.AUTHORITY_BY_CODE)
def test_the_bars_are_the_amounts_and_the_line_is_the_day(code: str) -> None:
    """A bar's name, length and figure are one authority's; the dashed line is the day's total."""
    chart = intake(IntakeAnswers("35", "female", authority=code, food="283")).bars
    assert chart is not None
    assert chart.bars == tuple(
        (authority.name, row.amount.mg, mg(row.amount))
        for authority in amounts.AUTHORITIES
        if (row := amounts.intake_row(authority.code, 35 * amounts.MONTHS, "female", "general"))
    )
    drawn_to_scale(chart, 283)


@pytest.mark.parametrize("age", ["3", "8", "12", "35"])
def test_the_bars_of_limits_are_the_limits_and_the_line_is_the_supplements(age: str) -> None:
    """Food is no part of it, and no bar is another authority's."""
    answers = IntakeAnswers(age, "male", food="200", supplements=taking("elemental:283"))
    chart = intake(answers).compared_bars
    assert chart is not None
    assert set(chart.bars) == {
        (authority.short, row.amount.mg, mg(row.amount))
        for authority in amounts.AUTHORITIES
        if authority.code not in ("WHO_FAO", "NORDIC")  # For food and water; the EU's again.
        and (row := amounts.limit_row(authority.code, int(age) * amounts.MONTHS)).amount
    }
    drawn_to_scale(chart, 283)


def drawn_to_scale(chart: Bars, line: int) -> None:
    """The title, each label and every length are those of the chart."""
    assert chart.line == line
    assert f"{line}mg" in chart.line_label
    assert not any(name in chart.line_label for name, *_ in chart.bars)
    assert all(name in chart.title and figure in chart.title for name, _, figure in chart.bars)
    image = ElementTree.fromstring(bars(chart))
    assert image.attrib["aria-label"] == chart.title
    labels = " ".join(filter(None, (text.text for text in image.iter(f"{SVG}text"))))
    assert chart.line_label in labels
    names = [name.text for name in image.iter("span")]
    assert names == [f"{name}: {figure}" for name, _, figure in chart.bars]
    boxes = list(image.iter(f"{SVG}rect"))
    (across,) = {one.attrib["x1"] for one in image.iter(f"{SVG}line")}
    assert {box.attrib["x"] for box in boxes} == {"0.00%"}
    widths = [*(box.attrib["width"] for box in boxes), across]
    drawn = [Fraction(width.removesuffix("%")) for width in widths]
    amounts = [*(amount for _, amount, _ in chart.bars), chart.line]
    assert all(
        abs(width / drawn[0] - amount / amounts[0]) < Fraction(1, 100)
        for width, amount in zip(drawn, amounts, strict=True)
    )


# ----------------------------------------------------------------------------------- serum


@laws
@given(st.sampled_from(["mg/dL", "mmol/L", "mEq/L"]), st.decimals("0.3", "12", places=2))
def test_a_grade_is_said_where_there_is_one_and_only_there(unit: str, value: object) -> None:
    """The line that cites the scale has the side and the grade of the record."""
    answers = SerumAnswers(str(value), unit)
    facts = check_serum(answers)
    _, result = run_serum(answers)
    assert isinstance(facts, SerumFacts)
    assert isinstance(result, Result)
    told = " ".join(
        line.text for line in lines(result) if any(key.startswith("ctcae") for key in line.sources)
    )
    if facts.row is None:
        assert "grade" not in told
    elif facts.grade == "0":
        assert not re.search(r"grade [0-9]", told)
    else:
        side, grade = facts.grade.split()
        assert re.findall(r"grade ([0-9])", told) == [grade]
        assert ("raised" if side == "hyper" else "low") in told


# ------------------------------------------------------------------ the form, the command line


def test_the_default_authority_is_chosen_in_the_form_and_no_other() -> None:
    """The country's list opens at the default; no radio is chosen for anybody."""
    form = ElementTree.fromstring(form_to_html(INTAKE))
    (countries,) = (one for one in form.iter("select") if one.attrib["name"] == "authority")
    chosen = [one.attrib["value"] for one in countries.iter("option") if "selected" in one.attrib]
    assert chosen == [amounts.DEFAULT_AUTHORITY]
    for asked in ALL_FORMS.values():
        tree = ElementTree.fromstring(form_to_html(asked))
        assert not [box for box in tree.iter("input") if "checked" in box.attrib]


def test_without_an_authority_the_default_is_compared(capsys: pytest.CaptureFixture[str]) -> None:
    """On the command line as in the form."""
    facts = facts_of(IntakeAnswers("35", "male", food="200"))
    assert facts.chosen.authority.code == amounts.DEFAULT_AUTHORITY
    assert main(["intake", "--age=35", "--sex=male", "--food=200", "--json"]) == 0
    assert f'"authority": "{amounts.DEFAULT_AUTHORITY}"' in capsys.readouterr().out


def test_the_command_lines_foods_have_each_mineral_under_its_name(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Each column of the list is the fixture's, for every food."""
    assert main(["foods"]) == 0
    _, head, *rows = capsys.readouterr().out.splitlines()
    minerals = ("Magnesium", "Calcium")
    starts = [head.index(name) for name in minerals]
    assert len(rows) == len(pin.tables()["foods"])
    for line, food in zip(rows, pin.tables()["foods"], strict=True):
        share = Fraction(food["serving_g"]) / 100
        per_100g = (food["magnesium_per_100g"], food["calcium_per_100g"])
        wanted = [mg(Mass(Fraction(amount) * share)) for amount in per_100g]
        assert [line[at:].split("mg")[0] + "mg" for at in starts] == wanted, line
