"""What messages hold, what reaches the host of a batch; slips, logs, clocks, default codes."""

from dataclasses import replace

import pytest

from adapters.events import Direction, Event, Kind, Port
from suites.acts import ECASH_LOG, SETTLEMENT, purchase, swipe, times
from suites.attempt import Attempt
from suites.case import BC, Card
from suites.conditions.clock import CLOCK_AGREES
from suites.conditions.log_reading import LOG_READ_TO_THE_END, LOG_SHOWN
from suites.conditions.message_content import (
    f55_contains,
    steps_by_one,
    uploaded,
    with_de,
    without_55,
    without_de,
)
from suites.conditions.receipt import IC_DATA_ON_RECEIPT
from suites.conditions.unable_online import DEFAULT_CODES
from suites.contact.completion import PENDING
from suites.contact_stimuli import SILENT, stripe
from suites.finding import Verdict
from suites.readings.authorisation import ARQC_IN_55, T2_COVERS_T1, ic_condition
from suites.readings.card_session import d1
from suites.readings.host_session import h, no_h
from suites.readings.outcome import ON_APP, OUT
from suites.rules import GAC1, instead
from suites.symbols import ABOVE_FLOOR
from tests.contact_attempts import attempted, case, edited, reporting, said, with_bytes, without

PASS, FAIL, OPEN = Verdict.PASS, Verdict.FAIL, Verdict.INCONCLUSIVE


@pytest.fixture(scope="module")
def online() -> Attempt:
    return attempted(case(acts=(purchase(ABOVE_FLOOR),), leaves=PENDING))


@pytest.fixture(scope="module")
def offline() -> Attempt:
    return attempted(case())


def test_fields_and_objects_of_a_message(online: Attempt, offline: Attempt) -> None:
    """There or not; where no such message was sent nothing can be said."""
    assert said(f55_contains("9F26", "95"), online) is PASS
    assert said(f55_contains("9F26", "9F74"), online) is FAIL
    assert said(with_de(35), online) is PASS
    assert said(with_de(52), online) is FAIL
    assert said(without_de(52), online) is PASS
    assert said(without_de(35), online) is FAIL
    for condition in (f55_contains("95"), with_de(35), without_de(52)):
        assert said(condition, offline) is OPEN


def test_an_object_that_no_message_may_have(online: Attempt) -> None:
    """A kind of message that was not sent has it neither; the end must have been recorded."""
    assert said(without_55("DF31", "SCRN"), online) is PASS
    assert said(without_55("9F26", "AUTH"), online) is FAIL
    unended = without(online, Port.OPERATOR, Kind.REPORT, Direction.FROM_IUT)
    assert said(without_55("DF31", "SCRN"), unended) is OPEN


def test_a_stripe_has_its_own_kind_of_request() -> None:
    """It is no authorisation of a chip, and the host's answer to it is an answer."""
    swiped = attempted(case(acts=(swipe(stripe("101"), ABOVE_FLOOR),)))
    assert said(h("SWIPED"), swiped) is PASS
    assert said(no_h("AUTH"), swiped) is PASS
    assert said(OUT.be(ON_APP), swiped) is PASS
    assert said(ic_condition("SWIPED").be("0"), swiped) is PASS


def test_a_tc_is_uploaded_as_it_was_made() -> None:
    """With its TVR and amount; without a settlement nothing is there yet."""
    settled = attempted(case(acts=(purchase(), SETTLEMENT)))
    assert said(uploaded(), settled) is PASS
    assert said(uploaded("5F34"), settled) is FAIL
    kept = without(settled, Port.HOST_T, Kind.MESSAGE, Direction.FROM_IUT)
    assert said(uploaded(), kept) is FAIL
    changed = with_bytes(settled, Port.HOST_T, "95050000000000", "95050000000001")
    assert said(uploaded(), changed) is FAIL
    assert said(uploaded(), attempted(case(acts=(purchase(ABOVE_FLOOR),)))) is OPEN


def test_a_counter_goes_up_by_one() -> None:
    """Standing still is a fault; one transaction shows nothing."""
    three = attempted(case(acts=times(3, purchase())))
    assert said(steps_by_one(d1("9F41")), three) is PASS
    assert said(steps_by_one(d1("9F02")), three) is FAIL
    assert said(steps_by_one(d1("9F41")), attempted(case())) is OPEN


