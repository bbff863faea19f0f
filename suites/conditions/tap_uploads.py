"""What of the taps that a card approved reaches the host (JR/T 0025.13; contactless facts, 1.9)."""

from collections.abc import Iterator
from functools import partial

from adapters.events import Port
from suites.attempt import Attempt
from suites.conditions.condition import Condition, finding
from suites.finding import Finding, Verdict
from suites.phrase import Phrase
from suites.readings.card_transaction import AC_9F26, ATC_9F36, CID_9F27, CardTransaction
from suites.readings.host_session import HostMessage, messages
from suites.readings.reading import in_whole_attempt
from suites.readings.tap_session import committed, options, taps
from suites.readings.transactions import Transaction

NOTATION = "H(OFFL) with TC of the tap"
# What an upload repeats of the PDOL data: the card made its cryptogram over them.
REPEATED = frozenset((0x9F02, 0x9F37, 0x95, 0x9A, 0x9C, 0x5F2A, 0x9F1A))
AUTHORISATION_9F74, AUTHORISATION_38, TC_9F27 = 0x9F74, 38, b"\x40"


def _uploads(everything: Transaction, attempt: Attempt) -> Finding:
    expected = Phrase("uploaded")
    approved = [card for card in taps(attempt) if card.quick and committed(attempt, card)]
    sent = [each for each in messages(attempt) if each.from_terminal and each.is_offline_upload]
    if not approved:
        unseen = Phrase("nothing-seen", ("TC",))
        return finding(NOTATION, Verdict.INCONCLUSIVE, expected, unseen, everything.span)
    events = [each.event for each in sent]
    for card in approved:
        events += options(card)[0].events
        for name, said, right in _upload_of(card, sent):
            if said != right:
                final = everything.cleared or bool(sent)
                verdict = Verdict.FAIL if final else Verdict.INCONCLUSIVE
                observed = Phrase("uploaded-otherwise", (name, said or "-", right))
                return finding(NOTATION, verdict, expected, observed, everything.span, events)
    return finding(NOTATION, Verdict.PASS, expected, expected, everything.span, events)


def _upload_of(card: CardTransaction, sent: list[HostMessage]) -> Iterator[tuple[str, str, str]]:
    """Name, what was uploaded of a tap, what is right."""
    cryptogram = card.options[AC_9F26]
    matching = [each for each in sent if each.object_55(AC_9F26)[:1] == (cryptogram,)]
    if not matching:
        yield "F55(9F26)", "", _hex(cryptogram)
        return
    right = {each.entry.tag: each.value for each in card.pdol_filled if each.entry.tag in REPEATED}
    right |= {ATC_9F36: card.options.get(ATC_9F36, b""), CID_9F27: TC_9F27}
    for tag, value in right.items():
        yield f"F55({tag:X})", _hex(b"".join(matching[0].object_55(tag)[:1])), _hex(value)
    code = card.value(AUTHORISATION_9F74).decode("ascii", "replace")
    yield "DE(38)", matching[0].message.text(AUTHORISATION_38), code


def _hex(value: bytes) -> str:
    return value.hex().upper()


# What was approved offline reaches the host as the card made it: 9F26, 9F27=40, ATC, PDOL values.
TAP_UPLOADED = Condition(
    NOTATION,
    partial(in_whole_attempt, NOTATION, Phrase("uploaded"), _uploads),
    frozenset((Port.ICC, Port.HOST_T)),
)
