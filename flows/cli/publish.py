"""`dateline publish`: what is stored, for everybody to read."""

from pathlib import Path

import click

from flows.cli._options import home_option, settings_for


@click.command("publish")
@click.option(
    "--if-due", is_flag=True, help="Only if runs have written since, and the last one's cost has been earned."
)
@home_option
def command(if_due: bool, home: Path | None) -> None:
    """Publish the warehouse as it is now: a read-only copy, then one swap of the link news.duckdb.

    \b
    Examples:
      dateline publish
      dateline publish --if-due --home /srv/news
    """
    from flows.upkeep import mib, run_publish
    from storage.publish import NotNow

    done = run_publish(settings_for(home), force=not if_due)
    if isinstance(done, NotNow):
        click.echo(f"Not before {done.due_at:%Y-%m-%d %H:%M:%S %Z}." if done.due_at else "Nothing new to publish.")
    else:
        click.echo(
            f"Published {done.file.name}: {mib(done.bytes)} in {done.seconds:.2f} s; writers waited {done.locked_seconds:.2f} s."
        )
