"""What a card number is, and the list of those that may be recorded."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import accumulate

# ISO/IEC 7812-1 allows 19 digits at most; no bank card has fewer than 13.
PAN_DIGITS = range(13, 20)
# UnionPay numbers: below a listed BIN no other length is taken for a test card's.
BIN_PAN_DIGITS = range(16, 20)
FIRST, LAST = 6, 4
# The digit sum of twice a digit.
DOUBLED = str.maketrans("0123456789", "0246813579")


@dataclass(frozen=True, slots=True)
class ListedNumbers:
    """Numbers that may be recorded: single ones, and all of 16 to 19 digits below a test BIN."""

    pans: frozenset[str]
    bins: frozenset[str] = frozenset()

    def __contains__(self, pan: object) -> bool:
        if not isinstance(pan, str):
            return False
        below = len(pan) in BIN_PAN_DIGITS and pan.startswith(tuple(self.bins))
        return pan in self.pans or (below and luhn(pan))

    def __iter__(self) -> Iterator[str]:
        return iter(self.pans)

    def __len__(self) -> int:
        return len(self.pans)


def listed(numbers: Collection[str]) -> ListedNumbers:
    """The list itself, or one of these single numbers."""
    return numbers if isinstance(numbers, ListedNumbers) else ListedNumbers(frozenset(numbers))


def luhn(digits: str) -> bool:
    """Whether the last digit is the check digit of the others (ISO/IEC 7812-1)."""
    backwards = digits[::-1]
    doubled = backwards[1::2].translate(DOUBLED)
    return (sum(map(int, backwards[::2])) + sum(map(int, doubled))) % 10 == 0


def luhn_spans(run: str) -> Iterator[tuple[int, int]]:
    """Where in decimal digits 13 to 19 of them have a right check digit and do not begin with 0.

    ISO/IEC 7812-1 keeps 0 for its own committee: amounts and counters begin so, cards do not. Nor
    does any begin with one digit and nothing but zeros: that is a length, and what it counts.
    """
    plain = list(map(int, run))
    doubled = list(map(int, run.translate(DOUBLED)))
    # The check digit stands last: every second digit counted from it is doubled.
    sums = [
        [0, *accumulate(doubled[at] if at % 2 == parity else plain[at] for at in range(len(run)))]
        for parity in (0, 1)
    ]
    for start, first in enumerate(plain):
        if not first:
            continue
        for end in range(start + PAN_DIGITS[0], min(start + PAN_DIGITS[-1], len(run)) + 1):
            right = (sums[end % 2][end] - sums[end % 2][start]) % 10 == 0
            if right and run[start + 1 : end - 1].strip("0"):
                yield start, end


def masked(digits: str) -> str:
    """Card number with its middle hidden; all of it where too little would stay hidden."""
    hidden = len(digits) - FIRST - LAST
    if hidden <= 0:
        return "*" * len(digits)
    return digits[:FIRST] + "*" * hidden + digits[-LAST:]
