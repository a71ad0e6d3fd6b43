"""Publishing: readers and the writer never get in each other's way."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from articles import NOW, SEEDS, article_of
from whole_runs import load_into

from storage.errors import HomeError, LockError
from storage.home import Home
from storage.pace import Pace
from storage.publish import NotNow, Publication, publish, publish_if_due, sweep
from storage.reading import published
from storage.records import Load, Version
from storage.warehouse import Warehouse

pytestmark = pytest.mark.backends

COMMENTS_OF_SAME_WORDS = (
    "SELECT column_name, comment FROM duckdb_columns() WHERE table_name = 'same_words' ORDER BY column_index"
)


def store(warehouse: Warehouse, text: str) -> None:
    version = Version(article=article_of(text), version_id=text, version_no=1)
    with warehouse.transaction("load", NOW) as transaction:
        transaction.add_versions([version])


def texts(home: Home) -> set[str]:
    with published(home) as con:
        return {text for (text,) in con.execute("SELECT text FROM article_versions").fetchall()}


def test_what_is_published_is_what_was_stored(warehouse: Warehouse, home: Home) -> None:
    store(warehouse, "one")
    publish(warehouse, NOW)
    assert texts(home) == {"one"}


@pytest.mark.slow
def test_which_words_stand_in_several_places_is_answered_when_it_is_published(home: Home) -> None:
    load_into(home, SEEDS)
    query = "SELECT * FROM same_words"
    with Warehouse(home).window() as con:
        view = con.execute(query).fetchall()
        columns = [name for name, _ in con.execute(COMMENTS_OF_SAME_WORDS).fetchall()]
    with published(home) as con:
        assert con.execute(query).fetchall() == view
        # A lake's own views have no comments; what is published has.
        comments = con.execute(COMMENTS_OF_SAME_WORDS).fetchall()
        assert con.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'same_words'").fetchone() == (1,)
    assert len(view) > 1
    assert [name for name, comment in comments if comment] == columns


def test_nothing_published_is_a_clear_error(home: Home) -> None:
    with pytest.raises(HomeError, match="nothing is published yet"), published(home):
        pass


def test_a_reader_keeps_its_state_while_newer_ones_are_published(warehouse: Warehouse, home: Home) -> None:
    store(warehouse, "one")
    publish(warehouse, NOW)
    with published(home) as con:
        for text in ("two", "three", "four", "five", "six"):
            store(warehouse, text)
            publish(warehouse, NOW)
        assert con.execute("SELECT count(*) FROM article_versions").fetchone() == (1,)
    assert len(texts(home)) == 6


def names(home: Home) -> list[str]:
    return sorted(path.name for path in home.published_files.iterdir())


def published_often(warehouse: Warehouse) -> Path:
    """Five publications of an hour ago, with a log that an analyst left; gives the newest file."""
    for text in ("one", "two", "three", "four", "five"):
        store(warehouse, text)
        newest = publish(warehouse, NOW).file
        os.utime(newest, (time.time() - 3600, time.time() - 3600))
    warehouse.home.published_files.joinpath("news-000001.duckdb.wal").write_bytes(b"stray")
    return newest


def test_the_published_file_can_not_be_written_and_old_ones_are_swept(warehouse: Warehouse, home: Home) -> None:
    newest = published_often(warehouse)
    assert newest.stat().st_mode & 0o777 == 0o444
    sweep(home, 60)
    assert names(home) == ["news-000003.duckdb", "news-000004.duckdb", "news-000005.duckdb"]
    assert home.published.resolve() == newest.resolve()


def test_a_file_that_a_reader_may_be_about_to_open_stays(warehouse: Warehouse, home: Home) -> None:
    for number in range(5):
        store(warehouse, str(number))
        publish(warehouse, NOW)
    assert len(names(home)) == 5


def test_only_the_current_file_stays_where_the_disk_is_too_full(
    warehouse: Warehouse, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    published_often(warehouse)
    monkeypatch.setattr("storage.publish.RESERVE_BYTES", shutil.disk_usage(home.root).total)
    with pytest.raises(HomeError, match=r"needs [\d,]+ bytes free, [\d,]+ are; what was stored stays stored"):
        publish(warehouse, NOW)
    assert names(home) == ["news-000005.duckdb"]
    assert len(texts(home)) == 5


def test_publications_are_as_far_apart_as_their_cost_wants(warehouse: Warehouse, home: Home) -> None:
    pace = Pace(share=0.01, seconds=0)
    first = publish_if_due(warehouse, NOW, pace)
    assert isinstance(first, Publication)
    run(warehouse, NOW + timedelta(milliseconds=1))
    soon = publish_if_due(warehouse, NOW + timedelta(milliseconds=2), pace)
    assert soon == NotNow(NOW + timedelta(seconds=first.seconds / 0.01))
    later = publish_if_due(warehouse, NOW + timedelta(seconds=first.seconds / 0.01 + 0.001), pace)
    assert isinstance(later, Publication)


def test_nothing_is_published_when_nothing_was_written(warehouse: Warehouse) -> None:
    publish(warehouse, NOW)
    assert publish_if_due(warehouse, NOW + timedelta(days=1), Pace()) == NotNow(None)


@pytest.mark.backends(daily=True)
def test_what_a_publication_cost_stands_in_the_next_one(warehouse: Warehouse, home: Home) -> None:
    done = publish(warehouse, NOW)
    publish(warehouse, NOW)
    with published(home) as con:
        rows = con.execute("SELECT kind, target, seconds, bytes_after FROM upkeep").fetchall()
    assert rows == [("publication", done.file.name, done.seconds, done.bytes)]


def run(warehouse: Warehouse, at: datetime) -> None:
    warehouse.start(Load(load_id="load", flow="test", started_at=at, code_version="1", config_sha256="0" * 64))


@pytest.mark.slow
def test_a_full_disk_loses_nothing(home: Home) -> None:
    """Batches and publications in a process that may not write files beyond 8 MiB, as on a disk that is full."""
    script = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from test_publish import NOW, Home, HomeError, Warehouse, publish, store\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (8 << 20, 8 << 20))\n"
        "warehouse = Warehouse(Home(Path(sys.argv[1]), sys.argv[2]))\n"
        "try:\n"
        "    for number in range(1000):\n"
        "        store(warehouse, f'{number} ' + ''.join(chr(65 + number * k * k % 9973) for k in range(60000)))\n"
        "        print(number, flush=True)\n"
        "        publish(warehouse, NOW)\n"
        "except HomeError as error:\n"
        "    print(error, file=sys.stderr)\n"
    )
    folders = [str(Path(__file__).parent), str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]
    done = subprocess.run(
        [sys.executable, "-c", script, str(home.root), home.catalog],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(folders)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert any(words in done.stderr for words in ("could not be written", "can't be published", "log")), done.stderr
    stored = done.stdout.split()
    assert stored
    warehouse = Warehouse(home)
    store(warehouse, "and on")
    publish(warehouse, NOW)
    # The batch in which the disk was found full may have been committed before.
    kept = {text.split()[0] for text in texts(home)} - {"and"}
    assert kept in ({*stored}, {*stored, str(len(stored))})


def test_a_log_left_by_a_killed_analyst_is_never_replayed_into_a_newer_file(warehouse: Warehouse, home: Home) -> None:
    """An analyst opens news.duckdb for writing, changes it, and is killed: the log stays beside the file."""
    store(warehouse, "one")
    publish(warehouse, NOW)
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
    publish(warehouse, NOW)
    assert texts(home) == {"one", "two"}
    with contextlib.closing(duckdb.connect(str(home.published), read_only=True)) as con:
        tables = {name for (name,) in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    assert "stray" not in tables


def test_a_half_written_copy_of_a_killed_publication_does_no_harm(warehouse: Warehouse, home: Home) -> None:
    store(warehouse, "one")
    home.published_files.joinpath("news-000001.partial").write_bytes(b"half")
    home.root.joinpath(".news.duckdb.new").symlink_to("nowhere")
    publish(warehouse, NOW)
    assert texts(home) == {"one"}


@pytest.mark.file_only
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
