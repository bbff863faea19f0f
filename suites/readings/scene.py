"""One transaction as all ports saw it: what invariants and action analysis look at."""

from collections.abc import Mapping
from dataclasses import dataclass

from adapters.events import Port
from suites.attempt import Attempt, Setting
from suites.model.action_analysis import TerminalClass, classes
from suites.readings.card_transaction import CardTransaction, GenerateAc, card_transactions
from suites.readings.host_session import (
    HostMessage,
    answer_to,
    messages,
    of_kind,
    usable,
)
from suites.readings.offline_authentication import Audit, audited
from suites.readings.once import once
from suites.readings.outcome import Ending, endings
from suites.readings.reading import Seen
from suites.readings.settings import in_force
from suites.readings.transactions import Transaction, transactions


@dataclass(frozen=True, slots=True)
class Scene:
    """A transaction with its card side, its host side and its ending."""

    attempt: Attempt
    transaction: Transaction
    cards: tuple[CardTransaction, ...]
    messages: tuple[HostMessage, ...]
    endings: tuple[Seen[Ending], ...]

    @property
    def number(self) -> int:
        return self.transaction.number

    @property
    def settings(self) -> Mapping[str, Setting]:
        """The settings in force when the transaction began."""
        return in_force(self.attempt, self.transaction.span[0])

    @property
    def terminal_class(self) -> tuple[TerminalClass, ...]:
        """The class of the terminal; none or several where its claims do not tell."""
        claims = self.attempt.facts.claims
        return classes(claims, str(self.settings.get("terminal-type", "")))

    @property
    def last_generate_ac(self) -> tuple[tuple[CardTransaction, GenerateAc], ...]:
        """The last GENERATE AC with its card; none where none was sent."""
        found = [(card, each) for card in self.cards for each in card.generate_acs]
        return tuple(found[-1:])

    @property
    def host_recorded(self) -> bool:
        """Whether anything at all crossed the host port, as a sign-on does."""
        return any(event.port is Port.HOST_T for event in self.attempt.events)

    def audit(self, card: CardTransaction) -> Audit:
        return audited(self.attempt, card)

    def sent(self, kind: str) -> tuple[HostMessage, ...]:
        """The terminal's messages of a kind (AUTH, REV, SCRN, OFFL) in this transaction."""
        return tuple(
            each for each in of_kind(self.attempt, kind) if each.transaction == self.number
        )

    def answers(self, request: HostMessage) -> tuple[HostMessage, ...]:
        """The host's answer to a request, usable or not."""
        return answer_to(request, messages(self.attempt))

    def usable_answers(self) -> tuple[HostMessage, ...]:
        """The answers to authorisations that the terminal must take."""
        return tuple(
            answer
            for request in self.sent("AUTH")
            for answer in self.answers(request)
            if usable(answer, request)
        )


@once
def scenes(attempt: Attempt) -> tuple[Scene, ...]:
    """Every transaction of the body."""
    cards, found, ends = card_transactions(attempt), messages(attempt), endings(attempt)
    return tuple(
        Scene(
            attempt=attempt,
            transaction=transaction,
            cards=tuple(each for each in cards if each.transaction == transaction.number),
            messages=tuple(each for each in found if each.transaction == transaction.number),
            endings=tuple(each for each in ends if each.transaction == transaction.number),
        )
        for transaction in transactions(attempt)
    )
