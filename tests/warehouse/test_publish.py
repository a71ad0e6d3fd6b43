"""Publishing: readers and the writer never get in each other's way."""

import contextlib
import signal
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from articles import NOW, article_of

from storage.errors import HomeError, LockError
from storage.home import Home
from storage.publish import publish
from storage.reading import published
from storage.records import Version
from storage.warehouse import Warehouse


def store(warehouse: Warehouse, text: str) -> None:
    version = Version(article=article_of(text), version_id=text, version_no=1)
    with warehouse.transaction("load", NOW) as transaction:
        transaction.add_versions([version])


def texts(home: Home) -> set[str]:
    with published(home) as con:
        return {text for (text,) in con.execute("SELECT text FROM article_versions").fetchall()}


def test_what_is_published_is_what_was_stored(warehouse: Warehouse, home: Home) -> None:
    store(warehouse, "one")
    publish(warehouse)
    assert texts(home) == {"one"}


def test_nothing_published_is_a_clear_error(home: Home) -> None:
    with pytest.raises(HomeError, match="nothing is published yet"), published(home):
        pass


def test_a_reader_keeps_its_state_while_newer_ones_are_published(warehouse: Warehouse, home: Home) -> None:
    store(warehouse, "one")
    publish(warehouse)
    with published(home) as con:
        for text in ("two", "three", "four", "five", "six"):
            store(warehouse, text)
            publish(warehouse)
        assert con.execute("SELECT count(*) FROM article_versions").fetchone() == (1,)
    assert len(texts(home)) == 6


def test_the_published_file_can_not_be_written_and_old_ones_are_swept(warehouse: Warehouse, home: Home) -> None:
    for text in ("one", "two", "three", "four", "five"):
        store(warehouse, text)
        newest = publish(warehouse)
    assert newest.stat().st_mode & 0o777 == 0o444
    assert sorted(path.name for path in home.published_files.iterdir()) == [
        "news-000003.duckdb",
        "news-000004.duckdb",
        "news-000005.duckdb",
    ]
    assert home.published.resolve() == newest.resolve()


def test_a_log_left_by_a_killed_analyst_is_never_replayed_into_a_newer_file(warehouse: Warehouse, home: Home) -> None:
    """An analyst opens news.duckdb for writing, changes it, and is killed: the log stays beside the file."""
    store(warehouse, "one")
    publish(warehouse)
    script = (
        "import duckdb, os, signal, sys\n"
        "con = duckdb.connect(sys.argv[1])\n"
        'con.execute("PRAGMA disable_checkpoint_on_shutdown")\n'
        "con.execute('CREATE TABLE stray (x INTEGER)')\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    home.published.resolve().chmod(0o644)
    killed = subprocess.run([sys.executable, "-c", script, str(home.published)], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert list(home.root.rglob("*.wal")), "the analyst's log should be there for this test to mean anything"
    store(warehouse, "two")
    publish(warehouse)
    assert texts(home) == {"one", "two"}
    with contextlib.closing(duckdb.connect(str(home.published), read_only=True)) as con:
        tables = {name for (name,) in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    assert "stray" not in tables


def test_a_half_written_copy_of_a_killed_publication_does_no_harm(warehouse: Warehouse, home: Home) -> None:
    store(warehouse, "one")
    home.published_files.joinpath("news-000001.partial").write_bytes(b"half")
    home.root.joinpath(".news.duckdb.new").symlink_to("nowhere")
    publish(warehouse)
    assert texts(home) == {"one"}


def test_a_program_that_holds_the_writers_file_is_waited_for_and_then_named(home: Home) -> None:
    warehouse = Warehouse(home, lock_seconds=0.3)
    store(warehouse, "one")
    script = "import duckdb, sys, time; con = duckdb.connect(sys.argv[1]); print('open', flush=True); time.sleep(60)"
    holder = subprocess.Popen([sys.executable, "-c", script, str(home.warehouse)], stdout=subprocess.PIPE)
    try:
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.raises(LockError, match="holds the writer's own file open"):
            store(warehouse, "two")
    finally:
        holder.kill()
        holder.communicate()
    store(warehouse, "two")


def test_a_home_that_can_not_be_written_is_a_clear_error(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("")
    with pytest.raises(HomeError, match="the home folder can't be written"):
        Warehouse(Home(in_the_way / "home"))
