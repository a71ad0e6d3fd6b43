"""The record of what was done to the warehouse itself: publications, compactions, removals."""

from datetime import datetime
from typing import NamedTuple

from duckdb import DuckDBPyConnection

from storage.queries import statement


class Upkeep(NamedTuple):
    """Something done: what, to which file or table, when, in how many seconds; rows, and bytes before and after, where they mean
    something."""

    kind: str
    target: str
    done_at: datetime
    seconds: float
    rows: int | None = None
    bytes_before: int | None = None
    bytes_after: int | None = None
    detail: str | None = None


class Last(NamedTuple):
    """When something was done last, and how many seconds it took."""

    done_at: datetime
    seconds: float


def note(con: DuckDBPyConnection, done: Upkeep) -> None:
    """Keep the record of something done."""
    con.execute(statement("add_upkeep"), done._asdict())


def last(con: DuckDBPyConnection, kind: str, now: datetime) -> Last | None:
    """The newest record of a kind, if there is one."""
    row = con.execute(statement("last_upkeep"), {"kind": kind, "now": now}).fetchone()
    return Last(*row) if row else None
