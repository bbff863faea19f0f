import io
import warnings
import zipfile

import pytest

from reports import container
from reports.container import (
    FINDINGS,
    JOURNAL,
    LEDGER,
    MANIFEST,
    MAX_SIZE,
    BundleRefused,
    pack,
    unpack,
)

MEMBERS = {
    MANIFEST: b'{"payload":""}\n',
    JOURNAL: b"one\ntwo\n",
    LEDGER: b"three\n",
    FINDINGS: b"{}\n",
}


def zipped(
    *members: tuple[str, bytes], method: int = zipfile.ZIP_STORED, extra: bytes = b""
) -> bytes:
    """What another ZIP writer makes of these members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # of a name that stands twice
        for name, body in members:
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.extra = extra
            file.writestr(info, body, compress_type=method)
    return buffer.getvalue()


def refusal(data: bytes) -> str:
    with pytest.raises(BundleRefused) as refused:
        unpack(data)
    return str(refused.value)


def test_what_is_packed_is_unpacked() -> None:
    """The members come back as they were, in their order, with and without findings."""
    assert list(unpack(pack(MEMBERS)).items()) == list(MEMBERS.items())
    three = {name: MEMBERS[name] for name in (LEDGER, JOURNAL, MANIFEST)}
    assert list(unpack(pack(three))) == [MANIFEST, JOURNAL, LEDGER]


def test_any_unzip_tool_opens_it() -> None:
    """Another implementation finds the same members, stored, dated 1980-01-01, without extras."""
    with zipfile.ZipFile(io.BytesIO(pack(MEMBERS))) as file:
        assert file.testzip() is None
        assert {info.filename: file.read(info) for info in file.infolist()} == MEMBERS
        assert file.comment == b""
        for info in file.infolist():
            assert info.compress_type == zipfile.ZIP_STORED
            assert info.date_time == (1980, 1, 1, 0, 0, 0)
            assert (info.extra, info.comment, info.flag_bits) == (b"", b"", 0)


def test_every_truncation_is_refused() -> None:
    """A bundle that lacks its end, however much of it, does not open."""
    packed = pack(MEMBERS)
    for size in range(len(packed)):
        refusal(packed[:size])
    assert "cut off" in refusal(packed[:-1])
    assert "cut off" in refusal(packed[:40])


def test_bytes_after_the_end_are_refused() -> None:
    """Nothing may follow the directory, nor precede the first member."""
    assert refusal(pack(MEMBERS) + b"\0") == "1 bytes too many stand in the bundle"
    assert "does not begin like one" in refusal(b"\0" + pack(MEMBERS))


@pytest.mark.parametrize(
    "data", [b"", b"text", b"PK\5\6" + bytes(18)], ids=["empty", "text", "none"]
)
def test_what_is_no_bundle_is_refused(data: bytes) -> None:
    """An empty file, a text and an empty ZIP are told not to be bundles."""
    assert refusal(data) == "this is not a bundle: it does not begin like one"


def test_a_member_twice_is_refused() -> None:
    """Two members of one name would leave open which one counts."""
    twice = zipped((MANIFEST, b"1"), (JOURNAL, b"2"), (JOURNAL, b"3"))
    assert refusal(twice) == "the bundle holds journal.jsonl twice"


def test_another_order_is_refused() -> None:
    """The members have one order."""
    swapped = zipped((JOURNAL, b"2"), (MANIFEST, b"1"), (LEDGER, b"3"))
    order = "manifest.dsse.json, journal.jsonl, ledger.jsonl"
    assert f"stand in another order than {order}" in refusal(swapped)


@pytest.mark.parametrize("name", ["journal.json", "../../journal.jsonl", "a/", "JOURNAL.JSONL"])
def test_another_name_is_refused(name: str) -> None:
    """Only names of the closed list are members: no paths, no folders."""
    assert repr(name) in refusal(zipped((MANIFEST, b"1"), (name, b"")))
    with pytest.raises(BundleRefused, match="is no member of a bundle"):
        pack({**MEMBERS, name: b""})


def test_a_name_cannot_steer_a_terminal() -> None:
    """Control characters and bytes beyond ASCII in a name are shown escaped."""
    packed = pack(MEMBERS).replace(MANIFEST.encode(), b"\x1b[2Jmanifest\xff.json")
    assert r"\x1b[2Jmanifest\\xff.json" in refusal(packed)


@pytest.mark.parametrize("missing", [MANIFEST, JOURNAL, LEDGER])
def test_a_missing_member_is_refused(missing: str) -> None:
    """Manifest, journal and ledger must be there, for the writer as for the reader."""
    members = {name: body for name, body in MEMBERS.items() if name != missing}
    assert refusal(zipped(*members.items())) == f"the bundle lacks {missing}"
    with pytest.raises(BundleRefused, match=f"lacks {missing}"):
        pack(members)


def test_compressed_members_are_refused() -> None:
    """Nothing is ever inflated, so nothing can swell."""
    packed = zipped((MANIFEST, bytes(9999)), (JOURNAL, b""), method=zipfile.ZIP_DEFLATED)
    assert refusal(packed) == (
        "manifest.dsse.json is compressed; members of a bundle are stored as they are"
    )


def test_what_another_writer_makes_is_refused() -> None:
    """Another version, another date, an extra field or a comment make another file."""
    plain = zipped((MANIFEST, b"1"), (JOURNAL, b"2"), (LEDGER, b"3"))
    members = ((MANIFEST, b"1"), (JOURNAL, b"2"), (LEDGER, b"3"))
    extra = zipped(*members, extra=b"\xfe\xca\x00\x00")
    assert "headers" in refusal(plain) or "too many" in refusal(plain)
    assert "too many" in refusal(extra)


def test_a_damaged_member_is_named() -> None:
    """The message says which member is damaged."""
    packed = pack(MEMBERS).replace(b"one\ntwo", b"one\ntwO")
    assert refusal(packed) == "journal.jsonl is damaged: its checksum is another one"


def test_what_is_too_large_is_refused() -> None:
    """64 MiB are the most, for the reader before it looks and for the writer before it copies."""
    assert refusal(bytes(MAX_SIZE + 1)) == "the bundle is larger than 64 MiB"
    with pytest.raises(BundleRefused, match="larger than 64 MiB"):
        pack({**MEMBERS, JOURNAL: bytes(MAX_SIZE)})


def test_the_largest_size_counts_the_headers(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of exactly the largest size opens; one byte less allowed and it does not."""
    packed = pack(MEMBERS)
    monkeypatch.setattr(container, "MAX_SIZE", len(packed))
    assert unpack(packed) == MEMBERS
    monkeypatch.setattr(container, "MAX_SIZE", len(packed) - 1)
    refusal(packed)
    with pytest.raises(BundleRefused, match="larger than"):
        pack(MEMBERS)
