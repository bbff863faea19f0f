import hashlib
import json
import struct
from dataclasses import replace

import pytest

from adapters.chain import head_of
from reports import manifest
from reports.container import BundleRefused
from suites.evidence import read
from tests.ledgers import told_of
from tests.reports import hand_made
from tests.reports.hand_made import KEY

# The leaves and roots with which implementations of RFC 6962 compare themselves.
ENTRIES = [
    bytes.fromhex(entry)
    for entry in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696A6B6C6D6E6F",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def said(journal: bytes, findings: bytes = b"") -> manifest.Statement:
    contents = manifest.Contents(journal, told_of(journal), findings)
    return manifest.statement(contents, read(journal), KEY.public)


@pytest.mark.parametrize("count, root", list(enumerate(ROOTS)))
def test_the_tree_is_that_of_rfc_6962(count: int, root: str) -> None:
    """Roots over known leaves are the known ones."""
    assert manifest.merkle_root(ENTRIES[:count]).hex() == root


def test_the_chain_is_as_documented() -> None:
    """Each link binds the one before, the number, the length and the line."""
    head = bytes(32)
    for number, line in enumerate((b"one", b"", b"three"), 1):
        link = b"\x01" + head + struct.pack(">QI", number, len(line)) + line
        head = hashlib.sha256(link).digest()
    assert head_of([b"one", b"", b"three"]).link == head
    assert head_of([]).link == bytes(32)


def test_a_leaf_is_the_lines_of_an_attempt() -> None:
    """Together the leaves are the journal without the campaign's own lines, byte for byte."""
    journal = hand_made.twice()
    leaves = list(manifest.leaves(manifest.lines_of(journal), read(journal)))
    lines = journal.splitlines(keepends=True)
    assert leaves == [b"".join(lines[4:10]), b"".join(lines[10:16])]


def test_a_leaf_of_a_broken_off_attempt_has_no_close() -> None:
    """An attempt that was cut off ends where the next one begins, or with the journal."""
    whole = hand_made.twice().splitlines(keepends=True)
    lines = whole[:9] + whole[10:14]
    journal = b"".join(lines)
    leaves = list(manifest.leaves(manifest.lines_of(journal), read(journal)))
    assert leaves == [b"".join(lines[4:9]), b"".join(lines[9:])]
    assert not said(journal).predicate.ended


def test_a_manifest_repeats_the_campaign_and_counts() -> None:
    """What a branch needs to file a bundle stands in what is signed."""
    journal = hand_made.twice()
    found = said(journal, b"{}\n")
    campaign = hand_made.CAMPAIGN
    predicate = found.predicate
    assert predicate.campaign == campaign.campaign
    assert (predicate.device, predicate.device_kind) == ("direct-pos", "direct-pos")
    assert (predicate.practice, predicate.emulated) == (campaign.practice, campaign.emulated)
    assert predicate.release == campaign.release
    assert predicate.counts == manifest.Counts(records=17, attempts=2, planned=1, left_out=1)
    told = b"".join(line + b"\n" for line in told_of(journal).lines)
    members = {"journal.jsonl": journal, "ledger.jsonl": told, "findings.json": b"{}\n"}
    assert predicate.sizes == {name: len(body) for name, body in members.items()}
    assert {each.name: each.digest.sha256 for each in found.subject} == {
        name: hashlib.sha256(body).hexdigest() for name, body in members.items()
    }


def test_a_payload_is_an_in_toto_statement() -> None:
    """The payload has the shape of in-toto Statement v1, and comes back as it was."""
    found = said(hand_made.journal())
    payload = manifest.to_payload(found)
    assert set(json.loads(payload)) == {"_type", "subject", "predicateType", "predicate"}
    assert json.loads(payload)["_type"] == "https://in-toto.io/Statement/v1"
    assert manifest.from_payload(payload) == found


def test_another_format_is_named() -> None:
    """A bundle of a later format is not called damaged."""
    payload = manifest.to_payload(said(hand_made.journal())).replace(b'"format":0', b'"format":1')
    with pytest.raises(BundleRefused, match="has format 1; this release reads format 0"):
        manifest.from_payload(payload)


@pytest.mark.parametrize(
    "old, new",
    [
        (b'"emulated":true', b'"emulated":true,"emulated":true'),
        (b'"emulated":true', b'"emulated": true'),
        (b'"emulated":true', b'"emulated":true,"extra":1'),
        (b'"_type":', b'"_typ":'),
        (b"urn:assay:campaign:0", b"urn:assay:campaign:1"),
        (b'"signer":"0', b'"signer":"G'),
        (b'"records":11', b'"records":11.0'),
        (b'"device":"direct-pos"', b'"device":"\\ud800"'),
        (b"{", b"[" * 100_000),
    ],
)
def test_a_payload_has_one_form(old: bytes, new: bytes) -> None:
    """A key twice, a space, an unknown field, another type: refused in words."""
    payload = manifest.to_payload(said(hand_made.journal()))
    assert old in payload
    with pytest.raises(BundleRefused, match="the manifest"):
        manifest.from_payload(payload.replace(old, new, 1))


def test_a_difference_is_named() -> None:
    """Where manifest and journal disagree the message says on what."""
    found = said(hand_made.journal())
    lie = replace(found.predicate, practice=())
    other = manifest.Statement(subject=found.subject, predicate=lie)
    with pytest.raises(BundleRefused, match="disagree on the reasons for practice"):
        manifest.compare(other, found)
