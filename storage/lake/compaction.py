"""Looking after a lake: small files become large ones, versions that are too old go, and files that nobody needs any more."""

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from typing import Final, NamedTuple

import duckdb
from duckdb import DuckDBPyConnection

from storage.errors import HomeError
from storage.home import Home
from storage.lake.engine import forget_engine
from storage.lake.store import LakeStore
from storage.queries import statement

# Versions that can be read with `dateline sql --at`.
KEPT_DAYS: Final = 7
# A file that a merge replaced may still be read by a query that began before. A catalog in SQLite compares days alone: there it is one at least.
GRACE: Final = timedelta(days=2)
SQLITE_SECONDS: Final = 60.0


class Sizes(NamedTuple):
    """Bytes on disk before and after."""

    before: int
    after: int


def compact_lake(store: LakeStore, now: datetime) -> Sizes:
    """The nightly work. Nobody writes meanwhile; readers go on. Raises HomeError, LockError."""
    before = store.home.warehouse_bytes
    with store.window() as con:
        try:
            # What the last time's merge replaced goes before this one replaces more.
            con.execute(statement("lake_clean_up"), {"before": now - GRACE})
            _merge(con)
            _expire(con, now - timedelta(days=KEPT_DAYS))
            # A killed writer leaves files that no version has.
            con.execute(statement("lake_delete_orphans"), {"before": now - GRACE})
        except duckdb.Error as error:
            raise HomeError(str(store.home.lake), "the lake can't be compacted") from error
    _publish_anew(store.home)
    return Sizes(before, store.home.warehouse_bytes)


def purge_lake(store: LakeStore, now: datetime) -> Sizes:
    """What was removed is taken off the disk and out of the catalog: no earlier version can be read any more, and a reader's query
    that is under way may fail. Raises HomeError, LockError."""
    before = store.home.warehouse_bytes
    with store.locked():
        with store.migrated() as con:
            try:
                _merge(con)
                _expire(con, None)
                con.execute(statement("lake_clean_up_all"))
                con.execute(statement("lake_delete_all_orphans"))
                _set_bounds(con)
                if store.on_server:
                    _vacuum_server(con)
            except duckdb.Error as error:
                raise HomeError(str(store.home.lake), "the lake can't be purged") from error
        if not store.on_server:
            _vacuum_file(store.home)
    _publish_anew(store.home)
    return Sizes(before, store.home.warehouse_bytes)


def _merge(con: DuckDBPyConnection) -> None:
    con.execute(statement("lake_rewrite"))
    con.execute(statement("lake_merge"))


def _expire(con: DuckDBPyConnection, before: datetime | None) -> None:
    """Let versions go: those of before a time, or (None) all but the present one. By number, as a catalog in SQLite compares times
    as words."""
    rows = con.execute(statement("lake_versions_before"), {"before": before}).fetchall()
    if rows:
        con.execute(statement("lake_expire"), {"versions": [version for (version,) in rows]})


def _set_bounds(con: DuckDBPyConnection) -> None:
    """The least and the greatest value of a column stay in the catalog after their rows are gone: they may be somebody's words.

    Not just removed: queries would then take those of what is stored next for the bounds of all.
    """
    for table, column, least, greatest in con.execute(statement("lake_stale_bounds")).fetchall():
        bounds = {"table_id": table, "column_id": column, "least": least, "greatest": greatest}
        con.execute(statement("lake_set_bounds"), bounds)


def _vacuum_server(con: DuckDBPyConnection) -> None:
    tables = con.execute(statement("lake_catalog_tables")).fetchall()
    for (table,) in tables:
        con.execute(statement("lake_vacuum"), {"sql": f'VACUUM FULL "{table}"'})


def _vacuum_file(home: Home) -> None:
    """Deleted rows out of the file. DuckDB's own connection goes first: two libraries of SQLite in one process undo each other's locks."""
    forget_engine(home)
    try:
        with closing(sqlite3.connect(home.sqlite_catalog, timeout=SQLITE_SECONDS)) as con:
            con.execute("VACUUM")
            con.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.Error as error:
        raise HomeError(str(home.sqlite_catalog), "the catalog can't be vacuumed") from error


def _publish_anew(home: Home) -> None:
    """What is published next is no continuation: merged files don't say any more what came when."""
    home.lake_published.unlink(missing_ok=True)
