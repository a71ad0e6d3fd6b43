"""What earlier runs left for the next one: when to poll, whom to leave alone, what was seen, what is to be tried again."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from duckdb import DuckDBPyConnection

from storage.queries import statement
from storage.records import FeedEntry, identifier
from storage.warehouse import Warehouse
from storage.web_records import Poll, Seen, SiteFile, Waiting


class WebState(NamedTuple):
    """The newest poll by source id, well-known files of less than a day, hosts that are left alone, and hashes of sources that were
    taken down."""

    polls: dict[str, Poll]
    site_files: tuple[SiteFile, ...]
    paused_hosts: dict[str, datetime]
    taken_down: frozenset[str] = frozenset()


def read_web_state(warehouse: Warehouse, now: datetime) -> WebState:
    """The state at the start of a run."""
    with warehouse.reading() as con:
        polls = [Poll(**row) for row in _rows(con, "latest_polls", now=now)]
        files = tuple(SiteFile(**row) for row in _rows(con, "fresh_site_files", now=now))
        paused = {row["host"]: row["until"] for row in _rows(con, "paused_hosts", now=now)}
        gone = frozenset(row["tombstone"] for row in _rows(con, "tombstones_of", kind="source"))
    return WebState({poll.source_id: poll for poll in polls}, files, paused, gone)


def read_seen(warehouse: Warehouse, keys: Iterable[str]) -> dict[str, Seen]:
    """How candidates with these keys ended last. What was taken down counts as seen: it is not asked for again."""
    wanted = sorted(set(keys))
    if not wanted:
        return {}
    ids = {identifier("article", key): key for key in wanted}
    with warehouse.reading() as con:
        rows = _rows(con, "seen_candidates", keys=wanted)
        gone = _rows(con, "known_tombstones", kind="article", tombstones=list(ids))
    taken_down = {ids[row["tombstone"]]: Seen(url_key=ids[row["tombstone"]], status="quarantined") for row in gone}
    return {row["url_key"]: Seen(**row | {"said": _by_source(row["said"])}) for row in rows} | taken_down


def read_waiting(warehouse: Warehouse, source_ids: Sequence[str], now: datetime) -> list[Waiting]:
    """Candidates of these sources whose next try is due."""
    with warehouse.reading() as con:
        rows = _rows(con, "waiting_candidates", source_ids=list(source_ids), now=now)
    return [Waiting(**{**row, "entry": _entry(row["entry"])}) for row in rows]


def read_archived(warehouse: Warehouse, hashes: Iterable[str]) -> dict[str, str]:
    """Archive keys by body hash, of those that are in the archive."""
    with warehouse.reading() as con:
        rows = _rows(con, "archived_bodies", digests=sorted(set(hashes)))
    return {row["raw_sha256"]: row["archive_key"] for row in rows}


def _by_source(said: list[dict[str, str]] | None) -> dict[str, str]:
    return {one["source_id"]: one["entry_sha256"] for one in said or ()}


def _entry(columns: dict[str, Any] | None) -> FeedEntry | None:
    return FeedEntry(**{**columns, "authors": tuple(columns["authors"] or ())}) if columns else None


def _rows(con: DuckDBPyConnection, name: str, **values: Any) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = con.execute(statement(name), values or None).to_arrow_table().to_pylist()
    return rows
