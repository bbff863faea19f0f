"""From a challenge to its end: issued, answered or given up, taken in once, nothing left out."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import cli
from adapters.chain import Head
from adapters.clock import SystemClock
from fixtures.bench import bind
from reports import self_test
from reports.bundle import Bundle, open_bundle, seal
from reports.manifest import Contents
from reports.registration import challenge, counter, terms
from reports.registration.book import Book, Closed, pending
from reports.signature import SigningKey, key_directory
from suites import campaign as campaigns
from suites import release
from suites.catalogue import CASES
from suites.exit_codes import BAD_INPUT, CONFORMING
from suites.ledger import Begun, Excerpt, Ledger, from_line

ROOT = Path(__file__).parents[3]
FEW = {each: CASES[each] for each in ("CT-PR-016", "CT-TRM-003", "CT-ONL-013")}
NOW = "2026-11-27T12:00:00.000000Z"


def walk(request: self_test.Request) -> int:
    """The plan in this process: what a runner does, without its start."""
    joined = bind(request.ixit, request.ics, SystemClock(), request.seed)
    campaign = campaigns.join(request.directory, joined, Ledger(request.station))
    for run in campaigns.remaining(campaign.evidence):
        list(campaign.attempts(run))
    campaign.journal.close()
    return CONFORMING


class Place:
    """A branch and a station on one stick: folders of their own, one device."""

    def __init__(self, root: Path, patch: pytest.MonkeyPatch) -> None:
        self.root, self._patch = root, patch
        self.stick = root / "stick"
        text = (ROOT / "fixtures/data/ixit/with-identity.toml").read_text(encoding="utf-8")
        self.bench = root / "bench.toml"
        self.bench.write_text(text.replace("../ics", str(ROOT / "fixtures/data/ics")), "utf-8")

    def at(self, who: str) -> None:
        self._patch.setenv("XDG_CONFIG_HOME", str(self.root / who))

    @property
    def branch(self) -> Path:
        return key_directory({"XDG_CONFIG_HOME": str(self.root / "branch")}) / counter.FOLDER

    def register(self, *words: str) -> Path:
        """The file of the next challenge."""
        self.at("branch")
        before = set(self.stick.glob("challenge-*.json"))
        asked = ["audit", "register", "--device", str(self.bench), "--out", str(self.stick)]
        assert cli.main([*asked, *words]) == CONFORMING
        (made,) = set(self.stick.glob("challenge-??????.json")) - before
        return made

    def certify(self, *words: str) -> int:
        self.at("station")
        out = str(self.root / "out")
        return cli.main(["certify", "--bench", str(self.bench), "--out", out, *words])

    def answer(self, asked: Path) -> Path:
        """The bundle of a campaign that answers a challenge."""
        before = set(self.root.glob("out/*/*.assay"))
        assert self.certify("--challenge", str(asked)) == CONFORMING
        (made,) = set(self.root.glob("out/*/*.assay")) - before
        return made

    def abandon(self, asked: Path) -> Path:
        self.at("station")
        words = ["audit", "abandon", str(asked), "--reason", "the terminal was withdrawn"]
        assert cli.main(words) == CONFORMING
        return asked.with_name(asked.stem + ".abandoned.json")

    def ingest(self, what: Path) -> int:
        self.at("branch")
        return cli.main(["audit", "ingest", str(what)])


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    # Whoever runs this may be changing the tree; what is tested here is a release.
    monkeypatch.setattr(release, "changed", lambda _: False)
    monkeypatch.setattr(self_test, "run", walk)
    # A catalogue of a few cases: each test walks all of it, some of them thrice.
    for layer in (self_test, counter, terms):
        monkeypatch.setattr(layer, "CASES", FEW)
    return Place(tmp_path, monkeypatch)


def opened(path: Path) -> Bundle:
    return open_bundle(path.read_bytes())


def test_a_challenge_fixes_what_its_campaign_is(place: Place) -> None:
    """Seed, cases, release and device of the bundle are those that were asked; it counts."""
    asked = place.register()
    issued = challenge.read(asked.read_bytes(), asked.name)
    bundle = opened(place.answer(asked))
    campaign = bundle.evidence.campaign
    assert campaign.practice == ()
    assert campaign.seed == issued.challenge.seed
    assert challenge.cases_of(bundle.evidence.plan) == issued.challenge.cases
    assert campaign.release == issued.challenge.release
    assert campaign.challenge is not None
    assert (campaign.challenge.number, campaign.challenge.sha256) == (1, issued.sha256)


def test_a_campaign_without_a_challenge_is_practice(place: Place) -> None:
    """Whoever was not asked practises, and may not hand it in."""
    assert place.certify() == CONFORMING
    (path,) = place.root.glob("out/*/*.assay")
    assert "no challenge was answered" in opened(path).evidence.campaign.practice
    assert place.ingest(path) == BAD_INPUT


def test_amounts_and_the_hosts_numbers_follow_from_the_seed(place: Place) -> None:
    """Two challenges ask for other amounts and are answered by other numbers of the host."""
    one, two = opened(place.answer(place.register())), opened(place.answer(place.register()))
    amounts = [
        {run.id: run.symbols["any-below-every-limit"] for run in each.evidence.plan.runs}
        for each in (one, two)
    ]
    assert amounts[0].keys() == amounts[1].keys()
    assert amounts[0] != amounts[1]


def test_submissions_are_taken_in_once(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    """The same bundle again changes nothing; afterwards no challenge is pending."""
    bundle = place.answer(place.register())
    assert place.ingest(bundle) == CONFORMING
    assert "submitted" in capsys.readouterr().out
    assert place.ingest(bundle) == CONFORMING
    assert "here already" in capsys.readouterr().out
    entries = Book(place.branch).entries()
    assert [each.number for each in entries if isinstance(each, Closed)] == [1]
    assert list(pending(entries)) == []


def test_a_challenge_is_answered_once(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither a second campaign nor one after an abandonment may answer it."""
    asked = place.register()
    place.answer(asked)
    assert place.certify("--challenge", str(asked)) == BAD_INPUT
    assert "already answered" in capsys.readouterr().err
    given_up = place.register()
    place.abandon(given_up)
    assert place.certify("--challenge", str(given_up)) == BAD_INPUT
    assert "already abandoned" in capsys.readouterr().err


