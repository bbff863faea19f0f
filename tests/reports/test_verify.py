import pytest

from reports.bundle import open_bundle
from reports.keyring.trust import UNLIMITED, Trust
from reports.verify import as_text, verify
from tests.reports import hand_made
from tests.reports.hand_made import KEY, OTHER_KEY


def said(journal: bytes, *trusted: bytes) -> str:
    known = Trust(dict.fromkeys(trusted, UNLIMITED), {})
    return as_text(verify(open_bundle(hand_made.sealed(journal)), known))


def test_an_unknown_signer_is_called_unknown() -> None:
    """Intact is all that can be said unless somebody names the key."""
    for trusted in ((), (OTHER_KEY.public,)):
        first = said(hand_made.journal(), *trusted).splitlines()[0]
        assert first == f"完好，签名者未知 / intact, signer unknown: {KEY.fingerprint}"


def test_a_trusted_signer_is_called_known() -> None:
    """A key among those trusted makes the signer known."""
    first = said(hand_made.journal(), OTHER_KEY.public, KEY.public).splitlines()[0]
    assert first == f"完好，签名者已知 / intact, signer known: {KEY.fingerprint}"


def test_practice_and_emulated_are_told() -> None:
    """Nobody can take a practice campaign or an emulated device for something else."""
    text = said(hand_made.journal())
    assert "练习" in text
    assert "this campaign does not count: asked for with --practice" in text
    assert "the device is made of software" in text


def test_what_counts_bears_no_mark() -> None:
    """A counted campaign on a real device has no mark."""
    journal = hand_made.journal().replace(b'"asked for with --practice"', b"")
    journal = journal.replace(b'"emulated":true', b'"emulated":false')
    assert len(said(journal).splitlines()) == 3


def test_a_broken_off_campaign_is_marked() -> None:
    """A campaign without its last line is told to be one."""
    journal = b"".join(hand_made.journal().splitlines(keepends=True)[:-1])
    assert "未结束" in said(journal)


@pytest.mark.parametrize("text", [r"\u001b[2J", "\u202e", r"\u0000"])
def test_a_bundle_cannot_steer_a_terminal(text: str) -> None:
    """Control characters from a stranger's file are shown, not sent."""
    journal = hand_made.journal().replace(b"asked for with", text.encode())
    printed = said(journal)
    assert all(character.isprintable() or character == "\n" for character in printed)
