"""PIN blocks, PINs and keys are blanked at the tap: engines see them, the recording does not."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from adapters.codec import cups_link, iso8583
from adapters.codec.cups_dialect import CUPS
from adapters.codec.iso8583 import Message
from adapters.delivery import Delivery
from adapters.events import Direction, Event, Kind, Port
from adapters.ports import Budget, CardTap, HostTap, OperatorTap
from adapters.privacy.masking import NOBODY, masked
from fixtures.cards.bc import BC
from fixtures.cards.card_memory import CardKeys
from fixtures.crypto import des, pin_blocks, pos_keys
from fixtures.crypto.member_keys import member_keys
from fixtures.crypto.pin_blocks import Control, pin_field
from fixtures.crypto.test_keys import POSP_FILE, bc_keys, posp_keys
from fixtures.toml_file import read
from fixtures.witness import KeyWitness
from tests.privacy.carriers import HEADER, direct

KEYS = posp_keys()
WITNESS = KeyWitness(KEYS)
PAN = "6210948000000011"
BLANK = "0020008008" + "00" * 8
TEST_PIN_SEEN = {"pin-format": "0", "pin": "test", "pin-account": "with"}
VERIFY = bytes.fromhex("002000800826123456FFFFFFFF")


@dataclass
class Recorded:
    """A recorder and an engine for every port: what was recorded, and what the engine was given."""

    events: list[Event] = field(default_factory=list)
    given: list[object] = field(default_factory=list)

    def record(
        self,
        port: Port,
        direction: Direction,
        kind: Kind,
        data: bytes,
        detail: Mapping[str, str | int] | None = None,
    ) -> Event:
        event = Event(len(self.events) + 1, port, direction, kind, data, detail or {})
        self.events.append(event)
        return event

    def perform(self, verb: str, arguments: Mapping[str, str | int]) -> Mapping[str, str | int]:
        self.given.append((verb, dict(arguments)))
        return {"outcome": "DONE"}


class Host(Recorded):
    def deliveries(self, frame: bytes) -> tuple[Delivery, ...]:
        self.given.append(frame)
        return ()


class Card(Recorded):
    def reset(self) -> bytes:
        return b"\x3b\x00"

    def respond(self, command: bytes) -> bytes:
        self.given.append(command)
        return b"\x90\x00"


def with_pin(pin: str = "123456", *, pan: str = PAN, mac: str = "right") -> bytes:
    block = pin_blocks.pin_block(KEYS.working.pin_key, pin, pan)
    fields: dict[int, str | bytes] = {2: pan, 11: "000001", 52: block, 64: bytes(8)}
    data = direct(Message("0200", fields))
    made = pos_keys.pos_mac(KEYS.working.mac_key, iso8583.mac_block(data[13:]))
    return data[:-8] + (made if mac == "right" else b"00000000")


def test_a_pin_block_is_blanked_and_the_host_still_gets_it() -> None:
    """The recorded frame is as long as the sent one, with zeros in DE52 alone."""
    host, sent = Host(), with_pin()
    HostTap(Port.HOST_T, host, host, Budget(9), WITNESS).deliveries(sent)
    (event,) = host.events
    at, _, size = str(event.detail["masked"]).removeprefix("DE52@").partition("+")
    start, end = int(at), int(at) + int(size)
    assert host.given == [sent]
    assert event.data == sent[:start] + bytes(8) + sent[end:]
    assert end - start == 8
    assert sent[start:end] == pin_blocks.pin_block(KEYS.working.pin_key, "123456", PAN)


@pytest.mark.parametrize(
    "frame, seen",
    [
        (with_pin(), {**TEST_PIN_SEEN, "mac": "right"}),
        (with_pin("4321"), {"pin-format": "0", "pin": "other", "mac": "right"}),
        (with_pin(mac="wrong"), {**TEST_PIN_SEEN, "mac": "wrong"}),
    ],
)
def test_the_bench_says_what_it_saw_in_blanked_bytes(
    frame: bytes, seen: Mapping[str, str]
) -> None:
    """Format, whether it is the test PIN, and whether the MAC was right as received."""
    _, detail = masked(Port.HOST_T, Kind.MESSAGE, frame, {}, WITNESS)
    assert {name: value for name, value in detail.items() if name != "masked"} == seen


def test_a_pin_block_on_the_switch_leg_is_blanked() -> None:
    """It is under another key there: nothing is said of it."""
    block = bytes.fromhex("912C48B98668BEB4")
    body = iso8583.encode(Message("0200", {11: "000001", 52: block}), CUPS)
    frame = cups_link.encode(cups_link.framed(HEADER, body))
    data, detail = masked(Port.HOST_S, Kind.MESSAGE, frame, {}, WITNESS)
    assert block not in data
    assert len(data) == len(frame)
    assert set(detail) == {"masked"}


@pytest.mark.parametrize("pin, seen", [("123456", "test"), ("654321", "other")])
def test_with_the_members_key_a_pin_is_told_on_the_switch_leg_too(pin: str, seen: str) -> None:
    """Under its own key; a block of the terminal's key is not the test PIN there."""
    key = member_keys().pin_key
    witness = KeyWitness(KEYS, key)
    for own, expected in ((key, seen), (KEYS.working.pin_key, "other")):
        block = pin_blocks.pin_block(own, pin, PAN)
        body = iso8583.encode(Message("0200", {2: PAN, 11: "000001", 52: block}), CUPS)
        frame = cups_link.encode(cups_link.framed(HEADER, body))
        data, detail = masked(Port.HOST_S, Kind.MESSAGE, frame, {}, witness)
        assert block not in data
        assert detail["pin"] == expected
        assert "mac" not in detail


