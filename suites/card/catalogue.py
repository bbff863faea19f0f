"""Cases of cards under test, one module per function of the standard."""

from suites.card import (
    answer_to_reset,
    authentication,
    commitment,
    cryptograms,
    extended_application,
    initiation,
    offline_pin,
    quick_payment,
    reading,
    scripts,
    selection,
)

CASES = (
    *answer_to_reset.CASES,
    *selection.CASES,
    *initiation.CASES,
    *reading.CASES,
    *offline_pin.CASES,
    *authentication.CASES,
    *cryptograms.CASES,
    *scripts.CASES,
    *quick_payment.CASES,
    *commitment.CASES,
    *extended_application.CASES,
)
