"""One DuckDB instance a process and lake, with the lake attached; all windows are connections of it.

Loading and checking the extensions takes a sixth of a second, so it is done once.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from threading import Lock
from typing import Final

import duckdb
from duckdb import DuckDBPyConnection
from filelock import FileLock

from storage.errors import HomeError
from storage.home import Home
from storage.lake.catalog import Catalog, read_catalog
from storage.lake.extensions import load
from storage.queries import statement, with_identifiers, with_path

NAME: Final = "warehouse"
CONNECTION: Final = "dateline_catalog"
GUARD: Final = "guard"
# Instances that a process keeps; a run has one lake, tests have many.
MOST: Final = 4
# Nothing is downloaded, whatever a query names.
OFFLINE: Final[dict[str, str | bool | int | float | list[str]]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
At = int | datetime

_engines: dict[tuple[int, Home], DuckDBPyConnection] = {}
_making = Lock()


def engine(home: Home) -> DuckDBPyConnection:
    """The instance of a home's lake. Raises HomeError, SettingError; no message has the catalog's password."""
    key = (os.getpid(), home)
    with _making:
        if key not in _engines:
            while len(_engines) >= MOST:
                _engines.pop(next(iter(_engines)))
            # Only one process makes a new catalog.
            with FileLock(home.root / "lake.lock"):
                _engines[key] = _make(home)
        return _engines[key].cursor()


def forget_engine(home: Home) -> None:
    """Let an instance go: the next window makes it anew."""
    with _making:
        for key in [key for key in _engines if key[1] == home]:
            _engines.pop(key).close()


@contextmanager
def as_of(home: Home, at: At) -> Iterator[DuckDBPyConnection]:
    """The lake as it was: at the version of that number, or at that time, with the views of then; read-only.

    Raises HomeError if there is no such version (any more).
    """
    catalog = read_catalog(home.catalog)
    con = duckdb.connect(config=OFFLINE)
    try:
        _prepare(con, catalog)
        option = f"SNAPSHOT_VERSION {at}" if isinstance(at, int) else f"SNAPSHOT_TIME '{at.isoformat()}'"
        _attach(con, home, catalog, "READ_ONLY", option)
        _use(con)
        yield con
    finally:
        con.close()


def _make(home: Home) -> DuckDBPyConnection:
    catalog = read_catalog(home.catalog)
    con = duckdb.connect(config=OFFLINE)
    try:
        home.lake.mkdir(parents=True, exist_ok=True)
        _prepare(con, catalog)
        _attach(con, home, catalog, "DATA_INLINING_ROW_LIMIT 0")
        if catalog.connection is not None:
            _execute(con, with_path(statement("attach_guard"), catalog.options, name=GUARD, secret=CONNECTION))
        _check_identity(con, home)
    except BaseException:
        con.close()
        raise
    return con


def session(home: Home) -> DuckDBPyConnection:
    """A connection whose current database is the lake."""
    con = engine(home)
    try:
        _use(con)
    except duckdb.Error as error:
        con.close()
        raise HomeError(str(home.lake), "the lake can't be opened") from error
    return con


def _use(con: DuckDBPyConnection) -> None:
    con.execute(with_identifiers(statement("use_database"), name=NAME))
    con.execute("SET TimeZone = 'UTC'")


def _prepare(con: DuckDBPyConnection, catalog: Catalog) -> None:
    """The extensions, and what a connection needs that nobody shall see."""
    if catalog.connection is None:
        load(con, "sqlite_scanner", "ducklake")
        return
    load(con, "postgres_scanner", "ducklake")
    options = ", ".join(f"{word} {_literal(value)}" for word, value in catalog.secret.items())
    _execute(con, statement("create_catalog_secret").format(name=CONNECTION, options=f", {options}" if options else ""))


def _attach(con: DuckDBPyConnection, home: Home, catalog: Catalog, *options: str) -> None:
    """The files are looked for in this home, wherever it was when they were written."""
    given = [f"DATA_PATH {_literal(f'{home.lake.absolute()}/')}", "OVERRIDE_DATA_PATH TRUE", *options]
    if catalog.connection is None:
        path, more = f"ducklake:sqlite:{home.sqlite_catalog.absolute()}", "META_JOURNAL_MODE 'WAL'"
    else:
        path, more = f"ducklake:postgres:{catalog.options}", f"META_SECRET '{CONNECTION}'"
    sql = with_path(statement("attach_lake"), path, name=NAME)
    _execute(con, sql.replace("$options", ", ".join([*given, more])))


def _check_identity(con: DuckDBPyConnection, home: Home) -> None:
    """A catalog belongs to one home: from another folder its files would be missing, and new ones missed by all others."""
    ((identity,),) = con.execute(statement("lake_identity")).fetchall()
    note = home.lake / "catalog-id"
    ((used,),) = con.execute(statement("lake_is_used")).fetchall()
    known = note.read_text(encoding="utf-8") if note.exists() else None
    if known is None and not used:
        note.write_text(str(identity), encoding="utf-8")
    elif known != str(identity):
        what = "this home does not have the files of this catalog; all machines of a lake share one home folder"
        raise HomeError(str(note), what)


def _literal(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _execute(con: DuckDBPyConnection, sql: str) -> None:
    """Run what may hold a secret: only the first line of what goes wrong is told, as others repeat the statement."""
    try:
        con.execute(sql)
    except duckdb.Error as error:
        what = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise HomeError("the catalog of the lake", f"it can't be opened ({what})") from None
