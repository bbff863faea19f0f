"""What a recording of a card under test says, in the catalogue's notation."""

import pytest

from suites.attempt import Attempt
from suites.card_commands import EA, GAC1, GAC2, GD, GPO, RR, SEL, VER
from suites.conditions.card_change import change
from suites.conditions.condition import worst
from suites.finding import Verdict
from suites.readings.reader_session import (
    ATR,
    ac,
    bits,
    cvr,
    data,
    every,
    has,
    lacking,
    size,
    sw,
    template,
    tlv,
)
from suites.readings.reading import Reading, Value
from tests.suites.card_recordings import AID, asked, tape

SELECT = f"00A4040008{AID}00"
START = "80A8000002830000"


def values(reading: Reading[Value], attempt: Attempt) -> list[Value]:
    return [seen.value for seen in reading.read(attempt)]


def generated(cid: str, cvr_bytes: str, second: str = "") -> Attempt:
    """A session with one GENERATE AC in format 1, or two."""
    answers = (
        f"8012{given}0006{'11' * 8}07010103{cvr_bytes}9000" for given in filter(None, (cid, second))
    )
    return asked((START, "80067C00080101009000"), *(("80AE8000", each) for each in answers))


def test_a_status_word_is_read_by_command_and_occurrence() -> None:
    """The n-th of a transaction, and nothing where the card stayed mute."""
    attempt = asked((SELECT, "6A82"), (SELECT, "9000"), ("80CA9F3600", ""))
    assert values(sw(SEL), attempt) == ["6A82"]
    assert values(sw(SEL.time(2)), attempt) == ["9000"]
    assert values(sw(SEL.time(3)), attempt) == []
    assert values(sw(GD), attempt) == []


def test_every_answer_of_a_command_is_read() -> None:
    """One record with another template is seen among those that are right."""
    attempt = asked(("00B2010C00", "70009000"), ("00B2020C00", "71009000"), ("00B2030C00", "6A83"))
    assert values(sw(every(RR)), attempt) == ["9000", "9000", "6A83"]
    assert values(template(every(RR)), attempt) == ["70", "71", ""]
    assert sw(every(RR)).be("9000").notation == "sw(each RR)=9000"


def test_data_objects_are_read_from_both_formats() -> None:
    """AIP and AFL of template 80 have their tags too; what is not there is empty, not unseen."""
    first = asked((START, "80067C00080101009000"))
    second = asked((START, "770A82027C009404080101009000"))
    for attempt in (first, second):
        assert values(tlv(GPO, "82"), attempt) == ["7C00"]
        assert values(tlv(GPO, "94"), attempt) == ["08010100"]
        assert values(has(GPO, "9F26"), attempt) == [0]
        assert values(tlv(GPO, "9F26"), attempt) == [""]
        assert values(bits(GPO, "82", "1.7"), attempt) == [1]
        assert values(bits(GPO, "9F6C", "1.8"), attempt) == [""]
    assert (values(size(GPO), first), values(size(GPO), second)) == ([8], [12])
    assert values(data(GPO), first) == ["80067C0008010100"]


def test_directory_entries_without_a_name_are_counted() -> None:
    """Of two entries one has no 4F."""
    entries = "610A4F08" + AID + "61055003414243"
    fci = f"6F{len(entries) // 2:02X}{entries}9000"
    attempt = asked((SELECT, fci))
    assert values(lacking(SEL, "61", "4F"), attempt) == [1]
    assert values(lacking(SEL, "61", "50"), attempt) == [1]


@pytest.mark.parametrize("cid, said", [("00", "AAC"), ("40", "TC"), ("80", "ARQC"), ("C0", "none")])
def test_a_cryptogram_is_called_by_its_information_data(cid: str, said: str) -> None:
    """The two high bits of 9F27."""
    assert values(ac(GAC1), generated(cid, "A00000")) == [said]


