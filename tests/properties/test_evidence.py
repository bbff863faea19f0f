"""What strangers hand in as evidence: journals, their records, and sealed bundles."""

import base64
import json
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from hypothesis import given
from hypothesis import strategies as st

from adapters import journal
from adapters.journal import MAX_INTEGER, BadRecord
from reports import manifest, signature
from reports.bundle import open_bundle
from reports.container import MANIFEST, NAMES, REQUIRED, BundleRefused, pack, unpack
from reports.manifest import PAYLOAD_TYPE
from suites.evidence import EvidenceRefused, read, records
from suites.records import RecordRefused, from_json, to_json
from tests.properties.strategies import JSON, bounded, damaged, mutations, respelled
from tests.reports import hand_made

Found = TypeVar("Found")
SOUND = hand_made.journal()
SEALED = hand_made.bundle()
MEMBERS = unpack(SEALED)
PAYLOAD = signature.payload_of(MEMBERS[MANIFEST], PAYLOAD_TYPE)
NAMED = st.text(st.characters(codec="utf-8"), max_size=5)
RECORDS = st.dictionaries(
    NAMED,
    st.recursive(
        st.none() | st.booleans() | st.integers(-MAX_INTEGER, MAX_INTEGER) | NAMED,
        lambda inner: st.lists(inner, max_size=2) | st.dictionaries(NAMED, inner, max_size=2),
        max_leaves=4,
    ),
    max_size=4,
)
LINES = SOUND.split(b"\n")[:-1]


def taken(
    decode: Callable[[bytes], Found], refusal: type[Exception], inputs: Iterable[bytes]
) -> Iterator[tuple[bytes, Found]]:
    """The inputs that are accepted, each with its value; the others are refused with words."""
    for data in inputs:
        try:
            found = decode(data)
        except refusal as refused:
            assert str(refused)  # noqa: PT017  whatever is refused, not one input
        else:
            yield data, found


@bounded(100)
@given(RECORDS)
def test_a_record_comes_out_as_it_went_in(record: dict[str, journal.Json]) -> None:
    """A record of strings, lists and whole numbers survives its line."""
    assert journal.decode(journal.encode(record).removesuffix(b"\n")) == record


@bounded(200)
@given(
    st.binary(max_size=30)
    | JSON.map(lambda value: json.dumps(value).encode())
    | mutations(RECORDS.map(journal.encode))
    | st.sampled_from(LINES).flatmap(respelled)
)
def test_any_line_is_a_record_or_refused(line: bytes) -> None:
    """A record is its bytes: what is accepted is written as exactly this line."""
    for data, record in taken(journal.decode, BadRecord, [line]):
        assert journal.encode(record) == data + b"\n"


@bounded(150)
@given(RECORDS | st.sampled_from(LINES).map(journal.decode), st.text(max_size=6), JSON)
def test_any_object_is_a_record_of_a_kind_or_refused(
    body: dict[str, journal.Json], name: str, value: journal.Json
) -> None:
    """A value put under any name gives that record or a refusal."""
    for changed in (body, {**body, name: value}, *({**body, each: value} for each in body)):
        try:
            record = from_json(changed)
        except RecordRefused as refused:
            assert str(refused)  # noqa: PT017  whatever is refused, not one input
        else:
            assert journal.encode(to_json(record)) == journal.encode(changed)


@bounded(100)
@given(st.binary(max_size=60) | mutations(st.just(SOUND)) | respelled(SOUND))
def test_any_journal_is_evidence_or_refused(data: bytes) -> None:
    """Evidence has the attempts that its lines open; a refusal names one of its lines."""
    for found, evidence in taken(read, EvidenceRefused, [data]):
        opened = found.count(b'"record":"open"')
        assert len(evidence.attempts) == opened
    for line, _ in taken_records(data):
        assert 1 <= line <= data.count(b"\n")


