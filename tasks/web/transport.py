"""Connections to checked addresses only: the name is looked up once, and the connection goes to what was checked."""

import ssl
from collections.abc import Iterable
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any

import httpcore2
import httpx2

from tasks.web.addresses import Resolve, safe_addresses
from tasks.web.limits import WebLimits


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


class CheckedTransport(httpx2.AsyncHTTPTransport):
    """httpx2's transport over a pool of our own, as it takes no network backend; HTTP/2 where the server offers it."""

    def __init__(self, limits: WebLimits, look_up: Resolve) -> None:
        super().__init__()
        self._pool = httpcore2.AsyncConnectionPool(
            ssl_context=_ssl_context(),
            max_connections=2 * limits.concurrency,
            max_keepalive_connections=limits.concurrency,
            keepalive_expiry=30.0,
            http1=True,
            http2=True,
            network_backend=CheckedBackend(limits.allowed, look_up),
        )


def _ssl_context() -> ssl.SSLContext:
    context = httpx2.create_ssl_context()
    context.set_alpn_protocols(["h2", "http/1.1"])
    return context


def new_client(limits: WebLimits, look_up: Resolve) -> httpx2.AsyncClient:
    """A client that keeps no cookies and follows no redirects by itself. Through a proxy, the proxy looks names up."""
    mounts = {
        f"{scheme}://": httpx2.AsyncHTTPTransport(proxy=url, http2=True) for scheme, url in limits.proxies.items()
    }
    return httpx2.AsyncClient(
        transport=CheckedTransport(limits, look_up),
        mounts=mounts,
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
        trust_env=False,
        follow_redirects=False,
        timeout=httpx2.Timeout(limits.idle, connect=limits.connect, pool=None),
        headers={"User-Agent": limits.user_agent, "Accept-Encoding": "gzip, br, zstd, deflate"},
    )
