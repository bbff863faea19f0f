"""The card under test: the bench is its reader, and does all acts itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

from adapters.codec import ber_tlv
from adapters.codec.apdu import CommandApdu, ResponseApdu, decode_response
from adapters.codec.errors import ProtocolError
from adapters.errors import DeviceFell
from adapters.interface import Interface
from adapters.operated import CONFIGURE, CONFIGURED, RESTORE
from adapters.ports import ReaderPort
from adapters.reader_session import ReaderSession, Value, fill

Arguments = Mapping[str, str | int]
Report = Mapping[str, str | int]

POWERED, ANSWERED, REMOVED = "POWERED", "ANSWERED", "REMOVED"
NOT_CONFIGURED, NOT_STARTED = "NOT_CONFIGURED", "NOT_STARTED"
PDOL_9F38, DDOL_9F49, CDOL1_8C, CDOL2_8D = 0x9F38, 0x9F49, 0x8C, 0x8D
RESPONSE_CODE_8A, UNPREDICTABLE_NUMBER_9F37 = 0x8A, 0x9F37
COMMAND_83 = 0x83
NUMBER_SIZE = 4
MAC_SIZE = 4
BY_NAME = 0x04
PLAIN_PIN = 0x80
RECORD_OF_FILE = 0x04
LAST_BIT = 1
# EMV 4.1 Book 3, 6.5.5: the reference control parameter.
TYPES: Mapping[str, int] = {"AAC": 0x00, "TC": 0x40, "ARQC": 0x80}


class Chance(Protocol):
    """Where unpredictable numbers come from."""

    def randbytes(self, n: int, /) -> bytes: ...


class CardUnknown(Exception):
    """The issuer's keys are wanted for a card that it did not issue."""


class CardIssuer(Protocol):
    """Who holds the keys of the cards."""

    def authentication_data(self, session: ReaderSession, code: bytes) -> bytes:
        """91: the ARPC for the session's cryptogram, and the response code.

        CardUnknown if no such card was issued.
        """
        ...

    def script_mac(self, session: ReaderSession, header: bytes, data: bytes) -> bytes:
        """The MAC of a script command, whose header counts it; CardUnknown as above."""
        ...


class Personalisation(Protocol):
    """Where a card under test is loaded anew."""

    def load(self, settings: Arguments) -> bool:
        """A card in its first state with these settings; False where nobody can do that."""
        ...


class AsItIs:
    """A card that nobody loads anew: it stays as its issuer made it."""

    def load(self, settings: Arguments) -> bool:  # noqa: ARG002 - Personalisation
        return False


@dataclass(frozen=True, slots=True)
class Desk:
    """What the bench has beside its readers.

    `data` are the terminal's own by tag, `pins` PIN blocks by what they are ("right", "wrong").
    """

    data: Mapping[int, bytes]
    issuer: CardIssuer
    pins: Mapping[str, bytes]
    personalisation: Personalisation
    chance: Chance


