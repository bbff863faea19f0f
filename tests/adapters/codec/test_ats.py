import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.codec import atr, ats
from adapters.codec.ats import Ats
from adapters.codec.errors import LocalProtocolError, RemoteProtocolError

FILE = Path(__file__).parents[3] / "fixtures" / "data" / "vectors" / "atr.toml"
VECTORS: list[dict[str, Any]] = [
    vector
    for vector in tomllib.loads(FILE.read_text("utf-8"))["vector"]
    if vector["operation"] == "ats"
]
ACCEPTED = [vector for vector in VECTORS if vector["result"] != "invalid"]
REFUSED = [vector for vector in VECTORS if vector["result"] == "invalid"]


def name(vector: Mapping[str, Any]) -> str:
    return str(vector["id"])


def perform(vector: Mapping[str, Any]) -> dict[str, Any]:
    data = bytes.fromhex(vector["given"]["bytes"])
    found = ats.decode(data)
    assert ats.encode(found) == data
    return {
        "frame_size": found.frame_size,
        "fwi": found.fwi,
        "sfgi": found.sfgi,
        "from_card": list(found.rates_from_card),
        "to_card": list(found.rates_to_card),
        "cid": found.takes_cid,
        "nad": found.takes_nad,
        "historical": found.historical.hex().upper(),
        "frame_waiting_ns": found.frame_waiting_ns,
        "start_up_guard_ns": found.start_up_guard_ns,
    }


@pytest.mark.parametrize("vector", ACCEPTED, ids=name)
def test_a_vector_comes_out_as_expected(vector: Mapping[str, Any]) -> None:
    """Every part is found, and encodes again to the same bytes."""
    assert perform(vector) == vector["expect"]


@pytest.mark.parametrize("vector", REFUSED, ids=name)
def test_an_invalid_vector_is_refused_for_its_reason(vector: Mapping[str, Any]) -> None:
    """What is no ATS is the card's fault, with its reason and its place."""
    with pytest.raises(RemoteProtocolError) as refused:
        perform(vector)
    found = {"reason": refused.value.message, "offset": refused.value.offset}
    assert found == vector["expect"]


@given(st.binary(max_size=254))
def test_any_bytes_are_an_ats_or_refused(rest: bytes) -> None:
    """Nothing but RemoteProtocolError comes out of bytes that are no ATS; an ATS loses nothing."""
    for data in (rest, bytes((len(rest) + 1,)) + rest):
        try:
            found = ats.decode(data)
        except RemoteProtocolError:
            continue
        assert ats.encode(found) == data
        assert found.frame_waiting_ns > 0


def test_one_rate_for_both_ways_is_a_bit_of_its_own() -> None:
    """Bit 8 of TA(1) binds both directions together."""
    assert Ats(ta=0x80).same_rate_both_ways
    assert not Ats(ta=0x77).same_rate_both_ways
    assert not Ats().same_rate_both_ways


UNSENDABLE = {
    "parts without T0": Ats(fsci=None, ta=0),
    "historical without T0": Ats(fsci=None, historical=b"\x00"),
    "FSCI 16": Ats(fsci=16),
    "no byte": Ats(tb=256),
    "too long": Ats(historical=bytes(254)),
}


@pytest.mark.parametrize("given_ats", UNSENDABLE.values(), ids=UNSENDABLE)
def test_an_ats_that_does_not_fit_is_our_fault(given_ats: Ats) -> None:
    """A value that has no place in an ATS is refused before it is sent."""
    with pytest.raises(LocalProtocolError):
        ats.encode(given_ats)


# ISO/IEC 14443-4, 5.2, by FSCI; from 9 on reserved, and read as 8.
SIZES = (16, 24, 32, 40, 48, 64, 96, 128, *[256] * 8)


@pytest.mark.parametrize("fsci", range(16))
def test_each_fsci_has_its_frame_size(fsci: int) -> None:
    """The largest frame of a card is the one of the table."""
    assert Ats(fsci).frame_size == SIZES[fsci]
    assert ats.decode(ats.encode(Ats(fsci))) == Ats(fsci)


def test_the_longest_ats_fits_its_length() -> None:
    """TL is one byte and counts itself."""
    longest = Ats(historical=bytes(253))
    assert ats.decode(ats.encode(longest)) == longest


@pytest.mark.parametrize(
    "given_ats, outside",
    [
        (Ats(fsci=None), ()),
        (Ats(fsci=8, tb=0x78), ()),
        (Ats(fsci=1), (("FSCI", 1),)),
        (Ats(fsci=9), (("FSCI", 9),)),
        (Ats(fsci=5, tb=0x80), (("FWI", 8),)),
        (Ats(fsci=0, tb=0xE9), (("FSCI", 0), ("FWI", 14), ("SFGI", 9))),
    ],
)
def test_limits_of_payment_cards_are_told(
    given_ats: Ats, outside: tuple[tuple[str, int], ...]
) -> None:
    """Frames of 32 bytes at least, FWI of 7 and SFGI of 8 at most; no opinion on what follows."""
    assert ats.outside_limits(given_ats) == outside


def test_a_frame_waits_as_long_as_the_facts_say() -> None:
    """FWI 7 is 38.7 ms."""
    assert round(Ats(tb=0x70).frame_waiting_ns / 100_000) == 387


def test_a_reader_makes_an_atr_of_it() -> None:
    """The historical bytes stand behind 3B 8n 80 01, with the check character; 15 of them fit."""
    made = ats.pc_sc_atr(Ats(historical=b"PBOC2"))
    assert atr.encode(made).hex().upper() == "3B85800150424F433228"
    with pytest.raises(LocalProtocolError, match="historical bytes: 16"):
        atr.encode(ats.pc_sc_atr(Ats(historical=bytes(16))))
