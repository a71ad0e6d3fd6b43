"""What operators are told to do in docs/operations.md helps."""

import os
import re
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from articles import NOW, SEEDS, USER_SEED
from desk import Desk
from filelock import FileLock
from internet import Internet
from news_sites import Publisher
from whole_runs import dateline, extracted_rows, load_into, start_dateline

from storage.home import Home
from storage.reading import published
from storage.warehouse import Warehouse

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/operations.md"
STATEMENT = SEEDS / "statement.txt"


def follow_the_page(name: str, **places: Path) -> str:
    """Run the commands of the page; gives what they print. The first that fails ends them."""
    (script,) = re.findall(rf"<!-- run: {name} -->\n```sh\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    bin_ = Path(sys.executable).parent
    environment = {**os.environ, "PATH": f"{bin_}:{os.environ['PATH']}", **{k: str(v) for k, v in places.items()}}
    done = subprocess.run(
        ["sh", "-ec", script], env=environment, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.soak
def test_a_backup_made_while_a_run_writes_is_restored_elsewhere(tmp_path: Path) -> None:
    home, restored = Home(tmp_path / "home"), Home(tmp_path / "restored")
    load_into(home, STATEMENT)
    writer = start_dateline("load", SEEDS, "--home", home.root, "--batch-size", "1")
    deadline = time.monotonic() + 60
    while texts(home) < 4 and time.monotonic() < deadline:
        time.sleep(0.1)
    (tmp_path / "backup").mkdir()
    (tmp_path / "backup/warehouse.duckdb.wal").write_bytes(b"of an earlier backup")
    follow_the_page("backup", NEWS=home.root, BACKUP=tmp_path / "backup")
    assert writer.poll() is None, "the run had ended before the backup"
    out, err = writer.communicate(timeout=120)
    assert writer.returncode == 0, out + err
    told = follow_the_page("restore", NEWS=restored.root, BACKUP=tmp_path / "backup")
    assert "FAIL" not in told
    assert 4 <= texts(restored) < texts(home)
    load_into(restored, SEEDS)
    assert extracted_rows(restored) == extracted_rows(home)


def texts(home: Home) -> int:
    with Warehouse(home, lock_seconds=30).window() as con:
        return len(con.execute("SELECT version_id FROM article_versions").fetchall())


@pytest.mark.soak
def test_a_damaged_warehouse_is_recovered_from_what_is_published_and_the_archive(tmp_path: Path) -> None:
    home, undamaged = Home(tmp_path / "home"), Home(tmp_path / "undamaged")
    load_into(undamaged, STATEMENT, USER_SEED)
    load_into(home, STATEMENT)
    kept = home.published.resolve().read_bytes()
    load_into(home, USER_SEED)
    # The last publication was before the last run.
    home.published.resolve().chmod(0o644)
    home.published.resolve().write_bytes(kept)
    home.warehouse.write_bytes(b"no database" * 10_000)
    checked = dateline("doctor", "--home", home.root)
    assert checked.returncode == 1
    assert "the warehouse can't be opened" in checked.stdout
    failed = dateline("load", STATEMENT, "--home", home.root)
    assert (failed.returncode, failed.stderr.count("Traceback")) == (1, 0)
    follow_the_page("recover", NEWS=home.root)
    assert extracted_rows(home) == extracted_rows(undamaged)
    assert dateline("doctor", "--home", home.root).returncode == 0


def test_a_damaged_archive_file_is_named_and_costs_no_text(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    load_into(home, STATEMENT)
    (file,) = home.archive.rglob("*.warc.gz")
    file.write_bytes(file.read_bytes()[:300])
    checked = dateline("doctor", "--home", home.root)
    assert checked.returncode == 1
    (told,) = (line for line in checked.stdout.splitlines() if line.startswith("FAIL"))
    assert told.startswith("FAIL archive: ")
    assert file.name in told
    assert "unchanged │      1" in dateline("load", STATEMENT, "--home", home.root).stdout


def test_a_lock_that_is_held_ends_a_run_with_one_line_and_the_next_one_stores_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(tmp_path / "home")
    home.prepare()
    monkeypatch.setenv("DATELINE_LOCK_SECONDS", "0.5")
    with FileLock(home.lock):
        failed = dateline("load", STATEMENT, "--home", home.root)
    assert failed.returncode == 1
    (told,) = (line for line in failed.stderr.splitlines() if "could not be looked after" not in line)
    assert told.startswith("dateline: another run has been writing for over 0.5 s; try again when it is done")
    assert dateline("load", STATEMENT, "--home", home.root).returncode == 0


def test_commands_need_no_prefect_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    for command in (("load", STATEMENT), ("maintain",)):
        done = dateline(*command, "--home", tmp_path / "home")
        assert (done.returncode, done.stderr) == (0, "")


def test_a_clock_that_was_a_year_ahead_holds_nothing_up(tmp_path: Path, internet: Internet) -> None:
    desk = Desk(tmp_path / "home")
    post = Publisher(internet, "127.0.1.2", now=NOW)
    post.publish("crane", "The crane was moved.")
    desk.follow(post.feed_url)
    assert desk.ingest().statuses == {"stored": 1}
    assert desk.ingest(timedelta(days=365)).usable == 0
    post.publish("bridge", "The bridge was closed.")
    assert desk.ingest(timedelta(days=1 - 365)).statuses == {"stored": 1}
    with published(desk.home) as con:
        assert con.execute("SELECT count(*) FROM articles").fetchone() == (2,)


def test_every_failure_of_the_page_names_a_test_that_there_is() -> None:
    failures = PAGE.read_text(encoding="utf-8").partition("## What to do when")[2].split("\n### ")[1:]
    assert len(failures) >= 10
    for failure in failures:
        tests = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", failure)
        assert tests, failure.splitlines()[0]
        for file, name in tests:
            assert f"def {name}(" in (ROOT / file).read_text(encoding="utf-8"), f"{file}::{name}"
