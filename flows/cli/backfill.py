"""`dateline backfill`: what was missed, or is to be read again, in this process."""

import sys
from datetime import datetime
from pathlib import Path

import click

from flows.cli._options import home_option, settings_for

DAY = click.DateTime(["%Y-%m-%d"])


@click.command("backfill")
@click.option("--source", "names", multiple=True, help="Only this source, by its key; may be given several times.")
@click.option("--from", "since", type=DAY, help="First day.")
@click.option("--to", "until", type=DAY, help="Last day.  [default: today]")
@click.option("--missed", is_flag=True, help="The times between two looks in which a source's whole list was replaced.")
@click.option("--limit", type=click.IntRange(min=1), default=1_000, show_default=True, help="Articles to take at most.")
@click.option("--from-archive", is_flag=True, help="Read the archived documents again, without the network.")
@click.option("--archive", type=click.Path(path_type=Path, exists=True), help="Another archive folder or WARC file.")
@click.option("--sources", type=click.Path(path_type=Path, dir_okay=False), help="List of sources.")
@home_option
def command(  # noqa: PLR0913 - click gives each option as an argument
    names: tuple[str, ...],
    since: datetime | None,
    until: datetime | None,
    missed: bool,
    limit: int,
    from_archive: bool,
    archive: Path | None,
    sources: Path | None,
    home: Path | None,
) -> None:
    """Take what the sources offered on past days: older pages of their feeds, the sitemaps of their sites. Or read archived documents
    again: what is missing is stored, what cleans to another text is a new version.

    Said again, it goes on where it stopped: what was taken once is not taken again.

    \b
    Examples:
      dateline backfill --source harbour-post --from 2026-10-01 --to 2026-10-07
      dateline backfill --missed --limit 200
      dateline backfill --from-archive --from 2026-10-01
      dateline backfill --from-archive --archive /srv/old/archive --home /srv/news
    """
    from flows.backfilling import Wish, run_from_archive, run_past
    from flows.cli._progress import progress_bar, say
    from flows.report import print_summary
    from flows.runs import Manner
    from flows.stopping import stoppable

    settings = settings_for(home, sources=sources)
    wish = Wish(since and since.date(), until and until.date(), names, limit, missed)
    with progress_bar("Reading") as progress, stoppable(say) as stop:
        manner = Manner(progress=progress, stop=stop)
        if from_archive:
            summary = run_from_archive(settings, archive, wish, manner)
        else:
            summary = run_past(settings, wish, manner)
    print_summary(summary)
    sys.exit(1 if summary.candidates and not summary.usable else 0)
