"""What a run did, counted from what it wrote."""

from typing import NamedTuple

from duckdb import DuckDBPyConnection

from storage.queries import statement, with_identifiers

MOST_REJECTIONS = 50


class Rejection(NamedTuple):
    """A candidate that was not stored, and why."""

    url: str
    status: str
    stage: str
    detail: str | None


class Summary(NamedTuple):
    """Candidates by final status, what was stored, rows by table, and the first rejections."""

    load_id: str
    statuses: dict[str, int]
    articles: int
    later_versions: int
    rows: dict[str, int]
    rejections: tuple[Rejection, ...]

    @property
    def usable(self) -> int:
        """Candidates that are in the warehouse now, whether by this run or before."""
        return sum(self.statuses.get(status, 0) for status in ("stored", "unchanged", "duplicate", "not_modified"))

    @property
    def candidates(self) -> int:
        """All candidates of the run."""
        return sum(self.statuses.values())


def summarise(con: DuckDBPyConnection, load_id: str) -> Summary:
    """The summary of one run."""
    load = {"load_id": load_id}
    articles, later_versions = con.execute(statement("load_versions"), load).fetchone() or (0, 0)
    return Summary(
        load_id=load_id,
        statuses=dict(con.execute(statement("load_statuses"), load).fetchall()),
        articles=articles,
        later_versions=later_versions,
        rows=_rows(con, load_id),
        rejections=tuple(
            Rejection(*row)
            for row in con.execute(statement("load_rejections"), {**load, "most": MOST_REJECTIONS}).fetchall()
        ),
    )


def _rows(con: DuckDBPyConnection, load_id: str) -> dict[str, int]:
    counts = {}
    for (table,) in con.execute(statement("row_tables")).fetchall():
        sql = with_identifiers(statement("load_rows"), table=table)
        counts[table] = (con.execute(sql, {"load_id": load_id}).fetchone() or (0,))[0]
    return {table: count for table, count in counts.items() if count}
