"""What crossed the card port, decoded: commands with their answers, and what they amount to.

Nothing here raises: what cannot be decoded is absent, and its reason is kept as a problem.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from adapters.codec import ber_tlv, dol
from adapters.codec.apdu import CommandApdu, ResponseApdu, decode_command, decode_response
from adapters.codec.ber_tlv import Tlv
from adapters.codec.dol import Filled
from adapters.codec.errors import RemoteProtocolError
from adapters.events import Direction, Event, Kind, Port
from adapters.interface import Interface
from suites.attempt import Attempt
from suites.command_names import PPSE_NAME, PSE_NAME, CommandName, CommandNamer
from suites.readings.once import once
from suites.readings.transactions import numbered

GARBLED = CommandName("?", "?", 0)
NO_COMMAND = CommandApdu(0, 0, 0, 0)
NO_RESPONSE = ResponseApdu(b"", 0, 0)
DONE = "9000"
RECORD_70, FCI_6F, PROPRIETARY_A5 = 0x70, 0x6F, 0xA5
FORMAT_1_80, FORMAT_2_77 = 0x80, 0x77
COMMAND_83 = 0x83
DIRECTORY_SFI_88 = 0x88
DIRECTORY_ENTRY_61, AID_4F, LABEL_50, DF_NAME_84, PRIORITY_87 = 0x61, 0x4F, 0x50, 0x84, 0x87
PDOL_9F38, LOG_ENTRY_9F4D, SDA_TAG_LIST_9F4A = 0x9F38, 0x9F4D, 0x9F4A
AIP_82, AFL_94 = 0x82, 0x94
CDOL1_8C, CDOL2_8D = 0x8C, 0x8D
CID_9F27, ATC_9F36, AC_9F26, IAD_9F10, SDAD_9F4B = 0x9F27, 0x9F36, 0x9F26, 0x9F10, 0x9F4B
# EMV 4.1 Book 3, 6.5.5.4, format 1: CID, ATC, AC, then what the issuer added.
CID_AT, ATC_AT, AC_AT, IAD_AT = slice(0, 1), slice(1, 3), slice(3, 11), slice(11, None)
# EMV 4.1 Book 3, 5.3.2.2 and 10.2: up to SFI 10 records are template 70.
LAST_EMV_SFI, LAST_SFI = 10, 30
TYPE_MASK, CDA_REQUESTED = 0xC0, 0x10
AFL_ENTRY_SIZE = 4
AIP_SIZE = 2
# EMV 4.1 Book 2, 6.3: the one value the SDA tag list may have.
SDA_TAG_LIST_AIP = bytes((AIP_82,))
WARNED = frozenset(("6283",))


@dataclass(frozen=True, slots=True)
class Exchange:
    """A command by name and the card's answer; `sw` is "" where the card stayed mute.

    `objects` are those of the answer's data; none where `unreadable` says why there are none.
    """

    name: CommandName
    command: CommandApdu
    sent: bytes
    response: ResponseApdu
    sw: str
    events: tuple[int, ...]
    transaction: int
    objects: tuple[Tlv, ...] = ()
    unreadable: str = ""

    @property
    def family(self) -> str:
        return self.name.family


@dataclass(frozen=True, slots=True)
class Problem:
    """Why something is absent: the event, and the codec's words."""

    event: int
    text: str


@dataclass(frozen=True, slots=True)
class Session:
    """From one reset of the card to the next."""

    transaction: int
    atr: bytes
    exchanges: tuple[Exchange, ...]
    # Without contacts; the tap of the port says so of each reset.
    in_the_field: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """An application the card was seen to have."""

    aid: bytes
    label: bytes
    priority: int
    event: int


@dataclass(frozen=True, slots=True)
class AflEntry:
    """One file of the AFL: its records, and how many of them offline data authentication covers."""

    sfi: int
    first: int
    last: int
    authenticated: int

    @property
    def records(self) -> tuple[tuple[int, int], ...]:
        """Pairs of SFI and record number."""
        return tuple((self.sfi, number) for number in range(self.first, self.last + 1))


@dataclass(frozen=True, slots=True)
class Record:
    """A record that was asked for; `log`: of the transaction log (9F4D)."""

    sfi: int
    number: int
    sw: str
    data: bytes
    objects: tuple[Tlv, ...]
    events: tuple[int, ...]
    log: bool = False