class ReaderOperator:
    """adapters.ports.OperatorPort for a card: acts of the bench at its readers.

    A report has `outcome`, and after a command `sw` (of the last one) and `length` (of its data).
    DeviceFell if the card does not answer, or answers what is no data.
    """

    def __init__(self, readers: Mapping[Interface, ReaderPort], desk: Desk) -> None:
        self._readers = readers
        self._desk = desk
        self._session = ReaderSession(Interface.CONTACT)
        self._fit = True

    def perform(self, verb: str, arguments: Arguments) -> Report:
        # What a case does may spoil a card that is not the one it was written for.
        if not self._fit:
            return {"outcome": NOT_STARTED}
        try:
            return VERBS[verb](self, arguments)
        except CardUnknown:
            # What the act needs does not exist: it was not done, whoever is to blame.
            return {"outcome": NOT_STARTED}
        except ProtocolError as garbage:
            raise DeviceFell("garbage", str(garbage)) from garbage

    def configure(self, arguments: Arguments) -> Report:
        self._fit = self._desk.personalisation.load(arguments)
        return {"outcome": CONFIGURED if self._fit else NOT_CONFIGURED}

    def restore_settings(self, _: Arguments) -> Report:
        return self.configure({})

    def insert(self, arguments: Arguments) -> Report:
        interface = Interface(str(arguments["interface"]))
        if interface not in self._readers:
            return {"outcome": NOT_STARTED}
        self._session = ReaderSession(interface)
        return {"outcome": POWERED, "length": len(self._reader.connect())}

    def warm_reset(self, _: Arguments) -> Report:
        self._session = ReaderSession(self._session.interface)
        return {"outcome": POWERED, "length": len(self._reader.reset())}

    def remove(self, _: Arguments) -> Report:
        self._reader.disconnect()
        return {"outcome": REMOVED}

    def send(self, arguments: Arguments) -> Report:
        """A command in hex, with a dot between its bytes."""
        command = bytes.fromhex(str(arguments["command"]).replace(".", ""))
        return _told(self._transmit(command))

    def select(self, arguments: Arguments) -> Report:
        name = bytes.fromhex(str(arguments["name"]))
        p2 = int(arguments.get("occurrence", 0))
        answer = self._exchange(CommandApdu(0x00, 0xA4, BY_NAME, p2, name, 0))
        self._session.selected(answer)
        return _told(answer)

    def get_processing_options(self, arguments: Arguments) -> Report:
        given = _by_tag(arguments)
        self._session.given = {UNPREDICTABLE_NUMBER_9F37: self._number(), **given}
        data = self._filled(self._session.objects.get(PDOL_9F38, b""))
        template = ber_tlv.encode(COMMAND_83, data)
        answer = self._exchange(CommandApdu(0x80, 0xA8, 0, 0, template, 0))
        self._session.initiated(answer)
        return _told(answer)

    def read_records(self, arguments: Arguments) -> Report:
        """All that the AFL names but the last few."""
        files = list(self._session.files)
        answers = [
            self._read(sfi, number) for sfi, number in files[: len(files) - _count(arguments)]
        ]
        return _told(answers[-1]) if answers else {"outcome": NOT_STARTED}

    def read_record(self, arguments: Arguments) -> Report:
        """One by its file, as in a log: what it holds is nobody's data object."""
        sfi, number = int(arguments["sfi"]), int(arguments["number"])
        return _told(self._exchange(_reading(sfi, number)))

    def get_data(self, arguments: Arguments) -> Report:
        tag = int(str(arguments["tag"]), 16)
        return _told(self._exchange(CommandApdu(0x80, 0xCA, tag >> 8, tag & 0xFF, le=0)))

    def get_challenge(self, _: Arguments) -> Report:
        return _told(self._exchange(CommandApdu(0x00, 0x84, 0, 0, le=0)))

    def verify(self, arguments: Arguments) -> Report:
        block = self._desk.pins[str(arguments["digits"])]
        return _told(self._exchange(CommandApdu(0x00, 0x20, 0, PLAIN_PIN, block)))

    def internal_authenticate(self, arguments: Arguments) -> Report:
        self._session.given |= {UNPREDICTABLE_NUMBER_9F37: self._number(), **_by_tag(arguments)}
        wanted = self._session.objects.get(DDOL_9F49, b"\x9f\x37\x04")
        return _told(self._exchange(CommandApdu(0x00, 0x88, 0, 0, self._filled(wanted), 0)))

    def external_authenticate(self, arguments: Arguments) -> Report:
        code = bytes.fromhex(str(arguments["code"]))
        data = self._desk.issuer.authentication_data(self._session, code)
        if arguments["arpc"] != "right":
            data = _spoilt(data, 0)
        self._session.response_code = code
        return _told(self._exchange(CommandApdu(0x00, 0x82, 0, 0, data)))

    def generate_ac(self, arguments: Arguments) -> Report:
        asked = str(arguments["type"])
        self._session.given |= _by_tag(arguments)
        code = self._session.response_code
        if code:
            self._session.given.setdefault(RESPONSE_CODE_8A, code)
        wanted = CDOL2_8D if self._session.generated else CDOL1_8C
        data = self._filled(self._session.objects.get(wanted, b""))
        answer = self._exchange(CommandApdu(0x80, 0xAE, TYPES[asked], 0, data, 0))
        self._session.cryptogram_given(answer)
        return _told(answer)

    def script(self, arguments: Arguments) -> Report:
        """A command with a MAC: its first four bytes, and its data before the MAC."""
        header = bytes.fromhex(str(arguments["header"]))
        data = bytes.fromhex(str(arguments.get("data", "")))
        counted = header + bytes((len(data) + MAC_SIZE,))
        mac = self._desk.issuer.script_mac(self._session, counted, data)
        if arguments["mac"] != "right":
            mac = _spoilt(mac, -1)
        cla, ins, p1, p2 = header
        return _told(self._exchange(CommandApdu(cla, ins, p1, p2, data + mac)))

    @property
    def _reader(self) -> ReaderPort:
        return self._readers[self._session.interface]

    def _exchange(self, command: CommandApdu) -> ResponseApdu:
        return self._transmit(command.encode())

    def _transmit(self, command: bytes) -> ResponseApdu:
        return decode_response(self._reader.transmit(command))

    def _read(self, sfi: int, number: int) -> ResponseApdu:
        answer = self._exchange(_reading(sfi, number))
        self._session.read(answer)
        return answer

    def _filled(self, wanted: bytes) -> bytes:
        return fill(wanted, {**self._desk.data, **self._session.given})

    def _number(self) -> bytes:
        return self._desk.chance.randbytes(NUMBER_SIZE)


