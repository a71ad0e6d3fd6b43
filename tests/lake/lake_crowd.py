"""Writers and readers of one lake, each a process: `python lake_crowd.py ROLE HOME FOLDER`, the catalog's setting on standard input.

What any of them does not expect goes to FOLDER/errors, what a writer has committed to FOLDER/committed, looks to FOLDER/looks.
"""

import random
import sys
import time
from pathlib import Path
from uuid import uuid4

from locks.crowd import BATCH, STATE, errors_to, note, store_batch

from storage.home import Home
from storage.warehouse import Warehouse

# A lock file keeps no queue: on a machine with more to do than it can, somebody may wait long for a turn.
SECONDS = 300


def writer(home: Home, folder: Path) -> None:
    """Stores batches."""
    warehouse = Warehouse(home, lock_seconds=SECONDS)
    while True:
        note(folder / "committed", *store_batch(warehouse, uuid4().hex))
        time.sleep(random.random() / 2)


def rival(home: Home, folder: Path) -> None:
    """Stores batches that the other rivals try to store as well, at about the same time."""
    warehouse = Warehouse(home, lock_seconds=SECONDS)
    while True:
        note(folder / "committed", *store_batch(warehouse, f"shared-{int(time.time()) // 2}"))
        time.sleep(random.random() / 2)


def reader(home: Home, folder: Path) -> None:
    """Looks at the lake as of now: never half a batch, never less than before."""
    warehouse, before = Warehouse(home, lock_seconds=SECONDS), 0
    while True:
        with warehouse.reading() as con:
            texts, *wrong = con.execute(STATE).fetchone() or ()
            assert wrong == [0, 0, 0, 0], (texts, wrong)
            assert texts >= before
            assert texts % BATCH == 0
            before = texts
            time.sleep(random.random() / 5)
            # Whatever was committed meanwhile, this reader's version stays as it is.
            assert con.execute(STATE).fetchone() == (texts, *wrong)
        note(folder / "looks", "reader")


if __name__ == "__main__":
    role, root, where = sys.argv[1:]
    with errors_to(Path(where) / "errors"):
        {"writer": writer, "rival": rival, "reader": reader}[role](Home(Path(root), sys.stdin.readline()), Path(where))
