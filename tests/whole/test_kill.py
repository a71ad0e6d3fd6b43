"""Killing a load anywhere and running it again loses nothing and doubles nothing."""

import signal
import time
from pathlib import Path

import pytest
from articles import SEEDS
from whole_runs import extracted_rows, load_into, start_dateline

from storage.home import Home
from storage.warehouse import Warehouse

pytestmark = pytest.mark.slow

# Seconds after the start: while it starts, while the model loads, between batches, and while it publishes.
MOMENTS = (0.4, 1.5, 4.0, 5.0, 6.0)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = Home(tmp_path_factory.mktemp("undisturbed"))
    load_into(home, SEEDS)
    return home


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_load_killed_at_any_moment_is_finished_by_the_next(undisturbed: Home, tmp_path: Path, moment: float) -> None:
    home = Home(tmp_path / "home")
    process = start_dateline("load", SEEDS, "--home", home.root, "--batch-size", "1")
    time.sleep(moment)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    load_into(home, SEEDS, batch_size=3)
    assert extracted_rows(home) == extracted_rows(undisturbed)


def test_a_killed_run_is_marked_as_interrupted_by_the_next(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    process = start_dateline("load", SEEDS, "--home", home.root, "--batch-size", "1")
    deadline = time.monotonic() + 30
    while not list(home.root.glob("running/*")) and time.monotonic() < deadline:
        time.sleep(0.02)
    time.sleep(0.5)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    load_into(home, SEEDS / "statement.txt")
    with Warehouse(home).window() as con:
        statuses = con.execute("SELECT status FROM loads ORDER BY started_at").fetchall()
    assert statuses == [("interrupted",), ("finished",)]


def test_two_loads_at_once_store_everything_once(undisturbed: Home, tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    both = [start_dateline("load", SEEDS, "--home", home.root, "--batch-size", "2") for _ in range(2)]
    for process in both:
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, out + err
    assert extracted_rows(home) == extracted_rows(undisturbed)
