"""What the tests of this folder share: the built site, served to each of its modules."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.sites import Site, serving


@pytest.fixture(scope="module")
def site(built: Path) -> Iterator[Site]:
    """The site at an address of the module's own, so that no other module's stores are met."""
    with serving(built) as server:
        yield server
