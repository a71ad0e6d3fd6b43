"""Reading what is published: no lock, no writer in the way."""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
from duckdb import DuckDBPyConnection

from storage.errors import HomeError
from storage.home import Home
from storage.migrate import applied, refuse_newer


@contextmanager
def published(home: Home) -> Iterator[DuckDBPyConnection]:
    """The published database, read-only. Raises HomeError if nothing is published or it can't be opened, MigrationError
    if a newer Dateline wrote it."""
    if not home.published.exists():
        raise HomeError(str(home.published), "nothing is published yet; load something first")
    try:
        # The link is followed here, so that all of a session reads one file.
        con = duckdb.connect(str(home.published.resolve()), read_only=True)
    except duckdb.Error as error:
        raise HomeError(str(home.published), "the published warehouse can't be opened") from error
    try:
        con.execute("SET TimeZone = 'UTC'")
        refuse_newer(applied(con))
        yield con
    finally:
        con.close()
