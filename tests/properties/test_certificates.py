"""Certificates and signatures of cards: recovered, or refused for a reason, whatever they hold."""

from collections.abc import Callable
from datetime import date
from hashlib import sha1
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fixtures.crypto import certificates, signing
from fixtures.crypto.ca_keys import CaKey
from fixtures.crypto.certificates import (
    HASH_SIZE,
    ICC_CERTIFICATE_9F46,
    ISSUER_CERTIFICATE_90,
    SIGNED_DYNAMIC_DATA_9F4B,
    SIGNED_STATIC_DATA_93,
    CertificateRefused,
    PublicKey,
    Reason,
)
from fixtures.crypto.signing import PrivateKey
from fixtures.crypto.test_keys import bc_keys
from tests.properties.strategies import bounded, damaged, digits, mutations, sizes

Found = TypeVar("Found")
KEYS = bc_keys()
CA, ISSUER, ICC = KEYS.ca, KEYS.issuer, KEYS.icc
PAN = KEYS.pan
IDENTIFIER = bytes.fromhex(PAN[:6] + "FF")
TODAY = "110315"
SERIAL_SIZE, CODE_SIZE = 3, 2
LATER = st.dates(date(2011, 3, 1), date(2049, 12, 31)).map(
    lambda day: bytes.fromhex(f"{day:%m%y}")
)
SERIALS = st.binary(min_size=3, max_size=3)
STATIC = st.binary(max_size=40)
FORMS = tuple(
    each.form
    for each in (
        ISSUER_CERTIFICATE_90,
        ICC_CERTIFICATE_9F46,
        SIGNED_STATIC_DATA_93,
        SIGNED_DYNAMIC_DATA_9F4B,
    )
)


def ca_key(key: PublicKey) -> CaKey:
    return CaKey(KEYS.ca_rid, 0xE0, key.modulus, key.exponent, "20301231", "CA", "test")


def recovered(recover: Callable[[], Found]) -> tuple[Found, ...]:
    """What is recovered alone, or () where a check refused it for one of the known reasons."""
    try:
        return (recover(),)
    except CertificateRefused as error:
        refused = error
    assert refused.reason in set(Reason)
    return ()


def everything(
    key: PublicKey, signature: bytes, remainder: bytes, exponent: bytes, pan: str, data: bytes
) -> int:
    """How many of the five ways to read a signature accept this one; what they give is sound."""
    certificate = signature, remainder, exponent, pan
    issuers = recovered(lambda: certificates.issuer_key(ca_key(key), *certificate, TODAY))
    iccs = recovered(lambda: certificates.icc_key(key, *certificate, data, TODAY))
    codes = recovered(lambda: certificates.data_authentication_code(key, signature, data))
    numbers = recovered(lambda: certificates.dynamic_number(key, signature, data))
    combined = recovered(lambda: certificates.combined(key, signature, data))
    for each in (*issuers, *iccs):
        assert each.modulus
        assert each.expiry.isdecimal()
        assert len(each.serial) == SERIAL_SIZE
    assert all(len(code) == CODE_SIZE for code in codes)
    for number in (*numbers, *(each.dynamic_number for each in combined)):
        assert 2 <= len(number) <= 8
    assert all(len(each.transaction_data_hash) == HASH_SIZE for each in combined)
    return len(issuers) + len(iccs) + len(codes) + len(numbers) + len(combined)


@bounded(40)
@given(LATER, SERIALS, STATIC, st.binary(min_size=2, max_size=2), st.sampled_from([16, 17, 18, 19]))
def test_what_was_signed_is_recovered(
    expiry: bytes, serial: bytes, static: bytes, code: bytes, length: int
) -> None:
    """Certificates and signatures of the test cards give back what was put into them."""
    pan = KEYS.pan[:length].ljust(length, "0")
    identifier = bytes.fromhex(pan[:6].ljust(8, "F"))
    signed = signing.issuer_certificate(CA, ISSUER, identifier, expiry, serial)
    issuer = certificates.issuer_key(ca_key(CA.public), *signed, ISSUER.exponent, pan, TODAY)
    assert (issuer.modulus, issuer.serial) == (ISSUER.modulus, serial)
    signed = signing.icc_certificate(ISSUER, ICC, pan, expiry, serial, static)
    icc = certificates.icc_key(issuer, *signed, ICC.exponent, pan, static, TODAY)
    assert (icc.modulus, icc.pan, icc.expiry) == (ICC.modulus, pan, expiry.hex())
    signed_93 = signing.signed_static_data(ISSUER, code, static)
    assert certificates.data_authentication_code(issuer, signed_93, static) == code


@bounded(40)
@given(st.binary(min_size=2, max_size=8), st.binary(min_size=29, max_size=29), STATIC)
def test_what_was_signed_dynamically_is_recovered(
    number: bytes, rest: bytes, appended: bytes
) -> None:
    """The card's number and what a CDA signature holds behind it come back as they were signed."""
    dynamic = bytes((len(number),)) + number + rest
    signed = signing.signed_dynamic_data(ICC, dynamic, appended)
    found = certificates.combined(ICC.public, signed, appended)
    assert found.dynamic_number == number
    assert bytes((found.cid,)) + found.cryptogram + found.transaction_data_hash == rest
    assert certificates.dynamic_number(ICC.public, signed, appended) == number


