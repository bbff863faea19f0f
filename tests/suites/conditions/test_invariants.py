"""The global invariants: each holds, is broken, and is silent where there is nothing to look at."""

from dataclasses import replace

import pytest

from adapters.codec.iso8583 import Message
from suites.conditions.invariants import INVARIANTS, LEFT_OUT
from suites.finding import Verdict
from suites.words import Language
from tests.suites.readings.test_offline_authentication import combined_answer, signed_sale
from tests.suites.recordings import (
    CDOL1,
    OWO,
    Sale,
    Tape,
    attempt_of,
    online_sale,
    purchase,
    tlv,
)

BROKEN_RECORD, NEXT_RECORD = ("00B2011400", "70055A0962109000"), ("00B2021400", "70009000")
PASS, FAIL = Verdict.PASS, Verdict.FAIL
GPO, RR = ("80A8000002830000", "6985"), ("00B2010C00", "6A83")
EA, VERIFY = ("00820000081122334455667788", "9000"), ("0020008008241234FFFFFFFFFF", "9000")
SALES = {
    "INV-01": {
        "holds": (Sale(), online_sale(), online_sale(cid_2="00")),
        "broken": (
            Sale(p1_2="40"),
            Sale(p1_2="40", cid="00"),
            Sale(p1_2="40", cid=""),
            online_sale(after=(("80AE000000", "6985"),)),
        ),
        "silent": (Sale(p1=""),),
    },
    "INV-02": {
        "holds": (Sale(), online_sale(), Sale(cdol1=CDOL1 + "9F7C02"), Sale(amount=1)),
        "broken": (
            Sale(sent={0x9F1A: "0840"}),
            Sale(sent={0x9F02: "000000005001"}),
            Sale(sent={0x9A: "110316"}),
            Sale(sent={0x9F4E: "20" * 20}),
            Sale(cdol1=CDOL1 + "9F7C02", sent={0x9F7C: "0001"}),
            Sale(cdol1=CDOL1 + "9F0802", sent={0x9F08: "0000"}),
            Sale(p1="", after=(("80AE400003112233", "6985"),)),
            online_sale(sent={0x5F2A: "0840"}),
        ),
        # A card whose list is broken, or missing, is no fault of the terminal.
        "silent": (
            Sale(p1=""),
            Sale(cdol1="9F02", p1="", after=(("80AE400003112233", "6985"),)),
            Sale(cdol1=""),
        ),
    },
    "INV-03": {
        "holds": (Sale(), online_sale()),
        "broken": (
            Sale(tvr="0000008000"),
            online_sale(tvr="0000000000"),
            Sale(tvr="0010000000"),
        ),
        "silent": (Sale(p1=""), Sale(cdol1="9F0206")),
    },
    "INV-04": {
        "holds": (
            Sale(),
            Sale(read=("1/1", "2/1"), before=(), p1=""),
            Sale(rr_sw="6A83", read=("1/1",), before=(), p1=""),
        ),
        "broken": (
            Sale(read=("2/1", "1/1", "2/2")),
            Sale(read=("1/1", "2/1")),
            Sale(read=("1/1", "1/1", "2/1", "2/2")),
            Sale(read=()),
            Sale(read=("2/1",), before=(), p1=""),
        ),
        "silent": (Sale(gpo_sw="6985", read=(), before=(), p1=""),),
    },
    "INV-05": {
        "holds": (Sale(), online_sale(between=(EA,))),
        "broken": (
            Sale(before=(("00B2000C00", "6A83"),)),
            Sale(before=(("00B2010D00", "6A83"),)),
            Sale(before=(("80A8000000", "6985"),)),
            Sale(before=(("0020008104241234FF", "9000"),)),
            Sale(before=(("80CA9F360100", "9000"),)),
            Sale(before=(("8050000000", "6D00"),)),
            Sale(before=(("00A404", "6D00"),)),
            Sale(p1="", after=(("80AEC00000", "6985"),)),
            Sale(p1="", after=(("80AE600000", "6985"),)),
        ),
        "silent": (),
    },
    "INV-06": {
        "holds": (
            Sale(),
            online_sale(),
            Sale(gpo_sw="6985", read=(), before=(), p1=""),
            Sale(rr_sw="6A83", read=("1/1",), before=(), p1=""),
            # Every record may be read before anybody looks into them.
            Sale(read=("1/1",), before=(BROKEN_RECORD, NEXT_RECORD), p1=""),
            online_sale(cid_2=""),
        ),
        "broken": (
            Sale(gpo_sw="6A81", before=(), p1=""),
            Sale(gpo_sw="6985", read=(), before=(GPO,), p1=""),
            Sale(rr_sw="6A83", before=(), p1=""),
            Sale(read=("1/1",), before=(BROKEN_RECORD, NEXT_RECORD)),
            Sale(objects={0x5F24: ""}),
            Sale(objects={0x5A: ""}),
            Sale(before=(("0088000004AABBCCDD00", "6985"),)),
            Sale(before=(("0088000004AABBCCDD00", ""),)),
            Sale(p1="80", cid="40", after=(EA,)),
            Sale(cid="", after=(EA,)),
            Sale(read=("1/1", "1/1", "2/1", "2/2")),
        ),
        "silent": (),
    },
    "INV-07": {
        "holds": (
            Sale(),
            online_sale(between=(EA,)),
            Sale(before=(VERIFY,)),
        ),
        "broken": (
            Sale(before=(("0088000004AABBCCDD00", "8001FF9000"),) * 2),
            Sale(before=(), after=(("0088000004AABBCCDD00", "8001FF9000"),)),
            Sale(before=(), after=(VERIFY,)),
            Sale(before=(VERIFY,), read=()),
            Sale(before=(), after=(EA,)),
            online_sale(between=(EA, EA)),
            online_sale(after=(EA,)),
        ),
        "silent": (Sale(before=()),),
    },
    "INV-08": {
        "holds": (online_sale(), online_sale(tvr_2="0000008040", tsi_2="F800")),
        "broken": (online_sale(tvr_2="0000000000"), online_sale(tsi_2="6800")),
        "silent": (Sale(),),
    },
    "INV-09": {
        "holds": (Sale(), online_sale()),
        "broken": (
            Sale(tvr="0200000000"),
            Sale(tvr="0000000001"),
            Sale(tsi="E801"),
            online_sale(de55={0x95: "0007008000"}),
        ),
        "silent": (Sale(p1=""),),
    },
    "INV-10": {
        "holds": (
            Sale(),
            Sale(aip="5C00"),
            Sale(aip="1C00", tvr="8000000000", tsi="6800"),
            Sale(aip="7D00", tvr="0400000000"),
        ),
        "broken": (
            Sale(tsi="6800"),
            Sale(tvr="8000000000"),
            Sale(aip="1C00"),
            Sale(aip="1C00", tvr="8000000000"),
            Sale(aip="7D00", tvr="0400000000", tsi="6800"),
        ),
        "silent": (Sale(p1=""), Sale(cdol1="9F0206")),
    },
    "INV-12": {
        "holds": (online_sale(), online_sale(de55={0x9F34: ""})),
        "broken": (
            online_sale(de55={0x9F36: "0002"}),
            online_sale(de55={0x9F26: ""}),
            online_sale(de55={0x95: "0000000000"}),
            online_sale(de55={0x9F37: "99999999"}),
            online_sale(de55={0x9F34: "1E0300"}),
        ),
        "silent": (Sale(),),
    },
    "INV-13": {
        "holds": (Sale(), online_sale(), online_sale(reversed=True)),
        "broken": (
            Sale(sent={0x9F02: "000000000001"}),
            online_sale(de4="000000000001"),
            online_sale(de55={0x9F02: "000000000001"}),
        ),
        "silent": (Sale(p1=""),),
    },
    "INV-14": {
        "holds": (
            online_sale(),
            online_sale(de39="05", arc="05", p1_2="00", cid_2="00"),
            online_sale(answered=False, arc="Y3"),
            online_sale(answered=False, arc="Z3", p1_2="00", cid_2="00"),
        ),
        "broken": (
            online_sale(arc="Y3"),
            online_sale(arc=""),
            online_sale(answered=False),
            online_sale(answered=False, arc="Y1"),
        ),
        "silent": (Sale(), online_sale(good_mac=False, arc="00"), online_sale(cdol2="9F0206")),
    },
    "INV-15": {
        "holds": (online_sale(),),
        "broken": (
            Sale(authorised=True),
            online_sale(cid="00"),
            online_sale(p1="", p1_2=""),
            online_sale(p1="00", cid="00"),
        ),
        "silent": (Sale(),),
    },
    "INV-16": {
        "holds": (Sale(), online_sale()),
        "broken": (
            Sale(cid="00"),
            Sale(cid=""),
            Sale(p1=""),
            online_sale(cid_2="00"),
            online_sale(p1_2=""),
        ),
        "silent": (Sale(outcome="DECLINED"), Sale(cid="00", outcome="DECLINED")),
    },
    "INV-17": {
        "holds": (
            online_sale(cid_2="00", outcome="DECLINED", reversed=True),
            online_sale(cid_2="", outcome="DECLINED", reversed=True),
            online_sale(p1_2="", outcome="DECLINED", reversed=True),
        ),
        "broken": (
            online_sale(cid_2="00", outcome="DECLINED"),
            online_sale(p1_2="", outcome="TERMINATED"),
            online_sale(cid_2="00", outcome="DECLINED", de39="11"),
        ),
        "silent": (
            Sale(),
            online_sale(),
            online_sale(de39="05", cid_2="00", outcome="DECLINED"),
            online_sale(de39="01", cid_2="00", outcome="DECLINED"),
            online_sale(good_mac=False, cid_2="00", outcome="DECLINED"),
        ),
    },
}
ROWS = [
    pytest.param(name, how, sale, id=f"{name}-{how}-{index}")
    for name, groups in SALES.items()
    for how, sales in groups.items()
    for index, sale in enumerate(sales)
]
EXPECTED = {"holds": {PASS}, "broken": {FAIL}, "silent": set[Verdict]()}


