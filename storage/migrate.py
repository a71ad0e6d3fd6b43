"""Forward migrations: each applied once, in order, in one transaction with the record of it."""

from hashlib import sha256

from duckdb import DuckDBPyConnection
from duckdb import Error as DuckDBError

from storage.errors import MigrationError
from storage.queries import statement
from storage.registry import part_names

MACROS_AND_VIEWS = "macros and views"


def migration_names() -> tuple[str, ...]:
    """Names of all migrations, in order."""
    return part_names("storage.sql.migrations", ".sql")


def migrate(con: DuckDBPyConnection, names: tuple[str, ...] | None = None) -> tuple[str, ...]:
    """Bring a database up to date and give the names applied; `names` stops earlier (for tests of old schemas).

    Raises MigrationError if the database is newer than this code, or a migration fails; the file is then as it was.
    """
    wanted = migration_names() if names is None else names
    con.execute(statement("create_schema_migrations"))
    done = dict(con.execute(statement("schema_migrations")).fetchall())
    refuse_newer(tuple(name for name in done if name != MACROS_AND_VIEWS))
    pending = tuple(name for name in wanted if name not in done)
    for name in pending:
        _apply(con, name, statement(name, "migrations"))
    if wanted == migration_names():
        _refresh_views(con, done.get(MACROS_AND_VIEWS))
    return pending


def refuse_newer(done: tuple[str, ...]) -> None:
    """Raises MigrationError when the database has migrations that this code does not know."""
    unknown = sorted(set(done) - set(migration_names()))
    if unknown:
        raise MigrationError(", ".join(unknown), "the warehouse was written by a newer Dateline; update the code")


def _refresh_views(con: DuckDBPyConnection, applied_digest: str | None) -> None:
    """Macros and views are replaced as a whole when any of them changed: they are no migrations."""
    parts = [
        statement(name, folder)
        for folder in ("views", "macros")
        for name in part_names(f"storage.sql.{folder}", ".sql")
    ]
    sql = "\n".join(parts)
    if sha256(sql.encode()).hexdigest() != applied_digest:
        _apply(con, MACROS_AND_VIEWS, sql)


def _apply(con: DuckDBPyConnection, name: str, sql: str) -> None:
    con.execute("BEGIN")
    try:
        con.execute(sql)
        con.execute(statement("record_migration"), {"name": name, "digest": sha256(sql.encode()).hexdigest()})
        con.execute("COMMIT")
    except DuckDBError as error:
        con.execute("ROLLBACK")
        raise MigrationError(name, "a migration failed; the warehouse is as it was") from error
