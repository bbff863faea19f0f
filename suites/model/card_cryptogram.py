"""What the issuer expects of a card's cryptogram: version 01 (contactless facts, 4.9).

The keys are those of the test cards, by PAN; a card of another issuer cannot be looked at.
"""

from collections.abc import Mapping
from functools import cache

from fixtures.crypto.card_keys import card_key, session_key
from fixtures.crypto.cryptograms import CVN_01_ELEMENTS, application_cryptogram, cvn_01_data
from fixtures.crypto.test_keys import BcKeys, bc_keys, reference_keys

ATC_9F36 = 0x9F36


@cache
def _keys() -> Mapping[str, BcKeys]:
    return {keys.pan: keys for keys in (bc_keys(), reference_keys())}


def is_known(pan: str) -> bool:
    """Whether the bench holds the keys of a card."""
    return pan in _keys()


def missing(elements: Mapping[int, bytes]) -> tuple[int, ...]:
    """The tags that a cryptogram covers and that were not seen."""
    return tuple(tag for tag in CVN_01_ELEMENTS if tag not in elements)


def expected(pan: str, psn: str, elements: Mapping[int, bytes], cvr: bytes) -> bytes:
    """The cryptogram over these elements; ValueError if one has not its length."""
    keys = _keys()[pan]
    atc = int.from_bytes(elements[ATC_9F36], "big")
    key = session_key(card_key(keys.imk_ac, keys.pan, psn), atc)
    return application_cryptogram(key, cvn_01_data(elements, cvr))
