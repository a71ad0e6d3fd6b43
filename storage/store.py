"""What a warehouse is kept in: one file, or a lake of Parquet files with a catalog."""

from contextlib import AbstractContextManager
from typing import Protocol

from duckdb import DuckDBPyConnection


class Store(Protocol):
    """Gives connections to the tables of one home, which are migrated and in the connection's current database."""

    def window(self) -> AbstractContextManager[DuckDBPyConnection]:
        """The tables for reading and writing; nobody else writes meanwhile. Raises LockError, HomeError, MigrationError."""
        ...

    def reading(self) -> AbstractContextManager[DuckDBPyConnection]:
        """The tables for reading, as of one moment. Raises as `window`."""
        ...

    def locked(self) -> AbstractContextManager[None]:
        """Nobody writes, on no machine. Raises LockError, HomeError."""
        ...
