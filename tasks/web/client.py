"""Gets pages as a publisher's administrator would want it: asked for in turn, allowed by robots.txt, within bounds, written down."""

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, NamedTuple, TypeVar
from urllib.parse import urlsplit

import httpx2

from storage.web_records import SiteFile, Visit
from tasks.web.addresses import BlockedAddressError, Resolve, resolve, safe_addresses
from tasks.web.answers import Answer, Ask, NotModified, Page, Refusal
from tasks.web.exchange import OVERLOADED, Exchanged, Moved, exchange
from tasks.web.hosts import Hosts, PausedHostError
from tasks.web.limits import WebLimits
from tasks.web.loop import Loop
from tasks.web.optouts import read_optouts
from tasks.web.robots import AGENT, MAX_ROBOTS_BYTES, Permission, Robots
from tasks.web.sites import ROBOTS_PATH, Sites
from tasks.web.transport import new_client
from tasks.web.urls import host_of, web_url

T = TypeVar("T")
CLOSING_SECONDS: Final = 0.05
NOT_ASKED: Final = Permission("not asked")
REQUEST_ERRORS: Final = (BlockedAddressError, OSError, ValueError, httpx2.HTTPError, httpx2.InvalidURL)


class Turn(NamedTuple):
    """When a request was made, the seconds that it waited for it, and until when the host is left alone after it."""

    asked_at: datetime
    waited: float
    paused_until: datetime | None


