"""What has gone stale while nobody changed anything: one report, as Markdown.

    python3 scripts/weekly.py [--offline]

Links of the bibliography that no longer answer, pages whose review is overdue, newer versions
of what the site is built from. Prints nothing where there is nothing to do. Standard library
only, and the ordinary clients of the registries.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SECONDS = 30
AT_ONCE = 8

# The theme, what it stands on, and the Python in the browser: the rest comes by Dependabot.
PYTHON = ("mkdocs", "mkdocs-material")
NODE = ("pyodide",)

# A site that refuses us may serve readers: only these say that the page is not there.
GONE = (404, 410)
# Some publishers answer no program that names itself one, and a browser nearly always.
AGENT = "Mozilla/5.0 (compatible; a weekly look at cited links)"

_ENTRY = re.compile(r"^@\w+\{\s*([^,\s]+)\s*,(.*?)(?=^@|\Z)", re.MULTILINE | re.DOTALL)
_URL = re.compile(r"^\s*url\s*=\s*\{(https?://[^}\s]+)\}", re.MULTILINE)
_DUE = re.compile(r"^next_review: *(\d{4}-\d\d-\d\d) *$", re.MULTILINE)


def addresses(bib: str) -> dict[str, str]:
    """Return the address of each source that has one, by the source's key."""
    found = ((entry[1], _URL.search(entry[2])) for entry in _ENTRY.finditer(bib))
    return {key: url[1].replace("\\", "") for key, url in found if url}


def trouble(address: str) -> str:
    """Say why a link is dead, or nothing where it answers or may."""
    request = urllib.request.Request(address, headers={"User-Agent": AGENT})
    try:
        with urllib.request.urlopen(request, timeout=SECONDS):
            return ""
    except urllib.error.HTTPError as error:
        error.close()
        return f"status {error.code}" if error.code in GONE else ""
    except (OSError, ValueError) as error:
        return f"no answer: {getattr(error, 'reason', error)}"


def links(bib: str) -> Iterator[str]:
    """Yield a line for each source whose link is dead."""
    found = addresses(bib)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for (key, address), why in zip(
            found.items(), pool.map(trouble, found.values()), strict=True
        ):
            if why:
                yield f"- `{key}`: <{address}> ({why})"


def overdue(docs: Path, today: date) -> Iterator[str]:
    """Yield a line for each page whose next review was due before today."""
    for page in sorted(docs.rglob("*.md")):
        due = _DUE.search(page.read_text(encoding="utf-8"))
        if due and date.fromisoformat(due[1]) < today:
            yield f"- `docs/{page.relative_to(docs).as_posix()}`: due {due[1]}"


def pins(root: Path) -> dict[str, str]:
    """Return the pinned version of each package that we ask after."""
    groups = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    site = groups["dependency-groups"]["site"]
    found = dict(pin.split("==") for pin in site if "==" in pin)
    package = json.loads((root / "package.json").read_text(encoding="utf-8"))
    return {name: found[name] for name in PYTHON} | {n: package["dependencies"][n] for n in NODE}


def newest(name: str) -> str:
    """Ask the package's registry, by its own client, for the newest version."""
    if name in NODE:
        return said(["npm", "view", name, "version"])
    answer = said([sys.executable, "-m", "pip", "index", "versions", name])
    latest = re.search(r"\(([^)]+)\)", answer)
    return latest[1] if latest else ""


def said(command: Sequence[str]) -> str:
    """Return what a command prints, nothing where it fails."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return "" if done.returncode else done.stdout.strip()


def newer(root: Path) -> Iterator[str]:
    """Yield a line for each package that has another version than ours, or does not tell."""
    for name, ours in pins(root).items():
        latest = newest(name)
        if latest != ours:
            yield f"- {name}: {ours} here, {latest or 'unknown'} newest"


def report(parts: Iterable[tuple[str, Iterable[str]]]) -> str:
    """Return the parts that have something to tell, each under its heading."""
    told = [(title, list(lines)) for title, lines in parts]
    return "\n".join(f"## {title}\n\n" + "\n".join(lines) + "\n" for title, lines in told if lines)


def main(arguments: Sequence[str], root: Path = ROOT, today: date | None = None) -> int:
    """Print the report; without a network only what is overdue."""
    parts: list[tuple[str, Iterable[str]]] = [
        ("Reviews overdue", overdue(root / "docs", today or date.today()))
    ]
    if "--offline" not in arguments:
        bib = (root / "references.bib").read_text(encoding="utf-8")
        parts += [("Links that do not answer", links(bib)), ("Newer versions", newer(root))]
    print(report(parts), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