@pytest.mark.parametrize("name, how, sale", ROWS)
def test_an_invariant_holds_is_broken_or_is_silent(name: str, how: str, sale: Sale) -> None:
    """One row of evidence each; a failing finding names its events and speaks both languages."""
    found = INVARIANTS[name].judge(attempt_of(sale))
    assert {each.verdict for each in found} == EXPECTED[how]
    languages: tuple[Language, ...] = ("zh", "en")
    for each in found:
        assert each.events
        assert all(each.expected.text(language) for language in languages)
        assert all(each.observed.text(language) for language in languages)


def test_every_invariant_of_the_catalogue_is_judged_or_left_out_with_a_reason() -> None:
    """INV-01 to INV-19, and each that is judged has evidence that breaks it.

    That of INV-18 and INV-19 has tests of its own; what of them is left out says why.
    """
    names = {f"INV-{number:02}" for number in range(1, 20)}
    assert set(INVARIANTS) == names
    assert set(INVARIANTS) == set(SALES) | {"INV-11", "INV-18", "INV-19"}
    assert set(LEFT_OUT) == {"INV-18", "INV-19"}
    assert all(groups["broken"] for groups in SALES.values())


def test_unpredictable_numbers_differ_between_transactions() -> None:
    """INV-11 looks at all transactions together."""
    condition = INVARIANTS["INV-11"]
    same = condition.judge(attempt_of(Sale(), Sale()))
    other = condition.judge(attempt_of(Sale(), Sale(number="55667788")))
    assert [each.verdict for each in same] == [FAIL]
    assert [each.verdict for each in other] == [PASS]
    assert condition.judge(attempt_of(Sale(p1=""))) == ()


