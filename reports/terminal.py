"""What commands print: plain text, Chinese first with English beside it."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from reports.rejudge import Rejudgement
from reports.visible import visible
from suites.case import Case
from suites.case_json import to_json
from suites.records import LeftOut, Plan
from suites.selection import Cost
from suites.summary import Conclusion
from suites.telling import tell


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


def selected(plan: Plan, cost: Cost, cases: Mapping[str, Case]) -> str:
    """The plan, its cost, and each run left out with the reason."""
    return "\n".join(
        (
            f"选中 / selected: {len(plan.runs)}",
            *(
                f"  {run.id}  {cases[run.case].title.zh} / {cases[run.case].title.en}"
                for run in plan.runs
            ),
            _cost(cost),
            f"未选 / left out: {len(plan.left_out)}",
            *_left_out(plan.left_out),
        )
    )


def _cost(cost: Cost) -> str:
    acts = f"操作 / acts: {cost.acts}, 其中人工 / by hand: {cost.by_hand}"
    return f"{acts}; 至多 / at most {cost.seconds_at_most} s"


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
    return attempt.split("/")[1].split("[", maxsplit=1)[0]


def lies_told(conclusion: Conclusion) -> list[str]:
    """Each claim that the device's own bytes contradict, and the events that show it."""
    return [
        f"声明不实 / the ICS lies: {lie.claim}: {lie.observed.text('zh')} / "
        f"{lie.observed.text('en')} (events {visible(lie.where)})"
        for lie in conclusion.lies
    ]
