"""What crossed the terminal leg of the host, decoded: messages with fields, DE55 and MAC.

Nothing here raises: what cannot be decoded is absent, and its reason is kept with the message.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, lru_cache

from adapters.codec import ber_tlv, iso8583, pos_fields, pos_link
from adapters.codec.ber_tlv import Tlv
from adapters.codec.errors import RemoteProtocolError
from adapters.codec.iso8583 import Message
from adapters.codec.pos_dialect import POS
from adapters.events import Direction, Event, Kind, Port
from adapters.privacy.masking import MASKED
from fixtures.crypto import des
from fixtures.crypto.pos_keys import KeyCheckFailed, pos_mac_under, unwrap_working_keys_under
from fixtures.crypto.test_keys import posp_keys
from suites.attempt import Attempt
from suites.conditions.condition import Condition
from suites.model.bits import bit
from suites.readings import transactions
from suites.readings.once import once
from suites.readings.reading import Occurrence, Reading, Seen, Value
from suites.readings.transactions import numbered

RESPONSE_CODE_39, TRACE_11, AMOUNT_4, IC_DATA_55, KEYS_62, MAC_64 = 39, 11, 4, 55, 62, 64
PRIVATE_60, ENTRY_MODE_22 = 60, 22
BY_STRIPE = "02"
# Host and kiosk facts, 1.7: what an answer must repeat; DE42 of an approval.
PROCESSING_CODE_3, TERMINAL_41, MERCHANT_42 = 3, 41, 42
REPEATED_ALWAYS = (PROCESSING_CODE_3, TRACE_11, TERMINAL_41)
SIGN_ON_ANSWER = "0810"
NO_MESSAGE = Message("", {})
APPROVED_CODE = "00"
# Host and kiosk facts, 1.6 and 1.7: DE60.1 of an offline sale, DE60.3 of the uploads of IC details.
OFFLINE_SALE = "36"
IC_UPLOADS = frozenset(("203", "204", "205", "206"))
NEEDS = frozenset((Port.HOST_T,))


# The same few texts in every attempt.
@lru_cache(maxsize=1024)
def _private_60(text: str) -> pos_fields.Private60:
    try:
        return pos_fields.decode_60(text)
    except RemoteProtocolError:
        return pos_fields.Private60("", "", "")


class Mac(StrEnum):
    """What was found of DE64 under the working key in force."""

    VALID = "valid"
    INVALID = "invalid"
    ABSENT = "absent"
    NO_KEY = "no key"
    # The PIN block was blanked before recording, and nobody said what the MAC was.
    UNSEEN = "unseen"


# Nobody can tell whether these are right: no reason to fail anybody, nor to pass him.
UNDECIDED = frozenset((Mac.NO_KEY, Mac.UNSEEN))
# What the bench says of a MAC over bytes that it blanked (adapters/privacy/masking.py).
SEEN = {"right": Mac.VALID, "wrong": Mac.INVALID}


@dataclass(frozen=True, slots=True)
class HostMessage:
    """One frame: `message` has no fields and `problem` says why where it could not be decoded.

    `objects` are the values of DE55 by their tags.
    """

    mti: str
    message: Message
    objects: Mapping[int, tuple[bytes, ...]]
    from_terminal: bool
    mac: Mac
    event: int
    transaction: int
    problem: str = ""
    problem_55: str = ""
    # What the bench said of bytes that it blanked before recording.
    detail: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def response_code(self) -> str:
        return self.message.text(RESPONSE_CODE_39)

    @property
    def private_60(self) -> pos_fields.Private60:
        """DE60; all parts "" where it cannot be read."""
        return _private_60(self.message.text(PRIVATE_60))

    @property
    def is_offline_upload(self) -> bool:
        """Whether it is, or holds, the upload of what was approved offline."""
        return _offline_upload(self)

    def object_55(self, tag: int) -> tuple[bytes, ...]:
        """The values of a tag in DE55, in the order sent."""
        return self.objects.get(tag, ())


@once
def messages(attempt: Attempt) -> tuple[HostMessage, ...]:
    """Every frame of the terminal leg, in order."""
    found: list[HostMessage] = []
    keys: tuple[des.Cipher, ...] = ()
    for event, number in numbered(attempt):
        if event.port is Port.HOST_T and event.kind is Kind.MESSAGE:
            decoded = _decoded(event, number, keys)
            keys = _downloaded_key(decoded) or keys
            found.append(decoded)
    return tuple(found)


def answer_to(request: HostMessage, found: tuple[HostMessage, ...]) -> tuple[HostMessage, ...]:
    """The host's answer to a request: the next frame to the terminal before its next request."""
    for each in found:
        if each.event > request.event:
            return () if each.from_terminal else (each,)
    return ()


