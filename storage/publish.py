"""Publishing: a read-only copy for everybody, under a new name, then one atomic swap of a link.

Readers who hold an older file keep a consistent one. The name is new each time, so a WAL that a reader left beside
an older file is never replayed into a newer one. A copy costs time in which nobody can write, so publications are paced
by what the last one cost.
"""

import os
import shutil
import time
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from storage.errors import HomeError
from storage.home import Home
from storage.pace import Pace
from storage.queries import statement
from storage.upkeep import Upkeep, last, note
from storage.warehouse import Warehouse

KEPT_FILES: Final = 3
# A reader follows the link and opens the file; between the two it must not go. Once open, it lives until it is closed.
GRACE_SECONDS: Final = 60.0
READ_ONLY: Final = 0o444
# Left free on the disk for what is written next.
RESERVE_BYTES: Final = 16 * 2**20
COPY_CHUNK: Final = 2**30


class Publication(NamedTuple):
    """A published file, its size in bytes, and the seconds it took, in which nobody could write."""

    file: Path
    bytes: int
    seconds: float


class NotNow(NamedTuple):
    """Why nothing was published: nothing is new (no time), or it is not time yet."""

    due_at: datetime | None = None


def publish(warehouse: Warehouse, now: datetime) -> Publication:
    """Publish the warehouse as it is now. Raises HomeError (also where the disk has too little room; all that was stored stays
    stored), LockError."""
    home = warehouse.home
    with warehouse.quiet() as file:
        started = time.perf_counter()
        target = _next_file(home)
        try:
            _make_room(home, file.stat().st_size)
            _copy_durably(file, target)
            _swap_link(home, target)
            sweep(home, GRACE_SECONDS)
        except OSError as error:
            target.with_suffix(".partial").unlink(missing_ok=True)
            raise HomeError(str(target), "the warehouse can't be published") from error
        done = Publication(target, target.stat().st_size, time.perf_counter() - started)
    with warehouse.window() as con:
        note(con, Upkeep("publication", target.name, now, done.seconds, bytes_after=done.bytes))
    return done


def publish_if_due(warehouse: Warehouse, now: datetime, pace: Pace) -> Publication | NotNow:
    """Publish if runs have written since the last publication, and its cost has been earned. Raises as `publish`."""
    with warehouse.window() as con:
        before = last(con, "publication")
        written = before and con.execute(statement("written_since"), {"since": before.done_at}).fetchone()
    if before and warehouse.home.published.exists():
        if written == (False,):
            return NotNow()
        if now < (due_at := pace.due_at(*before)):
            return NotNow(due_at)
    return publish(warehouse, now)


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


def _copy_durably(source: Path, target: Path) -> None:
    """Copy under a temporary name, flush to disk, take away write permission, then give the final name."""
    partial = target.with_suffix(".partial")
    _copy(source, partial)
    with partial.open("rb") as file:
        os.fsync(file.fileno())
    partial.chmod(READ_ONLY)
    partial.replace(target)


def _copy(source: Path, target: Path) -> None:
    """Copy inside the kernel where it can: on file systems with copy-on-write (Btrfs, XFS) that copies no data at all."""
    if hasattr(os, "copy_file_range"):
        # What the kernel can't do here is done below, and fails there if it must.
        with suppress(OSError), source.open("rb") as old, target.open("wb") as new:
            while os.copy_file_range(old.fileno(), new.fileno(), COPY_CHUNK):
                pass
    if not target.exists() or target.stat().st_size != source.stat().st_size:
        shutil.copyfile(source, target)


def _swap_link(home: Home, target: Path) -> None:
    link = home.root / ".news.duckdb.new"
    link.unlink(missing_ok=True)
    link.symlink_to(target.relative_to(home.root))
    link.replace(home.published)
