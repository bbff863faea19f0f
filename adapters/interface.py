"""How a card meets a reader."""

from enum import StrEnum


class Interface(StrEnum):
    CONTACT = "contact"
    CONTACTLESS = "contactless"
