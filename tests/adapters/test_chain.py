"""The chain of records as bytes: whatever befalls them, what is read is what was written first."""

import hashlib
import random

import pytest

from adapters.chain import NUMBER_SIZE, START, TAG_SIZE, Head, frame, head_of, take
from adapters.journal import MAX_LINE

LINES = (b'{"a":1}', b"x", b'{"b":"' + b"y" * 300 + b'"}', bytes(range(256)), b"the last one")
NOTHING = (b"", b"\x00", bytes(64), b"\xff" * 64)


def written(lines: tuple[bytes, ...] = LINES, head: Head = Head()) -> bytes:  # noqa: B008 - frozen
    data = b""
    for line in lines:
        head = head.after(line)
        data += frame(line, head)
    return data


def ends() -> list[int]:
    """Where each record of LINES ends, and the beginning."""
    return [len(written(LINES[:count])) for count in range(len(LINES) + 1)]


def whole_before(at: int) -> int:
    """How many records end at or before this byte."""
    return sum(end <= at for end in ends()[1:])


def test_the_link_is_what_the_document_says() -> None:
    """A record's link covers the one before, its number, its length and its bytes."""
    first = hashlib.sha256(b"\x01" + START + (1).to_bytes(8, "big") + bytes((0, 0, 0, 1)) + b"x")
    assert Head().after(b"x") == Head(1, first.digest())
    assert frame(b"x", Head().after(b"x")) == b"\x00\x00\x00\x01x" + first.digest()[:16]
    assert (NUMBER_SIZE, TAG_SIZE) == (8, 16)


def test_what_was_written_is_read() -> None:
    """All lines in order, the head after them, nothing lost; and a part goes on where it was."""
    taken = take(written(), Head())
    assert (taken.lines, taken.head, taken.lost) == (LINES, head_of(LINES), 0)
    begun = head_of(LINES[:2])
    assert take(written(LINES[2:], begun), begun).lines == LINES[2:]


def test_every_truncation_keeps_the_whole_records_before_it() -> None:
    """Wherever the bytes end, the records that are whole are read, and the rest is counted."""
    data = written()
    for at in range(len(data) + 1):
        taken = take(data[:at], Head())
        count = whole_before(at)
        assert taken.lines == LINES[:count]
        assert taken.lost == at - ends()[count]
        assert taken.head == head_of(LINES[:count])


def test_every_flipped_bit_ends_reading_at_its_record() -> None:
    """Whatever bit of a record flips, in length, line or tag, reading ends before that record."""
    data = written()
    for at in range(len(data)):
        for bit in range(8):
            flipped = bytearray(data)
            flipped[at] ^= 1 << bit
            taken = take(bytes(flipped), Head())
            count = whole_before(at)
            assert taken.lines == LINES[:count], (at, bit)
            assert taken.lost == len(data) - ends()[count]


@pytest.mark.parametrize("behind", NOTHING[1:], ids=("zero", "zeros", "ones"))
def test_garbage_behind_the_records_is_lost(behind: bytes) -> None:
    """Bytes that are no record are counted and never read."""
    taken = take(written() + behind, Head())
    assert (taken.lines, taken.lost) == (LINES, len(behind))


@pytest.mark.parametrize("between", NOTHING[1:], ids=("zero", "zeros", "ones"))
def test_a_good_record_behind_a_bad_one_is_never_believed(between: bytes) -> None:
    """Records that would continue the chain are not looked for behind bytes that are none."""
    begin, rest = written(LINES[:2]), written(LINES[2:], head_of(LINES[:2]))
    taken = take(begin + between + rest, Head())
    assert taken.lines == LINES[:2]
    assert taken.lost == len(between) + len(rest)


def test_a_record_of_another_place_is_none() -> None:
    """A record left out, doubled, or put in the place of another ends reading."""
    frames = [written(LINES)[begin:end] for begin, end in zip(ends(), ends()[1:], strict=False)]
    left_out = b"".join(frames[:1] + frames[2:])
    doubled = b"".join(frames[:2] + frames[1:])
    swapped = b"".join((frames[0], frames[2], frames[1], *frames[3:]))
    assert take(left_out, Head()).lines == LINES[:1]
    assert take(doubled, Head()).lines == LINES[:2]
    assert take(swapped, Head()).lines == LINES[:1]


def test_a_line_too_long_and_an_empty_one_are_no_records() -> None:
    """The longest line is read; one byte more is not, and no line at all is not."""
    longest = b"z" * MAX_LINE
    assert take(written((longest,)), Head()).lines == (longest,)
    assert take(written((longest + b"z",)), Head()).lines == ()
    assert take(written((b"",)), Head()).lines == ()


def test_random_bytes_are_no_records() -> None:
    """Of noise nothing is read, also where it announces a plausible length."""
    chance = random.Random("noise")
    for _ in range(500):
        size = chance.randrange(200)
        noise = size.to_bytes(4, "big") + chance.randbytes(300)
        assert take(noise, Head()).lines == ()
