"""What a pull request changes, in Markdown, for whoever looks at it first.

    python -m scripts.summary BASE [HEAD]

Pages with their reading grade before and after, sources that came, went or changed, and every
row or sentence with a number that is not what it was: of the calculator's tables, the pages,
the claims and the worked examples. Compared with the commit where the
two histories part, so that what others did to BASE meanwhile is not told.
"""

from __future__ import annotations

import ast
import difflib
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase

from scripts import reading

BIB = "references.bib"
# Where numbers stand that readers are told, or that ours are held to.
NUMBERS = ("calculator/reference.py", "calculator/foods.py", "docs/*.md", "*.csv")

_ENTRY = re.compile(r"^@\w+\{\s*([^,\s]+)\s*,.*?(?=^@|\Z)", re.MULTILINE | re.DOTALL)


def git(*arguments: str) -> str:
    """Return what a git command prints; its failure is ours."""
    command = ["git", *arguments]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()


@dataclass(frozen=True)
class Change:
    """The two commits that are compared."""

    base: str
    head: str

    @classmethod
    def between(cls, base: str, head: str) -> Change:
        """Return the change from where `head` left `base`."""
        return cls(git("merge-base", base, head).strip(), git("rev-parse", head).strip())

    def paths(self) -> list[str]:
        """Return every file that differs; a renamed one is two."""
        names = git("diff", "--name-only", "--no-renames", "-z", self.base, self.head)
        return names.rstrip("\0").split("\0") if names else []

    def versions(self, path: str) -> tuple[str, str]:
        """Return a file's text before and after, empty where there is none."""
        before, after = (self._read(commit, path) for commit in (self.base, self.head))
        return before, after

    @staticmethod
    def _read(commit: str, path: str) -> str:
        there = git("ls-tree", "--name-only", "-z", commit, "--", path)
        return git("show", f"{commit}:{path}") if there else ""


def summary(change: Change) -> str:
    """Return the whole summary; a part with nothing to tell is left out."""
    paths = change.paths()
    parts = [
        ("Pages", pages(change, paths)),
        ("Sources", sources(*change.versions(BIB))),
        ("Numbers", [line for path in paths for line in numbers(path, change)]),
    ]
    told = [f"## {title}\n\n" + "\n".join(lines) + "\n" for title, lines in parts if lines]
    return "\n".join(told) or "No page, source or number is changed.\n"


def pages(change: Change, paths: list[str]) -> list[str]:
    """Return a table of the changed pages and how hard each was and is to read."""
    found = [one for one in paths if one.startswith("docs/") and one.endswith(".md")]
    rows = [
        f"| `{path}` | {' | '.join(grade(text) for text in change.versions(path))} |"
        for path in found
    ]
    head = ["| Page | Grade before | Grade now |", "| --- | --- | --- |"]
    return [*head, *rows, "", f"Limit: a grade of {reading.HIGHEST_GRADE:.0f}."] if rows else []


def grade(markdown: str) -> str:
    """Return a page's reading grade as the lint measures it, or a dash where there is no page."""
    if not markdown:
        return "–"
    return f"{reading.Reading('', tuple(reading.sentences_of(markdown))).grade:.1f}"


def sources(before: str, after: str) -> list[str]:
    """Return the sources that came, went or changed, one a line."""
    old, new = entries(before), entries(after)
    lines = [f"- new: `{key}`" for key in new if key not in old]
    lines += [f"- removed: `{key}`" for key in old if key not in new]
    return lines + [f"- changed: `{key}`" for key in new if old.get(key, new[key]) != new[key]]


def entries(bib: str) -> dict[str, str]:
    """Return the entries of a bibliography by key, whether or not they are complete."""
    return {found[1]: found[0].strip() for found in _ENTRY.finditer(bib)}


def numbers(path: str, change: Change) -> list[str]:
    """Return the rows or sentences of a file that hold other numbers than before, as a diff."""
    if not any(fnmatchcase(path, one) for one in NUMBERS):
        return []
    before, after = (list(rows(path, text)) for text in change.versions(path))
    if _FIGURE.findall("\n".join(before)) == _FIGURE.findall("\n".join(after)):
        return []
    changed = [
        # No row can close the block that it stands in.
        line.replace("```", "'''")
        for line in difflib.unified_diff(before, after, n=0, lineterm="")
        if not line.startswith(("---", "+++", "@@"))
    ]
    return [f"`{path}`", "", "```diff", *changed, "```", ""]


def rows(path: str, text: str) -> Iterator[str]:
    """Yield what has a digit in it: rows and statements of Python, sentences, lines of a table."""
    if path.endswith(".md"):
        found = [sentence.text for sentence in reading.sentences_of(text)]
    else:
        found = list(statements(text)) if path.endswith(".py") else text.splitlines()
    yield from filter(_FIGURE.search, found)


def statements(source: str) -> Iterator[str]:
    """Yield the lines of Python code, without comments, docstrings and layout."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        yield from map(str.strip, source.splitlines())
        return
    for statement in Bare().visit(tree).body:
        for text in parts(statement):
            yield from text.splitlines()


_FIGURE = re.compile(r"\d[\d,.]*")


class Bare(ast.NodeTransformer):
    """Takes docstrings out of a tree."""

    def visit_Expr(self, node: ast.Expr) -> ast.Expr:
        """Leave three dots where a text stood alone."""
        text = isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        return ast.Expr(ast.Constant(...)) if text else node


def parts(statement: ast.stmt) -> Iterator[str]:
    """Yield the rows of a table, or any other statement whole."""
    value = statement.value if isinstance(statement, ast.Assign | ast.AnnAssign) else None
    if isinstance(value, ast.Tuple | ast.List):
        yield from map(ast.unparse, value.elts)
    elif isinstance(value, ast.Dict):
        for key, row in zip(value.keys, value.values, strict=True):
            yield f"{ast.unparse(key) if key else '**'}: {ast.unparse(row)}"
    else:
        yield ast.unparse(statement)


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit("Say what to compare with: python -m scripts.summary BASE [HEAD]")
    print(summary(Change.between(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "HEAD")))
