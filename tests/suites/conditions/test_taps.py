"""What is judged of taps: each condition passes, fails, and is open where it saw nothing."""

from dataclasses import replace

import pytest

from adapters.events import Direction, Event, Kind, Port
from suites.acts import SETTLEMENT, purchase, tap, times
from suites.attempt import Attempt
from suites.conditions.expectation import happens, never
from suites.conditions.tap_uploads import TAP_UPLOADED
from suites.conditions.taps import (
    APPROVALS_PAID,
    FDDA_FOLLOWED,
    PATH,
    PRE,
    differing,
    paid_in_all,
)
from suites.contactless_stimuli import (
    LAST_RECORD,
    LOW,
    RECORDS,
    REFERENCE,
    SELECT_PPSE,
    Q,
    approval,
)
from suites.finding import Verdict
from suites.readings.fast_dda import FDDA
from suites.readings.outcome import OFF_APP, OUT
from suites.readings.tap_messages import TAP_AC_IN_55, TAPPED_TRACK_2
from suites.readings.tap_session import (
    ATC,
    DECIDED,
    FIRST_COMMAND,
    PAID,
    RECORDS_LISTED,
    RECORDS_READ,
    ctq,
    got,
    gpo,
    taps,
    tpd,
    ttq,
)
from suites.rules import ANSWER_LOST, GPO, REMOVAL, gd
from tests.contact_attempts import attempted, case, edited, reporting, said, with_bytes

PASS, FAIL, OPEN = Verdict.PASS, Verdict.FAIL, Verdict.INCONCLUSIVE
GENERATE_AC, DONE = "80AE400000", "9000"


@pytest.fixture(scope="module")
def approved() -> Attempt:
    return attempted(case(card=Q, acts=(tap(1000),)))


@pytest.fixture(scope="module")
def online() -> Attempt:
    return attempted(case(card=LOW, acts=(tap(1000),)))


@pytest.fixture(scope="module")
def inserted() -> Attempt:
    return attempted(case(card=REFERENCE, acts=(purchase(1000),)))


@pytest.fixture(scope="module")
def uploaded() -> Attempt:
    return attempted(case(card=Q, acts=(tap(1000), SETTLEMENT)))


def values(reading: object, attempt: Attempt) -> list[object]:
    return [each.value for each in reading.read(attempt)]  # type: ignore[attr-defined]  # a reading


def without_commands(attempt: Attempt, begins: str) -> Attempt:
    """Without these commands and the answers to them."""
    head = bytes.fromhex(begins)
    gone = {
        each.seq
        for each in attempt.events
        if each.kind is Kind.COMMAND and each.data.startswith(head)
    }
    kept = tuple(each for each in attempt.events if not {each.seq, each.seq - 1} & gone)
    return replace(attempt, events=kept)


def asking_too(attempt: Attempt, command: str) -> Attempt:
    """With one more command, answered, behind the last answer of the card."""
    last = [each.seq for each in attempt.events if each.kind is Kind.RESPONSE][-1]
    before = [each for each in attempt.events if each.seq <= last]
    after = [replace(each, seq=each.seq + 2) for each in attempt.events if each.seq > last]
    sent = Event(
        last + 1, Port.ICC, Direction.FROM_IUT, Kind.COMMAND, bytes.fromhex(command), {}
    )
    answer = Event(
        last + 2, Port.ICC, Direction.TO_IUT, Kind.RESPONSE, bytes.fromhex(DONE), {}
    )
    return replace(attempt, events=(*before, sent, answer, *after))


# -- readings --------------------------------------------------------------------------------------


def test_what_a_tap_says(approved: Attempt) -> None:
    """The terminal's qualifiers, the card's decision, what was read, what it cost."""
    assert values(tpd("9F02"), approved) == ["000000001000"]
    assert values(ttq("1.6"), approved) == [1]
    assert values(ttq("2.8"), approved) == [0]
    assert values(gpo("9F6C"), approved) == ["2000"]
    assert values(ctq("1.6"), approved) == [1]
    assert values(DECIDED, approved) == ["TC"]
    assert values(RECORDS_READ, approved) == values(RECORDS_LISTED, approved) == [RECORDS]
    assert values(PAID, approved) == [1000]
    assert values(FIRST_COMMAND, approved) == [SELECT_PPSE]
    assert values(FDDA, approved) == ["verified"]


