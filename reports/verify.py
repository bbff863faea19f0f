"""What may be said of a bundle that opened: it is intact; who signed it is known only if told."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reports.bundle import Bundle
from reports.keyring.trust import Standing, Trust
from reports.signature import short_fingerprint
from reports.visible import visible
from suites.words import Title

SIGNER: Mapping[Standing, Title] = {
    Standing.KNOWN: Title("intact, signer known", "完好，签名者已知"),
    Standing.UNKNOWN: Title("intact, signer unknown", "完好，签名者未知"),
    Standing.EXPIRED: Title("intact, signed with an expired key", "完好，签名密钥已过期"),
    Standing.REVOKED: Title("intact, signed with a revoked key", "完好，签名密钥已吊销"),
}
PRACTICE = Title("practice: this campaign does not count", "练习：本次自测不计入")
EMULATED = Title("emulated: the device is made of software", "模拟：被测设备为软件模拟")
NOT_ENDED = Title("not ended: the campaign was broken off", "未结束：自测中断")


@dataclass(frozen=True, slots=True)
class Verification:
    """What holds of an intact bundle; `signer` is the fingerprint as it is shown."""

    campaign: str
    device: str
    signer: str
    standing: Standing
    practice: tuple[str, ...]
    emulated: bool
    ended: bool

    @property
    def words(self) -> Title:
        return SIGNER[self.standing]

    @property
    def marks(self) -> tuple[tuple[Title, str], ...]:
        """What keeps the campaign from counting, with its reasons."""
        found = (
            (PRACTICE, "; ".join(self.practice), bool(self.practice)),
            (EMULATED, "", self.emulated),
            (NOT_ENDED, "", not self.ended),
        )
        return tuple((title, detail) for title, detail, holds in found if holds)


def verify(bundle: Bundle, trust: Trust) -> Verification:
    """What is known of the signer's key, and what marks the bundle bears."""
    manifest = bundle.manifest
    first = bundle.evidence.campaign.started
    last = bundle.evidence.finished or first
    return Verification(
        campaign=manifest.campaign,
        device=manifest.device,
        signer=short_fingerprint(bundle.signer),
        standing=trust.standing(bundle.signer, first, last),
        practice=manifest.practice,
        emulated=manifest.emulated,
        ended=manifest.ended,
    )


def as_text(verification: Verification) -> str:
    """For people, Chinese first; nothing in it can steer a terminal."""
    return "\n".join(map(visible, _lines(verification)))


def _lines(verification: Verification) -> Iterator[str]:
    words = verification.words
    yield f"{words.zh} / {words.en}: {verification.signer}"
    yield f"自测 / campaign: {verification.campaign}"
    yield f"被测设备 / device: {verification.device}"
    for title, detail in verification.marks:
        yield f"{title.zh} / {title.en}" + (f": {detail}" if detail else "")
