import tomllib
from collections.abc import Mapping
from dataclasses import asdict
from operator import xor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.codec import balances_54, cups_link, cups_mac, cups_subfields, iso8583
from adapters.codec.cups_dialect import CUPS, FROM_MEMORY
from adapters.codec.cups_mac import MAC_RECIPES
from adapters.codec.cups_subfields import PRIVATE_60, Original90
from adapters.codec.errors import LocalProtocolError, RemoteProtocolError
from adapters.codec.iso8583 import Message
from adapters.codec.iso8583_dialect import Size
from fixtures.crypto import des
from fixtures.crypto.test_keys import posp_keys

FILE = Path(__file__).parents[3] / "fixtures" / "data" / "vectors" / "cups.toml"
ALL: list[dict[str, Any]] = tomllib.loads(FILE.read_text("utf-8"))["vector"]
VECTORS = [vector for vector in ALL if vector["operation"] not in {"header", "frame"}]
ACCEPTED = [vector for vector in VECTORS if vector["result"] != "invalid"]
REFUSED = [vector for vector in VECTORS if vector["result"] == "invalid"]
BODIES = [vector for vector in ACCEPTED if vector["operation"] == "body"]
WITH_MAC = [vector for vector in ALL if "mac" in vector["flags"]]
Given = Mapping[str, str]


def name(vector: Mapping[str, Any]) -> str:
    return str(vector["id"])


def body(given: Given) -> dict[str, Any]:
    """A message as the vectors write it."""
    data = bytes.fromhex(given["body"])
    found = iso8583.decode(data, CUPS)
    assert iso8583.encode(found, CUPS) == data
    fields = {
        str(number): value.hex().upper() if isinstance(value, bytes) else value
        for number, value in found.fields.items()
    }
    return {"mti": found.mti, "fields": fields}


def private_60(given: Given) -> dict[str, Any]:
    """The sub-fields of DE60 that are there."""
    found = PRIVATE_60.cut(given["digits"])
    assert PRIVATE_60.join(found) == given["digits"]
    return dict(found)


def original_90(given: Given) -> dict[str, Any]:
    """The parts of DE90."""
    found = cups_subfields.decode_90(given["digits"])
    assert cups_subfields.encode_90(found) == given["digits"]
    return asdict(found)


def mac_block(given: Given) -> dict[str, Any]:
    """The MAB without its fill."""
    message = iso8583.decode(bytes.fromhex(given["body"]), CUPS)
    block = cups_mac.mac_block(message, MAC_RECIPES[given["recipe"]])
    assert len(block) % 8 == 0
    assert not block[-8:].endswith(bytes(8))
    return {"text": block.rstrip(b"\x00").decode("ascii")}


def balances(given: Given) -> dict[str, Any]:
    """The balances of DE54."""
    found = balances_54.decode(given["text"])
    assert balances_54.encode(found) == given["text"]
    return {str(index): asdict(balance) for index, balance in enumerate(found)}


OPERATIONS = {
    "body": body,
    "private_60": private_60,
    "original_90": original_90,
    "mac_block": mac_block,
    "balances_54": balances,
}


@pytest.mark.parametrize("vector", ACCEPTED, ids=name)
def test_a_vector_comes_out_as_expected(vector: Mapping[str, Any]) -> None:
    """Every part of what was sent is found, and encodes again to the same bytes."""
    assert OPERATIONS[vector["operation"]](vector["given"]) == vector["expect"]


@pytest.mark.parametrize("vector", REFUSED, ids=name)
def test_an_invalid_vector_is_refused_for_its_reason(vector: Mapping[str, Any]) -> None:
    """What breaks the dialect is the other side's fault, with its reason and its place."""
    with pytest.raises(RemoteProtocolError) as refused:
        OPERATIONS[vector["operation"]](vector["given"])
    found = {"reason": refused.value.message, "offset": refused.value.offset}
    assert found == vector["expect"]


