"""What people are told to do next, all of it, for a clinician to read in five minutes.

Each level has one call to action; a card speaks of its direction, low or raised. Nobody is
told to start anything or to stop what was prescribed. No clinician has signed these cards off.
The levels are evidence/rules.md, Serum and Intake 9; the patterns are the NHS care cards.
Sources: the numbers to call and what to do after a possible overdose, nhs-poisoning, npis,
hrsa-poison-help; signs of too much, magnesium-hydroxide-label and milk-of-magnesia-overdose;
what lowers magnesium, nhs-bnssg, nhs-lothian and mhra2012-ppi.
"""

from __future__ import annotations

from calculator.result import Care
from calculator.rules.intake import IntakeFacts, OutOfScope
from calculator.rules.serum import SerumFacts
from calculator.tables import blood, phones
from calculator.words.figures import figure

PREFIXES = {
    "prompt": "Non-urgent advice: ",
    "same-day": "Urgent advice: ",
    "emergency": "Immediate action required: ",
    "poisons": "Immediate action required: ",
}
_PROMPT = "Speak to a GP or pharmacist if:"
_PROMPT_SERUM = "Speak to whoever ordered the test, or to a GP or pharmacist, if:"
_SAME_DAY = f"Ask for an urgent GP appointment or get help from {phones.URGENT_PHONE} if:"
_EMERGENCY = f"Call {phones.EMERGENCY_PHONES}, or go to an emergency department now if:"
_POISONS = (
    f"Call {phones.URGENT_PHONE} (UK), Poison Help {phones.POISON_HELP_PHONE} (US) or your local "
    "poisons line now if:"
)

_ELSEWHERE = "Outside the UK, speak to your own doctor or a pharmacist."
_SAME_DAY_ELSEWHERE = (
    "In Northern Ireland, call your GP or a GP out-of-hours service. Elsewhere, call your own "
    "doctor, an out-of-hours service or an urgent care clinic today."
)
_POISONS_ELSEWHERE = (
    f"{phones.URGENT_PHONE} is for England, Scotland and Wales. In Northern Ireland, call a GP "
    "out-of-hours service or go to an emergency department."
)
_TAKE_NO_MORE = (
    "Take no more of any magnesium that nobody prescribed until somebody has advised it. "
    "Keep taking what was prescribed, and ask about it."
)
_GIVE_NO_MORE = (
    "Give no more of any magnesium that nobody prescribed until somebody has advised it. "
    "Keep giving what was prescribed, and ask about it."
)
_KEEP_TAKING = "Keep taking what was prescribed, and ask about it."

_LOW_SOURCES = ("nhs-bnssg", "nhs-lothian", "mhra2012-ppi")
_RAISED_SOURCES = ("magnesium-hydroxide-label", "milk-of-magnesia-overdose", "nhs-ayrshire")
_POISON_SOURCES = ("nhs-poisoning", "npis", "hrsa-poison-help")

# ------------------------------------------------------------------------------ serum


def serum_cards(facts: SerumFacts) -> tuple[Care, ...]:
    """The card of a blood result; none inside the range."""
    low = facts.position == "below" or facts.status == "implausible-low"
    if facts.care == "none":
        return ()
    card = {
        "prompt": _prompt_low if low else _prompt_raised,
        "same-day": _same_day_low if low else _same_day_raised,
        "emergency": _emergency_low if low else _emergency_raised,
        "emergency-if-true": _emergency_low if low else _emergency_raised,
    }[facts.care]
    return (card(_to_settle(facts)),)


def _to_settle(facts: SerumFacts) -> tuple[str, ...]:
    """The questions about unit and sample that stand open, which come before anything else."""
    number, unit = figure(facts.reading, facts.reading.unit), facts.reading.unit.value
    asked = []
    if "maybe-red-cell" in facts.notes:
        asked.append(
            "your report says serum or plasma, and not red cells, erythrocytes, RBC or whole "
            f"blood, for which {number}{unit} is a usual result"
        )
    for note, usual in blood.USUAL_UNIT.items():
        if note in facts.notes:
            asked.append(
                f"the unit on your report is {unit}, and not {usual}, in which {number} is a "
                "usual result"
            )
    return tuple(asked)


_AS_PRINTED = (
    "the number, the unit and the test are as your report prints them, however you feel",
)


def _prompt_low(settle: tuple[str, ...]) -> Care:
    return Care(
        "prompt",
        _PROMPT_SERUM,
        (
            *settle,
            "nobody has talked to you about this result yet",
            *_LOWERS,
            "you have cramps, twitching or shaking, or feel weak or unwell",
        ),
        (_KEEP_TAKING, _ELSEWHERE),
        _LOW_SOURCES,
    )


_LOWERS = (
    "you have had diarrhoea or vomiting for a long time",
    "you take water tablets (diuretics), a medicine that lowers stomach acid (such as "
    "omeprazole), or digoxin",
    "you have a heart-rhythm problem, or drink a lot of alcohol",
    "a blood test showed low potassium or low calcium too",
)
_RAISES = (
    "you have kidney disease",
    "you take anything with magnesium in it, such as a supplement, an antacid or a laxative",
)


def _prompt_raised(settle: tuple[str, ...]) -> Care:
    return Care(
        "prompt",
        _PROMPT_SERUM,
        (
            *settle,
            "nobody has talked to you about this result yet",
            *_RAISES,
            "you feel sick, weak, flushed, dizzy or drowsy",
        ),
        (_TAKE_NO_MORE, _ELSEWHERE),
        _RAISED_SOURCES,
    )


