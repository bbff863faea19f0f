"""What commands carry: data fields, lists, records, and the application at the end."""

import hashlib

from suites.acts import Verb
from suites.readings.card_session import pd
from suites.readings.reading import Reading, Value
from suites.readings.sent_data import FINAL, RRSEQ, data, dd, lc, t1_under, tc_hash
from suites.rules import GAC1, GPO, IA
from tests.suites.recordings import AID, Sale, Tape, attempt_of, tlv

DDOL = {0x9F49: "9F37049A03"}
SIGNING = (("0088000007AABBCCDD11031500", "8001FF9000"),)


def seen(reading: Reading[Value], *sales: Sale) -> list[Value]:
    return [each.value for each in reading.read(attempt_of(*sales))]


def test_data_fields_are_read_as_they_were_sent() -> None:
    """In hex, and by their length."""
    assert seen(data(GPO), Sale()) == ["8300"]
    assert seen(lc(GAC1), Sale()) == [83]
    assert seen(lc(IA), Sale(), Sale()) == [4, 4]


def test_data_for_the_ddol_are_taken_apart() -> None:
    """By the card's list, else by the terminal's default; data that fit neither show nothing."""
    with_list = Sale(objects=DDOL, before=SIGNING)
    assert seen(dd("9F37"), with_list) == ["AABBCCDD"]
    assert seen(dd("9A"), with_list) == ["110315"]
    by_default = attempt_of(Sale(), settings={"default-ddol": "9F3704"})
    assert [each.value for each in dd("9F37").read(by_default)] == ["AABBCCDD"]
    assert seen(dd("9F37"), Sale(before=SIGNING)) == []


def test_records_are_listed_in_the_order_they_were_asked_for() -> None:
    """File and number of each."""
    assert seen(RRSEQ, Sale()) == ["(1,1)(2,1)(2,2)"]


def test_records_of_a_directory_below_the_pse_are_not_those_of_an_application() -> None:
    """Its FCI has 88, which only a directory has."""
    tape = Tape()
    tape.phase("body")
    tape.act(Verb.PURCHASE, amount=5000)
    tape.reset()
    fci = tlv(0x6F, tlv(0x84, b"ASSAY.DDF01"), tlv(0xA5, tlv(0x88, "02")))
    tape.apdu(b"\x00\xa4\x04\x00\x0bASSAY.DDF01\x00", fci + b"\x90\x00")
    tape.apdu("00B2011400", "70009000")
    tape.apdu(b"\x00\xa4\x04\x00\x08" + AID + b"\x00", tlv(0x6F, tlv(0x84, AID)) + b"\x90\x00")
    tape.apdu("80A8000002830000", "80067C00080101009000")
    tape.apdu("00B2010C00", "70009000")
    assert [each.value for each in RRSEQ.read(tape.attempt())] == ["(1,1)"]


def test_only_the_bits_of_the_mask_are_read() -> None:
    """All others are zero."""
    assert seen(t1_under("FDFFFFFFFF"), Sale(tvr="0280000000")) == ["0080000000"]


def test_the_last_application_started_is_the_final_one() -> None:
    """One for each transaction; none where nothing was started."""
    assert seen(FINAL, Sale(), Sale()) == [AID.hex().upper()] * 2


def test_the_hash_covers_what_was_sent() -> None:
    """Amount and date as CDOL1 carried them; a list with what CDOL1 lacks has no hash."""
    covered = bytes.fromhex("000000005000110315")
    digest = hashlib.sha1(covered, usedforsecurity=False).hexdigest().upper()
    assert seen(tc_hash("9F02069A03"), Sale()) == [digest]
    assert seen(tc_hash("9F7C03"), Sale()) == []


def test_entries_of_one_tag_are_told_apart_by_their_length() -> None:
    """As for CDOL1."""
    assert pd("9F02", 8).notation == "PD(9F02,8)"
    assert seen(pd("9F02", 8), Sale()) == []
