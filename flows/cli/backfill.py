"""`dateline backfill`: what was missed, or is to be read again, in this process."""

import sys
from pathlib import Path

import click

from flows.cli._options import home_option, settings_for


@click.command("backfill")
@click.option(
    "--from-archive", is_flag=True, required=True, help="Read the archived documents again, without the network."
)
@click.option("--archive", type=click.Path(path_type=Path, exists=True), help="Another archive folder or WARC file.")
@home_option
def command(from_archive: bool, archive: Path | None, home: Path | None) -> None:
    """Read archived documents again: what is missing is stored, what cleans to another text is a new version.

    \b
    Examples:
      dateline backfill --from-archive
      dateline backfill --from-archive --archive /srv/old/archive/2026/10 --home /srv/news
    """
    from flows.cli._progress import progress_bar
    from flows.report import print_summary
    from flows.runs import Manner, run_ingest
    from storage.home import Home
    from tasks.sources.read import path_sources

    settings = settings_for(home)
    with progress_bar("Reading") as progress:
        sources = path_sources([archive or Home(settings.home).archive])
        summary = run_ingest("backfill", settings, sources, Manner(progress=progress))
    print_summary(summary)
    sys.exit(0 if summary.usable else 1)
