"""What takes minutes: `python3 scripts/dev.py test --trust` runs this and prints the figures.

Inputs by chance into the form, a link and the command line; results and days calculated twice;
slips in the calculator that a test must notice, and controls of the hazard log taken away; the same
asked in each Python and browser; and what is known against the packages that we build with, where
their lists can be reached. Each run begins at the number of its day, so that another week tries
others; what fails prints the number with which it fails again.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from tests.trust import audits, care, compared, controls, inputs, mutants, parity, report

REASONS = Path(__file__).parent / "survivors.csv"
LEAST_NOTICED = 95  # percent
AT_ONCE = os.cpu_count() or 1
PART = 500  # numbers that one process tries before it says how far it is

TRIES: dict[str, Callable[[int], str]] = {
    "forms": inputs.try_form,
    "links": inputs.try_link,
    "command lines": inputs.try_command,
    "next steps": care.try_care,
    "results and days, twice": lambda seed: " ".join(compared.try_second(seed)),
}


def tried(what: str, first: int, many: int) -> Counter[str]:
    """How often each status came of so many numbers. Raises whatever law one breaks."""
    found: Counter[str] = Counter()
    for seed in range(first, first + many):
        try:
            found[TRIES[what](seed)] += 1
        except Exception as error:
            raise AssertionError(f"{what}, number {seed}: {error!r}"[:2000]) from error
    return found


def try_many(what: str, first: int, many: int) -> None:
    """Try so many numbers on every core, and print what came of them."""
    began, found = time.monotonic(), Counter[str]()
    parts = range(first, first + many, PART)
    sizes = (min(PART, first + many - part) for part in parts)
    with ProcessPoolExecutor(AT_ONCE) as pool:
        for one in pool.map(partial(tried, what), parts, sizes):
            found += one
    statuses = ", ".join(f"{status} {count:,}" for status, count in found.most_common(4))
    print(f"{found.total():,} {what} in {time.monotonic() - began:.0f} s: {statuses}", flush=True)


def reasons() -> dict[str, str]:
    """Why a slip that no test notices is let be, by the slip."""
    lines = REASONS.read_text("utf-8").splitlines()[1:]
    return {slip: why for slip, _, why in (line.partition("\t") for line in lines)}


def try_mutants(many: int, seed: int, write: bool) -> bool:
    """Make slips, print those that no test noticed; return whether enough were noticed."""
    sample, known = mutants.chosen(many, seed), reasons()
    began, missed = time.monotonic(), list[str]()
    for mutant, survived in mutants.survivors(sample, AT_ONCE):
        if survived:
            why = known.get(mutant.slip, report.NO_REASON)
            missed.append(f"    - `{mutant.slip}`. {why}")
            print(f"  not noticed: {mutant}: {why}", flush=True)
    noticed = 100 * (len(sample) - len(missed)) / len(sample)
    figures = f"{len(sample):,} slips of {len(mutants.mutants()):,}: {noticed:.1f}% noticed"
    print(f"{figures}, {len(missed)} not, in {time.monotonic() - began:.0f} s", flush=True)
    if write:
        report.keep("slips", [f"- {figures}.", f"- {len(missed)} not.", "", *sorted(missed)])
    return noticed >= LEAST_NOTICED


def main(arguments: Sequence[str]) -> int:
    """Run everything; 0 when all held and was noticed, and no package is known bad."""
    parser = argparse.ArgumentParser(prog="python -m tests.trust", description=__doc__)
    parser.add_argument("--inputs", type=int, default=102_000, help="of the three kinds together")
    parser.add_argument("--twice", type=int, default=20_000, help="results, days and next steps")
    parser.add_argument("--mutants", type=int, default=300, help="slips; 0 for every one")
    parser.add_argument("--seed", type=int, default=int(time.strftime("%Y%m%d")))
    parser.add_argument("--python", help="another Python to ask the same, such as 3.14")
    parser.add_argument("--write", action="store_true", help=f"write {report.PAGE.name} too")
    options = parser.parse_args(arguments)
    print(f"Numbers from {options.seed} on, {AT_ONCE} at once.", flush=True)
    clean = audits.try_all()
    *odd, steps, twice = TRIES
    for what in odd:
        try_many(what, options.seed, options.inputs // len(odd))
    for what in (steps, twice):
        try_many(what, options.seed, options.twice)
    enough = try_mutants(options.mutants, options.seed, options.write)
    unnoticed = controls.main(["--write"] * options.write)
    another = ["--python", options.python] if options.python else []
    differs = parity.main([*another, *["--write"] * options.write])
    return 0 if clean and enough and not unnoticed and not differs else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
