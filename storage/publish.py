"""Publishing: a read-only copy for everybody, under a new name, then one atomic swap of a link.

Readers who hold an older file keep a consistent one. The name is new each time, so a WAL that a reader left beside
an older file is never replayed into a newer one.
"""

import os
import shutil
from pathlib import Path

from storage.errors import HomeError
from storage.home import Home
from storage.warehouse import Warehouse

KEPT_FILES = 3
READ_ONLY = 0o444


def publish(warehouse: Warehouse) -> Path:
    """Publish the warehouse as it is now and give the new file's path. Raises HomeError, LockError."""
    home = warehouse.home
    with warehouse.quiet() as file:
        target = _next_file(home)
        try:
            _copy_durably(file, target)
            _swap_link(home, target)
            _sweep(home, target)
        except OSError as error:
            raise HomeError(str(target), "the warehouse can't be published") from error
    return target


def _next_file(home: Home) -> Path:
    numbers = [int(path.stem.removeprefix("news-")) for path in home.published_files.glob("news-*.duckdb")]
    return home.published_files / f"news-{max(numbers, default=0) + 1:06d}.duckdb"


def _copy_durably(source: Path, target: Path) -> None:
    """Copy under a temporary name, flush to disk, take away write permission, then give the final name."""
    partial = target.with_suffix(".partial")
    shutil.copyfile(source, partial)
    with partial.open("rb") as file:
        os.fsync(file.fileno())
    partial.chmod(READ_ONLY)
    partial.replace(target)


def _swap_link(home: Home, target: Path) -> None:
    link = home.root / ".news.duckdb.new"
    link.unlink(missing_ok=True)
    link.symlink_to(target.relative_to(home.root))
    link.replace(home.published)


def _sweep(home: Home, newest: Path) -> None:
    """Remove files older than the last few, with what readers left beside them; open ones live on until closed."""
    files = sorted(home.published_files.glob("news-*.duckdb"))
    for old in files[:-KEPT_FILES]:
        if old != newest:
            old.unlink()
    kept = {path.name for path in files[-KEPT_FILES:]}
    for leftover in home.published_files.iterdir():
        if leftover.name.split(".")[0] + ".duckdb" not in kept:
            leftover.unlink()
