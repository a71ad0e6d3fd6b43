"""How much there is in a home, for monitors: figures by name and labels, as Prometheus names them."""

import shutil
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from duckdb import DuckDBPyConnection

from storage.home import Home
from storage.queries import statement, with_identifiers


class Figure(NamedTuple):
    """One value: seconds, bytes or a number of things, as the end of its name says; times are seconds since 1970 (UTC)."""

    name: str
    value: float
    labels: Mapping[str, str] = {}


def read_figures(con: DuckDBPyConnection, home: Home) -> Iterator[Figure]:
    """What the warehouse holds, how its last runs went, and the room that it takes and has."""
    articles, versions = con.execute(statement("warehouse_size")).fetchone() or (0, 0)
    yield Figure("articles", articles)
    yield Figure("article_versions", versions)
    for (table,) in con.execute(statement("span_tables")).fetchall():
        (rows,) = con.execute(with_identifiers(statement("count_all"), table=table)).fetchone() or (0,)
        yield Figure("rows", rows, {"table": table})
    for status, candidates in con.execute(statement("ledger_statuses")).fetchall():
        yield Figure("candidates", candidates, {"status": status})
    for run in con.execute(statement("last_runs")).to_arrow_table().to_pylist():
        yield from _of_run(run)
    yield from _room(home)


def _of_run(run: Mapping[str, Any]) -> Iterator[Figure]:
    flow = {"flow": run["flow"]}
    yield Figure("run_finished_timestamp_seconds", run["finished_at"].timestamp(), flow)
    yield Figure("run_duration_seconds", run["seconds"], flow)
    yield Figure("run_success", run["success"], flow)
    for status, candidates in run["counts"] or ():
        yield Figure("run_candidates", candidates, flow | {"status": status})


def _room(home: Home) -> Iterator[Figure]:
    yield Figure("file_size_bytes", home.warehouse_bytes, {"file": "warehouse"})
    if home.published.exists():
        yield Figure("file_size_bytes", home.published.stat().st_size, {"file": "published"})
    archived = sum(path.stat().st_size for path in home.archive.rglob("*") if path.is_file())
    yield Figure("file_size_bytes", archived, {"file": "archive"})
    usage = shutil.disk_usage(home.root)
    yield Figure("disk_free_bytes", usage.free)
    yield Figure("disk_size_bytes", usage.total)
