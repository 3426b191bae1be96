"""What the page says around a form and a result: waiting, failing, keeping, challenging."""

from __future__ import annotations

NO_SCRIPT = (
    "This form works out an answer in your browser, which needs JavaScript. "
    "Without it, the tables on this page hold the same numbers, and a case is worked out below."
)

OFF_NOTICE = "This check is switched off. The tables on this page hold the same numbers."
CHALLENGE = "Challenge a number in this result"
CHALLENGE_OTHER = "Something else in this result"
SEE_ROW = "See your row in the whole table"

# What is said while a choice is looked for; {one} and {more} are what its question calls it.
FIND = {
    "none": "No {one} in the table matches “{typed}”. Try another word, or remove this row",
    "one": "One {one} matches “{typed}”",
    "many": "{count} {more} match “{typed}”",
    "all": "{count} {more} to choose from",
    "chosen": "Chosen: {choice}",
}

SUM = "These foods add up to {total} of magnesium a day"
WHY = "Why we ask"
STOP = "Stop"
UNREADY = "This form has not loaded yet. The tables on this page hold the same numbers."

# What a reader can do with a result: the button, and what is said when it is done.
KEEP_HEADING = "Share or keep this result"

KEEP = {
    "copy": ("Copy as text", "Copied"),
    "share": ("Share", "Shared. Whoever has it can read your answers"),
    "link": ("Copy a link to it", "Link copied. Whoever has it can read your answers"),
    "json": ("Download as JSON", "Downloaded"),
    "print": ("Print", ""),
}

KEEP_REFUSED = "This browser did not allow it. Select the text and copy it yourself"
STAMP = "Checked with version {version} of the calculator on"
OVERDUE = "A review was due on {day}. Numbers may have changed since then."
REVIEW = "Next review of these numbers due: {day}."
PAGE_VERSION = "Version of the page:"
OPEN_AGAIN = "This result again:"

# What the page says while it waits for Python, by the loader's stages.
STAGES = {
    "download": "Downloading the calculator:",
    "start": "Starting the calculator",
    "import": "Reading the tables",
    "ready": "Ready",
}

# What the page says when no answer came, by the loader's reasons; the last is for any other.
TRY_AGAIN = "Try again"
LOAD_NEWER = "Load the newer version"
REPORT_FAILURE = "Report this, without your answers"
BY_HAND = "Work it out by hand"
_BY_HAND = "Your answers are still here. The tables on this page hold the same numbers."
FAILURES = {
    "offline": f"The calculator could not be downloaded. Check your connection. {_BY_HAND}",
    "busy": f"This site is busy. Wait a minute, then try again. {_BY_HAND}",
    "newer": (
        "This page has a newer version, and the calculator of this one is gone from the site. "
        f"The newer version takes over your answers and checks them. {_BY_HAND}"
    ),
    "missing": f"A file of the calculator is missing from this site. {_BY_HAND}",
    "corrupt": f"A file of the calculator arrived damaged. {_BY_HAND}",
    "mistyped": (
        "This site or network does not say that a file of the calculator is a script. "
        f"So the browser does not run it. {_BY_HAND}"
    ),
    "blocked": f"Something on this device or network blocks the calculator. {_BY_HAND}",
    "timeout": f"The calculator took too long. {_BY_HAND}",
    "stopped": f"Stopped. {_BY_HAND}",
    "nowasm": (
        "The calculator needs WebAssembly, and this browser does not run it. "
        f"Lockdown Mode can be why. {_BY_HAND}"
    ),
    "died": f"The browser ended the calculator, perhaps to save memory. {_BY_HAND}",
    "python": f"Something in this page broke. {_BY_HAND}",
}

# What another try does not change.
FINAL = frozenset({"nowasm"})
