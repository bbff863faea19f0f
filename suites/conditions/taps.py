"""What a contactless terminal must do with a tap, by the model: the amount, the path, fast DDA."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from adapters.events import Port
from suites.acts import Verb
from suites.attempt import Attempt
from suites.conditions.condition import Condition, finding
from suites.finding import Finding, Verdict
from suites.model import taps as model
from suites.model.taps import AfterFailure, Decided, Limits, Path, Prepared
from suites.phrase import Phrase
from suites.readings.card_transaction import DONE, IAD_9F10, CardTransaction, Exchange
from suites.readings.fast_dda import fast_dda
from suites.readings.offline_authentication import Result
from suites.readings.outcome import Outcome
from suites.readings.reading import Reading, Value, in_whole_attempt
from suites.readings.scene import Scene, scenes
from suites.readings.settings import as_number
from suites.readings.tap_session import CTQ_9F6C, PAID, options, path_of, ttq
from suites.readings.transactions import Transaction

CARD, OPERATOR, HOST = Port.ICC, Port.OPERATOR, Port.HOST_T
# What qPBOC has no place for (contactless facts, 1.2).
FULL_ONLY = frozenset(("GAC", "IA", "EA", "VER", "SCR"))
AFTER_OPTIONS = FULL_ONLY | {"RR", "GPO"}
LIMITS = (
    "contactless-transaction-limit",
    "contactless-cvm-limit",
    "contactless-floor-limit",
)


def _judged(
    notation: str, expected: Phrase, look: Callable[[Scene], Iterable[Finding]], *needs: Port
) -> Condition:
    """A look at each transaction that was tapped; inconclusive where it finds nothing."""

    def judge(attempt: Attempt) -> tuple[Finding, ...]:
        found = [each for scene in scenes(attempt) for each in look(scene)]
        unseen = Phrase("nothing-seen", ("GPO",))
        nothing = finding(notation, Verdict.INCONCLUSIVE, expected, unseen, attempt.span)
        return tuple(found) or (nothing,)

    return Condition(notation, judge, frozenset(needs))


# -- pre-processing --------------------------------------------------------------------------------


def _prepared(scene: Scene) -> tuple[Prepared, ...]:
    """What pre-processing must have made of the act; nothing where it was no sale by tap."""
    asked = scene.transaction.arguments
    amount = asked.get("amount")
    if asked.get("verb") != Verb.TAP or not isinstance(amount, int) or "kind" in asked:
        return ()
    if len(scene.terminal_class) != 1:
        return ()
    claims, settings = scene.attempt.facts.claims, scene.settings
    transaction, cvm, floor = (
        (as_number(settings, name),) if name in claims and as_number(settings, name) >= 0 else ()
        for name in LIMITS
    )
    terminal_floor = as_number(settings, "floor-limit")
    floor = floor or ((terminal_floor,) if terminal_floor >= 0 else ())
    checks = "status-check" in claims and settings.get("contactless-status-check") == "on"
    limits = Limits(transaction, cvm, floor)
    kind = scene.terminal_class[0]
    return (model.prepared(amount, limits, claims, kind, status_check=checks),)


def _pre_processed(scene: Scene) -> Iterator[Finding]:
    for right in _prepared(scene):
        asked = [each for card in scene.cards if card.in_the_field for each in options(card)]
        if right.closed:
            yield _not_asked(scene, right, asked)
        else:
            yield from _announced(scene, right)


def _not_asked(scene: Scene, right: Prepared, asked: list[Exchange]) -> Finding:
    expected = Phrase("tap-closed", (right.closed,))
    observed = Phrase("times", ("GPO", str(len(asked))))
    verdict = Verdict.PASS if scene.transaction.ended else Verdict.INCONCLUSIVE
    verdict = Verdict.FAIL if asked else verdict
    events = (event for each in asked for event in each.events[:1])
    return finding("PRE", verdict, expected, observed, scene.transaction.span, events)


def _announced(scene: Scene, right: Prepared) -> Iterator[Finding]:
    wanted = right.ttq.hex().upper()
    expected = Phrase("value", ("9F66", wanted))
    for seen in ttq("*").read(scene.attempt):
        if seen.transaction == scene.number:
            verdict = Verdict.PASS if seen.value == wanted else Verdict.FAIL
            observed = Phrase("value", ("9F66", str(seen.value)))
            span = scene.transaction.span
            yield finding("PRE", verdict, expected, observed, span, seen.events)


# 9F66 is what rules P1 to P7 make of the amount; a card is asked only where they let it through.
PRE = _judged("PRE", Phrase("value", ("9F66", "PRE")), _pre_processed, CARD, OPERATOR)


# -- path ------------------------------------------------------------------------------------------


def _paths(scene: Scene) -> Iterator[Finding]:
    for card in scene.cards:
        for exchange in options(card) if card.in_the_field else ():
            for way in path_of(card) if exchange.sw == DONE else ():
                yield _followed(scene, card, way, exchange)


def _followed(scene: Scene, card: CardTransaction, way: Path, asked: Exchange) -> Finding:
    behind = [each for each in card.of(*AFTER_OPTIONS) if each.events[0] > asked.events[0]]
    wrong = [each for each in behind if way is Path.NONE or _strange(way, each)]
    verdict = Verdict.FAIL if wrong else Verdict.PASS
    if way is Path.FULL and not behind:
        verdict = Verdict.FAIL if scene.transaction.ended else Verdict.INCONCLUSIVE
    names = " ".join(each.name.short for each in wrong or behind) or "-"
    observed = Phrase("tap-commands", (names,))
    events = (event for each in (asked, *(wrong or behind)) for event in each.events[:1])
    expected = Phrase("tap-path", (way.value,))
    return finding("PATH", verdict, expected, observed, scene.transaction.span, events)


def _strange(way: Path, exchange: Exchange) -> bool:
    return way is Path.QUICK and exchange.family in FULL_ONLY


# What follows GPO is of the path that both sides' bits open: in qPBOC no command but READ RECORD.
PATH = _judged("PATH", Phrase("tap-path", ("-",)), _paths, CARD, OPERATOR)


# -- fast DDA --------------------------------------------------------------------------------------


def _after_fast_dda(scene: Scene) -> Iterator[Finding]:
    for card in scene.cards:
        if card.quick and _approved(card) and _read(card):
            result = fast_dda(scene.attempt, card).result
            yield from _verified(scene) if result is Result.VERIFIED else _failed(scene, card)


def _approved(card: CardTransaction) -> bool:
    return model.decided(card.options.get(IAD_9F10, b"")) == (Decided.TC,)


def _read(card: CardTransaction) -> bool:
    got = {(each.sfi, each.number) for each in card.records if each.sw == DONE}
    return bool(card.wanted_records) and set(card.wanted_records) <= got


def _verified(scene: Scene) -> Iterator[Finding]:
    """A card that proved itself is decided about without the host."""
    sent = scene.sent("AUTH")
    verdict = Verdict.FAIL if sent else Verdict.PASS
    expected, observed = Phrase("fdda-verified"), Phrase("times", ("H(AUTH)", str(len(sent))))
    span, events = scene.transaction.span, (each.event for each in sent)
    if scene.transaction.ended:
        yield finding("FDDA", verdict, expected, observed, span, events)


def _failed(scene: Scene, card: CardTransaction) -> Iterator[Finding]:
    claims = scene.attempt.facts.claims
    online = any(each.goes_online for each in scene.terminal_class)
    qualifiers = card.options.get(CTQ_9F6C, b"")
    right = model.after_failure(qualifiers, online=online, contact="contact" in claims)
    expected = Phrase(f"fdda-failed-{right.name.lower()}")
    asked = bool(scene.sent("AUTH"))
    for seen in scene.endings:
        outcome = seen.value.outcome
        holds = {
            AfterFailure.ONLINE: asked and outcome is not Outcome.APPROVED_OFFLINE,
            AfterFailure.OTHER_INTERFACE: not asked and outcome is Outcome.OTHER_INTERFACE,
            AfterFailure.DECLINE: not asked and outcome is Outcome.DECLINED,
        }[right]
        verdict = Verdict.PASS if holds else Verdict.FAIL
        observed = Phrase(f"outcome-{seen.value}")
        events = (*options(card)[0].events, *seen.events)
        yield finding("FDDA", verdict, expected, observed, scene.transaction.span, events)


# A verified card is not asked about online; for another one its qualifiers say what follows.
FDDA_FOLLOWED = _judged(
    "FDDA", Phrase("fdda-verified"), _after_fast_dda, CARD, OPERATOR, HOST
)


# -- several taps ----------------------------------------------------------------------------------


def _paid_for(notation: str, everything: Transaction, attempt: Attempt) -> Finding:
    expected = Phrase("taps-paid")
    paid = PAID.read(attempt)
    approved = [
        seen
        for scene in scenes(attempt)
        for seen in scene.endings
        if seen.value.outcome is Outcome.APPROVED_OFFLINE
    ]
    ended = everything.ended
    verdict = Verdict.PASS if ended and (paid or approved) else Verdict.INCONCLUSIVE
    verdict = Verdict.FAIL if len(approved) > len(paid) else verdict
    observed = Phrase("taps-counted", (str(len(approved)), str(len(paid))))
    events = [event for seen in paid for event in seen.events]
    events += [event for seen in approved for event in seen.events]
    return finding(notation, verdict, expected, observed, everything.span, events)


# Whatever was approved offline a card has paid, each approval by a payment of its own.
APPROVALS_PAID = Condition(
    "approvals<=commits",
    partial(
        in_whole_attempt,
        "approvals<=commits",
        Phrase("taps-paid"),
        partial(_paid_for, "approvals<=commits"),
    ),
    frozenset((CARD, OPERATOR)),
)


def paid_in_all(times: int) -> Condition:
    """How many taps the card paid in the whole attempt."""
    return PAID.count().be(times)


def differing(reading: Reading[Value], *never: str) -> Condition:
    """Each value seen in the whole attempt is another one, and none of these; two at least."""
    notation = f"{reading.notation} distinct"
    expected = Phrase("all-differ", (reading.notation,))
    one = partial(_differing, reading, never, notation)
    return Condition(notation, partial(in_whole_attempt, notation, expected, one), reading.needs)


def _differing(
    reading: Reading[Value],
    never: tuple[str, ...],
    notation: str,
    everything: Transaction,
    attempt: Attempt,
) -> Finding:
    seen = reading.read(attempt)
    values = [each.value for each in seen]
    verdict = Verdict.PASS if len(values) > 1 else Verdict.INCONCLUSIVE
    if len(set(values)) < len(values) or set(values) & set(never):
        verdict = Verdict.FAIL
    observed = Phrase("numbers-seen", (reading.notation, ", ".join(map(str, values)) or "-"))
    events = [event for each in seen for event in each.events]
    expected = Phrase("all-differ", (reading.notation,))
    return finding(notation, verdict, expected, observed, everything.span, events)
