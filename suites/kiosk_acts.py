"""What customers and benches do at a bill-payment kiosk (host and kiosk facts, 3.2 to 3.5)."""

from suites.acts import Act, Verb


def query_bill(service: str, account: str) -> Act:
    """Choose a service and enter a user's account: the kiosk asks the biller."""
    return Act(Verb.QUERY_BILL, (("service", service), ("account", account)))


def pay_bill(*, pin: bool = True, take: bool = True) -> Act:
    """Confirm the bill and pay by card; nobody enters the PIN, or nobody takes the card."""
    left_out = (("pin-entry", pin), ("take-card", take))
    return Act(Verb.PAY_BILL, tuple((name, "no") for name, done in left_out if not done))


def cut_power(state: str) -> Act:
    """Cut the power as soon as the kiosk reaches a state, in an act that follows."""
    return Act(Verb.CUT_POWER, (("at", state),))


def printer(kind: str) -> Act:
    """The printer is "ok", or out of order: "paper_out", "cover_open" or "jam"."""
    return Act(Verb.PRINTER, (("kind", kind),))


def network(op: str) -> Act:
    """The kiosk's network goes "down" or comes "up"."""
    return Act(Verb.NETWORK, (("op", op),))


ECASH_BALANCE = Act(Verb.ECASH_BALANCE)
REPRINT = Act(Verb.REPRINT)
CANCEL = Act(Verb.CANCEL)
WALK_AWAY = Act(Verb.WALK_AWAY)
POWER_UP = Act(Verb.POWER_UP)
READ_JOURNAL = Act(Verb.READ_JOURNAL)
READ_COUNTERS = Act(Verb.READ_COUNTERS)
