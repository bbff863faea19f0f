"""Lists of applications, by what a display reported."""

from suites.acts import Verb
from suites.attempt import Attempt
from suites.readings.application_list import entries, offered, offered_again, offered_name
from tests.suites.recordings import Tape

FIRST = "请选择应用：1.PBOC DEBIT 2.PBOC CREDIT 3.PBOC QUASI CREDIT"
LATER = "SELECT APPLICATION: 1) PBOC DEBIT 2) PBOC CREDIT"


def shown(*lines: str) -> Attempt:
    tape = Tape()
    tape.phase("body")
    tape.act(Verb.PURCHASE, amount=5000)
    tape.report("APPROVED")
    tape.events[-1].detail["display"] = "\n".join(lines)  # type: ignore[index]  # a dict on a tape
    return tape.attempt()


def test_a_list_is_read_name_by_name() -> None:
    """In the order offered, in both languages; labels may have blanks in them."""
    attempt = shown("请插卡", FIRST)
    assert [each.value for each in offered().read(attempt)] == [
        "PBOC DEBIT | PBOC CREDIT | PBOC QUASI CREDIT"
    ]
    assert [each.value for each in entries().read(attempt)] == [3]
    assert [each.value for each in offered_name(3).read(attempt)] == ["PBOC QUASI CREDIT"]
    assert [each.value for each in entries().read(shown(LATER))] == [2]


def test_a_display_without_a_list_shows_none() -> None:
    """Nor does a confirmation count as one."""
    attempt = shown("请确认应用：PBOC DEBIT")
    assert offered().read(attempt) == ()
    assert offered_name(1).read(attempt) == ()


def test_later_lists_are_told_from_the_first() -> None:
    """What stood in the first one counts only where it stands in a later one again."""
    assert offered_again("PBOC DEBIT").find(shown(FIRST)) == ()
    assert len(offered_again("PBOC DEBIT").find(shown(FIRST, LATER))) == 1
    assert [each.value for each in entries(2).read(shown(FIRST, LATER))] == [2]
