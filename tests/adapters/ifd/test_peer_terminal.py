"""Our cards through PC/SC, read by a terminal that none of us wrote."""

import json
import os
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from adapters.codec import ber_tlv
from adapters.ifd.private_pcscd import SOCKET_NAME, PrivatePcscd
from adapters.interface import Interface
from fixtures.emulated.card_in_reader import CardInReader
from fixtures.emulated.reference_card import EmulatedCard
from tests.adapters.ifd.peer import peer_python
from tests.adapters.ifd.virtual_reader import WAIT_MS, need_reader

TERMINAL = Path(__file__).parent / "peer_terminal.py"
# How our own reader begins with BC, which has no PDOL.
SELECT = bytes.fromhex("00A4040008A00000033301010100")
START = bytes.fromhex("80A8000002830000")


@pytest.fixture(scope="module")
def python() -> Path:
    """The interpreter with the terminal in it."""
    need_reader()
    return peer_python()


@pytest.fixture
def card(tmp_path: Path) -> Iterator[tuple[CardInReader, PrivatePcscd]]:
    card = CardInReader("peer", "")
    with PrivatePcscd(card.address, tmp_path, WAIT_MS) as daemon:
        yield card, daemon
    card.close()


def told(python: Path, daemon: PrivatePcscd, wish: str) -> Mapping[str, Any]:
    ran = subprocess.run(
        (str(python), str(TERMINAL), wish),
        env={**os.environ, SOCKET_NAME: str(daemon.socket_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    found: Mapping[str, Any] = json.loads(ran.stdout)
    return found


def own_records() -> dict[str, str]:
    """The data objects of BC's records, asked in memory."""
    face = EmulatedCard("peer", "").faces({"image": "BC"})[Interface.CONTACT]
    face.reset()
    face.respond(SELECT)
    afl = bytes.fromhex("".join(ber_tlv.decode(face.respond(START)[:-2])[0].value[2:].hex()))
    found: dict[str, str] = {}
    for at in range(0, len(afl), 4):
        for number in range(afl[at + 1], afl[at + 2] + 1):
            record = face.respond(bytes((0x00, 0xB2, number, afl[at] | 4, 0)))
            for each in ber_tlv.decode(record[:-2])[0].children:
                found[ber_tlv.tag_bytes(each.tag).hex().upper()] = each.value.hex().upper()
    return found


def test_a_strange_terminal_reads_all_records_of_bc(
    python: Path, card: tuple[CardInReader, PrivatePcscd]
) -> None:
    """Directory, application, AIP and every data object of every record arrive as they stand."""
    at_reader, daemon = card
    at_reader.load({"image": "BC"})
    found = told(python, daemon, "all")
    assert [aid for aid, _ in found["applications"]] == ["A000000333010101"]
    assert found["aip"] == "7C00"
    records = own_records()
    assert set(found["objects"]) == set(records)
    plain = {tag: value for tag, value in found["objects"].items() if value}
    assert plain.items() <= records.items()
    assert {"5A", "57", "5F24", "9F46"} <= set(plain)


def test_a_strange_terminal_finds_the_reference_card(
    python: Path, card: tuple[CardInReader, PrivatePcscd]
) -> None:
    """It lists the application by name and label, and reads counters and tries of state S1."""
    _, daemon = card
    found = told(python, daemon, "directory")
    assert found["applications"] == [["A000000333010101", "PBOC DEBIT"]]
    assert found["counters"] == {"pin_retries": 3, "atc": 5, "last_online_atc": 5}
