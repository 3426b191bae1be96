"""The audits of the packages that we build with: good, bad, and out of reach are told apart."""

import pytest

from tests.trust import audits

# As uv 0.13.9 and npm said to lists of ours, put up for the purpose.
SAID = {
    "Found no known vulnerabilities and no adverse project statuses in 66 packages": "nothing",
    "found 0 vulnerabilities": "nothing",
    "jinja2 3.1.6 has 1 known vulnerability:\n\n- GHSA-1: Bad": "GHSA-1",
    "axe-core  *\nSeverity: high\nBad\n\n1 high severity vulnerability": "Severity: high",
    "2 vulnerabilities (1 moderate, 1 high)": "1 moderate",
    "error: error sending request for url\n  cause: dns error": "not reachable",
    "npm error audit endpoint returned an error": "not reachable",
}


@pytest.mark.parametrize("said", SAID)
def test_only_a_package_that_a_list_names_fails(
    said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A list that cannot be reached is told, and fails nothing."""
    assert audits.told("a lock", said) is (SAID[said] in ("nothing", "not reachable"))
    assert SAID[said] in capsys.readouterr().out
