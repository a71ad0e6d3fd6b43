"""What a site says about itself in its well-known files: read once a day (RFC 9309, 2.4: no longer than 24 hours)."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from storage.web_records import SiteFile
from tasks.web.answers import Refusal
from tasks.web.optouts import TDMREP_PATH
from tasks.web.robots import Robots

ROBOTS_PATH: Final = "/robots.txt"
FRESH: Final = timedelta(hours=24)
# A site that could not say what it allows is asked again soon.
FRESH_FAILURE: Final = timedelta(minutes=30)

# Gets a file: HTTP status, text, and why there is no answer; None where there is none.
Get = Callable[[str], Awaitable[tuple[int | None, str | None, Refusal | None]]]


class Sites:
    """The well-known files of all sites, each asked for once, whoever wants it first; `read` lists those read by this run."""

    def __init__(self, get: Get, clock: Callable[[], datetime], known: Iterable[SiteFile] = ()) -> None:
        self._get = get
        self._clock = clock
        self._files = {(file.origin, file.path): file for file in known}
        self._parsed: dict[str, Robots] = {}
        self._unanswered: dict[str, Refusal] = {}
        self._locks: dict[tuple[str, str], asyncio.Lock] = {}
        self.read: deque[SiteFile] = deque()

    async def robots(self, url: str) -> Robots:
        """What the site of a URL allows."""
        origin = origin_of(url)
        file = await self._file(origin, ROBOTS_PATH)
        parsed = self._parsed.get(origin)
        if parsed is None or parsed.text is not file.text:
            parsed = self._parsed[origin] = Robots(file.text, file.http_status)
        return parsed

    def unanswered(self, url: str) -> Refusal | None:
        """Why the site of a URL gave no answer to the request for robots.txt; None if it did."""
        return self._unanswered.get(origin_of(url))

    async def tdmrep(self, url: str) -> str | None:
        """The tdmrep.json of the site of a URL, None if it has none."""
        return (await self._file(origin_of(url), TDMREP_PATH)).text

    def robots_expire_at(self, url: str) -> datetime:
        """When robots.txt of a URL's site is asked for again."""
        file = self._files.get((origin_of(url), ROBOTS_PATH))
        return _fresh_until(file) if file else self._clock()

    async def _file(self, origin: str, path: str) -> SiteFile:
        key = (origin, path)
        async with self._locks.setdefault(key, asyncio.Lock()):
            known = self._files.get(key)
            if known is None or self._clock() >= _fresh_until(known):
                status, text, unanswered = await self._get(origin + path)
                if unanswered and path == ROBOTS_PATH:
                    self._unanswered[origin] = unanswered
                # Of a file without text (an answer 404 or 503), the status is what counts.
                known = SiteFile(origin=origin, path=path, read_at=self._clock(), http_status=status, text=text)
                self._files[key] = known
                self.read.append(known)
            return known

    def take_read(self) -> list[SiteFile]:
        """Files read since this was asked last."""
        return [self.read.popleft() for _ in range(len(self.read))]


def origin_of(url: str) -> str:
    """Scheme, host and port of a URL."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _fresh_until(file: SiteFile) -> datetime:
    failed = file.text is None and not (file.http_status is not None and 400 <= file.http_status < 500)
    return file.read_at + (FRESH_FAILURE if failed else FRESH)
