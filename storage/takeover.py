"""Taking over another Dateline's export: what is not here yet is added, nothing is doubled, all of it or nothing.

Ids come from content, so an article that both warehouses have is one article. The files are not believed: they must lie in the
export's folder, fit the schema, and every row's words must stand at its offsets.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final, NamedTuple

import duckdb
from duckdb import DuckDBPyConnection

from storage.errors import DatelineError, HomeError
from storage.evidence import check_evidence
from storage.export import DESCRIPTOR
from storage.forget import Found, remove_rows
from storage.lake.checks import check_incoming
from storage.lake.dialect import is_lake
from storage.queries import statement, with_identifiers
from storage.warehouse import Warehouse

# Where raw pages are is true only where the archive is; what another one took down is not taken down here, and what its operator was told is no news here.
LEFT_OUT: Final = frozenset({"archived_bodies", "schema_migrations", "tombstones", "upkeep", "alarms"})
KEYS: Final = {
    "articles": "article_id", "article_versions": "version_id", "entities": "entity_id", "loads": "load_id", "stories": "story_id",
    "events": "event_id",
}  # fmt: skip
BY_LOAD: Final = frozenset({"ledger", "polls", "site_files", "visits"})
# Texts come first: the rows of all others belong to them.
FIRST: Final = ("articles", "article_versions")


class Resource(NamedTuple):
    """A table in an export and its files."""

    table: str
    files: tuple[Path, ...]


class TakenOver(NamedTuple):
    """Rows added by table, and articles that were left out because they were taken down here."""

    rows: dict[str, int]
    taken_down: int


def resources(folder: Path) -> list[Resource]:
    """The tables that an export's descriptor names. Raises HomeError if it is no export, damaged, or not Parquet."""
    path = folder / DESCRIPTOR
    try:
        described = json.loads(path.read_text(encoding="utf-8"))["resources"]
        listed = [
            Resource(str(one["name"]).replace("-", "_"), tuple(_file(folder, name) for name in _paths(one)))
            for one in described
        ]
        formats = {str(one["format"]) for one in described}
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise HomeError(str(path), "no export of a Dateline that can be read") from error
    if formats != {"parquet"}:
        raise HomeError(str(path), "only an export in Parquet can be taken over")
    if not set(FIRST) <= {one.table for one in listed}:
        raise HomeError(str(path), "the export has no articles")
    return sorted(listed, key=lambda one: (one.table not in FIRST, one.table))


def _paths(described: dict[str, Any]) -> list[str]:
    return [str(described["path"]), *map(str, described.get("extrapaths", ()))]


def _file(folder: Path, name: str) -> Path:
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise HomeError(name, "the export names a file outside its folder")
    if not path.is_file():
        raise HomeError(str(folder / name), "a file of the export is missing")
    return path


def take_over(warehouse: Warehouse, folder: Path, load_id: str, now: datetime) -> TakenOver:
    """Add what an export has and this warehouse does not, in one transaction.

    Raises HomeError for an export that can't be used (newer, damaged, wrong types), EvidenceError for one with false rows; nothing
    is written then.
    """
    listed = resources(folder)
    with warehouse.transaction(load_id, now) as transaction:
        con = transaction.connection
        tables = _tables(con)
        added = {one.table: _add(con, one, tables) for one in listed if one.table not in LEFT_OUT}
        taken_down = _leave_out(con)
        _check(con, tables)
        con.execute(statement("number_versions"))
        check_evidence(con)
    return TakenOver({table: count for table, count in added.items() if count}, taken_down)


def _tables(con: DuckDBPyConnection) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for table, column in con.execute(statement("columns_like"), {"pattern": "%"}).fetchall():
        found.setdefault(table, set()).add(column)
    return found


def _add(con: DuckDBPyConnection, resource: Resource, tables: dict[str, set[str]]) -> int:
    """Rows added to one table."""
    columns = tables.get(resource.table)
    if columns is None:
        raise HomeError(resource.table, "the export has a table that this Dateline does not know; update the code")
    try:
        con.execute(statement("import_rows"), {"files": [str(path) for path in resource.files]})
        unknown = {name for (name,) in con.execute(statement("columns_of_incoming")).fetchall()} - columns
        if unknown:
            what = "the export has columns that this Dateline does not know; update the code"
            raise HomeError(f"{resource.table}: {', '.join(sorted(unknown))}", what)
        if resource.table == "article_versions":
            con.execute(statement("remember_known_texts"))
            con.execute(statement("remember_incoming_versions"))
        if {"version_id", "extractor"} <= columns or resource.table == "article_versions":
            con.execute(statement("drop_known_texts"))
        if is_lake(con):
            check_incoming(con, resource.table)
        done = con.execute(_statement_for(resource.table, columns)).fetchone() or (0,)
    except duckdb.Error as error:
        raise HomeError(f"{resource.table} in {resource.files[0].parent}", "the export can't be read") from error
    return int(done[0])


def _statement_for(table: str, columns: set[str]) -> str:
    if table in KEYS:
        return with_identifiers(statement("import_by_key"), target=table, key=KEYS[table])
    if table in BY_LOAD:
        return with_identifiers(statement("import_by_load"), target=table)
    if {"version_id", "extractor", "extractor_version"} <= columns:
        return with_identifiers(statement("import_extracted"), target=table)
    return with_identifiers(statement("import_whole_rows"), target=table)


def _leave_out(con: DuckDBPyConnection) -> int:
    """Take out again what was taken down here; gives the number of articles."""
    doomed: Sequence[tuple[str, str]] = con.execute(statement("tombstoned_articles")).fetchall()
    articles = tuple({article for _, article in doomed})
    if articles:
        versions = tuple(version for version, _ in doomed)
        remove_rows(con, Found(articles, versions, frozenset(), frozenset(), (), frozenset()))
    return len(articles)


def _check(con: DuckDBPyConnection, tables: dict[str, set[str]]) -> None:
    """Raises DatelineError if a text is not what its hash says, or a row belongs to no text."""
    damaged = con.execute(statement("damaged_versions")).fetchone()
    if damaged:
        raise DatelineError(damaged[0], "a text of the export is damaged: it is not what its hash says")
    for table, columns in tables.items():
        if {"version_id", "extractor"} <= columns:
            orphan = con.execute(with_identifiers(statement("orphans"), target=table)).fetchone()
            if orphan:
                raise DatelineError(f"{table}: {orphan[0]}", "the export has a row of a text that it does not have")
