"""A real Dask scheduler and real workers on loopback, each a process of its own, and what a test lets workers do with a piece."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tasks.columnar import read_articles
from tasks.pieces import Demands, extract_piece

ROOT = Path(__file__).parents[1]
DEADLY = "Whoever extracts this dies"
DEADLY_FOR_WORKERS = "Workers who extract this die"
MARKS = "MARKS_OF_WORKERS"
SECONDS = 90.0


def until(true: Callable[[], Any], what: str) -> None:
    """Wait until something is true; AssertionError after a while."""
    end = time.monotonic() + SECONDS
    while not true():
        assert time.monotonic() < end, what
        time.sleep(0.02)


def deadly_piece(articles: bytes, demands: Demands) -> bytes:
    """Extract, but die of articles that say so."""
    from distributed.worker import get_worker

    texts = "".join(article.text for article in read_articles(articles))
    try:
        in_worker = bool(get_worker())
    except ValueError:
        in_worker = False
    if DEADLY in texts or (in_worker and DEADLY_FOR_WORKERS in texts):
        os._exit(9)
    return extract_piece(articles, demands)


def marked_piece(articles: bytes, demands: Demands) -> bytes:
    """Extract, and leave a file with the number of the process behind."""
    (Path(os.environ[MARKS]) / str(os.getpid())).touch()
    return extract_piece(articles, demands)


class DaskProcesses:
    """A scheduler, and workers without a process that starts them again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.marks = folder / "marks"
        self.marks.mkdir()
        note = folder / "scheduler.json"
        place = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--dashboard-address", "127.0.0.1:0"]
        self.scheduler = self._start("scheduler", *place, "--scheduler-file", str(note))
        until(note.exists, "the scheduler did not start")
        self.address = str(json.loads(note.read_text())["address"])
        self.workers: list[subprocess.Popen[bytes]] = []

    def _start(self, what: str, *arguments: str, path: Path = ROOT) -> subprocess.Popen[bytes]:
        search = os.pathsep.join([str(path), str(ROOT / "tests")])
        return subprocess.Popen(
            [sys.executable, "-m", "dask", what, *arguments],
            cwd=self._folder,
            env={**os.environ, "PYTHONPATH": search, MARKS: str(self.marks), "OMP_NUM_THREADS": "1"},
            stdout=subprocess.DEVNULL,
            stderr=(self._folder / f"{what}.log").open("ab"),
        )

    def start_worker(self, *, path: Path = ROOT) -> subprocess.Popen[bytes]:
        """A worker on one thread; `path` has its code."""
        options = [
            "--nthreads",
            "1",
            "--no-nanny",
            "--no-dashboard",
            "--memory-limit",
            "0",
            "--preload",
            "tasks.pieces",
        ]
        worker = self._start("worker", self.address, *options, path=path)
        self.workers.append(worker)
        return worker

    def wait_for(self, count: int) -> None:
        """Wait until so many workers have joined."""
        from distributed import Client

        with Client(self.address, set_as_default=False) as client:
            client.wait_for_workers(count, timeout=SECONDS)

    def busy(self) -> bool:
        """Whether a worker has a piece."""
        from distributed import Client

        with Client(self.address, set_as_default=False) as client:
            return any(client.processing().values())

    def close(self) -> None:
        """End all."""
        for process in [*self.workers, self.scheduler]:
            process.kill()
            process.wait()
