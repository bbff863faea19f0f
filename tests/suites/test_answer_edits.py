"""Answers that a rule changes: made of what the card itself answers."""

import random

import pytest

from fixtures.cards.bc import BC
from fixtures.cards.engine import ContactCardEngine
from suites.answer_edits import EditUnreadable, edited_answer
from suites.rules import Deed, Reaction, ending, rewritten

SELECT, GPO = "00A4040008A00000033301010100", "80A8000002830000"
AIP, AFL = "7C00", "08010100100102011801" + "0400"


def answer(command: str, reaction: Reaction, *before: str) -> str:
    card = ContactCardEngine(BC, random.Random(1))
    card.reset()
    for each in before:
        card.respond(bytes.fromhex(each))
    return edited_answer(card, bytes.fromhex(command), reaction).hex().upper()


@pytest.mark.parametrize(
    "reaction, expected",
    [
        (ending("6283"), f"800E{AIP}{AFL}6283"),
        (rewritten("77", "82", "94"), f"77128202{AIP}940C{AFL}9000"),
        (rewritten("77", "82", "DF8103:01.02"), f"770A8202{AIP}DF8103020102" + "9000"),
        (rewritten("80", "82:7C"), "80017C9000"),
        (rewritten("80", "82", short=1), "80017C9000"),
        (rewritten("80", "82", longer=2), f"8004{AIP}9000"),
        (rewritten("77", "9F4B"), "77009000"),
    ],
)
def test_an_answer_is_put_together_anew(reaction: Reaction, expected: str) -> None:
    """Status, template, objects, lengths; what the card did not send is left out."""
    assert answer(GPO, reaction, SELECT) == expected


def test_a_cryptogram_is_that_of_another_request() -> None:
    """A card that was asked for a TC answers with the objects of an AAC."""
    reaction = rewritten("77", "9F27", "9F36", as_if="00")
    assert "as-if=00" in str(reaction)
    data = "80AE400053" + "00" * 83 + "00"
    assert answer(data, reaction, SELECT, GPO) == "77099F2701009F3602001C9000"


def test_an_edit_that_cannot_be_made_is_our_own_trouble() -> None:
    """It names the reaction."""
    with pytest.raises(EditUnreadable, match="rewritten"):
        answer(GPO, Reaction(Deed.REWRITTEN, "77 8Z"), SELECT)