@dataclass(frozen=True, slots=True)
class DataObject:
    """A primitive data object that the card sent, and the event of its response."""

    tag: int
    value: bytes
    event: int


@dataclass(frozen=True, slots=True)
class Signature:
    """An INTERNAL AUTHENTICATE: what was sent, and the signature (9F4B) that came back."""

    ddol_data: bytes
    signed_9f4b: bytes
    events: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class GenerateAc:
    """A GENERATE AC and its answer; what was absent is empty. `number` is 1 or 2."""

    number: int
    p1: int
    data: bytes
    dol: bytes
    # False where the card's own list is broken: then the device cannot be blamed for the data.
    list_readable: bool
    filled: tuple[Filled, ...]
    sw: str
    cid_9f27: bytes
    atc_9f36: bytes
    ac_9f26: bytes
    iad_9f10: bytes
    sdad_9f4b: bytes
    # The answer without 9F4B, as sent: what the hash of a CDA signature covers (EMV Book 2, 6.6).
    unsigned: bytes
    problem: str
    events: tuple[int, ...]

    @property
    def requested(self) -> str:
        """00, 40, 80 or C0: the type asked for."""
        return f"{self.p1 & TYPE_MASK:02X}"

    @property
    def cda(self) -> bool:
        """Whether a combined signature was asked for."""
        return bool(self.p1 & CDA_REQUESTED)

    @property
    def answered(self) -> str:
        """00, 40, 80 or C0: the type of the cryptogram that came back, "" if none could be read."""
        return f"{self.cid_9f27[0] & TYPE_MASK:02X}" if self.cid_9f27 else ""

    def sent(self, tag: int, length: int = 0) -> tuple[bytes, ...]:
        """What was sent for a tag of the list, of this length where one is given."""
        return tuple(
            each.value
            for each in self.filled
            if each.entry.tag == tag and length in (0, each.entry.length)
        )


@dataclass(frozen=True, slots=True)
class CardTransaction:
    """One application's share of a card session: from its selection to the last command."""

    transaction: int
    exchanges: tuple[Exchange, ...]
    candidates: tuple[Candidate, ...] = ()
    application: bytes = b""
    fci: tuple[Tlv, ...] = ()
    pdol: bytes = b""
    pdol_data: bytes = b""
    pdol_filled: tuple[Filled, ...] = ()
    aip: bytes = b""
    afl: tuple[AflEntry, ...] = ()
    # What stood in the answer to GPO, where it came in template 77.
    options: Mapping[int, bytes] = field(default_factory=dict)
    records: tuple[Record, ...] = ()
    objects: Mapping[int, DataObject] = field(default_factory=dict)
    duplicates: tuple[DataObject, ...] = ()
    read_by_get_data: Mapping[int, DataObject] = field(default_factory=dict)
    signatures: tuple[Signature, ...] = ()
    generate_acs: tuple[GenerateAc, ...] = ()
    problems: tuple[Problem, ...] = ()
    in_the_field: bool = False

    @property
    def quick(self) -> bool:
        """Whether the card decided in its answer to GPO: qPBOC (JR/T 0025.12 6.5.4)."""
        return self.in_the_field and AC_9F26 in self.options and not self.generate_acs

    def value(self, tag: int) -> bytes:
        """A data object from selection or records; empty where it was not sent."""
        found = self.objects.get(tag)
        return found.value if found else b""

    def of(self, *families: str) -> tuple[Exchange, ...]:
        """The exchanges of these families, in order."""
        return tuple(each for each in self.exchanges if each.family in families)

    def generate_ac(self, number: int) -> tuple[GenerateAc, ...]:
        """The first or second GENERATE AC; none where it was not sent."""
        return tuple(each for each in self.generate_acs if each.number == number)

    @property
    def rid(self) -> bytes:
        return self.application[:5]

    @property
    def wanted_records(self) -> tuple[tuple[int, int], ...]:
        """SFI and number of every record the AFL asks for, in order."""
        return tuple(record for entry in self.afl for record in entry.records)

    @property
    def static_data(self) -> bytes:
        """The static data to be authenticated, the AIP behind it where 9F4A says so."""
        covered = {
            (entry.sfi, number)
            for entry in self.afl
            for number in range(entry.first, entry.first + entry.authenticated)
        }
        read = {(each.sfi, each.number): each for each in self.records if each.sw == DONE}
        data = b"".join(
            _authenticated(read[key]) for key in self.wanted_records if key in covered & set(read)
        )
        return data + (self.aip if self.value(SDA_TAG_LIST_9F4A) == SDA_TAG_LIST_AIP else b"")


