"""What cases expect beside comparisons of readings: happenings, orders, TAA and BASE."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from adapters.events import Port
from suites.attempt import Attempt
from suites.conditions.condition import Condition, finding
from suites.conditions.decision import decision
from suites.finding import Finding, Verdict
from suites.ics_language import CDA, DDA, OFF, ONO, OWO, SDA
from suites.model.bits import ALL_BITS, SDA_SELECTED, TVR_SIZE, mask, without
from suites.phrase import Phrase
from suites.readings.card_session import p1, t1
from suites.readings.card_transaction import CardTransaction, GenerateAc
from suites.readings.happenings import happenings, occurrence
from suites.readings.host_session import h
from suites.readings.outcome import OFF_APP, ON_APP, OUT
from suites.readings.reading import in_each_transaction, in_whole_attempt
from suites.readings.scene import Scene, scenes
from suites.readings.transactions import Transaction
from suites.rules import GAC1, Trigger

NOT_PERFORMED = "1.8"
SDA_SELECTED_SWITCH, SDA_SELECTED_VALUE = "tvr-sda-selected", "emv-4.2"


def happens(trigger: Trigger, n: int | None = None) -> Condition:
    """A(x), or N(x)=n: how often something crosses its port in each transaction."""
    return occurrence(trigger).happens() if n is None else occurrence(trigger).be(n)


def never(trigger: Trigger) -> Condition:
    """!A(x): it passes only where the end of the transaction was recorded."""
    return occurrence(trigger).never()


def in_order(*triggers: Trigger) -> Condition:
    """ORD(a<b<c): these happen, each for the n-th time of the attempt, in this order."""
    listed = "<".join(str(trigger) for trigger in triggers)
    notation = f"ORD({listed})"
    expected = Phrase("order", (listed,))
    one = partial(_ordered, triggers, notation, expected)
    needs = frozenset(trigger.port for trigger in triggers)
    return Condition(notation, partial(in_whole_attempt, notation, expected, one), needs)


def _ordered(
    triggers: tuple[Trigger, ...],
    notation: str,
    expected: Phrase,
    everything: Transaction,
    attempt: Attempt,
) -> Finding:
    events: list[int] = []
    for trigger in triggers:
        met = happenings(attempt, trigger)[trigger.nth - 1 : trigger.nth]
        if not met:
            key = "order-missing" if everything.cleared else "order-open"
            verdict = Verdict.FAIL if everything.cleared else Verdict.INCONCLUSIVE
            observed = Phrase(key, (str(trigger),))
            return finding(notation, verdict, expected, observed, everything.span, events)
        events += met[0].events
    verdict = Verdict.PASS if events == sorted(events) else Verdict.FAIL
    seen = sorted(zip(events, map(str, triggers), strict=True))
    observed = Phrase("order", ("<".join(name for _, name in seen),))
    return finding(notation, verdict, expected, observed, everything.span, events)


# -- TAA -------------------------------------------------------------------------------------------


def _action_analysis(attempt: Attempt) -> tuple[Finding, ...]:
    found = scenes(attempt)
    if not found:
        expected = Phrase("value", ("P1(GAC1)", "TAA"))
        none = Phrase("no-transaction")
        return (finding("TAA", Verdict.INCONCLUSIVE, expected, none, attempt.span),)
    return tuple(each for scene in found for each in (*_decisions(scene), *_follows(scene)))


def _decisions(scene: Scene) -> Iterator[Finding]:
    requests = [(card, each) for card in scene.cards for each in card.generate_ac(1)]
    if not requests:
        expected = Phrase("value", ("P1(GAC1)", "TAA"))
        unseen = Phrase("nothing-seen", ("GAC1",))
        yield finding("TAA", Verdict.INCONCLUSIVE, expected, unseen, scene.transaction.span)
    for card, request in requests:
        yield _decided(scene, card, request)


def _decided(scene: Scene, card: CardTransaction, request: GenerateAc) -> Finding:
    right = decision(scene, card, request)
    if right.missing:
        verdict, expected = Verdict.INCONCLUSIVE, Phrase("value", ("P1(GAC1)", "TAA"))
        observed = Phrase("decision-data-missing", (right.missing,))
    else:
        verdict = Verdict.PASS if request.requested in right.types else Verdict.FAIL
        expected = Phrase("decision", ("GAC1", " / ".join(right.types), right.tvr))
        observed = Phrase(f"asks-{request.requested}", ("GAC1",))
    return finding("TAA", verdict, expected, observed, scene.transaction.span, request.events)


def _follows(scene: Scene) -> Iterator[Finding]:
    """The outcome follows from the card's last answer: approved if and only if it is a TC."""
    for card, request in scene.last_generate_ac:
        complete = request.answered == "40" and not scene.audit(card).combined_failed(request)
        wanted = Phrase("approved" if complete else "not-approved")
        span = scene.transaction.span
        if not scene.endings:
            unseen = Phrase("nothing-seen", ("OUT",))
            yield finding("TAA", Verdict.INCONCLUSIVE, wanted, unseen, span, request.events)
        for seen in scene.endings:
            verdict = Verdict.PASS if seen.value.approved == complete else Verdict.FAIL
            observed = Phrase(f"outcome-{seen.value}")
            events = (*request.events, *seen.events)
            yield finding("TAA", verdict, wanted, observed, span, events)


