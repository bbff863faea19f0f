"""What a recording shows beyond its invariants: told with its reason, judged by nobody.

Without an ICS nobody can say whether a device should have done otherwise.
"""

from collections.abc import Iterator

from adapters.events import Port
from suites.attempt import Attempt
from suites.conditions.condition import Condition, finding
from suites.finding import Finding, Verdict
from suites.phrase import Phrase
from suites.readings.card_transaction import DONE, CardTransaction, Exchange, card_transactions

# JR/T 0025.5 15, JR/T 0025.7: issuer authentication data are ARPC (8) and response code (2).
ARPC_SIZE, RESPONSE_CODE_SIZE = 8, 2
WRONG_LENGTH = "6700"
TC = "40"


def _refused_authentications(card: CardTransaction) -> Iterator[Exchange]:
    return (each for each in card.of("EA") if each.sw not in ("", DONE))


def _issuer_authentication(attempt: Attempt) -> Iterator[Finding]:
    expected = Phrase("ea-accepted")
    for card in card_transactions(attempt):
        for exchange in _refused_authentications(card):
            sent = len(exchange.command.data)
            short = exchange.sw == WRONG_LENGTH and sent < ARPC_SIZE + RESPONSE_CODE_SIZE
            observed = (
                Phrase("ea-without-response-code", (exchange.sw, str(sent)))
                if short
                else Phrase("ea-refused", (exchange.sw, str(sent)))
            )
            yield finding("EA", Verdict.NONE, expected, observed, attempt.span, exchange.events)


def _request_after_it(attempt: Attempt) -> Iterator[Finding]:
    for card in card_transactions(attempt):
        refused = [each.events[0] for each in _refused_authentications(card)]
        for request in card.generate_ac(2) if refused else ():
            # EMV 4.1 Book 3, 10.9: the terminal goes on, and the card decides.
            observed = Phrase(f"asks-{request.requested}", ("GAC2",))
            expected = Phrase("asks-after-refused-ea")
            yield finding(
                "P1(GAC2) after EA",
                Verdict.NONE,
                expected,
                observed,
                attempt.span,
                (*refused, request.events[0]),
            )


OBSERVATIONS = (
    Condition("EA", lambda attempt: tuple(_issuer_authentication(attempt)), frozenset({Port.ICC})),
    Condition(
        "P1(GAC2) after EA",
        lambda attempt: tuple(_request_after_it(attempt)),
        frozenset({Port.ICC}),
    ),
)
