"""What messages carry, in which order they come, and what makes a combined condition."""

import pytest

from adapters.codec.iso8583 import Message
from adapters.events import Direction, Kind, Port
from suites.acts import Verb
from suites.conditions.balance import balance_moves
from suites.conditions.combined import NOT_APPROVED, NOT_SIGNED_ON, all_of
from suites.conditions.condition import Condition
from suites.conditions.ic_data import whole_ic_data
from suites.conditions.merchant import MERCHANT_DATA
from suites.conditions.messages import (
    FRAME_LENGTHS,
    between,
    carries,
    constant,
    differs,
    distinct,
    first_before,
    has_only,
    lacks,
    repeats,
    repeats_if_there,
)
from suites.conditions.resends import UPLOAD_WITHIN_RESENDS, WITHIN_RESENDS
from suites.finding import Verdict
from suites.model.terminal_leg import REQUEST_FIELDS
from suites.readings.legs import t
from tests.suites.host_recordings import (
    SALE_60,
    UPLOAD_60,
    asked,
    sale,
    sold,
    started,
    switched,
    verdicts,
)
from tests.suites.recordings import SETTINGS, Tape, tlv

PASS, FAIL, OPEN = Verdict.PASS, Verdict.FAIL, Verdict.INCONCLUSIVE
REQUESTS, REVERSALS = t("0200"), t("0400")


def one_sale(**more: str | bytes) -> Tape:
    tape = started()
    sold(tape, sale(**more))
    return tape


def reversed_sales(*order: str) -> Tape:
    """Sales and reversals in this order, each sale in an act of its own."""
    tape = started()
    for number, mti in enumerate(order, 2):
        tape.act(Verb.PURCHASE, amount=1)
        if mti == "0200":
            asked(tape, "0200", sale(f"{number:06}"))
        else:
            tape.frame(Message("0400", {11: "000002", 39: "98", 60: SALE_60}))
        tape.report("DECLINED")
    return tape


@pytest.mark.parametrize(
    "condition, verdict",
    [
        (carries(REQUESTS, 3, 4, 60), PASS),
        (carries(REQUESTS, 3, 55), FAIL),
        (carries(REVERSALS, 39), OPEN),
        (lacks(REQUESTS, 55, 52), PASS),
        (lacks(REQUESTS, 35), FAIL),
        (lacks(REVERSALS, 52), OPEN),
        (has_only(REQUESTS, REQUEST_FIELDS), PASS),
        (has_only(REQUESTS, (3, 4)), FAIL),
        (FRAME_LENGTHS, PASS),
        (distinct(REQUESTS["11"]), PASS),
        (distinct(REVERSALS["11"]), OPEN),
        (constant(REQUESTS["60"]), PASS),
        (constant(REVERSALS["60"]), OPEN),
    ],
    ids=lambda value: getattr(value, "notation", str(value)),
)
def test_one_sale_is_looked_at(condition: Condition, verdict: Verdict) -> None:
    """Fields there and not there, lengths, values; what is not there is open."""
    assert verdicts(condition, one_sale()) == [verdict]


def test_a_wrong_length_fails() -> None:
    """LEN that does not count what follows."""
    tape = one_sale()
    tape.put(Port.HOST_T, Direction.FROM_IUT, Kind.MESSAGE, b"\x00\x09abc")
    assert verdicts(FRAME_LENGTHS, tape) == [FAIL]
    assert verdicts(FRAME_LENGTHS, Tape()) == [OPEN]


def test_values_that_are_alike_and_values_that_differ() -> None:
    """Two sales under one number, and under two."""
    for second, alike in (("000002", True), ("000003", False)):
        tape = started()
        sold(tape, sale("000002"))
        sold(tape, sale(second))
        assert verdicts(distinct(REQUESTS["11"]), tape) == [FAIL if alike else PASS]
        assert verdicts(constant(REQUESTS["11"]), tape) == [PASS if alike else FAIL]
        differing = differs(REQUESTS.time(2)["11"], REQUESTS.time(1)["11"])
        assert verdicts(differing, tape) == [FAIL if alike else PASS]
    assert verdicts(differs(REVERSALS["11"], REQUESTS["11"]), one_sale()) == [OPEN]


@pytest.mark.parametrize(
    "order, verdict",
    [
        (("0200", "0400", "0200"), PASS),
        (("0200", "0200", "0400"), FAIL),
        (("0200", "0400"), OPEN),
        (("0400",), OPEN),
    ],
)
def test_something_must_come_between(order: tuple[str, ...], verdict: Verdict) -> None:
    """After the first sale a reversal, before the next; without a next one it is open."""
    condition = between(REQUESTS.time(1), REVERSALS, REQUESTS)
    assert verdicts(condition, reversed_sales(*order)) == [verdict]


@pytest.mark.parametrize(
    "order, verdict",
    [
        (("0400", "0200"), PASS),
        (("0400", "0200", "0400"), FAIL),
        (("0200",), FAIL),
        (("0400",), OPEN),
    ],
)
def test_all_of_one_before_any_of_the_other(order: tuple[str, ...], verdict: Verdict) -> None:
    """The last of the first kind comes before the first of the other."""
    assert verdicts(first_before(REVERSALS, REQUESTS), reversed_sales(*order)) == [verdict]


