"""The first query of the README, with its answer."""

from pathlib import Path

from storage.home import Home
from storage.queries import statement
from storage.reading import published


def print_first_query(home: Path) -> None:
    """Show the query and its result as a table on standard output."""
    from rich.syntax import Syntax

    from flows.cli.sql import print_table
    from flows.terminal import console

    query = statement("first_query")
    console().print(Syntax(query.strip(), "sql", background_color="default"))
    with published(Home(home)) as con:
        result = con.execute(query)
        names = [str(column[0]) for column in result.description or ()]
        print_table(names, result.fetchall())
