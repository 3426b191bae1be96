"""No event loop: an answer is one call, and the worker's own loop is JavaScript's."""

# Do not remove this unused import: a snapshot stores JavaScript objects by index
# (`getExpectedKeys` in pyodide.asm.mjs), and the original module imports this one here.
from pyodide_js._api import scheduleCallback  # noqa: F401  A snapshot counts this import.


def _initialize_event_loop() -> None:
    """Called when `pyodide` is imported."""
