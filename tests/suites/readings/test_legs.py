"""Messages of both host legs, and what stands at places of them."""

import pytest

from adapters.codec.iso8583 import Message
from adapters.events import Direction, Kind, Port
from suites.acts import Verb
from suites.finding import Verdict
from suites.readings.legs import Place, s, t
from suites.readings.message_values import at
from tests.suites.host_recordings import (
    SALE_60,
    answered,
    asked,
    sale,
    sold,
    started,
    switched,
    verdicts,
)
from tests.suites.recordings import FACTS, Tape, tlv

PASS, FAIL, OPEN = Verdict.PASS, Verdict.FAIL, Verdict.INCONCLUSIVE
IC_DATA = tlv(0x9F26, "0102030405060708") + tlv(0x9F36, "001C")
TURNED = tlv(0x9F36, "001C") + tlv(0x9F26, "0102030405060708")
S_SALE = {7: "0315093015", 11: "700001", 32: "00010000", 33: "00010000", 60: "000005000300000000"}
RECIPE = {"switches": {**FACTS.switches, "cups-mac": "whole-90"}}


def one_sale(**more: str | bytes) -> Tape:
    tape = started()
    sold(tape, sale(**more))
    return tape


@pytest.mark.parametrize(
    "place, value",
    [
        ("11", "000002"),
        ("60.1", "22"),
        ("60.3", "000"),
        ("22.2", "2"),
        ("22[0:2]", "05"),
        ("55.9F36", "001C"),
        ("55.9F26[0:4]", "0102"),
        ("55.*", "9F26=0102030405060708 9F36=001C"),
        ("60.2+11", "000001000002"),
        ("mac", "valid"),
    ],
)
def test_a_place_has_its_value(place: str, value: str) -> None:
    """Fields, sub-fields, objects, characters, several places as one, the MAC."""
    tape = one_sale(de22="052", de55=IC_DATA)
    assert verdicts(t("0200")[place].be(value), tape) == [PASS]
    assert verdicts(t("0200")[place].be("other"), one_sale(de22="052", de55=IC_DATA)) == [FAIL]


def test_a_place_that_is_none_is_our_mistake() -> None:
    """A case that names no place of a message does not judge a device."""
    with pytest.raises(ValueError, match="no place"):
        verdicts(t("0200")["60.3]"].be("0"), one_sale())


def test_what_a_message_lacks_is_wrong_and_a_missing_message_is_open() -> None:
    """A field that is not there is not the value; without the message nobody can say."""
    assert verdicts(t("0200")["23"].be("001"), one_sale()) == [FAIL]
    assert verdicts(t("0200")["23"].if_there().be("001"), one_sale()) == [OPEN]
    assert verdicts(t("0400")["39"].be("98"), one_sale()) == [OPEN]


def test_a_value_among_others_and_none_of_them() -> None:
    """Each value is looked at."""
    assert verdicts(t("0200")["60.1"].among("22", "23"), one_sale()) == [PASS]
    assert verdicts(t("0200")["60.1"].other_than("36"), one_sale()) == [PASS]
    assert verdicts(t("0200")["60.1"].other_than("22"), one_sale()) == [FAIL]


def test_messages_are_told_apart_by_code_and_number() -> None:
    """60.1, any value, the n-th, the last."""
    tape = started()
    sold(tape, sale("000002"))
    sold(tape, sale("000003", de60="23000001000500"))
    tape.settle()
    attempt = tape.attempt()
    found = [
        [each.message.text(11) for each in which.find(attempt)]
        for which in (
            t("0200"),
            t("0200", "23"),
            t("0200").where("11", "000002"),
            t("0200").time(2),
            t("0200").time(-1),
            t("0200", "000"),
        )
    ]
    both, first, second = ["000002", "000003"], ["000002"], ["000003"]
    assert found == [both, second, first, second, second, both]


def test_a_wrong_mac_fails_and_one_without_key_is_open() -> None:
    """The MAC is judged where the sign-on was recorded."""
    tape = started()
    tape.act(Verb.PURCHASE, amount=1)
    asked(tape, "0200", sale(), good_mac=False)
    tape.report("DECLINED")
    assert verdicts(t("0200")["mac"].be("valid"), tape) == [FAIL]
    keyless = Tape()
    sold(keyless, sale())
    assert verdicts(t("0200")["mac"].be("valid"), keyless) == [OPEN]


