"""What is printed while a device is tested, and of the kill matrix."""

from pathlib import Path

from reports.self_test import Sealed
from reports.terminal import lies_told
from suites.campaign import evidence_of, remaining
from suites.kill_matrix import KillMatrix
from suites.records import Plan
from suites.telling import VERDICTS


def begun(plan: Plan, directory: Path) -> str:
    """Before the first act: how much there is to do, and where it is recorded."""
    runs, left = len(plan.runs), len(plan.left_out)
    return (
        f"计划 {runs} 个测试，{left} 个未选 / {runs} runs planned, {left} left out\n"
        f"记录 / recording: {directory}"
    )


def resumed(directory: Path) -> str:
    """A campaign that was interrupted goes on: what was done, and what is still to do."""
    evidence = evidence_of(directory)
    left = len(remaining(evidence))
    done = len(evidence.plan.runs) - left
    return (
        f"继续中断的自测：已完成 {done} 个测试，剩余 {left} 个"
        f" / going on after an interruption: {done} runs done, {left} to do\n"
        f"记录 / recording: {directory}"
    )


def concluded(sealed: Sealed) -> str:
    """After the last act: the verdict, and where everything is."""
    conclusion = sealed.conclusion
    lines = [
        f"{VERDICTS[run.verdict].zh} / {VERDICTS[run.verdict].en}: {run.run_id}"
        for run in conclusion.runs
    ]
    lines += lies_told(conclusion)
    lines += [
        f"自测结论 / self-test: {conclusion.words.zh} / {conclusion.words.en}",
        "自测不构成任何机构的型式批准 / a self-test is no type approval by anybody",
        f"证据包 / bundle: {sealed.bundle}",
        f"报告 / report: {sealed.page}",
    ]
    return "\n".join(lines)


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
