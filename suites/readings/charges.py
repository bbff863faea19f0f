"""What a kiosk charged: requests with their answers and their reversals (facts, 1.8 and 1.12)."""

from dataclasses import dataclass

from suites.attempt import Attempt
from suites.readings.host_session import HostMessage, answer_to, messages, of_kind, usable
from suites.readings.once import once

AMOUNT_4, TRACE_11, REFERENCE_37, PRIVATE_48, PRIVATE_62 = 4, 11, 37, 48, 62
# JR/T 0025.5 16: 00, 10 and 11 accept.
ACCEPTED = frozenset(("00", "10", "11"))


@dataclass(frozen=True, slots=True)
class Charge:
    """One request by its trace number; `rrn` is "" where no answer brought one.

    `private` is what fields 48 and 62 of the request say.
    """

    stan: str
    amount: int
    rrn: str
    private: str
    answered: bool
    approved: bool
    reversed: bool
    events: tuple[int, ...]
    transaction: int

    @property
    def moved(self) -> bool:
        """Money may have moved: it was approved, or nobody at the kiosk knows."""
        return self.approved or not self.answered


@once
def charges(attempt: Attempt) -> tuple[Charge, ...]:
    """Every financial request of a chip, in order."""
    return tuple(_charge(each, attempt) for each in of_kind(attempt, "AUTH"))


def _charge(request: HostMessage, attempt: Attempt) -> Charge:
    answers = [
        each for each in answer_to(request, messages(attempt)) if usable(each, request)
    ]
    stan = request.message.text(TRACE_11)
    reversals = [
        each
        for each in of_kind(attempt, "REV")
        if each.event > request.event and each.message.text(TRACE_11) == stan
    ]
    amount = request.message.text(AMOUNT_4)
    fields = request.message.fields
    said = (fields[number] for number in (PRIVATE_48, PRIVATE_62) if number in fields)
    return Charge(
        stan=stan,
        amount=int(amount) if amount.isdecimal() else 0,
        rrn=answers[0].message.text(REFERENCE_37) if answers else "",
        private=" ".join(map(_text, said)),
        answered=bool(answers),
        approved=any(each.response_code in ACCEPTED for each in answers),
        reversed=bool(reversals),
        events=tuple(each.event for each in (request, *answers, *reversals)),
        transaction=request.transaction,
    )


def _text(value: str | bytes) -> str:
    return value.decode("gb18030", "replace") if isinstance(value, bytes) else value
