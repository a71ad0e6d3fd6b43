"""What a lake has beyond a file: conflicts, versions, many small files, a catalog that may be another home's."""

import contextlib
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from articles import NOW, article_of
from duckdb import DuckDBPyConnection
from lakes import BOTH_LAKES, LAKES, Template
from whole_runs import dateline

from storage import publish as publishing
from storage.errors import ConflictError, HomeError, LockError, MigrationError
from storage.home import Home
from storage.lake.compaction import compact_lake, purge_lake
from storage.lake.dialect import without_checks
from storage.lake.engine import as_of, forget_engine, session
from storage.lake.store import LakeStore
from storage.migrate import migrate, migration_names
from storage.publish import publish
from storage.reading import published
from storage.records import Version
from storage.transaction import Transaction
from storage.warehouse import Warehouse


@pytest.fixture(params=LAKES)
def lake(request: pytest.FixtureRequest, tmp_path: Path) -> Home:
    """An empty lake."""
    template: Template = request.getfixturevalue(f"{request.param}_template")
    return template.copy(tmp_path / "home")


def store(home: Home, *texts: str) -> None:
    for text in texts:
        with Warehouse(home).transaction("load", NOW) as transaction:
            transaction.add_versions([version(text)])


def version(text: str) -> Version:
    return Version(article=article_of(text, url=f"file:///{text}"), version_id=f"v-{text}", version_no=1)


def texts(home: Home) -> set[str]:
    with Warehouse(home).reading() as con:
        return {text for (text,) in con.execute("SELECT text FROM article_versions").fetchall()}


@pytest.mark.parametrize("lake", BOTH_LAKES, indirect=True)
def test_a_batch_is_decided_again_when_another_program_changed_the_tables_meanwhile(lake: Home) -> None:
    store(lake, "old")
    seen: list[bool] = []

    def decide(transaction: Transaction) -> None:
        known = transaction.connection.execute("SELECT count(*) FROM articles").fetchone()
        seen.append(known == (1,))
        transaction.add_versions([version("new")])
        if len(seen) == 1:
            # Somebody at a prompt, who knows of no lock.
            with session(lake) as other:
                other.execute("ALTER TABLE articles ADD COLUMN note VARCHAR")

    Warehouse(lake).write("load", NOW, decide)
    assert seen == [True, True]
    assert texts(lake) == {"old", "new"}


