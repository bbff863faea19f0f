"""Signed statements about a bundle: who may say what, and what a review decides."""

from pathlib import Path

import pytest

import cli
from reports.statements import (
    SignedReview,
    StatementRefused,
    digest_of,
    read,
    reviews_among,
    stated_of,
)
from suites.exit_codes import BAD_INPUT, CONFORMING
from suites.finding import Verdict
from suites.ledger import Ledger, Signed, from_line
from suites.reviews import Decision, Review, reviewed
from tests.reports import hand_made

ATTEMPT = "direct-pos/CT-TRM-003[a]/1"
RUN = "CT-TRM-003[a]"


@pytest.fixture
def bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    path = tmp_path / "campaign.assay"
    path.write_bytes(hand_made.bundle())
    return path


def in_ledger(tmp_path: Path) -> list[str]:
    lines = Ledger(tmp_path / "config" / "assay").lines()
    return [each.kind for each in map(from_line, lines) if isinstance(each, Signed)]


def test_statements_stand_in_the_ledger_and_beside_the_bundle(bundle: Path, tmp_path: Path) -> None:
    """A deviation, a waiver and a review are signed, remembered and kept as files."""
    by = ["--by", "李四"]
    words = ["--text", "offline limit", "--owner", "厂商", "--due", "2026-12-31", "--grade", "A"]
    waiver = ["--text", "until the next release", "--waive-until", "2027-03-31"]
    assert cli.main(["deviation", str(bundle), RUN, *words, *by]) == CONFORMING
    assert cli.main(["deviation", str(bundle), RUN, *waiver, *by]) == CONFORMING
    review = ["review", str(bundle), ATTEMPT, "conforms", "--reason", "read the slip", *by]
    assert cli.main(review) == CONFORMING
    assert in_ledger(tmp_path) == ["deviation", "waiver", "review"]
    files = sorted(path.name for path in tmp_path.glob("*.json"))
    assert files == [
        "campaign.deviation-1.json",
        "campaign.review-1.json",
        "campaign.waiver-1.json",
    ]
    (only,) = reviews_among(stated_of([tmp_path / name for name in files], bundle))
    assert only == Review(ATTEMPT, Decision.CONFORMS)


def test_the_report_tells_what_was_stated(bundle: Path, tmp_path: Path) -> None:
    """A deviation and its owner stand on the page when they are named, and not before."""
    words = ["--text", "offline limit", "--owner", "厂商甲", "--due", "2026-12-31", "--by", "李四"]
    assert cli.main(["deviation", str(bundle), RUN, *words]) == CONFORMING
    page = bundle.with_suffix(".html")
    assert cli.main(["report", str(bundle)]) == CONFORMING
    assert "厂商甲" not in page.read_text("utf-8")
    record = str(tmp_path / "campaign.deviation-1.json")
    assert cli.main(["report", str(bundle), "--record", record]) == CONFORMING
    text = page.read_text("utf-8")
    assert "厂商甲" in text
    assert "2026-12-31" in text
    assert "偏差，B级" in text


@pytest.mark.parametrize(
    "words, said",
    [
        (["deviation", "BUNDLE", "CT-XX-1", "--text", "t", "--due", "2026-12-31"], "no run"),
        (["deviation", "BUNDLE", RUN, "--text", "t", "--due", "soon"], "is no date"),
        (["deviation", "BUNDLE", RUN, "--text", "t", "--waive-until", "31.12."], "is no date"),
        (["review", "BUNDLE", RUN, "conforms", "--reason", "r"], "no attempt"),
    ],
)
def test_what_cannot_be_said_is_refused(
    bundle: Path, tmp_path: Path, words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither ledger nor folder has a statement about what the bundle does not hold."""
    asked = [str(bundle) if word == "BUNDLE" else word for word in words]
    assert cli.main([*asked, "--by", "x"]) == BAD_INPUT
    assert said in capsys.readouterr().err
    assert in_ledger(tmp_path) == []
    assert not list(tmp_path.glob("*.json"))


def test_a_statement_is_about_one_bundle(bundle: Path, tmp_path: Path) -> None:
    """It cannot be carried to another bundle, nor changed."""
    words = ["review", str(bundle), ATTEMPT, "conforms", "--reason", "r", "--by", "x"]
    assert cli.main(words) == CONFORMING
    path = tmp_path / "campaign.review-1.json"
    stated = read(path, digest_of(bundle))
    assert isinstance(stated.statement, SignedReview)
    with pytest.raises(StatementRefused, match="another bundle"):
        read(path, "0" * 64)
    path.write_bytes(path.read_bytes().replace(b'"sig":"', b'"sig":"A'))
    with pytest.raises(StatementRefused, match="not the statement that was signed"):
        read(path, digest_of(bundle))
    path.write_bytes(b"{}")
    with pytest.raises(StatementRefused, match="is expected"):
        read(path, digest_of(bundle))


def test_a_review_decides_what_was_to_be_reviewed_and_nothing_else() -> None:
    """It turns REVIEW into pass or fail; a FAIL stays, and contradicting reviews decide nothing."""
    found = {"a": Verdict.REVIEW, "b": Verdict.FAIL, "c": Verdict.REVIEW, "d": Verdict.REVIEW}
    reviews = (
        Review("a", Decision.CONFORMS),
        Review("b", Decision.CONFORMS),
        Review("c", Decision.DOES_NOT_CONFORM),
        Review("d", Decision.CONFORMS),
        Review("d", Decision.DOES_NOT_CONFORM),
        Review("e", Decision.CONFORMS),
    )
    assert reviewed(found, reviews) == {
        "a": Verdict.PASS,
        "b": Verdict.FAIL,
        "c": Verdict.FAIL,
        "d": Verdict.REVIEW,
    }
