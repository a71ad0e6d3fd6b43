"""The schema: made from nothing, brought forward, never backwards."""

import contextlib
import lzma
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from articles import NOW, SEEDS
from duckdb import DuckDBPyConnection
from whole_runs import load_into

from storage import migrate as migrations
from storage.compact import counts
from storage.errors import MigrationError
from storage.evidence import check_evidence
from storage.home import Home
from storage.migrate import migrate, migration_names
from storage.publish import publish
from storage.reading import published
from storage.warehouse import Warehouse

# How each was made: the code whose last migration it is named after, `dateline load` of the user's document, the statement and the
# harbour-post folder of seeds/, then xz. A release adds its own.
RELEASES = sorted((Path(__file__).parent / "releases").glob("schema-*.duckdb.xz"))


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


def test_a_published_warehouse_of_a_newer_dateline_is_refused(home: Home) -> None:
    warehouse = Warehouse(home)
    newest = publish(warehouse, NOW).file
    newest.chmod(0o644)
    with contextlib.closing(duckdb.connect(str(newest))) as con:
        con.execute("INSERT INTO schema_migrations VALUES ('9999_future', 'x', current_timestamp)")
    with pytest.raises(MigrationError, match="newer Dateline"), published(home):
        pass


@pytest.fixture(params=RELEASES, ids=lambda path: path.name.partition(".")[0])
def old_home(home: Home, request: pytest.FixtureRequest) -> Home:
    """A home that earlier code wrote: seven texts of our seeds, loaded by its own command line."""
    home.prepare()
    home.warehouse.write_bytes(lzma.decompress(request.param.read_bytes()))
    return home


def test_the_file_of_an_earlier_release_comes_forward_with_every_row(old_home: Home) -> None:
    with contextlib.closing(duckdb.connect(str(old_home.warehouse), read_only=True)) as con:
        before = counts(con, "warehouse")
    with Warehouse(old_home).window() as con:
        after = counts(con, "warehouse")
        check_evidence(con)
        views = con.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()
        for (view,) in views:
            con.execute(f'SELECT * FROM "{view}" LIMIT 5').fetchall()
    assert (before["article_versions"], before["quotes"]) == (7, 180)
    assert {table: after[table] for table in before if table != "schema_migrations"} == {
        table: count for table, count in before.items() if table != "schema_migrations"
    }


def test_loading_goes_on_in_the_file_of_an_earlier_release(old_home: Home) -> None:
    words = (
        "Council of Ostmark, 3 May: the ferry is free from Tuesday, said Mina Ek, the mayor. It will run every hour."
    )
    old_home.root.joinpath("new.txt").write_text(f"The ferry is free\n\n{words}\n\n{words}")
    assert load_into(old_home, SEEDS / "statement.txt", old_home.root / "new.txt").statuses == {
        "duplicate": 1,
        "stored": 1,
    }
    with published(old_home) as con:
        assert con.execute("SELECT count(*) FROM article_versions").fetchone() == (8,)


def test_a_migration_that_fails_leaves_the_file_as_it_was_byte_for_byte(
    old_home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last of all fails, so that those before it have been applied."""
    before = old_home.warehouse.read_bytes()
    real, broken = migrations.statement, "CREATE TABLE half (x INTEGER); SELECT * FROM nowhere;"
    last = migration_names()[-1]
    monkeypatch.setattr(
        migrations, "statement", lambda name, folder="queries": broken if name == last else real(name, folder)
    )
    with pytest.raises(MigrationError, match="as it was"), Warehouse(old_home).window():
        pass
    assert old_home.warehouse.read_bytes() == before


def test_a_process_killed_in_a_migration_leaves_the_old_schema(old_home: Home) -> None:
    script = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from storage import migrate\n"
        "from storage.home import Home\n"
        "from storage.warehouse import Warehouse\n"
        "def die():\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "real = migrate.statement\n"
        "last = migrate.migration_names()[-1]\n"
        "class Bomb(str):\n"
        "    def encode(self, *_):\n"
        "        die()\n"
        "migrate.statement = lambda name, folder='queries': Bomb(real(name, folder)) if name == last else real(name, folder)\n"
        "with Warehouse(Home(Path(sys.argv[1]))).window():\n"
        "    pass\n"
    )
    with contextlib.closing(duckdb.connect(str(old_home.warehouse))) as con:
        before = {name for (name,) in con.execute("SELECT name FROM schema_migrations").fetchall()}
    root = Path(__file__).parents[2]
    killed = subprocess.run(
        [sys.executable, "-c", script, str(old_home.root)], env={**os.environ, "PYTHONPATH": str(root)}, check=False
    )
    assert killed.returncode == -signal.SIGKILL
    with contextlib.closing(duckdb.connect(str(old_home.warehouse))) as con:
        names = {name for (name,) in con.execute("SELECT name FROM schema_migrations").fetchall()}
    assert names == before
    with Warehouse(old_home).window() as con:
        assert con.execute("SELECT count(*) FROM article_versions").fetchone() == (7,)


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
