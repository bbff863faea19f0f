"""What a reader keeps of a card, and how it fills lists."""

import pytest

from adapters.codec.apdu import decode_response
from adapters.codec.errors import RemoteProtocolError
from adapters.interface import Interface
from adapters.reader_session import ReaderSession, fill

AID = "A000000333010101"


def session() -> ReaderSession:
    return ReaderSession(Interface.CONTACT)


@pytest.mark.parametrize(
    "wanted, values, sent",
    [
        ("9F0206", {0x9F02: 1000}, "000000001000"),
        ("9F0203", {0x9F02: bytes.fromhex("000000123456")}, "123456"),
        ("9F1A03", {0x9F1A: bytes.fromhex("0156")}, "000156"),
        ("9F3704", {0x9F37: bytes.fromhex("0102")}, "01020000"),
        ("9F3702", {0x9F37: bytes.fromhex("01020304")}, "0102"),
        ("9F0206950 5".replace(" ", ""), {}, "00" * 11),
    ],
)
def test_a_list_is_filled_by_the_kind_of_each_element(
    wanted: str, values: dict[int, int | bytes], sent: str
) -> None:
    """Numbers lose and gain at the left, others at the right; what is not known is zeros."""
    assert fill(bytes.fromhex(wanted), values) == bytes.fromhex(sent)


def test_a_broken_list_is_the_cards_fault() -> None:
    """A list that gives no length for a tag is refused as the other side's error."""
    with pytest.raises(RemoteProtocolError):
        fill(bytes.fromhex("9F02"), {})




def test_both_formats_of_initiation_give_the_records_to_read() -> None:
    """AIP and AFL come out of template 80 and of template 77, and replace each other."""
    one, other = session(), session()
    one.initiated(decode_response(bytes.fromhex("800A7C00080102011003030090 00")))
    other.initiated(decode_response(bytes.fromhex("770E82027C00940808010201100303009000")))
    assert list(one.files) == list(other.files) == [(1, 1), (1, 2), (2, 3)]
    one.initiated(decode_response(bytes.fromhex("80067C00180101009000")))
    assert list(one.files) == [(3, 1)]


def test_a_refused_initiation_changes_no_record_list() -> None:
    """What a command without success says is not kept."""
    kept = session()
    kept.initiated(decode_response(bytes.fromhex("80067C00180101009000")))
    kept.initiated(decode_response(bytes.fromhex("6985")))
    assert list(kept.files) == [(3, 1)]


def test_the_first_cryptogram_stays_for_the_scripts() -> None:
    """The MAC of a script starts from the AC of the first GENERATE AC, not from the second."""
    kept = session()
    first, second = "1122334455667788", "99AABBCCDDEEFF00"
    for given in (first, second):
        kept.cryptogram_given(
            decode_response(bytes.fromhex(f"8012800006{given}07010103A000009000"))
        )
    assert kept.cryptogram == bytes.fromhex(first)
    assert (kept.generated, kept.atc) == (2, 6)


def test_the_card_is_known_by_its_number_or_its_track() -> None:
    """5A without its filler; 57 up to the separator where no record with 5A was read."""
    kept = session()
    kept.read(decode_response(bytes.fromhex("700C570A6210948000000000178D 9000")))
    assert kept.pan == "6210948000000000178"
    kept.read(decode_response(bytes.fromhex("700C5A0A6210948000000000178F 9000")))
    assert kept.pan == "6210948000000000178"


def test_a_selection_begins_anew() -> None:
    """Another application: nothing of the one before is left."""
    kept = session()
    kept.initiated(decode_response(bytes.fromhex("80067C00180101009000")))
    kept.selected(decode_response(bytes.fromhex("6F0A8408" + AID + "9000")))
    assert list(kept.files) == []
    assert kept.objects[0x84] == bytes.fromhex(AID)
