"""What axe finds against WCAG 2.2 A and AA: on a whole page, on a part, or of its colours."""

from __future__ import annotations

from typing import Literal, TypedDict

from playwright.sync_api import Page

from tests.conftest import ROOT


class Media(TypedDict):
    """What a device asks of a page's colours."""

    color_scheme: Literal["light", "dark"]
    forced_colors: Literal["active", "none"]


AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
LEVELS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
# The rules that see colours: the only ones that another palette can break.
COLOURS = ("color-contrast", "link-in-text-block")
# What a state of a check changes on its page. The rest of the page is looked at once.
STATE = ("form.check", "[data-result]")
# Each palette as a device asks for it, and what the page then calls it.
PALETTES: dict[str, tuple[Media, str]] = {
    "light": ({"color_scheme": "light", "forced_colors": "none"}, "default"),
    "dark": ({"color_scheme": "dark", "forced_colors": "none"}, "slate"),
    "forced": ({"color_scheme": "light", "forced_colors": "active"}, "default"),
}
RUN = """async ([parts, options]) => {
  const there = parts.filter((part) => document.querySelector(part));
  const place = parts.length ? { include: there } : document;
  const { violations } = await axe.run(place, { ...options, resultTypes: ["violations"] });
  return violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target).join(" ")}`);
}"""

# Rows of a table and sources of a list are made alike, and axe reads each: five stand for all.
THIN = """() => document.querySelectorAll(
  "tbody > tr:nth-child(n + 6), .references li:nth-child(n + 6)").forEach((one) => one.remove())"""


def thin(page: Page) -> None:
    """Leave five of the rows of each table and of the sources, before axe looks at a long page."""
    page.evaluate(THIN)


def axe(page: Page, *parts: str, colours: bool = False) -> list[str]:
    """One line for each rule that the page, or these parts of it, breaks."""
    if not page.evaluate("typeof axe === 'object'"):
        # Run through the debugger: the page's policy rightly refuses a script from elsewhere.
        page.evaluate(AXE)
    found: list[str] = page.evaluate(RUN, [parts, rules(colours=colours)])
    return found


def rules(*, colours: bool) -> dict[str, object]:
    """The rules to run: all of WCAG's, or those that see colours."""
    if colours:
        return {"runOnly": {"type": "rule", "values": list(COLOURS)}}
    # Not on by themselves: targets of 24px (2.5.8), and a name for each dialog.
    more = {name: {"enabled": True} for name in ("target-size", "aria-dialog-name")}
    return {"runOnly": list(LEVELS), "rules": more}


def in_every_palette(page: Page, *parts: str) -> list[str]:
    """What axe finds on the open page: all of its rules in light, those of colours in the others.

    The palette changes under the page, as when a device turns dark in the evening.
    """
    found = []
    for name, (media, scheme) in PALETTES.items():
        page.emulate_media(**media)
        page.wait_for_selector(f"body[data-md-color-scheme={scheme}]")
        found += [f"{name}: {fault}" for fault in axe(page, *parts, colours=name != "light")]
    page.emulate_media(**PALETTES["light"][0])
    return found
