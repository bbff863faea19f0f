"""What a reader of PyPI (emv) finds on the card in the first PC/SC reader; run in its own Python.

Prints JSON: the applications of the directory, the data objects of all records, and the counters.
"""

import json
import sys

from emv.card import Card
from emv.protocol.data import Tag
from smartcard.System import readers


def hexed(value: object) -> str:
    return bytes(value).hex().upper()


def named(tag: Tag) -> str:
    return hexed([tag.id] if type(tag.id) is int else tag.id)


def main(wish: str) -> None:
    """"all" begins a transaction and reads its records, "directory" does not."""
    # The decorated connection of a newer pyscard no longer has the names of the protocols.
    card = Card(readers()[0].createConnection().component)
    found = {"applications": [], "objects": {}}
    for application in card.list_applications():
        name = application[Tag.ADF_NAME]
        label = bytes(application[Tag.APP_LABEL]).decode("ascii")
        found["applications"].append([hexed(name), label])
    card.select_application(application[Tag.ADF_NAME])
    if wish == "all":
        options = card.get_processing_options()
        found["aip"] = hexed(options["AIP"])
        objects = card.get_application_data(options["AFL"])
        # Lists and bit tables it takes apart; all else it leaves as it came.
        found["objects"] = {
            named(tag): hexed(value) if type(value) is list else ""
            for tag, value in objects.items()
        }
    found["counters"] = card.get_metadata()
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1])
