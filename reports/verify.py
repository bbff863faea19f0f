"""What may be said of a bundle that opened: it is intact; who signed it is known only if told."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from reports.bundle import Bundle
from reports.signature import short_fingerprint
from reports.visible import visible
from suites.words import Title

SIGNER_KNOWN = Title("intact, signer known", "完好，签名者已知")
SIGNER_UNKNOWN = Title("intact, signer unknown", "完好，签名者未知")
PRACTICE = Title("practice: this campaign does not count", "练习：本次自测不计入")
EMULATED = Title("emulated: the device is made of software", "模拟：被测设备为软件模拟")
NOT_ENDED = Title("not ended: the campaign was broken off", "未结束：自测中断")


@dataclass(frozen=True, slots=True)
class Verification:
    """What holds of an intact bundle; `signer` is the fingerprint as it is shown."""

    campaign: str
    device: str
    signer: str
    signer_known: bool
    practice: tuple[str, ...]
    emulated: bool
    ended: bool

    @property
    def words(self) -> Title:
        return SIGNER_KNOWN if self.signer_known else SIGNER_UNKNOWN

    @property
    def marks(self) -> tuple[tuple[Title, str], ...]:
        """What keeps the campaign from counting, with its reasons."""
        found = (
            (PRACTICE, "; ".join(self.practice), bool(self.practice)),
            (EMULATED, "", self.emulated),
            (NOT_ENDED, "", not self.ended),
        )
        return tuple((title, detail) for title, detail, holds in found if holds)


def verify(bundle: Bundle, trusted: Collection[bytes]) -> Verification:
    """Whether the signer's key is among these raw public keys, and what marks the bundle bears."""
    manifest = bundle.manifest
    return Verification(
        campaign=manifest.campaign,
        device=manifest.device,
        signer=short_fingerprint(bundle.signer),
        signer_known=bundle.signer in trusted,
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
