"""Happenings, orders, TAA and BASE; the notation of catalogue rows."""

import pytest

from suites.conditions.condition import Condition
from suites.conditions.expectation import BASE, TAA, base, happens, in_order, never
from suites.conditions.invariants import INVARIANTS
from suites.contact import (
    online_processing,
    processing_restrictions,
    terminal_risk_management,
)
from suites.finding import Verdict
from suites.readings.card_session import CVR34, cda, d1, d2, n, p1, pd, s1, s2, t1, t2
from suites.readings.host_session import de, f55, h, no_h
from suites.readings.outcome import OFF_APP, OUT
from suites.rules import GAC1, GAC2, GPO, REVERSAL, RR, SALE
from tests.suites.recordings import OWO, SETTINGS, Sale, Tape, attempt_of, online_sale, purchase

PASS, FAIL, INCONCLUSIVE = Verdict.PASS, Verdict.FAIL, Verdict.INCONCLUSIVE


def verdicts(condition: Condition, *sales: Sale) -> list[Verdict]:
    return [each.verdict for each in condition.judge(attempt_of(*sales))]


ALL = {
    condition.notation: condition
    for condition in (
        t1("2.7").be(0),
        t1("*").be("0000000000"),
        t1("4.5").count(1).be(0),
        t1("4.5").count().between(0, 9),
        t2("5.7").be(0),
        s1("1.8").be(1),
        s2("1.8").be(1),
        CVR34.be("3F0000"),
        p1(GAC1).be("40"),
        p1(GAC1).among("00", "40", "80"),
        p1(GAC1).be("40") | p1(GAC1).be("00"),
        p1(GAC1).be("40").in_transaction(1),
        p1(GAC1).be("40").in_every_transaction(),
        cda(GAC1).be(0),
        d1("9F02").be("00"),
        d2("9F02").be("00"),
        d1("9F02").same_as(d2("9F02")),
        pd("9F02").be("00"),
        n(GAC2).be(0),
        n(GAC2).never(),
        n(GAC2).between(0, 2),
        f55("9F36").be("00"),
        de(4).be("00"),
        h("REV"),
        no_h("REV"),
        no_h("AUTH"),
        OUT.be(OFF_APP),
        happens(SALE),
        happens(SALE, 0),
        never(GPO),
        never(REVERSAL),
        in_order(GPO, GAC1),
        TAA,
        BASE,
        *INVARIANTS.values(),
        *(each for case in processing_restrictions.CASES for each in case.expect),
        *(each for case in terminal_risk_management.CASES for each in case.expect),
        *(each for case in online_processing.CASES for each in case.expect),
    )
}


@pytest.mark.parametrize("condition", ALL.values(), ids=ALL)
def test_nothing_passes_on_an_empty_attempt(condition: Condition) -> None:
    """What was not there to look at is inconclusive, or not said at all."""
    signed_on = Tape()
    signed_on.sign_on()
    for attempt in (Tape().attempt(), signed_on.attempt()):
        assert {each.verdict for each in condition.judge(attempt)} <= {INCONCLUSIVE}


@pytest.mark.parametrize("name", INVARIANTS)
def test_an_invariant_says_nothing_of_an_empty_attempt(name: str) -> None:
    """It is not even inconclusive."""
    assert INVARIANTS[name].judge(Tape().attempt()) == ()


def test_the_notation_is_the_catalogues() -> None:
    """CT-PR-016, CT-TRM-003 and CT-ONL-013 print as their rows, class guards included."""
    printed = {
        case.id: "; ".join(each.notation for each in case.expect)
        for module in (processing_restrictions, terminal_risk_management, online_processing)
        for case in module.CASES
    }
    assert printed["CT-PR-016"] == "T1[2.7]=1; TAA; [OWO] P1(GAC1)=80; [OFF] P1(GAC1)=00"
    # The row's note restricts T1[4.8] to OFF and OWO.
    assert printed["CT-TRM-003"] == "[OFF,OWO] T1[4.8]=1; TAA; [OWO] P1(GAC1)=80; [OFF] P1(GAC1)=00"
    assert printed["CT-ONL-013"] == "N(GAC2)=1; OUT=ON_DEC; H(REV)"


@pytest.mark.parametrize(
    "condition, sale, expected",
    [
        (happens(SALE), online_sale(), PASS),
        (happens(SALE), Sale(), FAIL),
        (happens(SALE, 1), online_sale(), PASS),
        (happens(SALE, 2), online_sale(), FAIL),
        (never(SALE), Sale(), PASS),
        (never(SALE), online_sale(), FAIL),
        (in_order(GPO, RR, GAC1), Sale(), PASS),
        (in_order(RR, GPO), Sale(), FAIL),
        (in_order(RR.time(3), GAC1), Sale(), PASS),
        (in_order(RR.time(4), GAC1), Sale(), FAIL),
        (in_order(SALE, REVERSAL), online_sale(reversed=True), PASS),
        (in_order(SALE, REVERSAL), online_sale(), FAIL),
    ],
)
def test_happenings_and_orders(condition: Condition, sale: Sale, expected: Verdict) -> None:
    """What happened, how often, and in which order."""
    assert verdicts(condition, sale) == [expected]


