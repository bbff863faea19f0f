"""An emulated POS that lets out card numbers, PINs and keys at every port, a way an act.

In the runners' processes it joins the table of misbehaving devices as "leaks".
"""

from collections.abc import Callable, Mapping
from contextlib import suppress

from adapters.codec import iso8583
from adapters.codec.iso8583 import Message
from adapters.codec.pos_dialect import POS
from adapters.errors import DeviceFell
from adapters.wires import CardMute, NoAnswer
from fixtures.crypto.pin_blocks import pin_block
from fixtures.crypto.test_keys import posp_keys
from fixtures.emulated import misbehaviour
from fixtures.emulated.direct_pos import EmulatedDirectPos, Report
from tests.privacy.carriers import direct, packed
from tests.privacy.seeds import card_numbers, secrets

PINS = [f"{int.from_bytes(each) % 10**12:012}" for each in secrets("pins", 50, 6)]
TEST_PAN = "6210948000000011"


def plain_block(pin: str) -> bytes:
    return bytes.fromhex(f"2{len(pin):X}{pin}".ljust(16, "F"))


def verify(pin: str) -> bytes:
    return bytes.fromhex("0020008008") + plain_block(pin)


def with_pin_block(pin: str) -> bytes:
    block = pin_block(posp_keys().working.pin_key, pin, TEST_PAN)
    fields: dict[int, str | bytes] = {2: TEST_PAN, 3: "000000", 11: "000009", 52: block}
    return direct(Message("0200", fields))


class LeakingPos(EmulatedDirectPos):
    """Signs on; each purchase is a whole one, with something before it that nobody may keep."""

    acts = 0

    def perform(self, verb: str, arguments: Mapping[str, str | int]) -> Report:
        if verb != "purchase":
            return super().perform(verb, arguments)
        pan, pin = card_numbers()[LeakingPos.acts], PINS[LeakingPos.acts % len(PINS)]
        leak = LEAKS[LeakingPos.acts % len(LEAKS)]
        LeakingPos.acts += 1
        self._slot.reset()
        self._slot.transmit(verify(pin))
        with suppress(NoAnswer):
            self._line.exchange(with_pin_block(pin))
        told = leak(self, pan)
        return told or super().perform(verb, arguments)

    def says(self, pan: str) -> Report:
        return {"outcome": "OFF_APP", "screen": f"卡号{pan}"}

    def falls(self, pan: str) -> Report:
        raise DeviceFell("garbage", f"the device's answer is no message: {pan}")

    def breaks(self, pan: str) -> Report:
        iso8583.encode(Message("0200", {2: f"{pan}x"}), POS)
        return {}

    def tells_the_host(self, pan: str) -> Report:
        with suppress(NoAnswer):
            self._line.exchange(direct(Message("0200", {2: pan, 11: "000009"})))
        return {}

    def tells_the_card(self, pan: str) -> Report:
        with suppress(CardMute):
            self._slot.transmit(bytes.fromhex("80F100000A") + packed(pan).ljust(10, b"\xff"))
        return {}

    def raises_in_hex(self, pan: str) -> Report:
        raise ValueError(f"amount: {pan.encode().hex().upper()} is not amount")


Leak = Callable[[LeakingPos, str], Report]
LEAKS: tuple[Leak, ...] = (
    LeakingPos.says,
    LeakingPos.falls,
    LeakingPos.breaks,
    LeakingPos.tells_the_host,
    LeakingPos.tells_the_card,
    LeakingPos.raises_in_hex,
)


def join() -> None:
    """Put the device into the table of this process."""
    misbehaviour.MISBEHAVIOURS["leaks"] = LeakingPos  # type: ignore[index]  # this process only
