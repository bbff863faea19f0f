"""Attempts made by hand: what a terminal, a card and a host said, one event after the other."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from adapters.codec import ber_tlv, dol, iso8583, pos_link
from adapters.codec.iso8583 import Message
from adapters.codec.pos_dialect import POS
from adapters.events import Direction, Event, Kind, Port
from fixtures.crypto.pos_keys import pos_mac, wrap_working_keys
from fixtures.crypto.test_keys import posp_keys
from suites.acts import Verb
from suites.attempt import Attempt, Facts, Setting, Trouble

ROOT = Path(__file__).parent.parent.parent
TRACE = ROOT.parent / "shared" / "traces" / "RT02_contact_upi_full_dda_two_gac.txt"

AID = bytes.fromhex("A000000333010101")
SETTINGS: Mapping[str, Setting] = {
    "terminal-type": "22",
    "terminal-capabilities": "E0E9C8",
    "additional-terminal-capabilities": "6000F0A001",
    "terminal-country": "0156",
    "transaction-currency": "0156",
    "currency-exponent": 2,
    "application-version": "0020",
    "floor-limit": 10000,
    "tac-denial": "0010000000",
    "tac-online": "D84004F800",
    "tac-default": "D84000A800",
    "aids": (AID.hex().upper(),),
    "ca-key-sets": ("assay-test",),
    "ifd-serial-number": "12345678",
    "merchant-name": "ASSAY TEST MERCHANT",
    "terminal-identification": "10000001",
    "merchant-identifier": "898340153110001",
    "merchant-category": "5411",
    "reversal": "at-once",
}
SYMBOLS: Mapping[str, int | str] = {
    "terminal-date": "110315",
    "floor-limit": 10000,
    "any-above-floor-limit": 20000,
    "any-below-every-limit": 5000,
}
OWO = frozenset(("offline-with-online", "sda", "dda"))
FACTS = Facts(
    device="direct-pos",
    case="CT-TST-001",
    run="",
    number=1,
    edition="2.0",
    claims=OWO,
    settings=SETTINGS,
    switches={"tvr-sda-selected": "rfu", "risk-management": "always"},
    symbols=SYMBOLS,
)
TEMPLATE = "9F02069F03069F1A0295055F2A029A039C019F37049F2103"
CDOL1 = TEMPLATE + "9F4E149B029F34039F33039F35019F40059F1E089F09029F41048A025F3601"
CDOL2 = "8A02" + TEMPLATE + "9B029F3403"
NO_TVR = "0000000000"


def tlv(tag: int, *parts: str | bytes) -> bytes:
    value = b"".join(bytes.fromhex(part) if isinstance(part, str) else part for part in parts)
    return ber_tlv.encode(tag, value)


@dataclass
class Tape:
    """Events as they are put on it."""

    events: list[Event] = field(default_factory=list)
    mac_key: bytes = posp_keys().working.mac_key

    def put(
        self,
        port: Port,
        direction: Direction,
        kind: Kind,
        data: bytes = b"",
        detail: Mapping[str, str | int] | None = None,
    ) -> int:
        seq = len(self.events) + 1
        self.events.append(Event(seq, port, direction, kind, data, dict(detail or {})))
        return seq

    def phase(self, name: str) -> None:
        self.put(Port.BENCH, Direction.AT_BENCH, Kind.PHASE, detail={"phase": name})

    def act(self, verb: str, **arguments: int) -> None:
        detail: dict[str, str | int] = {"verb": str(verb), **arguments}
        self.put(Port.OPERATOR, Direction.TO_IUT, Kind.ACT, detail=detail)

    def report(self, outcome: str) -> int:
        detail = {"outcome": outcome}
        return self.put(Port.OPERATOR, Direction.FROM_IUT, Kind.REPORT, detail=detail)

    def setting(self, **settings: str | int) -> None:
        self.put(Port.OPERATOR, Direction.TO_IUT, Kind.SETTING, detail=settings)
        self.put(Port.OPERATOR, Direction.FROM_IUT, Kind.SETTING, detail=settings)

    def rule(self, port: Port, trigger: str, reaction: str) -> None:
        detail = {"trigger": trigger, "reaction": reaction}
        self.put(port, Direction.AT_BENCH, Kind.RULE, detail=detail)

    def reset(self) -> None:
        self.put(Port.ICC, Direction.FROM_IUT, Kind.RESET)
        self.put(Port.ICC, Direction.TO_IUT, Kind.RESET, bytes.fromhex("3B600000"))

    def apdu(self, command: str | bytes, response: str | bytes = b"") -> int:
        sent = bytes.fromhex(command) if isinstance(command, str) else command
        got = bytes.fromhex(response) if isinstance(response, str) else response
        seq = self.put(Port.ICC, Direction.FROM_IUT, Kind.COMMAND, sent)
        if got:
            self.put(Port.ICC, Direction.TO_IUT, Kind.RESPONSE, got)
        return seq

    def frame(self, message: Message, *, answer: bool = False, good_mac: bool = True) -> int:
        if 64 in message.fields:
            body = iso8583.encode(message, POS)
            mac = pos_mac(self.mac_key, iso8583.mac_block(body))
            message = message.with_fields({64: mac if good_mac else b"00000000"})
        body = iso8583.encode(message, POS)
        tpdu, header = bytes.fromhex("6000030000"), bytes.fromhex("603100310730")
        data = pos_link.encode(pos_link.Frame(tpdu, header, body))
        direction = Direction.TO_IUT if answer else Direction.FROM_IUT
        return self.put(Port.HOST_T, direction, Kind.MESSAGE, data)

    def sign_on(self) -> None:
        """A preamble, and the start of the body."""
        self.phase("preamble")
        self.act(Verb.SIGN_ON)
        keys = posp_keys()
        common = {11: "000001", 41: "10000001", 42: "898340153110001"}
        self.frame(Message("0800", {**common, 60: "00000001003"}))
        wrapped = wrap_working_keys(keys.terminal_master_key, keys.working)
        self.frame(
            Message("0810", {**common, 39: "00", 60: "00000001003", 62: wrapped}), answer=True
        )
        self.report("SIGNED_ON")
        self.phase("body")

    def settle(self) -> None:
        """A postamble in which the terminal has its chance to send what it owes."""
        self.phase("postamble")
        self.act(Verb.SETTLE_PENDING)
        self.report("SETTLED")

    def attempt(
        self, *, closed: bool = True, trouble: Trouble | None = None, **facts: object
    ) -> Attempt:
        changed = replace(FACTS, **facts)  # type: ignore[arg-type]  # tests name fields of Facts
        return Attempt(tuple(self.events), changed, closed=closed, trouble=trouble)


@dataclass(frozen=True)
class Sale:
    """A purchase of card BC, and what differs from a good one."""

    amount: int = 5000
    aip: str = "7C00"
    afl: str = "0801010010010200"
    read: tuple[str, ...] = ("1/1", "2/1", "2/2")
    selected: bool = True
    gpo_sw: str = "9000"
    rr_sw: str = "9000"
    cdol1: str = CDOL1
    cdol2: str = CDOL2
    objects: Mapping[int, str] = field(default_factory=dict)
    tvr: str = NO_TVR
    tsi: str = "E800"
    p1: str = "40"
    cid: str = "40"
    sent: Mapping[int, str] = field(default_factory=dict)
    before: tuple[tuple[str, str], ...] = (("0088000004AABBCCDD00", "8001FF9000"),)
    between: tuple[tuple[str, str], ...] = ()
    after: tuple[tuple[str, str], ...] = ()
    authorised: bool = False
    de39: str = "00"
    good_mac: bool = True
    answered: bool = True
    de55: Mapping[int, str] = field(default_factory=dict)
    de4: str = ""
    p1_2: str = ""
    cid_2: str = "40"
    tvr_2: str = ""
    tsi_2: str = ""
    arc: str = ""
    reversed: bool = False
    outcome: str = "APPROVED"
    number: str = "11223344"
    stan: str = "000002"

    def objects_sent(self) -> dict[int, bytes]:
        objects = {
            0x5A: "6228480402564890018F",
            0x5F24: "301231",
            0x5F25: "110101",
            0x5F28: "0156",
            0x9F07: "FF00",
            0x9F0E: "0010000000",
            0x9F0F: "D8689CF800",
            0x9F0D: "D8609CA800",
            0x8C: self.cdol1,
            0x8D: self.cdol2,
            0x9F08: "0020",
            **self.objects,
        }
        return {tag: bytes.fromhex(value) for tag, value in objects.items() if value}

    def values(self, tvr: str, tsi: str) -> dict[int, bytes]:
        """What a right terminal sends for the elements of the CDOLs."""
        values = {
            0x9F02: f"{self.amount:012}",
            0x9F03: "000000000000",
            0x9F1A: "0156",
            0x95: tvr,
            0x5F2A: "0156",
            0x9A: "110315",
            0x9C: "00",
            0x9F37: self.number,
            0x9F21: "101112",
            0x9F4E: b"ASSAY TEST MERCHANT\x00".hex(),
            0x9B: tsi,
            0x9F34: "1F0002",
            0x9F33: "E0E9C8",
            0x9F35: "22",
            0x9F40: "6000F0A001",
            0x9F1E: b"12345678".hex(),
            0x9F09: "0020",
            0x9F41: "00000001",
            0x8A: self.arc.encode().hex() or "0000",
            0x5F36: "02",
            **self.sent,
        }
        return {tag: bytes.fromhex(value) for tag, value in values.items()}


def purchase(tape: Tape, sale: Sale | None = None, *, reported: bool = True) -> None:
    """Plays a sale onto the tape, act and report included."""
    sale = sale or Sale()
    tape.act(Verb.PURCHASE, amount=sale.amount)
    tape.reset()
    _start(tape, sale)
    for command, response in sale.before:
        tape.apdu(command, response)
    if sale.p1:
        _generate_ac(tape, sale, 1)
    for command, response in sale.between:
        tape.apdu(command, response)
    if sale.authorised:
        _authorise(tape, sale)
    if sale.p1_2:
        _generate_ac(tape, sale, 2)
    for command, response in sale.after:
        tape.apdu(command, response)
    if sale.reversed:
        reverse(tape, sale)
    if reported:
        tape.report(sale.outcome)


def online_sale(**changes: object) -> Sale:
    """A good sale above the floor limit, approved by host and card."""
    base = Sale(
        amount=20000,
        tvr="0000008000",
        p1="80",
        cid="80",
        authorised=True,
        p1_2="40",
        arc="00",
    )
    return replace(base, **changes)  # type: ignore[arg-type]  # tests name fields of Sale


def _start(tape: Tape, sale: Sale) -> None:
    if sale.selected:
        fci = tlv(0x6F, tlv(0x84, AID), tlv(0xA5, tlv(0x50, b"PBOC DEBIT"), tlv(0x87, "01")))
        tape.apdu(b"\x00\xa4\x04\x00\x08" + AID + b"\x00", fci + b"\x90\x00")
    answer = tlv(0x80, sale.aip, sale.afl) if sale.gpo_sw == "9000" else b""
    tape.apdu("80A8000002830000", answer + bytes.fromhex(sale.gpo_sw))
    for name in sale.read:
        sfi, number = map(int, name.split("/"))
        command = bytes((0x00, 0xB2, number, sfi << 3 | 4, 0x00))
        data = record(sale, name) if sale.rr_sw == "9000" else b""
        tape.apdu(command, data + bytes.fromhex(sale.rr_sw))


def record(sale: Sale, name: str) -> bytes:
    objects = sale.objects_sent()
    shares = {"1/1": [0x9F08], "2/1": [tag for tag in objects if tag not in (0x9F08, 0x8C, 0x8D)]}
    tags = shares.get(name, [0x8C, 0x8D])
    return tlv(0x70, *(tlv(tag, objects[tag]) for tag in tags if tag in objects))


def _generate_ac(tape: Tape, sale: Sale, number: int) -> None:
    wanted = bytes.fromhex(sale.cdol1 if number == 1 else sale.cdol2)
    tvr = sale.tvr if number == 1 else sale.tvr_2 or sale.tvr
    tsi = sale.tsi if number == 1 else sale.tsi_2 or sale.tsi
    values = sale.values(tvr, tsi)
    if number == 1:
        values[0x8A] = bytes(2)
    data = b"".join(values.get(tag, bytes(length)) for tag, length in _entries(wanted))
    p1, cid = (sale.p1, sale.cid) if number == 1 else (sale.p1_2, sale.cid_2)
    command = bytes.fromhex("80AE" + p1 + "00") + bytes((len(data),)) + data + b"\x00"
    answer = tlv(0x80, cid, "0001", "0102030405060708", "07010103A0A80201") if cid else b""
    tape.apdu(command, answer + b"\x90\x00" if cid else "6985")


def _entries(wanted: bytes) -> list[tuple[int, int]]:
    return [(each.tag, each.length) for each in dol.decode(wanted)]


def _authorise(tape: Tape, sale: Sale) -> None:
    values = sale.values(sale.tvr, sale.tsi)
    objects = {
        0x9F26: "0102030405060708",
        0x9F27: "80",
        0x9F10: "07010103A0A80201",
        0x9F36: "0001",
        0x82: sale.aip,
    }
    for tag in (0x9F37, 0x95, 0x9A, 0x9C, 0x9F02, 0x5F2A, 0x9F1A, 0x9F03, 0x9F33, 0x9F34):
        objects[tag] = values[tag].hex()
    objects |= sale.de55
    de55 = b"".join(tlv(tag, value) for tag, value in objects.items() if value)
    tape.frame(Message("0200", {**_common(sale), 22: "052", 55: de55, 64: bytes(8)}))
    if sale.answered:
        answer = Message("0210", {**_common(sale), 39: sale.de39, 64: bytes(8)})
        tape.frame(answer, answer=True, good_mac=sale.good_mac)


def _common(sale: Sale) -> dict[int, str | bytes]:
    return {
        3: "000000",
        4: sale.de4 or f"{sale.amount:012}",
        11: sale.stan,
        25: "00",
        41: "10000001",
        42: "898340153110001",
        49: "156",
        60: "22000001000501",
    }


def reverse(tape: Tape, sale: Sale) -> None:
    """A reversal and its answer."""
    tape.frame(Message("0400", {**_common(sale), 22: "052", 39: "06", 64: bytes(8)}))
    tape.frame(Message("0410", {**_common(sale), 39: "00", 64: bytes(8)}), answer=True)


def attempt_of(*sales: Sale, **facts: object) -> Attempt:
    """A whole attempt: sign-on, these sales, postamble."""
    tape = Tape()
    tape.sign_on()
    for sale in sales:
        purchase(tape, sale)
    tape.settle()
    return tape.attempt(**facts)  # type: ignore[arg-type]  # tests name fields of Facts


def trace_events() -> tuple[Event, ...]:
    """The recorded transaction from outside: command and response lines in turn."""
    lines = TRACE.read_text(encoding="ascii").split()
    tape = Tape()
    for command, response in zip(lines[::2], lines[1::2], strict=True):
        tape.apdu(command, response)
    return tuple(tape.events)
