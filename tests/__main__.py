"""The suite, as `python3 scripts/dev.py test` runs it: `python -m tests`, quickly or with --all.

First the unit tests, as they run on GitHub: with its variables, and without root's rights where
that is possible. Then the tests that drive a browser: every law whose cases take less than some
seconds, and the first case of the others; with --all, as on every pull request, every case in
every browser. Each prints its own progress.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

GITHUBS = {"CI": "true", "GITHUB_ACTIONS": "true"}
# A module to each core, so that what its tests share is made once.
EACH_CORE = ("--numprocesses=auto", "--dist=loadfile")
NOBODY = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]


def without_rights() -> list[str]:
    """Return what comes before a command to take root's rights from it, if it then still runs."""
    if os.name == "nt" or os.geteuid() != 0:
        return []
    # Tests start Python themselves, so it is asked to start another.
    ask = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import pytest'], check=1)"
    probe = [*NOBODY, sys.executable, "-c", f"import calculator; {ask}"]
    if shutil.which("setpriv") and subprocess.run(probe, capture_output=True).returncode == 0:
        return NOBODY
    print(
        "The unit tests run as root: its Python or this folder is closed to others, or setpriv "
        "is missing.",
        flush=True,
    )
    return []


def test_units(how: list[str]) -> int:
    """Run the unit tests; see that the calculator's own reach every branch of it."""
    # Without rights nothing can be written into the project's folder.
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        places = {"HOME": folder, "HYPOTHESIS_STORAGE_DIRECTORY": f"{folder}/hypothesis"}
        environment = {**os.environ, **GITHUBS, **places, "COVERAGE_FILE": f"{folder}/coverage"}
        units = ["pytest", "-p", "no:cacheprovider", "-m", "not browser", "-rs", *EACH_CORE, *how]
        rights = without_rights()
        for command in (
            ["coverage", "run", "-m", *units, "tests/calculator"],
            ["coverage", "combine", "-q"],
            ["coverage", "report", "--skip-covered"],
            [*units, "--ignore=tests/calculator"],
        ):
            module = [*rights, sys.executable, "-m", *command]
            if code := subprocess.run(module, env=environment).returncode:
                return code
    return 0


def test_browsers(how: list[str]) -> int:
    """Run the other tests, a module to each core; tell at the end which were skipped and why."""
    pytest = ["pytest", "-m", "browser", "-rs", *EACH_CORE, *how]
    return subprocess.run([sys.executable, "-m", *pytest]).returncode


if __name__ == "__main__":
    how = [] if sys.argv[1:] == ["--all"] else ["--quick"]
    code = test_units(how) or test_browsers(how)
    if how and not code:
        print("Deselected are slow cases: `python3 scripts/dev.py test --all` runs them too.")
    sys.exit(code)
