"""findings.json: what a judge said of each attempt, in canonical JSON; a claim, never evidence."""

from collections.abc import Sequence

import msgspec

from adapters.journal import encode
from reports.container import FINDINGS, BundleRefused
from suites.judge import Judgement
from suites.records import FORMAT


class ClaimedPhrase(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A phrase by its key, which may be one this release has no wording for."""

    key: str
    arguments: tuple[str, ...]


class ClaimedFinding(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One condition's word, as claimed."""

    condition: str
    verdict: str
    expected: ClaimedPhrase
    observed: ClaimedPhrase
    events: tuple[int, ...]
    span: tuple[int, int]


class ClaimedJudgement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A judgement as it stands in the file: of this release's judge, or of any other's."""

    attempt_id: str
    verdict: str
    findings: tuple[ClaimedFinding, ...]
    cause: str


class Claimed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file: its format, the campaign it speaks of, and a judgement for each attempt."""

    format: int
    campaign: str
    judgements: tuple[ClaimedJudgement, ...]


def write(campaign: str, judgements: Sequence[Judgement]) -> bytes:
    """The file of these judgements; the same judgements always give the same bytes."""
    return encode(
        {
            "format": FORMAT,
            "campaign": campaign,
            "judgements": msgspec.to_builtins(judgements, order="deterministic"),
        }
    )


def read(data: bytes) -> Claimed:
    """The claims of a file; BundleRefused if `write` could not have written it."""
    try:
        claimed = msgspec.json.decode(data, type=Claimed)
        canonical = encode(msgspec.to_builtins(claimed)) == data
    except (msgspec.MsgspecError, ValueError, RecursionError) as refused:
        raise BundleRefused(f"{FINDINGS} cannot be read: {refused}") from refused
    if claimed.format != FORMAT:
        raise BundleRefused(f"{FINDINGS} has format {claimed.format}, not {FORMAT}")
    if not canonical:
        raise BundleRefused(f"{FINDINGS} is not written in the canonical form")
    return claimed
