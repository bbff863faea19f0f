"""Answer to Reset and protocol selection of contact cards (ISO/IEC 7816-3).

    TS T0 [TA1 TB1 TC1 TD1] [TA2 ..] historical(K) [TCK]     FF PPS0 [PPS1] [PPS2] [PPS3] PCK

Sans-IO: bytes in logical form, as a reader gives them, whichever convention TS names.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum
from types import MappingProxyType

from adapters.codec.errors import LocalProtocolError, RemoteProtocolError

# ISO/IEC 7816-3: TS and at most 32 bytes after it.
MOST_BYTES = 33
NIBBLE = 0x0F
BYTE = 0xFF
GLOBAL_T15 = 15
T0, T1 = 0, 1

# ISO/IEC 7816-3, Fi and Di by TA1; a nibble that is missing here is reserved.
CLOCK_RATE_FI = MappingProxyType(
    {0: 372, 1: 372, 2: 558, 3: 744, 4: 1116, 5: 1488, 6: 1860}
    | {9: 512, 10: 768, 11: 1024, 12: 1536, 13: 2048}
)
BAUD_RATE_DI = MappingProxyType({1: 1, 2: 2, 3: 4, 4: 8, 5: 16, 6: 32, 7: 64, 8: 12, 9: 20})
DEFAULT_TA1 = 0x11
DEFAULT_WI = 10
DEFAULT_IFSC = 32
DEFAULT_TB3 = 0x4D
WAITING_FACTOR = 960


class Convention(IntEnum):
    """TS: how characters are sent."""

    DIRECT = 0x3B
    INVERSE = 0x3F


class TckFault(StrEnum):
    """What is wrong with the check character, if anything."""

    NONE = "none"
    MISSING = "missing"
    SURPLUS = "surplus"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Level:
    """The interface bytes TAi, TBi, TCi, and the protocol T that TD(i-1) named for them.

    `protocol` is None at level 1 only; a byte that is absent is None.
    """

    protocol: int | None = None
    ta: int | None = None
    tb: int | None = None
    tc: int | None = None

    @property
    def presence(self) -> int:
        """The bits of T0 or TD that announce TA, TB and TC."""
        bits = (0x10, self.ta), (0x20, self.tb), (0x40, self.tc)
        return sum(bit for bit, value in bits if value is not None)


@dataclass(frozen=True, slots=True)
class Atr:
    """An answer to reset; `tck` is the byte that was sent, right or wrong, None where none was."""

    convention: Convention
    levels: tuple[Level, ...]
    historical: bytes = b""
    tck: int | None = None

    @property
    def characters(self) -> Mapping[str, int]:
        """The interface bytes that are present, by name (TA1 to TDn), in the order sent."""
        found: dict[str, int] = {}
        for number, level in enumerate(self.levels, 1):
            named = ("TA", level.ta), ("TB", level.tb), ("TC", level.tc), ("TD", self._td(number))
            found |= {f"{name}{number}": value for name, value in named if value is not None}
        return MappingProxyType(found)

    @property
    def protocols(self) -> tuple[int, ...]:
        """The transmission protocols offered, the first offered first; (0,) if none is named."""
        named = (each.protocol for each in self.levels)
        offered = dict.fromkeys(t for t in named if t is not None and t != GLOBAL_T15)
        return tuple(offered) or (T0,)

    @property
    def fi(self) -> int | None:
        """Clock rate conversion integer of TA1, 372 by default; None if the value is reserved."""
        return CLOCK_RATE_FI.get(self._ta1 >> 4)

    @property
    def di(self) -> int | None:
        """Baud rate adjustment integer of TA1, 1 by default; None if the value is reserved."""
        return BAUD_RATE_DI.get(self._ta1 & NIBBLE)

    @property
    def extra_guard_time(self) -> int:
        """N of TC1 in etu; 255 has a meaning of its own in each protocol."""
        return self.characters.get("TC1", 0)

    @property
    def specific_mode(self) -> int | None:
        """TA2, which fixes protocol and rates without a PPS; None in negotiable mode."""
        return self.characters.get("TA2")

    @property
    def wi(self) -> int:
        """Waiting time integer of T=0: TC2, 10 by default; 0 is reserved."""
        return self.characters.get("TC2", DEFAULT_WI)

    @property
    def work_waiting_clocks(self) -> int | None:
        """Work waiting time of T=0 in clock cycles, 960 WI Fi; None if Fi is reserved."""
        return None if self.fi is None else WAITING_FACTOR * self.wi * self.fi

    @property
    def ifsc(self) -> int:
        """Largest information field that the card takes in T=1, in bytes."""
        return next((each.ta for each in self._t1 if each.ta is not None), DEFAULT_IFSC)

    @property
    def bwi(self) -> int:
        """Block waiting time integer of T=1."""
        return self._tb3 >> 4

    @property
    def cwi(self) -> int:
        """Character waiting time integer of T=1."""
        return self._tb3 & NIBBLE

    @property
    def tck_required(self) -> bool:
        """Whether a check character must be sent: whenever a T other than 0 is named."""
        return any(each.protocol for each in self.levels)

    @property
    def tck_expected(self) -> int:
        """The check character that makes the exclusive-or of T0 to TCK zero."""
        return _xor(_head(self)[1:] + self.historical)

    @property
    def tck_fault(self) -> TckFault:
        if self.tck is None:
            return TckFault.MISSING if self.tck_required else TckFault.NONE
        if not self.tck_required:
            return TckFault.SURPLUS
        return TckFault.NONE if self.tck == self.tck_expected else TckFault.WRONG

    @property
    def _ta1(self) -> int:
        return self.characters.get("TA1", DEFAULT_TA1)

    @property
    def _t1(self) -> tuple[Level, ...]:
        # From the third level on, interface bytes belong to the protocol that TD named.
        return tuple(each for each in self.levels[2:] if each.protocol == T1)

    @property
    def _tb3(self) -> int:
        return next((each.tb for each in self._t1 if each.tb is not None), DEFAULT_TB3)

    def _td(self, number: int) -> int | None:
        """TDi, which announces level i+1; None behind the last level."""
        if number >= len(self.levels):
            return None
        more = 0x80 if number + 1 < len(self.levels) else 0
        following = self.levels[number]
        return more | following.presence | (following.protocol or 0)


def decode(data: bytes) -> Atr:
    """The ATR in these bytes; RemoteProtocolError if its own structure does not hold.

    A check character that is missing, surplus or wrong is a fact (`tck_fault`), not an error.
    """
    if not data:
        raise RemoteProtocolError("TS: cut off", 0)
    if data[0] not in set(Convention):
        raise RemoteProtocolError(f"TS: {data[0]:02X} is no convention", 0)
    if len(data) > MOST_BYTES:
        raise RemoteProtocolError(f"ATR: {len(data)} bytes where {MOST_BYTES} fit", MOST_BYTES)
    historical, levels, at = _decode_levels(data)
    end = at + historical
    if len(data) < end:
        raise RemoteProtocolError(f"historical bytes: {end - len(data)} short", len(data))
    if len(data) > end + 1:
        raise RemoteProtocolError(f"{len(data) - end} bytes follow the historical bytes", end)
    tck = data[end] if len(data) > end else None
    return Atr(Convention(data[0]), levels, data[at:end], tck)


def encode(atr: Atr) -> bytes:
    """The bytes of an ATR with its check character as it stands, right or wrong.

    LocalProtocolError if a value does not fit its place.
    """
    _expect_levels(atr.levels)
    if len(atr.historical) > NIBBLE:
        raise LocalProtocolError(f"historical bytes: {len(atr.historical)} where 15 fit", 1)
    if atr.tck is not None and not 0 <= atr.tck <= BYTE:
        raise LocalProtocolError(f"TCK: {atr.tck} is no byte", 1)
    check = b"" if atr.tck is None else bytes((atr.tck,))
    data = _head(atr) + atr.historical + check
    if len(data) > MOST_BYTES:
        raise LocalProtocolError(f"ATR: {len(data)} bytes where {MOST_BYTES} fit", MOST_BYTES)
    return data


def checked(atr: Atr) -> Atr:
    """The same ATR with the check character that it must have, or without one."""
    return replace(atr, tck=atr.tck_expected if atr.tck_required else None)


def _decode_levels(data: bytes) -> tuple[int, tuple[Level, ...], int]:
    """How many historical bytes there are, the levels, and the offset after them."""
    announced, at = _take(data, 1, "T0")
    historical = announced & NIBBLE
    levels: list[Level] = []
    protocol: int | None = None
    while True:
        found: dict[str, int] = {}
        for bit, name in ((0x10, "ta"), (0x20, "tb"), (0x40, "tc")):
            if announced & bit:
                found[name], at = _take(data, at, f"{name.upper()}{len(levels) + 1}")
        levels.append(Level(protocol, **found))
        if not announced & 0x80:
            return historical, tuple(levels), at
        announced, at = _take(data, at, f"TD{len(levels)}")
        protocol = announced & NIBBLE


def _head(atr: Atr) -> bytes:
    """TS, T0 and the interface bytes."""
    more = 0x80 if len(atr.levels) > 1 else 0
    t0 = more | atr.levels[0].presence | len(atr.historical)
    return bytes((atr.convention, t0, *atr.characters.values()))


def _expect_levels(levels: tuple[Level, ...]) -> None:
    if not levels:
        raise LocalProtocolError("ATR: no level 1", 1)
    for number, level in enumerate(levels, 1):
        if (level.protocol is None) != (number == 1):
            message = f"level {number}: protocol {level.protocol} cannot be announced"
            raise LocalProtocolError(message, 1)
        if level.protocol is not None and not 0 <= level.protocol <= NIBBLE:
            raise LocalProtocolError(f"TD{number - 1}: T={level.protocol} does not fit", 1)
        for name, value in (("TA", level.ta), ("TB", level.tb), ("TC", level.tc)):
            if value is not None and not 0 <= value <= BYTE:
                raise LocalProtocolError(f"{name}{number}: {value} is no byte", 1)


def _take(data: bytes, at: int, name: str) -> tuple[int, int]:
    if at >= len(data):
        raise RemoteProtocolError(f"{name}: cut off", at)
    return data[at], at + 1


def _xor(data: bytes) -> int:
    result = 0
    for each in data:
        result ^= each
    return result


PPSS = 0xFF
BYTES = frozenset(range(0x100))
PPS_RESERVED = 0x80
PPS_FLAGS = (0x10, 0x20, 0x40)


@dataclass(frozen=True, slots=True)
class Pps:
    """A request or its confirmation: protocol T and the parameter bytes that are present."""

    protocol: int
    pps1: int | None = None
    pps2: int | None = None
    pps3: int | None = None

    @property
    def parameters(self) -> tuple[int | None, ...]:
        return self.pps1, self.pps2, self.pps3


def encode_pps(pps: Pps) -> bytes:
    """FF PPS0 [PPS1] [PPS2] [PPS3] PCK; LocalProtocolError if a value does not fit its place."""
    values = [value for value in pps.parameters if value is not None]
    if not 0 <= pps.protocol <= NIBBLE or not BYTES.issuperset(values):
        raise LocalProtocolError(f"PPS: {pps} does not fit", 1)
    marked = zip(PPS_FLAGS, pps.parameters, strict=True)
    pps0 = pps.protocol | sum(flag for flag, value in marked if value is not None)
    body = bytes((PPSS, pps0, *values))
    return body + bytes((_xor(body),))


def decode_pps(data: bytes) -> Pps:
    """The PPS in these bytes, all of them; RemoteProtocolError if one does not fit."""
    first, at = _take(data, 0, "PPSS")
    if first != PPSS:
        raise RemoteProtocolError(f"PPSS: {first:02X} is not FF", 0)
    pps0, at = _take(data, at, "PPS0")
    if pps0 & PPS_RESERVED:
        raise RemoteProtocolError(f"PPS0: {pps0:02X} sets the reserved bit", 1)
    values: list[int | None] = []
    for number, flag in enumerate(PPS_FLAGS, 1):
        value: int | None = None
        if pps0 & flag:
            value, at = _take(data, at, f"PPS{number}")
        values.append(value)
    pck, at = _take(data, at, "PCK")
    if len(data) > at:
        raise RemoteProtocolError(f"{len(data) - at} bytes follow PCK", at)
    if _xor(data):
        raise RemoteProtocolError(f"PCK: {pck:02X} is wrong", at - 1)
    return Pps(pps0 & NIBBLE, *values)


def agreed(request: Pps, confirmation: Pps) -> Pps:
    """What both sides do from now on; RemoteProtocolError if the confirmation is no answer.

    ISO/IEC 7816-3: the protocol and each parameter come back as asked, or a parameter is left
    out: then its default holds.
    """
    if confirmation.protocol != request.protocol:
        raise RemoteProtocolError(f"PPS0: T={confirmation.protocol} was not asked for", 1)
    at = 2
    pairs = zip(request.parameters, confirmation.parameters, strict=True)
    for number, (asked, given) in enumerate(pairs, 1):
        if given is not None and given != asked:
            raise RemoteProtocolError(f"PPS{number}: {given:02X} was not asked for", at)
        at += given is not None
    return confirmation
