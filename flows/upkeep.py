"""Looking after the warehouse: publishing what is new, and the nightly work."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from flows.stopping import interrupted
from flows.watching import watched
from flows.wiring import clock, new_load
from storage.compact import Compacted, compact
from storage.publish import NotNow, Publication, publish, publish_if_due, sweep
from storage.queries import statement
from storage.retention import retain
from storage.running import running
from storage.upkeep import Upkeep, last
from storage.warehouse import Warehouse

if TYPE_CHECKING:
    from flows.settings import Settings

SWEEP_SECONDS = 3_600.0


class Maintained(NamedTuple):
    """What a night's work did: removals, compaction (None: not due), and what there is now: articles, texts, bytes of the file and of
    the archive; the published file."""

    load_id: str
    removed: tuple[Upkeep, ...]
    compacted: Compacted | None
    articles: int
    versions: int
    bytes: int
    archive_bytes: int
    publication: Publication

    @property
    def headline(self) -> str:
        """All of it in one line."""
        removed = ", ".join(f"{done.rows:,} of {done.target}" for done in self.removed) or "nothing"
        saved = (
            f"compacted from {mib(self.compacted.before)} to {mib(self.compacted.after)}; " if self.compacted else ""
        )
        each = f", {self.bytes / self.articles:,.0f} bytes an article" if self.articles else ""
        return f"Removed {removed}; {saved}{self.articles:,} articles in {mib(self.bytes)}{each}. (load {self.load_id})"


def run_publish(
    settings: "Settings", *, force: bool = False, clock: Callable[[], datetime] = clock
) -> Publication | NotNow:
    """Publish if something is new and the pace allows it; with `force` at once. Raises HomeError, LockError."""
    warehouse = Warehouse(settings.place, lock_seconds=settings.lock_seconds)
    with watched(settings, clock):
        return publish(warehouse, clock()) if force else publish_if_due(warehouse, clock(), settings.pace)


def run_maintain(settings: "Settings", *, clock: Callable[[], datetime] = clock) -> Maintained:
    """Remove what is too old, compact when that is due, sweep and publish. Raises DatelineError; killed at any point, the next one
    goes on."""
    warehouse = Warehouse(settings.place, lock_seconds=settings.lock_seconds)
    load = new_load("maintain", settings, clock())
    with watched(settings, clock), running(warehouse.home, load.load_id):
        warehouse.start(load)
        try:
            removed = retain(warehouse, settings.keep, clock())
            compacted = _compact_if_due(warehouse, settings.compact_days, clock())
        except BaseException as error:
            warehouse.finish(load.load_id, "interrupted" if interrupted(error) else "failed", clock())
            raise
        warehouse.finish(load.load_id, "finished", clock())
        publication = publish(warehouse, clock())
        with warehouse.locked():
            sweep(warehouse.home, SWEEP_SECONDS)
    with warehouse.reading() as con:
        articles, versions = con.execute(statement("warehouse_size")).fetchone() or (0, 0)
    size = warehouse.home.warehouse_bytes
    archived = _bytes_in(warehouse.home.archive)
    return Maintained(load.load_id, removed, compacted, articles, versions, size, archived, publication)


def _compact_if_due(warehouse: Warehouse, days: float, now: datetime) -> Compacted | None:
    with warehouse.reading() as con:
        before = last(con, "compaction", now)
    # A lake gains a file a table with each batch: they are put together each time.
    if not warehouse.home.catalog and before and now < before.done_at + timedelta(days=days):
        return None
    return compact(warehouse, now)


def _bytes_in(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def mib(size: int) -> str:
    """Bytes as MiB for people."""
    return f"{size / 2**20:,.1f} MiB"
