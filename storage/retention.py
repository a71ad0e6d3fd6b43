"""Retention: what is older than the settings say goes, and how much went is noted. By default only the log of requests has an end."""

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

from storage.archive import SUFFIX
from storage.errors import HomeError
from storage.forget import Found, remove_rows
from storage.home import Home
from storage.pace import Keep
from storage.queries import statement
from storage.upkeep import Upkeep, note
from storage.warehouse import Warehouse

REQUEST_TABLES: Final = ("visits", "polls", "site_files")
# What a killed run left half written is no run's work any more after this time.
PARTIAL_SECONDS: Final = 86_400.0


def retain(warehouse: Warehouse, keep: Keep, now: datetime) -> tuple[Upkeep, ...]:
    """Remove what is too old, a kind at a time, each in one transaction; gives what went, table by table.

    What was removed from one table and killed before the next goes on with the next call. Raises HomeError, LockError.
    """
    removed = []
    if keep.requests:
        removed += [_remove(warehouse, table, keep.requests, now) for table in REQUEST_TABLES]
    if keep.ledger:
        removed.append(_remove(warehouse, "ledger", keep.ledger, now))
    if keep.versions:
        removed.append(_remove_versions(warehouse, keep.versions, now))
    if keep.archive:
        removed.append(_remove_archived(warehouse, keep.archive, now))
    _remove_partials(warehouse.home)
    return tuple(done for done in removed if done.rows)


def _remove(warehouse: Warehouse, table: str, days: int, now: datetime) -> Upkeep:
    started = time.perf_counter()
    with warehouse.transaction("", now) as transaction:
        con = transaction.connection
        gone = con.execute(statement(f"retain_{table}"), {"before": now - timedelta(days=days)}).fetchone() or (0,)
        done = Upkeep("removal", table, now, time.perf_counter() - started, gone[0], detail=f"older than {days} days")
        if done.rows:
            note(con, done)
    return done


def _remove_versions(warehouse: Warehouse, days: int, now: datetime) -> Upkeep:
    started = time.perf_counter()
    with warehouse.transaction("", now) as transaction:
        con = transaction.connection
        rows = con.execute(statement("superseded_versions"), {"before": now - timedelta(days=days)}).fetchall()
        version_ids = tuple(version_id for (version_id,) in rows)
        if version_ids:
            remove_rows(con, Found((), version_ids, frozenset(), frozenset(), (), frozenset()))
        seconds = time.perf_counter() - started
        detail = f"followed by a newer version for {days} days"
        done = Upkeep("removal", "article_versions", now, seconds, len(version_ids), detail=detail)
        if done.rows:
            note(con, done)
    return done


def _remove_archived(warehouse: Warehouse, days: int, now: datetime) -> Upkeep:
    """The warehouse forgets the files first: a run killed in between leaves files that nothing points to, and the next call, which
    goes by the folders' days, removes them."""
    started = time.perf_counter()
    home = warehouse.home
    old = sorted(_archived_before(home.archive, (now - timedelta(days=days)).date()))
    size = sum(path.stat().st_size for path in old)
    detail = f"older than {days} days"
    if old:
        names = [path.relative_to(home.archive).as_posix() for path in old]
        with warehouse.transaction("", now) as transaction:
            con = transaction.connection
            con.execute(statement("retain_archived_bodies"), {"files": names})
            con.execute(statement("say_archive_removed"), {"files": names, "reason": f"removed, {detail}"})
            seconds = time.perf_counter() - started
            note(con, Upkeep("removal", "archive", now, seconds, len(old), size, 0, detail))
    _unlink(old)
    return Upkeep("removal", "archive", now, time.perf_counter() - started, len(old), size, 0, detail)


def _archived_before(archive: Path, day: date) -> Iterator[Path]:
    """Archive files in the folders (year/month/day, UTC) of earlier days."""
    for path in archive.rglob(f"*{SUFFIX}"):
        parts = path.relative_to(archive).parts[:-1]
        try:
            written = datetime.strptime("/".join(parts), "%Y/%m/%d").replace(tzinfo=UTC).date()
        except ValueError:
            # Somebody's own folder: not ours to empty.
            continue
        if written < day:
            yield path


def _unlink(paths: list[Path]) -> None:
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise HomeError(str(path), "an old archive file can't be removed") from error


def _remove_partials(home: Home) -> None:
    before = time.time() - PARTIAL_SECONDS
    _unlink([path for path in home.archive.rglob(".*.partial") if path.stat().st_mtime < before])
