"""DE54 and what stands in DE62: balances, keys, lists, parameters. Worked values are vectors."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.codec import balances_54, pos_downloads, pos_key_block, pos_link, pos_parameters
from adapters.codec.balances_54 import Balance
from adapters.codec.errors import LocalProtocolError, RemoteProtocolError
from adapters.codec.pos_downloads import Progress
from adapters.codec.pos_key_block import WrappedKey
from adapters.codec.pos_link import Lri, Tpdu
from adapters.codec.pos_parameters import Parameters

YUAN = Balance("10", "02", "156", 12345)
PIN_KEY = WrappedKey("PIK", bytes(16), bytes(4))
MAC_KEY = WrappedKey("MAK", bytes(16), bytes(4))

UNSENDABLE: dict[str, tuple[Callable[[], object], str, int]] = {
    "three balances": (
        lambda: balances_54.encode([YUAN] * 3),
        "DE54: 3 balances where 2 fit",
        40,
    ),
    "a large balance": (
        lambda: balances_54.encode([Balance("10", "02", "156", -(10**12))]),
        "DE54: 54.5 is '1000000000000', not 12 digits",
        8,
    ),
    "a currency of letters": (
        lambda: balances_54.encode([Balance("10", "02", "CNY", 0)]),
        "DE54: 54.3 is 'CNY', not 3 digits",
        4,
    ),
    "keys in another order": (
        lambda: pos_key_block.encode([MAC_KEY, PIN_KEY]),
        "DE62: no key block has such keys",
        0,
    ),
    "one key": (lambda: pos_key_block.encode([PIN_KEY]), "DE62: no key block has such keys", 0),
    "no key": (lambda: pos_key_block.encode([]), "DE62: no key block has such keys", 0),
    "a short check value": (
        lambda: pos_key_block.encode([PIN_KEY, WrappedKey("MAK", bytes(16), bytes(3))]),
        "DE62: the check value of MAK is 3 bytes",
        36,
    ),
    "a hundred known": (
        lambda: pos_downloads.encode_query(100),
        "DE62: 100 entries are not two digits",
        1,
    ),
    "a negative number known": (
        lambda: pos_downloads.encode_query(-1),
        "DE62: -1 entries are not two digits",
        1,
    ),
    "an unknown parameter": (
        lambda: pos_parameters.encode(Parameters((("12", b"60"), ("99", b"1")))),
        "DE62: b'1' is no parameter 99",
        4,
    ),
    "a short parameter": (
        lambda: pos_parameters.encode(Parameters((("12", b"6"),))),
        "DE62: b'6' is no parameter 12",
        0,
    ),
    "a TPDU with a letter": (
        lambda: pos_link.encode_tpdu(Tpdu("60", "000A", "0000")),
        "TPDU: '60000A0000' is not 2, 4 and 4 digits",
        0,
    ),
    "a shifted TPDU": (
        lambda: pos_link.encode_tpdu(Tpdu("600", "003", "0000")),
        "TPDU: '6000030000' is not 2, 4 and 4 digits",
        0,
    ),
    "a short caller number": (
        lambda: pos_link.encode_lri(Lri(bytes(7), bytes(8), bytes(12))),
        "LRI: its parts are not 8, 8 and 12 bytes",
        3,
    ),
}


@pytest.mark.parametrize("encode, reason, offset", UNSENDABLE.values(), ids=UNSENDABLE)
def test_what_does_not_fit_is_our_fault(
    encode: Callable[[], object], reason: str, offset: int
) -> None:
    """A value that has no place is refused before it is sent, and named."""
    with pytest.raises(LocalProtocolError) as refused:
        encode()
    assert (refused.value.message, refused.value.offset) == (reason, offset)


def listed_again(data: bytes) -> bytes:
    found = pos_downloads.decode_listing(data)
    pairs = [[(each.tag, each.value) for each in entry] for entry in found.entries]
    return pos_downloads.encode_listing(found.progress, pairs)


def kept_or_refused(again: Callable[[bytes], bytes], data: bytes) -> bool:
    """Whether bytes come out as they went in, or are refused at one of them."""
    try:
        return again(data) == data
    except RemoteProtocolError as refused:
        return 0 <= refused.offset <= len(data)


AGAIN: dict[str, Callable[[bytes], bytes]] = {
    # Of a block whose parts nobody knows nothing is taken, and so nothing can be put together.
    "key block": lambda data: (
        pos_key_block.encode(keys) if (keys := pos_key_block.decode(data)) else data
    ),
    "query": lambda data: pos_downloads.encode_query(pos_downloads.decode_query(data)),
    "parameters": lambda data: pos_parameters.encode(pos_parameters.decode(data)),
    "TPDU": lambda data: pos_link.encode_tpdu(pos_link.decode_tpdu(data)),
    "LRI": lambda data: pos_link.encode_lri(pos_link.decode_lri(data)),
}
STARTS = (b"", b"1", b"12", b"1260133", b"LRI\x00\x1c", bytes(24), bytes(40))


@pytest.mark.parametrize("again", AGAIN.values(), ids=AGAIN)
@given(start=st.sampled_from(STARTS), data=st.binary(max_size=40))
def test_any_bytes_are_kept_or_refused(
    again: Callable[[bytes], bytes], start: bytes, data: bytes
) -> None:
    """Nothing but RemoteProtocolError, at one of the bytes, comes out of what is none of these."""
    assert kept_or_refused(again, start + data)
    assert kept_or_refused(again, start + bytes(48 + byte % 10 for byte in data))


@given(st.sampled_from(b"0123"), st.binary(max_size=40))
def test_any_bytes_are_a_list_or_refused(progress: int, data: bytes) -> None:
    """Nothing but RemoteProtocolError comes out; what is once decoded is kept from then on."""

    def twice(candidate: bytes) -> bytes:
        # Padding and lengths longer than they need be are the only things that are not kept.
        found = listed_again(candidate)
        return candidate if listed_again(found) == found else found

    assert kept_or_refused(twice, bytes((progress,)) + data)


AMOUNTS = st.integers(1 - 10**12, 10**12 - 1)
DIGITS_2, DIGITS_3 = (st.text("0123456789", min_size=n, max_size=n) for n in (2, 3))
BALANCES = st.lists(st.builds(Balance, DIGITS_2, DIGITS_2, DIGITS_3, AMOUNTS), max_size=2)


@given(BALANCES, st.integers(0, 39), st.sampled_from("0A\u0663 CD"))
def test_balances_come_out_as_they_went_in(
    balances: list[Balance], at: int, character: str
) -> None:
    """Any balances survive the wire, and a changed character gives others or is refused."""
    text = balances_54.encode(balances)
    assert balances_54.decode(text) == tuple(balances)
    changed = text[:at] + character + text[at + 1 :]
    try:
        found = balances_54.decode(changed)
    except RemoteProtocolError:
        return
    assert len(changed) == 20 * len(found)


def test_entries_begin_with_their_name() -> None:
    """Each 9F06 begins an entry; what stands before the first is an entry of its own."""
    data = b"2" + bytes.fromhex("9F2201029F0605A0000003339F22010A9F0605A000000333")
    found = pos_downloads.decode_listing(data)
    tags = [[each.tag for each in entry] for entry in found.entries]
    assert (found.progress, tags) == (Progress.MORE, [[0x9F22], [0x9F06, 0x9F22], [0x9F06]])


def test_a_parameter_is_named_in_both_languages() -> None:
    """Reports can name each parameter."""
    for tag, each in pos_parameters.PARAMETERS.items():
        assert each.tag == tag
        assert each.name.isascii()
        assert not each.name_zh.isascii()
