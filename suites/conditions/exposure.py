"""Whether what a case is about reached the device: derived from the case's data, never written.

Silent where it did: exposure proves nothing about the device. What was not exposed is inconclusive.
"""

from collections.abc import Iterator

from adapters.events import Direction, Kind, Port
from adapters.privacy.masking import NOBODY, masked
from suites.acts import FIRST_CARD, SECOND_CARD, Act, Verb, present
from suites.attempt import Attempt
from suites.card_edits import ANY, WITHHELD, CardEdit, Change, exposed
from suites.case import Card, Case
from suites.conditions.condition import finding
from suites.finding import Finding, Verdict
from suites.phrase import Phrase
from suites.readings.at_hand import at_hand
from suites.readings.card_session import sent_objects
from suites.readings.card_transaction import DONE, card_transactions
from suites.readings.operator_session import ActSeen, acts
from suites.readings.outcome import Outcome
from suites.readings.reading import Seen
from suites.readings.transactions import BODY
from suites.rules import Rule, at_switch
from suites.symbols import Value, resolve

# An application's name stands in its directory entry, and in its own FCI.
SHOWING = {0x4F: (0x4F, 0x84)}
IN_RECORDS = frozenset((Change.RECORD,))
# The device said that it did not do what it was asked.
NOT_DONE = frozenset((Outcome.NOT_STARTED.value, Outcome.NOT_SIGNED_ON.value))

# Contactless facts, 4.8: what stands inside a card, and is not sent in a transaction.
INSIDE = frozenset(
    (
        *("9F51", "9F52", "9F53", "9F54", "9F56", "9F57", "9F58", "9F59", "9F5C", "9F68"),
        *("9F6B", "9F6D", "9F72", "9F73", "9F75", "9F76", "9F77", "9F78", "9F79", "9F13", "9F17"),
    )
)


def exposure(case: Case, attempt: Attempt) -> tuple[Finding, ...]:
    """One inconclusive finding for each thing of the resolved case that did not reach the device.

    UnresolvedSymbol if the facts lack a value that the case asks for.
    """
    return (
        *_settings(case, attempt),
        *_acts(case, attempt),
        *_objects(case, attempt),
        *_rules(case, attempt),
        *_cuts(case, attempt),
    )


def _unexposed(what: str, expected: Phrase, observed: Phrase, attempt: Attempt) -> Finding:
    return finding(f"EXP({what})", Verdict.INCONCLUSIVE, expected, observed, attempt.span)


def _settings(case: Case, attempt: Attempt) -> Iterator[Finding]:
    taken = [
        event.detail
        for event in attempt.events
        if event.kind is Kind.SETTING and event.direction is Direction.FROM_IUT
    ]
    for name, value in case.terminal.settings:
        wanted = resolve(value, attempt.facts.symbols)
        if not any(detail.get(name) == wanted for detail in taken):
            expected = Phrase("setting-taken", (name, str(wanted)))
            yield _unexposed(name, expected, Phrase("setting-open"), attempt)


def _acts(case: Case, attempt: Attempt) -> Iterator[Finding]:
    done = [act for act in acts(attempt) if act.phase in ("", BODY)]
    for position, act in enumerate(case.acts):
        observed = _undone(act, done[position : position + 1], attempt)
        for phrase in observed:
            yield _unexposed(str(act), Phrase("act-done", (str(act),)), phrase, attempt)


def _undone(act: Act, seen: list[ActSeen], attempt: Attempt) -> tuple[Phrase, ...]:
    """Why the act does not count as done, or nothing."""
    arguments = {name: resolve(value, attempt.facts.symbols) for name, value in act.arguments}
    # A PIN is blanked before it is recorded.
    said = {"verb": act.verb.value, **arguments}
    _, recorded = masked(Port.OPERATOR, Kind.ACT, b"", said, NOBODY)
    asked = {name: value for name, value in recorded.items() if name != "verb"}
    if not seen or seen[0].verb != act.verb or seen[0].arguments != asked:
        return (Phrase("act-not-asked"),)
    if not seen[0].reported:
        return (Phrase("act-not-reported"),)
    if seen[0].outcome in NOT_DONE and not act.tried:
        return (Phrase("act-refused", (seen[0].outcome,)),)
    return ()


def _objects(case: Case, attempt: Attempt) -> Iterator[Finding]:
    for name, card in _presented(case):
        objects = sent_objects(attempt)
        shown = [seen for seen in objects if at_hand(attempt, seen.events[0]) == name]
        # The last change of an object is the one that stands.
        changed = {_tag(keyword): value for keyword, value in card.changes}
        for tag, value in changed.items():
            wanted = _value(value, attempt)
            sent = [seen.value[1] for seen in shown if seen.value[0] in SHOWING.get(tag, (tag,))]
            for expected, observed in _unsent(f"{tag:X}", wanted, sent, attempt):
                yield _unexposed(f"{tag:X}", expected, observed, attempt)
        for edit in card.edits:
            yield from _unseen_edit(edit, shown, attempt)


