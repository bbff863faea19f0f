"""Keys over their life: made, valid for a time, followed by another, revoked."""

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import cli
from adapters.events import Stamp
from reports.keyring.station import PAPER_FILE, KeyExpired, load, ready, revoke, rotate
from reports.keyring.trust import Standing, trust_in
from reports.signature import KeyRefused
from suites.exit_codes import BAD_INPUT, CONFORMING
from suites.ledger import Ledger, Signed, from_line

START = datetime(2026, 1, 1, tzinfo=UTC)


class Calendar:
    """A clock that stands at a day after the start."""

    def __init__(self, days: int = 0) -> None:
        self.days = days

    def stamp(self) -> Stamp:
        return Stamp(0, wall(self.days))

    def today(self) -> str:
        return (START + timedelta(self.days)).strftime("%y%m%d")

    def boot(self) -> str:
        return "test"


def wall(days: int) -> str:
    then = START + timedelta(days)
    return then.isoformat(timespec="microseconds").replace("+00:00", "Z")


def test_a_key_comes_with_a_paper_of_two_years(tmp_path: Path) -> None:
    """Made on first use, for its owner alone, and valid from then for two years."""
    own = ready(tmp_path / "station", Calendar())
    assert (own.paper.made, own.paper.expires) == (wall(0), wall(730))
    assert stat.S_IMODE((tmp_path / "station" / "signing.key").stat().st_mode) == 0o600
    assert ready(tmp_path / "station", Calendar(9)).station == own.station
    assert own.station.fingerprint == own.key.fingerprint


def test_an_expired_key_signs_nothing(tmp_path: Path) -> None:
    """After its last day the message says how to renew it."""
    ready(tmp_path, Calendar())
    ready(tmp_path, Calendar(730))
    with pytest.raises(KeyExpired, match="assay key rotate"):
        ready(tmp_path, Calendar(731))


def test_a_paper_of_another_key_is_refused(tmp_path: Path) -> None:
    """Key and paper belong together."""
    ready(tmp_path / "one", Calendar())
    ready(tmp_path / "two", Calendar())
    (tmp_path / "one" / PAPER_FILE).write_bytes((tmp_path / "two" / PAPER_FILE).read_bytes())
    with pytest.raises(KeyRefused, match="about another key"):
        load(tmp_path / "one", Calendar())


def test_unknown_expired_and_revoked_are_told_apart(tmp_path: Path) -> None:
    """A verifier knows the keys named to him, while they hold, until they are revoked."""
    folder = tmp_path / "station"
    own = ready(folder, Calendar())
    public, paper = own.key.public, folder / PAPER_FILE
    assert trust_in([]).standing(public, wall(1), wall(2)) is Standing.UNKNOWN
    known = trust_in([paper])
    assert known.standing(public, wall(1), wall(2)) is Standing.KNOWN
    assert known.standing(public, wall(-1), wall(2)) is Standing.EXPIRED
    assert known.standing(public, wall(729), wall(731)) is Standing.EXPIRED
    revoked = revoke(folder, "the laptop was stolen", Calendar(10), Ledger(folder))
    heard = trust_in([paper], [revoked])
    assert heard.standing(public, wall(8), wall(9)) is Standing.KNOWN
    assert heard.standing(public, wall(9), wall(10)) is Standing.REVOKED
    assert trust_in([], [revoked]).standing(public, wall(20), wall(20)) is Standing.UNKNOWN


def test_a_stranger_revokes_nothing(tmp_path: Path) -> None:
    """Only the key itself, or one that was named, can revoke it."""
    ready(tmp_path / "one", Calendar())
    ready(tmp_path / "two", Calendar())
    theirs = revoke(tmp_path / "two", "mine", Calendar(1), Ledger(tmp_path / "two"))
    text = theirs.read_text("utf-8")
    assert trust_in([tmp_path / "one" / PAPER_FILE], [theirs]).revoked
    theirs.write_text(text.replace('"sig":"', '"sig":"A'), "utf-8")
    with pytest.raises(KeyRefused, match="no revocation"):
        trust_in([tmp_path / "one" / PAPER_FILE], [theirs])


def test_a_successor_is_known_by_the_key_before(tmp_path: Path) -> None:
    """Who knew the old key knows the new one by the paper between them, and by nothing less."""
    folder = tmp_path / "station"
    old = ready(folder, Calendar())
    paper = tmp_path / "old.json"
    paper.write_bytes((folder / PAPER_FILE).read_bytes())
    new, succession = rotate(folder, Calendar(700), Ledger(folder))
    assert new.key.public != old.key.public
    assert new.paper.previous == old.key.public.hex()
    assert ready(folder, Calendar(800)).station == new.station
    followed = trust_in([paper, succession])
    assert followed.standing(new.key.public, wall(800), wall(801)) is Standing.KNOWN
    assert trust_in([succession]).standing(new.key.public, wall(800), wall(801)) is Standing.UNKNOWN
    assert trust_in([paper]).standing(new.key.public, wall(800), wall(801)) is Standing.UNKNOWN


def test_the_old_private_key_is_gone_after_a_rotation(tmp_path: Path) -> None:
    """One private key is left, and the ledger tells who followed whom."""
    ready(tmp_path, Calendar())
    before = (tmp_path / "signing.key").read_bytes()
    rotate(tmp_path, Calendar(1), Ledger(tmp_path))
    assert not [p for p in tmp_path.rglob("*") if p.is_file() and p.read_bytes() == before]
    told = [from_line(line) for line in Ledger(tmp_path).lines()]
    assert [each.kind for each in told if isinstance(each, Signed)] == ["key"]


@pytest.mark.parametrize("content", [b"", b"trust me", b'{"payloadType":"x"}\n'])
def test_what_is_no_key_is_not_trusted(tmp_path: Path, content: bytes) -> None:
    """--trust takes keys, papers and successions; anything else is refused by its name."""
    path = tmp_path / "thing"
    path.write_bytes(content)
    with pytest.raises(KeyRefused, match="thing"):
        trust_in([path])


def test_the_commands_show_rotate_and_revoke(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The three commands do what they say, and name the file for those who verify."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert cli.main(["key", "show"]) == CONFORMING
    first = capsys.readouterr().out
    assert cli.main(["key", "rotate"]) == CONFORMING
    assert "succession-" in capsys.readouterr().out
    assert cli.main(["key", "show"]) == CONFORMING
    assert capsys.readouterr().out != first
    assert cli.main(["key", "revoke", "--reason", "lost"]) == CONFORMING
    (file,) = tmp_path.rglob("revocation-*.json")
    assert file.name in capsys.readouterr().out


def test_an_expired_key_is_bad_input(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`certify` begins nothing with a key whose time is over."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    load(tmp_path / "assay", Calendar(-9999))
    assert cli.main(["certify", "--out", str(tmp_path / "out")]) == BAD_INPUT
    assert "assay key rotate" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