def _same_day_low(settle: tuple[str, ...]) -> Care:
    signs = "a fit, an irregular heartbeat, confusion, or cramps or twitching that go on"
    return Care(
        "same-day",
        _SAME_DAY,
        (*(settle or _AS_PRINTED), *_LOWERS),
        (_now_with(signs), _KEEP_TAKING, _SAME_DAY_ELSEWHERE),
        _LOW_SOURCES,
    )


def _same_day_raised(settle: tuple[str, ...]) -> Care:
    signs = "great weakness or drowsiness, slow breathing, an irregular heartbeat or confusion"
    return Care(
        "same-day",
        _SAME_DAY,
        (*(settle or _AS_PRINTED), *_RAISES, "you feel sick, weak, flushed, dizzy or drowsy"),
        (_now_with(signs), _TAKE_NO_MORE, _SAME_DAY_ELSEWHERE),
        _RAISED_SOURCES,
    )


def _now_with(signs: str) -> str:
    return f"With {signs}, call {phones.EMERGENCY_PHONES} instead."


def _emergency_low(settle: tuple[str, ...]) -> Care:
    return Care(
        "emergency",
        _EMERGENCY,
        (
            *(settle or _AS_PRINTED),
            "you have a fit, an irregular heartbeat, or cramps or twitching that go on",
            "you are confused or very weak",
        ),
        (_KEEP_TAKING,),
        _LOW_SOURCES,
    )


def _emergency_raised(settle: tuple[str, ...]) -> Care:
    return Care(
        "emergency",
        _EMERGENCY,
        (
            *(settle or _AS_PRINTED),
            "your breathing is slow or hard, or your heartbeat is slow or irregular",
            "you are confused, very weak or very drowsy",
        ),
        (_TAKE_NO_MORE,),
        _RAISED_SOURCES,
    )


# ----------------------------------------------------------------------------- intake


def intake_cards(facts: IntakeFacts | OutOfScope) -> tuple[Care, ...]:
    """The cards of a day's magnesium: two for a possible overdose, none under every limit."""
    child = "child-supplement" in facts.notes
    if facts.care == "emergency":
        return (_overdose_with_signs(), _overdose_without_signs(child))
    if facts.care == "prompt":
        return (_prompt_child() if child else _prompt_over_a_limit(),)
    return ()


def _overdose_with_signs() -> Care:
    return Care(
        "emergency",
        _EMERGENCY,
        (
            "whoever took it is very weak, very drowsy or hard to wake",
            "their breathing is slow or hard",
            "their heartbeat is slow or irregular",
            "they are confused, or have a fit",
        ),
        sources=(*_POISON_SOURCES, *_RAISED_SOURCES),
    )


def _overdose_without_signs(child: bool) -> Care:
    return Care(
        "poisons",
        _POISONS,
        (
            "somebody has taken this much, even if they feel well",
            "you are not sure how much was taken",
        ),
        after=(
            "Do not wait for signs: they can take hours. Have the packet at hand. Do not try to "
            "make them sick.",
            *([_LABELLED] if child else ()),
            _GIVE_NO_MORE if child else _TAKE_NO_MORE,
            _POISONS_ELSEWHERE,
        ),
        sources=(*_POISON_SOURCES, *(_LABELLED_SOURCES if child else ())),
    )


# Some UK medicines allow a child more than child_far_over on their labels.
_LABELLED = (
    "If it was a laxative or an antacid, given as its label says for the child's age, tell them so."
)
_LABELLED_SOURCES = ("milk-of-magnesia-smpc",)


def _prompt_over_a_limit() -> Care:
    return Care(
        "prompt",
        _PROMPT,
        (
            "you take this much each day and nobody has advised it",
            "you have kidney disease, or take other medicines",
            "you have diarrhoea, feel sick, or have cramps in your belly",
        ),
        after=(_TAKE_NO_MORE, _ELSEWHERE),
    )


def _prompt_child() -> Care:
    return Care(
        "prompt",
        _PROMPT,
        (
            "a child is given a supplement and nobody has advised it",
            "the child has kidney disease, or takes other medicines",
            "the child has diarrhoea, feels sick, or has cramps in the belly",
        ),
        after=(_GIVE_NO_MORE, _ELSEWHERE),
    )


# Behind the other reading of a label, where that is far over.
FAR_OVER = (
    f" If the label gives magnesium itself, that is far over: call {phones.URGENT_PHONE} (UK), "
    f"Poison Help {phones.POISON_HELP_PHONE} (US) or your local poisons line now."
)

# The warning that stands on every result with a supplement, and on every raised one.
KIDNEY_INTAKE = (
    "The kidneys clear magnesium. With kidney disease, magnesium from supplements, antacids and "
    "laxatives can build up and do harm. Whoever takes some already, with kidney disease: take no "
    "more of what nobody prescribed until a GP, pharmacist or kidney team has advised it. With "
    "great weakness or drowsiness, slow breathing, or a slow or irregular heartbeat, call "
    f"{phones.EMERGENCY_PHONES}."
)
KIDNEY_SERUM = (
    "The kidneys clear magnesium. With kidney disease it can go on rising, so a raised result "
    "matters more. Tell the person you speak to about any kidney disease, and about supplements, "
    "antacids and laxatives with magnesium."
)
KIDNEY_SOURCES = ("nhs-ayrshire",)