def test_whether_the_pan_is_in_a_pin_block_is_told() -> None:
    """Format 0 with the account number, and the same field without."""
    key = KEYS.working.pin_key
    without = des.encrypt(key, pin_field("123456", Control.ONLINE))
    bound = pin_blocks.pin_block(key, "123456", PAN)
    for block, account in ((bound, "with"), (without, "without")):
        frame = direct(Message("0200", {2: PAN, 11: "000001", 52: block}))
        _, detail = masked(Port.HOST_T, Kind.MESSAGE, frame, {}, WITNESS)
        assert (detail["pin"], detail["pin-account"]) == ("test", account)


def test_a_pin_block_behind_a_fault_is_blanked_with_what_surrounds_it() -> None:
    """Where nobody can tell where it stands, all behind the fault goes."""
    sent = bytearray(with_pin())
    sent[13 + 2] |= 0x08  # announces DE5, which no direct POS has
    data, detail = masked(Port.HOST_T, Kind.MESSAGE, bytes(sent), {}, WITNESS)
    assert str(detail["masked"]).startswith("DE52?@")
    assert pin_blocks.pin_block(KEYS.working.pin_key, "123456", PAN) not in data
    assert len(data) == len(sent)


def test_a_frame_without_pin_block_stays_as_it_is() -> None:
    """Not one byte and not one word more than before."""
    frame = direct(Message("0200", {2: PAN, 11: "000001"}))
    assert masked(Port.HOST_T, Kind.MESSAGE, frame, {}, WITNESS) == (frame, {})


@pytest.mark.parametrize(
    "command, blanked, seen",
    [
        (VERIFY.hex(), BLANK, {"pin-format": "2", "pin": "test"}),
        ("0020008008241234FFFFFFFFFF", BLANK, {"pin-format": "2", "pin": "other"}),
        ("0020008810" + "A5" * 16, "0020008810" + "00" * 16, {"pin-format": "enciphered"}),
        ("0020008004241234FFFFFF", "0020008004" + "00" * 6, {}),
        ("0020008008241234", "0020008008" + "00" * 3, {}),
    ],
)
def test_verify_is_blanked(command: str, blanked: str, seen: Mapping[str, str]) -> None:
    """Plain or enciphered, well formed or not: header and Lc stay, the card gets all of it."""
    card = Card()
    CardTap(card, card, Budget(9), WITNESS).respond(bytes.fromhex(command))
    event = card.events[0]
    assert card.given == [bytes.fromhex(command)]
    assert event.data.hex().upper() == blanked
    assert {name: value for name, value in event.detail.items() if name != "masked"} == seen


@pytest.mark.parametrize(
    "verb, arguments, blanked",
    [
        ("pin", {"pin": "123456"}, {"pin": "000000"}),
        ("load", {"TMK": "0123456789ABCDEF"}, {"TMK": "0" * 16}),
        ("key", {"name": "7"}, {"name": "0"}),
        ("pay", {"cvn2": 123}, {"cvn2": "000"}),
    ],
)
def test_secrets_in_acts_are_blanked(
    verb: str, arguments: Mapping[str, str | int], blanked: Mapping[str, str]
) -> None:
    """The device is told, the recording is not; what was blanked is named."""
    operator = Recorded()
    OperatorTap(operator, operator).perform(verb, arguments)
    act = operator.events[0].detail
    assert operator.given == [(verb, dict(arguments))]
    assert {name: act[name] for name in blanked} == blanked
    assert act["masked"] == ", ".join(blanked)


def test_other_keys_pressed_are_recorded() -> None:
    """OK and CANCEL are no PIN."""
    said = {"verb": "key", "name": "CANCEL"}
    assert masked(Port.OPERATOR, Kind.ACT, b"", said, NOBODY) == (b"", said)


def test_no_value_shows_its_keys() -> None:
    """An exception or a failed assertion that prints a value prints no key and no PIN."""
    keys, posp = bc_keys(), posp_keys()
    held = {
        *(keys.imk_ac, keys.imk_mac, keys.imk_enc, keys.ca.p, keys.issuer.q, keys.icc.p),
        *(posp.terminal_master_key, posp.track_key, posp.working.pin_key, posp.working.mac_key),
        bytes.fromhex("26123456FFFFFFFF"),
    }
    file = read(POSP_FILE)
    of_card = CardKeys(keys.imk_ac, keys.imk_mac, keys.imk_enc)
    values = (keys, posp, posp.working, BC, of_card, WITNESS, file)
    shown = "".join(map(repr, values))
    for secret in held:
        assert repr(secret)[2:-1] not in shown
        assert secret.hex().upper() not in shown

