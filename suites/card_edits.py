"""What deviates on a test card beyond the values of its objects: named edits, as data.

Values are hex; what an edit must have shown to the device stands in `exposed`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from suites.symbols import Value


class Change(StrEnum):
    WITHOUT = "without"  # an object is not there at all
    ALTERED = "altered"  # another value than the one that was signed
    HELD = "held"  # an object inside the card that shows only where the device asks for it
    ADDED = "added"  # one more object at the end of a record
    RECORD = "record"  # a record is these bytes, template or not
    MOVED = "moved"  # a record stands elsewhere
    HIDDEN = "hidden"  # a record that no right AFL leads to
    KEYS = "keys"  # card, issuer and CA sign with another set of test keys
    FLIPPED = "flipped"  # a byte of what a signature opens to is wrong
    CERTIFIED = "certified"  # certificates say this
    SIGNING = "signing"  # the card's own signatures say this
    APPLICATION = "application"  # one more application, with the data of the first
    FCI = "fci"  # one more object in the FCI of the first application
    NO_PSE = "no PSE"  # there is no directory
    DIRECTORY = "directory"  # the records of the directory hold this
    DIRECTORY_FCI = "directory fci"  # one more object in the FCI of the directory


# An edit that takes an object away is seen by its absence from a card that was read to its end.
WITHHELD = "withheld"
ANY = ""


@dataclass(frozen=True, slots=True)
class CardEdit:
    """A change with its arguments, by name."""

    change: Change
    arguments: tuple[tuple[str, Value], ...] = ()

    def __str__(self) -> str:
        return " ".join((self.change, *(f"{name}={value}" for name, value in self.arguments)))

    @property
    def said(self) -> Mapping[str, Value]:
        return dict(self.arguments)


def without(tag: str) -> CardEdit:
    """The card without this object; a record that is empty then leaves the AFL."""
    return _edit(Change.WITHOUT, tag=tag)


def altered(tag: str, value: str) -> CardEdit:
    """Another value after everything was signed: what was changed before this edit is signed."""
    return _edit(Change.ALTERED, tag=tag, value=value)


def held(tag: str, value: str) -> CardEdit:
    """An object inside the card; whether the device asks for it is its own business."""
    return _edit(Change.HELD, tag=tag, value=value)


def added(sfi: int, number: int, tag: str, value: str) -> CardEdit:
    """One more object at the end of a record, also one that is unknown or there twice."""
    return _edit(Change.ADDED, sfi=sfi, number=number, tag=tag, value=value)


def record(sfi: int, number: int, content: str, *, authenticated: bool = False) -> CardEdit:
    """A record of these bytes, new or instead of the one there; the AFL leads to it."""
    covered = "yes" if authenticated else "no"
    return _edit(
        Change.RECORD, sfi=sfi, number=number, content=content, authenticated=covered
    )


def moved(sfi: int, number: int, to_sfi: int, to_number: int) -> CardEdit:
    """A record under another file and number; the AFL leads to it there."""
    return _edit(Change.MOVED, sfi=sfi, number=number, to_sfi=to_sfi, to_number=to_number)


def hidden(sfi: int, number: int, content: str) -> CardEdit:
    """A record that the card gives to whoever asks; the AFL of the case does not lead there."""
    return _edit(Change.HIDDEN, sfi=sfi, number=number, content=content)


def keys(name: str) -> CardEdit:
    """What the card holds signed by another set of keys; the case sets their CA key index (8F)."""
    return _edit(Change.KEYS, name=name)


def flipped(tag: str, offset: int, mask: str = "FF") -> CardEdit:
    """A signature that opens to one wrong byte; below zero counts from the end."""
    return _edit(Change.FLIPPED, tag=tag, offset=offset, mask=mask)


def certified(**terms: Value) -> CardEdit:
    """Certificates that say this: issuer_identifier, issuer_expiry (MMYY), icc_pan, icc_expiry."""
    return CardEdit(Change.CERTIFIED, tuple(terms.items()))


def signing(**terms: Value) -> CardEdit:
    """Signatures of the card that say this: number, covered, cid, transaction_data, order."""
    return CardEdit(Change.SIGNING, tuple(terms.items()))


def application(aid: str, label: str, priority: str = "") -> CardEdit:
    """One more application under this name, listed where the card has a directory."""
    return _edit(Change.APPLICATION, aid=aid, label=label, priority=priority)


def fci(tag: str, value: str) -> CardEdit:
    """One more object in A5 of the first application, also an unknown one."""
    return _edit(Change.FCI, tag=tag, value=value)


def directory(*records: str) -> CardEdit:
    """A directory of these records: what stands in template 70."""
    numbered = {f"record_{number}": content for number, content in enumerate(records, 1)}
    return CardEdit(Change.DIRECTORY, tuple(numbered.items()))


def directory_fci(tag: str, value: str) -> CardEdit:
    """One more object in A5 of the directory."""
    return _edit(Change.DIRECTORY_FCI, tag=tag, value=value)


NO_PSE = CardEdit(Change.NO_PSE)


def _edit(change: Change, **arguments: Value) -> CardEdit:
    return CardEdit(change, tuple(arguments.items()))


# Where the tag that shows an edit stands, and its value.
SHOWN_BY_VALUE = frozenset(
    (Change.ALTERED, Change.ADDED, Change.FCI, Change.DIRECTORY_FCI)
)
SHOWN_BY_TAG = frozenset((Change.FLIPPED, Change.WITHOUT))
AID_4F, ISSUER_CERTIFICATE_90, ICC_CERTIFICATE_9F46, SIGNATURE_9F4B = "4F", "90", "9F46", "9F4B"


def exposed(edit: CardEdit) -> tuple[str, Value]:
    """The tag that shows an edit and its value, ANY or WITHHELD; no tag where another way shows."""
    said = edit.said
    if edit.change in SHOWN_BY_VALUE:
        return str(said["tag"]), said["value"]
    if edit.change in SHOWN_BY_TAG:
        return str(said["tag"]), WITHHELD if edit.change is Change.WITHOUT else ANY
    if edit.change is Change.CERTIFIED:
        of_card = any(name.startswith("icc") for name in said)
        return ICC_CERTIFICATE_9F46 if of_card else ISSUER_CERTIFICATE_90, ANY
    return (SIGNATURE_9F4B if edit.change is Change.SIGNING else ""), ANY
