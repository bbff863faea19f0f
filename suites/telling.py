"""A judgement as a tester reads it in a terminal: both languages, with the events that show it."""

from collections.abc import Iterator

from adapters.privacy.eyes import masked_text
from suites.case import Case
from suites.finding import Finding, Verdict
from suites.judge import Judgement
from suites.words import Title

VERDICTS = {
    Verdict.NONE: Title("nothing judged", "未评判"),
    Verdict.PASS: Title("pass", "通过"),
    Verdict.INCONCLUSIVE: Title("inconclusive", "无法判定"),
    Verdict.REVIEW: Title("to be reviewed", "待复核"),
    Verdict.FAIL: Title("fail", "不通过"),
    Verdict.ERROR: Title("error", "测试台故障"),
}


def tell(judgement: Judgement, case: Case) -> str:
    """The verdict, its cause where something broke, and every finding that is no pass."""
    return masked_text("\n".join(_lines(judgement, case)))


def _lines(judgement: Judgement, case: Case) -> Iterator[str]:
    word = VERDICTS[judgement.verdict]
    yield f"{judgement.attempt_id}: {word.zh} / {word.en}: {case.title.zh} / {case.title.en}"
    if judgement.cause:
        yield f"  {judgement.cause}"
    for finding in judgement.findings:
        if finding.verdict is not Verdict.PASS:
            yield from _finding(finding)


def _finding(finding: Finding) -> Iterator[str]:
    word = VERDICTS[finding.verdict]
    events = ", ".join(map(str, finding.events)) or "-"
    yield f"  {finding.condition}: {word.zh} / {word.en} (events {events})"
    yield f"    应为 / expected: {finding.expected.text('zh')} / {finding.expected.text('en')}"
    yield f"    实为 / observed: {finding.observed.text('zh')} / {finding.observed.text('en')}"
