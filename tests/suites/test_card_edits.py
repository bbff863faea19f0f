"""Edits of test cards: what the image holds then, and how the device is seen to have met it."""


import pytest

from fixtures.cards.catalogue import IMAGES
from fixtures.cards.image import CardImage, ImageRefused
from fixtures.cards.static_data import sent_records, signed_objects
from suites.card_edits import (
    ANY,
    NO_PSE,
    WITHHELD,
    CardEdit,
    added,
    altered,
    application,
    certified,
    directory,
    directory_fci,
    exposed,
    fci,
    flipped,
    held,
    hidden,
    moved,
    record,
    signing,
    without,
)
from suites.card_images import CardUnmade, card_image
from suites.case import BC, Card
from suites.symbols import THIS_MONTH
from tests.suites.recordings import SYMBOLS

AID2 = "A000000333010102"


def made(*edits: CardEdit, card: Card = BC) -> CardImage:
    image = card_image(card.edited(*edits), SYMBOLS)
    assert isinstance(image, CardImage)
    return image


def test_an_object_is_taken_away_and_an_empty_record_leaves_the_locator() -> None:
    """93 stands alone in record (3,3): without it the AFL passes that record over."""
    image = made(without("93"))
    assert image.find(0x93) == b""
    assert (3, 3) not in sent_records(image)
    assert image.application_file_locator.hex() == "08010100100102011801020018040400"


def test_objects_and_records_are_added_where_they_are_wanted() -> None:
    """Beside what is there, as bytes of a new record, and in a record that nothing leads to."""
    image = made(
        added(2, 2, "DF8001", "01"), record(11, 1, "0102"), hidden(4, 1, "7003DF0100")
    )
    sent = sent_records(image)
    assert sent[2, 2].endswith(bytes.fromhex("DF80010101"))
    assert sent[11, 1] == b"\x01\x02"
    assert (4, 1) in sent
    assert image.application_file_locator.hex().endswith("58010100")


def test_a_record_is_moved_with_what_stands_in_it() -> None:
    """The AFL leads to the new place and no longer to the old one."""
    image = made(moved(3, 1, 1, 2))
    assert sent_records(image)[1, 2] == sent_records(IMAGES["BC"])[3, 1]  # type: ignore[arg-type]
    assert image.application_file_locator.hex().startswith("08010200")


def test_what_is_altered_was_signed_as_it_was_before() -> None:
    """The AIP that the case gives the card is signed, the usage control changed afterwards not."""
    card = BC.but(aip_82="5C00")
    image, right = made(altered("9F07", "FF01"), card=card), made(card=card)
    assert image.find(0x9F07) == b"\xff\x01"
    assert signed_objects(image)[0x93] == signed_objects(right)[0x93]


def test_signatures_and_certificates_say_what_the_case_wants() -> None:
    """A flipped byte, a date of the device, a number of the card's own."""
    image = made(
        flipped("93", -1, "01"), certified(issuer_expiry=THIS_MONTH), signing(number="0102")
    )
    assert [each.offset for each in image.flips] == [-1]
    assert image.terms.issuer_expiry == b"\x03\x11"
    assert image.dynamic.number == b"\x01\x02"


def test_an_object_inside_the_card_is_given_to_who_asks() -> None:
    """The last online ATC of a new card."""
    assert dict(made(held("9F13", "0000")).internal)[0x9F13] == bytes(2)


def test_applications_are_listed_where_the_card_has_a_directory() -> None:
    """With label and priority; a card without a directory has the application alone."""
    image = made(application(AID2, "PBOC CREDIT", "02"))
    assert image.directory[1] == (
        (0x4F, bytes.fromhex(AID2)), (0x50, b"PBOC CREDIT"), (0x87, b"\x02"),
    )
    bare = made(NO_PSE, application(AID2, "PBOC CREDIT"))
    assert bare.directory == ()
    assert [each.aid.hex().upper() for each in bare.applications][1] == AID2


def test_directory_and_control_information_hold_what_is_given() -> None:
    """The records of the directory, and one more object in either FCI."""
    image = made(directory("61035001AA"), directory_fci("9F11", "01"), fci("DF8102", "01"))
    assert image.directory == (((0x61, bytes.fromhex("5001AA")),),)
    assert dict(image.directory_fci)[0x9F11] == b"\x01"
    assert image.applications[0].fci[-1] == (0xDF8102, b"\x01")


@pytest.mark.parametrize(
    "edit, tag, value",
    [
        (without("93"), "93", WITHHELD),
        (altered("9F07", "FF01"), "9F07", "FF01"),
        (added(2, 2, "DF8001", "01"), "DF8001", "01"),
        (flipped("9F4B", 0), "9F4B", ANY),
        (certified(issuer_expiry="1130"), "90", ANY),
        (certified(icc_expiry="1130"), "9F46", ANY),
        (signing(number="01"), "9F4B", ANY),
        (held("9F13", "0000"), "", ANY),
    ],
)
def test_an_edit_says_what_shows_it(edit: CardEdit, tag: str, value: str) -> None:
    """A tag with its value, with any, or by its absence; none where the device need not look."""
    assert exposed(edit) == (tag, value)


def test_what_a_card_does_not_have_is_refused() -> None:
    """An object that is not there, and an edit that only a card of one interface takes."""
    with pytest.raises(ImageRefused, match="9F14"):
        made(without("9F14"))
    both = next(name for name, each in IMAGES.items() if not isinstance(each, CardImage))
    with pytest.raises(CardUnmade, match="takes no such edit"):
        card_image(Card(both).edited(moved(1, 1, 1, 2)), SYMBOLS)


def test_edits_print_with_their_arguments() -> None:
    """As a report shows them."""
    assert str(flipped("93", -21)) == "flipped tag=93 offset=-21 mask=FF"
    assert str(NO_PSE) == "no PSE"
