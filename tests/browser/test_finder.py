"""Foods and labels found by typing, in a real browser: by keyboard, touch, link, never lost."""

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from calculator.tables.foods import FOODS
from tests.browser.axe import STATE, in_every_palette
from tests.browser.reader import tab_to
from tests.browser.sites import BELOW, Site

pytestmark = [pytest.mark.browser, pytest.mark.engine]


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A phone 320px wide, whose reader comes back: what was kept starts Python for all tests."""
    fresh = browser.new_context(
        viewport={"width": 320, "height": 700}, reduced_motion="reduce", has_touch=True
    )
    yield fresh
    fresh.close()


@pytest.fixture
def page(context: BrowserContext, site: Site) -> Iterator[Page]:
    """The intake form, with one row of foods that has the focus."""
    page = context.new_page()
    page.goto(f"{site.origin}{BELOW}how-much/")
    page.click("[data-add=eat]")
    yield page
    page.close()


def box(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Food and serving").first


def options(page: Page) -> Locator:
    """The foods that the list offers: the other lists of the form have options too."""
    return page.get_by_role("listbox", name="Food and serving").get_by_role("option")


def names(page: Page) -> list[str]:
    """The foods that the list offers, without their servings."""
    return [text.split(": ")[0] for text in options(page).all_inner_texts()]


def answers(page: Page) -> list[list[str]]:
    """What the form would send to Python of its rows of foods."""
    rows: list[list[str]] = page.evaluate(
        "[...new FormData(document.forms.intake)].filter(([name]) => name.startsWith('eat-'))"
    )
    return rows


def submit(page: Page) -> None:
    page.fill("#age", "40")
    page.check("input[name=sex][value=male]")
    page.click("form[data-check=intake] .md-button--primary")
    page.wait_for_selector("[data-result], .problem-summary")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("almond", ["Almonds", "Almond butter", "Almond drink, unsweetened"]),
        ("nuts br", ["Brazil nuts"]),
        ("BRAZÍL", ["Brazil nuts"]),
        ("shrimp", ["Prawns (shrimp), cooked"]),
        ("garbanzo", ["Chickpeas, boiled", "Chickpeas, canned"]),
        ("whole wheat bread", ["Wholemeal bread"]),
        ("drinks tea", ["Black tea", "Tea with milk", "Green tea", "Herbal tea"]),
        ("mond", []),
    ],
)
def test_a_food_is_found_by_the_beginnings_of_its_words(
    page: Page, typed: str, wanted: list[str]
) -> None:
    """In any order, in any case, with or without accents, by its group, or by another name."""
    box(page).fill(typed)
    assert names(page) == wanted
    expect(box(page)).to_have_attribute("aria-expanded", "true" if wanted else "false")


@pytest.mark.slow
def test_the_list_tells_how_many_foods_match(page: Page) -> None:
    """The count stands in a status region, which was there before it; so does the choice."""
    status = page.locator("[data-row-of=eat] .finder [role=status]")
    expect(status).to_be_empty()
    box(page).fill("almond")
    expect(status).to_have_text("3 foods match “almond”")
    box(page).fill("medjool")
    expect(status).to_have_text("One food matches “medjool”")
    box(page).fill("$& quorn")
    expect(status).to_contain_text("No food in the table matches “$& quorn”.")
    box(page).fill("")
    expect(status).to_have_text(f"{len(FOODS)} foods to choose from")
    options(page).first.click()
    expect(status).to_have_text("Chosen: Pumpkin seeds, roasted, unsalted: 1 oz handful")


@pytest.mark.slow
def test_a_food_is_chosen_by_keyboard_alone(page: Page) -> None:
    """Down and Up go round the list, Enter takes, and Tab goes on to the servings."""
    expect(box(page)).to_be_focused()
    page.keyboard.type("almond")
    for key, active in (
        ("ArrowDown", "Almonds"),
        ("ArrowUp", "Almond drink"),
        ("ArrowDown", "Almonds"),
        ("ArrowDown", "Almond butter"),
    ):
        page.keyboard.press(key)
        pointed = box(page).get_attribute("aria-activedescendant")
        expect(page.locator(f"[id='{pointed}'][aria-selected=true]")).to_contain_text(active)
        expect(page.locator("[role=option][aria-selected=true]")).to_have_count(1)
        expect(box(page)).to_be_focused()
    page.keyboard.press("Enter")
    expect(box(page)).to_have_value("Almond butter: 1 tbsp")
    expect(box(page)).to_have_attribute("aria-expanded", "false")
    assert answers(page) == [["eat-food", "F009"], ["eat-servings", "1"]]
    expect(page.locator("[data-result], .problem-summary")).to_have_count(0)
    page.keyboard.press("Tab")
    tab_to(page, "#eat-servings-1")


def test_home_and_end_move_in_the_box_and_tab_takes_the_marked_food(page: Page) -> None:
    """Going back to the text unmarks the food; a food left marked is not lost by Tab."""
    page.keyboard.type("lmond")
    page.keyboard.press("Home")
    page.keyboard.type("a")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("End")
    expect(page.locator("[role=option][aria-selected=true]")).to_have_count(0)
    expect(box(page)).to_have_value("almond")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(box(page)).to_have_value("Almonds: 1 oz (23 nuts)")
    expect(box(page)).not_to_be_focused()
    tab_to(page, "#eat-servings-1")


@pytest.mark.slow
def test_escape_closes_the_list_and_then_empties_the_box(page: Page) -> None:
    """What was typed stays until Escape is pressed again."""
    page.keyboard.type("almond")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box(page)).to_have_value("almond")
    page.keyboard.press("Escape")
    expect(box(page)).to_have_value("")
    assert answers(page) == [["eat-food", ""], ["eat-servings", "1"]]


@pytest.mark.slow
def test_a_finger_opens_the_list_and_chooses(page: Page) -> None:
    """A tap shows every food by group; each is 44px high; a tap takes one, and the sum follows."""
    box(page).tap()
    assert len(names(page)) == len(FOODS)
    nuts = sum(food.category == "nuts & seeds" for food in FOODS)
    assert page.get_by_role("group", name="Nuts & seeds").get_by_role("option").count() == nuts
    heights = page.eval_on_selector_all(
        ".finder [role=option]", "all => all.map(e => e.offsetHeight)"
    )
    assert min(heights) >= 44
    options(page).get_by_text("Almonds").tap()
    expect(box(page)).to_have_value("Almonds: 1 oz (23 nuts)")
    expect(page.locator("[data-sum=eat]")).to_contain_text("76.5mg")
    box(page).tap()
    assert len(names(page)) == len(FOODS)
    page.keyboard.type("bana")
    assert names(page) == ["Banana"]


@pytest.mark.slow
def test_a_name_typed_in_full_is_the_food_without_choosing(page: Page) -> None:
    """Who types and never sees the list is understood, if the name is one of the table's."""
    page.keyboard.type("almonds")
    assert answers(page)[0] == ["eat-food", "F008"]
    page.keyboard.type(" and pears")
    assert answers(page)[0] == ["eat-food", "almonds and pears"]