def test_a_card_over_contacts_is_no_tap(inserted: Attempt) -> None:
    """The same card in the slot shows nothing to any of them."""
    for reading in (ttq("1.6"), DECIDED, RECORDS_READ, PAID, FIRST_COMMAND, FDDA, ATC, gpo("82")):
        assert values(reading, inserted) == []


def test_an_online_cryptogram_pays_nothing(online: Attempt) -> None:
    """No record is listed, none read."""
    assert values(DECIDED, online) == ["ARQC"]
    assert values(RECORDS_READ, online) == ["-"]
    assert values(PAID, online) == []
    assert values(FDDA, online) == []
    assert values(TAPPED_TRACK_2, online) == ["6210948000000000178D49122200000000123"]


@pytest.mark.parametrize("removal, paid", [(REMOVAL, []), (ANSWER_LOST, [1000])])
def test_a_lost_card_has_paid_if_it_did_the_last_command(
    removal: object, paid: list[int]
) -> None:
    """The record that nobody received counts if the card gave it, and not if it never heard."""
    card = Q.when(LAST_RECORD, removal)  # type: ignore[arg-type]  # a reaction
    assert values(PAID, attempted(case(card=card, acts=(tap(1000),)))) == paid


def test_a_record_read_again_after_a_torn_tap_is_no_duplicate() -> None:
    """A terminal looks who came back, and then reads the same record of the new transaction."""
    card = Q.when(LAST_RECORD, REMOVAL)
    attempt = attempted(case(card=card, acts=(tap(1000, retap=1),)))
    (_, again) = taps(attempt)
    read = [(each.sfi, each.number) for each in again.records]
    assert read.count((3, 4)) == len(("before GPO", "after it"))
    assert again.duplicates == ()
    assert values(RECORDS_READ, attempt) == [RECORDS, RECORDS]


def test_an_amount_told_by_get_data(inserted: Attempt) -> None:
    """GET DATA over contacts, which there was, is no business of a tap."""
    assert said(happens(gd("9F79")), inserted) is PASS
    assert values(got("9F79"), inserted) == []


# -- pre-processing and path -----------------------------------------------------------------------


def test_pre_processing(approved: Attempt, inserted: Attempt) -> None:
    """9F66 as the model has it; another bit fails; without a tap nobody can say."""
    assert said(PRE, approved) is PASS
    assert said(PRE, with_bytes(approved, Port.ICC, "832176000000", "832176800000")) is FAIL
    assert said(PRE, inserted) is OPEN


def test_an_amount_that_is_not_taken() -> None:
    """From the transaction limit on no card is asked; one that is asked fails the terminal."""
    refused = attempted(case(card=Q, acts=(tap(100000),)))
    assert said(PRE, refused) is PASS
    assert said(never(GPO), refused) is PASS
    taken = edited(attempted(case(card=Q, acts=(tap(1000),))), _with_amount(100000))
    assert said(PRE, taken) is FAIL


def _with_amount(amount: int) -> object:
    def change(event: Event) -> Event:
        if event.kind is Kind.ACT and event.detail.get("verb") == "tap":
            return replace(event, detail={**event.detail, "amount": amount})
        return event

    return change


def test_the_path(approved: Attempt, inserted: Attempt) -> None:
    """In qPBOC no command but READ RECORD follows; over contacts there is nothing to look at."""
    assert said(PATH, approved) is PASS
    assert said(PATH, asking_too(approved, GENERATE_AC)) is FAIL
    assert said(PATH, inserted) is OPEN


def test_the_full_path_goes_on() -> None:
    """A card without a cryptogram is read and asked; a terminal that stops there fails."""
    full = attempted(case(card=REFERENCE, acts=(tap(1000, pin="123456"),)))
    assert said(PATH, full) is PASS
    for begins in ("00B2", "0088", "80AE", "8082", "0082"):
        full = without_commands(full, begins)
    assert said(PATH, full) is FAIL


