"""Every rule of the lint by its name, which is its function's, with hyphens.

A rule is a function that takes a text and yields its faults. Its docstring is its explanation,
which `python -m scripts.lint --explain RULE` prints; it ends with the reason for the rule. Its
cases are in `tests/fixtures/lint/RULE.md`, where anybody can add one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from scripts.lint import links, markup, page, sources, words
from scripts.lint.text import Text
from scripts.pages.fault import Fault

Rule = Callable[[Text], Iterator[Fault]]

RULES: dict[str, Rule] = {
    rule.__name__.replace("_", "-"): rule
    for rule in (
        sources.unknown_citation,
        sources.bibliography_entry,
        sources.unused_source,
        sources.uncited_number,
        sources.unknown_claim,
        sources.claim_row,
        words.banned_word,
        words.typed_serum_figure,
        words.number_style,
        words.long_sentence,
        words.hard_page,
        page.encoding,
        page.front_matter,
        page.overdue_review,
        page.one_title,
        page.heading_order,
        page.missing_alt,
        links.link_text,
        links.bare_url,
        links.broken_link,
        links.link_scheme,
        links.remote_content,
        markup.read_differently,
        markup.table_row,
        markup.unknown_block,
        markup.unread_braces,
        markup.github_only,
        markup.admonition,
    )
}
