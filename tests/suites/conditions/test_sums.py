"""INV-19: each party that holds another sum is found, and what is pending is not blamed."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from adapters.codec import bill_lines, cups_link, iso8583, pos_fields
from adapters.codec.bill_lines import Answer, Ask, Question
from adapters.codec.cups_dialect import CUPS
from adapters.codec.iso8583 import Message
from adapters.codec.pos_fields import Original61, Settlement, Totals
from adapters.events import Direction, Kind, Port
from fixtures.acquirer.answers import Answers
from fixtures.acquirer.switch_sealing import CupsAnswers
from fixtures.cards.bc import BC, BC_EC
from fixtures.cards.deviations import AsIfAsked
from suites.attempt import Attempt
from suites.conditions.invariants import INVARIANTS
from suites.finding import Finding, Verdict
from tests.suites.conditions.on_emulated import OVER, Act, buy, direct, indirect
from tests.suites.recordings import (
    FACTS,
    Sale,
    Tape,
    attempt_of,
    online_sale,
    purchase,
    reverse,
    tlv,
)

INV_19 = INVARIANTS["INV-19"]
HELD, SWITCHED = online_sale(), 20_000
DECLINED = online_sale(cid_2="00", outcome="DECLINED")
LATER = replace(FACTS, settings={**FACTS.settings, "reversal": "before-next"})
RRN = "093015000001"


def failed(attempt: Attempt) -> list[str]:
    """Which party holds what it should not, by the key of what was observed."""
    return [each.observed.key for each in found(attempt) if each.verdict is Verdict.FAIL]


def found(attempt: Attempt) -> tuple[Finding, ...]:
    return INV_19.judge(attempt)


# -- terminal, card, host --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sales",
    [
        (Sale(),),
        (HELD,),
        (online_sale(cid_2="00", outcome="DECLINED", reversed=True),),
        (online_sale(de39="51", outcome="DECLINED", p1_2="00", cid_2="00"),),
        (online_sale(answered=False, outcome="DECLINED", p1_2="00", cid_2="00", reversed=True),),
        (Sale(), HELD, replace(HELD, stan="000003")),
    ],
)
def test_sums_that_agree(sales: tuple[Sale, ...]) -> None:
    """Offline, online, reversed, declined, unanswered and reversed, one after the other."""
    assert [each.verdict for each in found(attempt_of(*sales))] == [Verdict.PASS]


@pytest.mark.parametrize(
    "sale, party",
    [
        # The card gave a TC for another sum.
        (Sale(sent={0x9F02: "000000004000"}), "card-sum"),
        # The host granted it, the terminal says no, nobody reverses.
        (DECLINED, "host-sum"),
        # The terminal sells what it had reversed.
        (replace(DECLINED, reversed=True, outcome="APPROVED"), "host-sum"),
        # The host was asked for another sum.
        (online_sale(de4="000000020001"), "host-sum"),
        # Nobody answered, and the host may hold it.
        (online_sale(answered=False, outcome="DECLINED", p1_2="00", cid_2="00"), "host-sum"),
        # What answered was no answer: its MAC is wrong.
        (online_sale(good_mac=False, outcome="DECLINED", p1_2="00", cid_2="00"), "host-sum"),
    ],
)
def test_a_party_that_holds_another_sum_is_named(sale: Sale, party: str) -> None:
    """Card and host, each where it differs."""
    assert party in failed(attempt_of(sale))


def test_a_reversal_that_may_still_come_is_no_difference() -> None:
    """The end was recorded, the chance to reverse was not."""
    tape = Tape()
    tape.sign_on()
    purchase(tape, DECLINED)
    assert found(replace(tape.attempt(), facts=LATER)) == ()
    tape.settle()
    assert failed(replace(tape.attempt(), facts=LATER)) == ["host-sum"]


def test_a_transaction_without_its_end_says_nothing() -> None:
    """Neither approved nor declined: nobody holds too much."""
    tape = Tape()
    tape.sign_on()
    purchase(tape, DECLINED, reported=False)
    assert found(tape.attempt()) == ()
    assert found(Tape().attempt()) == ()


def test_a_reversal_of_another_sum_is_none() -> None:
    """It takes back what was asked for, no more and no less."""
    tape = Tape()
    tape.sign_on()
    purchase(tape, DECLINED, reported=False)
    reverse(tape, replace(DECLINED, de4="000000019999"))
    tape.report("DECLINED")
    tape.settle()
    assert failed(tape.attempt()) == ["reversal-sum"]


@pytest.mark.parametrize(
    "receipt, expected",
    [("金额 RMB 50.00", []), ("金额 RMB 5.00", ["receipt-sum"]), ("11-03-15 金额", [])],
)
def test_the_slip_says_what_was_approved(receipt: str, expected: list[str]) -> None:
    """Where it says a sum at all."""
    tape = Tape()
    tape.sign_on()
    purchase(tape, Sale(), reported=False)
    detail: dict[str, str | int] = {"outcome": "APPROVED", "receipt": receipt}
    tape.put(Port.OPERATOR, Direction.FROM_IUT, Kind.REPORT, detail=detail)
    assert failed(tape.attempt()) == expected


def test_more_approved_offline_than_cards_gave() -> None:
    """A torn transaction that is approved without a TC is too much, with one it is not."""
    without = Sale(p1="", outcome="APPROVED")
    assert failed(attempt_of(without)) == ["card-sum"]
    assert failed(attempt_of(Sale(outcome="RETAP"), without)) == []


# -- voids, refunds, batches -----------------------------------------------------------------------


def void(tape: Tape, amount: int, stan: str, mti: str = "0200") -> None:
    """A void or a refund of the sale with STAN 000002, granted by the host."""
    original = pos_fields.encode_61(Original61("000001", "000002"))
    common: dict[int, str | bytes] = {3: "200000", 4: f"{amount:012}", 11: stan, 60: "23000001000"}
    common |= {25: "00", 41: "10000001", 42: "898340153110001", 49: "156"}
    tape.put(Port.OPERATOR, Direction.TO_IUT, Kind.ACT, detail={"verb": "void"})
    tape.frame(Message(mti, {**common, 61: original, 64: bytes(8)}))
    answer = f"{int(mti) + 10:04}"
    tape.frame(Message(answer, {**common, 39: "00", 64: bytes(8)}), answer=True)
    tape.report("APPROVED")


@pytest.mark.parametrize(
    "back, expected",
    [
        ((20_000,), []),
        ((5_000, 15_000), []),
        ((20_001,), ["sum-back"]),
        ((20_000, 20_000), ["sum-back"]),
    ],
)
def test_no_more_is_given_back_than_was_taken(back: tuple[int, ...], expected: list[str]) -> None:
    """Voids and refunds of one sale together."""
    tape = Tape()
    tape.sign_on()
    purchase(tape, HELD)
    for number, amount in enumerate(back, 3):
        void(tape, amount, f"{number:06}", "0220")
    tape.settle()
    assert failed(tape.attempt()) == expected


def test_a_reversed_sale_has_nothing_to_give_back() -> None:
    """Who voids it all the same gives money away."""
    tape = Tape()
    tape.sign_on()
    purchase(tape, replace(DECLINED, reversed=True))
    void(tape, 20_000, "000003")
    tape.settle()
    assert "sum-back" in failed(tape.attempt())


@dataclass(frozen=True)
class Batch:
    """An upload of the offline sale, and a settlement with these totals."""

    amount: int = 5_000
    stans: tuple[str, ...] = ("000005",)
    debits: int = 5_000
    ended: bool = True

    def play(self, tape: Tape) -> None:
        for stan in self.stans:
            fields: dict[int, str | bytes] = {4: f"{self.amount:012}", 11: stan}
            de55 = tlv(0x9F26, "0102030405060708") + tlv(0x9F36, "0001")
            tape.frame(Message("0200", {**fields, 55: de55, 60: "36000001000501"}))
        totals = Settlement(Totals(self.debits, 1, 0, 0), Totals(0, 0, 0, 0))
        told = pos_fields.encode_settlement(totals)
        tape.frame(Message("0500", {11: "000006", 48: told, 60: "00000001201"}))
        if self.ended:
            tape.frame(Message("0320", {11: "000007", 48: "0001", 60: "00000001207"}))
            answer = Message("0330", {11: "000007", 39: "00", 60: "00000001207"})
            tape.frame(answer, answer=True)


@pytest.mark.parametrize(
    "batch, expected",
    [
        (Batch(), []),
        (Batch(stans=("000005", "000005")), []),
        (Batch(debits=9_000), []),
        (Batch(amount=4_999), ["upload-sum"]),
        (Batch(stans=("000005", "000006")), ["upload-sum"]),
        (Batch(stans=()), ["not-uploaded"]),
        (Batch(stans=(), ended=False), []),
        (Batch(debits=4_999), ["debit-total"]),
    ],
)
def test_a_batch_holds_what_was_sold(batch: Batch, expected: list[str]) -> None:
    """Uploaded once, with its sum, in the totals; pending until a settlement ended."""
    tape = Tape()
    tape.sign_on()
    purchase(tape, Sale())
    tape.settle()
    batch.play(tape)
    assert failed(tape.attempt()) == expected


def test_between_two_settlements_the_totals_are_exact() -> None:
    """After the first ended nothing older can be in the second."""
    tape = Tape()
    tape.sign_on()
    tape.settle()
    Batch(stans=(), debits=100).play(tape)
    tape.phase("body")
    purchase(tape, Sale())
    tape.settle()
    Batch(debits=9_000).play(tape)
    assert failed(tape.attempt()) == ["debit-total"]


def test_what_was_declined_is_not_uploaded() -> None:
    """The TC came, the terminal said no, and told the host of a sale."""
    tape = Tape()
    tape.sign_on()
    purchase(tape, Sale(outcome="DECLINED"))
    tape.settle()
    Batch().play(tape)
    assert failed(tape.attempt()) == ["upload-sum"]


# -- e-cash ----------------------------------------------------------------------------------------


def balance(amount: int) -> tuple[str, str]:
    """A GET DATA of 9F79 and its answer."""
    return "80CA9F7900", (tlv(0x9F79, f"{amount:012}") + b"\x90\x00").hex()


@pytest.mark.parametrize(
    "left, sold, expected",
    [
        (25_000, "APPROVED", []),
        (20_000, "APPROVED", ["balance-change"]),
        (30_000, "APPROVED", ["balance-change"]),
        (25_000, "DECLINED", ["balance-change"]),
        (25_000, "RETAP", []),
    ],
)
def test_the_balance_falls_by_what_was_sold(left: int, sold: str, expected: list[str]) -> None:
    """Once, by its sum; a sale that waits for the card says nothing yet."""
    tape = Tape()
    tape.sign_on()
    ecash = {0x9F74: b"ECC001".hex()}
    purchase(tape, Sale(objects=ecash, before=(balance(30_000),), outcome=sold))
    purchase(tape, Sale(objects=ecash, before=(balance(left),), p1="", outcome="TERMINATED"))
    tape.settle()
    assert failed(tape.attempt()) == expected


# -- the switch ------------------------------------------------------------------------------------


def switched(tape: Tape, message: Message, *, answer: bool = False) -> None:
    header = cups_link.Header(2, 0, "00010000", "03050001", "000", 1, "00000000", 0)
    data = cups_link.encode(cups_link.framed(header, iso8583.encode(message, CUPS)))
    direction = Direction.TO_IUT if answer else Direction.FROM_IUT
    tape.put(Port.HOST_S, direction, Kind.MESSAGE, data)


def asked_of_switch(
    tape: Tape, *, amount: int = SWITCHED, answers: bool = True, reverses: bool = False
) -> None:
    """A sale at the switch behind the front end, with STAN 700001 of its own."""
    fields: dict[int, str | bytes] = {3: "000000", 4: f"{amount:012}", 7: "0315093015"}
    switched(tape, Message("0200", {**fields, 11: "700001"}))
    if answers:
        switched(tape, Message("0210", {**fields, 11: "700001", 39: "00"}), answer=True)
    if reverses:
        original = "0200" + "700001" + "0315093015" + "0" * 22
        switched(tape, Message("0420", {**fields, 11: "700002", 90: original}))


@pytest.mark.parametrize(
    "sale, asks, expected",
    [
        (HELD, {}, []),
        (HELD, {"amount": 19_999}, ["switch-sum"]),
        (HELD, {"answers": False}, ["switch-sum"]),
        (HELD, {"reverses": True}, ["switch-sum"]),
        (replace(DECLINED, reversed=True), {"reverses": True}, []),
        (replace(DECLINED, reversed=True), {}, ["switch-sum"]),
        (replace(DECLINED, reversed=True), {"answers": False}, ["switch-sum"]),
    ],
)
def test_the_switch_holds_what_the_terminal_sold(
    sale: Sale, asks: dict[str, bool], expected: list[str]
) -> None:
    """Both legs of an indirect POS: the front end loses and invents nothing."""
    tape = Tape()
    tape.sign_on()
    purchase(tape, sale, reported=False)
    asked_of_switch(tape, **asks)
    tape.report(sale.outcome)
    tape.settle()
    assert failed(tape.attempt()) == expected


# -- the biller ------------------------------------------------------------------------------------


def tell(tape: Tape, ask: Ask, ref: str, **members: str | int) -> None:
    """A question to the biller and its ok."""
    line = bill_lines.encode(Question(ask, ref, members))
    tape.put(Port.BILLER, Direction.FROM_IUT, Kind.MESSAGE, line)
    payment = {} if ask is Ask.QUERY else {"payment": str(members.get("payment", ref))}
    said = bill_lines.encode(Answer(bill_lines.Outcome.OK, ref, payment))
    tape.put(Port.BILLER, Direction.TO_IUT, Kind.MESSAGE, said)


def query(tape: Tape) -> None:
    tell(tape, Ask.QUERY, "q1", service="water", account="0561000123")


def pay(tape: Tape, amount: int = SWITCHED, ref: str = "p1") -> None:
    tell(tape, Ask.PAY, ref, bill="B1", amount=amount, rrn=RRN)


def take_back(tape: Tape) -> None:
    tell(tape, Ask.REVERSE, "r1", payment="p1")


def pay_less(tape: Tape) -> None:
    pay(tape, SWITCHED - 1)


def pay_again(tape: Tape) -> None:
    pay(tape, ref="p2")


@pytest.mark.parametrize(
    "sale, steps, expected",
    [
        (HELD, (query, pay), []),
        (HELD, (query,), ["biller-sum"]),
        (HELD, (query, pay_less), ["biller-sum"]),
        (HELD, (query, pay, pay_again), ["biller-sum"]),
        (HELD, (query, pay, take_back), []),
        (replace(DECLINED, reversed=True), (query, pay), ["biller-sum"]),
        (replace(DECLINED, reversed=True), (query, pay, take_back), []),
        (replace(DECLINED, reversed=True), (query,), []),
    ],
)
def test_the_biller_is_paid_what_the_card_paid(
    sale: Sale, steps: tuple[Callable[[Tape], None], ...], expected: list[str]
) -> None:
    """A bill is written off for money, once, or for none."""
    tape = Tape()
    tape.sign_on()
    purchase(tape, sale, reported=False)
    for step in steps:
        step(tape)
    tape.report(sale.outcome)
    tape.settle()
    assert failed(tape.attempt()) == expected


# -- emulated devices ------------------------------------------------------------------------------

SETTLEMENT: Act = ("settlement", {})
VOID: Act = ("void", {})
BALANCE: Act = ("e-cash balance", {})
REFUND: Act = ("refund", {"amount": 5_000})
CARD_DECLINES = BC.answering(bytes.fromhex("80AE"), AsIfAsked(0), nth=2)
SILENT = {"sale": Answers(silence=True)}
SWITCH_SILENT = {"sale": CupsAnswers(silence=True)}


@pytest.mark.parametrize(
    "made",
    [
        lambda: direct(buy(), buy(OVER), SETTLEMENT, buy(), SETTLEMENT),
        lambda: direct(buy(OVER), REFUND, VOID, REFUND, SETTLEMENT),
        lambda: direct(buy(OVER), VOID, SETTLEMENT),
        lambda: direct(buy(OVER), buy(OVER), image=CARD_DECLINES),
        lambda: direct(buy(OVER), answers=SILENT),
        lambda: direct(buy(1_000), BALANCE, buy(1_000), BALANCE, SETTLEMENT, image=BC_EC),
        lambda: indirect(buy(), buy(OVER), SETTLEMENT),
        lambda: indirect(buy(OVER), buy(OVER), image=CARD_DECLINES),
        lambda: indirect(buy(OVER), answers=SWITCH_SILENT),
    ],
)
def test_sums_of_conforming_devices_agree(made: Callable[[], Attempt]) -> None:
    """Batches, voids, refunds, reversals and e-cash, on one leg and on two."""
    assert [each.verdict for each in found(made())] == [Verdict.PASS]


@pytest.mark.parametrize(
    "made, party",
    [
        (
            lambda: direct(
                buy(OVER), defect="no-reversal-after-card-decline", image=CARD_DECLINES
            ),
            "host-sum",
        ),
        (
            lambda: direct(buy(OVER), defect="no-reversal-after-no-answer", answers=SILENT),
            "host-sum",
        ),
        (
            lambda: direct(buy(OVER), defect="approval-shown-after-aac", image=CARD_DECLINES),
            "host-sum",
        ),
        (lambda: direct(buy(), SETTLEMENT, defect="offline-sales-not-uploaded"), "not-uploaded"),
        (
            lambda: indirect(
                buy(OVER), defect="front-end-silence-approved", answers=SWITCH_SILENT
            ),
            "switch-sum",
        ),
        (
            lambda: indirect(
                buy(OVER), defect="front-end-no-own-reversal", answers=SWITCH_SILENT
            ),
            "switch-sum",
        ),
        (
            lambda: indirect(buy(OVER), defect="front-end-reversal-kept", image=CARD_DECLINES),
            "switch-sum",
        ),
        (
            lambda: indirect(
                buy(OVER),
                defect="front-end-trouble-approved",
                answers={"sale": CupsAnswers(de39="96")},
            ),
            "switch-sum",
        ),
        (
            lambda: indirect(buy(), SETTLEMENT, defect="front-end-upload-authorised-again"),
            "asked-again",
        ),
    ],
)
def test_a_device_whose_books_differ_is_caught(made: Callable[[], Attempt], party: str) -> None:
    """Each by the party that holds another sum."""
    assert party in failed(made())
