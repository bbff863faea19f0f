"""The working keys in DE62 of a sign-on answer, still enciphered (host and kiosk facts, 1.14).

Each key stands before its check value. What is deciphered, and checked, is not of a codec.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from adapters.codec.errors import LocalProtocolError, RemoteProtocolError

CHECK_SIZE = 4
PIN_KEY, MAC_KEY, TRACK_KEY = "PIK", "MAK", "TDK"


@dataclass(frozen=True, slots=True)
class WrappedKey:
    """One key under the terminal master key, 8 or 16 bytes, and its check value of 4."""

    name: str
    wrapped: bytes
    check_value: bytes


# Which keys a block has, and how long they are, by its length. A MAC key of single length in a
# block of double length is filled up with zeros, which stay.
LAYOUTS: Mapping[int, tuple[tuple[str, int], ...]] = MappingProxyType(
    {
        24: ((PIN_KEY, 8), (MAC_KEY, 8)),
        40: ((PIN_KEY, 16), (MAC_KEY, 16)),
        60: ((PIN_KEY, 16), (MAC_KEY, 16), (TRACK_KEY, 16)),
    }
)
# 0.1 on 1.14: there are blocks of these lengths too, of which nobody here knows the parts.
UNKNOWN_LAYOUTS = frozenset((56, 84))


def decode(data: bytes) -> tuple[WrappedKey, ...]:
    """The keys of a block; none of a block whose parts are not known.

    RemoteProtocolError for a length that no block has.
    """
    if len(data) in UNKNOWN_LAYOUTS:
        return ()
    if len(data) not in LAYOUTS:
        raise RemoteProtocolError(f"DE62: no key block has {len(data)} bytes", len(data))
    keys = []
    at = 0
    for name, size in LAYOUTS[len(data)]:
        end = at + size
        keys.append(WrappedKey(name, data[at:end], data[end : end + CHECK_SIZE]))
        at = end + CHECK_SIZE
    return tuple(keys)


def encode(keys: Iterable[WrappedKey]) -> bytes:
    """The block with these keys; LocalProtocolError if none has them, in this order."""
    block = tuple(keys)
    if tuple((each.name, len(each.wrapped)) for each in block) not in LAYOUTS.values():
        raise LocalProtocolError("DE62: no key block has such keys", 0)
    at = 0
    data = b""
    for each in block:
        if len(each.check_value) != CHECK_SIZE:
            message = f"DE62: the check value of {each.name} is {len(each.check_value)} bytes"
            raise LocalProtocolError(message, at + len(each.wrapped))
        data += each.wrapped + each.check_value
        at = len(data)
    return data
