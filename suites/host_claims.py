"""The flags of the host catalogue as claims of the ICS (fixtures/data/ics/flags.toml, host)."""

from suites.ics_language import Claim

IC, MSR, ONLINEPIN, PINBYPASS, FALLBACK, TRACKENC = map(
    Claim,
    (
        "contact",
        "magnetic-stripe",
        "online-pin",
        "pin-bypass",
        "fallback",
        "track-encryption",
    ),
)
VOID, REFUND, EC, QPBOC, INQUIRY, DOWNLOAD8583 = map(
    Claim, ("void", "refund", "ecash", "qpboc", "inquiry", "parameter-download")
)
EC_LOAD_DESIG, EC_LOAD_NONDESIG, EC_LOAD_CASH = map(
    Claim, ("load-designated", "load-non-designated", "load-cash")
)
EC_LOAD = EC_LOAD_DESIG | EC_LOAD_NONDESIG | EC_LOAD_CASH
CONTACTLESS = Claim("contactless")
