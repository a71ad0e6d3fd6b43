"""Connections to checked addresses only: the name is looked up once, and the connection goes to what was checked."""

import resource
import ssl
from collections import OrderedDict
from collections.abc import Iterable
from http.cookiejar import CookieJar, DefaultCookiePolicy
from itertools import islice
from typing import Any, Final

import httpcore2
import httpx2

from tasks.web.addresses import Resolve, safe_addresses
from tasks.web.limits import WebLimits

# Hosts whose connections are kept open (half of the files that the system lets us open, as many have 1,024), and for how long.
MOST_HOSTS: Final = min(1_000, resource.getrlimit(resource.RLIMIT_NOFILE)[0] // 2)
KEPT_SECONDS: Final = 30.0


class CheckedBackend(httpcore2.AsyncNetworkBackend):
    """Looks a host up, refuses it if it is none of ours to talk to, and connects to the address that was checked."""

    def __init__(self, allowed: tuple[str, ...], look_up: Resolve) -> None:
        self._allowed = allowed
        self._look_up = look_up
        self._network = httpcore2.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the interface's
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """Connect to the first address that answers. Raises BlockedAddressError, OSError, httpcore2.ConnectError."""
        problem: Exception = OSError(f"{host} has no address")
        for address in await safe_addresses(host, self._allowed, self._look_up):
            try:
                return await self._network.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                problem = error
        raise problem

    async def sleep(self, seconds: float) -> None:
        """Wait, between attempts to connect."""
        await self._network.sleep(seconds)


class HostTransport(httpx2.AsyncHTTPTransport):
    """httpx2's transport over a pool of our own, as it takes no network backend; HTTP/2 where the server offers it."""

    def __init__(self, context: ssl.SSLContext, backend: CheckedBackend) -> None:
        # Not the parent's own pool, and not its reading of certificates for each host.
        self.requested = 0
        self._pool = httpcore2.AsyncConnectionPool(
            ssl_context=context, keepalive_expiry=KEPT_SECONDS, http1=True, http2=True, network_backend=backend
        )

    @property
    def is_idle(self) -> bool:
        """True if no request is on its way, and no answer is being read."""
        return not self.requested and all(
            connection.is_idle() or connection.is_closed() for connection in self._pool.connections
        )


class CheckedTransport(httpx2.AsyncBaseTransport):
    """A pool of connections for each host: one for all of them looks through all its connections at every request. The pools of
    hosts that were not asked for longest are closed."""

    def __init__(self, limits: WebLimits, look_up: Resolve) -> None:
        self._context = httpx2.create_ssl_context()
        self._context.set_alpn_protocols(["h2", "http/1.1"])
        self._backend = CheckedBackend(limits.allowed, look_up)
        self._hosts: OrderedDict[tuple[str, str, int | None], HostTransport] = OrderedDict()

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request through its host's pool."""
        key = (request.url.scheme, request.url.host, request.url.port)
        transport = self._hosts.pop(key, None) or HostTransport(self._context, self._backend)
        self._hosts[key] = transport
        transport.requested += 1
        try:
            for oldest in self._oldest():
                await oldest.aclose()
            return await transport.handle_async_request(request)
        finally:
            transport.requested -= 1

    def _oldest(self) -> list[HostTransport]:
        """Takes out the idle pools that are too many."""
        many = list(islice(self._hosts, max(0, len(self._hosts) - MOST_HOSTS)))
        return [self._hosts.pop(key) for key in many if self._hosts[key].is_idle]

    async def aclose(self) -> None:
        """Close all connections."""
        for transport in self._hosts.values():
            await transport.aclose()
        self._hosts.clear()


class ProxiedTransport(httpx2.AsyncBaseTransport):
    """Asks the host itself, or the proxy that is set for it. Through a proxy, the proxy looks names up."""

    def __init__(self, limits: WebLimits, look_up: Resolve) -> None:
        self._limits = limits
        self._direct = CheckedTransport(limits, look_up)
        self._proxies = {url: httpx2.AsyncHTTPTransport(proxy=url, http2=True) for url in limits.proxies.values()}

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request on its way."""
        proxy = self._limits.proxy_for(request.url.scheme, request.url.host)
        return await (self._proxies[proxy] if proxy else self._direct).handle_async_request(request)

    async def aclose(self) -> None:
        """Close all connections."""
        for transport in (self._direct, *self._proxies.values()):
            await transport.aclose()


def new_client(limits: WebLimits, look_up: Resolve) -> httpx2.AsyncClient:
    """A client that keeps no cookies and follows no redirects by itself."""
    return httpx2.AsyncClient(
        transport=ProxiedTransport(limits, look_up),
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
        trust_env=False,
        follow_redirects=False,
        timeout=httpx2.Timeout(limits.idle, connect=limits.connect, pool=None),
        headers={"User-Agent": limits.user_agent, "Accept-Encoding": "gzip, br, zstd, deflate"},
    )
