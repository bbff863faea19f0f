"""What the card under test proves: cryptograms by the issuer's test keys, signatures by its own."""

from collections.abc import Callable, Iterator, Mapping

from adapters.codec.dol import Filled
from suites.attempt import Attempt
from suites.model import card_cryptogram
from suites.phrase import Phrase
from suites.readings.card_session import answered
from suites.readings.card_transaction import (
    AC_9F26,
    AIP_82,
    ATC_9F36,
    IAD_9F10,
    CardTransaction,
    Exchange,
    Signature,
    cards_under_test,
)
from suites.readings.offline_authentication import Step, audited
from suites.readings.once import once
from suites.readings.reader_session import CVR_AT, NEEDS
from suites.readings.reading import Reading, Seen, Value
from suites.readings.transactions import OUTSIDE
from suites.rules import Trigger

PAN_5A, SEQUENCE_NUMBER_5F34, TRACK_2_57 = 0x5A, 0x5F34, 0x57
RIGHT, WRONG = "right", "wrong"


def mac(trigger: Trigger) -> Reading[Value]:
    """"right" where 9F26 is the issuer's own over what the reader sent, else "wrong".

    Nothing is seen where there is no cryptogram, or something that it covers is not known.
    """

    def read(attempt: Attempt) -> tuple[Seen[Value], ...]:
        return tuple(
            seen
            for card in cards_under_test(attempt)
            if card.transaction != OUTSIDE
            for seen in _checked(card, trigger)
        )

    return Reading(f"MAC({trigger.what})", read, NEEDS)


def _checked(card: CardTransaction, trigger: Trigger) -> Iterator[Seen[Value]]:
    for exchange in card.exchanges:
        given = dict(answered(exchange))
        if trigger.what != exchange.name.short or AC_9F26 not in given:
            continue
        known = _elements(card, exchange, given)
        pan = _pan(card, given)
        if not card_cryptogram.is_known(pan) or card_cryptogram.missing(known):
            continue
        psn = given.get(SEQUENCE_NUMBER_5F34) or card.value(SEQUENCE_NUMBER_5F34)
        cvr = given.get(IAD_9F10, b"")[CVR_AT]
        said = _compared(given[AC_9F26], pan, psn.hex(), known, cvr)
        yield Seen(said, exchange.events, card.transaction)


def _compared(
    given: bytes, pan: str, psn: str, known: Mapping[int, bytes], cvr: bytes
) -> str:
    try:
        return RIGHT if card_cryptogram.expected(pan, psn, known, cvr) == given else WRONG
    except ValueError:
        # A counter or CVR of a wrong length cannot have been covered rightly.
        return WRONG


def _elements(
    card: CardTransaction, exchange: Exchange, given: Mapping[int, bytes]
) -> Mapping[int, bytes]:
    """What the reader sent for the list of this command, with AIP and ATC of the card."""
    sent = {each.entry.tag: each.value for each in _filled(card, exchange)}
    aip = given.get(AIP_82) or card.aip
    return {**sent, AIP_82: aip, ATC_9F36: given.get(ATC_9F36, b"")}


def _filled(card: CardTransaction, exchange: Exchange) -> tuple[Filled, ...]:
    for each in card.generate_acs:
        if each.events == exchange.events:
            return each.filled
    return card.pdol_filled if exchange.family == "GPO" else ()


def _pan(card: CardTransaction, given: Mapping[int, bytes]) -> str:
    track = (given.get(TRACK_2_57) or card.value(TRACK_2_57)).hex().upper().partition("D")[0]
    return card.value(PAN_5A).hex().upper().rstrip("F") or track


def _verified(step: Step) -> Callable[[Attempt], tuple[Seen[Value], ...]]:
    @once
    def read(attempt: Attempt) -> tuple[Seen[Value], ...]:
        return tuple(
            Seen(audited(attempt, card).check(step).result.value, _events(card), card.transaction)
            for card in cards_under_test(attempt)
            if card.transaction != OUTSIDE and any(_answered(each) for each in card.signatures)
        )

    return read


def _answered(signature: Signature) -> bool:
    return len(signature.events) > 1


def _events(card: CardTransaction) -> tuple[int, ...]:
    return tuple(event for each in card.signatures for event in each.events)


# INTERNAL AUTHENTICATE: verified, refused or absent, by the card's certificates from the CA key on.
DDA: Reading[Value] = Reading(
    "DDA",
    _verified(Step.DYNAMIC_DATA),
    NEEDS,
    lambda notation, value: Phrase("value", (notation, str(value))),
)
