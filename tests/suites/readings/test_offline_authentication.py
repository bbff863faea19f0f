"""The auditor: certificates and signatures of a card made here, and each way they can be wrong."""

from dataclasses import replace
from hashlib import sha1

import pytest

from fixtures.crypto.signing import (
    icc_certificate,
    issuer_certificate,
    signed_dynamic_data,
    signed_static_data,
)
from fixtures.crypto.test_keys import bc_keys
from suites.readings.card_transaction import CardTransaction, card_transactions
from suites.readings.offline_authentication import Audit, Result, Step, audit
from tests.suites.recordings import Sale, Tape, attempt_of, purchase, tlv

KEYS = bc_keys()
STATIC = bytes.fromhex("7D00")
NUMBER = "11223344"


def objects(static: bytes = STATIC) -> dict[int, str]:
    identifier = bytes.fromhex("622848FF")
    certificate, remainder = issuer_certificate(
        KEYS.ca, KEYS.issuer, identifier, bytes.fromhex("1230"), b"\x00\x00\x01"
    )
    icc, icc_remainder = icc_certificate(
        KEYS.issuer, KEYS.icc, KEYS.pan, bytes.fromhex("1230"), b"\x00\x00\x02", static
    )
    values = {
        0x8F: bytes((KEYS.ca_index,)),
        0x90: certificate,
        0x92: remainder,
        0x9F32: KEYS.issuer.exponent,
        0x9F46: icc,
        0x9F48: icc_remainder,
        0x9F47: KEYS.icc.exponent,
        0x93: signed_static_data(KEYS.issuer, b"\xda\xc0", static),
        0x9F4A: b"\x82",
    }
    return {tag: value.hex() for tag, value in values.items() if value}


def signed_sale(**changed: str) -> Sale:
    """A sale whose GAC1 asks for a combined signature, and a card that gives one."""
    found = objects() | {int(name[1:], 16): value for name, value in changed.items()}
    return Sale(aip="7D00", objects=found, p1="", before=(), cdol1="9F3704")


def combined_answer(sale: Sale, *, cid: int = 0x80, tamper: bytes = b"") -> Tape:
    """The recording of that sale; the answer is signed over what was really sent."""
    tape = Tape()
    tape.sign_on()
    data = bytes.fromhex(NUMBER)
    unsigned = tlv(0x9F27, f"{cid:02X}") + tlv(0x9F36, "0001") + tlv(0x9F10, "07010103A0A80201")
    hashed = sha1(data + unsigned + tamper, usedforsecurity=False).digest()
    dynamic = b"\x08ABCDEFGH" + b"\x80" + b"CRYPTOGR" + hashed
    signature = signed_dynamic_data(KEYS.icc, dynamic, data)
    command = b"\x80\xae\x90\x00\x04" + data + b"\x00"
    answer = tlv(0x77, unsigned, tlv(0x9F4B, signature)) + b"\x90\x00"
    purchase(tape, replace(sale, after=((command.hex(), answer.hex()),)))
    return tape


def audited(tape: Tape) -> tuple[CardTransaction, Audit]:
    (card,) = card_transactions(tape.attempt())
    return card, audit(card, ("assay-test",), "110315")


def test_a_combined_signature_verifies_and_gives_the_cryptogram() -> None:
    """9F26 comes out of 9F4B, and the hash covers what was sent and answered."""
    card, found = audited(combined_answer(signed_sale()))
    assert found.verified(Step.COMBINED_1)
    assert found.cryptogram(card.generate_acs[0]) == b"CRYPTOGR"
    assert not found.combined_failed(card.generate_acs[0])
    assert found.verified(Step.STATIC_DATA)


@pytest.mark.parametrize(
    "tape, reason",
    [
        (combined_answer(signed_sale(), tamper=b"x"), "transaction-data-hash"),
        (combined_answer(signed_sale(), cid=0x40), "cryptogram-information-data"),
        (combined_answer(signed_sale(t9F46="00" * 10)), "9F46 not verified"),
    ],
)
def test_a_wrong_combined_signature_is_refused_with_its_reason(tape: Tape, reason: str) -> None:
    """What was answered is not what was signed."""
    card, found = audited(tape)
    assert found.check(Step.COMBINED_1).reason == reason
    assert found.combined_failed(card.generate_acs[0])


@pytest.mark.parametrize(
    "sale, step, result, reason",
    [
        (signed_sale(t8F=""), Step.CA_KEY, Result.ABSENT, "8F"),
        (signed_sale(t8F="01"), Step.CA_KEY, Result.REFUSED, "A000000333-01"),
        (signed_sale(t90=""), Step.ISSUER_CERTIFICATE, Result.ABSENT, "90"),
        (signed_sale(t90="00" * 10), Step.ISSUER_CERTIFICATE, Result.REFUSED, "length"),
        (signed_sale(t93=""), Step.STATIC_DATA, Result.ABSENT, "93"),
        (signed_sale(t9F4A="5A"), Step.STATIC_DATA, Result.REFUSED, "sda-tag-list"),
        (signed_sale(t5A="ABCD"), Step.ISSUER_CERTIFICATE, Result.REFUSED, "PAN"),
        (signed_sale(), Step.DYNAMIC_DATA, Result.ABSENT, "INTERNAL AUTHENTICATE"),
    ],
)
def test_each_step_says_what_is_absent_or_refused(
    sale: Sale, step: Step, result: Result, reason: str
) -> None:
    """A tag that is missing is absent; what does not verify is refused with the check."""
    (card,) = card_transactions(attempt_of(sale))
    check = audit(card, ("assay-test",), "110315").check(step)
    assert check.result is result
    assert reason in check.reason


def test_static_data_that_changed_fail() -> None:
    """The AIP is part of what SDA signs."""
    sale = replace(signed_sale(), aip="5C00")
    (card,) = card_transactions(attempt_of(sale))
    found = audit(card, ("assay-test",), "110315")
    assert found.check(Step.STATIC_DATA).reason == "hash"
    assert found.verified(Step.ISSUER_CERTIFICATE)
    assert not found.icc_key_recovered
