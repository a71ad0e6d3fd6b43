"""Discover in the past: what sources offered on given days and no run has seen."""

import asyncio
from collections.abc import Sequence
from datetime import date, datetime
from itertools import chain

from storage.records import Candidate, Ending, Source, identifier
from tasks.discover._all import Memory
from tasks.discover._select import select
from tasks.discover.contract import Discovered, Reach
from tasks.past.days import Days, Past, day_of
from tasks.past.lists import list_past
from tasks.steps import Found


def discover_past(reach: Reach, memory: Memory, sources: Sequence[Source], past: Past, now: datetime) -> Found:
    """What the sources list of their days and no run has ended yet, oldest day first, at most `limit` of them: the next call goes on
    after what this one took. One source that fails costs only itself."""
    asked = [source for source in sources if source.source_id in past.days]
    allowed = [s for s in asked if identifier("source", s.source_id or "") not in memory.taken_down]
    looks = reach.web.run(_side_by_side(reach, past, allowed))
    offered = list(chain.from_iterable(found.candidates for found in looks))
    wanted = select(offered, memory.seen(c.url_key for c in offered if c.url_key), now)
    new = sorted((c for c in wanted if c.attempt == 1), key=lambda candidate: day_of(candidate) or date.max)
    endings = chain.from_iterable(found.endings for found in looks)
    return Found(tuple(new[: past.limit]), tuple(endings))


async def _side_by_side(reach: Reach, past: Past, sources: Sequence[Source]) -> list[Discovered]:
    return await asyncio.gather(*(_look(reach, past.days[source.source_id or ""], source) for source in sources))


async def _look(reach: Reach, days: Sequence[Days], source: Source) -> Discovered:
    try:
        return await list_past(source, days, reach)
    except Exception as error:  # noqa: BLE001 - one source's surprise must not cost the others
        detail = f"{type(error).__name__}: {error}"
        candidate = Candidate(url=source.url, source_id=source.source_id)
        return Discovered((), (Ending(candidate=candidate, status="parse_error", stage="discover", detail=detail),))
