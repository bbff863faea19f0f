"""Answer to select of contactless cards, type A (ISO/IEC 14443-4, 5.2). Sans-IO.

    TL [T0 [TA(1)] [TB(1)] [TC(1)] historical]

TL counts itself; the CRC of the frame is no part of it.
"""

from dataclasses import dataclass

from adapters.codec.atr import Atr, Convention, Level, checked
from adapters.codec.errors import LocalProtocolError, RemoteProtocolError

NIBBLE = 0x0F
T0_RESERVED = 0x80
FLAGS = ((0x10, "ta"), (0x20, "tb"), (0x40, "tc"))
FRAME_SIZES = (16, 24, 32, 40, 48, 64, 96, 128, 256)
DEFAULT_FSCI = 2
DEFAULT_TB = 0x40
DEFAULT_TC = 0x02
CARRIER_HZ = 13_560_000
FRAME_WAITING_UNIT = 256 * 16
NS_PER_S = 1_000_000_000
RATES = ((0x1, 212), (0x2, 424), (0x4, 848))
BASE_RATE = 106
RESERVED_INTEGER = 15


@dataclass(frozen=True, slots=True)
class Ats:
    """An answer to select; interface bytes and FSCI that were not sent are None.

    FSCI None means that the ATS is TL alone, so no other part may be there.
    """

    fsci: int | None = DEFAULT_FSCI
    ta: int | None = None
    tb: int | None = None
    tc: int | None = None
    historical: bytes = b""

    @property
    def frame_size(self) -> int:
        """FSC: the largest frame that the card takes, in bytes with CRC."""
        # ISO/IEC 14443-4, 5.2: a reserved FSCI is read as 8.
        fsci = DEFAULT_FSCI if self.fsci is None else self.fsci
        return FRAME_SIZES[min(fsci, len(FRAME_SIZES) - 1)]

    @property
    def rates_from_card(self) -> tuple[int, ...]:
        """Rates in kbit/s that the card can send at (DS), 106 among them always."""
        return _rates(self._usable_ta >> 4)

    @property
    def rates_to_card(self) -> tuple[int, ...]:
        """Rates in kbit/s that the card can receive at (DR), 106 among them always."""
        return _rates(self._usable_ta)

    @property
    def same_rate_both_ways(self) -> bool:
        """Whether the card wants one rate for both directions."""
        return bool(self._usable_ta & 0x80)

    @property
    def fwi(self) -> int:
        """Frame waiting time integer; 15 is reserved."""
        return self._tb >> 4

    @property
    def sfgi(self) -> int:
        """Start-up frame guard time integer; 15 is reserved, 0 asks for no extra time."""
        return self._tb & NIBBLE

    @property
    def frame_waiting_ns(self) -> int:
        """FWT, rounded up; a reserved FWI counts as 4, its default."""
        # ISO/IEC 14443-4, 5.2.
        return _time_ns(4 if self.fwi == RESERVED_INTEGER else self.fwi)

    @property
    def start_up_guard_ns(self) -> int:
        """SFGT, rounded up; 0 if none is needed or SFGI is reserved."""
        return 0 if self.sfgi in {0, RESERVED_INTEGER} else _time_ns(self.sfgi)

    @property
    def takes_cid(self) -> bool:
        """Whether a card identifier may be sent (yes if TC(1) is absent)."""
        return bool(self._tc & 0x02)

    @property
    def takes_nad(self) -> bool:
        """Whether a node address may be sent (no if TC(1) is absent)."""
        return bool(self._tc & 0x01)

    @property
    def _usable_ta(self) -> int:
        # ISO/IEC 14443-4, 5.2: with the reserved bit set, only 106 kbit/s is left.
        ta = self.ta or 0
        return 0 if ta & 0x08 else ta

    @property
    def _tb(self) -> int:
        return DEFAULT_TB if self.tb is None else self.tb

    @property
    def _tc(self) -> int:
        return DEFAULT_TC if self.tc is None else self.tc


def decode(data: bytes) -> Ats:
    """The ATS in these bytes, all of them; RemoteProtocolError if TL or a part does not fit."""
    if not data:
        raise RemoteProtocolError("TL: cut off", 0)
    if data[0] != len(data):
        raise RemoteProtocolError(f"TL: {data[0]} of {len(data)} bytes", 0)
    if len(data) == 1:
        return Ats(fsci=None)
    t0 = data[1]
    if t0 & T0_RESERVED:
        raise RemoteProtocolError(f"T0: {t0:02X} sets the reserved bit", 1)
    at = 2
    found: dict[str, int] = {}
    for _, name in (each for each in FLAGS if t0 & each[0]):
        if at >= len(data):
            raise RemoteProtocolError(f"{name.upper()}(1): cut off", at)
        found[name] = data[at]
        at += 1
    return Ats(t0 & NIBBLE, **found, historical=data[at:])


def encode(ats: Ats) -> bytes:
    """TL, T0, interface and historical bytes; LocalProtocolError if a value does not fit."""
    parts = (ats.ta, ats.tb, ats.tc)
    present = [value for value in parts if value is not None]
    if ats.fsci is None:
        if present or ats.historical:
            raise LocalProtocolError("T0: it announces what follows and cannot be left out", 1)
        return b"\x01"
    if not 0 <= ats.fsci <= NIBBLE:
        raise LocalProtocolError(f"T0: FSCI {ats.fsci} does not fit", 1)
    for value in present:
        if not 0 <= value <= 0xFF:
            raise LocalProtocolError(f"ATS: {value} is no byte", 2)
    marked = zip(FLAGS, parts, strict=True)
    t0 = ats.fsci | sum(flag for (flag, _), value in marked if value is not None)
    body = bytes((t0, *present)) + ats.historical
    if len(body) + 1 > 0xFF:
        raise LocalProtocolError(f"TL: {len(body) + 1} bytes do not fit", 0)
    return bytes((len(body) + 1,)) + body


def outside_limits(ats: Ats) -> tuple[tuple[str, int], ...]:
    """What a payment card's ATS does not keep to: name and value, in the order of the bytes.

    A terminal accepts more than these limits; 106 kbit/s is among the rates of every ATS.
    """
    fsci = DEFAULT_FSCI if ats.fsci is None else ats.fsci
    # Contactless facts, 1.1, RATS.
    limits = (("FSCI", fsci, range(2, 9)), ("FWI", ats.fwi, range(8)), ("SFGI", ats.sfgi, range(9)))
    return tuple((name, value) for name, value, allowed in limits if value not in allowed)


def pc_sc_atr(ats: Ats) -> Atr:
    """The ATR that a PC/SC reader makes of an ATS: its historical bytes behind 3B 8n 80 01.

    It has room for 15 of them: atr.encode refuses more.
    """
    # Contactless facts, 1.1.
    levels = (Level(), Level(protocol=0), Level(protocol=1))
    return checked(Atr(Convention.DIRECT, levels, ats.historical))


def _rates(bits: int) -> tuple[int, ...]:
    return (BASE_RATE, *(rate for bit, rate in RATES if bits & bit))


def _time_ns(integer: int) -> int:
    return -(-(FRAME_WAITING_UNIT << integer) * NS_PER_S // CARRIER_HZ)
