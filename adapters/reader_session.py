"""What a reader keeps of a card while it talks with it, and how it fills the card's lists."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from adapters.codec import ber_tlv, dol
from adapters.codec.apdu import ResponseApdu
from adapters.codec.dol import Entry
from adapters.interface import Interface

DONE, FILE_INVALIDATED = 0x9000, 0x6283
FORMAT_1_80 = 0x80
AIP_82, AFL_94 = 0x82, 0x94
PAN_5A, SEQUENCE_NUMBER_5F34, TRACK_2_57 = 0x5A, 0x5F34, 0x57
ATC_9F36, AC_9F26 = 0x9F36, 0x9F26
AFL_ENTRY_SIZE = 4
# EMV 4.1 Book 3, 6.5.5.4 and 6.5.8.4: what format 1 holds.
INITIATED: Mapping[int, slice] = {AIP_82: slice(0, 2), AFL_94: slice(2, None)}
GENERATED: Mapping[int, slice] = {ATC_9F36: slice(1, 3), AC_9F26: slice(3, 11)}
# EMV 4.1 Book 3, Annex A: formats n; 9F7A is binary and has one byte everywhere.
NUMERIC = frozenset((0x9F02, 0x9F03, 0x9F1A, 0x5F2A, 0x9A, 0x9C, 0x9F21))
Value = int | bytes


@dataclass(slots=True)
class ReaderSession:
    """From power-on to the next: the data objects of the card, and how far the transaction is."""

    interface: Interface
    objects: dict[int, bytes] = field(default_factory=dict)
    given: dict[int, Value] = field(default_factory=dict)
    generated: int = 0
    # The AC of the first GENERATE AC: what the MAC of a script starts from.
    cryptogram: bytes = b""
    response_code: bytes = b""

    def selected(self, answer: ResponseApdu) -> None:
        """SELECT answered: another application, another transaction."""
        self.objects = {}
        self.given = {}
        self._begin()
        if answer.sw in (DONE, FILE_INVALIDATED):
            self._keep(answer)

    def initiated(self, answer: ResponseApdu) -> None:
        self._begin()
        if answer.sw == DONE:
            for tag in INITIATED:
                self.objects.pop(tag, None)
            self._keep(answer, INITIATED)
            # qPBOC: the one cryptogram of the transaction comes here.
            self.cryptogram = self.objects.get(AC_9F26, b"")

    def read(self, answer: ResponseApdu) -> None:
        if answer.sw == DONE:
            self._keep(answer)

    def cryptogram_given(self, answer: ResponseApdu) -> None:
        if answer.sw != DONE:
            return
        self._keep(answer, GENERATED)
        self.generated += 1
        if self.generated == 1:
            self.cryptogram = self.objects.get(AC_9F26, b"")

    @property
    def files(self) -> Iterator[tuple[int, int]]:
        """SFI and number of each record of the AFL, in its order."""
        afl = self.objects.get(AFL_94, b"")
        for at in range(0, len(afl) - AFL_ENTRY_SIZE + 1, AFL_ENTRY_SIZE):
            sfi, first, last, _ = afl[at : at + AFL_ENTRY_SIZE]
            yield from ((sfi >> 3, number) for number in range(first, last + 1))

    @property
    def pan(self) -> str:
        """Digits of 5A, or of 57 where no record with 5A was read; "" if neither is known."""
        track = self.objects.get(TRACK_2_57, b"").hex().upper().partition("D")[0]
        return self.objects.get(PAN_5A, b"").hex().upper().rstrip("F") or track

    @property
    def sequence_number(self) -> str:
        return self.objects.get(SEQUENCE_NUMBER_5F34, b"").hex()

    @property
    def atc(self) -> int:
        return int.from_bytes(self.objects.get(ATC_9F36, b""), "big")

    def _begin(self) -> None:
        self.generated = 0
        self.cryptogram = self.response_code = b""

    def _keep(self, answer: ResponseApdu, format_1: Mapping[int, slice] | None = None) -> None:
        """RemoteProtocolError if the data are no data objects."""
        objects = ber_tlv.decode(answer.data)
        if format_1 and objects and objects[0].tag == FORMAT_1_80:
            value = objects[0].value
            self.objects |= {tag: value[part] for tag, part in format_1.items()}
            return
        self.objects |= {
            each.tag: each.value for each in ber_tlv.walk(objects) if not each.constructed
        }


def fill(wanted: bytes, values: Mapping[int, Value]) -> bytes:
    """The value list that answers a Data Object List; RemoteProtocolError if it is none."""
    return b"".join(_sized(entry, values.get(entry.tag, b"")) for entry in dol.decode(wanted))


def _sized(entry: Entry, value: Value) -> bytes:
    # EMV 4.1 Book 3, 5.4: numbers lose and gain at the left, all others at the right; what is not
    # known goes out as zeros.
    size = entry.length
    if isinstance(value, int):
        value = bytes.fromhex(str(value).zfill(2 * size))
    if entry.tag in NUMERIC:
        return value[max(len(value) - size, 0) :].rjust(size, b"\x00")
    return value[:size].ljust(size, b"\x00")
