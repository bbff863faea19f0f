"""Cases of taps, one module per function of the standard, in the order of a tap."""

from suites.contactless import (
    answers,
    electronic_cash,
    fast_dda,
    full_path,
    interface,
    online,
    options,
    pre_processing,
    records,
    restrictions,
    selection,
    torn,
    unattended,
)

CASES = (
    *interface.CASES,
    *pre_processing.CASES,
    *selection.CASES,
    *options.CASES,
    *answers.CASES,
    *records.CASES,
    *fast_dda.CASES,
    *restrictions.CASES,
    *online.CASES,
    *torn.CASES,
    *full_path.CASES,
    *electronic_cash.CASES,
    *unattended.CASES,
)
