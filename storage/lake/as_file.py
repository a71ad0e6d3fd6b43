"""A lake as one DuckDB file, for whoever reads: the file of before with what has changed since, or all of it anew.

The lake's folder says which version of the lake the published file shows. What a table only gained since then is
added to a copy of that file; a table in which rows changed or went is written anew. Where the versions in between are
gone, or the numbers of rows don't come out, everything is.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import duckdb
from duckdb import DuckDBPyConnection

from storage.clone import clone
from storage.lake.engine import NAME
from storage.lake.store import LakeStore
from storage.migrate import applied, migrate
from storage.queries import statement, with_identifiers, with_path
from storage.search_index import ANSWERED
from storage.search_index import TABLES as INDEX

FILE: Final = "as_file"
# A DuckDB file is larger than its rows in Parquet; measured on our seeds, with some to spare.
GROWTH: Final = 4


def room_for(store: LakeStore, before: Path | None) -> int:
    """Bytes that the file may take."""
    return max(GROWTH * store.home.warehouse_bytes, before.stat().st_size if before else 0)


def write_file(store: LakeStore, target: Path, before: Path | None) -> bool:
    """Write the lake as it is now to a file; True if that began with the file of before, whose index of `search` it has then.

    Raises duckdb.Error, HomeError.
    """
    note = store.home.lake_published
    since = _version_of(before, note) if before else None
    with store.session() as con:
        version = _brought_forward(con, before, target, since) if before and since is not None else None
        continued = version is not None
        if version is None:
            target.unlink(missing_ok=True)
            with _attached(con, target):
                version = _write_all(con)
    note.write_text(f"{target.stem} {version}", encoding="utf-8")
    return continued


def _version_of(file: Path, note: Path) -> int | None:
    """The version that a file shows; None if it is not known."""
    said = note.read_text(encoding="utf-8").split() if note.exists() else []
    return int(said[1]) if said[:1] == [file.stem] else None


def _write_all(con: DuckDBPyConnection) -> int:
    con.execute(with_identifiers(statement("use_database"), name=FILE))
    migrate(con)
    tables = tables_of(con)
    con.execute(with_identifiers(statement("use_database"), name=NAME))
    with _atomic(con):
        version = _version(con)
        _copy_rows(con, tables)
    return version


def _brought_forward(con: DuckDBPyConnection, before: Path, target: Path, since: int) -> int | None:
    """The version of the lake that the file of before could be brought forward to; None: it could not."""
    clone(before, target)
    target.chmod(0o644)
    with _attached(con, target):
        if not _same_schema(con):
            return None
        try:
            with _atomic(con):
                version = _version(con)
                tables = tables_of(con)
                if version > since:
                    _copy_changes(con, tables, since + 1, version)
                same = all(_count(con, NAME, table) == _count(con, FILE, table) for table in tables)
        except duckdb.InvalidInputException:
            # The versions in between are gone.
            return None
    return version if same else None


def _same_schema(con: DuckDBPyConnection) -> bool:
    there = applied(con)
    con.execute(with_identifiers(statement("use_database"), name=FILE))
    try:
        return applied(con) == there and {*INDEX} <= {*_all_tables(con)}
    finally:
        con.execute(with_identifiers(statement("use_database"), name=NAME))


def _copy_changes(con: DuckDBPyConnection, tables: Iterable[str], since: int, until: int) -> None:
    for table in tables:
        span = {"table": table, "since": since, "until": until}
        if con.execute(statement("lake_has_deletions"), span).fetchone() == (True,):
            con.execute(with_identifiers(statement("empty_table"), database=FILE, target=table))
            _copy_rows(con, [table])
        else:
            con.execute(with_identifiers(statement("copy_insertions"), target_database=FILE, target=table), span)


def _copy_rows(con: DuckDBPyConnection, tables: Iterable[str]) -> None:
    for table in tables:
        if table == "schema_migrations":
            con.execute(with_identifiers(statement("empty_table"), database=FILE, target=table))
        con.execute(with_identifiers(statement("copy_rows"), source=NAME, target_database=FILE, target=table))


def tables_of(con: DuckDBPyConnection) -> list[str]:
    """Tables that have rows of their own: what is made for readers is made in the file."""
    return [name for name in _all_tables(con) if name not in {*INDEX, ANSWERED}]


def _all_tables(con: DuckDBPyConnection) -> list[str]:
    return [name for (name,) in con.execute(statement("tables_of"), {"database": FILE}).fetchall()]


def _count(con: DuckDBPyConnection, database: str, table: str) -> int:
    sql = with_identifiers(statement("count_rows"), database=database, target=table)
    return int((con.execute(sql).fetchone() or (0,))[0])


def _version(con: DuckDBPyConnection) -> int:
    return int((con.execute(statement("lake_version")).fetchone() or (0,))[0])


@contextmanager
def _attached(con: DuckDBPyConnection, file: Path) -> Iterator[None]:
    con.execute(with_path(statement("attach"), str(file), name=FILE))
    try:
        yield
    finally:
        con.execute(with_identifiers(statement("use_database"), name=NAME))
        con.execute(with_identifiers(statement("detach"), name=FILE))


@contextmanager
def _atomic(con: DuckDBPyConnection) -> Iterator[None]:
    """All reads see one version of the lake."""
    con.execute("BEGIN")
    try:
        yield
        con.execute("COMMIT")
    except BaseException:
        con.execute("ROLLBACK")
        raise
