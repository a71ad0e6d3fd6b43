"""CHECK constraints of a lake: its tables have none, so incoming rows are looked at before they are written."""

from functools import cache

import duckdb
from duckdb import DuckDBPyConnection

from storage.migrate import migrate
from storage.queries import statement, with_identifiers


@cache
def checks() -> dict[str, tuple[str, ...]]:
    """The conditions of each table, as the migrations have them."""
    found: dict[str, tuple[str, ...]] = {}
    with duckdb.connect() as con:
        migrate(con)
        for table, condition in con.execute(statement("check_constraints")).fetchall():
            found[table] = (*found.get(table, ()), condition)
    return found


def check_incoming(con: DuckDBPyConnection, table: str) -> None:
    """Raises duckdb.ConstraintException as a table of a file would, if a row of `incoming` breaks a condition of the table."""
    for condition in checks().get(table, ()):
        sql = with_identifiers(statement("broken_checks"), target=table).replace("$condition", condition)
        if con.execute(sql).fetchone() != (0,):
            raise duckdb.ConstraintException(f"CHECK constraint failed on table {table} with expression {condition}")
