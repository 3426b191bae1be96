"""A check's form as HTML: layout only. The page holds it; a reader's Python does not."""

from __future__ import annotations

from html import escape

from calculator.words.page import (
    BY_HAND,
    FAILURES,
    FINAL,
    FIND,
    LOAD_NEWER,
    STAGES,
    STOP,
    TRY_AGAIN,
    UNREADY,
    WHY,
)
from calculator.words.problems import ERROR_TITLE
from calculator.words.question import Choice, Form, Group, Question

# The section of both checks' pages with a case worked out, step by step.
BY_HAND_SECTION = "#work-it-out-by-hand"
# The site's search leaves the form out, and its heading by a mark of its own.
NOT_SEARCHED = 'data-search-exclude="true"'


def form_to_html(form: Form) -> str:
    """A check's form.

    ``method="dialog"`` outside a dialog sends nothing anywhere, so that no answer can reach
    a server's log even where our script did not load. Until it has, the button cannot be
    pressed in vain, and the form says why.
    """
    parts = "".join(_part(part) for part in form.parts)
    title = f"{form.check}-title"
    return (
        f'<form class="check" id="{form.check}" data-check="{form.check}" method="dialog" '
        f'aria-labelledby="{title}" {NOT_SEARCHED} novalidate="novalidate" autocomplete="off" '
        f'data-error-title="{escape(ERROR_TITLE)}">'
        f'<h2 id="{title}" {NOT_SEARCHED}>{escape(form.title)}</h2>'
        f'<div data-problems="{form.check}"></div>{parts}'
        f"{_more(form)}"
        f'<p class="actions"><button type="submit" class="md-button md-button--primary" '
        f'disabled="disabled">{escape(form.submit)}</button></p>'
        f'<div class="wait"><p class="unready">{escape(UNREADY)}</p>'
        f'<p class="loading" data-loading="{form.check}" data-state="idle" role="status" '
        f'{_stages()}></p></div><p class="actions" hidden="hidden"><button type="button" '
        f'class="md-button" data-stop="{form.check}">{escape(STOP)}</button></p>{_failures()}'
        f'<div data-answer="{form.check}"></div></form>'
    )


def _more(asking: Form | Group, number: int | None = None) -> str:
    """Questions that few need, folded away."""
    if not asking.more:
        return ""
    questions = "".join(_question(question, number) for question in asking.more)
    return f"<details><summary>{escape(asking.more_label)}</summary>{questions}</details>"


def _stages() -> str:
    return " ".join(f'data-{stage}="{escape(words)}"' for stage, words in STAGES.items())


def _failures() -> str:
    """What to say when no answer came, in place before it is needed: Python may be what failed."""
    return "".join(
        f'<div class="failure" data-failure="{reason}" tabindex="-1" hidden="hidden">'
        f'<p>{escape(words)}</p><p class="actions">{_way_on(reason)}</p></div>'
        for reason, words in FAILURES.items()
    )


def _way_on(reason: str) -> str:
    """What the reader can still do: try again, or what helps where that is no use."""
    if reason == "newer":
        return (
            f'<button type="button" class="md-button" data-reload="">{escape(LOAD_NEWER)}</button>'
        )
    if reason in FINAL:
        return f'<a class="md-button" href="{BY_HAND_SECTION}">{escape(BY_HAND)}</a>'
    return f'<button type="submit" class="md-button">{escape(TRY_AGAIN)}</button>'


def _part(part: Question | Group) -> str:
    return _group(part) if isinstance(part, Group) else _question(part)


def _group(group: Group) -> str:
    """Rows of the same questions; the template is what a new row is made from."""
    rows = "".join(_row(group, number + 1) for number in range(group.start))
    return (
        f'<fieldset class="rows" data-rows="{group.name}" data-start="{group.start}">'
        f"<legend>{escape(group.legend)}</legend>"
        f'<p class="hint">{escape(group.hint)}</p>{rows}'
        f"<template>{_row(group, group.start + 1)}</template>"
        f"{_sum(group)}"
        f'<p class="actions"><button type="button" data-add="{group.name}" class="md-button">'
        f"{escape(group.add)}</button></p></fieldset>"
    )


def _sum(group: Group) -> str:
    return f'<p class="sum" role="status" data-sum="{group.name}"></p>' if group.summed else ""


def _row(group: Group, number: int) -> str:
    questions = "".join(_question(question, number) for question in group.questions)
    return (
        f'<div class="row" data-row-of="{group.name}">{questions}{_more(group, number)}'
        f'<p class="actions"><button type="button" data-remove="{group.name}" class="link">'
        f"{escape(group.remove)}</button></p></div>"
    )


