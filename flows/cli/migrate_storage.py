"""`dateline migrate-storage`: from one file to a lake, or back."""

import sys
from pathlib import Path

import click

from flows.cli._options import home_option, settings_for


@click.command("migrate-storage")
@click.option(
    "--from",
    "source",
    required=True,
    metavar="CATALOG",
    help="What the warehouse is kept in now: file, or the setting of its lake; -: that setting from standard input.",
)
@home_option
def command(source: str, home: Path | None) -> None:
    """Copy the warehouse to where DATELINE_CATALOG says, and prove that all rows are there. Nothing is removed.

    A connection string with a password is better given on standard input than as an argument, which others on the machine can see.

    \b
    Examples:
      DATELINE_CATALOG=sqlite dateline migrate-storage --from file
      DATELINE_CATALOG= dateline migrate-storage --from sqlite
      echo "$OLD_CATALOG" | dateline migrate-storage --from -
    """
    from storage.home import Home
    from storage.move import move
    from storage.warehouse import Warehouse

    settings = settings_for(home)
    if source == "-":
        source = sys.stdin.readline().strip()
    old = Home(settings.home, "" if source == "file" else source)
    before, after = (Warehouse(one, lock_seconds=settings.lock_seconds) for one in (old, settings.place))
    proved = move(before, after)
    for table, rows, digest in proved:
        click.echo(f"{table}: {rows:,} rows, hash {digest}")
    click.echo(f"Moved {sum(one.rows for one in proved):,} rows of {len(proved)} tables; both sides are equal.")
