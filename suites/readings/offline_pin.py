"""Cardholder verification at the card port: what VERIFY carried, the document the card names."""

from collections.abc import Mapping

from adapters.events import Kind, Port
from suites.attempt import Attempt
from suites.readings.card_transaction import card_transactions
from suites.readings.reading import Reading, Seen, Value
from suites.readings.transactions import OUTSIDE, numbered

CARD = frozenset((Port.ICC,))
VERIFY = 0x20
DOCUMENT_NUMBER_9F61, DOCUMENT_TYPE_9F62 = 0x9F61, 0x9F62
# What the bench, who holds the test PIN, saw in a command before it was blanked.
SEEN_PIN = "pin"
# contact facts, 1.7: what 9F62 means.
DOCUMENTS: Mapping[int, str] = {
    0x00: "身份证",
    0x01: "军官证",
    0x02: "护照",
    0x03: "入境证",
    0x04: "临时身份证",
    0x05: "其它",
}


def _verify_data(attempt: Attempt) -> tuple[Seen[Value], ...]:
    return tuple(
        Seen(str(event.detail[SEEN_PIN]), (event.seq,), number)
        for event, number in numbered(attempt)
        if event.port is Port.ICC
        and event.kind is Kind.COMMAND
        and event.data[1:2] == bytes((VERIFY,))
        and number != OUTSIDE
        and SEEN_PIN in event.detail
    )


# "test" where it is 2, length, digits of the test PIN and F to eight bytes; else "other".
VER_DATA: Reading[Value] = Reading("VER.data", _verify_data, CARD)


def _document_number(attempt: Attempt) -> tuple[Seen[Value], ...]:
    return tuple(
        Seen(
            value.decode("ascii", "replace"),
            (card.objects[DOCUMENT_NUMBER_9F61].event,),
            card.transaction,
        )
        for card in card_transactions(attempt)
        if (value := card.value(DOCUMENT_NUMBER_9F61))
    )


def _document_type(attempt: Attempt) -> tuple[Seen[Value], ...]:
    return tuple(
        Seen(DOCUMENTS[value[0]], (card.objects[DOCUMENT_TYPE_9F62].event,), card.transaction)
        for card in card_transactions(attempt)
        if (value := card.value(DOCUMENT_TYPE_9F62)) and value[0] in DOCUMENTS
    )


DOCUMENT_NUMBER: Reading[Value] = Reading("9F61", _document_number, CARD)
DOCUMENT_TYPE: Reading[Value] = Reading("9F62", _document_type, CARD)
