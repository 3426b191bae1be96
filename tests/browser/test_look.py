"""The look: both palettes measured for contrast, fonts that exist, colours only as tokens."""

import re
from collections.abc import Iterator
from itertools import product
from pathlib import PurePath

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from scripts import dev
from tests.browser.sites import BELOW, Site
from tests.conftest import ROOT

STYLES = {
    path.name: path.read_text("utf-8") for path in (ROOT / "docs" / "assets" / "css").glob("*.css")
}
SITE = STYLES["tokens.css"]
PALETTES = ("default", "slate")
GROUNDS = ("ground", "raised")

# What is read on what: 4.5 to 1 (WCAG 1.4.3).
TEXT = [
    *product(("text", "quiet", "accent", "accent-strong", "problem"), GROUNDS),
    *product(("text", "quiet", "accent", "accent-strong"), ("inside", "outside")),
    *product(("on-accent",), ("accent", "accent-strong")),
    *product(("on-care",), ("care-prompt", "care-same-day", "care-emergency")),
]
# What must be seen to use or to understand something: 3 to 1 (WCAG 1.4.11).
SHAPES = [
    *product(("line", "accent", "problem", "text"), GROUNDS),
    *product(("line", "text", "accent"), ("outside",)),
    *product(("text", "accent"), ("inside",)),
    *product(("care-prompt", "care-same-day"), GROUNDS),
]


def tokens(palette: str) -> dict[str, str]:
    """The palette's tokens, each a colour of six digits."""
    selector = rf'\[data-md-color-scheme="{palette}"\] \{{([^}}]*)\}}'
    found = re.search(selector, SITE)
    assert found, palette
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", found[1]))


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours as WCAG 2.2 defines it."""
    darker, lighter = sorted(map(luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_the_published_one() -> None:
    """Black on white is 21 to 1, and #767676 on white is the known edge of 4.5 to 1."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize(("front", "back"), TEXT)
def test_text_has_contrast_in_both_palettes(palette: str, front: str, back: str) -> None:
    """4.5 to 1."""
    colours = tokens(palette)
    assert contrast(colours[front], colours[back]) >= 4.5


@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize(("front", "back"), SHAPES)
def test_shapes_have_contrast_in_both_palettes(palette: str, front: str, back: str) -> None:
    """3 to 1: borders of controls, marks of charts, and the focus ring in the text's colour."""
    colours = tokens(palette)
    assert contrast(colours[front], colours[back]) >= 3


def test_the_header_has_contrast() -> None:
    """White on the header's colour, which both palettes share."""
    colours = dict(re.findall(r"--md-(primary-[a-z-]+): (#[0-9a-f]{6});", SITE))
    backs = (value for name, value in colours.items() if name.startswith("primary-fg"))
    assert all(contrast(colours["primary-bg-color"], back) >= 4.5 for back in backs)


def test_both_palettes_have_the_same_tokens() -> None:
    assert tokens("default").keys() == tokens("slate").keys()


def test_a_colour_stands_once_as_a_token() -> None:
    """Outside the tokens no style sheet names a colour, so that no palette is forgotten."""
    black_on_paper = "color: #000000;"
    for name, style in STYLES.items():
        rules = re.sub(r"--[a-z-]+: #[0-9a-f]{6};", "", style).replace(black_on_paper, "")
        assert not re.findall(r": [^;]*(#[0-9a-fA-F]{3,8}\b|rgb|hsl)", rules), name


def test_every_token_used_is_set() -> None:
    given = set(re.findall(r"(--[a-z-]+):", SITE))
    for name, style in STYLES.items():
        used = set(re.findall(r"var\((--(?!md-)[a-z-]+)", style))
        assert used <= given, name


def test_every_font_file_is_one_that_is_copied() -> None:
    """And each is fetched only for the letters that it has."""
    faces = [face for face in re.findall(r"@font-face \{([^}]*)\}", SITE) if "url(" in face]
    named = [re.findall(r"fonts/([^\"]+)", face)[0] for face in faces]
    assert len(set(named)) == 8
    assert [name for name in named if not PurePath(name).match(dev.FONTS)] == []
    assert all("unicode-range:" in face and "font-display: swap" in face for face in faces)