def _authenticated(record: Record) -> bytes:
    # EMV 4.1 Book 3, 10.3: without tag and length of template 70 up to SFI 10, whole above.
    if record.sfi <= LAST_EMV_SFI and record.objects:
        return record.objects[0].value
    return record.data


@once
def sessions(attempt: Attempt) -> tuple[Session, ...]:
    """The card sessions of an attempt, each from a reset on."""
    return _sessions(attempt, Port.ICC)


@once
def reader_sessions(attempt: Attempt) -> tuple[Session, ...]:
    """The same at the port where the bench is the reader and the card is the device."""
    return _sessions(attempt, Port.IFD)


def _sessions(attempt: Attempt, port: Port) -> tuple[Session, ...]:
    return tuple(_session(events) for events in _by_session(attempt, port) if events)


@once
def card_transactions(attempt: Attempt) -> tuple[CardTransaction, ...]:
    """Each application that was selected and started, in order; a session without any gives one."""
    return _transactions(sessions(attempt))


@once
def cards_under_test(attempt: Attempt) -> tuple[CardTransaction, ...]:
    """The same of a card that the bench reads."""
    return _transactions(reader_sessions(attempt))


def _transactions(found: tuple[Session, ...]) -> tuple[CardTransaction, ...]:
    return tuple(
        replace(_Decoder(exchanges).decoded(), in_the_field=session.in_the_field)
        for session in found
        for exchanges in _by_application(session.exchanges)
    )


Numbered = tuple[Event, int]
# Who resets the card: the device, or the bench.
ASKING = {Port.ICC: Direction.FROM_IUT, Port.IFD: Direction.TO_IUT}


def _by_session(attempt: Attempt, port: Port) -> Iterator[list[Numbered]]:
    current: list[Numbered] = []
    owner = 0
    for event, number in numbered(attempt):
        if event.port is not port or event.direction is Direction.AT_BENCH:
            continue
        reset = event.kind is Kind.RESET and event.direction is ASKING[port]
        if reset or number != owner:
            yield current
            current = []
        owner = number
        current.append((event, number))
    yield current


def _session(events: list[Numbered]) -> Session:
    atr = b"".join(event.data for event, _ in events if event.kind is Kind.RESET and event.data)
    namer = CommandNamer()
    exchanges = []
    waiting: list[Event] = []
    for event, number in events:
        if event.kind is Kind.COMMAND:
            exchanges += [_exchange(namer, each, NO_EVENT, number) for each in waiting]
            waiting = [event]
        elif event.kind is Kind.RESPONSE and waiting:
            exchanges.append(_exchange(namer, waiting.pop(), event, number))
    exchanges += [_exchange(namer, each, NO_EVENT, events[0][1]) for each in waiting]
    in_the_field = any(
        event.kind is Kind.RESET and event.detail.get("interface") == Interface.CONTACTLESS
        for event, _ in events
    )
    return Session(events[0][1], atr, _joined(exchanges), in_the_field)


NO_EVENT = Event(0, Port.ICC, Direction.TO_IUT, Kind.RESPONSE, b"")


def _exchange(namer: CommandNamer, asked: Event, answered: Event, number: int) -> Exchange:
    try:
        command = decode_command(asked.data)
        name = namer.name(command)
    except RemoteProtocolError:
        command, name = NO_COMMAND, GARBLED
    try:
        response = decode_response(answered.data)
        sw = f"{response.sw:04X}"
    except RemoteProtocolError:
        response, sw = NO_RESPONSE, ""
    objects: tuple[Tlv, ...] = ()
    unreadable = ""
    try:
        objects = ber_tlv.decode(response.data)
    except RemoteProtocolError as refused:
        unreadable = str(refused)
    events = (asked.seq, answered.seq) if answered.seq else (asked.seq,)
    return Exchange(
        name, command, asked.data, response, sw, events, number, objects, unreadable
    )