def test_a_later_value_is_held_against_the_last_one_before_it() -> None:
    """The same passes, another fails, an absent one is open or passed by where that is allowed."""
    tape = one_sale()
    tape.frame(Message("0400", {11: "000002", 39: "98", 60: SALE_60}))
    reversal = t("0400")
    assert verdicts(reversal["11"].same_as(t("0200")["11"]), tape) == [PASS]
    assert verdicts(reversal["39"].same_as(t("0200")["11"]), tape) == [FAIL]
    assert verdicts(reversal["4"].same_as(t("0200")["4"]), tape) == [FAIL]
    assert verdicts(Place(reversal, "14", optional=True).same_as(t("0200")["14"]), tape) == [OPEN]
    assert verdicts(t("0200")["11"].same_as(reversal["11"]), tape) == [OPEN]


def test_the_order_of_objects_is_free_on_the_way_to_the_switch() -> None:
    """The same objects in another order are the same DE55; one that changed is not."""
    passed = s("0200")["55.*"].same_as(t("0200")["55.*"])
    for de55, verdict in ((TURNED, PASS), (TURNED.replace(b"\x1c", b"\x1d"), FAIL)):
        tape = started()
        tape.act(Verb.PURCHASE, amount=20000)
        asked(tape, "0200", sale(de55=IC_DATA))
        switched(tape, Message("0200", {**S_SALE, 55: de55}))
        tape.report("APPROVED")
        assert verdicts(passed, tape) == [verdict]


def test_a_mac_of_the_switch_is_judged_by_a_recipe_only() -> None:
    """Recorded until the ICS decides; then a wrong one fails."""
    right, wrong = started(), started()
    switched(right, Message("0200", S_SALE))
    switched(wrong, Message("0200", S_SALE), mac="00000000")
    told = s("0200")["mac"].be("valid")
    assert verdicts(told, right, **RECIPE) == [PASS]
    assert verdicts(told, wrong, **RECIPE) == [FAIL]
    assert verdicts(told, wrong) == [OPEN]


def test_original_data_elements_name_a_message_of_the_switch_leg() -> None:
    """MTI, STAN, time and institutions, right-aligned."""
    tape = started()
    switched(tape, Message("0200", S_SALE))
    right = "0200" + "700001" + "0315093015" + "00000010000" * 2
    switched(tape, Message("0420", {**S_SALE, 11: "700002", 90: right}))
    assert verdicts(s("0420")["90"].same_as(s("0200")["0.90"]), tape) == [PASS]
    assert verdicts(s("0420")["90.2"].be("700001"), tape) == [PASS]


def test_reversals_of_both_legs_belong_to_the_transaction_before_them() -> None:
    """However late they come, also in another act."""
    tape = started()
    sold(tape, sale(), code="05")
    switched(tape, Message("0200", S_SALE))
    tape.settle()
    tape.frame(Message("0400", {11: "000002", 39: "98", 60: SALE_60}))
    attempt = tape.attempt()
    assert [each.transaction for each in t("0400").find(attempt)] == [1]


def test_what_was_seen_of_a_blanked_pin_is_read_from_the_detail() -> None:
    """The bench's word, and open where it said nothing."""
    tape = one_sale()
    assert verdicts(t("0200")["pin"].be("test"), tape) == [OPEN]


def test_a_frame_that_is_none_has_no_values() -> None:
    """Garbage at either leg breaks no reading."""
    tape = started()
    for port in (Port.HOST_T, Port.HOST_S):
        tape.put(port, Direction.FROM_IUT, Kind.MESSAGE, b"\x00\x03abc")
    tape.settle()
    attempt = tape.attempt()
    (found,) = s("").find(attempt)
    assert found.problem
    assert at(Port.HOST_S, found, "11") == ()


def test_an_answer_repeats_its_request() -> None:
    """The fixture of this file makes answers that a terminal takes."""
    tape = started()
    tape.act(Verb.PURCHASE, amount=20000)
    asked(tape, "0200", sale())
    answered(tape, "0210", sale())
    tape.report("APPROVED")
    assert verdicts(t("0210")["4"].same_as(t("0200")["4"]), tape) == [PASS]
