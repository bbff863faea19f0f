"""What holds between card and host in every transaction: INV-12 to INV-17 of the catalogue."""

from collections.abc import Iterator
from dataclasses import dataclass

from suites.conditions.invariant import Look, broken, held
from suites.model.action_analysis import ARQC, TC, TerminalClass
from suites.phrase import Phrase
from suites.readings.card_transaction import CardTransaction, GenerateAc
from suites.readings.host_session import AMOUNT_4, HostMessage
from suites.readings.offline_authentication import Audit
from suites.readings.scene import Scene, scenes

AMOUNT_9F02, RESPONSE_CODE_8A = 0x9F02, 0x8A
# Host and kiosk facts, 1.7: an offline sale is uploaded as 0200, of a batch as 0320.
OFFLINE_UPLOAD = "0200"
AC_9F26, CID_9F27, IAD_9F10, ATC_9F36 = 0x9F26, 0x9F27, 0x9F10, 0x9F36
CVM_RESULTS_9F34 = 0x9F34
# contact facts, 4.1, INV-12: what DE55 repeats of the CDOL data; 9F34 only where it is sent.
REPEATED = (0x95, 0x9F37, 0x9A, 0x9C, 0x9F02, 0x5F2A, 0x9F1A, 0x9F33, CVM_RESULTS_9F34)
OPTIONAL = frozenset((CVM_RESULTS_9F34,))
# More digits than a list can ask for: leading zeros to compare any length with.
WIDEST = 510
# JR/T 0025.5: these accept; 01 and 02 are referrals.
ACCEPTED = frozenset(("00", "10", "11"))
UNABLE = ("Y3", "Z3")
OFFLINE_CODES = ("Y1", "Z1")
REFERRAL_CODES = ("Y2", "Z2")
DENIED_OFFLINE = "Z1"
REFERRAL = "referral"


def _hex(value: bytes) -> str:
    return value.hex().upper()


def _first_with_audit(scene: Scene) -> Iterator[tuple[CardTransaction, GenerateAc, Audit]]:
    for card in scene.cards:
        for request in card.generate_ac(1):
            yield card, request, scene.audit(card)


# -- INV-12 ----------------------------------------------------------------------------------------


def ic_data_repeat_the_card(scene: Scene) -> Iterator[Look]:
    """DE55 of a request repeats the first GENERATE AC, of an upload the one that gave the TC."""
    for message in scene.sent("AUTH"):
        # A kiosk that asks for the PIN again begins anew with the card: each request has its own.
        first = _with_number(scene, 1)
        before = tuple(each for each in first if each[1].events[0] < message.event)
        for card, request in (before or first)[-1:]:
            yield from _repeats(message, request, scene.audit(card))
    for message in scene.sent("OFFL"):
        for card, request in _uploaded(scene, message):
            yield from _repeats(message, request, scene.audit(card))


Told = tuple[tuple[CardTransaction, GenerateAc], ...]


def _with_number(scene: Scene, number: int) -> Told:
    return tuple((card, each) for card in scene.cards for each in card.generate_ac(number))


def _uploaded(scene: Scene, message: HostMessage) -> Told:
    """Which GENERATE AC an upload tells of.

    An offline sale may be uploaded in another transaction than its own: its cryptogram tells
    which, or else it should have been the last one that was approved offline.
    """
    own = tuple(
        (card, each)
        for card in scene.cards
        for each in card.generate_acs
        if each.answered == TC
    )
    if message.mti != OFFLINE_UPLOAD:
        return own[-1:]
    offline = tuple(
        (card, each)
        for other in scenes(scene.attempt)
        for card, each in _with_number(other, 1)
        if each.answered == TC and each.events[0] < message.event
    )
    told = message.object_55(AC_9F26)
    named = tuple(
        (card, each) for card, each in offline if scene.audit(card).cryptogram(each) in told
    )
    return (named or offline or own)[-1:]


def _repeats(message: HostMessage, request: GenerateAc, audit: Audit) -> Iterator[Look]:
    expected = Phrase("inv-12")
    events = (request.events[0], message.event)
    if message.problem_55:
        yield broken(expected, Phrase("de55-unreadable", (message.mti, message.problem_55)), events)
        return
    wrong = list(_differences(message, request, audit))
    for tag, sent, right in wrong:
        shown = (message.mti, f"{tag:X}", _hex(sent) or "-", _hex(right))
        yield broken(expected, Phrase("element-differs", shown), events)
    if not wrong:
        yield held(expected, events)


def _differences(
    message: HostMessage, request: GenerateAc, audit: Audit
) -> Iterator[tuple[int, bytes, bytes]]:
    right: dict[int, bytes] = {
        AC_9F26: audit.cryptogram(request),
        CID_9F27: request.cid_9f27,
        IAD_9F10: request.iad_9f10,
        ATC_9F36: request.atc_9f36,
    }
    right |= {tag: value for tag in REPEATED for value in request.sent(tag)[:1]}
    for tag, value in right.items():
        sent = message.object_55(tag)
        left_out = not sent and tag in OPTIONAL
        if value and not left_out and set(sent) != {value}:
            yield tag, b"".join(sent), value


# -- INV-13 ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AmountSeen:
    """An amount at a place, with how many digits the place has."""

    place: str
    digits: str
    event: int


def amounts_are_one(scene: Scene) -> Iterator[Look]:
    """The amount entered is the one in PDOL, CDOL1, CDOL2, DE55 and DE4."""
    entered = scene.transaction.arguments.get("amount")
    seen = tuple(_amounts(scene))
    if not seen:
        return
    expected = Phrase("inv-13")
    right = str(entered) if isinstance(entered, int) else seen[0].digits
    wrong = [each for each in seen if each.digits != right.zfill(WIDEST)[-len(each.digits) :]]
    places = ", ".join(f"{each.place} = {each.digits}" for each in wrong or seen)
    events = tuple(each.event for each in wrong or seen)
    yield (
        broken(expected, Phrase("seen-as", (places,)), events) if wrong else held(expected, events)
    )


