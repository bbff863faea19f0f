import base64
import re
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from reports import manifest, signature
from reports.bundle import open_bundle, seal
from reports.container import BundleRefused, pack, unpack
from reports.manifest import PAYLOAD_TYPE, Contents, Manifest
from suites import ledger, records
from suites.attempt import Facts, Trouble
from suites.evidence import read
from suites.finding import Finding
from suites.phrase import Phrase
from tests.ledgers import told_of
from tests.reports import hand_made
from tests.reports.hand_made import CAMPAIGN, END, FACTS, KEY, OTHER_KEY, PLAN

FORMATS = Path(__file__).parent.parent.parent / "docs" / "formats.md"


def refusal(data: bytes) -> str:
    with pytest.raises(BundleRefused) as refused:
        open_bundle(data)
    return str(refused.value)


def sealed_with(change: Callable[[Manifest], Manifest]) -> bytes:
    """A bundle whose manifest says something else, signed as it should be."""
    journal = hand_made.journal()
    contents = Contents(journal, told_of(journal), b"")
    said = manifest.statement(contents, read(journal), KEY.public)
    other = manifest.Statement(subject=said.subject, predicate=change(said.predicate))
    envelope = signature.envelope(PAYLOAD_TYPE, manifest.to_payload(other), KEY)
    return pack({"manifest.dsse.json": envelope, **contents.members})


def test_a_bundle_gives_back_what_was_sealed() -> None:
    """Journal and findings are the same bytes; evidence, manifest and signer are read from them."""
    journal = hand_made.journal()
    bundle = open_bundle(hand_made.bundle(journal))
    assert bundle.journal == journal
    assert bundle.evidence == read(journal)
    assert bundle.findings == hand_made.findings(journal)
    assert bundle.manifest.campaign == CAMPAIGN.campaign
    assert bundle.signer == KEY.public


def test_sealing_is_repeatable() -> None:
    """The same journal, findings and key give the same file."""
    assert hand_made.bundle() == hand_made.bundle()


@pytest.mark.parametrize("mask", [0x01, 0x20, 0xFF])
def test_every_changed_byte_is_found(mask: int) -> None:
    """No byte of a bundle can be changed: none opens."""
    bundle = hand_made.bundle()
    opened = []
    for index in range(len(bundle)):
        changed = bytearray(bundle)
        changed[index] ^= mask
        try:
            open_bundle(bytes(changed))
        except BundleRefused:
            continue
        opened.append(index)
    assert opened == []


def test_every_missing_or_added_byte_is_found() -> None:
    """No byte can be taken out or put in."""
    bundle = hand_made.bundle()
    for index in range(len(bundle)):
        refusal(bundle[:index] + bundle[index + 1 :])
        refusal(bundle[:index] + b"\0" + bundle[index:])


def test_members_of_two_bundles_do_not_mix() -> None:
    """A journal under the manifest of another is refused, and so are other findings."""
    ours = dict(unpack(hand_made.bundle()))
    screen = "DECLINED"
    theirs = unpack(hand_made.bundle(hand_made.journal(screen=screen)))
    assert "journal.jsonl is not the one that was sealed" in refusal(
        pack({**ours, "journal.jsonl": theirs["journal.jsonl"]})
    )
    lied = ours["findings.json"].replace(b'"pass"', b'"fail"')
    assert "findings.json is not the one" in refusal(pack({**ours, "findings.json": lied}))
    longer = ours["findings.json"] + b"\n"
    assert "the manifest says" in refusal(pack({**ours, "findings.json": longer}))


def test_findings_cannot_be_taken_out_or_put_in() -> None:
    """The manifest says which members there are."""
    whole = dict(unpack(hand_made.bundle()))
    bare = dict(unpack(hand_made.sealed(hand_made.journal())))
    without = {name: body for name, body in whole.items() if name != "findings.json"}
    assert "the manifest is about" in refusal(pack(without))
    assert "the manifest is about" in refusal(pack({**bare, "findings.json": b"{}\n"}))
    assert refusal(pack({**whole, "findings.json": b""})) == "findings.json is empty"


def test_another_signer_must_sign_himself() -> None:
    """A manifest naming one key and signed with another is refused."""
    members = dict(unpack(hand_made.bundle()))
    payload = signature.payload_of(members["manifest.dsse.json"], PAYLOAD_TYPE)
    forged = signature.envelope(PAYLOAD_TYPE, payload, OTHER_KEY)
    assert "manifest.dsse.json: " in refusal(pack({**members, "manifest.dsse.json": forged}))
    stolen = forged.replace(
        signature.fingerprint(OTHER_KEY.public).encode(), signature.fingerprint(KEY.public).encode()
    )
    assert "the signature does not fit" in refusal(pack({**members, "manifest.dsse.json": stolen}))


LIES: dict[str, dict[str, Any]] = {
    "campaign id": {"campaign": "other"},
    "device": {"device": "other"},
    "kind of device": {"device_kind": "kiosk"},
    "reasons for practice": {"practice": ()},
    "emulated mark": {"emulated": False},
    "release": {"release": replace(CAMPAIGN.release, dirty=True)},
    "counts": {"counts": manifest.Counts(9, 2, 1, 1)},
    "end mark": {"ended": False},
    "chain head": {"chain_head": "0" * 64},
    "tree root": {"merkle_root": "0" * 64},
    "ledger": {"ledger": manifest.LedgerSpan(0, "0" * 64, 9, "0" * 64)},
}


@pytest.mark.parametrize("words", LIES)
def test_a_signed_lie_is_found(words: str) -> None:
    """What can be computed from the journal cannot be stated otherwise, even by the signer."""
    lie = sealed_with(lambda said: replace(said, **LIES[words]))
    assert f"manifest and journal disagree on the {words}" in refusal(lie)


