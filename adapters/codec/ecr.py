"""Frames and fields between a cash register and a POS terminal. Sans-IO, both roles.

    STX [LEN(2)] DATA ETX LRC        or one of ACK, NAK, ENQ

There is no national standard: how a maker does it is a Profile (host and kiosk facts, 4.3).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from types import MappingProxyType

from adapters.codec.errors import LocalProtocolError, RemoteProtocolError

STX, ETX = 0x02, 0x03
LENGTH_SIZE = 2
LARGEST_BCD = 9999
LARGEST_BINARY = 0xFFFF


class Signal(IntEnum):
    """What is said with one byte."""

    ENQ = 0x05
    ACK = 0x06
    NAK = 0x15


class LengthMode(StrEnum):
    """How LEN counts the bytes of DATA; without LEN, the first ETX ends them."""

    BCD2 = "bcd2"
    BIN2 = "bin2"
    NONE = "none"


class LrcFrom(StrEnum):
    """Where the exclusive-or starts."""

    LEN = "len"
    DATA = "data"


class Kind(StrEnum):
    """What a column holds: digits, minor units as digits, ASCII text with blanks behind it."""

    DIGITS = "digits"
    AMOUNT = "amount"
    TEXT = "text"


class Sender(StrEnum):
    """Who sends a message: the cash register asks, the terminal answers."""

    REGISTER = "register"
    TERMINAL = "terminal"


Value = str | int


@dataclass(frozen=True, slots=True)
class Column:
    """A field of fixed width in DATA; an amount is an int, everything else text."""

    name: str
    width: int
    kind: Kind = Kind.DIGITS


@dataclass(frozen=True, slots=True)
class Profile:
    """How one maker's terminals speak: framing, transaction codes, and columns after the code.

    `tx_codes` gives the code of a transaction, all codes of one width; `fields` the columns that
    follow it, for each sender. `largest` limits DATA, in bytes.
    """

    length_mode: LengthMode
    lrc_from: LrcFrom
    lrc_includes_etx: bool
    tx_codes: Mapping[str, str]
    fields: Mapping[tuple[Sender, str], tuple[Column, ...]]
    largest: int = 1024


@dataclass(frozen=True, slots=True)
class Message:
    """What DATA says: the transaction as the profile names it, and its columns by name."""

    transaction: str
    values: Mapping[str, Value]


# Host and kiosk facts, 4.3 item 1: the one request that is given there, and its framing.
EXAMPLE = Profile(
    length_mode=LengthMode.BCD2,
    lrc_from=LrcFrom.LEN,
    lrc_includes_etx=True,
    tx_codes=MappingProxyType({"sale": "01"}),
    fields=MappingProxyType(
        {
            (Sender.REGISTER, "sale"): (
                Column("amount", 12, Kind.AMOUNT),
                Column("cashier", 6),
            ),
        }
    ),
)


def encode(data: bytes, profile: Profile) -> bytes:
    """The frame around DATA; LocalProtocolError if the profile cannot frame it."""
    if len(data) > _largest(profile):
        raise LocalProtocolError(f"DATA: {len(data)} bytes where {_largest(profile)} fit", 0)
    if profile.length_mode is LengthMode.NONE and ETX in data:
        raise LocalProtocolError("DATA: an ETX would end it", data.index(ETX))
    inner = _length(len(data), profile) + data + bytes((ETX,))
    return bytes((STX,)) + inner + bytes((_lrc(inner, profile),))


def decode(piece: bytes, profile: Profile) -> bytes | Signal:
    """The DATA of a frame, or a signal; RemoteProtocolError if a piece is neither.

    A frame that is refused is to be answered by NAK; offsets count from its STX.
    """
    if len(piece) == 1 and piece[0] in set(Signal):
        return Signal(piece[0])
    if not piece or piece[0] != STX:
        raise RemoteProtocolError(f"{piece[:1].hex().upper() or 'nothing'} starts no frame", 0)
    start = 1 + _prefix_size(profile)
    size = _size(piece, profile)
    if size < 0:
        raise RemoteProtocolError("frame: cut off", len(piece))
    if size > _largest(profile):
        raise RemoteProtocolError(f"DATA: does not end within {_largest(profile)} bytes", 1)
    end = start + size
    if len(piece) != end + 2:
        raise RemoteProtocolError(f"frame: {len(piece)} bytes instead of {end + 2}", len(piece))
    if piece[end] != ETX:
        raise RemoteProtocolError(f"ETX: {piece[end]:02X} instead", end)
    if piece[-1] != _lrc(piece[1:-1], profile):
        raise RemoteProtocolError(f"LRC: {piece[-1]:02X} is wrong", end + 1)
    return piece[start:end]


class Decoder:
    """Cuts a byte stream into frames, signals and whatever is neither, which it never drops."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._buffer = bytearray()

    @property
    def pending(self) -> int:
        """How many bytes of an unfinished frame are waiting."""
        return len(self._buffer)

    def feed(self, chunk: bytes) -> list[bytes]:
        """Take in bytes as they arrive; give back the pieces they complete, for `decode` to judge.

        A byte that starts nothing, and an STX whose LEN cannot be, are pieces of their own: the
        stream is followed behind them.
        """
        self._buffer += chunk
        pieces: list[bytes] = []
        while (end := self._end()) > 0:
            pieces.append(bytes(self._buffer[:end]))
            del self._buffer[:end]
        return pieces

    def _end(self) -> int:
        """Where the first piece ends; 0 while it is not complete."""
        if not self._buffer:
            return 0
        if self._buffer[0] != STX:
            return 1
        start = 1 + _prefix_size(self._profile)
        size = _size(self._buffer, self._profile)
        if size > _largest(self._profile):
            return start
        end = start + size + 2
        return end if size >= 0 and end <= len(self._buffer) else 0


