"""The card port decoded: by hand-made sessions, and by a recording from outside."""

import pytest

from adapters.codec.ber_tlv import Tlv
from suites.readings.card_session import CVR34, sent_objects, t1, t2
from suites.readings.card_transaction import (
    CardTransaction,
    card_transactions,
    sessions,
)
from suites.readings.offline_authentication import Result, Step, audit
from tests.suites.recordings import (
    AID,
    TRACE,
    Sale,
    Tape,
    attempt_of,
    online_sale,
    tlv,
    trace_events,
)

needs_trace = pytest.mark.skipif(
    not TRACE.exists(), reason=f"NOT CHECKED against the world: {TRACE} is absent"
)


def traced() -> CardTransaction:
    tape = Tape(list(trace_events()))
    (card,) = card_transactions(tape.attempt(settings={"ca-key-sets": ("unionpay",)}))
    return card


@needs_trace
def test_a_recorded_card_is_read_as_it_was_decoded_elsewhere() -> None:
    """Applications, AIP, AFL, GENERATE ACs and EXTERNAL AUTHENTICATE of a real UnionPay card."""
    card = traced()
    assert [each.aid.hex().upper() for each in card.candidates] == [
        "A000000333010102",
        "A000000333010101",
        "A000000333010103",
    ]
    assert [each.priority for each in card.candidates] == [1, 2, 3]
    assert card.application.hex().upper() == "A000000333010102"
    assert card.aip.hex().upper() == "7C00"
    assert [(each.sfi, each.first, each.last, each.authenticated) for each in card.afl] == [
        (1, 1, 3, 0),
        (2, 1, 5, 1),
        (4, 1, 1, 0),
    ]
    assert [(each.requested, each.answered) for each in card.generate_acs] == [
        ("80", "80"),
        ("40", "40"),
    ]
    assert [each.sent(0x95)[0].hex().upper() for each in card.generate_acs] == [
        "0000008000",
        "0000008040",
    ]
    (external,) = card.of("EA")
    assert external.sw == "6700"
    assert len(external.command.data) == 8
    assert card.read_by_get_data[0x9F36].value == bytes.fromhex("0006")
    assert not card.problems
    assert not card.duplicates


@needs_trace
def test_the_certificates_of_a_recorded_card_verify() -> None:
    """SDA and DDA verify with CA key 09, step by step."""
    found = audit(traced(), ("unionpay",), "150316")
    results = {each.step: each.result for each in found.checks}
    assert results == {
        Step.CA_KEY: Result.VERIFIED,
        Step.ISSUER_CERTIFICATE: Result.VERIFIED,
        Step.STATIC_DATA: Result.VERIFIED,
        Step.ICC_CERTIFICATE: Result.VERIFIED,
        Step.DYNAMIC_DATA: Result.VERIFIED,
        Step.COMBINED_1: Result.ABSENT,
        Step.COMBINED_2: Result.ABSENT,
    }
    assert "09" in found.check(Step.CA_KEY).reason


@needs_trace
def test_a_recorded_card_of_an_unknown_authority_is_refused_with_its_index() -> None:
    """Without the key nothing verifies, and the reason names RID and index."""
    found = audit(traced(), ("assay-test",), "150316")
    assert {each.result for each in found.checks} == {Result.REFUSED}
    assert found.check(Step.CA_KEY).reason == "A000000333-09"


@needs_trace
def test_the_bits_of_a_recorded_card_are_readable() -> None:
    """T1 and T2 read a trace without acts as one transaction."""
    attempt = Tape(list(trace_events())).attempt()
    assert [(each.value, each.transaction) for each in t1("4.8").read(attempt)] == [(1, 1)]
    assert [each.value for each in t2("5.7").read(attempt)] == [1]
    assert [each.value for each in CVR34.read(attempt)] == ["5E0300"]


def test_a_good_sale_leaves_no_problem() -> None:
    """Selection, options, records and cryptograms of card BC are all found."""
    (card,) = card_transactions(attempt_of(online_sale()))
    assert card.application == AID
    assert card.value(0x5F24).hex() == "301231"
    assert card.wanted_records == ((1, 1), (2, 1), (2, 2))
    assert [each.answered for each in card.generate_acs] == ["80", "40"]
    # The made-up signature is one byte long: no problem of a reading.
    assert not card.problems