# -- fast DDA --------------------------------------------------------------------------------------


def test_a_verified_card_is_not_asked_about(approved: Attempt, online: Attempt) -> None:
    """It passes offline, and fails with a request; an online cryptogram is no case of it."""
    assert said(FDDA_FOLLOWED, approved) is PASS
    assert said(FDDA_FOLLOWED, online) is OPEN


@pytest.mark.parametrize("ctq_9f6c", ["2000", "1000", "0000"])
def test_a_card_that_cannot_prove_itself(ctq_9f6c: str) -> None:
    """What its qualifiers say passes; an approval offline fails."""
    card = Q.but(qualifiers_9F6C=ctq_9f6c).when(GPO, approval(but="9F4B"))
    attempt = attempted(case(card=card, acts=(tap(1000),)))
    assert values(FDDA, attempt) == ["absent"]
    assert said(FDDA_FOLLOWED, attempt) is PASS
    silent = tuple(each for each in attempt.events if each.port is not Port.HOST_T)
    lied = reporting(replace(attempt, events=silent), outcome="APPROVED")
    assert said(FDDA_FOLLOWED, lied) is FAIL


def test_a_changed_record_refuses_the_signature(approved: Attempt) -> None:
    """One byte of the authenticated record, and the auditor does not verify the chain."""
    changed = with_bytes(approved, Port.ICC, "9F0702FF00", "9F0702FF01")
    assert values(FDDA, changed) == ["refused"]
    assert said(FDDA_FOLLOWED, changed) is FAIL


# -- several taps, and the host --------------------------------------------------------------------


def test_approvals_are_paid(approved: Attempt) -> None:
    """An approval without the last record is not; without either there is nothing to count."""
    assert said(APPROVALS_PAID, approved) is PASS
    assert said(paid_in_all(1), approved) is PASS
    assert said(paid_in_all(2), approved) is FAIL
    assert said(APPROVALS_PAID, without_commands(approved, "00B20124")) is FAIL
    declined = reporting(without_commands(approved, "00B20124"), outcome="DECLINED")
    assert said(APPROVALS_PAID, declined) is OPEN


def test_numbers_that_differ(approved: Attempt) -> None:
    """Two taps differ in 9F37; the same number fails, one tap alone says nothing."""
    number = tpd("9F37")
    twice = attempted(case(card=Q, acts=times(2, tap(1000))))
    assert said(differing(number), twice) is PASS
    first, second = values(number, twice)
    assert said(differing(number, str(second)), twice) is FAIL
    same = with_bytes(twice, Port.ICC, str(second), str(first))
    assert said(differing(number), same) is FAIL
    assert said(differing(number), approved) is OPEN


def test_the_cryptogram_that_the_host_is_told(online: Attempt, approved: Attempt) -> None:
    """It verifies over what DE55 says; over another TVR it does not."""
    assert said(TAP_AC_IN_55.be("right"), online) is PASS
    changed = with_bytes(online, Port.HOST_T, "95050000000000", "95058000000000")
    assert said(TAP_AC_IN_55.be("right"), changed) is FAIL
    assert said(TAP_AC_IN_55.be("right"), approved) is OPEN


def test_what_is_uploaded_of_a_tap(uploaded: Attempt, online: Attempt) -> None:
    """The card's TC and what it was made over; another amount fails, a missing upload too."""
    assert said(TAP_UPLOADED, uploaded) is PASS
    changed = with_bytes(uploaded, Port.HOST_T, "9F0206000000001000", "9F0206000000001001")
    assert said(TAP_UPLOADED, changed) is FAIL
    kept = tuple(
        each
        for each in uploaded.events
        if not (each.port is Port.HOST_T and b"\x9f\x26\x08" in each.data)
    )
    assert said(TAP_UPLOADED, replace(uploaded, events=kept)) is FAIL
    assert said(TAP_UPLOADED, online) is OPEN


def test_the_outcome_is_the_reports(approved: Attempt) -> None:
    """A tap is a transaction like any other."""
    assert said(OUT.be(OFF_APP), approved) is PASS
    assert said(OUT.be(OFF_APP), reporting(approved, outcome="DECLINED")) is FAIL
