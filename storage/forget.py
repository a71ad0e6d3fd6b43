"""Takedown: an article or a source out of the warehouse, its archive and what is published; a hash stays, so that it never comes back.

In an order that a killed run can be repeated from: the hash first (from then on nobody stores it again), then the archive, then the
rows, then the files that still hold freed bytes.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

from duckdb import DuckDBPyConnection

from storage.archive import SUFFIX
from storage.compact import purge
from storage.erase import Body, bodies, erase
from storage.home import Home
from storage.publish import publish, sweep
from storage.queries import statement, with_identifiers
from storage.records import identifier
from storage.staging import discard
from storage.warehouse import Warehouse

# Kept when the rows of an article go: the ledger and the log of requests without its address, and the hash itself.
BLANKED: Final = frozenset({"ledger", "tombstones"})


class Target(NamedTuple):
    """What is meant: ids of articles (or of their versions), keys of addresses, or a source."""

    article_ids: tuple[str, ...] = ()
    url_keys: tuple[str, ...] = ()
    source_id: str | None = None

    @property
    def hashes(self) -> tuple[str, ...]:
        """The ids that articles at these addresses have."""
        return tuple(identifier("article", key) for key in self.url_keys)


class Found(NamedTuple):
    """What belongs to a target: articles, versions, addresses with their keys, archive files to look through, raw bodies."""

    article_ids: tuple[str, ...]
    version_ids: tuple[str, ...]
    urls: frozenset[str]
    url_keys: frozenset[str]
    files: tuple[Path, ...]
    digests: frozenset[str]


class Forgotten(NamedTuple):
    """What was taken down: articles, versions, rows of extracted tables, archived bodies; bytes of the warehouse before and after."""

    articles: int
    versions: int
    rows: int
    archived: int
    bytes_before: int
    bytes_after: int


def find(warehouse: Warehouse, target: Target, key_of: Callable[[str], str]) -> Found:
    """What there is of a target. `key_of` gives the key of an address, as runs know it."""
    with warehouse.reading() as con:
        asked = {"article_ids": [*target.article_ids, *target.hashes], "source_id": target.source_id}
        keys = list(target.url_keys)
        articles = _column(con, "forget_articles", **asked, url_keys=keys)
        offered = _rows(con, "forget_addresses", article_ids=articles, url_keys=keys, source_id=target.source_id)
        versions = _rows(con, "forget_versions", article_ids=articles)
    urls = frozenset(str(row[0]) for row in offered)
    return Found(
        article_ids=tuple(articles),
        version_ids=tuple(row[0] for row in versions),
        urls=urls,
        url_keys=frozenset([*target.url_keys, *(row[1] for row in offered if row[1]), *map(key_of, urls)]),
        files=tuple(sorted(_files(warehouse.home, (row[3] for row in versions), (row[2] for row in offered)))),
        digests=frozenset(row[2] for row in versions),
    )


def _files(home: Home, keys: Iterable[str], load_ids: Iterable[str]) -> set[Path]:
    """Archive files with these keys, and those that these runs wrote."""
    named = {home.archive / key.partition("#")[0] for key in keys}
    wrote = set(load_ids)
    by_run = {path for path in home.archive.rglob(f"*{SUFFIX}") if path.name.rpartition("-")[0] in wrote}
    return {path for path in named | by_run if path.is_file()}


def forget(warehouse: Warehouse, target: Target, key_of: Callable[[str], str], now: datetime) -> Forgotten:
    """Take down what a target means. What is not there (any more) is kept from coming. Raises HomeError, LockError."""
    found = find(warehouse, target, key_of)
    _lay_tombstones(warehouse, target, found, now)
    archived = _erase_bodies(warehouse, found)
    with warehouse.transaction("", now) as transaction:
        rows = remove_rows(transaction.connection, found)
    # Texts that wait to be switched to new rows are copies.
    discard(warehouse.home)
    sizes = purge(warehouse, now)
    publish(warehouse, now, anew=True)
    with warehouse.locked():
        sweep(warehouse.home, 0)
    return Forgotten(len(found.article_ids), len(found.version_ids), rows, archived, *sizes)


def _lay_tombstones(warehouse: Warehouse, target: Target, found: Found, now: datetime) -> None:
    articles = {*found.article_ids, *(identifier("article", key) for key in found.url_keys)}
    sources = [identifier("source", target.source_id)] if target.source_id else []
    with warehouse.window() as con:
        for kind, hashes in (("article", sorted(articles)), ("source", sources)):
            con.execute(statement("insert_tombstones"), {"kind": kind, "tombstones": hashes, "now": now})


def _erase_bodies(warehouse: Warehouse, found: Found) -> int:
    """Take the raw bodies out of the archive, but for those that other articles were read from, too."""
    seen = {path: [body for body in bodies(path) if _is_meant(body, found)] for path in found.files}
    digests = {body.digest for listed in seen.values() for body in listed} | found.digests
    with warehouse.window() as con:
        used = set(_column(con, "bodies_in_use", digests=sorted(digests), article_ids=list(found.article_ids)))
        con.execute(
            with_identifiers(statement("delete_by"), target="archived_bodies", key="raw_sha256"),
            {"keys": sorted(digests - used)},
        )
    return sum(erase(path, lambda body: _is_meant(body, found) and body.digest not in used) for path in found.files)


def _is_meant(body: Body, found: Found) -> bool:
    return body.url in found.urls or body.digest in found.digests


def remove_rows(con: DuckDBPyConnection, found: Found) -> int:
    """Remove all rows of these versions and articles, and entities that nothing else names; blank addresses. Gives how many rows of
    extracted tables went."""
    entities = _entities_of(con, found.version_ids)
    removed = 0
    for key, keys in (("version_id", found.version_ids), ("article_id", found.article_ids)):
        for table, column in con.execute(statement("columns_like"), {"pattern": f"%{key}"}).fetchall():
            if table not in BLANKED:
                count = _delete(con, table, column, keys)
                removed += count * (table not in {"articles", "article_versions"})
    _delete(con, "entities", "entity_id", sorted(entities - _still_named(con, entities)))
    con.execute(
        statement("forget_ledger"),
        {"urls": sorted(found.urls), "url_keys": sorted(found.url_keys), "article_ids": list(found.article_ids)},
    )
    con.execute(statement("forget_visits"), {"urls": sorted(found.urls)})
    return removed


def _delete(con: DuckDBPyConnection, table: str, column: str, keys: Sequence[str]) -> int:
    sql = with_identifiers(statement("delete_by"), target=table, key=column)
    return int((con.execute(sql, {"keys": list(keys)}).fetchone() or (0,))[0])


def _entity_columns(con: DuckDBPyConnection) -> list[tuple[str, str]]:
    pairs = con.execute(statement("columns_like"), {"pattern": "%entity_id"}).fetchall()
    return [(table, column) for table, column in pairs if table != "entities"]


def _entities_of(con: DuckDBPyConnection, version_ids: Sequence[str]) -> set[str]:
    with_version = {t for t, _ in con.execute(statement("columns_like"), {"pattern": "version_id"}).fetchall()}
    named: set[str] = set()
    for table, column in _entity_columns(con):
        if table in with_version:
            sql = with_identifiers(statement("values_of"), target=table, wanted=column)
            named |= {value for (value,) in con.execute(sql, {"keys": list(version_ids)}).fetchall()}
    return named


def _still_named(con: DuckDBPyConnection, entities: set[str]) -> set[str]:
    still: set[str] = set()
    for table, column in _entity_columns(con):
        sql = with_identifiers(statement("values_in_use"), target=table, wanted=column)
        still |= {value for (value,) in con.execute(sql, {"keys": sorted(entities)}).fetchall()}
    return still


def _column(con: DuckDBPyConnection, name: str, **values: Any) -> list[str]:
    return [str(row[0]) for row in _rows(con, name, **values)]


def _rows(con: DuckDBPyConnection, name: str, **values: Any) -> list[tuple[Any, ...]]:
    return con.execute(statement(name), values).fetchall()
