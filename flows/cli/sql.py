"""`dateline sql`: a query over what is published."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.cli._options import home_option, settings_for

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from duckdb import DuckDBPyConnection

    from storage.home import Home


# A query may begin with a comment, which looks like an option.
@click.command("sql", context_settings={"ignore_unknown_options": True})
@click.argument("query")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
@click.option(
    "--at",
    metavar="VERSION|TIME",
    help="Over a lake as it was: a version's number, a time such as 2026-05-03T12:00, or now; nothing need be published.",
)
@home_option
def command(query: str, form: str, at: str | None, home: Path | None) -> None:
    """Run SQL over the published warehouse, read-only.

    \b
    Examples:
      dateline sql "FROM who_said_what LIMIT 10"
      dateline sql "SELECT status, count(*) FROM ledger GROUP BY ALL" --format csv
      dateline sql "SELECT count(*) FROM articles" --at 2026-05-03T12:00
    """
    import duckdb

    from storage.errors import DatelineError
    from storage.reading import published

    place = settings_for(home).place
    with past(place, at) if at else published(place) as con:
        try:
            result = con.execute(query)
        except duckdb.Error as error:
            raise DatelineError(query, "the query failed") from error
        if result.description is not None:
            _print(result, form)


def past(place: "Home", at: str) -> "AbstractContextManager[DuckDBPyConnection]":
    """A lake as it was. Raises HomeError where the warehouse is a file, or that version is gone; UsageError for what is no time."""
    from flows.wiring import clock
    from storage.errors import HomeError
    from storage.lake.engine import as_of

    if not place.catalog:
        raise HomeError(str(place.root), "only a lake can be read as it was; this warehouse is one file")
    if at == "now":
        return as_of(place, clock())
    try:
        moment = int(at) if at.isdecimal() else datetime.fromisoformat(at)
    except ValueError as error:
        raise click.BadParameter(f"{at} is no version and no time", param_hint="--at") from error
    # A time without a zone is UTC, as everywhere in the warehouse.
    return as_of(place, moment.replace(tzinfo=moment.tzinfo or UTC) if isinstance(moment, datetime) else moment)


def _print(result: "DuckDBPyConnection", form: str) -> None:
    names = [str(column[0]) for column in result.description or ()]
    rows = result.fetchall()
    if form == "json":
        import json

        click.echo(json.dumps([dict(zip(names, row, strict=True)) for row in rows], default=str, ensure_ascii=False))
    elif form == "csv":
        import csv
        import sys

        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(names)
        writer.writerows(rows)
    else:
        print_table(names, rows)


def print_table(names: list[str], rows: list[tuple[object, ...]]) -> None:
    """Rows as a table on standard output; NULL is empty."""
    from rich.table import Table
    from rich.text import Text

    from flows.terminal import console

    table = Table()
    for name in names:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(Text("" if value is None else str(value)) for value in row))
    console().print(table)
    click.echo("1 row" if len(rows) == 1 else f"{len(rows)} rows")
