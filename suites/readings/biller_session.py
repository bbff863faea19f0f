"""What crossed the biller's port: bills asked for, payments told, written off, taken back (3.2).

Nothing here raises: a line that is no message is left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from adapters.codec import bill_lines
from adapters.codec.bill_lines import Answer, Ask, Outcome, Question
from adapters.codec.errors import RemoteProtocolError
from adapters.events import Direction, Kind, Port
from suites.attempt import Attempt
from suites.readings.once import once
from suites.readings.reading import Occurrence, Seen
from suites.readings.transactions import numbered

NEEDS = frozenset((Port.BILLER,))


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the kiosk, with the biller's answer to it; () where none came."""

    question: Question
    answers: tuple[Answer, ...]
    events: tuple[int, ...]
    transaction: int

    @property
    def done(self) -> bool:
        """The biller said that it is so."""
        return any(each.outcome is Outcome.OK for each in self.answers)


@dataclass(frozen=True, slots=True)
class PaymentTold:
    """A payment as the biller was told of it, and what became of it by its own answers."""

    ref: str
    bill: str
    amount: int
    rrn: str
    events: tuple[int, ...]
    transaction: int
    taken: bool = False
    written_off: bool = False
    withdrawn: bool = False

    @property
    def stands(self) -> bool:
        """The biller holds the bill for paid, written off already or not yet."""
        return self.taken and not self.withdrawn

    @property
    def completed(self) -> bool:
        return self.written_off and not self.withdrawn


@once
def asked(attempt: Attempt) -> tuple[Asked, ...]:
    """Every question to the biller, in order."""
    found: list[Asked] = []
    for event, number in numbered(attempt):
        if event.port is not Port.BILLER or event.kind is not Kind.MESSAGE:
            continue
        try:
            line = bill_lines.decode(event.data)
        except RemoteProtocolError:
            continue
        if event.direction is Direction.FROM_IUT and isinstance(line, Question):
            found.append(Asked(line, (), (event.seq,), number))
        elif event.direction is Direction.TO_IUT and isinstance(line, Answer):
            _answered(found, line, event.seq)
    return tuple(found)


def _answered(found: list[Asked], answer: Answer, event: int) -> None:
    """The last question with the answer's reference has it; a question is answered once."""
    for at, each in reversed(tuple(enumerate(found))):
        if each.question.ref == answer.ref and not each.answers:
            found[at] = replace(each, answers=(answer,), events=(*each.events, event))
            return


def of(attempt: Attempt, ask: Ask) -> Iterator[Asked]:
    """The questions of one kind."""
    return (each for each in asked(attempt) if each.question.ask is ask)


@once
def bills(attempt: Attempt) -> tuple[Seen[tuple[str, int]], ...]:
    """Number and amount of every bill that the biller told."""
    return tuple(
        Seen(
            (str(answer.members["bill"]), int(answer.members["amount"])),
            each.events,
            each.transaction,
        )
        for each in of(attempt, Ask.QUERY)
        for answer in each.answers
        if "bill" in answer.members and "amount" in answer.members
    )


@once
def payments(attempt: Attempt) -> tuple[PaymentTold, ...]:
    """Every payment that the biller was told of, each once, however often it was told."""
    found: dict[str, PaymentTold] = {}
    for each in asked(attempt):
        members = each.question.members
        if each.question.ask is Ask.PAY:
            ref = each.question.ref
            told = found.get(ref) or PaymentTold(
                ref=ref,
                bill=str(members["bill"]),
                amount=int(members["amount"]),
                rrn=str(members["rrn"]),
                events=(),
                transaction=each.transaction,
            )
            found[ref] = _with(told, each, taken=told.taken or each.done)
        elif str(members.get("payment", "")) in found and each.question.ask in BECAME:
            told = found[str(members["payment"])]
            became = {BECAME[each.question.ask]: True} if each.done else {}
            found[told.ref] = _with(told, each, **became)
    return tuple(found.values())


BECAME = {Ask.CONFIRM: "written_off", Ask.REVERSE: "withdrawn", Ask.REFUND: "withdrawn"}


def _with(told: PaymentTold, by: Asked, **changes: bool) -> PaymentTold:
    return replace(told, events=(*told.events, *by.events), **changes)  # type: ignore[arg-type]  # only flags change


def _occurrence(notation: str, which: str) -> Occurrence:
    def find(attempt: Attempt) -> tuple[Seen[str], ...]:
        return tuple(
            Seen(each.bill, each.events, each.transaction)
            for each in payments(attempt)
            if getattr(each, which)
        )

    # What a kiosk owes its biller may follow the end of the transaction, as a reversal may.
    return Occurrence(notation, find, NEEDS, owed=True, whole=True)


# How often bills are written off and stay so; how often the biller holds one for paid.
WRITTEN_OFF = _occurrence("BILL(written off)", "completed")
PAID = _occurrence("BILL(paid)", "stands")
UNPAID = PAID.be(0)