def usable(answer: HostMessage, request: HostMessage) -> bool:
    """Whether a terminal must take the answer: type, what it repeats, the MAC of an approval."""
    # Host and kiosk facts, 1.7: a declined answer is not MAC-checked. Where the sign-on was not
    # recorded nobody can check, and an answer is taken as the terminal would take a good one.
    expected = f"{int(request.mti) + 10:04}" if request.mti.isdecimal() else ""
    approved = answer.response_code == APPROVED_CODE
    equal = [*REPEATED_ALWAYS, *((MERCHANT_42,) if approved else ())]
    # A partial approval has another DE4.
    equal += [AMOUNT_4] if approved and AMOUNT_4 in request.message.fields else []
    same = all(answer.message.text(n) == request.message.text(n) for n in equal)
    trusted = not approved or answer.mac in {Mac.VALID, *UNDECIDED}
    matches = answer.mti == expected and same
    return not answer.problem and matches and bool(answer.response_code) and trusted


def _decoded(event: Event, number: int, keys: tuple[des.Cipher, ...]) -> HostMessage:
    message, mac, problem, problem_55 = NO_MESSAGE, Mac.ABSENT, "", ""
    objects: Mapping[int, tuple[bytes, ...]] = {}
    try:
        body = pos_link.decode(event.data).body
        message = iso8583.decode(body, POS)
        mac = _mac(message, body, keys)
        if mac is not Mac.ABSENT and MASKED in event.detail:
            mac = SEEN.get(str(event.detail.get("mac")), Mac.UNSEEN)
    except RemoteProtocolError as refused:
        problem = str(refused)
    try:
        objects = by_tag(ber_tlv.decode(message.data(IC_DATA_55)))
    except RemoteProtocolError as refused:
        problem_55 = str(refused)
    return HostMessage(
        mti=message.mti or transactions.mti(event.data),
        message=message,
        objects=objects,
        from_terminal=event.direction is Direction.FROM_IUT,
        mac=mac,
        event=event.seq,
        transaction=number,
        problem=problem,
        problem_55=problem_55,
        detail=event.detail,
    )


def by_tag(objects: tuple[Tlv, ...]) -> Mapping[int, tuple[bytes, ...]]:
    """The values of a DE55 by their tags, each in the order sent."""
    found: dict[int, tuple[bytes, ...]] = {}
    for each in ber_tlv.walk(objects):
        found[each.tag] = (*found.get(each.tag, ()), each.value)
    return found


def _mac(message: Message, body: bytes, keys: tuple[des.Cipher, ...]) -> Mac:
    sent = message.data(MAC_64)
    if not sent:
        return Mac.ABSENT
    if not keys:
        return Mac.NO_KEY
    right = pos_mac_under(keys[0], iso8583.mac_block(body))
    return Mac.VALID if sent == right else Mac.INVALID


def _downloaded_key(decoded: HostMessage) -> tuple[des.Cipher, ...]:
    """The MAC key that a sign-on answer brings; none where it brings none that checks."""
    if decoded.mti != SIGN_ON_ANSWER or decoded.from_terminal:
        return ()
    try:
        keys = unwrap_working_keys_under(_terminal_master(), decoded.message.data(KEYS_62))
    except (KeyCheckFailed, ValueError):
        return ()
    return (des.cipher(keys.mac_key),)


@cache
def _terminal_master() -> des.Cipher:
    return des.cipher(posp_keys().terminal_master_key)


# -- readings --------------------------------------------------------------------------------------