def test_broken_answers_are_absent_and_say_why() -> None:
    """A card that talks garbage makes problems, never an exception."""
    tape = Tape()
    tape.reset()
    tape.apdu(b"\x00\xa4\x04\x00\x08" + AID + b"\x00", "6F059F9000")
    tape.apdu("80A8000002830000", "80037C0008" + "9000")
    tape.apdu("00B2010C00", "7105000000" + "9000")
    tape.apdu("00B2", "6700")
    tape.apdu("80AE400000", "8001" + "9000")
    tape.apdu("80CA9F3600")
    (card,) = card_transactions(tape.attempt())
    assert len(card.problems) >= 5
    assert card.afl == ()
    assert card.application == AID
    assert [each.answered for each in card.generate_acs] == [""]
    assert card.exchanges[-1].sw == ""
    assert card.exchanges[3].name.short == "?"


def test_an_object_in_two_records_is_noticed() -> None:
    """The first value stands, the second is a duplicate."""
    attempt = attempt_of(Sale(read=("1/1", "1/1", "2/1", "2/2")))
    (card,) = card_transactions(attempt)
    assert [f"{each.tag:X}" for each in card.duplicates] == ["9F08"]
    (card,) = card_transactions(attempt_of(Sale()))
    assert card.duplicates == ()


def test_static_data_are_the_records_the_file_locator_says_and_the_aip() -> None:
    """Records without their template, then the AIP because 9F4A is 82."""
    sale = Sale(afl="0801010010010201", objects={0x9F4A: "82"})
    (card,) = card_transactions(attempt_of(sale))
    assert card.static_data.endswith(bytes.fromhex("7C00"))
    assert bytes.fromhex("5F2403301231") in card.static_data
    assert not card.static_data.startswith(b"\x70")
    (card,) = card_transactions(attempt_of(Sale(afl="0801010010010201")))
    assert not card.static_data.endswith(bytes.fromhex("7C00"))


def test_a_reselected_application_is_a_transaction_of_its_own() -> None:
    """After 6985 to GPO the next application begins with its SELECT."""
    tape = Tape()
    tape.reset()
    select = b"\x00\xa4\x04\x00\x08" + AID + b"\x00"
    fci = tlv(0x6F, tlv(0x84, AID)) + b"\x90\x00"
    for answer in ("6985", "800A7C000801010010010200" + "9000"):
        tape.apdu(select, fci)
        tape.apdu("80A8000002830000", answer)
    found = card_transactions(tape.attempt())
    assert [bool(card.afl) for card in found] == [False, True]


def test_t0_repetitions_are_one_exchange() -> None:
    """6Cxx and 61xx are matters of the transport."""
    tape = Tape()
    tape.reset()
    tape.apdu("00B2010C00", "6C05")
    tape.apdu("00B2010C05", "7003500141" + "9000")
    tape.apdu("80A80000028300", "6104")
    tape.apdu("00C0000004", "80027C00" + "9000")
    (session,) = sessions(tape.attempt())
    assert [(each.name.short, each.sw) for each in session.exchanges] == [
        ("RR", "9000"),
        ("GPO", "9000"),
    ]
    assert session.atr == bytes.fromhex("3B600000")


def test_data_objects_are_seen_in_both_formats() -> None:
    """AIP and cryptogram of format 1 have no tags inside, and are objects all the same."""
    seen = {each.value for each in sent_objects(attempt_of(Sale()))}
    assert (0x82, bytes.fromhex("7C00")) in seen
    assert (0x9F27, b"\x40") in seen
    assert (0x5F24, bytes.fromhex("301231")) in seen


def test_the_list_of_a_cryptogram_says_what_was_not_readable() -> None:
    """Data that do not fit the list are not cut up, and the reason is kept."""
    sale = Sale(p1="", after=(("80AE400003112233", "6985"),))
    (card,) = card_transactions(attempt_of(sale))
    (request,) = card.generate_acs
    assert request.filled == ()
    assert "3 bytes answer a list" in request.problem
    assert isinstance(card.fci[0], Tlv)