@pytest.mark.parametrize("first, said", [("80", "AAC"), ("90", "TC"), ("A0", "ARQC")])
def test_a_quick_cryptogram_is_called_by_the_verification_results(first: str, said: str) -> None:
    """Without 9F27 the CVR says what was given, as in qPBOC; without 9F26 nothing was."""
    iad = f"9F100707010103{first}0000"
    with_ac = f"9F2608{'11' * 8}"
    for objects, expected in ((iad + with_ac, said), (iad, "none")):
        attempt = asked((START, f"77{len(objects) // 2:02X}{objects}9000"))
        assert values(ac(GPO), attempt) == [expected]


def test_verification_results_are_read_whole_and_bit_by_bit() -> None:
    """Byte 1 stands behind the length byte 03; a refused command has none of them."""
    attempt = generated("80", "A20100", second="40")
    assert values(cvr(GAC1), attempt) == ["03A20100"]
    assert values(cvr(GAC1, "1.8"), attempt) == [1]
    assert values(cvr(GAC1, "1.7"), attempt) == [0]
    assert values(cvr(GAC2, "2.1"), attempt) == [1]
    assert values(cvr(GAC1, "1.8"), asked((START, "6985"), ("80AE8000", "6985"))) == [""]


@pytest.mark.parametrize(
    "atr, said",
    [
        ("3B600000", "basic"),
        ("3B602500", "TB1=25"),
        ("3B00", "TB1=-, TC1=-"),
        ("3C00", "unreadable: TS: 3C is no convention (byte 0)"),
    ],
)
def test_an_answer_to_reset_says_what_is_not_basic(atr: str, said: str) -> None:
    """Nothing, an interface byte by name and value, or why it could not be read."""
    made = tape()
    made.insert()
    made.reset(atr)
    assert values(ATR, made.attempt())[1:] == [said]


def counted(*balances: str) -> Attempt:
    made = tape()
    for balance in balances:
        made.insert()
        made.apdu("80CA9F7900", f"9F7906{balance}9000")
        made.report("ANSWERED")
    return made.attempt()


@pytest.mark.parametrize(
    "balances, verdict",
    [
        (("000000030000", "000000029000"), Verdict.PASS),
        (("000000030000", "000000025000", "000000029000"), Verdict.PASS),
        (("000000030000", "000000030000"), Verdict.FAIL),
        (("000000030000", "000000028000"), Verdict.FAIL),
        (("000000030000",), Verdict.INCONCLUSIVE),
        ((), Verdict.INCONCLUSIVE),
        (("000000030000", "0000000F0000"), Verdict.INCONCLUSIVE),
    ],
)
def test_a_balance_moves_between_its_first_and_its_last_sight(
    balances: tuple[str, ...], verdict: Verdict
) -> None:
    """Over all sessions; what is no number, or was seen once, says nothing."""
    condition = change("9F79").be(-1000)
    assert condition.notation == "change(9F79)=-1000"
    assert worst(condition.judge(counted(*balances))) is verdict


def test_a_change_may_be_one_of_several() -> None:
    """Old, or old less the amount, and nothing between."""
    whole = change("9F79").be(0, -1000)
    assert worst(whole.judge(counted("000000030000", "000000030000"))) is Verdict.PASS
    assert worst(whole.judge(counted("000000030000", "000000029500"))) is Verdict.FAIL


def test_a_counter_is_binary() -> None:
    """9F36 goes from 0009 to 0010: by seven."""
    attempt = asked(("80CA9F3600", "9F360200099000"), ("80CA9F3600", "9F360200109000"))
    assert worst(change("9F36").be(7).judge(attempt)) is Verdict.PASS


@pytest.mark.parametrize("condition", [sw(VER).be("63C2"), sw(EA).be("9000"), ac(GAC1).be("TC")])
def test_what_was_not_asked_is_inconclusive(condition: object) -> None:
    """A session without the command proves nothing about it."""
    judged = condition.judge(asked((SELECT, "9000")))  # type: ignore[attr-defined]  # a Condition
    assert worst(judged) is Verdict.INCONCLUSIVE
