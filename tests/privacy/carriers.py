"""Every way a card number can come to the bench: an event for each, made from the number."""

import json
import random
from collections.abc import Callable, Mapping

from adapters.codec import cups_link, ecr, iso8583, pos_link
from adapters.codec.ber_tlv import encode as tlv
from adapters.codec.cups_dialect import CUPS
from adapters.codec.iso8583 import Message
from adapters.codec.pos_dialect import POS
from adapters.events import Direction, Kind, Port
from adapters.register import PROFILE

Carried = tuple[Port, Kind, bytes, Mapping[str, str | int]]
Carrier = Callable[[str], Carried]
FILLER = random.Random("filler").randbytes(4096)
HEADER = cups_link.Header(2, 46, "00010000", "00010344", "000", 0, "00000000", 0)
TEXT_63 = f"CUP{'declined':60}"
OK = b"\x90\x00"
AID = bytes.fromhex("9F0605A000000333")
PRINTED = {"ev": "print", "mono_ns": 1, "wall_ms": 1}
SCRIPT = bytes.fromhex("04DADF7E0E")


def packed(pan: str) -> bytes:
    return bytes.fromhex(pan + "F" * (len(pan) % 2))


def shifted(pan: str) -> bytes:
    """The digits begin at the second nibble."""
    return bytes.fromhex("A" + pan + "F" * (1 - len(pan) % 2))


def track_2(pan: str) -> bytes:
    return packed(pan + "D30122010000000000")


def track_1(pan: str) -> bytes:
    return f"B{pan}^TEST/CARD^3012201".encode()


def response(*objects: bytes) -> Carrier:
    return lambda _: (Port.ICC, Kind.RESPONSE, b"".join(objects) + OK, {})


def answer(make: Callable[[str], bytes], port: Port = Port.ICC) -> Carrier:
    return lambda pan: (port, Kind.RESPONSE, make(pan) + OK, {})


def command(header: str, make: Callable[[str], bytes]) -> Carrier:
    def carry(pan: str) -> Carried:
        data = make(pan)
        return Port.ICC, Kind.COMMAND, bytes.fromhex(header) + bytes((len(data),)) + data, {}

    return carry


def frame(mti: str, number: int, make: Callable[[str], str | bytes], **more: str) -> Carrier:
    """A whole direct frame with this field, between others."""

    def carry(pan: str) -> Carried:
        fields: dict[int, str | bytes] = {3: "000000", 11: "000123", 41: "00000001", 49: "156"}
        fields |= {int(name[2:]): value for name, value in more.items()}
        fields[number] = make(pan)
        return Port.HOST_T, Kind.MESSAGE, direct(Message(mti, fields)), {}

    return carry


def direct(message: Message) -> bytes:
    carrier = pos_link.Frame(bytes.fromhex("6000030000"), bytes.fromhex("603100310300"), b"")
    body = iso8583.encode(message, POS)
    return pos_link.encode(pos_link.Frame(carrier.tpdu, carrier.header, body))


def switch(number: int, make: Callable[[str], str | bytes]) -> Carrier:
    def carry(pan: str) -> Carried:
        fields = {3: "000000", 11: "000123", number: make(pan)}
        body = iso8583.encode(Message("0200", fields), CUPS)
        data = cups_link.encode(cups_link.framed(HEADER, body))
        return Port.HOST_S, Kind.MESSAGE, data, {}

    return carry


def garbled(make: Callable[[str], bytes], port: Port = Port.HOST_T) -> Carrier:
    """A number somewhere in noise that is no frame."""

    def carry(pan: str) -> Carried:
        at = int(pan[-4:]) % 4000
        noise = FILLER[at : at + 40]
        return port, Kind.MESSAGE, noise[:20] + make(pan) + noise[20:], {}

    return carry


def told(make: Callable[[str], str | int], kind: Kind = Kind.REPORT) -> Carrier:
    return lambda pan: (Port.OPERATOR, kind, b"", {"screen": make(pan)})


def line(make: Callable[[str], bytes]) -> Carrier:
    return lambda pan: (Port.OPERATOR, Kind.REPORT, make(pan), {})


def kiosk(**members: object) -> Callable[[str], bytes]:
    def make(pan: str) -> bytes:
        text = json.dumps(members, ensure_ascii=False, separators=(",", ":"))
        return text.replace("PAN", pan).encode() + b"\n"

    return make


def grouped(pan: str, by: str) -> str:
    return by.join(pan[at : at + 4] for at in range(0, len(pan), 4))


