"""What was measured, as docs/about/performance.md says it: lists, which fit a phone."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple, TypedDict

from scripts.bench_firefox import Firefox, Times
from scripts.bench_growth import MOST_IN_MENU, Growth
from scripts.bench_growth_report import readings, site
from scripts.bench_pages import OURS, STOCK
from scripts.bench_visits import Visit, Weight
from scripts.runtime import build as runtime

TEMPLATE = Path(__file__).with_name("performance.md")
WAITED = "Wait after 5 seconds on the form, later visit"


class Start(TypedDict):
    """All that was measured of a start, and with what."""

    day: str
    visits: dict[str, list[Visit]]
    firefox: Firefox
    weight: Weight
    chromium: str
    pyscript: str
    cores: int
    load: float
    runtime: runtime.Current


Figure = Callable[[Visit], float]


def cold(one: Visit) -> float:
    """The first answer of a first visit."""
    return one["cold"]["first"]


def warm(one: Visit) -> float:
    """The first answer of a later visit."""
    return one["warm"]["first"]


def second(one: Visit) -> float:
    """The second answer of a first visit, beside what the browser does to keep the first start."""
    return one["cold"]["second"]


def second_later(one: Visit) -> float:
    """The second answer of a later visit."""
    return one["warm"]["second"]


def blocked(visits: Iterable[Visit]) -> float:
    """The longest that the page could not react in any visit; 0 where no browser told of one."""
    return max(max(one["cold"]["blocked"], one["warm"]["blocked"]) for one in visits)


def middle(values: Iterable[float]) -> float:
    """The median."""
    return statistics.median(list(values))


def times(values: Sequence[float]) -> str:
    """A median with the least and the most beside it: ``543ms (510 to 612)``."""
    return f"{middle(values):,.0f}ms ({min(values):,.0f} to {max(values):,.0f})"


def in_rounds(count: int) -> str:
    """How many rounds, in words."""
    return f"{count} round{'' if count == 1 else 's'}"


def megabytes(values: Sequence[float], digits: int = 0) -> str:
    """A median of bytes, or what stands for it where a system does not tell."""
    return f"{middle(values) / 1e6:.{digits}f}MB" if any(values) else "not measured"


def ratio(mine: Sequence[float], stock: Sequence[float]) -> str:
    """What part of stock's median a median is."""
    return f"{middle(mine) / middle(stock):.2f} of stock"


# ------------------------------------------------------------------------ the start


def table(visits: Mapping[str, Sequence[Visit]]) -> str:
    """Everybody's figures, as a Markdown list: so many columns do not fit a phone."""
    return "\n\n".join(
        f"**{name}**\n\n{lines(mine, visits[STOCK])}" for name, mine in visits.items()
    )


def lines(mine: Sequence[Visit], stock: Sequence[Visit]) -> str:
    """One list of the table."""

    def against(figure: Figure) -> str:
        own, theirs = [*map(figure, mine)], [*map(figure, stock)]
        return f"{times(own)}, {ratio(own, theirs)}"

    longest = blocked(mine)
    resting = megabytes([one["cold"]["resting"] for one in mine])
    first_memory = megabytes([one["cold"]["memory"] for one in mine])
    later_memory = megabytes([one["warm"]["memory"] for one in mine])
    found = {
        "First visit": against(cold),
        "Later visit": against(warm),
        "Second answer, first visit": times([*map(second, mine)]),
        "Second answer, later visit": times([*map(second_later, mine)]),
        "Longest block of the page": f"{longest:,.0f}ms" if longest else "under 50ms",
        "Downloaded": megabytes([one["bytes"] for one in mine], 2),
        "Memory": f"{resting} before a check, {first_memory} after it, {later_memory} later",
    }
    if any(waited := [one["waited"] for one in mine]):
        found[WAITED] = times(waited)
    return "\n".join(f"- {title}: {figure}" for title, figure in found.items())


