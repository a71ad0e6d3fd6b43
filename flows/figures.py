"""Figures of quality for people: a table of metrics with their intervals, in the terminal and as a page."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from flows.terminal import console

if TYPE_CHECKING:
    from tasks.quality.measure import Report


PAGE_HEAD: Final = """# Quality

What the shipped extractors get right, measured by `dateline quality`, the same code path as a run. Each figure has its 95 %
interval (percentile bootstrap over documents). Definitions are in `tasks/quality/`; rows that begin with `baseline_` are
spaCy's en_core_web_md (names) or surname matching (coreference), scored beside ours in the same run.

Written by `make quality DATA=folder`; the public sets are not part of this repository.
"""


def as_page(reports: "Sequence[Report]") -> str:
    """Reports as a Markdown page."""
    parts = [PAGE_HEAD]
    for report in reports:
        parts.append(f"\n## {report.task}: {report.dataset} ({report.split}), {report.n} documents\n\n")
        parts.append("| metric | value | 95 % interval |\n|---|---:|---|\n")
        parts += [f"| {name} | {m.value:.3f} | {m.low:.3f} to {m.high:.3f} |\n" for name, m in report.metrics.items()]
    return "".join(parts)


def print_quality(report: "Report") -> None:
    """Print a report: a line a metric."""
    from rich.table import Table

    table = Table(
        title=f"{report.task} on {report.dataset} ({report.split}), {report.n} documents", title_justify="left"
    )
    table.add_column("metric")
    for name in ("value", "95 % from", "to"):
        table.add_column(name, justify="right")
    for name, measured in report.metrics.items():
        table.add_row(name, *(f"{value:.3f}" for value in (measured.value, measured.low, measured.high)))
    console().print(table)