def test_every_field_of_the_manifest_is_checked() -> None:
    """Besides those above only what is checked elsewhere: format, sizes and the signer."""
    told = {name for lie in LIES.values() for name in lie}
    assert told | {"format", "sizes", "signer"} == {field.name for field in fields(Manifest)}


def test_wrong_sizes_are_found() -> None:
    """The manifest's sizes are those of the members."""
    size = len(hand_made.journal())
    lie = sealed_with(lambda said: replace(said, sizes={**said.sizes, "journal.jsonl": size + 1}))
    assert refusal(lie) == f"journal.jsonl has {size} bytes, the manifest says {size + 1}"


def test_a_vanished_attempt_leaves_a_gap() -> None:
    """A journal from which the first of two attempts was taken is refused."""
    lines = hand_made.twice().splitlines(keepends=True)
    journal = b"".join(lines[:4] + lines[10:-1]) + hand_made.written(END)
    message = refusal(hand_made.sealed(journal))
    assert "direct-pos/CT-TRM-003[a]/2 stands where attempt 1 is expected" in message


@pytest.mark.parametrize(
    "facts",
    [
        replace(FACTS, device="other"),
        replace(FACTS, edition="1.0"),
        replace(FACTS, claims=frozenset()),
        replace(FACTS, settings={"floor-limit": 0}),
        replace(FACTS, switches={"9F7B-equality": "yes"}),
        replace(FACTS, fidelity={}),
        replace(FACTS, links={}),
        replace(FACTS, keys=()),
        replace(FACTS, symbols={"floor-limit": 0}),
    ],
)
def test_an_attempt_under_other_facts_is_refused(facts: Facts) -> None:
    """What a report shows of the ICS is what the attempts were judged under."""
    lines = hand_made.attempt_records(facts, hand_made.events())
    journal = hand_made.written(CAMPAIGN, PLAN, *lines, END)
    assert "was recorded under other" in refusal(hand_made.sealed(journal))


@pytest.mark.parametrize(
    "journal, words",
    [
        (b"", "journal.jsonl: line 1: a CampaignRecord is expected"),
        (b"{}\n", "journal.jsonl: line 1: "),
        (hand_made.journal()[:-1], "the last line is cut off"),
        (hand_made.journal() + hand_made.written(END), "something follows the end"),
        (hand_made.journal().replace(b"APPROVED", rb"\ud800"), "journal.jsonl: line 9: "),
        (hand_made.journal().replace(b'"format":0', b'"format":1'), "format 1"),
    ],
)
def test_what_is_no_journal_is_not_sealed(journal: bytes, words: str) -> None:
    """A bundle is made of a campaign's journal, or the line that is none is named."""
    with pytest.raises(BundleRefused, match=re.escape(words)):
        seal(Contents(journal, told_of(hand_made.journal()), b""), KEY)


def test_what_is_no_journal_does_not_open() -> None:
    """A signed bundle around other bytes is refused with the line."""
    journal = hand_made.journal()
    broken = journal.replace(b'"seq":2', b'"seq":3')
    contents = Contents(broken, told_of(journal), b"")
    said = manifest.statement(Contents(journal, told_of(journal), b""), read(journal), KEY.public)
    subject = manifest.statement(contents, read(journal), KEY.public).subject
    other = manifest.Statement(subject=subject, predicate=said.predicate)
    envelope = signature.envelope(PAYLOAD_TYPE, manifest.to_payload(other), KEY)
    packed = pack({"manifest.dsse.json": envelope, **contents.members})
    assert "journal.jsonl: line 7: this record does not belong here" in refusal(packed)


def test_a_campaign_that_was_broken_off_can_be_sealed() -> None:
    """Evidence without its last line is evidence still, and says so."""
    journal = b"".join(hand_made.journal().splitlines(keepends=True)[:7])
    bundle = open_bundle(hand_made.sealed(journal))
    assert not bundle.manifest.ended
    assert [attempt.closed for attempt in bundle.evidence.attempts] == [False]


def test_a_lone_pad_bit_in_base64_is_found() -> None:
    """Two texts that decode to the same payload are two bundles; one is refused."""
    members = dict(unpack(hand_made.sealed(hand_made.journal())))
    envelope = members["manifest.dsse.json"]
    encoded = base64.b64encode(signature.payload_of(envelope, PAYLOAD_TYPE))
    if encoded.endswith(b"="):
        last = encoded.rstrip(b"=")[-1:]
        other = encoded.replace(last + b"=", bytes((last[0] + 1,)) + b"=")
        assert other != encoded
        changed = envelope.replace(encoded, other)
        assert "canonical" in refusal(pack({**members, "manifest.dsse.json": changed}))


def test_the_document_shows_what_the_code_prints() -> None:
    """The example of docs/formats.md is the output of `python -m tests.reports.hand_made`."""
    text = FORMATS.read_text(encoding="utf-8")
    (shown,) = re.findall(r"<!-- bundle example -->\n```text\n(.*?)```\n", text, re.DOTALL)
    assert shown == hand_made.example()


@pytest.mark.parametrize(
    "record",
    [
        *records.KINDS.values(),
        records.Release,
        records.Claims,
        records.PlannedRun,
        records.LeftOut,
        Facts,
        Trouble,
        Finding,
        Phrase,
        Manifest,
        manifest.Counts,
        manifest.LedgerSpan,
        *ledger.KINDS.values(),
    ],
    ids=lambda record: record.__name__,
)
def test_the_document_names_every_field(record: type[Any]) -> None:
    """No field of a record or of the manifest is left unexplained."""
    text = FORMATS.read_text(encoding="utf-8")
    missing = [field.name for field in fields(record) if f"`{field.name}`" not in text]
    assert missing == []
