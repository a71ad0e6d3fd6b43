"""One batch of rows on its way into the warehouse, columnar and without keys."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from itertools import chain
from typing import Any

import pyarrow as pa
from duckdb import DuckDBPyConnection

from storage.columns import (
    Columns,
    alias_columns,
    article_columns,
    finding_columns,
    ledger_columns,
    source_columns,
    version_columns,
)
from storage.evidence import check_evidence_of
from storage.lake.checks import check_incoming
from storage.lake.dialect import is_lake
from storage.queries import statement, with_identifiers
from storage.records import (
    Article,
    Ending,
    Finding,
    KnownAlias,
    KnownVersion,
    QualityFigure,
    Row,
    Source,
    Version,
    storable,
)
from storage.web_records import ArchivedBody, Poll, SiteFile, Visit

# Tables whose rows have a key of their own; all others belong to a version.
ENTITY_KEY = "entity_id"


class Transaction:
    """What may be done inside `Warehouse.transaction`."""

    def __init__(self, con: DuckDBPyConnection, load_id: str, now: datetime) -> None:
        self._con = con
        self._load_id = load_id
        self._now = now
        self._first_seen: set[str] = set()
        self._written: set[str] = set()
        self._found_in: set[str] = set()
        self._is_lake = is_lake(con)

    @property
    def connection(self) -> DuckDBPyConnection:
        """The connection that the transaction is open on, for statements that belong to it."""
        return self._con

    def known(self, articles: Sequence[Article]) -> tuple[KnownVersion, ...]:
        """Stored versions of these articles, and stored versions with the same content."""
        return known_versions(self._con, articles)

    def add_sources(self, sources: Sequence[Source]) -> None:
        """Keep the configuration of sources, if it is new."""
        known = {Source(**row) for row in self._rows_as_dicts(statement("latest_sources"))}
        rows = [
            source_columns(source, self._load_id, self._now)
            for source in sources
            if source.source_id and source not in known
        ]
        self._insert("sources", rows, statement("insert_all"))

    def add_versions(self, versions: Sequence[Version]) -> None:
        """Append articles and versions."""
        articles = [article_columns(version.article, self._load_id) for version in versions]
        self._insert("articles", _first_by(articles, "article_id"), statement("insert_new"), key="article_id")
        stored = self._stored([version.version_id for version in versions])
        rows = [version_columns(version, self._load_id) for version in versions if version.version_id not in stored]
        self._insert("article_versions", _first_by(rows, "version_id"), statement("insert_all"))
        self._first_seen |= {version.version_id for version in versions} - stored

    def _stored(self, version_ids: Sequence[str]) -> set[str]:
        """Those of these versions that are in the warehouse."""
        rows = self._con.execute(statement("stored_versions"), {"version_ids": list(version_ids)}).fetchall()
        return {version_id for (version_id,) in rows}

    def add_findings(self, found: Sequence[tuple[str, Finding]]) -> None:
        """Append what extractors found, given with the version it was found in."""
        tables: defaultdict[str, list[Columns]] = defaultdict(list)
        versionless: set[str] = set()
        for version_id, finding in found:
            table = finding.record.table
            tables[table].append(finding_columns(finding, version_id, self._load_id))
            self._found_in.add(version_id)
            if not isinstance(finding.record, Row):
                versionless.add(table)
        for table, rows in tables.items():
            if table in versionless:
                self._insert(table, _first_by(rows, ENTITY_KEY), statement("insert_new"), key=ENTITY_KEY)
            else:
                # A text that came in with this transaction has no rows yet: only those of others are looked for in large tables.
                fresh = [row for row in rows if row["version_id"] in self._first_seen]
                self._insert(table, fresh, statement("insert_all"))
                others = [row for row in rows if row["version_id"] not in self._first_seen]
                self._insert(table, others, statement("insert_extracted"))

    def known_aliases(self, blocks: Iterable[str]) -> list[KnownAlias]:
        """Names in the registry under these keys, oldest first."""
        table = self._con.execute(statement("known_aliases"), {"blocks": sorted(blocks)}).to_arrow_table()
        return [KnownAlias(**{**row, "context": tuple(row["context"] or ())}) for row in table.to_pylist()]

    def add_aliases(self, found: Sequence[tuple[str, KnownAlias]], linker: tuple[str, str]) -> None:
        """Keep new names of entities, given with the version they stand in; `linker` is name and version of what linked
        them."""
        rows = [alias_columns(alias, version_id, linker, self._load_id) for version_id, alias in found]
        first = {(row["entity_id"], row["alias"]): row for row in reversed(rows)}
        self._insert("entity_aliases", list(first.values()), statement("insert_aliases"))

    def add_quality(self, figures: Sequence[QualityFigure]) -> None:
        """Keep measured figures of extractors."""
        self._insert("quality", [asdict(figure) for figure in figures], statement("insert_all"))

    def add_endings(self, endings: Sequence[Ending]) -> None:
        """Append final statuses to the ledger; a URL that ended twice in one run keeps its first ending."""
        rows = ledger_columns(endings, self._load_id, self._now)
        self._insert("ledger", _first_by(rows, "url"), statement("insert_ledger"))

    def add_web(self, name: str, records: Sequence[Poll | Visit | SiteFile | ArchivedBody]) -> None:
        """Append what happened on the web to the table `name`: polls, visits, site_files or archived_bodies."""
        rows = [asdict(record) | {"load_id": self._load_id} for record in records]
        if name == "archived_bodies":
            self._insert(name, _first_by(rows, "raw_sha256"), statement("insert_new"), key="raw_sha256")
        else:
            self._insert(name, rows, statement("insert_all"))

    def check_evidence(self) -> None:
        """Raises EvidenceError unless every row that was added says what stands at its offsets."""
        if self._found_in:
            check_evidence_of(self._con, self._load_id, sorted(self._found_in), self._written)

    def _insert(self, table: str, rows: Sequence[Columns], sql: str, **identifiers: str) -> None:
        if not rows:
            return
        self._written.add(table)
        incoming = _arrow(self._con, table, rows)
        self._con.register("incoming", incoming)
        try:
            if self._is_lake:
                check_incoming(self._con, table)
            self._con.execute(with_identifiers(sql, target=table, **identifiers))
        finally:
            self._con.unregister("incoming")

    def _rows_as_dicts(self, sql: str) -> list[Columns]:
        rows: list[Columns] = self._con.execute(sql).to_arrow_table().to_pylist()
        return rows


def known_versions(con: DuckDBPyConnection, articles: Sequence[Article]) -> tuple[KnownVersion, ...]:
    """Stored versions of these articles, and stored versions with the same content; oldest first by article."""
    asked = {
        "article_ids": [article.article_id for article in articles],
        "contents": [article.content_sha256 for article in articles],
    }
    rows = con.execute(statement("known_versions"), asked).to_arrow_table().to_pylist()
    return (*_taken_down(con, asked["article_ids"]), *(KnownVersion(**row) for row in rows))


def _taken_down(con: DuckDBPyConnection, article_ids: Sequence[str]) -> list[KnownVersion]:
    """Articles of which only a hash is left."""
    asked = {"kind": "article", "tombstones": list(article_ids)}
    found = con.execute(statement("known_tombstones"), asked).fetchall()
    return [KnownVersion(article_id=tombstone, taken_down=True) for (tombstone,) in found]


def _arrow(con: DuckDBPyConnection, table: str, rows: Sequence[Columns]) -> pa.Table:
    """Rows as an Arrow table with the column types of the target table."""
    target = con.execute(with_identifiers(statement("no_rows"), target=table)).to_arrow_table().schema
    # Rows of one record have the same columns: a look at each kind of row is enough.
    names = dict.fromkeys(chain.from_iterable(dict.fromkeys(map(tuple, rows))))
    schema = pa.schema([target.field(name) for name in names])
    try:
        return pa.Table.from_pylist(list(rows), schema=schema)
    except UnicodeEncodeError:
        # Looked for only then: it is rare, and one such page must not cost its batch.
        return pa.Table.from_pylist([_storable(row) for row in rows], schema=schema)


def _storable(value: Any) -> Any:
    """A value without halves of surrogate pairs in its texts; each is one character before and after, so offsets hold."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {_storable(key): _storable(inner) for key, inner in value.items()}
    return [_storable(inner) for inner in value] if isinstance(value, list | tuple) else value


def _first_by(rows: Sequence[Columns], key: str) -> list[Columns]:
    first: dict[str, Columns] = {}
    for row in rows:
        first.setdefault(row[key], row)
    return list(first.values())
