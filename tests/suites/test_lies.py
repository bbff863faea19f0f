"""An ICS that the device's own bytes contradict."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from adapters.codec.iso8583 import Message
from fixtures.cards.bc import BC_NO_PSE
from fixtures.claims_in_bytes import BITS, Bits
from reports.terminal_campaign import lies_told
from suites.attempt import Attempt
from suites.evidence import Evidence
from suites.exit_codes import CONFORMING, NOT_CONFORMING
from suites.finding import Verdict
from suites.judge import Judgement
from suites.lies import Lie, lies
from suites.records import Plan, PlannedRun
from suites.summary import Conclusion, conclude
from tests.suites.conditions.on_emulated import OVER, Act, buy, direct, indirect
from tests.suites.recordings import FACTS, Sale, Tape, attempt_of, purchase, tlv
from tests.suites.test_summary import CAMPAIGN

STRIPE: Act = ("purchase", {"amount": OVER, "track-2": "6210948000000011=30121010000000000"})
SETTLEMENT: Act = ("settlement", {})
VOID: Act = ("void", {})
# Claims and settings under which the sale of the recordings tells nothing but the truth.
TRUE = frozenset(
    (
        *("offline-with-online", "attended", "direct", "contact", "magnetic-stripe"),
        *("plaintext-pin", "online-pin", "signature", "no-cvm", "sda", "dda", "cda", "print"),
    )
)
HONEST = {**FACTS.settings, "terminal-capabilities": "E0E8C8"}
SALE = Sale(sent={0x9F33: "E0E8C8"})


def claims(attempt: Attempt) -> list[str]:
    """What is lied about, in order."""
    return [each.claim for each in lies([attempt])]


def told(**facts: object) -> Attempt:
    return attempt_of(SALE, **{"claims": TRUE, "settings": HONEST, **facts})


@pytest.mark.parametrize(
    "made",
    [
        lambda: direct(buy(), buy(OVER), VOID, SETTLEMENT),
        lambda: direct(buy(), image=BC_NO_PSE),
        lambda: direct(STRIPE),
        lambda: indirect(buy(), buy(OVER), SETTLEMENT),
        told,
    ],
)
def test_a_conforming_device_tells_the_truth(made: Callable[[], Attempt]) -> None:
    """By contacts, by stripe, with a list of AIDs, behind a front end."""
    assert lies([made()]) == ()


@pytest.mark.parametrize(
    "defect, claim, key",
    [
        ("card-capture-told", "card-capture", "lie-bit-set"),
        ("cda-not-told", "cda", "lie-bit-not-set"),
        ("unattended-told", "attended", "lie-unattended"),
        ("printer-not-told", "print", "lie-bit-not-set"),
        ("other-scheme-taken", "aids", "lie-aid"),
        ("stripe-reader-alone-told", "contact", "lie-read"),
    ],
)
def test_a_device_whose_bytes_lie_is_caught(defect: str, claim: str, key: str) -> None:
    """In what it tells cards and host, with the events that show it."""
    attempt = direct(buy(OVER), defect=defect, image=BC_NO_PSE)
    (lie,) = lies([attempt])
    assert (lie.claim, lie.observed.key) == (claim, key)
    ((name, events),) = lie.shown
    assert name == attempt.facts.attempt_id
    assert events
    assert set(events) <= {event.seq for event in attempt.events}


@pytest.mark.parametrize(
    "claimed, settings, expected",
    [
        (TRUE - {"dda"}, {}, ["dda"]),
        (TRUE | {"id-document"}, {}, ["id-document"]),
        (TRUE - {"attended"}, {}, ["attended"]),
        (TRUE - {"offline-with-online"} | {"online-only"}, {}, ["online-only"]),
        (TRUE | {"cash-machine"}, {}, ["cash-machine"]),
        (TRUE | {"cash"}, {}, ["cash"]),
        # A bit of which no claim speaks.
        (TRUE, {"additional-terminal-capabilities": "6000F0A003"}, [
            "additional-terminal-capabilities"
        ]),
        (TRUE, {"aids": ("A000000004",)}, ["aids"]),
        (frozenset(), {}, []),
        (TRUE - {"dda"} | {"card"}, {}, []),
    ],
)
def test_each_byte_is_held_against_its_claim(
    claimed: frozenset[str], settings: dict[str, str | tuple[str, ...]], expected: list[str]
) -> None:
    """9F33, 9F35, 9F40 and the names selected; of a card under test they are the bench's."""
    assert claims(told(claims=claimed, settings={**HONEST, **settings})) == expected


def test_what_a_case_set_otherwise_is_no_lie() -> None:
    """The statement says how the device was set, the case set it otherwise."""
    tape = Tape()
    tape.sign_on()
    tape.setting(terminal_capabilities="E0E8C0")
    purchase(tape, Sale(sent={0x9F33: "E0E8C0"}))
    assert claims(tape.attempt(claims=TRUE, settings=HONEST)) == []
    untold = attempt_of(Sale(sent={0x9F33: "E0E8C0"}), claims=TRUE, settings=HONEST)
    assert claims(untold) == ["cda"]


