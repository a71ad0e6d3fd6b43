"""`dateline maintain`: the nightly work on the warehouse."""

from pathlib import Path

import click

from flows.cli._options import home_option, settings_for


@click.command("maintain")
@home_option
def command(home: Path | None) -> None:
    """Remove what is older than the settings keep, compact the warehouse once a week, sweep old published files, publish.

    \b
    Examples:
      dateline maintain
      DATELINE_KEEP_ARCHIVE_DAYS=730 dateline maintain --home /srv/news
    """
    from flows.upkeep import mib, run_maintain

    done = run_maintain(settings_for(home))
    for removal in done.removed:
        click.echo(f"Removed {removal.rows:,} of {removal.target}: {removal.detail}.")
    if done.compacted:
        click.echo(f"Compacted: {mib(done.compacted.before)} are {mib(done.compacted.after)} now.")
    each = f", {done.bytes / done.articles:,.0f} bytes an article" if done.articles else ""
    click.echo(
        f"{done.articles:,} articles, {done.versions:,} texts: {mib(done.bytes)}{each}; archive {mib(done.archive_bytes)}."
    )
    click.echo(f"Published {done.publication.file.name} in {done.publication.seconds:.2f} s.")
