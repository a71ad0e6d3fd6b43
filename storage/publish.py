"""Publishing: a read-only copy for everybody, under a new name, then one atomic swap of a link.

Readers who hold an older file keep a consistent one. The name is new each time, so a WAL that a reader left beside
an older file is never replayed into a newer one. A publication costs time, in part of which nobody can write, so
publications are paced by what the last one cost.
"""

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

import duckdb
from filelock import FileLock, Timeout

from storage.clone import clone
from storage.errors import HomeError, LockError
from storage.home import Home
from storage.lake.as_file import room_for, write_file
from storage.lake.store import LakeStore
from storage.pace import Pace
from storage.queries import statement
from storage.search_index import index
from storage.upkeep import Upkeep, last, note
from storage.warehouse import LOCK_SECONDS, Warehouse

KEPT_FILES: Final = 3
# A reader follows the link and opens the file; between the two it must not go. Once open, it lives until it is closed.
GRACE_SECONDS: Final = 60.0
READ_ONLY: Final = 0o444
# Left free on the disk for what is written next.
RESERVE_BYTES: Final = 16 * 2**20


class Publication(NamedTuple):
    """A published file, its size in bytes, the seconds it took, those of them in which nobody could write, and texts that were
    indexed for `search`."""

    file: Path
    bytes: int
    seconds: float
    locked_seconds: float
    indexed: int


class NotNow(NamedTuple):
    """Why nothing was published: nothing is new (no time), it is not time yet, or another run is publishing."""

    due_at: datetime | None = None


def publish(warehouse: Warehouse, now: datetime, *, anew: bool = False) -> Publication:
    """Publish the warehouse as it is now, one publication at a time; `anew` takes over nothing from earlier files.

    Raises HomeError (also where the disk has too little room; all that was stored stays stored), LockError.
    """
    with _alone(warehouse.home, LOCK_SECONDS):
        return _publish(warehouse, now, anew=anew)


def publish_if_due(warehouse: Warehouse, now: datetime, pace: Pace) -> Publication | NotNow:
    """Publish if runs have written since the last publication, its cost has been earned, and nobody else is publishing. Raises as
    `publish`."""
    with warehouse.reading() as con:
        before = last(con, "publication", now)
        written = before and con.execute(statement("written_since"), {"since": before.done_at}).fetchone()
    if before and warehouse.home.published.exists():
        if written == (False,):
            return NotNow()
        if now < (due_at := pace.due_at(*before)):
            return NotNow(due_at)
    try:
        with _alone(warehouse.home, 0):
            return _publish(warehouse, now)
    except LockError:
        return NotNow(now)


@contextmanager
def _alone(home: Home, seconds: float) -> Iterator[None]:
    lock = FileLock(home.publish_lock, timeout=seconds)
    try:
        lock.acquire()
    except Timeout as error:
        raise LockError(str(home.publish_lock), f"another run has been publishing for over {seconds:g} s") from error
    try:
        yield
    finally:
        lock.release()


def _publish(warehouse: Warehouse, now: datetime, *, anew: bool = False) -> Publication:
    """Only the copy keeps others from writing; the index is made in the copy."""
    home, started = warehouse.home, time.perf_counter()
    target = _next_file(home)
    partial = target.with_suffix(".partial")
    before = home.published.resolve() if home.published.exists() and not anew else None
    try:
        locked_seconds, before = _write(warehouse, partial, before)
        indexed = index(partial, before)
        _finish(partial, target)
        _swap_link(home, target)
        sweep(home, GRACE_SECONDS)
    except (OSError, duckdb.Error) as error:
        partial.unlink(missing_ok=True)
        raise HomeError(str(target), "the warehouse can't be published") from error
    done = Publication(target, target.stat().st_size, time.perf_counter() - started, locked_seconds, indexed)
    detail = f"{indexed} texts indexed; writers waited {locked_seconds:.2f} s"
    with warehouse.window() as con:
        note(con, Upkeep("publication", target.name, now, done.seconds, bytes_after=done.bytes, detail=detail))
    return done


def _write(warehouse: Warehouse, partial: Path, before: Path | None) -> tuple[float, Path | None]:
    """Write what is to be published; gives the seconds in which nobody could write, and the file whose index is to be taken over."""
    if isinstance(warehouse.store, LakeStore):
        _make_room(warehouse.home, room_for(warehouse.store, before))
        return 0.0, None if write_file(warehouse.store, partial, before) else before
    with warehouse.quiet() as file:
        locked = time.perf_counter()
        _make_room(warehouse.home, file.stat().st_size)
        clone(file, partial)
        return time.perf_counter() - locked, before


def sweep(home: Home, grace_seconds: float) -> None:
    """Remove published files but for the last few and those younger than `grace_seconds` (0: all but the current one), with what
    readers left beside them; who has one open keeps it until closing it (POSIX). Nobody may be publishing meanwhile."""
    files = sorted(home.published_files.glob("news-*.duckdb"))
    kept = {home.published.resolve().name}
    if grace_seconds:
        young = time.time() - grace_seconds
        kept |= {path.name for path in files[-KEPT_FILES:]} | {p.name for p in files if p.stat().st_mtime > young}
    for path in home.published_files.iterdir():
        if path.name.split(".")[0] + ".duckdb" not in kept:
            path.unlink()


def _next_file(home: Home) -> Path:
    numbers = [int(path.stem.removeprefix("news-")) for path in home.published_files.glob("news-*.duckdb")]
    return home.published_files / f"news-{max(numbers, default=0) + 1:06d}.duckdb"


def _make_room(home: Home, needed: int) -> None:
    """Older files go at once where the disk is too full for one more copy."""
    needed += RESERVE_BYTES
    if shutil.disk_usage(home.root).free < needed and home.published.exists():
        sweep(home, 0)
    free = shutil.disk_usage(home.root).free
    if free < needed:
        what = f"publishing needs {needed:,} bytes free, {free:,} are; what was stored stays stored"
        raise HomeError(str(home.root), what)


def _finish(partial: Path, target: Path) -> None:
    """Flush to disk, take away write permission, then give the final name."""
    with partial.open("rb") as file:
        os.fsync(file.fileno())
    partial.chmod(READ_ONLY)
    partial.replace(target)


def _swap_link(home: Home, target: Path) -> None:
    link = home.root / ".news.duckdb.new"
    link.unlink(missing_ok=True)
    link.symlink_to(target.relative_to(home.root))
    link.replace(home.published)
