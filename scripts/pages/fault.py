"""What a contributor has to mend: one class for sources, claims, glossary, blocks and lint."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Fault:
    """Where something is wrong, and in its message what to write instead.

    A warning is printed and fails nothing. `rule` is the rule of the lint that saw the fault.
    """

    file: str
    line: int
    message: str
    warning: bool = False
    rule: str = ""

    def __str__(self) -> str:
        kind = "warning: " if self.warning else ""
        rule = f" ({self.rule})" if self.rule else ""
        return f"{self.file}:{self.line}: {kind}{self.message}{rule}"


class FaultsError(ValueError):
    """What stops the build: every fault, one `file:line: message` a line."""

    def __init__(self, faults: Iterable[Fault | str]) -> None:
        super().__init__("\n" + "\n".join(map(str, faults)))
