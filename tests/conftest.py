"""Options of the tests of the bench itself."""

import pytest

DISK_STATES = 48_000


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("assay's own tests")
    group.addoption(
        "--disk-states",
        type=int,
        default=DISK_STATES,
        help=f"states of a simulated disk after power losses; default: {DISK_STATES}",
    )
