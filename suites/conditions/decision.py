"""What a recorded transaction had to ask for in its first GENERATE AC, by the model."""

from dataclasses import dataclass

from suites.model.action_analysis import (
    ARQC,
    TC,
    ActionCodes,
    TerminalClass,
    first_decision,
    issuer_codes,
)
from suites.model.bits import TVR_SIZE
from suites.readings.card_transaction import CardTransaction, GenerateAc
from suites.readings.scene import Scene
from suites.readings.settings import as_bytes

TVR_95, TRANSACTION_TYPE_9C, ECASH_CODE_9F74 = 0x95, 0x9C, 0x9F74
IAC_DENIAL_9F0E, IAC_ONLINE_9F0F, IAC_DEFAULT_9F0D = 0x9F0E, 0x9F0F, 0x9F0D
# ISO 8583: 30 and 31 are inquiries; host and kiosk facts, 1.7 and 1.18: 60, 62 and 63 are loads,
# 17 is the void of one, and all of them need the host.
ALWAYS_ONLINE = frozenset(bytes((each,)) for each in (0x30, 0x31, 0x60, 0x62, 0x63, 0x17))
ONLINE_CODES_OFFLINE = "offline-only-online-codes"


@dataclass(frozen=True, slots=True)
class Decision:
    """The types that are right (P1 masked with C0), and the TVR; `missing` says what was not there.

    Without a missing part there is at least one type.
    """

    types: tuple[str, ...] = ()
    tvr: str = ""
    missing: str = ""


def decision(scene: Scene, card: CardTransaction, request: GenerateAc) -> Decision:
    """What this first GENERATE AC had to ask for."""
    tvrs = [tvr for tvr in request.sent(TVR_95) if len(tvr) == TVR_SIZE]
    issuer = issuer_codes(
        card.value(IAC_DENIAL_9F0E), card.value(IAC_ONLINE_9F0F), card.value(IAC_DEFAULT_9F0D)
    )
    terminal = ActionCodes(
        denial=as_bytes(scene.settings, "tac-denial"),
        online=as_bytes(scene.settings, "tac-online"),
        default=as_bytes(scene.settings, "tac-default"),
    )
    needed = {
        "TVR": bool(tvrs),
        "IAC": issuer.complete,
        "TAC": terminal.complete,
        "9F35": len(scene.terminal_class) == 1,
    }
    missing = [name for name, there in needed.items() if not there]
    if missing:
        return Decision(missing=", ".join(missing))
    kind = scene.terminal_class[0]
    decided = first_decision(
        tvrs[0],
        issuer,
        terminal,
        kind,
        online_codes_offline=ONLINE_CODES_OFFLINE in scene.attempt.facts.claims,
    )
    return Decision(_excepted(decided, kind, card, request), tvrs[0].hex().upper())


def _excepted(
    decided: str, kind: TerminalClass, card: CardTransaction, request: GenerateAc
) -> tuple[str, ...]:
    # contact facts, 4.1, INV-03: an inquiry or a load always goes online, e-cash does when its
    # balance falls below the threshold, which only the card and the terminal know.
    if kind.goes_online and ALWAYS_ONLINE & set(request.sent(TRANSACTION_TYPE_9C)):
        return (ARQC,)
    if kind.goes_online and decided == TC and card.value(ECASH_CODE_9F74):
        return (TC, ARQC)
    return (decided,)
