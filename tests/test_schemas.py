"""The documents show what the code writes."""

from pathlib import Path

import pytest

from tests.schema_examples import BLOCK, DOCUMENTS, examples, written


@pytest.mark.parametrize("document", DOCUMENTS, ids=[path.name for path in DOCUMENTS])
def test_examples_are_those_of_the_code(document: Path) -> None:
    """A document whose examples are out of date is told from one that is not."""
    text = document.read_text(encoding="utf-8")
    assert text == written(text), "run python -m tests.schema_examples"


def test_every_schema_decision_has_its_example() -> None:
    """Sixteen decisions, sixteen headings, an example under each."""
    text = DOCUMENTS[0].read_text(encoding="utf-8")
    sections = text.split("\n## ")[1:]
    assert len(sections) == 16
    assert all(BLOCK.search(section) for section in sections)
    assert {found["name"] for found in BLOCK.finditer(text)} <= set(examples())
