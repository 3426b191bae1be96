"""The calculator as a wheel, which pip installs from the file alone: it needs no other package."""

from __future__ import annotations

import tempfile
from pathlib import Path

from scripts.runtime.build import build_wheel, copy
from scripts.runtime.node import ROOT


def write(site: Path) -> None:
    """Write the wheel into a built site, the same from the same sources on every machine.

    It is not compressed: libraries that do so differ in what they make.
    """
    with tempfile.TemporaryDirectory() as work:
        made = build_wheel(ROOT, Path(work))
        copy(made, site / made.name, lambda _: True)
