import pytest

from adapters.codec.status_words import EXACT, describe, known


@pytest.mark.parametrize(
    "sw, en",
    [
        (0x9000, "success"),
        (0x6A82, "file or application not found"),
        (0x6300, "authentication failed"),
        (0x63C0, "verification failed, 0 tries left"),
        (0x63C3, "verification failed, 3 tries left"),
        (0x6310, "warning"),
        (0x6100, "256 bytes wait for GET RESPONSE"),
        (0x6C1C, "wrong Le, 28 bytes are there"),
        (0x1234, "status word not in the table"),
    ],
)
def test_a_status_word_is_described(sw: int, en: str) -> None:
    """Exact words first, then the ranges with their number, then that it is not listed."""
    assert describe(sw)[0] == en
    assert known(sw) == (sw != 0x1234)


def test_every_status_word_is_described_in_both_languages() -> None:
    """No row leaves a language empty."""
    assert all(en and zh and en.isascii() and not zh.isascii() for en, zh in EXACT.values())
