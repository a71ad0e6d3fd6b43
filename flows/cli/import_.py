"""`dateline import`: take over what another Dateline exported."""

from pathlib import Path

import click

from flows.cli._options import home_option, settings_for


@click.command("import")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
@home_option
def command(folder: Path, home: Path | None) -> None:
    """Add what an export (Parquet) of another Dateline has and this warehouse does not, and publish.

    Articles that both have stay one article; importing the same export again adds nothing. Raw pages are not part of an export.
    Everything is checked first: an export that is newer, damaged or has rows without evidence is refused as a whole.

    \b
    Examples:
      dateline import out
      dateline import /mnt/other/export --home /srv/news
    """
    from flows.runs import run_import

    done = run_import(settings_for(home), folder)
    for table, count in done.rows.items():
        click.echo(f"{table}: {count} rows")
    if done.taken_down:
        click.echo(f"{done.taken_down} articles were left out: they were taken down here")
    click.echo("Nothing new." if not done.rows else "Published.")
