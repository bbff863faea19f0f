"""What messages of a direct POS have to carry, by the standard's tables (UnionPay POS).

Host and kiosk facts, 1.2, 1.8 and 1.9.
"""

from collections.abc import Mapping

# 1.2, column request: what a financial request may carry at all.
REQUEST_FIELDS = frozenset(
    (
        *(2, 3, 4, 11, 14, 22, 23, 25, 26, 35, 36, 37, 38, 41, 42, 48, 49, 52, 53, 55, 58, 60),
        *(61, 62, 63, 64),
    )
)
# 1.12: what a reversal repeats in any case, what it repeats if it was there, what it never has.
REVERSAL_REPEATS = (3, 4, 11, 22, 25, 41, 42, 49, 60)
REVERSAL_REPEATS_IF_THERE = (2, 14, 23)
NEVER_IN_REVERSAL = (26, 35, 36, 37, 52, 53)

# 1.9, marked M: the tags that must be there.
ONLINE_TAGS = frozenset(
    (
        *(0x9F26, 0x9F27, 0x9F10, 0x9F37, 0x9F36, 0x95, 0x9A, 0x9C, 0x9F02, 0x5F2A, 0x82),
        *(0x9F1A, 0x9F03, 0x9F33),
    )
)
NOTICE_TAGS = frozenset((0x95, 0x9F10, 0x9F26, 0x9F36, 0x82, 0xDF31, 0x9F1A, 0x9A))
# 1.9, lengths: lowest and highest number of bytes.
LENGTHS: Mapping[int, tuple[int, int]] = {
    0x9F26: (8, 8),
    0x9F27: (1, 1),
    0x9F10: (1, 32),
    0x9F37: (4, 4),
    0x9F36: (2, 2),
    0x95: (5, 5),
    0x9A: (3, 3),
    0x9C: (1, 1),
    0x9F02: (6, 6),
    0x9F03: (6, 6),
    0x5F2A: (2, 2),
    0x82: (2, 2),
    0x9F1A: (2, 2),
    0x9F33: (3, 3),
    0x9F34: (3, 3),
    0x9F35: (1, 1),
    0x9F1E: (8, 8),
    0x84: (5, 16),
    0x9F09: (2, 2),
    0x9F41: (2, 4),
    0x9F63: (16, 16),
}
LARGEST_DE55 = 255
