"""Drawn card numbers: right check digit, 13 to 19 digits, on no list. Fixed seed."""

import random

HOW_MANY = 10_000
LENGTHS = range(13, 20)
TEST_BIN = "621094"


def check_digit(digits: str) -> str:
    total = 0
    for position, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 - position % 2)
        total += value - 9 * (value > 9)
    return str(-total % 10)


def card_numbers() -> list[str]:
    """Half of them as UnionPay cards are numbered, half beginning with any digit but 0."""
    chance = random.Random("card numbers")
    drawn: dict[str, None] = {}
    while len(drawn) < HOW_MANY:
        length = chance.choice(LENGTHS)
        begins = chance.choice(("62", str(chance.randint(1, 9))))
        rest = "".join(str(chance.randint(0, 9)) for _ in range(length - 1 - len(begins)))
        number = begins + rest + check_digit(begins + rest)
        if not number.startswith(TEST_BIN):
            drawn[number] = None
    return list(drawn)


def secrets(what: str, how_many: int, size: int) -> list[bytes]:
    """Drawn keys, PIN blocks and the like."""
    chance = random.Random(what)
    return [chance.randbytes(size) for _ in range(how_many)]
