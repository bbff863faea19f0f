import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.codec import apdu_log
from adapters.codec.apdu_log import Exchange, LogRefused, read

TRACE = Path(__file__).parents[4] / "shared/traces/RT02_contact_upi_full_dda_two_gac.txt"
SELECT = bytes.fromhex("00A4040000")
READ = bytes.fromhex("00B2010C00")
OK, NOT_FOUND = bytes.fromhex("9000"), bytes.fromhex("6A83")
EXPECTED = (Exchange(2, SELECT, OK), Exchange(5, READ, NOT_FOUND))
TWO_EXCHANGES = (SELECT, OK, READ, NOT_FOUND)


@pytest.mark.parametrize(
    "text",
    [
        "# a card\n00A4040000\n9000  # fine\n\n00b2010c00\n6A83\n",
        "# a card\n00 A4 04 00 00\n90 00\n\n00\tB2 01 0C 00\n6A 83",
        "\ufeff\r\n> 00A4040000\r\n< 9000\r\n\r\n>00B2010C00\r\n<6A83\r\n",
        "# a card\nC-APDU: 00A4040000\nR-APDU: 9000\n\nc-apdu: 00B2010C00\nR-APDU:6A83",
    ],
    ids=["plain", "blanks", "arrows", "labels"],
)
def test_a_record_is_read_in_each_form(text: str) -> None:
    """The first line tells the form; comments, blank lines and blanks in hex are no part of it."""
    assert read(text) == EXPECTED


