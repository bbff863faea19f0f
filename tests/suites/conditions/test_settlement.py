"""The settlement of a batch: totals, TCs, items and their number."""

from dataclasses import replace

import pytest

from adapters.codec.iso8583 import Message
from adapters.codec.pos_fields import BatchItem, Totals
from suites.acts import Verb
from suites.conditions.settlement import (
    END_COUNT,
    ITEMS,
    TOTALS,
    UPLOADED_TC,
    every_tc_uploaded,
    last_upload,
    only_tcs_uploaded,
)
from suites.finding import Verdict
from tests.suites.host_recordings import (
    COMMON,
    PAN,
    REFUND_60,
    SALE_60,
    UPLOAD_60,
    VOID_60,
    asked,
    sale,
    settled,
    sold,
    started,
    uploaded,
    verdicts,
)
from tests.suites.recordings import Tape, online_sale, purchase, tlv

PASS, FAIL, OPEN = Verdict.PASS, Verdict.FAIL, Verdict.INCONCLUSIVE
RIGHT = Totals(20000 + 30000 + 500, 3, 30000 + 100, 2)
ITEM = BatchItem(foreign=False, stan="000002", pan=PAN, amount=20000)


def batch() -> Tape:
    """Two sales of which one is voided, a refund, a reversed and a declined sale, an upload."""
    tape = started()
    sold(tape, sale("000002", 20000))
    sold(tape, sale("000003", 30000))
    voided = sale("000004", 30000, de3="200000", de60=VOID_60, de61="000001000003")
    sold(tape, voided)
    sold(tape, sale("000005", 100, de3="200000", de60=REFUND_60), "0220")
    sold(tape, sale("000006", 700))
    tape.frame(Message("0400", {**COMMON, 11: "000006", 39: "06", 60: SALE_60}))
    sold(tape, sale("000007", 900), code="51")
    tape.act(Verb.SETTLEMENT)
    for _ in range(2):
        asked(tape, "0200", sale("000008", 500, de60=UPLOAD_60))
    tape.report("ACKNOWLEDGED")
    return tape


@pytest.mark.parametrize(
    "told, verdict",
    [
        (RIGHT, PASS),
        (replace(RIGHT, debit_count=4), FAIL),
        (replace(RIGHT, credit_amount=30000), FAIL),
        (Totals(0, 0, 0, 0), FAIL),
    ],
)
def test_totals_are_those_of_the_batch(told: Totals, verdict: Verdict) -> None:
    """Voided sales and their voids both stand; what was reversed or declined does not."""
    tape = batch()
    settled(tape, told)
    assert verdicts(TOTALS, tape) == [verdict]


def test_without_a_settlement_totals_are_open_and_unreadable_ones_fail() -> None:
    """No 0500 says nothing; one without totals says something wrong."""
    assert verdicts(TOTALS, batch()) == [OPEN]
    tape = batch()
    tape.act(Verb.SETTLEMENT)
    tape.frame(Message("0500", {**COMMON, 11: "000090", 60: "00000001201"}))
    tape.report("ACKNOWLEDGED")
    assert verdicts(TOTALS, tape) == [FAIL]


def chip_batch(*uploads: str, ended: bool = True, cid: str = "40", **differing: object) -> Tape:
    """A chip sale that a TC ended, and uploads of these cryptograms."""
    tape = started()
    purchase(tape, online_sale(**differing))
    tape.act(Verb.SETTLEMENT)
    for cryptogram in uploads:
        de55 = tlv(0x9F26, cryptogram) + tlv(0x9F27, cid)
        tape.frame(Message("0320", {**COMMON, 11: "000002", 55: de55, 60: "00000001203"}))
    if ended:
        tape.frame(Message("0320", {**COMMON, 11: "000009", 48: "0001", 60: "00000001207"}))
    tape.report("ACKNOWLEDGED")
    return tape


TC, OTHER = "0102030405060708", "1122334455667788"


def test_every_tc_must_be_uploaded() -> None:
    """It is there, once or more; missing fails only once the end was recorded."""
    condition = every_tc_uploaded("203")
    assert verdicts(condition, chip_batch(TC)) == [PASS]
    assert verdicts(condition, chip_batch(TC, TC)) == [PASS]
    assert verdicts(condition, chip_batch(OTHER)) == [FAIL]
    assert verdicts(condition, chip_batch()) == [FAIL]
    assert verdicts(condition, chip_batch(ended=False)) == [OPEN]
    assert verdicts(condition, started()) == [OPEN]


def test_a_tc_after_a_failed_issuer_authentication_may_be_missing() -> None:
    """TVR 5.7 of the second GENERATE AC: it goes another way, if any."""
    assert verdicts(every_tc_uploaded("203"), chip_batch(OTHER, tvr_2="0000008040")) == [OPEN]


def test_only_tcs_are_uploaded() -> None:
    """Another cryptogram is the TC of no sale of the batch."""
    condition = only_tcs_uploaded("203")
    assert verdicts(condition, chip_batch(TC)) == [PASS]
    assert verdicts(condition, chip_batch(TC, OTHER)) == [FAIL]
    assert verdicts(condition, chip_batch()) == [OPEN]


def test_an_uploaded_cryptogram_says_what_it_is() -> None:
    """9F27 of the upload is that of a TC."""
    assert verdicts(UPLOADED_TC, chip_batch(TC)) == [PASS]
    assert verdicts(UPLOADED_TC, chip_batch(TC, cid="80")) == [FAIL]


def test_the_last_upload_ends_them() -> None:
    """207 where the totals agree."""
    assert verdicts(last_upload("207"), chip_batch(TC)) == [PASS]
    assert verdicts(last_upload("207"), chip_batch(TC, ended=False)) == [FAIL]


def stripe_batch(*items: BatchItem, count: str = "0001") -> Tape:
    tape = started()
    sold(tape, sale("000002", 20000))
    tape.act(Verb.SETTLEMENT)
    uploaded(tape, *items)
    tape.frame(Message("0320", {**COMMON, 11: "000009", 48: count, 60: "00000001202"}))
    tape.report("ACKNOWLEDGED")
    return tape


@pytest.mark.parametrize(
    "item, verdict",
    [
        (ITEM, PASS),
        (replace(ITEM, stan="000003"), FAIL),
        (replace(ITEM, amount=1), FAIL),
        (replace(ITEM, pan="6210948000000029"), FAIL),
    ],
)
def test_an_item_is_a_transaction_of_the_batch(item: BatchItem, verdict: Verdict) -> None:
    """STAN, card number and amount."""
    assert verdicts(ITEMS, stripe_batch(item)) == [verdict]


def test_items_that_cannot_be_read_fail_and_none_are_open() -> None:
    """Nine items have no form in DE48; without any there is nothing to say."""
    tape = stripe_batch(ITEM)
    tape.frame(Message("0320", {**COMMON, 11: "000010", 48: "09", 60: "00000001201"}))
    assert verdicts(ITEMS, tape) == [FAIL]
    assert verdicts(ITEMS, chip_batch(TC)) == [OPEN]


def test_the_end_says_how_many_items_there_were() -> None:
    """Their number; open without an end."""
    assert verdicts(END_COUNT, stripe_batch(ITEM)) == [PASS]
    assert verdicts(END_COUNT, stripe_batch(ITEM, count="0002")) == [FAIL]
    assert verdicts(END_COUNT, started()) == [OPEN]
