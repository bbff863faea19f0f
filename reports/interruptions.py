"""What interrupted a campaign, as a bundle tells it: where it went on, and what was lost there."""

from collections.abc import Iterator

from adapters.chain import Head
from reports import report_words as words
from reports.bundle import Bundle
from reports.manifest import lines_of
from suites.evidence import Evidence
from suites.records import ResumeRecord
from suites.words import Title

SEPARATOR = Title("; ", "；")


def interruptions(bundle: Bundle) -> Iterator[Title]:
    """One sentence for each, in their order."""
    numbers = _numbers(bundle)
    boot = bundle.evidence.campaign.environment.get("boot", "")
    for each in bundle.evidence.interruptions:
        if isinstance(each, ResumeRecord):
            last = numbers.get(each.link, 0)
            parts = [words.RESUMED.filled(each.resumed, last, each.lost)]
            parts += [words.CUT_ATTEMPT.filled(cut) for cut in _cut(bundle.evidence, last)]
            parts += [words.MACHINE_RESTARTED] * (each.boot != boot)
            boot = each.boot
            yield _joined(parts)
        else:
            yield words.STOPPED.filled(each.cause)


def _numbers(bundle: Bundle) -> dict[str, int]:
    """The number of the line that has a link."""
    head = Head()
    numbers = {head.link.hex(): 0}
    for line in lines_of(bundle.journal):
        head = head.after(line)
        numbers[head.link.hex()] = head.count
    return numbers


def _cut(evidence: Evidence, last: int) -> Iterator[str]:
    """The attempt that was open at a line, if there was one."""
    for attempt, (_, end) in zip(evidence.attempts, evidence.spans, strict=True):
        if end == last and not attempt.closed:
            yield attempt.facts.attempt_id


def _joined(parts: list[Title]) -> Title:
    return Title(
        SEPARATOR.en.join(each.en for each in parts), SEPARATOR.zh.join(each.zh for each in parts)
    )
