"""The writer's warehouse: one DuckDB file or a lake, opened in short windows, append-only."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection

from storage.errors import ConflictError, HomeError
from storage.file_store import FileStore
from storage.home import Home
from storage.lake.store import LakeStore, is_conflict
from storage.queries import statement
from storage.records import Article, KnownVersion, Load, Source
from storage.running import living
from storage.store import Store
from storage.summary import Summary, summarise
from storage.transaction import Transaction, known_versions

LOCK_SECONDS = 60.0
# How often a batch is decided, and the pause before the second time.
TRIES = 10
RETRY_SECONDS = 0.05


class Warehouse:
    """Writes to one home's warehouse. Safe to use from several processes: each waits for its turn."""

    def __init__(self, home: Home, *, lock_seconds: float = LOCK_SECONDS) -> None:
        home.prepare()
        self.home = home
        self.store: Store = LakeStore(home, lock_seconds) if home.catalog else FileStore(home, lock_seconds)

    @contextmanager
    def window(self) -> Iterator[DuckDBPyConnection]:
        """The open warehouse, migrated, for as short as possible. Raises LockError, HomeError, MigrationError."""
        with self.store.window() as con:
            yield con

    @contextmanager
    def reading(self) -> Iterator[DuckDBPyConnection]:
        """The same for reading alone: a lake's writers are not kept waiting, and nothing changes meanwhile."""
        with self.store.reading() as con:
            yield con

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Nobody writes for now. Raises LockError, HomeError."""
        with self.store.locked():
            yield

    @contextmanager
    def transaction(self, load_id: str, now: datetime) -> Iterator[Transaction]:
        """One batch: all of it is written, or nothing. Raises EvidenceError if a row's offsets don't give its words, and
        HomeError if DuckDB refuses to write (a full disk, a value that its column can't take)."""
        with self._atomic("the batch could not be written") as con:
            yield Transaction(con, load_id, now)

    def write(self, load_id: str, now: datetime, decide: Callable[[Transaction], None]) -> None:
        """A transaction that is decided again, on what is there then, when another program's commit came in between. Raises as
        `transaction`."""
        for attempt in range(1, TRIES + 1):
            try:
                with self.transaction(load_id, now) as transaction:
                    decide(transaction)
                return
            except ConflictError:
                if attempt == TRIES:
                    raise
                time.sleep(RETRY_SECONDS * attempt)

    @contextmanager
    def _atomic(self, what: str) -> Iterator[DuckDBPyConnection]:
        with self.window() as con:
            con.execute("BEGIN")
            try:
                yield con
                con.execute("COMMIT")
            except BaseException as error:
                # After some failures DuckDB has rolled back already, and says so with an error of its own.
                with suppress(duckdb.Error):
                    con.execute("ROLLBACK")
                if isinstance(error, duckdb.Error):
                    kind = ConflictError if is_conflict(error) else HomeError
                    raise kind(str(self.home.kept_in), what) from error
                raise

    def start(self, load: Load, sources: Sequence[Source] = ()) -> None:
        """Note that a run begins with these sources, and mark the killed runs; call it from inside `running()`."""
        with self._atomic("the run could not be noted") as con:
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
        with self._atomic("the end of the run could not be noted") as con:
            con.execute(
                statement("finish_load"),
                {"load_id": load_id, "status": status, "finished_at": finished_at},
            )
            return summarise(con, load_id)

    def known(self, articles: Sequence[Article]) -> tuple[KnownVersion, ...]:
        """What is stored of these articles now; it may have changed by the time a transaction begins."""
        if not articles:
            return ()
        with self.reading() as con:
            return known_versions(con, articles)

    @contextmanager
    def quiet(self) -> Iterator[Path]:
        """The warehouse as a file that nobody writes to for now. Raises HomeError where it is a lake."""
        if not isinstance(self.store, FileStore):
            raise HomeError(str(self.home.lake), "a lake is no file")
        with self.store.quiet() as file:
            yield file
