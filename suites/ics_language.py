"""Expressions over the claims of an ICS: printable, so that a report can say why."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum


class Operator(StrEnum):
    CLAIM = "claim"
    AND = "and"
    OR = "or"
    NOT = "not"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim of the ICS proforma, or claims joined by `&`, `|` and `~`."""

    name: str = ""
    operator: Operator = Operator.CLAIM
    parts: tuple["Claim", ...] = ()

    def __and__(self, other: "Claim") -> "Claim":
        return Claim(operator=Operator.AND, parts=(self, other))

    def __or__(self, other: "Claim") -> "Claim":
        return Claim(operator=Operator.OR, parts=(self, other))

    def __invert__(self) -> "Claim":
        return Claim(operator=Operator.NOT, parts=(self,))

    def __str__(self) -> str:
        match self.operator:
            case Operator.CLAIM:
                return self.name
            case Operator.ALWAYS:
                return "any terminal"
            case Operator.NOT:
                return f"not {_bracketed(self.parts[0])}"
            case _:
                return f" {self.operator} ".join(_bracketed(part) for part in self.parts)

    def holds(self, claims: Collection[str]) -> bool:
        match self.operator:
            case Operator.CLAIM:
                return self.name in claims
            case Operator.ALWAYS:
                return True
            case Operator.NOT:
                return not self.parts[0].holds(claims)
            case Operator.AND:
                return all(part.holds(claims) for part in self.parts)
            case Operator.OR:
                return any(part.holds(claims) for part in self.parts)

    def names(self) -> frozenset[str]:
        """Every claim it speaks of."""
        inner = frozenset[str]().union(*(part.names() for part in self.parts))
        return inner | {self.name} if self.operator is Operator.CLAIM else inner


def _bracketed(claim: Claim) -> str:
    compound = claim.operator in (Operator.AND, Operator.OR)
    return f"({claim})" if compound else str(claim)


ALL = Claim(operator=Operator.ALWAYS)
OFF, OWO, ONO = map(Claim, ("offline-only", "offline-with-online", "online-only"))
ONLINE = OWO | ONO
DIRECT, INDIRECT, KIOSK = map(Claim, ("direct", "indirect", "kiosk"))
MOTOR_READER, RETAIN, PRINTER = map(Claim, ("motor-reader", "card-capture", "print"))
ONLINE_PIN, ECASH, LOAD_DESIGNATED = map(Claim, ("online-pin", "ecash", "load-designated"))
SDA, DDA, CDA = map(Claim, ("sda", "dda", "cda"))
CARD_CONTACT, CARD_CONTACTLESS, CARD_QPBOC, CARD_ECASH, CARD_LOG, CARD_PIN, CARD_PSE = map(
    Claim,
    (
        "card-contact",
        "card-contactless",
        "card-qpboc",
        "card-ecash",
        "card-log",
        "card-pin",
        "card-pse",
    ),
)
CARD_FDDA_00, CARD_CAPP, CARD_CLPBOC = map(
    Claim, ("card-fdda-00", "card-extended-application", "card-contactless-pboc")
)
# What contact rows ask for (fixtures/data/ics/flags.toml, contact).
ATT, ATM, PPIN, OPIN, SIG, NOCVM, IDCVM, BYP, PTC = map(
    Claim,
    (
        *("attended", "cash-machine", "plaintext-pin", "online-pin", "signature", "no-cvm"),
        *("id-document", "pin-bypass", "pin-try-counter"),
    ),
)
CASH, CASHBACK, EC, LOGREAD, LOAD_DESIGNATED, MAG, FBK, PRINT, MULTI, VEL = map(
    Claim,
    (
        *("cash", "cashback", "ecash", "ecash-log", "load-designated", "magnetic-stripe"),
        *("fallback", "print", "several-scripts", "velocity"),
    ),
)
ODA = SDA | DDA | CDA
PSE, PART, CONF, DDF, RTS, EXCF, SAME_PAN_LOG, FORCE_ON, INQ, TDOL, CRL, KEY_EXPIRY = map(
    Claim,
    (
        *("pse", "partial-selection", "cardholder-selection", "ddf-directories"),
        *("random-selection", "exception-file", "same-pan-log", "force-online", "inquiry"),
        *("default-tdol", "certificate-revocation-list", "ca-key-expiry-check"),
    ),
)
TRANSPORT, DOWNLOAD, REF = map(
    Claim, ("transport-observed", "parameter-download", "referral")
)
# What contactless rows ask for (fixtures/data/ics/flags.toml, contactless).
QPBOC, CLPBOC, MSD, CONTACT, STATUS, CL_TRANSACTION, CL_CVM, CL_FLOOR, EXCEPTION_FILE = map(
    Claim,
    (
        *("qpboc", "contactless-pboc", "msd", "contact", "status-check"),
        *("contactless-transaction-limit", "contactless-cvm-limit", "contactless-floor-limit"),
        "exception-file",
    ),
)
FDDA_01, CAPP, ODA_ONLINE, SM, BUS, RECEIPT, CL_ECASH = map(
    Claim,
    (
        *("fdda-01", "extended-application", "contactless-oda-online", "sm-algorithms", "bus"),
        *("receipt", "contactless-ecash"),
    ),
)
LOAD = LOAD_DESIGNATED | Claim("load-non-designated") | Claim("load-cash")
