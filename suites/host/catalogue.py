"""Cases of what terminals and front ends say to their hosts, one module per function."""

from suites.host import (
    answers,
    load,
    offline_upload,
    reversal,
    sale,
    script_notice,
    settlement,
    sign_on,
    two_legs,
    void_and_refund,
)

CASES = (
    *sign_on.CASES,
    *sale.CASES,
    *answers.CASES,
    *void_and_refund.CASES,
    *reversal.CASES,
    *script_notice.CASES,
    *offline_upload.CASES,
    *load.CASES,
    *settlement.CASES,
    *two_legs.CASES,
)
