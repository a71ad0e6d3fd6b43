"""The warehouse in one DuckDB file, opened in short windows under an inter-process lock."""

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

import duckdb
from duckdb import DuckDBPyConnection
from filelock import FileLock, Timeout

from storage.errors import HomeError, LockError
from storage.home import Home
from storage.migrate import migrate
from storage.uninterrupted import uninterrupted

RETRY_SECONDS = 0.05
# In a window little is written, and a second thread costs more than it does.
THREADS: Final = 1
# What does not fit goes to a file beside the warehouse. DuckDB's own limit is most of the machine's memory.
MEMORY: Final = "512MB"
# The slowest way to store texts smaller takes as long as all the rest of a batch, and is left to compaction.
SLOW: Final = "fsst"
FOREIGN_LOCK = "Could not set lock on file"


class FileStore:
    """The file of one home."""

    def __init__(self, home: Home, lock_seconds: float) -> None:
        self.home = home
        self._lock_seconds = lock_seconds

    @contextmanager
    def window(self) -> Iterator[DuckDBPyConnection]:
        """The open warehouse, migrated, for as short as possible."""
        with self.locked(), self._opened() as con:
            yield con

    # DuckDB gives the file to one process, so a reader takes its turn as a writer does.
    reading = window

    @contextmanager
    def quiet(self) -> Iterator[Path]:
        """The warehouse as a file that nobody writes to for now, with nothing left in a write-ahead log."""
        with self.locked():
            with self._opened():
                pass
            yield self.home.warehouse

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Nobody else writes."""
        with locked(self.home, self._lock_seconds):
            yield

    @contextmanager
    def _opened(self) -> Iterator[DuckDBPyConnection]:
        """The warehouse open and migrated; checkpointed unless something fails, and closed."""
        with uninterrupted(), closing(self._connect()) as con:
            con.execute("SET TimeZone = 'UTC'")
            con.execute(f"SET disabled_compression_methods = '{SLOW}'")
            migrate(con)
            yield con
            self._checkpoint(con)

    def _checkpoint(self, con: DuckDBPyConnection) -> None:
        """What was committed stands in the write-ahead log: where the file can't grow, nothing is lost."""
        try:
            con.execute("CHECKPOINT")
        except duckdb.Error as error:
            what = "the warehouse can't take over what was committed, which stays in its write-ahead log"
            raise HomeError(str(self.home.warehouse), what) from error

    def _connect(self) -> DuckDBPyConnection:
        """Open the file; somebody who opened it against all advice is waited for."""
        deadline = time.monotonic() + self._lock_seconds
        while True:
            try:
                return duckdb.connect(str(self.home.warehouse), config={"threads": THREADS, "memory_limit": MEMORY})
            except duckdb.IOException as error:
                if FOREIGN_LOCK not in str(error):
                    raise HomeError(str(self.home.warehouse), "the warehouse can't be opened") from error
                if time.monotonic() > deadline:
                    what = "a program holds the writer's own file open; use news.duckdb for reading"
                    raise LockError(str(self.home.warehouse), what) from error
            time.sleep(RETRY_SECONDS)


@contextmanager
def locked(home: Home, seconds: float) -> Iterator[None]:
    """The lock file of a home's warehouse is held. Raises LockError after some seconds, HomeError if it can't be written."""
    lock = FileLock(home.lock, timeout=seconds)
    try:
        lock.acquire()
    except Timeout as error:
        what = f"another run has been writing for over {seconds:g} s; try again when it is done"
        raise LockError(str(home.lock), what) from error
    except OSError as error:
        raise HomeError(str(home.lock), "the lock file can't be written") from error
    try:
        yield
    finally:
        lock.release()
