"""Compares magnesium intake and serum magnesium with published values.

Pure Python, no dependencies; the same code runs on the command line, in the tests and,
on Pyodide, in the reader's browser. Imports run one way:

    quantities -> tables -> rules -> result -> record -> words -> layout -> checks ->
    __main__, browser
"""

__version__ = "1.0.0"
# The day by which the tables are to be read against their sources again: that of the pages that
# hold a check, as a test says.
REVIEW_DUE = "26 November 2027"
