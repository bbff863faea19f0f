"""INV-18: card numbers and PINs that people could read."""

import pytest

from adapters.codec.iso8583 import Message
from adapters.events import Direction, Kind, Port
from fixtures.cards.bc import BC_PIN
from suites.acts import Verb
from suites.attempt import Attempt
from suites.conditions.invariants import INVARIANTS
from suites.finding import Verdict
from tests.suites.conditions.on_emulated import OVER, buy, direct
from tests.suites.recordings import Sale, Tape, purchase

PAN = "6228480402564890018"
INV_18 = INVARIANTS["INV-18"]


def verdicts(attempt: Attempt) -> list[Verdict]:
    return [each.verdict for each in INV_18.judge(attempt)]


def reported(detail: dict[str, str | int], before: Message | None = None) -> Attempt:
    """A sale of card BC whose report says this."""
    tape = Tape()
    tape.sign_on()
    purchase(tape, Sale(), reported=False)
    if before:
        tape.frame(before)
    tape.put(Port.OPERATOR, Direction.FROM_IUT, Kind.REPORT, detail=detail)
    tape.settle()
    return tape.attempt()


@pytest.mark.parametrize(
    "shown",
    [PAN, "6228 4804 0256 4890 018", f"卡号:{PAN}\n金额", "622848-0402564890-018"],
)
@pytest.mark.parametrize("where", ["receipt", "display", "screen"])
def test_a_whole_card_number_is_found_wherever_it_is_shown(shown: str, where: str) -> None:
    """With blanks, with hyphens, beside other words."""
    assert verdicts(reported({"outcome": "APPROVED", where: shown})) == [Verdict.FAIL]


@pytest.mark.parametrize(
    "shown", ["622848*********0018", "**** 0018", "622848", f"1{PAN}", f"{PAN[:-1]}7"]
)
def test_a_masked_number_or_another_is_none(shown: str) -> None:
    """What is hidden, in whatever way, is hidden."""
    assert verdicts(reported({"outcome": "APPROVED", "receipt": shown})) == [Verdict.PASS]


def test_a_preauthorisation_may_be_printed_with_its_number() -> None:
    """Contact facts, 4.1: INV-18 excepts it."""
    message = Message("0100", {3: "030000", 4: "000000005000", 11: "000002", 60: "10000001000501"})
    detail: dict[str, str | int] = {"outcome": "APPROVED", "receipt": PAN}
    assert verdicts(reported(detail, message)) == []
    assert verdicts(reported(detail)) == [Verdict.FAIL]


def test_without_a_card_or_a_report_there_is_nothing_to_look_at() -> None:
    """No finding: neither a pass nor inconclusive."""
    tape = Tape()
    tape.act(Verb.PURCHASE, amount=5000)
    tape.report("NOT_STARTED")
    assert verdicts(tape.attempt()) == []
    tape = Tape()
    purchase(tape, Sale(), reported=False)
    assert verdicts(tape.attempt()) == []


def test_a_report_that_names_a_pin_is_no_report_for_people() -> None:
    """Its digits are blanked before recording; its name is enough."""
    detail: dict[str, str | int] = {"outcome": "APPROVED", "pin": "000000", "masked": "pin"}
    assert Verdict.FAIL in verdicts(reported(detail))


@pytest.mark.parametrize(
    "text, verdict",
    [("PIN 123456", Verdict.FAIL), ("12345678", Verdict.PASS), ("11:12:13", Verdict.PASS)],
)
def test_the_pin_that_was_seen_entered_is_looked_for(text: str, verdict: Verdict) -> None:
    """As a number of its own: its digits also stand in serial numbers."""
    tape = Tape()
    tape.sign_on()
    purchase(tape, Sale(), reported=False)
    verify = bytes.fromhex("0020008008") + bytes(8)
    seen: dict[str, str | int] = {"masked": "VERIFY@5+8", "pin": "test"}
    tape.put(Port.ICC, Direction.FROM_IUT, Kind.COMMAND, verify, seen)
    detail: dict[str, str | int] = {"outcome": "APPROVED", "display": text}
    tape.put(Port.OPERATOR, Direction.FROM_IUT, Kind.REPORT, detail=detail)
    assert verdict in verdicts(tape.attempt())


def test_the_pin_is_looked_for_in_fields_of_the_host() -> None:
    """DE62 may hold anything but a PIN."""
    for content, expected in (("123456", Verdict.FAIL), ("654321", Verdict.PASS)):
        tape = Tape()
        tape.sign_on()
        purchase(tape, Sale(), reported=False)
        seen: dict[str, str | int] = {"masked": "VERIFY@5+8", "pin": "test"}
        tape.put(Port.ICC, Direction.FROM_IUT, Kind.COMMAND, bytes(13), seen)
        fields: dict[int, str | bytes] = {11: "000003", 60: "22000001000501"}
        tape.frame(Message("0200", {**fields, 62: content.encode()}))
        tape.report("APPROVED")
        assert expected in verdicts(tape.attempt())


def test_the_emulated_terminal_hides_what_it_must() -> None:
    """Slip, screen and host message of a sale with an online PIN."""
    assert set(verdicts(direct(buy(OVER, pin="123456"), image=BC_PIN))) == {Verdict.PASS}


def test_a_terminal_that_prints_the_whole_number_is_caught() -> None:
    """By its slip alone."""
    assert verdicts(direct(buy(), defect="pan-printed-whole")) == [Verdict.FAIL]
