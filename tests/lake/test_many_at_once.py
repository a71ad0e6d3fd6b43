"""Several processes write to one lake and read it, and are killed at random: nothing is lost, doubled or seen by half."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from lakes import LAKES

from storage.evidence import check_evidence
from storage.home import Home
from storage.lake.compaction import compact_lake
from storage.lake.store import LakeStore
from storage.warehouse import Warehouse

CROWD = Path(__file__).with_name("lake_crowd.py")
ROLES = ("writer", "writer", "rival", "rival", "reader", "reader")


def start(role: str, home: Home, folder: Path) -> subprocess.Popen[bytes]:
    root = CROWD.parents[2]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(root), str(root / "tests")])}
    command = [sys.executable, str(CROWD), role, str(home.root), str(folder)]
    process = subprocess.Popen(command, env=environment, stdin=subprocess.PIPE)
    assert process.stdin is not None
    process.stdin.write(home.catalog.encode())
    process.stdin.close()
    return process


def live(home: Home, folder: Path, seconds: float, every: float) -> int:
    """Let the crowd live, kill one of them every few seconds, and compact now and then; gives the number killed."""
    crowd = [start(role, home, folder) for role in ROLES]
    chance, killed = random.Random(5), 0
    try:
        until = time.monotonic() + seconds
        while time.monotonic() < until and not (folder / "errors").exists():
            time.sleep(every)
            place = chance.randrange(len(crowd))
            crowd[place].send_signal(signal.SIGKILL)
            crowd[place].wait()
            crowd[place] = start(ROLES[place], home, folder)
            killed += 1
            if killed % 3 == 0:
                compact_lake(LakeStore(home, 300), datetime.now(UTC))
    finally:
        for process in crowd:
            process.kill()
            process.wait()
    return killed


def check_the_end(home: Home, folder: Path) -> None:
    errors = folder / "errors"
    assert not errors.exists(), errors.read_text()
    with Warehouse(home).reading() as con:
        check_evidence(con)
        stored = Counter(row[0] for row in con.execute("SELECT version_id FROM article_versions").fetchall())
        urls = Counter(row[0] for row in con.execute("SELECT first_url FROM articles").fetchall())
        quotes = Counter(row[0] for row in con.execute("SELECT version_id FROM quotes").fetchall())
    assert max(stored.values()) == max(urls.values()) == 1
    assert quotes == stored
    committed = (folder / "committed").read_text().split()
    assert set(committed) <= set(stored)
    looks = (folder / "looks").read_text().split()
    print(f"{len(stored)} texts stored, {len(looks)} looks")
    # A killed writer's files of a batch that it never committed belong to no version, and go.
    store = LakeStore(home, 300)
    compact_lake(store, datetime.now(UTC) + timedelta(days=30))
    compact_lake(store, datetime.now(UTC) + timedelta(days=60))
    with store.window() as con:
        known = {
            row[0]
            for row in con.execute("SELECT path FROM __ducklake_metadata_warehouse.ducklake_data_file").fetchall()
        }
    assert {path.name for path in home.lake.rglob("*.parquet")} == known


@pytest.fixture(params=LAKES)
def lake(request: pytest.FixtureRequest, tmp_path: Path) -> Home:
    """An empty lake."""
    home: Home = request.getfixturevalue(f"{request.param}_template").copy(tmp_path / "home")
    return home


@pytest.mark.soak
def test_nothing_is_lost_or_doubled_in_two_minutes(lake: Home, tmp_path: Path) -> None:
    killed = live(lake, tmp_path, seconds=120, every=3)
    print(f"{killed} killed")
    check_the_end(lake, tmp_path)