def _authorisation(each: HostMessage) -> bool:
    offline = each.private_60.type_code == OFFLINE_SALE
    return each.mti in ("0100", "0200") and IC_DATA_55 in each.message.fields and not offline


def _swiped(each: HostMessage) -> bool:
    """A sale of a magnetic stripe (host and kiosk facts, 1.6): DE22 is 02x."""
    entered = each.message.text(ENTRY_MODE_22).startswith(BY_STRIPE)
    return each.mti in ("0100", "0200") and entered


def _offline_upload(each: HostMessage) -> bool:
    if each.mti == "0320":
        return each.private_60.network_code in IC_UPLOADS
    return each.mti == "0200" and each.private_60.type_code == OFFLINE_SALE


# What the catalogue calls them (contact facts, 4.0).
KINDS: Mapping[str, Callable[[HostMessage], bool]] = {
    "AUTH": _authorisation,
    "SWIPED": _swiped,
    "REV": lambda each: each.mti == "0400",
    "SCRN": lambda each: each.mti == "0620",
    "OFFL": _offline_upload,
}
# These speak of a request before them and may come after the end of their transaction.
OWED = frozenset(("REV", "SCRN", "OFFL"))


@once
def of_kind(attempt: Attempt, kind: str) -> tuple[HostMessage, ...]:
    """The terminal's messages of a kind, REV and SCRN only after a request of their transaction."""
    return tuple(each for each in _of_kind(messages(attempt), kind))


def _of_kind(found: tuple[HostMessage, ...], kind: str) -> Iterator[HostMessage]:
    requested: set[int] = set()
    for each in found:
        if not each.from_terminal:
            continue
        if each.mti in transactions.REQUESTS:
            requested.add(each.transaction)
        leftover = kind in ("REV", "SCRN") and each.transaction not in requested
        if KINDS[kind](each) and not leftover:
            yield each


def _sent(kind: str) -> Occurrence:
    def find(attempt: Attempt) -> tuple[Seen[str], ...]:
        return tuple(
            Seen(each.mti, (each.event,), each.transaction) for each in of_kind(attempt, kind)
        )

    return Occurrence(f"H({kind})", find, NEEDS, owed=kind in OWED)


def h(kind: str) -> Condition:
    """H(AUTH), H(REV), H(SCRN) or H(OFFL): the host sees such a message in each transaction."""
    return _sent(kind).happens(f"H({kind})")


def no_h(kind: str) -> Condition:
    """!H(AUTH) and so on: the host sees no such message."""
    return _sent(kind).never(f"!H({kind})")


def f55(tag: str, kind: str = "AUTH") -> Reading[Value]:
    """The value of a tag (upper-case hex) in DE55 of the authorisation, or of another message."""

    def read(attempt: Attempt) -> tuple[Seen[Value], ...]:
        return tuple(
            Seen(value.hex().upper(), (each.event,), each.transaction)
            for each in of_kind(attempt, kind)
            for value in each.object_55(int(tag, 16))
        )

    return Reading(_notation(f"F55({tag})", kind), read, NEEDS)


def f55_bit(tag: str, which: str, kind: str = "AUTH") -> Reading[Value]:
    """A bit of the value of a tag in DE55, "2.7" for byte 2 bit 7."""

    def read(attempt: Attempt) -> tuple[Seen[Value], ...]:
        return tuple(
            Seen(bit(bytes.fromhex(str(seen.value)), which), seen.events, seen.transaction)
            for seen in f55(tag, kind).read(attempt)
        )

    return Reading(_notation(f"F55({tag})[{which}]", kind), read, NEEDS)


def de(number: int, kind: str = "AUTH") -> Reading[Value]:
    """A data element as text, binary ones as upper-case hex."""

    def read(attempt: Attempt) -> tuple[Seen[Value], ...]:
        return tuple(
            Seen(_text(each.message.fields[number]), (each.event,), each.transaction)
            for each in of_kind(attempt, kind)
            if number in each.message.fields
        )

    return Reading(_notation(f"DE({number})", kind), read, NEEDS)


def _notation(what: str, kind: str) -> str:
    return what if kind == "AUTH" else f"H({kind}) {what}"


def _text(value: str | bytes) -> str:
    return value.hex().upper() if isinstance(value, bytes) else value