def _joined(exchanges: list[Exchange]) -> tuple[Exchange, ...]:
    """T=0: a command sent again after 6Cxx, and GET RESPONSE after 61xx, are one exchange."""
    joined: list[Exchange] = []
    for each in exchanges:
        if joined and _continues(joined[-1], each):
            first = joined[-1]
            events = first.events + each.events
            joined[-1] = replace(
                each, name=first.name, command=first.command, sent=first.sent, events=events
            )
        else:
            joined.append(each)
    return tuple(joined)


def _continues(before: Exchange, after: Exchange) -> bool:
    if before.sw[:2] == "61":
        return after.family == "GR"
    one, other = before.command, after.command
    return before.sw[:2] == "6C" and (one.header, one.data) == (other.header, other.data)


def _by_application(exchanges: tuple[Exchange, ...]) -> Iterator[tuple[Exchange, ...]]:
    """A new application begins with the first SELECT after a GPO, or with a GPO after a GPO."""
    current: list[Exchange] = []
    started = False
    for each in exchanges:
        if started and each.family in ("SEL", "GPO"):
            yield tuple(current)
            current, started = [], False
        started = started or each.family == "GPO"
        current.append(each)
    yield tuple(current)


class _Decoder:
    """Walks through the exchanges of one application and keeps what they say."""

    def __init__(self, exchanges: tuple[Exchange, ...]) -> None:
        self._exchanges = exchanges
        self._candidates: dict[bytes, Candidate] = {}
        self._application = b""
        self._in_directory = False
        self._fci: tuple[Tlv, ...] = ()
        self._pdol_data = b""
        self._pdol_filled: tuple[Filled, ...] = ()
        self._aip = b""
        self._afl: tuple[AflEntry, ...] = ()
        self._options: dict[int, bytes] = {}
        self._records: list[Record] = []
        self._objects: dict[int, DataObject] = {}
        self._in_records: set[int] = set()
        self._duplicates: list[DataObject] = []
        self._got: dict[int, DataObject] = {}
        self._signatures: list[Signature] = []
        self._generate_acs: list[GenerateAc] = []
        self._problems: list[Problem] = []

    def decoded(self) -> CardTransaction:
        for exchange in self._exchanges:
            HANDLERS.get(exchange.family, _Decoder.other)(self, exchange)
        return CardTransaction(
            transaction=self._exchanges[0].transaction if self._exchanges else 0,
            exchanges=self._exchanges,
            candidates=tuple(self._candidates.values()),
            application=self._application,
            fci=self._fci,
            pdol=self._value(PDOL_9F38),
            pdol_data=self._pdol_data,
            pdol_filled=self._pdol_filled,
            aip=self._aip,
            afl=self._afl,
            options=self._options,
            records=tuple(self._records),
            objects=self._objects,
            duplicates=tuple(self._duplicates),
            read_by_get_data=self._got,
            signatures=tuple(self._signatures),
            generate_acs=tuple(self._generate_acs),
            problems=tuple(self._problems),
        )

    def other(self, exchange: Exchange) -> None:
        if exchange.name is GARBLED:
            self._problem(exchange, "the bytes are no command")

    def select(self, exchange: Exchange) -> None:
        if exchange.sw != DONE and exchange.sw not in WARNED:
            return
        # A selection replaces what an earlier one said (EMV 4.1 Book 1, 12.4).
        self._objects.clear()
        self._fci = self._answer(exchange)
        # EMV 4.1 Book 1, 11.3.4: only the FCI of a directory, the PSE or one below it, has 88.
        listed = bool(ber_tlv.find(self._fci, DIRECTORY_SFI_88))
        self._in_directory = listed or exchange.command.data in (PSE_NAME, PPSE_NAME)
        if self._in_directory:
            # A PPSE lists its applications itself (JR/T 0025.12 6.4.1).
            self._listed(exchange)
            return
        self._keep(_primitive(exchange, self._fci))
        self._application = self._value(DF_NAME_84) or exchange.command.data
        self._candidate(exchange, self._application, self._fci)

    def get_processing_options(self, exchange: Exchange) -> None:
        # What was read before, of a tap that was torn, is read again (contactless facts, 1.10).
        self._in_records.clear()
        sent = self._tlv(exchange, exchange.command.data)
        self._pdol_data = sent[0].value if sent and sent[0].tag == COMMAND_83 else b""
        self._pdol_filled = self._split(exchange, self._value(PDOL_9F38), self._pdol_data)
        if exchange.sw != DONE:
            return
        answer = self._answer(exchange)
        if answer and answer[0].tag == FORMAT_1_80:
            self._aip, afl = answer[0].value[:AIP_SIZE], answer[0].value[AIP_SIZE:]
        else:
            found = _primitive(exchange, answer) if _is_template_77(answer) else ()
            self._options = {each.tag: each.value for each in found if each.value}
            aip, afls = ber_tlv.find(answer, AIP_82), ber_tlv.find(answer, AFL_94)
            self._aip = aip[0].value if aip else b""
            afl = afls[0].value if afls else b""
        if len(self._aip) != AIP_SIZE:
            self._problem(exchange, "the answer to GPO holds no AIP of two bytes")
            self._aip = b""
        self._afl = self._file_locator(exchange, afl)

    def read_record(self, exchange: Exchange) -> None:
        sfi, number = exchange.command.p2 >> 3, exchange.command.p1
        if self._in_directory:
            self._listed(exchange)
            return
        log = sfi == int.from_bytes(self._value(LOG_ENTRY_9F4D)[:1], "big") > LAST_EMV_SFI
        objects: tuple[Tlv, ...] = ()
        if exchange.sw == DONE and not log and sfi <= LAST_EMV_SFI:
            objects = self._template_70(exchange)
            found = _primitive(exchange, objects)
            self._note_duplicates(found)
            self._keep(found)
        data = exchange.response.data
        self._records.append(
            Record(sfi, number, exchange.sw, data, objects, exchange.events, log=log)
        )

    def get_data(self, exchange: Exchange) -> None:
        for each in self._answer(exchange):
            self._got.setdefault(each.tag, DataObject(each.tag, each.value, exchange.events[-1]))

    def internal_authenticate(self, exchange: Exchange) -> None:
        signed = b""
        if exchange.sw == DONE:
            answer = self._answer(exchange)
            if answer and answer[0].tag == FORMAT_1_80:
                signed = answer[0].value
            else:
                signed = b"".join(each.value for each in ber_tlv.find(answer, SDAD_9F4B)[:1])
        self._signatures.append(Signature(exchange.command.data, signed, exchange.events))

    def generate_ac(self, exchange: Exchange) -> None:
        list_tag = CDOL1_8C if exchange.name.number == 1 else CDOL2_8D
        wanted = self._value(list_tag)
        known = len(self._problems)
        filled = self._split(exchange, wanted, exchange.command.data)
        problem = "".join(each.text for each in self._problems[known:])
        values, unsigned = self._cryptogram(exchange)
        self._generate_acs.append(
            GenerateAc(
                number=exchange.name.number,
                p1=exchange.command.p1,
                data=exchange.command.data,
                dol=wanted,
                list_readable=bool(filled) or _is_list(wanted),
                filled=filled,
                sw=exchange.sw,
                cid_9f27=values.get(CID_9F27, b"")[:1],
                atc_9f36=values.get(ATC_9F36, b""),
                ac_9f26=values.get(AC_9F26, b""),
                iad_9f10=values.get(IAD_9F10, b""),
                sdad_9f4b=values.get(SDAD_9F4B, b""),
                unsigned=unsigned,
                problem=problem,
                events=exchange.events,
            )
        )

    def _cryptogram(self, exchange: Exchange) -> tuple[Mapping[int, bytes], bytes]:
        answer = self._answer(exchange) if exchange.sw == DONE else ()
        if not answer:
            return {}, b""
        if answer[0].tag == FORMAT_1_80:
            return _format_1(answer[0].value), b""
        children = answer[0].children
        # Only the first of a tag counts; a second one is the business of whoever looks for it.
        values = {each.tag: each.value for each in reversed(children)}
        return values, _without(exchange.response.data, answer[0], SDAD_9F4B)

    def _listed(self, exchange: Exchange) -> None:
        for entry in ber_tlv.find(self._answer(exchange), DIRECTORY_ENTRY_61):
            aid = b"".join(each.value for each in ber_tlv.find(entry.children, AID_4F)[:1])
            if aid:
                self._candidate(exchange, aid, entry.children)

    def _candidate(self, exchange: Exchange, aid: bytes, objects: tuple[Tlv, ...]) -> None:
        label = b"".join(each.value for each in ber_tlv.find(objects, LABEL_50)[:1])
        priority = b"".join(each.value for each in ber_tlv.find(objects, PRIORITY_87)[:1])
        seen = Candidate(aid, label, int.from_bytes(priority, "big"), exchange.events[-1])
        self._candidates.setdefault(aid, seen)

    def _template_70(self, exchange: Exchange) -> tuple[Tlv, ...]:
        objects = self._answer(exchange)
        if len(objects) == 1 and objects[0].tag == RECORD_70:
            return objects
        if objects:
            self._problem(exchange, "the record is no template 70")
        return ()

    def _keep(self, found: tuple[DataObject, ...]) -> None:
        for each in found:
            # Zero-length is absent (EMV 4.1 Book 3, 5.1).
            if each.value:
                self._objects.setdefault(each.tag, each)

    def _note_duplicates(self, found: tuple[DataObject, ...]) -> None:
        # EMV 4.1 Book 3, 10.2: a primitive object may stand in one record only, and once there.
        for each in found:
            if each.tag in self._in_records:
                self._duplicates.append(each)
            self._in_records.add(each.tag)

    def _file_locator(self, exchange: Exchange, afl: bytes) -> tuple[AflEntry, ...]:
        quads = [afl[at : at + AFL_ENTRY_SIZE] for at in range(0, len(afl), AFL_ENTRY_SIZE)]
        entries = tuple(
            AflEntry(quad[0] >> 3, *quad[1:]) for quad in quads if len(quad) == AFL_ENTRY_SIZE
        )
        valid = all(
            1 <= entry.sfi <= LAST_SFI
            and 1 <= entry.first <= entry.last
            and entry.authenticated <= len(entry.records)
            for entry in entries
        )
        if not entries or len(entries) < len(quads) or not valid:
            self._problem(exchange, f"the AFL is not valid: {afl.hex().upper()}")
            return ()
        return entries

    def _split(self, exchange: Exchange, wanted: bytes, data: bytes) -> tuple[Filled, ...]:
        try:
            return dol.split(dol.decode(wanted), data)
        except RemoteProtocolError as refused:
            self._problem(exchange, str(refused))
            return ()

    def _answer(self, exchange: Exchange) -> tuple[Tlv, ...]:
        if exchange.unreadable:
            self._problem(exchange, exchange.unreadable)
        return exchange.objects

    def _tlv(self, exchange: Exchange, data: bytes) -> tuple[Tlv, ...]:
        try:
            return ber_tlv.decode(data)
        except RemoteProtocolError as refused:
            self._problem(exchange, str(refused))
            return ()

    def _value(self, tag: int) -> bytes:
        found = self._objects.get(tag)
        return found.value if found else b""

    def _problem(self, exchange: Exchange, text: str) -> None:
        self._problems.append(Problem(exchange.events[-1], text))