def test_a_third_of_the_vectors_is_invalid() -> None:
    """The vectors try at least half as much what must be refused as what must be taken."""
    refused = [vector for vector in ALL if vector["result"] == "invalid"]
    assert len({vector["id"] for vector in ALL}) == len(ALL)
    assert 3 * len(refused) >= len(ALL)


HEX_BODIES = [bytes.fromhex(vector["given"]["body"]) for vector in BODIES]


@given(st.binary(max_size=80), st.sampled_from(HEX_BODIES), st.integers(0, 400))
def test_any_bytes_are_a_message_or_refused(data: bytes, base: bytes, at: int) -> None:
    """Nothing but RemoteProtocolError comes out of bytes that are no message; one loses nothing."""
    for candidate in (data, b"0200" + data, base[:at] + data, base[:at] + data + base[at:]):
        try:
            found = iso8583.decode(candidate, CUPS)
        except RemoteProtocolError:
            continue
        assert iso8583.encode(found, CUPS) == candidate
        for recipe in MAC_RECIPES.values():
            cups_mac.mac_block(found, recipe)


@given(st.text(st.sampled_from("0123456789A٣ "), max_size=45))
def test_any_digits_are_sub_fields_or_refused(digits: str) -> None:
    """Nothing but RemoteProtocolError comes out of texts that are no DE60 and no DE90."""
    for read in (PRIVATE_60.cut, cups_subfields.decode_90):
        try:
            read(digits)
        except RemoteProtocolError:
            continue
        assert digits.isascii()
        assert digits.isdigit()


@pytest.mark.parametrize("vector", BODIES, ids=name)
def test_a_message_cut_anywhere_is_refused(vector: Mapping[str, Any]) -> None:
    """No part of a message passes for the whole."""
    data = bytes.fromhex(vector["given"]["body"])
    for end in range(len(data)):
        with pytest.raises(RemoteProtocolError):
            iso8583.decode(data[:end], CUPS)


UNSENDABLE: dict[str, tuple[Message, str]] = {
    "MTI": (Message("020", {}), "MTI: '020' is not four digits"),
    "no field": (Message("0200", {64: "0"}), "DE64: not a field of CUPS"),
    "bytes for text": (Message("0200", {3: b"300000"}), "DE3: a field of attribute n is not bytes"),
    "text for bytes": (Message("0200", {55: "9F36"}), "DE55: a field of attribute b is not str"),
    "letter": (Message("0200", {3: "30000A"}), "DE3: '30000A' is not of attribute n"),
    "short": (Message("0200", {3: "30000"}), "DE3: 5 where 6 are fixed"),
    "long": (Message("0200", {2: "1" * 20}), "DE2: 20 where at most 19 fit"),
    "Chinese": (Message("0200", {38: "授权标识应答"}), "is not of attribute an"),
}


@pytest.mark.parametrize("message, reason", UNSENDABLE.values(), ids=UNSENDABLE)
def test_a_message_that_does_not_fit_is_our_fault(message: Message, reason: str) -> None:
    """What the dialect cannot hold is refused before it is sent."""
    with pytest.raises(LocalProtocolError, match=reason):
        iso8583.encode(message, CUPS)


def test_the_sub_fields_of_60_are_thirty_digits() -> None:
    """The table has an official number for each part, in order, and no digit is left over."""
    numbers = [tuple(map(int, each.number.split("."))) for each in PRIVATE_60.parts]
    assert numbers == sorted(numbers)
    assert sum(each.width for each in PRIVATE_60.parts) == CUPS.fields[60].length == 30


WHOLE_60 = {each.number: "0" * each.width for each in PRIVATE_60.parts}


@pytest.mark.parametrize(
    "parts, reason",
    [
        ({}, "60.1 is ''"),
        ({"60.1": "00"}, "60.1 is '00', not 4 digits"),
        ({"60.1": "0000", "60.2.2": "6"}, "60.2.1 is ''"),
        ({**WHOLE_60, "60.4": "0"}, "not known"),
    ],
)
def test_sub_fields_with_a_gap_are_our_fault(parts: dict[str, str], reason: str) -> None:
    """DE60 ends early or not at all: what is missing in between is not made up."""
    with pytest.raises(LocalProtocolError, match=reason):
        PRIVATE_60.join(parts)


