"""What a request to the host repeats of a tap, and whether the issuer can check its cryptogram."""

from collections.abc import Iterator

from adapters.events import Port
from suites.attempt import Attempt
from suites.model import card_cryptogram
from suites.readings.authorisation import RIGHT, WRONG
from suites.readings.card_transaction import AC_9F26, AIP_82, ATC_9F36, IAD_9F10, CardTransaction
from suites.readings.host_session import HostMessage, of_kind
from suites.readings.reading import Reading, Seen, Value
from suites.readings.tap_session import NEEDS, gpo, taps

TRACK_2_57, SEQUENCE_NUMBER_5F34 = 0x57, 0x5F34
CVR_AT = slice(3, 7)
COVERED = frozenset((AC_9F26, IAD_9F10, AIP_82, ATC_9F36))


def _track_2(attempt: Attempt) -> tuple[Seen[Value], ...]:
    return tuple(
        Seen(str(seen.value).rstrip("F"), seen.events, seen.transaction)
        for seen in gpo("57").read(attempt)
    )


# 57 of the answer to GPO without its filler, as DE35 must have it.
TAPPED_TRACK_2: Reading[Value] = Reading("GPO(57)", _track_2, NEEDS)


def _verified(attempt: Attempt) -> tuple[Seen[Value], ...]:
    return tuple(
        seen
        for message in of_kind(attempt, "AUTH")
        for card in taps(attempt)
        if card.quick and card.transaction == message.transaction
        for seen in _checked(message, card)
    )


def _checked(message: HostMessage, card: CardTransaction) -> Iterator[Seen[Value]]:
    sent = {tag: values[0] for tag, values in message.objects.items()}
    pan = card.options.get(TRACK_2_57, b"").hex().upper().partition("D")[0]
    psn = card.options.get(SEQUENCE_NUMBER_5F34, b"")
    if not card_cryptogram.is_known(pan) or not psn:
        return
    right = not card_cryptogram.missing(sent) and sent.keys() >= COVERED
    try:
        # An issuer cannot check a cryptogram over what he is not told.
        right = right and sent[AC_9F26] == card_cryptogram.expected(
            pan, psn.hex(), sent, sent[IAD_9F10][CVR_AT]
        )
    except ValueError:
        right = False
    yield Seen(RIGHT if right else WRONG, (message.event,), message.transaction)


# "right" where 9F26 is the issuer's own over what DE55 says of the tap (contactless facts, 4.9).
TAP_AC_IN_55: Reading[Value] = Reading("MAC(F55)", _verified, NEEDS | {Port.HOST_T})
