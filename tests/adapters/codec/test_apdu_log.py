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