# P1(GAC1) is what the model decides from T1, IACs, TACs and class; the outcome follows the card.
TAA = Condition("TAA", _action_analysis, frozenset((Port.ICC, Port.OPERATOR)))


# -- BASE ------------------------------------------------------------------------------------------


def base(*mentioned: str) -> Condition:
    """BASE of the catalogue: the success of the terminal's class, TVR zero but for these bits."""
    parts = (
        p1(GAC1).be("40").under(OFF | OWO),
        OUT.be(OFF_APP).under(OFF | OWO),
        p1(GAC1).be("80").under(ONO),
        h("AUTH").under(ONO),
        OUT.be(ON_APP).under(ONO),
        _unmentioned_bits_zero(mentioned),
    )

    def judge(attempt: Attempt) -> tuple[Finding, ...]:
        return tuple(
            replace(each, condition="BASE") for part in parts for each in part.judge(attempt)
        )

    return Condition("BASE", judge, frozenset((Port.ICC, Port.OPERATOR)))


def _unmentioned_bits_zero(mentioned: tuple[str, ...]) -> Condition:
    def one(transaction: Transaction, attempt: Attempt) -> Finding:
        tolerated = (*mentioned, *_tolerated(attempt))
        expected = Phrase("tvr-all-zero", ("T1", ", ".join(tolerated) or "-"))
        number, span = transaction.number, transaction.span
        seen = [each for each in t1(ALL_BITS).read(attempt) if each.transaction == number]
        if not seen:
            unseen = Phrase("nothing-seen", ("T1",))
            return finding("BASE", Verdict.INCONCLUSIVE, expected, unseen, span)
        wrong = [each for each in seen if _but(str(each.value), tolerated)]
        shown = (wrong or seen)[0]
        verdict = Verdict.FAIL if wrong else Verdict.PASS
        observed = Phrase("value", ("T1", str(shown.value)))
        return finding("BASE", verdict, expected, observed, span, shown.events)

    expected = Phrase("tvr-all-zero", ("T1", ", ".join(mentioned) or "-"))
    return Condition("BASE", partial(in_each_transaction, "BASE", expected, one))


def _tolerated(attempt: Attempt) -> tuple[str, ...]:
    facts = attempt.facts
    bits = []
    # contact facts, 4.0, BASE: no offline data authentication on an online-only terminal.
    if ONO.holds(facts.claims) and not (SDA | DDA | CDA).holds(facts.claims):
        bits.append(NOT_PERFORMED)
    if facts.switches.get(SDA_SELECTED_SWITCH) == SDA_SELECTED_VALUE:
        bits.append(SDA_SELECTED)
    return tuple(bits)


def _but(tvr: str, tolerated: tuple[str, ...]) -> bool:
    left = bytes.fromhex(tvr)
    for which in tolerated:
        left = without(left, mask(which, TVR_SIZE))
    return any(left)


BASE = base()
