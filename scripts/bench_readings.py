"""A table of readings through the serum check, timed on the way: the same text in every Python.

It reads nothing but the calculator and the clock, because scripts/bench_readings.mjs hands it
to the Python that the site ships, whose library is trimmed.
"""

import json
import sys
from time import perf_counter

from calculator.checks import run_serum
from calculator.rules.serum import SerumAnswers, check_serum

UNITS = ("mmol/L", "mg/dL", "mEq/L")
DOORS = {"check_serum": check_serum, "run_serum": run_serum}
ALL = 100_000  # readings that differ
WARM = 500  # readings before the clock starts: a first one fills what is kept for all


def reading(number: int) -> SerumAnswers:
    """One of the 100,000 readings, in an order that mixes low and high from the first on."""
    value = number * 7919 % ALL  # 7919 is prime, so that none comes twice.
    return SerumAnswers(f"{value // 10_000}.{value % 10_000:04}", UNITS[number % 3])


def passed(door: str, counts: list[int]) -> list[float]:
    """The seconds after which so many readings had been checked, in one pass."""
    check = DOORS[door]
    for number in range(WARM):
        check(reading(number))
    times = []
    before = perf_counter()
    for number in range(counts[-1]):
        check(reading(number))
        if number + 1 in counts:
            times.append(perf_counter() - before)
    return times


def run(request: str) -> str:
    """JSON for JSON: ``[counts, rounds]`` gives the version and the times of each door."""
    counts, rounds = json.loads(request)
    doors = {door: [passed(door, counts) for _ in range(rounds)] for door in DOORS}
    return json.dumps({"python": sys.version.split()[0], "doors": doors})
