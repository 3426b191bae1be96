"""What was measured of growth, as docs/about/performance.md says it: lists, which fit a phone."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from scripts.bench_growth import COUNTS, Build, Growth, exponent

LINEAR = 1.1  # the power of the count up to which noise may be all that is above 1


def verdict(power: float) -> str:
    """What a power of growth comes to, in words."""
    return f"power {power:.2f}, {'linear' if power <= LINEAR else 'not linear'}"


def readings(growth: Growth) -> str:
    """How long a table of readings takes by its length, for each door of each Python."""
    parts = []
    for python, found in growth["readings"].items():
        for door, rounds in found["doors"].items():
            seconds = [median(column) for column in zip(*rounds, strict=True)]
            told = [
                f"- {count:,} readings: {took:.2f}s, {took / count * 1e3:.3f}ms each"
                for count, took in zip(COUNTS, seconds, strict=True)
            ]
            told.append(f"- Growth: {verdict(exponent(COUNTS, seconds))}")
            parts.append(
                f"**`{door}` in {python}, Python {found['python']}**\n\n" + "\n".join(told)
            )
    return "\n\n".join(parts)


def site(builds: Sequence[Build]) -> str:
    """How long the site takes by its pages, and how the time for further pages grows."""
    told, pages, took = [], [], []
    for one in builds:
        built, published = median(one["build"]), median(one["publish"])
        line = f"- {one['pages']} pages: {built:.1f}s to build, {published:.1f}s to publish"
        # What any site takes, however small, is no page's: each is compared with the first.
        pages.append(one["pages"] - builds[0]["pages"])
        took.append(built + published - median(builds[0]["build"]) - median(builds[0]["publish"]))
        if pages[-1]:
            line += f", {took[-1] / pages[-1] * 1e3:.0f}ms for each further page"
        told.append(line)
    clear = min(took[1:]) > 0  # On a busy machine more pages may happen to take less.
    power = verdict(exponent(pages[1:], took[1:])) if clear else "lost in the noise of this run"
    return "\n".join([*told, f"- Growth: {power}"])
