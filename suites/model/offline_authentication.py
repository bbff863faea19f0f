"""Offline data authentication: which method is chosen, which bits say so (EMV Book 3, 10.3)."""

from enum import StrEnum

from suites.model.bits import bit


class Method(StrEnum):
    """The methods, from the strongest."""

    CDA = "CDA"
    DDA = "DDA"
    SDA = "SDA"
    NONE = "none"


# contact facts, 2.3 and 2.5: who supports it in the AIP, who in byte 3 of 9F33.
SUPPORT = (
    (Method.CDA, "1.1", "3.4"),
    (Method.DDA, "1.6", "3.7"),
    (Method.SDA, "1.7", "3.8"),
)
NOT_PERFORMED_TVR = "1.8"
PERFORMED_TSI = "1.8"
FAILED_TVR = {Method.SDA: "1.7", Method.DDA: "1.4", Method.CDA: "1.3"}


def method(aip_82: bytes, capabilities_9f33: bytes) -> Method:
    """The strongest that both card and terminal support."""
    for each, of_card, of_terminal in SUPPORT:
        if bit(aip_82, of_card) and bit(capabilities_9f33, of_terminal):
            return each
    return Method.NONE
