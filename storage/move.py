"""Moving a warehouse from a file to a lake or back: all rows in one transaction, proved equal before it is committed.

What it is moved from is only read, and stays.
"""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Final, NamedTuple

import duckdb
from duckdb import DuckDBPyConnection

from storage.errors import DatelineError, HomeError
from storage.file_store import FileStore
from storage.lake.engine import NAME
from storage.lake.store import LakeStore
from storage.migrate import migrate
from storage.queries import statement, with_identifiers, with_path
from storage.warehouse import Warehouse

OTHER: Final = "other"
RECORD: Final = "schema_migrations"


class Proved(NamedTuple):
    """A table, its rows, and a hash over all values of all rows, whatever their order."""

    table: str
    rows: int
    hash: str


def move(source: Warehouse, target: Warehouse) -> list[Proved]:
    """Copy a warehouse into an empty one of the other kind; gives what was proved equal, table by table.

    Raises HomeError, LockError; DatelineError where the copy is not equal, or the target has rows. The target is as it was then.
    """
    try:
        match source.store, target.store:
            case FileStore() as file, LakeStore() as lake:
                with file.quiet() as path, _guarded(lake):
                    return _into_lake(path, lake)
            case LakeStore() as lake, FileStore() as file:
                with _guarded(lake), file.quiet() as path:
                    return _into_file(lake, path)
    except (duckdb.Error, OSError) as error:
        raise HomeError(str(target.home.root), "the warehouse can't be moved") from error
    raise HomeError(str(source.home.root), "a warehouse is moved from a file to a lake, or from a lake to a file")


def _guarded(lake: LakeStore) -> AbstractContextManager[None]:
    """Nobody writes to a lake; where its catalog is SQLite, the lock of the home's file, which is held, says so."""
    return lake.locked() if lake.on_server else nullcontext()


def _into_lake(path: Path, lake: LakeStore) -> list[Proved]:
    with lake.migrated() as con, _attached(con, path, "attach_read_only"):
        return _copy(con, OTHER, NAME)


def _into_file(lake: LakeStore, path: Path) -> list[Proved]:
    """The file is made beside the old one, which has no rows, and takes its place."""
    fresh = path.with_name(f"{path.name}.moved")
    fresh.unlink(missing_ok=True)
    try:
        with lake.migrated() as con:
            with _attached(con, path, "attach_read_only"):
                _refuse_rows(con, OTHER)
            with _attached(con, fresh, "attach"):
                con.execute(with_identifiers(statement("use_database"), name=OTHER))
                migrate(con)
                proved = _copy(con, NAME, OTHER)
        with fresh.open("rb") as written:
            os.fsync(written.fileno())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
    return proved


def _copy(con: DuckDBPyConnection, source: str, target: str) -> list[Proved]:
    _refuse_rows(con, target)
    con.execute("BEGIN")
    try:
        con.execute(with_identifiers(statement("empty_table"), database=target, target=RECORD))
        for table in _tables(con, source):
            con.execute(with_identifiers(statement("copy_rows"), source=source, target_database=target, target=table))
        before, after = _prove(con, source), _prove(con, target)
        if before != after:
            wrong = ", ".join(sorted({proved.table for proved in set(before) ^ set(after)}))
            raise DatelineError(wrong, "the copy is not equal, and nothing was moved")
        con.execute("COMMIT")
    except BaseException:
        with suppress(duckdb.Error):
            con.execute("ROLLBACK")
        raise
    return after


def _prove(con: DuckDBPyConnection, database: str) -> list[Proved]:
    found = []
    for table in _tables(con, database):
        columns = con.execute(statement("columns_of"), {"database": database, "table": table}).fetchall()
        sql = with_identifiers(statement("hash_of_table"), database=database, target=table)
        names = ", ".join(name for (name,) in columns)
        rows, digest = con.execute(sql.replace("$columns", names)).fetchone() or (0, "0")
        found.append(Proved(table, rows, digest))
    return found


def _refuse_rows(con: DuckDBPyConnection, database: str) -> None:
    for table in _tables(con, database):
        sql = with_identifiers(statement("count_rows"), database=database, target=table)
        if table != RECORD and con.execute(sql).fetchone() != (0,):
            raise DatelineError(table, "what the warehouse is to be moved to has rows already")


def _tables(con: DuckDBPyConnection, database: str) -> list[str]:
    return [name for (name,) in con.execute(statement("tables_of"), {"database": database}).fetchall()]


@contextmanager
def _attached(con: DuckDBPyConnection, path: Path, how: str) -> Iterator[None]:
    con.execute(with_path(statement(how), str(path), name=OTHER))
    try:
        yield
    finally:
        con.execute(with_identifiers(statement("use_database"), name=NAME))
        con.execute(with_identifiers(statement("detach"), name=OTHER))
