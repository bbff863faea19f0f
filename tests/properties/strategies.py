"""What the properties draw: damaged bytes and texts, streams cut in pieces, and how many of each.

ASSAY_EXAMPLES=2000 draws that many examples of each property, other ones at every run.
"""

import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from adapters.codec.iso8583 import Message
from adapters.codec.iso8583_dialect import Attribute, Field, Size

Whole = TypeVar("Whole")
EXAMPLES = "ASSAY_EXAMPLES"
FLIPS = (0x01, 0x10, 0x20, 0x80, 0xFF)
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


# Digits, braces, quotes and escapes are what most changes a line that is JSON.
SPELLED = st.sampled_from(
    [b'"', b"{", b"}", b"[", b",", b":", b"9" * 20, b"-0", b"1e9", b"true", b"null", b"\\ud800"]
)


@st.composite
def respelled(draw: st.DrawFn, whole: bytes) -> bytes:
    """These bytes with one to three tokens put over or between them."""
    data = whole
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(data)))
        data = data[:at] + draw(SPELLED) + data[at + draw(st.integers(0, 3)) :]
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


def with_one_odd(
    whole: st.SearchStrategy[Whole], odd: Mapping[str, st.SearchStrategy[Any]]
) -> st.SearchStrategy[Whole]:
    """Values of which one part is drawn anew: most others fit, so that this one is looked at."""
    one = st.sampled_from(sorted(odd)).flatmap(lambda name: st.tuples(st.just(name), odd[name]))
    return st.builds(
        lambda value, part: replace(value, **{part[0]: part[1]}),  # type: ignore[type-var]  # dataclasses only
        whole,
        one,
    )


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

# What a decoder gives back: Chinese in GBK, and bytes that are none of it as they are.
GBK = st.text(st.sampled_from("ABC 019.验金自测机构")) | st.binary(max_size=12).map(
    lambda data: data.decode("gbk", "surrogateescape")
)


def field_values(field: Field, track: str) -> st.SearchStrategy[str | bytes]:
    """Values that a field of ISO 8583 can have, as a decoder gives them; `track`: what z may hold.

    Long fields are drawn short: their length is what they say.
    """
    least = field.length if field.size is Size.FIXED else 0
    alphabets = {Attribute.N: DECIMAL, Attribute.Z: track}
    if field.attribute is Attribute.B:
        return st.binary(min_size=least, max_size=min(field.length, least + 20))
    if field.attribute in alphabets:
        return st.text(alphabets[field.attribute], min_size=least, max_size=field.length)
    most = min(field.length, 40)
    ascii_only = st.text(st.characters(codec="ascii"), min_size=least, max_size=most)
    if field.attribute is Attribute.AN or least:
        return ascii_only
    return ascii_only | GBK.filter(lambda text: len(text.encode("gbk", "surrogateescape")) <= most)


def messages(
    types: tuple[str, ...], fields: Mapping[int, Field], track: str
) -> st.SearchStrategy[Message]:
    """Messages of a dialect with any of its fields."""
    values = {number: field_values(field, track) for number, field in fields.items()}
    return st.builds(Message, st.sampled_from(types), st.fixed_dictionaries({}, optional=values))


def any_messages(
    types: tuple[str, ...], fields: Mapping[int, Field]
) -> st.SearchStrategy[Message]:
    """Messages of which hardly one can be sent: other types, fields and values."""
    return st.builds(
        Message,
        st.sampled_from(types) | st.text(max_size=5),
        st.dictionaries(
            st.sampled_from([*fields, -1, 0, 1, 65, 128, 129]),
            st.text(max_size=42) | digits(0, 42) | st.binary(max_size=42),
            max_size=3,
        ),
    )
