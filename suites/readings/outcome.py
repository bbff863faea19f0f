"""How a transaction ended: what the device reported, and whether the host had answered by then."""

from dataclasses import dataclass
from enum import StrEnum

from adapters.events import Port
from suites.attempt import Attempt
from suites.phrase import Phrase
from suites.readings.host_session import OFFLINE_SALE, HostMessage, answer_to, messages, usable
from suites.readings.kiosk_session import payment_word
from suites.readings.once import once
from suites.readings.operator_session import acts
from suites.readings.reading import Reading, Seen


class Outcome(StrEnum):
    """The ends a transaction can have."""

    APPROVED_OFFLINE = "APPROVED_OFFLINE"
    APPROVED_ONLINE = "APPROVED_ONLINE"
    DECLINED = "DECLINED"
    TERMINATED = "TERMINATED"
    NEXT_APPLICATION = "NEXT_APPLICATION"
    OTHER_INTERFACE = "OTHER_INTERFACE"
    CANCELLED = "CANCELLED"
    RETAP = "RETAP"
    NOT_STARTED = "NOT_STARTED"
    NOT_SIGNED_ON = "NOT_SIGNED_ON"


# Requests, voids and refunds, which the host decides (host and kiosk facts, 1.7).
ASKING = frozenset(("0100", "0200", "0220"))
APPROVED = frozenset((Outcome.APPROVED_OFFLINE, Outcome.APPROVED_ONLINE))
# A device says that it approved; whether it did so online is seen at the host port.
APPROVED_WORDS = frozenset(("APPROVED", *APPROVED))
NOTATIONS = {
    (Outcome.APPROVED_OFFLINE, False): "OFF_APP",
    (Outcome.APPROVED_ONLINE, True): "ON_APP",
    (Outcome.DECLINED, False): "OFF_DEC",
    (Outcome.DECLINED, True): "ON_DEC",
    (Outcome.TERMINATED, False): "TERM",
    (Outcome.NEXT_APPLICATION, False): "RESEL",
    (Outcome.OTHER_INTERFACE, False): "OTHER_IF",
    (Outcome.CANCELLED, False): "CANCEL",
}


@dataclass(frozen=True, slots=True)
class Ending:
    """An outcome; `online` tells a decision made with the host's answer, False for all others."""

    outcome: Outcome
    online: bool = False

    @property
    def approved(self) -> bool:
        return self.outcome in APPROVED

    def __str__(self) -> str:
        return NOTATIONS.get((self.outcome, self.online), self.outcome.value)


OFF_APP = Ending(Outcome.APPROVED_OFFLINE)
ON_APP = Ending(Outcome.APPROVED_ONLINE, online=True)
OFF_DEC = Ending(Outcome.DECLINED)
ON_DEC = Ending(Outcome.DECLINED, online=True)
TERM = Ending(Outcome.TERMINATED)
RESEL = Ending(Outcome.NEXT_APPLICATION)
FALLBACK, CANCEL = Ending(Outcome.OTHER_INTERFACE), Ending(Outcome.CANCELLED)


@once
def endings(attempt: Attempt) -> tuple[Seen[Ending], ...]:
    """The ending of each transaction whose report has a known word."""
    found: list[Seen[Ending]] = []
    for act in acts(attempt):
        # A kiosk says no word: its states tell.
        word = act.outcome or payment_word(attempt, act)
        known = word in APPROVED_WORDS or word in set(Outcome)
        if act.transaction and act.reported and known:
            answers = answered_online(attempt, act.transaction)
            ending = _ending(word, online=bool(answers))
            found.append(Seen(ending, (*answers, act.events[-1]), act.transaction))
    return tuple(found)


def answered_online(attempt: Attempt, transaction: int) -> tuple[int, ...]:
    """The events of usable host answers to requests of a transaction, those of a stripe too."""
    return tuple(
        answer.event
        for request in messages(attempt)
        if _asks_host(request) and request.transaction == transaction
        for answer in answer_to(request, messages(attempt))
        if usable(answer, request)
    )


def _asks_host(message: HostMessage) -> bool:
    offline = message.private_60.type_code == OFFLINE_SALE
    return message.from_terminal and message.mti in ASKING and not offline


def _ending(word: str, *, online: bool) -> Ending:
    if word in APPROVED_WORDS:
        return ON_APP if online else OFF_APP
    outcome = Outcome(word)
    return Ending(outcome, online=online and outcome is Outcome.DECLINED)


OUT: Reading[Ending] = Reading(
    "OUT",
    endings,
    frozenset((Port.OPERATOR,)),
    lambda _, ending: Phrase(f"outcome-{ending}"),
)
