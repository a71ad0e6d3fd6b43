"""Discover over a group of sources: look at those that are due, and choose what is to be fetched."""

import asyncio
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from importlib import import_module
from itertools import chain
from typing import Final, NamedTuple

from storage.records import TAKEN_DOWN, Candidate, Ending, Source, identifier
from storage.web_records import Poll, Seen, Waiting
from tasks.discover._select import bounded, select
from tasks.discover.contract import Discover, Discovered, Reach
from tasks.poll.schedule import after, is_due
from tasks.steps import Found
from tasks.web.urls import url_key

# Articles of one host that a run takes: at one a second, a few minutes. A feed of thousands must not hold up the others.
MOST_A_HOST: Final = 200


class Memory(NamedTuple):
    """What earlier runs know: the last poll of each source, how candidates with given keys ended, what waits for another try, hashes
    of the sources that were taken down."""

    polls: Mapping[str, Poll]
    seen: Callable[[Iterable[str]], Mapping[str, Seen]]
    waiting: Callable[[Sequence[str], datetime], Sequence[Waiting]]
    taken_down: frozenset[str] = frozenset()


def discover_all(
    reach: Reach, memory: Memory, sources: Sequence[Source], now: datetime, *, force: bool = False
) -> Found:
    """What the sources offer that is new, changed or to be tried again, and when to look at them next. Only enabled sources that
    are due are looked at (`force`: all enabled ones); one that fails costs only itself."""
    gone = [s for s in sources if s.source_id and identifier("source", s.source_id) in memory.taken_down]
    enabled = [source for source in sources if source.enabled and source not in gone]
    due = [s for s in enabled if force or is_due(s, memory.polls.get(s.source_id or ""), now)]
    looks = reach.web.run(_look_side_by_side(reach, memory, due))
    ids = [source.source_id for source in enabled if source.source_id]
    again = [_candidate(waiting) for waiting in memory.waiting(ids, now)] if ids else []
    offered = [*chain.from_iterable(found.candidates for found in looks), *again]
    wanted = select(offered, memory.seen(c.url_key for c in offered if c.url_key), now)
    chosen, unfinished = bounded(wanted, MOST_A_HOST)
    looked = [
        (source, _unfinished(found) if source.source_id in unfinished else found)
        for source, found in zip(due, looks, strict=True)
    ]
    return Found(
        tuple(chosen),
        (*map(_refused, gone), *chain.from_iterable(found.endings for found in looks)),
        tuple(_polls(memory, looked, wanted, now)),
    )


def _refused(source: Source) -> Ending:
    candidate = Candidate(url=source.url, source_id=source.source_id)
    return Ending(candidate=candidate, status="quarantined", stage="discover", detail=TAKEN_DOWN)


def _unfinished(found: Discovered) -> Discovered:
    """The look at a source that offered more than one run takes: the next look reads its whole list again."""
    look = found.look and found.look._replace(etag=None, last_modified=None, body_sha256=None, not_before=None)
    return found._replace(look=look)


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
