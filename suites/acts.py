"""What merchant, cardholder and bench do at a device; a script is a tuple of acts, in order."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from suites.symbols import SMALL, Amount, Value
from suites.words import Title


class Verb(StrEnum):
    SIGN_ON = "sign on"
    PURCHASE = "purchase"
    SETTLE_PENDING = "settle pending"


# Beside the acts: what a person at the bench is asked to do.
PROMPTS = {
    Verb.SIGN_ON: Title("Sign the terminal on", "终端签到"),
    Verb.PURCHASE: Title(
        "Start a sale of {amount} and insert the card", "发起消费 {amount} 元并插卡"
    ),
    Verb.SETTLE_PENDING: Title(
        "Let the terminal send what it still owes the host (reversal)", "让终端补发未完成的冲正"
    ),
}


@dataclass(frozen=True, slots=True)
class Act:
    """A verb and its named arguments."""

    verb: Verb
    arguments: tuple[tuple[str, Value], ...] = ()

    def __str__(self) -> str:
        return " ".join((self.verb, *(f"{name}={value}" for name, value in self.arguments)))


def purchase(amount: Amount = SMALL) -> Act:
    """A sale, 9C = 00, of this amount in minor units."""
    return Act(Verb.PURCHASE, (("amount", amount),))


SIGNED_ON = Act(Verb.SIGN_ON)
PENDING_SETTLED = Act(Verb.SETTLE_PENDING)
# What is done with each kind of device before a case begins.
PREAMBLES: Mapping[str, tuple[Act, ...]] = {
    "direct-pos": (SIGNED_ON,),
    "indirect-pos": (SIGNED_ON,),
    "kiosk": (SIGNED_ON,),
    "reference-card": (),
}