def test_a_second_start_needs_a_new_selection() -> None:
    """INV-06: GPO again, without SELECT, in the same session."""
    sale = Sale(gpo_sw="6985", read=(), before=(), p1="", after=(GPO,))
    found = INVARIANTS["INV-06"].judge(attempt_of(sale))
    assert [(each.verdict, each.observed.arguments) for each in found] == [(FAIL, ("GPO", "GPO"))]


def test_sda_selected_is_allowed_where_the_statement_says_so() -> None:
    """INV-09 knows the switch for EMV 4.2."""
    sale = Sale(tvr="0200000000")
    newer = attempt_of(sale, switches={"tvr-sda-selected": "emv-4.2"})
    assert {each.verdict for each in INVARIANTS["INV-09"].judge(newer)} == {PASS}


def test_an_early_denial_need_not_be_authenticated() -> None:
    """INV-10 is silent for a terminal that claims early denial and asks for an AAC."""
    sale = Sale(tvr="8010000000", tsi="0000", p1="00", cid="00", outcome="DECLINED")
    claims = OWO | {"early-denial"}
    assert INVARIANTS["INV-10"].judge(attempt_of(sale, claims=claims)) == ()
    assert [each.verdict for each in INVARIANTS["INV-10"].judge(attempt_of(sale))] == [FAIL]


