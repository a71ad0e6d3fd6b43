"""Whose turn it is: one host is asked by one request at a time, with a pause between two, and longer ones when it is in trouble."""

import asyncio
import random
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from tasks.web.limits import WebLimits

# After 429, 503 or a time-out the pause doubles, up to this factor; each good answer takes it back by a half.
SLOWEST: Final = 32.0
# A 429 or 503 without Retry-After.
PAUSE_SECONDS: Final = 30.0
# A host that failed this often in a row is left alone for as long (Media Cloud's connection-failure cache is 10 minutes, too).
FAILURES_TO_REST: Final = 5
REST_SECONDS: Final = 600.0


class PausedHostError(Exception):
    """A host that is to be left alone for longer than this run waits; `until` says for how long."""

    def __init__(self, host: str, until: datetime) -> None:
        super().__init__(f"{host} is left alone until {until:%Y-%m-%d %H:%M:%S} UTC")
        self.until = until


@dataclass
class Host:
    """What we know of a host. `free_at` is on the monotonic clock, `paused_until` on the wall clock."""

    slots: asyncio.Semaphore
    order: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: float = 0.0
    slowness: float = 1.0
    failures: int = 0
    crawl_delay: float = 0.0
    paused_until: datetime | None = None


class Hosts:
    """The turns of all hosts of a run."""

    def __init__(self, limits: WebLimits, clock: Callable[[], datetime]) -> None:
        self._limits = limits
        self._clock = clock
        self._hosts: dict[str, Host] = {}
        self._all = asyncio.Semaphore(limits.concurrency)
        self._random = random.Random()  # noqa: S311 - jitter, no secret

    def of(self, name: str) -> Host:
        """The state of a host."""
        if name not in self._hosts:
            self._hosts[name] = Host(asyncio.Semaphore(self._limits.host_concurrency))
        return self._hosts[name]

    @asynccontextmanager
    async def turn(self, name: str) -> AsyncIterator[float]:
        """Wait for a host's turn and hold it; gives the seconds waited. Raises PausedHostError."""
        host, asked = self.of(name), time.monotonic()
        async with host.slots:
            async with host.order:
                await self._wait(name, host)
                await self._all.acquire()
                host.free_at = time.monotonic() + self._spacing(host)
            try:
                yield time.monotonic() - asked
            finally:
                self._all.release()
                # Counted from the end of a request: the next one can't overtake it on the wire.
                host.free_at = max(host.free_at, time.monotonic() + self._spacing(host))

    async def _wait(self, name: str, host: Host) -> None:
        pause = (host.paused_until - self._clock()).total_seconds() if host.paused_until else 0.0
        if pause > self._limits.patience and host.paused_until:
            raise PausedHostError(name, host.paused_until)
        await asyncio.sleep(max(0.0, pause, host.free_at - time.monotonic()))

    def _spacing(self, host: Host) -> float:
        least = max(self._limits.host_delay, min(host.crawl_delay, self._limits.patience))
        return least * host.slowness * (1 + self._limits.host_jitter * self._random.random())

    def went_well(self, name: str) -> datetime | None:
        """A good answer. A host whose crawl delay is beyond our patience is left alone for as long as it wants."""
        host = self.of(name)
        host.failures, host.slowness = 0, max(1.0, host.slowness / 2)
        if host.crawl_delay > self._limits.patience:
            host.paused_until = self._clock() + timedelta(seconds=host.crawl_delay)
            return host.paused_until
        return None

    def wants_rest(self, name: str, until: datetime | None) -> datetime:
        """An answer 429 or 503; `until` as the host asked for."""
        host = self.of(name)
        host.slowness = min(SLOWEST, 2 * host.slowness)
        host.paused_until = max(
            filter(None, (host.paused_until, until or self._clock() + timedelta(seconds=PAUSE_SECONDS)))
        )
        return host.paused_until

    def failed(self, name: str) -> datetime | None:
        """No answer; after a few of them in a row the host is left alone."""
        host = self.of(name)
        host.failures += 1
        host.slowness = min(SLOWEST, 2 * host.slowness)
        if host.failures < FAILURES_TO_REST:
            return None
        host.paused_until = self._clock() + timedelta(seconds=REST_SECONDS)
        return host.paused_until
