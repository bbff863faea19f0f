"""What the tests of faults compare with."""

import pytest

from suites.finding import Verdict
from tests.faults.campaigns import Judged, certify, judged, request


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Judged:
    """The small campaign without a fault: both of its runs pass."""
    found = judged(certify(request(tmp_path_factory.mktemp("undisturbed"))))
    assert {verdict for verdict, _ in found.last.values()} == {Verdict.PASS}
    return found
