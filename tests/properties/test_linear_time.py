"""Work grows no faster than the input: twice as much to read is at most 2.3 times as much work."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from time import process_time_ns
from typing import Any

import pytest

from adapters import journal
from adapters.codec import (
    apdu_log,
    ber_tlv,
    bits,
    cups_link,
    dol,
    ecr,
    iso8583,
    kiosk_control,
    pos_link,
    tpdu_t0,
    vpcd,
)
from adapters.codec.apdu import CommandApdu
from adapters.codec.pos_dialect import POS
from fixtures import ics
from reports.annotation import decode_input
from reports.container import REQUIRED, pack, unpack
from suites.evidence import read
from tests.properties.steps import REFUSALS, Weighed, WeighedBuffer, steps
from tests.reports import hand_made

FULL = 1 << 16
MOST = 2.3
# Time is rougher than counting: a square would be 4.
MOST_TIME = 3.2
NO_LENGTH = replace(ecr.EXAMPLE, length_mode=ecr.LengthMode.NONE, largest=FULL * 2)
SHORT = replace(NO_LENGTH, largest=256)
LINES = hand_made.journal().split(b"\n")[:-1]


def nested(size: int, depth: int) -> bytes:
    """Templates within templates, as many side by side as fit."""
    tower = b""
    for _ in range(depth):
        tower = b"\x70" + ber_tlv.encode_length(len(tower)) + tower
    return tower * (size // len(tower))


def filled(size: int, *parts: bytes) -> bytes:
    """These parts over and over, up to this size."""
    whole = b"".join(parts)
    return whole * (size // len(whole))


def events(count: int) -> list[bytes]:
    """So many events of an attempt."""
    return [LINES[3].replace(b'"seq":1,', b'"seq":%d,' % seq) for seq in range(1, count + 1)]


# Shapes of input of a size, for each parser: many small things, nothing but filling, deep, cut off.
SHAPES: dict[str, tuple[Callable[[bytes], object], Callable[[int], bytes]]] = {
    "TLV: empty objects": (ber_tlv.decode, lambda size: filled(size, b"\x5a\x00")),
    "TLV: filling": (ber_tlv.decode, lambda size: filled(size, b"\x00\xff")),
    "TLV: as deep as allowed": (ber_tlv.decode, lambda size: nested(size, ber_tlv.MAX_DEPTH)),
    "TLV: deeper": (ber_tlv.decode, lambda size: nested(size, 40)),
    "TLV: one tower over all": (
        ber_tlv.decode,
        lambda size: b"".join(
            b"\x70\x82" + (size - 8 - 4 * level).to_bytes(2, "big") for level in range(1, 8)
        )
        + filled(size - 36, b"\x5a\x00"),
    ),
    "TLV: unterminated tag": (ber_tlv.decode, lambda size: filled(size, b"\x9f\x81")),
    "TLV: lengths of no value": (ber_tlv.decode, lambda size: filled(size, b"\x5a\x81\x00")),
    "TLV: one value": (ber_tlv.decode, lambda size: ber_tlv.encode(0x5A, bytes(size - 8))),
    "DOL: entries": (dol.decode, lambda size: filled(size, b"\x9a\x03")),
    "DOL: long tags": (dol.decode, lambda size: filled(size, b"\xdf\x81\x01\x03")),
    "CVM list": (lambda data: bits.meanings(0x8E, data), bytes),
    "file locator": (lambda data: bits.meanings(0x94, data), bytes),
    "script results": (lambda data: bits.meanings(0xDF31, data), lambda size: bytes(size // 5 * 5)),
    "kiosk: one text": (
        kiosk_control.decode,
        lambda size: b'{"id":1,"ok":true,"sw":"' + b"9" * size + b'"}',
    ),
    "kiosk: many texts": (
        kiosk_control.decode,
        lambda size: b'{"id":1,"ok":true,"journal":[' + filled(size, b'"",') + b'""]}',
    ),
    "kiosk: deep": (kiosk_control.decode, lambda size: b"[" * size),
    "kiosk: many names": (
        kiosk_control.decode,
        lambda size: b"{" + b",".join(b'"%d":1' % n for n in range(size // 9)) + b"}",
    ),
    "register: one frame": (
        lambda data: ecr.decode(data, NO_LENGTH),
        lambda size: b"\x02" + bytes(size) + b"\x03\x03",
    ),
    "journal: one list": (
        journal.decode,
        lambda size: b'{"a":[' + filled(size, b"0,") + b"0]}",
    ),
    "journal: deep": (journal.decode, lambda size: b'{"a":' * size),
    "journal: many names": (
        journal.decode,
        lambda size: b"{" + b",".join(b'"%05d":1' % n for n in range(size // 10)) + b"}",
    ),
    "evidence: events": (
        read,
        lambda size: b"\n".join([*LINES[:3], *events(size // len(LINES[3])), b""]),
    ),
    "evidence: attempts": (
        read,
        lambda size: b"\n".join([*LINES[:2], *[LINES[2]] * (size // len(LINES[2])), b""]),
    ),
    "evidence: empty lines": (read, lambda size: LINES[0] + b"\n" * size),
    "container: a large member": (
        unpack,
        lambda size: pack({name: bytes(size // len(REQUIRED)) for name in REQUIRED}),
    ),
}


@pytest.mark.parametrize("name", SHAPES)
def test_a_parser_takes_steps_in_proportion(name: str) -> None:
    """Lines run and bytes copied for twice the input are at most 2.3 times as many."""
    parse, shape = SHAPES[name]
    inputs = Weighed(shape(FULL // 2)), Weighed(shape(FULL))
    half, full = (steps(lambda: parse(each)) for each in inputs)  # noqa: B023  called at once
    assert full <= MOST * half + 100


Stream = tuple[Callable[[], Any], Callable[[int], bytes]]
STREAMS: dict[str, Stream] = {
    "vpcd: codes": (lambda: vpcd.Decoder(261), lambda size: filled(size, b"\x00\x01\x04")),
    "vpcd: one message": (lambda: vpcd.Decoder(FULL), lambda size: b"\xff\xff" + bytes(size)),
    "POS: empty frames": (pos_link.Decoder, bytes),
    "switch: keep-alives": (cups_link.Decoder, lambda size: filled(size, b"0000")),
    "register: no frame": (lambda: ecr.Decoder(ecr.EXAMPLE), lambda size: filled(size, b"\x06")),
    "register: starts": (lambda: ecr.Decoder(ecr.EXAMPLE), lambda size: filled(size, b"\x02\x99")),
    "register: starts without end": (
        lambda: ecr.Decoder(SHORT),
        lambda size: filled(size, b"\x02"),
    ),
    "kiosk: one line": (kiosk_control.Decoder, lambda size: filled(size, b" ")),
    "kiosk: empty lines": (kiosk_control.Decoder, lambda size: filled(size, b"\n")),
}


def fed(stream: Stream, size: int, piece: int) -> int:
    """The steps for a stream of this size in pieces; what waits is weighed whenever it is read."""
    decoder = stream[0]()
    decoder._buffer = WeighedBuffer()
    data = stream[1](size)

    def feed() -> None:
        for at in range(0, len(data), piece):
            decoder.feed(data[at : at + piece])

    return steps(feed)


@pytest.mark.parametrize("piece", [1, FULL])
@pytest.mark.parametrize("name", STREAMS)
def test_a_stream_takes_steps_in_proportion(name: str, piece: int) -> None:
    """Byte by byte or at once: what waits for its end is not read from the start again."""
    half, full = (fed(STREAMS[name], size, piece) for size in (FULL // 4, FULL // 2))
    assert full <= MOST * half + 100


def test_a_line_of_t0_takes_steps_in_proportion() -> None:
    """A card that asks for time again and again costs one step each time."""

    def waiting(size: int) -> int:
        reader = tpdu_t0.Reader()
        reader.transmit(CommandApdu(0, 0xB2, 1, 0x0C, le=0))
        return steps(lambda: reader.feed(b"\x60" * size))

    assert waiting(FULL // 2) <= MOST * waiting(FULL // 4)


def dump(size: int) -> str:
    rows = "\n".join("00 " * 16 + "................" for _ in range(size // 66))
    return f"Outgoing APDU ({size // 66 * 16} bytes):\n{rows}\nIncoming APDU (2 bytes):\n90 00 .."


def list_and_commands(size: int) -> str:
    """A long list, and many commands whose data could answer it."""
    # Small, so that a square is found in seconds; the list is longer than a record all the same.
    wanted = ber_tlv.encode(0x9F38, filled(size // 16, b"\x9a\x00"))
    return f"<{wanted.hex()}9000\n" + ">80A80000028300\n" * (size // 128)


def switches(size: int) -> str:
    return WHOLE_ICS + "".join(f"x{n} = 1\n" for n in range(size // 10))


WHOLE_ICS = (ics.PROFORMA.parent / "emulated-direct-pos.toml").read_text(encoding="utf-8")
Text = tuple[Callable[[str], object], Callable[[int], str]]
TEXTS: dict[str, Text] = {
    "log: lines": (apdu_log.read, lambda size: "00A40400\n9000\n" * (size // 14)),
    "log: one line": (apdu_log.read, lambda size: "00" * (size // 2)),
    "log: blanks": (apdu_log.read, lambda size: " \t\n" * (size // 3)),
    "log: marks without end": (
        apdu_log.read,
        lambda size: "x " + "Outgoing APDU [ " * (size // 16),
    ),
    "log: a mark and blanks": (apdu_log.read, lambda size: "A>>" + " " * size + "T="),
    "log: a dump": (apdu_log.read, dump),
    "decode: lines": (decode_input, lambda size: "00A40400\n9000\n" * (size // 14)),
    "decode: objects": (decode_input, lambda size: "5A00" * (size // 4)),
    "decode: digits": (decode_input, lambda size: "62" * (size // 2)),
    "decode: separators": (decode_input, lambda size: "5708" * (size // 4)),
    "decode: characters": (decode_input, lambda size: "36" * (size // 2)),
    "decode: a list and commands": (decode_input, list_and_commands),
    "decode: no hex": (decode_input, lambda size: "x" * size),
}


def timed(parse: Callable[[str], object], text: str) -> int:
    """Processor time of the fastest of three, in ns: what others do on the machine is left out."""
    times = []
    for _ in range(3):
        start = process_time_ns()
        with suppress(*REFUSALS):
            parse(text)
        times.append(process_time_ns() - start)
    return min(times)


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_takes_steps_in_proportion(name: str) -> None:
    """Lines run for twice the text are at most 2.3 times as many."""
    parse, shape = TEXTS[name]
    inputs = shape(FULL // 4), shape(FULL // 2)
    half, full = (steps(lambda: parse(each)) for each in inputs)  # noqa: B023  called at once
    assert full <= MOST * half + 200


def in_time(parse: Callable[[str], object], shape: Callable[[int], str]) -> bool:
    """Whether time grows with the text, in one of three tries: a square does in none of them."""
    for _ in range(3):
        half, full = (timed(parse, shape(size)) for size in (FULL // 2, FULL))
        # Below a tenth of a millisecond the clock measures itself.
        if full <= MOST_TIME * max(half, 100_000):
            return True
    return False


# Where regular expressions and searches within C do the work; the others show in their lines.
BY_LINES = {"decode: lines", "decode: objects", "decode: a list and commands"}
TIMED = [name for name in TEXTS if name not in BY_LINES]


@pytest.mark.parametrize("name", TIMED)
def test_a_text_takes_time_in_proportion(name: str) -> None:
    """Regular expressions run within C, where no line is counted: their time grows no faster."""
    assert in_time(*TEXTS[name])


def test_a_file_takes_time_in_proportion(tmp_path: Path) -> None:
    """The last key of a file is refused in a time that grows with the file."""
    path = tmp_path / "x.toml"

    def parse(text: str) -> object:
        path.write_text(text, encoding="utf-8")
        return ics.read(path)

    assert in_time(parse, switches)


# -- the measure itself --


def test_a_square_is_seen_in_lines() -> None:
    """A loop within a loop is not in proportion."""

    def square(size: int) -> int:
        return steps(lambda: [None for _ in range(size) for _ in range(size)])

    assert square(200) > 3 * square(100)


def test_a_square_is_seen_in_what_is_copied() -> None:
    """Nor is a loop that copies all that is left each time."""

    def eating(data: bytes) -> None:
        while data:
            data = data[1:]

    half, full = (steps(lambda: eating(Weighed(size))) for size in (2000, 4000))  # noqa: B023  called at once
    assert full > MOST * half


def test_a_square_is_seen_in_what_is_searched() -> None:
    """Nor is a buffer that is searched from its start whenever a byte arrives."""

    def searching(size: int) -> None:
        buffer = WeighedBuffer()
        for _ in range(size):
            buffer += b"x"
            buffer.find(b"\n")

    half, full = (steps(lambda: searching(size)) for size in (4000, 8000))  # noqa: B023  called at once
    assert full > MOST * half


def test_iso8583_has_no_room_for_a_square() -> None:
    """A message ends after its last field: what follows is refused at once, however long."""
    body = bytes.fromhex("0800002000000000000000 0001".replace(" ", ""))
    short, long = (
        steps(lambda: iso8583.decode(Weighed(body + bytes(size)), POS))  # noqa: B023  called at once
        for size in (FULL // 2, FULL)
    )
    assert long == short