HANDLERS: Mapping[str, Callable[[_Decoder, Exchange], None]] = {
    "SEL": _Decoder.select,
    "GPO": _Decoder.get_processing_options,
    "RR": _Decoder.read_record,
    "GD": _Decoder.get_data,
    "IA": _Decoder.internal_authenticate,
    "GAC": _Decoder.generate_ac,
}


def _primitive(exchange: Exchange, objects: tuple[Tlv, ...]) -> tuple[DataObject, ...]:
    event = exchange.events[-1]
    return tuple(
        DataObject(each.tag, each.value, event)
        for each in ber_tlv.walk(objects)
        if not each.constructed
    )


def _is_template_77(answer: tuple[Tlv, ...]) -> bool:
    return len(answer) == 1 and answer[0].tag == FORMAT_2_77


def _is_list(wanted: bytes) -> bool:
    try:
        dol.decode(wanted)
    except RemoteProtocolError:
        return False
    return True


def _format_1(value: bytes) -> Mapping[int, bytes]:
    return {
        CID_9F27: value[CID_AT],
        ATC_9F36: value[ATC_AT],
        AC_9F26: value[AC_AT],
        IAD_9F10: value[IAD_AT],
    }


def _without(data: bytes, template: Tlv, tag: int) -> bytes:
    """The children of a template as they were sent, one tag left out."""
    starts = [child.offset for child in template.children]
    ends = [*starts[1:], len(data)]
    # An empty template has no child, and one end too many.
    kept = zip(template.children, starts, ends, strict=False)
    return b"".join(data[start:end] for child, start, end in kept if child.tag != tag)
