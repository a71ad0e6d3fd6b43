"""Fetch over a batch, by URL scheme."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from importlib import import_module
from typing import Final
from urllib.parse import urlsplit

from storage.archive import Archive
from storage.records import Candidate, Document, Ending
from storage.registry import part_names
from tasks.fetch.contract import Fetch
from tasks.steps import Archived, Fetched
from tasks.web.client import WebClient
from tasks.web.limits import MIB

# Half of a batch has come: the rest has as long again as that took, at least so many seconds.
LEAST_PATIENCE: Final = 2.0
# Bodies that a batch holds in memory, about so many: what is left of it then comes later.
BODY_BYTES: Final = 64 * MIB

Outcome = Document | Ending | Candidate
# What was late is still being asked for.
Late = dict[Candidate, asyncio.Task[Outcome]]


def fetch_all(web: WebClient, late: Late, candidates: Sequence[Candidate], now: datetime) -> Fetched:
    """Documents of a batch, and the endings of the rest; hosts are asked side by side. What takes much longer than the others is
    late, and goes on; it is kept in `late`, and waited for when it is asked for again. So is what there is no room for, which has not
    been asked for yet."""
    outcomes = web.run(_fetch_side_by_side(web, late, candidates, now))
    return Fetched(
        tuple(outcome for outcome in outcomes if isinstance(outcome, Document)),
        tuple(outcome for outcome in outcomes if isinstance(outcome, Ending)),
        tuple(outcome for outcome in outcomes if isinstance(outcome, Candidate)),
    )


async def _fetch_side_by_side(
    web: WebClient, late: Late, candidates: Sequence[Candidate], now: datetime
) -> list[Outcome]:
    taken = Taken(web.limits.host_concurrency)
    waited_for = {candidate: late.pop(candidate) for candidate in candidates if candidate in late}
    asked = {
        candidate: asyncio.create_task(_fetch_if_room(web, taken, candidate, now))
        for candidate in candidates
        if candidate not in waited_for
    }
    not_come = await _late(asked)
    if waited_for:
        await asyncio.wait(waited_for.values())
    late |= not_come
    tasks = asked | waited_for
    return [one if one in not_come else tasks[one].result() for one in dict.fromkeys(candidates)]


async def _late(asked: Late) -> Late:
    """Wait until all have come, or the others have waited long enough: those that have not come then."""
    started, pending = time.monotonic(), set(asked.values())
    while len(pending) > len(asked) // 2:
        _, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
    if pending:
        patience = max(LEAST_PATIENCE, time.monotonic() - started)
        _, pending = await asyncio.wait(pending, timeout=patience)
    return {candidate: task for candidate, task in asked.items() if task in pending}


class Taken:
    """The bodies of a batch so far, in bytes, and the turns of its hosts: what waits for its turn sees how much there is by then."""

    def __init__(self, host_concurrency: int) -> None:
        self.bytes = 0
        self.turns: defaultdict[str, asyncio.Semaphore] = defaultdict(partial(asyncio.Semaphore, host_concurrency))


async def _fetch_if_room(web: WebClient, taken: Taken, candidate: Candidate, now: datetime) -> Outcome:
    async with taken.turns[urlsplit(candidate.url).netloc]:
        if taken.bytes > BODY_BYTES:
            return candidate
        outcome = await _fetch(web, candidate, now)
    taken.bytes += len(outcome.body) if isinstance(outcome, Document) else 0
    return outcome


async def _fetch(web: WebClient, candidate: Candidate, now: datetime) -> Document | Ending:
    scheme = urlsplit(candidate.url).scheme
    if scheme not in part_names("tasks.fetch"):
        return Ending(candidate=candidate, status="wrong_type", stage="fetch", detail=f"scheme {scheme!r} is not read")
    fetch: Fetch = import_module(f"tasks.fetch.{scheme}").fetch
    try:
        return await fetch(candidate, now, web)
    except Exception as error:  # noqa: BLE001 - one document's surprise must not cost the batch
        detail = f"{type(error).__name__}: {error}"
        return Ending(candidate=candidate, status="http_error", stage="fetch", detail=detail)


def archive_all(archive: Archive, documents: Sequence[Document]) -> tuple[Archived, ...]:
    """Keep the raw bytes of a batch."""
    keys = archive.put(documents)
    return tuple(Archived(document, keys[document.raw_sha256]) for document in documents)
