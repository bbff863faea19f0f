"""What an auditor finds who verifies a recorded card: chain and signatures, step by step."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from hashlib import sha1

from fixtures.crypto import ca_keys
from fixtures.crypto.ca_keys import CaKey, CaKeys
from fixtures.crypto.certificates import (
    CertificateRefused,
    PublicKey,
    combined,
    data_authentication_code,
    dynamic_number,
    icc_key,
    issuer_key,
)
from suites.attempt import Attempt
from suites.readings.card_transaction import (
    SDA_TAG_LIST_9F4A,
    SDA_TAG_LIST_AIP,
    CardTransaction,
    GenerateAc,
    card_transactions,
)
from suites.readings.once import once
from suites.readings.settings import as_texts, in_force
from suites.symbols import DATE_NAME

CA_INDEX_8F, ISSUER_CERTIFICATE_90, ISSUER_REMAINDER_92, ISSUER_EXPONENT_9F32 = (
    0x8F,
    0x90,
    0x92,
    0x9F32,
)
SIGNED_STATIC_DATA_93, PAN_5A = 0x93, 0x5A
ICC_CERTIFICATE_9F46, ICC_EXPONENT_9F47, ICC_REMAINDER_9F48 = 0x9F46, 0x9F47, 0x9F48
DATE_9A, UNPREDICTABLE_NUMBER_9F37 = 0x9A, 0x9F37
AAC = "00"
NO_KEY = PublicKey(b"", b"")


class Step(StrEnum):
    """What is verified, in order."""

    CA_KEY = "ca-key"
    ISSUER_CERTIFICATE = "issuer-certificate"
    STATIC_DATA = "static-data"
    ICC_CERTIFICATE = "icc-certificate"
    DYNAMIC_DATA = "dynamic-data"
    COMBINED_1 = "combined-1"
    COMBINED_2 = "combined-2"


class Result(StrEnum):
    VERIFIED = "verified"
    REFUSED = "refused"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Check:
    """A step, what came of it, and why: the check that refused, or the tag that is absent."""

    step: Step
    result: Result
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Audit:
    """All steps of one card transaction, and the cryptograms recovered from combined signatures."""

    transaction: int
    checks: tuple[Check, ...]
    recovered_9f26: tuple[bytes, bytes] = (b"", b"")

    def check(self, step: Step) -> Check:
        return next(each for each in self.checks if each.step is step)

    def verified(self, step: Step) -> bool:
        return self.check(step).result is Result.VERIFIED

    @property
    def icc_key_recovered(self) -> bool:
        return self.verified(Step.ICC_CERTIFICATE)

    def combined_failed(self, request: GenerateAc) -> bool:
        """Whether a combined signature was due for this GENERATE AC and does not verify."""
        due = request.cda and request.answered not in ("", AAC)
        return due and not self.verified(COMBINED[request.number])

    def cryptogram(self, request: GenerateAc) -> bytes:
        """9F26 as answered, or out of the combined signature; empty where there is none."""
        return request.ac_9f26 or self.recovered_9f26[request.number - 1]


COMBINED = {1: Step.COMBINED_1, 2: Step.COMBINED_2}


@cache
def _published() -> CaKeys:
    return ca_keys.load()


def audited(attempt: Attempt, card: CardTransaction) -> Audit:
    """The audit with the CA keys that the device is loaded with, on the date of the transaction."""
    known = (audit for each, audit in _audits(attempt) if each is card)
    return next(known, None) or _audited(attempt, card)


@once
def _audits(attempt: Attempt) -> tuple[tuple[CardTransaction, Audit], ...]:
    return tuple((card, _audited(attempt, card)) for card in card_transactions(attempt))


def _audited(attempt: Attempt, card: CardTransaction) -> Audit:
    seq = card.exchanges[0].events[0] if card.exchanges else 0
    sets = as_texts(in_force(attempt, seq), "ca-key-sets")
    dates = [date for request in card.generate_acs[:1] for date in request.sent(DATE_9A)]
    symbol = str(attempt.facts.symbols.get(DATE_NAME, ""))
    return audit(card, sets, dates[0].hex() if dates else symbol)


def audit(card: CardTransaction, sets: Collection[str], today: str) -> Audit:
    """Every step with the CA keys of these sets; today as YYMMDD."""
    known = [name for name in sets if name in _published()]
    index = card.value(CA_INDEX_8F)
    candidates = _published().find(card.rid, index[0], known) if index else ()
    found = [_Auditor(card, today).audit(key) for key in candidates]
    if not found:
        reason = "8F" if not index else f"{card.rid.hex().upper()}-{index.hex().upper()}"
        missing = Result.REFUSED if index else Result.ABSENT
        steps = (Check(step, missing, reason) for step in Step)
        return Audit(card.transaction, tuple(steps))
    # Published keys share an index: the one under which the issuer certificate opens is meant.
    return max(found, key=lambda each: each.verified(Step.ISSUER_CERTIFICATE))


class _Auditor:
    """Goes through the steps for one CA key."""

    def __init__(self, card: CardTransaction, today: str) -> None:
        self._card = card
        self._today = today
        self._issuer = NO_KEY
        self._icc = NO_KEY
        self._recovered = {1: b"", 2: b""}

    def audit(self, ca: CaKey) -> Audit:
        checks = [Check(Step.CA_KEY, Result.VERIFIED, ca.name)]
        checks += [
            self._tried(Step.ISSUER_CERTIFICATE, lambda: self._open_issuer(ca)),
            self._tried(Step.STATIC_DATA, self._verify_static),
            self._tried(Step.ICC_CERTIFICATE, self._open_icc),
            self._tried(Step.DYNAMIC_DATA, self._verify_dynamic),
            self._tried(Step.COMBINED_1, lambda: self._verify_combined(1)),
            self._tried(Step.COMBINED_2, lambda: self._verify_combined(2)),
        ]
        recovered = (self._recovered[1], self._recovered[2])
        return Audit(self._card.transaction, tuple(checks), recovered)

    def _tried(self, step: Step, verify: Callable[[], None]) -> Check:
        try:
            verify()
        except _Absent as absent:
            return Check(step, Result.ABSENT, str(absent))
        except (CertificateRefused, _Refused, ValueError) as refused:
            return Check(step, Result.REFUSED, str(refused))
        return Check(step, Result.VERIFIED)

    def _open_issuer(self, ca: CaKey) -> None:
        self._issuer = issuer_key(
            ca,
            self._needed(ISSUER_CERTIFICATE_90),
            self._card.value(ISSUER_REMAINDER_92),
            self._needed(ISSUER_EXPONENT_9F32),
            self._pan(),
            self._today,
        )

    def _verify_static(self) -> None:
        signed = self._needed(SIGNED_STATIC_DATA_93)
        data_authentication_code(self._key(self._issuer, "90"), signed, self._static_data())

    def _open_icc(self) -> None:
        certificate = self._needed(ICC_CERTIFICATE_9F46)
        self._icc = icc_key(
            self._key(self._issuer, "90"),
            certificate,
            self._card.value(ICC_REMAINDER_9F48),
            self._needed(ICC_EXPONENT_9F47),
            self._pan(),
            self._static_data(),
            self._today,
        )

    def _verify_dynamic(self) -> None:
        if not self._card.signatures:
            raise _Absent("INTERNAL AUTHENTICATE")
        first = self._card.signatures[0]
        dynamic_number(self._key(self._icc, "9F46"), first.signed_9f4b, first.ddol_data)

    def _verify_combined(self, number: int) -> None:
        requests = self._card.generate_ac(number)
        if not requests or not requests[0].sdad_9f4b:
            raise _Absent("9F4B")
        request = requests[0]
        numbers = request.sent(UNPREDICTABLE_NUMBER_9F37)
        # 9F37 of the second GENERATE AC, or the one known since the first (EMV Book 2, 6.6.2).
        numbers = numbers or self._card.generate_acs[0].sent(UNPREDICTABLE_NUMBER_9F37)
        if not numbers:
            raise _Absent("9F37")
        opened = combined(self._key(self._icc, "9F46"), request.sdad_9f4b, numbers[0])
        self._recovered[number] = opened.cryptogram
        if bytes((opened.cid,)) != request.cid_9f27:
            raise _Refused("cryptogram-information-data")
        if opened.transaction_data_hash != self._transaction_data_hash(request):
            raise _Refused("transaction-data-hash")

    def _transaction_data_hash(self, request: GenerateAc) -> bytes:
        # EMV 4.1 Book 2, 6.6.1: PDOL data, CDOL1 data, at the second CDOL2 data, then the answer.
        lists = [each.data for each in self._card.generate_acs[: request.number]]
        covered = b"".join((self._card.pdol_data, *lists, request.unsigned))
        return sha1(covered, usedforsecurity=False).digest()

    def _static_data(self) -> bytes:
        listed = self._card.value(SDA_TAG_LIST_9F4A)
        if listed and listed != SDA_TAG_LIST_AIP:
            raise _Refused("sda-tag-list")
        return self._card.static_data

    def _needed(self, tag: int) -> bytes:
        value = self._card.value(tag)
        if not value:
            raise _Absent(f"{tag:X}")
        return value

    def _pan(self) -> str:
        return self._needed(PAN_5A).hex().upper().rstrip("F")

    def _key(self, key: PublicKey, certificate: str) -> PublicKey:
        if key is NO_KEY:
            raise _Refused(f"{certificate} not verified")
        return key


class _Absent(Exception):
    """Something that the step needs was not recorded."""


class _Refused(Exception):
    """A check beyond the signatures themselves."""