def _unseen_edit(
    edit: CardEdit, shown: list[Seen[tuple[int, bytes]]], attempt: Attempt
) -> Iterator[Finding]:
    if edit.change in IN_RECORDS:
        if not _record_read(edit, attempt):
            expected = Phrase("record-read", (str(edit),))
            yield _unexposed(str(edit), expected, Phrase("card-not-read"), attempt)
        return
    tag, value = exposed(edit)
    if not tag:
        return
    sent = [seen.value[1] for seen in shown if f"{seen.value[0]:X}" == tag]
    if value == ANY:
        if not any(sent):
            expected = Phrase("object-sent", (tag, "..."))
            yield _unexposed(str(edit), expected, Phrase("object-not-sent", (tag,)), attempt)
        return
    wanted = b"" if value == WITHHELD else _value(value, attempt)
    if wanted or value == WITHHELD:
        for expected, observed in _unsent(tag, wanted, sent, attempt):
            yield _unexposed(str(edit), expected, observed, attempt)


def _record_read(edit: CardEdit, attempt: Attempt) -> bool:
    place = (edit.said["sfi"], edit.said["number"])
    return any(
        (each.sfi, each.number) == place and each.sw == DONE
        for card in card_transactions(attempt)
        for each in card.records
    )


def _presented(case: Case) -> Iterator[tuple[str, Card]]:
    """The cards that the acts of a case use, as they name them."""
    yield FIRST_CARD, case.card
    if present(SECOND_CARD) in case.acts:
        yield SECOND_CARD, case.second


def _unsent(
    name: str, wanted: bytes, sent: list[bytes], attempt: Attempt
) -> Iterator[tuple[Phrase, Phrase]]:
    if not wanted:
        # The deviation is the absence: a card read to its end did not show the object.
        expected = Phrase("object-withheld", (name,))
        if any(sent):
            yield expected, Phrase("object-otherwise", (name, _listed(sent)))
        elif not _read_to_the_end(attempt):
            yield expected, Phrase("card-not-read")
    elif name in INSIDE and not sent:
        # The card never shows it: it decides by it when it is asked to begin.
        if not any(card.of("GPO") for card in card_transactions(attempt)):
            expected = Phrase("object-sent", (name, wanted.hex().upper()))
            yield expected, Phrase("object-not-sent", (name,))
    elif wanted not in sent:
        expected = Phrase("object-sent", (name, wanted.hex().upper()))
        otherwise = Phrase("object-otherwise", (name, _listed(sent)))
        yield expected, otherwise if sent else Phrase("object-not-sent", (name,))


def _read_to_the_end(attempt: Attempt) -> bool:
    return any(
        set(card.wanted_records)
        <= {(each.sfi, each.number) for each in card.records if each.sw == DONE}
        for card in card_transactions(attempt)
        if card.afl
    )


def _listed(values: list[bytes]) -> str:
    return ", ".join(value.hex().upper() for value in values)


def _tag(keyword: str) -> int:
    """expiry_5F24 names 5F24."""
    return int(keyword.rpartition("_")[2], 16)


def _value(value: Value, attempt: Attempt) -> bytes:
    """Bytes of a data object: texts are hex, dates come as YYMMDD."""
    return bytes.fromhex(str(resolve(value, attempt.facts.symbols)))


def _rules(case: Case, attempt: Attempt) -> Iterator[Finding]:
    of_cards = [rule for _, card in _presented(case) for rule in card.rules]
    for rule in (*of_cards, *case.host.rules):
        if not any(_fired(rule, attempt)):
            expected = Phrase("rule-fires", (str(rule),))
            yield _unexposed(str(rule), expected, Phrase("rule-idle"), attempt)


def _fired(rule: Rule, attempt: Attempt) -> Iterator[bool]:
    ports = {each.on.port for each in (rule, *at_switch(rule))}
    for event in attempt.events:
        yield (
            event.kind is Kind.RULE
            and event.port in ports
            and event.detail.get("trigger") == str(rule.on)
            and event.detail.get("reaction") == str(rule.do)
        )


def _cuts(case: Case, attempt: Attempt) -> Iterator[Finding]:
    """A power cut that was armed and never came about."""
    happened = sum(act.report.get("power") == "cut" for act in acts(attempt))
    armed = [act for act in case.acts if act.verb is Verb.CUT_POWER]
    for act in armed[happened:]:
        yield _unexposed(str(act), Phrase("power-cut", (str(act),)), Phrase("power-on"), attempt)
