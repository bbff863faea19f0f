"""What commands print: plain text, Chinese first with English beside it."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from reports.rejudge import Rejudgement
from reports.self_test import Sealed
from suites.case import Case
from suites.case_json import to_json
from suites.kill_matrix import KillMatrix
from suites.records import LeftOut, PlanRecord
from suites.selection import Cost
from suites.telling import VERDICTS, tell


def begun(plan: PlanRecord, directory: Path) -> str:
    """Before the first act: how much there is to do, and where it is recorded."""
    left = len(plan.left_out)
    return (
        f"计划 {len(plan.runs)} 个测试，{left} 个未选 / {len(plan.runs)} runs planned, {left} left out\n"
        f"记录 / recording: {directory}"
    )


def concluded(sealed: Sealed) -> str:
    """After the last act: the verdict, and where everything is."""
    conclusion = sealed.conclusion
    lines = [f"{VERDICTS[run.verdict].zh} / {VERDICTS[run.verdict].en}: {run.run_id}" for run in conclusion.runs]
    lines += [
        f"自测结论 / self-test: {conclusion.words.zh} / {conclusion.words.en}",
        "自测不构成任何机构的型式批准 / a self-test is no type approval by anybody",
        f"证据包 / bundle: {sealed.bundle}",
        f"报告 / report: {sealed.page}",
    ]
    return "\n".join(lines)


def one_case(case: Case) -> str:
    """Every field of a case, one a line."""
    return "\n".join(_fields(to_json(case), ""))


def _fields(value: Mapping[str, object], indent: str) -> Iterator[str]:
    for name, each in value.items():
        if isinstance(each, Mapping) and each:
            yield f"{indent}{name}:"
            yield from _fields(each, indent + "  ")
        elif isinstance(each, list):
            yield f"{indent}{name}: {'; '.join(map(str, each)) or '-'}"
        else:
            yield f"{indent}{name}: {each if each not in ('', {}) else '-'}"


def selected(plan: PlanRecord, cost: Cost, cases: Mapping[str, Case]) -> str:
    """The plan, its cost, and each run left out with the reason."""
    return "\n".join(
        (
            f"选中 / selected: {len(plan.runs)}",
            *(f"  {run.id}  {cases[run.case].title.zh} / {cases[run.case].title.en}" for run in plan.runs),
            f"操作 / acts: {cost.acts}; 至多 / at most {cost.seconds_at_most} s",
            f"未选 / left out: {len(plan.left_out)}",
            *_left_out(plan.left_out),
        )
    )


def _left_out(left_out: Sequence[LeftOut]) -> Iterator[str]:
    by_reason = sorted(left_out, key=lambda each: (each.result, each.reason, each.id))
    for (result, reason), group in groupby(by_reason, key=lambda each: (each.result, each.reason)):
        yield f"  {result}: {reason}: {' '.join(each.id for each in group)}"


def judged(rejudgement: Rejudgement, cases: Mapping[str, Case]) -> str:
    """Every attempt's verdict and what failed."""
    return "\n".join(
        tell(each, cases[case]) if (case := _case_of(each.attempt_id)) in cases else each.attempt_id
        for each in rejudgement.judgements
    )


def _case_of(attempt: str) -> str:
    return attempt.split("/")[1].split("[")[0]


def kill_table(matrix: KillMatrix) -> str:
    """Each defect with the runs that catch it, and what is wrong with the suite."""
    lines = []
    for mutant in matrix.mutants:
        killers = ", ".join(matrix.killers(mutant)) or "幸存 / survives"
        lines.append(f"{mutant}: {killers}")
    for name, found in (
        ("未检出任何缺陷的测试 / runs that catch nothing", matrix.idle_runs),
        ("幸存缺陷 / survivors", matrix.survivors),
        ("误报 / false alarms", matrix.false_alarms),
    ):
        lines.append(f"{name}: {', '.join(found) or '-'}")
    return "\n".join(lines)
