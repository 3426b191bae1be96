"""Compares magnesium intake and serum magnesium with published values.

Pure Python, no dependencies; the same code runs on the command line, in the tests and,
on Pyodide, in the reader's browser. Imports run one way:

    quantities -> tables -> rules -> result -> record -> words -> layout -> checks ->
    __main__, browser
"""

__version__ = "1.0.0"