def item_48(pan: str) -> str:
    return "01" + "00" + "000123" + pan.rjust(20, "0") + "000000010000"


CARRIERS: Mapping[str, Carrier] = {
    # The card's answers
    "record with 5A": answer(lambda pan: tlv(0x70, tlv(0x5F34, b"\x01") + tlv(0x5A, packed(pan)))),
    "record with 57": answer(lambda pan: tlv(0x70, tlv(0x57, track_2(pan)))),
    "card of the tester": answer(lambda pan: tlv(0x70, tlv(0x5A, packed(pan))), Port.IFD),
    "format 2": answer(lambda pan: tlv(0x77, tlv(0x82, b"\x7c\x00") + tlv(0x57, track_2(pan)))),
    "format 1": answer(lambda pan: tlv(0x80, packed(pan) + b"\x01")),
    "FCI": answer(lambda pan: tlv(0x6F, tlv(0xA5, tlv(0xBF0C, tlv(0xDF7E, packed(pan)))))),
    "directory": answer(lambda pan: tlv(0x70, tlv(0x61, tlv(0x73, tlv(0x9F7E, packed(pan)))))),
    "file name": answer(lambda pan: tlv(0x6F, tlv(0x84, packed(pan)))),
    "label": answer(lambda pan: tlv(0x6F, tlv(0xA5, tlv(0x50, pan.encode())))),
    "cardholder name": answer(lambda pan: tlv(0x70, tlv(0x5F20, b"TEST " + pan.encode()))),
    "track 1": answer(lambda pan: tlv(0x70, tlv(0x9F1F, track_1(pan)))),
    "track 1 whole": answer(lambda pan: tlv(0x70, tlv(0x56, track_1(pan)))),
    "track 2 rest": answer(lambda pan: tlv(0x70, tlv(0x9F20, packed(pan)))),
    "unknown tag": answer(lambda pan: tlv(0x70, tlv(0xDF7F, b"\x99\xaa" + packed(pan)))),
    "second nibble": answer(lambda pan: tlv(0x70, tlv(0xDF7F, shifted(pan)))),
    "wrong length": answer(lambda pan: tlv(0x70, tlv(0x9F02, packed(pan)))),
    "cut off": answer(lambda pan: b"\x70\x40\x5a\x0f" + packed(pan)),
    "no objects": answer(packed),
    "trailing": answer(lambda pan: tlv(0x70, tlv(0x5F34, b"\x01")) + b"\x81" + packed(pan)),
    "deep": answer(lambda pan: nested(tlv(0xDF7E, pan.encode()), 12)),
    "ATR": lambda pan: (Port.ICC, Kind.RESET, b"\x3b\x6f\x00\x00" + pan.encode(), {}),
    # Commands
    "select": command("00A40400", packed),
    "options": command("80A80000", lambda pan: tlv(0x83, packed(pan))),
    "generate ac": command("80AE8000", lambda pan: bytes(6) + packed(pan) + bytes(4)),
    "put data": command("04DA005A", lambda pan: packed(pan) + bytes(4)),
    "put unknown": command("04DADF7E", lambda pan: packed(pan) + bytes(4)),
    "update record": command("04DC010C", lambda pan: tlv(0x70, tlv(0x5A, packed(pan))) + bytes(4)),
    "append record": command("04E20000", lambda pan: packed(pan) + bytes(4)),
    "store data": command(
        "80E20000", lambda pan: tlv(0x0101, tlv(0x70, tlv(0x5A, packed(pan))))[1:]
    ),
    "store keys": command("80E20000", lambda pan: b"\x80\x00\x30" + packed(pan)),
    "unknown command": command("80F10000", packed),
    "broken command": lambda pan: (
        Port.ICC, Kind.COMMAND, b"\x80\xae\x80\x00\xff" + packed(pan), {}
    ),
    # The terminal's leg
    "DE2": frame("0200", 2, str),
    "DE35": frame("0200", 35, lambda pan: f"{pan}D3012201"),
    "DE35 enciphered": frame("0200", 35, lambda pan: f"{pan}D3012201", DE53="2610000000000000"),
    "DE36": frame("0200", 36, lambda pan: f"99{pan}D156"),
    "DE48 item": frame("0320", 48, item_48),
    "DE48": frame("0200", 48, lambda pan: "05" + pan),
    "DE55 5A": frame("0200", 55, lambda pan: tlv(0x9F27, b"\x80") + tlv(0x5A, packed(pan))),
    "DE55 unknown": frame("0200", 55, lambda pan: tlv(0xDF7E, packed(pan))),
    "DE55 script": frame(
        "0210", 55, lambda pan: tlv(0x72, tlv(0x86, SCRIPT + packed(pan).ljust(14)))
    ),
    "DE55 broken": frame("0200", 55, lambda pan: b"\x9f\x26\x55" + packed(pan)),
    "DE58": frame("0200", 58, packed),
    "DE59": frame("0200", 59, lambda pan: f"卡号{pan}"),
    "DE62 characters": frame("0200", 62, lambda pan: pan.encode()),
    "DE62 packed": frame("0200", 62, lambda pan: b"\x01" + packed(pan)),
    "DE62 download": frame("0810", 62, lambda pan: b"1" + AID + tlv(0xDF7E, packed(pan))),
    "DE63": frame("0210", 63, lambda pan: f"CUP交易卡号：{pan}"),
    "after the frame": lambda pan: (
        Port.HOST_T, Kind.MESSAGE, direct(Message("0800", {11: "000001"})) + packed(pan), {}
    ),
    "unknown field": lambda pan: (
        Port.HOST_T,
        Kind.MESSAGE,
        bytes.fromhex("0026600003000060310031030002000200000000000000")
        + packed(pan).ljust(17, b"\0"),
        {},
    ),
    "noise, packed": garbled(packed),
    "noise, second nibble": garbled(shifted),
    "noise, track": garbled(track_2),
    "noise, characters": garbled(lambda pan: pan.encode()),
    "cut frame": lambda pan: (
        Port.HOST_T, Kind.MESSAGE, direct(Message("0200", {2: pan, 63: TEXT_63}))[:-20], {}
    ),
    # The switch's leg
    "CUPS DE2": switch(2, str),
    "CUPS DE35": switch(35, lambda pan: f"{pan}=3012201"),
    "CUPS DE48": switch(48, lambda pan: f"AA{pan}"),
    "CUPS DE55": switch(55, lambda pan: tlv(0x5A, packed(pan))),
    "CUPS DE122": switch(122, lambda pan: f"card {pan}"),
    "CUPS noise": garbled(lambda pan: pan.encode(), Port.HOST_S),
    # Operator, register, kiosk, biller
    "report": told(lambda pan: f"declined {pan}"),
    "report in Chinese": told(lambda pan: f"卡号{pan}余额不足"),
    "report with track": told(lambda pan: f"{pan}=30122010000000000"),
    "number": told(int),
    "blanks": told(lambda pan: f"card {grouped(pan, ' ')} ok"),
    "dashes": told(lambda pan: f"card {grouped(pan, '-')} ok"),
    "full width": told(lambda pan: "".join(chr(0xFF10 + int(each)) for each in pan)),
    "hex text": told(lambda pan: f"5A08{packed(pan).hex()}9000"),
    "characters in hex": told(lambda pan: f"answer {pan.encode().hex()}"),
    "pairs": told(lambda pan: pan.encode().hex(" ")),
    "act": told(lambda pan: pan, Kind.ACT),
    "setting": told(lambda pan: f"AID {pan}", Kind.SETTING),
    "rule": told(lambda pan: f"answer 5A08{pan}", Kind.RULE),
    "name": lambda pan: (Port.OPERATOR, Kind.REPORT, b"", {pan: "yes"}),
    "register frame": line(lambda pan: ecr.encode(b"01" + pan.encode() + b"000000010000", PROFILE)),
    "register line": line(lambda pan: b"\x02" + pan.encode()),
    "UTF-16": line(lambda pan: f"card {pan}".encode("utf-16-le")),
    "kiosk screen": line(kiosk(ev="screen", mono_ns=1, wall_ms=1300000000000, text=["卡号PAN"])),
    "kiosk account": line(kiosk(id=1, cmd="start", service="water", account="PAN")),
    "kiosk print": line(lambda pan: kiosk(**PRINTED, bytes=pan.encode().hex().upper())(pan)),
    "kiosk unknown": line(kiosk(ev="journal", text="PAN")),
    "biller": lambda pan: (Port.BILLER, Kind.MESSAGE, b"<card>" + pan.encode() + b"</card>", {}),
    "power": lambda pan: (Port.POWER, Kind.REPORT, packed(pan), {}),
}


def nested(data: bytes, depth: int) -> bytes:
    for _ in range(depth):
        data = tlv(0x70, data)
    return data


def direction(kind: Kind) -> Direction:
    return Direction.TO_IUT if kind in (Kind.ACT, Kind.SETTING) else Direction.FROM_IUT
