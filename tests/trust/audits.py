"""What is known against the packages that the site is built with, by those who keep lists of it.

`npm audit` asks npm, `uv audit` asks osv.dev. Where a list cannot be reached, that is told, and
nothing fails.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

PIN = re.compile(r"^([\w.-]+==[^\\\n]*[^\\\s])", re.MULTILINE)
# uv asks about a project: one that wants what our lock names, and nothing else.
PROJECT = '[project]\nname = "locked"\nversion = "0"\nrequires-python = ">=3.11"\ndependencies = '
UV = (sys.executable, "-m", "uv", "audit", "--preview-features", "audit-command")
NPM = ("npm", "audit")
# What either says of a list that it has read: that it names one of ours, or none.
BAD = re.compile(r"\b\d+ (?:known |\w+ severity )?(?:vulnerability|vulnerabilities)\b")
GOOD = re.compile(r"Found no known vulnerabilities|found 0 vulnerabilities")


def try_all() -> bool:
    """Print what is known against our packages; whether nothing is."""
    with tempfile.TemporaryDirectory() as folder:
        pins = json.dumps(PIN.findall(Path("requirements.txt").read_text("utf-8")))
        Path(folder, "pyproject.toml").write_text(PROJECT + pins, "utf-8")
        python = said(*UV, folder=folder)
    return all([told("requirements.txt", python), told("package-lock.json", said(*NPM))])


def said(*command: str, folder: str = ".") -> str:
    """What a command says; one that cannot ask at once is not to ask for minutes."""
    once = {**os.environ, "UV_HTTP_RETRIES": "0", "npm_config_fetch_retries": "0"}
    ran = subprocess.run(command, cwd=folder, env=once, capture_output=True, text=True)
    return ran.stdout + ran.stderr


def told(lock: str, words: str) -> bool:
    """Print what came of an audit; whether nothing is known, or nobody could be asked."""
    bad = bool(BAD.search(words)) and not GOOD.search(words)
    known = words if bad else "nothing" if GOOD.search(words) else "the list is not reachable here"
    print(f"Known against {lock}: {known}", flush=True)
    return not bad