@pytest.mark.parametrize(
    "digit, readers, expected",
    [
        ("5", {"contact"}, []),
        ("0", {"contact"}, []),
        ("6", {"contact"}, ["contactless"]),
        ("2", {"contact"}, ["contact"]),
        ("2", {"contactless"}, ["contactless"]),
        ("5", {"contactless"}, ["contact"]),
        ("6", {"contact", "contactless"}, []),
        ("5", {"contact", "contactless"}, []),
        ("5", set(), ["contact"]),
        ("2", set(), []),
    ],
)
def test_60_4_is_among_the_claimed_readers(
    digit: str, readers: set[str], expected: list[str]
) -> None:
    """Host and kiosk facts, 1.6: not equality in each transaction."""
    tape = Tape()
    tape.sign_on()
    fields: dict[int, str | bytes] = {4: "000000005000", 11: "000002"}
    tape.frame(Message("0200", {**fields, 60: f"22000001000{digit}01"}))
    claimed = frozenset(("offline-with-online", *readers))
    assert claims(tape.attempt(claims=claimed)) == expected


def in_the_field(ttq: str, claimed: frozenset[str]) -> Attempt:
    """A GPO whose PDOL asks for 9F66."""
    tape = Tape()
    aid = bytes.fromhex("A000000333010101")
    pdol = tlv(0x9F38, bytes.fromhex("9F6604"))
    fci = tlv(0x6F, tlv(0x84, aid), tlv(0xA5, tlv(0x50, b"PBOC"), pdol))
    tape.phase("body")
    tape.act("purchase", amount=1000)
    tape.reset()
    tape.apdu(b"\x00\xa4\x04\x00\x08" + aid + b"\x00", fci + b"\x90\x00")
    tape.apdu(bytes.fromhex("80A80000068304") + bytes.fromhex(ttq) + b"\x00", "6985")
    tape.report("TERMINATED")
    return tape.attempt(claims=claimed)


QUICK = frozenset(("offline-with-online", "qpboc", "contact", "online-pin", "signature"))


@pytest.mark.parametrize(
    "ttqs, claimed, expected",
    [
        (("36000000",), QUICK, []),
        (("B6000000",), QUICK, ["msd"]),
        (("76000000",), QUICK, ["contactless-pboc"]),
        (("3E000000",), QUICK, ["offline-only"]),
        (("36000080",), QUICK, ["fdda-01"]),
        (("26000000",), QUICK, ["contact"]),
        (("36000000",), QUICK | {"fdda-01"}, ["fdda-01"]),
        # An ability may be left out of one transaction; out of all of them it is a lie.
        (("32000000", "36000000"), QUICK, []),
        (("32000000", "32000000"), QUICK, ["online-pin"]),
    ],
)
def test_9f66_says_what_is_claimed(
    ttqs: tuple[str, ...], claimed: frozenset[str], expected: list[str]
) -> None:
    """Contactless facts, 4.1."""
    found = lies([in_the_field(ttq, claimed) for ttq in ttqs])
    assert [each.claim for each in found] == expected


def test_a_lie_is_told_once_with_all_that_shows_it() -> None:
    """Over the attempts of a campaign."""
    first = told(claims=TRUE - {"dda"})
    second = replace(first, facts=replace(first.facts, number=2))
    (lie,) = lies([first, second])
    assert [name for name, _ in lie.shown] == [
        first.facts.attempt_id,
        second.facts.attempt_id,
    ]
    assert lie.where.count(";") == 1


def concluded(attempt: Attempt) -> Conclusion:
    """Of a campaign with this attempt, which passed."""
    run = PlannedRun(attempt.facts.case, attempt.facts.run, "0", {})
    evidence = Evidence(CAMPAIGN, Plan("full", (run,), ()), (attempt,), ended=True)
    return conclude(evidence, [Judgement(attempt.facts.attempt_id, Verdict.PASS, (), "")])


def test_a_device_that_lies_does_not_conform() -> None:
    """Although every run passed; the summary says why in both languages."""
    honest, lying = concluded(told()), concluded(told(claims=TRUE - {"dda"}))
    assert (honest.exit_code, honest.lies, lies_told(honest)) == (CONFORMING, (), [])
    assert lying.exit_code == NOT_CONFORMING
    assert lying.words.zh == "不符合"
    (line,) = lies_told(lying)
    assert "dda" in line
    assert "ICS未声明" in line
    assert "the ICS does not claim" in line
    assert f"{FACTS.attempt_id}: " in line


@pytest.mark.parametrize("bits", [bits for table in BITS.values() for bits in table])
def test_each_bit_shows_by_itself(bits: Bits) -> None:
    """Each of the bits of its mask, and none of the others."""
    size = bits.byte + 1
    for mask in (1 << number for number in range(8)):
        value = bytes(bits.byte) + bytes((mask,))
        assert bits.stand_in(value) == bool(mask & bits.mask)
    assert not bits.stand_in(b"\xff" * (size - 1))
    assert bits.notation.startswith(f"{size}.")


def test_lies_are_values() -> None:
    """Two looks at the same recordings say the same."""
    attempt = told(claims=TRUE - {"dda"})
    assert lies([attempt]) == lies([attempt])
    assert isinstance(lies([attempt])[0], Lie)
