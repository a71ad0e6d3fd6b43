"""`dateline reextract`: stored texts through the extractors again, in this process."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.cli._options import home_option, settings_for

if TYPE_CHECKING:
    from rich.table import Table

    from flows.reextraction import Outcome

DAY = click.DateTime(["%Y-%m-%d"])


@click.command("reextract")
@click.option("--extractor", "extractors", multiple=True, help="Only rows of this extractor; may be repeated.")
@click.option("--source", help="Only texts of this source, by its key in sources.toml.")
@click.option("--from", "since", type=DAY, help="Only texts of this day and later (published, else first seen).")
@click.option("--to", "until", type=DAY, help="Only texts of this day and earlier.")
@click.option("--outdated", is_flag=True, help="Only texts that have rows of another version of these extractors.")
@click.option("--apply", "apply", is_flag=True, help="Switch to the new rows; without it, nothing is changed.")
@home_option
def command(
    extractors: tuple[str, ...],
    source: str | None,
    since: datetime | None,
    until: datetime | None,
    home: Path | None,
    **flags: bool,
) -> None:
    """Run the extractors over stored texts again, and show which rows would be added, gone and changed.

    The new rows wait beside the warehouse until --apply. Old rows stay in the table replaced_rows.

    \b
    Examples:
      dateline reextract --outdated
      dateline reextract --extractor quotes --source bbc-world --from 2026-10-01 --to 2026-10-31
      dateline reextract --outdated --apply
    """
    from flows.cli._progress import progress_bar
    from flows.reextraction import Wish, run_reextract

    wish = Wish(extractors, source, since and since.date(), until and until.date(), flags["outdated"])
    with progress_bar("Extracting") as progress:
        outcome = run_reextract(settings_for(home), wish, apply=flags["apply"], progress=progress)
    _print(outcome)


def _print(outcome: "Outcome") -> None:
    from flows.terminal import console

    out = console()
    if outcome.differences:
        out.print(_counts(outcome))
    if any(one.samples for one in outcome.differences):
        out.print(_samples(outcome))
    out.print(outcome.headline)


def _counts(outcome: "Outcome") -> "Table":
    from rich.table import Table

    table = Table("table", title="Rows", title_justify="left")
    for column in ("before", "added", "gone", "changed"):
        table.add_column(column, justify="right")
    for one in outcome.differences:
        table.add_row(one.table, str(one.before), *(str(one.counts[name]) for name in ("added", "gone", "changed")))
    return table


def _samples(outcome: "Outcome") -> "Table":
    from rich.table import Table
    from rich.text import Text

    table = Table("table", "change", title="Examples", title_justify="left")
    for column in ("text", "was", "becomes"):
        table.add_column(column, overflow="fold")
    for one in outcome.differences:
        for change, samples in one.samples.items():
            for sample in samples:
                # Text: words of articles are no console markup.
                table.add_row(one.table, change, *(Text(cell or "") for cell in sample))
    return table