def test_the_stand_ins_for_the_font_are_used_and_fetch_nothing() -> None:
    """Each is a font of the device, made as wide, and stands behind ours in the list."""
    faces = [face for face in re.findall(r"@font-face \{([^}]*)\}", SITE) if "url(" not in face]
    names = dict.fromkeys(re.findall(r'font-family: ("[^"]+")', "".join(faces)))
    assert f'--md-text-font: "Atkinson Hyperlegible Next", {", ".join(names)}, ' in SITE
    for face in faces:
        for part in ("local(", "size-adjust:", "ascent-override:", "descent-override:"):
            assert part in face


def test_nothing_is_fetched_from_elsewhere() -> None:
    for name, style in STYLES.items():
        assert not re.findall(r"@import|url\(\"?(?:https?:)?//", style), name


# ------------------------------------------------------------------ in a real browser


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A reader in the dark, who comes back."""
    fresh = browser.new_context(color_scheme="dark", reduced_motion="reduce")
    yield fresh
    fresh.close()


def opened(context: BrowserContext, site: Site, path: str, width: int, height: int) -> Page:
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{site.origin}{BELOW}{path}")
    return page


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.parametrize(("width", "height", "links"), [(320, 640, 1), (390, 844, 3)])
def test_the_first_screen_says_what_this_is_and_where_to_begin(
    context: BrowserContext, site: Site, width: int, height: int, links: int
) -> None:
    """The heading, the answer, why to trust it, and links: before any scrolling."""
    page = opened(context, site, "", width, height)
    feet: list[float] = page.eval_on_selector_all(
        "h1, h1 + .important, .important + p, #where-to-begin, "
        f"#where-to-begin + ul > li:nth-child(-n + {links})",
        "all => all.map((e) => e.getBoundingClientRect().bottom)",
    )
    assert len(feet) == 4 + links
    assert max(feet) <= height
    page.close()


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.engine
@pytest.mark.parametrize(
    ("authority", "supplement"), [("UK", "0"), ("EU", "300"), ("NORDIC", "500")]
)
def test_a_day_prints_on_one_page(
    context: BrowserContext, site: Site, authority: str, supplement: str
) -> None:
    """With every authority beside the chosen one, and with a card where a limit is passed."""
    page = opened(context, site, "how-much/", 390, 844)
    page.fill("#age", "60")
    page.check("input[name=sex][value=female]")
    page.select_option("#authority", authority)
    page.fill("#food", "200")
    page.select_option("#supplement-salt-1", "elemental")
    page.fill("#supplement-mg-1", supplement)
    page.click("form[data-check=intake] .md-button--primary")
    page.wait_for_selector("[data-result=intake]")
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
    page.close()


@pytest.mark.slow
@pytest.mark.browser
@pytest.mark.engine
@pytest.mark.parametrize("value", ["1.6", "2", "2.43", "7", "13"])
def test_a_blood_result_prints_on_one_page(context: BrowserContext, site: Site, value: str) -> None:
    """Dark on white whatever the palette, with the result and without the page around it."""
    page = opened(context, site, "blood-test/", 390, 844)
    page.fill("#value", value)
    page.check("input[name=unit][value='mg/dL']")
    page.click("form[data-check=serum] .md-button--primary")
    page.wait_for_selector("[data-result]")
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
    page.emulate_media(media="print")
    assert page.eval_on_selector("h1", "e => getComputedStyle(e).color") == "rgb(34, 32, 28)"
    assert page.is_hidden(".md-header")
    assert page.is_hidden("table[data-table=serum]")
    assert page.is_visible(".page-facts")
    page.close()


def main() -> None:
    """Print every ratio, for a person: python -m tests.browser.test_look."""
    for kind, pairs in (("text 4.5", TEXT), ("shape 3.0", SHAPES)):
        for front, back in pairs:
            ratios = [contrast(tokens(p)[front], tokens(p)[back]) for p in PALETTES]
            print(f"{kind}  {front:14} on {back:15} {ratios[0]:6.2f} {ratios[1]:6.2f}")


if __name__ == "__main__":
    main()
