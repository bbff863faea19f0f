"""What holds at the card port in every transaction: INV-01 to INV-11 of the catalogue, 4.1."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from adapters.codec.apdu import CommandApdu
from suites.acts import Verb
from suites.conditions.decision import decision
from suites.conditions.expectation import SDA_SELECTED_SWITCH, SDA_SELECTED_VALUE
from suites.conditions.invariant import Look, broken, held
from suites.model.action_analysis import ARQC
from suites.model.bits import (
    SDA_SELECTED,
    TSI_RESERVED,
    TVR_RESERVED,
    TVR_SIZE,
    bit,
    both,
    covers,
    mask,
    without,
)
from suites.model.dol_filling import predicted
from suites.model.offline_authentication import (
    FAILED_TVR,
    NOT_PERFORMED_TVR,
    PERFORMED_TSI,
    Method,
    method,
)
from suites.phrase import Phrase
from suites.readings.card_transaction import (
    AIP_82,
    DF_NAME_84,
    DONE,
    GARBLED,
    CardTransaction,
    Exchange,
    GenerateAc,
)
from suites.readings.host_clock import date_at
from suites.readings.scene import Scene
from suites.readings.settings import as_bytes, as_number, as_texts

TVR_95, TSI_9B = 0x95, 0x9B
SCRIPT_COMMAND_86 = 0x86
MOST_GENERATE_ACS = 2
# contact facts, 1.4: without these the terminal ends the transaction.
MANDATORY = (0x5F24, 0x5A, 0x8C, 0x8D)
# What the read phase ends with (contact facts, 4.1, INV-04).
AFTER_READING = ("IA", "GD", "VER", "GAC")
TO_THE_APPLICATION = frozenset(("RR", "GPO", "IA", "GD", "GC", "VER", "GAC", "EA", "SCR"))
UNPREDICTABLE_NUMBER_9F37, UNPREDICTABLE_NUMBER_SIZE = 0x9F37, 4
EARLY_DENIAL = "early-denial"
SALES = frozenset((Verb.PURCHASE.value, Verb.ECASH_PURCHASE.value))


def _hex(value: bytes) -> str:
    return value.hex().upper()


# -- INV-01 ----------------------------------------------------------------------------------------


def at_most_two_generate_acs(scene: Scene) -> Iterator[Look]:
    """At most two GENERATE AC, the second only after an ARQC."""
    expected = Phrase("inv-01")
    for card in scene.cards:
        sent = card.generate_acs
        if len(sent) > MOST_GENERATE_ACS:
            observed = Phrase("gac-count", (str(len(sent)),))
            yield broken(expected, observed, (each.events[0] for each in sent))
        elif len(sent) == MOST_GENERATE_ACS and sent[0].answered != ARQC:
            observed = Phrase("gac-2-after", (sent[0].answered or sent[0].sw or "-",))
            yield broken(expected, observed, sent[0].events + sent[1].events)
        elif sent:
            yield held(expected, (each.events[0] for each in sent))


# -- INV-02 ----------------------------------------------------------------------------------------


def generate_ac_data_follow_the_list(scene: Scene) -> Iterator[Look]:
    """The data are as long as the CDOL asks, known elements equal, unknown ones are zeros."""
    expected = Phrase("inv-02")
    for card in scene.cards:
        known = known_values(scene, card) if card.generate_acs else {}
        for request in card.generate_acs[:MOST_GENERATE_ACS]:
            yield from _data_of(request, known, expected)


def _data_of(request: GenerateAc, known: Mapping[int, bytes], expected: Phrase) -> Iterator[Look]:
    name = f"GAC{request.number}"
    if not request.dol or not request.list_readable:
        # Without a list there is nothing to compare with; whose fault that is INV-06 says.
        return
    if request.problem:
        yield broken(expected, Phrase("dol-unreadable", (name, request.problem)), request.events)
        return
    wrong = [
        (each, right)
        for each in request.filled
        for right in predicted(each.entry, known)
        if each.value != right
    ]
    for each, right in wrong:
        element = (name, f"{each.entry.tag:X}", _hex(each.value), _hex(right))
        yield broken(expected, Phrase("dol-element", element), request.events[:1])
    if not wrong:
        yield held(expected, request.events[:1])


def known_values(scene: Scene, card: CardTransaction) -> Mapping[int, bytes]:
    """What card and terminal hold by the recording, the settings and the act."""
    values = {tag: each.value for tag, each in card.objects.items()}
    values |= {AIP_82: card.aip} if card.aip else {}
    values |= _of_settings(scene)
    values |= _of_act(scene)
    if _hex(card.application) in as_texts(scene.settings, "aids"):
        values |= {0x9F06: card.application, DF_NAME_84: card.application}
    return values


# Settings of the ICS by the tag that shows them.
HEX_SETTINGS = {
    0x9F35: "terminal-type",
    0x9F33: "terminal-capabilities",
    0x9F40: "additional-terminal-capabilities",
    0x9F1A: "terminal-country",
    0x5F2A: "transaction-currency",
    0x9F09: "application-version",
    0x9F15: "merchant-category",
}
TEXT_SETTINGS = {
    0x9F1E: "ifd-serial-number",
    0x9F4E: "merchant-name",
    0x9F1C: "terminal-identification",
    0x9F16: "merchant-identifier",
}
# 9C of what a register can ask for (contact facts, 2.13).
TRANSACTION_TYPES: Mapping[str, bytes] = {
    Verb.PURCHASE: b"\x00",
    Verb.TAP: b"\x00",
    Verb.ECASH_PURCHASE: b"\x00",
    Verb.CASH: b"\x01",
}
NUMBER_SETTINGS = {0x5F36: ("currency-exponent", 1), 0x9F1B: ("floor-limit", 4)}


def _of_settings(scene: Scene) -> Mapping[int, bytes]:
    settings = scene.settings
    values = {tag: as_bytes(settings, name) for tag, name in HEX_SETTINGS.items()}
    values |= {
        tag: str(settings.get(name, "")).encode("gbk", "replace")
        for tag, name in TEXT_SETTINGS.items()
    }
    for tag, (name, size) in NUMBER_SETTINGS.items():
        number = as_number(settings, name)
        values[tag] = number.to_bytes(size, "big") if 0 <= number < 1 << 8 * size else b""
    return {tag: value for tag, value in values.items() if value}


def _of_act(scene: Scene) -> Mapping[int, bytes]:
    values = {}
    date = date_at(scene.attempt, scene.transaction.span[0])
    if date.isdecimal():
        values[0x9A] = bytes.fromhex(date)
    asked = scene.transaction.arguments
    amount, kind = asked.get("amount"), TRANSACTION_TYPES.get(str(asked.get("verb")))
    # With cashback 9C and 9F03 differ, and whether the amount asked for holds it is the register's.
    if isinstance(amount, int) and kind is not None and "cashback" not in asked:
        values |= {0x9F02: bytes.fromhex(f"{amount:012}"), 0x9F03: bytes(6), 0x9C: kind}
    return values


# -- INV-03 ----------------------------------------------------------------------------------------


def asks_what_action_analysis_says(scene: Scene) -> Iterator[Look]:
    """P1 of the first GENERATE AC is the decision of terminal action analysis."""
    for card in scene.cards:
        for request in card.generate_ac(1):
            right = decision(scene, card, request)
            if right.missing:
                continue
            expected = Phrase("decision", ("GAC1", " / ".join(right.types), right.tvr))
            observed = Phrase(f"asks-{request.requested}", ("GAC1",))
            yield Look(
                holds=request.requested in right.types,
                expected=expected,
                observed=observed,
                events=request.events[:1],
            )


# -- INV-04 ----------------------------------------------------------------------------------------


def records_follow_the_file_locator(scene: Scene) -> Iterator[Look]:
    """READ RECORD goes through the AFL once, in order."""
    for card in scene.cards:
        begun = max((each.events[0] for each in card.of("GPO")), default=0)
        stops = [each.events[0] for each in card.of(*AFTER_READING) if each.events[0] > begun]
        # What is read before GPO tells whether a torn tap was paid (contactless facts, 1.10).
        read = [
            record
            for record in card.records
            if not record.log
            and record.events[0] > begun
            and (not stops or record.events[0] < stops[0])
        ]
        if not card.afl or not (read or stops):
            continue
        wanted = card.wanted_records
        got = tuple((record.sfi, record.number) for record in read)
        # A session that ended while reading has read a part.
        right = got == wanted if stops else got == wanted[: len(got)]
        expected = Phrase("inv-04", (_listed(wanted),))
        observed = Phrase("records-read", (_listed(got),))
        events = tuple(record.events[0] for record in read) or tuple(stops[:1])
        yield Look(holds=right, expected=expected, observed=observed, events=events)


def _listed(records: Iterable[tuple[int, int]]) -> str:
    return " ".join(f"{sfi}/{number}" for sfi, number in records) or "-"


# -- INV-05 ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Form:
    """What table 1.1 allows of a command: P1, P2, and the number of data bytes."""

    p1: Callable[[int], bool]
    p2: Callable[[int], bool]
    data: range


def _exactly(*values: int) -> Callable[[int], bool]:
    return lambda value: value in values


def _any(_: int) -> bool:
    return True


NOTHING = range(1)
FORMS: Mapping[str, Form] = {
    "SEL": Form(_exactly(0x04), _exactly(0x00, 0x02), range(5, 17)),
    # P2: SFI 1 to 30 in the upper five bits, 100 below: P1 is a record number.
    "RR": Form(lambda p1: p1 > 0, lambda p2: p2 & 7 == 4 and 1 <= p2 >> 3 <= 30, NOTHING),  # noqa: PLR2004  cited above
    "GPO": Form(_exactly(0), _exactly(0), range(2, 256)),
    "IA": Form(_exactly(0), _exactly(0), range(1, 256)),
    "GD": Form(_any, _any, NOTHING),
    "GC": Form(_exactly(0), _exactly(0), NOTHING),
    "VER": Form(_exactly(0), _exactly(0x80), range(8, 9)),
    "GAC": Form(_exactly(0x00, 0x40, 0x80, 0x10, 0x50, 0x90), _exactly(0), range(256)),
    "EA": Form(_exactly(0), _exactly(0), range(8, 17)),
    "GR": Form(_exactly(0), _exactly(0), NOTHING),
    "SCR": Form(_any, _any, range(256)),
}
# Where the card itself may say how many bytes it gives.
ANY_LE = frozenset(("GD", "GR"))


def headers_follow_the_table(scene: Scene) -> Iterator[Look]:
    """Every C-APDU has the header that the standard gives it."""
    expected = Phrase("inv-05")
    scripts = {
        command
        for message in scene.messages
        if not message.from_terminal
        for command in message.object_55(SCRIPT_COMMAND_86)
    }
    right: list[int] = []
    for card in scene.cards:
        for exchange in card.exchanges:
            fault = "" if exchange.sent in scripts else _fault(exchange)
            if fault:
                shown = (exchange.name.short, _hex(exchange.sent[:5]), fault)
                yield broken(expected, Phrase("header-wrong", shown), exchange.events[:1])
            else:
                right += exchange.events[:1]
    if right:
        yield held(expected, right)


def _fault(exchange: Exchange) -> str:
    command: CommandApdu = exchange.command
    if exchange.name is GARBLED:
        return "Lc"
    form = FORMS.get(exchange.family)
    if form is None:
        return "CLA INS"
    faults = (
        ("P1", not form.p1(command.p1)),
        ("P2", not form.p2(command.p2)),
        ("Lc", len(command.data) not in form.data),
        # A T=0 trace has no Le where data are sent: an absent one says nothing.
        ("Le", command.le not in (None, 0) and exchange.family not in ANY_LE),
    )
    return " ".join([name for name, wrong in faults if wrong])


# -- INV-06 ----------------------------------------------------------------------------------------


def nothing_after_the_end(scene: Scene) -> Iterator[Look]:
    """No command to the application after a condition that ends it; no GPO without selection."""
    expected = Phrase("inv-06")
    for position, card in enumerate(scene.cards):
        if not card.of("GPO"):
            continue
        wrong = [*_after_end(card), *_unselected(card, first=position == 0)]
        for exchange, reason in wrong:
            observed = Phrase("command-after-end", (exchange.name.short, reason))
            yield broken(expected, observed, exchange.events[:1])
        if not wrong:
            yield held(expected, (each.events[0] for each in card.exchanges))


def _unselected(card: CardTransaction, *, first: bool) -> Iterator[tuple[Exchange, str]]:
    if not first and not any(each.sw == DONE for each in card.of("SEL")):
        yield card.of("GPO")[0], "GPO"


def _after_end(card: CardTransaction) -> Iterator[tuple[Exchange, str]]:
    """The first command that should not have been sent, with what had ended the application."""
    faults = {each.event for each in card.problems} | {each.event for each in card.duplicates}
    reason, started, reading = "", False, False
    for exchange in card.exchanges:
        started = started or exchange.family == "GPO"
        if not started or exchange.family not in TO_THE_APPLICATION:
            continue
        reason = reason or _missing_data(card, exchange)
        # A terminal may read every record of the AFL before it looks into them.
        if reason and not (reading and exchange.family == "RR"):
            yield exchange, reason
            return
        reading = exchange.family == "RR" and exchange.sw == DONE
        reason = reason or _ends(card, exchange, faults)


def _missing_data(card: CardTransaction, exchange: Exchange) -> str:
    if exchange.family not in ("IA", "VER", "GAC"):
        return ""
    read = {(record.sfi, record.number) for record in card.records if record.sw == DONE}
    if not card.afl or not set(card.wanted_records) <= read:
        return ""
    return " ".join(f"{tag:X}" for tag in MANDATORY if not card.value(tag))


def _ends(card: CardTransaction, exchange: Exchange, faults: Collection[int]) -> str:
    """Why this answer ends the application; "" if it does not."""
    if not exchange.sw:
        return f"{exchange.name.short} -"
    refused = exchange.sw != DONE
    match exchange.family:
        case "GPO":
            ends = refused or not card.afl
        case "RR":
            broken_here = exchange.events[-1] in faults
            ends = (refused or broken_here) and not _of_log(card, exchange)
        case "IA":
            ends = refused or not _signed(card, exchange)
        case "GAC":
            # An impossible answer to the second GENERATE AC is a decline, not an end.
            ends = exchange.name.number == 1 and not _possible(card)
        case _:
            ends = False
    return f"{exchange.name.short} {exchange.sw}" if ends else ""


def _of_log(card: CardTransaction, exchange: Exchange) -> bool:
    return any(record.log and record.events == exchange.events for record in card.records)


def _signed(card: CardTransaction, exchange: Exchange) -> bool:
    return any(each.signed_9f4b for each in card.signatures if each.events == exchange.events)


# contact facts, 1.10: what a card may answer to what was asked.
POSSIBLE = {"40": ("40", "80", "00"), "80": ("80", "00"), "00": ("00",)}


def _possible(card: CardTransaction) -> bool:
    return all(first.answered in POSSIBLE.get(first.requested, ()) for first in card.generate_ac(1))


# -- INV-07 ----------------------------------------------------------------------------------------


def authentications_in_their_place(scene: Scene) -> Iterator[Look]:
    """IA at most once before GAC1; VER between RR and GAC1; EA at most once between the ACs."""
    expected = Phrase("inv-07")
    for card in scene.cards:
        looked = card.of("IA", "VER", "EA")
        if not looked:
            continue
        wrong = [*_more_than_once(card), *_misplaced(card)]
        for exchange, why in wrong:
            observed = Phrase("command-misplaced", (exchange.name.short, why))
            yield broken(expected, observed, exchange.events[:1])
        if not wrong:
            yield held(expected, (each.events[0] for each in looked))


def _more_than_once(card: CardTransaction) -> Iterator[tuple[Exchange, str]]:
    for family in ("IA", "EA"):
        yield from ((each, "2") for each in card.of(family)[1:2])


def _misplaced(card: CardTransaction) -> Iterator[tuple[Exchange, str]]:
    first = [request.events[0] for request in card.generate_ac(1)]
    second = [request.events[0] for request in card.generate_ac(2)]
    asked_online = any(request.answered == ARQC for request in card.generate_ac(1))
    records = [each.events[0] for each in card.of("RR")]
    for each in card.of("IA", "VER"):
        if first and each.events[0] > first[0]:
            yield each, "> GAC1"
    for each in card.of("VER"):
        if not records or each.events[0] < records[0]:
            yield each, "< RR"
    for each in card.of("EA"):
        if not first or each.events[0] < first[0] or not asked_online:
            yield each, "< ARQC"
        if second and each.events[0] > second[0]:
            yield each, "> GAC2"


# -- INV-08, INV-09 --------------------------------------------------------------------------------


def bits_stay_set(scene: Scene) -> Iterator[Look]:
    """What TVR and TSI said in the first GENERATE AC they say in the second."""
    expected = Phrase("inv-08")
    for card in scene.cards:
        for first in card.generate_ac(1):
            for second in card.generate_ac(2):
                for name, tag in (("TVR", TVR_95), ("TSI", TSI_9B)):
                    yield from _kept(name, tag, first, second, expected)


def _kept(
    name: str, tag: int, first: GenerateAc, second: GenerateAc, expected: Phrase
) -> Iterator[Look]:
    events = first.events[:1] + second.events[:1]
    for before in first.sent(tag):
        for after in second.sent(tag):
            observed = Phrase("bits-cleared", (name, _hex(before), _hex(after)))
            yield (
                held(expected, events)
                if covers(after, before)
                else broken(expected, observed, events)
            )


def reserved_bits_are_zero(scene: Scene) -> Iterator[Look]:
    """Reserved bits of TVR and TSI are zero, to the card and in DE55."""
    expected = Phrase("inv-09")
    newer = scene.attempt.facts.switches.get(SDA_SELECTED_SWITCH) == SDA_SELECTED_VALUE
    allowed = mask(SDA_SELECTED, TVR_SIZE) if newer else bytes(TVR_SIZE)
    reserved = {TVR_95: without(TVR_RESERVED, allowed), TSI_9B: TSI_RESERVED}
    for name, tag, value, event in _every_tvr_and_tsi(scene):
        wrong = any(both(value, reserved[tag]))
        observed = Phrase("bits-reserved", (name, _hex(value)))
        yield broken(expected, observed, (event,)) if wrong else held(expected, (event,))


def _every_tvr_and_tsi(scene: Scene) -> Iterator[tuple[str, int, bytes, int]]:
    names = {TVR_95: "TVR", TSI_9B: "TSI"}
    for card in scene.cards:
        for request in card.generate_acs:
            for tag, name in names.items():
                for value in request.sent(tag):
                    yield f"{name} (GAC{request.number})", tag, value, request.events[0]
    for message in scene.messages:
        for tag, name in names.items():
            for value in message.object_55(tag) if message.from_terminal else ():
                yield f"{name} ({message.mti})", tag, value, message.event


# -- INV-10 ----------------------------------------------------------------------------------------


def authentication_bits_agree(scene: Scene) -> Iterator[Look]:
    """TVR 1.8 and TSI 1.8 tell whether offline data authentication was done."""
    capabilities = as_bytes(scene.settings, "terminal-capabilities")
    for card in scene.cards:
        for request in card.generate_ac(1):
            tvrs = request.sent(TVR_95)
            # An early denial may come before anything was authenticated (contact facts, 4.0).
            early = EARLY_DENIAL in scene.attempt.facts.claims and request.requested == "00"
            if tvrs and capabilities and card.aip and not early:
                yield _authentication(scene, card, request, tvrs[0])


def _authentication(scene: Scene, card: CardTransaction, request: GenerateAc, tvr: bytes) -> Look:
    chosen = method(card.aip, as_bytes(scene.settings, "terminal-capabilities"))
    due = chosen is not Method.NONE
    # CDA is done by the GENERATE AC itself, unless its keys failed before.
    by_generate_ac = chosen is Method.CDA and not (
        bit(tvr, FAILED_TVR[Method.CDA]) or not scene.audit(card).icc_key_recovered
    )
    not_performed = {0} if due else {1}
    performed = {1} if due else {0}
    if by_generate_ac:
        performed = {0, 1}
        not_performed = {0, 1} if request.requested == "00" else {0}
    observed = [("TVR 1.8", bit(tvr, NOT_PERFORMED_TVR), not_performed)]
    observed += [("TSI 1.8", bit(tsi, PERFORMED_TSI), performed) for tsi in request.sent(TSI_9B)]
    said = ", ".join(f"{name} = {value}" for name, value, _ in observed)
    return Look(
        holds=all(value in allowed for _, value, allowed in observed),
        expected=Phrase("inv-10", (chosen.value,)),
        observed=Phrase("seen-as", (said,)),
        events=request.events[:1],
    )


# -- INV-11 ----------------------------------------------------------------------------------------


def unpredictable_numbers_differ(found: tuple[Scene, ...]) -> Iterator[Look]:
    """9F37 has four bytes, and another value in each transaction."""
    expected = Phrase("inv-11")
    seen: dict[bytes, tuple[int, int]] = {}
    for scene in found:
        for card in scene.cards:
            for request in card.generate_ac(1):
                sent = request.sent(UNPREDICTABLE_NUMBER_9F37, UNPREDICTABLE_NUMBER_SIZE)
                for value in sent[:1]:
                    event = request.events[0]
                    earlier = seen.setdefault(value, (scene.number, event))
                    if earlier[0] != scene.number:
                        observed = Phrase("numbers-equal", (_hex(value),))
                        yield broken(expected, observed, (earlier[1], event))
                    else:
                        yield held(expected, (event,))
