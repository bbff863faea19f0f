import pytest

from reports.visible import visible


@pytest.mark.parametrize(
    "text, shown",
    [
        ("A\x00\x1b[2J\x7f", "A␀␛[2J␡"),
        ("\t\r\n", "␉␍␊"),
        ("\x9b", "⟨U+009B⟩"),
        ("\u202e\u2066\u200b\ufeff", "⟨U+202E⟩⟨U+2066⟩⟨U+200B⟩⟨U+FEFF⟩"),
        ("\ud800", "⟨U+D800⟩"),
        ("\U000e0041", "⟨U+E0041⟩"),
        ("金融 IC–卡，é", "金融 IC–卡，é"),
    ],
)
def test_what_steers_is_shown_and_what_reads_is_left(text: str, shown: str) -> None:
    """Controls, what turns or hides text, and what no file can hold become visible."""
    assert visible(text) == shown


def test_every_character_becomes_writable() -> None:
    """Whatever the text, the result can be written as UTF-8 and is printable."""
    for code in range(0x110000):
        shown = visible(chr(code))
        assert shown.isprintable() or shown.isspace()
        shown.encode()
