"""The schema: made from nothing, brought forward, never backwards."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from duckdb import DuckDBPyConnection

from storage.errors import MigrationError
from storage.home import Home
from storage.migrate import migrate, migration_names
from storage.warehouse import Warehouse


@pytest.fixture
def con(tmp_path: Path) -> Iterator[DuckDBPyConnection]:
    connection = duckdb.connect(str(tmp_path / "w.duckdb"))
    yield connection
    connection.close()


def schema(con: DuckDBPyConnection) -> list[tuple[object, ...]]:
    return con.execute(
        "SELECT table_name, column_name, data_type, comment FROM duckdb_columns() WHERE NOT internal ORDER BY ALL"
    ).fetchall()


def test_an_empty_file_gets_all_migrations_once(con: DuckDBPyConnection) -> None:
    assert migrate(con) == migration_names()
    assert migrate(con) == ()


@pytest.mark.parametrize("steps", range(1, len(migration_names())))
def test_a_file_of_an_earlier_version_ends_with_the_same_schema(con: DuckDBPyConnection, steps: int) -> None:
    assert migrate(con, migration_names()[:steps]) == migration_names()[:steps]
    assert migrate(con) == migration_names()[steps:]
    with duckdb.connect() as fresh:
        migrate(fresh)
        assert schema(con) == schema(fresh)


def test_rows_of_the_previous_version_are_still_there_afterwards(con: DuckDBPyConnection) -> None:
    migrate(con, migration_names()[:-1])
    con.execute("INSERT INTO articles VALUES ('a', NULL, 'file:///a', NULL, current_timestamp, 'l')")
    migrate(con)
    assert con.execute("SELECT article_id FROM articles").fetchall() == [("a",)]


def test_a_warehouse_of_a_newer_dateline_is_refused(home: Home) -> None:
    warehouse = Warehouse(home)
    with warehouse.window() as con:
        con.execute("INSERT INTO schema_migrations VALUES ('9999_future', 'x', current_timestamp)")
    with pytest.raises(MigrationError, match="newer Dateline"), warehouse.window():
        pass


def test_a_migration_that_fails_leaves_no_trace(con: DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch) -> None:
    from storage import migrate as module

    migrate(con, migration_names()[:3])
    before = schema(con)
    real = module.statement
    broken = "CREATE TABLE half (x INTEGER); SELECT * FROM nowhere;"
    monkeypatch.setattr(
        module, "statement", lambda name, folder="queries": broken if folder == "migrations" else real(name, folder)
    )
    with pytest.raises(MigrationError, match="as it was"):
        migrate(con)
    assert schema(con) == before


def test_every_table_and_every_column_has_a_comment(con: DuckDBPyConnection) -> None:
    migrate(con)
    tables = con.execute("SELECT table_name FROM duckdb_tables() WHERE comment IS NULL").fetchall()
    columns = con.execute(
        "SELECT table_name, column_name FROM duckdb_columns() "
        "WHERE comment IS NULL AND NOT internal AND table_name IN (SELECT table_name FROM duckdb_tables())"
    ).fetchall()
    assert (tables, columns) == ([], [])


def test_all_tables_of_the_contract_exist(con: DuckDBPyConnection) -> None:
    migrate(con)
    tables = {name for (name,) in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    promised = (
        "sources loads ledger articles article_versions mentions entities quotes roles places times quantities events "
        "event_mentions topics credits stories story_articles quality"
    )
    assert set(promised.split()) <= tables


def test_no_large_table_has_a_key(con: DuckDBPyConnection) -> None:
    migrate(con)
    kinds = con.execute("SELECT table_name, constraint_type FROM duckdb_constraints()").fetchall()
    assert not [table for table, kind in kinds if kind in {"PRIMARY KEY", "UNIQUE"}]
