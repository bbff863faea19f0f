"""A sale as all parties tell of it: what the terminal reported, the card gave, hosts were asked."""

from dataclasses import dataclass

from adapters.events import Port
from suites.readings.asked import Asked, asked
from suites.readings.given import Commitment, commitments
from suites.readings.outcome import Ending
from suites.readings.paid import Payment, payments
from suites.readings.scene import Scene

MINOR = 100
AMOUNT, CASHBACK = "amount", "cashback"


@dataclass(frozen=True, slots=True)
class Sale:
    """A transaction whose end was reported: what the terminal says it took, and what others say.

    `sums` are what it may be in minor units, for cashback stands apart or within; none if the act
    named no amount.
    """

    scene: Scene
    ending: Ending
    sums: frozenset[int]
    reported: tuple[int, ...]
    given: tuple[Commitment, ...]
    paid: tuple[Payment, ...]

    def asked(self, leg: Port) -> tuple[Asked, ...]:
        found = asked(self.scene.attempt, leg)
        return tuple(each for each in found if each.transaction == self.scene.number)

    def granted(self, leg: Port) -> bool:
        """Whether a host of this leg granted anything of it."""
        return any(each.granted for each in self.asked(leg))

    @property
    def offline(self) -> bool:
        """Approved, and no host granted it."""
        return self.approved and not self.granted(Port.HOST_T)

    @property
    def approved(self) -> bool:
        return self.ending.approved

    def is_right(self, amount: int) -> bool:
        """Whether a party holds what the terminal approved, as far as the act named it."""
        return amount in self.sums if self.sums else amount > 0


def sales(scenes: tuple[Scene, ...]) -> tuple[Sale, ...]:
    """Each transaction with a known end, in order."""
    return tuple(
        _sale(scene, seen.value, seen.events) for scene in scenes for seen in scene.endings
    )


def _sale(scene: Scene, ending: Ending, reported: tuple[int, ...]) -> Sale:
    named = [scene.transaction.arguments.get(each) for each in (AMOUNT, CASHBACK)]
    amount, cashback = (each if isinstance(each, int) else 0 for each in named)
    sums = {amount, amount + cashback} if isinstance(named[0], int) else set()
    mine = [each for each in commitments(scene.attempt) if each.transaction == scene.number]
    requests = asked(scene.attempt, Port.HOST_T)
    references = {each.reference for each in requests if each.transaction == scene.number} - {""}
    paid = [
        each
        for each in payments(scene.attempt)
        if each.rrn in references or each.transaction == scene.number
    ]
    return Sale(scene, ending, frozenset(sums), reported[-1:], tuple(mine), tuple(paid))


def money(amount: int) -> str:
    """Minor units as people read them."""
    return f"{amount // MINOR}.{amount % MINOR:02d}"