def test_an_order_is_open_until_the_end() -> None:
    """What is missing may still come while the recording runs."""
    tape = Tape()
    tape.sign_on()
    purchase(tape, online_sale(), reported=False)
    condition = in_order(SALE, REVERSAL)
    assert [each.verdict for each in condition.judge(tape.attempt())] == [INCONCLUSIVE]
    assert condition.notation == "ORD(0200<0400)"
    assert in_order(SALE, REVERSAL, SALE.time(2)).notation == "ORD(0200<0400<0200#2)"


def test_an_order_counts_over_the_transactions() -> None:
    """The second 0200 is that of the second transaction."""
    sales = (online_sale(reversed=True), online_sale(number="55667788", stan="000003"))
    assert verdicts(in_order(SALE, REVERSAL, SALE.time(2)), *sales) == [PASS]
    assert verdicts(in_order(SALE, SALE.time(2), REVERSAL), *sales) == [FAIL]


EXPIRED = "0040000000"


@pytest.mark.parametrize(
    "sale, expected",
    [
        (Sale(), [PASS, PASS]),
        (online_sale(), [PASS, PASS]),
        (online_sale(tvr=EXPIRED), [PASS, PASS]),
        # Asks for a TC where the codes say online.
        (Sale(tvr=EXPIRED), [FAIL, PASS]),
        # Asks for more than it must.
        (Sale(tvr=EXPIRED, p1="00", cid="00", outcome="DECLINED"), [FAIL, PASS]),
        # Approves what the card declined, declines what it approved.
        (Sale(cid="00"), [PASS, FAIL]),
        (Sale(outcome="DECLINED"), [PASS, FAIL]),
        (online_sale(cid_2="00", outcome="APPROVED"), [PASS, FAIL]),
        (Sale(outcome="SOMETHING"), [PASS, INCONCLUSIVE]),
        (Sale(p1="", outcome="TERMINATED"), [INCONCLUSIVE]),
        (Sale(cdol1="9F0206"), [INCONCLUSIVE, PASS]),
        (Sale(objects={0x9F0E: "00"}), [INCONCLUSIVE, PASS]),
    ],
)
def test_taa_compares_with_the_model(sale: Sale, expected: list[Verdict]) -> None:
    """The decision is the model's, and the outcome follows from the card's answer."""
    assert verdicts(TAA, sale) == expected


def test_taa_uses_the_settings_in_force() -> None:
    """A TAC that the terminal acknowledged counts, not the one of its ICS."""
    tape = Tape()
    tape.sign_on()
    tape.setting(tac_denial=EXPIRED)
    sale = Sale(tvr=EXPIRED, p1="00", cid="00", outcome="DECLINED")
    purchase(tape, sale)
    assert [each.verdict for each in TAA.judge(tape.attempt())] == [PASS, PASS]


def test_taa_lets_an_inquiry_and_ecash_go_online() -> None:
    """Exceptions of INV-03: an inquiry is always online, e-cash may be."""
    assert verdicts(TAA, online_sale(tvr="0000000000", sent={0x9C: "31"}))[0] is PASS
    assert verdicts(TAA, online_sale(tvr="0000000000"))[0] is FAIL
    ecash = {0x9F74: "454343303031"}
    assert verdicts(TAA, online_sale(tvr="0000000000", objects=ecash))[0] is PASS


@pytest.mark.parametrize(
    "claims, sale, good",
    [
        (OWO, Sale(), True),
        (OWO, online_sale(), False),
        (OWO, Sale(tvr="0000001000"), False),
        (OWO, Sale(outcome="DECLINED"), False),
        ({"online-only", "dda"}, online_sale(tvr="0000000000"), True),
        ({"online-only"}, online_sale(tvr="8000000000"), True),
        ({"online-only", "dda"}, online_sale(tvr="8000000000"), False),
        ({"online-only"}, online_sale(authorised=False), False),
        ({"offline-only"}, Sale(), True),
    ],
)
def test_base_is_the_success_of_the_class(claims: set[str], sale: Sale, good: bool) -> None:  # noqa: FBT001  parametrised
    """Approved offline or online by class, with a clean TVR but for what is tolerated."""
    attempt = attempt_of(sale, claims=frozenset(claims))
    found = {each.verdict for each in BASE.judge(attempt)}
    assert found == {PASS} if good else FAIL in found
    assert {each.condition for each in BASE.judge(attempt)} == {"BASE"}


def test_base_tolerates_what_a_row_mentions_and_what_a_switch_allows() -> None:
    """A row judges its own bits; SDA selected is allowed where the ICS says EMV 4.2."""
    assert FAIL not in verdicts(base("4.5"), Sale(tvr="0000001000"))
    newer = attempt_of(Sale(tvr="0200000000"), switches={"tvr-sda-selected": "emv-4.2"})
    assert {each.verdict for each in BASE.judge(newer)} == {PASS}
    assert FAIL in verdicts(BASE, Sale(tvr="0200000000"))


def test_the_class_may_be_told_by_the_terminal_type() -> None:
    """Without a class claim 9F35 decides; without both TAA is open."""
    sale = Sale(tvr=EXPIRED, p1="00", cid="00", outcome="DECLINED")
    offline = {**SETTINGS, "terminal-type": "23"}
    judged = TAA.judge(attempt_of(sale, claims=frozenset(), settings=offline))
    assert [each.verdict for each in judged] == [PASS, PASS]
    judged = TAA.judge(attempt_of(sale, claims=frozenset(), settings={}))
    assert judged[0].verdict is INCONCLUSIVE
