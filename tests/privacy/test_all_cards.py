"""What the test cards say of themselves raises no alarm, read in any order."""

import random

import pytest

from adapters.codec import ber_tlv, dol
from adapters.events import Direction, Event, Kind, Port
from adapters.guard import CardDataGuard
from adapters.ports import CardEngine
from fixtures.cards.catalogue import IMAGES, faces
from fixtures.test_data import test_pans as listed

DIRECTORIES = (b"1PAY.SYS.DDF01", b"2PAY.SYS.DDF01")
AIDS = tuple(map(bytes.fromhex, ("A000000333010101", "A000000333010102", "A000000333010106")))
OBJECTS = (0x9F36, 0x9F13, 0x9F17, 0x9F79, 0x9F77, 0x9F78, 0x9F6D, 0x9F4F, 0x9F5D)
FILES, RECORDS = range(1, 31), range(1, 12)
PDOL_9F38 = 0x9F38


class Guarded:
    """A card whose commands and responses pass the guard; RefusedData where one does not."""

    def __init__(self, card: CardEngine) -> None:
        self._card = card
        self._guard = CardDataGuard(listed())
        self.passed = 0
        self._pass(Kind.RESET, card.reset())

    def ask(self, header: str, data: bytes = b"") -> bytes:
        command = bytes.fromhex(header) + (bytes((len(data),)) + data if data else b"") + b"\x00"
        self._pass(Kind.COMMAND, command)
        response = self._card.respond(command)
        self._pass(Kind.RESPONSE, response)
        return response

    def _pass(self, kind: Kind, data: bytes) -> None:
        self.passed += 1
        self._guard(Event(self.passed, Port.ICC, Direction.TO_IUT, kind, data, {}))


def value_list(fci: bytes) -> bytes:
    """Zeros for all that a PDOL asks for, in template 83."""
    found = ber_tlv.find(ber_tlv.decode(fci[:-2]), PDOL_9F38)
    size = sum(dol.wanted_length(dol.decode(each.value)) for each in found)
    return ber_tlv.encode(0x83, bytes(size))


@pytest.mark.parametrize("name", IMAGES)
def test_every_record_of_every_test_card_passes(name: str) -> None:
    """All files, logs before their format among them, and all objects, on every interface."""
    for face in faces(IMAGES[name], random.Random("guard")).values():
        card = Guarded(face)
        for file_name in (*DIRECTORIES, *AIDS):
            fci = card.ask("00A40400", file_name)
            if fci[-2:] == b"\x90\x00" and file_name in AIDS:
                card.ask("80A80000", value_list(fci))
            for file in FILES:
                for record in RECORDS:
                    card.ask(f"00B2{record:02X}{file << 3 | 4:02X}")
            for tag in OBJECTS:
                card.ask(f"80CA{tag:04X}")
        assert card.passed > len(FILES) * len(RECORDS)
