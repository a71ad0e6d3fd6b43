"""A published file that lacks what was stored hours ago."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from storage.watch import Alarm, Facts

# Beyond the pace that publications are held to: a dozen runs of the schedule that comes along.
LATE: Final = timedelta(hours=3)
HOUR: Final = timedelta(hours=1)


def watch(facts: Facts) -> Iterator[Alarm]:
    """An alarm if something has waited for its publication for hours although its time had come."""
    published_at, seconds, waiting_since, pace = facts.publications
    if waiting_since is None:
        return
    due_at = waiting_since
    if published_at is not None and seconds is not None:
        due_at = max(due_at, pace.due_at(published_at, seconds))
    if facts.now - due_at < LATE:
        return
    last = f"the last publication was at {published_at:%Y-%m-%d %H:%M} UTC" if published_at else "nothing is published"
    detail = f"what was stored at {waiting_since:%Y-%m-%d %H:%M} UTC is not published yet: {last}"
    figures = {"hours": (facts.now - waiting_since) / HOUR}
    yield Alarm("publication_old", "news.duckdb", detail, figures, waiting_since)
