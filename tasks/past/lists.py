"""The lists of a source that reach into the past: the older pages of its feed, and the sitemaps of its site."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import date
from typing import Final, TypeVar
from urllib.parse import urlsplit

from storage.records import Candidate, Ending, Source
from tasks.discover._polled import not_read, parsed
from tasks.discover.contract import Discovered, Reach
from tasks.discover.feed import parse_feed
from tasks.discover.sitemap import CHILD, parse_sitemap
from tasks.past.days import Days, changed_on, day_in, day_of
from tasks.past.feeds import older_page
from tasks.web.answers import Ask, Page
from tasks.workers import WorkError

T = TypeVar("T")
# Bounds for sites that lead in circles or list without end.
MOST_PAGES: Final = 500
MOST_SITEMAPS: Final = 500
MOST_DEPTH: Final = 3


async def list_past(source: Source, days: Sequence[Days], reach: Reach) -> Discovered:
    """What a source lists of these days. A list that can't be read is an ending; so is the number of items without a day."""
    pages = [page async for page in _feed_pages(source, days, reach)] if source.kind == "feed" else []
    if source.kind == "sitemap":
        pages += [page async for page in _sitemaps(source, [source.url], days, reach)]
    else:
        pages += [page async for page in _sitemaps(source, await _stated_sitemaps(source, reach), days, reach)]
    listed = [candidate for page in pages for candidate in page.candidates]
    wanted = [candidate for candidate in listed if any(stretch.has(day_of(candidate)) for stretch in days)]
    endings = tuple(ending for page in pages for ending in page.endings)
    return Discovered(tuple(wanted), (*endings, *_without_a_day(source, listed)))


def _without_a_day(source: Source, listed: Sequence[Candidate]) -> list[Ending]:
    number = sum(day_of(candidate) is None for candidate in listed)
    itself = Candidate(url=f"{source.url}#without-a-day", source_id=source.source_id)
    detail = f"{number} items of its lists say no day: none of them is taken for days of the past"
    return [Ending(candidate=itself, status="quarantined", stage="discover", detail=detail)] if number else []


async def _feed_pages(source: Source, days: Sequence[Days], reach: Reach) -> AsyncIterator[Discovered]:
    """Page after page, until one has only items of earlier days."""
    url: str | None = source.url
    asked: set[str] = set()
    while url and url not in asked and len(asked) < MOST_PAGES:
        asked.add(url)
        answer = await reach.web.get(Ask(url))
        if not isinstance(answer, Page):
            if url == source.url:
                yield _not_had(source, url, answer)
            return
        page = await parsed(source, answer, reach, parse_feed)
        yield page
        stated = [day for candidate in page.candidates if (day := day_of(candidate))]
        if not page.candidates or (stated and max(stated) < _first(days)):
            return
        url = await _worked(reach, older_page, answer.url, answer.body)


async def _stated_sitemaps(source: Source, reach: Reach) -> list[str]:
    """The sitemaps that robots.txt of the source's site names, else the usual place."""
    if urlsplit(source.url).scheme not in {"http", "https"}:
        return []
    usual = urlsplit(source.url)._replace(path="/sitemap.xml", query="").geturl()
    return list(await reach.web.sitemaps(source.url)) or [usual]


async def _sitemaps(
    source: Source, urls: Sequence[str], days: Sequence[Days], reach: Reach
) -> AsyncIterator[Discovered]:
    """Sitemaps and those of indexes; one that last changed before these days has nothing of them, nor has one whose address
    names a later day."""
    waiting = [(url, 1) for url in urls]
    asked: set[str] = set()
    while waiting and len(asked) < MOST_SITEMAPS:
        url, depth = waiting.pop(0)
        if url in asked:
            continue
        asked.add(url)
        answer = await reach.web.get(Ask(url))
        if not isinstance(answer, Page):
            if source.kind == "sitemap":
                yield _not_had(source, url, answer)
            continue
        found = await parsed(source, answer, reach, parse_sitemap)
        children = [candidate for candidate in found.candidates if is_sitemap(candidate)]
        waiting += [(child.url, depth + 1) for child in children if depth < MOST_DEPTH and _may_have(child, days)]
        yield found._replace(candidates=tuple(c for c in found.candidates if not is_sitemap(c)))


def is_sitemap(candidate: Candidate) -> bool:
    """Whether an item of a sitemap index is a sitemap itself."""
    return candidate.url_key is None and candidate.entry is not None and candidate.entry.title == CHILD


def _may_have(child: Candidate, days: Sequence[Days]) -> bool:
    changed, named = changed_on(child), day_in(child.url)
    return (changed is None or changed >= _first(days)) and (named is None or any(one.has(named) for one in days))


def _first(days: Sequence[Days]) -> date:
    return min(stretch.since for stretch in days)


def _not_had(source: Source, url: str, answer: object) -> Discovered:
    return Discovered((), (not_read(source, url, str(getattr(answer, "detail", "not modified"))),))


async def _worked(reach: Reach, work: Callable[[str, bytes], T], url: str, body: bytes) -> T | None:
    """Parsing in a worker process; a body that hangs or kills it has said nothing."""
    try:
        return await asyncio.to_thread(reach.workers.call, work, url, body)
    except WorkError:
        return None
