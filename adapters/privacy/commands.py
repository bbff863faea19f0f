"""Commands and responses taken apart; an earlier one tells how to read a later one.

EMV 4.1 Book 3, 6.5; JR/T 0025.5, Annex B.
"""

from collections.abc import Mapping

from adapters.codec import apdu, ber_tlv
from adapters.codec.errors import RemoteProtocolError
from adapters.privacy.elements import (
    COMMAND_TEMPLATE_83,
    FORMAT_1_80,
    SCRIPT_COMMAND_86,
    Taken,
    element,
    lists_in,
    objects_of,
    templates_of,
    value_list,
)
from adapters.privacy.parts import Part, Parts, Sort

SELECT, GPO, GENERATE_AC, INTERNAL_AUTHENTICATE = 0xA4, 0xA8, 0xAE, 0x88
GET_CHALLENGE, GET_TRANS_PROVE = 0x84, 0x5A
EXTERNAL_AUTHENTICATE, VERIFY, PIN_CHANGE = 0x82, 0x20, 0x24
APPLICATION_BLOCK, APPLICATION_UNBLOCK, CARD_BLOCK = 0x1E, 0x18, 0x16
PUT_DATA, STORE_DATA = 0xDA, 0xE2
PDOL_9F38, DDOL_9F49, CDOL1_8C, CDOL2_8D, LOG_FORMAT_9F4F = 0x9F38, 0x9F49, 0x8C, 0x8D, 0x9F4F
SECURE_MESSAGING = 0x04
MAC = 4
# An ARPC with what follows it, a PIN block or a new PIN with its MAC, a MAC: enciphered or random,
# and never longer than this.
EXPLAINED: Mapping[int, int] = {
    EXTERNAL_AUTHENTICATE: 16,
    VERIFY: 128,
    PIN_CHANGE: 32,
    APPLICATION_BLOCK: 8,
    APPLICATION_UNBLOCK: 8,
    CARD_BLOCK: 8,
}
RANDOM_OR_PROOF = frozenset((GET_CHALLENGE, GET_TRANS_PROVE))
LARGEST_PROOF = 8
# Format 1 of the answers (6.5.5.4, 6.5.8.4, 6.5.9.4): AIP and AFL; cryptogram and data; signature.
SHORTEST_GAC, LONGEST_GAC = 11, 43
SHORTEST_SIGNATURE = 64
DGI_SIZE = 2
LONG_DGI = 0xFF


