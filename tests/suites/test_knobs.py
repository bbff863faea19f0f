"""Knobs of a host as a case writes them, and what becomes of them."""

import pytest

from fixtures.acquirer.answers import Answers
from fixtures.acquirer.scripts import Command, Script
from suites.ruled import RuleUnknown, turned
from suites.rules import Reaction, answers, issuer_script

PUT_9F58 = Command(bytes.fromhex("04DA9F58"), b"\x05")
FIRST_ID = bytes.fromhex("00000001")
UNBLOCK = Command(bytes.fromhex("84180000"))


@pytest.mark.parametrize(
    "reaction, expected",
    [
        (
            answers(alter="4:000000000001,13:0318"),
            Answers(alter=((4, "000000000001"), (13, "0318"))),
        ),
        (answers(alter="52:01.02"), Answers(alter=((52, b"\x01\x02"),))),
        (answers(drop="55,64"), Answers(drop=frozenset((55, 64)))),
        (answers(de55_add="72.05.9F"), Answers(de55_add=b"\x72\x05\x9f")),
        (answers(segment=1, bad_mac="yes"), Answers(segment=1, bad_mac=True)),
        (answers(days_ahead=3), Answers(days_ahead=3)),
        (
            answers(scripts=issuer_script("72", "04DA9F5805", "84180000")),
            Answers(scripts=(Script(0x72, (PUT_9F58, UNBLOCK), FIRST_ID),)),
        ),
        (
            answers(scripts=f"{issuer_script('71', '84180000')}/{issuer_script('72', '84180000')}"),
            Answers(scripts=tuple(Script(each, (UNBLOCK,), FIRST_ID) for each in (0x71, 0x72))),
        ),
    ],
    ids=str,
)
def test_a_knob_has_the_value_that_a_case_writes(reaction: Reaction, expected: Answers) -> None:
    """Fields, bytes with dots between, scripts with their commands, words and numbers."""
    assert turned(Answers(), reaction) == expected


@pytest.mark.parametrize("reaction", [answers(drop="all"), answers(alter="4"), answers(none="yes")])
def test_a_knob_that_cannot_be_turned_is_our_trouble(reaction: Reaction) -> None:
    """What no host understands is refused before a device hears anything."""
    if "alter" in str(reaction):
        assert turned(Answers(), reaction).alter == ((4, ""),)
    else:
        with pytest.raises(RuleUnknown):
            turned(Answers(), reaction)
