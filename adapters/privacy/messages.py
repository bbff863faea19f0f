"""Host messages taken apart: which fields are a card number, which may hold one, which cannot.

A field that is in no table here is what its dialect says: amounts, dates, identifiers, a PIN block
or a MAC are no card numbers. Host and kiosk facts, 1.2, 1.8, 1.14 and 2.3.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from adapters.codec import ber_tlv, pos_fields
from adapters.codec.errors import RemoteProtocolError
from adapters.codec.iso8583_dialect import Attribute
from adapters.privacy.commands import SPECIAL
from adapters.privacy.elements import objects_of
from adapters.privacy.frames import DIRECT, SWITCH, Layout, Place, Wire, layout
from adapters.privacy.parts import Part, Parts, Sort

PAN_2, TRACK_2_35, TRACK_3_36, IC_DATA_55 = 2, 35, 36, 55
RESPONSE_44, PRIVATE_48, SECURITY_53, PRIVATE_62 = 44, 48, 53, 62
NUMBERS = frozenset((PAN_2, TRACK_2_35, TRACK_3_36))
# 1.2 and 2.3: what a field of characters says is anybody's; DE58 is the e-purse's, in its own form.
TEXTS = frozenset((43, 59, 63, 121, 122, 123))
FREE = frozenset((58,))
# 1.14: the keys of a sign-on answer, enciphered under the TMK, with or without the track key.
SIGN_ON_ANSWER = "0810"
KEY_BLOCKS = frozenset((24, 40, 56, 60, 84))
# 1.13: kind, brand, result, amount and currency of a TC upload.
TC_UPLOAD = "0320"
TC_UPLOADS = {21: b"61", 23: b"71"}
# 1.17: tag and width of the terminal parameters; a merchant's name is text, the rest is numbers.
PARAMETERS = {
    b"11": 2, b"12": 2, b"13": 1, b"14": 14, b"15": 14, b"16": 14, b"17": 14, b"18": 1,
    b"19": 2, b"20": 1, b"21": 1, b"22": 40, b"23": 1, b"25": 1, b"27": 2,
}
MERCHANT_NAME = b"22"
PARAMETER_ANSWER = "0810"
# One or two of them are digits that a card number has as well.
FEWEST_PARAMETERS = 3
# 1.4: digit 3 of DE53 says that the end of the track is enciphered.
ENCIPHERED_TRACK = "1"
BOTH_INSTITUTIONS = 22


@dataclass(frozen=True, slots=True)
class _Message:
    """A frame and where its fields stand."""

    frame: bytes
    found: Layout
    wire: Wire

    def content(self, place: Place) -> bytes:
        return self.frame[place.start : place.end]

    def digits(self, place: Place) -> str:
        """The digits of a field, without their fill."""
        content = self.content(place)
        if not self.wire.packed:
            return content.decode("ascii", "replace")
        digits = content.hex().upper()
        return digits[: place.length] if place.spec.fills_at_end else digits[-place.length :]

    @property
    def enciphered(self) -> bool:
        place = self.found.place(SECURITY_53)
        return bool(place) and self.digits(place)[2:3] == ENCIPHERED_TRACK if place else False


def message(frame: bytes, wire: Wire) -> Parts:
    """The parts of a frame; what cannot be followed is searched."""
    found = layout(frame, wire)
    whole = _Message(frame, found, wire)
    for place in found.places:
        yield from _field(whole, place)
    if rest := frame[found.end :]:
        yield Part("rest", Sort.BYTES, rest)


direct_message = partial(message, wire=DIRECT)
switch_message = partial(message, wire=SWITCH)


def characters(field: str, data: bytes) -> Parts:
    """The parts of characters, ASCII or Chinese."""
    yield Part(field, Sort.TEXT, data.decode("ascii", "replace"))
    if not data.isascii():
        yield Part(field, Sort.TEXT, data.decode("gb18030", "replace"))


def _field(whole: _Message, place: Place) -> Parts:
    number, label = place.spec.number, place.spec.label
    content = whole.content(place)
    if number in NUMBERS:
        yield Part(label, _sort(number, enciphered=whole.enciphered), whole.digits(place))
    elif number in FREE:
        yield Part(label, Sort.BYTES, content)
    elif number in TEXTS:
        yield from characters(label, content)
    elif number in FURTHER:
        yield from FURTHER[number](whole, place)
    elif number == RESPONSE_44 and place.length != BOTH_INSTITUTIONS:
        yield from characters(label, content)


def _sort(number: int, *, enciphered: bool) -> Sort:
    if number == TRACK_3_36:
        return Sort.TRACK_3
    return Sort.ENCIPHERED if number == TRACK_2_35 and enciphered else Sort.NUMBER


def _ic_data(whole: _Message, place: Place) -> Parts:
    return objects_of(whole.content(place), place.spec.label, SPECIAL)


def _private_48(whole: _Message, place: Place) -> Parts:
    """Totals and counts hold no number, the items of a batch upload do (1.11, 1.13)."""
    if place.spec.attribute is not Attribute.N:
        yield from characters(place.spec.label, whole.content(place))
        return
    digits = whole.digits(place)
    if len(digits) in (2 * pos_fields.TOTALS_DIGITS, pos_fields.END_COUNT_DIGITS):
        return
    try:
        items = pos_fields.decode_items(digits)
    except RemoteProtocolError:
        yield Part(place.spec.label, Sort.TEXT, digits)
        return
    for item in items:
        yield Part(place.spec.label, Sort.NUMBER, item.pan)


def _private_62(whole: _Message, place: Place) -> Parts:
    label, content, mti = place.spec.label, whole.content(place), whole.found.mti
    keys = mti == SIGN_ON_ANSWER and len(content) in KEY_BLOCKS
    upload = mti == TC_UPLOAD and content.startswith(TC_UPLOADS.get(len(content), b"-"))
    if keys or upload:
        return
    if mti == PARAMETER_ANSWER and (names := _parameters(content)):
        yield from characters(label, b"\n".join(names))
    elif _is_download(content):
        # 1.16: one character says whether more is to come, data objects follow.
        yield from objects_of(content[1:], label, SPECIAL)
    else:
        yield Part(label, Sort.BYTES, content)


def _is_download(content: bytes) -> bool:
    if not content[:1].isdigit():
        return False
    try:
        return bool(ber_tlv.decode(content[1:]))
    except RemoteProtocolError:
        return False


def _parameters(content: bytes) -> list[bytes]:
    """The texts of a parameter download, one of them empty; none where it is no such thing."""
    names = [b""]
    at = count = 0
    while at < len(content):
        tag = content[at : at + 2]
        width = PARAMETERS.get(tag, 0)
        value = content[at + 2 : at + 2 + width]
        if not value or len(value) < width:
            return []
        if tag == MERCHANT_NAME:
            names.append(value)
        elif not value.replace(b" ", b"0").isdigit():
            return []
        at += 2 + width
        count += 1
    return names if count >= FEWEST_PARAMETERS else []


FURTHER: Mapping[int, Callable[[_Message, Place], Parts]] = {
    PRIVATE_48: _private_48,
    IC_DATA_55: _ic_data,
    PRIVATE_62: _private_62,
}
