"""The next steps: every word of them pinned, and laws that no answer may break."""

from tests import next_steps
from tests.trust.care import try_care

MANY = 1_000  # answers; `dev.py test --trust` tries more


def test_every_word_of_the_next_steps_is_the_page_that_a_clinician_reads() -> None:
    """A card, a bullet or a warning cannot change without this page changing with it."""
    assert next_steps.PAGE.read_text("utf-8") == next_steps.text(), (
        "If the change is meant: python -m tests.pin, then read what Git shows."
    )


def test_no_random_answer_breaks_a_law_of_the_next_steps() -> None:
    """Limits are named in headings, urgent cards come first, and cards keep their direction."""
    blood = {"serum", *(f"serum {level}" for level in ("prompt", "same-day", "emergency"))}
    day = {"intake", "intake prompt", "intake emergency poisons"}
    assert {try_care(seed) for seed in range(MANY)} == blood | day