class CardConversation:
    """The commands and responses of one card port, in the order they cross it."""

    def __init__(self) -> None:
        self._ins = 0
        self._generated = 0
        self._lists: dict[int, bytes] = {}

    def reset(self, atr: bytes) -> Parts:
        """The ATR; no list of the card before it holds any longer."""
        self._ins, self._generated, self._lists = 0, 0, {}
        # ISO/IEC 7816-4, 8.1.1: historical bytes name cards and systems. Packed, the ATRs of bank
        # cards look like numbers too often to be searched for more than characters.
        yield Part("ATR", Sort.TEXT, atr.decode("ascii", "replace"))

    def command(self, data: bytes) -> Parts:
        """The parts of a C-APDU."""
        try:
            command = apdu.decode_command(data)
        except RemoteProtocolError:
            self._ins = 0
            yield Part("C-APDU", Sort.BYTES, data)
            return
        self._ins = command.ins
        if command.ins == SELECT:
            self._lists, self._generated = {}, 0
        self._generated += command.ins == GENERATE_AC
        if command.data:
            yield from self._data(command)

    def response(self, data: bytes) -> Parts:
        """The parts of an R-APDU."""
        content = data[: -apdu.STATUS]
        self._lists |= dict(lists_in(content))
        if self._is_log_record(content):
            yield from value_list(self._lists[LOG_FORMAT_9F4F], content, "R-APDU log")
        elif self._ins not in RANDOM_OR_PROOF or len(content) > LARGEST_PROOF:
            yield from templates_of(content, "R-APDU", {**SPECIAL, FORMAT_1_80: self._format_1})

    def _data(self, command: apdu.CommandApdu) -> Parts:
        field = f"C-APDU {command.cla:02X}{command.ins:02X}"
        if command.ins in EXPLAINED and len(command.data) <= EXPLAINED[command.ins]:
            return iter(())
        match command.ins:
            case _ if command.ins == SELECT:
                return element(0x84, command.data, field)
            case _ if command.ins == GPO:
                return objects_of(command.data, field, {COMMAND_TEMPLATE_83: self._options})
            case _ if command.ins == GENERATE_AC:
                wanted = CDOL1_8C if self._generated == 1 else CDOL2_8D
                return self._values(wanted, command.data, field)
            case _ if command.ins == INTERNAL_AUTHENTICATE:
                return self._values(DDOL_9F49, command.data, field)
            case _:
                return _written(command, field)

    def _options(self, values: bytes) -> Parts:
        return self._values(PDOL_9F38, values, "C-APDU 80A8 83")

    def _values(self, wanted: int, values: bytes, field: str) -> Parts:
        if wanted in self._lists:
            return value_list(self._lists[wanted], values, field)
        # The four bytes that a terminal without a list sends are its unpredictable number.
        random = wanted == DDOL_9F49 and len(values) <= LARGEST_PROOF
        return iter(()) if random or not values else iter((Part(field, Sort.BYTES, values),))

    def _format_1(self, value: bytes) -> Parts:
        lengths: Mapping[int, bool] = {
            GPO: len(value) % 4 == 2,  # noqa: PLR2004 - an AIP of 2 and AFL entries of 4 bytes
            GENERATE_AC: SHORTEST_GAC <= len(value) <= LONGEST_GAC,
            INTERNAL_AUTHENTICATE: len(value) >= SHORTEST_SIGNATURE,
        }
        if not lengths.get(self._ins, False):
            yield Part("R-APDU 80", Sort.BYTES, value)

    def _is_log_record(self, content: bytes) -> bool:
        """Whether an answer is as long as the log format says: a record without tags."""
        wanted = self._lists.get(LOG_FORMAT_9F4F, b"")
        if not wanted or content[:1] == b"\x70" or not content:
            return False
        return not any(
            part.sort is Sort.BYTES and part.value == content
            for part in value_list(wanted, content, "")
        )


def _written(command: apdu.CommandApdu, field: str) -> Parts:
    """What a command writes to the card, without its MAC."""
    secured = bool(command.cla & SECURE_MESSAGING)
    content = command.data[:-MAC] if secured else command.data
    if command.ins == PUT_DATA:
        return element(command.p1 << 8 | command.p2, content, field)
    if command.ins == STORE_DATA and not secured:
        return _grouped(content, field)
    whole = iter((Part(field, Sort.BYTES, command.data),))
    return templates_of(content, field) if _is_template(content) else whole


def _is_template(content: bytes) -> bool:
    try:
        return bool(ber_tlv.decode(content))
    except RemoteProtocolError:
        return False


def _grouped(data: bytes, field: str) -> Parts:
    """Data groupings of personalisation: DGI, length in one byte or FF and two, TLV."""
    at = 0
    groups = []
    while at + DGI_SIZE < len(data):
        name = data[at : at + DGI_SIZE].hex().upper()
        start = at + DGI_SIZE + 1
        length = data[start - 1]
        if length == LONG_DGI:
            length = int.from_bytes(data[start : start + 2], "big")
            start += 2
        groups.append((name, data[start : start + length]))
        at = start + length
    if at != len(data) or not all(_is_template(content) for _, content in groups):
        yield Part(field, Sort.BYTES, data)
        return
    for name, content in groups:
        yield from templates_of(content, f"{field} {name}")


def script_command(data: bytes) -> Parts:
    """The parts of a command in an issuer script (tag 86)."""
    return CardConversation().command(data)


SPECIAL: Mapping[int, Taken] = {SCRIPT_COMMAND_86: script_command}
