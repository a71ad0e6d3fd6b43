"""What there is to watch over: facts for alarms, and what operators were told."""

import shutil
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final, Literal, NamedTuple

from duckdb import DuckDBPyConnection

from storage.home import Home
from storage.pace import Pace
from storage.queries import statement

# Sources that fail for long are asked every 30 days: the last answer may be that old.
POLLS_LOOKED_AT: Final = timedelta(days=45)
# What is usual is learned from blocks of this many articles (candidates) or more, out of the last weeks.
USUAL_FROM: Final = timedelta(days=90)
BLOCK_SIZE: Final = 30
MOST_BLOCKS: Final = 60
# Below this many blocks a source is not known well enough to call anything unusual.
ENOUGH_BLOCKS: Final = 20

Measure = Literal["refused", "words", "quotes", "speakers", "names", "titles", "dates"]
SHARES: Final[frozenset[Measure]] = frozenset({"refused", "titles", "dates"})


class Polls(NamedTuple):
    """How the polls of a source went: when it answered last (None: not in the time looked at), and the last outcome."""

    source_id: str
    first_polled_at: datetime
    answered_at: datetime | None
    polls: int
    outcome: str
    http_status: int | None
    detail: str | None


class Change(NamedTuple):
    """A measure of a source, averaged over articles: in the newest block, its median over the blocks before, and how far they
    are apart: their median absolute deviation, or half of their interquartile range where that is more. `since`: the oldest article
    of the newest block; `detail`: of refusals, the commonest status. Of `SHARES` these are shares, of the others ln(1 + number)."""

    source_id: str
    measure: Measure
    now: float
    usual: float
    spread: float
    blocks: int
    size: int
    since: datetime
    detail: str | None


class Publications(NamedTuple):
    """The last publication and the seconds it took (None: there was none), since when something waits for the next (None:
    nothing does), and how publications are paced."""

    published_at: datetime | None = None
    seconds: float | None = None
    waiting_since: datetime | None = None
    pace: Pace = Pace()


class Room(NamedTuple):
    """Free bytes on the disk of the home folder, and bytes of the warehouse's file."""

    folder: str
    free: int
    warehouse: int


class Facts(NamedTuple):
    """All that alarms are judged by, read at one time."""

    now: datetime
    polls: tuple[Polls, ...] = ()
    changes: tuple[Change, ...] = ()
    publications: Publications = Publications()
    room: Room | None = None


class Alarm(NamedTuple):
    """Something an operator should know: what kind, about whom, in one line and in figures, and since when it is so."""

    name: str
    subject: str
    detail: str
    figures: dict[str, float]
    since: datetime


class Told(NamedTuple):
    """The last that operators were told of an alarm, and when."""

    state: Literal["raised", "over"]
    alarm: Alarm
    told_at: datetime


def read_facts(con: DuckDBPyConnection, home: Home, pace: Pace, now: datetime) -> Facts:
    """All facts of a home at this time."""
    (published,) = _rows(con, "watch_publication", {"now": now})
    return Facts(
        now=now,
        polls=tuple(Polls(**row) for row in _rows(con, "watch_polls", {"since": now - POLLS_LOOKED_AT, "now": now})),
        changes=read_changes(con, now),
        publications=Publications(**published, pace=pace),
        room=read_room(home),
    )


def read_changes(con: DuckDBPyConnection, now: datetime) -> tuple[Change, ...]:
    """What the newest articles of each source are like, and those before."""
    usual_from = now - USUAL_FROM
    sizes = {"size": BLOCK_SIZE, "blocks": MOST_BLOCKS, "enough": ENOUGH_BLOCKS}
    when = {"since": usual_from, "now": now}
    refused = _rows(con, "watch_refusals", when | sizes)
    # Ids of loads begin with their time.
    found = _rows(con, "watch_extraction", when | sizes | {"first_load": f"{usual_from:%Y%m%d}"})
    return tuple(Change(**row) for row in (*refused, *found))


def read_room(home: Home) -> Room:
    """The room on the disk of a home."""
    return Room(str(home.root.absolute()), shutil.disk_usage(home.root).free, home.warehouse_bytes)


def read_told(con: DuckDBPyConnection) -> tuple[Told, ...]:
    """The last that operators were told, by alarm and subject."""
    return tuple(
        Told(
            state=row["state"],
            alarm=Alarm(row["name"], row["subject"], row["detail"], dict(row["figures"]), row["since"]),
            told_at=row["told_at"],
        )
        for row in _rows(con, "told_alarms")
    )


def note_told(con: DuckDBPyConnection, told: Iterable[Told]) -> None:
    """Keep what operators were told."""
    for one in told:
        con.execute(statement("add_alarm"), {**one.alarm._asdict(), "state": one.state, "told_at": one.told_at})


def _rows(con: DuckDBPyConnection, name: str, values: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = con.execute(statement(name), values).to_arrow_table().to_pylist()
    return rows