def test_an_offline_terminal_may_say_that_it_decided_offline() -> None:
    """INV-14 tolerates Y1 and Z1 on offline-only terminals."""
    sale = online_sale(authorised=False, arc="Y1")
    offline = attempt_of(sale, claims=frozenset(("offline-only",)))
    assert [each.verdict for each in INVARIANTS["INV-14"].judge(offline)] == [PASS]
    assert [each.verdict for each in INVARIANTS["INV-14"].judge(attempt_of(sale))] == [FAIL]


def test_a_combined_signature_that_does_not_verify_is_no_arqc() -> None:
    """INV-15 and INV-16 ask for the signature where CDA was requested."""
    good = combined_answer(signed_sale())
    bad = combined_answer(signed_sale(), tamper=b"x")
    for tape, expected in ((good, PASS), (bad, FAIL)):
        report = tape.events.pop()
        tape.frame(_authorisation())
        tape.events.append(replace(report, seq=len(tape.events) + 1))
        found = INVARIANTS["INV-15"].judge(tape.attempt())
        assert [each.verdict for each in found] == [expected]


def test_de55_repeats_the_cryptogram_inside_the_signature() -> None:
    """INV-12: with CDA 9F26 is recovered from 9F4B."""
    for cryptogram, expected in ((b"CRYPTOGR", PASS), (b"01234567", FAIL)):
        tape = combined_answer(signed_sale())
        tape.events.pop()
        tape.frame(_authorisation(cryptogram))
        tape.report("DECLINED")
        found = INVARIANTS["INV-12"].judge(tape.attempt())
        assert [each.verdict for each in found] == [expected]


def test_before_the_reversal_could_be_sent_its_absence_says_nothing() -> None:
    """INV-17 is silent while the reversal may still come."""
    tape = Tape()
    tape.sign_on()
    purchase(tape, online_sale(cid_2="00", outcome="DECLINED"))
    open_still = tape.attempt(settings={"reversal": "before-next"})
    assert INVARIANTS["INV-17"].judge(open_still) == ()


def _authorisation(cryptogram: bytes = b"CRYPTOGR") -> Message:
    objects = {0x9F26: cryptogram.hex(), 0x9F27: "80", 0x9F36: "0001", 0x9F10: "07010103A0A80201"}
    de55 = b"".join(tlv(tag, value) for tag, value in objects.items())
    de55 += tlv(0x9F37, "11223344")
    fields: dict[int, str | bytes] = {
        4: "000000005000",
        11: "000002",
        55: de55,
        60: "22000001000501",
    }
    return Message("0200", {**fields, 41: "10000001", 42: "898340153110001", 64: bytes(8)})
