"""What was measured, as docs/about/performance.md says it: lists, which fit a phone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from statistics import median
from typing import TypedDict

from tests.bench.pages import OURS, STOCK

TEMPLATE = Path(__file__).with_name("performance.md")
WAITED = "Wait after 5 seconds on the form, {}"
HOME, LATER = WAITED.format("first visit at 10Mbit/s"), WAITED.format("later visit")
SLOW = "First visit, slow line and slow processor"

# What visits.py measured on one page: a figure's name, and its values in all rounds.
Figures = Mapping[str, Sequence[float]]


class Facts(TypedDict):
    """What else the page names."""

    day: date
    size: float  # kB of a page without a check, before pictures
    later: float  # kB fetched after it, to keep all pages
    chromium: str
    cores: int
    load: float
    versions: Mapping[str, str]


def times(values: Sequence[float]) -> str:
    """A median with the least and the most beside it: ``543ms (510 to 612)``."""
    return f"{median(values):,.0f}ms ({min(values):,.0f} to {max(values):,.0f})"


def megabytes(values: Sequence[float], digits: int = 0) -> str:
    """A median of bytes, or what stands for it where a system does not tell."""
    return f"{median(values) / 1e6:.{digits}f}MB" if any(values) else "not measured"


def ratio(mine: Figures, stock: Figures, name: str) -> float:
    """What part of stock's median a median is."""
    return median(mine[name]) / median(stock[name])


def blocked(mine: Figures) -> float:
    """The longest that the page could not react in any visit; 0 where no browser told of one."""
    return max(*mine["cold blocked"], *mine["warm blocked"])


def lines(mine: Figures, stock: Figures) -> Iterator[str]:
    """Everything of one page, a figure a line."""
    for visit, when in (("First", "cold"), ("Later", "warm")):
        part = ratio(mine, stock, f"{when} first")
        yield f"- {visit} visit: {times(mine[f'{when} first'])}, {part:.2f} of stock"
    for visit, when in (("first", "cold"), ("later", "warm")):
        yield f"- Second answer, {visit} visit: {times(mine[f'{when} second'])}"
    longest = blocked(mine)
    yield f"- Longest block of the page: {f'{longest:,.0f}ms' if longest else 'under 50ms'}"
    sizes = [megabytes(mine[name], 2) for name in ("bytes", "brotli")]
    yield f"- Downloaded: {sizes[0]}, as brotli {sizes[1]}"
    resting, cold, warm = (megabytes(mine[n]) for n in ("resting", "cold memory", "warm memory"))
    yield f"- Memory: {resting} before a check, {cold} after it, {warm} later"
    if "slow" in mine:
        yield f"- {SLOW}: {times(mine['slow'])}, {ratio(mine, stock, 'slow'):.2f} of stock"
    if "waited" in mine:
        yield f"- {HOME}: {times(mine['at home'])}"
        yield f"- {LATER}: {times(mine['waited'])}"


def reaches(ours: Figures, stock: Figures, size: float) -> Iterator[str]:
    """Each aim of the project, and whether a run met it; `size` in kB is a page without a check."""
    of_stock = "{:.2f} of stock Pyodide in a worker"
    rows: list[tuple[str, float, float, str]] = [
        ("First visit", 0.30, ratio(ours, stock, "cold first"), of_stock),
        ("Later visit", 0.17, ratio(ours, stock, "warm first"), of_stock),
        ("Downloaded", 3.0, median(ours["bytes"]) / 1e6, "{:.2f}MB"),
        ("Downloaded, as brotli", 2.5, median(ours["brotli"]) / 1e6, "{:.2f}MB"),
        ("Longest block of the page", 50, blocked(ours), "{:.0f}ms"),
        (HOME, 50, median(ours["at home"]), "{:.0f}ms"),
        (LATER, 50, median(ours["waited"]), "{:.0f}ms"),
        ("A page without a check, before pictures", 300, size, "{:.0f}kB"),
    ]
    for visit, when in (("first", "cold"), ("later", "warm")):
        second = ratio(ours, stock, f"{when} second")
        rows.append((f"Second answer, {visit} visit", 2, second, of_stock))
        if any(stock[f"{when} memory"]):
            memory = ratio(ours, stock, f"{when} memory")
            rows.append((f"Memory after the answers, {visit} visit", 1.3, memory, of_stock))
    for words, limit, measured, form in rows:
        told = form.format(measured) if measured else "none"
        met = "met" if measured <= limit else "not met"
        yield f"- {words}: at most {form.format(limit)}. Measured: {told}, {met}."


def page(visits: Mapping[str, Figures], facts: Facts) -> str:
    """The page that says what was measured, how and with what: a fact for each name in it."""
    day, stock, rounds = facts["day"], visits[STOCK], len(visits[OURS]["cold first"])
    tables = (f"**{name}**\n\n" + "\n".join(lines(one, stock)) for name, one in visits.items())
    return TEMPLATE.read_text("utf-8").format(
        **facts,
        today=day.isoformat(),
        next=day.replace(year=day.year + 1, day=min(day.day, 28)).isoformat(),
        date=f"{day.day} {day:%B %Y}",
        rounds=f"{rounds} round{'' if rounds == 1 else 's'}",
        reaches="\n".join(reaches(visits[OURS], stock, facts["size"])),
        table="\n\n".join(tables),
    )
