"""Texts extracted again, apart from the warehouse until somebody has looked at the difference and says: switch.

The new rows wait in a small warehouse of their own, in the folder `reextract` of the home. What is staged there is not extracted
again, so a run that was killed goes on where it stopped. The switch is one transaction.
"""

import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from typing import Final, NamedTuple

import duckdb
from duckdb import DuckDBPyConnection
from filelock import FileLock, Timeout

from storage.errors import HomeError, LockError
from storage.evidence import check_evidence
from storage.home import Home
from storage.queries import statement, with_identifiers, with_path
from storage.warehouse import Warehouse

PLAN: Final = "plan.json"


class Plan(NamedTuple):
    """Which texts are extracted again, by which extractors (name and version); days inclusive, None: no limit.

    `outdated`: only texts that have rows of another version of one of these extractors.
    """

    extractors: tuple[tuple[str, str], ...]
    source_id: str | None = None
    since: date | None = None
    until: date | None = None
    outdated: bool = False

    @property
    def names(self) -> list[str]:
        """Names of the extractors."""
        return [name for name, _ in self.extractors]


class Sample(NamedTuple):
    """One row that differs, as JSON; None where there is none before or after."""

    version_id: str
    was: str | None
    becomes: str | None


class Difference(NamedTuple):
    """One table, as it is against as it would be: rows before, and how many of them are gone or changed, or added to them."""

    table: str
    before: int
    counts: dict[str, int]
    samples: dict[str, tuple[Sample, ...]]


@contextmanager
def staging(home: Home, plan: Plan) -> Iterator[Warehouse]:
    """The warehouse of rows that wait, for one run at a time; what waits of another plan is thrown away.

    Raises LockError if another run holds it, HomeError if it can't be written.
    """
    try:
        with FileLock(home.root / "reextract.lock", timeout=0):
            staged = Home(home.staged)
            written = json.dumps(plan, default=str, sort_keys=True)
            note = staged.root / PLAN
            if not note.exists() or note.read_text(encoding="utf-8") != written:
                shutil.rmtree(staged.root, ignore_errors=True)
                staged.prepare()
                note.write_text(written, encoding="utf-8")
            yield Warehouse(staged)
    except Timeout as error:
        raise LockError(str(home.root / "reextract.lock"), "another reextract is running") from error


def waiting(warehouse: Warehouse, staged: Warehouse, plan: Plan) -> list[str]:
    """Ids of the texts of a plan that are not staged yet, oldest first."""
    with staged.window() as con:
        done = {version_id for (version_id,) in con.execute(statement("staged_versions")).fetchall()}
    asked = {"source_id": plan.source_id, "since": plan.since, "until": plan.until}
    with warehouse.reading() as con:
        meant = [version_id for (version_id,) in con.execute(statement("reextract_versions"), asked).fetchall()]
        outdated = _outdated(con, plan) if plan.outdated else set(meant)
    return [version_id for version_id in meant if version_id in outdated and version_id not in done]


def _outdated(con: DuckDBPyConnection, plan: Plan) -> set[str]:
    found: set[str] = set()
    for table in _tables(con):
        sql = with_identifiers(statement("outdated_versions"), table=table)
        for name, version in plan.extractors:
            rows = con.execute(sql, {"extractor": name, "extractor_version": version}).fetchall()
            found |= {version_id for (version_id,) in rows}
    return found


def compare(warehouse: Warehouse, staged: Warehouse, plan: Plan) -> tuple[Difference, ...]:
    """What a switch would change, table by table; tables without rows before and after are left out."""
    with _attached(warehouse, staged) as con:
        found = [_difference(con, table, plan) for table in _tables(con)]
    return tuple(one for one in found if one.before or any(one.counts.values()))


def _difference(con: DuckDBPyConnection, table: str, plan: Plan) -> Difference:
    sql = with_identifiers(statement("compare_extractions"), table=table)
    rows = con.execute(sql, {"extractors": plan.names}).fetchall()
    numbers = {change: count for change, count, _ in rows}
    samples = {change: tuple(Sample(*one) for one in some) for change, _, some in rows if some}
    counts = {change: numbers.get(change, 0) for change in ("added", "gone", "changed")}
    return Difference(table, numbers["before"], counts, samples)


def switch(warehouse: Warehouse, staged: Warehouse, plan: Plan, load_id: str) -> None:
    """Replace the rows of the staged texts in one transaction; the old ones go to `replaced_rows`. Doing it twice changes nothing.

    Raises EvidenceError if a new row does not say what stands at its offsets, HomeError if DuckDB refuses; nothing is changed then.
    """
    with _attached(warehouse, staged) as con:
        con.execute("BEGIN")
        try:
            for table in _tables(con):
                _switch_table(con, table, plan, load_id)
            for name in ("insert_staged_entities", "insert_staged_aliases"):
                con.execute(statement(name), {"load_id": load_id})
            check_evidence(con, load_id)
            con.execute("COMMIT")
        except BaseException as error:
            # After some failures DuckDB has rolled back already, and says so with an error of its own.
            with suppress(duckdb.Error):
                con.execute("ROLLBACK")
            if isinstance(error, duckdb.Error):
                raise HomeError(str(warehouse.home.kept_in), "the new rows could not be switched to") from error
            raise


def _switch_table(con: DuckDBPyConnection, table: str, plan: Plan, load_id: str) -> None:
    chosen = {"extractors": plan.names}
    con.execute(with_identifiers(statement("find_touched"), table=table), chosen)
    con.execute(
        with_identifiers(statement("keep_replaced"), table=table), {**chosen, "table": table, "load_id": load_id}
    )
    con.execute(with_identifiers(statement("delete_replaced"), table=table), chosen)
    con.execute(with_identifiers(statement("insert_staged"), table=table), {**chosen, "load_id": load_id})


def discard(home: Home) -> None:
    """Throw away what is staged."""
    shutil.rmtree(home.staged, ignore_errors=True)


def _tables(con: DuckDBPyConnection) -> Sequence[str]:
    return [table for (table,) in con.execute(statement("span_tables")).fetchall()]


@contextmanager
def _attached(warehouse: Warehouse, staged: Warehouse) -> Iterator[DuckDBPyConnection]:
    """The warehouse open, with the staged one beside it under the name `staged`."""
    with staged.quiet() as file, warehouse.window() as con:
        con.execute(with_path(statement("attach_read_only"), str(file), name="staged"))
        try:
            yield con
        finally:
            con.execute("DETACH staged")
