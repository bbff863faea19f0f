"""Recordings of a kiosk made by hand: its control line, its biller and its host."""

from dataclasses import dataclass
from itertools import count

from adapters.codec import bill_lines, kiosk_control
from adapters.codec.bill_lines import Ask, Outcome, Question
from adapters.codec.iso8583 import Message
from adapters.codec.kiosk_control import Answer, Happening, State, Value
from adapters.events import Direction, Event, Kind, Port, Stamp
from suites.acts import Verb
from suites.conditions.condition import Condition, worst
from suites.finding import Verdict
from tests.suites.recordings import Tape

BILL, AMOUNT = "201103-0004", 1_230
DE55 = bytes.fromhex("9F26080102030405060708")


@dataclass
class KioskTape(Tape):
    """Events as they are put on it, in the words of a kiosk."""

    def __post_init__(self) -> None:
        self._refs = count(1)
        self.sign_on()

    def verb(self, verb: Verb, **arguments: int) -> None:
        self.act(verb.value, **arguments)

    def done(self, **told: str | int) -> None:
        """The report of the act before."""
        detail = {"state": "IDLE", **told}
        self.put(Port.OPERATOR, Direction.FROM_IUT, Kind.REPORT, detail=detail)

    def happens(self, name: str, **details: Value) -> int:
        line = kiosk_control.encode(Happening(name, 1, 1, details))
        return self.put(Port.OPERATOR, Direction.FROM_IUT, Kind.MESSAGE, line)

    def enters(self, *states: State) -> None:
        for state in states:
            self.happens("state", **{"from": "IDLE", "to": state.value})

    def shows(self, *lines: str) -> int:
        return self.happens("screen", text=lines)

    def answers(self, **found: Value) -> int:
        line = kiosk_control.encode(Answer(1, found))
        return self.put(Port.OPERATOR, Direction.FROM_IUT, Kind.MESSAGE, line)

    def asks_biller(self, ask: Ask, ref: str, /, **members: str | int) -> int:
        line = bill_lines.encode(Question(ask, ref, members))
        return self.put(Port.BILLER, Direction.FROM_IUT, Kind.MESSAGE, line)

    def biller_says(self, outcome: Outcome, ref: str, /, **members: str | int) -> int:
        line = bill_lines.encode(bill_lines.Answer(outcome, ref, members))
        return self.put(Port.BILLER, Direction.TO_IUT, Kind.MESSAGE, line)

    def queries(self, amount: int = AMOUNT, *, account: str = "100004") -> None:
        """The act that begins a session, and the bill that the biller tells."""
        self.verb(Verb.QUERY_BILL)
        ref = f"Q{next(self._refs)}"
        self.asks_biller(Ask.QUERY, ref, service="water", account=account)
        self.biller_says(
            Outcome.OK, ref, bill=BILL, amount=amount, name="测试用户", period="201103"
        )
        self.enters(State.SHOW_BILL)
        self.done()

    def charges(self, amount: int = AMOUNT, *, stan: str = "000002", code: str = "00") -> None:
        """A request and its answer; no answer for code ""."""
        fields: dict[int, str | bytes] = {
            3: "000000", 4: f"{amount:012}", 11: stan, 22: "051", 25: "00",
            41: "10000001", 42: "898340153110001", 49: "156", 60: "22000001000501",
        }
        self.frame(Message("0200", {**fields, 55: DE55, 64: bytes(8)}))
        if code:
            told = {**fields, 37: rrn(stan), 39: code, 64: bytes(8)}
            self.frame(Message("0210", told), answer=True)

    def reverses(self, stan: str = "000002") -> None:
        fields: dict[int, str | bytes] = {
            3: "000000", 4: f"{AMOUNT:012}", 11: stan, 22: "051", 25: "00", 39: "06",
            41: "10000001", 42: "898340153110001", 49: "156", 60: "22000001000501",
        }
        self.frame(Message("0400", {**fields, 64: bytes(8)}))

    def tells(
        self,
        amount: int = AMOUNT,
        *,
        stan: str = "000002",
        ref: str = "K1",
        written_off: bool = True,
    ) -> None:
        """A payment told to the biller and taken; written off unless said otherwise."""
        self.asks_biller(Ask.PAY, ref, bill=BILL, amount=amount, rrn=rrn(stan))
        self.biller_says(Outcome.OK, ref, payment=ref, state="paid")
        if written_off:
            self.asks_biller(Ask.CONFIRM, f"C{ref}", payment=ref)
            self.biller_says(Outcome.OK, f"C{ref}", payment=ref, state="written-off")

    def withdraws(self, ask: Ask = Ask.REFUND, ref: str = "K1") -> None:
        self.asks_biller(ask, f"R{ref}", payment=ref)
        self.biller_says(Outcome.OK, f"R{ref}", payment=ref, state="refunded")

    def stamped(self, event: int, seconds: int) -> None:
        """When an event was recorded."""
        old = self.events[event - 1]
        stamp = Stamp(seconds * 1_000_000_000, "2011-03-15T09:30:00.000000Z")
        self.events[event - 1] = Event(
            old.seq, old.port, old.direction, old.kind, old.data, old.detail, stamp
        )


def rrn(stan: str) -> str:
    return f"031509{stan}"


def said(condition: Condition, tape: KioskTape, **facts: object) -> Verdict:
    """The worst of what a condition finds in a recording."""
    return worst(condition.judge(tape.attempt(**facts)))  # type: ignore[arg-type]  # tests name fields of Facts