def test_an_abandonment_ends_a_challenge(place: Place) -> None:
    """A signed word is enough, and without it the next submission is refused."""
    given_up = place.abandon(place.register())
    answered = place.answer(place.register())
    assert place.ingest(answered) == BAD_INPUT
    assert place.ingest(given_up) == CONFORMING
    assert place.ingest(answered) == CONFORMING
    assert list(pending(Book(place.branch).entries())) == []


def test_attempts_between_two_submissions_must_be_shown(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    """A second bundle that begins later than the first one ended is refused."""
    first, second = place.answer(place.register()), opened(place.answer(place.register()))
    assert place.ingest(first) == CONFORMING
    # The station seals again and leaves out what stands between: here, that the first was sealed.
    lines = second.ledger.lines
    later = Excerpt(second.ledger.before.after(lines[0]), lines[1:])
    place.at("station")
    forged = place.root / "forged.assay"
    contents = Contents(second.journal, later, second.findings)
    forged.write_bytes(seal(contents, SigningKey.load_or_create()))
    assert place.ingest(forged) == BAD_INPUT
    assert "attempts in between are not shown" in capsys.readouterr().err


def test_practice_between_two_submissions_is_shown(place: Place) -> None:
    """The second bundle tells every campaign since the first, whatever it was worth."""
    place.answer(place.register())
    assert place.certify("--practice") == CONFORMING
    second = opened(place.answer(place.register()))
    told = [each for each in second.ledger.entries() if isinstance(each, Begun)]
    assert [each.practice for each in told] == [True, False]


@pytest.mark.parametrize(
    "change, words",
    [
        (lambda text: text.replace('hw_sn = "12345678"', 'hw_sn = "87654321"'), "device"),
        (lambda text: text.replace('sw_version = "1.0"', 'sw_version = "1.1"'), "device"),
    ],
)
def test_another_device_cannot_answer(
    place: Place,
    change: Callable[[str], str],
    words: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A challenge is for one terminal and its software."""
    asked = place.register()
    place.bench.write_text(change(place.bench.read_text("utf-8")), "utf-8")
    assert place.certify("--challenge", str(asked)) == BAD_INPUT
    assert f"was issued for another {words}" in capsys.readouterr().err
    assert not list(place.root.glob("out/*"))


def test_another_station_cannot_answer(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    """A challenge that names a key is answered by that key."""
    asked = place.register("--station", "0123456789abcdef")
    assert place.certify("--challenge", str(asked)) == BAD_INPUT
    assert "another station key" in capsys.readouterr().err


def test_an_expired_challenge_is_refused(place: Place) -> None:
    """What comes after the last day answers nothing."""
    issued = challenge.read(place.register().read_bytes(), "c")
    answer = challenge.Answer(
        device=issued.challenge.device,
        station="",
        release=issued.challenge.release,
        ics=issued.challenge.ics,
        cases=issued.challenge.cases,
        at=issued.challenge.expires,
    )
    challenge.check(issued, answer, "c")
    late = challenge.Answer(
        answer.device, "", answer.release, answer.ics, answer.cases, "2999-01-01T00:00:00.000000Z"
    )
    with pytest.raises(challenge.ChallengeRefused, match="holds from"):
        challenge.check(issued, late, "c")


def test_a_changed_challenge_is_refused(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody but the branch can ask: a changed byte is found before anything is recorded."""
    asked = place.register()
    body = json.loads(asked.read_bytes())
    body["payload"] = body["payload"][:-8] + "AAAAAAA="
    asked.write_text(json.dumps(body), "utf-8")
    assert place.certify("--challenge", str(asked)) == BAD_INPUT
    assert "this is no challenge" in capsys.readouterr().err


def test_practice_answers_nothing(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    """A part of the plan, or practice that was asked for, does not use a challenge up."""
    asked = place.register()
    assert place.certify("--challenge", str(asked), "--practice") == BAD_INPUT
    assert "practice answers no challenge" in capsys.readouterr().err
    assert place.certify("--challenge", str(asked), "--case", "CT-PR-016") == BAD_INPUT
    place.at("station")
    entries = map(from_line, Ledger(key_directory({"XDG_CONFIG_HOME": str(place.root)})).lines())
    assert not [each for each in entries if isinstance(each, Begun)]


def test_numbers_count_at_the_branch_and_for_the_device(place: Place) -> None:
    """The third challenge of a branch may be the first of a device."""
    first, second = (challenge.read(place.register().read_bytes(), "c") for _ in range(2))
    text = place.bench.read_text("utf-8")
    place.bench.write_text(text.replace('term_no = "10000001"', 'term_no = "10000002"'), "utf-8")
    third = challenge.read(place.register().read_bytes(), "c")
    numbers = [
        (each.challenge.number, each.challenge.device_number) for each in (first, second, third)
    ]
    assert numbers == [(1, 1), (2, 2), (3, 1)]


def test_the_excerpt_of_a_first_campaign_begins_with_the_ledger(place: Place) -> None:
    """Before the first bundle that counts there is nothing."""
    assert opened(place.answer(place.register())).ledger.before == Head()
