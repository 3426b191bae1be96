"""No event loop: an answer is one call, and the worker's own loop is JavaScript's."""

# Taken as the original takes it: a memory snapshot counts on the place of this object
# among those that Python has asked of JavaScript (`getExpectedKeys` in pyodide.asm.mjs).
from pyodide_js._api import scheduleCallback  # noqa: F401  Held for its place alone: see above.


def _initialize_event_loop() -> None:
    """Called when `pyodide` is imported."""