VERBS: Mapping[str, Callable[[ReaderOperator, Arguments], Report]] = MappingProxyType(
    {
        CONFIGURE: ReaderOperator.configure,
        RESTORE: ReaderOperator.restore_settings,
        "insert": ReaderOperator.insert,
        "warm reset": ReaderOperator.warm_reset,
        "remove": ReaderOperator.remove,
        "send": ReaderOperator.send,
        "select": ReaderOperator.select,
        "get processing options": ReaderOperator.get_processing_options,
        "read records": ReaderOperator.read_records,
        "read record": ReaderOperator.read_record,
        "get data": ReaderOperator.get_data,
        "get challenge": ReaderOperator.get_challenge,
        "verify": ReaderOperator.verify,
        "internal authenticate": ReaderOperator.internal_authenticate,
        "external authenticate": ReaderOperator.external_authenticate,
        "generate ac": ReaderOperator.generate_ac,
        "script": ReaderOperator.script,
    }
)


def _told(answer: ResponseApdu) -> Report:
    return {"outcome": ANSWERED, "sw": f"{answer.sw:04X}", "length": len(answer.data)}


def _count(arguments: Arguments) -> int:
    return int(arguments.get("leaving", 0))


def _reading(sfi: int, number: int) -> CommandApdu:
    return CommandApdu(0x00, 0xB2, number, sfi << 3 | RECORD_OF_FILE, le=0)


def _by_tag(arguments: Arguments) -> dict[int, Value]:
    """Arguments named keyword_TAG; a number is one in digits, a text is hex."""
    found: dict[int, Value] = {}
    for name, value in arguments.items():
        keyword, _, tag = name.rpartition("_")
        if keyword:
            found[int(tag, 16)] = value if isinstance(value, int) else bytes.fromhex(value)
    return found


def _spoilt(data: bytes, at: int) -> bytes:
    spoilt = bytearray(data)
    spoilt[at] ^= LAST_BIT
    return bytes(spoilt)
