"""`dateline ingest`: the configured sources, in this process."""

import sys
from pathlib import Path

import click

from flows.cli._options import home_option, settings_for


@click.command("ingest")
@click.option(
    "--sources", type=click.Path(path_type=Path, dir_okay=False), help="List of sources.  [default: sources.toml]"
)
@click.option("--source", "names", multiple=True, help="Only this source, by its key; may be given several times.")
@home_option
def command(sources: Path | None, names: tuple[str, ...], home: Path | None) -> None:
    """Ingest what the sources of sources.toml offer now, without a Prefect server.

    \b
    Examples:
      dateline ingest
      dateline ingest --source harbour-post --home /srv/news
    """
    from flows.cli._progress import progress_bar
    from flows.report import print_summary
    from flows.runs import run_ingest
    from tasks.sources import read_sources, select_sources

    settings = settings_for(home, sources=sources)
    configured = read_sources(settings.sources)
    for problem in configured.problems:
        click.echo(f"dateline: {problem}", err=True)
    chosen = select_sources(configured.sources, names)
    with progress_bar("Ingesting") as progress:
        summary = run_ingest("ingest", settings, chosen, progress=progress)
    print_summary(summary)
    sys.exit(1 if configured.problems or (summary.candidates and not summary.usable) else 0)
