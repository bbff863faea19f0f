"""What a terminal sends for a Data Object List, entry by entry: D1(*) and PD(*) of the rows."""

from collections.abc import Iterator, Mapping
from functools import partial

from adapters.codec.dol import Filled
from adapters.events import Port
from suites.attempt import Attempt
from suites.conditions.card_invariants import known_values
from suites.conditions.condition import Condition, finding
from suites.finding import Finding, Verdict
from suites.model.dol_filling import predicted
from suites.phrase import Phrase
from suites.readings.card_transaction import CardTransaction
from suites.readings.reading import in_each_transaction
from suites.readings.scene import Scene, scenes
from suites.readings.transactions import Transaction
from suites.rules import GAC1, GPO, Trigger

NEEDS = frozenset((Port.ICC,))
STAGES = {GAC1.what: "D1", GPO.what: "PD"}
List = tuple[tuple[Filled, ...], tuple[int, ...], Mapping[int, bytes]]


def terminal_values(trigger: Trigger, *tags: str) -> Condition:
    """Every entry of CDOL1 or PDOL, or these tags, is what terminal and card hold, well fitted."""
    stage = STAGES[trigger.what]
    notation = f"{stage}({','.join(tags) or '*'})=terminal values"
    expected = Phrase("list-values", (trigger.what, ", ".join(tags) or "*"))
    wanted = frozenset(int(tag, 16) for tag in tags)

    def one(transaction: Transaction, attempt: Attempt) -> Finding:
        looked = [
            (each, right, events)
            for scene in scenes(attempt)
            if scene.number == transaction.number
            for filled, events, known in _lists(scene, trigger)
            for each in filled
            if not wanted or each.entry.tag in wanted
            for right in predicted(each.entry, known)
        ]
        span = transaction.span
        if not looked:
            unseen = Phrase("nothing-seen", (notation,))
            return finding(notation, Verdict.INCONCLUSIVE, expected, unseen, span)
        wrong = [look for look in looked if look[0].value != look[1]]
        each, right, events = (wrong or looked)[0]
        verdict = Verdict.FAIL if wrong else Verdict.PASS
        values = (each.value.hex().upper(), right.hex().upper())
        observed = Phrase("dol-element", (trigger.what, f"{each.entry.tag:X}", *values))
        held = observed if wrong else Phrase("holds")
        return finding(notation, verdict, expected, held, span, events)

    return Condition(notation, partial(in_each_transaction, notation, expected, one), NEEDS)


def _lists(scene: Scene, trigger: Trigger) -> Iterator[List]:
    for card in scene.cards:
        known = known_values(scene, card)
        if trigger == GPO:
            events = tuple(each.events[0] for each in card.of("GPO"))[:1]
            yield card.pdol_filled, events, _before_reading(known, card)
        else:
            for request in card.generate_ac(1):
                yield request.filled, request.events[:1], known


def _before_reading(known: Mapping[int, bytes], card: CardTransaction) -> Mapping[int, bytes]:
    # What the card sends later is not available yet: EMV 4.1 Book 3, 5.4.
    return {tag: value for tag, value in known.items() if tag not in card.objects}
