"""Text out of a device or a stranger's file, so that it can be shown but steers nothing."""

import unicodedata

# C0 and DEL -> their pictures, U+2400 and following.
PICTURES = {code: chr(0x2400 + code) for code in range(0x20)} | {0x7F: "\N{SYMBOL FOR DELETE}"}
# Cc: C0 and C1; Cf: among others what turns the direction of text; Cs: lone surrogates, which no
# file can hold; Co and Cn: looks different everywhere; Zl and Zp: line ends that are no newline.
SHOWN_BY_NUMBER = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))


def visible(text: str) -> str:
    """The text with every character that cannot be read as a picture (␀) or a number (⟨U+202E⟩)."""
    return "".join(map(_visible, text))


def _visible(character: str) -> str:
    code = ord(character)
    if code in PICTURES:
        return PICTURES[code]
    if unicodedata.category(character) in SHOWN_BY_NUMBER:
        return f"⟨U+{code:04X}⟩"
    return character
