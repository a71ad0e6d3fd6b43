"""Forward migrations: each applied once, in order, and all that are missing in one transaction with the record of them."""

from collections.abc import Iterable, Mapping
from hashlib import sha256

import duckdb
from duckdb import DuckDBPyConnection
from duckdb import Error as DuckDBError

from storage.errors import MigrationError
from storage.lake.dialect import is_lake, without_checks
from storage.queries import statement
from storage.registry import part_names

MACROS_AND_VIEWS = "macros and views"
COMMENTS = "comments"


def migration_names() -> tuple[str, ...]:
    """Names of all migrations, in order."""
    return part_names("storage.sql.migrations", ".sql")


def migrate(con: DuckDBPyConnection, names: tuple[str, ...] | None = None) -> tuple[str, ...]:
    """Bring a database up to date and give the names applied; `names` stops earlier (for tests of old schemas).

    Raises MigrationError if the database is newer than this code, or a migration fails; the file is then as it was.
    """
    wanted = migration_names() if names is None else names
    done = _known(con)
    refuse_newer(done)
    pending = {name: statement(name, "migrations") for name in wanted if name not in done}
    parts = dict(pending)
    if wanted == migration_names():
        parts |= _replaced(con, done)
    if parts:
        _apply(con, parts)
    return tuple(pending)


def is_current(con: DuckDBPyConnection) -> bool:
    """Whether nothing is to be migrated. Raises MigrationError when the database is newer than this code."""
    done = _known(con)
    refuse_newer(done)
    return {*migration_names()} <= {*done} and not _replaced(con, done)


def _known(con: DuckDBPyConnection) -> dict[str, str]:
    """What was done to a database; nothing to an empty one."""
    try:
        return applied(con)
    except duckdb.CatalogException:
        return {}


def applied(con: DuckDBPyConnection) -> dict[str, str]:
    """What was done to a database, with the SHA-256 of each piece of SQL."""
    return dict(con.execute(statement("schema_migrations")).fetchall())


def refuse_newer(done: Iterable[str]) -> None:
    """Raises MigrationError when the database has migrations that this code does not know."""
    unknown = sorted(set(done) - {*migration_names(), MACROS_AND_VIEWS, COMMENTS})
    if unknown:
        raise MigrationError(", ".join(unknown), "the warehouse was written by a newer Dateline; update the code")


def _replaced(con: DuckDBPyConnection, done: Mapping[str, str]) -> dict[str, str]:
    """Macros and views, if any of them changed, and the comments on them, which go with what is replaced. A catalog that can't keep such
    comments (DuckLake's) does without."""
    changed = {}
    if _digest(views := macros_and_views()) != done.get(MACROS_AND_VIEWS):
        changed[MACROS_AND_VIEWS] = views
    comments = _all_of("comments")
    is_duckdb = con.execute(statement("type_of_catalog")).fetchone() == ("duckdb",)
    if is_duckdb and (changed or _digest(comments) != done.get(COMMENTS)):
        changed[COMMENTS] = comments
    return changed


def macros_and_views() -> str:
    """The SQL of all macros and views: they are no migrations, but replaced as a whole when any of them changed."""
    return _all_of("views", "macros")


def _all_of(*folders: str) -> str:
    parts = [statement(name, folder) for folder in folders for name in part_names(f"storage.sql.{folder}", ".sql")]
    return "\n".join(parts)


def _apply(con: DuckDBPyConnection, parts: Mapping[str, str]) -> None:
    name = ""
    con.execute("BEGIN")
    try:
        _run(con, statement("create_schema_migrations"))
        for name, sql in parts.items():
            _run(con, sql)
            con.execute(statement("record_migration"), {"name": name, "digest": _digest(sql)})
        con.execute("COMMIT")
    except DuckDBError as error:
        con.execute("ROLLBACK")
        # Closing would write the file's header anew.
        con.execute("PRAGMA disable_checkpoint_on_shutdown")
        raise MigrationError(name, "a migration failed; the warehouse is as it was") from error


def _run(con: DuckDBPyConnection, sql: str) -> None:
    """What a lake's tables can't have is left out there."""
    if not is_lake(con):
        con.execute(sql)
        return
    for one in duckdb.extract_statements(sql):
        con.execute(without_checks(one.query))


def _digest(sql: str) -> str:
    return sha256(sql.encode()).hexdigest()