def test_a_reversal_repeats_its_original() -> None:
    """Each field by itself; where neither has it there is nothing to say."""
    tape = one_sale(de23="001")
    repeated = {number: sale(de23="001")[number] for number in (3, 4, 11, 23)}
    tape.frame(Message("0400", {**repeated, 11: "000009", 39: "98", 60: SALE_60}))
    said = [verdicts(each, tape)[0] for each in repeats(REVERSALS, REQUESTS, 3, 4, 11)]
    assert said == [PASS, PASS, FAIL]
    said = [verdicts(each, tape)[0] for each in repeats_if_there(REVERSALS, REQUESTS, 23, 14)]
    assert said == [PASS, OPEN]


def test_ic_data_must_be_whole() -> None:
    """A missing tag, one twice, a wrong length, an object without end: each fails."""
    whole = tlv(0x9F36, "001C") + tlv(0x95, "0000000000")
    condition = whole_ic_data(REQUESTS, frozenset((0x9F36, 0x95)))
    for de55, verdict in (
        (whole, PASS),
        (tlv(0x9F36, "001C"), FAIL),
        (whole + tlv(0x95, "0000000000"), FAIL),
        (tlv(0x9F36, "00001C") + tlv(0x95, "0000000000"), FAIL),
        (whole + b"\x9f\x37\x09\x01", FAIL),
    ):
        assert verdicts(condition, one_sale(de55=de55)) == [verdict]
    assert verdicts(condition, started()) == [OPEN]


def test_an_outcome_that_is_no_approval() -> None:
    """However it ended otherwise; without a report it is open."""
    for word, verdict in (("DECLINED", PASS), ("NOT_SIGNED_ON", PASS), ("APPROVED", FAIL)):
        tape = started()
        tape.act(Verb.PURCHASE, amount=1)
        tape.report(word)
        assert verdicts(NOT_APPROVED, tape) == [verdict]
    tape = started()
    tape.act(Verb.PURCHASE, amount=1)
    assert [each.verdict for each in NOT_APPROVED.judge(tape.attempt())] == [OPEN]


def test_all_conditions_or_the_better_of_two() -> None:
    """All of them give their findings under one name; an alternative takes the better side."""
    tape = started()
    tape.act(Verb.PURCHASE, amount=1)
    tape.report("NOT_SIGNED_ON")
    both = all_of(NOT_SIGNED_ON, REQUESTS.count().never())
    assert verdicts(both, tape) == [PASS, PASS]
    assert both.needs == {Port.OPERATOR, Port.HOST_T}
    assert verdicts(all_of(NOT_SIGNED_ON, REQUESTS.count().happens()), tape) == [PASS, FAIL]


@pytest.mark.parametrize(
    "sends, stated, verdict",
    [(1, 2, FAIL), (2, 2, PASS), (3, 2, PASS), (4, 2, FAIL), (4, 3, PASS), (3, -1, PASS)],
)
def test_a_reversal_is_sent_as_often_as_parameter_23_says(
    sends: int, stated: int, verdict: Verdict
) -> None:
    """As many times or one more; 2 where the ICS says nothing."""
    tape = one_sale()
    for _ in range(sends):
        tape.frame(Message("0400", {11: "000002", 39: "98", 60: SALE_60}))
    settings = {**SETTINGS, **({"resend-count": stated} if stated >= 0 else {})}
    assert verdicts(WITHIN_RESENDS, tape, settings=settings) == [verdict]


def test_an_upload_is_sent_at_least_once_and_not_for_ever() -> None:
    """Once to three times, where nothing else is stated."""
    for sends, verdict in ((0, FAIL), (1, PASS), (3, PASS), (4, FAIL)):
        tape = started()
        tape.act(Verb.PURCHASE, amount=1)
        for _ in range(sends):
            asked(tape, "0200", sale(de60=UPLOAD_60))
        tape.report("APPROVED")
        assert verdicts(UPLOAD_WITHIN_RESENDS, tape) == [verdict]


@pytest.mark.parametrize(
    "told, sign, verdict",
    [
        (("000000050000", "000000070000"), 1, PASS),
        (("000000050000", "000000050000"), 1, FAIL),
        (("000000050000", "000000050000"), 0, PASS),
        (("000000050000", "000000030000"), -1, PASS),
        (("000000050000",), 1, OPEN),
    ],
)
def test_a_balance_moves_by_the_amount(
    told: tuple[str, ...], sign: int, verdict: Verdict
) -> None:
    """The first and the last that the card told; one alone shows nothing."""
    tape = started()
    tape.act(Verb.PURCHASE, amount=20000)
    tape.reset()
    for balance in told:
        tape.apdu("80CA9F7900", tlv(0x9F79, balance) + b"\x90\x00")
    asked(tape, "0200", sale())
    tape.report("APPROVED")
    assert verdicts(balance_moves(sign), tape) == [verdict]


def test_the_merchant_is_the_one_of_the_ics() -> None:
    """Category and name; another name, or none, fails."""
    place = "CHN29000"
    for name, verdict in (("ASSAY TEST MERCHANT", PASS), ("SOMEBODY ELSE", FAIL)):
        tape = started()
        switched(tape, Message("0200", {11: "700001", 18: "5411", 43: f"{place}{name:32}"}))
        assert verdicts(MERCHANT_DATA, tape) == [verdict]
    assert verdicts(MERCHANT_DATA, started()) == [OPEN]
