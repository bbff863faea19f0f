"""Bits as the standard numbers them: "2.7" is byte 2 bit 7, bits from b8 (80) to b1 (01)."""

# Stands for all bits of a value where one bit could be named.
ALL_BITS = "*"
TVR_SIZE, TSI_SIZE = 5, 2
NO_TVR = bytes(TVR_SIZE)
# contact facts, 2.1 and 2.2: reserved bits in JR/T 0025 (2.0).
TVR_RESERVED = bytes.fromhex("030703070F")
TSI_RESERVED = bytes.fromhex("03FF")
SDA_SELECTED = "1.2"


def mask(which: str, size: int) -> bytes:
    """A value of this size with this one bit set; ValueError if it has no such bit."""
    byte, place = (int(part) for part in which.split("."))
    if not (1 <= byte <= size and 1 <= place <= 8):  # noqa: PLR2004  a byte has 8 bits
        message = f"{which} is no bit of {size} bytes"
        raise ValueError(message)
    return bytes(1 << place - 1 if at == byte else 0 for at in range(1, size + 1))


def bit(value: bytes, which: str) -> int:
    """0 or 1; a byte that the value does not have counts as zero."""
    byte, place = (int(part) for part in which.split("."))
    return value[byte - 1] >> place - 1 & 1 if byte <= len(value) else 0


def both(one: bytes, other: bytes) -> bytes:
    """The bits set in both, as long as the shorter."""
    return bytes(a & b for a, b in zip(one, other, strict=False))


def either(one: bytes, other: bytes) -> bytes:
    """The bits set in either, as long as the shorter."""
    return bytes(a | b for a, b in zip(one, other, strict=False))


def without(value: bytes, dropped: bytes) -> bytes:
    """The bits of a value that are not set in the other."""
    return bytes(a & ~b for a, b in zip(value, dropped, strict=False))


def covers(larger: bytes, smaller: bytes) -> bool:
    """Whether every bit of the smaller stands in the larger."""
    return not any(without(smaller, larger))