def test_an_institution_is_filled_up_in_front() -> None:
    """Eight digits of an institution stand behind three zeros."""
    original = Original90("0200", "000001", "0315093015", "00010000", "03050001")
    assert cups_subfields.encode_90(original)[20:] == "0000001000000003050001"


@pytest.mark.parametrize("stan", ["1", "00001A", "0000001"])
def test_an_original_that_does_not_fit_is_our_fault(stan: str) -> None:
    """A part of another size is refused before it is sent."""
    with pytest.raises(LocalProtocolError, match=r"DE90: 90\.2 is"):
        cups_subfields.encode_90(Original90("0200", stan, "0315093015", "1", "1"))


def cbc_mac(key: bytes, block: bytes) -> bytes:
    """The last block of DES-CBC from zero (2.4)."""
    chained = bytes(8)
    for at in range(0, len(block), 8):
        chained = des.encrypt(key, bytes(map(xor, chained, block[at : at + 8])))
    return chained


@pytest.mark.parametrize("vector", WITH_MAC, ids=name)
def test_the_mac_of_an_exchange_covers_its_block(vector: Mapping[str, Any]) -> None:
    """DE128 of our exchanges is the first half of the MAC over the block of the recipe."""
    body = cups_link.decode(bytes.fromhex(vector["given"]["frame"])).body
    message = iso8583.decode(body, CUPS)
    block = cups_mac.mac_block(message, cups_mac.LOW_CONFIDENCE_WHOLE_90)
    mac = cbc_mac(posp_keys().working.mac_key, block)
    assert cups_mac.mac_text(mac) == message.text(128)


def test_the_exchanges_hang_together() -> None:
    """An answer has the trace number and time of its request, DE90 those of what is reversed."""
    sent = {
        vector["id"].removeprefix("exchange-"): vector["expect"]["fields"]
        for vector in ALL
        if "exchange" in vector["flags"]
    }
    pairs = {each: f"{each[:-2]}{int(each[-2]) + 1}0" for each in sent if int(each[-2]) % 2 == 0}
    assert len(pairs) == 5
    for request, answer in pairs.items():
        asked, answered = sent[request], sent[answer]
        assert (asked["7"], asked["11"]) == (answered["7"], answered["11"])
    sale = sent["sale-0200"]
    original = Original90("0200", sale["11"], sale["7"], f"{sale['32']:0>11}", f"{sale['33']:0>11}")
    for each in ("reversal-0420", "reversal-0430", "script-notice-0620", "script-notice-0630"):
        assert cups_subfields.decode_90(sent[each]["90"]) == original


def test_a_mac_is_sent_as_eight_characters() -> None:
    """The first four bytes of a MAC make DE128, and nothing shorter does."""
    assert cups_mac.mac_text(bytes.fromhex("0D61201488776655")) == "0D612014"
    with pytest.raises(LocalProtocolError, match="3 bytes"):
        cups_mac.mac_text(bytes(3))


def test_every_recipe_says_that_it_is_not_verified() -> None:
    """No report can show a MAC recipe of this leg without its low confidence."""
    assert all(each.startswith("low-confidence-") for each in MAC_RECIPES)


def test_no_length_from_memory_refuses_a_message() -> None:
    """A field without a length in the facts is as long as its digits can say, or as its like."""
    fields = {number: CUPS.fields[number] for number in FROM_MEMORY}
    longest = (Size.LLLVAR, 999)
    institution = (CUPS.fields[32].size, CUPS.fields[32].length)
    lengths = {number: (field.size, field.length) for number, field in fields.items()}
    assert lengths == {48: longest, 100: institution, 121: longest, 122: longest, 123: longest}