def taken_records(data: bytes) -> Iterator[tuple[int, object]]:
    """The records up to the first that is refused, in one of the lines or at their end."""
    try:
        yield from records(data)
    except EvidenceRefused as error:
        refused = error
    else:
        return
    assert 1 <= refused.line <= data.count(b"\n") + 1


def test_one_fault_anywhere_in_a_journal_is_evidence_or_refused() -> None:
    """One fault, of every kind and at every place of each kind of line."""
    for number, line in enumerate(LINES[:4]):
        head, tail = LINES[:number], LINES[number + 1 :]
        journals = (b"\n".join([*head, bad, *tail, b""]) for bad in damaged(line[:200]))
        assert not [data for data, _ in taken(read, EvidenceRefused, journals) if b"\0" in data]


@bounded(100)
@given(
    st.fixed_dictionaries(
        {name: st.binary(max_size=9) for name in REQUIRED},
        optional={name: st.binary(max_size=9) for name in NAMES if name not in REQUIRED},
    )
)
def test_members_come_out_as_they_went_in(members: dict[str, bytes]) -> None:
    """Whatever the members hold, their file gives them back in its order."""
    found = unpack(pack(members))
    assert found == members
    assert list(found) == [name for name in NAMES if name in members]


@bounded(150)
@given(st.binary(max_size=60) | mutations(st.just(SEALED)))
def test_any_file_is_a_bundle_or_refused(data: bytes) -> None:
    """A container is its bytes; a bundle is the one that was sealed or is refused."""
    for accepted, members in taken(unpack, BundleRefused, [data]):
        assert pack(members) == accepted
    for accepted, bundle in taken(open_bundle, BundleRefused, [data]):
        assert accepted == SEALED
        assert bundle.journal == SOUND


def test_a_bundle_cut_off_anywhere_is_refused() -> None:
    """No beginning of a bundle is one, and neither is its end."""
    cuts = (part for at in range(len(SEALED)) for part in (SEALED[:at], SEALED[at + 1 :]))
    assert not list(taken(unpack, BundleRefused, cuts))


@bounded(200)
@given(
    st.fixed_dictionaries(
        {},
        optional={
            "payload": JSON | st.just(base64.b64encode(PAYLOAD).decode()),
            "payloadType": JSON | st.just(PAYLOAD_TYPE),
            "signatures": JSON | st.lists(JSON | st.fixed_dictionaries({"sig": JSON}), max_size=2),
        },
    )
    | JSON
)
def test_any_envelope_is_held_to(envelope: object) -> None:
    """JSON of any shape is an envelope or refused, and no such bundle opens."""
    packed = pack({**MEMBERS, MANIFEST: json.dumps(envelope).encode()})
    assert not list(taken(open_bundle, BundleRefused, [packed]))


@bounded(100)
@given(
    st.sampled_from(sorted(MEMBERS)),
    st.data(),
)
def test_a_member_in_a_sound_container_is_held_to(name: str, data: st.DataObject) -> None:
    """Behind right headers and checksums, a changed member is refused all the same."""
    body = MEMBERS[name]
    changed = data.draw(mutations(st.just(body)) | respelled(body) | st.binary(max_size=9))
    packed = pack({**MEMBERS, name: changed})
    for accepted, _ in taken(open_bundle, BundleRefused, [packed]):
        assert accepted == SEALED


@bounded(100)
@given(mutations(st.just(PAYLOAD)) | respelled(PAYLOAD) | st.binary(max_size=30))
def test_any_signed_payload_is_a_manifest_or_refused(payload: bytes) -> None:
    """A signature does not make a manifest: signed nonsense is refused, and nothing else."""
    for accepted, said in taken(manifest.from_payload, BundleRefused, [payload]):
        assert manifest.to_payload(said) == accepted
    envelope = signature.envelope(PAYLOAD_TYPE, payload, hand_made.KEY)
    packed = pack({**MEMBERS, MANIFEST: envelope})
    for accepted, _ in taken(open_bundle, BundleRefused, [packed]):
        assert accepted == SEALED
