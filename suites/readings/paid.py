"""What a biller was told: payments of bills, and what took them back (kiosk facts, 3.2)."""

from collections.abc import Iterator
from dataclasses import dataclass

from adapters.codec import bill_lines
from adapters.codec.bill_lines import Answer, Ask, Outcome, Question
from adapters.codec.errors import RemoteProtocolError
from adapters.events import Direction, Kind, Port
from suites.attempt import Attempt
from suites.readings.once import once
from suites.readings.transactions import numbered

TAKE_BACK = frozenset((Ask.REVERSE, Ask.REFUND))


@dataclass(frozen=True, slots=True)
class Told:
    """A question of the kiosk and its answer, `ok` if the biller did what was asked."""

    question: Question
    ok: bool
    payment: str
    transaction: int
    events: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment the biller took: of which bill, how much, for which card transaction (`rrn`)."""

    transaction: int
    bill: str
    amount: int
    rrn: str
    taken_back: bool
    events: tuple[int, ...]


@once
def told(attempt: Attempt) -> tuple[Told, ...]:
    """Every question that can be read, in order; without an answer it is not `ok`."""
    return tuple(_told(attempt))


@once
def payments(attempt: Attempt) -> tuple[Payment, ...]:
    """Every payment that was taken, each once however often it was asked for."""
    found = told(attempt)
    undone = {
        str(each.question.members["payment"]): each.events
        for each in found
        if each.question.ask in TAKE_BACK and each.ok
    }
    taken: dict[str, Payment] = {}
    for each in found:
        if each.question.ask is not Ask.PAY or not each.ok:
            continue
        members = each.question.members
        payment = Payment(
            transaction=each.transaction,
            bill=str(members["bill"]),
            amount=int(members["amount"]),
            rrn=str(members["rrn"]),
            taken_back=each.payment in undone,
            events=each.events + undone.get(each.payment, ()),
        )
        taken.setdefault(each.payment, payment)
    return tuple(taken.values())


def _told(attempt: Attempt) -> Iterator[Told]:
    lines = [
        (event, number)
        for event, number in numbered(attempt)
        if event.port is Port.BILLER and event.kind is Kind.MESSAGE
    ]
    answers: dict[str, tuple[Answer, int]] = {}
    for event, _ in lines:
        said = _read(event.data)
        if event.direction is Direction.TO_IUT and isinstance(said, Answer):
            answers.setdefault(said.ref, (said, event.seq))
    for event, number in lines:
        asked = _read(event.data)
        if event.direction is not Direction.FROM_IUT or not isinstance(asked, Question):
            continue
        answer, seq = answers.get(asked.ref, (SILENCE, event.seq))
        yield Told(
            question=asked,
            ok=answer.outcome is Outcome.OK,
            payment=str(answer.members.get("payment", asked.ref)),
            transaction=number,
            events=(event.seq, seq),
        )


SILENCE = Answer(Outcome.REFUSED, "", {})


def _read(line: bytes) -> Question | Answer:
    try:
        return bill_lines.decode(line)
    except RemoteProtocolError:
        return SILENCE
