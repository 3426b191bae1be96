"""The command line: ``python -m calculator serum 0.85 mmol/L``.

Exit status 0 for a result, 2 for a problem, which is said in words on standard error, and 1
where the answer could not be written.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
from collections.abc import Sequence
from typing import NoReturn, Protocol

from calculator import __version__
from calculator.checks import run_intake, run_serum
from calculator.layout.text import result_to_text, table_to_text
from calculator.quantities import display
from calculator.record import refusal_to_json, to_json
from calculator.result import Record, Result, Table
from calculator.rules.answers import Problem, Refusal, shown
from calculator.rules.day import EatenAnswer, IntakeAnswers, SupplementAnswer
from calculator.rules.serum import SerumAnswers
from calculator.tables import amounts, salts
from calculator.tables.foods import find_foods
from calculator.words.figures import mg
from calculator.words.problems import field_id, problem_text


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit status."""
    # A terminal that cannot write ÷ or × gets a question mark, not a traceback.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        try:
            return _run(arguments)
        finally:
            # Python keeps what was printed, and would find only at its end that it cannot go out.
            print(end="", flush=True)
    except OSError as error:
        return _unwritten(error)


def _unwritten(error: OSError) -> int:
    """Say that the answer could not be written, where somebody is left to hear it."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            # What is left in it has nowhere to go, and Python must not try again as it ends.
            with contextlib.suppress(OSError):
                stream.close()
    if not isinstance(error, BrokenPipeError) and not sys.stderr.closed:
        print(f"The answer could not be written: {error.strerror}", file=sys.stderr)
    return 1


def _run(arguments: Sequence[str] | None) -> int:
    options = _parser().parse_args(arguments)
    if options.command == "foods":
        print(_foods(options.word))
        return 0
    if options.command == "salts":
        print(_salts())
        return 0
    run = {"serum": _serum, "intake": _intake}[options.command]
    return _print(*run(options), as_json=options.json)


class _Written(Protocol):
    """What text can be written to."""

    def write(self, text: str, /) -> object:
        """Write it."""


class _Parser(argparse.ArgumentParser):
    """A parser that gives back no more of what was typed than the rest of the check does."""

    def _print_message(self, message: str, file: _Written | None = None) -> None:
        # argparse says nothing where this fails, and from Python 3.14 it fails at once.
        print(message, end="", file=file or sys.stderr)

    def error(self, message: str) -> NoReturn:
        """Say how the command is used, and what is wrong, each long word cut."""
        super().error(" ".join(map(shown, message[:_LONGEST].split())))


class _Once(argparse.Action):
    """An option that may be given once: of two answers, neither is dropped unseen."""

    def __call__(
        self,
        _parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: object,
        _option: str | None = None,
    ) -> None:
        """Keep the answer, or refuse a second one."""
        given = vars(namespace).setdefault("given", set())
        if self.dest in given:
            raise argparse.ArgumentError(self, "give it once")
        given.add(self.dest)
        setattr(namespace, self.dest, values)


# Signs of a message about the command line itself: what is echoed in it is shorter still.
_LONGEST = 100


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m calculator", description=__doc__)
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="command", required=True)
    serum = commands.add_parser("serum", help="which published range a blood result is in")
    serum.add_argument("value")
    serum.add_argument("unit", nargs="?", default="", help="mg/dL, mmol/L or mEq/L")
    serum.add_argument("--low", action=_Once, default="", help="lower limit printed on the report")
    serum.add_argument("--high", action=_Once, default="", help="upper limit printed on the report")
    serum.add_argument("--json", action="store_true")
    _add_intake(commands.add_parser("intake", help="a day's magnesium against published amounts"))
    foods = commands.add_parser("foods", help="the table of foods")
    foods.add_argument("word", nargs="?", default="")
    commands.add_parser("salts", help="the table of magnesium compounds")
    return parser


def _add_intake(intake: argparse.ArgumentParser) -> None:
    intake.add_argument("--age", action=_Once, default="", help="years (60) or months (47m)")
    from_years = amounts.SEX_ASKED_FROM // amounts.MONTHS
    codes = ", ".join(amounts.AUTHORITY_BY_CODE)
    intake.add_argument(
        "--sex", action=_Once, default="", help=f"female or male, from {from_years} years"
    )
    intake.add_argument(
        "--stage", action=_Once, default="general", help="general, pregnancy or lactation"
    )
    intake.add_argument("--authority", action=_Once, default=amounts.DEFAULT_AUTHORITY, help=codes)
    intake.add_argument(
        "--food", action=_Once, default="", metavar="MG", help="magnesium from food in a day"
    )
    intake.add_argument(
        "--eat", action="append", default=[], type=_eaten, metavar="FOOD_ID=SERVINGS"
    )
    intake.add_argument(
        "--supplement", action="append", default=[], type=_supplement, metavar="SALT:MG[/ML*ML][xN]"
    )
    intake.add_argument("--calcium", action=_Once, default="", metavar="MG")
    intake.add_argument("--weight", action=_Once, default="", metavar="KG")
    intake.add_argument("--json", action="store_true")


def _serum(options: argparse.Namespace) -> tuple[Record, Result | Refusal]:
    return run_serum(SerumAnswers(options.value, options.unit, options.low, options.high))


def _intake(options: argparse.Namespace) -> tuple[Record, Result | Refusal]:
    return run_intake(
        IntakeAnswers(
            age=options.age,
            sex=options.sex,
            stage=options.stage,
            authority=options.authority,
            food=options.food,
            eaten=tuple(options.eat),
            supplements=tuple(options.supplement),
            calcium=options.calcium,
            weight=options.weight,
        )
    )


def _eaten(text: str) -> EatenAnswer:
    food, said, servings = text.partition("=")
    if not text.strip():
        raise argparse.ArgumentTypeError("say FOOD_ID=SERVINGS")
    return EatenAnswer(food or text, servings if said else "1")


def _supplement(text: str) -> SupplementAnswer:
    salt, _, amount = text.partition(":")
    each, said, times = amount.partition("x")
    mg_text, slash, liquid = each.partition("/")
    per_ml, _, ml = liquid.partition("*")
    if not text.strip() or (slash and not per_ml.strip() and not ml.strip()):
        raise argparse.ArgumentTypeError("say SALT:MG, and of a liquid SALT:MG/ML*ML")
    return SupplementAnswer(salt or text, mg_text, times if said else "1", per_ml, ml)


def _print(record: Record, outcome: Result | Refusal, *, as_json: bool) -> int:
    if isinstance(outcome, Refusal):
        messages = [
            {"field": field_id(problem), "message": _message(problem)}
            for problem in outcome.problems
        ]
        if as_json:
            print(json.dumps(refusal_to_json(record, messages), ensure_ascii=False, indent=2))
        for message in messages:
            print(message["message"], file=sys.stderr)
        return 2
    if as_json:
        print(json.dumps(to_json(outcome), ensure_ascii=False, indent=2))
    else:
        print(result_to_text(outcome), end="")
    return 0


def _message(problem: Problem) -> str:
    """The form's words, and the keys to choose from, which only this command takes."""
    keys = problem.values.get("forms")
    return f"{problem_text(problem)} ({keys})" if keys else problem_text(problem)


def _foods(word: str) -> str:
    foods = find_foods(word)
    rows = tuple((f.id, f.name, f.serving, mg(f.magnesium()), mg(f.calcium())) for f in foods)
    head = ("ID", "Food", "Serving", "Magnesium", "Calcium")
    return table_to_text(Table("Foods, one serving each", head, rows, ((),) * len(rows)))


def _family_row(family: salts.Family) -> tuple[str, str, str, str]:
    shares = sorted(salt.fraction * 100 for salt in family.salts)
    span = f"{display(shares[0], 2)}% to {display(shares[-1], 2)}%"
    return family.key, family.name, "not known which", span


def _salts() -> str:
    rows = tuple(
        (s.key, s.name, s.formula, f"{display(s.fraction * 100, 2)}%") for s in salts.SALTS
    )
    rows += tuple(map(_family_row, salts.FAMILY_BY_KEY.values()))
    head = ("Key", "Compound", "Formula", "Magnesium by weight")
    return table_to_text(Table("Magnesium compounds", head, rows, ((),) * len(rows)))


if __name__ == "__main__":
    sys.exit(main())