class Reach(NamedTuple):
    """What we aim for: words, a limit, what was measured, and how both are written."""

    words: str
    limit: float
    measured: float
    form: str

    def __str__(self) -> str:
        met = "met" if self.measured <= self.limit else "not met"
        limit = self.form.format(self.limit)
        measured = self.form.format(self.measured) if self.measured else "none"
        return f"- {self.words}: at most {limit}. Measured: {measured}, {met}."


def reaches(visits: Mapping[str, Sequence[Visit]], weight: Weight) -> str:
    """Each aim of the project, and whether this run met it."""
    ours, stock = visits[OURS], visits[STOCK]

    def part(figure: Figure) -> float:
        return middle(map(figure, ours)) / middle(map(figure, stock))

    of_stock = "{:.2f} of stock Pyodide in a worker"
    waited = middle(one["waited"] for one in ours)
    found = (
        Reach("First visit", 0.38, part(cold), of_stock),
        Reach("Later visit", 0.22, part(warm), of_stock),
        Reach("Downloaded", 5.0, middle(one["bytes"] for one in ours) / 1e6, "{:.2f}MB"),
        Reach("Longest block of the page", 50, blocked(ours), "{:.0f}ms"),
        Reach("Second answer, first visit", 20, middle(map(second, ours)), "{:.0f}ms"),
        Reach("Second answer, later visit", 20, middle(map(second_later, ours)), "{:.0f}ms"),
        Reach(WAITED, 50, waited, "{:.0f}ms"),
        Reach("A page without a check, before pictures", 300, weight["page"] / 1e3, "{:.0f}kB"),
    )
    return "\n".join(map(str, found))


def in_firefox(found: Firefox) -> str:
    """The figures of Firefox, or that there are none."""
    if not found["version"]:
        return "Firefox took no part in this run: the machine has none, or it gave no answer."

    def both(name: str) -> Iterable[str]:
        for title, of in (("First visit", "cold"), ("Later visit", "warm")):
            own, theirs = column(found["visits"][name], of), column(found["visits"][STOCK], of)
            yield f"- {title}: {times(own)}, {ratio(own, theirs)}"

    rounds = in_rounds(len(found["visits"][OURS]))
    told = f"Firefox {found['version']} took its turns after Chromium, in {rounds}."
    parts = (f"**{name}**\n\n" + "\n".join(both(name)) for name in found["visits"])
    return "\n\n".join((told, *parts))


def column(visits: Iterable[Times], of: str) -> list[float]:
    """One figure of every visit."""
    return [one["cold"] if of == "cold" else one["warm"] for one in visits]


# ------------------------------------------------------------------------------ the page


def day(iso: str) -> str:
    """A day as pages write it: 6 August 2026."""
    found = date.fromisoformat(iso)
    return f"{found.day} {found:%B %Y}"


def page(start: Start, growth: Growth) -> str:
    """The page that says what was measured, how and with what."""
    measured, visits = date.fromisoformat(start["day"]), start["visits"]
    return TEMPLATE.read_text("utf-8").format(
        today=start["day"],
        next=measured.replace(year=measured.year + 1, day=min(measured.day, 28)).isoformat(),
        day=day(start["day"]),
        rounds=in_rounds(len(visits[OURS])),
        reaches=reaches(visits, start["weight"]),
        table=table(visits),
        firefox=in_firefox(start["firefox"]),
        size=f"{start['weight']['page'] / 1e3:.0f}",
        later=f"{start['weight']['later'] / 1e3:.0f}",
        growth_day=day(growth["day"]),
        most_in_menu=MOST_IN_MENU,
        growth_rounds=in_rounds(len(growth["site"][0]["build"])),
        readings=readings(growth),
        site=site(growth["site"]),
        chromium=start["chromium"],
        cores=start["cores"],
        load=f"{start['load']:.1f}",
        pyscript=start["pyscript"],
        **{name: start["runtime"][name] for name in ("hash", "python", "pyodide", "calculator")},
    )
