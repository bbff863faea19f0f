"""An ICS that lies: where the device's own bytes, as recorded, say something else than its claims.

What a case set otherwise than the ICS is not held against the ICS.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from fixtures.claims_in_bytes import (
    ATTENDED_DIGITS,
    BITS,
    CASH_MACHINES,
    CLASS_DIGITS,
    CLASSES,
    READ_CAPABILITY_60_4,
    SETTINGS,
    TERMINAL_TYPE_9F35,
    TTQ_9F66,
)
from suites.attempt import Attempt
from suites.phrase import Phrase
from suites.readings.own_data import (
    ReadCapability,
    Told,
    read_capabilities,
    selected_names,
    told_of_itself,
)
from suites.readings.settings import as_texts, in_force

AIDS = "aids"
# Of a card under test these are the bench's own bytes.
CARD_CLAIM = "card"
CASH_MACHINE, ATTENDED = "cash-machine", "attended"
CONTACT, CONTACTLESS = "contact", "contactless"
# Whose reader DE60.4 speaks of; 2 denies them all.
READERS = {"5": CONTACT, "6": CONTACTLESS}
NO_PLACE = ""


@dataclass(frozen=True, slots=True)
class Lie:
    """A claim or a setting, what the bytes say instead, and where: events by attempt."""

    claim: str
    observed: Phrase
    shown: tuple[tuple[str, tuple[int, ...]], ...]

    @property
    def where(self) -> str:
        """As a reader looks it up: attempt and events."""
        return "; ".join(
            f"{attempt}: {', '.join(map(str, events))}" for attempt, events in self.shown
        )


@dataclass(frozen=True, slots=True)
class _Sign:
    claim: str
    observed: Phrase


def lies(attempts: Iterable[Attempt]) -> tuple[Lie, ...]:
    """Every lie that the recordings show, each once, in the order it was first seen."""
    shown: dict[_Sign, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    ttqs: list[tuple[Attempt, Told]] = []
    for attempt in attempts:
        # A copy: what is read of it is forgotten with it.
        copied = replace(attempt)
        if CARD_CLAIM in copied.facts.claims or not copied.facts.claims:
            continue
        ttqs += [(attempt, each) for each in told_of_itself(copied) if each.tag == TTQ_9F66]
        for sign, event in _signs(copied):
            shown[sign][attempt.facts.attempt_id].append(event)
        copied.kept.clear()
    for attempt, sign, event in _never_offered(ttqs):
        shown[sign][attempt.facts.attempt_id].append(event)
    return tuple(
        Lie(
            sign.claim,
            sign.observed,
            tuple((name, tuple(sorted(set(events)))) for name, events in where.items()),
        )
        for sign, where in shown.items()
    )


def _signs(attempt: Attempt) -> Iterator[tuple[_Sign, int]]:
    for each in told_of_itself(attempt):
        if _as_stated(attempt, SETTINGS.get(each.tag, NO_PLACE), each.event):
            for sign in _of_object(attempt, each):
                yield sign, each.event
    for named in selected_names(attempt):
        listed = as_texts(in_force(attempt, named.event), AIDS)
        if listed and not any(named.name.startswith(bytes.fromhex(each)) for each in listed):
            observed = Phrase("lie-aid", (named.name.hex().upper(), ", ".join(listed)))
            yield _Sign(AIDS, observed), named.event
    for capability in read_capabilities(attempt):
        for sign in _of_capability(attempt.facts.claims, capability):
            yield sign, capability.event


def _as_stated(attempt: Attempt, setting: str, event: int) -> bool:
    """Whether the device was then set as its ICS says; what no setting says always is."""
    stated = attempt.facts.settings.get(setting)
    return not setting or in_force(attempt, event).get(setting) == stated


def _of_object(attempt: Attempt, told: Told) -> Iterator[_Sign]:
    claims = attempt.facts.claims
    found = tuple(
        _of_type(claims, told.value.hex().upper())
        if told.tag == TERMINAL_TYPE_9F35
        else _of_bits(claims, told)
    )
    yield from found
    name = SETTINGS.get(told.tag, NO_PLACE)
    stated = str(attempt.facts.settings.get(name, ""))
    said = told.value.hex().upper()
    # No claim speaks of the other bits; the ICS states them all the same.
    if name and not found and stated and said != stated:
        yield _Sign(name, Phrase("lie-setting", (f"{told.tag:X}", said, name, stated)))


def _of_bits(claims: frozenset[str], told: Told) -> Iterator[_Sign]:
    for bits in BITS[told.tag]:
        stands, claimed = bits.stand_in(told.value), bits.claim in claims
        if stands == claimed or (told.tag == TTQ_9F66 and claimed):
            continue
        key = "lie-bit-set" if stands else "lie-bit-not-set"
        shown = (f"{told.tag:X}", told.value.hex().upper(), bits.notation, bits.claim)
        yield _Sign(bits.claim, Phrase(key, shown))


def _never_offered(told: list[tuple[Attempt, Told]]) -> Iterator[tuple[Attempt, _Sign, int]]:
    """9F66 may leave out an ability where it cannot be used, but not always (contactless, 1.3)."""
    for bits in BITS[TTQ_9F66]:
        claiming = [(attempt, each) for attempt, each in told if bits.claim in attempt.facts.claims]
        if any(bits.stand_in(each.value) for _, each in claiming):
            continue
        for attempt, each in claiming:
            shown = (f"{TTQ_9F66:X}", each.value.hex().upper(), bits.notation, bits.claim)
            yield attempt, _Sign(bits.claim, Phrase("lie-bit-not-set", shown)), each.event


def _of_type(claims: frozenset[str], digits: str) -> Iterator[_Sign]:
    """9F35: class, attendance, cash machine (contact facts, 2.7)."""
    says = CLASS_DIGITS.get(digits[-1:], "-")
    for claimed in (name for name in CLASSES if name in claims and name != says):
        yield _Sign(claimed, Phrase("lie-class", (digits, says, claimed)))
    attended = digits[-1:] in ATTENDED_DIGITS
    if attended != (ATTENDED in claims):
        key = "lie-attended" if attended else "lie-unattended"
        yield _Sign(ATTENDED, Phrase(key, (digits,)))
    if CASH_MACHINE in claims and digits not in CASH_MACHINES:
        yield _Sign(CASH_MACHINE, Phrase("lie-cash-machine", (digits,)))


def _of_capability(claims: frozenset[str], told: ReadCapability) -> Iterator[_Sign]:
    """DE60.4 is among what the claimed readers can do (host and kiosk facts, 1.6)."""
    allowed = READ_CAPABILITY_60_4[CONTACT in claims, CONTACTLESS in claims]
    if told.digit not in allowed:
        claimed = [name for name in (CONTACT, CONTACTLESS) if name in claims]
        claim = READERS.get(told.digit, (claimed or [CONTACT])[0])
        yield _Sign(claim, Phrase("lie-read", (told.digit, " ".join(sorted(allowed)))))
