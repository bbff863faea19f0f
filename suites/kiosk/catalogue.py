"""Cases of bill-payment kiosks, one module per function (host and kiosk facts, 3.3 and 6.3)."""

from suites.kiosk import card_transport, cardholder, ecash, payment, power, printer, session

CASES = (
    *payment.CASES,
    *card_transport.CASES,
    *power.CASES,
    *printer.CASES,
    *cardholder.CASES,
    *ecash.CASES,
    *session.CASES,
)