def test_a_slip_shows_the_chip_data(offline: Attempt) -> None:
    """All of it, and the card number masked."""
    slips = [event.detail for event in offline.events if "receipt" in event.detail]
    slip = str(slips[0]["receipt"])
    assert said(IC_DATA_ON_RECEIPT, offline) is PASS
    assert said(IC_DATA_ON_RECEIPT, reporting(offline, receipt="")) is OPEN
    for name in ("AID", "AC", "TVR", "TSI", "ATC", "应用"):
        lines = [line for line in slip.split("\n") if not line.startswith(name)]
        assert said(IC_DATA_ON_RECEIPT, reporting(offline, receipt="\n".join(lines))) is FAIL
    whole = f"{slip}\n6228480402564890018"
    assert said(IC_DATA_ON_RECEIPT, reporting(offline, receipt=whole)) is FAIL


def test_a_log_is_read_to_its_end_and_shown() -> None:
    """Each record once, in order, until there is no more; its amount is on the display."""
    read = attempted(case(card=Card("BC-LOG"), acts=(purchase(), ECASH_LOG)))
    to_the_end, shown = LOG_READ_TO_THE_END.in_transaction(2), LOG_SHOWN.in_transaction(2)
    assert said(to_the_end, read) is PASS
    assert said(shown, read) is PASS
    assert said(shown, reporting(read, display="无交易明细")) is FAIL
    assert said(shown, reporting(read, display="")) is OPEN
    # The last READ RECORD and what follows it taken away: the log was not read to its end.
    last = max(event.seq for event in read.events if event.data[:4] == bytes.fromhex("00B2025C"))
    cut = tuple(event for event in read.events if event.seq not in (last, last + 1))
    assert said(to_the_end, replace(read, events=cut)) is FAIL
    assert said(to_the_end, attempted(case(acts=(purchase(), ECASH_LOG)))) is OPEN


def test_the_clock_goes_with_the_bench(offline: Attempt) -> None:
    """Two minutes beside what the sign-on told; what is no time does not agree."""
    assert said(CLOCK_AGREES, offline) is PASS
    time = str(d1("9F21").read(offline)[0].value)
    for other in (f"{int(time[:2]) + 1:02}{time[2:]}", "996060"):
        assert said(CLOCK_AGREES, with_bytes(offline, Port.ICC, time, other)) is FAIL
    untold = without(offline, Port.HOST_T, Kind.MESSAGE, Direction.TO_IUT)
    assert said(CLOCK_AGREES, untold) is OPEN


def test_default_codes_decide_without_a_host(online: Attempt) -> None:
    """The second request follows from TVR and default codes."""
    alone = attempted(case(host=SILENT, acts=(purchase(ABOVE_FLOOR),), leaves=PENDING))
    assert said(DEFAULT_CODES, alone) is PASS
    # Approved by the host with bits that the default codes name.
    assert said(DEFAULT_CODES, online) is FAIL
    assert said(DEFAULT_CODES, attempted(case())) is OPEN


def test_a_cryptogram_is_checked_as_its_issuer_would(online: Attempt, offline: Attempt) -> None:
    """Over what DE55 says, with the keys of the test card."""
    assert said(ARQC_IN_55.be("right"), online) is PASS
    amount = str(d1("9F02").read(online)[0].value)
    changed = with_bytes(online, Port.HOST_T, f"9F0206{amount}", "9F0206000000000001")
    assert said(ARQC_IN_55.be("right"), changed) is FAIL
    assert said(ARQC_IN_55.be("right"), offline) is OPEN


def test_bits_stay_from_the_first_to_the_second_request(online: Attempt) -> None:
    """T2 holds every bit of T1; one that was cleared is seen."""
    assert said(T2_COVERS_T1.be(1), online) is PASS
    requests = [
        event.seq
        for event in online.events
        if event.kind is Kind.COMMAND and event.data[:2] == b"\x80\xae"
    ]

    def cleared(event: Event) -> Event:
        if event.seq != requests[1]:
            return event
        return replace(event, data=event.data.replace(bytes.fromhex("0000008000"), bytes(5)))

    assert said(T2_COVERS_T1.be(1), edited(online, cleared)) is FAIL
    assert said(T2_COVERS_T1.be(1), attempted(case())) is OPEN


def test_a_card_may_answer_with_given_bytes() -> None:
    """`instead` is what crosses the port, and it is told that it did."""
    answered = attempted(case(card=BC.when(GAC1, instead("6F00"))))
    replies = [event.data for event in answered.events if event.direction is Direction.TO_IUT]
    assert bytes.fromhex("6F00") in replies
    assert "instead 6F.00" in {str(event.detail.get("reaction")) for event in answered.events}
