"""What a card proves: its cryptogram by the issuer's keys, its signature by its certificates."""


import pytest

from suites.attempt import Attempt
from suites.card_commands import GAC1, GAC2, GPO
from suites.readings.card_proof import DDA, mac
from suites.readings.reading import Reading, Value
from tests.suites.card_recordings import asked

# Contactless facts, 6.9, V2: the answer to GET PROCESSING OPTIONS, and what asked for it.
SELECT = "00A4040008A00000033301010100"
FCI = (
    "6F548408A000000333010101A548500A50424F432044454249548701019F38189F66049F02069F03069F1A02"
    "95055F2A029A039C019F37045F2D027A689F1101019F120A50424F43204445424954BF0C059F4D020B0A9000"
)
V2_GPO = "80A8000023832136000000000000025000000000000000015600000000000156260401000102030400"
V2_ANSWER = (
    "775182027C009F3602000657136210948000000000178D49122200000000123F9F101307010103A00000010A01"
    "0000030000244D103B9F26088D79F8132C0F5C525F3401019F6C02A0009F5D060000000300009000"
)


def values(reading: Reading[Value], attempt: Attempt) -> list[Value]:
    return [seen.value for seen in reading.read(attempt)]


def test_a_published_cryptogram_is_the_issuers_own() -> None:
    """The worked transaction of the facts verifies, over what its reader sent."""
    attempt = asked((SELECT, FCI), (V2_GPO, V2_ANSWER))
    assert values(mac(GPO), attempt) == ["right"]


@pytest.mark.parametrize(
    "one, other",
    [
        ("8D79F8132C0F5C52", "8D79F8132C0F5C53"),
        ("9F36020006", "9F36020007"),
        ("0103A0", "010380"),
        ("82027C00", "82027D00"),
    ],
)
def test_another_cryptogram_and_other_data_are_wrong(one: str, other: str) -> None:
    """A bit of the AC, another ATC, CVR or AIP than was covered."""
    attempt = asked((SELECT, FCI), (V2_GPO, V2_ANSWER.replace(one, other)))
    assert values(mac(GPO), attempt) == ["wrong"]


@pytest.mark.parametrize("one, other", [("6210948000000000178D", "6210948000000000186D")])
def test_a_card_of_another_issuer_cannot_be_looked_at(one: str, other: str) -> None:
    """Without its keys nothing is seen: neither right nor wrong."""
    attempt = asked((SELECT, FCI), (V2_GPO, V2_ANSWER.replace(one, other)))
    assert values(mac(GPO), attempt) == []


def test_without_the_list_what_was_covered_is_not_known() -> None:
    """A session without selection has no PDOL to read the data by."""
    assert values(mac(GPO), asked((V2_GPO, V2_ANSWER))) == []
    assert values(mac(GAC1), asked((SELECT, FCI), (V2_GPO, V2_ANSWER))) == []
    assert values(mac(GAC2), asked()) == []
    assert values(DDA, asked((SELECT, FCI))) == []
