"""Attempts made by hand of what crossed both host legs."""

from adapters.codec import cups_link, cups_mac, iso8583, pos_fields
from adapters.codec.cups_dialect import CUPS
from adapters.codec.cups_link import Header
from adapters.codec.cups_mac import LOW_CONFIDENCE_WHOLE_90
from adapters.codec.iso8583 import Message
from adapters.codec.pos_fields import BatchItem, Settlement, Totals
from adapters.events import Direction, Kind, Port
from fixtures.crypto import ansi_mac
from fixtures.crypto.member_keys import member_keys
from suites.acts import Verb
from suites.conditions.condition import Condition
from suites.finding import Verdict
from tests.suites.recordings import Tape

PAN = "6210948000000011"
COMMON = {41: "10000001", 42: "898340153110001"}
SALE_60, VOID_60, REFUND_60 = "22000001000500", "23000001000500", "25000001000500"
UPLOAD_60, LOAD_60 = "3600000100050", "4600000100050"
HEADER = Header(2, 0, "03050001", "00010000", "000", 1, "00000000", 0)
Fields = dict[int, str | bytes]


def sale(stan: str = "000002", amount: int = 20000, **more: str | bytes) -> Fields:
    """The fields of a sale by stripe."""
    fields: Fields = {3: "000000", 4: f"{amount:012}", 11: stan, 35: f"{PAN}D3012101", 60: SALE_60}
    return {**COMMON, **fields, **{int(name[2:]): value for name, value in more.items()}}


def asked(tape: Tape, mti: str, fields: Fields, *, good_mac: bool = True) -> int:
    """A request with its MAC."""
    return tape.frame(Message(mti, {**fields, 64: bytes(8)}), good_mac=good_mac)


def answered(tape: Tape, mti: str, fields: Fields, code: str = "00", **more: str | bytes) -> int:
    """The answer that repeats what an answer repeats."""
    repeated = {number: fields[number] for number in (3, 4, 11, 41, 42, 60) if number in fields}
    told: Fields = {13: "0315", 37: "031509301500", 39: code}
    extra = {int(name[2:]): value for name, value in more.items()}
    return tape.frame(Message(mti, {**repeated, **told, **extra, 64: bytes(8)}), answer=True)


def sold(tape: Tape, fields: Fields, mti: str = "0200", code: str = "00") -> None:
    """A purchase without a card: request, answer, report."""
    tape.act(Verb.PURCHASE, amount=int(str(fields[4])))
    asked(tape, mti, fields)
    answered(tape, f"{int(mti) + 10:04}", fields, code)
    tape.report("APPROVED" if code == "00" else "DECLINED")


def settled(tape: Tape, totals: Totals) -> None:
    """A settlement with these totals, and the end of an upload that holds nothing."""
    tape.act(Verb.SETTLEMENT)
    both = pos_fields.encode_settlement(Settlement(totals, Totals(0, 0, 0, 0)))
    tape.frame(Message("0500", {**COMMON, 11: "000090", 48: both, 60: "00000001201", 63: "001"}))
    tape.report("ACKNOWLEDGED")


def uploaded(tape: Tape, *items: BatchItem, code: str = "201") -> int:
    """A message of items by stripe."""
    text = pos_fields.encode_items(items)
    fields: Fields = {**COMMON, 11: "000091", 48: text, 60: f"00000001{code}"}
    return tape.frame(Message("0320", fields))


def switched(tape: Tape, message: Message, *, answer: bool = False, mac: str = "") -> int:
    """A frame of the switch leg, with a MAC by the recipe with the whole DE90 or this one."""
    block = cups_mac.mac_block(message, LOW_CONFIDENCE_WHOLE_90)
    right = cups_mac.mac_text(ansi_mac.x9_19(member_keys().mac_key, block))
    body = iso8583.encode(message.with_fields({128: mac or right}), CUPS)
    data = cups_link.encode(cups_link.framed(HEADER, body))
    direction = Direction.TO_IUT if answer else Direction.FROM_IUT
    return tape.put(Port.HOST_S, direction, Kind.MESSAGE, data)


def started() -> Tape:
    """A signed-on terminal, in the body of a case."""
    tape = Tape()
    tape.sign_on()
    return tape


def verdicts(condition: Condition, tape: Tape, **facts: object) -> list[Verdict]:
    """What a condition says of a recording to which the terminal's clearing is added."""
    tape.settle()
    return [each.verdict for each in condition.judge(tape.attempt(**facts))]
