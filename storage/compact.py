"""Compaction: the warehouse written anew without the room that removed rows leave, then put in the old one's place in one step."""

import os
import shutil
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import duckdb
from duckdb import DuckDBPyConnection

from storage.errors import HomeError
from storage.lake.compaction import compact_lake, purge_lake
from storage.lake.store import LakeStore
from storage.queries import statement, with_identifiers, with_path
from storage.upkeep import Upkeep, note
from storage.warehouse import Warehouse


class Compacted(NamedTuple):
    """Bytes of the file before and after."""

    before: int
    after: int


def compact(warehouse: Warehouse, now: datetime, verified: Callable[[], None] = lambda: None) -> Compacted:
    """Write the warehouse's file anew, or put a lake's files together. Nobody else writes meanwhile; whatever goes wrong, all rows
    stay as they were.

    `verified` is called when a new file is proved equal, before it takes the old one's place. Raises HomeError, LockError.
    """
    store = warehouse.store
    if isinstance(store, LakeStore):
        return _noted(warehouse, now, lambda: Compacted(*compact_lake(store, now)))
    return _noted(warehouse, now, lambda: _compact_file(warehouse, verified))


def purge(warehouse: Warehouse, now: datetime) -> Compacted:
    """The same so that nothing of removed rows is left on the disk. Raises HomeError, LockError."""
    store = warehouse.store
    if isinstance(store, LakeStore):
        return _noted(warehouse, now, lambda: Compacted(*purge_lake(store, now)))
    return compact(warehouse, now)


def _noted(warehouse: Warehouse, now: datetime, work: Callable[[], Compacted]) -> Compacted:
    started = time.perf_counter()
    done = work()
    seconds = time.perf_counter() - started
    name = warehouse.home.kept_in.name
    with warehouse.window() as con:
        note(con, Upkeep("compaction", name, now, seconds, bytes_before=done.before, bytes_after=done.after))
    return done


def _compact_file(warehouse: Warehouse, verified: Callable[[], None]) -> Compacted:
    with warehouse.quiet() as file:
        fresh = file.with_name(f"{file.name}.compact")
        before = file.stat().st_size
        try:
            fresh.unlink(missing_ok=True)
            _check_space(file, before)
            _copy(file, fresh)
            verified()
            with fresh.open("rb") as written:
                os.fsync(written.fileno())
            after = fresh.stat().st_size
            fresh.replace(file)
        except (OSError, duckdb.Error) as error:
            raise HomeError(str(file), "the warehouse can't be compacted") from error
        finally:
            fresh.unlink(missing_ok=True)
    return Compacted(before, after)


def _check_space(file: Path, needed: int) -> None:
    free = shutil.disk_usage(file.parent).free
    if free < needed:
        raise HomeError(str(file.parent), f"{needed:,} bytes must be free for compaction, {free:,} are")


def _copy(file: Path, fresh: Path) -> None:
    con = duckdb.connect()
    try:
        con.execute(with_path(statement("attach_read_only"), str(file), name="old"))
        con.execute(with_path(statement("attach"), str(fresh), name="new"))
        con.execute(with_identifiers(statement("copy_database"), source="old", target="new"))
        con.execute("USE new")
        con.execute("CHECKPOINT")
        if counts(con, "old") != counts(con, "new"):
            raise HomeError(str(fresh), "the compacted warehouse does not have the same rows")
    finally:
        con.close()


def counts(con: DuckDBPyConnection, database: str) -> dict[str, int]:
    """Rows by table of an attached database."""
    tables = [name for (name,) in con.execute(statement("tables_of"), {"database": database}).fetchall()]
    rows = {}
    for table in tables:
        sql = with_identifiers(statement("count_rows"), database=database, target=table)
        rows[table] = int((con.execute(sql).fetchone() or (0,))[0])
    return rows
