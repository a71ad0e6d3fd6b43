"""Sources that have not answered for a day."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from storage.watch import Alarm, Facts, Polls

DAY: Final = timedelta(days=1)
HOUR: Final = timedelta(hours=1)


def watch(facts: Facts) -> Iterator[Alarm]:
    """Sources whose last look failed, and whose last answer (or first look, if there never was one) is a day old or older."""
    for polls in facts.polls:
        since = polls.answered_at or polls.first_polled_at
        answers = polls.outcome in {"read", "not_modified"}
        if answers or facts.now - since < DAY:
            continue
        figures = {"hours": (facts.now - since) / HOUR, "polls": float(polls.polls)}
        if polls.http_status:
            figures["http_status"] = float(polls.http_status)
        yield Alarm("source_dead", polls.source_id, _detail(polls), figures, since)


def _detail(polls: Polls) -> str:
    never = "has never answered" if polls.answered_at is None else "has not answered"
    since = polls.answered_at or polls.first_polled_at
    why = polls.detail or (f"HTTP {polls.http_status}" if polls.http_status else polls.outcome)
    return f"{polls.source_id} {never} since {since:%Y-%m-%d %H:%M} UTC: {why}"
