"""What the properties draw: damaged bytes and texts, streams cut in pieces, and how many of each.

ASSAY_EXAMPLES=2000 draws that many examples of each property, other ones at every run.
"""

import os
from collections.abc import Iterator
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

EXAMPLES = "ASSAY_EXAMPLES"
FLIPS = (0x01, 0x20, 0x80, 0xFF)
INSERTED = (b"\x00", b"\x1f", b"\x7f", b"\xff")
# What steers the text formats: ends of lines, comments, brackets, digits of other scripts, no hex.
WORDS = ("\n", "#", " ", "Z", "9", ">", "<", ":", "[", "]", "{", "=", '"', ".", "٣", "，", "\x00")
DECIMAL = "0123456789"


def bounded(examples: int = 60) -> settings:
    """How a property is run: always with the same examples, unless the environment asks for more.

    A slow example is no failure here: test_linear_time counts steps instead.
    """
    asked = os.environ.get(EXAMPLES, "")
    return settings(
        max_examples=int(asked or examples),
        derandomize=not asked,
        database=None,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


def damaged(data: bytes) -> Iterator[bytes]:
    """These bytes with one fault, of every kind and at every place."""
    for at, byte in enumerate(data):
        before, rest = data[:at], data[at + 1 :]
        yield before
        yield before + rest
        yield before + bytes((byte, byte)) + rest
        yield from (before + bytes((byte ^ flip,)) + rest for flip in FLIPS)
    for at in range(len(data) + 1):
        yield from (data[:at] + inserted + data[at:] for inserted in INSERTED)


def damaged_text(text: str) -> Iterator[str]:
    """This text with one fault, of every kind and at every place."""
    for at, character in enumerate(text):
        before, rest = text[:at], text[at + 1 :]
        yield before
        yield before + rest
        yield before + character * 2 + rest
        yield from (before + word + rest for word in WORDS)
    for at in range(len(text) + 1):
        yield from (text[:at] + word + text[at:] for word in WORDS)


@st.composite
def mutations(draw: st.DrawFn, whole: st.SearchStrategy[bytes]) -> bytes:
    """Bytes of a strategy after one to four faults, each anywhere."""
    data = draw(whole)
    for _ in range(draw(st.integers(1, 4))):
        start, end = sorted(draw(st.tuples(*[st.integers(0, len(data))] * 2)))
        part = data[start:end]
        put = draw(st.sampled_from([b"", part * 2, part[::-1]]) | st.binary(max_size=4))
        data = data[:start] + put + data[end:]
    return data


@st.composite
def text_mutations(draw: st.DrawFn, whole: st.SearchStrategy[str]) -> str:
    """A text of a strategy after one to four faults, each anywhere."""
    text = draw(whole)
    for _ in range(draw(st.integers(1, 4))):
        start, end = sorted(draw(st.tuples(*[st.integers(0, len(text))] * 2)))
        part = text[start:end]
        put = draw(st.sampled_from(["", part * 2, part[::-1], *WORDS]) | st.text(max_size=4))
        text = text[:start] + put + text[end:]
    return text


@st.composite
def cut(draw: st.DrawFn, streams: st.SearchStrategy[bytes]) -> tuple[bytes, list[bytes]]:
    """A stream, and the same in pieces."""
    stream = draw(streams)
    cuts = sorted(draw(st.lists(st.integers(0, len(stream)), max_size=8)))
    ends = [*cuts, len(stream)]
    return stream, [stream[a:b] for a, b in zip([0, *cuts], ends, strict=True)]


def digits(least: int, most: int | None = None) -> st.SearchStrategy[str]:
    """So many decimal digits."""
    return st.text(DECIMAL, min_size=least, max_size=least if most is None else most)


def sizes(*fixed: int) -> st.SearchStrategy[bytes]:
    """Binary values, often of one of these lengths."""
    return st.binary(max_size=24) | st.sampled_from(fixed).flatmap(
        lambda size: st.binary(min_size=size, max_size=size)
    )


BYTE = st.integers(0, 255)
# Also what is no byte: encoders are to refuse it.
ANY_NUMBER = BYTE | st.integers(-2, 300) | st.integers()
PRINTABLE = st.characters(min_codepoint=0x20, max_codepoint=0x7E)
JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)
