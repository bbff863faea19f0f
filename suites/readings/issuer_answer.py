"""What the issuer sent for the card, and what the card was sent of it: 91, 71, 72, 86."""

from collections.abc import Callable
from functools import partial

from adapters.events import Port
from suites.attempt import Attempt
from suites.conditions.condition import Condition, finding
from suites.finding import Finding, Verdict
from suites.phrase import Phrase
from suites.readings.card_transaction import Exchange, sessions
from suites.readings.host_session import HostMessage, answer_to, messages, of_kind
from suites.readings.reading import Reading, Seen, Value, in_each_transaction
from suites.readings.transactions import OUTSIDE, Transaction

SCRIPT_COMMAND_86 = 0x86
HOST, CARD = frozenset((Port.HOST_T,)), frozenset((Port.ICC,))
Sightings = tuple[Seen[Value], ...]


def answers(attempt: Attempt) -> tuple[HostMessage, ...]:
    """The host's answers to the authorisations of chip transactions."""
    found = messages(attempt)
    return tuple(each for asked in of_kind(attempt, "AUTH") for each in answer_to(asked, found))


def a55(tag: str) -> Reading[Value]:
    """The value of a tag in DE55 of the host's answer."""

    def read(attempt: Attempt) -> Sightings:
        return tuple(
            Seen(value.hex().upper(), (each.event,), each.transaction)
            for each in answers(attempt)
            for value in each.object_55(int(tag, 16))
        )

    return Reading(f"tag{tag}", read, HOST)


def _answer_codes(attempt: Attempt) -> Sightings:
    return tuple(
        Seen(each.response_code.encode().hex().upper(), (each.event,), each.transaction)
        for each in answers(attempt)
        if each.response_code
    )


# DE39 of the host's answer as 8A has it: the characters in hex.
DE39_AS_8A: Reading[Value] = Reading("DE39", _answer_codes, HOST)


def _of_commands(
    notation: str, name: str, look: Callable[[Exchange], Value]
) -> Reading[Value]:
    def read(attempt: Attempt) -> Sightings:
        return tuple(
            Seen(look(each), each.events[:1], each.transaction)
            for session in sessions(attempt)
            for each in session.exchanges
            if each.transaction != OUTSIDE and name in each.name.names
        )

    return Reading(notation, read, CARD)


# What EXTERNAL AUTHENTICATE carries, and how many bytes that are.
EA_DATA: Reading[Value] = _of_commands(
    "EA.data", "EA", lambda each: each.command.data.hex().upper()
)
EA_LC: Reading[Value] = _of_commands("EA.Lc", "EA", lambda each: len(each.command.data))
VER_P2: Reading[Value] = _of_commands("VER.P2", "VER", lambda each: f"{each.command.p2:02X}")


def scr_bytes(number: int) -> Reading[Value]:
    """SCR(n).bytes: the script command as it was sent, in hex."""
    return _of_commands(
        f"SCR({number}).bytes", f"SCR({number})", lambda each: each.sent.hex().upper()
    )


def scr_ins(number: int) -> Reading[Value]:
    """SCR(n).INS."""
    return _of_commands(
        f"SCR({number}).INS", f"SCR({number})", lambda each: f"{each.command.ins:02X}"
    )


def _length(attempt: Attempt) -> Sightings:
    return tuple(
        Seen(len(str(seen.value)) // 2, seen.events, seen.transaction)
        for seen in a55("91").read(attempt)
    )


LENGTH_OF_91: Reading[Value] = Reading("len(91)", _length, HOST)


def _all_sent(transaction: Transaction, attempt: Attempt) -> Finding:
    wanted = [
        (command, each.event)
        for each in answers(attempt)
        if each.transaction == transaction.number
        for command in each.object_55(SCRIPT_COMMAND_86)
    ]
    if not wanted:
        unseen = Phrase("nothing-seen", ("86",))
        return finding(NOTATION, Verdict.INCONCLUSIVE, EXPECTED, unseen, transaction.span)
    sent = [
        (each.sent, each.events[0])
        for session in sessions(attempt)
        for each in session.exchanges
        if each.transaction == transaction.number
    ]
    # In the order of the answer, others in between or not.
    rest, events = iter(sent), [event for _, event in wanted[:1]]
    found = 0
    for command, _ in wanted:
        match = next((event for each, event in rest if each == command), 0)
        if not match:
            break
        found += 1
        events.append(match)
    ended = transaction.ended
    missing = Verdict.FAIL if ended else Verdict.INCONCLUSIVE
    verdict = Verdict.PASS if found == len(wanted) else missing
    observed = Phrase("commands-sent", (str(found), str(len(wanted))))
    return finding(NOTATION, verdict, EXPECTED, observed, transaction.span, events)


NOTATION = "all commands sent"
EXPECTED = Phrase("all-commands-sent")
# Every 86 of the answer reaches the card unchanged, in its order.
ALL_COMMANDS_SENT = Condition(
    NOTATION, partial(in_each_transaction, NOTATION, EXPECTED, _all_sent), HOST | CARD
)
