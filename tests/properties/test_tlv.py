"""BER-TLV and data object lists."""

from hypothesis import given
from hypothesis import strategies as st

from adapters.codec import ber_tlv, dol
from adapters.codec.ber_tlv import MAX_DEPTH, PADDING, Tlv
from adapters.codec.dol import Entry
from tests.properties.laws import read, total, written
from tests.properties.strategies import BYTE, bounded, damaged, mutations, sizes

CONSTRUCTED, LONG, MORE = 0x20, 0x1F, 0x80
FIRSTS = [first for first in range(0x100) if first not in PADDING]
LAST = st.integers(0, MORE - 1)


def tags(firsts: list[int]) -> st.SearchStrategy[int]:
    """Tags of one, two and three bytes that begin so."""
    short = st.sampled_from([first for first in firsts if first & LONG != LONG])
    long = st.sampled_from([first for first in firsts if first & LONG == LONG])
    return (
        short
        | st.builds(lambda a, b: a << 8 | b, long, LAST)
        | st.builds(lambda a, b, c: a << 16 | b << 8 | c, long, st.integers(MORE, 0xFF), LAST)
    )


TAG = tags(FIRSTS)
PRIMITIVE = tags([first for first in FIRSTS if not first & CONSTRUCTED])
TEMPLATE = tags([first for first in FIRSTS if first & CONSTRUCTED])
Tree = tuple[int, "bytes | list[Tree]"]
LEAF = st.tuples(PRIMITIVE, sizes(127, 128, 255, 256))


def nested(levels: int) -> st.SearchStrategy[Tree]:
    """One object of at most so many levels."""
    if levels == 1:
        return LEAF
    inside = st.lists(nested(levels - 1), max_size=2)
    return LEAF | st.tuples(TEMPLATE, inside)


TREES = st.lists(nested(MAX_DEPTH), max_size=4)
FILLING = st.lists(st.sampled_from(sorted(PADDING)), max_size=2).map(bytes)
ENTRIES = st.lists(st.builds(Entry, TAG, BYTE), max_size=12).map(tuple)


def encode(trees: list[Tree]) -> bytes:
    return b"".join(
        ber_tlv.encode(tag, inside if isinstance(inside, bytes) else encode(inside))
        for tag, inside in trees
    )


def trees_of(objects: tuple[Tlv, ...]) -> list[Tree]:
    return [
        (each.tag, trees_of(each.children) if each.constructed else each.value) for each in objects
    ]


def written_list(entries: tuple[Entry, ...]) -> bytes:
    return b"".join(ber_tlv.tag_bytes(each.tag) + bytes((each.length,)) for each in entries)


@bounded()
@given(TREES)
def test_objects_come_out_as_they_went_in(trees: list[Tree]) -> None:
    """Any tree of objects decodes to itself, in order, with duplicates."""
    assert trees_of(ber_tlv.decode(encode(trees))) == trees


@bounded()
@given(TREES, FILLING, FILLING)
def test_an_object_stands_at_its_offset(trees: list[Tree], before: bytes, between: bytes) -> None:
    """Filling changes no object; each starts with its tag where it says."""
    parts = [encode([tree]) for tree in trees]
    data = before + between.join(parts)
    objects = ber_tlv.decode(data)
    assert b"".join(encode(trees_of((each,))) for each in objects) == b"".join(parts)
    for each in ber_tlv.walk(objects):
        assert data[each.offset :].startswith(ber_tlv.tag_bytes(each.tag))
        assert each.value in data[each.offset :]


@bounded()
@given(st.binary(max_size=80) | mutations(TREES.map(encode)))
def test_any_bytes_are_objects_or_refused(data: bytes) -> None:
    """What is accepted covers the input: without filling and long lengths it encodes to it."""
    for objects in read(ber_tlv.decode, data):
        again = encode(trees_of(objects))
        assert trees_of(ber_tlv.decode(again)) == trees_of(objects)
        assert len(again) <= len(data)


@bounded(20)
@given(TREES)
def test_one_fault_anywhere_is_an_object_or_refused(trees: list[Tree]) -> None:
    """One fault, of every kind and at every place, brings out nothing but a refusal."""
    total(ber_tlv.decode, damaged(encode(trees)[:300]))


def test_objects_nest_as_deep_as_allowed_and_no_deeper() -> None:
    """The deepest level holds objects that hold none; one more is refused."""
    tower = b""
    for levels in range(1, 3 * MAX_DEPTH):
        tower = ber_tlv.encode(0x70, tower)
        assert bool(read(ber_tlv.decode, tower)) is (levels < MAX_DEPTH)


@bounded()
@given(TAG, st.integers(0, 70_000))
def test_a_value_is_sent_up_to_two_length_bytes(tag: int, size: int) -> None:
    """A value that EMV's lengths can count comes back; a longer one is ours to refuse."""
    sent = written(lambda length: ber_tlv.encode(tag, bytes(length)), size)
    assert bool(sent) is (size <= 0xFFFF)
    if not ber_tlv.tag_bytes(tag)[0] & CONSTRUCTED:
        assert all(ber_tlv.decode(data) == (Tlv(tag, bytes(size), 0),) for data in sent)


@bounded()
@given(ENTRIES)
def test_a_list_comes_out_as_it_went_in(entries: tuple[Entry, ...]) -> None:
    """Every list of tags and lengths decodes to itself."""
    assert dol.decode(written_list(entries)) == entries


@bounded()
@given(st.binary(max_size=60) | mutations(ENTRIES.map(written_list)))
def test_any_bytes_are_a_list_or_refused(data: bytes) -> None:
    """A list is its bytes and nothing else."""
    for entries in read(dol.decode, data):
        assert written_list(entries) == data


@bounded(20)
@given(ENTRIES)
def test_one_fault_in_a_list_is_read_or_refused(entries: tuple[Entry, ...]) -> None:
    """One fault, of every kind and at every place, brings out nothing but a refusal."""
    total(dol.decode, damaged(written_list(entries)))


@bounded()
@given(ENTRIES.filter(lambda entries: dol.wanted_length(entries) < 2000), st.data())
def test_a_value_list_is_cut_up_without_loss(
    entries: tuple[Entry, ...], data: st.DataObject
) -> None:
    """The parts are as long as wanted, together the whole; a list of another length is refused."""
    size = dol.wanted_length(entries)
    values = data.draw(st.binary(min_size=size, max_size=size))
    filled = dol.split(entries, values)
    assert b"".join(each.value for each in filled) == values
    assert [len(each.value) for each in filled] == [each.length for each in entries]
    assert not read(lambda given: dol.split(entries, given), values + b"\0")
    assert not values or not read(lambda given: dol.split(entries, given), values[:-1])
