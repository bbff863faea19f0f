"""What card and host say to each other through the terminal: cryptogram types, 91, scripts."""

from collections.abc import Iterator

from adapters.events import Port
from suites.attempt import Attempt
from suites.model.bits import bit
from suites.readings.card_transaction import card_transactions
from suites.readings.host_session import answer_to, messages, of_kind, usable
from suites.readings.reading import Reading, Seen, Value
from suites.rules import Trigger

CARD, HOST = frozenset((Port.ICC,)), frozenset((Port.HOST_T,))
SCRIPT_COMMAND_86 = 0x86
Sightings = tuple[Seen[Value], ...]


def cid(trigger: Trigger) -> Reading[Value]:
    """The type that the card answered to GAC1 or GAC2: 00 AAC, 40 TC, 80 ARQC (9F27 with C0)."""

    def read(attempt: Attempt) -> Sightings:
        return tuple(
            Seen(request.answered, request.events, card.transaction)
            for card in card_transactions(attempt)
            for request in card.generate_acs
            if trigger.what == f"GAC{request.number}" and request.answered
        )

    return Reading(f"CID({trigger.what})", read, CARD)


def _sent(family: str, attempt: Attempt) -> Sightings:
    return tuple(
        Seen(each.command.data.hex().upper(), each.events[:1], each.transaction)
        for card in card_transactions(attempt)
        for each in card.of(family)
    )


def _answered(family: str, attempt: Attempt) -> Sightings:
    return tuple(
        Seen(each.sw, each.events, each.transaction)
        for card in card_transactions(attempt)
        for each in card.of(family)
        if each.sw
    )


# The data of EXTERNAL AUTHENTICATE, and the status word of its answer.
EA_DATA: Reading[Value] = Reading("EA.data", lambda attempt: _sent("EA", attempt), CARD)
EA_SW: Reading[Value] = Reading("EA.sw", lambda attempt: _answered("EA", attempt), CARD)


def a55(tag: str) -> Reading[Value]:
    """The value of a tag in DE55 of the answer that a terminal must take."""

    def read(attempt: Attempt) -> Sightings:
        return tuple(
            Seen(value.hex().upper(), (answer.event,), request.transaction)
            for request in of_kind(attempt, "AUTH")
            for answer in answer_to(request, messages(attempt))
            if usable(answer, request)
            for value in answer.object_55(int(tag, 16))
        )

    return Reading(f"A55({tag})", read, HOST)


def f55_bit(tag: str, which: str, kind: str = "AUTH") -> Reading[Value]:
    """A bit of a tag in DE55, "5.6" for byte 5 bit 6, of the authorisation or another message."""

    def read(attempt: Attempt) -> Sightings:
        return tuple(
            Seen(bit(value, which), (each.event,), each.transaction)
            for each in of_kind(attempt, kind)
            for value in each.object_55(int(tag, 16))
        )

    return Reading(f"H({kind}) F55({tag})[{which}]", read, HOST)


def _scripts_sent(attempt: Attempt) -> Iterator[Seen[Value]]:
    for card in card_transactions(attempt):
        sent = card.of("SCR")
        if sent:
            listed = " ".join(each.command.encode().hex().upper() for each in sent)
            events = tuple(event for each in sent for event in each.events)
            yield Seen(listed, events, card.transaction)


def _scripts_asked(attempt: Attempt) -> Iterator[Seen[Value]]:
    for request in of_kind(attempt, "AUTH"):
        for answer in answer_to(request, messages(attempt)):
            commands = answer.object_55(SCRIPT_COMMAND_86)
            if commands and usable(answer, request):
                listed = " ".join(each.hex().upper() for each in commands)
                yield Seen(listed, (answer.event,), request.transaction)


# The script commands as the card got them, and as the issuer's templates have them, one by one.
SCRIPTS_SENT: Reading[Value] = Reading("SCR", lambda attempt: tuple(_scripts_sent(attempt)), CARD)
SCRIPTS_ASKED: Reading[Value] = Reading(
    "A55(86)", lambda attempt: tuple(_scripts_asked(attempt)), HOST
)