@pytest.mark.slow
def test_what_was_typed_and_is_no_food_is_refused_in_words(page: Page) -> None:
    """An earlier choice does not stand in for it; the text stays, and the link leads to it."""
    page.keyboard.type("almonds")
    box(page).fill("<b>quorn")
    submit(page)
    said = "Select a food from the list for “<b>quorn”, or remove it"
    expect(page.locator(".problem-summary a").first).to_have_text(said)
    expect(box(page)).to_have_value("<b>quorn")
    expect(box(page)).to_have_attribute("aria-invalid", "true")
    page.locator(".problem-summary a").first.click()
    expect(box(page)).to_be_focused()
    expect(page.locator("#eat-food-1-problem")).to_contain_text(said)
    assert "eat-food-1-problem" in str(box(page).get_attribute("aria-describedby"))
    box(page).fill("almonds")
    submit(page)
    expect(page.locator("[data-result]")).to_be_visible()
    expect(box(page)).not_to_have_attribute("aria-invalid", "true")


@pytest.mark.slow
def test_rows_keep_their_own_foods_when_one_is_removed(page: Page) -> None:
    """Each row's label, list and status are its own, before and after the rows move up."""
    page.keyboard.type("almonds")
    page.click("[data-add=eat]")
    page.keyboard.type("banana")
    page.locator("[data-remove=eat]").first.click()
    expect(box(page)).to_have_value("banana")
    page.get_by_text("Food and serving").first.click()
    expect(box(page)).to_be_focused()
    box(page).fill("oran")
    assert names(page) == ["Orange", "Orange juice, fresh"]
    expect(box(page)).to_have_attribute("aria-controls", "eat-food-1-list")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert answers(page) == [["eat-food", "F108"], ["eat-servings", "1"]]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("food", "shown"), [("F047", "Spinach, boiled: 1 cup"), ("quorn", "quorn")]
)
def test_a_link_fills_the_box(page: Page, site: Site, food: str, shown: str) -> None:
    """A food returns by its name; what is no food is shown and refused, not dropped."""
    person = {"age": "60", "sex": "female", "eat-food": food, "eat-servings": "0.5"}
    page.goto(f"{site.origin}{BELOW}how-much/#{urlencode(person)}")
    expect(box(page)).to_have_value(shown)
    page.wait_for_selector("[data-result], .problem-summary")
    expect(page.locator("[data-result]")).to_have_count(int(food != shown))


def test_without_javascript_the_table_of_foods_still_answers(browser: Browser, site: Site) -> None:
    """The foods stand in a table with their servings, and no box waits for a script."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.origin}{BELOW}food/")
    expect(page.locator("table[data-table=foods] tbody tr")).to_have_count(len(FOODS))
    expect(page.get_by_role("combobox")).to_have_count(0)
    context.close()


@pytest.mark.slow
def test_every_state_of_the_list_is_accessible_and_fits_a_phone(page: Page) -> None:
    """Closed, open, on a marked food, with no match, and refused: axe clean at 320px."""
    faults = []

    def look(state: str, *parts: str) -> None:
        found = in_every_palette(page, *(parts or ["[data-row-of=eat]"]))
        faults.extend(f"{state}: {fault}" for fault in found)
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            faults.append(f"{state}: scrolls sideways")

    look("closed")
    page.keyboard.type("almond")
    look("open")
    page.keyboard.press("ArrowDown")
    look("marked")
    box(page).fill("a food of which nobody ever heard, with a very long name")
    expect(page.locator("[data-row-of=eat] .finder [role=status]")).to_contain_text("No food")
    look("no match")
    submit(page)
    look("refused", *STATE)
    assert faults == []


@pytest.mark.slow
def test_the_list_is_reached_by_tab_once(page: Page) -> None:
    """The select behind the box is no second stop, and no screen reader meets it."""
    tab_to(page, "#eat-servings-1")
    for stop in (box(page), page.locator("#food")):
        page.keyboard.press("Shift+Tab")  # to why the question is asked, which stands before it
        page.keyboard.press("Shift+Tab")
        expect(stop).to_be_focused()
    expect(page.get_by_role("combobox", name="Food and serving")).to_have_count(1)