def _amounts(scene: Scene) -> Iterator[AmountSeen]:
    for card in scene.cards:
        started = [each.events[0] for each in card.of("GPO")][:1]
        for filled in card.pdol_filled:
            # Not every terminal knows the amount when it starts the application: zeros say so.
            if filled.entry.tag == AMOUNT_9F02 and any(filled.value):
                yield AmountSeen("PDOL 9F02", _hex(filled.value), started[0])
        for request in card.generate_acs:
            for value in request.sent(AMOUNT_9F02):
                place = f"CDOL{request.number} 9F02"
                yield AmountSeen(place, _hex(value), request.events[0])
    for message in (*scene.sent("AUTH"), *scene.sent("REV")):
        digits = message.message.text(AMOUNT_4)
        if digits:
            yield AmountSeen(f"{message.mti} DE4", digits, message.event)
        for value in message.object_55(AMOUNT_9F02):
            yield AmountSeen(f"{message.mti} 9F02", _hex(value), message.event)


# -- INV-14 ----------------------------------------------------------------------------------------


def response_code_is_the_hosts(scene: Scene) -> Iterator[Look]:
    """8A in the second GENERATE AC is DE39 of the answer, or says that there was none."""
    allowed = _response_codes(scene)
    if not allowed:
        return
    for card in scene.cards:
        for request in card.generate_ac(2):
            right = allowed + _after_failed_signature(scene, card, request)
            for value in request.sent(RESPONSE_CODE_8A, 2):
                said = value.decode("ascii", "replace")
                expected = Phrase("inv-14", (" ".join(right),))
                observed = Phrase("value", ("8A", f"{said} ({_hex(value)})"))
                yield Look(
                    holds=said in right,
                    expected=expected,
                    observed=observed,
                    events=request.events[:1],
                )


def _response_codes(scene: Scene) -> tuple[str, ...]:
    """What 8A may be; nothing where it is not judged.

    That is where the host's answer was malformed, or where the host of an online terminal was not
    recorded at all.
    """
    offline = scene.terminal_class == (TerminalClass.OFFLINE_ONLY,)
    usable = scene.usable_answers()
    malformed = any(scene.answers(request) for request in scene.sent("AUTH")) and not usable
    if malformed or not (offline or scene.host_recorded):
        return ()
    allowed = tuple(each.response_code for each in usable)
    if not usable:
        allowed = UNABLE + (OFFLINE_CODES if offline else ())
    referral = REFERRAL in scene.attempt.facts.claims
    return allowed + (REFERRAL_CODES if referral else ())


def _after_failed_signature(
    scene: Scene, card: CardTransaction, second: GenerateAc
) -> tuple[str, ...]:
    failed = any(scene.audit(card).combined_failed(first) for first in card.generate_ac(1))
    return (DENIED_OFFLINE,) if failed and second.requested == "00" else ()


# -- INV-15 to INV-17 ------------------------------------------------------------------------------


def online_only_after_arqc(scene: Scene) -> Iterator[Look]:
    """An authorisation with IC data follows an ARQC whose signature, if asked for, verifies."""
    expected = Phrase("inv-15")
    for message in _of_full_transactions(scene):
        earlier = [
            (request, audit)
            for _, request, audit in _first_with_audit(scene)
            if request.events[-1] < message.event
        ]
        right = [
            request
            for request, audit in earlier
            if request.answered == ARQC and not audit.combined_failed(request)
        ]
        events = (*(event for request, _ in earlier for event in request.events), message.event)
        answers = ", ".join(request.answered or "-" for request, _ in earlier) or "-"
        yield (
            held(expected, events)
            if right
            else broken(expected, Phrase("last-answer", (answers,)), events)
        )


def approved_only_with_tc(scene: Scene) -> Iterator[Look]:
    """A chip transaction is approved only if the last GENERATE AC returned a verified TC."""
    expected = Phrase("inv-16")
    for seen in scene.endings:
        if not seen.value.approved or not scene.cards or _is_quick(scene):
            continue
        events = (*(event for _, each in scene.last_generate_ac for event in each.events),)
        answers = ", ".join(each.answered or "-" for _, each in scene.last_generate_ac) or "-"
        yield (
            held(expected, events + seen.events)
            if _completed(scene)
            else broken(expected, Phrase("last-answer", (answers,)), events + seen.events)
        )


def uncompleted_is_reversed(scene: Scene) -> Iterator[Look]:
    """What the host approved and the card did not complete is reversed."""
    expected = Phrase("inv-17")
    approvals = [each for each in scene.usable_answers() if each.response_code in ACCEPTED]
    if not approvals or not scene.cards or _is_quick(scene) or _completed(scene):
        return
    reversals = scene.sent("REV")
    events = tuple(each.event for each in (*approvals, *reversals))
    if reversals:
        yield held(expected, events)
    elif scene.transaction.cleared:
        yield broken(expected, Phrase("not-reversed"), events)


def _is_quick(scene: Scene) -> bool:
    # The card of a qPBOC tap decides in its answer to GPO, and is gone when the host decides.
    return any(card.quick for card in scene.cards)


def _of_full_transactions(scene: Scene) -> tuple[HostMessage, ...]:
    return () if _is_quick(scene) else scene.sent("AUTH")


def _completed(scene: Scene) -> bool:
    """Whether the last answer of the card is a TC, its signature verified if one was asked for."""
    return any(
        each.answered == TC and not scene.audit(card).combined_failed(each)
        for card, each in scene.last_generate_ac
    )
