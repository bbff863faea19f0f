"""The image of a case's card: named, changed, edited, signed again unless the case says not."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from adapters.codec import ber_tlv
from adapters.errors import BenchBroken
from fixtures.cards.catalogue import IMAGES, Image
from fixtures.cards.contactless.dual_interface_image import Face
from fixtures.cards.image import (
    AID_4F,
    Application,
    CardImage,
    DynamicTerms,
    Objects,
    Record,
)
from suites.card_edits import CardEdit, Change
from suites.case import Card
from suites.symbols import Value, resolve

LABEL_50, PRIORITY_87 = 0x50, 0x87
CONTACTLESS = "contactless_"
Said = Mapping[str, str | int]


class CardUnmade(BenchBroken):
    """A case edits a card that takes no edits."""

    cause = "card-unmade"


def card_image(card: Card, symbols: Mapping[str, int | str]) -> Image:
    """The image of a case's card with what deviates, re-signed unless the case says otherwise."""
    changes = {name: _object(value, symbols) for name, value in card.changes}
    changed = _but(IMAGES[card.name], changes)
    for edit in card.edits:
        changed = _edited(changed, edit, symbols)
    return changed if card.signed else changed.unsigned()


def _but(image: Image, changes: Mapping[str, bytes]) -> Image:
    """A keyword that begins with `contactless_` is of what the card shows without contacts."""
    if isinstance(image, CardImage):
        return image.but(**changes) if changes else image
    tapped = {name: each for name, each in changes.items() if name.startswith(CONTACTLESS)}
    shared = {name: each for name, each in changes.items() if name not in tapped}
    changed = image.but(**shared) if shared else image
    return changed.contactless_but(**tapped) if tapped else changed


def _object(value: Value, symbols: Mapping[str, int | str]) -> bytes:
    """Bytes of a data object: texts are hex, dates come as YYMMDD."""
    return bytes.fromhex(str(resolve(value, symbols)))


def _edited(image: Image, edit: CardEdit, symbols: Mapping[str, int | str]) -> Image:
    said = {name: resolve(value, symbols) for name, value in edit.arguments}
    if isinstance(image, CardImage):
        return EDITS[edit.change](image, said)
    if edit.change is Change.WITHOUT:
        return image.without(_tag(said))
    if edit.change not in ON_ONE_FACE:
        message = f"{image.name} takes no such edit: {edit}"
        raise CardUnmade(message)
    # A card of two interfaces is edited where it is tapped.
    edited = {**EDITS, Change.APPLICATION: _tapped_application}[edit.change]
    return image.having(Face.QPBOC, edited(image.qpboc, said))


def _without(image: CardImage, said: Said) -> CardImage:
    return image.without(_tag(said))


def _altered(image: CardImage, said: Said) -> CardImage:
    signed = image.issued_as(image.name)
    return signed.but(**{f"altered_{said['tag']}": _hex(said, "value")}).unsigned()


def _held(image: CardImage, said: Said) -> CardImage:
    return image.but(**{f"held_{said['tag']}": _hex(said, "value")})


def _added(image: CardImage, said: Said) -> CardImage:
    return image.added(int(said["sfi"]), int(said["number"]), _tag(said), _hex(said, "value"))


def _record(image: CardImage, said: Said) -> CardImage:
    authenticated = said["authenticated"] == "yes"
    place = (int(said["sfi"]), int(said["number"]))
    return image.with_record(Record(*place, (), authenticated, _hex(said, "content")))


def _moved(image: CardImage, said: Said) -> CardImage:
    source = image.record(int(said["sfi"]), int(said["number"]))
    there = replace(source, sfi=int(said["to_sfi"]), number=int(said["to_number"]))
    left = tuple(each for each in image.records if each.key != source.key)
    return replace(image, records=left).with_record(there)


def _hidden(image: CardImage, said: Said) -> CardImage:
    afl = image.application_file_locator
    place = (int(said["sfi"]), int(said["number"]))
    record = Record(*place, (), raw=_hex(said, "content"))
    return replace(image.with_record(record), afl=afl)


def _keys(image: CardImage, said: Said) -> CardImage:
    return replace(image, keys=str(said["name"]))


def _flipped(image: CardImage, said: Said) -> CardImage:
    return image.flipped(_tag(said), int(said["offset"]), int(str(said["mask"]), 16))


def _certified(image: CardImage, said: Said) -> CardImage:
    return image.certified(replace(image.terms, **{name: _hex(said, name) for name in said}))


def _signing(image: CardImage, said: Said) -> CardImage:
    return image.signing(DynamicTerms(**{name: _hex(said, name) for name in said}))


def _application(image: CardImage, said: Said) -> CardImage:
    name, priority = _hex(said, "aid"), _hex(said, "priority")
    objects: Objects = ((LABEL_50, str(said["label"]).encode("ascii")),)
    objects += ((PRIORITY_87, priority),) if priority else ()
    entry = ((AID_4F, name), *objects) if image.directory else ()
    return image.with_application(Application(name, name, objects), *entry)


def _tapped_application(image: CardImage, said: Said) -> CardImage:
    """Another name for the same application: without its PDOL nothing could be tapped."""
    name, first = _hex(said, "aid"), image.applications[0]
    told = dict(first.fci) | {LABEL_50: str(said["label"]).encode("ascii")}
    told |= {PRIORITY_87: _hex(said, "priority")} if said["priority"] else {}
    objects = tuple(told.items())
    return image.with_application(Application(name, name, objects), (AID_4F, name))


def _fci(image: CardImage, said: Said) -> CardImage:
    first, *others = image.applications
    first = replace(first, fci=(*first.fci, (_tag(said), _hex(said, "value"))))
    return replace(image, applications=(first, *others))


def _no_directory(image: CardImage, _: Said) -> CardImage:
    return replace(image, directory=())


def _directory(image: CardImage, said: Said) -> CardImage:
    return replace(image, directory=tuple(_objects(_hex(said, name)) for name in said))


def _directory_fci(image: CardImage, said: Said) -> CardImage:
    return replace(
        image, directory_fci=(*image.directory_fci, (_tag(said), _hex(said, "value")))
    )


def _tag(said: Said) -> int:
    return int(str(said["tag"]), 16)


def _hex(said: Said, name: str) -> bytes:
    return bytes.fromhex(str(said[name]))


def _objects(content: bytes) -> Objects:
    return tuple((each.tag, each.value) for each in ber_tlv.decode(content))


ON_ONE_FACE = frozenset(
    (
        *(Change.ADDED, Change.RECORD, Change.FLIPPED, Change.CERTIFIED),
        *(Change.APPLICATION, Change.FCI, Change.DIRECTORY),
    )
)
EDITS: Mapping[Change, Callable[[CardImage, Said], CardImage]] = {
    Change.WITHOUT: _without,
    Change.ALTERED: _altered,
    Change.HELD: _held,
    Change.ADDED: _added,
    Change.RECORD: _record,
    Change.MOVED: _moved,
    Change.HIDDEN: _hidden,
    Change.KEYS: _keys,
    Change.FLIPPED: _flipped,
    Change.CERTIFIED: _certified,
    Change.SIGNING: _signing,
    Change.APPLICATION: _application,
    Change.FCI: _fci,
    Change.NO_PSE: _no_directory,
    Change.DIRECTORY: _directory,
    Change.DIRECTORY_FCI: _directory_fci,
}
