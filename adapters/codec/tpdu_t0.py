"""T=0 at character level, both roles (ISO/IEC 7816-3; EMV 4.1 Book 1, 9.2 and 9.3).

    reader  CLA INS P1 P2 P3          card  60 | INS | INS xor FF | SW1 SW2

Sans-IO: bytes of the other side go in, steps come out: what to send, and what is complete. TPDU
bytes only: reset and PPS come before (`atr`).
"""

from adapters.codec.t0_card import DATA_TO_CARD_INS, PLAIN, Card, Manner
from adapters.codec.t0_line import (
    INS_GET_RESPONSE,
    MOST_DATA,
    Complete,
    Received,
    Send,
    Step,
    Wait,
)
from adapters.codec.t0_reader import (
    FOLLOW_UPS,
    TRANSITIONS,
    Case,
    FollowUp,
    Reader,
    State,
    Status,
)

__all__ = [
    "DATA_TO_CARD_INS",
    "FOLLOW_UPS",
    "INS_GET_RESPONSE",
    "MOST_DATA",
    "PLAIN",
    "TRANSITIONS",
    "Card",
    "Case",
    "Complete",
    "FollowUp",
    "Manner",
    "Reader",
    "Received",
    "Send",
    "State",
    "Status",
    "Step",
    "Wait",
]
