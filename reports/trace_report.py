"""What a recording of others shows: applications, authentication, decisions, and findings.

Without an ICS there is no verdict: a finding says what was seen, not what was claimed.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from adapters.codec.bits import meanings
from adapters.codec.data_elements import describe
from adapters.events import Port
from adapters.guard import CardDataGuard
from adapters.privacy.eyes import masked_text
from reports.visible import visible
from suites.conditions.invariants import INVARIANTS
from suites.conditions.observations import OBSERVATIONS
from suites.finding import Finding
from suites.readings.card_transaction import CardTransaction, GenerateAc, card_transactions
from suites.readings.offline_authentication import Result, Step, audited
from suites.recording import Recording, of_log
from suites.telling import VERDICTS
from suites.words import Title

RECORDED = frozenset({Port.ICC})
AIP_82, AFL_94, TVR_95, TSI_9B, CVM_RESULTS_9F34 = 0x82, 0x94, 0x95, 0x9B, 0x9F34
CID_9F27, ATC_9F36, AC_9F26, IAD_9F10 = 0x9F27, 0x9F36, 0x9F26, 0x9F10
# Data of GENERATE AC that tell how the terminal came to its decision.
SENT = (TVR_95, TSI_9B, CVM_RESULTS_9F34)
TYPES = {"00": "AAC", "40": "TC", "80": "ARQC", "": "-"}
STEPS = {
    Step.CA_KEY: Title("CA public key", "CA公钥"),
    Step.ISSUER_CERTIFICATE: Title("issuer certificate", "发卡行公钥证书"),
    Step.STATIC_DATA: Title("static data authentication (SDA)", "静态数据认证(SDA)"),
    Step.ICC_CERTIFICATE: Title("ICC certificate", "IC卡公钥证书"),
    Step.DYNAMIC_DATA: Title("dynamic data authentication (DDA)", "动态数据认证(DDA)"),
    Step.COMBINED_1: Title("combined signature, first GENERATE AC", "复合签名，第一次GENERATE AC"),
    Step.COMBINED_2: Title("combined signature, second GENERATE AC", "复合签名，第二次GENERATE AC"),
}
RESULTS = {
    Result.VERIFIED: Title("verified", "验证成功"),
    Result.REFUSED: Title("refused", "验证失败"),
    Result.ABSENT: Title("not in the recording", "记录中没有"),
}


@dataclass(frozen=True, slots=True)
class TraceReport:
    """A recording by its name, and what its conditions found."""

    name: str
    recording: Recording
    findings: tuple[Finding, ...]


def report_on(text: str, name: str, test_pans: Collection[str]) -> TraceReport:
    """Read and look at a log; RecordingRefused names the line where that is not possible."""
    recording = of_log(text, name, CardDataGuard(test_pans))
    # A condition that must see another port has nothing to say of a card's log.
    conditions = [each for each in (*OBSERVATIONS, *INVARIANTS.values()) if each.needs <= RECORDED]
    findings = (each for condition in conditions for each in condition.judge(recording.attempt))
    return TraceReport(name, recording, tuple(findings))


def as_text(report: TraceReport) -> str:
    """For a terminal, Chinese first; text of the card cannot steer it."""
    return "\n".join(masked_text(visible(line)) for line in _lines(report))


def _lines(report: TraceReport) -> Iterator[str]:
    exchanges = len(report.recording.attempt.events) // 2
    yield f"记录 / recording: {report.name}, {exchanges} 次交互 / exchanges"
    for card in card_transactions(report.recording.attempt):
        yield from _selection(card, report.recording)
        yield from _processing_options(card)
        yield from _authentication(card, report.recording)
        for request in card.generate_acs:
            yield from _generate_ac(request, report.recording)
    yield "发现 / findings:"
    for finding in report.findings:
        yield from _finding(finding, report.recording)
    yield "没有ICS，不作结论 / without an ICS there is no verdict"


def _selection(card: CardTransaction, recording: Recording) -> Iterator[str]:
    yield "应用 / applications seen:"
    for candidate in card.candidates:
        label = candidate.label.decode("gbk", "replace")
        line = recording.line(candidate.event)
        yield (
            f"  {candidate.aid.hex().upper()} {label}"
            f" (87={candidate.priority:02X}, 行 / line {line})"
        )
    yield f"选定 / selected: {card.application.hex().upper() or '-'}"


def _processing_options(card: CardTransaction) -> Iterator[str]:
    yield from _element(AIP_82, card.aip)
    yield f"{_name(AFL_94)}:"
    for entry in card.afl:
        yield (
            f"  SFI {entry.sfi}: 记录 / records {entry.first}-{entry.last},"
            f" 脱机认证 / authenticated {entry.authenticated}"
        )


def _authentication(card: CardTransaction, recording: Recording) -> Iterator[str]:
    audit = audited(recording.attempt, card)
    yield "脱机数据认证 / offline data authentication:"
    for check in audit.checks:
        step, result = STEPS[check.step], RESULTS[check.result]
        reason = f" ({check.reason})" if check.reason else ""
        yield f"  {step.zh} / {step.en}: {result.zh} / {result.en}{reason}"


def _generate_ac(request: GenerateAc, recording: Recording) -> Iterator[str]:
    asked, answered = TYPES.get(request.requested, "?"), TYPES.get(request.answered, "?")
    line = recording.line(request.events[0])
    yield (
        f"GENERATE AC {request.number} (行 / line {line}):"
        f" 请求 / asks for {asked}, 应答 / answered {answered}"
    )
    for tag in SENT:
        for value in request.sent(tag):
            yield from _element(tag, value, "  ")
    for tag, value in (
        (CID_9F27, request.cid_9f27),
        (ATC_9F36, request.atc_9f36),
        (AC_9F26, request.ac_9f26),
        (IAD_9F10, request.iad_9f10),
    ):
        yield from _element(tag, value, "  ")


def _element(tag: int, value: bytes, indent: str = "") -> Iterator[str]:
    yield f"{indent}{_name(tag)}: {value.hex().upper() or '-'}"
    for meaning in meanings(tag, value) if value else ():
        if meaning.set:
            yield f"{indent}  {meaning.where}: {meaning.zh} / {meaning.en}"


def _name(tag: int) -> str:
    element = describe(tag)
    return f"{tag:X} {element.zh} / {element.en}"


def _finding(finding: Finding, recording: Recording) -> Iterator[str]:
    word = VERDICTS[finding.verdict]
    lines = sorted({recording.line(event) for event in finding.events})
    yield (
        f"  {finding.condition}: {word.zh} / {word.en}"
        f" (行 / lines {', '.join(map(str, lines)) or '-'})"
    )
    said = (("应为 / expected", finding.expected), ("实为 / observed", finding.observed))
    for mark, phrase in said:
        yield f"    {mark}: {phrase.text('zh')} / {phrase.text('en')}"
