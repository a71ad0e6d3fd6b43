"""Looking at a source on the web or in a file: get it, if it has changed, and have it parsed in a worker process."""

import asyncio
from dataclasses import replace
from hashlib import sha256
from typing import NamedTuple
from urllib.parse import urlsplit

from storage.records import Candidate, Ending, Source
from storage.web_records import Poll
from tasks.discover._charset import as_utf8
from tasks.discover.contract import Discovered, Parse, Reach
from tasks.fetch.file import read_body
from tasks.poll.schedule import Look, wants_full
from tasks.web.answers import Ask, NotModified, Page, Refusal
from tasks.workers import WorkError, WorkTimeoutError


class Listed(NamedTuple):
    """A body that lists candidates, its address, and the charset that its server states."""

    url: str
    body: bytes
    charset: str | None = None


async def look_at(source: Source, last: Poll | None, reach: Reach, parse: Parse) -> Discovered:
    """One look at a source whose body lists candidates."""
    if urlsplit(source.url).scheme == "file":
        return await look_at_file(source, source.url, reach, parse)
    last = last if last and last.configured_url == source.url else None
    full = wants_full(last)
    ask = Ask(last.url if last else source.url)
    if last and not full:
        ask = ask._replace(etag=last.etag, last_modified=last.last_modified)
    answer = await reach.web.get(ask)
    if isinstance(answer, Refusal):
        return _failed(source, ask.url, answer)
    if isinstance(answer, NotModified):
        look = Look(
            "not_modified", http_status=304, moved_to=answer.moved_to, full=False, not_before=answer.fresh_until
        )
        return Discovered(look=look._replace(milliseconds=answer.milliseconds))
    look = _look(answer, last, full=full)
    return Discovered(look=look) if look.outcome == "not_modified" else await _read(source, reach, parse, answer, look)


async def look_at_file(source: Source, url: str, reach: Reach, parse: Parse) -> Discovered:
    """One look at a local file that lists candidates; it has no state between runs."""
    body = read_body(Candidate(url=url, source_id=source.source_id))
    return (
        Discovered((), (body,)) if isinstance(body, Ending) else await _parsed(source, Listed(url, body), reach, parse)
    )


def _look(page: Page, last: Poll | None, *, full: bool) -> Look:
    """What an answer with a body says, before the body is parsed. The same body as the last one is no news."""
    digest = sha256(page.body).hexdigest()
    same = last is not None and last.body_sha256 == digest
    return Look(
        outcome="not_modified" if same else "read",
        http_status=page.status,
        detail="the same body" if same else None,
        moved_to=page.moved_to,
        etag=page.header("etag"),
        last_modified=page.header("last-modified"),
        body_sha256=digest,
        full=full,
        not_before=page.fresh_until,
        bytes=len(page.body),
        milliseconds=page.milliseconds,
    )


async def _read(source: Source, reach: Reach, parse: Parse, page: Page, look: Look) -> Discovered:
    found = await parsed(source, page, reach, parse)
    if not found.candidates and (failure := next((e for e in found.endings if e.candidate.url == page.url), None)):
        return found._replace(look=look._replace(outcome="hard", status=failure.status, detail=failure.detail))
    return found._replace(look=look._replace(entries=len(found.candidates) + len(found.endings)))


async def parsed(source: Source, page: Page, reach: Reach, parse: Parse) -> Discovered:
    """What a page lists, parsed in a worker process; one that hangs or kills its parser is an ending."""
    return await _parsed(source, Listed(page.url, page.body, page.charset), reach, parse)


async def _parsed(source: Source, listed: Listed, reach: Reach, parse: Parse) -> Discovered:
    try:
        return await asyncio.to_thread(reach.workers.call, parse_decoded, parse, source, listed)
    except WorkTimeoutError as error:
        return Discovered((), (replace(not_read(source, listed.url, f"parsing: {error}"), status="timeout"),))
    except WorkError as error:
        return Discovered((), (not_read(source, listed.url, str(error)),))


def parse_decoded(parse: Parse, source: Source, listed: Listed) -> Discovered:
    """The work of a worker process: decoding is part of it, as some encodings that a server may name take for ever."""
    return parse(source, listed.url, as_utf8(listed.body, listed.charset))


def _failed(source: Source, url: str, refusal: Refusal) -> Discovered:
    ending = Ending(
        candidate=Candidate(url=url, source_id=source.source_id),
        status=refusal.status,
        stage="discover",
        detail=refusal.detail,
        http_status=refusal.http_status,
        robots_rule=refusal.robots_rule,
    )
    look = Look(
        refusal.outcome,
        status=refusal.status,
        http_status=refusal.http_status,
        detail=refusal.detail,
        not_before=refusal.retry_at,
    )
    return Discovered((), (ending,), look)


def not_read(source: Source, url: str, problem: str) -> Ending:
    """The ending of a source's body, or one entry of it, that can't be read."""
    candidate = Candidate(url=url, source_id=source.source_id)
    return Ending(candidate=candidate, status="parse_error", stage="discover", detail=problem)