def _question(question: Question, number: int | None = None) -> str:
    key = question.name if number is None else f"{question.name}-{number}"
    return _radios(question, key) if question.kind == "radio" else _boxed(question, key)


def _label(question: Question) -> str:
    optional = ' <span class="optional">(optional)</span>' if question.optional else ""
    return escape(question.label) + optional


def _around(question: Question, key: str) -> str:
    """The hint, why we ask, folded, and the place for a problem.

    The input is described by the hint and the problem, where there is one. Whoever wants to
    know why opens it; read out at each question, it would be in everybody's way.
    """
    hint = f'<p class="hint" id="{key}-hint">{escape(question.hint)}</p>' if question.hint else ""
    of = f'<span class="visually-hidden">: {escape(question.label)}</span>'
    return (
        f'{hint}<details class="why"><summary>{escape(WHY)}{of}</summary>'
        f"<p>{escape(question.why)}</p></details>"
        f'<p class="problem" id="{key}-problem" hidden="hidden"></p>'
    )


def _described(question: Question, key: str) -> str:
    names = [f"{key}-hint"] if question.hint else []
    return " ".join([*names, f"{key}-problem"])


def _boxed(question: Question, key: str) -> str:
    control = _select(question, key) if question.kind == "select" else _input(question, key)
    unit = f'<span class="unit" aria-hidden="true">{question.unit}</span>' if question.unit else ""
    inside = f' <span class="visually-hidden">({question.unit})</span>' if question.unit else ""
    return (
        f'<div class="question" data-question="{key}"><label for="{key}">{_label(question)}{inside}'
        f'</label>{_around(question, key)}<p class="box">{control}{unit}</p></div>'
    )


def _input(question: Question, key: str) -> str:
    # type="text" with inputmode, for the reasons the GOV.UK design system gives: a number
    # input drops what it cannot read and changes on scroll.
    mode = "text" if question.whole else "decimal"
    value = f' value="{escape(question.chosen)}"' if question.chosen else ""
    return (
        f'<input type="text" inputmode="{mode}" spellcheck="false" id="{key}" '
        f'name="{question.name}" aria-describedby="{_described(question, key)}"{value}/>'
    )


def _select(question: Question, key: str) -> str:
    groups = list(dict.fromkeys(choice.group for choice in question.choices))
    options = "".join(
        _options(name, [c for c in question.choices if c.group == name], question.chosen)
        for name in groups
    )
    return (
        f'<select id="{key}" name="{question.name}" '
        f'aria-describedby="{_described(question, key)}"{_find(question)}>{options}</select>'
    )


def _find(question: Question) -> str:
    """What the page says while a choice of this question is looked for by typing."""
    if not question.findable:
        return ""
    one, more = question.findable
    called = (
        (key, words.replace("{one}", one).replace("{more}", more)) for key, words in FIND.items()
    )
    words = "".join(f' data-{key}="{escape(text)}"' for key, text in called)
    return f' data-find="data-find"{words}'


def _options(group: str, choices: list[Choice], chosen: str) -> str:
    options = "".join(_option(choice, chosen) for choice in choices)
    return f'<optgroup label="{escape(group)}">{options}</optgroup>' if group else options


def _option(choice: Choice, chosen: str) -> str:
    selected = ' selected="selected"' if chosen and choice.value == chosen else ""
    also = f' data-also="{escape(choice.also)}"' if choice.also else ""
    return f'<option value="{choice.value}"{also}{selected}>{escape(choice.label)}</option>'


def _radios(question: Question, key: str) -> str:
    only_if = f' data-only-if="{question.only_if}"' if question.only_if else ""
    # Shown first and then hidden, it would move the rest of the page.
    only_if += "" if question.applies_at_first else ' hidden="hidden" disabled="disabled"'
    radios = "".join(
        _radio(choice, question.name, _radio_id(key, number))
        for number, choice in enumerate(question.choices)
    )
    return (
        f'<fieldset class="question" data-question="{key}"{only_if} '
        f'aria-describedby="{_described(question, key)}"><legend>{_label(question)}</legend>'
        f"{_around(question, key)}{radios}</fieldset>"
    )


def _radio(choice: Choice, name: str, key: str) -> str:
    return (
        f'<p class="radio"><input type="radio" id="{key}" name="{name}" value="{choice.value}"/>'
        f'<label for="{key}">{escape(choice.label)}</label></p>'
    )


def _radio_id(key: str, number: int) -> str:
    """The first radio has the question's own id, so that a problem's link finds it."""
    return f"{key}-{number + 1}" if number else key
