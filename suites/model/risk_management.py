"""Terminal risk management: floor limit, velocity, random selection (EMV 4.1 Book 3, 10.6)."""

from collections.abc import Mapping

EXCEEDS_FLOOR, RANDOM, LOWER_LIMIT, UPPER_LIMIT, NEW_CARD = "4.8", "4.5", "4.7", "4.6", "2.4"


def floor_limit_bits(amount: int, floor: int, logged: int = 0) -> Mapping[str, int]:
    """Amounts in minor units; `logged`: what the same PAN spent before, where that is kept."""
    return {EXCEEDS_FLOOR: int(amount + logged >= floor)}


def target_percentage(
    amount: int, floor: int, threshold: int, target: int, maximum: int
) -> tuple[int, int]:
    """Between which percentages random selection lies; a fraction is given as its neighbours."""
    if amount >= floor:
        return (0, 0)
    if amount <= threshold or floor <= threshold:
        return (target, target)
    share = (maximum - target) * (amount - threshold)
    lower, rest = divmod(share, floor - threshold)
    return (target + lower, target + lower + (rest > 0))


def velocity_bits(
    lower_9f14: bytes, upper_9f23: bytes, atc_9f36: bytes, last_online_9f13: bytes
) -> Mapping[str, int]:
    """The bits where the card has both limits, else nothing; b"" stands for a value not got."""
    if not lower_9f14 or not upper_9f23:
        return {}
    new = int(bool(last_online_9f13) and not any(last_online_9f13))
    atc, last = int.from_bytes(atc_9f36, "big"), int.from_bytes(last_online_9f13, "big")
    if not atc_9f36 or not last_online_9f13 or atc <= last:
        return {LOWER_LIMIT: 1, UPPER_LIMIT: 1, NEW_CARD: new}
    since = atc - last
    return {
        LOWER_LIMIT: int(since > lower_9f14[0]),
        UPPER_LIMIT: int(since > upper_9f23[0]),
        NEW_CARD: new,
    }
