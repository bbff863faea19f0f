"""The fault matrix names every fault once, and for each the tests that there are."""

import ast
from pathlib import Path

import pytest

from tests.faults.killed import POINTS
from tests.faults.matrix import MATRIX

ROOT = Path(__file__).parents[2]
LEAST_POINTS = 20


def functions(path: Path) -> set[str]:
    return {
        node.name
        for node in ast.parse(path.read_bytes()).body
        if isinstance(node, ast.FunctionDef)
    }


def test_every_fault_has_its_row() -> None:
    """F1 to F23, and none besides."""
    assert list(MATRIX) == [f"F{number}" for number in range(1, 24)]


@pytest.mark.parametrize("name", MATRIX)
def test_a_row_is_tested_or_says_what_is_missing(name: str) -> None:
    """Each named test is there; a row without any says why there is none."""
    row = MATRIX[name]
    assert row.tests or row.missing
    for test in row.tests:
        path, _, function = test.partition("::")
        assert function in functions(ROOT / path), test


def test_a_campaign_is_killed_at_enough_points() -> None:
    """At twenty named points and more, each another one."""
    assert len(set(POINTS.values())) == len(POINTS) >= LEAST_POINTS