@bounded(150)
@given(
    st.builds(
        PublicKey, st.binary(max_size=80) | st.integers(0, 80).map(bytes), st.binary(max_size=3)
    ),
    st.binary(max_size=80),
    st.booleans(),
    st.binary(max_size=40),
    st.binary(max_size=3),
    digits(1, 19),
    STATIC,
)
def test_any_key_and_signature_are_recovered_or_refused(
    key: PublicKey,
    signature: bytes,
    fits: bool,  # noqa: FBT001  drawn, never written
    remainder: bytes,
    exponent: bytes,
    pan: str,
    data: bytes,
) -> None:
    """No bytes of a stranger's card bring out anything but a refusal with its reason."""
    sized = signature[: len(key.modulus)].ljust(len(key.modulus), b"\0") if fits else signature
    assert not everything(key, sized, remainder, exponent, pan, data)


# Under the exponent 1 a signature opens to itself: what a card can have signed is drawn directly.
OPENS_TO_ITSELF = b"\x01"


def opened(key: PrivateKey, signature: bytes) -> bytes:
    """What stands between header and hash of a signature."""
    return certificates.recover(key.modulus, key.exponent, signature)[1 : -HASH_SIZE - 1]


SOUND = (
    opened(CA, signing.issuer_certificate(CA, ISSUER, IDENTIFIER, b"\x12\x30", b"123")[0]),
    opened(ISSUER, signing.icc_certificate(ISSUER, ICC, PAN, b"\x12\x30", b"123", b"")[0]),
    opened(ISSUER, signing.signed_static_data(ISSUER, b"\x12\x34", b"")),
    opened(ICC, signing.signed_dynamic_data(ICC, b"\x02\x01\x02" + bytes(29), b"")),
)
# Lengths at and beside their limits, what is no digit, no month, no algorithm.
TELLING = (0x00, 0x01, 0x02, 0x03, 0x08, 0x09, 0x13, 0x1F, 0xAA, 0xFF)
FIELDS = range(24)
BODIES = st.sampled_from(SOUND) | st.builds(
    lambda form, body: bytes((form,)) + body, st.sampled_from(FORMS), st.binary(max_size=50)
)


def self_opening(body: bytes, appended: bytes) -> tuple[PublicKey, bytes]:
    """A key and a signature that open to this body behind a right hash."""
    hashed = sha1(body + appended, usedforsecurity=False).digest()
    signature = b"\x6a" + body + hashed + b"\xbc"
    return PublicKey(b"\xff" * len(signature), OPENS_TO_ITSELF), signature


@pytest.mark.parametrize("body", SOUND, ids=["90", "9F46", "93", "9F4B"])
def test_every_field_of_a_body_is_looked_at(body: bytes) -> None:
    """Behind a right hash any byte of the fields is refused, or what it gives is sound."""
    for at in FIELDS:
        for byte in TELLING:
            changed = body[:at] + bytes((byte,)) + body[at + 1 :]
            for exponent in (b"", b"\3"):
                key, signature = self_opening(changed, exponent)
                everything(key, signature, b"", exponent, PAN, b"")
                key, signature = self_opening(changed, bytes(36) + exponent)
                everything(key, signature, bytes(36), exponent, PAN, b"")


@bounded(100)
@given(BODIES, sizes(0, 36), st.sampled_from([b"\3", b""]), STATIC, digits(1, 19) | st.just(PAN))
def test_any_body_behind_a_right_hash_is_recovered_or_refused(
    body: bytes, remainder: bytes, exponent: bytes, static: bytes, pan: str
) -> None:
    """Nonsense that a key really signed is looked at field by field, and nothing breaks on it."""
    for appended in (static, remainder + exponent, remainder + exponent + static):
        key, signature = self_opening(body, appended)
        everything(key, signature, remainder, exponent, pan, static)
        # Cut short, and the trailer put back: the fields end before their places.
        for size in range(2, len(signature), 5):
            short = signature[: size - 1] + b"\xbc"
            cut_key = PublicKey(b"\xff" * size, OPENS_TO_ITSELF)
            everything(cut_key, short, remainder, exponent, pan, static)


@bounded(40)
@given(st.sampled_from(SOUND), STATIC, mutations(STATIC))
def test_what_was_signed_over_other_data_is_refused(
    body: bytes, signed: bytes, sent: bytes
) -> None:
    """The hash binds what is sent beside a signature: with other data it is not accepted."""
    key, signature = self_opening(body, signed)
    assert signed == sent or not recovered(
        lambda: certificates.data_authentication_code(key, signature, sent)
    )
    assert signed == sent or not recovered(
        lambda: certificates.dynamic_number(key, signature, sent)
    )
    assert signed == sent or not recovered(
        lambda: certificates.icc_key(key, signature, b"", b"", PAN, sent, TODAY)
    )


def test_one_fault_anywhere_in_a_certificate_is_refused() -> None:
    """No byte of a certificate can be changed, left out or added."""
    identifier = bytes.fromhex(KEYS.pan[:8])
    certificate, remainder = signing.issuer_certificate(
        CA, ISSUER, identifier, bytes.fromhex("1230"), b"\0\0\1"
    )
    exponent = ISSUER.exponent
    whole = everything(CA.public, certificate, remainder, exponent, KEYS.pan, b"")
    assert whole == 1
    faults = [each for each in damaged(certificate) if each != certificate]
    assert not any(
        everything(CA.public, each, remainder, exponent, KEYS.pan, b"") for each in faults[::7]
    )


@bounded(40)
@given(mutations(st.just(ICC.modulus)), mutations(st.just(ISSUER.exponent)))
def test_another_key_recovers_nothing(modulus: bytes, exponent: bytes) -> None:
    """A damaged key opens no signature, and breaks on none."""
    signed = signing.signed_dynamic_data(ICC, b"\x02\x01\x02", b"")
    key = PublicKey(modulus, exponent)
    whole = key == ICC.public
    assert bool(recovered(lambda: certificates.dynamic_number(key, signed, b""))) is whole
