"""What a run did, for people at a terminal."""

from typing import TYPE_CHECKING

from storage.summary import Summary

if TYPE_CHECKING:
    from rich.table import Table


def print_summary(summary: Summary) -> None:
    """The summary as tables on standard output."""
    from flows.terminal import console

    out = console()
    out.print(_outcomes(summary))
    if summary.rows:
        out.print(_rows(summary))
    if summary.rejections:
        out.print(_rejections(summary))
    out.print(headline(summary))


def headline(summary: Summary) -> str:
    """The run in one line."""
    if not summary.candidates:
        return f"Nothing found. (load {summary.load_id})"
    if not summary.articles and not summary.later_versions and summary.usable:
        return f"Nothing new: {summary.usable} of {summary.candidates} known already. (load {summary.load_id})"
    return (
        f"{summary.articles} new articles, {summary.later_versions} new versions of known ones, "
        f"{sum(summary.rows.values())} rows. (load {summary.load_id})"
    )


def _outcomes(summary: Summary) -> "Table":
    from rich.table import Table

    table = Table(title="Candidates", title_justify="left")
    table.add_column("ended as")
    table.add_column("number", justify="right")
    for status, number in summary.statuses.items():
        table.add_row(status, str(number))
    return table


def _rows(summary: Summary) -> "Table":
    from rich.table import Table

    table = Table(title="Rows written", title_justify="left")
    table.add_column("table")
    table.add_column("rows", justify="right")
    for name, number in summary.rows.items():
        table.add_row(name, str(number))
    return table


def _rejections(summary: Summary) -> "Table":
    from rich.table import Table
    from rich.text import Text

    table = Table(title="Not stored", title_justify="left")
    for column in ("what", "status", "why"):
        table.add_column(column, overflow="fold")
    for rejection in summary.rejections:
        # Text: names and messages from outside are no console markup.
        table.add_row(Text(_short(rejection.url)), rejection.status, Text(rejection.detail or ""))
    return table


def _short(url: str) -> str:
    """The end of a long URL, which tells more than its start."""
    return url if len(url) <= 60 else "…" + url[-59:]
