"""What a self-test report says, as values; how it looks is render's business."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields

from adapters.privacy.eyes import masked_text
from fixtures import ics
from fixtures.identity import Identity
from reports import report_words as words
from reports.bundle import Bundle
from reports.event_text import event_texts
from reports.interruptions import interruptions
from reports.keyring.trust import NOBODY
from reports.rejudge import Rejudgement, differences
from reports.report_words import ITEMS, Item
from reports.signature import fingerprint
from reports.statement_rows import StatementRow, statement_rows
from reports.statements import Stated, reviews_among
from reports.verify import verify
from reports.wall_clock import jumps
from suites.attempt import Attempt
from suites.case import Case
from suites.finding import Finding, Verdict
from suites.judge import Judgement
from suites.judge_digest import judge_digest
from suites.ledger import attempts_by_run
from suites.phrase import Phrase
from suites.records import Registered, Station
from suites.summary import Conclusion, RunResult, conclude
from suites.telling import VERDICTS
from suites.verdict import STALLED
from suites.words import Title

# Findings whose events are shown decoded: those that somebody must act upon.
SHOWN = frozenset((Verdict.FAIL, Verdict.REVIEW))


@dataclass(frozen=True, slots=True)
class Row:
    """One fact: its name and its value in both languages."""

    label: Title
    value: Title


@dataclass(frozen=True, slots=True)
class PortRow:
    """A port with its link and how true it is."""

    port: str
    link: str
    fidelity: Title
    settings: str


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group of cases: how many runs came to each verdict, in the order of the columns."""

    group: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class EventReport:
    """A recorded event, decoded, with the conditions that rest on it."""

    seq: int
    port: str
    direction: Title
    kind: Title
    wall: str
    conditions: tuple[str, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FindingReport:
    """One condition's word, with the numbers of the events that show it and its span."""

    condition: str
    verdict: Verdict
    word: Title
    expected: Title
    observed: Title
    where: str


@dataclass(frozen=True, slots=True)
class AttemptReport:
    """One attempt: verdict, what broke, all findings, and the events of those to act upon."""

    attempt_id: str
    verdict: Verdict
    word: Title
    troubles: tuple[Title, ...]
    findings: tuple[FindingReport, ...]
    events: tuple[EventReport, ...]


@dataclass(frozen=True, slots=True)
class RunReport:
    """A run with its case's title and clauses; `verdict` is not-run where there is no attempt."""

    run_id: str
    title: Title
    clauses: str
    standing: str
    verdict: str
    word: Title
    remarks: tuple[Title, ...]
    attempts: tuple[AttemptReport, ...]


@dataclass(frozen=True, slots=True)
class LeftOutRow:
    run_id: str
    title: Title
    word: Title
    reason: str


@dataclass(frozen=True, slots=True)
class AttemptedRow:
    """How often a run was attempted: in this bundle, and by all that its ledger tells."""

    run_id: str
    here: int
    told: int


@dataclass(frozen=True, slots=True)
class LieRow:
    """A claim or a setting of the ICS, what the device's bytes say instead, and where."""

    claim: Title
    observed: Title
    where: str


@dataclass(frozen=True, slots=True)
class SelfTestReport:
    """The whole page, section by section."""

    conclusion: Conclusion
    meaning: Title
    marks: tuple[tuple[Title, str], ...]
    campaign: tuple[Row, ...]
    identity: tuple[Row, ...]
    claims: tuple[Row, ...]
    lies: tuple[LieRow, ...]
    settings: tuple[Row, ...]
    switches: tuple[Row, ...]
    ports: tuple[PortRow, ...]
    columns: tuple[Title, ...]
    groups: tuple[GroupRow, ...]
    runs: tuple[RunReport, ...]
    left_out: tuple[LeftOutRow, ...]
    statements: tuple[StatementRow, ...]
    interruptions: tuple[Title, ...]
    attempted: tuple[AttemptedRow, ...]
    evidence: tuple[Row, ...]
    release: tuple[Row, ...]


def self_test_report(
    bundle: Bundle,
    rejudgement: Rejudgement,
    cases: Mapping[str, Case],
    stated: Sequence[Stated] = (),
) -> SelfTestReport:
    """The report of a bundle as judged here, with what was stated about it since.

    BundleRefused if the bundle lies about its judge.
    """
    evidence = bundle.evidence
    conclusion = conclude(evidence, rejudgement.judgements, reviews_among(stated))
    claimed = evidence.campaign.ics
    proforma = ics.proforma()
    return SelfTestReport(
        conclusion=conclusion,
        meaning=words.MEANINGS[conclusion.exit_code],
        marks=verify(bundle, NOBODY).marks,
        campaign=tuple(_campaign(bundle)),
        identity=tuple(_identity(evidence.campaign.identity)),
        claims=tuple(Row(_item(name, proforma.claims), _same(name)) for name in claimed.claims),
        lies=tuple(_lies(conclusion, proforma)),
        settings=tuple(_settings(claimed.settings, proforma.settings)),
        switches=tuple(_settings(claimed.switches, proforma.switches)),
        ports=tuple(_ports(bundle)),
        columns=(*VERDICTS.values(), words.NOT_RUN),
        groups=tuple(_groups(conclusion.runs)),
        runs=tuple(_runs(bundle, rejudgement, conclusion, cases)),
        left_out=tuple(
            LeftOutRow(
                each.id,
                _title(each.case, cases),
                words.LEFT_OUT.get(each.result, _same(each.result)),
                each.reason,
            )
            for each in evidence.plan.left_out
        ),
        statements=tuple(statement_rows(stated)),
        interruptions=tuple(interruptions(bundle)),
        attempted=tuple(_attempted(bundle)),
        evidence=tuple(_evidence(bundle)),
        release=tuple(_release(bundle, rejudgement)),
    )


def _same(value: object) -> Title:
    """A value that is the same in both languages."""
    return Title(str(value), str(value))


def _yes(value: object) -> Title:
    return words.YES if value else words.NO


def _rows(values: Mapping[Item, object]) -> Iterator[Row]:
    for item, value in values.items():
        yield Row(ITEMS[item], value if isinstance(value, Title) else _same(value))


def _campaign(bundle: Bundle) -> Iterator[Row]:
    campaign = bundle.evidence.campaign
    return _rows(
        {
            Item.CAMPAIGN: campaign.campaign,
            Item.DEVICE: campaign.device,
            Item.DEVICE_KIND: campaign.device_kind,
            Item.EDITION: campaign.ics.edition,
            Item.PROFILE: bundle.evidence.plan.profile,
            Item.RUNNER: campaign.runner,
            Item.SEED: campaign.seed,
            Item.KEYS: ", ".join(campaign.keys),
            Item.STARTED: campaign.started,
            Item.ENDED: _yes(bundle.evidence.ended),
        }
    )


def _identity(identity: Identity | None) -> Iterator[Row]:
    if identity is None:
        return
    for part, labels in words.IDENTITY.items():
        values = getattr(identity, part)
        for field in fields(values):
            value = getattr(values, field.name)
            yield Row(labels[field.name], _yes(value) if isinstance(value, bool) else _value(value))


def _value(value: object) -> Title:
    return _same(", ".join(map(str, value)) if isinstance(value, tuple) else value)


def _item(name: str, items: Mapping[str, ics.Item]) -> Title:
    return Title(items[name].en, items[name].zh) if name in items else _same(name)


def _lies(conclusion: Conclusion, proforma: ics.Proforma) -> Iterator[LieRow]:
    items = {**proforma.settings, **proforma.claims}
    for lie in conclusion.lies:
        label = _item(lie.claim, items)
        observed = Title(lie.observed.text("en"), lie.observed.text("zh"))
        yield LieRow(Title(f"{label.en} ({lie.claim})", label.zh), observed, lie.where)


def _settings(values: Mapping[str, object], items: Mapping[str, ics.Item]) -> Iterator[Row]:
    for name, value in values.items():
        label = _item(name, items)
        yield Row(Title(f"{label.en} ({name})", label.zh), _value(value))


def _ports(bundle: Bundle) -> Iterator[PortRow]:
    campaign = bundle.evidence.campaign
    for port in dict.fromkeys((*campaign.links, *campaign.fidelity)):
        fidelity = campaign.fidelity.get(port, "-")
        yield PortRow(
            port,
            campaign.links.get(port, "-"),
            words.FIDELITIES.get(fidelity, _same(fidelity)),
            campaign.settings_channel.get(port, "-"),
        )


def _groups(runs: Sequence[RunResult]) -> Iterator[GroupRow]:
    groups: dict[str, Counter[str]] = {}
    for run in runs:
        group = run.run_id.split("[")[0].rsplit("-", 1)[0]
        groups.setdefault(group, Counter())[_word_of(run)] += 1
    for group, counts in groups.items():
        columns = (*map(str, VERDICTS), NOT_RUN)
        yield GroupRow(group, tuple(counts[column] for column in columns))


NOT_RUN = "not-run"


def _word_of(run: RunResult) -> str:
    return str(run.verdict) if run.attempts else NOT_RUN


def _title(case: str, cases: Mapping[str, Case]) -> Title:
    return cases[case].title if case in cases else words.NOT_IN_RELEASE


def _runs(
    bundle: Bundle,
    rejudgement: Rejudgement,
    conclusion: Conclusion,
    cases: Mapping[str, Case],
) -> Iterator[RunReport]:
    attempts = {each.facts.attempt_id: each for each in bundle.evidence.attempts}
    judgements = {each.attempt_id: each for each in rejudgement.judgements}
    planned = {run.id for run in bundle.evidence.plan.runs}
    for run in conclusion.runs:
        case = run.run_id.split("[")[0]
        known = cases.get(case)
        yield RunReport(
            run_id=run.run_id,
            title=_title(case, cases),
            clauses="; ".join(map(str, known.clauses)) if known else "",
            standing=str(known.standing) if known else "",
            verdict=_word_of(run),
            word=VERDICTS[run.verdict] if run.attempts else words.NOT_RUN,
            remarks=() if run.run_id in planned else (words.UNPLANNED,),
            attempts=tuple(
                _attempt(attempts[each], judgements[each])
                for each in run.attempts
                if each in judgements
            ),
        )


def _attempt(attempt: Attempt, judgement: Judgement) -> AttemptReport:
    return AttemptReport(
        attempt_id=judgement.attempt_id,
        verdict=judgement.verdict,
        word=VERDICTS[judgement.verdict],
        troubles=tuple(_troubles(attempt, judgement)),
        findings=tuple(map(_finding, judgement.findings)),
        events=tuple(_events(attempt, judgement)),
    )


def _troubles(attempt: Attempt, judgement: Judgement) -> Iterator[Title]:
    if not attempt.closed:
        yield words.NOT_CLOSED
    if judgement.cause == STALLED:
        yield words.STALLED
    if attempt.trouble:
        yield _same(masked_text(f"{attempt.trouble.cause}: {attempt.trouble.message}"))
    elif judgement.cause:
        yield _same(judgement.cause)
    for jump in jumps(attempt):
        yield words.WALL_CLOCK_JUMPED.filled(*jump)


def _finding(finding: Finding) -> FindingReport:
    first, last = finding.span
    return FindingReport(
        condition=finding.condition,
        verdict=finding.verdict,
        word=VERDICTS[finding.verdict],
        expected=_said(finding.expected),
        observed=_said(finding.observed),
        where=f"{', '.join(map(str, finding.events)) or '-'} / {first}–{last}",
    )


def _said(phrase: Phrase) -> Title:
    return Title(masked_text(phrase.text("en")), masked_text(phrase.text("zh")))


def _events(
    attempt: Attempt, judgement: Judgement
) -> Iterator[EventReport]:
    """Each event once, however many findings rest on it."""
    resting: dict[int, list[str]] = {}
    for finding in judgement.findings:
        for seq in finding.events if finding.verdict in SHOWN else ():
            resting.setdefault(seq, []).append(finding.condition)
    texts = event_texts(attempt) if resting else {}
    for event in attempt.events:
        if event.seq in resting:
            yield EventReport(
                seq=event.seq,
                port=str(event.port),
                direction=words.DIRECTIONS[event.direction],
                kind=words.KINDS[event.kind],
                wall=event.stamp.wall,
                conditions=tuple(resting[event.seq]),
                lines=texts[event.seq],
            )


def _attempted(bundle: Bundle) -> Iterator[AttemptedRow]:
    here = Counter(attempt.facts.run_id for attempt in bundle.evidence.attempts)
    told = attempts_by_run(bundle.ledger.entries(), bundle.manifest.device)
    for run in dict.fromkeys((*here, *told)):
        yield AttemptedRow(run, here[run], told[run])


def _evidence(bundle: Bundle) -> Iterator[Row]:
    manifest = bundle.manifest
    findings = hashlib.sha256(bundle.findings).hexdigest()
    return _rows(
        {
            Item.RECORDS: manifest.counts.records,
            Item.ATTEMPTS: manifest.counts.attempts,
            Item.JOURNAL: hashlib.sha256(bundle.journal).hexdigest(),
            Item.FINDINGS: findings if bundle.findings else words.CLAIMS_ABSENT,
            Item.CHAIN: manifest.chain_head,
            Item.TREE: manifest.merkle_root,
            Item.SIGNER: fingerprint(bundle.signer),
            Item.STATION_KEY: _validity(bundle.evidence.campaign.station),
            Item.CHALLENGE: _challenge(bundle.evidence.campaign.challenge),
            Item.ENVIRONMENT: _environment(bundle.evidence.campaign.environment),
        }
    )


def _validity(station: Station | None) -> Title:
    if station is None:
        return words.NOT_TOLD
    return _same(f"{station.fingerprint}: {station.made} – {station.expires}")


def _challenge(asked: Registered | None) -> Title:
    if asked is None:
        return words.NO_CHALLENGE
    return _same(f"{asked.number} ({asked.issuer}), SHA-256 {asked.sha256}")


def _environment(found: Mapping[str, str]) -> str:
    return "; ".join(f"{name}: {value}" for name, value in sorted(found.items())) or "-"


def _release(bundle: Bundle, rejudgement: Rejudgement) -> Iterator[Row]:
    release = bundle.manifest.release
    return _rows(
        {
            Item.VERSION: release.version,
            Item.COMMIT: release.commit,
            Item.CHANGED: _yes(release.dirty),
            Item.JUDGE_OF_BUNDLE: release.judge_digest,
            Item.JUDGE_OF_REPORT: judge_digest(),
            Item.CLAIMS: _claims(bundle, rejudgement),
        }
    )


def _claims(bundle: Bundle, rejudgement: Rejudgement) -> Title:
    found = len(differences(rejudgement, bundle))
    if not bundle.findings:
        return words.CLAIMS_ABSENT
    if not found:
        return words.CLAIMS_EQUAL
    return words.CLAIMS_DIFFER.filled(found)
