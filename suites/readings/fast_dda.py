"""What an auditor finds who verifies the fast DDA of a recorded tap (JR/T 0025.12 Annex B)."""

from collections.abc import Iterator
from dataclasses import dataclass

from fixtures.crypto import ca_keys, fdda
from fixtures.crypto.ca_keys import CaKey
from fixtures.crypto.certificates import CertificateRefused, icc_key, issuer_key
from fixtures.crypto.fdda import Covered, FddaRefused
from suites.attempt import Attempt
from suites.model.bits import bit
from suites.phrase import Phrase
from suites.readings.card_transaction import (
    SDA_TAG_LIST_9F4A,
    SDA_TAG_LIST_AIP,
    SDAD_9F4B,
    CardTransaction,
)
from suites.readings.offline_authentication import (
    CA_INDEX_8F,
    DATE_9A,
    ICC_CERTIFICATE_9F46,
    ICC_EXPONENT_9F47,
    ICC_REMAINDER_9F48,
    ISSUER_CERTIFICATE_90,
    ISSUER_EXPONENT_9F32,
    ISSUER_REMAINDER_92,
    UNPREDICTABLE_NUMBER_9F37,
    Result,
)
from suites.readings.reading import Reading, Seen, Value
from suites.readings.settings import as_texts, in_force
from suites.readings.tap_session import AMOUNT_9F02, NEEDS, TTQ_9F66, options, taps

CURRENCY_5F2A, RELATED_DATA_9F69, VERSION_9F08, TRACK_2_57 = 0x5F2A, 0x9F69, 0x9F08, 0x57
AIP_DDA = "1.6"
OLDEST_VERSION = bytes(2)


@dataclass(frozen=True, slots=True)
class FastDda:
    """What came of it, and why: the check that refused, or the tag that is absent."""

    result: Result
    reason: str = ""


class _Failed(Exception):
    """A check beyond the certificates, or data that are not there."""


def fast_dda(attempt: Attempt, card: CardTransaction) -> FastDda:
    """With the CA keys that the terminal is loaded with, on the date it gave the card."""
    if not _value(card, SDAD_9F4B):
        return FastDda(Result.ABSENT, "9F4B")
    refused = ""
    for key in _keys(attempt, card):
        try:
            _verify(card, key)
        except (CertificateRefused, FddaRefused, _Failed, ValueError) as failed:
            refused = str(failed)
        else:
            return FastDda(Result.VERIFIED)
    return FastDda(Result.REFUSED, refused or "8F")


def _keys(attempt: Attempt, card: CardTransaction) -> Iterator[CaKey]:
    published = ca_keys.load()
    sets = as_texts(in_force(attempt, card.exchanges[0].events[0]), "ca-key-sets")
    index = card.value(CA_INDEX_8F)
    if len(index) == 1:
        yield from published.find(card.rid, index[0], [name for name in sets if name in published])


def _value(card: CardTransaction, tag: int) -> bytes:
    return card.options.get(tag, b"") or card.value(tag)


def _sent(card: CardTransaction, tag: int) -> bytes:
    found = [each.value for each in card.pdol_filled if each.entry.tag == tag]
    if not found:
        message = f"{tag:X} was not asked for"
        raise _Failed(message)
    return found[0]


def _verify(card: CardTransaction, ca: CaKey) -> None:
    listed = card.value(SDA_TAG_LIST_9F4A)
    if listed and listed != SDA_TAG_LIST_AIP:
        message = "sda-tag-list"
        raise _Failed(message)
    if not bit(card.aip, AIP_DDA):
        message = "82"
        raise _Failed(message)
    # In qPBOC the number inside 57 counts (contactless facts, 1.8 step 2).
    pan = _value(card, TRACK_2_57).hex().upper().partition("D")[0].rstrip("F")
    today = _sent(card, DATE_9A).hex()
    issuer = issuer_key(
        ca,
        card.value(ISSUER_CERTIFICATE_90),
        card.value(ISSUER_REMAINDER_92),
        card.value(ISSUER_EXPONENT_9F32),
        pan,
        today,
    )
    icc = icc_key(
        issuer,
        card.value(ICC_CERTIFICATE_9F46),
        card.value(ICC_REMAINDER_9F48),
        card.value(ICC_EXPONENT_9F47),
        pan,
        card.static_data,
        today,
    )
    covered = Covered(
        _sent(card, UNPREDICTABLE_NUMBER_9F37),
        _sent(card, AMOUNT_9F02),
        _sent(card, CURRENCY_5F2A),
        _value(card, RELATED_DATA_9F69),
    )
    version = fdda.version(covered.related_data)
    application = card.value(VERSION_9F08)
    own = application if len(application) == len(OLDEST_VERSION) else OLDEST_VERSION
    if not fdda.is_version_permitted(version, _sent(card, TTQ_9F66), own):
        message = "version"
        raise _Failed(message)
    fdda.dynamic_number(icc, _value(card, SDAD_9F4B), covered)


def _results(attempt: Attempt) -> tuple[Seen[Value], ...]:
    return tuple(
        Seen(fast_dda(attempt, card).result.value, options(card)[0].events, card.transaction)
        for card in taps(attempt)
        if card.quick and card.records
    )


# verified, refused or absent, where the records of a tap were read.
FDDA: Reading[Value] = Reading(
    "fDDA", _results, NEEDS, lambda notation, value: Phrase("value", (notation, str(value)))
)