def test_a_conflict_that_does_not_end_is_an_error_and_nothing_is_written(
    lake: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.warehouse.TRIES", 2)
    tries: list[int] = []

    def decide(transaction: Transaction) -> None:
        transaction.add_versions([version("new")])
        tries.append(1)
        with session(lake) as other:
            other.execute(f"ALTER TABLE articles ADD COLUMN note{len(tries)} VARCHAR")

    with pytest.raises(ConflictError, match="the batch could not be written"):
        Warehouse(lake).write("load", NOW, decide)
    assert (len(tries), texts(lake)) == (2, set())


@pytest.mark.parametrize("lake", BOTH_LAKES, indirect=True)
def test_readers_go_on_while_a_writer_writes_and_the_next_writer_waits(lake: Home) -> None:
    store(lake, "one")
    warehouse = Warehouse(lake, lock_seconds=0.2)
    with warehouse.transaction("load", NOW) as transaction:
        transaction.add_versions([version("two")])
        assert texts(lake) == {"one"}
        failed: list[BaseException] = []

        def second() -> None:
            try:
                with warehouse.window():
                    pass
            except LockError as error:
                failed.append(error)

        thread = threading.Thread(target=second)
        thread.start()
        thread.join()
        assert "another run has been writing" in str(failed)
    assert texts(lake) == {"one", "two"}


@pytest.mark.slow
def test_a_lake_can_be_read_as_it_was_until_its_versions_are_too_old(lake: Home) -> None:
    store(lake, "one")
    with session(lake) as con:
        (before,) = con.execute("SELECT id FROM ducklake_current_snapshot('warehouse')").fetchone() or (0,)
    between = datetime.now(UTC)
    store(lake, "two")
    for at, expected in ((before, 1), (between, 1), (datetime.now(UTC), 2)):
        with as_of(lake, at) as con:
            assert con.execute("SELECT count(*) FROM current_versions").fetchone() == (expected,)
            with pytest.raises(Exception, match=r"read-only|historical|[Cc]annot"):
                con.execute("DELETE FROM articles")
    compact_lake(LakeStore(lake, 5), datetime.now(UTC))
    with as_of(lake, before) as con:
        assert con.execute("SELECT count(*) FROM articles").fetchone() == (1,)
    compact_lake(LakeStore(lake, 5), datetime.now(UTC) + timedelta(days=8))
    with pytest.raises(HomeError, match="No snapshot found"), as_of(lake, before):
        pass


def test_a_night_puts_small_files_together_and_takes_away_what_nobody_needs(lake: Home) -> None:
    store(lake, "one", "two", "three")
    orphan = lake.lake / "main" / "articles" / "ducklake-orphan.parquet"
    orphan.write_bytes(b"half")

    def files(table: str) -> int:
        return len(list((lake.lake / "main" / table).glob("*.parquet")))

    assert files("article_versions") == 3
    now = datetime.now(UTC)
    compact_lake(LakeStore(lake, 5), now)
    # A query that began before may still read the small ones, and a writer the one of no version.
    assert (files("article_versions"), orphan.exists()) == (4, True)
    compact_lake(LakeStore(lake, 5), now + timedelta(days=3))
    assert (files("article_versions"), orphan.exists()) == (1, False)
    assert texts(lake) == {"one", "two", "three"}


@pytest.mark.slow
def test_what_is_published_is_brought_forward_and_is_the_same_as_made_anew(
    lake: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    continued: list[bool] = []
    real = publishing.write_file

    def noted(*arguments: object) -> bool:
        continued.append(real(*arguments))  # type: ignore[arg-type]
        return continued[-1]

    monkeypatch.setattr(publishing, "write_file", noted)

    def shown() -> dict[str, list[object]]:
        with published(lake) as con:
            tables = [name for (name,) in con.execute("SELECT table_name FROM duckdb_tables() ORDER BY ALL").fetchall()]
            return {
                table: sorted(map(repr, con.execute(f"FROM {table}").fetchall()))
                for table in tables
                if not table.startswith("search")
            }

    warehouse = Warehouse(lake)
    store(lake, "one")
    publish(warehouse, NOW)
    store(lake, "two", "three")
    with warehouse.window() as con:
        con.execute("DELETE FROM article_versions WHERE text = 'one'")
        con.execute("UPDATE articles SET source_id = 's' WHERE first_url = 'file:///two'")
    publish(warehouse, NOW)
    brought = shown()
    with published(lake) as con:
        assert con.execute("SELECT count(*) FROM search('three')").fetchone() == (1,)
    lake.lake_published.unlink()
    publish(warehouse, NOW)
    assert continued == [False, True, False]
    anew = shown()
    # The publication before is noted in the one made after it.
    assert {table: rows for table, rows in anew.items() if table != "upkeep"} == {
        table: rows for table, rows in brought.items() if table != "upkeep"
    }


def test_a_catalog_of_another_home_is_refused(lake: Home, tmp_path: Path) -> None:
    store(lake, "one")
    other = Home(tmp_path / "other", lake.catalog)
    if lake.catalog == "sqlite":
        other.lake.mkdir(parents=True)
        other.sqlite_catalog.write_bytes(lake.sqlite_catalog.read_bytes())
    with pytest.raises(HomeError, match="all machines of a lake share one home folder"), Warehouse(other).window():
        pass


def test_a_home_that_was_moved_is_read_where_it_is_now(lake: Home, tmp_path: Path) -> None:
    store(lake, "one")
    forget_engine(lake)
    moved = Home(lake.root.rename(tmp_path / "moved"), lake.catalog)
    store(moved, "two")
    assert texts(moved) == {"one", "two"}


@pytest.mark.slow
def test_the_command_reads_a_lake_as_it_was(
    home: Home, sqlite_template: Template, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lake = sqlite_template.copy(tmp_path / "lake-home")
    store(lake, "one")
    ask = ("SELECT count(*) AS n FROM articles", "--format", "csv", "--at")
    alone = dateline("sql", *ask, "1", "--home", lake.root)
    assert (alone.returncode, "this warehouse is one file" in alone.stderr) == (1, True)
    monkeypatch.setenv("DATELINE_CATALOG", "sqlite")
    for at, expected in (("now", "n\n1\n"), ("1", "n\n0\n"), ("2999-01-01", "n\n1\n")):
        done = dateline("sql", *ask, at, "--home", lake.root)
        assert (done.stdout.replace("\r", ""), done.stderr) == (expected, "")
    assert dateline("sql", *ask, "soon", "--home", lake.root).returncode == 2


@pytest.mark.parametrize("lake", BOTH_LAKES, indirect=True)
def test_after_a_takedown_old_and_new_rows_are_found_by_their_values(lake: Home) -> None:
    """The bounds of columns are taken out of the catalog; what is stored next must not pass for all there is."""
    store(lake, "b", "c", "zebra")
    with Warehouse(lake).window() as con:
        con.execute("DELETE FROM article_versions WHERE text = 'zebra'")
    purge_lake(LakeStore(lake, 5), datetime.now(UTC))
    store(lake, "m")
    with Warehouse(lake).reading() as con:
        bounds = (
            "SELECT count(*) FROM __ducklake_metadata_warehouse.ducklake_table_column_stats WHERE max_value = $word"
        )
        assert con.execute(bounds, {"word": "zebra"}).fetchone() == (0,)
        for text in "bcm":
            sql = "SELECT count(*), min(text), max(text) FROM article_versions WHERE text = $text AND version_no < 2"
            assert con.execute(sql, {"text": text}).fetchone() == (1, text, text)
        assert con.execute("SELECT min(text), max(text), max(version_no) FROM article_versions").fetchone() == (
            "b",
            "m",
            1,
        )
        assert con.execute("SELECT count(*) FROM article_versions WHERE text < 'd'").fetchone() == (2,)


def test_a_lake_has_the_tables_columns_views_macros_and_comments_of_a_file(lake: Home) -> None:
    def schema(con: DuckDBPyConnection) -> list[object]:
        asked = (
            "SELECT table_name, column_name, data_type, is_nullable FROM duckdb_columns()",
            # Columns of views have none in a lake; they have them in the file that is published of it.
            "SELECT table_name, column_name, comment FROM duckdb_columns() SEMI JOIN duckdb_tables() USING (database_name, table_name)",
            "SELECT table_name, comment FROM duckdb_tables()",
            "SELECT view_name, comment FROM duckdb_views()",
            "SELECT function_name, parameters FROM duckdb_functions()",
        )
        where = "WHERE database_name = current_database() AND NOT internal ORDER BY ALL"
        return [con.execute(f"{sql} {where}").fetchall() for sql in asked]

    with duckdb.connect() as file, Warehouse(lake).window() as con:
        migrate(file)
        assert schema(con) == schema(file)
        assert len(schema(con)[0]) > 300


def test_a_lake_of_an_earlier_version_comes_forward_and_one_of_a_later_is_refused(tmp_path: Path) -> None:
    lake = Home(tmp_path / "home", "sqlite")
    lake.prepare()
    with contextlib.closing(session(lake)) as con:
        migrate(con, migration_names()[:3])
        con.execute("INSERT INTO articles VALUES ('a', NULL, 'file:///a', NULL, current_timestamp, 'l')")
    with Warehouse(lake).window() as con:
        assert con.execute("SELECT article_id FROM articles").fetchall() == [("a",)]
        assert con.execute("SELECT count(*) FROM tombstones").fetchone() == (0,)
        con.execute("INSERT INTO schema_migrations VALUES ('9999_future', 'x', current_timestamp)")
    for opened in (Warehouse(lake).window, Warehouse(lake).reading):
        with pytest.raises(MigrationError, match="newer Dateline"), opened():
            pass


def test_checks_are_taken_out_of_statements_whatever_else_stands_there() -> None:
    sql = (
        "CREATE TABLE t (a INTEGER CHECK (a > (1)), b VARCHAR DEFAULT 'CHECK (', -- CHECK (\n CHECK (b IN ('(', ')')))"
    )
    assert " ".join(without_checks(sql).split()) == (
        "CREATE TABLE t (a INTEGER , b VARCHAR DEFAULT 'CHECK (' -- CHECK ( )"
    )
