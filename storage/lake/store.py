"""The warehouse as a lake: Parquet files in the home, and a catalog that says which of them count (DuckLake).

Readers see one version of the lake and are never kept waiting. Writers decide what is new by what is there, and a lake
has no unique keys: so they take turns, by a lock in the catalog's database or, for SQLite, a lock file.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

import duckdb
from duckdb import DuckDBPyConnection

from storage.errors import HomeError, LockError
from storage.file_store import locked
from storage.home import Home
from storage.lake.catalog import read_catalog
from storage.lake.engine import engine, session
from storage.migrate import is_current, migrate
from storage.queries import statement

CONFLICTS: Final = ("conflict", "database is locked", "could not serialize", "deadlock detected")


class LakeStore:
    """The lake of one home."""

    def __init__(self, home: Home, lock_seconds: float) -> None:
        self.home = home
        self._lock_seconds = lock_seconds
        self.on_server = read_catalog(home.catalog).connection is not None

    @contextmanager
    def window(self) -> Iterator[DuckDBPyConnection]:
        """The lake for reading and writing; writers take turns."""
        with self.locked(), self.migrated() as con:
            yield con

    @contextmanager
    def migrated(self) -> Iterator[DuckDBPyConnection]:
        """A connection to the lake, for whoever holds the lock."""
        with self._opened() as con:
            migrate(con)
            yield con

    @contextmanager
    def session(self) -> Iterator[DuckDBPyConnection]:
        """A connection to the lake, migrated, without a lock or a transaction."""
        with self._opened() as con:
            if not is_current(con):
                with self.locked():
                    migrate(con)
            yield con

    @contextmanager
    def reading(self) -> Iterator[DuckDBPyConnection]:
        """The lake as of now; writers go on meanwhile."""
        with self.session() as con:
            con.execute("BEGIN")
            try:
                yield con
            finally:
                with suppress(duckdb.Error):
                    con.execute("ROLLBACK")

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Nobody else writes, on no machine."""
        if self.on_server:
            with self._guarded():
                yield
        else:
            with locked(self.home, self._lock_seconds):
                yield

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """A lock in the catalog's database is held, which its server frees when the process or its machine dies."""
        guard = engine(self.home)
        try:
            self._take(guard)
            yield
        finally:
            with suppress(duckdb.Error):
                guard.execute("ROLLBACK")
            guard.close()

    def _take(self, guard: DuckDBPyConnection) -> None:
        """Who came first is first: the server keeps the queue."""
        try:
            guard.execute("BEGIN")
            guard.execute(statement("set_guard_timeout"), {"sql": f"SET LOCAL lock_timeout = {self._milliseconds}"})
            guard.execute(statement("take_guard")).fetchall()
        except duckdb.Error as error:
            if "lock timeout" in str(error):
                what = f"another run has been writing for over {self._lock_seconds:g} s; try again when it is done"
                raise LockError("the catalog of the lake", what) from None
            raise HomeError("the catalog of the lake", "its lock can't be taken") from error

    @property
    def _milliseconds(self) -> int:
        """The time to wait; to PostgreSQL 0 would be for ever."""
        return max(1, round(self._lock_seconds * 1000))

    @contextmanager
    def _opened(self) -> Iterator[DuckDBPyConnection]:
        con = session(self.home)
        try:
            yield con
        finally:
            con.close()


def is_conflict(error: duckdb.Error) -> bool:
    """Whether somebody else's commit came first: the same may go well when tried again."""
    return any(word in str(error) for word in CONFLICTS)