def encode_message(message: Message, sender: Sender, profile: Profile) -> bytes:
    """DATA: the code and columns of a transaction; LocalProtocolError names what does not fit."""
    columns = profile.fields.get((sender, message.transaction))
    if columns is None or message.transaction not in profile.tx_codes:
        reason = f"{message.transaction!r}: the profile has no {sender} message of it"
        raise LocalProtocolError(reason, 0)
    surplus = set(message.values) - {each.name for each in columns}
    if surplus:
        raise LocalProtocolError(f"{min(surplus)}: not a column of the profile", 0)
    data = profile.tx_codes[message.transaction].encode("ascii")
    for column in columns:
        if column.name not in message.values:
            raise LocalProtocolError(f"{column.name}: missing", len(data))
        data += _encode_column(column, message.values[column.name], len(data))
    return data


def decode_message(data: bytes, sender: Sender, profile: Profile) -> Message:
    """What DATA says; RemoteProtocolError names the column that does not fit, and its byte."""
    for transaction, code in profile.tx_codes.items():
        columns = profile.fields.get((sender, transaction))
        if columns is not None and data.startswith(code.encode("ascii")):
            return Message(transaction, _decode_columns(data, len(code), columns))
    code_size = max((len(code) for code in profile.tx_codes.values()), default=0)
    code_sent = data[:code_size].decode("ascii", "backslashreplace")
    raise RemoteProtocolError(f"{code_sent!r}: the profile has no {sender} message of this code", 0)


def _decode_columns(data: bytes, at: int, columns: tuple[Column, ...]) -> Mapping[str, Value]:
    values: dict[str, Value] = {}
    for column in columns:
        end = at + column.width
        if end > len(data):
            raise RemoteProtocolError(f"{column.name}: {end - len(data)} bytes short", len(data))
        values[column.name] = _decode_column(column, data[at:end], at)
        at = end
    if len(data) > at:
        raise RemoteProtocolError(f"{len(data) - at} bytes follow the last column", at)
    return MappingProxyType(values)


def _encode_column(column: Column, value: Value, at: int) -> bytes:
    amount = column.kind is Kind.AMOUNT
    if isinstance(value, int) is amount and not isinstance(value, bool):
        text = f"{value:0{column.width}}" if amount else str(value)
        text = text.ljust(column.width) if column.kind is Kind.TEXT else text
        if len(text) == column.width and _fits(column, text):
            return text.encode("ascii")
    message = f"{column.name}: {value!r} is not {column.kind} of {column.width}"
    raise LocalProtocolError(message, at)


def _decode_column(column: Column, content: bytes, at: int) -> Value:
    text = content.decode("ascii", "replace")
    if not _fits(column, text):
        message = f"{column.name}: {content.hex().upper()} is not {column.kind}"
        raise RemoteProtocolError(message, at)
    if column.kind is Kind.AMOUNT:
        return int(text)
    return text.rstrip(" ") if column.kind is Kind.TEXT else text


def _fits(column: Column, text: str) -> bool:
    if column.kind is Kind.TEXT:
        return text.isascii() and text.isprintable()
    return text.isascii() and text.isdigit()


def _largest(profile: Profile) -> int:
    limits = {LengthMode.BCD2: LARGEST_BCD, LengthMode.BIN2: LARGEST_BINARY}
    return min(profile.largest, limits.get(profile.length_mode, profile.largest))


def _prefix_size(profile: Profile) -> int:
    return 0 if profile.length_mode is LengthMode.NONE else LENGTH_SIZE


def _length(size: int, profile: Profile) -> bytes:
    if profile.length_mode is LengthMode.NONE:
        return b""
    if profile.length_mode is LengthMode.BIN2:
        return size.to_bytes(LENGTH_SIZE, "big")
    return bytes.fromhex(f"{size:04}")


def _size(buffer: bytes | bytearray, profile: Profile) -> int:
    """How long DATA is: -1 while that is not known, above the profile's largest if it cannot be."""
    impossible = _largest(profile) + 1
    if profile.length_mode is LengthMode.NONE:
        # Bounded, so that a stream without ETX is not kept for ever.
        found = buffer.find(ETX, 1, 1 + impossible)
        unknown = impossible if len(buffer) > impossible else -1
        return unknown if found < 0 else found - 1
    prefix = bytes(buffer[1 : 1 + LENGTH_SIZE])
    if len(prefix) < LENGTH_SIZE:
        return -1
    if profile.length_mode is LengthMode.BIN2:
        return int.from_bytes(prefix, "big")
    digits = prefix.hex()
    return int(digits) if digits.isdecimal() else impossible


def _lrc(inner: bytes, profile: Profile) -> int:
    """The exclusive-or over LEN, DATA and ETX, as far as the profile takes them."""
    start = 0 if profile.lrc_from is LrcFrom.LEN else _prefix_size(profile)
    end = len(inner) if profile.lrc_includes_etx else -1
    result = 0
    for byte in inner[start:end]:
        result ^= byte
    return result
