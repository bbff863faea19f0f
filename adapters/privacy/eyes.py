"""Text for people's eyes: card numbers in it are masked, first six and last four digits stay."""

from collections.abc import Iterator

from adapters.privacy.numbers import masked
from adapters.privacy.search import hex_spans, number_spans

FULL_WIDTH = {0xFF10 + digit: str(digit) for digit in range(10)}


def masked_text(text: str) -> str:
    """The text with every card number masked, test cards' too.

    A value in hex may happen to look like a number and be masked with it: its bytes stay in the
    evidence.
    """
    plain = text.translate(FULL_WIDTH)
    shown = list(text)
    for start, end in _outermost(plain):
        places = [at for at in range(start, end) if plain[at].isdecimal()]
        for at, digit in zip(places, masked("".join(plain[at] for at in places)), strict=True):
            shown[at] = digit if digit == "*" else shown[at]
    for start, end in hex_spans(plain):
        shown[start:end] = "*" * (end - start)
    return "".join(shown)


def _outermost(text: str) -> Iterator[tuple[int, int]]:
    """Numbers that stand within no other: of a card number's digits some are a number again."""
    spans = sorted(number_spans(text), key=lambda span: (span[0], -span[1]))
    until = -1
    for start, end in spans:
        if end > until:
            yield start, end
            until = end
