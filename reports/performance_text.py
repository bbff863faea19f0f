"""What was measured, for people: the table in the terminal and docs/performance.md."""

from collections.abc import Iterator

from reports.machine import Machine
from reports.measurements.measurement import Unit
from reports.performance import PROCESSES, Measured
from suites.words import Title

MISSING = "-"
FRACTION = 1000
HOLDS = Title("holds", "达标")
EXCEEDED = Title("does not hold", "未达标")
NOT_MEASURED = Title("not measured", "未测")

PAGE = """\
# Performance / 性能

`./assay measure` wrote this page. Figures hold for this machine on this day; measure on your own.

本页由 `./assay measure` 生成。数值仅代表下列机器在当日的测量结果，请在自己的机器上重新测量。

| | |
|---|---|
| Date / 日期 | {date} |
| CPU | {machine.cpu} |
| Cores / 可用核数 | {machine.cores} |
| Memory / 内存 | {machine.memory_mib} MiB |
| Kernel / 内核 | {machine.kernel} |
| Python | {machine.python} |

| Measured / 测量项 | Median / 中位数 | p95 | Limit / 限值 | |
|---|---|---|---|---|
{rows}

Each row is measured in {processes} fresh processes, over the number of calls below in each. The
figure is the median of the processes' figures, p95 the median of their 95th percentiles; the limit
is for the figure. A rate is taken from the durations of single calls. What PC/SC adds is the time
through reader, daemon and the card's own process less the median in memory, both measured in turn
in one process.

每项在 {processes} 个新进程中分别测量，每个进程的调用次数见下表。数值取各进程数值的中位数，
p95 取各进程第95百分位数的中位数，限值针对前者。速率由单次调用的耗时换算。
PC/SC 的附加耗时，是经读卡器、守护程序与卡片独立进程的耗时，减去同一进程中交替测得的内存耗时中位数。

| Measured / 测量项 | Calls / 次数 | Figures of the processes / 各进程数值 |
|---|---|---|
{details}
"""


def as_table(found: tuple[Measured, ...]) -> str:
    """Two lines a row, Chinese first; what could not be measured says what would help."""
    return "\n".join(line for each in found for line in _lines(each))


def _lines(each: Measured) -> Iterator[str]:
    title = each.measurement.title
    yield f"{title.zh} / {title.en}"
    if each.trouble:
        yield f"  {NOT_MEASURED.zh} / {NOT_MEASURED.en}: {each.trouble}"
        return
    figure, tail, limit, said = _columns(each)
    name = each.measurement.statistic.title
    yield f"  {name.zh} / {name.en} {figure}, p95 {tail}, 限值 / limit {limit}: {said}"


def page(found: tuple[Measured, ...], machine: Machine, date: str) -> str:
    """The page in Markdown; date as YYYY-MM-DD."""
    rows = [f"| {_title(each)} | {' | '.join(_columns(each))} |" for each in found]
    details = [f"| {_title(each)} | {_calls(each)} | {_figures(each)} |" for each in found]
    return PAGE.format(
        date=date,
        machine=machine,
        processes=PROCESSES,
        rows="\n".join(rows),
        details="\n".join(details),
    )


def _title(each: Measured) -> str:
    return f"{each.measurement.title.en} / {each.measurement.title.zh}"


def _columns(each: Measured) -> tuple[str, str, str, str]:
    unit = each.measurement.unit
    limit = f"{'≥' if unit.at_least else '≤'} {written(each.measurement.limit, unit)}"
    if each.trouble:
        # The reason may name this machine's places; a page does not.
        return MISSING, MISSING, limit, f"{NOT_MEASURED.en} / {NOT_MEASURED.zh}"
    said = HOLDS if each.holds else EXCEEDED
    return written(each.figure, unit), written(each.tail, unit), limit, f"{said.en} / {said.zh}"


def _calls(each: Measured) -> str:
    return MISSING if each.trouble else str(min(one.calls for one in each.taken))


def _figures(each: Measured) -> str:
    if each.trouble:
        return MISSING
    return ", ".join(written(one.figure, each.measurement.unit) for one in each.taken)


def written(value: int, unit: Unit) -> str:
    """A figure in its unit: three digits behind the point, none for a rate."""
    if unit.size == 1:
        return f"{value} {unit.text}"
    sign, size = ("-", -value) if value < 0 else ("", value)
    return f"{sign}{size // unit.size}.{size % unit.size * FRACTION // unit.size:03} {unit.text}"
