"""Every line that the checks and their forms say is pinned, as the tables are."""

from tests import said


def test_every_line_that_is_said_is_the_page_of_them() -> None:
    """No word of a result or a form changes without this page changing with it."""
    assert said.PAGE.read_text("utf-8") == said.text(), (
        "If the change is meant: python -m tests.pin, then read what Git shows."
    )
