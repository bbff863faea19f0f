"""Processing restrictions: version, usage control, dates, as TVR bits (EMV 4.1 Book 3, 10.4)."""

from collections.abc import Mapping

VERSIONS_DIFFER, NOT_ALLOWED, NOT_EFFECTIVE, EXPIRED = "2.8", "2.5", "2.6", "2.7"
# Book 3, Annex C2, 9F07 byte 1: the bit for terminals other than ATMs, and goods and services,
# domestic and international.
OTHER_THAN_ATM = 0x01
DOMESTIC, INTERNATIONAL = 0x20 | 0x08, 0x10 | 0x04
# EMV 4.1 Book 4, 6.7.3: years from 50 on are of the last century.
PIVOT = "50"
DATE_SIZE = 3


def purchase_bits(card: Mapping[str, bytes], terminal: Mapping[str, bytes]) -> Mapping[str, int]:
    """The TVR bits of a purchase at a merchant, by objects named as tags ("5F24", "9A").

    A bit whose data are not there is left out: what cannot be computed is not expected.
    """
    bits = {
        VERSIONS_DIFFER: _differ(card, terminal),
        NOT_EFFECTIVE: _after(card["5F25"], terminal.get("9A", b"")) if "5F25" in card else 0,
        EXPIRED: _after(terminal.get("9A", b""), card.get("5F24", b"")),
        NOT_ALLOWED: _refused(card, terminal),
    }
    return {which: value for which, value in bits.items() if value is not None}


def day(yymmdd: bytes) -> str:
    """A date that sorts: YYYYMMDD of three BCD bytes."""
    digits = yymmdd.hex()
    return ("19" if digits[:2] >= PIVOT else "20") + digits


def _differ(card: Mapping[str, bytes], terminal: Mapping[str, bytes]) -> int | None:
    if "9F09" not in terminal:
        return None
    return int("9F08" in card and card["9F08"] != terminal["9F09"])


def _after(one: bytes, other: bytes) -> int | None:
    if len(one) != DATE_SIZE or len(other) != DATE_SIZE:
        return None
    return int(day(one) > day(other))


def _refused(card: Mapping[str, bytes], terminal: Mapping[str, bytes]) -> int | None:
    usage = card.get("9F07", b"")
    if not usage:
        return 0
    if not usage[0] & OTHER_THAN_ATM:
        return 1
    if "5F28" not in card:
        return 0
    if "9F1A" not in terminal:
        return None
    # Goods or services: for a purchase either bit suffices.
    allowed = DOMESTIC if card["5F28"] == terminal["9F1A"] else INTERNATIONAL
    return int(not usage[0] & allowed)
