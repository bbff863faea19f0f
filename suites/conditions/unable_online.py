"""What the second GENERATE AC asks for where the host could not be reached (EMV Book 3, 10.7)."""

from collections.abc import Iterator

from adapters.events import Port
from suites.attempt import Attempt
from suites.conditions.condition import Condition, finding
from suites.finding import Finding, Verdict
from suites.model.action_analysis import ActionCodes, decision_without_host, issuer_codes
from suites.model.bits import TVR_SIZE
from suites.phrase import Phrase
from suites.readings.card_transaction import CardTransaction, GenerateAc
from suites.readings.scene import Scene, scenes
from suites.readings.settings import as_bytes

NOTATION = "P1(GAC2) by default codes"
TVR_95, IAC_DENIAL_9F0E, IAC_ONLINE_9F0F, IAC_DEFAULT_9F0D = 0x95, 0x9F0E, 0x9F0F, 0x9F0D


def _default_codes(attempt: Attempt) -> tuple[Finding, ...]:
    found = tuple(each for scene in scenes(attempt) for each in _in(scene))
    expected, unseen = Phrase("value", (NOTATION, "TAA")), Phrase("nothing-seen", ("GAC2",))
    nothing = finding(NOTATION, Verdict.INCONCLUSIVE, expected, unseen, attempt.span)
    return found or (nothing,)


def _in(scene: Scene) -> Iterator[Finding]:
    for card in scene.cards:
        for request in card.generate_ac(2):
            yield _one(scene, card, request)


def _one(scene: Scene, card: CardTransaction, request: GenerateAc) -> Finding:
    # The TVR that the first GENERATE AC had: CDOL2 need not ask for it.
    sent = [*(tvr for first in card.generate_ac(1) for tvr in first.sent(TVR_95))]
    tvrs = [tvr for tvr in (*request.sent(TVR_95), *sent) if len(tvr) == TVR_SIZE]
    issuer = issuer_codes(
        card.value(IAC_DENIAL_9F0E), card.value(IAC_ONLINE_9F0F), card.value(IAC_DEFAULT_9F0D)
    )
    terminal = ActionCodes(
        denial=as_bytes(scene.settings, "tac-denial"),
        online=as_bytes(scene.settings, "tac-online"),
        default=as_bytes(scene.settings, "tac-default"),
    )
    span = scene.transaction.span
    if not (tvrs and issuer.complete and terminal.complete):
        expected = Phrase("value", (NOTATION, "TAA"))
        observed = Phrase("decision-data-missing", ("TVR, IAC, TAC",))
        return finding(NOTATION, Verdict.INCONCLUSIVE, expected, observed, span, request.events)
    right = decision_without_host(tvrs[0], issuer, terminal)
    verdict = Verdict.PASS if request.requested == right else Verdict.FAIL
    expected = Phrase("decision", ("GAC2", right, tvrs[0].hex().upper()))
    observed = Phrase(f"asks-{request.requested}", ("GAC2",))
    return finding(NOTATION, verdict, expected, observed, span, request.events)


DEFAULT_CODES = Condition(NOTATION, _default_codes, frozenset((Port.ICC, Port.OPERATOR)))
