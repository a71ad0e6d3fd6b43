"""Discover over a group of sources: look at those that are due, and choose what is to be fetched."""

import asyncio
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from importlib import import_module
from itertools import chain
from typing import NamedTuple

from storage.records import Candidate, Ending, Source
from storage.web_records import Poll, Seen, Waiting
from tasks.discover._select import select
from tasks.discover.contract import Discover, Discovered, Reach
from tasks.poll.schedule import after, is_due
from tasks.steps import Found
from tasks.web.urls import url_key


class Memory(NamedTuple):
    """What earlier runs know: the last poll of each source, how candidates with given keys ended, what waits for another try."""

    polls: Mapping[str, Poll]
    seen: Callable[[Iterable[str]], Mapping[str, Seen]]
    waiting: Callable[[Sequence[str], datetime], Sequence[Waiting]]


def discover_all(
    reach: Reach, memory: Memory, sources: Sequence[Source], now: datetime, *, force: bool = False
) -> Found:
    """What the sources offer that is new, changed or to be tried again, and when to look at them next. Only enabled sources that
    are due are looked at (`force`: all enabled ones); one that fails costs only itself."""
    enabled = [source for source in sources if source.enabled]
    due = [s for s in enabled if force or is_due(s, memory.polls.get(s.source_id or ""), now)]
    looks = reach.web.run(_look_side_by_side(reach, memory, due))
    ids = [source.source_id for source in enabled if source.source_id]
    again = [_candidate(waiting) for waiting in memory.waiting(ids, now)] if ids else []
    offered = [*chain.from_iterable(found.candidates for found in looks), *again]
    chosen = select(offered, memory.seen(c.url_key for c in offered if c.url_key), now)
    return Found(
        tuple(chosen),
        tuple(chain.from_iterable(found.endings for found in looks)),
        tuple(_polls(memory, zip(due, looks, strict=True), chosen, now)),
    )


async def _look_side_by_side(reach: Reach, memory: Memory, sources: Sequence[Source]) -> list[Discovered]:
    return await asyncio.gather(*(_look(reach, source, memory.polls.get(source.source_id or "")) for source in sources))


async def _look(reach: Reach, source: Source, last: Poll | None) -> Discovered:
    discover: Discover = import_module(f"tasks.discover.{source.kind}").discover
    try:
        return await discover(source, last, reach)
    except Exception as error:  # noqa: BLE001 - one source's surprise must not cost the others
        candidate = Candidate(url=source.url, source_id=source.source_id)
        detail = f"{type(error).__name__}: {error}"
        return Discovered((), (Ending(candidate=candidate, status="parse_error", stage="discover", detail=detail),))


def _candidate(waiting: Waiting) -> Candidate:
    return Candidate(
        url=waiting.url,
        source_id=waiting.source_id,
        entry=waiting.entry,
        url_key=url_key(waiting.url),
        attempt=waiting.attempt,
    )


def _polls(
    memory: Memory, looked: Iterable[tuple[Source, Discovered]], chosen: Sequence[Candidate], now: datetime
) -> Iterable[Poll]:
    random_ = random.Random()  # noqa: S311 - jitter, no secret
    fresh = {candidate.url_key for candidate in chosen if candidate.attempt == 1}
    for source, found in looked:
        if source.source_id and found.look:
            news = sum(candidate.url_key in fresh for candidate in found.candidates)
            look = found.look._replace(new_entries=news if found.look.outcome == "read" else None)
            yield after(source, memory.polls.get(source.source_id), look, now, random_)
