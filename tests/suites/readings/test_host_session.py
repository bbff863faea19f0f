"""The host port decoded: kinds of messages, DE55, and the MAC under the key of the sign-on."""

import pytest

from adapters.codec import iso8583, pos_link
from adapters.codec.iso8583 import Message
from adapters.codec.pos_dialect import POS
from adapters.events import Direction, Event, Kind, Port
from suites.attempt import Attempt, Facts
from suites.finding import Verdict
from suites.readings.host_session import (
    Mac,
    answer_to,
    de,
    f55,
    h,
    messages,
    no_h,
    of_kind,
    usable,
)
from tests.suites.recordings import Sale, Tape, attempt_of, online_sale, purchase, reverse


def test_the_mac_is_checked_with_the_key_of_the_sign_on() -> None:
    """Right and wrong MACs are told apart; a message without one has none."""
    macs = [(each.mti, each.mac) for each in messages(attempt_of(online_sale(good_mac=False)))]
    assert macs == [
        ("0800", Mac.ABSENT),
        ("0810", Mac.ABSENT),
        ("0200", Mac.VALID),
        ("0210", Mac.INVALID),
    ]


def test_without_a_sign_on_the_mac_cannot_be_told() -> None:
    """No key, no opinion."""
    tape = Tape()
    purchase(tape, online_sale())
    assert {each.mac for each in messages(tape.attempt())} == {Mac.NO_KEY}


def test_a_frame_that_is_none_is_kept_with_its_reason() -> None:
    """Garbage of a device is evidence, not an exception."""
    tape = Tape()
    tape.sign_on()
    tape.put(Port.HOST_T, Direction.FROM_IUT, Kind.MESSAGE, b"\x00\x01")
    last = messages(tape.attempt())[-1]
    assert last.mti == ""
    assert last.problem


def test_de55_is_read_by_tag() -> None:
    """Each tag of the authorisation can be compared; a broken DE55 gives none and says why."""
    good = attempt_of(online_sale())
    assert [each.verdict for each in f55("9F36").be("0001").judge(good)] == [Verdict.PASS]
    assert [each.verdict for each in f55("9F36").be("0002").judge(good)] == [Verdict.FAIL]
    assert [each.verdict for each in f55("9F36").be("0001").judge(attempt_of(Sale()))] == [
        Verdict.INCONCLUSIVE
    ]


def test_data_elements_are_read_by_number() -> None:
    """DE(n) reads the authorisation, or another kind of message."""
    good = attempt_of(online_sale(reversed=True))
    assert de(4).notation == "DE(4)"
    assert [each.verdict for each in de(4).be("000000020000").judge(good)] == [Verdict.PASS]
    assert de(39, "REV").notation == "H(REV) DE(39)"
    assert [each.verdict for each in de(39, "REV").be("98").judge(good)] == [Verdict.FAIL]


def test_what_the_host_sees_is_named_as_in_the_catalogue() -> None:
    """H(AUTH), H(REV) and their absence."""
    good = attempt_of(online_sale())
    assert h("AUTH").notation == "H(AUTH)"
    assert no_h("REV").notation == "!H(REV)"
    assert [each.verdict for each in h("AUTH").judge(good)] == [Verdict.PASS]
    assert [each.verdict for each in no_h("AUTH").judge(good)] == [Verdict.FAIL]
    assert [each.verdict for each in no_h("REV").judge(good)] == [Verdict.PASS]
    assert [each.verdict for each in h("REV").judge(good)] == [Verdict.FAIL]


def test_a_reversal_is_missed_only_when_its_time_has_passed() -> None:
    """A terminal that reverses before the next transaction is asked for it in the postamble."""
    later = {"reversal": "before-next"}
    tape = Tape()
    tape.sign_on()
    sale = online_sale(cid_2="00", outcome="DECLINED")
    purchase(tape, sale)
    assert [each.verdict for each in h("REV").judge(tape.attempt(settings=later))] == [
        Verdict.INCONCLUSIVE
    ]
    tape.phase("postamble")
    tape.act("settle pending")
    reverse(tape, sale)
    tape.report("SETTLED")
    assert [each.verdict for each in h("REV").judge(tape.attempt(settings=later))] == [Verdict.PASS]


def test_a_reversal_left_over_from_before_is_not_this_transactions() -> None:
    """A 0400 before any request of the body reverses something else."""
    tape = Tape()
    tape.sign_on()
    tape.act("purchase", amount=20000)
    reverse(tape, online_sale())
    tape.report("DECLINED")
    assert of_kind(tape.attempt(), "REV") == ()


def test_an_answer_counts_only_if_the_terminal_must_take_it() -> None:
    """Another trace number or a wrong MAC of an approval is no answer; a decline needs no MAC."""

    def taken(sale: Sale) -> bool:
        found = messages(attempt_of(sale))
        (request,) = [each for each in found if each.mti == "0200"]
        (answer,) = answer_to(request, found)
        return usable(answer, request)

    assert taken(online_sale())
    assert not taken(online_sale(good_mac=False))
    assert taken(online_sale(good_mac=False, de39="05"))


def test_an_unanswered_request_has_no_answer() -> None:
    """The answer to the next request is not taken for it."""
    found = messages(attempt_of(online_sale(answered=False, reversed=True)))
    (request,) = [each for each in found if each.mti == "0200"]
    assert answer_to(request, found) == ()


@pytest.mark.parametrize(
    "detail, mac",
    [
        ({"masked": "DE52@30+8", "mac": "right"}, Mac.VALID),
        ({"masked": "DE52@30+8", "mac": "wrong"}, Mac.INVALID),
        ({"masked": "DE52@30+8"}, Mac.UNSEEN),
    ],
)
def test_the_mac_over_a_blanked_pin_block_is_what_the_bench_saw(
    detail: dict[str, str], mac: Mac
) -> None:
    """It cannot be computed again; without the bench's word nobody knows."""
    body = iso8583.encode(Message("0200", {11: "000001", 52: bytes(8), 64: b"12345678"}), POS)
    frame = pos_link.encode(pos_link.Frame(bytes(5), bytes(6), body))
    event = Event(1, Port.HOST_T, Direction.FROM_IUT, Kind.MESSAGE, frame, detail)
    (found,) = messages(Attempt((event,), Facts("", "", "", 1, "")))
    assert found.mac is mac
