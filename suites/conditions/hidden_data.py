"""INV-18 of the catalogue: what people and paper may not see of a card number and of a PIN.

A PIN is blanked before it is recorded. What can still be shown: that a device reports something by
the name of a PIN, and, where the bench saw the cardholder enter the test PIN, its digits elsewhere.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from adapters.events import Direction, Kind, Port
from adapters.privacy.masking import MASKED
from fixtures.witness import TEST_PIN
from suites.conditions.invariant import Look, broken, held
from suites.phrase import Phrase
from suites.readings.host_session import HostMessage
from suites.readings.scene import Scene

PAN_5A, TRACK_2_57 = 0x5A, 0x57
PRE_AUTHORISATIONS = frozenset(("0100",))
PIN_WORDS = frozenset(("pin", "pin-block", "new-pin"))
# Host and kiosk facts, 1.2: fields of characters in which a terminal could tell a PIN; numbers of
# their own, as DE11 and DE37, may have the same digits.
TEXTS = (43, 48, 59, 62, 63)
BETWEEN_DIGITS = "[ -]?"


@dataclass(frozen=True, slots=True)
class Text:
    """What a device told people: by which name, the words, and the event."""

    name: str
    words: str
    event: int


def numbers_are_hidden(scene: Scene) -> Iterator[Look]:
    """No receipt or screen shows the whole card number, no text a PIN."""
    texts = tuple(_texts(scene))
    yield from _card_numbers(scene, texts)
    yield from _pins(scene, texts)


def _card_numbers(scene: Scene, texts: tuple[Text, ...]) -> Iterator[Look]:
    # Contact facts, 4.1: a pre-authorisation may be printed with its number.
    if any(each.mti in PRE_AUTHORISATIONS for each in scene.messages):
        return
    numbers = _numbers(scene)
    if not numbers or not texts:
        return
    expected = Phrase("inv-18")
    shown = [each for each in texts for number in numbers if _shows(each.words, number)]
    for each in shown:
        yield broken(expected, Phrase("number-shown", (each.name,)), (each.event,))
    if not shown:
        yield held(expected, (each.event for each in texts))


def _pins(scene: Scene, texts: tuple[Text, ...]) -> Iterator[Look]:
    expected = Phrase("inv-18-pin")
    for event in scene.transaction.events:
        named = PIN_WORDS & set(str(event.detail.get(MASKED, "")).split(", "))
        if event.direction is Direction.FROM_IUT and event.port is Port.OPERATOR and named:
            yield broken(expected, Phrase("pin-reported", (min(named),)), (event.seq,))
    entered = [each.seq for each in scene.transaction.events if each.detail.get("pin") == "test"]
    if not entered:
        return
    told = (*texts, *(text for message in scene.messages for text in _fields(message)))
    alone = re.compile(rf"(?<!\d){TEST_PIN}(?!\d)")
    shown = [each for each in told if alone.search(each.words)]
    for each in shown:
        yield broken(expected, Phrase("pin-shown", (each.name,)), (*entered, each.event))
    if told and not shown:
        yield held(expected, (*entered, *(each.event for each in told)))


def _texts(scene: Scene) -> Iterator[Text]:
    for event in scene.transaction.events:
        if event.port is not Port.OPERATOR or event.direction is not Direction.FROM_IUT:
            continue
        if event.kind is Kind.SETTING:
            continue
        for name, value in event.detail.items():
            yield Text(name, str(value), event.seq)
        if event.data:
            yield Text("data", event.data.decode("latin-1"), event.seq)


def _fields(message: HostMessage) -> Iterator[Text]:
    for number in TEXTS:
        told = message.message.fields.get(number, "")
        words = told.decode("latin-1") if isinstance(told, bytes) else told
        if message.from_terminal and words:
            yield Text(f"DE{number}", words, message.event)


def _numbers(scene: Scene) -> frozenset[str]:
    found = {card.value(PAN_5A).hex().upper().rstrip("F") for card in scene.cards}
    found |= {card.value(TRACK_2_57).hex().upper().partition("D")[0] for card in scene.cards}
    track_2 = str(scene.transaction.arguments.get("track-2", ""))
    return frozenset(each for each in (*found, *re.split("[=D]", track_2)[:1]) if each.isdecimal())


def _shows(words: str, number: str) -> bool:
    return bool(re.search(rf"(?<!\d){BETWEEN_DIGITS.join(number)}(?!\d)", words))