@pytest.mark.parametrize(
    "text, line, byte, words",
    [
        ("00A40400000\n9000", 1, 5, "odd number of hex digits (11)"),
        ("00A4040000\n9O00", 2, 0, "'O' is no hex digit"),
        ("00A4040000\n90\x1b0", 2, 1, "'\\x1b' is no hex digit"),
        ("00A4040000\n９０00", 2, 0, "is no hex digit"),
        ("# x\n00A4040000\n9000\n00B2010C00", 4, 0, "a command without response"),
        ("00A4040000\n90", 2, 0, "a response of 1 bytes"),
        ("00A404\n9000", 1, 0, "a command of 3 bytes"),
        ("", 1, 0, "no APDU in it"),
        ("# only this", 1, 0, "no APDU in it"),
        ("> 00A4040000\n> 9000", 2, 0, "a response is expected here: write <"),
        ("> 00A4040000\n< 9000\n< 9000", 3, 0, "a command is expected here: write >"),
        ("C-APDU: 00A4040000\nR-APDU: 9000\nSelect", 3, 0, "write C-APDU: and its hex"),
        ("C-APDU:\nR-APDU: 9000", 1, 0, "a command of 0 bytes"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(text: str, line: int, byte: int, words: str) -> None:
    """The error names the line, the byte, and what to write instead."""
    with pytest.raises(LogRefused) as refused:
        read(text)
    assert (refused.value.line, refused.value.byte) == (line, byte)
    assert words in refused.value.message
    assert str(refused.value).startswith(f"line {line}: ")


PCSCD = """\
00000000 [140] debuglog.c:299:DebugLogSetLevel() debug level=debug
00000003 [140] winscard.c:1597:SCardTransmit() Send Protocol: T=1
00000005 [140] APDU: 00 A4 04 00 00
00000004 [140] ifdhandler.c:1384:IFDHTransmitToICC() usb:0000/0000 (lun: 0)
00171781 [140] SW: 6F 00 90 00
Mar 15 10:15:30 bench pcscd[336]: 00000005 APDU: 00 B2 01 0C 00
Mar 15 10:15:30 bench pcscd[336]: 00000005 SW: 6A 83
"""
OPENSC = """\
P:9018; T:0x14 10:15:30.002 [opensc-tool] apdu.c:515:sc_transmit: called
P:9018; T:0x14 10:15:30.003 [opensc-tool] reader-pcsc.c:326:pcsc_transmit:
Outgoing APDU (19 bytes):
00 A4 04 00 0E 31 50 41 59 2E 53 59 53 2E 44 44 .....1PAY.SYS.DD
46 30 31 F#1

P:9018; T:0x14 10:15:30.004 [opensc-tool] reader-pcsc.c:335:pcsc_transmit:
Incoming APDU (4 bytes):
6F 00 90 00 o...

0x14 10:15:31.004 [opensc-tool] apdu.c:187:sc_apdu_log:
Outgoing APDU data [    5 bytes] =====================================
00 B2 01 0C 00 .....
======================================================================
Incoming APDU data [    2 bytes] =====================================
6A 83 j.
======================================================================
"""
GLOBAL_PLATFORM = """\
# gp -l -d
SCardConnect("Bench", T=*) -> T=0, 3B00
A>> T=0 (4+0000) 00A40400 00
A<< (0002+2) (12ms) 6F00 9000
[DEBUG] Session - a word of its own
A>> T=1 (4+0005) 80500000 05 0102030405 00
A<< (0000+2) (7ms) 6A83
"""
GP_SHELL = """\
select -AID A000000333
Command --> 00A4040000
Wrapped command --> 00A4040000
Response <-- 6F009000
Unwrapped response <-- 6F009000
Wrapped command --> 00B2010C00
Response <-- 6A83
"""
SELECT_PSE = "00A404000E315041592E5359532E4444463031"


@pytest.mark.parametrize(
    "text, lines, commands",
    [
        (PCSCD, (3, 6), ("00A4040000", "00B2010C00")),
        (OPENSC, (3, 12), (SELECT_PSE, "00B2010C00")),
        (GLOBAL_PLATFORM, (3, 6), ("00A4040000", "8050000005010203040500")),
        (GP_SHELL, (3, 6), ("00A4040000", "00B2010C00")),
    ],
    ids=["pcscd", "opensc", "global-platform", "gp-shell"],
)
def test_the_log_of_another_tool_is_read(
    text: str, lines: tuple[int, int], commands: tuple[str, str]
) -> None:
    """The first line that a tool marks tells whose log it is; its other lines are no record."""
    exchanges = read(text)
    assert tuple(each.line for each in exchanges) == lines
    assert tuple(each.command.hex().upper() for each in exchanges) == commands
    assert [each.response.hex() for each in exchanges] == ["6f009000", "6a83"]
    assert read(text.replace("\n", "\r\n")) == exchanges


@pytest.mark.parametrize(
    "text, line, byte, words",
    [
        (
            "1 APDU: 00 A4 04 00\n2 APDU: 00 A4 04 00",
            2,
            0,
            "a response is expected here: write SW:",
        ),
        ("1 SW: 90 00", 1, 0, "a command is expected here: write APDU:"),
        ("note\n1 APDU: 00 A4 04 00 00", 2, 0, "a command without response"),
        ("1 APDU: 00 A4 04 0O 00\nSW: 90 00", 1, 3, "'O' is no hex digit"),
        ("1 APDU: 00 A4 04 00\n2 SW:", 2, 0, "a response of 0 bytes"),
        ("Outgoing APDU (5 bytes):\n00 A4 04 00", 2, 4, "4 bytes of 5: keep the dump whole"),
        ("Outgoing APDU (5 bytes):", 1, 0, "0 bytes of 5: keep the dump whole"),
        ("Outgoing APDU (17 bytes):\n" + "00 " * 15 + "\n00 00", 2, 15, "15 bytes of 17"),
        ("Outgoing APDU (4 bytes):\n00 A4 04 0x ....", 2, 3, "'x' is no hex digit"),
        ("Outgoing APDU (99999 bytes):\n00", 1, 0, "no APDU has them"),
        ("Incoming APDU (2 bytes):\n90 00", 1, 0, "write Outgoing APDU (n bytes):"),
        ("A>> T=0 (4+0005) 00A40400 05 A000", 1, 7, "7 bytes where the line counts 9"),
        ("A>> T=0 (4+0000) 00A40400\nA<< (0018+2) (2ms) 6F10\n9000", 2, 2, "counts 20"),
        ("A>> T=0 (4+x) 00A40400\nA<< 9000", 1, 0, "'(' is no hex digit"),
        ("Wrapped command --> 00A40400\nno answer", 1, 0, "a command without response"),
    ],
)
def test_a_broken_log_of_a_tool_is_named(text: str, line: int, byte: int, words: str) -> None:
    """A cut, reordered or mistyped log is refused by line and byte, with what to write instead."""
    with pytest.raises(LogRefused) as refused:
        read(text)
    assert (refused.value.line, refused.value.byte) == (line, byte)
    assert words in refused.value.message


def test_a_plain_record_stays_plain() -> None:
    """A first line of hex is a record of its own form, whatever marks its later lines have."""
    with pytest.raises(LogRefused, match="line 2: 'S' is no hex digit"):
        read("00A4040000\nSW: 9000")


@given(
    st.lists(
        st.tuples(st.binary(min_size=4, max_size=261), st.binary(min_size=2, max_size=258)),
        min_size=1,
    )
)
def test_what_a_tool_dumped_is_read(exchanges: list[tuple[bytes, bytes]]) -> None:
    """Every exchange dumped in rows of 16 bytes, with their characters, comes back as it was."""
    text = "".join(
        dumped(way, data)
        for exchange in exchanges
        for way, data in zip(("Outgoing", "Incoming"), exchange, strict=True)
    )
    assert [(each.command, each.response) for each in read(text)] == exchanges


def dumped(way: str, data: bytes) -> str:
    """An APDU as OpenSC dumps it."""
    rows = [data[at : at + 16] for at in range(0, len(data), 16)]
    shown = [
        row.hex(" ") + " " + "".join(chr(each) if 0x20 <= each < 0x7F else "." for each in row)
        for row in rows
    ]
    return "\n".join([f"{way} APDU ({len(data)} bytes):", *shown, "", ""])


def test_a_line_beyond_the_limit_is_refused() -> None:
    """A line longer than any APDU is refused with its number."""
    with pytest.raises(LogRefused, match="line 2: longer than"):
        read("00A4040000\n" + "90" * apdu_log.MAX_LINE_CHARACTERS)


def test_a_record_beyond_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """More lines than the limit are refused, comments counted."""
    monkeypatch.setattr(apdu_log, "MAX_LINES", 3)
    assert len(read("#\n00A4040000\n9000")) == 1
    with pytest.raises(LogRefused, match="line 4: more than 3 lines"):
        read("#\n00A4040000\n9000\n")


@given(
    st.lists(
        st.tuples(st.binary(min_size=4, max_size=261), st.binary(min_size=2, max_size=258)),
        min_size=1,
    )
)
def test_what_was_written_is_read(exchanges: list[tuple[bytes, bytes]]) -> None:
    """Every exchange written in the plain form comes back as it was."""
    text = "\n".join(f"{command.hex()}\n{response.hex()}" for command, response in exchanges)
    assert [(each.command, each.response) for each in read(text)] == exchanges


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    """No text ends in another exception than the refusal of a line."""
    with contextlib.suppress(LogRefused):
        assert read(text)


@pytest.mark.skipif(not TRACE.is_file(), reason=f"recorded traces are absent: {TRACE.name}")
def test_a_recorded_transaction_is_read_whole() -> None:
    """A recorded contact transaction comes out as 22 exchanges, SELECT first, TC last."""
    exchanges = read(TRACE.read_text(encoding="utf-8"))
    assert len(exchanges) == 22
    assert exchanges[0].command[:4] == bytes.fromhex("00A40400")
    assert exchanges[-1].command[:4] == bytes.fromhex("80AE4000")
    assert exchanges[-1].response[2] == 0x40
