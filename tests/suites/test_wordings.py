"""Phrases speak both languages."""

import re

import pytest

from suites.phrase import Phrase
from suites.wordings import WORDINGS

PLACE = re.compile(r"\{(\d)\}")


@pytest.mark.parametrize("key", WORDINGS)
def test_both_wordings_ask_for_the_same_arguments(key: str) -> None:
    """An argument that one language shows and the other does not would be lost."""
    wording = WORDINGS[key]
    assert wording.en
    assert wording.zh
    assert set(PLACE.findall(wording.en)) == set(PLACE.findall(wording.zh))


def test_a_phrase_without_wordings_is_refused() -> None:
    """A condition cannot say what no report could print."""
    with pytest.raises(KeyError, match="no wording"):
        Phrase("unheard-of")