@dataclass
class WebClient:
    """Keeps connections, turns and what sites allow for as long as it lives; `visits` is its log."""

    limits: WebLimits
    clock: Callable[[], datetime]
    known_site_files: Sequence[SiteFile] = ()
    paused_hosts: Mapping[str, datetime] = field(default_factory=dict)
    look_up: Resolve = resolve
    visits: deque[Visit] = field(default_factory=deque)

    def __post_init__(self) -> None:
        self._loop = Loop()
        self._http: httpx2.AsyncClient | None = None
        self.hosts = Hosts(self.limits, self.clock)
        for name, until in self.paused_hosts.items():
            self.hosts.of(name).paused_until = until
        self.sites = Sites(self._site_file, self.clock, self.known_site_files)

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Do asynchronous work with this client and wait for it; tasks that it leaves behind go on."""
        return self._loop.run(work)

    def close(self) -> None:
        """Close all connections."""
        self._loop.run(self._close())
        self._loop.close()

    async def _close(self) -> None:
        if self._http:
            await self._http.aclose()
            # Sockets are closed in the next turns of the loop.
            await asyncio.sleep(CLOSING_SECONDS)

    def take_visits(self) -> list[Visit]:
        """The log since it was taken last."""
        return [self.visits.popleft() for _ in range(len(self.visits))]

    async def sitemaps(self, url: str) -> tuple[str, ...]:
        """The sitemaps that robots.txt of a URL's site names, those with a web address."""
        named = (await self.sites.robots(url)).sitemaps
        return tuple(address for address in (web_url(sitemap, url) for sitemap in named) if address)

    async def get(self, ask: Ask) -> Answer:
        """A page, or why not. Each address of a redirect chain is checked like the first."""
        url, permanent = web_url(ask.url), True
        if url is None:
            return Refusal("blocked_address", f"no web address: {ask.url[:500]}")
        for _ in range(self.limits.max_redirects + 1):
            answer = await self._get_one(ask._replace(url=url))
            if not isinstance(answer, Moved):
                moved = url if permanent and url != web_url(ask.url) else None
                return answer._replace(moved_to=moved) if isinstance(answer, Page | NotModified) else answer
            permanent = permanent and answer.permanent
            target = web_url(answer.to, url)
            if target is None:
                return Refusal("blocked_address", f"redirected to no web address: {answer.to[:500]}")
            url = target
        return Refusal("http_error", f"more than {self.limits.max_redirects} redirects")

    async def _get_one(self, ask: Ask) -> Answer | Moved:
        """One hop: may we, then the request, then whether the answer may be used."""
        robots = await self.sites.robots(ask.url)
        permission = robots.permission(ask.url, AGENT)
        if permission.decision == "unreachable":
            self._note(ask.url, permission, detail="not asked for")
            return self._unreachable(ask.url, robots, permission)
        denied = (
            tuple(filter(None, (*permission.ai_agents_denied, permission.ai_signal))) if self.limits.respect_ai else ()
        )
        if permission.decision == "denied" or denied:
            self._note(ask.url, permission, detail="not asked for")
            what = f"AI training is opted out of: {', '.join(denied)}" if denied else "robots.txt asks not to"
            return Refusal("robots_denied", what, robots_rule=permission.rule)
        self.hosts.of(host_of(ask.url)).crawl_delay = permission.crawl_delay or 0.0
        return await self._ask_politely(ask, permission)

    def _unreachable(self, url: str, robots: Robots, permission: Permission) -> Refusal:
        """A site that could not say what it allows is asked for nothing, and asked again later."""
        unanswered = self.sites.unanswered(url)
        if unanswered and unanswered.status == "blocked_address":
            return unanswered
        status = unanswered.status if unanswered else "robots_denied"
        detail = f"{permission.rule}: {unanswered.detail}" if unanswered else "robots.txt could not be had"
        return Refusal(status, detail, robots.http_status, permission.rule, self.sites.robots_expire_at(url))

    async def _ask_politely(self, ask: Ask, permission: Permission | None) -> Answer | Moved:
        """One request in its turn; `permission` is None for the files that say what is allowed."""
        name = host_of(ask.url)
        try:
            async with self.hosts.turn(name) as waited:
                asked_at = self.clock()
                try:
                    await self._check_when_proxied(ask.url)
                    done = await exchange(self._client(), ask, self.limits, asked_at)
                except REQUEST_ERRORS as error:
                    refusal = self._refusal(name, error)
                    self._note(
                        ask.url, permission, requested_at=asked_at, detail=refusal.detail, paused_until=refusal.retry_at
                    )
                    return refusal
                # Before the turn ends, so that the next one already waits for as long as this answer asks.
                turn = Turn(asked_at, waited, self._learn(name, done))
        except PausedHostError as error:
            return Refusal("http_error", str(error), retry_at=error.until)
        return await self._take(ask, permission, done, turn)

    async def _take(self, ask: Ask, permission: Permission | None, done: Exchanged, turn: Turn) -> Answer | Moved:
        """Log an answer, and look at what it reserves."""
        answer = done.answer
        reserved: tuple[bool | None, str | None] = (None, None)
        if isinstance(answer, Page) and permission is not None:
            answer, reserved = await self._look_for_reservations(answer)
            reserved = (reserved[0], reserved[1] or (permission.ai_signal and f"robots.txt: {permission.ai_signal}"))
        self._note(
            ask.url,
            permission,
            requested_at=turn.asked_at,
            waited_ms=round(1000 * turn.waited),
            milliseconds=done.milliseconds,
            bytes=len(answer.body) or None if isinstance(answer, Page) else None,
            http_status=done.http_status,
            http_version=done.http_version,
            cache_control=done.headers.get("cache-control"),
            retry_after=done.headers.get("retry-after"),
            paused_until=turn.paused_until,
            tdm_reserved=reserved[0],
            detail=reserved[1],
        )
        if isinstance(answer, Refusal) and done.http_status in OVERLOADED:
            return answer._replace(retry_at=turn.paused_until)
        return answer

    def _refusal(self, name: str, error: Exception) -> Refusal:
        """What a request without an answer ends as; the host's failures are counted."""
        if isinstance(error, BlockedAddressError):
            return Refusal("blocked_address", str(error))
        again = self.hosts.failed(name)
        if isinstance(error, TimeoutError | httpx2.TimeoutException):
            return Refusal("timeout", f"{type(error).__name__}: no whole answer in time", retry_at=again)
        return Refusal("http_error", f"{type(error).__name__}: {error}"[:500], retry_at=again)

    def _learn(self, name: str, done: Exchanged) -> datetime | None:
        """What an answer says about its host; until when the host is to be left alone."""
        if done.http_status not in OVERLOADED:
            return self.hosts.went_well(name)
        return self.hosts.wants_rest(name, done.answer.retry_at if isinstance(done.answer, Refusal) else None)

    async def _look_for_reservations(self, page: Page) -> tuple[Page | Refusal, tuple[bool | None, str | None]]:
        tdmrep = await self.sites.tdmrep(page.url) if self.limits.respect_tdm else None
        found = read_optouts(page.url, dict(reversed(page.headers)), page.body, tdmrep)
        for reserved, respected in ((found.tdm, self.limits.respect_tdm), (found.ai, self.limits.respect_ai)):
            if reserved and respected:
                refusal = Refusal("robots_denied", "text and data mining is reserved", page.status, reserved)
                return refusal, (bool(found.tdm), found.ai)
        return page, (bool(found.tdm) if found.tdm_stated else None, found.ai)

    async def _site_file(self, url: str) -> tuple[int | None, str | None, Refusal | None]:
        """HTTP status and text of a site's file, or why there is no answer; redirects are followed as RFC 9309, 2.3.1.2 asks."""
        for _ in range(self.limits.max_redirects + 1):
            answer = await self._ask_politely(Ask(url, first_bytes=MAX_ROBOTS_BYTES), None)
            if isinstance(answer, Page):
                return answer.status, _whole_lines(answer.body).decode("utf-8-sig", "replace"), None
            if isinstance(answer, Refusal):
                return answer.http_status, None, answer if answer.http_status is None else None
            if not isinstance(answer, Moved):
                break
            target = web_url(answer.to, url)
            if target is None:
                break
            url = target
        # Too many redirects: as if there were no file.
        return 404, None, None

    async def _check_when_proxied(self, url: str) -> None:
        """A proxy connects for us: what we can look up is checked here, the rest is the proxy's to refuse."""
        if self.limits.proxy_for(urlsplit(url).scheme, host_of(url)):
            with suppress(OSError):
                await safe_addresses(host_of(url), self.limits.allowed, self.look_up)

    def _note(
        self, url: str, permission: Permission | None, *, requested_at: datetime | None = None, **what: Any
    ) -> None:
        made = permission or NOT_ASKED
        self.visits.append(
            Visit(
                url=url,
                host=host_of(url),
                purpose="page" if permission else "robots" if url.endswith(ROBOTS_PATH) else "tdmrep",
                requested_at=requested_at or self.clock(),
                robots_decision=made.decision,
                robots_rule=made.rule,
                crawl_delay=made.crawl_delay,
                ai_agents_denied=made.ai_agents_denied,
                **what,
            )
        )

    def _client(self) -> httpx2.AsyncClient:
        if self._http is None:
            self._http = new_client(self.limits, self.look_up)
        return self._http


def _whole_lines(body: bytes) -> bytes:
    """A site's file; of one that was cut off, without the line that the cut went through: half a rule is another rule."""
    return body if len(body) < MAX_ROBOTS_BYTES else body[: body.rfind(b"\n") + 1]
