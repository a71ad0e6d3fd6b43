"""One batch of rows on its way into the warehouse, columnar and without keys."""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from operator import itemgetter
from typing import Any, TypeVar

import pyarrow as pa
from duckdb import DuckDBPyConnection

from storage.columns import (
    ColumnLists,
    Columns,
    alias_columns,
    article_columns,
    finding_columns,
    ledger_columns,
    listed,
    source_columns,
    version_columns,
)
from storage.evidence import check_incoming_evidence
from storage.lake.checks import check_incoming
from storage.lake.dialect import is_lake
from storage.queries import statement, with_identifiers
from storage.records import (
    Article,
    AskedName,
    Ending,
    Finding,
    KnownAlias,
    KnownVersion,
    QualityFigure,
    Record,
    Row,
    Source,
    Version,
    storable,
)
from storage.web_records import ArchivedBody, Poll, SiteFile, Visit

T = TypeVar("T")
# Tables whose rows have a key of their own; all others belong to a version.
ENTITY_KEY = "entity_id"


class Transaction:
    """What may be done inside `Warehouse.transaction`."""

    def __init__(self, con: DuckDBPyConnection, load_id: str, now: datetime) -> None:
        self._con = con
        self._load_id = load_id
        self._now = now
        self._first_seen: set[str] = set()
        # Articles that were asked for, and their versions.
        self._asked: set[str] = set()
        self._known: set[str] = set()
        # Names (entity and name) that the registry has, and those that it was asked for.
        self._known_names: set[tuple[str, str]] = set()
        self._asked_names: set[tuple[str, str]] = set()
        self._is_lake = is_lake(con)

    @property
    def connection(self) -> DuckDBPyConnection:
        """The connection that the transaction is open on, for statements that belong to it."""
        return self._con

    def known(self, articles: Sequence[Article]) -> tuple[KnownVersion, ...]:
        """Stored versions of these articles, and stored versions with the same content."""
        known = known_versions(self._con, articles)
        self._asked |= {article.article_id for article in articles}
        self._known |= {version.version_id for version in known}
        return known

    def add_sources(self, sources: Sequence[Source]) -> None:
        """Keep the configuration of sources, if it is new."""
        known = {Source(**row) for row in self._rows_as_dicts(statement("latest_sources"))}
        rows = [
            source_columns(source, self._load_id, self._now)
            for source in sources
            if source.source_id and source not in known
        ]
        self._insert_rows("sources", rows, statement("insert_all"))

    def add_versions(self, versions: Sequence[Version]) -> None:
        """Append articles and versions."""
        articles = [article_columns(version.article, self._load_id) for version in versions]
        self._insert_rows(
            "articles", _first_by(articles, itemgetter("article_id")), statement("insert_new"), key="article_id"
        )
        stored = self._stored(versions)
        rows = [version_columns(version, self._load_id) for version in versions if version.version_id not in stored]
        self._insert_rows("article_versions", _first_by(rows, itemgetter("version_id")), statement("insert_all"))
        self._first_seen |= {version.version_id for version in versions} - stored

    def _stored(self, versions: Sequence[Version]) -> set[str]:
        """Those of these versions that are in the warehouse; what `known` has told is not looked for again."""
        unknown = [version.version_id for version in versions if version.article.article_id not in self._asked]
        rows = self._con.execute(statement("stored_versions"), {"version_ids": unknown}).fetchall() if unknown else []
        return {version_id for (version_id,) in rows} | {version.version_id for version in versions} & (
            self._known | self._first_seen
        )

    def add_findings(self, found: Sequence[tuple[str, Finding]]) -> None:
        """Append what extractors found, given with the version it was found in, which must be there.

        Raises EvidenceError unless every row says what stands at its offsets.
        """
        kinds: defaultdict[type[Record], list[tuple[str, Finding]]] = defaultdict(list)
        for one in found:
            kinds[type(one[1].record)].append(one)
        texts = self._texts({version_id for version_id, _ in found})
        for kind, of_kind in kinds.items():
            if issubclass(kind, Row):
                # A text that came in with this transaction has no rows yet: only those of others are looked for in large tables.
                fresh = [one for one in of_kind if one[0] in self._first_seen]
                others = [one for one in of_kind if one[0] not in self._first_seen]
                for rows, sql in ((fresh, "insert_all"), (others, "insert_extracted")):
                    if rows:
                        columns = finding_columns(rows, self._load_id)
                        self._insert(kind.table, columns, statement(sql), texts=texts)
            else:
                firsts = _first_by(of_kind, lambda one: getattr(one[1].record, ENTITY_KEY))
                columns = finding_columns(firsts, self._load_id)
                self._insert(kind.table, columns, statement("insert_new"), key=ENTITY_KEY)

    def _texts(self, version_ids: set[str]) -> dict[str, str]:
        """Texts as they are stored; those of this transaction are found without looking at others."""
        texts: dict[str, str] = {}
        for ids, since in ((version_ids & self._first_seen, self._load_id), (version_ids - self._first_seen, "")):
            if ids:
                asked = {"versions": sorted(ids), "since": since}
                texts.update(self._con.execute(statement("evidence_texts"), asked).fetchall())
        return texts

    def known_aliases(self, names: Collection[AskedName]) -> list[KnownAlias]:
        """What the registry has for these names, oldest first: the name itself if it has it for the same entity, else the names under its
        key that may mean the same."""
        asked = sorted(names)
        values = {
            "entity_ids": [n.entity_id for n in asked],
            "names": [n.alias for n in asked],
            "blocks": [n.block for n in asked],
        }
        table = self._con.execute(statement("known_aliases"), values).to_arrow_table()
        known = [KnownAlias(**{**row, "context": tuple(row["context"] or ())}) for row in table.to_pylist()]
        self._known_names |= {(alias.entity_id, alias.alias) for alias in known}
        self._asked_names |= {(name.entity_id, name.alias) for name in asked}
        return known

    def add_aliases(self, found: Sequence[tuple[str, KnownAlias]], linker: tuple[str, str]) -> None:
        """Keep new names of entities, given with the version they stand in; `linker` is name and version of what linked
        them. What `known_aliases` has told is not looked for again."""
        first = {name: one for one in reversed(found) if (name := _name_of(one[1])) not in self._known_names}
        self._known_names |= first.keys()
        told = [one for name, one in first.items() if name in self._asked_names]
        others = [one for name, one in first.items() if name not in self._asked_names]
        for rows, sql in ((told, "insert_all"), (others, "insert_aliases")):
            if rows:
                self._insert("entity_aliases", alias_columns(rows, linker, self._load_id), statement(sql))

    def add_quality(self, figures: Sequence[QualityFigure]) -> None:
        """Keep measured figures of extractors."""
        self._insert_rows("quality", [asdict(figure) for figure in figures], statement("insert_all"))

    def add_endings(self, endings: Sequence[Ending]) -> None:
        """Append final statuses to the ledger; a URL that ended twice in one run keeps its first ending."""
        rows = ledger_columns(endings, self._load_id, self._now)
        self._insert_rows("ledger", _first_by(rows, itemgetter("url")), statement("insert_ledger"))

    def add_web(self, name: str, records: Sequence[Poll | Visit | SiteFile | ArchivedBody]) -> None:
        """Append what happened on the web to the table `name`: polls, visits, site_files or archived_bodies."""
        rows = [asdict(record) | {"load_id": self._load_id} for record in records]
        if name == "archived_bodies":
            self._insert_rows(
                name, _first_by(rows, itemgetter("raw_sha256")), statement("insert_new"), key="raw_sha256"
            )
        else:
            self._insert_rows(name, rows, statement("insert_all"))

    def _insert_rows(self, table: str, rows: Sequence[Columns], sql: str, *, key: str = "") -> None:
        if rows:
            self._insert(table, listed(rows), sql, key=key)

    def _insert(
        self, table: str, columns: ColumnLists, sql: str, *, key: str = "", texts: Mapping[str, str] | None = None
    ) -> None:
        """Write rows; with `texts`, those that stand in texts."""
        incoming = _arrow(self._con, table, columns)
        if texts is not None:
            check_incoming_evidence(table, incoming, texts)
        self._con.register("incoming", incoming)
        try:
            if self._is_lake:
                check_incoming(self._con, table)
            self._con.execute(with_identifiers(sql, target=table, key=key))
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


def _arrow(con: DuckDBPyConnection, table: str, columns: ColumnLists) -> pa.Table:
    """Columns as an Arrow table with the types of the target table."""
    target = con.execute(with_identifiers(statement("no_rows"), target=table)).to_arrow_table().schema
    return pa.table({name: _array(values, target.field(name).type) for name, values in columns.items()})


def _array(values: Sequence[Any], kind: pa.DataType) -> pa.Array:
    try:
        return pa.array(values, kind)
    except UnicodeEncodeError:
        # Looked for only then: it is rare, and one such page must not cost its batch.
        return pa.array(_storable(values), kind)


def _storable(value: Any) -> Any:
    """A value without halves of surrogate pairs in its texts; each is one character before and after, so offsets hold."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {_storable(key): _storable(inner) for key, inner in value.items()}
    return [_storable(inner) for inner in value] if isinstance(value, list | tuple) else value


def _name_of(alias: KnownAlias) -> tuple[str, str]:
    return alias.entity_id, alias.alias


def _first_by(rows: Iterable[T], key: Callable[[T], Hashable]) -> list[T]:
    first: dict[Hashable, T] = {}
    for row in rows:
        first.setdefault(key(row), row)
    return list(first.values())
