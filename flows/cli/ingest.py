"""`dateline ingest`: the configured sources, in this process."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.cli._options import home_option, settings_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.settings import Settings
    from storage.records import Source


@click.command("ingest")
@click.option(
    "--sources", type=click.Path(path_type=Path, dir_okay=False), help="List of sources.  [default: sources.toml]"
)
@click.option("--source", "names", multiple=True, help="Only this source, by its key; may be given several times.")
@click.option("--dry-run", is_flag=True, help="Look at the sources, list what would be fetched, store nothing.")
@home_option
def command(sources: Path | None, names: tuple[str, ...], dry_run: bool, home: Path | None) -> None:
    """Ingest what the sources of sources.toml offer now, without a Prefect server.

    Sources that are not due yet are left alone, unless they are named.

    \b
    Examples:
      dateline ingest
      dateline ingest --source harbour-post --dry-run
      dateline ingest --source harbour-post --home /srv/news
    """
    from flows.cli._progress import progress_bar, say
    from flows.report import print_summary
    from flows.runs import Manner, run_ingest
    from flows.stopping import stoppable
    from tasks.sources.read import read_sources, select_sources

    settings = settings_for(home, sources=sources)
    configured = read_sources(settings.sources)
    for problem in configured.problems:
        click.echo(f"dateline: {problem}", err=True)
    chosen = select_sources(configured.sources, names)
    if dry_run:
        _list(settings, chosen)
        sys.exit(1 if configured.problems else 0)
    with progress_bar("Ingesting") as progress, stoppable(say) as stop:
        summary = run_ingest("ingest", settings, chosen, Manner(progress=progress, stop=stop, force=bool(names)))
    print_summary(summary)
    sys.exit(1 if configured.problems or (summary.candidates and not summary.usable) else 0)


def _list(settings: "Settings", sources: "Sequence[Source]") -> None:
    """What a run would fetch, and what it would not."""
    from flows.looks import dry_run

    found = dry_run(settings, sources)
    for candidate in found.candidates:
        click.echo(
            f"{candidate.source_id}  {candidate.url}  {candidate.entry.title if candidate.entry else ''}".rstrip()
        )
    for ending in found.endings:
        click.echo(f"{ending.candidate.source_id}  {ending.candidate.url}  {ending.status}: {ending.detail}")
    click.echo(f"{len(found.candidates)} would be fetched; nothing was stored.")
