"""The writer's warehouse: one DuckDB file, opened in short windows under an inter-process lock, append-only."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection
from filelock import FileLock, Timeout

from storage.errors import HomeError, LockError
from storage.home import Home
from storage.migrate import migrate
from storage.queries import statement
from storage.records import Article, KnownVersion, Load, Source
from storage.running import living
from storage.summary import Summary, summarise
from storage.transaction import Transaction, known_versions

LOCK_SECONDS = 60.0
RETRY_SECONDS = 0.05
FOREIGN_LOCK = "Could not set lock on file"


class Warehouse:
    """Writes to one home's warehouse. Safe to use from several processes: each waits for its turn."""

    def __init__(self, home: Home, *, lock_seconds: float = LOCK_SECONDS) -> None:
        home.prepare()
        self.home = home
        self._lock_seconds = lock_seconds

    @contextmanager
    def window(self) -> Iterator[DuckDBPyConnection]:
        """The open warehouse, migrated, for as short as possible. Raises LockError, HomeError, MigrationError."""
        with self._locked(), self._opened() as con:
            yield con

    @contextmanager
    def transaction(self, load_id: str, now: datetime) -> Iterator[Transaction]:
        """One batch: all of it is written, or nothing. Raises EvidenceError if a row's offsets don't give its words, and
        HomeError if DuckDB refuses to write (a full disk, a value that its column can't take)."""
        with self.window() as con:
            con.execute("BEGIN")
            try:
                batch = Transaction(con, load_id, now)
                yield batch
                batch.check_evidence()
                con.execute("COMMIT")
            except BaseException as error:
                # After some failures DuckDB has rolled back already, and says so with an error of its own.
                with suppress(duckdb.Error):
                    con.execute("ROLLBACK")
                if isinstance(error, duckdb.Error):
                    raise HomeError(str(self.home.warehouse), "the batch could not be written") from error
                raise

    def start(self, load: Load, sources: Sequence[Source] = ()) -> None:
        """Note that a run begins with these sources, and mark the killed runs; call it from inside `running()`."""
        with self.window() as con:
            con.execute(statement("interrupt_loads"), {"alive": living(self.home)})
            con.execute(
                statement("start_load"),
                {
                    "load_id": load.load_id,
                    "flow": load.flow,
                    "started_at": load.started_at,
                    "code_version": load.code_version,
                    "config_sha256": load.config_sha256,
                },
            )
            Transaction(con, load.load_id, load.started_at).add_sources(sources)

    def finish(self, load_id: str, status: str, finished_at: datetime) -> Summary:
        """Note that a run ended, and sum it up."""
        with self.window() as con:
            con.execute(
                statement("finish_load"),
                {"load_id": load_id, "status": status, "finished_at": finished_at},
            )
            return summarise(con, load_id)

    def known(self, articles: Sequence[Article]) -> tuple[KnownVersion, ...]:
        """What is stored of these articles now; it may have changed by the time a transaction begins."""
        if not articles:
            return ()
        with self.window() as con:
            return known_versions(con, articles)

    @contextmanager
    def quiet(self) -> Iterator[Path]:
        """The warehouse as a file that nobody writes to for now, with nothing left in a write-ahead log."""
        with self._locked():
            with self._opened():
                pass
            yield self.home.warehouse

    @contextmanager
    def _opened(self) -> Iterator[DuckDBPyConnection]:
        """The warehouse open and migrated; checkpointed unless something fails, and closed."""
        con = self._connect()
        try:
            con.execute("SET TimeZone = 'UTC'")
            migrate(con)
            yield con
            self._checkpoint(con)
        finally:
            con.close()

    def _checkpoint(self, con: DuckDBPyConnection) -> None:
        """What was committed stands in the write-ahead log: where the file can't grow, nothing is lost."""
        try:
            con.execute("CHECKPOINT")
        except duckdb.Error as error:
            what = "the warehouse can't take over what was committed, which stays in its write-ahead log"
            raise HomeError(str(self.home.warehouse), what) from error

    @contextmanager
    def _locked(self) -> Iterator[None]:
        lock = FileLock(self.home.lock, timeout=self._lock_seconds)
        try:
            lock.acquire()
        except Timeout as error:
            what = f"another run has been writing for over {self._lock_seconds:g} s; try again when it is done"
            raise LockError(str(self.home.lock), what) from error
        except OSError as error:
            raise HomeError(str(self.home.lock), "the lock file can't be written") from error
        try:
            yield
        finally:
            lock.release()

    def _connect(self) -> DuckDBPyConnection:
        """Open the file; somebody who opened it against all advice is waited for."""
        deadline = time.monotonic() + self._lock_seconds
        while True:
            try:
                return duckdb.connect(str(self.home.warehouse))
            except duckdb.IOException as error:
                if FOREIGN_LOCK not in str(error):
                    raise HomeError(str(self.home.warehouse), "the warehouse can't be opened") from error
                if time.monotonic() > deadline:
                    what = "a program holds the writer's own file open; use news.duckdb for reading"
                    raise LockError(str(self.home.warehouse), what) from error
            time.sleep(RETRY_SECONDS)
